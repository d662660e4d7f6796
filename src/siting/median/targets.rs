//! A tree that is divided by where targets go: by the one that has the fewest sites left, a case for each of them.
//!
//! Where each target has few sites and each site few targets, hardly anything is settled by the prices of one case, but a
//! target decides much: in each case one site is open, and those of the cases before it are closed. So cases are many and
//! small, and prices climb only a little in each, from those of the case before.

use super::super::climb::{Ascent, Bound, Climb, Priced};
use super::super::cores;
use super::super::problem::SiteLock;
use super::frame::{Frame, Least};
use super::lists::{Lists, Stars};
use super::visit::{close_the_rest, frame, settle};
use rayon::prelude::*;
use std::sync::Arc;

/// Cases that are looked at side by side, whatever the number of cores.
const SIDE_BY_SIDE: usize = 32;

/// Of every so many of these the open sites of one are passed on, however good they are.
const TRIED: u64 = 16;

/// Steps of the prices in a case, and in the first.
const STEPS: usize = 20;
const FIRST_STEPS: usize = 1000;

/// So many cases take as long as the first climb.
pub(super) const FIRST_CLIMB: u64 = (FIRST_STEPS / STEPS) as u64;

/// A target that is served already has so many ways more, beside another that is not.
const SERVED: usize = 5;

/// How far prices are to climb where no solution says it: a share of their sum.
const CLIMB: f64 = 0.03;

/// What is less than this share of the prices may be rounding.
const ROUNDING: f64 = 1e-9;

/// What is looked for.
#[derive(Clone, Copy)]
pub(super) struct Aim {
    /// What costs more than this is of no use.
    pub(super) enough: f64,
    /// Cost of the best solution known; none where nothing costs anything and it is only asked whether there is one.
    pub(super) upper: Option<f64>,
}

impl Aim {
    /// Whether there is a solution that costs nothing.
    pub(super) const ANY: Aim = Aim {
        enough: 0.0,
        upper: None,
    };
}

/// A case of the search that is still to be looked at.
#[derive(Clone)]
struct Case {
    locks: Vec<SiteLock>,
    prices: Arc<[f64]>,
}

/// What a case came to.
#[derive(Default)]
struct Seen {
    cases: Vec<Case>,
    /// Open sites that cost no more than enough, if it met any.
    found: Option<Vec<bool>>,
    /// The open sites that its prices ended at; none where nothing is left of it.
    last: Vec<bool>,
}

/// What is left of the search.
pub(super) struct Targets<'a> {
    stars: &'a Stars,
    stack: Vec<Case>,
    /// No solution costs less.
    pub(super) bound: f64,
    pub(super) nodes: u64,
    batches: u64,
}

impl<'a> Targets<'a> {
    /// Climbs from prices to a first bound; nothing is left where that is enough.
    pub(super) fn new(
        stars: &'a Stars,
        prices: Vec<f64>,
        aim: Aim,
        stop: &dyn Fn() -> bool,
    ) -> Targets<'a> {
        let mut targets = Targets {
            stars,
            stack: Vec::new(),
            bound: f64::INFINITY,
            nodes: 0,
            batches: 0,
        };
        if let Some(lists) = stars.lists.settled(&stars.locks) {
            let frame = frame(stars, &lists, &stars.locks);
            let (ascent, _) = climb(&frame, &prices, FIRST_STEPS, aim, stop);
            targets.bound = ascent.best.value;
            if targets.bound <= least_useful(aim, &ascent.best.prices) {
                targets.stack.push(Case {
                    locks: stars.locks.clone(),
                    prices: ascent.best.prices.into(),
                });
            }
        }
        targets
    }

    /// Whether nothing is left.
    pub(super) fn is_done(&self) -> bool {
        self.stack.is_empty()
    }

    /// Looks at the next cases. `found` hears open sites, and whether they cost no more than enough.
    pub(super) fn grow(
        &mut self,
        aim: Aim,
        stop: &(dyn Fn() -> bool + Sync),
        found: &mut dyn FnMut(&[bool], bool),
    ) {
        let next = self
            .stack
            .split_off(self.stack.len().saturating_sub(SIDE_BY_SIDE));
        let kept = next.clone();
        let stars = self.stars;
        let look = |case: Case| look(stars, case, aim, stop);
        let seen: Vec<Seen> = if cores::are_free() {
            next.into_par_iter().map(look).collect()
        } else {
            next.into_iter().map(look).collect()
        };
        for seen in &seen {
            if let Some(open) = &seen.found {
                found(open, true);
            }
        }
        if stop() {
            // A case that was stopped says nothing.
            self.stack.extend(kept);
            return;
        }
        self.batches += 1;
        let likely = seen.iter().find(|seen| !seen.last.is_empty());
        if let Some(seen) = likely.filter(|_| self.batches.is_multiple_of(TRIED)) {
            found(&seen.last, false);
        }
        self.nodes += seen.len() as u64;
        for seen in seen {
            self.stack.extend(seen.cases);
        }
    }
}

