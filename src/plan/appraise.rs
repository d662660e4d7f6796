//! A plan that people chose, judged like ours: nothing is searched.

use super::assemble::{Found, assemble};
use super::choice::Choice;
use super::compile::Sources;
use super::error::PlanError;
use super::in_play::{Standing, named};
use super::infeasible;
use super::limits::counters;
use super::report::Plan;
use super::solve::with_sources;
use crate::access::Arrangement;
use crate::place::{BuildingIx, Place, ServiceIx};
use crate::travel::Travel;
use std::collections::BTreeMap;

/// Judges the arrangement that the decisions of a place describe: each placed occupier where it is
/// placed, everybody else where they are, buildings that this empties let go unless they are locked
/// `keep`, the parts gone that are decided to go. Its rules may fail: the verdicts say so.
///
/// # Errors
/// [`PlanError::Conflict`] where decisions cannot stand together: a building disposed of with
/// somebody left in it, or an occupier placed that cannot move.
pub fn appraise(place: &Place, travel: &Travel) -> Result<Plan, PlanError> {
    with_sources(place, travel, place.finance.objective, false, |from| {
        let mut conflicts = infeasible::contradictions(from);
        let mut choice = chosen(from);
        conflicts.extend(left_behind(from, &choice));
        conflicts.extend(from.let_what_is_decided(&mut choice));
        if !conflicts.is_empty() {
            return Err(PlanError::Conflict { reasons: conflicts });
        }
        Ok(assemble(from, &choice, Found::appraised("people")))
    })
}

/// What the decisions describe. One that is placed elsewhere, of a service that may merge, joins
/// those of its service there where the building has as many counters as it may have.
fn chosen(from: &Sources<'_>) -> Choice {
    let place = from.place;
    let mut arrangement = Arrangement::today(place);
    let mut unmerged: BTreeMap<(BuildingIx, ServiceIx), u32> = BTreeMap::new();
    let placings: Vec<_> = place
        .occupiers()
        .map(|(at, occupier)| place.placing(at).filter(|to| *to != occupier.building))
        .collect();
    for ((_, occupier), placing) in place.occupiers().zip(&placings) {
        if placing.is_none() {
            let there = (occupier.building, occupier.service);
            *unmerged.entry(there).or_default() += 1;
        }
    }
    for ((at, occupier), placing) in place.occupiers().zip(&placings) {
        let Some(to) = *placing else {
            continue;
        };
        arrangement.building[at.index()] = to;
        let there = unmerged.entry((to, occupier.service)).or_default();
        let most = counters::most(place, from.in_play, occupier.service, to);
        let merges = place.service(occupier.service).may_merge;
        if merges && *there > 0 && *there >= most {
            arrangement.merged[at.index()] = true;
        } else {
            *there += 1;
        }
    }
    Choice::of_arrangement(place, from.in_play, arrangement)
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
        .map(|(at, _)| {
            let building = choice.building(at);
            format!(
                "{} is to be let go ({}), but {} is in it: say where it goes with place_at",
                named(place.building(building)),
                infeasible::why_closed(place, building),
                infeasible::called(place, at)
            )
        })
        .collect()
}
