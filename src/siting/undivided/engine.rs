//! What a run of the engine comes back with, and plans as solutions of the problem.

use super::super::answer::{SitingError, Solution};
use super::super::engine::{Best, Outcome, Run};
use super::super::median;
use super::run::{Found, find};
use super::search::Kept;
use super::ways::Undivided;

impl Run<'_> {
    /// Plan and bound by an engine of its own.
    pub(in super::super) fn undivided(
        &self,
        of: &Undivided,
        best: Option<Best>,
    ) -> Result<Outcome, SitingError> {
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
            return Err(SitingError::Infeasible);
        }
        if let Some(kept) = best {
            self.consider(&mut outcome.best, solution(of, &kept));
        }
        for (what, count) in counts {
            outcome.counts.insert(what.to_owned(), count);
        }
        outcome.tree = bound.is_finite().then_some(bound + self.layout.constant);
        if let Some(root) = root.filter(|_| outcome.best.is_some()) {
            outcome.certificate = self.certify_roomy(of.roomy(), root);
            outcome.prices = outcome.certificate.as_ref().map(median::prices);
        }
        Ok(outcome)
    }
}

/// A plan as a solution.
pub(super) fn solution(of: &Undivided, kept: &Kept) -> Solution {
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
pub(super) fn kept(of: &Undivided, solution: &Solution) -> Option<Kept> {
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
