//! The roads of one mode as junctions and edges.
//!
//! Between two junctions a road is one edge, however many bends it has: the points in between are
//! kept with their distance and time from its beginning, so that anybody can be set down anywhere
//! along it. Distances are whole millimetres and times whole milliseconds: there and back are
//! equal to the last digit.

use super::chain::chains;
use super::extract::Extract;
use super::islands::Islands;
use super::profile::Heading;
use crate::place::{Location, RoadMode};
use crate::travel::line::metres_between;

/// A point of an edge.
#[derive(Clone, Copy, Debug)]
pub(super) struct Vertex {
    pub(super) at: Location,
    /// Millimetres from the edge's first point.
    pub(super) mm: u32,
    /// Milliseconds from the edge's first point.
    pub(super) ms: u32,
    /// Whether a journey may begin or end between this point and the next.
    pub(super) stop: bool,
}

/// A road between two junctions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) from: u32,
    pub(super) to: u32,
    /// First of its points, and one past the last.
    points: (u32, u32),
    /// Whether it may only be travelled from its first point to its last.
    pub(super) one_way: bool,
}

/// A way out of a junction.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arc {
    pub(super) to: u32,
    pub(super) edge: u32,
    /// Whether the edge is travelled from its last point to its first.
    pub(super) reversed: bool,
}

/// A straight piece of road, as a chain is made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) mm: u32,
    pub(super) ms: u32,
    pub(super) one_way: bool,
    pub(super) stop: bool,
}

/// The roads of one mode.
pub(super) struct Network {
    pub(super) edges: Vec<Edge>,
    vertices: Vec<Vertex>,
    out: Arcs,
    back: Arcs,
    pub(super) islands: Islands,
}

/// Arcs by junction.
struct Arcs {
    starts: Vec<u32>,
    list: Vec<Arc>,
}

/// Whether journeys are followed from where they begin or from where they end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::travel) enum Direction {
    /// From the origin.
    Out,
    /// Towards the destination, against every one-way street.
    Back,
}

impl Network {
    /// The network of a mode.
    pub(super) fn new(extract: &Extract, mode: RoadMode) -> Self {
        let (pieces, places) = pieces(extract, mode);
        Self::of_pieces(&pieces, &places, true)
    }

    /// The network of these pieces; every point is a junction where chains are not joined.
    pub(super) fn of_pieces(pieces: &[Piece], places: &[Location], join: bool) -> Self {
        let chained = chains(pieces, places.len(), join);
        let mut edges = Vec::with_capacity(chained.edges.len());
        let mut vertices = Vec::new();
        for chain in &chained.edges {
            let first = vertices.len() as u32;
            let (mut mm, mut ms) = (0_u32, 0_u32);
            for step in chain {
                let piece = &pieces[step.piece as usize];
                let (start, _) = step.ends(piece);
                vertices.push(Vertex {
                    at: places[start as usize],
                    mm,
                    ms,
                    stop: piece.stop,
                });
                mm = mm.saturating_add(piece.mm);
                ms = ms.saturating_add(piece.ms);
            }
            let (Some(begin), Some(end)) = (chain.first(), chain.last()) else {
                continue;
            };
            let (from, _) = begin.ends(&pieces[begin.piece as usize]);
            let (_, to) = end.ends(&pieces[end.piece as usize]);
            vertices.push(Vertex {
                at: places[to as usize],
                mm,
                ms,
                stop: false,
            });
            edges.push(Edge {
                from: chained.junction[from as usize],
                to: chained.junction[to as usize],
                points: (first, vertices.len() as u32),
                one_way: pieces[begin.piece as usize].one_way,
            });
        }
        let out = Arcs::new(&edges, chained.junctions, Direction::Out);
        let back = Arcs::new(&edges, chained.junctions, Direction::Back);
        let mut network = Self {
            edges,
            vertices,
            out,
            back,
            islands: Islands::default(),
        };
        network.islands = Islands::of(&network);
        network
    }

