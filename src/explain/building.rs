//! Why a building is kept or let go.

use super::again::{Asking, Opposite};
use super::holds::{Hold, Holds};
use crate::place::{Building, BuildingIx, Lock, Occupancy, Place, Record, Role};
use crate::plan::{Action, Plan, PlannedBuilding, decided};
use serde::Serialize;

/// Why a building is kept or let go, and what the opposite would cost.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BuildingExplained {
    /// Its id.
    pub asset_id: String,
    /// Its name.
    pub name: String,
    /// What the plan does with it.
    pub action: Action,
    /// Why, in the plan's own words.
    pub reason: String,
    /// `proven`, `optimal` or `best_found`, as in the plan; empty where it was not in question.
    pub proof: String,
    /// What people decided about it.
    pub decided: Option<String>,
    /// Rules that would fail if those in it left and went nowhere else.
    pub held_by: Vec<Hold>,
    /// The plan in which it is the other way round; `None` where it is outside the plan, or nobody
    /// knows who is in it.
    pub opposite: Option<Opposite>,
}

pub(super) fn explained(asking: &Asking<'_>, at: BuildingIx) -> BuildingExplained {
    let holds = Holds::new(asking.place, asking.travel, asking.plan);
    let opposite = turned(asking.place, asking.plan, at)
        .map(|(place, asked)| asking.again(&place, asked.to_owned()).0);
    written(asking.place, asking.plan, at, &holds, opposite)
}

/// The answer, given the opposite.
pub(super) fn written(
    place: &Place,
    plan: &Plan,
    at: BuildingIx,
    holds: &Holds<'_>,
    opposite: Option<Opposite>,
) -> BuildingExplained {
    let building = place.building(at);
    let planned = planned(plan, building);
    let action = planned.map_or(Action::Outside, |one| one.action);
    BuildingExplained {
        asset_id: building.id.to_string(),
        name: building.name.clone(),
        action,
        reason: planned.map_or(String::new(), |one| one.reason.clone()),
        proof: planned.map_or(String::new(), |one| one.proof.clone()),
        decided: decided(place, Record::Building(at)),
        held_by: match action.is_open() {
            true => holds.of(at),
            false => Vec::new(),
        },
        opposite,
    }
}

/// The place in which a building must be what the plan does not make of it, and what that is called;
/// `None` where it could not be.
pub(super) fn turned(place: &Place, plan: &Plan, at: BuildingIx) -> Option<(Place, &'static str)> {
    let building = place.building(at);
    let planned = planned(plan, building)?;
    let unopened = building.proposed.is_some();
    if (planned.action == Action::Outside && !unopened) || unknown(place, at) {
        return None;
    }
    let (lock, asked) = match planned.action.is_open() {
        true => (Lock::Dispose, "dispose"),
        false => (Lock::Keep, "keep"),
    };
    let mut turned = place.clone();
    let gone = place.decisions_on(Record::Building(at));
    turned.decisions.retain(|one| !gone.contains(&one));
    turned.buildings[at.index()].lock = lock;
    Some((turned, asked))
}

fn planned<'a>(plan: &'a Plan, building: &Building) -> Option<&'a PlannedBuilding> {
    let mut planned = plan.buildings.iter();
    planned.find(|one| one.asset_id == building.id.as_str())
}

/// Whether nobody knows who is in it: then what it costs to empty it is not known either.
fn unknown(place: &Place, at: BuildingIx) -> bool {
    let building = place.building(at);
    building.occupancy == Occupancy::Unknown || matches!(building.role, Role::Out(_))
}
