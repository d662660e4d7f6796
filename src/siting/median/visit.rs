//! One node of the tree: its bound climbs, settles sites, and what is left is divided in two.

use super::super::climb::{Ascent, Bound, Climb, Priced};
use super::super::counted::Counted;
use super::super::problem::SiteLock;
use super::frame::Frame;
use super::gains::{Gains, Settled, TRIED};
use super::lists::Stars;

/// Part of the search that is still to be looked at.
#[derive(Clone)]
pub(super) struct Node {
    pub(super) locks: Vec<SiteLock>,
    pub(super) bound: f64,
    pub(super) prices: Vec<f64>,
    /// How often each site was open of late, from 0 to 1.
    pub(super) often: Vec<f64>,
    /// The site by which it was divided off.
    pub(super) settled: Option<Settled>,
    /// Share of the tree, where either half of a node is half of it.
    pub(super) share: f64,
}

/// How hard a node's prices are made to climb.
#[derive(Clone, Copy)]
pub(super) struct Effort {
    steps: usize,
    stride: f64,
    shortest: f64,
    /// After so many steps open sites are passed on.
    round: usize,
}

pub(super) const ROOT: Effort = Effort {
    steps: 3000,
    stride: 1.0,
    shortest: 1e-3,
    round: 50,
};
pub(super) const INNER: Effort = Effort {
    steps: 100,
    stride: 0.4,
    shortest: 1e-2,
    round: 100,
};
/// How hard a trial climbs.
const TRIAL: Effort = Effort { steps: 50, ..INNER };

/// Sites that are tried at the root at most.
const TRIED_AT_ROOT: usize = 200;

/// What a node is looked at with.
#[derive(Clone, Copy)]
pub(super) struct Outlook {
    /// Cost of the best solution known.
    pub(super) upper: Option<f64>,
    /// The gap that was asked for.
    pub(super) gap: f64,
    /// Whether every value is a whole number.
    pub(super) whole: bool,
}

impl Outlook {
    /// A bound above this is of no use: nothing below it is better by more than the gap asked for.
    pub(super) fn enough(&self) -> f64 {
        let Some(value) = self.upper else {
            return f64::INFINITY;
        };
        let close = value - self.gap.max(1e-9) * value.abs();
        if self.whole {
            close.min(value - 1.0 + 1e-6)
        } else {
            close
        }
    }

    /// No trial of a site counts for more than twice what is left above a bound.
    pub(super) fn most_of_a_trial(&self, bound: f64) -> f64 {
        bound + 2.0 * (self.enough() - bound).max(0.0)
    }
}

/// What a node came to.
pub(super) struct Visit {
    /// The least bound of what was left off.
    pub(super) left_off: f64,
    /// What is left, settled and with the best prices.
    pub(super) left: Option<Node>,
    /// The site to divide it by, and the bounds with that site open and closed.
    pub(super) divide: Option<Divide>,
    /// Open sites that local search may go on from.
    pub(super) open: Option<Vec<bool>>,
    /// Whether they are near enough to the best solution for local search to go past it.
    pub(super) near: bool,
    /// The prices of the first climb.
    pub(super) first: Option<Bound>,
    /// What was learned of sites that were settled, and to what bound each led.
    pub(super) learned: Vec<(Settled, f64)>,
}

/// Two parts of a node.
pub(super) struct Divide {
    site: usize,
    /// The bound as it is.
    bound: f64,
    if_open: f64,
    if_closed: f64,
}

impl Visit {
    fn leave_off(&mut self, bound: f64, whole: bool) {
        self.left_off = self.left_off.min(rounded(bound, whole));
    }
}

/// A bound of values that are whole numbers is the next whole number.
pub(super) fn rounded(bound: f64, whole: bool) -> f64 {
    if whole { (bound - 1e-6).ceil() } else { bound }
}

/// The frame of a node over lists that are settled for it.
pub(super) fn frame<'a>(
    stars: &'a Stars,
    lists: &'a super::lists::Lists,
    locks: &'a [SiteLock],
) -> Frame<'a> {
    Frame {
        fixed: &stars.fixed,
        lists,
        counted: Counted {
            locks,
            least: stars.least,
            most: stars.most,
        },
    }
}

