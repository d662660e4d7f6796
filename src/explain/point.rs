//! Why a small new counter opens or stays shut.

use super::again::{Asking, Opposite};
use crate::place::{Objective, PointIx};
use crate::plan::offer_stands;
use serde::Serialize;

/// Why an offered counter opens or stays shut, and what the opposite would cost.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PointExplained {
    /// Its id: the offer's and the building's.
    pub point: String,
    /// Its name.
    pub name: String,
    /// Its service.
    pub service: String,
    /// The building it would be in.
    pub building_id: String,
    /// What it costs a year beside its floor, £.
    pub running_gbp: f64,
    /// What opening it costs once, £.
    pub opening_gbp: f64,
    /// Whether the plan opens it.
    pub opened: bool,
    /// Where it opens: which rules the plan would not keep without it, in the plan's own words. Where it stays
    /// shut: what keeps it from opening, where something does.
    pub because: Option<String>,
    /// Where it could open and stays shut: what it would cost more with all else as in the plan, £ of what the plan
    /// makes least.
    pub costs_more_gbp: Option<f64>,
    /// What those pounds are of.
    pub of: Objective,
    /// Where it opens: the plan without the offer.
    pub without: Option<Opposite>,
}

pub(super) fn explained(asking: &Asking<'_>, at: PointIx) -> PointExplained {
    let place = asking.place;
    let point = place.point(at);
    let mut planned = asking.plan.points.iter();
    let planned = planned.find(|one| one.point == point.id.as_str());
    let stands = offer_stands(place, asking.travel, asking.plan, at);
    let shut = planned.is_none();
    PointExplained {
        point: point.id.to_string(),
        name: point.name.clone(),
        service: place.service(point.service).id.to_string(),
        building_id: place.building(point.building).id.to_string(),
        running_gbp: point.running.get(),
        opening_gbp: point.opening.get(),
        opened: !shut,
        because: match planned {
            Some(one) => Some(one.reason.clone()),
            None => stands.obstacle.clone(),
        },
        costs_more_gbp: Some(stands.costs_more_gbp).filter(|_| shut && stands.obstacle.is_none()),
        of: asking.plan.objective,
        without: (!shut).then(|| without(asking, at)),
    }
}

/// The place planned again without the offer.
fn without(asking: &Asking<'_>, at: PointIx) -> Opposite {
    let mut changed = asking.place.clone();
    changed.points.remove(at.index());
    let asking = Asking {
        place: &changed,
        ..*asking
    };
    asking.again(&changed, "leave_shut".to_owned(), &[]).0
}
