//! What each year of a programme costs once and brings, under its bars.

use super::super::draw::{
    Anchor, Box2, HEADING, Ink, MAROON, OUTLINE, Pen, QUIET, SMALL, Sheet, TEAL, TEXT, WHITE, width,
};
use super::super::edition::Issue;
use super::bars::hatched;
use super::money::{pounds, round_pounds, step as axis_step};
use super::programme::{Grid, NAMES, of_year};
use crate::plan::Programme;

impl Grid {
    /// What each year costs once and brings, with the limit on it.
    pub(super) fn money(
        &self,
        issue: &Issue<'_>,
        sheet: &mut Sheet<'_>,
        programme: &Programme,
        area: Box2,
    ) {
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
        let bars: [(Ink, f64); 2] = [(MAROON, 0.12), (TEAL, 0.52)];
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
            (Some(MAROON), "Spent once"),
            (Some(TEAL), "Received, less the cost of sales"),
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
                hatched(
                    sheet,
                    (self.names, y - 6.0),
                    (14.0, 12.0),
                    Pen(WHITE, 1.0, 1.0),
                );
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
            hatched(sheet, (x, foot - high), (wide, high), Pen(WHITE, 1.0, 1.0));
        }
        let at = (x + wide / 2.0, foot - high - 8.0);
        let words = pounds(amount);
        let room = width(&words, SMALL, false);
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
