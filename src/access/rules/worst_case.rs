//! R2 `worst_case`: nobody is further from the service than a distance, or than today and an
//! increase.

use super::Scope;
use super::limit::{Standing, judge, shown};
use super::scope::{people, zones_beyond};
use crate::access::Verdict;
use crate::place::{AccessRule, Distance, Place, ZoneIx};

/// What a `worst_case` rule enforces.
#[derive(Clone, Debug, PartialEq)]
pub struct WorstCase {
    /// Whom it counts.
    pub scope: Scope,
    /// The distance as stated, included.
    pub limit: Distance,
    /// How much further than today a zone may be sent.
    pub increase: Distance,
    /// The limit of every zone of the place: the greater of `limit` and today + `increase`, or
    /// `limit` where strict. `None` where the zone does not count.
    pub limits: Vec<Option<Distance>>,
    /// The greatest distance today.
    pub today: Option<Distance>,
    /// Weight further than `limit` today.
    pub short_today: u64,
}

impl WorstCase {
    pub(super) fn new(
        rule: &AccessRule,
        scope: Scope,
        today: &[Option<Distance>],
        limit: Distance,
        increase: Distance,
    ) -> Self {
        let mut limits = vec![None; scope.weights.len()];
        for (zone, _, distance) in scope.with(today) {
            let relative = distance.map_or(0, |far| far.steps().saturating_add(increase.steps()));
            limits[zone.index()] = Some(match rule.strict {
                true => limit,
                false => limit.max(Distance(relative)),
            });
        }
        Self {
            limit,
            increase,
            limits,
            today: greatest(&scope, today),
            short_today: beyond(&scope, today, |_| limit),
            scope,
        }
    }

    /// The limit enforced for a zone; as stated where it does not count.
    pub fn limit_of(&self, zone: ZoneIx) -> Distance {
        let own = self.limits.get(zone.index()).copied().flatten();
        own.unwrap_or(self.limit)
    }

    pub(super) fn standing(
        &self,
        place: &Place,
        rule: &AccessRule,
        after: &[Option<Distance>],
    ) -> Standing {
        let scope = &self.scope;
        let unit = rule.measure.unit;
        let user = |distance: Option<Distance>| distance.map(|far| far.to_user(unit));
        let short = beyond(scope, after, |_| self.limit);
        let broken = beyond(scope, after, |zone| self.limit_of(zone));
        Standing {
            words: self.words(rule),
            today: user(self.today),
            enforced: user(self.limits.iter().copied().flatten().max()),
            after: user(greatest(scope, after)),
            people_short_today: people(self.short_today),
            people_short_after: people(short),
            worst: zones_beyond(place, rule, scope, after, |zone| self.limit_of(zone)),
            verdict: match scope.is_empty() {
                true => Verdict::Empty,
                false => judge(rule, short == 0, broken == 0),
            },
        }
    }

    fn words(&self, rule: &AccessRule) -> String {
        let limit = shown(rule, self.limit);
        match (rule.strict, self.increase) {
            (true, _) => format!("everybody within {limit}"),
            (false, Distance(0)) => format!("everybody within {limit} or today's distance"),
            (false, increase) => format!(
                "everybody within {limit} or {} more than today",
                shown(rule, increase)
            ),
        }
    }
}

/// Weight of the zones beyond their limits; those that reach nothing are.
fn beyond(
    scope: &Scope,
    distances: &[Option<Distance>],
    limit: impl Fn(ZoneIx) -> Distance,
) -> u64 {
    scope
        .with(distances)
        .filter(|(zone, _, distance)| distance.is_none_or(|far| far > limit(*zone)))
        .map(|(_, weight, _)| weight)
        .sum()
}

/// The greatest distance; `None` where nobody counts or somebody reaches nothing.
fn greatest(scope: &Scope, distances: &[Option<Distance>]) -> Option<Distance> {
    let all: Option<Vec<_>> = scope.with(distances).map(|(_, _, far)| far).collect();
    all?.into_iter().max()
}
