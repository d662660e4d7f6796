//! Covers as rows: one column for each set of hosts, whatever the number of targets behind it.
//!
//! For a target with hosts `h1, h2, …` by distance let `z_j` be 1 where none of the first `j` serves.
//! Its nearest distance is `d1 + Σ (d_{j+1} − d_j) z_j`, it is outside a limit where `z_j` is 1 for the
//! hosts within that limit, and `z_j ≥ z_{j−1} − h_j` is all that needs saying. Equal sets of hosts
//! share one `z`, so mean, share and travel are short rows over the same columns, and exact.

use super::draft::{Draft, Fill};
use super::problem::{Cover, Reach};
use std::collections::{BTreeMap, BTreeSet};

/// Whether a host serves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Serve {
    /// Whatever is chosen.
    Always,
    /// Never.
    Never,
    /// Where this column is 1.
    By(usize),
}

/// What part of a reach is drawn up, and what its covers have left for that part.
pub(super) struct Frame<'a> {
    pub(super) serve: &'a [Serve],
    /// The least limit of a cover that asks for each target of the reach.
    pub(super) limits: &'a [Option<u32>],
    pub(super) targets: &'a [usize],
    /// For each cover: weight that may stay outside a share, weight × steps that a mean may reach.
    pub(super) slack: &'a [i128],
    /// For each cover: a price of using up its slack, beside the limit itself.
    pub(super) nudge: &'a [f64],
    /// Whether travel is wanted.
    pub(super) travel: bool,
}

/// Weighted travel as a sum of columns.
#[derive(Clone, Debug, Default)]
pub(super) struct TravelSum {
    pub(super) constant: f64,
    pub(super) terms: Vec<(usize, f64)>,
}

/// The slack of each cover over all its targets.
pub(super) fn whole_slack(reach: &Reach) -> Vec<i128> {
    let slack = |cover: &Cover| match cover {
        Cover::Each { .. } => 0,
        Cover::Share { weights, need, .. } => {
            weights
                .iter()
                .map(|&weight| i128::from(weight))
                .sum::<i128>()
                - i128::from(*need)
        }
        Cover::Mean { most, .. } => i128::from(*most),
    };
    reach.covers.iter().map(slack).collect()
}

/// The least limit that any cover of the reach sets each target; `None` where none does.
pub(super) fn each_limits(reach: &Reach) -> Vec<Option<u32>> {
    let mut limits = vec![None; reach.target_count()];
    for cover in &reach.covers {
        if let Cover::Each {
            targets,
            limits: own,
            ..
        } = cover
        {
            for (&target, &limit) in targets.iter().zip(own) {
                let least: &mut Option<u32> = &mut limits[target as usize];
                *least = Some(least.map_or(limit, |least| least.min(limit)));
            }
        }
    }
    limits
}

/// A column, or always 1 (no host at all).
type Node = Option<usize>;

/// A sum over nodes: a constant and whole coefficients.
#[derive(Default)]
struct Sum {
    constant: i128,
    terms: BTreeMap<usize, i128>,
}

impl Sum {
    fn add(&mut self, node: Node, amount: i128) {
        match node {
            None => self.constant += amount,
            Some(column) => *self.terms.entry(column).or_default() += amount,
        }
    }

    fn terms(&self) -> Vec<(usize, f64)> {
        self.terms
            .iter()
            .map(|(&column, &amount)| (column, amount as f64))
            .collect()
    }
}

/// A target's hosts that can matter, nearest first.
struct Nearest {
    hosts: Vec<(u32, u32)>,
    /// Distance to a host that always serves.
    end: Option<u32>,
    /// Whether one of them must serve.
    must: bool,
}

struct Drawing<'a> {
    draft: &'a mut Draft,
    serve: &'a [Serve],
    nodes: BTreeMap<Vec<u32>, usize>,
    must: BTreeSet<Vec<u32>>,
    sums: Vec<Sum>,
    travel: Sum,
}

/// Draws up the covers of a reach within a frame, and returns its travel.
pub(super) fn draw_covers(draft: &mut Draft, reach: &Reach, frame: &Frame) -> TravelSum {
    let sums = reach.covers.iter().map(|_| Sum::default()).collect();
    let (nodes, must) = (BTreeMap::new(), BTreeSet::new());
    let mut drawing = Drawing {
        draft,
        serve: frame.serve,
        nodes,
        must,
        sums,
        travel: Sum::default(),
    };
    for &target in frame.targets {
        drawing.target(reach, target, frame.limits[target], frame.travel);
    }
    drawing.rows(reach, frame);
    TravelSum {
        constant: drawing.travel.constant as f64,
        terms: drawing.travel.terms(),
    }
}

