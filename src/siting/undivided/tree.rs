//! Branch and bound on the sites: open or closed, the least bound first, until what is left is a small program.

use super::super::climb::{Ascent, Bound, Climb};
use super::super::limits::Limits;
use super::super::problem::SiteLock;
use super::frame::Frame;
use super::search::Kept;
use super::ways::Undivided;
use super::whole::{Program, whole};
use std::time::Duration;

/// Nodes of a site's knapsack.
const SACK_NODES: u32 = 300;

/// Steps of the prices at a node, those after which it is asked whether that leads anywhere, and the share of what is
/// missing that they must gain.
const STEPS: usize = 240;
const ROUND: usize = 40;
const GAIN: f64 = 0.05;
const STRIDE: f64 = 0.3;

/// Ways beside one for each item that a program of its own may have, and nodes of its tree while there are still sites
/// to decide.
const PROGRAM: usize = 120;
const PROGRAM_NODES: i32 = 20;

/// Parts of the search that are kept at most: beyond that the bound stands.
const PARTS: usize = 20_000;

/// How long a program's answer is waited for at a time.
const WAIT: Duration = Duration::from_millis(10);

/// Part of the search that is still to be looked at.
struct Node {
    locks: Vec<SiteLock>,
    bound: f64,
    prices: Vec<f64>,
}

/// What is left of the search.
pub(super) struct Tree<'a> {
    of: &'a Undivided,
    open: Vec<Node>,
    /// The least bound of what was left off.
    left_off: f64,
    pub(super) best: Option<Kept>,
    pub(super) visited: u64,
    pub(super) programs: u64,
}

impl<'a> Tree<'a> {
    pub(super) fn new(of: &'a Undivided, root: &Bound) -> Tree<'a> {
        Tree {
            of,
            open: vec![Node {
                locks: of.locks.clone(),
                bound: root.value,
                prices: root.prices.clone(),
            }],
            left_off: f64::INFINITY,
            best: None,
            visited: 0,
            programs: 0,
        }
    }

    /// No solution better than was known costs less.
    pub(super) fn bound(&self) -> f64 {
        let open = self.open.iter().map(|node| node.bound);
        self.of.rounded(open.fold(self.left_off, f64::min))
    }

    /// Whether every part was looked at: nothing better is left to be found.
    pub(super) fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// Whether it goes on no further.
    pub(super) fn is_done(&self) -> bool {
        self.is_empty() || self.open.len() > PARTS
    }

    /// Looks at so many parts, the least bound first; bounds above `enough` are of no use.
    pub(super) fn grow(&mut self, nodes: usize, enough: f64, limits: &Ends) {
        let mut enough = enough;
        for _ in 0..nodes {
            let parts = self.open.iter().enumerate();
            let least = parts.min_by(|a, b| a.1.bound.total_cmp(&b.1.bound));
            let Some(at) = least.map(|(at, _)| at).filter(|_| !(limits.stop)()) else {
                return;
            };
            let node = self.open.swap_remove(at);
            self.visited += 1;
            self.visit(node, enough, limits);
            if let Some(best) = &self.best {
                enough = enough.min(self.of.enough(best.value, limits.gap));
            }
        }
    }

    fn leave_off(&mut self, bound: f64) {
        self.left_off = self.left_off.min(bound);
    }

    fn visit(&mut self, mut node: Node, enough: f64, limits: &Ends) {
        if node.bound > enough {
            return self.leave_off(node.bound);
        }
        let locks = node.locks.clone();
        let Some(counted) = self.of.roomy().counted(&locks) else {
            return;
        };
        let frame = Frame::new(self.of, counted, Some(SACK_NODES));
        let ascent = climb(&frame, &mut node, enough, limits);
        if (limits.stop)() {
            self.open.push(node);
            return;
        }
        if node.bound > enough {
            return self.leave_off(node.bound);
        }
        let bound = &ascent.best;
        let (open, regrets) = counted.regrets(&bound.worth);
        for site in free(&locks) {
            if bound.value + regrets[site] > enough {
                node.locks[site] = state(open[site]);
                self.leave_off(bound.value + regrets[site]);
            }
        }
        let undecided = |site: usize| (ascent.open[site] - 0.5).abs();
        let site = free(&node.locks).min_by(|&a, &b| undecided(a).total_cmp(&undecided(b)));
        let kept = kept(self.of, &frame, bound, &node.locks, enough);
        if kept.iter().any(Vec::is_empty) {
            return self.leave_off(enough);
        }
        let size: usize = kept.iter().map(Vec::len).sum();
        if (size <= self.of.items() + PROGRAM || site.is_none())
            && self.solve(&mut node, &kept, enough, site.is_some(), limits)
        {
            return;
        }
        let Some(site) = site else {
            // It is not known what these sites come to.
            return self.leave_off(node.bound);
        };
        for is_open in [false, true] {
            let mut part = Node {
                locks: node.locks.clone(),
                bound: node.bound,
                prices: node.prices.clone(),
            };
            part.locks[site] = state(is_open);
            if is_open != open[site] {
                part.bound = part.bound.max(bound.value + regrets[site]);
            }
            self.open.push(part);
        }
    }

    /// Solves what is left as a program; whether the node is done with.
    fn solve(
        &mut self,
        node: &mut Node,
        kept: &[Vec<u32>],
        enough: f64,
        undecided: bool,
        limits: &Ends,
    ) -> bool {
        self.programs += 1;
        let keeps = |item: usize, nth: u32| kept[item].binary_search(&nth).is_ok();
        let drawn = whole(self.of, &node.locks, &keeps);
        let nodes = undecided.then_some(PROGRAM_NODES);
        let program = Program::start(drawn, limits.ends(nodes));
        let answer = loop {
            if let Some(answer) = program.poll(WAIT) {
                break answer;
            }
            if (limits.stop)() {
                return false;
            }
        };
        if let Some(plan) = answer.plan(self.of)
            && self
                .best
                .as_ref()
                .is_none_or(|best| plan.value < best.value)
        {
            self.best = Some(plan);
        }
        // What was left out of it costs more than is of use.
        node.bound = node.bound.max(answer.bound.min(enough));
        if answer.finished || node.bound >= enough {
            self.leave_off(node.bound);
            return true;
        }
        false
    }
}

/// When a search ends, in a form that threads share.
pub(super) struct Ends<'a> {
    pub(super) gap: f64,
    pub(super) seed: u64,
    pub(super) stop: &'a (dyn Fn() -> bool + Sync),
    pub(super) seconds: f64,
}