    /// How many junctions there are.
    pub(super) fn junctions(&self) -> usize {
        self.out.starts.len().saturating_sub(1)
    }

    /// Ways out of a junction, or into it.
    pub(super) fn arcs(&self, junction: u32, direction: Direction) -> &[Arc] {
        let arcs = match direction {
            Direction::Out => &self.out,
            Direction::Back => &self.back,
        };
        let (first, end) = (
            arcs.starts[junction as usize],
            arcs.starts[junction as usize + 1],
        );
        &arcs.list[first as usize..end as usize]
    }

    /// The points of an edge, the first and the last included.
    pub(super) fn points(&self, edge: u32) -> &[Vertex] {
        let (first, end) = self.edges[edge as usize].points;
        &self.vertices[first as usize..end as usize]
    }

    /// Length of an edge, millimetres, and its time, milliseconds.
    pub(super) fn whole(&self, edge: u32) -> (u32, u32) {
        self.points(edge)
            .last()
            .map_or((0, 0), |end| (end.mm, end.ms))
    }
}

impl Arcs {
    fn new(edges: &[Edge], junctions: usize, direction: Direction) -> Self {
        let mut list: Vec<(u32, Arc)> = Vec::with_capacity(edges.len() * 2);
        for (at, edge) in edges.iter().enumerate() {
            let arc = |to, reversed| Arc {
                to,
                edge: at as u32,
                reversed,
            };
            let (along, against) = match direction {
                Direction::Out => (true, !edge.one_way),
                Direction::Back => (!edge.one_way, true),
            };
            if along {
                list.push((edge.from, arc(edge.to, false)));
            }
            if against {
                list.push((edge.to, arc(edge.from, true)));
            }
        }
        list.sort_by_key(|(junction, arc)| (*junction, arc.edge, arc.reversed));
        let mut starts = vec![0_u32; junctions + 1];
        for (junction, _) in &list {
            starts[*junction as usize + 1] += 1;
        }
        for at in 0..junctions {
            starts[at + 1] += starts[at];
        }
        Self {
            starts,
            list: list.into_iter().map(|(_, arc)| arc).collect(),
        }
    }
}

/// Every straight piece of road that a mode may travel, and where its ends are. A node that stops the
/// mode ends the road on both of its sides.
fn pieces(extract: &Extract, mode: RoadMode) -> (Vec<Piece>, Vec<Location>) {
    let mut places: Vec<Location> = Vec::new();
    let mut of_node = vec![u32::MAX; extract.points.len()];
    let mut pieces = Vec::new();
    let bit = 1_u8 << mode.position();
    for way in &extract.ways {
        let Some(passage) = way.passages[mode.position()] else {
            continue;
        };
        let mut end = |node: u32| -> Option<(u32, Location)> {
            let at = node as usize;
            let point = extract.points[at]?;
            let is_end = extract.barred[at] & bit != 0;
            if is_end || of_node[at] == u32::MAX {
                places.push(point);
                let place = places.len() as u32 - 1;
                if is_end {
                    return Some((place, point));
                }
                of_node[at] = place;
            }
            Some((of_node[at], point))
        };
        for pair in way.nodes.windows(2) {
            let (Some(one), Some(other)) = (end(pair[0]), end(pair[1])) else {
                continue;
            };
            let ((from, start), (to, stop)) = match passage.way {
                Heading::Backward => (other, one),
                Heading::Both | Heading::Forward => (one, other),
            };
            let metres = metres_between(start, stop);
            if from == to || metres > 100_000.0 {
                continue;
            }
            pieces.push(Piece {
                from,
                to,
                mm: (metres * 1000.0).round() as u32,
                ms: (metres * 3600.0 / passage.kmh).round() as u32,
                one_way: passage.way != Heading::Both,
                stop: passage.stop,
            });
        }
    }
    (pieces, places)
}
