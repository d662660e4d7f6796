//! Generations: when tiles find nothing more, a guided search goes on from the best solution with ever other seeds, and
//! a kernel beside it blends what the searches found: the whole model of the placements of their last solutions, and of
//! those that the prices find best.
//!
//! Search and kernel of a generation end at a number of steps and of nodes, and are taken in together, in this order;
//! so it comes out the same on one core and on two, and the clock only ends the last one.

use super::answer::SitingError;
use super::dual::Prices;
use super::engine::{Best, Outcome, Run};
use super::search::{Schedule, Search};
use super::state::{Ground, State};
use super::whole::{Part, Whole};
use std::collections::VecDeque;
use std::time::Duration;

/// Solutions that are blended at most.
const POOL: usize = 8;

/// First temperatures of one search after another, and the last, against the average cost of an open site.
const HOT: [f64; 3] = [0.1, 0.05, 0.03];
const COLD: f64 = 0.005;

/// Placements for each item that the prices find best, beside those of the solutions.
const KERNEL: f64 = 3.5;

/// Generations in a row without anything better before the rest of the time is left to others.
const STILL: u32 = 10;

/// What the generations so far have left.
#[derive(Default)]
pub(super) struct Blend {
    /// Solutions of the searches, the latest last.
    pool: VecDeque<Vec<usize>>,
    generations: u32,
    better: u32,
    still: u32,
}

impl Blend {
    /// Whether generations still find something.
    pub(super) fn goes_on(&self) -> bool {
        self.still < STILL
    }

    /// Generations so far.
    pub(super) fn generations(&self) -> u32 {
        self.generations
    }

    /// One generation; says whether it found something better.
    pub(super) fn generation(
        &mut self,
        run: &Run,
        ground: &Ground,
        near: &[Vec<u32>],
        outcome: &mut Outcome,
    ) -> Result<bool, SitingError> {
        let Some(best) = outcome.best.clone() else {
            self.still = STILL;
            return Ok(false);
        };
        let Some(prices) = outcome.prices.take() else {
            self.still = STILL;
            return Ok(false);
        };
        let kernel = self.start_kernel(run, &best, &prices, outcome);
        let state = State::of(ground, &best.solution);
        if let Some(found) = self.search(run, ground, near, state, &prices) {
            let solution = found.solution(ground);
            if solution.chosen != best.solution.chosen {
                self.pool.push_back(solution.chosen.clone());
            }
            run.consider(&mut outcome.best, solution);
        }
        while self.pool.len() > POOL {
            self.pool.pop_front();
        }
        outcome.prices = Some(prices);
        if let Some(kernel) = kernel {
            settle(run, &kernel, outcome)?;
        }
        let after = outcome.best.as_ref().map(|best| best.value);
        let better = after.is_some_and(|after| after < best.value);
        self.generations += 1;
        self.better += u32::from(better);
        self.still = if better { 0 } else { self.still + 1 };
        Ok(better)
    }

    fn start_kernel(
        &self,
        run: &Run,
        best: &Best,
        prices: &Prices,
        outcome: &mut Outcome,
    ) -> Option<Whole> {
        if self.pool.is_empty() {
            return None;
        }
        let count = KERNEL * run.problem.items.len() as f64;
        let part = Part::Kernel(prices.cutoff(count as usize));
        let also: Vec<usize> = self.pool.iter().flatten().copied().collect();
        let counts = &mut outcome.counts;
        Some(run.start_with(part, &also, Some(best), Some(prices), counts))
    }

    /// The best of a search's second half: in the first it leaves where it began.
    fn search(
        &self,
        run: &Run,
        ground: &Ground,
        near: &[Vec<u32>],
        from: State,
        prices: &Prices,
    ) -> Option<State> {
        let seed = run
            .ask
            .seed
            .wrapping_add(2000 + u64::from(self.generations));
        let mut search = Search::new(ground, near, from, seed, run.aim(), None).guided(prices);
        let problem = run.problem;
        let steps = 60_000 + 300 * problem.items.len() as u64;
        let steps = steps.min(100 * problem.placements.len() as u64);
        let hot = HOT[self.generations as usize % HOT.len()];
        let middle = (hot * COLD).sqrt();
        for (hot, cold) in [(hot, middle), (middle, COLD)] {
            search.forget();
            search.run(Schedule { steps, hot, cold }, &|| run.past(1.0));
        }
        search.found()
    }

    pub(super) fn count(&self, outcome: &mut Outcome) {
        for (name, count) in [
            ("generations", self.generations),
            ("generations_better", self.better),
        ] {
            outcome.counts.insert(name.to_owned(), u64::from(count));
        }
    }
}

/// Waits for a kernel and takes it in, unless the time is up first. One that failed found nothing.
fn settle(run: &Run, kernel: &Whole, outcome: &mut Outcome) -> Result<(), SitingError> {
    while !run.past(1.0) {
        if let Some(found) = kernel.poll(Duration::from_millis(20)) {
            return found.map_or(Ok(()), |found| run.take_in(kernel, found, outcome));
        }
    }
    Ok(())
}
