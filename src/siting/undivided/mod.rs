//! Fixed charges with capacities, where every item goes whole to one site: single-source location.
//!
//! Which sites are open is the smaller half of it; what fits together where is the larger. So there is always a plan
//! first, and bound and plan then come towards each other side by side:
//!
//! * `ways` holds where each item may go, cheapest first, and `homes` where everything is;
//! * `start` finds first plans, `search` anneals them, `tiles` packs a few sites anew at a time;
//! * `frame` is what prices climb over to a bound, with a `sack` for each site;
//! * `tree` decides the sites, and `whole` draws up what is left of a part of it as one program;
//! * `run` has all of it done in turn.

mod frame;
mod homes;
mod run;
mod sack;
mod search;
mod start;
#[cfg(test)]
mod tests;
mod tiles;
mod tree;
mod ways;
mod whole;

use super::Solution;
use super::certificate::{Certificate, certify_items};
use super::climb::Bound;
use super::counted::Counted;
use super::engine::{Best, Outcome, Run};
use super::layout::Layout;
use super::median;
use super::problem::{Choice, Problem};
use run::{Found, find};
use search::Kept;
pub(super) use ways::Undivided;

/// From so many placements upward; HiGHS proves smaller ones at once.
pub(super) const FROM: usize = 400;

/// The problem as lists of ways, where it is one: every item goes whole to one site, a site has one capacity at most,
/// and nothing is limited but that and the number of open sites.
pub(super) fn recognise(problem: &Problem, layout: &Layout) -> Option<Undivided> {
    let sites = problem.sites.len();
    let plain = problem.reaches.is_empty()
        && problem.conflicts.is_empty()
        && problem.parents.is_empty()
        && problem.pairs.is_empty()
        && problem.price_per_change == 0.0
        && layout.variants.is_empty()
        && !problem.items.is_empty()
        && problem
            .items
            .iter()
            .all(|item| !item.split && item.choice == Choice::ExactlyOne)
        && problem.sites.iter().all(|site| site.capacities.len() <= 1)
        && (problem.placements.iter()).all(|placement| placement.requires.is_empty());
    if !plain {
        return None;
    }
    let (least, most) = match problem.rows.as_slice() {
        [] => (0, sites),
        [row] => median::counts(row, sites)?,
        _ => return None,
    };
    Some(Undivided::new(problem, layout, least, most))
}

impl Run<'_> {
    /// Plan and bound by an engine of its own.
    pub(super) fn undivided(
        &self,
        of: &Undivided,
        best: Option<Best>,
    ) -> Result<Outcome, super::SitingError> {
        let start = best.as_ref().and_then(|best| kept(of, &best.solution));
        let mut outcome = Outcome {
            best,
            engine: "whole items to sites with room",
            ..Outcome::default()
        };
        let found = self.within_limits(|limits| find(of, start, limits, self.ask));
        let Found {
            best,
            bound,
            root,
            counts,
        } = found;
        if best.is_none() && outcome.best.is_none() && bound == f64::INFINITY {
            return Err(super::SitingError::Infeasible);
        }
        if let Some(kept) = best {
            self.consider(&mut outcome.best, solution(of, &kept));
        }
        for (what, count) in counts {
            outcome.counts.insert(what.to_owned(), count);
        }
        outcome.tree = bound.is_finite().then_some(bound + self.layout.constant);
        if let Some(root) = root.filter(|_| outcome.best.is_some()) {
            outcome.certificate = self.priced(of, root);
            outcome.prices = outcome.certificate.as_ref().map(median::prices);
        }
        Ok(outcome)
    }

    /// The better of two: with the prices as they are, and with the price of the room that is needed in them, since
    /// no certificate counts how many sites that takes.
    fn priced(&self, of: &Undivided, root: Bound) -> Option<Certificate> {
        let counted = Counted {
            locks: &[],
            least: of.least,
            most: of.most,
        };
        let row = (!self.problem.rows.is_empty()).then(|| counted.count_price(&root.worth));
        let rate = of.price_of_room(&root.worth);
        if rate == 0.0 || self.past(1.0) {
            return certify_items(self.problem, self.layout, root.prices, row);
        }
        let with_room = root.prices.iter().zip(&of.least_uses);
        let with_room = with_room.map(|(price, uses)| price + rate * uses).collect();
        let with_room = certify_items(self.problem, self.layout, with_room, row);
        let plain = certify_items(self.problem, self.layout, root.prices, row);
        let both = plain.into_iter().chain(with_room);
        both.max_by(|a, b| a.bound.total_cmp(&b.bound))
    }
}

/// A plan as a solution.
fn solution(of: &Undivided, kept: &Kept) -> Solution {
    let ways = kept.way.iter().enumerate();
    let mut chosen: Vec<usize> = ways
        .filter_map(|(item, &way)| of.ways(item).get(way as usize))
        .map(|way| way.placement as usize)
        .collect();
    chosen.sort_unstable();
    Solution {
        shares: vec![1.0; chosen.len()],
        chosen,
        open: kept.open.clone(),
    }
}

/// A solution as a plan, where each of its placements is among the ways.
fn kept(of: &Undivided, solution: &Solution) -> Option<Kept> {
    let chosen = |at: usize| solution.chosen.binary_search(&at).is_ok();
    let way_of = |item: usize| {
        let mut ways = of.ways(item).iter();
        ways.position(|way| chosen(way.placement as usize))
    };
    let way: Option<Vec<u32>> = (0..of.items())
        .map(|item| way_of(item).map(|way| way as u32))
        .collect();
    let mut kept = Kept {
        way: way?,
        open: solution.open.clone(),
        value: 0.0,
    };
    kept.value = kept.homes(of).value;
    Some(kept)
}
