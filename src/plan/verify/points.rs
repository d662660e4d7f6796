//! New counters that the plan opens: each an offer of the place, once, where it may be, at its stated cost.

use super::discrepancy::{Found, of};
use super::reading::Reading;
use crate::place::{AccessPoint, PointIx};
use crate::plan::PlannedPoint;
use std::collections::BTreeSet;

/// Checks the list and every new counter in it.
pub(super) fn check(reading: &Reading<'_>, found: &mut Found) {
    let place = reading.place;
    let mut seen = BTreeSet::new();
    let mut last = None;
    for planned in &reading.plan.points {
        let id = planned.point.as_str();
        let field = |name: &str| of("points", id, name);
        let known = place.points().find(|(_, point)| point.id.as_str() == id);
        let Some((at, point)) = known else {
            let why = "the place has no such offer";
            found.note("unknown-id", field("id"), "an offer of the place", id, why);
            continue;
        };
        if !seen.insert(id) {
            let why = "it is listed more than once";
            found.note("listed-twice", field("id"), "once", "twice", why);
        } else if last.is_some_and(|last: PointIx| last > at) {
            let why = "the list is not in the order of the input";
            found.note(
                "out-of-order",
                field("id"),
                "the order of the input",
                "another",
                why,
            );
        }
        last = Some(at);
        figures(reading, point, planned, found);
        allowed(reading, point, found);
        apart(reading, point, found);
    }
}

/// What is printed of it.
fn figures(reading: &Reading<'_>, point: &AccessPoint, planned: &PlannedPoint, found: &mut Found) {
    let place = reading.place;
    let field = |name: &str| of("points", point.id.as_str(), name);
    let why = "the offer says otherwise";
    for (name, own, said) in [
        (
            "service",
            place.service(point.service).id.as_str(),
            &planned.service,
        ),
        (
            "building_id",
            place.building(point.building).id.as_str(),
            &planned.building_id,
        ),
        (
            "agency",
            place.agency(point.agency).id.as_str(),
            &planned.agency,
        ),
    ] {
        found.text("point-differs", field(name), own, said, why);
    }
    for (name, own, said) in [
        ("running_gbp", point.running.get(), planned.running_gbp),
        ("one_off_gbp", point.opening.get(), planned.one_off_gbp),
        ("area_m2", point.needs.total().get(), planned.area_m2),
    ] {
        found.money("point-differs", field(name), own, said, 1, why);
    }
}

/// Whether it may be where it is, its building's space and the number of its counters apart.
fn allowed(reading: &Reading<'_>, point: &AccessPoint, found: &mut Found) {
    let place = reading.place;
    let building = place.building(point.building);
    let id = building.id.as_str();
    let mut refuse = |code: &'static str, why: String| {
        let field = of("points", point.id.as_str(), "building_id");
        found.note(code, field, "another building", id, why);
    };
    if let Some(why) = reading.scope.refuses(place, point.building) {
        refuse(
            "receives-nobody",
            format!("nothing may open in {id}: {why}"),
        );
    } else if !reading.open(point.building) {
        refuse("closed-occupied", "that building is let go".to_owned());
    }
    let needs = place.service(point.service).needs.iter();
    let missing: Vec<&str> = needs
        .filter(|tag| !building.offers.contains(*tag))
        .map(String::as_str)
        .collect();
    if !missing.is_empty() {
        refuse(
            "tags-missing",
            format!("it does not offer {}", missing.join(", ")),
        );
    }
    if !building.hours.allow(&point.hours) {
        refuse(
            "hours-short",
            "it is closed when the counter is open".to_owned(),
        );
    }
}

/// Services that must not share a building do not share it with a new counter either.
pub(super) fn apart(reading: &Reading<'_>, point: &AccessPoint, found: &mut Found) {
    let place = reading.place;
    for separation in &place.separations {
        let other = match point.service {
            service if service == separation.first => separation.second,
            service if service == separation.second => separation.first,
            _ => continue,
        };
        let inside = reading.inside[point.building.index()].iter();
        let seated = inside.map(|(at, _)| place.occupier(*at).service);
        let new = reading.opened_in(point.building).map(|one| one.service);
        if seated.chain(new).any(|service| service == other) {
            found.note(
                "separation-ignored",
                of("points", point.id.as_str(), "building_id"),
                "another building",
                place.building(point.building).id.as_str(),
                format!(
                    "{} must not share a building with it",
                    place.service(other).id
                ),
            );
        }
    }
}
