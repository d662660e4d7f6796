//! One run: chooses an engine, owns time and gap, checks every answer.

use super::answer::{
    Answer, Ask, BoundSource, Ending, Progress, Proof, SitingError, Snapshot, Solution,
};
use super::certificate::Certificate;
use super::check::{Objective, check_valid, value_valid};
use super::divided;
use super::door::ending;
use super::dual::Prices;
use super::layout::Layout;
use super::median;
use super::problem::{Choice, Problem, Site, SiteLock};
use super::size::nonzeros;
use super::undivided;
use super::validate::validate;
use super::violation::Violation;
use std::collections::BTreeMap;
use std::time::Instant;

/// Whether the decomposition can handle every item: whole, and placed once at most.
fn decomposes(problem: &Problem, whole_below: usize) -> bool {
    let plain = |item: &super::problem::Item| !item.split && item.choice != Choice::Any;
    (problem.placements.len() >= 30 || whole_below != WHOLE_MODEL_SITES)
        && problem.items.iter().all(plain)
}

/// The checked solution that a problem starts from, if it keeps every limit.
pub(super) fn started(problem: &Problem, layout: &Layout) -> Option<Solution> {
    let keeps = |solution: &Solution| check_valid(problem, layout, solution).is_ok();
    drawn_up(problem)?.into_iter().find(keeps)
}

/// What the solution that a valid problem starts from breaks, where it has one that is not used for that.
pub fn start_faults(problem: &Problem) -> Vec<Violation> {
    if validate(problem).is_err() {
        return Vec::new();
    }
    let layout = Layout::new(problem);
    match (started(problem, &layout), drawn_up(problem)) {
        (None, Some([_, plain])) => check_valid(problem, &layout, &plain)
            .err()
            .unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// The solution that a problem starts from, unchecked: with the sites open that pay for it, and without.
fn drawn_up(problem: &Problem) -> Option<[Solution; 2]> {
    let mut chosen = problem.start.clone()?;
    chosen.sort_unstable();
    chosen.dedup();
    let mut shares = Vec::with_capacity(chosen.len());
    for &at in &chosen {
        let item = problem.placements[at].item;
        let split = problem.items[item].split && problem.items[item].choice != Choice::Any;
        let beside = chosen
            .iter()
            .filter(|&&other| problem.placements[other].item == item)
            .count();
        shares.push(if split { 1.0 / beside as f64 } else { 1.0 });
    }
    let mut open: Vec<bool> = problem
        .sites
        .iter()
        .map(|site| site.lock == SiteLock::Open)
        .collect();
    for &at in &chosen {
        open[problem.placements[at].site] = true;
    }
    let mut solution = Solution {
        chosen,
        shares,
        open,
    };
    // A site that pays for being open is open, where nothing speaks against it.
    let plain = solution.clone();
    for (at, site) in problem.sites.iter().enumerate() {
        if site.lock == SiteLock::Free && site.fixed_cost < 0.0 {
            solution.open[at] = true;
        }
    }
    Some([solution, plain])
}

/// What the solution that a valid problem starts from costs; `None` where it has none that keeps every
/// hard limit.
pub fn start_of(problem: &Problem) -> Option<f64> {
    validate(problem).ok()?;
    let layout = Layout::new(problem);
    let start = started(problem, &layout)?;
    Some(value_valid(problem, &layout, &start, Objective::Cost))
}

/// Below this many sites the whole model runs beside the tiles.
pub(super) const WHOLE_MODEL_SITES: usize = 100;

/// Where the whole model has no more coefficients for each of so many sites, it is as small.
const SMALL: usize = 400;

/// The same for a covering, whose whole model is smaller.
const COVERING_SITES: usize = 600;

/// One run on a valid problem.
pub(super) struct Run<'a> {
    pub(super) problem: &'a Problem,
    pub(super) layout: &'a Layout,
    pub(super) ask: &'a Ask,
    pub(super) progress: &'a dyn Progress,
    pub(super) began: Instant,
    /// Below this many sites the whole model runs beside the tiles.
    pub(super) whole_below: usize,
    /// About the coefficients of the whole model.
    pub(super) nonzeros: usize,
}

/// The best checked solution so far.
#[derive(Clone, Debug)]
pub(super) struct Best {
    pub(super) solution: Solution,
    pub(super) value: f64,
}

/// What an engine comes back with.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) best: Option<Best>,
    /// A bound from a solver's tree.
    pub(super) tree: Option<f64>,
    /// Prices with their own bound.
    pub(super) prices: Option<Prices>,
    /// The prices' certificate.
    pub(super) certificate: Option<Certificate>,
    pub(super) engine: &'static str,
    pub(super) counts: BTreeMap<String, u64>,
}

