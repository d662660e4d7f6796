//! Where fixed charges are large beside everything else, the number of open sites is decided first.
//!
//! They leave the bound far below: by the prices, ten sites are enough, where any solution needs fourteen. So it is
//! asked for one number after another whether so few sites can serve every target at all, whatever that costs. For each number
//! that is left the problem is a median, whose bound is near.

use super::super::climb::{Ascent, Bound};
use super::super::problem::SiteLock;
use super::branch::Search;
use super::frame::{Frame, useful};
use super::lists::{Entry, Lists, Stars};
use super::targets::{Aim, FIRST_CLIMB, Targets};
use super::visit::{Node, frame};
use std::sync::Arc;

/// Parts that are looked at, times entries of all lists, before the search goes on without.
pub(super) const EFFORT: u64 = 500_000_000;

/// Where bound and best solution are as near as this, the number is not asked for.
const NARROW: f64 = 0.02;

/// Kicks in a row without a better solution before the numbers are looked at: a plan with a site too many costs much.
const KICKS: usize = 1000;

/// What became of a tree.
#[derive(Clone, Copy, PartialEq)]
enum End {
    /// Nothing is left.
    Done,
    /// It found what was looked for.
    Found,
    /// Its effort was spent, or it was stopped.
    GivenUp,
}

/// A number of open sites, and what no solution with so many costs less than.
#[derive(Clone, Copy)]
struct Number {
    open: usize,
    bound: f64,
}

/// Decides the number of open sites where that is most of what there is to decide; what is left then, if anything.
pub(super) fn decide(search: &mut Search, mut root: Node, effort: u64) -> Option<Node> {
    let enough = search.enough();
    let Some((open, value)) = &search.best else {
        return Some(root);
    };
    if enough - root.bound <= NARROW * enough.abs() {
        return Some(root);
    }
    let stars = Arc::clone(&search.stars);
    let lists = stars.lists.settled(&root.locks)?;
    let frame = frame(&stars, &lists, &root.locks);
    if !charges_dominate(&frame, open, *value) {
        return Some(root);
    }
    search.kicks(KICKS);
    let enough = search.enough();
    let bound = Ascent::new(&frame, root.prices.clone(), 0.0).best;
    let useful = useful(&stars, &frame, &bound, enough);
    let mut numbers = Numbers {
        search,
        left: possible(&frame, &bound, enough),
        effort: effort / useful.lists.entries().len().max(1) as u64,
    };
    numbers.cover(for_nothing(&useful));
    numbers.medians(&useful, &root.prices);
    let left = numbers.left;
    // The numbers that are gone cost more than that.
    search.leave_off_enough();
    let (Some(least), Some(most)) = (
        left.iter().map(|number| number.open).min(),
        left.iter().map(|number| number.open).max(),
    ) else {
        return None;
    };
    root.bound = root.bound.max(least_bound(&left));
    search.stars = Arc::new(Stars {
        least,
        most,
        ..(*stars).clone()
    });
    Some(root)
}

/// Whether one site more costs more than the targets of a solution could save.
fn charges_dominate(frame: &Frame, open: &[bool], value: f64) -> bool {
    let mut saved = value;
    let mut cheapest = f64::INFINITY;
    for (site, &fixed) in frame.fixed.iter().enumerate() {
        if open[site] {
            saved -= fixed;
        }
        if frame.counted.locks[site] == SiteLock::Free {
            cheapest = cheapest.min(fixed);
        }
    }
    for list in frame.lists.iter() {
        saved -= list.first().map_or(0.0, |nearest| nearest.cost);
    }
    saved < cheapest
}

fn least_bound(numbers: &[Number]) -> f64 {
    let bounds = numbers.iter().map(|number| number.bound);
    bounds.fold(f64::INFINITY, f64::min)
}

/// The numbers of open sites that may cost no more than `enough`, by the prices, in order.
fn possible(frame: &Frame, bound: &Bound, enough: f64) -> Vec<Number> {
    let locks = frame.counted.locks;
    let worth = |lock| {
        let sites = locks.iter().zip(&bound.worth);
        sites
            .filter(move |site| *site.0 == lock)
            .map(|site| *site.1)
    };
    let certain: Vec<f64> = worth(SiteLock::Open).collect();
    let mut free: Vec<f64> = worth(SiteLock::Free).collect();
    free.sort_unstable_by(f64::total_cmp);
    let mut value = bound.prices.iter().chain(&certain).sum::<f64>();
    let mut size: f64 = bound.prices.iter().chain(&certain).map(|x| x.abs()).sum();
    let mut charges = Charges::new(frame);
    let mut numbers = Vec::new();
    for more in 0..=free.len() {
        if let Some(last) = more.checked_sub(1) {
            value += free[last];
            size += free[last].abs();
            charges.open_one();
        }
        let number = Number {
            open: certain.len() + more,
            bound: charges.bound().max(value - 1e-12 * size),
        };
        let allowed = frame.counted.least..=frame.counted.most;
        if allowed.contains(&number.open) && number.bound <= enough {
            numbers.push(number);
        }
    }
    numbers
}

