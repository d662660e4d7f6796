//! Cash by year: recurring, one-off and receipts beside one another, and where the sum stands.

use super::super::about::NOTICE;
use super::super::draw::{
    Anchor, BODY, Box2, Frame, Ink, MAROON, NAVY, Pen, QUIET, SMALL, Sheet, TEAL, TEXT, WHITE,
    shown_name, sources_line,
};
use super::super::edition::Issue;
use super::super::words::day;
use super::bars::{hatched, levels};
use super::money::{pounds, step};
use crate::place::currency::in_print;
use crate::plan::{CashYear, MoneyBack};

/// Words, ink, hatch and amount of a kind of money.
type Kind = (&'static str, Ink, bool, fn(&CashYear) -> f64);

/// The kinds of money, in the order in which they are stacked.
const KINDS: [Kind; 3] = [
    ("Recurring cost saved", NAVY, false, |year| year.recurring),
    ("One-off cost", MAROON, true, |year| year.one_off),
    ("Receipts", TEAL, false, |year| year.receipts),
];

/// The chart, as SVG; `None` where the audience may not see every agency's money, or where nothing
/// is paid or received in any year.
pub(in super::super) fn draw(issue: &Issue<'_>) -> Option<Result<String, String>> {
    let years = issue.plan().cash_as_done();
    let back = issue.plan().money_back()?;
    if !issue.edition.audience.sees_all() || years.is_empty() {
        return None;
    }
    let place = issue.place();
    let message = message(&back, years.len());
    let told = years
        .iter()
        .map(|year| format!("Year {}: {}.", year.year, pounds(year.net)));
    let frame = Frame {
        place: shown_name(&place.name, "Plan"),
        subtitle: format!(
            "{}, against today. {}, prices of {}, not discounted.",
            match issue.plan().programme {
                Some(_) => "What the programme spends, saves and receives in each year",
                None => "What the plan spends, saves and receives in each year",
            },
            in_print("£"),
            day(place.base_date)
        ),
        description: format!(
            "Bar chart by year of {}: {message}. {} The same in a table: {}.",
            place.name,
            told.collect::<Vec<_>>().join(" "),
            twin(issue)
        ),
        message,
        notes: vec![
            NOTICE.to_string(),
            format!(
                "Year 0 is the 12 months from {}. Above the line is better than today, below it worse. The line with dots is the \
                 sum so far. {} {}",
                day(place.base_date),
                without_receipts(&back),
                match issue.plan().programme {
                    Some(_) =>
                        "Receipts are less the cost of selling. Every agency's years are in programme_cash.csv; were all done in year 0: years.csv.",
                    None => "Every agency's lines by year are in cashflow.csv.",
                }
            ),
        ],
        sources: sources_line(place),
        body: 500.0,
    };
    Some(frame.draw_on(issue.paper, |sheet, area| {
        key(sheet, (area.0, area.1 + 8.0));
        bars(sheet, Box2(area.0, area.1 + 36.0, area.2, area.3), &years);
    }))
}

/// The table that says the same.
pub(in super::super) fn twin(issue: &Issue<'_>) -> &'static str {
    match issue.plan().programme {
        Some(_) => "programme_cash.csv",
        None => "years.csv",
    }
}

fn message(back: &MoneyBack, years: usize) -> String {
    match back.year {
        Some(0) => "nothing is out at the end of any year".to_string(),
        Some(year) => format!(
            "{} out at most, all back by the end of year {year}",
            pounds(back.most_out_gbp)
        ),
        None => format!(
            "{} out at most, not all back within {years} years",
            pounds(back.most_out_gbp)
        ),
    }
}

fn without_receipts(back: &MoneyBack) -> String {
    match back.without_receipts_year {
        Some(year) => {
            format!("Without any receipt it would all be back by the end of year {year}.")
        }
        None => "Without the receipts it would not all be back.".to_string(),
    }
}

fn key(sheet: &mut Sheet<'_>, at: (f64, f64)) {
    let mut x = at.0;
    for (words, ink, hatch, _) in KINDS {
        block(sheet, (x, at.1 - 7.0), (18.0, 14.0), ink, hatch);
        sheet.text(words, (x + 26.0, at.1), BODY, TEXT, false, Anchor::Start);
        x += 200.0;
    }
    sheet.polyline(&[(x, at.1), (x + 24.0, at.1)], Pen(TEXT, 1.6, 1.0));
    sheet.circle((x + 12.0, at.1), 3.2, Some(TEXT), None);
    sheet.text(
        "Sum so far",
        (x + 32.0, at.1),
        BODY,
        TEXT,
        false,
        Anchor::Start,
    );
}

fn block(sheet: &mut Sheet<'_>, at: (f64, f64), size: (f64, f64), ink: Ink, hatch: bool) {
    sheet.rect(at, size, Some(ink), None);
    if hatch {
        hatched(sheet, at, size, Pen(WHITE, 1.0, 1.0));
    }
}

fn bars(sheet: &mut Sheet<'_>, area: Box2, years: &[CashYear]) {
    let Box2(left, top, right, bottom) = area;
    let (left, bottom) = (left + 64.0, bottom - 44.0);
    let stack = |year: &CashYear, sign: f64| -> f64 {
        let parts = KINDS.iter().map(|(.., of)| of(year));
        parts.filter(|part| part * sign > 0.0).sum()
    };
    let high = years
        .iter()
        .map(|y| stack(y, 1.0).max(y.so_far))
        .fold(1.0, f64::max);
    let low = years
        .iter()
        .map(|y| stack(y, -1.0).min(y.so_far))
        .fold(0.0, f64::min);
    let every = step(high - low, 6.0);
    let (high, low) = ((high / every).ceil() * every, (low / every).floor() * every);
    let y = |amount: f64| bottom - (amount - low) / (high - low) * (bottom - top);
    levels(sheet, (left, right), (low, high, every), y);
    let slot = (right - left) / years.len() as f64;
    let wide = (slot * 0.6).min(34.0);
    let middle = |at: usize| left + slot * (at as f64 + 0.5);
    for (at, year) in years.iter().enumerate() {
        let (mut up, mut down) = (0.0, 0.0);
        for (_, ink, hatch, of) in KINDS {
            let amount = of(year);
            let from = if amount >= 0.0 { &mut up } else { &mut down };
            let (start, end) = (*from, *from + amount);
            *from = end;
            let (peak, foot) = (y(start.max(end)), y(start.min(end)));
            if foot - peak >= 0.3 {
                let corner = (middle(at) - wide / 2.0, peak);
                block(sheet, corner, (wide, foot - peak), ink, hatch);
            }
        }
        let every = (years.len() / 30 + 1) as u32;
        if year.year % every == 0 {
            let words = year.year.to_string();
            sheet.text(
                &words,
                (middle(at), bottom + 16.0),
                SMALL,
                TEXT,
                false,
                Anchor::Middle,
            );
        }
    }
    sheet.polyline(&[(left, y(0.0)), (right, y(0.0))], Pen(TEXT, 1.2, 1.0));
    let sums: Vec<(f64, f64)> = years
        .iter()
        .enumerate()
        .map(|(at, year)| (middle(at), y(year.so_far)))
        .collect();
    sheet.polyline(&sums, Pen(TEXT, 1.6, 1.0));
    for point in sums {
        sheet.circle(point, 3.2, Some(TEXT), None);
    }
    let words = "Years from the base date";
    sheet.text(
        words,
        ((left + right) / 2.0, bottom + 36.0),
        SMALL,
        QUIET,
        false,
        Anchor::Middle,
    );
}
