//! The programme as bars over the years, and what each year costs under them.

use super::super::about::NOTICE;
use super::super::draw::{
    Anchor, BLUE, BODY, Box2, Frame, HEADING, Hatch, Ink, MAROON, NAVY, ORANGE, OUTLINE, PALE,
    Paper, Pen, QUIET, SMALL, Sheet, Symbol, TEXT, WHITE, elided, hatch_lines, shown_name,
    sources_line,
};
use super::super::edition::Issue;
use super::super::words::day;
use super::money::{pounds, round_pounds, step as axis_step};
use super::programme_rows::{Row, ends, rows, stays};
use crate::place::words::{count, counted};
use crate::plan::{Act, Programme};
use jiff::civil::Date;

const NAMES: f64 = 270.0;
const ENDS: f64 = 200.0;
const HEAD: f64 = 84.0;
const ROW: f64 = 19.0;
const MONEY: f64 = 210.0;
/// Rows that a page holds; the others are counted.
const MOST_ROWS: usize = 80;
/// Rows that can be read on A4.
const MOST_ON_PAPER: usize = 34;
/// Years that are shown after the last of the programme.
const AFTER: u32 = 3;

/// The chart, as SVG; `None` without a programme, or where the audience may not see it.
pub(in super::super) fn draw(issue: &Issue<'_>) -> Option<Result<String, String>> {
    let programme = issue.plan().programme.as_ref()?;
    if !issue.edition.audience.sees_all() {
        return None;
    }
    let place = issue.place();
    let mut rows = rows(issue, programme);
    let all = rows.len();
    rows.truncate(match issue.paper {
        Paper::Flowing => MOST_ROWS,
        Paper::A4 => MOST_ON_PAPER,
    });
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
    let last = programme.steps.iter().map(|step| step.year).max();
    let later = match programme.postponed.len() {
        0 => String::new(),
        more => format!("; {} postponed", counted(more, "part", "parts")),
    };
    let message = format!(
        "{} let go and {} made by the end of year {}{later}",
        count(gone, "building"),
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
    if all > rows.len() {
        notes.push(format!(
            "{} more, emptied last, are not drawn.",
            count(all - rows.len(), "building")
        ));
    }
    let body = HEAD + ROW * rows.len() as f64 + 30.0 + MONEY;
    let frame = Frame {
        place: shown_name(&place.name, "Plan"),
        subtitle: format!(
            "When each building is emptied and left, and what each year costs once. £, prices of {}.",
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
        body,
    };
    Some(frame.draw_on(issue.paper, |sheet, area| {
        let years = shown_years(issue, programme);
        let grid = Grid {
            left: area.0 + NAMES,
            wide: (area.2 - ENDS - area.0 - NAMES) / f64::from(years),
            years,
            names: area.0,
            first: place.base_date,
        };
        key(sheet, (area.0, area.1 + 12.0));
        let top = area.1 + HEAD;
        let foot = top + ROW * rows.len() as f64;
        grid.years(issue, sheet, top, foot);
        for (at, row) in rows.iter().enumerate() {
            grid.row(sheet, row, top + ROW * at as f64);
        }
        grid.money(
            issue,
            sheet,
            programme,
            Box2(area.0, foot + 30.0, area.2, area.3),
        );
    }))
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

fn of_year(programme: &Programme, year: u32) -> (f64, f64) {
    let own = || programme.years.iter().filter(move |sum| sum.year == year);
    (
        own().map(|sum| sum.capital_gbp).sum(),
        own().map(|sum| sum.receipts_gbp).sum(),
    )
}

fn key(sheet: &mut Sheet<'_>, at: (f64, f64)) {
    let mut x = at.0;
    let kinds: [(&str, Kind); 4] = [
        ("as today", Kind::Used),
        ("new floor is fitted out", Kind::Works),
        ("people move out", Kind::Moves),
        ("empty, still paid for", Kind::Waits),
    ];
    for (words, kind) in kinds {
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
}

fn bar(sheet: &mut Sheet<'_>, kind: Kind, at: (f64, f64), size: (f64, f64)) {
    let ink = match kind {
        Kind::Used => PALE,
        Kind::Works => ORANGE,
        Kind::Moves => BLUE,
        Kind::Waits => WHITE,
    };
    let edge = matches!(kind, Kind::Waits).then_some(Pen(MAROON, 1.0, 1.0));
    sheet.rect(at, size, Some(ink), edge);
    let hatch = match kind {
        Kind::Works => Some((Hatch::Falling, WHITE)),
        Kind::Waits => Some((Hatch::Rising, MAROON)),
        Kind::Used | Kind::Moves => None,
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
struct Grid {
    names: f64,
    left: f64,
    wide: f64,
    years: u32,
    first: Date,
}

impl Grid {
    fn x(&self, year: u32) -> f64 {
        self.left + self.wide * f64::from(year.min(self.years))
    }

    fn right(&self) -> f64 {
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

    /// What each year costs once and brings, with the limit on it.
    fn money(&self, issue: &Issue<'_>, sheet: &mut Sheet<'_>, programme: &Programme, area: Box2) {
        let heading = (self.names, area.1 + 6.0);
        sheet.text(
            "One-off cost and receipts by year",
            heading,
            HEADING,
            TEXT,
            true,
            Anchor::Start,
        );
        let sums: Vec<(f64, f64)> = (0..self.years)
            .map(|year| of_year(programme, year))
            .collect();
        let limits: Vec<Option<f64>> = (0..self.years)
            .map(|year| self.limit(issue, year))
            .collect();
        let most = sums
            .iter()
            .map(|(out, back)| out.max(*back))
            .fold(0.0, f64::max);
        let most = limits
            .iter()
            .flatten()
            .copied()
            .fold(most, f64::max)
            .max(1.0);
        let (top, foot) = (area.1 + 36.0, area.3 - 12.0);
        let scale = (foot - top) / most;
        let step = axis_step(most, 4.0);
        for line in 0..=((most / step).floor() as u32) {
            let amount = f64::from(line) * step;
            let y = foot - amount * scale;
            sheet.polyline(&[(self.left, y), (self.right(), y)], Pen(OUTLINE, 0.4, 0.8));
            sheet.text(
                &round_pounds(amount),
                (self.left - 10.0, y),
                SMALL,
                QUIET,
                false,
                Anchor::End,
            );
        }
        let bars: [(Ink, f64); 2] = [(NAVY, 0.12), (MAROON, 0.52)];
        for (year, limit) in (0..).zip(&limits) {
            if let Some(limit) = limit {
                let y = foot - limit * scale;
                let ends = ((self.x(year), y), (self.x(year + 1), y));
                sheet.dashed(ends.0, ends.1, Pen(TEXT, 1.6, 1.0), 5.0);
            }
        }
        for (year, (out, back)) in (0..).zip(&sums) {
            for ((ink, at), amount) in bars.iter().zip([out, back]) {
                let x = self.x(year) + self.wide * at;
                self.amount(sheet, *ink, *amount, (x, foot, scale));
            }
        }
        sheet.polyline(
            &[(self.left, foot), (self.right(), foot)],
            Pen(TEXT, 1.2, 1.0),
        );
        let mut y = area.1 + 44.0;
        let recycled = match issue.place().phase.receipts_recyclable {
            true => "Limit of a year; receipts may be spent too",
            false => "Limit of a year",
        };
        let words = [
            (Some(NAVY), "Spent once"),
            (Some(MAROON), "Received, less the cost of sales"),
            (None, recycled),
        ];
        for (ink, words) in words {
            match ink {
                Some(ink) => sheet.rect((self.names, y - 6.0), (14.0, 12.0), Some(ink), None),
                None if limits.iter().all(Option::is_none) => continue,
                None => sheet.dashed(
                    (self.names, y),
                    (self.names + 16.0, y),
                    Pen(TEXT, 1.6, 1.0),
                    5.0,
                ),
            }
            if ink == Some(MAROON) {
                stripes(sheet, (self.names, y - 6.0), (14.0, 12.0));
            }
            y = sheet.paragraph(words, (self.names + 24.0, y), SMALL, TEXT, NAMES - 90.0) + 6.0;
        }
    }

    fn amount(
        &self,
        sheet: &mut Sheet<'_>,
        ink: Ink,
        amount: f64,
        (x, foot, scale): (f64, f64, f64),
    ) {
        if amount < 0.5 {
            return;
        }
        let (wide, high) = (self.wide * 0.36, (amount * scale).max(1.0));
        sheet.rect((x, foot - high), (wide, high), Some(ink), None);
        if ink == MAROON {
            stripes(sheet, (x, foot - high), (wide, high));
        }
        let at = (x + wide / 2.0, foot - high - 8.0);
        let words = pounds(amount);
        let room = super::super::draw::width(&words, SMALL, false);
        // Where years are narrow no bar has its figure: the axis tells.
        if self.wide > 90.0 {
            // So that a limit's line does not run through the figure.
            let under = (at.0 - room / 2.0 - 2.0, at.1 - 7.0);
            sheet.rect(under, (room + 4.0, 13.0), Some(WHITE), None);
            sheet.text(&words, at, SMALL, TEXT, false, Anchor::Middle);
        }
    }

    /// The limit on what all spend in a year, where there is one for all.
    fn limit(&self, issue: &Issue<'_>, year: u32) -> Option<f64> {
        let phase = &issue.place().phase;
        phase.capital.of_all(year).filter(|_| year < phase.years)
    }
}

fn stripes(sheet: &mut Sheet<'_>, at: (f64, f64), size: (f64, f64)) {
    let (right, foot) = (at.0 + size.0, at.1 + size.1);
    let ring = vec![at, (right, at.1), (right, foot), (at.0, foot)];
    for line in hatch_lines(&[ring], Hatch::Rising, 6.0) {
        sheet.polyline(&line, Pen(WHITE, 1.0, 1.0));
    }
}
