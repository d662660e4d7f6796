//! Whose money it is once an agency is succeeded: from the printed years, each followed to the body it falls to.

use super::discrepancy::{Found, in_pence, of};
use super::reading::Reading;
use super::years::Years;
use crate::place::Place;
use crate::plan::{Body, Column, Programme};
use jiff::ToSpan;
use std::collections::BTreeMap;

/// By agency and year: pence by which it is better off.
type Better = BTreeMap<(usize, u32), i128>;

/// Checks the list of the plan, and that of its programme.
pub(super) fn check(reading: &Reading<'_>, found: &mut Found) {
    let own = of_plan(reading);
    compare("successors", &own, &reading.plan.successors, found);
    if let Some(programme) = &reading.plan.programme {
        let own = of_programme(reading, programme);
        compare("programme.successors", &own, &programme.successors, found);
    }
}

fn compare(list: &str, own: &[Body], said: &[Body], found: &mut Found) {
    let ids =
        |bodies: &[Body]| -> Vec<String> { bodies.iter().map(|one| one.agency.clone()).collect() };
    if ids(own) != ids(said) {
        let why = "every agency stands once, in order, where any is succeeded, and none elsewhere";
        let (own, said) = (ids(own).join(", "), ids(said).join(", "));
        found.note(
            "left-out",
            super::discrepancy::of_plan(list),
            own,
            said,
            why,
        );
        return;
    }
    for (own, said) in own.iter().zip(said) {
        let why = "the printed years and the days of succession give another sum";
        for (name, own, printed) in [
            ("own_gbp", own.own_gbp, said.own_gbp),
            ("inherited_gbp", own.inherited_gbp, said.inherited_gbp),
        ] {
            let field = of(list, &said.agency, name);
            found.money("money-differs", field, own, printed, 1, why);
        }
    }
}

/// What the plan is worth to each body, all of it done in year 0.
pub(super) fn of_plan(reading: &Reading<'_>) -> Vec<Body> {
    let place = reading.place;
    let mut better = Better::new();
    for span in &reading.plan.cash_flow {
        let Some(at) = position(place, &span.agency) else {
            continue;
        };
        let less = in_pence(span.today_gbp).saturating_sub(in_pence(span.after_gbp));
        let less = match span.column {
            Column::Receipt => less.saturating_neg(),
            Column::Recurring | Column::OneOff => less,
        };
        for year in 0..place.finance.horizon_years {
            if (span.first_year..=span.last_year).contains(&year) {
                let sum = better.entry((at, year)).or_default();
                *sum = sum.saturating_add(less);
            }
        }
    }
    shared_out(place, &better)
}

fn of_programme(reading: &Reading<'_>, programme: &Programme) -> Vec<Body> {
    let place = reading.place;
    let mut better = Better::new();
    for row in &programme.cash {
        if let Some(at) = position(place, &row.agency) {
            let sum = better.entry((at, row.year)).or_default();
            *sum = sum.saturating_add(in_pence(row.better_gbp));
        }
    }
    shared_out(place, &better)
}

fn position(place: &Place, id: &str) -> Option<usize> {
    let mut agencies = place.agencies.iter();
    agencies.position(|agency| agency.id.as_str() == id)
}

fn shared_out(place: &Place, better: &Better) -> Vec<Body> {
    if place
        .agencies
        .iter()
        .all(|agency| agency.successor.is_none())
    {
        return Vec::new();
    }
    let years = Years::of(&place.finance);
    let mut own = vec![0.0; place.agencies.len()];
    let mut inherited = own.clone();
    for ((agency, year), pence) in better {
        let worth = *pence as f64 / 100.0 * years.factor(*year);
        match heir(place, *agency, *year) {
            heir if heir == *agency => own[heir] += worth,
            heir => inherited[heir] += worth,
        }
    }
    let agencies = place.agencies.iter().zip(own.into_iter().zip(inherited));
    agencies
        .map(|(agency, (own_gbp, inherited_gbp))| Body {
            agency: agency.id.to_string(),
            own_gbp,
            inherited_gbp,
        })
        .collect()
}

/// Who stands in an agency's place on the first day of a year, step by step; nobody takes more steps than there
/// are agencies.
fn heir(place: &Place, agency: usize, year: u32) -> usize {
    let day = place
        .base_date
        .saturating_add(i64::from(year.min(9_999)).years());
    (0..place.agencies.len()).fold(agency, |stands, _| match place.agencies[stands].successor {
        Some((next, from)) if day >= from => next.index(),
        _ => stands,
    })
}
