//! Islands: parts of a network from which one cannot get to the rest and back.
//!
//! Tarjan's strongly connected components, without recursion. A few metres of path that touch
//! nothing, or a car park behind a private road, are no place to begin a journey.

use super::network::{Direction, Network};

/// Less road than this is no network of its own.
const SMALLEST_KM: f64 = 5.0;

/// Which part of a network each junction belongs to.
#[derive(Clone, Debug, Default)]
pub(super) struct Islands {
    of_junction: Vec<u32>,
    /// Millimetres of road in each part.
    mm: Vec<u64>,
    largest: u32,
}

impl Islands {
    /// Finds the parts of a network.
    pub(super) fn of(network: &Network) -> Self {
        let of_junction = components(network);
        let count = of_junction
            .iter()
            .max()
            .map_or(0, |most| *most as usize + 1);
        let mut mm = vec![0_u64; count];
        for (at, edge) in network.edges.iter().enumerate() {
            let part = of_junction[edge.from as usize];
            if part == of_junction[edge.to as usize] {
                mm[part as usize] += u64::from(network.whole(at as u32).0);
            }
        }
        let largest = (0..count).max_by_key(|part| (mm[*part], std::cmp::Reverse(*part)));
        Self {
            of_junction,
            largest: largest.unwrap_or(0) as u32,
            mm,
        }
    }

    /// Whether a journey may begin or end on an edge: it is in the largest part, or in another that is
    /// large enough to be a place of its own.
    pub(super) fn is_usable(&self, network: &Network, edge: u32) -> bool {
        let edge = &network.edges[edge as usize];
        let part = self.of_junction[edge.from as usize];
        part == self.of_junction[edge.to as usize] && self.is_large(part)
    }

    fn is_large(&self, part: u32) -> bool {
        part == self.largest || self.mm[part as usize] as f64 >= SMALLEST_KM * 1e6
    }

    /// The part that an edge belongs to.
    pub(super) fn part(&self, network: &Network, edge: u32) -> u32 {
        self.of_junction[network.edges[edge as usize].from as usize]
    }

    /// The largest part.
    pub(super) fn largest(&self) -> u32 {
        self.largest
    }

    /// Kilometres of road in parts that are used, and in fragments that are not; and how many parts
    /// are used.
    pub(super) fn kilometres(&self) -> (f64, f64, usize) {
        let (mut used, mut left, mut parts) = (0.0, 0.0, 0);
        for (part, mm) in self.mm.iter().enumerate() {
            let km = *mm as f64 / 1e6;
            match self.is_large(part as u32) {
                true => {
                    used += km;
                    parts += 1;
                }
                false => left += km,
            }
        }
        (used, left, parts)
    }
}

const NEW: u32 = u32::MAX;

/// A junction on the way down, and which of its arcs is next.
struct Visit {
    junction: u32,
    next: usize,
}

fn components(network: &Network) -> Vec<u32> {
    let count = network.junctions();
    let (mut order, mut low) = (vec![NEW; count], vec![NEW; count]);
    let mut part = vec![NEW; count];
    let (mut open, mut path) = (Vec::new(), Vec::new());
    let (mut clock, mut parts) = (0, 0);
    for root in 0..count as u32 {
        if order[root as usize] != NEW {
            continue;
        }
        path.push(Visit {
            junction: root,
            next: 0,
        });
        while let Some(visit) = path.last_mut() {
            let here = visit.junction as usize;
            if visit.next == 0 {
                (order[here], low[here]) = (clock, clock);
                clock += 1;
                open.push(visit.junction);
            }
            let arcs = network.arcs(visit.junction, Direction::Out);
            // An arc that was followed has told its low mark by now.
            if let Some(arc) = visit.next.checked_sub(1).and_then(|last| arcs.get(last))
                && part[arc.to as usize] == NEW
            {
                low[here] = low[here].min(low[arc.to as usize]);
            }
            if let Some(arc) = arcs.get(visit.next) {
                visit.next += 1;
                let to = arc.to as usize;
                if order[to] == NEW {
                    path.push(Visit {
                        junction: arc.to,
                        next: 0,
                    });
                } else if part[to] == NEW {
                    low[here] = low[here].min(order[to]);
                }
                continue;
            }
            if low[here] == order[here] {
                while let Some(junction) = open.pop() {
                    part[junction as usize] = parts;
                    if junction as usize == here {
                        break;
                    }
                }
                parts += 1;
            }
            path.pop();
        }
    }
    part
}
