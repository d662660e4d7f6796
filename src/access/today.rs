//! Where the public stands today, and what each rule therefore enforces.

use super::rules::{Coverage, Limit, matrix_coverage};
use super::{Arrangement, nearest};
use crate::place::{AccessRule, Distance, Measure, Place, ServiceIx};
use crate::travel::Travel;
use std::collections::BTreeMap;

/// Distance of every zone to its nearest host, in the order of the zones; `None` where it can
/// reach none.
pub(super) type Distances = Vec<Option<Distance>>;

/// What each rule enforces, given where the public stands today.
#[derive(Clone, Debug, PartialEq)]
pub struct Today {
    /// What each rule enforces, in the order of [`Place::rules`].
    pub limits: Vec<Limit>,
    /// How much of each rule a user's matrix knows, in the order of [`Place::rules`]; `None` by
    /// straight line and for displacement.
    pub matrix: Vec<Option<Coverage>>,
}

/// Measures today's arrangement by every measure that a rule of a service uses.
pub fn today(place: &Place, travel: &Travel) -> Today {
    let distances = by_service(place, travel, &Arrangement::today(place));
    let limit = |rule| Limit::new(place, travel, rule, of_rule(&distances, rule));
    let limits: Vec<_> = place.rules.iter().map(limit).collect();
    Today {
        matrix: matrix_coverage(place, travel, &limits),
        limits,
    }
}

/// Distances under an arrangement, by service and measure; displacement needs none.
pub(super) fn by_service(
    place: &Place,
    travel: &Travel,
    arrangement: &Arrangement,
) -> BTreeMap<(ServiceIx, Measure), Distances> {
    let mut distances = BTreeMap::new();
    let of_zones = |rule: &&AccessRule| rule.kind.is_by_zone();
    for rule in place.rules.iter().filter(of_zones) {
        distances
            .entry((rule.service, rule.measure.clone()))
            .or_insert_with(|| {
                let hosts = arrangement.hosts(place, rule.service);
                nearest(place, travel, &rule.measure, &hosts)
                    .into_iter()
                    .map(|found| found.map(|(distance, _)| distance))
                    .collect()
            });
    }
    distances
}

/// The distances a rule looks at; none for displacement.
pub(super) fn of_rule<'a>(
    distances: &'a BTreeMap<(ServiceIx, Measure), Distances>,
    rule: &AccessRule,
) -> &'a [Option<Distance>] {
    distances
        .get(&(rule.service, rule.measure.clone()))
        .map_or(&[], Vec::as_slice)
}
