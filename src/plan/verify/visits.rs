//! Where everybody goes: each zone to its nearest host, what each can take, where those would go who are too
//! many, and how Huff would spread them. Every host is tried for every zone.

use super::discrepancy::{Figure, Found, of_plan};
use super::reading::Reading;
use super::zones::straight_km;
use crate::place::{BuildingIx, Distance, Measure, Place, RuleKind, ServiceIx, ZoneIx, natural};
use crate::plan::PlannedVisits;
use crate::travel::Travel;
use std::collections::BTreeMap;

/// Sums of a hundred thousand zones, each rounded to a thousandth of a visit when printed.
const NEAR: f64 = 2e-3;

/// Checks every host that is listed, and that every host is.
pub(super) fn check(reading: &Reading<'_>, travel: &Travel, found: &mut Found) {
    let place = reading.place;
    let mut own: Vec<(ServiceIx, BuildingIx, Own)> = Vec::new();
    for (at, service) in place.services() {
        if let Some(each) = service.visits_per_person.filter(|_| service.counter) {
            let hosts = of_service(reading, travel, at, each);
            own.extend(hosts.into_iter().map(|(host, one)| (at, host, one)));
        }
    }
    let key = |one: &(ServiceIx, BuildingIx, Own)| {
        let id = place.building(one.1).id.to_string();
        (place.service(one.0).id.to_string(), id)
    };
    let expected: Vec<(String, String)> = own.iter().map(key).collect();
    let said = reading.plan.visits.iter();
    let said: Vec<(String, String)> = said
        .map(|one| (one.service.clone(), one.building_id.clone()))
        .collect();
    if expected != said {
        let why = "the hosts that people visit, today and under the plan, are others";
        let shown = |all: &[(String, String)]| {
            let each = all
                .iter()
                .map(|(service, host)| format!("{service} at {host}"));
            each.collect::<Vec<_>>().join(", ")
        };
        let field = of_plan("visits");
        found.note("visits-differ", field, shown(&expected), shown(&said), why);
        return;
    }
    for ((service, _, own), said) in own.iter().zip(&reading.plan.visits) {
        compare(place, *service, own, said, found);
    }
}

/// One host, today and under the plan.
#[derive(Default)]
struct Own {
    today: Option<Host>,
    after: Option<Host>,
    overflow: BTreeMap<BuildingIx, f64>,
    without_room: f64,
    huff: Option<f64>,
}

/// Visits, and what can be taken.
#[derive(Clone, Copy, Default)]
struct Host {
    visits: f64,
    most: Option<f64>,
}

fn compare(place: &Place, service: ServiceIx, own: &Own, said: &PlannedVisits, found: &mut Found) {
    let named = |name: &str| Figure {
        subject: &said.building_id,
        name: format!("visits[{} {}].{name}", said.service, said.building_id),
    };
    let measure = measure(place, service).to_string();
    let why = "distance is measured otherwise";
    found.text(
        "visits-differ",
        named("measure"),
        &measure,
        &said.measure,
        why,
    );
    let visits = |host: Option<Host>| host.map(|host| host.visits);
    let most = |host: Option<Host>| host.and_then(|host| host.most);
    let why = "everybody put at the nearest host, and what counters can take, give another figure";
    for (name, own, said) in [
        ("today", visits(own.today), said.today),
        ("after", visits(own.after), said.after),
        ("capacity_today", most(own.today), said.capacity_today),
        ("capacity_after", most(own.after), said.capacity_after),
        (
            "without_room",
            Some(own.without_room),
            Some(said.without_room),
        ),
        ("huff_after", own.huff, said.huff_after),
    ] {
        found.maybe("visits-differ", named(name), own, said, NEAR, why);
    }
    let ids = own.overflow.iter();
    let ids: Vec<(&str, f64)> = ids
        .map(|(host, visits)| (place.building(*host).id.as_str(), *visits))
        .collect();
    let same = ids.len() == said.overflow.len()
        && ids.iter().zip(&said.overflow).all(|(own, said)| {
            let near = NEAR + 1e-9 * own.1.abs();
            own.0 == said.building_id && (own.1 - said.visits).abs() <= near
        });
    if !same {
        let shown = |all: &mut dyn Iterator<Item = (&str, f64)>| -> String {
            let each = all.map(|(host, visits)| format!("{host} {visits:.3}"));
            each.collect::<Vec<_>>().join("; ")
        };
        let own = shown(&mut ids.iter().copied());
        let printed = said.overflow.iter();
        let printed = shown(&mut printed.map(|one| (one.building_id.as_str(), one.visits)));
        let why = "those who are too many would go elsewhere";
        found.note("visits-differ", named("overflow"), own, printed, why);
    }
}

