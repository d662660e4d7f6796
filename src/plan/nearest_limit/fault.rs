//! Which limits leave a place without a plan.

use super::{Look, ONE};
use crate::place::{Place, RuleKind};
use crate::plan::compile::{Compiled, Sources};
use crate::plan::infeasible::{contradictions, homeless, out_of_reach, rule_named};
use crate::plan::limits::{capacity, money};
use crate::plan::solve::with_sources;
use crate::siting::{Elastic, Limit as Broken, Problem, Quiet, explain_infeasible};
use std::collections::BTreeSet;

/// The share of the time in which another limit is looked at is one in so many.
const BESIDE: usize = 8;

/// A limit at fault. Those on access come first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fault {
    /// An access rule, by position.
    Rule(usize),
    /// A limit on money.
    Money {
        /// In words: the name of its rows.
        words: String,
        /// The id that it is asked about by.
        id: String,
    },
}

impl Fault {
    pub(super) fn id(&self, place: &Place) -> String {
        match self {
            Fault::Rule(at) => place.rules[*at].id.to_string(),
            Fault::Money { id, .. } => id.clone(),
        }
    }
}

/// The ids of some.
pub(super) fn ids(place: &Place, faults: &[Fault]) -> String {
    let ids = faults.iter().map(|fault| fault.id(place));
    ids.collect::<Vec<_>>().join(", ")
}

/// The place in which the rules among some limits ask for nothing.
pub(super) fn without(place: &Place, faults: &[Fault]) -> Place {
    let mut without = place.clone();
    for fault in faults {
        if let Fault::Rule(at) = fault {
            // A soft rule without a price asks for nothing, and keeps its position.
            let rule = &mut without.rules[*at];
            (rule.hard, rule.price_gbp) = (false, None);
        }
    }
    without
}

/// Leaves the limits on money among some out of a problem.
pub(super) fn drop_rows(problem: &mut Problem, faults: &[Fault]) {
    problem.rows.retain(|row| {
        !faults
            .iter()
            .any(|fault| matches!(fault, Fault::Money { words, .. } if *words == row.name))
    });
}

impl Look<'_> {
    /// The limits that cannot be kept whatever is chosen; else those that the arrangement nearest to a plan breaks;
    /// else those that count where everybody goes.
    pub(super) fn at_fault(&self, place: &Place) -> BTreeSet<Fault> {
        with_sources(place, self.travel, self.objective, false, |from| {
            if !contradictions(from).is_empty() {
                return BTreeSet::new();
            }
            if !homeless(from).is_empty() {
                return rules(place, |kind| matches!(kind, RuleKind::Displacement { .. }));
            }
            let compiled = from.compile();
            let reasons = out_of_reach(from, &compiled.problem);
            let alone = place.rules.iter().enumerate().filter(|(_, rule)| {
                let about = format!("rule {} (", rule.id);
                reasons.iter().any(|reason| reason.starts_with(&about))
            });
            let alone: BTreeSet<Fault> = alone.map(|(at, _)| Fault::Rule(at)).collect();
            if alone.is_empty() {
                return self.broken(from, &compiled);
            }
            // What such a rule hides is at fault as well.
            let others: Vec<Fault> = alone.iter().cloned().collect();
            let eased = without(place, &others);
            let hidden = with_sources(&eased, self.travel, self.objective, false, |from| {
                self.broken(from, &from.compile())
            });
            alone.into_iter().chain(hidden).collect()
        })
    }

    /// Where a limit on money is at fault, the other limits on money without one of which there is a plan too: of two
    /// that clash the nearest arrangement breaks only one.
    pub(super) fn beside(&self, place: &Place, at_fault: &[Fault]) -> Vec<Fault> {
        let is_money = |fault: &Fault| matches!(fault, Fault::Money { .. });
        if !at_fault.iter().any(is_money) {
            return Vec::new();
        }
        let all = with_sources(place, self.travel, self.objective, false, |from| {
            let limits = money::limits(&from.sums());
            let all = limits.iter().map(|limit| Fault::Money {
                words: limit.words(),
                id: limit.id(place),
            });
            all.collect::<Vec<_>>()
        });
        let rules: Vec<Fault> = at_fault.iter().filter(|f| !is_money(f)).cloned().collect();
        let eased = without(place, &rules);
        let others = all.into_iter().filter(|one| !at_fault.contains(one));
        let clash = others.filter(|one| {
            let share = self.one_of(BESIDE);
            share.is_some_and(|look| look.plan(&eased, std::slice::from_ref(one)).is_ok())
        });
        clash.collect()
    }

    /// The limits that the arrangement nearest to a plan breaks.
    fn broken(&self, from: &Sources<'_>, compiled: &Compiled) -> BTreeSet<Fault> {
        let place = from.place;
        let Some(time) = self.left().map(|left| left.min(ONE)) else {
            return BTreeSet::new();
        };
        let (problem, quiet) = (&compiled.problem, Quiet(self.progress));
        let Ok(miss) = explain_infeasible(problem, &Elastic::default(), time, &quiet) else {
            return BTreeSet::new();
        };
        if miss.broken.is_empty() && capacity::is_asked(from) {
            return rules(place, |kind| matches!(kind, RuleKind::Capacity { .. }));
        }
        let limits = money::limits(&from.sums());
        let faults = miss.broken.iter().filter_map(|one| match one.limit {
            Broken::Each(reach, cover, _)
            | Broken::Share(reach, cover)
            | Broken::Mean(reach, cover) => {
                let cover = &problem.reaches[reach].covers[cover];
                let id = &rule_named(place, cover.name())?.id;
                let at = place.rules.iter().position(|rule| rule.id == *id)?;
                cover.is_hard().then_some(Fault::Rule(at))
            }
            Broken::Row(row) => {
                let words = &problem.rows[row].name;
                let limit = limits.iter().find(|limit| limit.words() == *words)?;
                Some(Fault::Money {
                    words: words.clone(),
                    id: limit.id(place),
                })
            }
            _ => None,
        });
        faults.collect()
    }
}

/// The hard rules of a kind.
fn rules(place: &Place, is: impl Fn(&RuleKind) -> bool) -> BTreeSet<Fault> {
    let all = place.rules.iter().enumerate();
    all.filter(|(_, rule)| rule.hard && is(&rule.kind))
        .map(|(at, _)| Fault::Rule(at))
        .collect()
}
