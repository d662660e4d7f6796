//! The second stage: the least travel within a give of the first stage's cost.

use super::assemble::person_km;
use super::choice::Choice;
use super::compile::{Compiled, Sources};
use super::journeys::Journeys;
use super::offers::shut;
use super::report::TravelStage;
use super::solve::{SECOND_STAGE, Wish};
use super::within_capacity;
use crate::siting::{Answer, Ask, Ending, Objective, Progress, value};
use std::time::Instant;

/// Rounds of tiles in the second stage: most of what travel can be spared is found by then, and the end is at
/// the same point on every machine.
const TRAVEL_ROUNDS: u32 = 24;

/// How exactly the second stage's travel is made least: it is a search, not a proof.
const TRAVEL_GAP: f64 = 0.005;

/// The journeys under a choice that nothing has made shorter yet.
pub(super) fn unshortened(from: &Sources<'_>, choice: &Choice) -> TravelStage {
    let place = from.place;
    let km = person_km(place, from.travel, choice);
    let journeys = Journeys::new(place, from.travel);
    TravelStage {
        first_value: super::finance::pence(from.books.cost(choice)),
        give: place.finance.travel_give,
        person_km_today: person_km(place, from.travel, &Choice::today(place)),
        person_km_first: km,
        person_km: km,
        aim: journeys.map(|journeys| journeys.aim(choice)),
    }
}

/// The least travel within the give of the first stage's cost.
pub(super) fn second_stage(
    from: &Sources<'_>,
    compiled: &mut Compiled,
    wish: &Wish,
    progress: &dyn Progress,
    first: &Answer,
    choice: &Choice,
    solving: Instant,
) -> (Option<Choice>, TravelStage, bool) {
    let place = from.place;
    let give = place.finance.travel_give;
    let first_value = from.books.cost(choice);
    let mut stage = unshortened(from, choice);
    let km_first = stage.person_km_first;
    let allowed = (give * first_value.abs()).max(0.0);
    let left = wish.time.saturating_sub(solving.elapsed());
    let left = left.min(wish.time.mul_f64(SECOND_STAGE));
    let nobody_travels = km_first == 0.0 && stage.person_km_today == 0.0;
    if nobody_travels || left.is_zero() || progress.cancelled() {
        return (None, stage, progress.cancelled());
    }
    // What is added to the problem for this stage is taken out again: a copy of a nation's is large.
    let (rows, start) = (compiled.problem.rows.len(), compiled.problem.start.take());
    compiled.problem.start = Some(first.solution.chosen.clone());
    compiled.problem.rows.extend(shut(from, choice));
    // A price of changes counts from this solution on.
    let cost = value(&compiled.problem, &first.solution, Objective::Cost);
    let ask = Ask {
        gap: TRAVEL_GAP,
        time: left,
        seed: wish.seed,
        rounds: Some(TRAVEL_ROUNDS),
        least_travel_within: Some(cost + allowed),
    };
    let found = within_capacity::least_travel(from, compiled, &ask, progress);
    compiled.problem.rows.truncate(rows);
    compiled.problem.start = start;
    let Some((second, better)) = found else {
        return (None, stage, progress.cancelled());
    };
    let km = person_km(place, from.travel, &better);
    let cancelled = second.ending == Ending::Cancelled;
    let tolerance = 1e-6 * first_value.abs().max(1.0);
    let least = Journeys::new(place, from.travel).map(|journeys| journeys.least(&better));
    let shorter = match (&stage.aim, least) {
        (Some(aim), Some(least)) => least < aim.person_km_first,
        _ => km < km_first,
    };
    if !shorter || from.books.cost(&better) > first_value + allowed + tolerance {
        return (None, stage, cancelled);
    }
    stage.person_km = km;
    if let (Some(aim), Some(least)) = (&mut stage.aim, least) {
        aim.person_km = least;
    }
    (Some(better), stage, cancelled)
}
