//! R3 `mean`: the demand-weighted mean distance to the nearest host.

use super::limit::{Standing, judge, shown};
use super::scope::{mean, people, zones_beyond};
use super::{Scope, share_over};
use crate::access::Verdict;
use crate::place::{AccessRule, Distance, MeanLimit, Place, Unit, ZoneIx};

/// What a `mean` rule enforces. Sums are weight × steps; divided by the scope's total they are means.
#[derive(Clone, Debug, PartialEq)]
pub struct Mean {
    /// Whom it counts.
    pub scope: Scope,
    /// What the rule asks.
    pub asked: MeanLimit,
    /// Today's sum.
    pub today: u64,
    /// The greatest sum, as stated.
    pub stated: u64,
    /// The greatest sum enforced: for an absolute limit the greater of both, unless strict.
    pub enforced: u64,
    /// The furthest host that may serve each zone: 3 × today's distance, at least 5 km or 30
    /// minutes, so that nobody improves a mean by being cut off. `None` where the zone does not
    /// count.
    pub reach: Vec<Option<Distance>>,
}

impl Mean {
    pub(super) fn new(
        rule: &AccessRule,
        scope: Scope,
        distances: &[Option<Distance>],
        asked: MeanLimit,
    ) -> Self {
        // Every zone of a scope reaches a host today.
        let today = sum(&scope, distances).unwrap_or(0);
        let (stated, enforced) = match asked {
            MeanLimit::Relative(over) => {
                let stated = share_over(today, over);
                (stated, stated)
            }
            MeanLimit::Absolute(limit) => {
                let stated = scope.total.saturating_mul(u64::from(limit.steps()));
                let weaker = match rule.strict {
                    true => stated,
                    false => stated.max(today),
                };
                (stated, weaker)
            }
        };
        Self {
            reach: reach(&scope, distances, rule.measure.unit),
            scope,
            asked,
            today,
            stated,
            enforced,
        }
    }

    /// The furthest host that may serve a zone.
    pub fn reach_of(&self, zone: ZoneIx) -> Distance {
        let own = self.reach.get(zone.index()).copied().flatten();
        own.unwrap_or(Distance(u32::MAX))
    }

    pub(super) fn standing(
        &self,
        place: &Place,
        rule: &AccessRule,
        after: &[Option<Distance>],
    ) -> Standing {
        let scope = &self.scope;
        let shown_mean = |sum: u64| mean(sum, scope.total, rule.measure.unit);
        let now = sum(scope, after);
        let cut_off: u64 = scope
            .with(after)
            .filter(|(zone, _, far)| far.is_none_or(|far| far > self.reach_of(*zone)))
            .map(|(_, weight, _)| weight)
            .sum();
        let at_most = |most: u64| cut_off == 0 && now.is_some_and(|now| now <= most);
        Standing {
            words: match self.asked {
                MeanLimit::Absolute(limit) => format!("mean at most {}", shown(rule, limit)),
                MeanLimit::Relative(over) => {
                    format!("mean at most {:.1} % of today's", (1.0 + over) * 100.0)
                }
            },
            today: shown_mean(self.today),
            enforced: shown_mean(self.enforced),
            after: now.and_then(shown_mean),
            people_short_today: 0.0,
            people_short_after: people(cut_off),
            worst: zones_beyond(place, rule, scope, after, |zone| self.reach_of(zone)),
            verdict: match scope.is_empty() {
                true => Verdict::Empty,
                false => judge(rule, at_most(self.stated), at_most(self.enforced)),
            },
        }
    }
}

/// Σ weight × steps; `None` where somebody reaches nothing.
fn sum(scope: &Scope, distances: &[Option<Distance>]) -> Option<u64> {
    scope
        .with(distances)
        .map(|(_, weight, far)| Some(weight.saturating_mul(u64::from(far?.steps()))))
        .try_fold(0_u64, |sum, part| Some(sum.saturating_add(part?)))
}

fn reach(scope: &Scope, distances: &[Option<Distance>], unit: Unit) -> Vec<Option<Distance>> {
    let least = match unit {
        Unit::Km => Distance::from_user(5.0, unit),
        Unit::Minutes => Distance::from_user(30.0, unit),
    };
    let mut reach = vec![None; scope.weights.len()];
    for (zone, _, distance) in scope.with(distances) {
        reach[zone.index()] =
            distance.map(|far| least.max(Distance(far.steps().saturating_mul(3))));
    }
    reach
}
