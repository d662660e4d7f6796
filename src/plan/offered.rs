//! How the offer of a small new counter stands to a plan that leaves it shut.

use super::choice::Choice;
use super::finance::pence;
use super::obstacle::obstacle;
use super::offers::refused;
use super::report::Plan;
use super::solve::with_sources;
use crate::place::{Place, PointIx};
use crate::travel::Travel;

/// Why an offer is not taken up, or what it would cost.
#[derive(Clone, Debug, PartialEq)]
pub struct OfferStands {
    /// What keeps it from opening while all else stays as in the plan, in words, where something does.
    pub obstacle: Option<String>,
    /// What it would cost more if it opened and all else stayed as in the plan, in the plan's pounds.
    pub costs_more_gbp: f64,
}

/// How an offer stands to a plan of its place.
pub fn offer_stands(place: &Place, travel: &Travel, plan: &Plan, at: PointIx) -> OfferStands {
    with_sources(place, travel, plan.objective, false, |from| {
        let point = place.point(at);
        let here = Choice::of_plan(place, from.in_play, plan);
        let mut there = here.clone();
        there.arrangement.points[at.index()] = true;
        let never = || refused(place, from.in_play, from.rooms, point);
        let let_go = || {
            let open = here.is_open(point.building);
            (!open).then(|| "the plan lets its building go".to_owned())
        };
        let in_the_way = || obstacle(from, &from.compile(), &there).map(|(_, because)| because);
        let obstacle = never().or_else(let_go).or_else(in_the_way);
        from.keep_free_parts(&mut there);
        let (cost, opened) = (from.books.cost(&here), from.books.cost(&there));
        OfferStands {
            obstacle,
            costs_more_gbp: pence(opened - cost),
        }
    })
}
