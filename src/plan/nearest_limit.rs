//! Where no plan can be: for each rule at fault the nearest limit that would work.
//!
//! A rule is taken off first, to see that a plan exists without it and how near that comes to the limit; then
//! limits between are planned for, each halving what is open. What an arrangement leaves people is measured as it is,
//! so that a limit that works is one of the real distances and shares of the place.

use super::compile::Compiled;
use super::infeasible::{contradictions, homeless, out_of_reach, rule_named};
use super::limits::capacity::lacking;
use super::solve::{compiled, with_sources};
use crate::access::{Arrangement, Verdict, assess, today};
use crate::place::{AccessRule, MeanLimit, Objective, Place, RuleKind};
use crate::siting::{
    Ask, Elastic, Limit as Broken, Progress, Quiet, SitingError, explain_infeasible, solve,
};
use crate::travel::Travel;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// Rules for which a limit is looked for.
const RULES: usize = 4;

/// Limits tried for one rule.
const TRIALS: usize = 14;

/// A search shorter than this is not worth starting.
const LEAST: Duration = Duration::from_millis(50);

/// One limit is looked at no longer than this.
const ONE: Duration = Duration::from_secs(3);

/// For each access rule that alone, or beside others, leaves a place without a plan: where today stands, and the
/// nearest limit with which there is one, a sentence each. Empty where locks or money are at fault, or the time is
/// up.
pub fn nearest_limits(
    place: &Place,
    travel: &Travel,
    objective: Objective,
    time: Duration,
    progress: &dyn Progress,
) -> Vec<String> {
    let look = Look {
        travel,
        objective,
        until: Instant::now() + time,
        progress,
    };
    let faulty: Vec<usize> = look.faulty(place).into_iter().take(RULES).collect();
    let told = faulty.iter().filter_map(|rule| {
        let others = faulty.iter().copied().filter(|other| other != rule);
        look.nearest(place, *rule, &others.collect::<Vec<_>>())
    });
    told.collect()
}

/// What is the same for every search.
struct Look<'a> {
    travel: &'a Travel,
    objective: Objective,
    until: Instant,
    progress: &'a dyn Progress,
}

/// Whether a place has a plan.
enum Found {
    Plan(Arrangement),
    /// It is proven to have none.
    None,
    /// Neither was found in the time.
    Nothing,
}