impl Run<'_> {
    /// Solves a valid problem by the engine that fits it, within the time since it began.
    pub(super) fn solve(
        problem: &Problem,
        ask: &Ask,
        progress: &dyn Progress,
        (whole_below, began): (usize, Instant),
    ) -> Result<Answer, SitingError> {
        let layout = Layout::new(problem);
        let run = Run {
            problem,
            layout: &layout,
            ask,
            progress,
            began,
            whole_below,
            nonzeros: nonzeros(problem),
        };
        let mut best = None;
        if let Some(start) = started(problem, &layout) {
            run.consider(&mut best, start);
        }
        let stars = ask
            .least_travel_within
            .is_none()
            .then(|| median::recognise(problem, &layout));
        let divided = (ask.least_travel_within.is_none()
            && problem.placements.len() >= divided::FROM)
            .then(|| divided::recognise(problem, &layout));
        let undivided = (ask.least_travel_within.is_none()
            && problem.placements.len() >= undivided::FROM)
            .then(|| undivided::recognise(problem, &layout));
        let outcome = if let Some(stars) = stars.flatten() {
            run.medians(stars, best)?
        } else if let Some(divided) = divided.flatten() {
            run.divided(&divided, best)?
        } else if let Some(undivided) = undivided.flatten() {
            run.undivided(&undivided, best)?
        } else if decomposes(problem, whole_below) {
            run.decompose(best)?
        } else {
            run.whole_model(best)?
        };
        run.answer(outcome)
    }

    /// Whether there are so few sites that the whole model is small whatever else there is.
    pub(super) fn has_few_sites(&self) -> bool {
        let sites = self.problem.sites.len();
        sites < self.whole_below || (sites < COVERING_SITES && self.is_covering())
    }

    /// Whether the whole model is small enough to begin with it.
    pub(super) fn is_small(&self) -> bool {
        self.has_few_sites() || self.nonzeros < SMALL * self.whole_below
    }

    /// Whether nobody has a choice of sites, and none fills up.
    pub(super) fn is_covering(&self) -> bool {
        let boundless = |site: &Site| site.capacities.is_empty();
        self.problem.sites.iter().all(boundless)
            && self.layout.of_item.iter().all(|homes| homes.len() <= 1)
    }

    pub(super) fn objective(&self) -> Objective {
        if self.ask.least_travel_within.is_some() {
            Objective::Travel
        } else {
            Objective::Cost
        }
    }

    /// Whether a stage is to end so that the others have their share of the time. Where rounds are asked for, the
    /// clock ends none of them: what is found would be another thing on a slower machine.
    pub(super) fn past_stage(&self, share: f64) -> bool {
        self.past(if self.ask.rounds.is_some() {
            1.0
        } else {
            share
        })
    }

    /// Seconds of a program that its nodes are to end: where rounds are asked for, a tenth of the time at least.
    pub(super) fn seconds_of(&self, usual: f64) -> f64 {
        match self.ask.rounds {
            Some(_) => usual.max(0.1 * self.ask.time.as_secs_f64()),
            None => usual,
        }
    }

    /// Whether a share of the time has passed, or the caller cancelled.
    pub(super) fn past(&self, share: f64) -> bool {
        self.began.elapsed() >= self.ask.time.mul_f64(share) || self.progress.cancelled()
    }

    /// Checks a solution and keeps it if it is the best; says whether it did.
    pub(super) fn consider(&self, best: &mut Option<Best>, solution: Solution) -> bool {
        if check_valid(self.problem, self.layout, &solution).is_err() {
            return false;
        }
        if let Some(within) = self.ask.least_travel_within {
            let cost = value_valid(self.problem, self.layout, &solution, Objective::Cost);
            if cost > within + super::check::rounding(within) {
                return false;
            }
        }
        let value = value_valid(self.problem, self.layout, &solution, self.objective());
        let better = value.is_finite() && best.as_ref().is_none_or(|best| value < best.value);
        if better {
            *best = Some(Best { solution, value });
        }
        better
    }

    pub(super) fn report(&self, best: Option<&Best>, bound: Option<f64>) {
        let seconds = self.began.elapsed().as_secs_f64();
        self.progress.report(Snapshot {
            objective: self.objective(),
            ..Snapshot::new(best.map(|best| best.value), bound, seconds)
        });
    }

    pub(super) fn report_values(&self, value: Option<f64>, bound: f64, constant: f64) {
        let now = Snapshot::new(
            value.map(|value| value + constant),
            bound.is_finite().then_some(bound + constant),
            self.began.elapsed().as_secs_f64(),
        );
        self.progress.report(Snapshot {
            objective: self.objective(),
            ..now
        });
    }

    fn answer(&self, outcome: Outcome) -> Result<Answer, SitingError> {
        let Outcome {
            best,
            tree,
            prices,
            certificate,
            engine,
            mut counts,
        } = outcome;
        let Some(best) = best else {
            return Err(SitingError::NothingFound);
        };
        counts.insert(
            "placements".to_owned(),
            self.problem.placements.len() as u64,
        );
        let own = certificate.as_ref().map(|certificate| certificate.bound);
        // A tree's bound carries the solver's tolerance.
        let tree = tree.map(|bound| bound - 1e-9 * bound.abs());
        let (bound, bound_source) = match (own, tree) {
            (Some(own), tree) if tree.is_none_or(|tree| tree <= own) => {
                (Some(own), BoundSource::Certificate)
            }
            (_, Some(tree)) => (Some(tree), BoundSource::SolverTree),
            _ => (None, BoundSource::None),
        };
        // One above a checked solution is wrong: it is cut back and counted.
        if bound.is_some_and(|bound| bound > best.value + 1e-6 * best.value.abs().max(1.0)) {
            counts.insert("bounds_cut_back".to_owned(), 1);
        }
        let bound = bound.map(|bound| bound.min(best.value));
        let mut answer = Answer {
            proofs: self.proofs(&best, prices.as_ref()),
            solution: best.solution,
            value: best.value,
            bound,
            bound_source,
            certificate,
            ending: Ending::Limit,
            engine: engine.to_owned(),
            seconds: self.began.elapsed().as_secs_f64(),
            counts,
        };
        answer.ending = ending(&answer, self.ask, self.progress);
        Ok(answer)
    }

    /// Locked sites are as they are in every solution. Of the others, those are proven whose opposite
    /// costs more than the solution even by the bound.
    fn proofs(&self, best: &Best, prices: Option<&Prices>) -> Vec<Proof> {
        let proven = |at: usize| {
            let site = &self.problem.sites[at];
            if site.lock != SiteLock::Free {
                return true;
            }
            let Some(prices) = prices else { return false };
            let term = prices.sites[at];
            let opposite = if best.solution.open[at] {
                (-term).max(0.0)
            } else {
                term.max(0.0)
            };
            site.parent.is_none() && prices.bound + opposite > best.value + 1e-9 * best.value.abs()
        };
        let label = |at| {
            if proven(at) {
                Proof::Proven
            } else {
                Proof::BestFound
            }
        };
        (0..self.problem.sites.len()).map(label).collect()
    }
}
