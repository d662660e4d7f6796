//! What the programme is worth with other amounts: its years by what they lean on, from the place and the steps.

use super::super::discrepancy::Found;
use super::super::exit::holding;
use super::super::sensitivity::{World, compare};
use super::Phased;
use super::money::{recurring, repairs};
use crate::place::Driver;
use crate::plan::Act;
use std::collections::BTreeMap;

/// Checks every swing, late receipts and the draws.
pub(super) fn check(phased: &Phased<'_>, found: &mut Found) {
    let expected = world(phased).told();
    let said = &phased.programme.sensitivity;
    compare("programme.sensitivity", &expected, said, found);
}

fn world<'a>(phased: &'a Phased<'_>) -> World<'a> {
    let place = phased.reading.place;
    let years = (0..place.finance.horizon_years).map(|year| in_year(phased, year));
    let years: Vec<BTreeMap<Driver, f64>> = years.collect();
    let parts = Driver::ALL.into_iter().map(|driver| {
        let of = |year: &BTreeMap<Driver, f64>| year.get(&driver).copied().unwrap_or(0.0);
        (driver, years.iter().map(of).collect())
    });
    let sold = phased.programme.steps.iter();
    let sold = sold.filter(|step| step.act == Act::Sell);
    let held = sold.filter_map(|step| {
        let building = place.building(place.building_named(&step.subject)?);
        Some((step.year, holding(building, &place.finance)))
    });
    World {
        finance: &place.finance,
        parts: parts.collect(),
        held: held.collect(),
    }
}

/// What the place is better off by in a year, £, by what that leans on.
fn in_year(phased: &Phased<'_>, year: u32) -> BTreeMap<Driver, f64> {
    let mut sums: BTreeMap<Driver, f64> = BTreeMap::new();
    let mut add = |driver: Driver, gbp: f64| *sums.entry(driver).or_default() += gbp;
    for saved in recurring(phased, year).into_values() {
        add(Driver::RunningCost, saved.running);
        add(Driver::Rent, saved.rent);
        add(Driver::Rates, saved.rates);
    }
    for saved in repairs(phased, year).into_values() {
        add(Driver::Repairs, saved);
    }
    let steps = phased.programme.steps.iter();
    for step in steps.filter(|step| step.year == year) {
        add(pays_for(step.act), -step.capital_gbp);
        add(Driver::Receipts, step.receipt_gbp);
    }
    sums
}

/// What the one-off cost of a step is for.
fn pays_for(act: Act) -> Driver {
    let works = [
        Act::FitOut,
        Act::Open,
        Act::Part,
        Act::PartSale,
        Act::NewCounter,
    ];
    match act {
        Act::Move => Driver::Moves,
        act if works.contains(&act) => Driver::FitOut,
        _ => Driver::LeavingLeases,
    }
}
