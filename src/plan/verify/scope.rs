//! What a plan can change: which buildings are in play, who may move, who must stay open.

use crate::place::{
    Building, BuildingIx, Grade, Lock, NeedBasis, Occupancy, Occupier, OccupierIx, Place,
    TenureKind,
};

/// The part of the place that is open to change, from the place alone.
pub(super) struct Scope {
    /// Whether each building may be kept, shared or let go.
    pub(super) in_play: Vec<bool>,
    /// Whether each occupier may move.
    pub(super) movable: Vec<bool>,
    /// The lock on each building.
    pub(super) lock: Vec<Lock>,
    /// Whether each building stays open whatever is planned, and why.
    pub(super) held: Vec<Option<&'static str>>,
    /// Floor in use in each building today, m².
    pub(super) used_today: Vec<f64>,
    /// The occupiers in each building today.
    pub(super) inside: Vec<Vec<OccupierIx>>,
}

impl Scope {
    /// Reads it off the place.
    pub(super) fn of(place: &Place) -> Self {
        let in_play: Vec<bool> = place.buildings.iter().map(may_change).collect();
        let lock: Vec<Lock> = place
            .buildings()
            .map(|(at, _)| place.building_lock(at))
            .collect();
        let mut inside = vec![Vec::new(); place.buildings.len()];
        let mut used_today = vec![0.0; place.buildings.len()];
        let mut movable = Vec::with_capacity(place.occupiers.len());
        for (at, occupier) in place.occupiers() {
            let here = occupier.building.index();
            inside[here].push(at);
            used_today[here] += occupier.needs.total().get();
            movable.push(in_play[here] && may_move(place, at));
        }
        let held = place
            .buildings()
            .map(|(at, building)| {
                let bound = inside[at.index()].iter().any(|o| !movable[o.index()]);
                let unknown = building.occupancy == Occupancy::Unknown;
                match lock[at.index()] {
                    _ if !in_play[at.index()] => None,
                    Lock::Keep => Some("it is locked keep"),
                    _ if bound => Some("it holds an occupier that cannot move"),
                    // Locked dispose is word that an unknown one may go.
                    Lock::Free if unknown => Some("nobody knows who is in it"),
                    _ => None,
                }
            })
            .collect();
        Self {
            in_play,
            movable,
            lock,
            held,
            used_today,
            inside,
        }
    }

    /// Whether a building's own cost is the same in every plan and so left out of cost: held open,
    /// and there already.
    pub(super) fn left_out(&self, place: &Place, at: BuildingIx) -> bool {
        self.held[at.index()].is_some() && place.building(at).proposed.is_none()
    }

    /// Why nobody may move into a building, where nobody may.
    pub(super) fn refuses(&self, place: &Place, at: BuildingIx) -> Option<&'static str> {
        let building = place.building(at);
        if !self.in_play[at.index()] {
            Some("it is not in play")
        } else if building.tenure.kind == TenureKind::LetOut {
            Some("it is let out")
        } else if building.occupancy == Occupancy::Unknown {
            Some("nobody knows who is in it already")
        } else if self.lock[at.index()] == Lock::Dispose {
            Some("it is locked dispose")
        } else if building.usable.grade == Grade::Defaulted {
            Some("its usable area is only a default")
        } else {
            None
        }
    }
}

/// In play: a candidate that can be found on the map and is not already committed to go.
fn may_change(building: &Building) -> bool {
    building.is_candidate() && building.location.is_some() && building.committed.is_none()
}

/// Whether an occupier of a building in play may move.
fn may_move(place: &Place, at: OccupierIx) -> bool {
    let occupier = place.occupier(at);
    place.service(occupier.service).movable
        && occupier.immovable.is_none()
        && occupier.basis != NeedBasis::Unknown
        && place.occupier_lock(at) != Lock::Keep
}

/// Floor an occupier uses, m²: its need, or the merged share of it.
pub(super) fn area_used(place: &Place, occupier: &Occupier, merged: bool) -> f64 {
    occupier.needs.total().get() * share_used(place, occupier, merged)
}

/// The share of its need an occupier uses: one, or its service's merged share.
pub(super) fn share_used(place: &Place, occupier: &Occupier, merged: bool) -> f64 {
    if merged {
        place.service(occupier.service).merge_space
    } else {
        1.0
    }
}