/// What so many sites cost at least to open, and every target where it is cheapest.
struct Charges {
    /// What each free site costs, the dearest first.
    free: Vec<f64>,
    value: f64,
    size: f64,
}

impl Charges {
    /// With the sites that are open for certain.
    fn new(frame: &Frame) -> Charges {
        let mut charges = Charges {
            free: Vec::new(),
            value: 0.0,
            size: 0.0,
        };
        for (lock, &fixed) in frame.counted.locks.iter().zip(frame.fixed) {
            match lock {
                SiteLock::Free => charges.free.push(fixed),
                SiteLock::Open => charges.add(fixed),
                SiteLock::Closed => {}
            }
        }
        charges.free.sort_unstable_by(|a, b| b.total_cmp(a));
        for list in frame.lists.iter() {
            charges.add(list.first().map_or(0.0, |nearest| nearest.cost));
        }
        charges
    }

    fn add(&mut self, cost: f64) {
        self.value += cost;
        self.size += cost.abs();
    }

    fn open_one(&mut self) {
        let cheapest = self.free.pop().unwrap_or(0.0);
        self.add(cheapest);
    }

    fn bound(&self) -> f64 {
        self.value - 1e-12 * self.size
    }
}

/// The problem where nothing costs anything.
fn for_nothing(stars: &Stars) -> Stars {
    let free = |list: &[Entry]| {
        let list = list.iter();
        list.map(|entry| Entry {
            cost: 0.0,
            ..*entry
        })
        .collect()
    };
    Stars {
        fixed: vec![0.0; stars.fixed.len()],
        locks: stars.locks.clone(),
        lists: Lists::new(stars.lists.iter().map(free)),
        least: 0,
        ..*stars
    }
}

struct Numbers<'a, 'b> {
    search: &'a mut Search<'b>,
    left: Vec<Number>,
    /// Parts that may still be looked at.
    effort: u64,
}

impl Numbers<'_, '_> {
    /// Takes out the numbers that are too few to serve every target.
    fn cover(&mut self, mut served: Stars) {
        while let Some(&number) = self.left.first() {
            served.most = number.open;
            let prices = vec![1.0; served.lists.targets()];
            if self.solve(&served, prices, &|_| Aim::ANY, None) != End::Done {
                self.search.found.fewest = number.open as u64;
                return;
            }
            self.left.remove(0);
        }
    }

    /// Solves the problem for one number after another, the least bound first.
    fn medians(&mut self, stars: &Stars, prices: &[f64]) {
        self.left.sort_by(|a, b| b.bound.total_cmp(&a.bound));
        while let Some(number) = self.left.pop() {
            let median = Stars {
                least: number.open,
                most: number.open,
                ..stars.clone()
            };
            let aim = |search: &Search| Aim {
                enough: search.enough(),
                upper: search.best.as_ref().map(|best| best.1),
            };
            let end = self.solve(&median, prices.to_vec(), &aim, Some(number));
            if end == End::GivenUp {
                return;
            }
            let enough = self.search.enough();
            self.left.retain(|number| number.bound <= enough);
        }
    }

    /// Grows a tree to its end. That of a number of its own is left where it is given up.
    fn solve(
        &mut self,
        stars: &Stars,
        prices: Vec<f64>,
        aim: &dyn Fn(&Search) -> Aim,
        mut number: Option<Number>,
    ) -> End {
        let limits = self.search.limits;
        let mut tree = Targets::new(stars, prices, aim(self.search), limits.stop);
        if let Some(number) = &mut number {
            number.bound = number.bound.max(tree.bound);
        }
        self.effort = self.effort.saturating_sub(FIRST_CLIMB);
        let best = |search: &Search| search.best.as_ref().map(|best| best.1);
        let mut end = End::Done;
        while end == End::Done && !tree.is_done() {
            let bound = number.map_or(f64::INFINITY, |number| number.bound);
            (limits.report)(best(self.search), bound.min(least_bound(&self.left)));
            let nodes = tree.nodes;
            let search = &mut *self.search;
            tree.grow(aim(search), limits.stop, &mut |open, serves| {
                search.polish(open);
                if serves && number.is_none() {
                    end = End::Found;
                }
            });
            let nodes = tree.nodes - nodes;
            self.search.found.parts += nodes;
            self.effort = self.effort.saturating_sub(nodes);
            if self.effort == 0 || (limits.stop)() {
                end = End::GivenUp;
            }
        }
        if end == End::GivenUp {
            self.left.extend(number);
        }
        end
    }
}
