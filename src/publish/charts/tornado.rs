//! What the plan is worth where one thing turns out otherwise: a bar for each, the widest first.

use super::super::about::NOTICE;
use super::super::draw::{
    Anchor, BODY, Frame, HEADING, MAROON, NAVY, OUTLINE, Pen, QUIET, SMALL, Sheet, TEXT, WHITE,
    shown_name, sources_line, width,
};
use super::super::edition::Issue;
use super::super::words::day;
use super::bars::hatched;
use super::money::{pounds, round_pounds, step};
use crate::place::currency::in_print;
use crate::plan::{Sensitivity, Swing};

const NAMES: f64 = 300.0;
const SWITCH: f64 = 190.0;
const ROW: f64 = 34.0;
const HEAD: f64 = 56.0;

/// The chart, as SVG; `None` where the audience may not see every agency's money.
pub(in super::super) fn draw(issue: &Issue<'_>) -> Option<Result<String, String>> {
    let tried = issue.plan().sensitivity_as_done();
    if !issue.edition.audience.sees_all() || tried.swings.is_empty() {
        return None;
    }
    let place = issue.place();
    let (of, held, whole) = match &issue.plan().programme {
        Some(programme) => (
            "programme",
            "The programme is held fixed: every step stays in its year",
            programme.saving_gbp,
        ),
        None => (
            "plan",
            "The plan is held fixed: its buildings, moves, exits and dates stay as they are",
            issue.plan().worth.first().map_or(0.0, |one| one.npv_gbp),
        ),
    };
    let mut swings: Vec<&Swing> = tried.swings.iter().collect();
    swings.sort_by(|one, other| wide(other).total_cmp(&wide(one)));
    let message = message(tried);
    let told = swings.iter().map(|swing| {
        let (low, high) = (pounds(swing.npv_low_gbp), pounds(swing.npv_high_gbp));
        format!("{}: {low} to {high}.", in_words(swing))
    });
    let frame = Frame {
        place: shown_name(&place.name, "Plan"),
        subtitle: format!(
            "Net present value of the {of} where one thing turns out otherwise; as assumed it is {}. {}, prices of {}.",
            pounds(whole),
            in_print("£"),
            day(place.base_date)
        ),
        description: format!(
            "Tornado chart of {}: {message}. {} The same in a table: sensitivity.csv.",
            place.name,
            told.collect::<Vec<_>>().join(" ")
        ),
        message,
        notes: vec![
            NOTICE.to_string(),
            format!(
                "{held} while the amounts move, for all buildings \
                 together. Worth nothing at: the multiple (or the points added to the discount rate) at which the {of} is no better than \
                 today. {} draws from all ranges at once: one in ten is worth {} or less, one in ten {} or more.",
                crate::place::words::whole(f64::from(tried.trial.draws)),
                pounds(tried.trial.npv_p10_gbp),
                pounds(tried.trial.npv_p90_gbp)
            ),
        ],
        sources: sources_line(place),
        body: HEAD + ROW * swings.len() as f64 + 40.0,
    };
    Some(frame.draw_on(issue.paper, |sheet, area| {
        tornado(sheet, (area.0, area.1, area.2), &swings, whole)
    }))
}

fn wide(swing: &Swing) -> f64 {
    (swing.npv_high_gbp - swing.npv_low_gbp).abs()
}

fn message(tried: &Sensitivity) -> String {
    let (better, draws) = (tried.trial.better, tried.trial.draws);
    match better {
        all if all == draws => "better than today in every draw from these ranges".to_string(),
        0 => "better than today in no draw from these ranges".to_string(),
        some => format!(
            "better than today in {:.1} % of draws from these ranges",
            100.0 * f64::from(some) / f64::from(draws.max(1))
        ),
    }
}

fn in_words(swing: &Swing) -> String {
    let name = match swing.assumption.as_str() {
        "running_cost" => "Running cost",
        "rent" => "Rent",
        "rates" => "Business rates",
        "fit_out" => "Fit-out and fees",
        "moves" => "Moving staff",
        "leaving_leases" => "Leaving leases",
        "receipts" => "Receipts",
        "repairs" => "Repairs that wait",
        "discount_rate" => "Discount rate",
        "receipt_delay" => "Receipts late by",
        other => other,
    };
    let (low, high) = (setting(swing, swing.low), setting(swing, swing.high));
    format!("{name} {low} to {high} {}", unit(swing))
}

/// What the values of its range are in.
fn unit(swing: &Swing) -> &'static str {
    match swing.assumption.as_str() {
        "discount_rate" => "points",
        "receipt_delay" => "years",
        _ => "%",
    }
}

