//! Isochrones: the ground from which a site can be reached in so many minutes.
//!
//! The stretches of road from which one gets there in time, and the ground beside them. Nothing
//! is filled in between: a field without a path stays out.

use super::contour::around;
use super::journeys::{OfMode, Roads};
use super::network::{Arc, Direction, Network, Vertex};
use super::search::{Cost, Search, Source};
use super::snap::Snap;
use crate::place::{Location, RoadMode, Unit};
use geo::{Coord, MapCoords, MultiPolygon, Simplify};
use rayon::prelude::*;
use std::collections::HashSet;

/// Bends smaller than this are left out of an outline, metres.
const FINE: f64 = 8.0;
/// Metres of a degree of latitude.
const DEGREE: f64 = 111_195.08;

/// The ground from which a site can be reached within a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Isochrone {
    /// Position of the site in the list that was given.
    pub site: usize,
    /// The time.
    pub minutes: f64,
    /// The ground, longitude and latitude.
    pub ground: MultiPolygon<f64>,
}

impl Roads {
    /// Isochrones of sites, for every band of minutes, by site and then by time; sites that are on no
    /// road, and modes that were not asked for, have none.
    pub fn isochrones(
        &self,
        mode: RoadMode,
        sites: &[Option<Location>],
        bands: &[f64],
    ) -> Vec<Isochrone> {
        let Some(of) = self.of(mode) else {
            return Vec::new();
        };
        let snaps = self.snap_all(of, sites);
        let weighing = self.weighing(Unit::Minutes);
        let of_site = |search: &mut Search<'_>, (site, snap): (usize, &Option<Snap>)| {
            let found = snap.as_ref().map(|snap| {
                bands.iter().map(|minutes| Isochrone {
                    site,
                    minutes: *minutes,
                    ground: around_site(of, search, snap, *minutes, weighing.beside(snap)),
                })
            });
            found.into_iter().flatten().collect::<Vec<_>>()
        };
        snaps
            .par_iter()
            .enumerate()
            .map_init(
                || Search::new(&of.network, weighing, Direction::Back),
                of_site,
            )
            .flatten_iter()
            .collect()
    }

    /// The points of every road of a mode, for drawing.
    pub fn lines(&self, mode: RoadMode) -> Vec<Vec<Location>> {
        let Some(of) = self.of(mode) else {
            return Vec::new();
        };
        let edges = 0..of.network.edges.len() as u32;
        let points = |edge| of.network.points(edge).iter().map(|one| one.at).collect();
        edges.map(points).collect()
    }
}

/// How far the ground beside a road is counted with it, metres.
fn beside_road(mode: RoadMode) -> f64 {
    match mode {
        RoadMode::Walk => 60.0,
        RoadMode::Cycle => 90.0,
        RoadMode::Drive => 150.0,
    }
}

fn around_site(
    of: &OfMode,
    search: &mut Search<'_>,
    snap: &Snap,
    minutes: f64,
    beside: Cost,
) -> MultiPolygon<f64> {
    let most = (minutes * 60_000.0).round() as Cost;
    let source = Source {
        from: snap,
        start: beside,
        most,
    };
    let junctions = search.around(&[source]);
    let junctions = junctions.iter().map(|met| (met.junction, most - met.cost));
    let here = most.checked_sub(beside).map(|left| (snap, left));
    ground(of, here, junctions, snap.at)
}

/// The ground from which one gets in time to places on the road and to junctions, each with the time that
/// is left there, on a map around a point.
pub(super) fn ground<'a>(
    of: &OfMode,
    places: impl IntoIterator<Item = (&'a Snap, Cost)>,
    junctions: impl IntoIterator<Item = (u32, Cost)>,
    middle: Location,
) -> MultiPolygon<f64> {
    let on_edge = |(snap, left): (&Snap, Cost)| {
        let back = match of.network.edges[snap.edge as usize].one_way {
            true => 0,
            false => left,
        };
        let around = (snap.ms.saturating_sub(left), snap.ms.saturating_add(back));
        part(of.network.points(snap.edge), around)
    };
    let mut stretches: Vec<Vec<Location>> = places.into_iter().map(on_edge).collect();
    let mut whole = HashSet::new();
    for (junction, left) in junctions {
        for arc in of.network.arcs(junction, Direction::Back) {
            let is_whole = left >= of.network.whole(arc.edge).1;
            // From its other end the same road is covered again.
            if !is_whole || whole.insert(arc.edge) {
                stretches.push(beyond(&of.network, *arc, left));
            }
        }
    }
    stretches.retain(|points| points.len() > 1);
    let flat = Flat::around(middle.lon(), middle.lat());
    let lines: Vec<Vec<Coord<f64>>> = stretches
        .iter()
        .map(|points| points.iter().map(|at| flat.metres(*at)).collect())
        .collect();
    around(&lines, beside_road(of.mode))
        .simplify(FINE)
        .map_coords(|point| flat.degrees(point))
}

/// The stretch that leads to a junction and can be travelled in the time that is left.
fn beyond(network: &Network, arc: Arc, left: Cost) -> Vec<Location> {
    let (_, whole) = network.whole(arc.edge);
    let within = match arc.reversed {
        true => (whole.saturating_sub(left), whole),
        false => (0, left.min(whole)),
    };
    part(network.points(arc.edge), within)
}

/// The points of an edge between two times from its beginning.
fn part(points: &[Vertex], (first, last): (Cost, Cost)) -> Vec<Location> {
    let mut part = Vec::new();
    for pair in points.windows(2) {
        let (start, end) = (pair[0], pair[1]);
        if end.ms < first || start.ms > last {
            continue;
        }
        if part.is_empty() {
            part.push(between(start, end, first.max(start.ms)));
        }
        part.push(between(start, end, last.min(end.ms)));
    }
    part
}

/// Where one is at a time between two points.
fn between(start: Vertex, end: Vertex, ms: Cost) -> Location {
    let whole = f64::from(end.ms.saturating_sub(start.ms));
    let share = match whole > 0.0 {
        true => f64::from(ms.saturating_sub(start.ms)) / whole,
        false => 0.0,
    };
    let mid = |from: f64, to: f64| from + share * (to - from);
    let at = Location::new(
        mid(start.at.lon(), end.at.lon()),
        mid(start.at.lat(), end.at.lat()),
    );
    at.unwrap_or(start.at)
}

/// A flat map around a site, good for the few kilometres of an outline's details.
struct Flat {
    lon: f64,
    lat: f64,
    east: f64,
}

impl Flat {
    fn around(lon: f64, lat: f64) -> Self {
        Self {
            lon,
            lat,
            east: DEGREE * lat.to_radians().cos().max(0.01),
        }
    }

    fn metres(&self, at: Location) -> Coord<f64> {
        // The shorter way round, across the antimeridian too.
        let lon = (at.lon() - self.lon + 540.0).rem_euclid(360.0) - 180.0;
        Coord {
            x: lon * self.east,
            y: (at.lat() - self.lat) * DEGREE,
        }
    }

    fn degrees(&self, point: Coord<f64>) -> Coord<f64> {
        Coord {
            x: self.lon + point.x / self.east,
            y: self.lat + point.y / DEGREE,
        }
    }
}