/// That of the first rule on capacity of the service, else the straight line.
fn measure(place: &Place, service: ServiceIx) -> Measure {
    for rule in &place.rules {
        if rule.service == service && matches!(rule.kind, RuleKind::Capacity { .. }) {
            return rule.measure.clone();
        }
    }
    straight_km()
}

/// Zones that have people for the service, with thousandths of a person.
fn peopled(place: &Place, service: ServiceIx) -> Vec<(ZoneIx, f64)> {
    let zones = place.zones();
    let weighed = zones.map(|(at, zone)| (at, zone.weight(service, None)));
    let some = weighed.filter(|(_, weight)| *weight > 0);
    some.map(|(at, weight)| (at, weight as f64)).collect()
}

fn of_service(
    reading: &Reading<'_>,
    travel: &Travel,
    service: ServiceIx,
    each: f64,
) -> BTreeMap<BuildingIx, Own> {
    let place = reading.place;
    let measure = measure(place, service);
    let zones = peopled(place, service);
    let far = |zone: ZoneIx, host: BuildingIx| {
        let far = travel.zone_to_building(place, &measure, zone, host)?;
        Some((far, place.building(host).id.as_str(), host))
    };
    let (today, after) = (reading.hosts_today(service), reading.hosts_after(service));
    let nearest = |hosts: &[BuildingIx]| -> Vec<Option<BuildingIx>> {
        let first = |a: &(Distance, &str, BuildingIx), b: &(Distance, &str, BuildingIx)| {
            a.0.cmp(&b.0).then_with(|| natural(a.1, b.1))
        };
        let of = |zone: ZoneIx| {
            hosts
                .iter()
                .filter_map(|host| far(zone, *host))
                .min_by(first)
        };
        let all = zones.iter().map(|(zone, _)| Some(of(*zone)?.2));
        all.collect()
    };
    let (goes_today, goes_after) = (nearest(&today), nearest(&after));
    let visits = |goes: &[Option<BuildingIx>], host: BuildingIx| -> f64 {
        let there = zones.iter().zip(goes).filter(|(_, to)| **to == Some(host));
        there.map(|((_, weight), _)| weight).sum::<f64>() / 1000.0 * each
    };
    let mut own: BTreeMap<BuildingIx, Own> = BTreeMap::new();
    for (hosts, goes, then) in [(&today, &goes_today, false), (&after, &goes_after, true)] {
        for &host in hosts {
            let seen = Host {
                visits: visits(goes, host),
                most: can_take(reading, service, host, then),
            };
            let one = own.entry(host).or_default();
            *(if then { &mut one.after } else { &mut one.today }) = Some(seen);
        }
    }
    overflow(place, &mut own, &after, each, |from| {
        let here = zones.iter().zip(&goes_after);
        let here = here.filter(|(_, to)| **to == Some(from));
        here.map(|((zone, weight), _)| {
            let ways = after.iter().filter_map(|host| far(*zone, *host));
            let near = far(*zone, from).map_or(0, |(far, ..)| far.steps());
            let ways = ways.map(|(far, _, host)| (far.steps().saturating_sub(near), host));
            (*zone, *weight, ways.collect())
        })
        .collect()
    });
    huff(reading, &mut own, &after, |host| {
        let ways = zones.iter().filter_map(|(zone, weight)| {
            let (steps, ..) = far(*zone, host)?;
            let least = place.travel.huff_least;
            Some((*zone, *weight, steps.to_user(measure.unit).max(least)))
        });
        ways.collect()
    });
    for one in own.values_mut() {
        one.huff = one.huff.map(|thousandths| thousandths / 1000.0 * each);
    }
    own
}

