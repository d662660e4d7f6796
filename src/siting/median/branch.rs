//! Branch and bound on the sites: open or closed, until nothing that is left can be better.

use super::super::problem::SiteLock;
use super::ascent::{Ascent, Bound, Climb, Frame};
use super::lists::{Entry, Lists, Stars};
use super::swap::Swap;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

/// What the search comes back with: infinite bound and nothing where nothing keeps the limits.
#[derive(Default)]
pub(super) struct Searched {
    /// The best set of open sites, and what it costs.
    pub(super) best: Option<(Vec<bool>, f64)>,
    /// No solution costs less.
    pub(super) bound: f64,
    /// The bound at the root, before any site was settled.
    pub(super) root: Option<Bound>,
    pub(super) nodes: u64,
    /// Sites that the root's prices settled.
    pub(super) settled: u64,
}

/// What is asked of the search.
pub(super) struct Limits<'a> {
    pub(super) gap: f64,
    pub(super) stop: &'a dyn Fn() -> bool,
    /// Told the best value and the bound now and then.
    pub(super) report: &'a dyn Fn(Option<f64>, f64),
}

/// Part of the search that is still to be looked at.
struct Node {
    locks: Vec<SiteLock>,
    bound: f64,
    prices: Vec<f64>,
}

/// How hard a node's prices are made to climb.
#[derive(Clone, Copy)]
struct Effort {
    steps: usize,
    stride: f64,
    shortest: f64,
    /// Every how many steps the open sites are improved by local search.
    polish: Option<usize>,
}

const ROOT: Effort = Effort {
    steps: 3000,
    stride: 1.0,
    shortest: 1e-3,
    polish: Some(50),
};
const INNER: Effort = Effort {
    steps: 80,
    stride: 0.3,
    shortest: 1e-2,
    polish: None,
};

/// Local search goes on from the open sites of every so many nodes, and from any set that is within a
/// gap of the best solution.
const EVERY: u64 = 4;

struct Search<'a> {
    stars: Rc<Stars>,
    limits: &'a Limits<'a>,
    swap: Swap,
    whole: bool,
    best: Option<(Vec<bool>, f64)>,
    tried: HashSet<u64>,
    nodes: u64,
    /// The least bound of what was left off.
    left_off: f64,
}

/// Searches until nothing is left or the limits say so.
pub(super) fn search(stars: Stars, start: Option<&[bool]>, limits: &Limits) -> Searched {
    let stars = Rc::new(stars);
    let mut search = Search {
        swap: Swap::new(Rc::clone(&stars)),
        whole: stars.whole(),
        stars,
        limits,
        best: None,
        tried: HashSet::new(),
        nodes: 0,
        left_off: f64::INFINITY,
    };
    if let Some(open) = start {
        search.polish(open);
    }
    if let Some(open) = search.swap.first(limits.stop) {
        search.polish(&open);
    }
    search.run()
}

