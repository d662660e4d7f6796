//! Branch and bound on the sites: open or closed, until nothing that is left can be better.
//!
//! Prices settle most sites at the root; exchanges and kicks then look for the best solution that is left. A tree does the
//! rest by prices alone as long as it gets on; another is searched by the relaxation, solved exactly at every node.

use super::super::climb::{Ascent, Bound};
use super::super::cores;
use super::super::dice::Dice;
use super::super::limits::Limits;
use super::super::problem::SiteLock;
use super::frame::useful;
use super::gains::Gains;
use super::lists::{Entry, Lists, Stars};
use super::numbers;
use super::parts::Parts;
use super::swap::Swap;
use super::visit::{INNER, Node, Outlook, ROOT, Visit, frame, visit};
use rayon::prelude::*;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// What the search comes back with: infinite bound and nothing where nothing keeps the limits.
#[derive(Clone, Default)]
pub(super) struct Searched {
    /// The best set of open sites, and what it costs.
    pub(super) best: Open,
    /// No solution costs less.
    pub(super) bound: f64,
    /// The bound at the root, before any site was settled.
    pub(super) root: Option<Bound>,
    /// The bound that the relaxation gives what that left, where it was asked.
    pub(super) relaxed_root: Option<Bound>,
    pub(super) nodes: u64,
    /// Sites that the root's prices settled.
    pub(super) settled: u64,
    /// No better solution has fewer open sites, where that was asked.
    pub(super) fewest: u64,
    /// Parts that were divided by targets.
    pub(super) parts: u64,
}

/// Nodes that are looked at side by side, whatever the number of cores.
const SIDE_BY_SIDE: usize = 4;

/// Open sites at the root from which local search goes on, near the best solution or not.
const FIRST: usize = 12;

/// Kicks in a row without a better solution before there are no more.
const KICKS: usize = 40;

/// A node's site takes as long as so many entries of lists.
const OF_A_SITE: usize = 20;

/// A tree by prices is left where what is done of it is less than the third power of how often the patience for it was spent,
/// as a share of this.
const PATIENT: f64 = 1000.0;

/// Sites that a kick opens or closes at most.
const KICK: usize = 4;

/// How long one way is tried before another, in entries of lists that nodes walk along, each node once, and what its sites take beside.
#[derive(Clone, Copy)]
pub(super) struct Patience {
    /// The number of open sites, by targets.
    pub(super) numbers: u64,
    /// The tree by prices, before the relaxation.
    pub(super) by_prices: u64,
}

impl Patience {
    pub(super) const USUAL: Patience = Patience {
        numbers: numbers::EFFORT,
        by_prices: 20_000_000,
    };
}

/// Open sites and what they cost, if any are known.
pub(super) type Open = Option<(Vec<bool>, f64)>;

pub(super) struct Search<'a> {
    pub(super) stars: Arc<Stars>,
    pub(super) limits: &'a Limits<'a>,
    patience: Patience,
    swap: Swap,
    whole: bool,
    pub(super) best: Open,
    tried: HashSet<u64>,
    gains: Gains,
    dice: Dice,
    /// The least bound of what was left off.
    pub(super) left_off: f64,
    pub(super) found: Searched,
}

/// Searches until nothing is left or the limits say so.
pub(super) fn search(stars: Stars, start: Option<&[bool]>, limits: &Limits) -> Searched {
    search_with(stars, start, limits, Patience::USUAL)
}

/// [`search`] with another patience.
pub(super) fn search_with(
    stars: Stars,
    start: Option<&[bool]>,
    limits: &Limits,
    patience: Patience,
) -> Searched {
    let mut search = Search::new(stars, limits, patience);
    if let Some(open) = start {
        search.polish(open);
    }
    if let Some(open) = search.swap.first(limits.stop) {
        search.polish(&open);
    }
    search.run()
}

impl<'a> Search<'a> {
    pub(super) fn new(stars: Stars, limits: &'a Limits<'a>, patience: Patience) -> Search<'a> {
        let stars = Arc::new(stars);
        Search {
            swap: Swap::new(Arc::clone(&stars)),
            whole: stars.whole(),
            gains: Gains::new(stars.fixed.len()),
            stars,
            limits,
            patience,
            best: None,
            tried: HashSet::new(),
            dice: Dice::new(limits.seed),
            left_off: f64::INFINITY,
            found: Searched::default(),
        }
    }
}

