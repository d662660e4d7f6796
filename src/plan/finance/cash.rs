//! Cash by year: every amount of the ledger in the year in which it is paid or received.

use crate::place::{AgencyIx, Place};
use crate::plan::{CashSpan, Column};
use std::collections::BTreeMap;

/// Whose, what, and which of the three kinds of money.
pub(crate) type CashKey = (AgencyIx, &'static str, Column);

/// Pence of a year: under the do-minimum, and under the plan.
pub(crate) type Cell = [i64; 2];

/// Every line of every agency by year, in whole pence: amounts are rounded one by one, sums are exact.
pub(crate) struct CashBook {
    horizon: u32,
    lines: BTreeMap<CashKey, Vec<Cell>>,
}

impl CashBook {
    /// An empty book of so many years.
    pub(crate) fn new(horizon: u32) -> Self {
        Self {
            horizon,
            lines: BTreeMap::new(),
        }
    }

    /// Adds what is paid in one year; nothing past the horizon counts.
    pub(crate) fn in_year(&mut self, key: CashKey, year: u32, (today, after): (f64, f64)) {
        if year >= self.horizon || (today == 0.0 && after == 0.0) {
            return;
        }
        let years = self.horizon as usize;
        let cells = self.lines.entry(key).or_insert_with(|| vec![[0; 2]; years]);
        let cell = &mut cells[year as usize];
        cell[0] += pence_of(today);
        cell[1] += pence_of(after);
    }

    /// Adds a cost of every year. In year 0 everybody is still where they are.
    pub(crate) fn every_year(&mut self, key: CashKey, (today, after): (f64, f64)) {
        self.in_year(key, 0, (today, today));
        for year in 1..self.horizon {
            self.in_year(key, year, (today, after));
        }
    }

    /// The lines of an agency, or of all of them.
    pub(crate) fn lines_of(
        &self,
        agency: Option<AgencyIx>,
    ) -> impl Iterator<Item = (&CashKey, &Vec<Cell>)> {
        let wanted = move |whose: &AgencyIx| agency.is_none_or(|agency| agency == *whose);
        self.lines
            .iter()
            .filter(move |((whose, ..), _)| wanted(whose))
    }

    /// The book as it is printed: years that do not differ stand together, years of nothing are left out.
    pub(crate) fn spans(&self, place: &Place) -> Vec<CashSpan> {
        let mut spans: Vec<CashSpan> = Vec::new();
        for ((agency, line, column), cells) in &self.lines {
            let mut from = 0;
            for run in cells.chunk_by(|one, next| one == next) {
                let last = from + run.len() - 1;
                if run[0] != [0, 0] {
                    spans.push(CashSpan {
                        agency: place.agency(*agency).id.to_string(),
                        line: (*line).to_owned(),
                        column: *column,
                        first_year: from as u32,
                        last_year: last as u32,
                        today_gbp: run[0][0] as f64 / 100.0,
                        after_gbp: run[0][1] as f64 / 100.0,
                    });
                }
                from = last + 1;
            }
        }
        spans
    }
}

fn pence_of(pounds: f64) -> i64 {
    (pounds * 100.0).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::sample;

    #[test]
    fn years_alike_stand_together_and_year_nought_is_todays() {
        let place = sample::six_buildings();
        let mut book = CashBook::new(5);
        let key = (AgencyIx::new(0), "rent", Column::Recurring);
        book.every_year(key, (100.0, 0.0));
        book.in_year(key, 2, (0.0, 40.0));
        let printed: Vec<_> = book
            .spans(&place)
            .iter()
            .map(|s| (s.first_year, s.last_year, s.today_gbp, s.after_gbp))
            .collect();
        assert_eq!(
            printed,
            [
                (0, 0, 100.0, 100.0),
                (1, 1, 100.0, 0.0),
                (2, 2, 100.0, 40.0),
                (3, 4, 100.0, 0.0)
            ]
        );
    }

    #[test]
    fn what_falls_past_the_horizon_is_not_counted() {
        let place = sample::six_buildings();
        let mut book = CashBook::new(5);
        let key = (AgencyIx::new(0), "receipt", Column::Receipt);
        book.in_year(key, 5, (0.0, 1_000_000.0));
        assert_eq!(book.spans(&place), []);
    }
}
