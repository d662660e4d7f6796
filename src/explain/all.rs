//! Every building of a plan explained in one go: bounds from the plan's own multipliers, plans from what is
//! near each building, side by side.

use super::again::{Asking, Opposite};
use super::building::{Answer, BuildingExplained, Question, opposite, turned, written};
use super::holds::Holds;
use crate::place::BuildingIx;
use crate::plan::{Turning, turning};
use rayon::prelude::*;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// A search shorter than this finds nothing that its start has not.
const LEAST: Duration = Duration::from_millis(50);

/// Share of a building's time after which a first plan is enough; the rest writes it out and verifies it.
const SEARCHING: f64 = 0.6;

/// How many times its even share a building may take where it needs it: most need less.
const UNEVEN: f64 = 4.0;

/// Explains every building that a plan could have turned round, in the order of the place, in about
/// `time`: each opposite is looked for around its building, and in the whole place only where none is found
/// there.
pub fn explain_all(asking: &Asking<'_>, time: Duration) -> Vec<BuildingExplained> {
    let (place, travel, plan) = (asking.place, asking.travel, asking.plan);
    let until = Instant::now() + time;
    turning(place, travel, plan, asking.certificate, |turning| {
        let holds = Holds::new(place, travel, plan);
        let buildings: Vec<BuildingIx> = place
            .buildings()
            .map(|(at, _)| at)
            .filter(|at| opposite(place, plan, *at).is_some())
            .collect();
        let left = AtomicUsize::new(buildings.len());
        buildings
            .par_iter()
            .map(|at| {
                let waiting = left.fetch_sub(1, Ordering::SeqCst);
                let rounds = waiting.div_ceil(rayon::current_num_threads().max(1)).max(1);
                let share = until.saturating_duration_since(Instant::now()) / rounds as u32;
                let answer = one(asking, turning, *at, share);
                written(place, plan, *at, &holds, answer)
            })
            .collect()
    })
}

fn one(
    asking: &Asking<'_>,
    turning: &Turning<'_>,
    at: BuildingIx,
    share: Duration,
) -> Option<Answer> {
    let (changed, asked) = turned(asking.place, asking.plan, at)?;
    if share < LEAST || asking.progress.cancelled() {
        let none = Opposite::not_found(asked, "the time was up");
        return Some((none.bounded(asking, turning, at), Vec::new()));
    }
    let question = Question {
        turning,
        at,
        changed: &changed,
        asked,
        time: share.mul_f64(UNEVEN).max(LEAST),
        enough: share.mul_f64(SEARCHING),
    };
    Some(question.quickly(asking))
}
