//! A bound that anybody can recompute: the multipliers, what each site adds, and the arithmetic.
//!
//! Any multipliers within their ranges give a bound that no solution beats, so nothing about how they
//! were found matters. [`recompute_bound`] shares no code with the ascent: it walks the problem target by
//! target, bounds each site by its own branch and bound, and adds up with compensated sums in a fixed
//! order.

mod room;

use super::answer::SitingError;
use super::check::rounding;
use super::dual::{Multipliers, Prices};
use super::layout::Layout;
use super::problem::{Choice, Cover, Pair, Problem, Reach, SiteLock, Term};
use super::state::Ground;
use super::web::Count;
use rayon::prelude::*;
use room::{Found, Room};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// About the looks at placements in all sites of a problem together: a second or two, however crowded its sites are.
const LOOKS: u64 = 400_000_000;

/// Multipliers of what the bound relaxes, and what follows for each site.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Certificate {
    /// For each item: the price of having it placed once.
    pub items: Vec<f64>,
    /// For each reach: its targets and covers.
    pub reaches: Vec<ReachPrices>,
    /// For each row: positive where its upper limit is priced, negative where its lower one is.
    pub rows: Vec<f64>,
    /// For each placement: the price of choosing it without any it requires; 0 where it requires none.
    pub requires: Vec<f64>,
    /// For each pair: of a reward how much counts with the first placement, the rest with the second; of a fee how much
    /// of it counts. None at all: half of each reward with either, and no fees.
    pub pairs: Vec<f64>,
    /// For each site: the price of being one of its variants, of which the highest counts for all of them. None at
    /// all: no price.
    pub variants: Vec<f64>,
    /// For each site: what being open adds to the bound, at least.
    pub sites: Vec<f64>,
    /// The bound they give.
    pub bound: f64,
}

/// Multipliers of a reach.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReachPrices {
    /// For each target: the price of assigning it to one host.
    pub targets: Vec<f64>,
    /// For each cover: the price of a unit of weight within a share, or of weight × steps of a mean.
    pub covers: Vec<f64>,
}

impl Certificate {
    /// Multipliers of nothing.
    pub(super) fn zero(problem: &Problem) -> Certificate {
        let zeros = |reach: &Reach| ReachPrices {
            targets: vec![0.0; reach.target_count()],
            covers: vec![0.0; reach.covers.len()],
        };
        Certificate {
            items: vec![0.0; problem.items.len()],
            reaches: problem.reaches.iter().map(zeros).collect(),
            rows: vec![0.0; problem.rows.len()],
            requires: vec![0.0; problem.placements.len()],
            pairs: problem.pairs.iter().map(halved).collect(),
            variants: vec![0.0; problem.sites.len()],
            sites: Vec::new(),
            bound: 0.0,
        }
    }

    /// The same multipliers, with the bound and the site terms that they give; `None` where they do not
    /// fit the problem.
    pub fn recomputed(self, problem: &Problem) -> Option<Certificate> {
        let layout = Layout::new(problem);
        self.recomputed_by(problem, &layout)
    }

    /// The same by a layout that is at hand.
    fn recomputed_by(self, problem: &Problem, layout: &Layout) -> Option<Certificate> {
        let (bound, sites) = recompute(problem, layout, &self).ok()?;
        Some(Certificate {
            bound,
            sites,
            ..self
        })
    }

    /// What these sites add when open, at least; `None` where the multipliers do not fit the problem.
    pub(super) fn terms(&self, problem: &Problem, sites: &[usize]) -> Option<Vec<f64>> {
        let layout = Layout::new(problem);
        let relaxed = Relaxed::at(problem, &layout, self).ok()?;
        Some(relaxed.terms(sites))
    }
}

/// Half of a pair's reward.
fn halved(pair: &Pair) -> f64 {
    0.5 * pair.reward.max(0.0)
}

/// Writes down the multipliers of the dual.
pub(super) fn certify(ground: &Ground, prices: &Prices) -> Option<Certificate> {
    let (problem, web) = (ground.problem, ground.web);
    let mut certificate = Certificate::zero(problem);
    let reaches = &mut certificate.reaches;
    for (&(reach, target), &price) in web.target_of.iter().zip(&prices.multipliers.targets) {
        reaches[reach as usize].targets[target as usize] = price;
    }
    for (count, &price) in web.counts.iter().zip(&prices.multipliers.counts) {
        if let Some(cover) = count.cover {
            reaches[count.reach].covers[cover] = price;
        }
    }
    certificate.items.clone_from(&prices.multipliers.items);
    certificate.rows.clone_from(&prices.multipliers.rows);
    certificate
        .requires
        .clone_from(&prices.multipliers.requires);
    certificate.pairs.clone_from(&prices.multipliers.pairs);
    let variants = ground.layout.variants.iter();
    for (sites, &price) in variants.zip(&prices.multipliers.variants) {
        for &site in sites {
            certificate.variants[site] = price;
        }
    }
    certificate.recomputed(problem)
}