impl Search<'_> {
    fn run(mut self) -> Searched {
        if let Some(root) = self.root() {
            self.kicks(KICKS);
            let effort = self.patience.numbers;
            if let Some(root) = numbers::decide(&mut self, root, effort) {
                self.tree(root);
            }
        }
        let value = self.best.as_ref().map_or(f64::INFINITY, |best| best.1);
        let bound = self.left_off.min(value);
        Searched {
            bound,
            best: self.best,
            ..self.found
        }
    }

    /// Settles what the root's prices settle; what is left, if anything.
    pub(super) fn root(&mut self) -> Option<Node> {
        let lists = self.stars.lists.settled(&self.stars.locks)?;
        let root = Node {
            locks: self.stars.locks.clone(),
            bound: f64::NEG_INFINITY,
            prices: self.first_prices(&lists),
            often: Vec::new(),
            settled: None,
            share: 1.0,
        };
        let before = free(&root.locks);
        let stars = Arc::clone(&self.stars);
        let (stop, report) = (self.limits.stop, self.limits.report);
        let visited = visit(&stars, root, ROOT, None, stop, &mut |open, bound| {
            if self.tried.len() < FIRST || self.near(open, bound) {
                self.polish(open);
            }
            report(self.best.as_ref().map(|best| best.1), bound);
            self.outlook()
        });
        self.left_off = self.left_off.min(visited.left_off);
        self.found.root = visited.first;
        let after = visited.left.as_ref().map_or(0, |left| free(&left.locks));
        self.found.settled = (before - after) as u64;
        if let Some(open) = visited.open {
            self.polish(&open);
        }
        let left = visited.left?;
        // Takes what is settled for good out of every list.
        let lists = self.stars.lists.settled(&left.locks)?;
        self.stars = Arc::new(Stars {
            fixed: self.stars.fixed.clone(),
            locks: left.locks.clone(),
            lists,
            ..*self.stars
        });
        self.swap = Swap::new(Arc::clone(&self.stars));
        Some(left)
    }

    /// The tree below the root by prices, as long as it gets on; then by the relaxation.
    fn tree(&mut self, root: Node) {
        self.leave_off_useless(&root);
        let settled = self.left_off;
        let of_a_node = (self.stars.lists.entries().len() + OF_A_SITE * root.locks.len()) as u64;
        let mut stack = vec![root.clone()];
        let mut first_left = root.share;
        while !stack.is_empty() {
            let waiting = stack.iter().map(|node| node.bound);
            let bound = waiting.fold(self.left_off, f64::min);
            if (self.limits.stop)() {
                self.left_off = bound;
                return;
            }
            (self.limits.report)(self.best.as_ref().map(|best| best.1), bound);
            let effort = self.found.nodes * of_a_node;
            let left: f64 = stack.iter().map(|node| node.share).sum();
            if effort < self.patience.by_prices {
                first_left = left;
            } else if !self.is_ending(1.0 - left / first_left, effort) {
                self.left_off = settled;
                return self.relaxed(root, bound);
            }
            let next = stack.split_off(stack.len().saturating_sub(SIDE_BY_SIDE));
            self.found.nodes += next.len() as u64;
            for visited in self.side_by_side(next) {
                self.take(visited, &mut stack);
            }
        }
    }

    /// Takes out of the lists what costs more than enough to make use of.
    fn leave_off_useless(&mut self, root: &Node) {
        if (self.limits.stop)() {
            return;
        }
        let stars = Arc::clone(&self.stars);
        let frame = frame(&stars, &stars.lists, &root.locks);
        let bound = Ascent::new(&frame, root.prices.clone(), 0.0).best;
        let useful = useful(&stars, &frame, &bound, self.enough());
        if useful.lists.entries().len() < stars.lists.entries().len() {
            self.leave_off_enough();
            self.stars = Arc::new(useful);
        }
    }

    /// Whether so much of the tree was done since the patience for it was spent that the rest is worth waiting for: by twice
    /// the effort, eight times as much. Nothing is said before it was spent twice.
    fn is_ending(&self, done: f64, effort: u64) -> bool {
        let patience = self.patience.by_prices as f64;
        let times = effort as f64 / patience;
        patience > 0.0 && (times < 2.0 || done >= (times / PATIENT).powi(3))
    }

    /// The same tree again, in parts that are looked at side by side, each with a relaxation of its own; beside a bound that
    /// is known already.
    fn relaxed(&mut self, root: Node, known: f64) {
        let stars = Arc::clone(&self.stars);
        let stop = self.limits.stop;
        std::thread::scope(|scope| {
            let mut parts = Parts::new(&stars, root, stop, scope);
            loop {
                let bound = parts.bound().max(known).min(self.left_off);
                (self.limits.report)(self.best.as_ref().map(|best| best.1), bound);
                if parts.are_done() || stop() {
                    self.left_off = bound;
                    return;
                }
                for part in parts.look(self.outlook()) {
                    self.left_off = self.left_off.min(part.left_off);
                    self.found.nodes += part.nodes;
                    if let Some(first) = part.first {
                        // Only that of the first round is the root's.
                        self.found.relaxed_root.get_or_insert(first);
                    }
                    for open in part.better.iter().chain(&part.last) {
                        self.polish(open);
                    }
                }
            }
        })
    }

    /// Looks at nodes on all cores.
    fn side_by_side(&self, nodes: Vec<Node>) -> Vec<Visit> {
        let (stars, stop, outlook) = (&self.stars, self.limits.stop, self.outlook());
        let gains = Some(&self.gains);
        let look = |node: Node| visit(stars, node, INNER, gains, stop, &mut |_, _| outlook);
        if cores::are_free() {
            nodes.into_par_iter().map(look).collect()
        } else {
            nodes.into_iter().map(look).collect()
        }
    }

    /// Takes in what a node came to; local search goes on from where it was, if that is near.
    fn take(&mut self, visited: Visit, stack: &mut Vec<Node>) {
        self.left_off = self.left_off.min(visited.left_off);
        for (settled, bound) in visited.learned {
            self.gains.gained(settled, bound);
        }
        if let Some(open) = visited.open.filter(|_| visited.near) {
            self.polish(&open);
        }
        if let (Some(left), Some(divide)) = (visited.left, visited.divide) {
            stack.extend(divide.parts(&left, self.stars.most));
        }
    }

    fn outlook(&self) -> Outlook {
        Outlook {
            upper: self.best.as_ref().map(|best| best.1),
            gap: self.limits.gap,
            whole: self.whole,
        }
    }

    /// A bound above this is of no use: nothing below it is better by more than the gap asked for.
    pub(super) fn enough(&self) -> f64 {
        self.outlook().enough()
    }

    /// Nothing is left that costs no more than enough.
    pub(super) fn leave_off_enough(&mut self) {
        let enough = self.enough();
        let proven = if self.whole { enough.ceil() } else { enough };
        self.left_off = self.left_off.min(proven);
    }

    /// Whether a set of open sites is near enough to the best one that local search may go past it.
    fn near(&self, open: &[bool], bound: f64) -> bool {
        let best = self.best.as_ref().map_or(f64::INFINITY, |best| best.1);
        let value = self.stars.value(open);
        value.is_some_and(|value| value < best + (best - bound).max(0.0))
    }

    /// Improves a set of open sites that was not seen before; whether it became the best.
    pub(super) fn polish(&mut self, open: &[bool]) -> bool {
        let mut hasher = DefaultHasher::new();
        open.hash(&mut hasher);
        if !self.tried.insert(hasher.finish()) {
            return false;
        }
        let mut open = open.to_vec();
        let value = self.swap.improve(&mut open, self.limits.stop);
        let best = self.best.as_ref().map_or(f64::INFINITY, |best| best.1);
        let Some(value) = value.filter(|value| *value < best) else {
            return false;
        };
        self.best = Some((open, value));
        true
    }

    /// Kicks the best solution until so many kicks in a row have led to nothing better.
    pub(super) fn kicks(&mut self, patience: usize) {
        let mut since = 0;
        while since < patience && !(self.limits.stop)() {
            since = if self.kick() { 0 } else { since + 1 };
        }
    }

    /// Opens and closes a few sites of the best solution by chance, and improves that; whether it became the best.
    fn kick(&mut self) -> bool {
        let Some((open, _)) = &self.best else {
            return false;
        };
        let mut open = open.clone();
        let free = |site: &usize| self.stars.locks[*site] == SiteLock::Free;
        let (mut opened, mut closed): (Vec<usize>, Vec<usize>) =
            (0..open.len()).filter(free).partition(|&site| open[site]);
        self.dice.shuffle(&mut opened);
        self.dice.shuffle(&mut closed);
        let closes = self.dice.size(1, KICK).min(opened.len());
        let opens = match self.stars.least == self.stars.most {
            true => closes,
            false => self.dice.size(1, KICK),
        };
        for &site in opened.iter().take(closes) {
            open[site] = false;
        }
        for &site in closed.iter().take(opens) {
            open[site] = true;
        }
        self.polish(&open)
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
}

/// How many sites are not settled.
fn free(locks: &[SiteLock]) -> usize {
    locks.iter().filter(|lock| **lock == SiteLock::Free).count()
}