impl Search<'_> {
    fn run(&mut self) -> Searched {
        let mut searched = Searched::default();
        let mut stack = Vec::new();
        if let Some(lists) = self.stars.lists.settled(&self.stars.locks) {
            let root = Node {
                locks: self.stars.locks.clone(),
                bound: f64::NEG_INFINITY,
                prices: self.first_prices(&lists),
            };
            let before = free(&root.locks);
            let left = self.visit(root, ROOT, &mut stack, &mut searched.root);
            let after = left.as_deref().map_or(0, free);
            searched.settled = (before - after) as u64;
            if let Some(locks) = left {
                self.narrow(locks);
            }
        }
        while let Some(node) = stack.pop() {
            let waiting = stack.iter().map(|node: &Node| node.bound);
            let bound = waiting.fold(node.bound.min(self.left_off), f64::min);
            if (self.limits.stop)() {
                self.left_off = bound;
                break;
            }
            (self.limits.report)(self.best.as_ref().map(|best| best.1), bound);
            self.nodes += 1;
            self.visit(node, INNER, &mut stack, &mut None);
        }
        let value = self.best.as_ref().map_or(f64::INFINITY, |best| best.1);
        searched.bound = self.left_off.min(value);
        searched.best = self.best.take();
        searched.nodes = self.nodes;
        searched
    }

    /// Takes what is settled for good out of every list.
    fn narrow(&mut self, locks: Vec<SiteLock>) {
        if let Some(lists) = self.stars.lists.settled(&locks) {
            self.stars = Rc::new(Stars {
                fixed: self.stars.fixed.clone(),
                locks,
                lists,
                ..*self.stars
            });
            self.swap = Swap::new(Rc::clone(&self.stars));
        }
    }

    /// A bound above this is of no use: nothing below it is better by more than the gap asked for.
    fn enough(&self) -> f64 {
        let Some((_, value)) = &self.best else {
            return f64::INFINITY;
        };
        let close = value - self.limits.gap.max(1e-10) * value.abs();
        if self.whole {
            close.min(value - 1.0 + 1e-6)
        } else {
            close
        }
    }

    /// Leaves off what cannot cost less than a bound.
    fn leave_off(&mut self, bound: f64) {
        let bound = if self.whole {
            (bound - 1e-6).ceil()
        } else {
            bound
        };
        self.left_off = self.left_off.min(bound);
    }

    fn keep(&mut self, open: Vec<bool>, value: f64) {
        if self.best.as_ref().is_none_or(|best| value < best.1) {
            self.best = Some((open, value));
        }
    }

    /// Whether a set of open sites is near enough to the best one that local search may go past it.
    fn promising(&self, open: &[bool], bound: f64) -> bool {
        let best = self.best.as_ref().map_or(f64::INFINITY, |best| best.1);
        let value = self.stars.value(open);
        value.is_some_and(|value| value < best + (best - bound).max(0.0))
    }

    /// Improves a set of open sites that was not seen before.
    fn polish(&mut self, open: &[bool]) {
        let mut hasher = DefaultHasher::new();
        open.hash(&mut hasher);
        if self.tried.insert(hasher.finish()) {
            let mut open = open.to_vec();
            if let Some(value) = self.swap.improve(&mut open, self.limits.stop) {
                self.keep(open, value);
            }
        }
    }

    /// Half way between the cheapest and the second cheapest open site of the best solution.
    fn first_prices(&self, lists: &Lists) -> Vec<f64> {
        let open = self.best.as_ref().map(|best| &best.0);
        let price = |list: &[Entry]| {
            let is_open = |entry: &&Entry| open.is_none_or(|open| open[entry.site as usize]);
            let mut hosts = list.iter().filter(is_open).map(|entry| entry.cost);
            let first = hosts.next().unwrap_or_default();
            let second = hosts.next().unwrap_or(first);
            0.5 * (first + second)
        };
        lists.iter().map(price).collect()
    }

    /// Looks at one node: its bound climbs, settles sites, and what is left is divided in two. Returns what
    /// was settled where something is left, and the node's prices at the first ascent.
    fn visit(
        &mut self,
        mut node: Node,
        mut effort: Effort,
        stack: &mut Vec<Node>,
        first: &mut Option<Bound>,
    ) -> Option<Vec<SiteLock>> {
        let stars = Rc::clone(&self.stars);
        loop {
            let lists = stars.lists.settled(&node.locks)?;
            let locks = node.locks.clone();
            let frame = Frame {
                fixed: &stars.fixed,
                locks: &locks,
                lists: &lists,
                least: stars.least,
                most: stars.most,
            };
            let ascent = self.climb(&frame, &mut node, effort);
            first.get_or_insert_with(|| ascent.best.clone());
            if node.bound > self.enough() {
                self.leave_off(node.bound);
                return None;
            }
            let settled = self.settle(&frame, &ascent, &mut node);
            let stopped = (self.limits.stop)();
            if settled * 10 >= locks.len() && !stopped {
                effort.steps = (effort.steps / 2).max(INNER.steps);
                effort.stride = INNER.stride;
                continue;
            }
            if stopped {
                self.leave_off(node.bound);
            } else {
                self.divide(&frame, &ascent, &node, stack);
            }
            return Some(node.locks);
        }
    }

    fn climb(&mut self, frame: &Frame, node: &mut Node, effort: Effort) -> Ascent {
        let mut ascent = Ascent::new(frame, std::mem::take(&mut node.prices), effort.stride);
        let mut left = effort.steps;
        let mut last = vec![false; frame.fixed.len()];
        while left > 0 {
            let round = effort.polish.unwrap_or(left).min(left);
            left -= round;
            let bound = node.bound.max(ascent.best.value);
            let upper = self.best.as_ref().map(|best| best.1);
            let climb = Climb {
                steps: round,
                enough: self.enough(),
                upper: upper.unwrap_or(bound + 0.1 * bound.abs() + 1.0),
                shortest: effort.shortest,
                stop: self.limits.stop,
            };
            let ended = ascent.climb(frame, &climb, &mut last);
            if effort.polish.is_some()
                || self.nodes.is_multiple_of(EVERY)
                || self.promising(&last, bound)
            {
                self.polish(&last);
            }
            if effort.polish.is_some() {
                (self.limits.report)(upper, bound);
            }
            if ended {
                break;
            }
        }
        node.bound = node.bound.max(ascent.best.value);
        node.prices.clone_from(&ascent.best.prices);
        ascent
    }

    /// Settles the sites whose other state is of no use, and counts them.
    fn settle(&mut self, frame: &Frame, ascent: &Ascent, node: &mut Node) -> usize {
        let (open, regrets) = frame.regrets(&ascent.best.worth);
        let enough = self.enough();
        let mut settled = 0;
        for (site, regret) in regrets.into_iter().enumerate() {
            let other = ascent.best.value + regret;
            if node.locks[site] == SiteLock::Free && other > enough {
                node.locks[site] = if open[site] {
                    SiteLock::Open
                } else {
                    SiteLock::Closed
                };
                settled += 1;
                self.leave_off(other);
            }
        }
        settled
    }

    /// Opens a site in one part of what is left and closes it in the other; the likelier part comes first.
    fn divide(&mut self, frame: &Frame, ascent: &Ascent, node: &Node, stack: &mut Vec<Node>) {
        let stars = Rc::clone(&self.stars);
        let open: Vec<bool> = node
            .locks
            .iter()
            .map(|lock| *lock == SiteLock::Open)
            .collect();
        let count = open.iter().filter(|open| **open).count();
        let free = (0..node.locks.len()).filter(|&site| node.locks[site] == SiteLock::Free);
        let undecided = |site: usize| (ascent.open[site] - 0.5).abs();
        let Some(site) = free.min_by(|&a, &b| undecided(a).total_cmp(&undecided(b))) else {
            if let Some(value) = stars.value(&open) {
                self.keep(open, value);
            }
            return;
        };
        let (is_open, regrets) = frame.regrets(&ascent.best.worth);
        let mut part = |lock: SiteLock| {
            let mut locks = node.locks.clone();
            locks[site] = lock;
            let opened = lock == SiteLock::Open;
            if opened && count + 1 >= stars.most {
                for lock in locks.iter_mut().filter(|lock| **lock == SiteLock::Free) {
                    *lock = SiteLock::Closed;
                }
            }
            let regret = if opened == is_open[site] {
                0.0
            } else {
                regrets[site]
            };
            stack.push(Node {
                locks,
                bound: node.bound.max(ascent.best.value + regret),
                prices: node.prices.clone(),
            });
        };
        if ascent.open[site] < 0.5 {
            part(SiteLock::Open);
            part(SiteLock::Closed);
        } else {
            part(SiteLock::Closed);
            part(SiteLock::Open);
        }
    }
}

/// How many sites are not settled.
fn free(locks: &[SiteLock]) -> usize {
    locks.iter().filter(|lock| **lock == SiteLock::Free).count()
}
