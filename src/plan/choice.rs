//! A chosen arrangement and the buildings kept open: what a plan is made from.

use super::in_play::InPlay;
use crate::access::Arrangement;
use crate::place::{Areas, BuildingIx, OccupierIx, Place, Role};
use crate::plan::Plan;
use std::collections::{BTreeMap, BTreeSet};

/// Who goes where, and which buildings stay open.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Choice {
    /// The building of every occupier.
    pub(crate) arrangement: Arrangement,
    /// Whether each building is open. Buildings that are not in play are, records that are `out`
    /// aside.
    pub(crate) open: Vec<bool>,
    /// Buildings that stay and of which a part is let or given up.
    pub(crate) parts: BTreeSet<BuildingIx>,
}

impl Choice {
    /// Today: everybody where they are, every building kept, proposed ones not opened.
    pub(crate) fn today(place: &Place) -> Self {
        Self {
            arrangement: Arrangement::today(place),
            open: place
                .buildings
                .iter()
                .map(|b| b.proposed.is_none() && !matches!(b.role, Role::Out(_)))
                .collect(),
            parts: BTreeSet::new(),
        }
    }

    /// What a plan of this very place chose.
    pub(crate) fn of_plan(place: &Place, in_play: &InPlay, plan: &Plan) -> Self {
        let mut choice = Self::today(place);
        choice.arrangement = plan.arrangement(place);
        let ids: BTreeMap<&str, BuildingIx> = place
            .buildings()
            .map(|(at, building)| (building.id.as_str(), at))
            .collect();
        for planned in &plan.buildings {
            let Some(&at) = ids.get(planned.asset_id.as_str()) else {
                continue;
            };
            if in_play.is_in_play(at) {
                choice.open[at.index()] = planned.action.is_open();
            }
            if planned.part_m2.is_some() {
                choice.parts.insert(at);
            }
        }
        choice
    }

    /// The building an occupier is in.
    pub(crate) fn building(&self, at: OccupierIx) -> BuildingIx {
        self.arrangement.building[at.index()]
    }

    /// Whether an occupier merges.
    pub(crate) fn merges(&self, at: OccupierIx) -> bool {
        self.arrangement.merged[at.index()]
    }

    /// Whether an occupier leaves its building of today.
    pub(crate) fn moves(&self, place: &Place, at: OccupierIx) -> bool {
        self.building(at) != place.occupier(at).building
    }

    /// Whether a building stays open.
    pub(crate) fn is_open(&self, at: BuildingIx) -> bool {
        self.open[at.index()]
    }

    /// Floor an occupier uses, without headroom.
    pub(crate) fn areas(&self, place: &Place, at: OccupierIx) -> Areas {
        let occupier = place.occupier(at);
        if self.merges(at) {
            occupier
                .needs
                .scaled(place.service(occupier.service).merge_space)
        } else {
            occupier.needs.clone()
        }
    }

    /// Floor in use in every building, m², without headroom.
    pub(crate) fn used(&self, place: &Place) -> Vec<f64> {
        let mut used = vec![0.0; place.buildings.len()];
        for (at, _) in place.occupiers() {
            used[self.building(at).index()] += self.areas(place, at).total().get();
        }
        for (_, point) in self.arrangement.opened(place) {
            used[point.building.index()] += point.needs.total().get();
        }
        used
    }

    /// Whether a new counter is opened in a building.
    pub(crate) fn opens_in(&self, place: &Place, at: BuildingIx) -> bool {
        let mut opened = self.arrangement.opened(place);
        opened.any(|(_, point)| point.building == at)
    }

    /// Those who come into each building from another, in order.
    pub(crate) fn arrivals(&self, place: &Place) -> Vec<Vec<OccupierIx>> {
        let mut arrivals = vec![Vec::new(); place.buildings.len()];
        for (at, _) in place.occupiers() {
            if self.moves(place, at) {
                arrivals[self.building(at).index()].push(at);
            }
        }
        arrivals
    }

    /// Opens what must be open whatever was chosen, for people's own arrangements: buildings in
    /// play that hold somebody, or that nothing lets go.
    pub(crate) fn of_arrangement(
        place: &Place,
        in_play: &InPlay,
        arrangement: Arrangement,
    ) -> Self {
        use super::in_play::Standing;
        let mut choice = Self {
            arrangement,
            open: Self::today(place).open,
            parts: BTreeSet::new(),
        };
        let mut held = vec![false; place.buildings.len()];
        for (at, _) in place.occupiers() {
            held[choice.building(at).index()] = true;
        }
        for (_, point) in choice.arrangement.opened(place) {
            held[point.building.index()] = true;
        }
        for (at, building) in place.buildings() {
            choice.open[at.index()] = match &in_play.standing[at.index()] {
                Standing::Outside(_) => choice.open[at.index()],
                Standing::Open(_) => true,
                Standing::Closed => held[at.index()],
                Standing::Free if building.proposed.is_some() => held[at.index()],
                Standing::Free => {
                    let emptied = !in_play.inside[at.index()].is_empty();
                    held[at.index()] || !emptied
                }
            };
        }
        choice
    }
}
