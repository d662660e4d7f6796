//! R2 `worst_case`: nobody is further from the service than a distance, or than today and an
//! increase.

use super::Scope;
use super::limit::{Standing, judge, plain, shown};
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

    pub(super) fn words(&self, rule: &AccessRule) -> String {
        let limit = shown(rule, self.limit);
        match (rule.strict, self.increase) {
            (true, _) => format!("everybody within {limit}"),
            (false, Distance(0)) => format!("everybody within {limit}, or no further than today"),
            (false, increase) => format!(
                "everybody within {limit}, or at most {} further than today",
                plain(rule, increase)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::rules::Limit;
    use crate::access::{Arrangement, assess, today};
    use crate::place::sample::six_buildings;
    use crate::place::{BuildingIx, Measure, Mode, RuleKind, Unit};
    use crate::travel::{Matrix, Origin, Travel};

    /// Six buildings with one rule: nobody beyond this, or today and this much more.
    fn place(limit: u32, increase: u32) -> Place {
        let mut place = six_buildings();
        place.rules.truncate(1);
        place.rules[0].kind = RuleKind::WorstCase {
            limit: Distance(limit),
            increase: Distance(increase),
        };
        place
    }

    fn limit(place: &Place, travel: &Travel) -> WorstCase {
        match today(place, travel).limits.remove(0) {
            Limit::WorstCase(limit) => limit,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_zone_far_away_today_may_go_its_increase_further() {
        let place = place(1_000, 500);
        let travel = Travel::new(&place, Vec::new());
        let limit = limit(&place, &travel);
        let far = limit.today.map_or(0, Distance::steps);
        assert_eq!(limit.limit_of(ZoneIx::new(4)), Distance(far + 500));
    }

    #[test]
    fn its_words_are_true_of_today_and_name_how_one_travels_in_minutes() {
        let words = |place: &Place| {
            let travel = Travel::new(place, Vec::new());
            limit(place, &travel).words(&place.rules[0])
        };
        let mut place = place(1_000, 500);
        let increase = "everybody within 1 km, or at most 0.5 km further than today";
        assert_eq!(words(&place), increase);
        place.rules[0].kind = RuleKind::WorstCase {
            limit: Distance(200),
            increase: Distance(50),
        };
        place.rules[0].measure = Measure {
            mode: Mode::Walk,
            unit: Unit::Minutes,
        };
        let minutes = "everybody within 20 min on foot, or at most 5 min further than today";
        assert_eq!(words(&place), minutes);
    }

    #[test]
    fn a_near_zone_may_go_as_far_as_the_limit() {
        let place = place(1_000, 500);
        let travel = Travel::new(&place, Vec::new());
        assert_eq!(
            limit(&place, &travel).limit_of(ZoneIx::new(0)),
            Distance(1_000)
        );
    }

    #[test]
    fn a_strict_rule_gives_everybody_the_same_limit() {
        let mut place = place(1_000, 500);
        place.rules[0].strict = true;
        let travel = Travel::new(&place, Vec::new());
        assert_eq!(
            limit(&place, &travel).limit_of(ZoneIx::new(4)),
            Distance(1_000)
        );
    }

    #[test]
    fn a_zone_without_demand_is_outside() {
        let mut place = place(1_000, 0);
        place.zones[4].demand[0] = crate::place::People::ZERO;
        let travel = Travel::new(&place, Vec::new());
        assert_eq!(limit(&place, &travel).limits[4], None);
    }

    #[test]
    fn a_zone_that_can_reach_nothing_today_is_left_out_and_named() {
        let mut place = place(200, 0);
        place.rules[0].measure = Measure {
            mode: Mode::Matrix("bus".to_owned()),
            unit: Unit::Minutes,
        };
        let journey = |zone| {
            let from = Origin::Zone(ZoneIx::new(zone));
            (from, BuildingIx::new(0), Distance(150))
        };
        let bus = Matrix::new("bus", Unit::Minutes, (0..4).map(journey));
        let travel = Travel::new(&place, vec![bus]);
        let today = today(&place, &travel);
        let verdicts = assess(&place, &travel, &today, &Arrangement::today(&place));
        assert_eq!(verdicts[0].unreachable, ["Z4"]);
        assert_eq!(verdicts[0].verdict, Verdict::Pass);
    }

    #[test]
    fn a_zone_that_loses_its_last_host_fails_a_hard_rule() {
        let mut place = place(200, 0);
        place.rules[0].measure = Measure {
            mode: Mode::Matrix("bus".to_owned()),
            unit: Unit::Minutes,
        };
        let from = Origin::Zone(ZoneIx::new(0));
        let bus = Matrix::new(
            "bus",
            Unit::Minutes,
            [(from, BuildingIx::new(0), Distance(150))],
        );
        let travel = Travel::new(&place, vec![bus]);
        let today = today(&place, &travel);
        let mut moved = Arrangement::today(&place);
        moved.building[0] = BuildingIx::new(1);
        let verdict = assess(&place, &travel, &today, &moved).remove(0);
        assert_eq!((verdict.verdict, verdict.after), (Verdict::Fail, None));
        assert_eq!(verdict.worst[0].distance, None);
    }

    #[test]
    fn today_may_fail_the_stated_limit_without_failing() {
        let place = place(1_000, 0);
        let travel = Travel::new(&place, Vec::new());
        let today = today(&place, &travel);
        let verdicts = assess(&place, &travel, &today, &Arrangement::today(&place));
        assert_eq!(verdicts[0].verdict, Verdict::FailsToday);
        assert!(verdicts[0].is_kept_with_some_further());
        assert_eq!(verdicts[0].people_short_today, 3_000.0);
    }
}
