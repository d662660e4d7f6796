//! From one point to many: Dijkstra's search over the joined network.
//!
//! Turns cost nothing. A journey is the way from its point to the road, along the network, and from
//! the road to its end; the two legs beside the road are straight and on foot, in every mode.

use super::network::{Direction, Network};
use super::snap::Snap;
use crate::place::Unit;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Millimetres, or milliseconds.
pub(in crate::travel) type Cost = u32;

const FAR: Cost = Cost::MAX;

/// What a journey counts, and how fast one walks beside the road.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weighing {
    pub(super) unit: Unit,
    pub(super) walk_kmh: f64,
}

impl Weighing {
    /// A whole edge.
    fn edge(self, network: &Network, edge: u32) -> Cost {
        let (mm, ms) = network.whole(edge);
        match self.unit {
            Unit::Km => mm,
            Unit::Minutes => ms,
        }
    }

    /// From the edge's first point to where somebody is set down.
    pub(super) fn along(self, snap: &Snap) -> Cost {
        match self.unit {
            Unit::Km => snap.mm,
            Unit::Minutes => snap.ms,
        }
    }

    /// Between a point and the road.
    pub(super) fn beside(self, snap: &Snap) -> Cost {
        match self.unit {
            Unit::Km => snap.away_mm,
            Unit::Minutes => (f64::from(snap.away_mm) * 3.6 / self.walk_kmh).round() as Cost,
        }
    }
}

/// The ends of journeys, by the edge they are on.
pub(super) struct Ends {
    /// Sorted by edge: edge, way from its first point, way beside the road, number of the end.
    list: Vec<(u32, Cost, Cost, u32)>,
    /// The groups that each end belongs to, such as the places of one service.
    groups: Vec<Vec<u32>>,
}

impl Ends {
    /// The ends that are on the network, each with its groups.
    pub(super) fn new(snaps: &[Option<Snap>], groups: Vec<Vec<u32>>, weighing: Weighing) -> Self {
        let known = snaps.iter().enumerate().filter_map(|(at, snap)| {
            let snap = snap.as_ref()?;
            let (along, beside) = (weighing.along(snap), weighing.beside(snap));
            Some((snap.edge, along, beside, at as u32))
        });
        let mut list: Vec<_> = known.collect();
        list.sort_unstable();
        Self { list, groups }
    }

    fn on(&self, edge: u32) -> &[(u32, Cost, Cost, u32)] {
        let first = self.list.partition_point(|end| end.0 < edge);
        let count = self.list[first..].partition_point(|end| end.0 == edge);
        &self.list[first..first + count]
    }
}

/// How far journeys are followed: to a distance, and on until the nearest end of every group is known
/// and so much further.
#[derive(Clone, Debug)]
pub(super) struct Reach {
    /// At least so far.
    pub(super) at_least: Cost,
    /// Groups of ends whose nearest must be met.
    pub(super) groups: Vec<u32>,
    /// So many times as far as the nearest of each group …
    pub(super) times: Cost,
    /// … and so much more.
    pub(super) plus: Cost,
}

impl Reach {
    /// To a distance and no further.
    pub(super) fn within(at_least: Cost) -> Self {
        Self {
            at_least,
            groups: Vec::new(),
            times: 1,
            plus: 0,
        }
    }
}

/// A search that can be used again for the next origin.
pub(super) struct Search<'a> {
    network: &'a Network,
    weighing: Weighing,
    direction: Direction,
    best: Vec<Cost>,
    /// Of a junction that is reached: how far the journey to it may go on in all.
    most: Vec<Cost>,
    touched: Vec<u32>,
    queue: BinaryHeap<Reverse<(Cost, u32)>>,
}

/// Where a look around begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source<'a> {
    pub(super) from: &'a Snap,
    /// What it has cost to be on the road there.
    pub(super) start: Cost,
    /// What it may cost in all.
    pub(super) most: Cost,
}

/// A junction that was met in a look around: what it costs to be there, and what more it may cost.
#[derive(Clone, Copy, Debug)]
pub(super) struct Met {
    pub(super) junction: u32,
    pub(super) cost: Cost,
    pub(super) most: Cost,
}

impl<'a> Search<'a> {
    pub(super) fn new(network: &'a Network, weighing: Weighing, direction: Direction) -> Self {
        Self {
            network,
            weighing,
            direction,
            best: vec![FAR; network.junctions()],
            most: Vec::new(),
            touched: Vec::new(),
            queue: BinaryHeap::new(),
        }
    }

    /// The ends that can be reached, each with the least cost, by number. Only those within the reach
    /// are certain to be there, and only their costs are certain to be the least: the others are left
    /// out.
    pub(super) fn journeys(&mut self, from: &Snap, ends: &Ends, reach: &Reach) -> Vec<(u32, Cost)> {
        let mut found = Found::new(ends, reach);
        let start = self.weighing.beside(from);
        let here = self.weighing.along(from);
        for &(_, along, beside, end) in ends.on(from.edge) {
            if let Some(way) = self.on_edge(from.edge, here, along) {
                found.meet(end, start.saturating_add(way).saturating_add(beside));
            }
        }
        self.begin(from, start);
        while let Some((cost, junction)) = self.next() {
            if cost > found.bound() {
                break;
            }
            for arc in self.network.arcs(junction, self.direction) {
                let whole = self.weighing.edge(self.network, arc.edge);
                for &(_, along, beside, end) in ends.on(arc.edge) {
                    let way = if arc.reversed { whole - along } else { along };
                    found.meet(end, cost.saturating_add(way).saturating_add(beside));
                }
                self.offer(arc.to, cost.saturating_add(whole));
            }
        }
        found.within()
    }

