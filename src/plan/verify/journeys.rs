//! The journeys that the second stage made least, where they are not the plain sum: worked out from
//! the zones' distances, today and under the plan.

use super::discrepancy::{Found, of_plan};
use super::reading::Reading;
use super::zones::{Distances, straight_km};
use crate::place::{Distance, Place, ServiceIx, TravelObjective, Unit, Zone};
use crate::plan::{TravelAim, TravelStage};
use std::collections::BTreeSet;

/// Person-km are shown to a tenth.
const HALF_TENTH: f64 = 0.05;

/// One zone: people, how many times they count together, km.
type Journey = (f64, f64, f64);

/// Checks that the stage says what it made least, as the place asks for, with our figures.
pub(super) fn check(
    reading: &Reading<'_>,
    stage: &TravelStage,
    distances: &Distances,
    found: &mut Found,
) {
    let finance = &reading.place.finance;
    let plain =
        finance.travel_objective == TravelObjective::Total && finance.travel_weights.is_empty();
    let why = "the place asks for other journeys to be made least";
    match (&stage.aim, plain) {
        (None, true) => {}
        (Some(_), true) => {
            found.note(
                "travel-differs",
                of_plan("travel.aim"),
                "null",
                "an aim",
                why,
            );
        }
        (None, false) => {
            found.note(
                "travel-differs",
                of_plan("travel.aim"),
                "an aim",
                "null",
                why,
            );
        }
        (Some(aim), false) => {
            asked(reading.place, aim, found);
            figures(reading.place, aim, distances, found);
        }
    }
}

fn asked(place: &Place, aim: &TravelAim, found: &mut Found) {
    let finance = &place.finance;
    let why = "the place asks for other journeys to be made least";
    let field = |name: &str| of_plan(&format!("travel.aim.{name}"));
    found.text(
        "travel-differs",
        field("objective"),
        finance.travel_objective.name(),
        aim.objective.name(),
        why,
    );
    let epsilon = match finance.travel_objective {
        TravelObjective::Total => None,
        TravelObjective::Equal => Some(1.0),
    };
    found.maybe(
        "travel-differs",
        field("epsilon"),
        epsilon,
        aim.epsilon,
        1e-9,
        why,
    );
    let stated = &finance.travel_weights;
    let groups: BTreeSet<&String> = stated.keys().chain(aim.weights.keys()).collect();
    for group in groups {
        found.maybe(
            "travel-differs",
            field(&format!("weights.{group}")),
            stated.get(group).copied(),
            aim.weights.get(group).copied(),
            1e-9,
            why,
        );
    }
}

fn figures(place: &Place, aim: &TravelAim, distances: &Distances, found: &mut Found) {
    let (mut today, mut after) = (0.0, 0.0);
    for (at, service) in place.services() {
        if !service.counter {
            continue;
        }
        let near = distances.to(at, &straight_km());
        let before = journeys(place, at, &near.today);
        let alpha = alpha(&before);
        today += together(place, &before, alpha);
        after += together(place, &journeys(place, at, &near.after), alpha);
    }
    let why = "the journeys that are made least, worked out from the place, are others";
    for (name, own, said) in [
        ("person_km_today", today, aim.person_km_today),
        ("person_km", after, aim.person_km),
    ] {
        let field = of_plan(&format!("travel.aim.{name}"));
        // Sums of many roundings grow with what is summed.
        let slack = HALF_TENTH + own.abs() * 1e-9;
        found.number("travel-differs", field, own, said, slack, why);
    }
    let less = aim.person_km <= aim.person_km_first + 2.0 * HALF_TENTH;
    if !less {
        let why = "the second stage makes these journeys less, not more";
        let most = format!("at most {}", aim.person_km_first);
        found.note(
            "travel-differs",
            of_plan("travel.aim.person_km"),
            most,
            aim.person_km,
            why,
        );
    }
}

/// Zones with people who get to a host.
fn journeys(place: &Place, service: ServiceIx, near: &[Option<Distance>]) -> Vec<Journey> {
    let mut all = Vec::new();
    for (zone, far) in place.zones.iter().zip(near) {
        let people = zone.demand.get(service.index()).map_or(0.0, |p| p.get());
        if let (Some(far), true) = (far, people > 0.0) {
            let counted = people * times(place, zone);
            all.push((people, counted, far.to_user(Unit::Km)));
        }
    }
    all
}

/// How many times the people of a zone count: those of a group with a weight so many times, for each such
/// group they are in.
fn times(place: &Place, zone: &Zone) -> f64 {
    let mut times = 1.0;
    for (group, weight) in &place.finance.travel_weights {
        times += (weight - 1.0) * zone.groups.get(group).unwrap_or(&0.0);
    }
    times
}

/// Σ people × km ÷ Σ people × km², of everybody once.
fn alpha(today: &[Journey]) -> f64 {
    let (mut first, mut second) = (0.0, 0.0);
    for (people, _, km) in today {
        first += people * km;
        second += people * km * km;
    }
    if second > 0.0 { first / second } else { 0.0 }
}

/// What the journeys to one service come to.
fn together(place: &Place, journeys: &[Journey], alpha: f64) -> f64 {
    let count: f64 = journeys.iter().map(|(_, counted, _)| counted).sum();
    let sum: f64 = journeys.iter().map(|(_, counted, km)| counted * km).sum();
    if place.finance.travel_objective == TravelObjective::Total || alpha <= 0.0 || count <= 0.0 {
        return sum;
    }
    // ln Σ exp is taken pair by pair, so that nothing grows too large: κ is 1 × α.
    let mut log = f64::NEG_INFINITY;
    for (_, counted, km) in journeys {
        let term = (counted / count).ln() + alpha * km;
        let (high, low) = if log > term { (log, term) } else { (term, log) };
        log = high + (low - high).exp().ln_1p();
    }
    count * log / alpha
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::sample::six_buildings;

    #[test]
    fn the_equivalent_of_one_and_three_km_is_two_and_a_fifth() {
        // As in the unit test of the report: 2.194883 km each, two people.
        let mut place = six_buildings();
        place.finance.travel_objective = TravelObjective::Equal;
        let journeys = [(1.0, 1.0, 1.0), (1.0, 1.0, 3.0)];
        assert!((alpha(&journeys) - 0.4).abs() < 1e-12);
        assert!((together(&place, &journeys, 0.4) - 2.0 * 2.194_883).abs() < 1e-5);
    }
}
