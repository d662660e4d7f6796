//! Where no plan can be: for each limit at fault the nearest one that would work.
//!
//! A limit is taken off first, to see that a plan exists without it and how near that comes to it. Of a limit on
//! access, limits between are then planned for, each halving what is open; what an arrangement leaves people is
//! measured as it is, so that a limit that works is one of the real distances and shares of the place. A limit on
//! money is a sum, so the least of it that any plan comes to is sought at once.

mod access;
mod fault;
mod money;

use super::choice::Choice;
use super::compile::{Compiled, Sources};
use super::error::PlanError;
use super::solve::{compiled, with_sources};
use super::within_capacity;
use crate::place::{Objective, Place};
use crate::siting::clock::from_now;
use crate::siting::{Ask, Problem, Progress, Quiet, SitingError, solve};
use crate::travel::Travel;
use fault::Fault;
use std::time::{Duration, Instant};

/// Limits for which a nearest one is looked for.
const LIMITS: usize = 4;

/// A search shorter than this is not worth starting.
const LEAST: Duration = Duration::from_millis(50);

/// One limit is looked at no longer than this.
const ONE: Duration = Duration::from_secs(3);

/// For each limit, on access or on money, that alone or beside others leaves a place without a plan: the nearest
/// limit with which there is one, and whether keeping everything as it is would keep it, a sentence each. Empty where
/// locks alone are at fault, or the time is up. `is_proven` says whether it is proven that there is no plan.
pub fn nearest_limits(
    place: &Place,
    travel: &Travel,
    objective: Objective,
    is_proven: bool,
    time: Duration,
    progress: &dyn Progress,
) -> Vec<String> {
    let look = Look {
        travel,
        objective,
        is_proven,
        until: from_now(time),
        progress,
    };
    let mut at_fault: Vec<Fault> = look.at_fault(place).into_iter().collect();
    at_fault.extend(look.beside(place, &at_fault));
    at_fault.truncate(LIMITS);
    let told = at_fault.iter().enumerate().filter_map(|(nth, fault)| {
        let others = at_fault.iter().filter(|other| *other != fault);
        let others: Vec<Fault> = others.cloned().collect();
        look.one_of(at_fault.len() - nth)?
            .nearest(place, fault, &others)
    });
    told.collect()
}

/// What is the same for every search.
struct Look<'a> {
    travel: &'a Travel,
    objective: Objective,
    is_proven: bool,
    until: Instant,
    progress: &'a dyn Progress,
}

/// Why there is no plan to show.
enum NoPlan {
    /// It is proven that there is none.
    Proven,
    /// None was found in the time.
    NotFound,
}

/// The nearest limit found that works, and the nearest that is known not to.
struct Nearest {
    /// The limit with which there is a plan, in words.
    works: String,
    /// A limit with which there is none, in words, where any is known.
    fails: Option<String>,
    /// Whether nothing that is told differently lies between the two.
    is_next: bool,
    /// Whether keeping everything as it is would keep the limit as it is stated.
    today_keeps: bool,
    /// What keeps it from being nearer to what is asked, a clause each.
    held_by: Vec<String>,
}

impl Look<'_> {
    /// The same with one of so many equal shares of the time that is left; `None` where that is not worth starting.
    fn one_of(&self, shares: usize) -> Option<Look<'_>> {
        let share = self.left()? / u32::try_from(shares.max(1)).unwrap_or(u32::MAX);
        Some(Look {
            until: from_now(share),
            ..*self
        })
    }

    fn left(&self) -> Option<Duration> {
        let left = self.until.saturating_duration_since(Instant::now());
        (left >= LEAST && !self.progress.cancelled()).then_some(left)
    }

    /// What one limit comes to, the others left out.
    fn nearest(&self, place: &Place, fault: &Fault, others: &[Fault]) -> Option<String> {
        let (name, rest) = (fault.id(place), fault::ids(place, others));
        if !others.is_empty() {
            let beside = self.found(place, fault, &[]);
            if let Some(nearest) = beside {
                let rest = format!(", {rest} kept as stated");
                return Some(nearest.in_words(&name, &rest));
            }
            match self.plan(&fault::without(place, others), others) {
                Ok(_) => {
                    return Some(format!(
                        "{name} can be kept as it is, were it not for {rest}"
                    ));
                }
                Err(NoPlan::NotFound) => return None,
                Err(NoPlan::Proven) => {}
            }
        }
        let nearest = self.found(place, fault, others)?;
        let rest = match others.is_empty() {
            true => String::new(),
            false => format!(", were it not for {rest}"),
        };
        Some(nearest.in_words(&name, &rest))
    }

    fn found(&self, place: &Place, fault: &Fault, others: &[Fault]) -> Option<Nearest> {
        match fault {
            Fault::Rule(rule) => self.nearest_rule(place, *rule, others),
            Fault::Money { words, .. } => self.nearest_money(place, words, others),
        }
    }

    /// A plan of a place without the rows of some limits on money, as quickly as one is found.
    fn plan(&self, place: &Place, without: &[Fault]) -> Result<Choice, NoPlan> {
        let left = self.left().ok_or(NoPlan::NotFound)?;
        with_sources(place, self.travel, self.objective, false, |from| {
            let mut compiled = compiled(from).map_err(|_| NoPlan::Proven)?;
            fault::drop_rows(&mut compiled.problem, without);
            let ask = Ask {
                gap: 1.0e9,
                time: left.min(ONE),
                seed: 1,
                rounds: None,
                least_travel_within: None,
            };
            let (choice, _) = self.solved(from, &compiled, &compiled.problem, &ask)?;
            Ok(choice)
        })
    }

    /// The solution of a compiled place, which may be made for another objective, with room for everybody where a rule
    /// asks for it, and what is proven of the objective.
    fn solved(
        &self,
        from: &Sources<'_>,
        compiled: &Compiled,
        problem: &Problem,
        ask: &Ask,
    ) -> Result<(Choice, Option<f64>), NoPlan> {
        let quiet = Quiet(self.progress);
        let first = match solve(problem, ask, &quiet) {
            Ok(answer) => answer,
            Err(SitingError::Infeasible | SitingError::LockedOut { .. }) => {
                return Err(NoPlan::Proven);
            }
            Err(_) => return Err(NoPlan::NotFound),
        };
        let mut aimed = compiled.clone();
        aimed.problem.clone_from(problem);
        let until = from_now(ask.time);
        let kept = within_capacity::kept(from, &aimed, &first, ask, (ask.time, until), &quiet);
        let solution = match kept {
            Ok(None) => first.solution,
            Ok(Some((_, answer))) => answer.solution,
            Err(PlanError::Infeasible { .. }) => return Err(NoPlan::Proven),
            Err(_) => return Err(NoPlan::NotFound),
        };
        Ok((from.choice(compiled, &solution), first.bound))
    }
}

impl Nearest {
    fn in_words(&self, name: &str, rest: &str) -> String {
        let keeping = match self.today_keeps {
            true => "keeping everything as it is would keep it",
            false => "keeping everything as it is would not keep it either",
        };
        let none = match (&self.fails, self.is_next) {
            (Some(fails), true) => format!("there is none with {fails}; "),
            (Some(fails), false) => format!("nearer to it none was found; {fails} has none; "),
            (None, _) => "whether a nearer one works was not found out; ".to_owned(),
        };
        let works = &self.works;
        let held = match self.held_by.is_empty() {
            true => String::new(),
            false => format!("; what stops more: {}", self.held_by.join("; ")),
        };
        format!(
            "the nearest limit found for {name} with which there is a plan{rest}: {works}; {none}{keeping}{held}"
        )
    }
}
