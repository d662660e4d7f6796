//! A problem at a certificate's multipliers: what of the bound no site decides, and what each site adds to it.

use super::super::answer::SitingError;
use super::super::check::rounding;
use super::super::layout::Layout;
use super::super::problem::{Choice, Cover, Problem, Reach, SiteLock, Term};
use super::room::{Found, Room};
use super::{Certificate, ReachPrices, fits, halved, highest};
use rayon::prelude::*;

/// About the looks at placements in all sites of a problem together: a second or two, however crowded its sites are.
const LOOKS: u64 = 400_000_000;

/// A problem at a certificate's multipliers: everything but what its sites add.
pub(super) struct Relaxed<'a> {
    problem: &'a Problem,
    layout: &'a Layout,
    total: Careful,
    /// For each placement: what it gains without its hosts.
    gain: Vec<f64>,
    /// For each site: what being open costs by itself.
    fixed: Vec<f64>,
    /// For each host of each reach.
    earns: Vec<Vec<f64>>,
}

impl<'a> Relaxed<'a> {
    pub(super) fn at(
        problem: &'a Problem,
        layout: &'a Layout,
        certificate: &Certificate,
    ) -> Result<Relaxed<'a>, SitingError> {
        if !fits(problem, certificate) {
            return Err(SitingError::Invalid {
                item: "the certificate".into(),
                cause: "it has not one finite number for each part of the problem".into(),
            });
        }
        let mut relaxed = Relaxed {
            problem,
            layout,
            total: Careful::default(),
            gain: layout.cost.iter().map(|cost| -cost).collect(),
            fixed: problem.sites.iter().map(|site| site.fixed_cost).collect(),
            earns: Vec::new(),
        };
        relaxed.total.add(layout.constant);
        relaxed.price_items(certificate);
        relaxed.price_rows(certificate);
        relaxed.price_ties(certificate);
        for (reach, prices) in problem.reaches.iter().zip(&certificate.reaches) {
            let earns = add_reach(reach, prices, &mut relaxed.total);
            relaxed.earns.push(earns);
        }
        Ok(relaxed)
    }

    fn price_items(&mut self, certificate: &Certificate) {
        for (at, item) in self.problem.items.iter().enumerate() {
            let price = match item.choice {
                Choice::ExactlyOne => certificate.items[at],
                Choice::AtMostOne => certificate.items[at].min(0.0),
                Choice::Any => 0.0,
            };
            self.total.add(price);
            for &placement in &self.layout.of_item[at] {
                self.gain[placement] += price;
            }
        }
    }

    fn price_rows(&mut self, certificate: &Certificate) {
        for (row, &price) in self.problem.rows.iter().zip(&certificate.rows) {
            let most = row.price.unwrap_or(f64::INFINITY);
            let low = if row.at_least.is_some() { -most } else { 0.0 };
            let high = if row.at_most.is_some() { most } else { 0.0 };
            let price = price.clamp(low, high);
            let limit = if price > 0.0 {
                row.at_most.map(|most| most + rounding(most))
            } else {
                row.at_least.map(|least| least - rounding(least))
            };
            self.total.add(-price * limit.unwrap_or(0.0));
            for &(term, coefficient) in &row.terms {
                match term {
                    Term::Site(site) => self.fixed[site] += price * coefficient,
                    Term::Placement(placement) => self.gain[placement] -= price * coefficient,
                }
            }
        }
    }

    /// What ties placements or sites: requirements, pairs, variants.
    fn price_ties(&mut self, certificate: &Certificate) {
        for (at, placement) in self.problem.placements.iter().enumerate() {
            if !placement.requires.is_empty() {
                let price = certificate.requires[at].max(0.0);
                self.gain[at] -= price;
                for &other in &placement.requires {
                    self.gain[other] += price;
                }
            }
        }
        for (at, pair) in self.problem.pairs.iter().enumerate() {
            let own = certificate.pairs.get(at).copied();
            let price = own.unwrap_or(halved(pair)).clamp(0.0, pair.reward.abs());
            if pair.reward >= 0.0 {
                // The reward is had no more often than either is chosen.
                self.gain[pair.first] += price;
                self.gain[pair.second] += pair.reward - price;
            } else {
                // A fee is due for both at an open site.
                self.gain[pair.first] -= price;
                self.gain[pair.second] -= price;
                self.fixed[self.problem.placements[pair.first].site] -= price;
            }
        }
        for variants in &self.layout.variants {
            let price = highest(&certificate.variants, variants);
            self.total.add(-price);
            for &site in variants {
                self.fixed[site] += price;
            }
        }
    }

    /// The bound, and what each site adds when it is open, at least.
    pub(super) fn bound(mut self) -> (f64, Vec<f64>) {
        let sites: Vec<usize> = (0..self.problem.sites.len()).collect();
        let terms = self.terms(&sites);
        add_sites(self.problem, &terms, &mut self.total);
        (self.total.at_least(), terms)
    }

    /// What each of these sites adds when it is open, at least. What some leave of their part of all looks, others have
    /// that were cut short.
    pub(super) fn terms(&self, sites: &[usize]) -> Vec<f64> {
        let look = |site: usize, looks: u64| {
            Room::new(self.problem, self.layout, &self.earns, &self.gain, site).most(looks)
        };
        let part = LOOKS / self.problem.sites.len().max(1) as u64;
        let found: Vec<Found> = (sites.par_iter().map(|&site| look(site, part))).collect();
        let spent: u64 = found.iter().map(|found| found.looks).sum();
        let cut = found.iter().filter(|found| found.is_cut).count();
        let rest = LOOKS.saturating_sub(spent) / cut.max(1) as u64;
        let again = |(&site, first): (&usize, &Found)| {
            let most = match first.is_cut && rest > 2 * part {
                true => look(site, rest).most.min(first.most),
                false => first.most,
            };
            self.fixed[site] - most
        };
        sites.par_iter().zip(&found).map(again).collect()
    }
}

