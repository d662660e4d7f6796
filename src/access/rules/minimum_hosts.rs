//! R6 `minimum_hosts`: at least so many buildings with a counter, of an hours class where it says.

use super::limit::{Standing, judge};
use crate::access::{Arrangement, Verdict, ZoneShort};
use crate::place::{AccessPoint, AccessRule, BuildingIx, HoursClass, OccupierIx, Place};
use std::collections::{BTreeMap, BTreeSet};

/// What a `minimum_hosts` rule enforces: in each area the smaller of the number stated and today's,
/// unless strict.
#[derive(Clone, Debug, PartialEq)]
pub struct MinimumHosts {
    /// How many buildings are asked for in each area.
    pub stated: u32,
    /// The counters that count.
    pub hours: HoursClass,
    /// One for each area, by code; one alone where the rule is about the whole place or one area.
    pub areas: Vec<HostsWanted>,
    /// By building: the position of its area in `areas`, where it is in one.
    pub area_of: Vec<Option<usize>>,
}

/// What is enforced in one area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostsWanted {
    /// The area's code; empty for the whole place.
    pub code: String,
    /// Buildings that count today.
    pub today: u32,
    /// The least that may count.
    pub enforced: u32,
}

impl MinimumHosts {
    pub(super) fn new(
        place: &Place,
        rule: &AccessRule,
        (stated, hours, each): (u32, HoursClass, Option<&str>),
    ) -> Self {
        let kind = each.or(rule.area.as_ref().map(|area| area.kind.as_str()));
        let codes: BTreeSet<&str> = match (kind, &rule.area) {
            (Some(_), Some(area)) => BTreeSet::from([area.code.as_str()]),
            (Some(kind), None) => {
                let zones = place.zones.iter();
                zones
                    .filter_map(|zone| zone.areas.get(kind).map(String::as_str))
                    .collect()
            }
            (None, _) => BTreeSet::from([""]),
        };
        let position: BTreeMap<&str, usize> = codes
            .iter()
            .enumerate()
            .map(|(at, code)| (*code, at))
            .collect();
        let area_of = place
            .buildings()
            .map(|(at, building)| {
                building.location?;
                let code = kind.map_or(Some(""), |kind| place.area_of(at, kind));
                position.get(code?).copied()
            })
            .collect();
        let mut limit = Self {
            stated,
            hours,
            areas: codes
                .into_iter()
                .map(|code| HostsWanted {
                    code: code.to_owned(),
                    today: 0,
                    enforced: stated,
                })
                .collect(),
            area_of,
        };
        let today = limit.counts(place, rule, &Arrangement::today(place));
        for (area, today) in limit.areas.iter_mut().zip(today) {
            area.today = today;
            if !rule.strict {
                area.enforced = stated.min(today);
            }
        }
        limit
    }

    /// Whether an occupier's counter counts.
    pub(crate) fn counts_occupier(&self, place: &Place, rule: &AccessRule, at: OccupierIx) -> bool {
        let occupier = place.occupier(at);
        occupier.service == rule.service && self.hours.counts(&occupier.hours)
    }

    /// Whether a new counter counts.
    pub(crate) fn counts_point(&self, rule: &AccessRule, point: &AccessPoint) -> bool {
        point.service == rule.service && self.hours.counts(&point.hours)
    }

    /// Buildings with a counter that counts and has not merged into another, by area.
    fn counts(&self, place: &Place, rule: &AccessRule, arrangement: &Arrangement) -> Vec<u32> {
        let hosts: BTreeSet<BuildingIx> = place
            .occupiers()
            .filter(|(at, _)| self.counts_occupier(place, rule, *at))
            .filter(|(at, _)| arrangement.merged.get(at.index()) != Some(&true))
            .filter_map(|(at, _)| arrangement.building.get(at.index()).copied())
            .chain(self.new_hosts(place, rule, arrangement))
            .collect();
        let mut counts = vec![0; self.areas.len()];
        for host in hosts {
            if let Some(area) = self.area_of[host.index()] {
                counts[area] += 1;
            }
        }
        counts
    }

