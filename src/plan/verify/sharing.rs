//! Who may be under one roof: counters of a service, separated services, tags, hours, distance.

use super::discrepancy::{Found, of};
use super::reading::Reading;
use crate::place::{BuildingIx, OccupierIx, Place, Separation, ServiceIx};
use crate::travel::Travel;
use std::collections::BTreeSet;

/// Checks every building's neighbours and every arrival's fit.
pub(super) fn check(reading: &Reading<'_>, travel: &Travel, found: &mut Found) {
    neighbours(reading, found);
    for (at, seat) in reading.seats.iter().enumerate() {
        if let Some(seat) = seat.filter(|seat| seat.arrives) {
            arrival(reading, travel, OccupierIx::new(at), seat.building, found);
        }
    }
}

/// Checks who is under one roof with whom.
pub(super) fn neighbours(reading: &Reading<'_>, found: &mut Found) {
    for (at, _) in reading.place.buildings() {
        if reading.scope.in_play[at.index()] && reading.takes_in(at) {
            counters(reading, at, found);
            for separation in &reading.place.separations {
                apart(reading, at, separation, found);
            }
        }
    }
}

/// At most the service's number of counters in one building, or as many as today.
fn counters(reading: &Reading<'_>, at: BuildingIx, found: &mut Found) {
    let place = reading.place;
    for (service_at, service) in place.services() {
        if !service.counter {
            continue;
        }
        let today = reading.scope.inside[at.index()]
            .iter()
            .filter(|o| place.occupier(**o).service == service_at)
            .count();
        let after = reading.inside[at.index()]
            .iter()
            .filter(|(o, seat)| !seat.merged && place.occupier(*o).service == service_at)
            .count()
            + reading
                .opened_in(at)
                .filter(|point| point.service == service_at)
                .count();
        let most = today.max(service.max_per_building as usize);
        if after > most {
            found.note(
                "too-many-counters",
                of("buildings", place.building(at).id.as_str(), "occupiers"),
                format!("at most {most} of {}", service.id),
                after,
                format!("more counters of {} than one building may hold", service.id),
            );
        }
    }
}

/// Occupiers of two separated services share a building only where both are there today.
fn apart(reading: &Reading<'_>, at: BuildingIx, separation: &Separation, found: &mut Found) {
    let place = reading.place;
    let of_service = |service: ServiceIx| {
        reading.inside[at.index()]
            .iter()
            .filter(move |(o, _)| place.occupier(*o).service == service)
    };
    for (first, first_seat) in of_service(separation.first) {
        for (second, second_seat) in of_service(separation.second) {
            if first == second || !(first_seat.arrives || second_seat.arrives) {
                continue;
            }
            let newcomer = if first_seat.arrives { first } else { second };
            found.note(
                "separation-ignored",
                of("occupiers", place.occupier(*newcomer).id.as_str(), "to_id"),
                "another building",
                place.building(at).id.as_str(),
                format!(
                    "{} and {} must not share a building",
                    place.occupier(*first).id,
                    place.occupier(*second).id
                ),
            );
        }
    }
}

/// What an arrival needs of its new building beside space: tags, hours, a short enough move.
fn arrival(
    reading: &Reading<'_>,
    travel: &Travel,
    at: OccupierIx,
    to: BuildingIx,
    found: &mut Found,
) {
    let place = reading.place;
    let occupier = place.occupier(at);
    let building = place.building(to);
    let mut refuse = |code, why: String| {
        let field = of("occupiers", occupier.id.as_str(), "to_id");
        found.note(code, field, "another building", building.id.as_str(), why);
    };
    let missing = missing_tags(place, at, to);
    if !missing.is_empty() {
        refuse(
            "tags-missing",
            format!("it does not offer {}", missing.join(", ")),
        );
    }
    if !building.hours.allow(&occupier.hours) {
        refuse(
            "hours-short",
            "it is closed when the occupier works".to_owned(),
        );
    }
    if let Some((measure, limit)) = &place.service(occupier.service).move_limit {
        let distance = travel.building_to_building(place, measure, occupier.building, to);
        if distance.is_none_or(|distance| distance > *limit) {
            let limit = limit.to_user(measure.unit);
            let why = format!("it is further than {limit} {} away", measure.unit.symbol());
            refuse("moved-too-far", why);
        }
    }
}

fn missing_tags(place: &Place, at: OccupierIx, to: BuildingIx) -> Vec<&str> {
    let occupier = place.occupier(at);
    let needed: BTreeSet<&str> = place
        .service(occupier.service)
        .needs
        .iter()
        .chain(&occupier.capabilities)
        .map(String::as_str)
        .collect();
    let offers = &place.building(to).offers;
    needed
        .into_iter()
        .filter(|tag| !offers.contains(*tag))
        .collect()
}
