//! Hard rules on capacity, kept by solving again with what a solution lacks.

use super::choice::Choice;
use super::compile::{Compiled, Sources};
use super::error::PlanError;
use super::limits::capacity::{is_asked, lacking, too_full};
use crate::siting::clock::from_now;
use crate::siting::{Answer, Ask, Ending, Progress, SitingError, Solution, check, solve};
use std::time::{Duration, Instant};

/// How often a problem is solved again.
const ROUNDS: u32 = 30;

/// Share of the first stage's time that its first solution may take where a rule may ask for others.
pub(super) const FIRST_SOLUTION: f64 = 0.6;

/// Share of the first stage's time for each solution after that. It is the same whatever the clock says, so
/// that the engine's schedule is: the clock only ends the rounds.
const EACH_ROUND: f64 = 0.125;

/// Shares of the second stage's time for each of its solutions: it may always leave things as they are.
const TRAVEL_ROUNDS: [f64; 4] = [0.5, 0.25, 0.125, 0.125];

/// The problem and the answer with every hard rule on capacity kept; `None` where the first answer keeps
/// them. What was proven of the first problem stays proven: it asked for less. `stage` is the time of the
/// first stage, which `until` ends.
pub(super) fn kept(
    from: &Sources<'_>,
    compiled: &Compiled,
    first: &Answer,
    ask: &Ask,
    (stage, until): (Duration, Instant),
    progress: &dyn Progress,
) -> Result<Option<(Compiled, Answer)>, PlanError> {
    let mut choice = from.choice(compiled, &first.solution);
    let mut rows = lacking(from, &choice);
    if rows.is_empty() {
        return Ok(None);
    }
    let mut tight = compiled.clone();
    let ask = Ask {
        time: stage.mul_f64(EACH_ROUND),
        ..ask.clone()
    };
    for _ in 0..ROUNDS {
        if rows.iter().any(|row| row.terms.is_empty()) {
            // Nothing takes anybody from a counter that cannot leave.
            return Err(PlanError::Infeasible {
                reasons: too_full(from, &choice),
            });
        }
        tight.problem.rows.extend(rows);
        if Instant::now() >= until || progress.cancelled() {
            break;
        }
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

/// Solves for less travel, and again with what the solution lacks, which is added to the problem; `None` where nothing
/// was found that keeps every rule.
pub(super) fn least_travel(
    from: &Sources<'_>,
    compiled: &mut Compiled,
    ask: &Ask,
    progress: &dyn Progress,
) -> Option<(Answer, Choice)> {
    let until = from_now(ask.time);
    for time in travel_times(ask.time, is_asked(from)) {
        if Instant::now() >= until {
            return None;
        }
        let ask = Ask {
            time,
            ..ask.clone()
        };
        let answer = solve(&compiled.problem, &ask, progress).ok()?;
        let choice = from.choice(compiled, &answer.solution);
        let rows = lacking(from, &choice);
        if rows.is_empty() {
            return Some((answer, choice));
        }
        rows.iter().all(|row| !row.terms.is_empty()).then_some(())?;
        compiled.problem.rows.extend(rows);
    }
    None
}

/// The time of each solution of the second stage: all for one where no rule asks for another.
fn travel_times(all: Duration, is_asked: bool) -> Vec<Duration> {
    match is_asked {
        true => TRAVEL_ROUNDS.map(|share| all.mul_f64(share)).to_vec(),
        false => vec![all],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_rule_the_second_stage_is_asked_once_for_all_of_its_time() {
        let all = Duration::from_secs(10);
        assert_eq!(travel_times(all, false), [all]);
    }

    #[test]
    fn with_a_rule_the_times_are_fixed_and_fit_in_the_stage() {
        let all = Duration::from_secs(8);
        let times = travel_times(all, true);
        assert_eq!(times.iter().sum::<Duration>(), all);
        assert_eq!(times, [4, 2, 1, 1].map(Duration::from_secs));
    }
}
