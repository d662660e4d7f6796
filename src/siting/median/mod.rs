//! Fixed charges and medians: every item goes to one site, and sites hold any number of them.
//!
//! Such a problem falls apart into its sites once each item has a price, so a bound costs one walk along
//! sorted lists, and only the sites have to be decided:
//!
//! * `lists` holds what each item pays where, nearest first;
//! * `swap` improves a set of open sites by opening, closing and exchanging;
//! * `frame` is what prices climb over to a bound, which settles most sites;
//! * `numbers` decides how many are open where the gap is wide, in trees that are divided by `targets`;
//! * `branch` decides the others in a tree, whose nodes are `visit`ed by prices, along the sites that the `gains` so far promise
//!   most of;
//! * where that does not get on, its `parts` are each searched in a `lane` of its own by the exact `relaxation`.

mod branch;
mod frame;
mod gains;
mod lane;
mod lists;
mod numbers;
mod parts;
mod relaxation;
mod swap;
mod targets;
#[cfg(test)]
mod tests;
mod visit;

use super::Solution;
use super::certificate::{Certificate, certify_items};
use super::climb::Bound;
use super::counted::Counted;
use super::dual::Prices;
use super::engine::{Best, Outcome, Run};
use super::layout::Layout;
use super::problem::{Choice, Problem, Row, Term};
use branch::{Searched, search};
pub(super) use lists::Stars;
use lists::{Entry, Lists};

/// The problem as lists, where it is one: no reach, no room that could be too small, no limit but one on
/// the number of open sites.
pub(super) fn recognise(problem: &Problem, layout: &Layout) -> Option<Stars> {
    let plain = problem.reaches.is_empty()
        && problem.conflicts.is_empty()
        && problem.parents.is_empty()
        && problem.pairs.is_empty()
        && layout.variants.is_empty()
        && !problem.items.is_empty()
        && problem
            .items
            .iter()
            .all(|item| item.choice == Choice::ExactlyOne)
        && problem
            .placements
            .iter()
            .all(|placement| placement.requires.is_empty())
        && (0..problem.sites.len()).all(|site| has_room(problem, layout, site));
    if !plain {
        return None;
    }
    let (least, most) = match problem.rows.as_slice() {
        [] => (0, problem.sites.len()),
        [row] => counts(row, problem.sites.len())?,
        _ => return None,
    };
    let entry = |&at: &usize| Entry {
        cost: layout.cost[at],
        site: problem.placements[at].site as u32,
    };
    Some(Stars {
        fixed: problem.sites.iter().map(|site| site.fixed_cost).collect(),
        locks: problem.sites.iter().map(|site| site.lock).collect(),
        least,
        most,
        lists: Lists::new(
            layout
                .of_item
                .iter()
                .map(|own| own.iter().map(entry).collect()),
        ),
    })
}

/// Whether a site has room for everything that may come.
fn has_room(problem: &Problem, layout: &Layout, site: usize) -> bool {
    let capacities = &problem.sites[site].capacities;
    let used = |kind: usize| -> f64 {
        let uses = |&at: &usize| {
            problem.placements[at]
                .uses
                .get(kind)
                .copied()
                .unwrap_or(0.0)
        };
        layout.of_site[site].iter().map(uses).sum()
    };
    capacities
        .iter()
        .enumerate()
        .all(|(kind, &room)| used(kind) <= room)
}

/// The fewest and the most open sites, where a row counts every site once and is hard.
pub(super) fn counts(row: &Row, sites: usize) -> Option<(usize, usize)> {
    let mut counted = vec![false; sites];
    for &(term, coefficient) in &row.terms {
        match term {
            Term::Site(site) if coefficient == 1.0 && !counted[site] => counted[site] = true,
            _ => return None,
        }
    }
    if row.price.is_some() || counted.contains(&false) {
        return None;
    }
    let least = row
        .at_least
        .map_or(0.0, |least| (least - 1e-9).ceil().max(0.0));
    let most = row
        .at_most
        .map_or(sites as f64, |most| (most + 1e-9).floor());
    (most >= 0.0 && least <= most).then_some((least as usize, (most as usize).min(sites)))
}

impl Run<'_> {
    /// Branch and bound on the sites.
    pub(super) fn medians(
        &self,
        stars: Stars,
        best: Option<Best>,
    ) -> Result<Outcome, super::SitingError> {
        let constant = self.layout.constant;
        let start = best.as_ref().map(|best| best.solution.open.as_slice());
        let (least, most) = (stars.least, stars.most);
        let searched = self.within_limits(|limits| search(stars, start, limits));
        let mut outcome = Outcome {
            best,
            engine: "branch and bound on the sites",
            ..Outcome::default()
        };
        let Searched {
            best,
            bound,
            root,
            relaxed_root,
            nodes,
            settled,
            fewest,
            parts,
        } = searched;
        if best.is_none() && bound == f64::INFINITY {
            return Err(super::SitingError::Infeasible);
        }
        if let Some((open, _)) = best {
            self.consider(&mut outcome.best, self.nearest(open));
        }
        outcome
            .counts
            .insert("settled_by_prices".to_owned(), settled);
        outcome.counts.insert("nodes".to_owned(), nodes);
        if parts > 0 {
            let counts = [("fewest_open", fewest), ("parts_by_target", parts)];
            let counts = counts.map(|(what, count)| (what.to_owned(), count));
            outcome.counts.extend(counts);
        }
        outcome.tree = bound.is_finite().then_some(bound + constant);
        let counted = Counted {
            locks: &[],
            least,
            most,
        };
        let certified = |root: Bound| {
            let row = (!self.problem.rows.is_empty()).then(|| counted.count_price(&root.worth));
            certify_items(self.problem, self.layout, root.prices, row)
        };
        // What the relaxation says of what prices left need not say more of the whole.
        let roots = [root, relaxed_root].into_iter().flatten();
        outcome.certificate = roots
            .filter_map(certified)
            .max_by(|a, b| a.bound.total_cmp(&b.bound));
        outcome.prices = outcome.certificate.as_ref().map(prices);
        Ok(outcome)
    }

    /// Everything at its cheapest open site.
    fn nearest(&self, open: Vec<bool>) -> Solution {
        let cheapest = |own: &Vec<usize>| {
            let open = own
                .iter()
                .filter(|&&at| open[self.problem.placements[at].site]);
            open.copied()
                .min_by(|&a, &b| self.layout.cost[a].total_cmp(&self.layout.cost[b]))
        };
        let mut chosen: Vec<usize> = self.layout.of_item.iter().filter_map(cheapest).collect();
        chosen.sort_unstable();
        Solution {
            shares: vec![1.0; chosen.len()],
            chosen,
            open,
        }
    }
}

/// What a certificate says about each site.
pub(super) fn prices(certificate: &Certificate) -> Prices {
    Prices {
        bound: certificate.bound,
        multipliers: Default::default(),
        reduced: Vec::new(),
        sites: certificate.sites.clone(),
    }
}
