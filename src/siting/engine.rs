//! The door: checks the problem, chooses an engine, owns time and gap, checks every answer.

use super::answer::{
    Answer, Ask, BoundSource, Ending, Progress, Proof, SitingError, Snapshot, Solution,
};
use super::check::{Objective, check_valid, spread, value_valid};
use super::draft::{Found, Stop};
use super::layout::Layout;
use super::milp::{Aim, Milp};
use super::problem::{Choice, Problem, SiteLock};
use super::validate::validate;
use std::collections::BTreeMap;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// Solves a problem: the best solution found within the time and gap asked for, checked against every
/// hard limit, with a bound that no solution beats.
///
/// # Errors
/// [`SitingError::Invalid`] where the problem is malformed, [`SitingError::Infeasible`] where no
/// solution is proven to exist, [`SitingError::NothingFound`] where the limit came first.
pub fn solve(problem: &Problem, ask: &Ask, progress: &dyn Progress) -> Result<Answer, SitingError> {
    validate(problem)?;
    let layout = Layout::new(problem);
    let run = Run {
        problem,
        layout: &layout,
        ask,
        progress,
        began: Instant::now(),
    };
    run.whole_model()
}

/// The checked solution that a problem starts from, if it keeps every limit.
pub(super) fn started(problem: &Problem, layout: &Layout) -> Option<Solution> {
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
    let keeps = |solution: &Solution| check_valid(problem, layout, solution).is_ok();
    [solution, plain].into_iter().find(keeps)
}

struct Run<'a> {
    problem: &'a Problem,
    layout: &'a Layout,
    ask: &'a Ask,
    progress: &'a dyn Progress,
    began: Instant,
}

/// The best checked solution so far.
struct Best {
    solution: Solution,
    value: f64,
}

impl Run<'_> {
    fn objective(&self) -> Objective {
        if self.ask.least_travel_within.is_some() {
            Objective::Travel
        } else {
            Objective::Cost
        }
    }

    /// Checks a solution and keeps it if it is the best.
    fn consider(&self, best: &mut Option<Best>, solution: Solution) {
        if check_valid(self.problem, self.layout, &solution).is_err() {
            return;
        }
        if let Some(within) = self.ask.least_travel_within {
            let cost = value_valid(self.problem, self.layout, &solution, Objective::Cost);
            if cost > within + super::check::rounding(within) {
                return;
            }
        }
        let value = value_valid(self.problem, self.layout, &solution, self.objective());
        if value.is_finite() && best.as_ref().is_none_or(|best| value < best.value) {
            *best = Some(Best { solution, value });
        }
    }

    fn report(&self, best: Option<&Best>, bound: Option<f64>) {
        let seconds = self.began.elapsed().as_secs_f64();
        self.progress.report(Snapshot {
            value: best.map(|best| best.value),
            bound,
            seconds,
        });
    }

    /// The whole problem as one program, in a thread of its own that is not waited for beyond the
    /// time: HiGHS cannot be interrupted from outside.
    fn whole_model(&self) -> Result<Answer, SitingError> {
        let mut best = None;
        if let Some(start) = started(self.problem, self.layout) {
            self.consider(&mut best, start);
        }
        let aim = self
            .ask
            .least_travel_within
            .map_or(Aim::Cost, |within| Aim::Travel { within });
        let milp = Milp::new(self.problem, self.layout, aim);
        let columns = best.as_ref().and_then(|best| {
            Some(milp.start(&best.solution, &spread(self.problem, &best.solution)?))
        });
        let left = self.ask.time.saturating_sub(self.began.elapsed());
        let stop = Stop {
            seconds: left.as_secs_f64(),
            gap: self.ask.gap,
            nodes: None,
            seed: self.ask.seed,
        };
        let counts = self.counts(&milp);
        let (send, receive) = channel();
        let draft = milp.draft.clone();
        std::thread::spawn(move || {
            // Nobody may be listening any more; then the answer is dropped.
            let _ = send.send(draft.solve(columns.as_deref(), stop));
        });
        let deadline = self.began + self.ask.time + Duration::from_millis(1500);
        let mut said = Instant::now();
        let found = loop {
            match receive.recv_timeout(Duration::from_millis(20)) {
                Ok(found) => break Some(found?),
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(SitingError::Solver("HiGHS ended without an answer".into()));
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
            if self.progress.cancelled() || Instant::now() > deadline {
                break None;
            }
            if said.elapsed() > Duration::from_millis(500) {
                self.report(best.as_ref(), None);
                said = Instant::now();
            }
        };
        let mut bound = None;
        match found {
            Some(Found::Infeasible) if best.is_none() => return Err(SitingError::Infeasible),
            Some(Found::Stopped {
                columns,
                bound: found,
            }) => {
                if let Some(columns) = columns {
                    self.consider(
                        &mut best,
                        milp.solution(self.problem, self.layout, &columns),
                    );
                }
                bound = found;
            }
            // A solution is at hand, so the claim that there is none is wrong and not believed.
            Some(Found::Infeasible) | None => {}
        }
        self.answer(best, bound, counts)
    }

    fn counts(&self, milp: &Milp) -> BTreeMap<String, u64> {
        BTreeMap::from([
            (
                "placements".to_owned(),
                self.problem.placements.len() as u64,
            ),
            ("columns".to_owned(), milp.draft.columns.len() as u64),
            ("rows".to_owned(), milp.draft.rows.len() as u64),
        ])
    }

    fn answer(
        &self,
        best: Option<Best>,
        bound: Option<f64>,
        mut counts: BTreeMap<String, u64>,
    ) -> Result<Answer, SitingError> {
        let Some(best) = best else {
            return Err(SitingError::NothingFound);
        };
        // A tree's bound carries the solver's tolerance; one above a checked solution is cut back and
        // counted.
        let bound = bound.map(|bound| {
            let bound = bound - 1e-9 * bound.abs();
            if bound > best.value {
                counts.insert("bounds_cut_back".to_owned(), 1);
            }
            bound.min(best.value)
        });
        let mut answer = Answer {
            proofs: self.proofs(),
            solution: best.solution,
            value: best.value,
            bound,
            bound_source: if bound.is_some() {
                BoundSource::SolverTree
            } else {
                BoundSource::None
            },
            ending: Ending::Limit,
            engine: "whole model, HiGHS".to_owned(),
            seconds: self.began.elapsed().as_secs_f64(),
            counts,
        };
        answer.ending = if answer.gap().is_some_and(|gap| gap <= self.ask.gap + 1e-8) {
            Ending::WithinGap
        } else if self.progress.cancelled() {
            Ending::Cancelled
        } else {
            Ending::Limit
        };
        Ok(answer)
    }

    /// Locked sites are as they are in every solution; of the others nothing is claimed.
    fn proofs(&self) -> Vec<Proof> {
        let proof = |lock| {
            if lock == SiteLock::Free {
                Proof::BestFound
            } else {
                Proof::Proven
            }
        };
        self.problem
            .sites
            .iter()
            .map(|site| proof(site.lock))
            .collect()
    }
}
