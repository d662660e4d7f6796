//! A target that one host alone can serve.

use super::Round;
use crate::siting::certificate::Certificate;
use crate::siting::problem::{Choice, Cover, Problem, Reach, SiteLock};
use std::collections::HashSet;

/// A placement that every solution chooses, for the sake of one target.
#[derive(Clone, Copy, Debug)]
pub(super) struct Forced {
    reach: usize,
    target: usize,
    item: usize,
    site: usize,
}

impl Round<'_> {
    /// Opens the site of a host that some target cannot do without, and leaves out the other placements of
    /// what serves there. Returns what was so decided.
    pub(super) fn open_forced(&mut self) -> Vec<Forced> {
        let mut forced = Vec::new();
        for target in 0..self.web.targets() {
            let Some(placement) = self.only_placement(target) else {
                continue;
            };
            let of = &self.problem.placements[placement];
            let (item, site) = (of.item, of.site);
            let own = &mut self.problem.sites[site];
            let opens = own.lock == SiteLock::Free && own.variant_of.is_none();
            if opens {
                own.lock = SiteLock::Open;
            }
            let mut others = Vec::new();
            if self.problem.items[item].choice != Choice::Any && !self.problem.items[item].split {
                others.clone_from(&self.layout.of_item[item]);
                others.retain(|&other| {
                    other != placement && !self.bound_up[other] && !self.out[other]
                });
            }
            for &other in &others {
                self.leave_out(other, None);
            }
            if opens || !others.is_empty() {
                let (reach, target) = self.web.target_of[target];
                forced.push(Forced {
                    reach: reach as usize,
                    target: target as usize,
                    item,
                    site,
                });
            }
        }
        forced
    }

    /// The one placement that can serve a target within its limit.
    fn only_placement(&self, target: usize) -> Option<usize> {
        let limit = self.web.limit[target]?;
        let mut hosts = self
            .web
            .list(target)
            .filter(|&at| self.web.distance[at] <= limit)
            .map(|at| self.web.host[at] as usize);
        let host = hosts.next()?;
        if self.web.always[host] || hosts.any(|other| other != host) {
            return None;
        }
        let (reach, _) = self.web.target_of[target];
        let own = host - self.web.first_host[reach as usize];
        match self.problem.reaches[reach as usize].hosts[own].placements[..] {
            [only] => Some(only),
            _ => None,
        }
    }
}

/// Moves the prices so that the bound of the whole problem is that of the smaller one: the target that
/// forces a placement pays enough for its item to want no other, and for its site to be worth opening.
pub(super) fn pay_by_target(
    forced: &[Forced],
    problem: &Problem,
    whole: Certificate,
) -> Certificate {
    if forced.is_empty() {
        return whole;
    }
    let mut paid = whole.clone();
    let most = most_gains(problem, &whole);
    for of in forced {
        let more = most[of.item].max(0.0);
        paid.items[of.item] -= more;
        paid.reaches[of.reach].targets[of.target] += more;
    }
    let mut free: Vec<&Forced> = forced.iter().collect();
    free.retain(|of| problem.sites[of.site].lock == SiteLock::Free);
    // A site that several force is paid for once.
    let mut seen = HashSet::new();
    free.retain(|of| seen.insert(of.site));
    let sites: Vec<usize> = free.iter().map(|of| of.site).collect();
    let Some(terms) = paid.terms(problem, &sites) else {
        return whole;
    };
    for (of, worth) in free.into_iter().zip(terms) {
        paid.reaches[of.reach].targets[of.target] += worth.max(0.0);
    }
    paid
}

/// For each item: no placement of it gains more than this.
fn most_gains(problem: &Problem, prices: &Certificate) -> Vec<f64> {
    let earns: Vec<Vec<f64>> = problem
        .reaches
        .iter()
        .zip(&prices.reaches)
        .map(|(reach, own)| most_earned(reach, &own.targets, &own.covers))
        .collect();
    let mut gains: Vec<f64> = problem
        .placements
        .iter()
        .map(|placement| prices.items[placement.item] - placement.cost)
        .collect();
    for (reach, earns) in problem.reaches.iter().zip(&earns) {
        for (host, earned) in reach.hosts.iter().zip(earns) {
            for &placement in &host.placements {
                gains[placement] += earned;
            }
        }
    }
    let mut most = vec![f64::NEG_INFINITY; problem.items.len()];
    for (placement, gain) in problem.placements.iter().zip(gains) {
        most[placement.item] = most[placement.item].max(gain);
    }
    most
}

/// For each host: what it earns by serving is no more than this.
fn most_earned(reach: &Reach, targets: &[f64], covers: &[f64]) -> Vec<f64> {
    let mut earns = vec![0.0; reach.hosts.len()];
    for (target, price) in targets.iter().enumerate() {
        let shares = reach
            .covers
            .iter()
            .zip(covers)
            .map(|(cover, price)| match cover {
                Cover::Share { weights, .. } => price.max(0.0) * weights[target] as f64,
                Cover::Each { .. } | Cover::Mean { .. } => 0.0,
            });
        let most = price.max(0.0) + shares.sum::<f64>();
        for at in reach.list(target) {
            earns[reach.host[at] as usize] += most;
        }
    }
    earns
}
