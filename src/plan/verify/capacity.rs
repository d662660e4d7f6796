//! `capacity`: everybody to the nearest host, the id that comes first among equals, and what each host can take.

use super::reading::Reading;
use super::rules::{Beyond, Standing};
use super::zones::Audience;
use crate::place::{AccessPoint, AccessRule, BuildingIx, OccupierIx, natural};
use crate::travel::Travel;
use std::collections::BTreeMap;

/// One host: thousandths of a person, and visits it can take.
#[derive(Clone, Copy, Default)]
struct Host {
    people: u128,
    can_take: f64,
}

type Hosts = BTreeMap<BuildingIx, Host>;

/// Visits at every host, today and under the plan, against what it can take and what its counters
/// have today.
pub(super) fn stand(
    reading: &Reading<'_>,
    travel: &Travel,
    who: &Audience,
    rule: &AccessRule,
    each: f64,
) -> Standing {
    if who.total() == 0 {
        return Standing::empty();
    }
    let place = reading.place;
    let here = |at: OccupierIx| Some(place.occupier(at).building);
    let there = |at: OccupierIx| reading.seats[at.index()].map(|seat| seat.building);
    let today = hosts(reading, travel, who, rule, &here, &[]);
    let after = hosts(reading, travel, who, rule, &there, &reading.opened);
    let visits = |people: u128| people as f64 / 1000.0 * each;
    let full = |host: &Host| exceeds(host.people, each, host.can_take);
    let brought = brought(reading, rule, &today);
    let allowed = |at: &BuildingIx| brought.get(at).copied().unwrap_or(0);
    let most = |at: &BuildingIx, host: &Host| host.can_take.max(visits(allowed(at)));
    let fullest = |all: &Hosts| {
        let visited = all.values().filter(|host| host.people > 0);
        let used = visited.map(|host| visits(host.people) / host.can_take);
        used.max_by(f64::total_cmp)
    };
    let short = |all: &Hosts| -> f64 {
        let full = all.values().filter(|host| full(host));
        full.map(|host| (visits(host.people) - host.can_take) / each)
            .sum()
    };
    let visited = || after.iter().filter(|(_, host)| host.people > 0);
    let over = visited().filter(|(at, host)| full(host) && host.people > allowed(at));
    let beyond: Vec<Beyond> = over
        .map(|(at, host)| Beyond {
            id: place.building(*at).id.to_string(),
            distance: Some(visits(host.people)),
            limit: most(at, host),
            people: (visits(host.people) - most(at, host)) / each,
        })
        .collect();
    Standing {
        today: fullest(&today),
        enforced: visited()
            .map(|(at, host)| most(at, host) / host.can_take)
            .max_by(f64::total_cmp),
        after: fullest(&after),
        people_short_today: short(&today),
        people_short_after: short(&after),
        stated: !after.values().any(full),
        kept: beyond.is_empty(),
        beyond,
        empty: false,
        room: (None, 0),
    }
}

/// How many people the counters in each building have today: those who go to a building today of which no
/// counter of the service is anywhere else under the plan. Nobody where the rule is strict.
fn brought(reading: &Reading<'_>, rule: &AccessRule, today: &Hosts) -> BTreeMap<BuildingIx, u128> {
    let place = reading.place;
    let mut brought = BTreeMap::new();
    for (home, host) in today.iter().filter(|_| !rule.strict) {
        let counters = place
            .occupiers()
            .filter(|(_, one)| one.service == rule.service && one.building == *home);
        let mut now: Vec<BuildingIx> = counters
            .filter_map(|(at, _)| Some(reading.seats[at.index()]?.building))
            .collect();
        now.dedup();
        if let [only] = now.as_slice() {
            *brought.entry(*only).or_default() += host.people;
        }
    }
    brought
}

/// Whether so many people make more visits than can be taken, in whole thousandths of people, millionths of
/// visits each and thousandths of visits taken.
fn exceeds(people: u128, each: f64, can_take: f64) -> bool {
    let visits = people.saturating_mul(super::zones::millionths(each));
    let room = ((can_take * 1000.0).round() as u128).saturating_mul(1_000_000);
    visits > room
}

fn hosts(
    reading: &Reading<'_>,
    travel: &Travel,
    who: &Audience,
    rule: &AccessRule,
    seat: &dyn Fn(OccupierIx) -> Option<BuildingIx>,
    new: &[&AccessPoint],
) -> Hosts {
    let place = reading.place;
    let of_each = place.service(rule.service).visits_capacity;
    let mut hosts = Hosts::new();
    for (at, occupier) in place.occupiers() {
        let building = seat(at).filter(|at| place.building(*at).location.is_some());
        if let (Some(building), true) = (building, occupier.service == rule.service) {
            let own = occupier.visits_capacity.or(of_each);
            hosts.entry(building).or_default().can_take += own.unwrap_or(f64::INFINITY);
        }
    }
    for point in new.iter().filter(|point| point.service == rule.service) {
        let own = point.visits_capacity.or(of_each);
        hosts.entry(point.building).or_default().can_take += own.unwrap_or(f64::INFINITY);
    }
    let known: Vec<BuildingIx> = hosts.keys().copied().collect();
    for counted in &who.zones {
        let near = known
            .iter()
            .filter_map(|host| {
                let far = travel.zone_to_building(place, &rule.measure, counted.zone, *host)?;
                Some((far, place.building(*host).id.as_str(), *host))
            })
            .min_by(|a, b| a.0.cmp(&b.0).then_with(|| natural(a.1, b.1)));
        if let Some((_, _, host)) = near {
            hosts.entry(host).or_default().people += u128::from(counted.weight);
        }
    }
    hosts
}
