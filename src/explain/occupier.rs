//! Why a team or counter is where it is, and where else it could have gone.

use super::again::Asking;
use crate::place::{OccupierIx, Record};
use crate::plan::{Alternative, alternatives, decided};
use serde::Serialize;

/// Where a team or counter could have gone, and why not.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OccupierExplained {
    /// Its id.
    pub occupier: String,
    /// Its name.
    pub name: String,
    /// The building it is in today.
    pub from_id: String,
    /// The building it is in under the plan.
    pub to_id: String,
    /// Why, in the plan's own words.
    pub reason: String,
    /// What people decided about it.
    pub decided: Option<String>,
    /// Every other building near enough to matter, nearest first, all else left as in the plan.
    pub alternatives: Vec<Alternative>,
}

pub(super) fn explained(asking: &Asking<'_>, at: OccupierIx) -> OccupierExplained {
    let Asking {
        place,
        travel,
        plan,
        ..
    } = asking;
    let occupier = place.occupier(at);
    let mut planned = plan.occupiers.iter();
    let planned = planned.find(|one| one.occupier == occupier.id.as_str());
    let home = place.building(occupier.building).id.to_string();
    OccupierExplained {
        occupier: occupier.id.to_string(),
        name: occupier.name.clone(),
        to_id: planned.map_or(home.clone(), |one| one.to_id.clone()),
        from_id: home,
        reason: planned.map_or(String::new(), |one| one.reason.clone()),
        decided: decided(place, Record::Occupier(at)),
        alternatives: alternatives(place, travel, plan, at),
    }
}
