//! R8 `capacity`: everybody goes to the nearest host, and no host is visited more often than it can be.

use super::Scope;
use super::limit::{Standing, judge};
use crate::access::visits::{Asked, at_nearest, capacities};
use crate::access::{Arrangement, Verdict, ZoneShort};
use crate::place::{AccessRule, BuildingIx, Distance, Place};
use crate::travel::Travel;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What a `capacity` rule enforces: at every host the greater of what its counters can take and what they
/// take today, unless strict.
#[derive(Clone, Debug, PartialEq)]
pub struct Capacity {
    /// Whom it counts.
    pub scope: Scope,
    /// Visits a year of one person.
    pub each: f64,
    /// Thousandths of a person who go to each host today; empty where strict.
    today: BTreeMap<BuildingIx, u64>,
}

/// How one host stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HostLoad {
    /// The building.
    pub host: BuildingIx,
    /// Thousandths of a person who go there.
    pub people: u64,
    /// Visits a year that its counters can take.
    pub capacity: f64,
    /// Thousandths of a person who go to its counters today, wherever these are, which no rule asks to be
    /// fewer; 0 where strict.
    pub today: u64,
    /// Whether it is visited more often than it can be, and more often than its counters are today.
    pub is_over: bool,
    /// Whether it is visited more often than it can be.
    pub is_full: bool,
}

impl Capacity {
    pub(super) fn new(
        place: &Place,
        travel: &Travel,
        rule: &AccessRule,
        today: &[Option<Distance>],
        each: f64,
    ) -> Self {
        let scope = Scope::new(place, rule, today);
        let asked = Asked {
            place,
            travel,
            service: rule.service,
            measure: &rule.measure,
            arrangement: &Arrangement::today(place),
        };
        let today = match rule.strict {
            true => BTreeMap::new(),
            false => at_nearest(asked, &scope.weights),
        };
        Self { scope, each, today }
    }

    pub(super) fn words(&self) -> String {
        format!(
            "no counter too full, at {} visits a person a year",
            (self.each * 1e6).round() / 1e6
        )
    }

    /// Every host under an arrangement that somebody goes to, in the order of the place.
    pub fn loads(
        &self,
        place: &Place,
        travel: &Travel,
        rule: &AccessRule,
        arrangement: &Arrangement,
    ) -> Vec<HostLoad> {
        let asked = Asked {
            place,
            travel,
            service: rule.service,
            measure: &rule.measure,
            arrangement,
        };
        let people = at_nearest(asked, &self.scope.weights);
        let capacities = capacities(asked);
        let today = self.brought(place, rule, arrangement);
        people
            .into_iter()
            .map(|(host, people)| {
                let capacity = capacities.get(&host).copied().flatten();
                let today = today.get(&host).copied().unwrap_or(0);
                self.load(host, people, capacity, today)
            })
            .collect()
    }

    /// Thousandths of a person whom the counters in each host have today: of every building all of whose
    /// counters of the service are there now.
    fn brought(
        &self,
        place: &Place,
        rule: &AccessRule,
        arrangement: &Arrangement,
    ) -> BTreeMap<BuildingIx, u64> {
        let mut homes: BTreeMap<BuildingIx, BTreeSet<BuildingIx>> = BTreeMap::new();
        for (at, occupier) in place.occupiers() {
            if occupier.service == rule.service {
                let now = arrangement.building[at.index()];
                homes.entry(occupier.building).or_default().insert(now);
            }
        }
        let mut brought = BTreeMap::new();
        for (home, now) in homes {
            if let (Some(host), 1) = (now.first(), now.len()) {
                let people = self.today.get(&home).copied().unwrap_or(0);
                *brought.entry(*host).or_insert(0) += people;
            }
        }
        brought
    }

    fn load(&self, host: BuildingIx, people: u64, capacity: Option<f64>, today: u64) -> HostLoad {
        // A counter of which nothing is known is refused when the place is read.
        let is_full = capacity.is_some_and(|most| billionths(people, self.each) > most_of(most));
        HostLoad {
            host,
            people,
            capacity: capacity.unwrap_or(f64::INFINITY),
            today,
            is_full,
            is_over: is_full && people > today,
        }
    }