impl<'a> Ends<'a> {
    pub(super) fn of(limits: &Limits<'a>) -> Ends<'a> {
        Ends {
            gap: limits.gap,
            seed: limits.seed,
            stop: limits.stop,
            seconds: (limits.time_left)().as_secs_f64(),
        }
    }

    /// For a program of so many nodes.
    pub(super) fn ends(&self, nodes: Option<i32>) -> super::super::draft::Stop {
        super::super::draft::Stop {
            seconds: 0.97 * self.seconds,
            gap: self.gap,
            nodes,
            seed: self.seed,
        }
    }
}

fn climb(frame: &Frame, node: &mut Node, enough: f64, limits: &Ends) -> Ascent {
    let mut ascent = Ascent::new(frame, std::mem::take(&mut node.prices), STRIDE);
    let mut last = vec![false; node.locks.len()];
    for _ in 0..STEPS / ROUND {
        let climb = Climb {
            steps: ROUND,
            enough,
            upper: enough,
            shortest: 1e-2,
            stop: &|| (limits.stop)(),
        };
        let before = ascent.best.value;
        let ended = ascent.climb(frame, &climb, &mut last);
        if ended || ascent.best.value - before < GAIN * (enough - ascent.best.value) {
            break;
        }
    }
    node.bound = node.bound.max(ascent.best.value);
    node.prices.clone_from(&ascent.best.prices);
    ascent
}

/// The ways of each item that may still be part of something better.
fn kept(
    of: &Undivided,
    frame: &Frame,
    bound: &Bound,
    locks: &[SiteLock],
    enough: f64,
) -> Vec<Vec<u32>> {
    let mut kept = vec![Vec::new(); of.items()];
    frame.reduced(
        &bound.prices,
        &bound.worth,
        usize::MAX,
        &mut |item, nth, more| {
            let site = of.ways(item)[nth].site as usize;
            if locks[site] != SiteLock::Closed && bound.value + more <= enough {
                kept[item].push(nth as u32);
            }
        },
    );
    kept
}

fn free(locks: &[SiteLock]) -> impl Iterator<Item = usize> {
    (0..locks.len()).filter(|&site| locks[site] == SiteLock::Free)
}

fn state(open: bool) -> SiteLock {
    match open {
        true => SiteLock::Open,
        false => SiteLock::Closed,
    }
}
