//! The zones a rule counts, and how far each is from its nearest host: every host tried in turn.

use super::reading::Reading;
use crate::place::{
    AccessRule, BuildingIx, Distance, Measure, Mode, Place, ServiceIx, Unit, Zone, ZoneIx,
};
use crate::travel::{EARTH_RADIUS, Travel};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A zone that counts in a rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Counted {
    pub(super) zone: ZoneIx,
    /// Thousandths of a person.
    pub(super) weight: u64,
    /// Distance to the nearest host today.
    pub(super) today: Distance,
    /// The same under the plan; `None` where no host can be reached.
    pub(super) after: Option<Distance>,
}

/// Whom a rule counts.
pub(super) struct Audience {
    /// Zones with weight that can reach a host today.
    pub(super) zones: Vec<Counted>,
    /// Zones with weight that can reach none: left out and named.
    pub(super) unreachable: Vec<ZoneIx>,
}

impl Audience {
    /// The zones of a rule, by the method's words.
    pub(super) fn of(place: &Place, distances: &Distances, rule: &AccessRule) -> Self {
        let Nearest { today, after } = distances.to(rule.service, &rule.measure);
        let mut audience = Self {
            zones: Vec::new(),
            unreachable: Vec::new(),
        };
        for ((zone, known), (today, after)) in place.zones().zip(today.into_iter().zip(after)) {
            if !in_rule(known, rule) {
                continue;
            }
            let weight = known.weight(rule.service, rule.group.as_deref());
            match today {
                Some(today) => audience.zones.push(Counted {
                    zone,
                    weight,
                    today,
                    after,
                }),
                None => audience.unreachable.push(zone),
            }
        }
        audience
    }

    /// Weight of all zones that count, thousandths of a person.
    pub(super) fn total(&self) -> u128 {
        self.weight_where(|_| true)
    }

    /// Weight of the zones of which something is true.
    pub(super) fn weight_where(&self, keep: impl Fn(&Counted) -> bool) -> u128 {
        let zones = self.zones.iter().filter(|zone| keep(zone));
        zones.map(|zone| u128::from(zone.weight)).sum()
    }

    /// The greatest distance today, in the user's unit.
    pub(super) fn furthest_today(&self, unit: Unit) -> Option<f64> {
        let furthest = self.zones.iter().map(|zone| zone.today).max();
        furthest.map(|distance| distance.to_user(unit))
    }

    /// The greatest distance under the plan; `None` where a zone can reach no host at all.
    pub(super) fn furthest_after(&self, unit: Unit) -> Option<f64> {
        let all: Option<Vec<_>> = self.zones.iter().map(|zone| zone.after).collect();
        all?.into_iter()
            .max()
            .map(|distance| distance.to_user(unit))
    }
}

/// Whether a zone weighs anything in a rule and lies in its area.
pub(super) fn in_rule(zone: &Zone, rule: &AccessRule) -> bool {
    let inside = rule
        .area
        .as_ref()
        .is_none_or(|area| zone.areas.get(&area.kind) == Some(&area.code));
    inside && zone.weight(rule.service, rule.group.as_deref()) > 0
}

/// The nearest host of every zone, today and under the plan, for each service and measure that is
/// asked about: worked out once, however many rules ask.
pub(super) struct Distances {
    known: BTreeMap<(ServiceIx, Measure), Nearest>,
}

/// By zone: how far its nearest host is today, and under the plan.
#[derive(Clone, Debug, Default)]
pub(super) struct Nearest {
    pub(super) today: Vec<Option<Distance>>,
    pub(super) after: Vec<Option<Distance>>,
}

