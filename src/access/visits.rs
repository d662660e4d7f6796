//! Visits of a year at each host of a service, what it can take, and where the overflow would go.

use super::Arrangement;
use super::allocation::{Allocation, Choice};
use crate::place::{BuildingIx, Distance, Measure, Place, ServiceIx, ZoneIx, natural};
use crate::travel::{HostIndex, Travel};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Which service is visited, how distance is measured, who is where.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The place.
    pub place: &'a Place,
    /// Its distances.
    pub travel: &'a Travel,
    /// The service.
    pub service: ServiceIx,
    /// How distance is measured.
    pub measure: &'a Measure,
    /// Who is where.
    pub arrangement: &'a Arrangement,
}

/// One host of a service.
#[derive(Clone, Debug, PartialEq)]
pub struct HostVisits {
    /// The building.
    pub host: BuildingIx,
    /// Visits a year.
    pub visits: f64,
    /// Visits a year that its counters of the service can take together; `None` where one of them says nothing.
    pub capacity: Option<f64>,
    /// Where the visits above that would go, if those went on who have the least further to go to a host that
    /// has room: the host and visits a year. Nobody is sent there by any rule.
    pub overflow: Vec<(BuildingIx, f64)>,
}

impl HostVisits {
    /// Visits above what can be taken.
    pub fn over(&self) -> f64 {
        let capacity = self.capacity.unwrap_or(f64::INFINITY);
        (self.visits - capacity).max(0.0)
    }

    /// Of these, the visits for which no other host has room.
    pub fn without_room(&self) -> f64 {
        let gone: f64 = self.overflow.iter().map(|(_, visits)| visits).sum();
        self.over() - gone
    }
}

/// Visits at every host of a service that says how often a person visits it, in the order of the place;
/// none where it does not.
pub fn visits(asked: Asked<'_>, allocation: Allocation) -> Vec<HostVisits> {
    let place = asked.place;
    let Some(each) = place.service(asked.service).visits_per_person else {
        return Vec::new();
    };
    let weights: Vec<u64> = place
        .zones
        .iter()
        .map(|zone| zone.weight(asked.service, None))
        .collect();
    let of_zone = choices(asked, &weights, allocation == Allocation::Nearest);
    let people = at_hosts(asked, &of_zone, &weights, allocation);
    let capacities = capacities(asked);
    let hosts = asked.arrangement.hosts(place, asked.service);
    // Thousandths of people for whom there is room at each host still.
    let mut room: BTreeMap<BuildingIx, f64> = hosts
        .iter()
        .map(|host| {
            let visits = people.get(host).copied().unwrap_or(0.0);
            let capacity = capacities.get(host).copied().flatten();
            let most = capacity.map_or(f64::INFINITY, |most| most / each * 1000.0);
            (*host, (most - visits).max(0.0))
        })
        .collect();
    hosts
        .into_iter()
        .map(|host| {
            let visits = people.get(&host).copied().unwrap_or(0.0) / 1000.0 * each;
            let mut one = HostVisits {
                host,
                visits,
                capacity: capacities.get(&host).copied().flatten(),
                overflow: Vec::new(),
            };
            if allocation == Allocation::Nearest && one.over() > 0.0 {
                let too_many = one.over() / each * 1000.0;
                one.overflow = overflow(asked, &weights, (host, too_many), &mut room)
                    .into_iter()
                    .map(|(next, people)| (next, people / 1000.0 * each))
                    .collect();
            }
            one
        })
        .collect()
}

/// Thousandths of a person at each host where everybody goes to the nearest: whole numbers.
pub(super) fn at_nearest(asked: Asked<'_>, weights: &[u64]) -> BTreeMap<BuildingIx, u64> {
    let of_zone = choices(asked, weights, true);
    let people = at_hosts(asked, &of_zone, weights, Allocation::Nearest);
    people
        .into_iter()
        .map(|(host, people)| (host, people as u64))
        .collect()
}

fn at_hosts(
    asked: Asked<'_>,
    of_zone: &[Vec<Choice>],
    weights: &[u64],
    allocation: Allocation,
) -> BTreeMap<BuildingIx, f64> {
    let mut people = BTreeMap::new();
    for (hosts, weight) in of_zone.iter().zip(weights) {
        for (host, share) in allocation.shares(asked.place, hosts) {
            // Whole numbers of this size are exact.
            *people.entry(host).or_insert(0.0) += *weight as f64 * share;
        }
    }
    people
}

