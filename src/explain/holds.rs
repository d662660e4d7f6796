//! Which rules, and whose distances, would be broken if a service left a building and all else stayed.

use crate::access::rules::Limit;
use crate::access::{Arrangement, RuleVerdict, Verdict, nearest, today};
use crate::place::{AccessPoint, BuildingIx, Place, ServiceIx};
use crate::plan::Plan;
use crate::travel::Travel;
use serde::Serialize;

/// One rule that holds a building.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hold {
    /// The rule's id.
    pub rule: String,
    /// Its kind: `within`, `minimum_hosts` …
    pub kind: String,
    /// What it asks, in words.
    pub limit: String,
    /// People beyond the limit without the building, beyond those under the plan.
    pub people: f64,
    /// Zones beyond it then, worst first, twenty at most; of a number of buildings the areas with too few; of
    /// capacity the buildings that would be too full.
    pub zones: Vec<String>,
}

/// Keeps the entries of a list that stay.
fn keep<T>(list: &mut Vec<T>, stays: &[bool]) {
    let mut stays = stays.iter();
    list.retain(|_| stays.next() == Some(&true));
}

/// What each rule of a place enforces, worked out once for many buildings.
pub(super) struct Holds<'a> {
    place: &'a Place,
    travel: &'a Travel,
    plan: &'a Plan,
    today: crate::access::Today,
    arrangement: Arrangement,
}

impl<'a> Holds<'a> {
    pub(super) fn new(place: &'a Place, travel: &'a Travel, plan: &'a Plan) -> Self {
        Self {
            place,
            travel,
            plan,
            today: today(place, travel),
            arrangement: plan.arrangement(place),
        }
    }

    /// The hard rules that hold under the plan and would fail if everybody left this building and went
    /// nowhere else.
    pub(super) fn of(&self, at: BuildingIx) -> Vec<Hold> {
        let place = self.place;
        let hosted: Vec<ServiceIx> = place
            .occupiers()
            .filter(|(who, _)| self.arrangement.building[who.index()] == at)
            .map(|(_, occupier)| occupier.service)
            .chain(
                self.arrangement
                    .opened(place)
                    .filter(|(_, one)| one.building == at)
                    .map(|(_, one)| one.service),
            )
            .collect();
        let rules = place.rules.iter().enumerate();
        rules
            .filter(|(_, rule)| rule.hard && hosted.contains(&rule.service))
            .filter_map(|(position, _)| self.of_rule(position, at))
            .collect()
    }

    fn of_rule(&self, position: usize, at: BuildingIx) -> Option<Hold> {
        let (place, travel) = (self.place, self.travel);
        let (rule, limit) = (&place.rules[position], &self.today.limits[position]);
        let verdict = match limit {
            Limit::MinimumHosts(_) => {
                let without = self.as_if_merged(at);
                limit.verdict(place, travel, rule, &[], &without)
            }
            Limit::Capacity(_) => {
                let (place, without) = self.as_if_gone(at, rule.service);
                limit.verdict(&place, travel, rule, &[], &without)
            }
            _ => {
                limit.scope()?;
                let mut hosts = self.arrangement.hosts(place, rule.service);
                hosts.retain(|host| *host != at);
                let without: Vec<_> = nearest(place, travel, &rule.measure, &hosts)
                    .into_iter()
                    .map(|found| found.map(|(far, _)| far))
                    .collect();
                limit.verdict(place, travel, rule, &without, &self.arrangement)
            }
        };
        (verdict.verdict == Verdict::Fail).then(|| Hold {
            rule: verdict.rule.clone(),
            kind: verdict.kind.clone(),
            limit: verdict.limit.clone(),
            people: verdict.people_short_after - self.short_in_plan(&verdict),
            zones: verdict.worst.iter().map(|zone| zone.id.clone()).collect(),
        })
    }

    /// The plan with nobody's counter in a building: as if they had merged into others.
    fn as_if_merged(&self, at: BuildingIx) -> Arrangement {
        let mut without = self.arrangement.clone();
        for (merged, building) in without.merged.iter_mut().zip(&without.building) {
            *merged |= *building == at;
        }
        without
    }

    /// The place, and the plan for it, without the counters of a service in a building: what they can take is
    /// gone with them.
    fn as_if_gone(&self, at: BuildingIx, service: ServiceIx) -> (Place, Arrangement) {
        let (mut place, mut without) = (self.place.clone(), self.arrangement.clone());
        let stays: Vec<bool> = place
            .occupiers()
            .map(|(who, one)| one.service != service || without.building[who.index()] != at)
            .collect();
        let point_stays = |one: &AccessPoint| one.service != service || one.building != at;
        let points: Vec<bool> = place.points.iter().map(point_stays).collect();
        keep(&mut place.occupiers, &stays);
        keep(&mut without.building, &stays);
        keep(&mut without.merged, &stays);
        keep(&mut place.points, &points);
        keep(&mut without.points, &points);
        (place, without)
    }

    fn short_in_plan(&self, verdict: &RuleVerdict) -> f64 {
        let mut rules = self.plan.rules.iter();
        let own = rules.find(|rule| rule.rule == verdict.rule);
        own.map_or(0.0, |rule| rule.people_short_after)
    }
}