/// A value of what is tried, as the words of its range have it.
fn setting(swing: &Swing, at: f64) -> String {
    match swing.assumption.as_str() {
        "discount_rate" => signed(at * 100.0),
        "receipt_delay" => at.to_string(),
        _ => signed((at - 1.0) * 100.0),
    }
}

/// A number with its sign, as short as it is exact to a tenth.
fn signed(number: f64) -> String {
    let tenths = (number * 10.0).round() / 10.0 + 0.0;
    match tenths {
        0.0 => "0".to_string(),
        more if more > 0.0 => format!("+{more}"),
        less => format!("−{}", -less),
    }
}

fn switching(swing: &Swing) -> String {
    match (swing.switching, swing.assumption.as_str()) {
        (None, _) => "never".to_string(),
        (Some(points), "discount_rate") => format!("{} points", signed(points * 100.0)),
        (Some(multiple), _) if multiple >= 10.0 => format!("{multiple:.0} times as much"),
        (Some(multiple), _) => format!("{} %", signed((multiple - 1.0) * 100.0)),
    }
}

fn tornado(
    sheet: &mut Sheet<'_>,
    (left, top, right): (f64, f64, f64),
    swings: &[&Swing],
    whole: f64,
) {
    let ends = || swings.iter().flat_map(|s| [s.npv_low_gbp, s.npv_high_gbp]);
    let (low, high) = (ends().fold(whole, f64::min), ends().fold(whole, f64::max));
    let every = step((high - low).max(1.0), 5.0);
    let (low, high) = ((low / every).floor() * every, (high / every).ceil() * every);
    let high = if high > low { high } else { low + every };
    let (from, to) = (left + NAMES + 120.0, right - SWITCH - 120.0);
    let x = |amount: f64| from + (amount - low) / (high - low) * (to - from);
    let (first, last) = (top + HEAD, top + HEAD + ROW * swings.len() as f64);
    sheet.text(
        "If this turns out otherwise",
        (left, top + 14.0),
        HEADING,
        TEXT,
        true,
        Anchor::Start,
    );
    sheet.text(
        "Worth nothing at",
        (right, top + 14.0),
        HEADING,
        TEXT,
        true,
        Anchor::End,
    );
    let key = "to the right worth more than as assumed, to the left (hatched) less";
    sheet.text(
        key,
        ((from + to) / 2.0, top + 14.0),
        SMALL,
        QUIET,
        false,
        Anchor::Middle,
    );
    let mut line = low;
    while line <= high + every / 2.0 {
        sheet.polyline(&[(x(line), first), (x(line), last)], Pen(OUTLINE, 0.4, 0.7));
        sheet.text(
            &round_pounds(line),
            (x(line), last + 16.0),
            SMALL,
            QUIET,
            false,
            Anchor::Middle,
        );
        line += every;
    }
    for (row, swing) in swings.iter().enumerate() {
        let middle = first + ROW * (row as f64 + 0.5);
        sheet.text(
            &in_words(swing),
            (left, middle),
            BODY,
            TEXT,
            false,
            Anchor::Start,
        );
        sheet.text(
            &switching(swing),
            (right, middle),
            BODY,
            TEXT,
            false,
            Anchor::End,
        );
        for (at, npv) in [
            (swing.low, swing.npv_low_gbp),
            (swing.high, swing.npv_high_gbp),
        ] {
            let at = format!("{} {}", setting(swing, at), unit(swing));
            let words = format!("{} at {at}", pounds(npv));
            end(sheet, (x(whole), x(npv)), middle, &words);
        }
    }
    sheet.polyline(&[(x(whole), first), (x(whole), last)], Pen(TEXT, 1.4, 1.0));
}

/// The half of a bar from the worth as assumed to the worth at one end of the range.
fn end(sheet: &mut Sheet<'_>, (from, to): (f64, f64), middle: f64, words: &str) {
    let (left, wide) = (from.min(to), (to - from).abs());
    if wide < 0.4 {
        return;
    }
    let (top, tall) = (middle - 9.0, 18.0);
    let (ink, at, anchor) = match to >= from {
        true => (NAVY, to + 6.0, Anchor::Start),
        false => (MAROON, to - 6.0, Anchor::End),
    };
    sheet.rect((left, top), (wide, tall), Some(ink), None);
    if ink == MAROON {
        hatched(sheet, (left, top), (wide, tall), Pen(WHITE, 1.0, 1.0));
    }
    // So that a line of the scale does not run through the figure.
    let taken = width(words, SMALL, false) + 4.0;
    let under = match anchor {
        Anchor::End => at - taken + 2.0,
        _ => at - 2.0,
    };
    sheet.rect((under, top), (taken, tall), Some(WHITE), None);
    sheet.text(words, (at, middle), SMALL, TEXT, false, anchor);
}
