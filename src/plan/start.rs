//! Where a search starts: today, or the cheapest of some arrangements that keep every hard limit.

use super::choice::Choice;
use super::compile::{Compiled, Sources};
use super::limits::money::complete;
use super::placements::{Kind, Placement};
use crate::access::Arrangement;
use crate::place::{BuildingIx, OccupierIx};
use crate::siting::{Problem, SiteLock, Solution, start_of};
use std::collections::{BTreeMap, BTreeSet};

impl Sources<'_> {
    /// Starts a compiled place from the cheapest of today and these arrangements that keeps every
    /// hard limit. Those who cannot be where an arrangement has them go where it costs least.
    pub(super) fn start_from(&self, compiled: &mut Compiled, starts: &[Arrangement]) {
        if starts.is_empty() {
            return;
        }
        let today = compiled.problem.start.take();
        let chosen: Vec<Vec<usize>> = starts
            .iter()
            .filter_map(|arrangement| {
                let positions = self.positions(arrangement);
                let mut start = rehoused(&compiled.problem, &positions)?;
                self.complete(compiled, arrangement, &mut start, |_| false);
                Some(start)
            })
            .collect();
        let mut best: Option<(f64, Vec<usize>)> = None;
        for start in today.iter().cloned().chain(chosen) {
            compiled.problem.start = Some(start.clone());
            if let Some(cost) = start_of(&compiled.problem)
                && best.as_ref().is_none_or(|(least, _)| cost < *least)
            {
                best = Some((cost, start));
            }
        }
        // Where none keeps every limit, the search goes on from as much of the first as fits.
        let first = || {
            starts
                .first()
                .map(|start| self.as_far_as_it_fits(compiled, start))
        };
        compiled.problem.start = best.map(|(_, start)| start).or_else(first).or(today);
    }

    /// The placements of those who can be where an arrangement has them, and fit there together.
    fn as_far_as_it_fits(&self, compiled: &Compiled, arrangement: &Arrangement) -> Vec<usize> {
        let mut taken = Taken::new(&compiled.problem);
        let mut fits = Vec::new();
        for at in self.positions(arrangement).into_iter().flatten() {
            if taken.has_room(at) {
                taken.take(at);
                fits.push(at);
            }
        }
        let there: BTreeSet<usize> = fits.iter().copied().collect();
        fits.retain(|at| {
            let requires = &compiled.problem.placements[*at].requires;
            requires.is_empty() || requires.iter().any(|other| there.contains(other))
        });
        fits
    }

    /// Starts a compiled place from an arrangement, whether or not it keeps every limit, with a price for
    /// each item that is put elsewhere. Those who cannot be where it has them go where it costs least.
    pub(super) fn start_close_to(
        &self,
        compiled: &mut Compiled,
        last: &Arrangement,
        parts: &[BuildingIx],
        price: f64,
    ) {
        let positions = self.positions(last);
        let start = rehoused(&compiled.problem, &positions);
        let mut start = start.unwrap_or_else(|| positions.iter().copied().flatten().collect());
        self.complete(compiled, last, &mut start, |_| false);
        start.extend(parts.iter().filter_map(|at| compiled.parts.get(at)));
        compiled.problem.start = Some(start);
        compiled.problem.price_per_change = price;
    }

    /// Adds to the placements of those who move what follows from an arrangement: the new counters that are
    /// open, and whether anything of a site is. Open are also sites said to be.
    pub(super) fn complete(
        &self,
        compiled: &Compiled,
        arrangement: &Arrangement,
        chosen: &mut Vec<usize>,
        said: impl Fn(usize) -> bool,
    ) {
        let first = self.placements.list.len();
        for (at, offer) in self.placements.offers.iter().enumerate() {
            if arrangement.points.get(offer.point.index()) == Some(&true) {
                chosen.push(first + at);
            }
        }
        let movable = self.place.occupiers();
        let movable = movable
            .filter(|(at, _)| self.in_play.is_movable(*at))
            .count();
        let items = movable + self.placements.offers.len();
        complete(&compiled.problem, items, chosen, said);
    }

    /// By movable occupier, as the problem's items are: the placement it has in an arrangement; `None`
    /// where it cannot be there.
    pub(super) fn positions(&self, arrangement: &Arrangement) -> Vec<Option<usize>> {
        let movable = self
            .place
            .occupiers()
            .filter(|(at, _)| self.in_play.is_movable(*at));
        movable
            .map(|(at, _)| {
                let to = arrangement.building[at.index()];
                self.position(at, to, arrangement.merged[at.index()])
            })
            .collect()
    }

    /// The placement of an occupier in a building, merged or not; `None` where it cannot be there.
    pub(super) fn position(&self, at: OccupierIx, to: BuildingIx, merged: bool) -> Option<usize> {
        let kind = match (to == self.place.occupier(at).building, merged) {
            (true, _) => Kind::Stay,
            (false, false) => Kind::Move,
            (false, true) => Kind::Merge,
        };
        let list = &self.placements.list;
        let key = |one: &Placement| (one.occupier, one.building, one.kind);
        list.binary_search_by_key(&(at, to, kind), key).ok()
    }

    /// A choice as a solution of the compiled problem; `None` where it needs a placement that is not there.
    pub(super) fn solution(&self, compiled: &Compiled, choice: &Choice) -> Option<Solution> {
        let positions = self.positions(&choice.arrangement);
        let mut chosen = positions.into_iter().collect::<Option<Vec<usize>>>()?;
        let open = compiled.open(choice);
        self.complete(compiled, &choice.arrangement, &mut chosen, |site| {
            open[site]
        });
        chosen.extend(choice.parts.iter().filter_map(|at| compiled.parts.get(at)));
        chosen.sort_unstable();
        // A part that is decided to go stands among both.
        chosen.dedup();
        Some(Solution {
            shares: vec![1.0; chosen.len()],
            chosen,
            open,
        })
    }
}

