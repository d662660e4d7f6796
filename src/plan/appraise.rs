//! A plan that people chose, judged like ours: nothing is searched.

use super::assemble::{Found, assemble};
use super::choice::Choice;
use super::compile::Sources;
use super::error::PlanError;
use super::in_play::{Standing, named};
use super::infeasible;
use super::limits::counters;
use super::report::{Plan, Run, Status};
use super::solve::with_sources;
use crate::access::Arrangement;
use crate::place::{OccupierIx, Place};
use crate::siting::BoundSource;
use crate::travel::Travel;

/// Judges the arrangement that the decisions of a place describe: each placed occupier where it is
/// placed, everybody else where they are, buildings that this empties let go unless they are locked
/// `keep`. Its rules may fail: the verdicts say so.
///
/// # Errors
/// [`PlanError::Conflict`] where decisions cannot stand together: a building disposed of with
/// somebody left in it, or an occupier placed that cannot move.
pub fn appraise(place: &Place, travel: &Travel) -> Result<Plan, PlanError> {
    with_sources(place, travel, place.finance.objective, false, |from| {
        let mut conflicts = infeasible::contradictions(from);
        let choice = chosen(from);
        conflicts.extend(left_behind(from, &choice));
        if !conflicts.is_empty() {
            return Err(PlanError::Conflict { reasons: conflicts });
        }
        let found = Found {
            status: Status::Appraised,
            bound: None,
            bound_source: BoundSource::None,
            proofs: Vec::new(),
            travel: None,
            run: Run {
                version: env!("CARGO_PKG_VERSION").to_owned(),
                engine: "people".to_owned(),
                ..Run::default()
            },
        };
        Ok(assemble(from, &choice, found))
    })
}

/// What the decisions describe.
fn chosen(from: &Sources<'_>) -> Choice {
    let place = from.place;
    let mut arrangement = Arrangement::today(place);
    for (at, _) in place.occupiers() {
        if let Some(to) = place.placing(at) {
            arrangement.building[at.index()] = to;
        }
    }
    let merging: Vec<OccupierIx> = place
        .occupiers()
        .map(|(at, _)| at)
        .filter(|at| must_merge(from, &arrangement, *at))
        .collect();
    for at in merging {
        arrangement.merged[at.index()] = true;
    }
    Choice::of_arrangement(place, from.in_play, arrangement)
}

/// Whether an occupier that is placed elsewhere joins one that stays there: its service may merge,
/// and the building has as many of its counters as it may have.
fn must_merge(from: &Sources<'_>, arrangement: &Arrangement, at: OccupierIx) -> bool {
    let place = from.place;
    let occupier = place.occupier(at);
    let to = arrangement.building[at.index()];
    if to == occupier.building || !place.service(occupier.service).may_merge {
        return false;
    }
    let staying = from.in_play.inside[to.index()]
        .iter()
        .filter(|other| {
            place.occupier(**other).service == occupier.service
                && arrangement.building[other.index()] == to
                && from.in_play.is_movable(**other)
        })
        .count();
    let left = counters::left(place, from.in_play, occupier.service, to) as usize;
    let hosted = from.in_play.inside[to.index()].iter().any(|other| {
        place.occupier(*other).service == occupier.service
            && arrangement.building[other.index()] == to
    });
    hosted && staying >= left
}

/// Buildings that are disposed of with somebody in them.
fn left_behind(from: &Sources<'_>, choice: &Choice) -> Vec<String> {
    let place = from.place;
    place
        .occupiers()
        .filter(|(at, _)| {
            let building = choice.building(*at);
            from.in_play.is_movable(*at)
                && matches!(from.in_play.standing[building.index()], Standing::Closed)
        })
        .map(|(at, occupier)| {
            format!(
                "{} is disposed of, but {} is in it: say where it goes with place_at",
                named(place.building(choice.building(at))),
                occupier.id
            )
        })
        .collect()
}