    /// Buildings where a new counter that counts is open.
    fn new_hosts<'a>(
        &'a self,
        place: &'a Place,
        rule: &'a AccessRule,
        arrangement: &'a Arrangement,
    ) -> impl Iterator<Item = BuildingIx> + 'a {
        let opened = arrangement.opened(place);
        let own = opened.filter(|(_, point)| self.counts_point(rule, point));
        own.map(|(_, point)| point.building)
    }

    pub(super) fn words(&self) -> String {
        let hours = match self.hours {
            HoursClass::Any => "",
            HoursClass::EveningOrWeekend => ", open in the evening or at weekends",
            HoursClass::AllDay => ", open day and night",
        };
        format!("at least {} with a counter{hours}", self.stated)
    }

    /// The figures are those of the area with the fewest to spare.
    pub(super) fn standing(
        &self,
        place: &Place,
        rule: &AccessRule,
        arrangement: &Arrangement,
    ) -> Standing {
        let after = self.counts(place, rule, arrangement);
        let all: Vec<(&HostsWanted, u32)> = self.areas.iter().zip(after).collect();
        let spare = |(area, after): &&(&HostsWanted, u32)| {
            (
                i64::from(*after) - i64::from(area.enforced),
                area.code.clone(),
            )
        };
        let tightest = all.iter().min_by_key(spare);
        let mut worst: Vec<ZoneShort> = all
            .iter()
            .filter(|(area, after)| *after < area.enforced)
            .map(|(area, after)| ZoneShort {
                id: area.code.clone(),
                distance: Some(f64::from(area.enforced - after)),
                limit: 0.0,
                people: 0.0,
            })
            .collect();
        worst.sort_by(|one, other| {
            let missing = other.distance.unwrap_or(0.0);
            missing
                .total_cmp(&one.distance.unwrap_or(0.0))
                .then_with(|| one.id.cmp(&other.id))
        });
        Standing {
            today: tightest.map(|(area, _)| f64::from(area.today)),
            enforced: tightest.map(|(area, _)| f64::from(area.enforced)),
            after: tightest.map(|(_, after)| f64::from(*after)),
            people_short_today: 0.0,
            people_short_after: 0.0,
            verdict: match all.is_empty() {
                true => Verdict::Empty,
                false => judge(
                    rule,
                    all.iter().all(|(_, after)| *after >= self.stated),
                    worst.is_empty(),
                ),
            },
            worst,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{assess, today};
    use crate::place::RuleKind;
    use crate::place::sample::{rule, six_buildings};
    use crate::travel::Travel;

    fn verdict(hours: HoursClass, to: usize) -> (Verdict, Option<f64>) {
        let mut place = six_buildings();
        place.services[0].max_per_building = 2;
        place.occupiers[0].hours.all_day = Some(true);
        let kind = RuleKind::MinimumHosts {
            at_least: 2,
            hours,
            each: None,
        };
        place.rules = vec![rule("two", 0, kind)];
        let travel = Travel::new(&place, Vec::new());
        let today = today(&place, &travel);
        let mut moved = Arrangement::today(&place);
        moved.building[1] = BuildingIx::new(to);
        let verdict = assess(&place, &travel, &today, &moved).remove(0);
        (verdict.verdict, verdict.after)
    }

    #[test]
    fn two_counters_in_one_building_are_one_host() {
        assert_eq!(verdict(HoursClass::Any, 1), (Verdict::Pass, Some(2.0)));
        assert_eq!(verdict(HoursClass::Any, 0), (Verdict::Fail, Some(1.0)));
    }

    #[test]
    fn only_counters_of_the_hours_class_count() {
        // One of two is open day and night today, so one is enough.
        let stays = verdict(HoursClass::AllDay, 0);
        assert_eq!(stays, (Verdict::FailsToday, Some(1.0)));
    }
}
