//! Which zones a rule counts, and for how much.

use super::limit::WORST;
use crate::access::ZoneShort;
use crate::place::{AccessRule, Distance, Place, Unit, ZoneIx};
use std::cmp::Reverse;

/// The zones of a rule: those in its area that have weight and can reach a host today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Weight of every zone of the place, in thousandths of a person; zero where it does not count.
    pub weights: Vec<u64>,
    /// Their sum.
    pub total: u64,
    /// Zones that have weight but can reach no host today: left out on both sides, and named.
    pub unreachable: Vec<ZoneIx>,
}

impl Scope {
    /// The scope of a rule, given every zone's distance today.
    pub fn new(place: &Place, rule: &AccessRule, today: &[Option<Distance>]) -> Self {
        let mut weights = vec![0; place.zones.len()];
        let mut unreachable = Vec::new();
        for ((at, zone), weight) in place.zones().zip(&mut weights) {
            let in_area = rule
                .area
                .as_ref()
                .is_none_or(|area| zone.areas.get(&area.kind) == Some(&area.code));
            let here = match in_area {
                true => zone.weight(rule.service, rule.group.as_deref()),
                false => 0,
            };
            match today.get(at.index()).copied().flatten() {
                Some(_) => *weight = here,
                None if here > 0 => unreachable.push(at),
                None => {}
            }
        }
        Self {
            total: weights.iter().copied().fold(0, u64::saturating_add),
            weights,
            unreachable,
        }
    }

    /// Zones that count, with their weights.
    pub fn zones(&self) -> impl Iterator<Item = (ZoneIx, u64)> + '_ {
        self.weights
            .iter()
            .enumerate()
            .filter(|(_, weight)| **weight > 0)
            .map(|(at, weight)| (ZoneIx::new(at), *weight))
    }

    /// Zones that count, with their weights and what stands beside them in `distances`.
    pub fn with<'a, T: Copy>(
        &'a self,
        distances: &'a [Option<T>],
    ) -> impl Iterator<Item = (ZoneIx, u64, Option<T>)> + 'a {
        self.zones().map(|(zone, weight)| {
            let distance = distances.get(zone.index()).copied().flatten();
            (zone, weight, distance)
        })
    }

    /// Whether nobody counts.
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// A part of the scope's weight as a share of the whole.
    pub fn share(&self, part: u64) -> Option<f64> {
        (self.total > 0).then(|| part as f64 / self.total as f64)
    }
}

/// Thousandths of a person as people.
pub(super) fn people(weight: u64) -> f64 {
    weight as f64 / 1000.0
}

/// A sum of weight × steps as a mean in km or minutes.
pub(super) fn mean(sum: u64, weight: u64, unit: Unit) -> Option<f64> {
    (weight > 0).then(|| sum as f64 / weight as f64 / unit.steps())
}

/// The worst zones beyond their limits: those that reach nothing, then the furthest, then by id.
pub(super) fn zones_beyond(
    place: &Place,
    rule: &AccessRule,
    scope: &Scope,
    distances: &[Option<Distance>],
    limit: impl Fn(ZoneIx) -> Distance,
) -> Vec<ZoneShort> {
    let unit = rule.measure.unit;
    let mut beyond: Vec<_> = scope
        .with(distances)
        .filter(|(zone, _, far)| far.is_none_or(|far| far > limit(*zone)))
        .collect();
    let id = |zone: ZoneIx| &place.zone(zone).id;
    let steps = |far: Option<Distance>| far.map_or(u64::MAX, |far| u64::from(far.steps()));
    beyond.sort_by_key(|(zone, _, far)| (Reverse(steps(*far)), id(*zone)));
    beyond
        .into_iter()
        .take(WORST)
        .map(|(zone, weight, far)| ZoneShort {
            id: id(zone).to_string(),
            distance: far.map(|far| far.to_user(unit)),
            limit: limit(zone).to_user(unit),
            people: people(weight),
        })
        .collect()
}
