//! Parts of a problem that nothing holds together.

use super::Part;
use crate::siting::problem::{Cover, Problem, Term};
use std::collections::BTreeMap;

/// Splits a problem into parts of which none says anything of another, the largest first; empty where
/// there is only one. Parts of fewer placements than `bundle` are put together.
pub(in crate::siting) fn parts(problem: &Problem, bundle: usize) -> Vec<Part> {
    // An empty row belongs to nobody and must not be lost.
    if problem.price_per_change != 0.0 || problem.rows.iter().any(|row| row.terms.is_empty()) {
        return Vec::new();
    }
    let (bundle_of, count) = bundles(problem, bundle);
    if count < 2 {
        return Vec::new();
    }
    // Who serves nobody's wish belongs to the first part, so that every wish is in just one.
    let first_site = |reach: usize, mut hosts: Box<dyn Iterator<Item = usize> + '_>| {
        let hosting = |host: usize| {
            let placements = &problem.reaches[reach].hosts[host].placements;
            placements.first().map(|&at| problem.placements[at].site)
        };
        hosts.find_map(hosting).map_or(0, |site| bundle_of[site])
    };
    (0..count)
        .map(|bundle| {
            Part::of(
                problem,
                |site| bundle_of[site] == bundle,
                |reach, target| {
                    let of = &problem.reaches[reach];
                    let list = of.list(target).map(|at| of.host[at] as usize);
                    first_site(reach, Box::new(list)) == bundle
                },
                |reach| {
                    let hosts = 0..problem.reaches[reach].hosts.len();
                    first_site(reach, Box::new(hosts)) == bundle
                },
            )
        })
        .collect()
}

/// For each site: which part it is in; and how many there are.
fn bundles(problem: &Problem, least: usize) -> (Vec<usize>, usize) {
    let groups = groups(problem);
    let mut sizes: BTreeMap<usize, usize> = groups.iter().map(|&group| (group, 0)).collect();
    for placement in &problem.placements {
        *sizes.entry(groups[placement.site]).or_default() += 1;
    }
    let mut order: Vec<(usize, usize)> = sizes
        .into_iter()
        .map(|(group, size)| (size, group))
        .collect();
    order.sort_by_key(|&(size, group)| (std::cmp::Reverse(size), group));
    let (mut bundle, mut held) = (0, 0);
    let mut bundle_of = BTreeMap::new();
    for (size, group) in order {
        if held >= least {
            bundle += 1;
            held = 0;
        }
        held += size;
        bundle_of.insert(group, bundle);
    }
    // What is left over is no part of its own.
    let last = if held < least && bundle > 0 {
        bundle - 1
    } else {
        bundle
    };
    let of_site = groups.iter().map(|group| bundle_of[group].min(last));
    (of_site.collect(), last + 1)
}

/// For each site: the least position of a site that something holds it together with.
fn groups(problem: &Problem) -> Vec<usize> {
    let mut together = Together((0..problem.sites.len()).collect());
    let site_of = |placement: usize| problem.placements[placement].site;
    let mut item_sites = vec![None; problem.items.len()];
    for placement in &problem.placements {
        together.join(&mut item_sites[placement.item], placement.site);
    }
    let mut parents = vec![None; problem.parents.len()];
    let mut variants: BTreeMap<usize, Option<usize>> = BTreeMap::new();
    for (at, site) in problem.sites.iter().enumerate() {
        if let Some(parent) = site.parent {
            together.join(&mut parents[parent], at);
        }
        if let Some(group) = site.variant_of {
            together.join(variants.entry(group).or_default(), at);
        }
    }
    for row in &problem.rows {
        let mut first = None;
        for &(term, _) in &row.terms {
            let site = match term {
                Term::Site(site) => site,
                Term::Placement(placement) => site_of(placement),
            };
            together.join(&mut first, site);
        }
    }
    for reach in &problem.reaches {
        let join = |together: &mut Together, first: &mut Option<usize>, host: usize| {
            for &placement in &reach.hosts[host].placements {
                together.join(first, site_of(placement));
            }
        };
        // All that asks of a target speaks of its whole list; a weighted cover of every host.
        for target in 0..reach.target_count() {
            let mut first = None;
            for at in reach.list(target) {
                join(&mut together, &mut first, reach.host[at] as usize);
            }
        }
        let weighted = |cover: &Cover| !matches!(cover, Cover::Each { .. });
        if reach.covers.iter().any(weighted) {
            let mut first = None;
            for host in 0..reach.hosts.len() {
                join(&mut together, &mut first, host);
            }
        }
    }
    (0..problem.sites.len())
        .map(|site| together.root(site))
        .collect()
}

/// Sets of sites: each points towards the least of its set.
struct Together(Vec<usize>);

impl Together {
    fn root(&mut self, site: usize) -> usize {
        let mut at = site;
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    /// Puts a site together with the first one of its kind, or makes it the first.
    fn join(&mut self, first: &mut Option<usize>, site: usize) {
        let Some(other) = *first else {
            *first = Some(site);
            return;
        };
        let (one, other) = (self.root(site), self.root(other));
        let least = one.min(other);
        self.0[one] = least;
        self.0[other] = least;
    }
}
