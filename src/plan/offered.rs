//! How the offer of a small new counter stands to a plan that leaves it shut.

use super::finance::{Books, pence};
use super::in_play::InPlay;
use super::limits::space;
use super::offers::refused;
use super::report::Plan;
use crate::place::{Place, PointIx};

/// Why an offer is not taken up, or what it would cost.
#[derive(Clone, Debug, PartialEq)]
pub struct OfferStands {
    /// What keeps it from opening, in words, where something does.
    pub obstacle: Option<String>,
    /// What it would cost more if it opened and all else stayed as in the plan, in the plan's pounds; whether there
    /// is room beside those whom the plan brings in is not looked at.
    pub costs_more_gbp: f64,
}

/// How an offer stands to a plan of its place.
pub fn offer_stands(place: &Place, plan: &Plan, at: PointIx) -> OfferStands {
    let in_play = InPlay::new(place);
    let rooms = space::rooms(place, &in_play);
    let books = Books::new(place, &in_play, plan.objective);
    let point = place.point(at);
    let building = place.building(point.building).id.as_str();
    let mut planned = plan.buildings.iter();
    let gone = planned.any(|one| one.asset_id == building && !one.action.is_open());
    let let_go = || gone.then(|| "the plan lets its building go".to_owned());
    let floor = books.per_m2(point.building) * point.needs.total().get();
    OfferStands {
        obstacle: refused(place, &in_play, &rooms, point).or_else(let_go),
        costs_more_gbp: pence(books.point(point) + floor),
    }
}
