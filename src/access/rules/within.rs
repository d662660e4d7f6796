//! R1 `within`: at least a share of the demand lies within a distance of the service.

use super::Scope;
use super::exact::share_of;
use super::limit::{Standing, judge, shown};
use super::scope::{people, zones_beyond};
use crate::access::Verdict;
use crate::place::words::percent_exact;
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

    pub(super) fn words(&self, rule: &AccessRule) -> String {
        format!(
            "{} % within {}",
            percent_exact(self.share),
            shown(rule, self.limit)
        )
    }

    /// Weight within the limit beyond what is enforced.
    pub(super) fn room(&self, after: &[Option<Distance>]) -> i128 {
        i128::from(covered(&self.scope, after, self.limit)) - i128::from(self.enforced)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::rules::Limit;
    use crate::access::{Arrangement, assess, today};
    use crate::place::sample::six_buildings;
    use crate::place::{AreaScope, BuildingIx, RuleKind, ZoneIx};
    use crate::travel::Travel;

    /// Six buildings with one rule: this share within this many metres of a library.
    fn place(metres: u32, share: f64) -> Place {
        let mut place = six_buildings();
        place.rules.truncate(1);
        place.rules[0].kind = RuleKind::Within {
            limit: Distance(metres),
            share,
        };
        place
    }

    fn limit(place: &Place) -> Within {
        let travel = Travel::new(place, Vec::new());
        match today(place, &travel).limits.remove(0) {
            Limit::Within(limit) => limit,
            other => panic!("{other:?}"),
        }
    }

    /// Metres from zone Z2 to the library in A1.
    fn z2_to_a1() -> u32 {
        let place = six_buildings();
        let travel = Travel::new(&place, Vec::new());
        let measure = &place.rules[0].measure;
        travel
            .zone_to_building(&place, measure, ZoneIx::new(2), BuildingIx::new(1))
            .map_or(0, Distance::steps)
    }

    #[test]
    fn a_zone_exactly_at_the_limit_is_within() {
        assert_eq!(limit(&place(z2_to_a1(), 0.6)).covered_today, 3_000_000);
    }

    #[test]
    fn a_zone_a_metre_past_the_limit_is_not() {
        assert_eq!(limit(&place(z2_to_a1() - 1, 0.6)).covered_today, 2_000_000);
    }

    #[test]
    fn where_today_falls_short_today_is_enforced() {
        let limit = limit(&place(1_000, 0.95));
        assert_eq!((limit.stated, limit.enforced), (4_750_000, 2_000_000));
    }

    #[test]
    fn where_today_does_better_the_rule_is_enforced() {
        assert_eq!(limit(&place(50_000, 0.95)).enforced, 4_750_000);
    }

    #[test]
    fn a_strict_rule_is_enforced_as_stated() {
        let mut place = place(1_000, 0.95);
        place.rules[0].strict = true;
        assert_eq!(limit(&place).enforced, 4_750_000);
    }

    #[test]
    fn a_group_counts_by_its_share_of_each_zone() {
        let mut place = place(1_000, 0.95);
        place.rules[0].group = Some("no_car".to_owned());
        place.zones[0].groups.insert("no_car".to_owned(), 0.25);
        assert_eq!(limit(&place).scope.total, 250_000);
    }

    #[test]
    fn an_area_counts_only_its_own_zones() {
        let mut place = place(1_000, 0.95);
        place.rules[0].area = Some(AreaScope {
            kind: "ward".to_owned(),
            code: "W1".to_owned(),
        });
        place.zones[3]
            .areas
            .insert("ward".to_owned(), "W1".to_owned());
        assert_eq!(limit(&place).scope.total, 1_000_000);
    }

    #[test]
    fn a_rule_that_counts_nobody_is_empty() {
        let mut place = place(1_000, 0.95);
        place.rules[0].group = Some("nobody".to_owned());
        let travel = Travel::new(&place, Vec::new());
        let today = today(&place, &travel);
        let verdicts = assess(&place, &travel, &today, &Arrangement::today(&place));
        assert_eq!(verdicts[0].verdict, Verdict::Empty);
    }

    #[test]
    fn the_furthest_zones_beyond_the_limit_are_named_first() {
        let place = place(1_000, 0.95);
        let travel = Travel::new(&place, Vec::new());
        let today = today(&place, &travel);
        let verdicts = assess(&place, &travel, &today, &Arrangement::today(&place));
        let named: Vec<_> = verdicts[0]
            .worst
            .iter()
            .map(|zone| zone.id.as_str())
            .collect();
        assert_eq!(named, ["Z4", "Z3", "Z2"]);
    }
}