/// The hosts that people of each zone may go to; where everybody goes to the nearest, only those as near.
fn choices(asked: Asked<'_>, weights: &[u64], only_nearest: bool) -> Vec<Vec<Choice>> {
    let Asked {
        place,
        travel,
        measure,
        ..
    } = asked;
    let hosts = asked.arrangement.hosts(place, asked.service);
    let index = travel.hosts(place, &hosts);
    let capacities = capacities(asked);
    let all_known = capacities.values().all(Option::is_some);
    let draw = |host: &BuildingIx| match capacities.get(host).copied().flatten() {
        Some(capacity) if all_known => capacity,
        _ => 1.0,
    };
    let of_zone = |(zone, weight): (usize, &u64)| {
        if *weight == 0 {
            return Vec::new();
        }
        let zone = ZoneIx::new(zone);
        let far = match only_nearest {
            true => travel
                .nearest_host(place, measure, &index, zone)
                .map_or(Vec::new(), |(far, _)| {
                    travel.hosts_within(place, measure, &index, zone, far, 1)
                }),
            false => all(asked, &index, zone, hosts.len()),
        };
        far.into_iter()
            .map(|(steps, host)| Choice {
                host,
                steps,
                far: steps.to_user(measure.unit),
                draw: draw(&host),
            })
            .collect()
    };
    weights.par_iter().enumerate().map(of_zone).collect()
}

fn all(
    asked: Asked<'_>,
    index: &HostIndex,
    zone: ZoneIx,
    count: usize,
) -> Vec<(Distance, BuildingIx)> {
    let none = Distance(0);
    asked
        .travel
        .hosts_within(asked.place, asked.measure, index, zone, none, count)
}

/// Visits a year that the counters of a service can take in each building; merged ones bring their staff.
pub(super) fn capacities(asked: Asked<'_>) -> BTreeMap<BuildingIx, Option<f64>> {
    let place = asked.place;
    let mut capacities: BTreeMap<BuildingIx, Option<f64>> = BTreeMap::new();
    for (at, occupier) in place.occupiers() {
        if occupier.service == asked.service {
            let own = place.visits_capacity(at);
            let host = asked.arrangement.building[at.index()];
            let all = capacities.entry(host).or_insert(Some(0.0));
            *all = all.zip(own).map(|(all, own)| all + own);
        }
    }
    for (at, point) in asked.arrangement.opened(place) {
        if point.service == asked.service {
            let own = place.point_capacity(at);
            let all = capacities.entry(point.building).or_insert(Some(0.0));
            *all = all.zip(own).map(|(all, own)| all + own);
        }
    }
    capacities
}

/// The zones whose people go to a host where everybody goes to the nearest, and how far it is.
pub(crate) fn going(asked: Asked<'_>, weights: &[u64], to: BuildingIx) -> Vec<(ZoneIx, Distance)> {
    let goes = |(zone, hosts): (usize, Vec<Choice>)| {
        let chosen = Allocation::Nearest.shares(asked.place, &hosts);
        let near = hosts.first()?.steps;
        (chosen.first()?.0 == to).then_some((ZoneIx::new(zone), near))
    };
    let of_zone = choices(asked, weights, true).into_iter();
    of_zone.enumerate().filter_map(goes).collect()
}

/// Thousandths of people who go on from a host that takes so many too many, by the host they go to: those with
/// the least further to go to one that has room, then in the order of the zones. They take up the room.
fn overflow(
    asked: Asked<'_>,
    weights: &[u64],
    (from, too_many): (BuildingIx, f64),
    room: &mut BTreeMap<BuildingIx, f64>,
) -> BTreeMap<BuildingIx, f64> {
    let others = room
        .iter()
        .filter(|(host, room)| **host != from && **room > 0.0);
    let others: Vec<BuildingIx> = others.map(|(host, _)| *host).collect();
    let index = asked.travel.hosts(asked.place, &others);
    let mut ways: Vec<(u32, ZoneIx, BuildingIx)> = going(asked, weights, from)
        .into_iter()
        .flat_map(|(zone, near)| {
            let ways = all(asked, &index, zone, others.len()).into_iter();
            ways.map(move |(far, next)| (far.steps().saturating_sub(near.steps()), zone, next))
        })
        .collect();
    let id = |at: BuildingIx| asked.place.building(at).id.as_str();
    ways.sort_unstable_by(|a, b| {
        let first = (a.0, a.1).cmp(&(b.0, b.1));
        first.then_with(|| natural(id(a.2), id(b.2)))
    });
    let (mut left, mut gone) = (too_many, BTreeMap::new());
    let mut waiting: BTreeMap<ZoneIx, f64> = BTreeMap::new();
    for (_, zone, next) in ways {
        let own = waiting.entry(zone).or_insert(weights[zone.index()] as f64);
        let space = room.entry(next).or_insert(0.0);
        let people = left.min(*own).min(*space);
        if people > 0.0 {
            *gone.entry(next).or_insert(0.0) += people;
            left -= people;
            *own -= people;
            *space -= people;
        }
    }
    gone
}
