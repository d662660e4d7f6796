//! The decomposition: dual and search side by side, then tiles on every core.
//!
//! 1. The dual climbs for a number of rounds fixed by the size; meanwhile the search anneals a fixed
//!    number of steps. Neither reads the other, so both come out the same on any number of threads.
//! 2. Two searches go on from there, guided by the dual's prices.
//! 3. Tiles in rounds: a round picks disjoint neighbourhoods, solves them side by side, and commits
//!    what holds, in order. Wall clock only ends a round; it decides nothing within one. When a program
//!    in the background answers, the next round goes on from its answer: that moment is the clock's.
//! 4. Beside the tiles, up to a middling size, the kernel: the whole model of the few placements that the
//!    prices find worth choosing. Then, after the first tiles where the estate is small, and at once where the gap
//!    is wide, the whole model itself, which lifts the bound. How large it is, its coefficients say.

use super::answer::SitingError;
use super::beside::Beside;
use super::certificate::certify;
use super::cores;
use super::dual::Dual;
use super::engine::{Best, Outcome, Run};
use super::problem::{Cover, Reach};
use super::search::{Schedule, Search, neighbours};
use super::state::{Ground, State};
use super::tiles::Tiles;
use super::web::Web;
use super::whole::Part;
use rayon::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};

/// For each site that the whole model runs at once with: up to so many coefficients of it, it runs beside the tiles;
/// with a mean or a price of travel, which the solver's relaxation handles badly; and kernels are tried.
const BESIDE: usize = 4_000;
const BESIDE_WITH_MEAN: usize = 800;
const WITH_KERNEL: usize = 10_000;

/// Up to so many coefficients the whole model runs at last, where the tiles have nothing more to try.
const LAST_RESORT: usize = 4_000_000;

/// A gap from which on, once there are prices and a first solution, the whole model comes before kernels: searches by
/// prices that weak find little. Against the gap asked for, the second number.
const WIDE: f64 = 0.08;
const WIDE_TIMES: f64 = 3.0;

/// Placements for each site from which on sites are crowded: prices are as near as can be, and the gap is wide all the same.
const CROWDED: f64 = 50.0;

/// A gap after the first search from which on it was lost: the guided ones begin anew, and are a quarter as long where
/// the whole model follows.
const VERY_WIDE: f64 = 0.15;

/// Placements for each item in one kernel after another.
const KERNELS: [f64; 2] = [2.5, 5.0];

/// The engine's name where a program of the whole runs beside the tiles.
const WITH_WHOLE: &str = "decomposition and whole model";

/// Rounds of tiles in a row without less travel before the rest is left: nothing is proven of it anyway.
const TRAVEL_STILL: u32 = 3;

/// Nodes of each knapsack when the prices are worked out for the last time; and where there is no time left for it.
const NODES: u32 = 10_000;
const HASTY_NODES: u32 = 300;

/// Guided searches, on any number of threads.
const GUIDED: u64 = 2;

