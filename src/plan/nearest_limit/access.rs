//! The nearest limit on access that would work, by halving what lies between.

use super::fault::{self, Fault};
use super::{Look, Nearest, NoPlan};
use crate::access::{Arrangement, Verdict, assess, longer, today, worst_group};
use crate::place::{AccessRule, MeanLimit, Place, RuleKind};

/// Limits tried for one rule.
const TRIALS: usize = 14;

impl Look<'_> {
    /// The nearest limit of a rule with which there is a plan, others left out.
    pub(super) fn nearest_rule(
        &self,
        place: &Place,
        rule: usize,
        others: &[Fault],
    ) -> Option<Nearest> {
        let stated = &place.rules[rule];
        let place = &fault::without(place, others);
        let with = |threshold: f64| {
            let mut other = place.clone();
            other.rules[rule] = stated.with_threshold(threshold);
            other
        };
        let off = fault::without(place, &[Fault::Rule(rule)]);
        let without = self.plan(&off, others).ok()?;
        let looser = self.measured(place, rule, &without.arrangement)?;
        let found = Bisection {
            rule: stated,
            tight: stated.threshold(),
            loose: stated.rounded(looser),
        };
        let found = found.run(|threshold| {
            let other = with(threshold);
            match self.plan(&other, others) {
                Ok(choice) => Some(Ok(self
                    .measured(&other, rule, &choice.arrangement)
                    .unwrap_or(threshold))),
                Err(NoPlan::Proven) => Some(Err(())),
                Err(NoPlan::NotFound) => None,
            }
        });
        let words = |threshold: f64| {
            let other = with(threshold);
            today(&other, self.travel).limits[rule].in_words(&other.rules[rule])
        };
        Some(Nearest {
            works: words(found.loose),
            fails: (found.tight != stated.threshold() || self.is_none(place, others))
                .then(|| words(found.tight)),
            is_next: found.is_next(),
            today_keeps: self.today_keeps(place, rule),
            held_by: Vec::new(),
        })
    }

    /// Whether it is proven that there is no plan with the rule as it is stated.
    fn is_none(&self, place: &Place, others: &[Fault]) -> bool {
        self.is_proven || matches!(self.plan(place, others), Err(NoPlan::Proven))
    }

    fn today_keeps(&self, place: &Place, rule: usize) -> bool {
        let now = Arrangement::today(place);
        let now = assess(place, self.travel, &today(place, self.travel), &now);
        match now[rule].verdict {
            // What today breaks already is let be, unless the rule is strict.
            Verdict::FailsToday => !place.rules[rule].strict,
            verdict => verdict != Verdict::Fail,
        }
    }

    /// What a rule measures under an arrangement, as a limit of its own.
    fn measured(&self, place: &Place, rule: usize, arrangement: &Arrangement) -> Option<f64> {
        let now = today(place, self.travel);
        let stands = assess(place, self.travel, &now, arrangement).swap_remove(rule);
        match place.rules[rule].kind {
            RuleKind::Mean(MeanLimit::Relative(_)) => longer(&stands),
            RuleKind::NoGroupWorse { .. } => worst_group(place, self.travel, rule, arrangement),
            // As often as people could come before the fullest host is full.
            RuleKind::Capacity { visits_per_person } => stands
                .after
                .filter(|used| *used > 0.0)
                .map(|used| visits_per_person / used),
            _ => stands.after,
        }
    }
}

/// A limit that is too tight, and one that works.
struct Bisection<'a> {
    rule: &'a AccessRule,
    tight: f64,
    loose: f64,
}

impl Bisection<'_> {
    /// Whether nothing that makes a difference to people lies between.
    fn is_next(&self) -> bool {
        (self.tight - self.loose).abs() <= self.rule.step() * 1.5
    }

    /// Halves what lies between as long as somebody tells whether a limit works, and what then is kept.
    fn run(mut self, works: impl Fn(f64) -> Option<Result<f64, ()>>) -> Self {
        for _ in 0..TRIALS {
            if self.is_next() {
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
