//! Sites that another site stands for.

use super::Round;
use crate::siting::problem::{Choice, SiteLock, Term};
use std::collections::BTreeMap;

/// A row and a site's coefficient in it.
type Coefficients = BTreeMap<usize, f64>;

impl Round<'_> {
    /// Closes sites that need not be open in some best solution: those without a placement, and those whose
    /// every placement some other site takes over for no more. Returns how many.
    pub(super) fn close_dominated(&mut self) -> usize {
        let coefficients = self.coefficients();
        let mut closed = 0;
        for site in 0..self.problem.sites.len() {
            if !self.may_close(site, &coefficients[site]) {
                continue;
            }
            let placements = self.live(site);
            let instead = if placements.is_empty() {
                Some(Vec::new())
            } else {
                let others = self.neighbours(&placements);
                others
                    .into_iter()
                    .filter(|&other| other != site)
                    .find_map(|other| self.taken_over(site, other, &placements, &coefficients))
            };
            let Some(instead) = instead else { continue };
            self.problem.sites[site].lock = SiteLock::Closed;
            for (placement, other) in placements.into_iter().zip(instead) {
                self.leave_out(placement, Some(other));
            }
            closed += 1;
        }
        closed
    }

    /// For each site: its coefficient in each row that counts sites; `None` under a row that asks for a
    /// least sum or gives one back.
    fn coefficients(&self) -> Vec<Option<Coefficients>> {
        let mut of = vec![Some(Coefficients::new()); self.problem.sites.len()];
        for (row_at, row) in self.problem.rows.iter().enumerate() {
            for &(term, coefficient) in &row.terms {
                let Term::Site(site) = term else { continue };
                if row.at_least.is_some() || coefficient < 0.0 {
                    of[site] = None;
                } else if let Some(own) = &mut of[site] {
                    *own.entry(row_at).or_default() += coefficient;
                }
            }
        }
        of
    }

    /// Placements at a site that are not left out.
    fn live(&self, site: usize) -> Vec<usize> {
        let at = self.layout.of_site[site].iter().copied();
        at.filter(|&placement| !self.out[placement]).collect()
    }

    /// Whether closing a site can only be cheaper, whatever it held being elsewhere.
    fn may_close(&self, site: usize, coefficients: &Option<Coefficients>) -> bool {
        let own = &self.problem.sites[site];
        own.lock == SiteLock::Free
            && own.fixed_cost >= 0.0
            && own.parent.is_none()
            && own.variant_of.is_none()
            && coefficients.is_some()
            && self.layout.of_site[site].iter().all(|&placement| {
                let item = &self.problem.items[self.problem.placements[placement].item];
                self.out[placement]
                    || (!self.bound_up[placement]
                        && !item.split
                        && self.layout.cost[placement] >= 0.0)
            })
    }

    /// Sites that can serve one of the targets these placements serve: the one with the fewest hosts.
    fn neighbours(&self, placements: &[usize]) -> Vec<usize> {
        let hosts = placements.iter().flat_map(|&at| &self.web.hosts_of[at]);
        let targets = hosts.flat_map(|&host| self.web.entries(host as usize));
        let fewest = targets
            .map(|&(target, _)| target as usize)
            .min_by_key(|&target| (self.web.list(target).len(), target));
        let Some(target) = fewest else {
            return Vec::new();
        };
        let (reach, _) = self.web.target_of[target];
        let of = &self.problem.reaches[reach as usize];
        let first = self.web.first_host[reach as usize];
        let mut sites: Vec<usize> = self
            .web
            .list(target)
            .flat_map(|at| &of.hosts[self.web.host[at] as usize - first].placements)
            .map(|&placement| self.problem.placements[placement].site)
            .collect();
        sites.sort_unstable();
        sites.dedup();
        sites
    }

    /// For each placement of a site: the one at another site that takes it over for no more, if all have one.
    fn taken_over(
        &mut self,
        site: usize,
        other: usize,
        placements: &[usize],
        coefficients: &[Option<Coefficients>],
    ) -> Option<Vec<usize>> {
        let (own, to) = (&self.problem.sites[site], &self.problem.sites[other]);
        let open = to.lock == SiteLock::Open;
        let opens = to.lock == SiteLock::Free
            && to.fixed_cost <= own.fixed_cost
            && to.parent.is_none()
            && to.variant_of.is_none()
            && no_more(coefficients[other].as_ref()?, coefficients[site].as_ref()?);
        let roomy = self.layout.of_site[other].iter().all(|&placement| {
            let uses = &self.problem.placements[placement].uses;
            uses.iter().all(|&uses| uses == 0.0)
        });
        if !(roomy && (open || opens)) {
            return None;
        }
        let there = self.live(other);
        placements
            .iter()
            .map(|&placement| {
                there
                    .iter()
                    .copied()
                    .find(|&instead| self.does_instead(instead, placement))
            })
            .collect()
    }

    /// Whether a placement elsewhere can always be chosen instead of one that is chosen.
    fn does_instead(&mut self, instead: usize, placement: usize) -> bool {
        let item = self.problem.placements[placement].item;
        let to = self.problem.placements[instead].item;
        let leaves = self.problem.items[item].choice != Choice::ExactlyOne;
        let alone =
            self.layout.of_item[to].len() == 1 || self.problem.items[to].choice == Choice::Any;
        !self.bound_up[instead]
            && !self.problem.items[to].split
            && self.layout.cost[instead] <= self.layout.cost[placement]
            && (item == to || (leaves && alone))
            && self.serves_as_well(instead, placement)
    }
}

/// Whether a site counts for no more than another in every row.
fn no_more(coefficients: &Coefficients, others: &Coefficients) -> bool {
    coefficients
        .iter()
        .all(|(row, coefficient)| *coefficient <= others.get(row).copied().unwrap_or(0.0))
}