/// Looks at one node; by what sites have gained so far it is divided, or not at all. `look` is told the open sites and the
/// bound after every round, and says what is known by then.
pub(super) fn visit(
    stars: &Stars,
    mut node: Node,
    mut effort: Effort,
    gains: Option<&Gains>,
    stop: &dyn Fn() -> bool,
    look: &mut dyn FnMut(&[bool], f64) -> Outlook,
) -> Visit {
    let mut visit = Visit {
        left_off: f64::INFINITY,
        left: None,
        divide: None,
        open: None,
        near: false,
        first: None,
        learned: Vec::new(),
    };
    loop {
        let Some(lists) = stars.lists.settled(&node.locks) else {
            return visit;
        };
        let locks = node.locks.clone();
        let frame = frame(stars, &lists, &locks);
        let (ascent, outlook, last) = climb(&frame, &mut node, effort, stop, look);
        if let Some(settled) = node.settled.take() {
            let most = outlook.most_of_a_trial(settled.bound);
            let led_to = ascent.best.value.min(most);
            visit.learned.push((settled, led_to));
        }
        visit.first.get_or_insert_with(|| ascent.best.clone());
        if node.bound > outlook.enough() {
            visit.leave_off(node.bound, outlook.whole);
            return visit;
        }
        let (settled, least) = settle(&frame, &ascent.best, &mut node.locks, outlook.enough());
        visit.leave_off(least, outlook.whole);
        let stopped = stop();
        if settled * 10 >= locks.len() && !stopped {
            effort = Effort {
                steps: (effort.steps / 2).max(80),
                stride: INNER.stride,
                ..effort
            };
            continue;
        }
        if stopped {
            visit.leave_off(node.bound, outlook.whole);
        } else if let Some(gains) = gains {
            let mut gains = gains.clone();
            for &(settled, bound) in &visit.learned {
                gains.gained(settled, bound);
            }
            let highest = outlook.most_of_a_trial(node.bound);
            let learned = &mut visit.learned;
            let mut led_to = |settled: Settled| {
                if stop() {
                    return None;
                }
                let bound = tried(stars, &node, settled, &outlook, stop).min(highest);
                learned.push((settled, bound));
                Some(bound)
            };
            let free = node.free().collect();
            // Whatever is learned at the root is of use everywhere.
            let room = outlook.enough() - node.bound;
            let most = if node.share == 1.0 {
                TRIED_AT_ROOT
            } else {
                TRIED
            };
            let site = gains.best(free, &node.often, node.bound, room, most, &mut led_to);
            visit.divide = site.map(|site| divide(&frame, &ascent, &node, site));
        }
        let near = |upper: f64| {
            let value = stars.value(&last);
            value.is_some_and(|value| value < upper + (upper - node.bound).max(0.0))
        };
        let is_leaf = node.free().next().is_none() && !stopped;
        visit.near = is_leaf || outlook.upper.is_none_or(near);
        visit.open = Some(if is_leaf { node.open() } else { last });
        visit.left = Some(node);
        return visit;
    }
}

fn climb(
    frame: &Frame,
    node: &mut Node,
    effort: Effort,
    stop: &dyn Fn() -> bool,
    look: &mut dyn FnMut(&[bool], f64) -> Outlook,
) -> (Ascent, Outlook, Vec<bool>) {
    let mut ascent = begin(frame, &node.prices, effort);
    if !node.often.is_empty() {
        ascent.open.clone_from(&node.often);
    }
    let mut left = effort.steps;
    let mut last: Vec<bool> = ascent.open.iter().map(|open| *open > 0.5).collect();
    let mut outlook = look(&last, ascent.best.value);
    while left > 0 {
        let round = effort.round.min(left);
        left -= round;
        let bound = node.bound.max(ascent.best.value);
        let upper = outlook.upper;
        let climb = Climb {
            steps: round,
            enough: outlook.enough(),
            upper: upper.unwrap_or(bound + 0.1 * bound.abs() + 1.0),
            shortest: effort.shortest,
            stop,
        };
        let ended = ascent.climb(frame, &climb, &mut last);
        outlook = look(&last, ascent.best.value);
        if ended {
            break;
        }
    }
    node.bound = node.bound.max(ascent.best.value);
    node.prices.clone_from(&ascent.best.prices);
    node.often.clone_from(&ascent.open);
    (ascent, outlook, last)
}

