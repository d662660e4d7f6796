//! From a point to the road beside it.

use super::network::Network;
use crate::place::Location;
use crate::travel::index::{Point, on_sphere};
use crate::travel::line::{EARTH_RADIUS, metres_between};
use rstar::RTree;
use rstar::primitives::{GeomWithData, Line};

/// Where a point meets the network: somewhere along an edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Snap {
    pub(super) edge: u32,
    /// Millimetres and milliseconds from the edge's first point.
    pub(super) mm: u32,
    pub(super) ms: u32,
    /// Millimetres between the point and the road.
    pub(super) away_mm: u32,
    pub(super) at: Location,
}

type Stretch = GeomWithData<Line<Point>, (u32, u32)>;

/// Every straight stretch of road on which a journey may begin or end. Stretches are chords of the
/// unit sphere: of one kilometre, two centimetres below the ground.
pub(super) struct SnapIndex {
    tree: RTree<Stretch>,
}

/// Stretches this much further than the nearest, in metres, are as near.
const AS_NEAR: f64 = 0.01;

impl SnapIndex {
    /// Indexes a network.
    pub(super) fn new(network: &Network) -> Self {
        let mut stretches = Vec::new();
        for edge in 0..network.edges.len() as u32 {
            if !network.islands.is_usable(network, edge) {
                continue;
            }
            for (at, pair) in network.points(edge).windows(2).enumerate() {
                if pair[0].stop {
                    let line = Line::new(on_sphere(pair[0].at), on_sphere(pair[1].at));
                    stretches.push(GeomWithData::new(line, (edge, at as u32)));
                }
            }
        }
        Self {
            tree: RTree::bulk_load(stretches),
        }
    }

    /// The nearest usable stretch to a point, at most so many metres away. Among stretches that are as
    /// near, such as those that meet in a corner, a two-way road comes first.
    pub(super) fn snap(&self, network: &Network, point: Location, most: f64) -> Option<Snap> {
        let from = on_sphere(point);
        let mut near = self
            .tree
            .nearest_neighbor_iter_with_distance_2(&from)
            .map(|(stretch, squared)| (stretch, squared.sqrt() * EARTH_RADIUS.get()))
            .take_while(|(_, metres)| *metres <= most)
            .peekable();
        let least = near.peek()?.1;
        let (stretch, _) = near
            .take_while(|(_, metres)| *metres <= least + AS_NEAR)
            .min_by_key(|(stretch, _)| {
                let one_way = network.edges[stretch.data.0 as usize].one_way;
                (one_way, stretch.data)
            })?;
        Some(along(network, stretch, point, from))
    }
}

/// Where on a stretch a point is nearest.
fn along(network: &Network, stretch: &Stretch, point: Location, from: Point) -> Snap {
    let (edge, at) = stretch.data;
    let points = network.points(edge);
    let (start, end) = (points[at as usize], points[at as usize + 1]);
    let line = stretch.geom();
    let near = line.nearest_point(&from);
    let length = apart(line.from, line.to);
    let share = match length > 0.0 {
        true => (apart(line.from, near) / length).clamp(0.0, 1.0),
        false => 0.0,
    };
    let between = |from: u32, to: u32| from + (f64::from(to - from) * share).round() as u32;
    let place = off_sphere(near).unwrap_or(start.at);
    Snap {
        edge,
        mm: between(start.mm, end.mm),
        ms: between(start.ms, end.ms),
        away_mm: (metres_between(point, place) * 1000.0).round() as u32,
        at: place,
    }
}

fn apart(one: Point, other: Point) -> f64 {
    let squares = one.iter().zip(other).map(|(a, b)| (a - b) * (a - b));
    squares.sum::<f64>().sqrt()
}

fn off_sphere([x, y, z]: Point) -> Option<Location> {
    Location::new(y.atan2(x).to_degrees(), z.atan2(x.hypot(y)).to_degrees())
}
