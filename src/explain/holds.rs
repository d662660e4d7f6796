//! Which rules, and whose distances, would be broken if a service left a building and all else stayed.

use crate::access::rules::{Limit, Scope};
use crate::access::{Arrangement, RuleVerdict, Verdict, nearest, today};
use crate::place::{AccessPoint, AccessRule, BuildingIx, Distance, Place, ServiceIx, ZoneIx};
use crate::plan::Plan;
use crate::travel::Travel;
use serde::Serialize;
use std::cmp::Reverse;

/// How many zones are named at most.
const NAMED: usize = 20;

/// One rule that holds a building.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hold {
    /// The rule's id.
    pub rule: String,
    /// Its kind: `within`, `minimum_hosts` …
    pub kind: String,
    /// What it asks, in words.
    pub limit: String,
    /// People whom it would no longer hold for without the building, and for whom it holds under the plan: those of
    /// `zones`, and of more where these are cut short. Of a limit on groups, the people of the largest of them: a
    /// person may be in several.
    pub people: f64,
    /// Zones beyond it then that are not under the plan, worst first, twenty at most; of a limit on groups or areas
    /// these; of a number of buildings the areas with too few; of capacity the buildings that would be too full.
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
        let mut without = Vec::new();
        let verdict = match limit {
            Limit::MinimumHosts(_) => {
                let merged = self.as_if_merged(at);
                limit.verdict(place, travel, rule, &[], &merged)
            }
            Limit::Capacity(_) => {
                let (place, gone) = self.as_if_gone(at, rule.service);
                limit.verdict(&place, travel, rule, &[], &gone)
            }
            _ => {
                limit.scope()?;
                without = self.distances(rule, Some(at));
                limit.verdict(place, travel, rule, &without, &self.arrangement)
            }
        };
        if verdict.verdict != Verdict::Fail {
            return None;
        }
        let worst = verdict.worst.iter();
        let (people, zones) = match (limit, limit.scope()) {
            (Limit::Within(_) | Limit::WorstCase(_) | Limit::Mean(_), Some(scope)) => {
                let now = self.distances(rule, None);
                self.newly_beyond(limit, scope, &now, &without)
            }
            (Limit::NoGroupWorse(_), _) => {
                let largest = worst.clone().map(|group| group.people).fold(0.0, f64::max);
                (largest, worst.map(|group| group.id.clone()).collect())
            }
            _ => (
                verdict.people_short_after - self.short_in_plan(&verdict),
                worst.map(|zone| zone.id.clone()).collect(),
            ),
        };
        Some(Hold {
            rule: verdict.rule.clone(),
            kind: verdict.kind.clone(),
            limit: verdict.limit.clone(),
            people,
            zones,
        })
    }

    /// How far every zone is from the service of a rule under the plan, without what is in a building.
    fn distances(&self, rule: &AccessRule, without: Option<BuildingIx>) -> Vec<Option<Distance>> {
        let mut hosts = self.arrangement.hosts(self.place, rule.service);
        hosts.retain(|host| Some(*host) != without);
        let found = nearest(self.place, self.travel, &rule.measure, &hosts).into_iter();
        found.map(|found| found.map(|(far, _)| far)).collect()
    }

    /// The people of the zones that a limit does not hold for without a building and does under the plan, and the
    /// first of these zones, the furthest first.
    fn newly_beyond(
        &self,
        limit: &Limit,
        scope: &Scope,
        now: &[Option<Distance>],
        without: &[Option<Distance>],
    ) -> (f64, Vec<String>) {
        let beyond =
            |zone: ZoneIx, far: Option<Distance>| far.is_none_or(|far| far > limit.furthest(zone));
        let id = |zone: &ZoneIx| &self.place.zone(*zone).id;
        let mut lost: Vec<(ZoneIx, u64, Option<Distance>)> = scope
            .with(without)
            .zip(scope.with(now))
            .filter(|((zone, _, far), (_, _, was))| beyond(*zone, *far) && !beyond(*zone, *was))
            .map(|(lost, _)| lost)
            .collect();
        lost.sort_by_key(|(zone, _, far)| {
            let far = far.map_or(u64::MAX, |far| u64::from(far.steps()));
            (Reverse(far), id(zone))
        });
        let people: u64 = lost.iter().map(|(_, weight, _)| weight).sum();
        let first = lost.iter().take(NAMED);
        (
            people as f64 / 1000.0,
            first.map(|(zone, ..)| id(zone).to_string()).collect(),
        )
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
