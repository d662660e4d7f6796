//! # Limits on money
//!
//! One file for each limit: `budget`, `worse_off`, `savings`. Each says what it adds up ([`Tally`])
//! and how much of it may be; [`Sums`] turns that into a row over sites and placements, and adds it
//! up for a plan.

mod budget;
mod campus;
mod savings;
mod sums;
#[cfg(test)]
mod tests;
mod worse_off;

pub(crate) use campus::{Campuses, complete};
pub(crate) use sums::{Sums, Tally};

use crate::place::{AgencyIx, BuildingIx, Place};
use crate::plan::LimitVerdict;
use crate::plan::choice::Choice;
use crate::siting::Row;
use std::collections::BTreeMap;

/// One limit: a sum that may be no more than so much.
pub(crate) struct MoneyLimit {
    /// Its name in `place.toml`, such as `capital_budget`.
    pub(crate) name: &'static str,
    /// Whose; `None` for all agencies together.
    pub(crate) whose: Option<AgencyIx>,
    /// What is added up.
    pub(crate) tally: Box<dyn Tally>,
    /// Other sums that may be no more either: the limit is on the greatest of them all.
    pub(crate) others: Vec<Box<dyn Tally>>,
    /// The most it may be, £.
    pub(crate) most: f64,
    /// How it is told, whatever the most.
    pub(crate) told: Told,
}

/// How a limit is told.
pub(crate) struct Told {
    /// The most at which the figure that is told is nothing, £.
    pub(crate) nothing: f64,
    /// By how much the most differs between two figures next to each other, £.
    pub(crate) step: f64,
    /// What is asked with such a most, with the agency and the amounts.
    pub(crate) words: Box<dyn Fn(f64) -> String>,
}

impl Told {
    /// An amount, £, in steps from nothing.
    pub(crate) fn steps(&self, amount: f64) -> f64 {
        (amount - self.nothing) / self.step.max(0.01)
    }

    /// What is asked at so many steps from nothing.
    pub(crate) fn at(&self, steps: f64) -> String {
        (self.words)(self.nothing + steps * self.step.max(0.01))
    }
}

/// Rows are in thousands of pounds: solvers keep small numbers better.
pub(crate) const THOUSAND: f64 = 1e-3;

/// Every limit of a place.
pub(crate) fn limits(sums: &Sums<'_>) -> Vec<MoneyLimit> {
    let mut limits = budget::limits(sums);
    limits.extend(worse_off::limits(sums));
    limits.extend(savings::limits(sums));
    limits
}

/// The rows that keep a plan to its limits; `site_of` and `campuses` say where their terms stand.
/// Those of parts that go are among the placements: `parts`.
pub(crate) fn rows(
    sums: &Sums<'_>,
    site_of: &[Option<usize>],
    campuses: &Campuses,
    parts: &BTreeMap<BuildingIx, usize>,
) -> Vec<Row> {
    limits(sums)
        .iter()
        .flat_map(|limit| {
            limit.tallies().map(|tally| {
                let form = sums.form(tally, site_of, campuses);
                let terms = form.terms.into_iter().chain(sums.parts(tally, parts));
                let terms = terms.filter(|(_, amount)| *amount != 0.0);
                Row {
                    name: limit.words(),
                    terms: terms
                        .map(|(term, amount)| (term, amount * THOUSAND))
                        .collect(),
                    at_least: None,
                    at_most: Some((limit.most - form.constant) * THOUSAND),
                    price: None,
                }
            })
        })
        .collect()
}

impl MoneyLimit {
    /// How it stands in words: also the name of its rows.
    pub(crate) fn words(&self) -> String {
        format!("limit {} ({})", self.name, (self.told.words)(self.most))
    }

    /// The id that it is asked about by: `capital_budget`, or with an agency `capital_budget:police`.
    pub(crate) fn id(&self, place: &Place) -> String {
        match self.whose {
            Some(at) => format!("{}:{}", self.name, place.agency(at).id),
            None => self.name.to_owned(),
        }
    }

    fn tallies(&self) -> impl Iterator<Item = &dyn Tally> {
        std::iter::once(&self.tally)
            .chain(&self.others)
            .map(AsRef::as_ref)
    }

    /// What the limit is on, £.
    pub(crate) fn amount(&self, sums: &Sums<'_>, choice: &Choice) -> f64 {
        let amounts = self.tallies().map(|tally| sums.amount(tally, choice));
        amounts.fold(f64::NEG_INFINITY, f64::max)
    }
}

/// How each limit stands today and under a plan.
pub(crate) fn verdicts(place: &Place, sums: &Sums<'_>, choice: &Choice) -> Vec<LimitVerdict> {
    let today = Choice::today(place);
    limits(sums)
        .into_iter()
        .map(|limit| {
            let (before, after) = (limit.amount(sums, &today), limit.amount(sums, choice));
            let printed = limit.tally.printed(limit.most, before, after);
            LimitVerdict {
                limit: limit.name.to_owned(),
                agency: limit.whose.map(|at| place.agency(at).id.to_string()),
                limit_gbp: printed.limit,
                after_gbp: printed.after,
                kept: printed.kept(),
                of_gbp: printed.of,
            }
        })
        .collect()
}
