//! The one call: a programme for a plan's end state.

use super::between::between;
use super::compile::{Compiled, What};
use super::problem::Schedule;
use super::program::{Aim, solve};
use super::relief::relief;
use super::schedule::schedule;
use super::worth::worths;
use super::write::Writer;
use crate::place::{Objective, Place};
use crate::plan::bodies;
use crate::plan::choice::Choice as EndState;
use crate::plan::finance::{Books, total};
use crate::plan::in_play::InPlay;
use crate::plan::{Plan, PlanError, Programme};
use crate::siting::clock::from_now;
use crate::siting::{Progress, Stop};
use crate::travel::Travel;
use std::time::{Duration, Instant};

/// Share of the time for leaving out as little as possible, where something must be left out.
const LEAVING_OUT: f64 = 0.3;
/// Share of the time for the limits with which all would fit.
const RELIEF: f64 = 0.2;

/// What is asked of a programme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PhaseWish {
    /// Stop when (value − bound) ÷ |value| is at most this.
    pub gap: f64,
    /// Solving time allowed.
    pub time: Duration,
    /// Seed of the search.
    pub seed: u64,
}

impl Default for PhaseWish {
    fn default() -> Self {
        Self {
            gap: 0.005,
            time: Duration::from_secs(20),
            seed: 1,
        }
    }
}

/// Puts the end state of a plan into years, within the limits of the place's [`Phase`](crate::place::Phase):
/// fit-out before a move, a building empty before it is let go, leases only on their dates, duties
/// waited for, capital and projects by year. What no year has room for is
/// [postponed](Programme::postponed), as little as can be found, and the changes of a limit with which
/// all would fit are [named](Programme::relief).
///
/// # Errors
/// [`PlanError::Conflict`] where the plan is of another place; [`PlanError::Siting`] where the solver
/// failed.
pub fn phase(
    place: &Place,
    travel: &Travel,
    plan: &Plan,
    wish: &PhaseWish,
    progress: &dyn Progress,
) -> Result<Programme, PlanError> {
    if !is_of(place, plan) {
        return Err(PlanError::Conflict {
            reasons: vec![format!("the plan is not one of {}", place.name)],
        });
    }
    let in_play = InPlay::new(place);
    let end = EndState::of_plan(place, &in_play, plan);
    let books = Books::new(place, &in_play, Objective::NetPresentValue);
    let compiled = Compiled::of(place, travel, plan, &end, &in_play, &books);
    let search = Search {
        compiled: &compiled,
        wish,
        until: from_now(wish.time),
        do_minimum: books.do_minimum(),
        progress,
    };
    let found = search.run()?;
    let relief = match compiled.problem.left_out(&found.schedule) {
        0 => Vec::new(),
        _ => relief(&compiled, search.stop(1.0))?,
    };
    let unphased = total(plan.ledger.iter().map(|agency| agency.npv_gbp));
    let writer = Writer {
        compiled: &compiled,
        schedule: &found.schedule,
    };
    let mut programme =
        writer.programme(search.do_minimum, found.bound, unphased, wish.gap, relief);
    programme.worth = worths(place, plan, &programme, &books.calendar);
    let factors = books.calendar.factors();
    programme.successors = bodies::of_programme(place, factors, &programme);
    programme.between = between(place, travel, plan, &programme.steps);
    Ok(programme)
}

/// Whether a plan names the records of a place in its order.
fn is_of(place: &Place, plan: &Plan) -> bool {
    let buildings = place.buildings.iter().map(|building| building.id.as_str());
    let occupiers = place.occupiers.iter().map(|occupier| occupier.id.as_str());
    buildings.eq(plan.buildings.iter().map(|one| one.asset_id.as_str()))
        && occupiers.eq(plan.occupiers.iter().map(|one| one.occupier.as_str()))
}

struct Found {
    schedule: Schedule,
    bound: Option<f64>,
}

struct Search<'a> {
    compiled: &'a Compiled<'a>,
    wish: &'a PhaseWish,
    until: Instant,
    do_minimum: f64,
    progress: &'a dyn Progress,
}

impl Search<'_> {
    /// A part of the time that is left.
    fn stop(&self, share: f64) -> Stop {
        let left = self.until.saturating_duration_since(Instant::now());
        Stop {
            seconds: left.as_secs_f64() * share,
            gap: self.wish.gap,
            nodes: None,
            seed: self.wish.seed,
        }
    }

    fn run(&self) -> Result<Found, PlanError> {
        let problem = &self.compiled.problem;
        let mut best = schedule(problem);
        if problem.events.is_empty() || self.progress.cancelled() {
            let bound = problem.events.is_empty().then_some(self.do_minimum);
            return Ok(Found {
                schedule: best,
                bound,
            });
        }
        let mut share = 1.0;
        if problem.left_out(&best) > 0 {
            let stop = Stop {
                gap: 0.0,
                ..self.stop(LEAVING_OUT)
            };
            let fewest = solve(problem, Aim::LeftOut, Some(&best), stop)?;
            let better = fewest
                .schedule
                .filter(|one| problem.fits(one) && problem.left_out(one) < problem.left_out(&best));
            best = better.unwrap_or(best);
            share = 1.0 - RELIEF;
        }
        let left_out = problem.left_out(&best);
        let aim = Aim::Cost {
            left_out,
            constant: self.do_minimum,
        };
        let solved = solve(problem, aim, Some(&best), self.stop(share))?;
        let better = solved.schedule.filter(|one| {
            problem.fits(one)
                && problem.left_out(one) <= left_out
                && problem.cost(one) < problem.cost(&best)
        });
        Ok(Found {
            schedule: self.closed(better.unwrap_or(best)),
            bound: solved.bound,
        })
    }

    /// A site is gone as soon as all of it is empty: never dearer, and where it is worth nothing the
    /// solver does not mind when.
    fn closed(&self, mut schedule: Schedule) -> Schedule {
        let orders = &self.compiled.problem.orders;
        for (gone, what) in self.compiled.whats.iter().enumerate() {
            if matches!(what, What::Gone(_)) {
                let parts = orders.iter().filter(|(_, later)| *later == gone);
                let last = parts.map(|(part, _)| schedule[*part]);
                let all: Option<Vec<usize>> = last.collect();
                schedule[gone] = all.and_then(|years| years.into_iter().max());
            }
        }
        schedule
    }
}
