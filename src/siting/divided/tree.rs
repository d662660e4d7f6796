//! Branch and bound on the sites: open or closed, until what is left cannot be better.
//!
//! A set of open sites is worth its linear program only if the prices at hand do not rule it out, so most sets cost
//! no more than a sum.

use super::super::climb::{Ascent, Bound, Climb};
use super::super::limits::Limits;
use super::super::problem::SiteLock;
use super::first::first;
use super::frame::{Divided, Frame};
use super::transport::{Carried, Plan, carry};
use std::collections::HashSet;

/// What the search comes back with: infinite bound and nothing where nothing keeps the limits.
pub(super) struct Searched {
    pub(super) best: Option<Plan>,
    /// No solution costs less.
    pub(super) bound: f64,
    /// The bound at the root, before any site was settled.
    pub(super) root: Option<Bound>,
    pub(super) nodes: u64,
    /// Sites that the root's prices settled.
    pub(super) settled: u64,
    /// Linear programs that were solved.
    pub(super) programs: u64,
}

/// Part of the search that is still to be looked at.
#[derive(Clone)]
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
    /// Share of what is missing that a round must gain, or the climb ends.
    gain: f64,
}

const ROOT: Effort = Effort {
    steps: 2000,
    stride: 1.0,
    shortest: 1e-3,
    gain: 0.0,
};
const INNER: Effort = Effort {
    steps: 400,
    stride: 0.3,
    shortest: 1e-2,
    gain: 0.1,
};

/// Steps after which the open sites are looked at.
const ROUND: usize = 40;

/// At the root only every so manyth is, until its prices have settled.
const SELDOM: usize = 8;

/// Sets of open sites beside the best one that are looked at for each better one.
const BESIDE: usize = 30;

struct Search<'a> {
    divided: &'a Divided,
    limits: &'a Limits<'a>,
    tried: HashSet<Vec<bool>>,
    /// The least bound of what was left off.
    left_off: f64,
    found: Searched,
}

/// Searches until nothing is left or the limits say so.
pub(super) fn search(divided: &Divided, start: Option<Plan>, limits: &Limits) -> Searched {
    let mut search = Search {
        divided,
        limits,
        tried: HashSet::new(),
        left_off: f64::INFINITY,
        found: Searched {
            best: start.or_else(|| first(divided)),
            bound: f64::NEG_INFINITY,
            root: None,
            nodes: 0,
            settled: 0,
            programs: 0,
        },
    };
    search.run();
    let value = search
        .found
        .best
        .as_ref()
        .map_or(f64::INFINITY, |best| best.value);
    Searched {
        bound: search.left_off.min(value),
        ..search.found
    }
}

