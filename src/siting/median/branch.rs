//! Branch and bound on the sites: open or closed, until nothing that is left can be better.
//!
//! Prices settle most sites at the root; exchanges and kicks then look for the best solution that is left. A small
//! tree does the rest, and where it does not, what is left goes to HiGHS as a program, if that is small.

use super::super::climb::{Ascent, Bound};
use super::super::cores;
use super::super::dice::Dice;
use super::super::draft::Stop;
use super::super::limits::Limits;
use super::super::problem::SiteLock;
use super::lists::{Entry, Lists, Stars};
use super::numbers;
use super::program::{Answers, Program, Then, value};
use super::swap::Swap;
use super::visit::{INNER, Node, Outlook, ROOT, Visit, frame, rounded, visit};
use super::whole::Whole;
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
    pub(super) nodes: u64,
    /// Sites that the root's prices settled.
    pub(super) settled: u64,
    /// Terms of the first program that HiGHS was given, if it was.
    pub(super) terms: u64,
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

/// Sites that a kick opens or closes at most.
const KICK: usize = 4;

/// Terms of the first program at most.
const TERMS: usize = 15_000;

/// Share of the gap that is missing at which HiGHS may stop where its program is only a part.
const NEAR: f64 = 0.2;

/// Nothing is given to HiGHS before bound and best solution are as near as this: it would hardly rule anything out.
pub(super) const NARROW: f64 = 0.02;

/// The next program comes after twice as many nodes, and has so many times as many terms.
const MORE: usize = 4;

/// Open sites and what they cost, if any are known.
pub(super) type Open = Option<(Vec<bool>, f64)>;

pub(super) struct Search<'a> {
    pub(super) stars: Arc<Stars>,
    pub(super) limits: &'a Limits<'a>,
    answers: Answers,
    swap: Swap,
    whole: bool,
    pub(super) best: Open,
    /// The best of what the search has gone back from.
    pub(super) spare: Open,
    pub(super) tried: HashSet<u64>,
    dice: Dice,
    /// The least bound of what was left off.
    pub(super) left_off: f64,
    pub(super) found: Searched,
}

/// Searches until nothing is left or the limits say so.
pub(super) fn search(stars: Stars, start: Option<&[bool]>, limits: &Limits) -> Searched {
    search_with(stars, start, limits, Answers::PROMPT)
}

/// [`search`], with programs from a number of nodes on whose answers come when they are told to.
pub(super) fn search_with(
    stars: Stars,
    start: Option<&[bool]>,
    limits: &Limits,
    answers: Answers,
) -> Searched {
    let mut search = Search::new(stars, limits, answers);
    if let Some(open) = start {
        search.polish(open);
    }
    if let Some(open) = search.swap.first(limits.stop) {
        search.polish(&open);
    }
    search.run()
}