impl Distances {
    /// What the rules ask about, and travel to every counter where the plan has a travel stage.
    pub(super) fn of(reading: &Reading<'_>, travel: &Travel) -> Self {
        let place = reading.place;
        let of_zones = |rule: &&AccessRule| rule.kind.is_by_zone();
        let rules = place.rules.iter().filter(of_zones);
        let mut asked: BTreeSet<_> = rules.map(|r| (r.service, r.measure.clone())).collect();
        if reading.plan.travel.is_some() {
            let counters = place.services().filter(|(_, service)| service.counter);
            asked.extend(counters.map(|(at, _)| (at, straight_km())));
        }
        let known = asked.into_iter().map(|(service, measure)| {
            let near = |hosts: Vec<BuildingIx>| nearest(place, travel, &measure, hosts);
            let found = Nearest {
                today: near(reading.hosts_today(service)),
                after: near(reading.hosts_after(service)),
            };
            ((service, measure), found)
        });
        Self {
            known: known.collect(),
        }
    }

    /// The distances of a service on a measure; none where nobody asked.
    pub(super) fn to(&self, service: ServiceIx, measure: &Measure) -> Nearest {
        let key = (service, measure.clone());
        self.known.get(&key).cloned().unwrap_or_default()
    }
}

/// Straight line × detour, in km.
pub(super) fn straight_km() -> Measure {
    Measure {
        mode: Mode::Straight,
        unit: Unit::Km,
    }
}

/// The distance of every zone to the nearest of the hosts. On a straight line a host is passed over
/// only where its latitude alone puts it further away than one already measured.
fn nearest(
    place: &Place,
    travel: &Travel,
    measure: &Measure,
    hosts: Vec<BuildingIx>,
) -> Vec<Option<Distance>> {
    let latitude = |host: &BuildingIx| place.building(*host).location.map_or(0.0, |at| at.lat());
    let mut hosts: Vec<(f64, BuildingIx)> =
        hosts.iter().map(|host| (latitude(host), *host)).collect();
    hosts.sort_by(|one, other| one.0.total_cmp(&other.0));
    let by_line = !matches!(
        measure.mode,
        Mode::Matrix(_) | Mode::Road(_) | Mode::Transit
    );
    (0..place.zones.len())
        .into_par_iter()
        .map(|zone| {
            let zone = ZoneIx::new(zone);
            let to = |host: BuildingIx| travel.zone_to_building(place, measure, zone, host);
            if !by_line {
                return hosts.iter().filter_map(|(_, host)| to(*host)).min();
            }
            let here = place.zone(zone).point.lat();
            let (south, north) = hosts.split_at(hosts.partition_point(|(lat, _)| *lat < here));
            let (mut south, mut north) = (south.iter().rev().peekable(), north.iter().peekable());
            let mut best: Option<Distance> = None;
            loop {
                let off =
                    |next: Option<&&(f64, BuildingIx)>| next.map(|(lat, _)| (lat - here).abs());
                let next = match (off(south.peek()), off(north.peek())) {
                    (Some(down), Some(up)) if down < up => south.next(),
                    (Some(_), None) => south.next(),
                    _ => north.next(),
                };
                let Some((lat, host)) = next else {
                    return best;
                };
                if best.is_some_and(|best| beyond(place, measure, (lat - here).abs(), best)) {
                    return best;
                }
                best = best.into_iter().chain(to(*host)).min();
            }
        })
        .collect()
}

/// Whether so many degrees of latitude alone are surely further than a distance.
fn beyond(place: &Place, measure: &Measure, degrees: f64, best: Distance) -> bool {
    let settings = &place.travel;
    let metres = degrees.to_radians() * EARTH_RADIUS.get() * settings.detour;
    let steps = f64::from(best.steps()) + 1.0;
    let reach = match (&measure.mode, measure.unit) {
        (_, Unit::Km) => steps,
        (Mode::Walk, Unit::Minutes) => steps * settings.walk_kmh * 1000.0 / 600.0,
        (_, Unit::Minutes) => steps * settings.drive_kmh * 1000.0 / 600.0,
    };
    metres > reach + 1.0
}

/// A share or a rate as whole millionths, so that sums with it are exact.
pub(super) fn millionths(share: f64) -> u128 {
    (share * 1e6).round() as u128
}

/// A sum that something may be taken from.
pub(super) fn signed(sum: u128) -> i128 {
    i128::try_from(sum).unwrap_or(i128::MAX)
}

/// Thousandths of a person as people.
pub(super) fn people(weight: u128) -> f64 {
    weight as f64 / 1000.0
}