impl Look<'_> {
    fn left(&self) -> Option<Duration> {
        let left = self.until.saturating_duration_since(Instant::now());
        (left >= LEAST && !self.progress.cancelled()).then_some(left)
    }

    /// The rules that cannot be kept whatever is chosen; else those that the arrangement nearest to a plan breaks.
    fn faulty(&self, place: &Place) -> BTreeSet<usize> {
        with_sources(place, self.travel, self.objective, false, |from| {
            if !contradictions(from).is_empty() || !homeless(from).is_empty() {
                return BTreeSet::new();
            }
            let compiled = from.compile();
            let reasons = out_of_reach(from, &compiled.problem);
            let alone = place.rules.iter().enumerate().filter(|(_, rule)| {
                let about = format!("rule {} (", rule.id);
                reasons.iter().any(|reason| reason.starts_with(&about))
            });
            let alone: BTreeSet<usize> = alone.map(|(at, _)| at).collect();
            match alone.is_empty() {
                true => self.broken(place, &compiled),
                false => alone,
            }
        })
    }

    /// The rules that the arrangement nearest to a plan breaks.
    fn broken(&self, place: &Place, compiled: &Compiled) -> BTreeSet<usize> {
        let Some(time) = self.left().map(|left| left.min(ONE)) else {
            return BTreeSet::new();
        };
        let (problem, quiet) = (&compiled.problem, Quiet(self.progress));
        let Ok(miss) = explain_infeasible(problem, &Elastic::default(), time, &quiet) else {
            return BTreeSet::new();
        };
        let covers = miss.broken.iter().filter_map(|one| match one.limit {
            Broken::Each(reach, cover, _)
            | Broken::Share(reach, cover)
            | Broken::Mean(reach, cover) => Some(&problem.reaches[reach].covers[cover]),
            _ => None,
        });
        let rules = covers.filter(|cover| cover.is_hard()).filter_map(|cover| {
            let id = &rule_named(place, cover.name())?.id;
            place.rules.iter().position(|rule| rule.id == *id)
        });
        rules.collect()
    }

    /// A plan of a place, as quickly as one is found.
    fn plan(&self, place: &Place) -> Found {
        let Some(left) = self.left() else {
            return Found::Nothing;
        };
        with_sources(place, self.travel, self.objective, false, |from| {
            let Ok(compiled) = compiled(from) else {
                return Found::None;
            };
            let ask = Ask {
                gap: 1.0e9,
                time: left.min(ONE),
                seed: 1,
                rounds: None,
                least_travel_within: None,
            };
            match solve(&compiled.problem, &ask, &Quiet(self.progress)) {
                Ok(answer) => {
                    let choice = from.choice(&compiled, &answer.solution);
                    match lacking(from, &choice).is_empty() {
                        true => Found::Plan(choice.arrangement),
                        // Who goes where leaves too little room: that says nothing of other arrangements.
                        false => Found::Nothing,
                    }
                }
                Err(SitingError::Infeasible | SitingError::Invalid { .. }) => Found::None,
                Err(_) => Found::Nothing,
            }
        })
    }

    /// What a rule measures under an arrangement, as a limit of its own.
    fn measured(&self, place: &Place, rule: usize, arrangement: &Arrangement) -> Option<f64> {
        let today = today(place, self.travel);
        let stands = assess(place, self.travel, &today, arrangement).swap_remove(rule);
        match place.rules[rule].kind {
            RuleKind::Mean(MeanLimit::Relative(_)) => {
                Some(stands.after? / stands.today.filter(|far| *far > 0.0)? - 1.0)
            }
            RuleKind::NoGroupWorse { .. }
            | RuleKind::Capacity { .. }
            | RuleKind::Displacement { .. } => None,
            _ => stands.after,
        }
    }

    /// The nearest limit of a rule with which there is a plan, others left out.
    fn nearest(&self, place: &Place, rule: usize, others: &[usize]) -> Option<String> {
        let stated = &place.rules[rule];
        let with = |kept: Option<&AccessRule>| {
            let mut other = place.clone();
            for (at, one) in other.rules.iter_mut().enumerate() {
                // A soft rule without a price asks for nothing, and keeps its position.
                let off = others.contains(&at) || (at == rule && kept.is_none());
                if let (true, Some(kept)) = (at == rule, kept) {
                    one.clone_from(kept);
                }
                if off {
                    (one.hard, one.price_gbp) = (false, None);
                }
            }
            other
        };
        if !others.is_empty() {
            match self.plan(&with(Some(stated))) {
                Found::Plan(_) => {
                    let others = ids(place, others);
                    return Some(format!(
                        "{} can be kept as it is, were it not for {others}",
                        stated.id
                    ));
                }
                Found::Nothing => return None,
                Found::None => {}
            }
        }
        let Found::Plan(without) = self.plan(&with(None)) else {
            return None;
        };
        let looser = self.measured(place, rule, &without)?;
        let search = Bisection {
            rule: stated,
            tight: stated.threshold(),
            loose: stated.rounded(looser),
        };
        let found = search.run(|threshold| {
            let other = with(Some(&stated.with_threshold(threshold)));
            match self.plan(&other) {
                Found::Plan(arrangement) => Some(Ok(self
                    .measured(&other, rule, &arrangement)
                    .unwrap_or(threshold))),
                Found::None => Some(Err(())),
                Found::Nothing => None,
            }
        });
        Some(self.in_words(place, rule, others, &found))
    }

    fn in_words(
        &self,
        place: &Place,
        rule: usize,
        others: &[usize],
        found: &Bisection<'_>,
    ) -> String {
        let stated = &place.rules[rule];
        let words = |threshold: f64| {
            let mut other = place.clone();
            other.rules[rule] = stated.with_threshold(threshold);
            today(&other, self.travel).limits[rule].in_words(&other.rules[rule])
        };
        let now = assess(
            place,
            self.travel,
            &today(place, self.travel),
            &Arrangement::today(place),
        );
        let now = &now[rule];
        let keeping = match now.verdict {
            // What today breaks already is let be, unless the rule is strict.
            Verdict::FailsToday if !stated.strict => "keeping everything as it is would keep it",
            Verdict::Fail | Verdict::FailsToday => {
                "keeping everything as it is would not keep it either"
            }
            _ => "keeping everything as it is would keep it",
        };
        let rest = match others.is_empty() {
            true => String::new(),
            false => format!(", were it not for {}", ids(place, others)),
        };
        let least = match found.step() {
            step if (found.tight - found.loose).abs() <= step * 1.5 => {
                format!("there is none with {}", words(found.tight))
            }
            _ => format!(
                "nearer to it none was found; {} has none",
                words(found.tight)
            ),
        };
        format!(
            "the nearest limit found for {} with which there is a plan{rest}: {}; {least}; {keeping}",
            stated.id,
            words(found.loose)
        )
    }
}

fn ids(place: &Place, rules: &[usize]) -> String {
    let ids = rules.iter().map(|at| place.rules[*at].id.as_str());
    ids.collect::<Vec<_>>().join(", ")
}

/// A limit that is too tight, and one that works.
struct Bisection<'a> {
    rule: &'a AccessRule,
    tight: f64,
    loose: f64,
}

impl Bisection<'_> {
    /// What makes a difference to people.
    fn step(&self) -> f64 {
        self.rule.step()
    }

    /// Halves what lies between as long as somebody tells whether a limit works, and what then is kept.
    fn run(mut self, works: impl Fn(f64) -> Option<Result<f64, ()>>) -> Self {
        for _ in 0..TRIALS {
            if (self.tight - self.loose).abs() <= self.step() * 1.5 {
                break;
            }
            let middle = self.rule.rounded((self.tight + self.loose) / 2.0);
            match works(middle) {
                Some(Ok(kept)) => {
                    let kept = self.rule.rounded(kept);
                    let tighter = match self.rule.more_is_tighter() {
                        true => kept.max(middle),
                        false => kept.min(middle),
                    };
                    self.loose = tighter;
                }
                Some(Err(())) => self.tight = middle,
                None => break,
            }
        }
        self
    }
}
