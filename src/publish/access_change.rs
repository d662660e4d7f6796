//! How far each zone is from each service, today and under the plan.

use super::edition::Issue;
use crate::access::{Arrangement, ServiceAccess, zone_access};
use crate::plan::Outcome;

/// Access of every zone to one service with a counter and demand.
pub(super) type ServiceChange = ServiceAccess;

/// Less than this, in km, counts as no change: distances are whole metres, and people do not
/// notice fifty of them.
pub(super) const SAME_KM: f64 = 0.05;

/// How a zone's access changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Nearer than today.
    Better,
    /// Less than [`SAME_KM`] of difference.
    Same,
    /// Further than today.
    Worse,
    /// It can reach none, today or under the plan.
    Unknown,
}

impl Change {
    pub(super) fn of(change_km: Option<f64>) -> Self {
        match change_km {
            None => Change::Unknown,
            Some(km) if km < -SAME_KM => Change::Better,
            Some(km) if km > SAME_KM => Change::Worse,
            Some(_) => Change::Same,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Change::Better => "better",
            Change::Same => "same",
            Change::Worse => "worse",
            Change::Unknown => "unknown",
        }
    }
}

/// Works out access under the plan for every service that somebody needs.
pub(super) fn changes(issue: &Issue<'_>) -> Vec<ServiceChange> {
    let place = issue.place();
    zone_access(place, issue.edition.travel, &arrangement(issue))
        .into_iter()
        .filter(|access| {
            let at = access.service.index();
            place
                .zones
                .iter()
                .any(|zone| zone.demand.get(at).is_some_and(|people| people.get() > 0.0))
        })
        .collect()
}

/// Who is where under the plan; occupiers and buildings it does not name are where they are.
pub(super) fn arrangement(issue: &Issue<'_>) -> Arrangement {
    let mut arrangement = Arrangement::today(issue.place());
    for planned in &issue.plan().occupiers {
        let Some((at, _)) = issue.occupier_named(&planned.occupier) else {
            continue;
        };
        if let Some((to, _)) = issue.building_named(&planned.to_id) {
            arrangement.building[at.index()] = to;
            arrangement.merged[at.index()] = planned.outcome == Outcome::Merge;
        }
    }
    arrangement
}