    pub(super) fn standing(
        &self,
        place: &Place,
        travel: &Travel,
        rule: &AccessRule,
        arrangement: &Arrangement,
    ) -> Standing {
        let now = self.loads(place, travel, rule, &Arrangement::today(place));
        let after = self.loads(place, travel, rule, arrangement);
        let visits = |people: u64| people as f64 / 1000.0 * self.each;
        let fullest = |loads: &[HostLoad], people: fn(&HostLoad) -> u64| {
            let used = loads.iter().map(|one| visits(people(one)) / one.capacity);
            used.reduce(f64::max)
        };
        let too_many = |one: &HostLoad, most: f64| one.people as f64 / 1000.0 - most / self.each;
        let short = |loads: &[HostLoad]| -> f64 {
            let full = loads.iter().filter(|one| one.is_full);
            full.map(|one| too_many(one, one.capacity)).sum()
        };
        let enforced = |one: &HostLoad| one.capacity.max(visits(one.today));
        let allowed = after.iter().map(|one| enforced(one) / one.capacity);
        let mut over: Vec<&HostLoad> = after.iter().filter(|one| one.is_over).collect();
        over.sort_by_key(|one| (Reverse(one.people), &place.building(one.host).id));
        Standing {
            today: fullest(&now, |one| one.people),
            enforced: allowed.reduce(f64::max),
            after: fullest(&after, |one| one.people),
            people_short_today: short(&now),
            people_short_after: short(&after),
            verdict: match self.scope.is_empty() {
                true => Verdict::Empty,
                false => judge(rule, !after.iter().any(|one| one.is_full), over.is_empty()),
            },
            worst: over
                .into_iter()
                .map(|one| ZoneShort {
                    id: place.building(one.host).id.to_string(),
                    distance: Some(visits(one.people)),
                    limit: enforced(one),
                    people: too_many(one, enforced(one)),
                })
                .collect(),
        }
    }
}

/// Visits in whole billionths: thousandths of a person × millionths of a visit each.
fn billionths(people: u64, each: f64) -> u128 {
    u128::from(people).saturating_mul((each * 1e6).round() as u128)
}

/// What can be taken, to a thousandth of a visit, in whole billionths.
fn most_of(visits: f64) -> u128 {
    ((visits * 1e3).round() as u128).saturating_mul(1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{RuleVerdict, assess, today};
    use crate::place::sample::{rule, six_buildings};
    use crate::place::{BuildingIx, RuleKind};

    /// Two libraries, five zones of 1,000 people who come twice a year: Z0 to A0, the others to A1.
    fn judged(capacities: [f64; 2], to: usize, strict: bool) -> RuleVerdict {
        let mut place = six_buildings();
        place.services[0].max_per_building = 2;
        for (occupier, capacity) in place.occupiers.iter_mut().zip(capacities) {
            occupier.visits_capacity = Some(capacity);
        }
        let kind = RuleKind::Capacity {
            visits_per_person: 2.0,
        };
        place.rules = vec![rule("full", 0, kind)];
        place.rules[0].strict = strict;
        let travel = Travel::new(&place, Vec::new());
        let today = today(&place, &travel);
        let mut moved = Arrangement::today(&place);
        moved.building[1] = BuildingIx::new(to);
        assess(&place, &travel, &today, &moved).remove(0)
    }

    #[test]
    fn a_host_that_takes_exactly_what_it_can_is_not_over() {
        let verdict = judged([2_000.0, 8_000.0], 1, false);
        assert_eq!(verdict.verdict, Verdict::Pass);
        assert_eq!(verdict.after, Some(1.0));
    }

    #[test]
    fn one_visit_too_many_fails_where_the_rule_is_strict_and_is_named() {
        let verdict = judged([2_000.0, 7_999.0], 1, true);
        assert_eq!(verdict.verdict, Verdict::Fail);
        assert_eq!(verdict.worst[0].id, "A1");
        assert_eq!(verdict.worst[0].distance, Some(8_000.0));
        assert_eq!(verdict.people_short_after, 0.5);
    }

    #[test]
    fn a_capacity_beyond_all_numbers_is_never_reached() {
        let verdict = judged([1e38, f64::MAX], 1, true);
        assert_eq!(verdict.verdict, Verdict::Pass);
    }

    #[test]
    fn what_is_too_much_today_may_stay_as_it_is() {
        let verdict = judged([2_000.0, 4_000.0], 1, false);
        assert_eq!(verdict.verdict, Verdict::FailsToday);
        assert_eq!((verdict.today, verdict.enforced), (Some(2.0), Some(2.0)));
    }

    #[test]
    fn two_counters_in_one_building_can_take_what_both_can() {
        // All 10,000 visits go to A0.
        assert_eq!(judged([2_000.0, 8_000.0], 0, true).verdict, Verdict::Pass);
        let verdict = judged([2_000.0, 7_000.0], 0, true);
        assert_eq!(verdict.verdict, Verdict::Fail);
        assert_eq!(verdict.worst[0].people, 500.0);
    }

    #[test]
    fn counters_that_are_too_full_today_may_be_as_full_elsewhere_but_not_fuller() {
        // Both in one building have the visits that both have today.
        let verdict = judged([2_000.0, 7_000.0], 0, false);
        assert_eq!(verdict.verdict, Verdict::FailsToday);
        // In A2 library 1 has 3 zones of the 4 that it has in A1; A0 has one more than today.
        let verdict = judged([2_000.0, 4_000.0], 2, false);
        assert_eq!(verdict.verdict, Verdict::Fail);
        assert_eq!(
            verdict
                .worst
                .iter()
                .map(|one| one.id.as_str())
                .collect::<Vec<_>>(),
            ["A0"]
        );
    }
}
