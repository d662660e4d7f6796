//! Tables that lie elsewhere: none of their records is anywhere near the zones, so that a
//! coordinate system was taken for another, two columns are exchanged, or the file is of another
//! place.

use crate::load::{Located, Table};
use crate::place::{Finding, Location, Severity, Zone};
use geo::{Distance, Haversine};

/// Records further than this beyond the outermost zone are of another place, metres.
const ELSEWHERE_M: f64 = 100_000.0;
/// From this many located records on a table is judged.
const ENOUGH: usize = 3;

/// An error where every located record of a table is far from all zones.
pub(super) fn check(
    table: &Table,
    places: &[Located],
    zones: &[Zone],
    findings: &mut Vec<Finding>,
) {
    let placed: Vec<Location> = places.iter().flatten().map(|(at, _)| *at).collect();
    let Some(area) = Circle::around(zones) else {
        return;
    };
    let near = placed.iter().any(|at| area.beyond(*at) <= ELSEWHERE_M);
    if near || placed.len() < ENOUGH {
        return;
    }
    let nearest = placed
        .iter()
        .map(|at| area.beyond(*at))
        .fold(f64::INFINITY, f64::min);
    let exchanged = placed
        .iter()
        .filter_map(|at| Location::new(at.lat(), at.lon()))
        .filter(|at| area.beyond(*at) <= ELSEWHERE_M)
        .count();
    let action = if exchanged * 2 > placed.len() {
        "the two coordinate columns are exchanged: name them under columns"
    } else {
        "name the right coordinate system with crs, or bring the file of this place"
    };
    findings.push(
        Finding::new("table-elsewhere", Severity::Error, table.whole())
            .cause(format!(
                "all {} placed records lie {:.0} km or more from the zones",
                placed.len(),
                nearest / 1000.0
            ))
            .action(action),
    );
}

/// A circle that holds every zone's point.
struct Circle {
    centre: Location,
    radius: f64,
}

impl Circle {
    fn around(zones: &[Zone]) -> Option<Self> {
        let on_sphere = |at: Location| {
            let (lon, lat) = (at.lon().to_radians(), at.lat().to_radians());
            [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
        };
        let mut sum = [0.0_f64; 3];
        for zone in zones {
            for (total, part) in sum.iter_mut().zip(on_sphere(zone.point)) {
                *total += part;
            }
        }
        let [x, y, z] = sum;
        if zones.is_empty() || x.hypot(y).hypot(z) < 1e-9 {
            return None;
        }
        let centre = Location::new(y.atan2(x).to_degrees(), z.atan2(x.hypot(y)).to_degrees())?;
        let radius = zones
            .iter()
            .map(|zone| metres(centre, zone.point))
            .fold(0.0, f64::max);
        Some(Self { centre, radius })
    }

    /// Metres beyond the circle, negative inside it.
    fn beyond(&self, at: Location) -> f64 {
        metres(self.centre, at) - self.radius
    }
}

fn metres(one: Location, two: Location) -> f64 {
    Haversine.distance(one.point(), two.point())
}
