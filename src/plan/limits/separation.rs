//! S6: services that must not share a building.

use crate::place::{BuildingIx, OccupierIx, Place, ServiceIx};
use crate::plan::in_play::InPlay;
use std::collections::BTreeSet;

/// Whether two services must not share a building.
pub(crate) fn separated(place: &Place, one: ServiceIx, other: ServiceIx) -> bool {
    place.separations.iter().any(|pair| {
        (pair.first == one && pair.second == other) || (pair.first == other && pair.second == one)
    })
}

/// The services that must not share a building with one.
pub(crate) fn separated_from(place: &Place, one: ServiceIx) -> BTreeSet<ServiceIx> {
    let pairs = place.separations.iter();
    pairs
        .flat_map(|pair| [(pair.first, pair.second), (pair.second, pair.first)])
        .filter(|(first, _)| *first == one)
        .map(|(_, second)| second)
        .collect()
}

/// Whether an occupier may arrive in a building, as far as those who cannot move from it go.
pub(crate) fn allowed(
    place: &Place,
    in_play: &InPlay,
    at: OccupierIx,
    to: BuildingIx,
) -> Result<(), String> {
    allowed_service(place, in_play, place.occupier(at).service, to)
}

/// The same of a counter of a service.
pub(crate) fn allowed_service(
    place: &Place,
    in_play: &InPlay,
    service: ServiceIx,
    to: BuildingIx,
) -> Result<(), String> {
    if place.separations.is_empty() {
        return Ok(());
    }
    let apart = in_play.inside[to.index()]
        .iter()
        .filter(|other| !in_play.is_movable(**other))
        .map(|other| place.occupier(*other))
        .find(|other| separated(place, service, other.service));
    match apart {
        Some(other) => Err(format!(
            "{} must not share with {}",
            place.service(service).name,
            place.service(other.service).name
        )),
        None => Ok(()),
    }
}
