//! The programme as bars over the years, and what each year costs under them.

use super::super::about::NOTICE;
use super::super::draw::{
    Anchor, BLUE, BODY, Box2, Frame, HEADING, Hatch, LILAC, MAROON, NAVY, ORANGE, OUTLINE, PALE,
    Pen, QUIET, SMALL, Sheet, Symbol, TEXT, WHITE, elided, hatch_lines, shown_name, sources_line,
};
use super::super::edition::Issue;
use super::super::words::day;
use super::money::pounds;
use super::programme_rows::{Row, ends, rows, stays};
use crate::place::currency::in_print;
use crate::place::words::{count, counted};
use crate::plan::{Act, Programme};
use jiff::civil::Date;

pub(super) const NAMES: f64 = 270.0;
const ENDS: f64 = 216.0;
const HEAD: f64 = 84.0;
const ROW: f64 = 19.0;
const MONEY: f64 = 210.0;
/// Rows that are drawn; the others are counted.
const MOST_ROWS: usize = 80;
/// Years that are shown after the last of the programme.
const AFTER: u32 = 3;

/// The sheets of the chart, as SVG; `None` without a programme, or where the audience may not see it.
pub(in super::super) fn draw(issue: &Issue<'_>) -> Option<Result<Vec<String>, String>> {
    let programme = issue.plan().programme.as_ref()?;
    if !issue.edition.audience.sees_all() {
        return None;
    }
    let place = issue.place();
    let mut rows = rows(issue, programme);
    let all = rows.len();
    rows.truncate(MOST_ROWS);
    let gone = programme
        .steps
        .iter()
        .filter(|step| step.act == Act::Empty)
        .count();
    let moves = programme
        .steps
        .iter()
        .filter(|step| step.act == Act::Move)
        .count();
    let opened = rows.iter().filter(|row| row.opens.is_some()).count();
    let last = programme.steps.iter().map(|step| step.year).max();
    let later = match programme.postponed.len() {
        0 => String::new(),
        more => format!("; {} postponed", counted(more, "part", "parts")),
    };
    let message = format!(
        "{} let go{} and {} made by the end of year {}{later}",
        count(gone, "building"),
        match opened {
            0 => String::new(),
            some => format!(", {} opened", counted(some, "new counter", "new counters")),
        },
        count(moves, "move"),
        last.unwrap_or(0),
    );
    let mut notes = vec![
        NOTICE.to_string(),
        "Year 0 begins on the base date; what is done in a year is done by its end. A lease ends on its day, a sale comes \
         after the disposal lag. Every step is in programme.csv."
            .to_string(),
    ];
    if rows.iter().any(|row| row.apart.is_some()) {
        let thin = "Where a bar grows thinner, a part of the building has gone and the rest stays.";
        notes.push(thin.to_owned());
    }
    if opened > 0 {
        let words =
            "A new counter is fitted out in its year and open from the end of it; + is its name.";
        notes.push(words.to_owned());
    }
    if all > rows.len() {
        notes.push(format!(
            "{} more, emptied last, are not drawn.",
            count(all - rows.len(), "building")
        ));
    }
    let frame = Frame {
        place: shown_name(&place.name, "Plan"),
        subtitle: format!(
            "When each building is emptied and left, and what each year costs once. {}, prices of {}.",
            in_print("£"),
            day(place.base_date)
        ),
        description: format!(
            "Bars over years of {}: {message}. {} The same in a table: programme.csv.",
            place.name,
            words(programme)
        ),
        message,
        notes,
        sources: sources_line(place),
        body: 0.0,
    };
    // The money stands on the first sheet.
    let beside = |page: usize| match page {
        0 => HEAD + 30.0 + MONEY,
        _ => HEAD,
    };
    let years = shown_years(issue, programme);
    let sheets = frame.draw_rows(
        issue.paper,
        &rows,
        |_| ROW,
        beside,
        |sheet, area, turn, rows| {
            let grid = Grid {
                left: area.0 + NAMES,
                wide: (area.2 - ENDS - area.0 - NAMES) / f64::from(years),
                years,
                names: area.0,
                first: place.base_date,
            };
            key(sheet, (area.0, area.1 + 12.0), opened > 0);
            let top = area.1 + HEAD;
            let foot = top + ROW * rows.len() as f64;
            grid.years(issue, sheet, top, foot);
            for (at, row) in rows.iter().enumerate() {
                grid.row(sheet, row, top + ROW * at as f64);
            }
            if turn.is_first {
                let under = Box2(area.0, foot + 30.0, area.2, foot + 30.0 + MONEY);
                grid.money(issue, sheet, programme, under);
            }
        },
    );
    Some(sheets)
}

