//! One node of the tree: its bound climbs, settles sites, and what is left is divided in two.

use super::super::climb::{Ascent, Bound, Climb};
use super::super::counted::Counted;
use super::super::problem::SiteLock;
use super::frame::Frame;
use super::lists::Stars;

/// Part of the search that is still to be looked at.
#[derive(Clone)]
pub(super) struct Node {
    pub(super) locks: Vec<SiteLock>,
    pub(super) bound: f64,
    pub(super) prices: Vec<f64>,
}

/// How hard a node's prices are made to climb.
#[derive(Clone, Copy)]
pub(super) struct Effort {
    steps: usize,
    stride: f64,
    shortest: f64,
    /// After so many steps open sites are passed on, and a climb that slows down ends.
    round: usize,
    /// Share of what is missing that a round must gain, or the climb ends.
    gain: f64,
}

pub(super) const ROOT: Effort = Effort {
    steps: 3000,
    stride: 1.0,
    shortest: 1e-3,
    round: 50,
    gain: 0.0,
};
pub(super) const INNER: Effort = Effort {
    steps: 600,
    stride: 0.3,
    shortest: 1e-2,
    round: 40,
    gain: 0.2,
};

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
}

/// Two parts of a node.
pub(super) struct Divide {
    site: usize,
    likely_open: bool,
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

/// Looks at one node. `look` is told the open sites and the bound after every round, and says what is
/// known by then.
pub(super) fn visit(
    stars: &Stars,
    mut node: Node,
    mut effort: Effort,
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
    };
    loop {
        let Some(lists) = stars.lists.settled(&node.locks) else {
            return visit;
        };
        let locks = node.locks.clone();
        let frame = frame(stars, &lists, &locks);
        let (ascent, outlook, last) = climb(&frame, &mut node, effort, stop, look);
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
        } else {
            visit.divide = divide(&frame, &ascent, &node);
        }
        let near = |upper: f64| {
            let value = stars.value(&last);
            value.is_some_and(|value| value < upper + (upper - node.bound).max(0.0))
        };
        let is_leaf = visit.divide.is_none() && !stopped;
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
    let mut ascent = Ascent::new(frame, std::mem::take(&mut node.prices), effort.stride);
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
        let before = ascent.best.value;
        let ended = ascent.climb(frame, &climb, &mut last);
        let slow = ascent.best.value - before < effort.gain * (climb.upper - ascent.best.value);
        outlook = look(&last, ascent.best.value);
        if ended || slow {
            break;
        }
    }
    node.bound = node.bound.max(ascent.best.value);
    node.prices.clone_from(&ascent.best.prices);
    (ascent, outlook, last)
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

/// The site that was open about half of the time; `None` where all are settled.
fn divide(frame: &Frame, ascent: &Ascent, node: &Node) -> Option<Divide> {
    let undecided = |site: usize| (ascent.open[site] - 0.5).abs();
    let site = (0..node.locks.len())
        .filter(|&site| node.locks[site] == SiteLock::Free)
        .min_by(|&a, &b| undecided(a).total_cmp(&undecided(b)))?;
    let (is_open, regrets) = frame.counted.regrets(&ascent.best.worth);
    let other = node.bound.max(ascent.best.value + regrets[site]);
    let (if_open, if_closed) = if is_open[site] {
        (node.bound, other)
    } else {
        (other, node.bound)
    };
    Some(Divide {
        site,
        likely_open: ascent.open[site] >= 0.5,
        if_open,
        if_closed,
    })
}

impl Divide {
    /// The two parts of a node, the likelier one last.
    pub(super) fn parts(&self, node: &Node, most: usize) -> [Node; 2] {
        let open = node.part(self.site, true, self.if_open, most);
        let closed = node.part(self.site, false, self.if_closed, most);
        if self.likely_open {
            [closed, open]
        } else {
            [open, closed]
        }
    }
}

impl Node {
    /// The part of it with one site settled, of which a bound is known.
    pub(super) fn part(&self, site: usize, open: bool, bound: f64, most: usize) -> Node {
        let mut part = Node {
            bound,
            ..self.clone()
        };
        part.locks[site] = state(open);
        if open && part.count(SiteLock::Open) >= most {
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
