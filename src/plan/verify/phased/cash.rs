//! Each agency's years of a programme, from the place and the steps.

use super::super::discrepancy::{Figure, Found, in_pence, of_plan};
use super::super::money::{pays, recharge_rate};
use super::super::scope::area_used;
use super::money::{recurring, repairs};
use super::{Phased, of_plan_year};
use crate::place::AgencyIx;
use crate::plan::AgencyYear;
use std::collections::BTreeMap;

/// Checks every amount of every agency and year, and that no agency that changes is left out.
pub(super) fn check(phased: &Phased<'_>, found: &mut Found) {
    let own = expected(phased);
    let said: BTreeMap<(&str, u32), &AgencyYear> = phased
        .programme
        .cash
        .iter()
        .map(|year| ((year.agency.as_str(), year.year), year))
        .collect();
    let keys: Vec<_> = own.keys().copied().collect();
    let listed = phased.programme.cash.iter();
    let listed: Vec<_> = listed.map(|y| (y.agency.as_str(), y.year)).collect();
    let order = |key: &(&str, u32)| {
        let mut all = phased.reading.place.agencies.iter();
        (all.position(|agency| agency.id.as_str() == key.0), key.1)
    };
    if keys.len() != listed.len() || !listed.is_sorted_by_key(order) {
        let why = "every year of every agency for which anything changes stands once, in order";
        let field = of_plan("programme.cash");
        found.note("sum-differs", field, keys.len(), listed.len(), why);
    }
    for (key, year) in &own {
        let Some(said) = said.get(key) else {
            let why = "a year of an agency is missing";
            let field = of_plan_year("cash", key.1, key.0, "better_gbp");
            found.note("sum-differs", field, "the year", "left out", why);
            continue;
        };
        one(year, said, found);
    }
}

fn one(own: &[f64; 4], said: &AgencyYear, found: &mut Found) {
    let field =
        |name: &str| -> Figure<'_> { of_plan_year("cash", said.year, said.agency.as_str(), name) };
    let why = "the place and the steps give another sum";
    for (name, own, said) in [
        ("recurring_saved_gbp", own[0], said.recurring_saved_gbp),
        ("recharges_saved_gbp", own[1], said.recharges_saved_gbp),
        ("one_off_gbp", own[2], said.one_off_gbp),
        ("receipts_gbp", own[3], said.receipts_gbp),
    ] {
        found.money("money-differs", field(name), own, said, 2, why);
    }
    let better = in_pence(said.recurring_saved_gbp)
        + in_pence(said.recharges_saved_gbp)
        + in_pence(said.receipts_gbp)
        - in_pence(said.one_off_gbp);
    let why = "it is not what is saved and received less what is spent";
    found.sum(field("better_gbp"), better, said.better_gbp, why);
}

/// Property cost saved, recharges saved, spent once, received: of each agency for which anything changes,
/// in every year of the horizon.
fn expected<'a>(phased: &Phased<'a>) -> BTreeMap<(&'a str, u32), [f64; 4]> {
    let place = phased.reading.place;
    let mut all: BTreeMap<(usize, u32), [f64; 4]> = BTreeMap::new();
    for year in 0..place.finance.horizon_years {
        for (agency, saved) in recurring(phased, year) {
            all.entry((agency.index(), year)).or_default()[0] += saved.all();
        }
        for (agency, gbp) in repairs(phased, year) {
            all.entry((agency.index(), year)).or_default()[2] -= gbp;
        }
        for (agency, gbp) in recharges(phased, year) {
            all.entry((agency.index(), year)).or_default()[1] += gbp;
        }
    }
    for step in &phased.programme.steps {
        let mut known = place.agencies.iter();
        if let Some(at) = known.position(|agency| *agency.id.as_str() == *step.agency) {
            let sums = all.entry((at, step.year)).or_default();
            sums[2] += step.capital_gbp;
            sums[3] += step.receipt_gbp;
        }
    }
    let mut own = BTreeMap::new();
    for (at, agency) in place.agencies.iter().enumerate() {
        let years = 0..place.finance.horizon_years;
        let sums = years.map(|year| all.get(&(at, year)).copied().unwrap_or_default());
        let sums: Vec<[f64; 4]> = sums.collect();
        if sums.iter().flatten().any(|gbp| gbp.abs() >= 0.005) {
            let named = (0..).zip(sums);
            own.extend(named.map(|(year, sums)| ((agency.id.as_str(), year), sums)));
        }
    }
    own
}

/// What each agency pays others less than today, or is paid more, in a year.
fn recharges(phased: &Phased<'_>, year: u32) -> BTreeMap<AgencyIx, f64> {
    let reading = phased.reading;
    let place = reading.place;
    let mut saved = BTreeMap::new();
    let mut pay = |from: AgencyIx, to: AgencyIx, gbp: f64| {
        if from != to {
            *saved.entry(from).or_default() -= gbp;
            *saved.entry(to).or_default() += gbp;
        }
    };
    for (at, occupier) in place.occupiers() {
        let (Some(seat), Some(moved)) = (reading.seats[at.index()], phased.move_year(at.index()))
        else {
            continue;
        };
        let today = recharge_rate(reading, occupier.building) * occupier.needs.total().get();
        let left = place.building(occupier.building).agency;
        if year > moved {
            let area = area_used(place, occupier, seat.merged);
            let then = recharge_rate(reading, seat.building) * area;
            let host = place.building(seat.building).agency;
            pay(left, occupier.agency, today);
            pay(pays(place, occupier, seat), host, then);
        }
        if year == moved.saturating_add(1) {
            let notice = today * place.finance.recharge_notice_years;
            pay(occupier.agency, left, notice);
        }
    }
    for (point, step) in phased.new_counters() {
        if step.is_some_and(|step| year > step.year) {
            let rent = recharge_rate(reading, point.building) * point.needs.total().get();
            pay(point.agency, place.building(point.building).agency, rent);
        }
    }
    saved
}
