//! What single placements and sites add to the bound.

use super::super::certificate::Certificate;
use super::super::problem::{Problem, SiteLock};
use super::{Dual, Effort, Multipliers, Worker};
use rayon::prelude::*;

/// Gains of a site from which on its cells say more of single placements than a search for each of them.
const MANY: usize = 64;

/// A bound, its multipliers, and what follows for single placements and sites.
#[derive(Clone, Debug)]
pub(in super::super) struct Prices {
    pub(in super::super) bound: f64,
    pub(in super::super) multipliers: Multipliers,
    /// What a solution with this placement, whole, costs more than the bound, at least; infinite where there
    /// is no room for it, unless its site is crowded.
    pub(in super::super) reduced: Vec<f64>,
    /// What each site adds when open: at least.
    pub(in super::super) sites: Vec<f64>,
}

impl Prices {
    /// The same prices beside a certificate's bound, whose terms of the sites may be higher than the dual's
    /// own: what a placement adds to that bound is less by the difference.
    pub(in super::super) fn beside(
        mut self,
        problem: &Problem,
        certificate: &Certificate,
    ) -> Prices {
        for (reduced, placement) in self.reduced.iter_mut().zip(&problem.placements) {
            let higher = certificate.sites[placement.site] - self.sites[placement.site];
            *reduced = (*reduced - higher.max(0.0)).max(0.0);
        }
        self.bound = certificate.bound;
        self.sites.clone_from(&certificate.sites);
        self
    }

    /// What opening a site costs by these prices, beyond what its placements bring.
    pub(in super::super) fn opening(&self, problem: &Problem, site: usize) -> f64 {
        let of = &problem.sites[site];
        if of.lock == SiteLock::Free && of.parent.is_none() {
            self.sites[site].max(0.0)
        } else {
            0.0
        }
    }

    /// The reduced cost that about so many placements do not exceed.
    pub(in super::super) fn cutoff(&self, count: usize) -> f64 {
        let mut reduced = self.reduced.clone();
        if reduced.is_empty() {
            return 0.0;
        }
        let at = count.clamp(1, reduced.len()) - 1;
        *reduced.select_nth_unstable_by(at, f64::total_cmp).1
    }
}

impl Dual<'_> {
    /// The prices at multipliers that are known already.
    pub(in super::super) fn prices_at(
        &mut self,
        bound: f64,
        multipliers: Multipliers,
        node_cap: u32,
    ) -> Option<Prices> {
        self.best = Some((bound, multipliers));
        self.prices(node_cap)
    }

    /// What choosing each placement of a site adds to the bound: the site at its best with it, against the
    /// site at its best.
    fn reduce(&self, site: usize, worker: &mut Worker) -> Vec<(usize, f64)> {
        let of = &self.ground.problem.sites[site];
        let fixed = self.fixed_cost(site);
        self.gainful(site, &mut worker.gains);
        let best = match of.lock {
            SiteLock::Open => self.site_term[site],
            // With a parent, what the site counts for depends on its family.
            _ if of.parent.is_some() => self.site_term[site],
            _ => self.site_term[site].min(0.0),
        };
        let placements = &self.ground.layout.of_site[site];
        let shelf = self.shelf();
        let knapsack = &mut worker.knapsack;
        let full = |placement: u32| self.gain(placement as usize).1;
        let is_crowded = self.effort.is_crowded(worker.gains.len());
        let packed = match is_crowded || worker.gains.len() >= MANY {
            true => knapsack.most_with_each(&shelf, site, &worker.gains, full),
            false => None,
        };
        // At least the site at its best, with a placement that brings nothing for what it costs itself.
        let reduced = |full: f64, most: f64| {
            let least = self.site_term[site] + (-full).max(0.0);
            (fixed - most).max(least) - best
        };
        if let Some(with_each) = packed {
            let with_each = with_each.into_iter();
            return with_each
                .map(|(at, most)| (at as usize, reduced(full(at), most)))
                .collect();
        }
        if is_crowded {
            let full: Vec<f64> = placements.iter().map(|&at| self.gain(at).1).collect();
            let with = placements.iter().copied().zip(full.iter().copied());
            let (most, losses) = knapsack.losses(&shelf, site, &worker.gains, with);
            let each = placements.iter().zip(full).zip(losses);
            return each
                .map(|((&at, full), loss)| (at, reduced(full, most - loss)))
                .collect();
        }
        let reduced = |&placement: &usize| {
            let (own, _) = self.gain(placement);
            let most = worker
                .knapsack
                .most_beside(&shelf, site, &worker.gains, placement, own);
            (placement, (fixed - most - best).max(0.0))
        };
        placements.iter().map(reduced).collect()
    }

    /// [`Dual::reduce`] of every site, by placement.
    fn reduce_all(&mut self) -> Vec<f64> {
        let mut workers = std::mem::take(&mut self.workers);
        let sites = self.ground.problem.sites.len();
        let parts = workers.len();
        let part = |(part, worker): (usize, &mut Worker)| -> Vec<(usize, f64)> {
            (part..sites)
                .step_by(parts)
                .flat_map(|site| self.reduce(site, worker))
                .collect()
        };
        let of_part: Vec<Vec<(usize, f64)>> = if parts > 1 {
            workers.par_iter_mut().enumerate().map(part).collect()
        } else {
            workers.iter_mut().enumerate().map(part).collect()
        };
        self.workers = workers;
        let mut reduced = vec![0.0; self.ground.problem.placements.len()];
        for (placement, more) in of_part.into_iter().flatten() {
            reduced[placement] = more;
        }
        reduced
    }

    /// The prices at the best multipliers for somebody who waits for them: nothing is worked out of single placements and
    /// sites.
    pub(in super::super) fn hasty_prices(&self) -> Option<Prices> {
        let (bound, multipliers) = self.best.clone()?;
        Some(Prices {
            bound,
            multipliers,
            reduced: vec![0.0; self.ground.problem.placements.len()],
            sites: vec![f64::NEG_INFINITY; self.ground.problem.sites.len()],
        })
    }

    /// The prices at the best multipliers, with a larger node limit.
    pub(in super::super) fn prices(&mut self, node_cap: u32) -> Option<Prices> {
        let (_, multipliers) = self.best.clone()?;
        let kept = std::mem::replace(&mut self.now, multipliers.clone());
        let usual = self.effort;
        let problem = self.ground.problem;
        self.effort = Effort::at_last(node_cap, problem.sites.len());
        self.last = true;
        let bound = self.evaluate();
        self.last = false;
        self.effort = Effort::of_reduced_costs(node_cap, problem.placements.len());
        let reduced = self.reduce_all();
        self.effort = usual;
        self.now = kept;
        Some(Prices {
            bound,
            multipliers,
            reduced,
            sites: self.site_term.clone(),
        })
    }
}