/// Begins with the nearest prices that are of use.
fn begin(frame: &Frame, prices: &[f64], effort: Effort) -> Ascent {
    let within = |(target, &price): (usize, &f64)| frame.within(target, price);
    let prices = prices.iter().enumerate().map(within).collect();
    Ascent::new(frame, prices, effort.stride)
}

/// To what bound a few steps lead with one more site of a node settled.
fn tried(
    stars: &Stars,
    node: &Node,
    settled: Settled,
    outlook: &Outlook,
    stop: &dyn Fn() -> bool,
) -> f64 {
    let mut part = node.part(settled, node.bound, stars.most);
    let Some(lists) = stars.lists.settled(&part.locks) else {
        return f64::INFINITY;
    };
    let locks = std::mem::take(&mut part.locks);
    let frame = frame(stars, &lists, &locks);
    let (ascent, ..) = climb(&frame, &mut part, TRIAL, stop, &mut |_, _| *outlook);
    ascent.best.value
}

/// Settles the sites whose other state costs more than is `enough`; how many, and the least that one of those costs.
pub(super) fn settle(
    frame: &Frame,
    bound: &Bound,
    locks: &mut [SiteLock],
    enough: f64,
) -> (usize, f64) {
    let (open, regrets) = frame.counted.regrets(&bound.worth);
    let (mut settled, mut least) = (0, f64::INFINITY);
    for (site, regret) in regrets.into_iter().enumerate() {
        let other = bound.value + regret;
        if locks[site] == SiteLock::Free && other > enough {
            locks[site] = state(open[site]);
            settled += 1;
            least = least.min(other);
        }
    }
    (settled, least)
}

/// Closes what is not settled.
pub(super) fn close_the_rest(locks: &mut [SiteLock]) {
    for lock in locks {
        if *lock == SiteLock::Free {
            *lock = SiteLock::Closed;
        }
    }
}

/// What a site is settled to.
pub(super) fn state(open: bool) -> SiteLock {
    if open {
        SiteLock::Open
    } else {
        SiteLock::Closed
    }
}

/// Divides a node by a site.
fn divide(frame: &Frame, ascent: &Ascent, node: &Node, site: usize) -> Divide {
    let (is_open, regrets) = frame.counted.regrets(&ascent.best.worth);
    let other = node.bound.max(ascent.best.value + regrets[site]);
    let (if_open, if_closed) = if is_open[site] {
        (node.bound, other)
    } else {
        (other, node.bound)
    };
    Divide {
        site,
        bound: node.bound,
        if_open,
        if_closed,
    }
}

impl Divide {
    /// The two parts of a node, the likelier one last.
    pub(super) fn parts(&self, node: &Node, most: usize) -> [Node; 2] {
        let settled = |open| Settled {
            site: self.site,
            open,
            before: node.often[self.site],
            bound: self.bound,
        };
        let open = node.part(settled(true), self.if_open, most);
        let closed = node.part(settled(false), self.if_closed, most);
        if node.often[self.site] >= 0.5 {
            [closed, open]
        } else {
            [open, closed]
        }
    }
}

impl Node {
    /// The part of it with one site settled, of which a bound is known.
    pub(super) fn part(&self, settled: Settled, bound: f64, most: usize) -> Node {
        let mut part = Node {
            bound,
            settled: Some(settled),
            share: 0.5 * self.share,
            ..self.clone()
        };
        part.locks[settled.site] = state(settled.open);
        if settled.open && part.count(SiteLock::Open) >= most {
            close_the_rest(&mut part.locks);
        }
        part
    }

    /// The sites that are not settled.
    pub(super) fn free(&self) -> impl Iterator<Item = usize> {
        (0..self.locks.len()).filter(|&site| self.locks[site] == SiteLock::Free)
    }

    /// The sites that are open for certain.
    pub(super) fn open(&self) -> Vec<bool> {
        self.locks
            .iter()
            .map(|lock| *lock == SiteLock::Open)
            .collect()
    }

    /// How many of its sites are in a state.
    pub(super) fn count(&self, lock: SiteLock) -> usize {
        self.locks.iter().filter(|own| **own == lock).count()
    }
}
