//! Hard rules on capacity, kept by solving again with what a solution lacks.

use super::choice::Choice;
use super::compile::{Compiled, Sources};
use super::error::PlanError;
use super::limits::capacity::{lacking, too_full};
use crate::siting::{Answer, Ask, Ending, Problem, Progress, SitingError, Solution, check, solve};
use std::time::Instant;

/// How often a problem is solved again.
const ROUNDS: u32 = 30;

/// How often the second stage is: it may always leave things as they are.
const TRAVEL_ROUNDS: u32 = 4;

/// The problem and the answer with every hard rule on capacity kept; `None` where the first answer keeps
/// them. What was proven of the first problem stays proven: it asked for less.
pub(super) fn kept(
    from: &Sources<'_>,
    compiled: &Compiled,
    first: &Answer,
    ask: &Ask,
    until: Instant,
    progress: &dyn Progress,
) -> Result<Option<(Compiled, Answer)>, PlanError> {
    let mut choice = from.choice(compiled, &first.solution);
    let mut rows = lacking(from, &choice);
    if rows.is_empty() {
        return Ok(None);
    }
    let mut tight = compiled.clone();
    for _ in 0..ROUNDS {
        if rows.iter().any(|row| row.terms.is_empty()) {
            // Nothing takes anybody from a counter that cannot leave.
            return Err(PlanError::Infeasible {
                reasons: too_full(from, &choice),
            });
        }
        tight.problem.rows.extend(rows);
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() || progress.cancelled() {
            break;
        }
        let ask = Ask {
            time: left,
            ..ask.clone()
        };
        let answer = match solve(&tight.problem, &ask, progress) {
            Ok(answer) => answer,
            Err(SitingError::Infeasible) => {
                return Err(PlanError::Infeasible {
                    reasons: too_full(from, &choice),
                });
            }
            Err(SitingError::NothingFound) => break,
            Err(other) => return Err(PlanError::Siting(other)),
        };
        choice = from.choice(compiled, &answer.solution);
        rows = lacking(from, &choice);
        if rows.is_empty() {
            let answer = Answer {
                solution: answer.solution,
                value: answer.value,
                ending: answer.ending,
                ..first.clone()
            };
            return Ok(Some((tight, answer)));
        }
    }
    match today(from, &tight) {
        Some(solution) => {
            let answer = Answer {
                solution,
                ending: Ending::Limit,
                ..first.clone()
            };
            Ok(Some((tight, answer)))
        }
        None => Err(PlanError::Unkept {
            reasons: too_full(from, &choice),
        }),
    }
}

/// Today, where it keeps every limit.
fn today(from: &Sources<'_>, tight: &Compiled) -> Option<Solution> {
    let today = Choice::today(from.place);
    let chosen: Option<Vec<usize>> = from.positions(&today.arrangement).into_iter().collect();
    let mut chosen = chosen?;
    chosen.sort_unstable();
    let solution = Solution {
        shares: vec![1.0; chosen.len()],
        open: tight.open(&today),
        chosen,
    };
    let holds = check(&tight.problem, &solution).is_ok();
    (holds && lacking(from, &today).is_empty()).then_some(solution)
}

/// Solves for less travel, and again with what the solution lacks; `None` where nothing was found that
/// keeps every rule.
pub(super) fn least_travel(
    from: &Sources<'_>,
    compiled: &Compiled,
    mut problem: Problem,
    ask: &Ask,
    progress: &dyn Progress,
) -> Option<(Answer, Choice)> {
    let until = Instant::now() + ask.time;
    for _ in 0..TRAVEL_ROUNDS {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return None;
        }
        let ask = Ask {
            time: left,
            ..ask.clone()
        };
        let answer = solve(&problem, &ask, progress).ok()?;
        let choice = from.choice(compiled, &answer.solution);
        let rows = lacking(from, &choice);
        if rows.is_empty() {
            return Some((answer, choice));
        }
        rows.iter().all(|row| !row.terms.is_empty()).then_some(())?;
        problem.rows.extend(rows);
    }
    None
}
