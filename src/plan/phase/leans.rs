//! What the money of a programme leans on, year by year.

use super::cash::Book;
use crate::place::{Driver, Finance};
use crate::plan::sensitivity::Parts;
use crate::plan::{Act, Step};
use std::collections::BTreeMap;

/// The parts of a programme's money, from the book of its years and from its steps.
pub(super) fn parts(book: &Book<'_>, steps: &[Step], finance: &Finance) -> Parts {
    let mut by_year: BTreeMap<Driver, Vec<f64>> = BTreeMap::new();
    let mut add = |driver: Driver, year: u32, better: f64| {
        let none = || vec![0.0; finance.horizon_years as usize];
        let years = by_year.entry(driver).or_insert_with(none);
        if let Some(sum) = years.get_mut(year as usize) {
            *sum += better;
        }
    };
    for ((_, year), saved) in &book.saved {
        add(Driver::RunningCost, *year, saved.running);
        add(Driver::Rent, *year, saved.rent);
        add(Driver::Rates, *year, saved.rates);
        add(Driver::Repairs, *year, saved.repairs);
    }
    for step in steps {
        add(paid_for(step.act), step.year, -step.capital_gbp);
        add(Driver::Receipts, step.year, step.receipt_gbp);
    }
    Parts::new(by_year, finance, book.sold.clone())
}

/// What the one-off cost of a step leans on.
fn paid_for(act: Act) -> Driver {
    match act {
        Act::Move => Driver::Moves,
        Act::Open | Act::FitOut | Act::NewCounter | Act::Part | Act::PartSale => Driver::FitOut,
        Act::Empty
        | Act::ReleaseLease
        | Act::Surrender
        | Act::Sell
        | Act::Transfer
        | Act::Sublet
        | Act::Mothball => Driver::LeavingLeases,
    }
}
