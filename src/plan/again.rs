//! Planning again from where one already stands, and reading back where a plan has everybody.

use super::PlanError;
use super::report::{Outcome, Plan};
use super::solve::{From, Wish, started, with_sources};
use crate::access::Arrangement;
use crate::place::{BuildingIx, Place};
use crate::siting::Progress;
use crate::travel::Travel;
use std::collections::{HashMap, HashSet};
use std::time::Instant;

/// Plans a place once, from the cheapest of today and these arrangements that keeps every hard limit:
/// the answer costs no more than it. Decisions that oppose each other are planned free.
///
/// # Errors
/// As [`plan`](super::plan()).
pub fn plan_from(
    place: &Place,
    travel: &Travel,
    wish: &Wish,
    starts: &[Arrangement],
    progress: &dyn Progress,
) -> Result<Plan, PlanError> {
    let began = Instant::now();
    let objective = wish.objective.unwrap_or(place.finance.objective);
    with_sources(place, travel, objective, wish.second_stage, |from| {
        started(from, From::BestOf(starts), wish, progress, began)
    })
}

/// Plans a place once so that it stays close to an arrangement: each team or counter that is put elsewhere
/// than there, and each part of a building that goes and did not, or the other way, costs the search so much, £. The price is in no figure of the plan. Decisions that oppose
/// each other are planned free.
///
/// # Errors
/// As [`plan`](super::plan()).
pub fn plan_close_to(
    place: &Place,
    travel: &Travel,
    wish: &Wish,
    last: &Arrangement,
    parts: &[BuildingIx],
    price: f64,
    progress: &dyn Progress,
) -> Result<Plan, PlanError> {
    if price <= 0.0 {
        return plan_from(place, travel, wish, std::slice::from_ref(last), progress);
    }
    let began = Instant::now();
    let objective = wish.objective.unwrap_or(place.finance.objective);
    // What may be given for shorter journeys would pay for changes that save nothing.
    let wish = &Wish {
        second_stage: false,
        ..wish.clone()
    };
    with_sources(place, travel, objective, wish.second_stage, |from| {
        started(
            from,
            From::CloseTo(last, parts, price),
            wish,
            progress,
            began,
        )
    })
}

impl Plan {
    /// The buildings of which it lets a part go while the rest stays.
    pub fn parts(&self, place: &Place) -> Vec<BuildingIx> {
        let gone = self.buildings.iter().filter(|one| one.part_m2.is_some());
        let gone: HashSet<&str> = gone.map(|one| one.asset_id.as_str()).collect();
        let known = place.buildings();
        known
            .filter(|(_, building)| gone.contains(building.id.as_str()))
            .map(|(at, _)| at)
            .collect()
    }

    /// Who is where under the plan; occupiers and buildings that it does not name are where they are.
    pub fn arrangement(&self, place: &Place) -> Arrangement {
        let buildings: HashMap<&str, _> = place
            .buildings()
            .map(|(at, building)| (building.id.as_str(), at))
            .collect();
        let planned: HashMap<&str, _> = self
            .occupiers
            .iter()
            .map(|planned| (planned.occupier.as_str(), planned))
            .collect();
        let mut arrangement = Arrangement::today(place);
        for (at, occupier) in place.occupiers() {
            let Some(planned) = planned.get(occupier.id.as_str()) else {
                continue;
            };
            if let Some(to) = buildings.get(planned.to_id.as_str()) {
                arrangement.building[at.index()] = *to;
                arrangement.merged[at.index()] = planned.outcome == Outcome::Merge;
            }
        }
        let opened: HashSet<&str> = self.points.iter().map(|one| one.point.as_str()).collect();
        for (at, point) in place.points() {
            arrangement.points[at.index()] = opened.contains(point.id.as_str());
        }
        arrangement
    }
}
