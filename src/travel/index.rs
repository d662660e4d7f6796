//! Points on the unit sphere.

use super::EARTH_RADIUS;
use crate::place::{Location, Metres};
use rstar::primitives::GeomWithData;
use rstar::{RStarInsertionStrategy, RTree, RTreeParams};

pub(super) type Point = [f64; 3];

/// An R*-tree over the three-dimensional points of buildings or whatever else `T` is. Squared chords
/// order exactly as distances on the ground do, wherever on Earth.
#[derive(Clone, Debug)]
pub(super) struct SphereIndex<T: Copy> {
    tree: RTree<GeomWithData<Point, T>, Wide>,
}

/// Nodes of many children: with the usual six, a tree of a million points is twice as big as its
/// points.
#[derive(Clone, Debug)]
struct Wide;

impl RTreeParams for Wide {
    const MIN_SIZE: usize = 8;
    const MAX_SIZE: usize = 32;
    const REINSERTION_COUNT: usize = 6;
    type DefaultInsertionStrategy = RStarInsertionStrategy;
}

impl<T: Copy> SphereIndex<T> {
    /// Builds the index. O(n log n).
    pub(super) fn new(buildings: impl Iterator<Item = (T, Location)>) -> Self {
        let points = buildings
            .map(|(at, location)| GeomWithData::new(on_sphere(location), at))
            .collect();
        Self {
            tree: RTree::bulk_load_with_params(points),
        }
    }

    /// Those whose straight line from `from` is at most `radius`, in no order.
    pub(super) fn within(&self, from: Location, radius: Metres) -> impl Iterator<Item = T> + '_ {
        self.tree
            .locate_within_distance(on_sphere(from), squared_chord(radius))
            .map(|point| point.data)
    }

    /// All of them, the nearest first, by unrounded straight line. The first k take O(k log n).
    pub(super) fn by_distance(&self, from: Location) -> impl Iterator<Item = T> + '_ {
        self.tree
            .nearest_neighbor_iter(&on_sphere(from))
            .map(|point| point.data)
    }

    /// One that no other is closer than, by unrounded straight line.
    pub(super) fn nearest(&self, from: Location) -> Option<T> {
        self.tree
            .nearest_neighbor(&on_sphere(from))
            .map(|point| point.data)
    }
}

pub(super) fn on_sphere(location: Location) -> Point {
    let (sin_lat, cos_lat) = location.lat().to_radians().sin_cos();
    let (sin_lon, cos_lon) = location.lon().to_radians().sin_cos();
    [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
}

/// The squared straight chord under an arc of this length on the unit sphere.
fn squared_chord(arc: Metres) -> f64 {
    let angle = arc.get() / EARTH_RADIUS.get();
    if angle < std::f64::consts::PI {
        let half = (angle / 2.0).sin();
        4.0 * half * half
    } else {
        // Half way round the Earth and beyond lies everything.
        f64::INFINITY
    }
}