/// Columns: the years of the programme, and some after it where something still follows.
fn shown_years(issue: &Issue<'_>, programme: &Programme) -> u32 {
    let years = issue.place().phase.years;
    let last = programme
        .steps
        .iter()
        .map(|step| step.year + 1)
        .max()
        .unwrap_or(0);
    last.clamp(years.min(5), years + AFTER)
}

/// Money of each year, in words.
fn words(programme: &Programme) -> String {
    let mut words = Vec::new();
    let mut year = None;
    for sum in &programme.years {
        if year != Some(sum.year) {
            year = Some(sum.year);
            let (capital, receipts) = of_year(programme, sum.year);
            words.push(format!(
                "Year {}: {} spent once, {} received.",
                sum.year,
                pounds(capital),
                pounds(receipts)
            ));
        }
    }
    words.join(" ")
}

pub(super) fn of_year(programme: &Programme, year: u32) -> (f64, f64) {
    let own = || programme.years.iter().filter(move |sum| sum.year == year);
    (
        own().map(|sum| sum.capital_gbp).sum(),
        own().map(|sum| sum.receipts_gbp).sum(),
    )
}

fn key(sheet: &mut Sheet<'_>, at: (f64, f64), opens: bool) {
    let mut x = at.0;
    let kinds: [(&str, Kind); 5] = [
        ("as today", Kind::Used),
        ("new floor is fitted out", Kind::Works),
        ("people move out", Kind::Moves),
        ("empty, still paid for", Kind::Waits),
        ("new counter, open", Kind::Opened),
    ];
    let kinds = kinds.into_iter();
    for (words, kind) in kinds.filter(|(_, kind)| opens || !matches!(kind, Kind::Opened)) {
        bar(sheet, kind, (x, at.1 - 6.0), (26.0, 12.0));
        sheet.text(words, (x + 34.0, at.1), BODY, TEXT, false, Anchor::Start);
        x += 34.0 + super::super::draw::width(words, BODY, false) + 26.0;
    }
    sheet.symbol(Symbol::Diamond, (x + 8.0, at.1), 6.5, NAVY);
    sheet.text(
        "left: see right",
        (x + 24.0, at.1),
        BODY,
        TEXT,
        false,
        Anchor::Start,
    );
}

#[derive(Clone, Copy)]
enum Kind {
    Used,
    Works,
    Moves,
    Waits,
    Opened,
}

fn bar(sheet: &mut Sheet<'_>, kind: Kind, at: (f64, f64), size: (f64, f64)) {
    let ink = match kind {
        Kind::Used => PALE,
        Kind::Works => ORANGE,
        Kind::Moves => BLUE,
        Kind::Opened => LILAC,
        Kind::Waits => WHITE,
    };
    let edge = matches!(kind, Kind::Waits).then_some(Pen(MAROON, 1.0, 1.0));
    sheet.rect(at, size, Some(ink), edge);
    let hatch = match kind {
        Kind::Works => Some((Hatch::Falling, WHITE)),
        Kind::Waits => Some((Hatch::Rising, MAROON)),
        Kind::Used | Kind::Moves | Kind::Opened => None,
    };
    if let Some((hatch, ink)) = hatch {
        let (right, foot) = (at.0 + size.0, at.1 + size.1);
        let ring = vec![at, (right, at.1), (right, foot), (at.0, foot)];
        for line in hatch_lines(&[ring], hatch, 5.0) {
            sheet.polyline(&line, Pen(ink, 1.0, 1.0));
        }
    }
}

/// Where years and rows are.
pub(super) struct Grid {
    pub(super) names: f64,
    pub(super) left: f64,
    pub(super) wide: f64,
    pub(super) years: u32,
    first: Date,
}

impl Grid {
    pub(super) fn x(&self, year: u32) -> f64 {
        self.left + self.wide * f64::from(year.min(self.years))
    }

    pub(super) fn right(&self) -> f64 {
        self.x(self.years)
    }

