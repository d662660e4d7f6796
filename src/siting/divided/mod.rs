//! Fixed charges with capacities, where demand may be divided: each site has room for so much, and what an item
//! costs and takes up follows from its share.
//!
//! Once each item has a price, every site is filled by itself, so a bound costs one walk along what each site may
//! take, and only the sites have to be decided:
//!
//! * `first` has a plan at once;
//! * `frame` is what prices climb over to a bound, which settles most sites;
//! * `transport` says what goes where once the open sites are known;
//! * `tree` decides the sites.

mod first;
mod frame;
#[cfg(test)]
mod tests;
mod transport;
mod tree;

use super::Solution;
use super::check::rounding;
use super::engine::{Best, Outcome, Run};
use super::layout::Layout;
use super::median;
use super::problem::{Problem, SiteLock};
use super::roomy::{self, Roomy};
pub(super) use frame::Divided;
use frame::Entry;
use transport::Plan;
use tree::{Searched, search};

/// From so many placements upward; HiGHS proves smaller ones at once.
pub(super) const FROM: usize = 2_000;

/// The problem site by site, where it is one: every item may be divided, a site has one capacity at most, and
/// nothing is limited but that and the number of open sites.
pub(super) fn recognise(problem: &Problem, layout: &Layout) -> Option<Divided> {
    let (least, most) = roomy::recognise(problem, layout, true)?;
    if layout.of_item.iter().any(Vec::is_empty) || !once_each(problem, layout) {
        return None;
    }
    let stated: Vec<f64> = problem
        .sites
        .iter()
        .map(|site| site.capacities.first().copied().unwrap_or(f64::INFINITY))
        .collect();
    let uses = |at: usize| problem.placements[at].uses.first().copied().unwrap_or(0.0);
    let least_of = |of: &dyn Fn(usize) -> f64| -> Vec<f64> {
        let least = |own: &Vec<usize>| own.iter().map(|&at| of(at)).fold(f64::INFINITY, f64::min);
        layout.of_item.iter().map(least).collect()
    };
    let least_uses = least_of(&uses);
    let needs: f64 = least_uses.iter().sum();
    let entry = |&at: &usize| Entry {
        item: problem.placements[at].item as u32,
        placement: at as u32,
        cost: layout.cost[at],
        uses: uses(at),
    };
    let entries = layout.of_site.iter();
    Some(Divided {
        fixed: problem.sites.iter().map(|site| site.fixed_cost).collect(),
        locks: problem.sites.iter().map(|site| site.lock).collect(),
        room: stated.iter().map(|room| room + rounding(*room)).collect(),
        cost: layout.cost.clone(),
        entries: entries.map(|own| own.iter().map(entry).collect()).collect(),
        cheapest: least_of(&|at| layout.cost[at]),
        needs: needs - rounding(needs),
        uses: least_uses,
        stated,
        least,
        most,
    })
}

/// Whether no item has two ways to one site.
fn once_each(problem: &Problem, layout: &Layout) -> bool {
    // The last item that was seen at each site.
    let mut seen = vec![usize::MAX; problem.sites.len()];
    let mut items = layout.of_item.iter().enumerate();
    items.all(|(item, own)| {
        let mut sites = own.iter().map(|&at| problem.placements[at].site);
        sites.all(|site| std::mem::replace(&mut seen[site], item) != item)
    })
}

impl Divided {
    /// What an item costs at least with its share of a full site: no site gains by these.
    fn first_prices(&self) -> Vec<f64> {
        let mut prices = vec![f64::INFINITY; self.cheapest.len()];
        for (site, entries) in self.entries.iter().enumerate() {
            if self.locks[site] == SiteLock::Closed {
                continue;
            }
            let rate = (self.fixed[site] / self.room[site]).max(0.0);
            for entry in entries {
                let price = &mut prices[entry.item as usize];
                *price = price.min(entry.cost + rate * entry.uses);
            }
        }
        for (price, cheapest) in prices.iter_mut().zip(&self.cheapest) {
            if !price.is_finite() {
                *price = *cheapest;
            }
        }
        prices
    }
}

impl Divided {
    pub(super) fn roomy(&self) -> Roomy<'_> {
        Roomy {
            locks: &self.locks,
            room: &self.room,
            uses: &self.uses,
            needs: self.needs,
            least: self.least,
            most: self.most,
        }
    }
}

impl Run<'_> {
    /// Branch and bound on the sites.
    pub(super) fn divided(
        &self,
        divided: &Divided,
        best: Option<Best>,
    ) -> Result<Outcome, super::SitingError> {
        let constant = self.layout.constant;
        let start = best.as_ref().map(|best| Plan {
            open: best.solution.open.clone(),
            shares: (best.solution.chosen.iter().copied())
                .zip(best.solution.shares.iter().copied())
                .collect(),
            value: best.value - constant,
        });
        let mut outcome = Outcome {
            best,
            engine: "branch and bound on the sites",
            ..Outcome::default()
        };
        let searched = self.within_limits(|limits| search(divided, start, limits));
        if searched.best.is_none() && searched.bound == f64::INFINITY {
            return Err(super::SitingError::Infeasible);
        }
        let Searched {
            best,
            bound,
            root,
            nodes,
            settled,
            programs,
        } = searched;
        if let Some(plan) = best {
            self.consider(&mut outcome.best, solution(plan));
        }
        let counts = [
            ("nodes", nodes),
            ("settled_by_prices", settled),
            ("programs", programs),
        ];
        for (what, count) in counts {
            outcome.counts.insert(what.to_owned(), count);
        }
        outcome.tree = bound.is_finite().then_some(bound + constant);
        if let Some(root) = root.filter(|_| outcome.best.is_some()) {
            outcome.certificate = self.certify_roomy(divided.roomy(), root);
            outcome.prices = outcome.certificate.as_ref().map(median::prices);
        }
        Ok(outcome)
    }
}

fn solution(plan: Plan) -> Solution {
    let mut shares = plan.shares;
    shares.sort_unstable_by_key(|&(at, _)| at);
    Solution {
        chosen: shares.iter().map(|&(at, _)| at).collect(),
        shares: shares.into_iter().map(|(_, share)| share).collect(),
        open: plan.open,
    }
}