impl Run<'_> {
    /// Solves by decomposition; by the whole model where sums are too large for it.
    pub(super) fn decompose(&self, best: Option<Best>) -> Result<Outcome, SitingError> {
        let travels = self.ask.least_travel_within.is_some();
        let Some(web) = Web::new(self.problem, travels) else {
            return self.whole_model(best);
        };
        let ground = Ground::new(self.problem, self.layout, &web);
        let near = neighbours(self.problem, &self.layout.of_item, &self.layout.of_site, 40);
        let mut outcome = Outcome {
            best,
            engine: "decomposition",
            ..Outcome::default()
        };
        self.report(outcome.best.as_ref(), None);
        if self.progress.satisfied() {
            return Ok(outcome);
        }
        self.dual_and_search(&ground, &near, &mut outcome);
        self.report(
            outcome.best.as_ref(),
            outcome.prices.as_ref().map(|prices| prices.bound),
        );
        if self.reached(&outcome) || self.progress.satisfied() || self.past(1.0) {
            return Ok(outcome);
        }
        // Without a first solution only the whole model can say whether there is one.
        if outcome.best.is_none() {
            let found = self.whole_model(None)?;
            let (prices, certificate) = (outcome.prices, outcome.certificate);
            return Ok(Outcome {
                prices,
                certificate,
                ..found
            });
        }
        self.finish(&ground, &near, &mut outcome)?;
        Ok(outcome)
    }

    /// Tiles, and programs beside them, until the gap, the time or every idea is reached.
    fn finish(
        &self,
        ground: &Ground,
        near: &[Vec<u32>],
        outcome: &mut Outcome,
    ) -> Result<(), SitingError> {
        let mut beside = Beside::new(self.background(outcome));
        let mut tiles = Tiles::new(self, ground, near, outcome);
        loop {
            beside.start(self, &tiles, outcome);
            tiles.alone = beside.idle();
            if beside.settle(self, &mut tiles, outcome)? == Some(Part::All) {
                break;
            }
            let travels = self.ask.least_travel_within.is_some();
            let spent = self.ask.rounds.is_some_and(|most| tiles.rounds() >= most)
                || (travels && tiles.still >= TRAVEL_STILL);
            if spent && !beside.overdue() {
                break;
            }
            if tiles.exhausted && beside.idle() && beside.is_done() {
                if self.nonzeros >= LAST_RESORT || self.ask.rounds.is_some() {
                    break;
                }
                // Nothing else is left to do with the time.
                outcome.engine = WITH_WHOLE;
                beside = Beside::new(vec![Part::All]);
                continue;
            }
            if self.past(1.0) || (!beside.overdue() && self.reached(outcome)) {
                beside.last_wait(self, outcome)?;
                break;
            }
            if !tiles.exhausted && !spent {
                let before = outcome.best.as_ref().map(|best| best.value);
                tiles.round(self, outcome);
                beside.count_round();
                let better = outcome.best.as_ref().map(|best| best.value) != before;
                tiles.still = if better { 0 } else { tiles.still + 1 };
            }
            self.report(
                outcome.best.as_ref(),
                outcome.prices.as_ref().map(|prices| prices.bound),
            );
            if !beside.overdue() && self.progress.satisfied() {
                break;
            }
        }
        tiles.count(outcome);
        Ok(())
    }

    /// What runs beside the tiles, one after another.
    fn background(&self, outcome: &mut Outcome) -> Vec<Part> {
        // Whatever travels least is found, not proven.
        if self.ask.least_travel_within.is_some() {
            return Vec::new();
        }
        let kernel = |each: f64| {
            let count = each * self.problem.items.len() as f64;
            let prices = outcome.prices.as_ref()?;
            // A kernel of most placements is the whole problem without its proof.
            let small = 2.0 * count <= self.problem.placements.len() as f64;
            small.then(|| Part::Kernel(prices.cutoff(count as usize)))
        };
        let mut parts = Vec::new();
        let whole = self.whole_beside();
        if self.has_kernels() && (self.is_crowded() || !(whole && self.is_wide(outcome))) {
            parts.extend(KERNELS.into_iter().filter_map(kernel));
        }
        if whole {
            parts.push(Part::All);
        }
        if !parts.is_empty() {
            outcome.engine = WITH_WHOLE;
        }
        parts
    }

    /// Placements for each site.
    fn crowd(&self) -> f64 {
        self.problem.placements.len() as f64 / self.problem.sites.len().max(1) as f64
    }

    fn is_crowded(&self) -> bool {
        self.crowd() >= CROWDED
    }

    /// Whether kernels are tried.
    fn has_kernels(&self) -> bool {
        !self.is_small() && self.nonzeros < WITH_KERNEL * self.whole_below
    }

    /// Whether the whole model runs beside the tiles: where it is small or of middling size; and of any covering.
    fn whole_beside(&self) -> bool {
        let means = |reach: &Reach| {
            let mean = |cover: &Cover| matches!(cover, Cover::Mean { .. });
            reach.covers.iter().any(mean) || reach.travel_price > 0.0
        };
        let plain = !self.problem.reaches.iter().any(means);
        let most = if plain { BESIDE } else { BESIDE_WITH_MEAN };
        self.is_small() || self.nonzeros < most * self.whole_below || (plain && self.is_covering())
    }

    /// Whether the gap is so wide that neither prices nor search are to be relied upon.
    pub(super) fn is_wide(&self, outcome: &Outcome) -> bool {
        self.gap(outcome)
            .is_some_and(|gap| gap > WIDE.max(WIDE_TIMES * self.ask.gap))
    }

    fn reached(&self, outcome: &Outcome) -> bool {
        self.gap(outcome).is_some_and(|gap| gap <= self.ask.gap)
    }

    /// How far the best solution is above the prices' bound, against its value.
    fn gap(&self, outcome: &Outcome) -> Option<f64> {
        let (best, prices) = (outcome.best.as_ref()?, outcome.prices.as_ref()?);
        let above = best.value - prices.bound;
        Some(if above <= 0.0 {
            0.0
        } else {
            above / best.value.abs()
        })
    }

    pub(super) fn aim(&self) -> (f64, f64) {
        if self.ask.least_travel_within.is_some() {
            (0.0, 1.0)
        } else {
            (1.0, 0.0)
        }
    }

    fn dual_and_search(&self, ground: &Ground, near: &[Vec<u32>], outcome: &mut Outcome) {
        let seconds = self.ask.time.as_secs_f64();
        let within = self.ask.least_travel_within;
        let state = match &outcome.best {
            Some(best) => State::of(ground, &best.solution),
            None => State::as_started(ground),
        };
        let mut search = Search::new(ground, near, state, self.ask.seed, self.aim(), within);
        // The dual is about cost; for least travel there is none yet.
        let mut dual = within.is_none().then(|| Dual::new(ground, 2000));
        let entries = dual
            .as_ref()
            .map_or(ground.web.entry_count(), Dual::entry_count);
        let placements = self.problem.placements.len() as f64;
        // Where sites are crowded, each placement is weighed against more others.
        let each = 30e-9 * entries as f64
            + 150e-9 * (1.0 + self.crowd() / 100.0).min(2.5) * placements
            + 1e-6;
        let rounds = (0.35 * seconds / each).clamp(50.0, 800.0) as u32;
        // A step takes longer where its lists are seldom at hand.
        let step = 25e-6 * (1.0 + entries as f64 / 4e6);
        let steps = (0.25 * seconds / step)
            .clamp(1000.0, 20_000.0 + 100.0 * self.problem.items.len() as f64);
        let steps = if self.has_few_sites() {
            steps.min(6_000.0)
        } else {
            steps
        } as u64;
        let (hot, cold) = if within.is_some() {
            (0.02, 0.002)
        } else {
            (0.3, 0.005)
        };
        let schedule = Schedule { steps, hot, cold };
        let known = outcome.best.clone();
        // Once the bound is near enough to what was known, the search beside it is over, at whatever step it is: what
        // it found does not count, since that would be another thing on another machine.
        let needless = AtomicBool::new(false);
        let (climbed, stepped) = std::thread::scope(|scope| {
            let needless = &needless;
            let climbing = dual.as_mut().map(|dual| {
                let known = known.as_ref();
                scope.spawn(move || {
                    let climbed = dual.climb(rounds, &|round, bound| {
                        if round % 20 == 0 {
                            self.report(known, bound);
                            needless.fetch_or(self.progress.satisfied(), Ordering::Relaxed);
                        }
                        needless.load(Ordering::Relaxed) || self.past_stage(0.6)
                    });
                    // Somebody who stops the run waits for these.
                    let prices = if self.progress.cancelled() {
                        dual.hasty_prices()
                    } else if self.past(0.9) {
                        dual.prices(HASTY_NODES)
                    } else {
                        dual.prices(NODES)
                    };
                    (climbed, prices)
                })
            });
            let over = || needless.load(Ordering::Relaxed) || self.past_stage(0.5);
            let stepped = search.run(schedule, &over);
            (climbing.and_then(|climbing| climbing.join().ok()), stepped)
        });
        if let Some((climbed, prices)) = climbed {
            outcome
                .counts
                .insert("dual_rounds".to_owned(), u64::from(climbed));
            outcome.certificate = prices.as_ref().and_then(|prices| certify(ground, prices));
            // What anybody can recompute is what counts.
            outcome.prices = prices
                .zip(outcome.certificate.as_ref())
                .map(|(prices, certificate)| prices.beside(self.problem, certificate));
        }
        // It holds a list of its own of everything within reach.
        drop(dual);
        if !needless.into_inner() {
            outcome.counts.insert("search_steps".to_owned(), stepped);
            self.take_best(ground, &search, outcome);
            if self.progress.cancelled() {
                return;
            }
            let lost = self.gap(outcome) > Some(VERY_WIDE);
            let steps = match lost && self.whole_beside() {
                true => schedule.steps / 4,
                false => schedule.steps,
            };
            self.guided_search(ground, near, (steps, lost), outcome);
        }
    }

    fn take_best(&self, ground: &Ground, search: &Search, outcome: &mut Outcome) {
        if let Some(state) = search.found() {
            self.consider(&mut outcome.best, state.solution(ground));
        }
    }

    /// Searches on from the best solution by the dual's prices, with several seeds side by side; where the first search
    /// was lost, all but one from where the prices alone put every item.
    fn guided_search(
        &self,
        ground: &Ground,
        near: &[Vec<u32>],
        (steps, lost): (u64, bool),
        outcome: &mut Outcome,
    ) {
        let Some(prices) = outcome.prices.take() else {
            return;
        };
        let start = match &outcome.best {
            Some(best) => State::of(ground, &best.solution),
            None => State::empty(ground),
        };
        let schedule = Schedule {
            steps,
            hot: 0.1,
            cold: 0.005,
        };
        let mut searches: Vec<Search> = (0..GUIDED)
            .map(|nth| {
                let seed = self.ask.seed.wrapping_add(1000 + nth);
                let search = Search::new(ground, near, start.clone(), seed, self.aim(), None);
                search
                    .or_by_prices(&prices, lost && nth > 0)
                    .guided(&prices)
            })
            .collect();
        let look = |search: &mut Search| {
            search.run(schedule, &|| self.past_stage(0.7));
        };
        if cores::are_free() {
            searches.par_iter_mut().for_each(look);
        } else {
            searches.iter_mut().for_each(look);
        }
        for search in &searches {
            self.take_best(ground, search, outcome);
        }
        outcome.prices = Some(prices);
    }
}
