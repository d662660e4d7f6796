//! The zones a rule counts, and how far each is from its nearest host: every host tried in turn.

use super::reading::Reading;
use crate::place::{AccessRule, BuildingIx, Distance, Measure, Place, Unit, Zone, ZoneIx};
use crate::travel::Travel;
use rayon::prelude::*;

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
    pub(super) fn of(reading: &Reading<'_>, travel: &Travel, rule: &AccessRule) -> Self {
        let place = reading.place;
        let today = nearest(
            place,
            travel,
            &rule.measure,
            &reading.hosts_today(rule.service),
        );
        let after = nearest(
            place,
            travel,
            &rule.measure,
            &reading.hosts_after(rule.service),
        );
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

/// The distance of every zone to the nearest of the hosts.
pub(super) fn nearest(
    place: &Place,
    travel: &Travel,
    measure: &Measure,
    hosts: &[BuildingIx],
) -> Vec<Option<Distance>> {
    (0..place.zones.len())
        .into_par_iter()
        .map(|zone| {
            hosts
                .iter()
                .filter_map(|host| {
                    travel.zone_to_building(place, measure, ZoneIx::new(zone), *host)
                })
                .min()
        })
        .collect()
}

/// A share or a rate as whole millionths, so that sums with it are exact.
pub(super) fn millionths(share: f64) -> u128 {
    (share * 1e6).round() as u128
}

/// Thousandths of a person as people.
pub(super) fn people(weight: u128) -> f64 {
    weight as f64 / 1000.0
}
