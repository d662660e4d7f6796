//! Members' shares with their intervals, beside what each has alone and what it receives or pays.

use super::super::about::NOTICE;
use super::super::charts::{bar, pounds};
use super::super::draw::{
    Anchor, BODY, Box2, Frame, HEADING, NAVY, ORANGE, OUTLINE, Paper, Pen, QUIET, SKY, SMALL,
    Sheet, Symbol, TEXT, elided, shown_name, sources_line, width,
};
use super::super::words::day;
use crate::partnership::{Partnership, Share};
use crate::place::Place;
use crate::place::currency::in_print;

const NAMES: f64 = 262.0;
const ROW: f64 = 44.0;
const HEAD: f64 = 62.0;
/// Where the second column begins, from the right edge.
const TRANSFERS: f64 = 330.0;

/// What is drawn of a partnership: a part of `partnership.json`.
#[derive(Clone, Debug, serde::Deserialize)]
pub(in super::super) struct Shown {
    pub(in super::super) together_gbp: f64,
    objective: String,
    shares: Vec<Share>,
}

impl From<&Partnership> for Shown {
    fn from(told: &Partnership) -> Self {
        Self {
            together_gbp: told.together_gbp,
            objective: told.objective.clone(),
            shares: told.shares.clone(),
        }
    }
}

/// The chart, as SVG.
pub(in super::super) fn draw(place: &Place, told: &Shown, paper: Paper) -> Result<String, String> {
    let message = format!(
        "what each member adds to the {} saved together",
        pounds(told.together_gbp)
    );
    let horizon = match told.objective.as_str() {
        "net_present_value" => format!("present value over {} years", place.finance.horizon_years),
        _ => "a year of running cost".to_owned(),
    };
    let read = told.shares.iter().map(|one| {
        format!(
            "{}: share {}, alone {}, transfer {}.",
            one.name,
            pounds(one.share_gbp),
            pounds(one.alone_gbp),
            pounds(one.transfer_gbp)
        )
    });
    let frame = Frame {
        place: shown_name(&place.name, "Partnership"),
        subtitle: format!("Shapley shares, {}, {horizon}, prices of {}.", in_print("£"), day(place.base_date)),
        description: format!(
            "Bar chart by member of {}. {} The same in a table: shares.csv.",
            place.name,
            read.collect::<Vec<_>>().join(" ")
        ),
        message,
        notes: vec![
            NOTICE.to_string(),
            "The bar is the member's share by the plans found; the line across its end is where the true share lies, \
             because every plan is known within its gap only. The ring is what the member saves planning alone. \
             To the right a member receives, to the left (hatched) it pays. The figures are in shares.csv and transfers.csv."
                .to_string(),
        ],
        sources: sources_line(place),
        body: HEAD + ROW * told.shares.len() as f64 + 18.0,
    };
    frame.draw_on(paper, |sheet, area| {
        rows(sheet, &told.shares, area);
        let middle = area.2 - TRANSFERS;
        shares(
            sheet,
            &told.shares,
            (area.0 + NAMES, area.1),
            middle - area.0 - NAMES - 40.0,
        );
        transfers(sheet, &told.shares, (middle, area.1), TRANSFERS);
    })
}

fn rows(sheet: &mut Sheet<'_>, shares: &[Share], area: Box2) {
    for (row, share) in shares.iter().enumerate() {
        let y = area.1 + HEAD + ROW * row as f64;
        sheet.polyline(&[(area.0, y), (area.2, y)], Pen(OUTLINE, 0.4, 0.8));
        let name = elided(
            &shown_name(&share.name, &share.member),
            BODY,
            false,
            NAMES - 16.0,
        );
        sheet.text(
            &name,
            (area.0, y + ROW / 2.0),
            BODY,
            TEXT,
            false,
            Anchor::Start,
        );
    }
}

fn heading(sheet: &mut Sheet<'_>, at: (f64, f64), words: &str, under: &str) {
    sheet.text(
        words,
        (at.0, at.1 + 14.0),
        HEADING,
        TEXT,
        true,
        Anchor::Start,
    );
    sheet.text(
        under,
        (at.0, at.1 + 34.0),
        SMALL,
        QUIET,
        false,
        Anchor::Start,
    );
}

/// Widest figure of a column, with room around it.
fn figures(values: impl Iterator<Item = f64>) -> f64 {
    values
        .map(|v| width(&pounds(v), BODY, false))
        .fold(0.0, f64::max)
        + 14.0
}

fn shares(sheet: &mut Sheet<'_>, shares: &[Share], at: (f64, f64), wide: f64) {
    heading(
        sheet,
        at,
        "Share",
        "bar: share; line: where it lies; ring: alone",
    );
    let ends = |one: &Share| {
        [
            Some(one.share_gbp),
            Some(one.alone_gbp),
            one.share_least_gbp,
            one.share_most_gbp,
        ]
    };
    let all = || shares.iter().flat_map(ends).flatten();
    let (low, high) = (all().fold(0.0, f64::min), all().fold(0.0, f64::max));
    let room = figures(shares.iter().map(|one| one.share_gbp));
    let scale = (wide - room - 8.0).max(10.0) / (high - low).max(1.0);
    let zero = at.0 + 8.0 - low * scale;
    let x = |value: f64| zero + value * scale;
    for (row, one) in shares.iter().enumerate() {
        let middle = at.1 + HEAD + ROW * (row as f64 + 0.5);
        let (left, right) = (x(one.share_gbp.min(0.0)), x(one.share_gbp.max(0.0)));
        sheet.rect(
            (left, middle - 9.0),
            ((right - left).max(1.0), 18.0),
            Some(SKY),
            None,
        );
        let least = x(one.share_least_gbp.unwrap_or(low));
        let most = x(one.share_most_gbp.unwrap_or(high));
        let pen = Pen(NAVY, 2.0, 1.0);
        sheet.polyline(&[(least, middle), (most, middle)], pen);
        for end in [least, most] {
            sheet.polyline(&[(end, middle - 6.0), (end, middle + 6.0)], pen);
        }
        sheet.symbol(Symbol::Ring, (x(one.alone_gbp), middle), 5.5, ORANGE);
        let end = right.max(most).max(x(one.alone_gbp) + 6.0);
        sheet.text(
            &pounds(one.share_gbp),
            (end + 8.0, middle),
            BODY,
            TEXT,
            false,
            Anchor::Start,
        );
    }
    axis(sheet, zero, at.1, shares.len());
}

fn transfers(sheet: &mut Sheet<'_>, shares: &[Share], at: (f64, f64), wide: f64) {
    heading(
        sheet,
        at,
        "Transfer",
        "from what the plan gives it to its share",
    );
    let values = || shares.iter().map(|one| one.transfer_gbp);
    let (low, high) = (values().fold(0.0, f64::min), values().fold(0.0, f64::max));
    let room = figures(values());
    let scale = (wide - 2.0 * room).max(10.0) / (high - low).max(1.0);
    let zero = at.0 + room - low * scale;
    for (row, value) in values().enumerate() {
        let middle = at.1 + HEAD + ROW * (row as f64 + 0.5);
        bar(sheet, value, scale, zero, middle);
    }
    axis(sheet, zero, at.1, shares.len());
}

fn axis(sheet: &mut Sheet<'_>, x: f64, top: f64, rows: usize) {
    let (from, to) = (top + HEAD, top + HEAD + ROW * rows as f64);
    sheet.polyline(&[(x, from), (x, to)], Pen(TEXT, 1.2, 1.0));
}
