//! Running cost of a steady year, from today to the plan, step by step.

use super::super::about::NOTICE;
use super::super::draw::{
    Anchor, BODY, Box2, CHARCOAL, Frame, HEADING, Ink, MAROON, NAVY, Pen, QUIET, SMALL, Sheet,
    TEAL, TEXT, WHITE, shown_name, sources_line, width,
};
use super::super::edition::Issue;
use super::super::words::day;
use super::bars::{hatched, levels};
use super::money::{pounds, step};
use crate::place::Objective;
use crate::place::currency::in_print;
use crate::place::words::counted;
use crate::plan::Column;
use std::collections::BTreeMap;

/// Ledger lines of a steady year, with the words of the chart, in its order.
const STEPS: [(&str, &[&str]); 6] = [
    (
        "Running cost of buildings",
        &["running_fixed", "site_fixed"],
    ),
    ("Running cost of floor in use", &["running_variable"]),
    (
        "Rent, less rent received",
        &[
            "rent",
            "rent_to_exit",
            "rent_review",
            "let_income",
            "sublet_income",
            "part_income",
        ],
    ),
    ("Business rates", &["rates"]),
    ("Holding empty buildings", &["holding"]),
    ("New counters", &["point_running"]),
];

struct Bar {
    words: String,
    from: f64,
    to: f64,
    total: bool,
}

/// The chart, as SVG; `None` where the audience may not see the agencies' money.
pub(in super::super) fn draw(issue: &Issue<'_>) -> Option<Result<String, String>> {
    if !issue.edition.audience.sees_all() {
        return None;
    }
    let plan = issue.plan();
    let bars = bars(issue);
    let (today, after) = (plan.running_cost_today_gbp, plan.running_cost_after_gbp);
    let share = if today > 0.0 {
        100.0 * (today - after) / today
    } else {
        0.0
    };
    let change = if (after - today).abs() < 0.5 {
        format!("as much to run each year as today, {}", pounds(today))
    } else if after <= today {
        format!(
            "{} a year less to run, {share:.1} % of today's {}",
            pounds(today - after),
            pounds(today)
        )
    } else {
        format!(
            "{} a year more to run, {:.1} % of today's {}",
            pounds(after - today),
            -share,
            pounds(today)
        )
    };
    let place = issue.place();
    let frame = Frame {
        place: shown_name(&place.name, "Plan"),
        subtitle: format!(
            "Running cost of the buildings in the plan in a steady year, today and after. {}, prices of {}.",
            in_print("£ a year"),
            day(place.base_date)
        ),
        description: format!(
            "Waterfall chart of {}: {change}. {} The same in a table: ledger.csv.",
            place.name,
            bars.iter()
                .map(|bar| {
                    let amount = if bar.total { bar.to } else { bar.to - bar.from };
                    format!("{}: {}.", bar.words, pounds(amount))
                })
                .collect::<Vec<_>>()
                .join(" ")
        ),
        message: change,
        notes: vec![
            NOTICE.to_string(),
            format!(
                "Recurring cost only: one-off cost and receipts are set beside it and never added to it. \
                 Recharges between agencies cancel out over the place.{} Every line is in ledger.csv.",
                match &plan.programme {
                    Some(programme) if !programme.postponed.is_empty() => format!(
                        " The programme postpones {} of what is shown here.",
                        counted(programme.postponed.len(), "part", "parts")
                    ),
                    _ => String::new(),
                }
            ),
        ],
        sources: sources_line(place),
        body: 540.0,
    };
    Some(frame.draw_on(issue.paper, |sheet, area| {
        let chart = Box2(area.0, area.1, area.0 + 800.0, area.3);
        waterfall(sheet, chart, &bars);
        beside(issue, sheet, (area.0 + 852.0, area.1 + 8.0));
    }))
}

fn bars(issue: &Issue<'_>) -> Vec<Bar> {
    let plan = issue.plan();
    let mut changes: BTreeMap<&str, f64> = BTreeMap::new();
    for line in plan.ledger.iter().flat_map(|agency| &agency.lines) {
        if line.column == Column::Recurring {
            *changes.entry(line.line.as_str()).or_default() += line.after_gbp - line.today_gbp;
        }
    }
    let (today, after) = (plan.running_cost_today_gbp, plan.running_cost_after_gbp);
    let total = |words: &str, amount: f64| Bar {
        words: words.to_string(),
        from: 0.0,
        to: amount,
        total: true,
    };
    let mut bars = vec![total("Today", today)];
    let mut at = today;
    let mut step = |words: &str, change: f64, bars: &mut Vec<Bar>| {
        if change.abs() >= 0.5 {
            bars.push(Bar {
                words: words.to_string(),
                from: at,
                to: at + change,
                total: false,
            });
            at += change;
        }
    };
    let mut told = 0.0;
    for (words, lines) in STEPS {
        let change: f64 = lines.iter().filter_map(|line| changes.get(line)).sum();
        told += change;
        step(words, change, &mut bars);
    }
    // Whatever the steps do not tell, so that the bars always end at the plan.
    step("Other", after - today - told, &mut bars);
    bars.push(total("Plan", after));
    bars
}