impl Drawing<'_> {
    fn target(&mut self, reach: &Reach, target: usize, limit: Option<u32>, travel: bool) {
        let weighted =
            |cover: &Cover| matches!(cover, Cover::Mean { weights, .. } if weights[target] > 0);
        let must = limit.is_some() || reach.covers.iter().any(weighted);
        let near = self.nearest(reach, target, limit, must);
        if must && near.end.is_none() {
            let mut set: Vec<u32> = near.hosts.iter().map(|host| host.0).collect();
            set.sort_unstable();
            self.must.insert(set);
        }
        // Nodes after the first j hosts, made when first asked for.
        let mut made: Vec<(usize, Node)> = vec![(0, None)];
        for (at, cover) in reach.covers.iter().enumerate() {
            match cover {
                Cover::Each { .. } => {}
                Cover::Share { limit, weights, .. } if weights[target] > 0 => {
                    if let Some(count) = near.outside(*limit) {
                        let node = self.node(&near, count, &mut made);
                        self.sums[at].add(node, i128::from(weights[target]));
                    }
                }
                Cover::Mean { weights, .. } if weights[target] > 0 => {
                    for (count, step) in near.steps(None) {
                        let node = self.node(&near, count, &mut made);
                        self.sums[at].add(node, i128::from(weights[target]) * i128::from(step));
                    }
                }
                Cover::Share { .. } | Cover::Mean { .. } => {}
            }
        }
        let weight = reach.travel_weights.get(target).copied().unwrap_or(0);
        if travel && weight > 0 {
            for (count, step) in near.steps(Some(reach.beyond(target))) {
                let node = self.node(&near, count, &mut made);
                self.travel.add(node, i128::from(weight) * i128::from(step));
            }
        }
    }

    fn nearest(&self, reach: &Reach, target: usize, limit: Option<u32>, must: bool) -> Nearest {
        let mut near = Nearest {
            hosts: Vec::new(),
            end: None,
            must,
        };
        for at in reach.list(target) {
            let (host, distance) = (reach.host[at], reach.distance[at]);
            if limit.is_some_and(|limit| distance > limit) {
                break;
            }
            match self.serve[host as usize] {
                Serve::Never => {}
                Serve::By(_) => near.hosts.push((host, distance)),
                Serve::Always => {
                    near.end = Some(distance);
                    break;
                }
            }
        }
        near
    }

    /// The node after the first `count` hosts.
    fn node(&mut self, near: &Nearest, count: usize, made: &mut Vec<(usize, Node)>) -> Node {
        let place = match made.binary_search_by_key(&count, |node| node.0) {
            Ok(place) => return made[place].1,
            Err(place) => place,
        };
        let mut set: Vec<u32> = near.hosts[..count].iter().map(|host| host.0).collect();
        set.sort_unstable();
        let column = match self.nodes.get(&set) {
            Some(&column) => column,
            None => {
                let (from, parent) = made[place - 1];
                let column = self.draft.follows(0.0, 0.0, 1.0, Fill::Smallest);
                let mut terms = vec![(column, 1.0)];
                terms.extend(parent.map(|parent| (parent, -1.0)));
                for (host, _) in &near.hosts[from..count] {
                    if let Serve::By(serves) = self.serve[*host as usize] {
                        terms.push((serves, 1.0));
                    }
                }
                let row = self
                    .draft
                    .at_least(if parent.is_some() { 0.0 } else { 1.0 }, terms);
                self.draft.defines(row, column);
                self.nodes.insert(set, column);
                column
            }
        };
        made.insert(place, (count, Some(column)));
        Some(column)
    }

    fn rows(&mut self, reach: &Reach, frame: &Frame) {
        for set in std::mem::take(&mut self.must) {
            let serves = set
                .iter()
                .filter_map(|&host| match self.serve[host as usize] {
                    Serve::By(column) => Some((column, 1.0)),
                    Serve::Always | Serve::Never => None,
                });
            let terms = serves.collect();
            self.draft.at_least(1.0, terms);
        }
        for (at, cover) in reach.covers.iter().enumerate() {
            let sum = std::mem::take(&mut self.sums[at]);
            let price = match cover {
                Cover::Each { .. } => continue,
                Cover::Share { price, .. } | Cover::Mean { price, .. } => *price,
            };
            let mut terms = sum.terms();
            for &(column, amount) in &terms {
                self.draft.columns[column].cost += frame.nudge[at] * amount;
            }
            let left = (frame.slack[at] - sum.constant) as f64;
            if let Some(price) = price {
                let short = self
                    .draft
                    .follows(price, 0.0, f64::INFINITY, Fill::Smallest);
                terms.push((short, -1.0));
                let row = self.draft.at_most(left, terms);
                self.draft.defines(row, short);
            } else if !terms.is_empty() || left < 0.0 {
                self.draft.at_most(left, terms);
            }
        }
    }
}

impl Nearest {
    /// How many hosts lie within a limit; `None` where the target is within it whatever is chosen.
    fn outside(&self, limit: u32) -> Option<usize> {
        let count = self.hosts.partition_point(|host| host.1 <= limit);
        let always = self.end.is_some_and(|end| end <= limit);
        let whatever = always || self.must && self.end.is_none() && count == self.hosts.len();
        (!whatever).then_some(count)
    }

    /// The nearest distance as steps `(hosts passed, further distance)`, from none passed on. A target
    /// without any host counts as `beyond`, where that is given and it need not have one.
    fn steps(&self, beyond: Option<u64>) -> Vec<(usize, u64)> {
        let last = self
            .end
            .map(u64::from)
            .or(if self.must { None } else { beyond });
        let mut steps = Vec::new();
        let mut before = 0;
        let distances = self.hosts.iter().map(|host| u64::from(host.1)).chain(last);
        for (count, distance) in distances.enumerate() {
            if distance > before {
                steps.push((count, distance - before));
                before = distance;
            }
        }
        steps
    }
}
