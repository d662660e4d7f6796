//! The door: checks the problem, makes it smaller, hands it to the engine, and brings the answer back.

use super::answer::{Answer, Ask, BoundSource, Ending, Progress, Proof, SitingError, Solution};
use super::certificate::Certificate;
use super::check::{Objective, check_valid, value_valid};
use super::engine::{Run, WHOLE_MODEL_SITES};
use super::layout::Layout;
use super::problem::Problem;
use super::quiet::Quiet;
use super::reduce::{Counts, Part, parts, reduce};
use super::thrift::cheapest;
use super::validate::{locks_agree, validate};
use std::time::{Duration, Instant};

/// Solves a problem: the best solution found within the time and gap asked for, checked against every
/// hard limit, with a bound that no solution beats.
///
/// # Errors
/// [`SitingError::Invalid`] where the problem is malformed or its locks leave an item nowhere to go, [`SitingError::Infeasible`] where no
/// solution is proven to exist, [`SitingError::NothingFound`] where the limit came first.
pub fn solve(problem: &Problem, ask: &Ask, progress: &dyn Progress) -> Result<Answer, SitingError> {
    validate(problem)?;
    locks_agree(problem)?;
    let mut answer = solve_with(problem, ask, progress, WHOLE_MODEL_SITES)?;
    answer.label_optimal();
    Ok(answer)
}

/// [`solve`], with the whole model beside the decomposition below this many sites.
pub(super) fn solve_with(
    problem: &Problem,
    ask: &Ask,
    progress: &dyn Progress,
    whole_below: usize,
) -> Result<Answer, SitingError> {
    validate(problem)?;
    let began = Instant::now();
    let door = Door {
        ask,
        progress,
        whole_below,
        began,
    };
    if ask.least_travel_within.is_some() {
        return door.least_travel(problem);
    }
    match reduce(problem) {
        None => door.in_parts(problem),
        Some((part, counts)) => {
            let answer = door.in_parts(&part.problem)?;
            door.lift(problem, &[(part, answer)], counts)
        }
    }
}

/// Share of the time for making the least travel cheap.
const THRIFT: f64 = 0.3;

/// Parts of fewer placements than this are solved together: each run of the engine costs something.
const BUNDLE: usize = 200;

/// What every part is asked.
struct Door<'a> {
    ask: &'a Ask,
    progress: &'a dyn Progress,
    whole_below: usize,
    began: Instant,
}