/// What the counters in a building can take together, where all of them say.
fn can_take(
    reading: &Reading<'_>,
    service: ServiceIx,
    host: BuildingIx,
    then: bool,
) -> Option<f64> {
    let place = reading.place;
    let of_each = place.service(service).visits_capacity;
    let mut sum = 0.0;
    for (at, occupier) in place.occupiers() {
        let seat = match then {
            true => reading.seats[at.index()].map(|seat| seat.building),
            false => Some(occupier.building),
        };
        if occupier.service == service && seat == Some(host) {
            sum += occupier.visits_capacity.or(of_each)?;
        }
    }
    let new = reading.opened_in(host).filter(|_| then);
    for point in new.filter(|point| point.service == service) {
        sum += point.visits_capacity.or(of_each)?;
    }
    Some(sum)
}

/// Those of one host: zone, thousandths of people, and how much further each other host is.
type Waiting = Vec<(ZoneIx, f64, Vec<(u32, BuildingIx)>)>;

/// Those who are too many at one host after another go on, the shortest way first, where there is room.
fn overflow(
    place: &Place,
    own: &mut BTreeMap<BuildingIx, Own>,
    hosts: &[BuildingIx],
    each: f64,
    at: impl Fn(BuildingIx) -> Waiting,
) {
    let people = |visits: f64| visits / each * 1000.0;
    let mut room: BTreeMap<BuildingIx, f64> = BTreeMap::new();
    for host in hosts {
        let seen = own.get(host).and_then(|one| one.after).unwrap_or_default();
        let most = seen.most.map_or(f64::INFINITY, people);
        room.insert(*host, (most - people(seen.visits)).max(0.0));
    }
    for host in hosts {
        let Some(one) = own.get_mut(host) else {
            continue;
        };
        let seen = one.after.unwrap_or_default();
        let over = seen.most.map_or(0.0, |most| (seen.visits - most).max(0.0));
        if over <= 0.0 {
            continue;
        }
        let mut waiting = at(*host);
        let mut ways: Vec<(u32, ZoneIx, BuildingIx, usize)> = Vec::new();
        for (number, (zone, _, further)) in waiting.iter().enumerate() {
            let open = further
                .iter()
                .filter(|(_, to)| to != host && room[to] > 0.0);
            ways.extend(open.map(|(far, to)| (*far, *zone, *to, number)));
        }
        let id = |at: BuildingIx| place.building(at).id.as_str();
        ways.sort_by(|a, b| {
            let first = (a.0, a.1).cmp(&(b.0, b.1));
            first.then_with(|| natural(id(a.2), id(b.2)))
        });
        let mut left = people(over);
        for (_, _, to, number) in ways {
            let space = room.entry(to).or_default();
            let goes = left.min(waiting[number].1).min(*space);
            if goes > 0.0 {
                *one.overflow.entry(to).or_default() += goes / 1000.0 * each;
                *space -= goes;
                waiting[number].1 -= goes;
                left -= goes;
            }
        }
        one.without_room = over - one.overflow.values().sum::<f64>();
    }
}

/// A share of each zone goes to each host it can reach: what the host can take ÷ distance to a power.
fn huff(
    reading: &Reading<'_>,
    own: &mut BTreeMap<BuildingIx, Own>,
    hosts: &[BuildingIx],
    ways: impl Fn(BuildingIx) -> Vec<(ZoneIx, f64, f64)>,
) {
    let decay = reading.place.travel.huff_decay;
    let most = |own: &BTreeMap<BuildingIx, Own>, host: &BuildingIx| own[host].after?.most;
    let known = hosts.iter().all(|host| most(own, host).is_some());
    let mut all: BTreeMap<ZoneIx, f64> = BTreeMap::new();
    let mut drawn: Vec<(BuildingIx, ZoneIx, f64, f64)> = Vec::new();
    for host in hosts {
        let size = most(own, host).filter(|_| known).unwrap_or(1.0);
        for (zone, weight, far) in ways(*host) {
            let draw = size / far.powf(decay);
            *all.entry(zone).or_default() += draw;
            drawn.push((*host, zone, weight, draw));
        }
    }
    for host in hosts {
        if let Some(one) = own.get_mut(host) {
            one.huff = Some(0.0);
        }
    }
    for (host, zone, weight, draw) in drawn {
        let share = draw / all[&zone];
        if let (Some(one), true) = (own.get_mut(&host), share.is_finite()) {
            *one.huff.get_or_insert(0.0) += weight * share;
        }
    }
}
