//! What each agency pays and gains: four columns of bars that are never added to one another.

use super::super::about::NOTICE;
use super::super::agency_money::{AgencyMoney, agency_money};
use super::super::draw::{
    Anchor, BODY, Frame, HEADING, OUTLINE, Pen, QUIET, SMALL, Sheet, TEXT, elided, shown_name,
    sources_line, width,
};
use super::super::edition::Issue;
use super::super::words::day;
use super::bar::{bar, beside};
use super::money::pounds;
use crate::place::currency::in_print;

const NAMES: f64 = 262.0;
const ROW: f64 = 38.0;
const HEAD: f64 = 58.0;

struct Panel {
    heading: &'static str,
    under: &'static str,
    value: fn(&AgencyMoney<'_>) -> f64,
}

const RECEIPTS: Panel = Panel {
    heading: "Receipts",
    under: "£ once, before the cost of selling",
    value: |a| a.receipts,
};

/// The same under a programme.
const NET_RECEIPTS: Panel = Panel {
    heading: "Receipts",
    under: "£ once, less the cost of selling",
    value: |a| a.receipts,
};

const PANELS: [Panel; 4] = [
    Panel {
        heading: "Saved each year",
        under: "£ a year, recharges included",
        value: |a| a.saved_a_year,
    },
    Panel {
        heading: "One-off cost",
        under: "£ once, repairs avoided taken off",
        value: |a| -a.one_off,
    },
    RECEIPTS,
    Panel {
        heading: "Net present value",
        under: "£, against today",
        value: |a| a.npv,
    },
];

/// The sheets of the chart, as SVG; `None` where the audience may not see every agency's money.
pub(in super::super) fn draw(issue: &Issue<'_>) -> Option<Result<Vec<String>, String>> {
    if !issue.edition.audience.sees_all() {
        return None;
    }
    let place = issue.place();
    let phased = issue.plan().programme.is_some();
    let twin = twin(issue);
    let ledger = &agency_money(issue.plan());
    let better = ledger.iter().filter(|a| a.npv >= 0.5).count();
    let worse = ledger.iter().filter(|a| a.npv <= -0.5).count();
    let bodies = match ledger.len() {
        1 => "the one agency".to_string(),
        several => format!("{several} agencies"),
    };
    let message = match (better, worse) {
        (0, 0) => format!("{bodies} neither better nor worse off"),
        (2, 0) if ledger.len() == 2 => "both agencies would be better off".to_owned(),
        (_, 0) if better == ledger.len() && better > 1 => {
            format!("all {bodies} would be better off")
        }
        (_, 0) => format!("{better} of {bodies} would be better off, none worse off"),
        _ => format!("{better} of {bodies} would be better off, {worse} worse off"),
    };
    let frame = Frame {
        place: shown_name(&place.name, "Plan"),
        subtitle: format!(
            "What each agency pays and gains against today{}, present values over {} years. {}, prices of {}.",
            if phased { ", done year by year" } else { "" },
            place.finance.horizon_years,
            in_print("£"),
            day(place.base_date)
        ),
        description: format!(
            "Bar chart by agency of {}: {message}. {} The same in a table: {twin}.",
            place.name,
            ledger
                .iter()
                .map(|a| format!(
                    "{}: net present value {}.",
                    name(issue, a),
                    pounds(a.npv)
                ))
                .collect::<Vec<_>>()
                .join(" ")
        ),
        message,
        notes: vec![
            NOTICE.to_string(),
            format!(
                "Each column has its own scale. To the right is better for the agency, to the left (hatched) worse. \
                 Recurring, one-off and receipts are never added; present value brings them together over time. {}{}",
                match issue.plan().one_off().beside(pounds) {
                    _ if phased => "Repairs avoided are taken off the one-off cost, repairs needed anyway are left out. ".to_string(),
                    words if words.is_empty() => words,
                    words => format!("Of the one-off cost, {words}. "),
                },
                match phased {
                    true => "The years are in programme_cash.csv; what each comes to were all done at once is in agencies.csv.",
                    false => "The figures are in agencies.csv, their lines in ledger.csv.",
                }
            ),
        ],
        sources: sources_line(place),
        body: 0.0,
    };
    let beside = |_: usize| HEAD + ROW + 24.0;
    let sheets = frame.draw_rows(
        issue.paper,
        ledger,
        |_| ROW,
        beside,
        |sheet, area, turn, shown| {
            let wide = (area.2 - area.0 - NAMES) / PANELS.len() as f64;
            let shown = Shown {
                all: ledger,
                shown,
                has_total: turn.is_last,
            };
            rows(issue, sheet, &shown, (area.0, area.1 + HEAD), area.2);
            for (at, panel) in PANELS.iter().enumerate() {
                let left = area.0 + NAMES + wide * at as f64;
                let panel = match phased && panel.heading == RECEIPTS.heading {
                    true => &NET_RECEIPTS,
                    false => panel,
                };
                column(sheet, panel, &shown, (left, area.1), wide - 34.0);
            }
        },
    );
    Some(sheets)
}

/// All agencies, and those on a sheet.
struct Shown<'a> {
    all: &'a [AgencyMoney<'a>],
    shown: &'a [AgencyMoney<'a>],
    /// Whether all agencies come under them.
    has_total: bool,
}