impl Door<'_> {
    /// The least travel, then the least cost of it. Nothing is taken out nor split: that is so for the cost alone.
    fn least_travel(&self, problem: &Problem) -> Result<Answer, SitingError> {
        let sought = Ask {
            time: self.ask.time.mul_f64(1.0 - THRIFT),
            ..self.ask.clone()
        };
        let found = Run::solve(problem, &sought, self.progress, self.now())?;
        let mut answer = cheapest(
            problem,
            found,
            self.ask,
            self.ask.time.mul_f64(THRIFT),
            self.progress,
            self.whole_below,
        );
        answer.seconds = self.began.elapsed().as_secs_f64();
        Ok(answer)
    }

    /// Solves part by part where there are several.
    fn in_parts(&self, problem: &Problem) -> Result<Answer, SitingError> {
        let parts = parts(problem, BUNDLE);
        if parts.is_empty() {
            return Run::solve(problem, self.ask, self.progress, self.now());
        }
        let mut rest: usize = parts.iter().map(|part| part.problem.placements.len()).sum();
        let mut answers = Vec::with_capacity(parts.len());
        for part in parts {
            let own = part.problem.placements.len().max(1);
            let share = own as f64 / rest.max(own) as f64;
            // Where rounds end a part its schedule does not follow the clock at all, and the time is that of all of them.
            let (time, began) = match self.ask.rounds {
                Some(_) => (self.ask.time, self.began),
                None => {
                    let own = self.time_left(answers.is_empty()).mul_f64(share);
                    (own.max(Duration::from_millis(50)), Instant::now())
                }
            };
            let ask = Ask {
                time,
                ..self.ask.clone()
            };
            let quiet = Quiet(self.progress);
            let since = (self.whole_below, began);
            let answer = Run::solve(&part.problem, &ask, &quiet, since)?;
            rest = rest.saturating_sub(own);
            answers.push((part, answer));
        }
        let counts = Counts::from([("parts".to_owned(), answers.len() as u64)]);
        self.lift(problem, &answers, counts)
    }

    /// A run that begins now.
    fn now(&self) -> (usize, Instant) {
        (self.whole_below, Instant::now())
    }

    /// The time left, in eighths of what was asked for, so that a part's schedule does not follow the clock closely.
    fn time_left(&self, is_first: bool) -> Duration {
        const PIECES: f64 = 8.0;
        if is_first {
            return self.ask.time;
        }
        let asked = self.ask.time.as_secs_f64().max(1e-3);
        let spent = (PIECES * self.began.elapsed().as_secs_f64() / asked).ceil();
        self.ask.time.mul_f64((1.0 - spent / PIECES).max(0.0))
    }

    /// The answer of the whole from those of its parts.
    fn lift(
        &self,
        problem: &Problem,
        answers: &[(Part, Answer)],
        mut counts: Counts,
    ) -> Result<Answer, SitingError> {
        let mut solution = Solution::nothing(problem);
        let mut proofs = vec![Proof::BestFound; problem.sites.len()];
        for (part, answer) in answers {
            part.add_solution(&answer.solution, &mut solution);
            part.add_proofs(problem, &answer.proofs, &mut proofs);
            for (what, count) in &answer.counts {
                *counts.entry(what.clone()).or_default() += count;
            }
        }
        let mut chosen: Vec<(usize, f64)> = solution
            .chosen
            .iter()
            .copied()
            .zip(solution.shares.iter().copied())
            .collect();
        chosen.sort_by_key(|choice| choice.0);
        (solution.chosen, solution.shares) = chosen.into_iter().unzip();
        let layout = Layout::new(problem);
        if check_valid(problem, &layout, &solution).is_err() {
            // What was taken out mattered after all: the problem is solved as it is.
            return Run::solve(problem, self.ask, self.progress, self.now());
        }
        let value = value_valid(problem, &layout, &solution, Objective::Cost);
        let certificate = certificate(problem, answers);
        let sum: Option<f64> = answers.iter().map(|(_, answer)| answer.bound).sum();
        let own = certificate.as_ref().map(|certificate| certificate.bound);
        let proven = |(_, answer): &(Part, Answer)| answer.bound_source == BoundSource::Certificate;
        let (bound, bound_source) = if own.is_some() && answers.iter().all(proven) {
            (own, BoundSource::Certificate)
        } else if sum.is_some() {
            (sum, BoundSource::SolverTree)
        } else {
            (None, BoundSource::None)
        };
        let engine = answers
            .iter()
            .map(|(_, answer)| answer.engine.as_str())
            .max();
        let mut answer = Answer {
            solution,
            value,
            bound: bound.map(|bound| bound.min(value)),
            bound_source,
            proofs,
            certificate,
            ending: Ending::Limit,
            engine: engine.unwrap_or_default().to_owned(),
            seconds: self.began.elapsed().as_secs_f64(),
            counts,
        };
        answer.ending = ending(&answer, self.ask, self.progress);
        Ok(answer)
    }
}

/// Why an engine with this answer ended.
pub(super) fn ending(answer: &Answer, ask: &Ask, progress: &dyn Progress) -> Ending {
    if answer.gap().is_some_and(|gap| gap <= ask.gap + 1e-8) {
        Ending::WithinGap
    } else if progress.cancelled() {
        Ending::Cancelled
    } else {
        Ending::Limit
    }
}

/// The parts' multipliers together, and the bound that they give for the whole; `None` where a part has none.
fn certificate(problem: &Problem, answers: &[(Part, Answer)]) -> Option<Certificate> {
    let mut whole = Certificate::zero(problem);
    for (part, answer) in answers {
        part.add_prices(problem, answer.certificate.as_ref()?, &mut whole);
    }
    whole.recomputed(problem)
}