    fn years(&self, issue: &Issue<'_>, sheet: &mut Sheet<'_>, top: f64, foot: f64) {
        let first = issue.place().base_date;
        let whole = first.month() == 1 && first.day() == 1;
        let planned = issue.place().phase.years;
        for year in 0..self.years {
            let begins = i32::from(first.year()) + year as i32;
            let words = match whole {
                true => format!("{begins}"),
                false => format!("{begins}–{:02}", (begins + 1) % 100),
            };
            let middle = self.x(year) + self.wide / 2.0;
            let ink = if year < planned { TEXT } else { QUIET };
            sheet.text(
                &year.to_string(),
                (middle, top - 34.0),
                HEADING,
                ink,
                true,
                Anchor::Middle,
            );
            sheet.text(
                &words,
                (middle, top - 15.0),
                SMALL,
                QUIET,
                false,
                Anchor::Middle,
            );
        }
        for year in 0..=self.years {
            let end = year == planned;
            let pen = if end {
                Pen(TEXT, 1.4, 1.0)
            } else {
                Pen(OUTLINE, 0.4, 0.9)
            };
            sheet.polyline(&[(self.x(year), top - 4.0), (self.x(year), foot)], pen);
        }
        sheet.text(
            "Year",
            (self.left - 10.0, top - 34.0),
            HEADING,
            TEXT,
            true,
            Anchor::End,
        );
    }

    fn row(&self, sheet: &mut Sheet<'_>, row: &Row<'_>, top: f64) {
        let middle = top + ROW / 2.0;
        let name = elided(&row.name, SMALL, false, NAMES - 14.0);
        sheet.text(
            &name,
            (self.names, middle),
            SMALL,
            TEXT,
            false,
            Anchor::Start,
        );
        let line = [(self.names, top + ROW), (self.right() + ENDS, top + ROW)];
        sheet.polyline(&line, Pen(OUTLINE, 0.3, 0.6));
        let (y, high) = (top + 4.0, ROW - 8.0);
        if let Some(apart) = row.apart {
            let whole = self.x(apart + 1) - self.left;
            bar(sheet, Kind::Used, (self.left, y), (whole, high));
            // What stays is a thinner bar.
            let rest = self.right() - self.x(apart + 1);
            let thin = (self.x(apart + 1), y + high / 2.0);
            bar(sheet, Kind::Used, thin, (rest, high / 2.0));
        }
        if let Some(emptied) = row.emptied {
            let used = self.x(emptied + 1) - self.left;
            bar(sheet, Kind::Used, (self.left, y), (used, high));
            let waits_until = self.left_at(row).unwrap_or(self.right());
            let waits = waits_until - self.x(emptied + 1);
            if waits > 0.5 {
                bar(sheet, Kind::Waits, (self.x(emptied + 1), y), (waits, high));
            }
        }
        if let Some((opens, counter)) = &row.opens {
            let from = self.x(opens + 1);
            bar(sheet, Kind::Opened, (from, y), (self.right() - from, high));
            let at = (self.right() + 14.0, middle);
            let words = elided(&format!("+ {counter}"), SMALL, false, ENDS - 16.0);
            sheet.text(&words, at, SMALL, TEXT, false, Anchor::Start);
        }
        for (years, kind) in [(&row.works, Kind::Works), (&row.moves, Kind::Moves)] {
            for year in years {
                self.cell(sheet, row, *year, kind, (y, high));
            }
        }
        if let Some(step) = row.left {
            if !stays(step) {
                let x = self.left_at(row).unwrap_or(self.right());
                sheet.symbol(Symbol::Diamond, (x, middle), 6.0, NAVY);
            }
            let words = ends(step);
            sheet.text(
                &words,
                (self.right() + 14.0, middle),
                SMALL,
                TEXT,
                false,
                Anchor::Start,
            );
        }
    }

    /// Where a building is left: on the day its lease ends, else at the beginning of the year.
    fn left_at(&self, row: &Row<'_>) -> Option<f64> {
        let step = row.left?;
        let day = step
            .date
            .as_deref()
            .and_then(|day| day.parse::<Date>().ok());
        let years = day.map(|day| f64::from((day - self.first).get_days()) / 365.25);
        let year = years.unwrap_or(f64::from(step.year));
        (!stays(step)).then(|| self.left + self.wide * year.clamp(0.0, f64::from(self.years)))
    }

    /// A year of works or moves: half a cell each where both fall into one year.
    fn cell(
        &self,
        sheet: &mut Sheet<'_>,
        row: &Row<'_>,
        year: u32,
        kind: Kind,
        (y, high): (f64, f64),
    ) {
        let both = row.works.contains(&year) && row.moves.contains(&year);
        let x = self.x(year);
        let (from, wide) = match (both, kind) {
            (false, _) => (x + 2.0, self.wide - 4.0),
            (true, Kind::Works) => (x + 2.0, self.wide / 2.0 - 3.0),
            (true, _) => (x + self.wide / 2.0 + 1.0, self.wide / 2.0 - 3.0),
        };
        bar(sheet, kind, (from, y), (wide, high));
    }
}
