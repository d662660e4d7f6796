//! A part of a problem, or all of it made smaller, and the way back.

use super::forced::{Forced, pay_by_target};
use crate::siting::answer::{Proof, Solution};
use crate::siting::certificate::Certificate;
use crate::siting::problem::{Cover, Problem, Reach, SiteLock, Term};

/// A target that was added to another, and its share of a price on both.
#[derive(Clone, Copy, Debug)]
pub(super) struct Merge {
    pub(super) first: u32,
    pub(super) gone: u32,
    pub(super) share: f64,
}

/// A problem of its own, and where each of its parts stands in the whole. Reaches, targets, covers and
/// parents keep their positions.
pub(in crate::siting) struct Part {
    pub(in crate::siting) problem: Problem,
    sites: Vec<usize>,
    items: Vec<usize>,
    placements: Vec<usize>,
    rows: Vec<usize>,
    /// Targets that were added up, reach by reach, in the order it was done.
    pub(super) merges: Vec<(u32, Merge)>,
    /// Placements that every solution chooses.
    pub(super) forced: Vec<Forced>,
}

impl Part {
    /// All of a problem.
    pub(in crate::siting) fn whole(problem: &Problem) -> Part {
        Part {
            sites: (0..problem.sites.len()).collect(),
            items: (0..problem.items.len()).collect(),
            placements: (0..problem.placements.len()).collect(),
            rows: (0..problem.rows.len()).collect(),
            merges: Vec::new(),
            forced: Vec::new(),
            problem: problem.clone(),
        }
    }

    /// The part of a problem that is kept; `targets` says whether a target of a reach belongs to it, and
    /// `covers` whether the weighted covers of a reach do.
    pub(super) fn of(
        problem: &Problem,
        site: impl Fn(usize) -> bool,
        target: impl Fn(usize, usize) -> bool,
        weighted: impl Fn(usize) -> bool,
    ) -> Part {
        let kept = |count: usize, keep: &dyn Fn(usize) -> bool| -> Vec<usize> {
            (0..count).filter(|&at| keep(at)).collect()
        };
        let sites = kept(problem.sites.len(), &site);
        let placements = kept(problem.placements.len(), &|at| {
            site(problem.placements[at].site)
        });
        let mut has = vec![false; problem.items.len()];
        for &at in &placements {
            has[problem.placements[at].item] = true;
        }
        let items = kept(problem.items.len(), &|at| has[at]);
        let rows = kept(problem.rows.len(), &|at| {
            let mut terms = problem.rows[at].terms.iter();
            terms.any(|(term, _)| match *term {
                Term::Site(at) => site(at),
                Term::Placement(at) => site(problem.placements[at].site),
            })
        });
        let to_site = positions(problem.sites.len(), &sites);
        let to_item = positions(problem.items.len(), &items);
        let mut own = Problem {
            sites: sites.iter().map(|&at| problem.sites[at].clone()).collect(),
            items: items.iter().map(|&at| problem.items[at].clone()).collect(),
            placements: problem.placements.clone(),
            reaches: problem
                .reaches
                .iter()
                .enumerate()
                .map(|(at, reach)| within(reach, |own| target(at, own), weighted(at)))
                .collect(),
            rows: rows.iter().map(|&at| problem.rows[at].clone()).collect(),
            conflicts: problem.conflicts.clone(),
            parents: problem.parents.clone(),
            pairs: problem.pairs.clone(),
            price_per_change: problem.price_per_change,
            start: problem.start.clone(),
        };
        for row in &mut own.rows {
            for (term, _) in &mut row.terms {
                if let Term::Site(at) = term
                    && let Some(to) = to_site[*at]
                {
                    *at = to;
                }
            }
        }
        leave_out(&mut own, |at| !site(problem.placements[at].site));
        for placement in &mut own.placements {
            if let (Some(item), Some(site)) = (to_item[placement.item], to_site[placement.site]) {
                (placement.item, placement.site) = (item, site);
            }
        }
        Part {
            problem: own,
            sites,
            items,
            placements,
            rows,
            merges: Vec::new(),
            forced: Vec::new(),
        }
    }

    /// Leaves placements out.
    pub(in crate::siting) fn leave_out(&mut self, out: &[bool]) {
        if !out.contains(&true) {
            return;
        }
        leave_out(&mut self.problem, |at| out[at]);
        let mut at = 0;
        self.placements.retain(|_| {
            at += 1;
            !out[at - 1]
        });
    }

    /// Adds a solution of the part to that of the whole.
    pub(in crate::siting) fn add_solution(&self, found: &Solution, whole: &mut Solution) {
        for (&at, &share) in found.chosen.iter().zip(&found.shares) {
            whole.chosen.push(self.placements[at]);
            whole.shares.push(share);
        }
        for (&at, &open) in self.sites.iter().zip(&found.open) {
            whole.open[at] = open;
        }
    }

    /// Adds how well each site's state is known; a site that was closed because another stands for it is
    /// only the best found.
    pub(in crate::siting) fn add_proofs(
        &self,
        problem: &Problem,
        found: &[Proof],
        whole: &mut [Proof],
    ) {
        for ((&at, &proof), own) in self.sites.iter().zip(found).zip(&self.problem.sites) {
            let closed = own.lock == SiteLock::Closed && problem.sites[at].lock == SiteLock::Free;
            whole[at] = if closed { Proof::BestFound } else { proof };
        }
    }