/// The multipliers of a certificate as the dual holds them; `None` where they do not fit the problem.
pub(super) fn multipliers(ground: &Ground, certificate: &Certificate) -> Option<Multipliers> {
    let (problem, web) = (ground.problem, ground.web);
    if !fits(problem, certificate) {
        return None;
    }
    let of_target = |&(reach, target): &(u32, u32)| {
        certificate.reaches[reach as usize].targets[target as usize]
    };
    let of_count = |count: &Count| {
        let cover = count.cover?;
        Some(certificate.reaches[count.reach].covers[cover])
    };
    Some(Multipliers {
        items: certificate.items.clone(),
        targets: web.target_of.iter().map(of_target).collect(),
        counts: web
            .counts
            .iter()
            .map(|count| of_count(count).unwrap_or(0.0))
            .collect(),
        rows: certificate.rows.clone(),
        requires: certificate.requires.clone(),
        pairs: match certificate.pairs.is_empty() {
            true => problem.pairs.iter().map(halved).collect(),
            false => certificate.pairs.clone(),
        },
        variants: ground
            .layout
            .variants
            .iter()
            .map(|sites| highest(&certificate.variants, sites))
            .collect(),
    })
}

/// The highest price that any of these sites has, and none below zero.
fn highest(prices: &[f64], sites: &[usize]) -> f64 {
    let prices = sites.iter().filter_map(|&site| prices.get(site));
    prices.copied().fold(0.0, f64::max)
}

/// Writes down the price of each item, and of the one row where there is one, of a problem without reaches.
pub(super) fn certify_items(
    problem: &Problem,
    layout: &Layout,
    items: Vec<f64>,
    row: Option<f64>,
) -> Option<Certificate> {
    let certificate = Certificate {
        items,
        rows: row.into_iter().collect(),
        ..Certificate::zero(problem)
    };
    certificate.recomputed_by(problem, layout)
}

/// Recomputes the bound that a certificate's multipliers give, from the problem alone; multipliers out
/// of range count as the nearest one in range. Site terms and the stated bound are not believed.
///
/// # Errors
/// [`SitingError::Invalid`] where the problem is malformed or the certificate does not fit it.
pub fn recompute_bound(problem: &Problem, certificate: &Certificate) -> Result<f64, SitingError> {
    super::validate::validate(problem)?;
    recompute(problem, &Layout::new(problem), certificate).map(|(bound, _)| bound)
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

fn fits(problem: &Problem, certificate: &Certificate) -> bool {
    let numbers = certificate
        .items
        .iter()
        .chain(&certificate.rows)
        .chain(&certificate.requires)
        .chain(&certificate.pairs)
        .chain(&certificate.variants);
    let none_or = |prices: &[f64], count: usize| prices.is_empty() || prices.len() == count;
    let prices = certificate
        .reaches
        .iter()
        .flat_map(|of| of.targets.iter().chain(&of.covers));
    certificate.items.len() == problem.items.len()
        && certificate.rows.len() == problem.rows.len()
        && certificate.requires.len() == problem.placements.len()
        && none_or(&certificate.pairs, problem.pairs.len())
        && none_or(&certificate.variants, problem.sites.len())
        && certificate.reaches.len() == problem.reaches.len()
        && problem
            .reaches
            .iter()
            .zip(&certificate.reaches)
            .all(|(reach, prices)| {
                prices.targets.len() == reach.target_count()
                    && prices.covers.len() == reach.covers.len()
            })
        && numbers.chain(prices).all(|number| number.is_finite())
}

/// A problem at a certificate's multipliers: everything but what its sites add.
struct Relaxed<'a> {
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
    fn at(
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

    /// What each of these sites adds when it is open, at least. What some leave of their part of all looks, others have
    /// that were cut short.
    fn terms(&self, sites: &[usize]) -> Vec<f64> {
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

fn recompute(
    problem: &Problem,
    layout: &Layout,
    certificate: &Certificate,
) -> Result<(f64, Vec<f64>), SitingError> {
    let mut relaxed = Relaxed::at(problem, layout, certificate)?;
    let sites: Vec<usize> = (0..problem.sites.len()).collect();
    let sites = relaxed.terms(&sites);
    add_sites(problem, &sites, &mut relaxed.total);
    Ok((relaxed.total.at_least(), sites))
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