/// A start in which the items without a placement have the cheapest that fits beside the others, open
/// sites first; `None` where one fits nowhere.
fn rehoused(problem: &Problem, chosen: &[Option<usize>]) -> Option<Vec<usize>> {
    let mut taken = Taken::new(problem);
    for at in chosen.iter().flatten() {
        taken.take(*at);
    }
    let mut of_item: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, placement) in problem.placements.iter().enumerate() {
        if chosen.get(placement.item) == Some(&None) {
            of_item.entry(placement.item).or_default().push(at);
        }
    }
    let mut start: Vec<usize> = chosen.iter().copied().flatten().collect();
    for (item, at) in chosen.iter().enumerate() {
        if at.is_none() {
            let ways = of_item.get(&item)?.iter().copied();
            let best = ways
                .filter(|at| taken.has_room(*at))
                .min_by(|a, b| taken.cost(*a).total_cmp(&taken.cost(*b)))?;
            taken.take(best);
            start.push(best);
        }
    }
    Some(start)
}

/// What is taken already.
struct Taken<'a> {
    problem: &'a Problem,
    /// By site: what is left of each capacity.
    left: Vec<Vec<f64>>,
    open: Vec<bool>,
}

impl<'a> Taken<'a> {
    fn new(problem: &'a Problem) -> Self {
        let sites = problem.sites.iter();
        Self {
            problem,
            left: sites.clone().map(|site| site.capacities.clone()).collect(),
            open: sites.map(|site| site.lock == SiteLock::Open).collect(),
        }
    }

    fn take(&mut self, at: usize) {
        let placement = &self.problem.placements[at];
        self.open[placement.site] = true;
        for (left, used) in self.left[placement.site].iter_mut().zip(&placement.uses) {
            *left -= used;
        }
    }

    fn has_room(&self, at: usize) -> bool {
        let placement = &self.problem.placements[at];
        let left = self.left[placement.site].iter();
        left.zip(&placement.uses).all(|(left, used)| used <= left)
    }

    /// What a placement costs, with its site where that is not open yet.
    fn cost(&self, at: usize) -> f64 {
        let placement = &self.problem.placements[at];
        let opening = match self.open[placement.site] {
            true => 0.0,
            false => self.problem.sites[placement.site].fixed_cost,
        };
        placement.cost + opening
    }
}
