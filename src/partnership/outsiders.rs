//! The place of a coalition: everybody who does not take part stays exactly as today.

use crate::place::{AgencyIx, BuildingIx, Lock, Place, Record, Role, Transfer};
use std::sync::Arc;

/// Why an outsider's building and team stay.
const REASON: &str = "its agency does not take part";

/// The place as it is to the agencies that take part (`inside`, by agency): the buildings of all others
/// are fixed, with what is in them; so are their teams in members' buildings. A decision that needs
/// an outsider waits.
pub(super) fn place_of(place: &Place, inside: &[bool]) -> Place {
    let mut own = place.clone();
    let taking_part = |at: BuildingIx| inside[place.building(at).agency.index()];
    let mut guests = vec![false; place.buildings.len()];
    for occupier in &place.occupiers {
        guests[occupier.building.index()] |= !inside[occupier.agency.index()];
    }
    for (at, building) in place.buildings() {
        let copy = &mut own.buildings[at.index()];
        if !taking_part(at) && building.role == Role::Candidate {
            copy.role = Role::Fixed(Arc::from(REASON));
        } else if guests[at.index()] && copy.lock == Lock::Dispose {
            copy.lock = Lock::Free;
        }
    }
    for (at, occupier) in place.occupiers() {
        if !inside[occupier.agency.index()] {
            let copy = &mut own.occupiers[at.index()];
            copy.immovable.get_or_insert_with(|| REASON.to_owned());
        }
    }
    // Nobody is paid by, or pays, somebody who does not take part.
    let inside_both = |one: &Transfer| inside[one.from.index()] && inside[one.to.index()];
    own.finance.limits.transfers.retain(inside_both);
    // Nobody opens a counter beside them, and they open none.
    own.points
        .retain(|point| inside[point.agency.index()] && taking_part(point.building));
    own.funding.retain(|one| {
        let whose = one.agency.is_none_or(|agency| inside[agency.index()]);
        whose && inside[one.by.index()]
    });
    if !place.decisions.is_empty() {
        own.without_decisions(&waiting(place, inside, &guests));
    }
    own
}

/// By decision: whether it needs an outsider.
fn waiting(place: &Place, inside: &[bool], guests: &[bool]) -> Vec<bool> {
    let outside = |at: BuildingIx| !inside[place.building(at).agency.index()];
    let buildings = place
        .buildings()
        .filter(|(at, _)| outside(*at) || guests[at.index()])
        .map(|(at, _)| Record::Building(at));
    let occupiers = place
        .occupiers()
        .filter(|(at, occupier)| {
            !inside[occupier.agency.index()]
                || outside(occupier.building)
                || place.placing(*at).is_some_and(outside)
        })
        .map(|(at, _)| Record::Occupier(at));
    place.decisions_among(buildings.chain(occupiers))
}

/// The buildings considered for each occupier in the place of a coalition: of `considered` those of
/// the members. Nobody joins, or stands beside, an outsider's counter of a service that may merge.
pub(super) fn considered_by(
    place: &Place,
    considered: &[Vec<BuildingIx>],
    inside: &[bool],
) -> Vec<Vec<BuildingIx>> {
    let guests: std::collections::BTreeSet<_> = place
        .occupiers
        .iter()
        .filter(|one| !inside[one.agency.index()] && place.service(one.service).may_merge)
        .map(|one| (one.building, one.service))
        .collect();
    place
        .occupiers()
        .map(|(at, occupier)| {
            let open = |to: &&BuildingIx| {
                inside[place.building(**to).agency.index()]
                    && !guests.contains(&(**to, occupier.service))
            };
            considered[at.index()]
                .iter()
                .filter(open)
                .copied()
                .collect()
        })
        .collect()
}

/// Whether decisions, registers, a savings target or agreed payments force a change on anybody: then a smaller circle is not free to do
/// in a wider one what it did by itself.
pub(super) fn forced(place: &Place) -> bool {
    let let_go = |(at, building): (BuildingIx, &crate::place::Building)| {
        building.in_play().is_ok() && place.building_lock(at) == Lock::Dispose
    };
    let limits = &place.finance.limits;
    limits.savings_share.is_some()
        || !limits.transfers.is_empty()
        || place.buildings().any(let_go)
        || place.buildings().any(|(at, _)| place.part_goes(at))
        || place
            .occupiers()
            .any(|(at, one)| place.placing(at).is_some_and(|to| to != one.building))
}

/// The place as it is to one agency that plans by itself: everybody else stays exactly as today.
pub fn place_alone(place: &Place, agency: AgencyIx) -> Place {
    let mut inside = vec![false; place.agencies.len()];
    if let Some(own) = inside.get_mut(agency.index()) {
        *own = true;
    }
    place_of(place, &inside)
}