    /// The least cost of every junction that is near enough to one of some places, for whoever wants to know
    /// what is around. Where two places lead to a junction the nearer counts, though the other might go on further.
    pub(super) fn around(&mut self, sources: &[Source<'_>]) -> Vec<Met> {
        self.forget();
        self.most.resize(self.best.len(), 0);
        for source in sources {
            for (junction, cost) in self.ways_out(source.from, source.start) {
                self.offer_within(junction, cost, source.most);
            }
        }
        let mut around = Vec::new();
        while let Some((cost, junction)) = self.next() {
            let most = self.most[junction as usize];
            around.push(Met {
                junction,
                cost,
                most,
            });
            for arc in self.network.arcs(junction, self.direction) {
                let whole = self.weighing.edge(self.network, arc.edge);
                self.offer_within(arc.to, cost.saturating_add(whole), most);
            }
        }
        around
    }

    fn offer_within(&mut self, junction: u32, cost: Cost, most: Cost) {
        if cost <= most && cost < self.best[junction as usize] {
            self.most[junction as usize] = most;
            self.offer(junction, cost);
        }
    }

    /// From one point of an edge to another of the same edge, along it.
    fn on_edge(&self, edge: u32, here: Cost, there: Cost) -> Option<Cost> {
        let forward = match self.direction {
            Direction::Out => here <= there,
            Direction::Back => there <= here,
        };
        let may = forward || !self.network.edges[edge as usize].one_way;
        may.then(|| here.abs_diff(there))
    }

    fn begin(&mut self, from: &Snap, start: Cost) {
        self.forget();
        for (junction, cost) in self.ways_out(from, start) {
            self.offer(junction, cost);
        }
    }

    fn forget(&mut self) {
        for junction in self.touched.drain(..) {
            self.best[junction as usize] = FAR;
        }
        self.queue.clear();
    }

    /// The junctions at the ends of an edge to which one may go from a point of it, and what that costs.
    fn ways_out(&self, from: &Snap, start: Cost) -> impl Iterator<Item = (u32, Cost)> + use<> {
        let edge = self.network.edges[from.edge as usize];
        let here = self.weighing.along(from);
        let whole = self.weighing.edge(self.network, from.edge);
        let (to_first, to_last) = match self.direction {
            Direction::Out => (!edge.one_way, true),
            Direction::Back => (true, !edge.one_way),
        };
        let first = to_first.then_some((edge.from, start.saturating_add(here)));
        let last = to_last.then_some((edge.to, start.saturating_add(whole - here)));
        first.into_iter().chain(last)
    }

    fn offer(&mut self, junction: u32, cost: Cost) {
        let best = &mut self.best[junction as usize];
        if cost < *best {
            if *best == FAR {
                self.touched.push(junction);
            }
            *best = cost;
            self.queue.push(Reverse((cost, junction)));
        }
    }

    /// The next junction whose least cost is known.
    fn next(&mut self) -> Option<(Cost, u32)> {
        while let Some(Reverse((cost, junction))) = self.queue.pop() {
            if cost == self.best[junction as usize] {
                return Some((cost, junction));
            }
        }
        None
    }
}

/// The ends met so far, and how far it is worth to go on.
struct Found<'a> {
    best: std::collections::BTreeMap<u32, Cost>,
    ends: &'a Ends,
    reach: &'a Reach,
    /// The nearest end of each group of the reach.
    nearest: Vec<Cost>,
    bound: Cost,
}

impl<'a> Found<'a> {
    fn new(ends: &'a Ends, reach: &'a Reach) -> Self {
        let mut found = Self {
            best: std::collections::BTreeMap::new(),
            ends,
            reach,
            nearest: vec![FAR; reach.groups.len()],
            bound: 0,
        };
        found.tighten();
        found
    }

    fn meet(&mut self, end: u32, cost: Cost) {
        let best = self.best.entry(end).or_insert(FAR);
        if cost >= *best {
            return;
        }
        *best = cost;
        let groups = self.ends.groups.get(end as usize);
        let mut nearer = false;
        for group in groups.into_iter().flatten() {
            if let Some(at) = self.reach.groups.iter().position(|one| one == group)
                && cost < self.nearest[at]
            {
                self.nearest[at] = cost;
                nearer = true;
            }
        }
        if nearer {
            self.tighten();
        }
    }

    fn tighten(&mut self) {
        let of_group = |nearest: &Cost| {
            let further = nearest.saturating_mul(self.reach.times);
            further.saturating_add(self.reach.plus)
        };
        let groups = self.nearest.iter().map(of_group).max();
        self.bound = self.reach.at_least.max(groups.unwrap_or(0));
    }

    fn bound(&self) -> Cost {
        self.bound
    }

    fn within(self) -> Vec<(u32, Cost)> {
        let bound = self.bound;
        self.best
            .into_iter()
            .filter(|(_, cost)| *cost <= bound && *cost < FAR)
            .collect()
    }
}
