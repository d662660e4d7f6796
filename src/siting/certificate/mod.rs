//! A bound that anybody can recompute: the multipliers, what each site adds, and the arithmetic.
//!
//! Any multipliers within their ranges give a bound that no solution beats, so nothing about how they
//! were found matters. [`recompute_bound`] shares no code with the ascent: it walks the problem target by
//! target, bounds each site by its own branch and bound, and adds up with compensated sums in a fixed
//! order.

mod cells;
mod relaxed;
mod room;

use super::answer::SitingError;
use super::dual::{Multipliers, Prices};
use super::layout::Layout;
use super::problem::{Pair, Problem, Reach};
use super::state::Ground;
use super::web::Count;
use relaxed::Relaxed;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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

fn recompute(
    problem: &Problem,
    layout: &Layout,
    certificate: &Certificate,
) -> Result<(f64, Vec<f64>), SitingError> {
    Ok(Relaxed::at(problem, layout, certificate)?.bound())
}