impl<'a> Search<'a> {
    pub(super) fn new(stars: Stars, limits: &'a Limits<'a>, answers: Answers) -> Search<'a> {
        let stars = Arc::new(stars);
        Search {
            swap: Swap::new(Arc::clone(&stars)),
            whole: stars.whole(),
            stars,
            limits,
            answers,
            best: None,
            spare: None,
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
            if let Some(root) = numbers::decide(&mut self, root) {
                self.tree(root);
            }
        }
        let value = self.best.as_ref().map_or(f64::INFINITY, |best| best.1);
        let mut bound = self.left_off.min(value);
        if self.found.terms > 0 && bound > self.enough() {
            // Tree and program are done at different bounds; what both prove is the same.
            bound = self.proven();
        }
        Searched {
            bound,
            best: self.best,
            ..self.found
        }
    }

    /// Settles what the root's prices settle; what is left, if anything.
    fn root(&mut self) -> Option<Node> {
        let lists = self.stars.lists.settled(&self.stars.locks)?;
        let root = Node {
            locks: self.stars.locks.clone(),
            bound: f64::NEG_INFINITY,
            prices: self.first_prices(&lists),
        };
        let before = free(&root.locks);
        let stars = Arc::clone(&self.stars);
        let (stop, report) = (self.limits.stop, self.limits.report);
        let visited = visit(&stars, root, ROOT, stop, &mut |open, bound| {
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

    /// The tree below the root. Where it grows, programs of what is likeliest to be chosen come in between, each larger
    /// than the one before, until one holds everything that can still be better.
    fn tree(&mut self, mut root: Node) {
        let settled = self.left_off;
        let mut stack = vec![root.clone()];
        let (mut nodes, mut terms) = (self.answers.first, TERMS);
        let mut program: Option<Program> = None;
        loop {
            let outcome = match &mut program {
                Some(program) => program.ask(self, &mut stack),
                None => Then::Wait,
            };
            if let Then::Take(solved) = outcome {
                program = None;
                root.bound = root.bound.max(rounded(solved.bound, self.whole));
                let better = solved.open.is_some_and(|open| {
                    self.polish_below(&open[..root.locks.len()], self.enough())
                });
                if better || root.bound > self.enough() {
                    // A better solution settles more of the root.
                    self.left_off = settled;
                    stack = vec![root.clone()];
                }
            }
            if stack.is_empty() && program.as_ref().is_none_or(|p| !p.matters(self)) {
                return;
            }
            let waiting = stack.iter().map(|node| node.bound);
            let bound = waiting.fold(f64::INFINITY, f64::min).max(root.bound);
            let bound = bound.min(self.left_off);
            if (self.limits.stop)() {
                self.left_off = bound;
                self.take_spare();
                return;
            }
            (self.limits.report)(self.best.as_ref().map(|best| best.1), bound);
            if program.is_none() && self.found.nodes >= nodes {
                program = self.program(&root, terms);
                (nodes, terms) = (self.found.nodes * 2, terms * MORE);
            }
            let next = stack.split_off(stack.len().saturating_sub(SIDE_BY_SIDE));
            self.found.nodes += next.len() as u64;
            for (at, visited) in self
                .side_by_side(next, program.is_some())
                .into_iter()
                .enumerate()
            {
                self.take(visited, at == 0, &mut stack);
            }
        }
    }

    /// Where the time ends the search, what it has gone back from counts as well.
    fn take_spare(&mut self) {
        if value(&self.spare) < value(&self.best) {
            self.best = self.spare.take();
        }
    }

    /// Looks at nodes on all cores, or on one where a program has the other.
    fn side_by_side(&self, nodes: Vec<Node>, on_one: bool) -> Vec<Visit> {
        let (stars, stop, outlook) = (&self.stars, self.limits.stop, self.outlook());
        let look = |node: Node| visit(stars, node, INNER, stop, &mut |_, _| outlook);
        if cores::are_free() && !on_one {
            nodes.into_par_iter().map(look).collect()
        } else {
            nodes.into_iter().map(look).collect()
        }
    }

    /// Takes in what a node came to; local search goes on from where it was, if that is near or `anyway`.
    fn take(&mut self, visited: Visit, anyway: bool, stack: &mut Vec<Node>) {
        self.left_off = self.left_off.min(visited.left_off);
        if let Some(open) = visited.open.filter(|_| visited.near || anyway) {
            self.polish(&open);
        }
        if let (Some(left), Some(divide)) = (visited.left, visited.divide) {
            stack.extend(divide.parts(&left, self.stars.most));
        }
    }

    /// Gives HiGHS what is likeliest to be chosen of what the root left, in so many terms.
    fn program(&mut self, root: &Node, terms: usize) -> Option<Program> {
        let lists = self.stars.lists.settled(&root.locks)?;
        let frame = frame(&self.stars, &lists, &root.locks);
        let bound = Ascent::new(&frame, root.prices.clone(), 0.0).best;
        let enough = self.enough();
        if enough - bound.value > NARROW * enough.abs() {
            return None;
        }
        let program = Whole::new(&frame, &bound, enough, terms)?;
        if self.found.terms == 0 {
            self.found.terms = program.size as u64;
        }
        let ends = Stop {
            seconds: (self.limits.time_left)().as_secs_f64(),
            gap: if program.is_all() {
                self.limits.gap
            } else {
                // A part proves nothing: it is to find something better soon.
                let missing = (enough - bound.value) / enough.abs().max(1.0);
                self.limits.gap.max(NEAR * missing)
            },
            nodes: None,
            seed: self.limits.seed,
        };
        let start = self.best.as_ref().map(|best| best.0.as_slice());
        let running = program.start(start, ends);
        Some(Program::new(running, self.found.nodes, self.answers))
    }

    fn outlook(&self) -> Outlook {
        Outlook {
            enough: self.enough(),
            upper: self.best.as_ref().map(|best| best.1),
            whole: self.whole,
        }
    }

    /// A bound above this is of no use: nothing below it is better by more than the gap asked for.
    pub(super) fn enough(&self) -> f64 {
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

    /// The bound where nothing is left that costs no more than [`enough`](Self::enough).
    fn proven(&self) -> f64 {
        match self.whole {
            true => self.enough().ceil(),
            false => self.enough(),
        }
    }

    /// Nothing is left that costs no more than enough.
    pub(super) fn leave_off_enough(&mut self) {
        self.left_off = self.left_off.min(self.proven());
    }

    /// Whether a set of open sites is near enough to the best one that local search may go past it.
    fn near(&self, open: &[bool], bound: f64) -> bool {
        let best = self.best.as_ref().map_or(f64::INFINITY, |best| best.1);
        let value = self.stars.value(open);
        value.is_some_and(|value| value < best + (best - bound).max(0.0))
    }

    /// Improves a set of open sites that was not seen before; whether it became the best.
    pub(super) fn polish(&mut self, open: &[bool]) -> bool {
        self.polish_below(open, f64::INFINITY)
    }

    /// The same, where only what costs less than so much may become the best.
    fn polish_below(&mut self, open: &[bool], below: f64) -> bool {
        let mut hasher = DefaultHasher::new();
        open.hash(&mut hasher);
        if !self.tried.insert(hasher.finish()) {
            return false;
        }
        let mut open = open.to_vec();
        let value = self.swap.improve(&mut open, self.limits.stop);
        let best = self.best.as_ref().map_or(below, |best| best.1.min(below));
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