impl Search<'_> {
    fn run(&mut self) {
        let mut stack = vec![Node {
            locks: self.divided.locks.clone(),
            bound: f64::NEG_INFINITY,
            prices: self.divided.first_prices(),
        }];
        while let Some(node) = stack.pop() {
            let waiting = stack.iter().map(|node| node.bound);
            let bound = waiting.fold(node.bound.min(self.left_off), f64::min);
            if self.found.nodes > 0 && (self.limits.stop)() {
                self.left_off = bound;
                return;
            }
            if bound.is_finite() {
                (self.limits.report)(self.value(), bound);
            }
            self.found.nodes += 1;
            if let Some(parts) = self.visit(node) {
                stack.extend(parts);
            }
        }
    }

    /// Looks at one node; its two parts, the likelier one last, where it is not done with.
    fn visit(&mut self, mut node: Node) -> Option<[Node; 2]> {
        let divided = self.divided;
        let is_root = self.found.root.is_none();
        let effort = if is_root { ROOT } else { INNER };
        let locks = node.locks.clone();
        let frame = divided.frame(&locks)?;
        let ascent = self.climb(&frame, &mut node, effort, is_root);
        if is_root {
            self.found.root = Some(ascent.best.clone());
            if !(self.limits.stop)() {
                self.beside(&frame, &ascent.best);
            }
            let unknown = self.found.best.is_none() && !(self.limits.stop)();
            if unknown && self.cannot_carry(&locks) {
                return None;
            }
        }
        if self.leaves_off(node.bound) {
            return None;
        }
        let (open, regrets) = frame.counted.regrets(&ascent.best.worth);
        let before = free(&node.locks).count();
        for site in free(&locks) {
            if self.leaves_off(ascent.best.value + regrets[site]) {
                node.locks[site] = state(open[site]);
            }
        }
        if is_root {
            self.found.settled = (before - free(&node.locks).count()) as u64;
        }
        let undecided = |site: usize| (ascent.open[site] - 0.5).abs();
        let site = free(&node.locks).min_by(|&a, &b| undecided(a).total_cmp(&undecided(b)));
        let Some(site) = site else {
            self.leaf(&node);
            return None;
        };
        let part = |is_open: bool| {
            let mut part = node.clone();
            part.locks[site] = state(is_open);
            if is_open != open[site] {
                part.bound = part.bound.max(ascent.best.value + regrets[site]);
            }
            part
        };
        let likely = ascent.open[site] >= 0.5;
        Some([part(!likely), part(likely)])
    }

    /// Whether not even everything that may be open has room.
    fn cannot_carry(&mut self, locks: &[SiteLock]) -> bool {
        let open: Vec<bool> = locks.iter().map(|lock| *lock != SiteLock::Closed).collect();
        let seconds = (self.limits.time_left)().as_secs_f64();
        self.found.programs += 1;
        let carried = carry(self.divided, &open, self.limits.stop, seconds);
        matches!(carried, Carried::Nothing)
    }

    /// Everything is settled: what it costs is known, or the bound stands.
    fn leaf(&mut self, node: &Node) {
        let open: Vec<bool> = node
            .locks
            .iter()
            .map(|lock| *lock == SiteLock::Open)
            .collect();
        if self.divided.holds(&open) && !self.attempt(&open) {
            self.left_off = self.left_off.min(node.bound);
        }
    }

    fn climb(&mut self, frame: &Frame, node: &mut Node, effort: Effort, is_root: bool) -> Ascent {
        let prices = std::mem::take(&mut node.prices);
        let mut ascent = Ascent::new(frame, prices, effort.stride);
        let mut last: Vec<bool> = ascent.open.iter().map(|open| *open > 0.5).collect();
        for round in 0..effort.steps / ROUND {
            let bound = node.bound.max(ascent.best.value);
            let upper = self.value().unwrap_or(bound + 0.1 * bound.abs() + 1.0);
            let climb = Climb {
                steps: ROUND,
                enough: self.enough(),
                upper,
                shortest: effort.shortest,
                stop: self.limits.stop,
            };
            let before = ascent.best.value;
            let ended = ascent.climb(frame, &climb, &mut last);
            if !is_root || round % SELDOM == 0 {
                self.look(frame, &ascent.best, &last);
            }
            if is_root {
                (self.limits.report)(self.value(), ascent.best.value);
            }
            let slow = ascent.best.value - before < effort.gain * (upper - ascent.best.value);
            if ended || slow {
                break;
            }
        }
        node.bound = node.bound.max(ascent.best.value);
        node.prices.clone_from(&ascent.best.prices);
        ascent
    }

    /// Tries a set of open sites, made large enough, if the prices do not rule it out; whether it became the best.
    fn look(&mut self, frame: &Frame, bound: &Bound, open: &[bool]) -> bool {
        let Some(open) = self.enlarged(frame, bound, open) else {
            return false;
        };
        if self.least_of(bound, &open) > self.enough() {
            return false;
        }
        let before = self.value();
        self.attempt(&open);
        self.value() != before
    }

    /// The same open sites and those beside them that are worth most for their room, until everything fits.
    fn enlarged(&self, frame: &Frame, bound: &Bound, open: &[bool]) -> Option<Vec<bool>> {
        let mut open = open.to_vec();
        let rate = |site: usize| bound.worth[site] / self.divided.room[site].max(1e-9);
        let mut others: Vec<usize> = free(frame.counted.locks)
            .filter(|&site| !open[site])
            .collect();
        others.sort_by(|&a, &b| rate(a).total_cmp(&rate(b)));
        let mut others = others.into_iter();
        while !self.divided.holds(&open) {
            open[others.next()?] = true;
        }
        Some(open)
    }

    /// The least that a set of open sites costs, by prices.
    fn least_of(&self, bound: &Bound, open: &[bool]) -> f64 {
        let opened = open.iter().zip(&bound.worth).filter(|(open, _)| **open);
        bound.prices.iter().sum::<f64>() + opened.map(|(_, worth)| worth).sum::<f64>()
    }

    /// Solves the program of a set of open sites, once; whether it is known now what it costs.
    fn attempt(&mut self, open: &[bool]) -> bool {
        if !self.tried.insert(open.to_vec()) {
            return true;
        }
        self.found.programs += 1;
        let seconds = (self.limits.time_left)().as_secs_f64();
        match carry(self.divided, open, self.limits.stop, seconds) {
            Carried::Best(plan) => {
                if self.value().is_none_or(|value| plan.value < value) {
                    self.found.best = Some(plan);
                }
                true
            }
            Carried::Nothing => true,
            Carried::Stopped => {
                self.tried.remove(open);
                false
            }
        }
    }

    /// Opens, closes and exchanges sites of what the prices open and of the best plan, while that leads to better ones.
    fn beside(&mut self, frame: &Frame, bound: &Bound) {
        let (opened, _) = frame.counted.regrets(&bound.worth);
        let mut from = self.enlarged(frame, bound, &opened);
        while let Some(open) = from {
            let best = self.found.best.as_ref().map(|best| best.open.clone());
            let mut sets = beside(&open, frame.counted.locks);
            sets.push(open);
            for open in best.iter() {
                sets.extend(beside(open, frame.counted.locks));
            }
            sets.retain(|open| self.divided.holds(open) && !self.tried.contains(open));
            let mut sets: Vec<(f64, Vec<bool>)> = sets
                .into_iter()
                .map(|open| (self.least_of(bound, &open), open))
                .filter(|(least, _)| *least <= self.enough())
                .collect();
            sets.sort_by(|a, b| a.0.total_cmp(&b.0));
            sets.truncate(BESIDE);
            let better = sets.into_iter().any(|(_, open)| {
                let stopped = (self.limits.stop)();
                !stopped && self.look(frame, bound, &open)
            });
            from = self
                .found
                .best
                .as_ref()
                .map(|best| best.open.clone())
                .filter(|_| better);
        }
    }

    fn value(&self) -> Option<f64> {
        self.found.best.as_ref().map(|best| best.value)
    }

    /// A bound above this is of no use: nothing below it is better by more than the gap asked for.
    fn enough(&self) -> f64 {
        self.value().map_or(f64::INFINITY, |value| {
            value - self.limits.gap.max(1e-10) * value.abs()
        })
    }

    /// Whether a bound is of no use; then it is noted.
    fn leaves_off(&mut self, bound: f64) -> bool {
        let useless = bound > self.enough();
        if useless {
            self.left_off = self.left_off.min(bound);
        }
        useless
    }
}

/// Sets of open sites with one opened, closed or exchanged.
fn beside(open: &[bool], locks: &[SiteLock]) -> Vec<Vec<bool>> {
    let turned = |sites: &[usize]| {
        let mut open = open.to_vec();
        for &site in sites {
            open[site] = !open[site];
        }
        open
    };
    let (opened, closed): (Vec<usize>, Vec<usize>) = free(locks).partition(|&site| open[site]);
    let one = opened.iter().chain(&closed).map(|&site| turned(&[site]));
    let two = opened
        .iter()
        .flat_map(|&from| closed.iter().map(move |&to| [from, to]));
    one.chain(two.map(|pair| turned(&pair))).collect()
}

fn free(locks: &[SiteLock]) -> impl Iterator<Item = usize> {
    (0..locks.len()).filter(|&site| locks[site] == SiteLock::Free)
}

fn state(open: bool) -> SiteLock {
    if open {
        SiteLock::Open
    } else {
        SiteLock::Closed
    }
}