    /// Adds the part's multipliers to those of the whole problem.
    pub(in crate::siting) fn add_prices(
        &self,
        problem: &Problem,
        found: &Certificate,
        whole: &mut Certificate,
    ) {
        for (&at, &price) in self.items.iter().zip(&found.items) {
            whole.items[at] = price;
        }
        for (&at, &price) in self.rows.iter().zip(&found.rows) {
            whole.rows[at] = price;
        }
        for (&at, &price) in self.placements.iter().zip(&found.requires) {
            whole.requires[at] = price;
        }
        self.add_ties(problem, found, whole);
        for (of, own) in whole.reaches.iter_mut().zip(&found.reaches) {
            let add = |sums: &mut Vec<f64>, prices: &[f64]| {
                for (sum, price) in sums.iter_mut().zip(prices) {
                    *sum += price;
                }
            };
            add(&mut of.targets, &own.targets);
            add(&mut of.covers, &own.covers);
        }
        for &(reach, merge) in self.merges.iter().rev() {
            let targets = &mut whole.reaches[reach as usize].targets;
            let price = targets[merge.first as usize];
            targets[merge.gone as usize] = price * merge.share;
            targets[merge.first as usize] = price - price * merge.share;
        }
        *whole = pay_by_target(&self.forced, problem, std::mem::take(whole));
    }

    /// The part's prices of pairs and variants. What is had together with something left out counts there.
    fn add_ties(&self, problem: &Problem, found: &Certificate, whole: &mut Certificate) {
        for (&at, &price) in self.sites.iter().zip(&found.variants) {
            whole.variants[at] = price;
        }
        let kept = |placement: usize| self.placements.binary_search(&placement).is_ok();
        let mut own = found.pairs.iter();
        for (pair, price) in problem.pairs.iter().zip(&mut whole.pairs) {
            match (kept(pair.first), kept(pair.second)) {
                (true, true) => *price = own.next().copied().unwrap_or(*price),
                (true, false) => *price = 0.0,
                (false, true) => *price = pair.reward.max(0.0),
                (false, false) => {}
            }
        }
    }
}

/// Where each of the kept stands among them.
fn positions(count: usize, kept: &[usize]) -> Vec<Option<usize>> {
    let mut to = vec![None; count];
    for (position, &at) in kept.iter().enumerate() {
        to[at] = Some(position);
    }
    to
}

/// A reach of the targets that are kept.
fn within(reach: &Reach, keep: impl Fn(usize) -> bool, weighted: bool) -> Reach {
    let covers: Vec<Cover> = reach
        .covers
        .iter()
        .map(|cover| match cover {
            Cover::Each {
                name,
                targets,
                limits,
            } => {
                let kept = targets.iter().zip(limits);
                let kept = kept.filter(|(target, _)| keep(**target as usize));
                let (targets, limits) = kept.map(|(target, limit)| (*target, *limit)).unzip();
                Cover::Each {
                    name: name.clone(),
                    targets,
                    limits,
                }
            }
            Cover::Share {
                name,
                limit,
                weights,
                ..
            } if !weighted => Cover::Share {
                name: name.clone(),
                limit: *limit,
                weights: vec![0; weights.len()],
                need: 0,
                price: None,
            },
            Cover::Mean { name, weights, .. } if !weighted => Cover::Mean {
                name: name.clone(),
                weights: vec![0; weights.len()],
                most: 0,
                price: None,
            },
            Cover::Share { .. } | Cover::Mean { .. } => cover.clone(),
        })
        .collect();
    let nothing = !weighted && !(0..reach.target_count()).any(&keep);
    let lists = if nothing {
        Reach::default()
    } else {
        reach.clone()
    };
    let travels = |(at, weight): (usize, &u64)| if keep(at) { *weight } else { 0 };
    Reach {
        covers,
        travel_weights: reach
            .travel_weights
            .iter()
            .enumerate()
            .map(travels)
            .collect(),
        name: reach.name.clone(),
        targets: reach.targets.clone(),
        hosts: reach.hosts.clone(),
        starts: if nothing {
            vec![0; reach.starts.len()]
        } else {
            lists.starts
        },
        host: lists.host,
        distance: lists.distance,
        travel_price: reach.travel_price,
    }
}

/// Takes placements out of a problem and numbers the others anew.
fn leave_out(problem: &mut Problem, out: impl Fn(usize) -> bool) {
    let count = problem.placements.len();
    let kept: Vec<usize> = (0..count).filter(|&at| !out(at)).collect();
    let to = positions(count, &kept);
    let renumber = |list: &mut Vec<usize>| {
        *list = list.iter().filter_map(|&at| to[at]).collect();
    };
    problem.placements = kept
        .iter()
        .map(|&at| std::mem::take(&mut problem.placements[at]))
        .collect();
    for placement in &mut problem.placements {
        renumber(&mut placement.requires);
    }
    for host in problem
        .reaches
        .iter_mut()
        .flat_map(|reach| &mut reach.hosts)
    {
        renumber(&mut host.placements);
    }
    for conflict in &mut problem.conflicts {
        renumber(&mut conflict.placements);
    }
    problem
        .conflicts
        .retain(|conflict| !conflict.placements.is_empty());
    problem.pairs.retain_mut(|pair| {
        let both = to[pair.first].zip(to[pair.second]);
        if let Some((first, second)) = both {
            (pair.first, pair.second) = (first, second);
        }
        both.is_some()
    });
    for row in &mut problem.rows {
        row.terms.retain_mut(|(term, _)| match term {
            Term::Site(_) => true,
            Term::Placement(at) => {
                let kept = to[*at];
                if let Some(kept) = kept {
                    *at = kept;
                }
                kept.is_some()
            }
        });
    }
    if let Some(start) = &mut problem.start {
        renumber(start);
    }
}
