//! The nearest host of every zone.

use crate::place::{BuildingIx, Distance, Measure, Place, ZoneIx};
use crate::travel::Travel;
use rayon::prelude::*;

/// The nearest of `hosts` to every zone, in the order of [`Place::zones`], the one whose id comes
/// first among equals; `None` where a zone can reach none of them.
///
/// O((zones + hosts) × log hosts) on a straight line, O(pairs given) on a matrix; memory is linear.
pub fn nearest(
    place: &Place,
    travel: &Travel,
    measure: &Measure,
    hosts: &[BuildingIx],
) -> Vec<Option<(Distance, BuildingIx)>> {
    let hosts = travel.hosts(place, hosts);
    (0..place.zones.len())
        .into_par_iter()
        .map(|zone| travel.nearest_host(place, measure, &hosts, ZoneIx::new(zone)))
        .collect()
}