/// The table that says the same.
pub(in super::super) fn twin(issue: &Issue<'_>) -> &'static str {
    match issue.plan().programme {
        Some(_) => "programme_cash.csv",
        None => "agencies.csv",
    }
}

fn name(issue: &Issue<'_>, agency: &AgencyMoney<'_>) -> String {
    let known = issue
        .place()
        .agencies
        .iter()
        .find(|a| a.id.as_str() == agency.agency);
    shown_name(
        known.map_or(agency.agency, |a| a.name.as_str()),
        agency.agency,
    )
}

fn rows(issue: &Issue<'_>, sheet: &mut Sheet<'_>, ledger: &Shown<'_>, at: (f64, f64), right: f64) {
    let names = ledger.shown.iter().map(|a| name(issue, a));
    let total = ledger.has_total.then(|| "All agencies".to_string());
    for (row, words) in names.chain(total).enumerate() {
        let y = at.1 + ROW * row as f64;
        let last = row == ledger.shown.len();
        let words = elided(&words, BODY, last, NAMES - 16.0);
        sheet.text(
            &words,
            (at.0, y + ROW / 2.0),
            BODY,
            TEXT,
            last,
            Anchor::Start,
        );
        let pen = if last {
            Pen(TEXT, 1.0, 1.0)
        } else {
            Pen(OUTLINE, 0.4, 0.8)
        };
        sheet.polyline(&[(at.0, y), (right, y)], pen);
    }
}

fn column(sheet: &mut Sheet<'_>, panel: &Panel, ledger: &Shown<'_>, at: (f64, f64), wide: f64) {
    sheet.text(
        panel.heading,
        (at.0, at.1 + 14.0),
        HEADING,
        TEXT,
        true,
        Anchor::Start,
    );
    sheet.text(
        &in_print(panel.under),
        (at.0, at.1 + 34.0),
        SMALL,
        QUIET,
        false,
        Anchor::Start,
    );
    let values: Vec<f64> = ledger.all.iter().map(panel.value).collect();
    let total: f64 = values.iter().sum();
    let low = values.iter().copied().fold(0.0, f64::min);
    let high = values.iter().copied().fold(0.0, f64::max);
    let figures = values
        .iter()
        .map(|v| width(&pounds(*v), BODY, false))
        .fold(0.0, f64::max)
        + 8.0;
    // Room for figures on the sides that have bars.
    let (before, after) = (
        if low < 0.0 { figures } else { 0.0 },
        if high > 0.0 || low >= 0.0 {
            figures
        } else {
            0.0
        },
    );
    let span = (high - low).max(1.0);
    let scale = (wide - before - after).max(10.0) / span;
    let zero = at.0 + before - low * scale;
    let top = at.1 + HEAD;
    for (row, agency) in ledger.shown.iter().enumerate() {
        let middle = top + ROW * (row as f64 + 0.5);
        bar(sheet, (panel.value)(agency), scale, zero, middle);
    }
    let bottom = top + ROW * ledger.shown.len() as f64;
    sheet.polyline(&[(zero, top), (zero, bottom)], Pen(TEXT, 1.2, 1.0));
    if !ledger.has_total {
        return;
    }
    let (x, anchor) = beside(total, zero);
    sheet.text(
        &pounds(total),
        (x, bottom + ROW / 2.0),
        BODY,
        TEXT,
        true,
        anchor,
    );
}