fn waterfall(sheet: &mut Sheet<'_>, area: Box2, bars: &[Bar]) {
    let Box2(left, top, right, bottom) = area;
    let (left, bottom, top) = (left + 64.0, bottom - 52.0, top + 36.0);
    let most = bars
        .iter()
        .map(|bar| bar.from.max(bar.to))
        .fold(1.0, f64::max);
    let every = step(most, 5.0);
    let high = (most / every).ceil() * every;
    let y = |amount: f64| bottom - amount / high * (bottom - top);
    sheet.text(
        &in_print("£ a year"),
        (area.0, top - 26.0),
        SMALL,
        QUIET,
        false,
        Anchor::Start,
    );
    levels(sheet, (left, right), (0.0, high, every), y);
    let slot = (right - left) / bars.len() as f64;
    let wide = (slot * 0.62).min(120.0);
    for (at, bar) in bars.iter().enumerate() {
        let middle = left + slot * (at as f64 + 0.5);
        let (low, peak) = (y(bar.from.min(bar.to)), y(bar.from.max(bar.to)));
        one_bar(
            sheet,
            bar,
            (middle - wide / 2.0, peak),
            (wide, (low - peak).max(1.0)),
        );
        let amount = if bar.total {
            pounds(bar.to)
        } else {
            signed(bar.to - bar.from)
        };
        // So that a level's line does not run through the figure.
        let taken = width(&amount, BODY, true) + 6.0;
        let under = (middle - taken / 2.0, peak - 19.0);
        sheet.rect(under, (taken, 16.0), Some(WHITE), None);
        sheet.text(
            &amount,
            (middle, peak - 11.0),
            BODY,
            TEXT,
            true,
            Anchor::Middle,
        );
        let mut word_y = bottom + 16.0;
        for words in super::super::draw::wrapped(&bar.words, SMALL, slot - 8.0)
            .iter()
            .take(3)
        {
            sheet.text(
                words,
                (middle, word_y),
                SMALL,
                TEXT,
                bar.total,
                Anchor::Middle,
            );
            word_y += 15.0;
        }
        if at + 1 < bars.len() {
            let next = (middle + slot - wide / 2.0, y(bar.to));
            sheet.polyline(
                &[(middle + wide / 2.0, y(bar.to)), next],
                Pen(CHARCOAL, 0.8, 1.0),
            );
        }
    }
    sheet.polyline(&[(left, bottom), (right, bottom)], Pen(TEXT, 1.2, 1.0));
}

fn one_bar(sheet: &mut Sheet<'_>, bar: &Bar, at: (f64, f64), size: (f64, f64)) {
    let (ink, hatch): (Ink, bool) = match bar {
        bar if bar.total => (CHARCOAL, false),
        bar if bar.to <= bar.from => (NAVY, false),
        _ => (MAROON, true),
    };
    sheet.rect(at, size, Some(ink), None);
    if hatch {
        hatched(sheet, at, size, Pen(WHITE, 1.0, 1.0));
    }
}

fn signed(amount: f64) -> String {
    if amount > 0.0 {
        format!("+{}", pounds(amount))
    } else {
        pounds(amount)
    }
}

/// What stands beside the recurring cost: one-off cost, receipts, present value, proof.
fn beside(issue: &Issue<'_>, sheet: &mut Sheet<'_>, at: (f64, f64)) {
    const ROOM: f64 = 292.0;
    let plan = issue.plan();
    let one_off = plan.one_off();
    let under = match one_off.beside(pounds) {
        words if words.is_empty() => "Once: fit-out, moves, exits".to_string(),
        words => format!("Once: fit-out, moves, exits; {words}"),
    };
    let receipts: f64 = plan.ledger.iter().map(|agency| agency.receipts_gbp).sum();
    let mut y = at.1;
    let mut block = |sheet: &mut Sheet<'_>, words: &str, figure: &str, under: &str, ink: Ink| {
        sheet.rect((at.0, y - 8.0), (4.0, 74.0), Some(ink), None);
        sheet.text(words, (at.0 + 16.0, y), HEADING, TEXT, true, Anchor::Start);
        sheet.text(
            figure,
            (at.0 + 16.0, y + 26.0),
            24.0,
            TEXT,
            true,
            Anchor::Start,
        );
        let mut line = y + 50.0;
        for words in super::super::draw::wrapped(under, SMALL, ROOM - 16.0)
            .iter()
            .take(6)
        {
            sheet.text(
                words,
                (at.0 + 16.0, line),
                SMALL,
                QUIET,
                false,
                Anchor::Start,
            );
            line += 16.0;
        }
        y = line + 28.0;
    };
    block(
        sheet,
        "One-off cost",
        &pounds(one_off.beyond_today),
        &under,
        MAROON,
    );
    block(
        sheet,
        "Receipts",
        &pounds(receipts),
        "Once: sales, before the cost of selling",
        TEAL,
    );
    let years = issue.place().finance.horizon_years;
    let words = match plan.objective {
        Objective::NetPresentValue => "Net present value",
        Objective::RunningCost => "Saving a year",
    };
    let proven = match plan.saving_at_most_gbp {
        Some(most) => format!(
            "No plan under these rules can save more than {}",
            pounds(most)
        ),
        None => "Nothing is proven about what could be saved at most".to_string(),
    };
    let (words, figure, against) = match &plan.programme {
        Some(programme) => (
            "Net present value",
            programme.saving_gbp,
            format!(
                "Against today, over {years} years, done year by year; {} were all done at once. {proven}",
                match plan.objective {
                    Objective::NetPresentValue => pounds(plan.saving_gbp),
                    Objective::RunningCost => pounds(programme.end_state_saving_gbp),
                }
            ),
        ),
        None => (
            words,
            plan.saving_gbp,
            format!("Against today, over {years} years. {proven}"),
        ),
    };
    block(sheet, words, &pounds(figure), &against, NAVY);
    let confidence = format!("Confidence in the figures: {}", plan.confidence);
    sheet.paragraph(&confidence, (at.0, y), BODY, TEXT, ROOM);
}