/// A sum with its rounding error, and the size of what was added.
#[derive(Default)]
struct Careful {
    sum: f64,
    lost: f64,
    size: f64,
}

impl Careful {
    fn add(&mut self, amount: f64) {
        let sum = self.sum + amount;
        self.lost += if self.sum.abs() >= amount.abs() {
            (self.sum - sum) + amount
        } else {
            (amount - sum) + self.sum
        };
        self.sum = sum;
        self.size += amount.abs();
    }

    /// The least the true sum can be.
    fn at_least(&self) -> f64 {
        self.sum + self.lost - 1e-12 * self.size
    }
}

/// Adds what a reach's prices give, and returns what each of its hosts earns by serving.
fn add_reach(reach: &Reach, prices: &ReachPrices, total: &mut Careful) -> Vec<f64> {
    let mut share_or_mean = vec![0.0; reach.covers.len()];
    let mut limits = vec![u32::MAX; reach.target_count()];
    for (at, cover) in reach.covers.iter().enumerate() {
        match cover {
            Cover::Each {
                targets,
                limits: own,
                ..
            } => {
                for (&target, &limit) in targets.iter().zip(own) {
                    let least = &mut limits[target as usize];
                    *least = limit.min(*least);
                }
            }
            Cover::Share { need, price, .. } => {
                share_or_mean[at] = prices.covers[at].clamp(0.0, price.unwrap_or(f64::INFINITY));
                total.add(share_or_mean[at] * *need as f64);
            }
            Cover::Mean { most, price, .. } => {
                share_or_mean[at] = prices.covers[at].clamp(0.0, price.unwrap_or(f64::INFINITY));
                total.add(-share_or_mean[at] * *most as f64);
            }
        }
    }
    let asked = each_asked(reach);
    let mut earns = vec![0.0; reach.hosts.len()];
    for target in 0..reach.target_count() {
        let travel =
            reach.travel_price * reach.travel_weights.get(target).copied().unwrap_or(0) as f64;
        let weighs = |cover: &Cover, mean: bool| match cover {
            Cover::Mean { weights, .. } if mean => weights[target] > 0,
            Cover::Share { weights, .. } if !mean => weights[target] > 0,
            Cover::Each { .. } | Cover::Share { .. } | Cover::Mean { .. } => false,
        };
        let mean = reach.covers.iter().any(|cover| weighs(cover, true));
        let share = reach.covers.iter().any(|cover| weighs(cover, false));
        // Exactly once, exactly once or beyond, at most once, or not at all.
        let must = mean || asked[target];
        if !must && travel == 0.0 && !share {
            continue;
        }
        let value = if must || travel > 0.0 {
            prices.targets[target]
        } else {
            prices.targets[target].min(0.0)
        };
        total.add(value);
        let profit = |distance: f64, step: Option<u32>| {
            let mut profit = value - travel * distance;
            for (cover, price) in reach.covers.iter().zip(&share_or_mean) {
                match cover {
                    Cover::Share { limit, weights, .. }
                        if step.is_some_and(|step| step <= *limit) =>
                    {
                        profit += price * weights[target] as f64;
                    }
                    Cover::Mean { weights, .. } => {
                        profit -= price * weights[target] as f64 * distance
                    }
                    Cover::Each { .. } | Cover::Share { .. } => {}
                }
            }
            profit
        };
        if !must && travel > 0.0 {
            total.add(-profit(reach.beyond(target) as f64, None).max(0.0));
        }
        for at in reach.list(target) {
            let (host, distance) = (reach.host[at] as usize, reach.distance[at]);
            if distance > limits[target] {
                break;
            }
            earns[host] += profit(f64::from(distance), Some(distance)).max(0.0);
            if reach.hosts[host].always {
                break;
            }
        }
    }
    for (earned, host) in earns.iter_mut().zip(&reach.hosts) {
        if host.always {
            total.add(-*earned);
            *earned = 0.0;
        }
    }
    earns
}

/// Which targets a cover asks a host for.
fn each_asked(reach: &Reach) -> Vec<bool> {
    let mut asked = vec![false; reach.target_count()];
    for cover in &reach.covers {
        if let Cover::Each { targets, .. } = cover {
            for &target in targets {
                asked[target as usize] = true;
            }
        }
    }
    asked
}

/// Opens what lowers the total, families of a parent together.
fn add_sites(problem: &Problem, sites: &[f64], total: &mut Careful) {
    let mut family = vec![(0.0, false); problem.parents.len()];
    for (site, &term) in problem.sites.iter().zip(sites) {
        let counts = match site.lock {
            SiteLock::Open => term,
            SiteLock::Closed => 0.0,
            SiteLock::Free => term.min(0.0),
        };
        match site.parent {
            Some(parent) => {
                family[parent].0 += counts;
                family[parent].1 |= site.lock == SiteLock::Open;
            }
            None => total.add(counts),
        }
    }
    for (parent, (term, forced)) in problem.parents.iter().zip(family) {
        let together = parent.fixed_cost + term;
        total.add(if forced { together } else { together.min(0.0) });
    }
}
