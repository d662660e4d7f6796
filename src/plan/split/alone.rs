//! The place in which nobody merges, and the one in which every agency keeps to itself as well.

use crate::place::{BuildingIx, Lock, Place, Record};

/// Why a team in another agency's building stays there.
const GUEST: &str = "it is in another agency's building";

/// The place without merging. A savings target is for the whole plan, not for a step towards it.
pub(super) fn without_merging(place: &Place) -> Place {
    let mut own = place.clone();
    for service in &mut own.services {
        service.may_merge = false;
    }
    own.finance.limits.savings_share = None;
    own
}

/// The place in which every agency keeps to its own buildings: guests stay, and what needs somebody
/// else waits.
pub(super) fn keeping_to_itself(place: &Place) -> Place {
    let mut own = without_merging(place);
    let mut guests = vec![false; place.buildings.len()];
    for (at, occupier) in place.occupiers() {
        let owner = place.building(occupier.building).agency;
        if owner != occupier.agency {
            guests[occupier.building.index()] = true;
            let copy = &mut own.occupiers[at.index()];
            copy.immovable.get_or_insert_with(|| GUEST.to_owned());
        }
    }
    for (at, held) in guests.iter().enumerate() {
        if *held && own.buildings[at].lock == Lock::Dispose {
            own.buildings[at].lock = Lock::Free;
        }
    }
    own.finance.limits.transfers.clear();
    let waiting = place.decisions_among(needing_others(place, &guests));
    own.without_decisions(&waiting);
    own
}

/// Records about which no agency can decide alone.
fn needing_others<'a>(
    place: &'a Place,
    guests: &'a [bool],
) -> impl Iterator<Item = Record> + use<'a> {
    let shared = place
        .buildings()
        .filter(|(at, _)| guests[at.index()])
        .map(|(at, _)| Record::Building(at));
    let leaving = place
        .occupiers()
        .filter(|(at, occupier)| {
            let others = |to: BuildingIx| place.building(to).agency != occupier.agency;
            others(occupier.building) || place.placing(*at).is_some_and(others)
        })
        .map(|(at, _)| Record::Occupier(at));
    shared.chain(leaving)
}

/// Of the buildings considered for each occupier, those of its own agency.
pub(super) fn own_buildings(place: &Place, considered: &[Vec<BuildingIx>]) -> Vec<Vec<BuildingIx>> {
    place
        .occupiers()
        .map(|(at, occupier)| {
            let own = |to: &&BuildingIx| place.building(**to).agency == occupier.agency;
            considered[at.index()].iter().filter(own).copied().collect()
        })
        .collect()
}
