//! R3 `mean`: the demand-weighted mean distance to the nearest host.

use super::Scope;
use super::exact::share_over;
use super::limit::{Standing, judge, shown};
use super::scope::{mean, people, zones_beyond};
use crate::access::Verdict;
use crate::place::words::percent_exact;
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

    pub(super) fn words(&self, rule: &AccessRule) -> String {
        match self.asked {
            MeanLimit::Absolute(limit) => format!("mean at most {}", shown(rule, limit)),
            MeanLimit::Relative(over) => {
                format!("mean at most {} % of today's", percent_exact(1.0 + over))
            }
        }
    }

    /// What the sum is below the one enforced; `None` where somebody reaches nothing.
    pub(super) fn room(&self, after: &[Option<Distance>]) -> Option<i128> {
        Some(i128::from(self.enforced) - i128::from(sum(&self.scope, after)?))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::rules::Limit;
    use crate::access::{Arrangement, assess, today};
    use crate::place::sample::six_buildings;
    use crate::place::{BuildingIx, RuleKind};
    use crate::travel::Travel;

    fn place(asked: MeanLimit) -> Place {
        let mut place = six_buildings();
        place.rules.truncate(1);
        place.rules[0].kind = RuleKind::Mean(asked);
        place
    }

    fn limit(place: &Place) -> Mean {
        let travel = Travel::new(place, Vec::new());
        match today(place, &travel).limits.remove(0) {
            Limit::Mean(limit) => limit,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn todays_sum_is_weight_times_distance() {
        // Z0 and Z1 are 200 m from a library, the others 2, 4 and 6 km along and 200 m off A1.
        let metres: u64 = 260 + 260 + 2_613 + 5_207 + 7_804;
        assert_eq!(
            limit(&place(MeanLimit::Relative(0.0))).today,
            metres * 1_000_000
        );
    }

    #[test]
    fn a_relative_limit_is_rounded_down() {
        let limit = limit(&place(MeanLimit::Relative(0.1)));
        assert_eq!(limit.enforced, limit.today * 11 / 10);
    }

    #[test]
    fn an_absolute_limit_below_today_enforces_today() {
        let limit = limit(&place(MeanLimit::Absolute(Distance(1_000))));
        assert_eq!(limit.stated, 5_000_000_000);
        assert_eq!(limit.enforced, limit.today);
    }

    #[test]
    fn reach_is_at_least_five_km() {
        let limit = limit(&place(MeanLimit::Relative(0.0)));
        assert_eq!(limit.reach_of(ZoneIx::new(0)), Distance(5_000));
    }

    #[test]
    fn reach_is_three_times_today_where_that_is_more() {
        let limit = limit(&place(MeanLimit::Relative(0.0)));
        assert_eq!(limit.reach_of(ZoneIx::new(4)), Distance(3 * 7_804));
    }

    #[test]
    fn a_mean_that_holds_by_cutting_somebody_off_does_not_hold() {
        let mut place = place(MeanLimit::Relative(9.0));
        place.zones.truncate(2);
        place.buildings[3].location = Some(crate::place::sample::at(9_000.0, 0.0));
        let travel = Travel::new(&place, Vec::new());
        let today = today(&place, &travel);
        // Both libraries go east: Z0 is left with 6 km × 1.3.
        let mut moved = Arrangement::today(&place);
        moved.building[0] = BuildingIx::new(2);
        moved.building[1] = BuildingIx::new(2);
        let verdict = assess(&place, &travel, &today, &moved).remove(0);
        assert_eq!(verdict.people_short_after, 1_000.0);
        assert_eq!(verdict.verdict, Verdict::Fail);
    }
}