/// What a bound must be above to be of use, beside these prices.
fn least_useful(aim: Aim, prices: &[f64]) -> f64 {
    let size: f64 = prices.iter().map(|price| price.abs()).sum();
    aim.enough.max(ROUNDING * size)
}

/// Lets prices climb, and leaves the open sites of the last step.
fn climb(
    frame: &Frame,
    prices: &[f64],
    steps: usize,
    aim: Aim,
    stop: &dyn Fn() -> bool,
) -> (Ascent, Vec<bool>) {
    let within = |(target, price): (usize, &f64)| frame.within(target, *price);
    let prices: Vec<f64> = prices.iter().enumerate().map(within).collect();
    let size: f64 = prices.iter().map(|price| price.abs()).sum();
    let mut ascent = Ascent::new(frame, prices, 1.0);
    let mut last = vec![false; frame.fixed.len()];
    let climb = Climb {
        steps,
        enough: aim.enough.max(10.0 * ROUNDING * size),
        upper: aim.upper.unwrap_or(aim.enough + CLIMB * size),
        shortest: 1e-2,
        stop,
    };
    ascent.climb(frame, &climb, &mut last);
    (ascent, last)
}

fn look(stars: &Stars, mut case: Case, aim: Aim, stop: &dyn Fn() -> bool) -> Seen {
    let mut seen = Seen::default();
    let open = case.locks.iter().filter(|lock| **lock == SiteLock::Open);
    if open.count() >= stars.most {
        close_the_rest(&mut case.locks);
    }
    let Some(lists) = stars.lists.settled(&case.locks) else {
        return seen;
    };
    let locks = case.locks.clone();
    let of_case = frame(stars, &lists, &locks);
    let (ascent, last) = climb(&of_case, &case.prices, STEPS, aim, stop);
    let bound = ascent.best;
    let enough = least_useful(aim, &bound.prices);
    if bound.value > enough || stop() {
        return seen;
    }
    let good = |open: &Vec<bool>| stars.value(open).is_some_and(|value| value <= aim.enough);
    seen.found = Some(last.clone()).filter(good);
    seen.last = last;
    let least = Least::new(&of_case, &bound);
    settle(&of_case, &bound, &mut case.locks, enough);
    let Some(lists) = stars.lists.settled(&case.locks) else {
        return seen;
    };
    let ways = |target: usize| {
        let (price, least) = (bound.prices[target], &least);
        let list = lists.of(target).iter();
        list.filter(move |entry| least.with(price, entry) <= enough)
            .map(|entry| entry.site as usize)
    };
    match fewest_ways(&case.locks, &bound.prices, &lists, &ways) {
        Some(target) => seen.cases = divided(&case.locks, ways(target).collect(), &bound),
        None => {
            // Everything is settled, but for sites that are open for their number alone.
            let mut open = vec![false; case.locks.len()];
            for site in frame(stars, &lists, &case.locks)
                .counted
                .opened(&stars.fixed)
            {
                open[site] = true;
            }
            seen.found = Some(open).filter(good).or(seen.found);
        }
    }
    seen
}

/// One case for each site that a target may go to, the likeliest last: in it that site is open, and those before it are
/// closed.
fn divided(locks: &[SiteLock], mut sites: Vec<usize>, bound: &Bound) -> Vec<Case> {
    sites.sort_by(|&a, &b| {
        let is_open = |site: usize| locks[site] == SiteLock::Open;
        let by_worth = bound.worth[a].total_cmp(&bound.worth[b]).then(a.cmp(&b));
        is_open(a).cmp(&is_open(b)).then(by_worth)
    });
    let prices: Arc<[f64]> = bound.prices.as_slice().into();
    let mut closed = locks.to_vec();
    let case = |site: usize| {
        let mut locks = closed.clone();
        locks[site] = SiteLock::Open;
        closed[site] = SiteLock::Closed;
        Case {
            locks,
            prices: Arc::clone(&prices),
        }
    };
    let mut cases: Vec<Case> = sites.into_iter().map(case).collect();
    cases.reverse();
    cases
}

/// The target with the fewest ways, none where each has only the site that it goes to for certain. A target without
/// any is the first: then there is nothing in this case.
fn fewest_ways<I: Iterator<Item = usize>>(
    locks: &[SiteLock],
    prices: &[f64],
    lists: &Lists,
    ways: &dyn Fn(usize) -> I,
) -> Option<usize> {
    let key = |target: usize| {
        let mut count = 0;
        let mut is_served = false;
        for site in ways(target) {
            count += 1;
            is_served |= locks[site] == SiteLock::Open;
        }
        match (is_served, count) {
            (true, 1) => None,
            (true, _) => Some(count + SERVED),
            (false, _) => Some(count),
        }
    };
    let keys = (0..lists.targets()).filter_map(|target| Some((key(target)?, target)));
    keys.min_by(|a, b| {
        a.0.cmp(&b.0)
            .then(prices[b.1].total_cmp(&prices[a.1]))
            .then(a.1.cmp(&b.1))
    })
    .map(|(_, target)| target)
}
