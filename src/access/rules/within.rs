//! R1 `within`: at least a share of the demand lies within a distance of the service.

use super::limit::{Standing, judge, shown};
use super::scope::{people, zones_beyond};
use super::{Scope, share_of};
use crate::access::Verdict;
use crate::place::{AccessRule, Distance, Place};

/// What a `within` rule enforces.
#[derive(Clone, Debug, PartialEq)]
pub struct Within {
    /// Whom it counts.
    pub scope: Scope,
    /// The distance, included.
    pub limit: Distance,
    /// The share asked for.
    pub share: f64,
    /// The least weight within the limit, as stated: ⌈share × total⌉.
    pub stated: u64,
    /// The weight within the limit today.
    pub covered_today: u64,
    /// The least weight enforced: the smaller of both, unless strict.
    pub enforced: u64,
}

impl Within {
    pub(super) fn new(
        rule: &AccessRule,
        scope: Scope,
        today: &[Option<Distance>],
        limit: Distance,
        share: f64,
    ) -> Self {
        let stated = share_of(scope.total, share);
        let covered_today = covered(&scope, today, limit);
        let enforced = match rule.strict {
            true => stated,
            false => stated.min(covered_today),
        };
        Self {
            scope,
            limit,
            share,
            stated,
            covered_today,
            enforced,
        }
    }

    pub(super) fn standing(
        &self,
        place: &Place,
        rule: &AccessRule,
        after: &[Option<Distance>],
    ) -> Standing {
        let scope = &self.scope;
        let now = covered(scope, after, self.limit);
        let short = zones_beyond(place, rule, scope, after, |_| self.limit);
        Standing {
            words: format!(
                "{:.1} % within {}",
                self.share * 100.0,
                shown(rule, self.limit)
            ),
            today: scope.share(self.covered_today),
            enforced: scope.share(self.enforced),
            after: scope.share(now),
            people_short_today: people(scope.total - self.covered_today),
            people_short_after: people(scope.total - now),
            worst: short,
            verdict: match scope.is_empty() {
                true => Verdict::Empty,
                false => judge(rule, now >= self.stated, now >= self.enforced),
            },
        }
    }
}

/// Weight of the zones that are within the limit.
fn covered(scope: &Scope, distances: &[Option<Distance>], limit: Distance) -> u64 {
    scope
        .with(distances)
        .filter(|(_, _, distance)| distance.is_some_and(|far| far <= limit))
        .map(|(_, weight, _)| weight)
        .sum()
}
