//! What ties placements and sites together beyond items and capacities: pairs, and variants of which one is chosen.
//!
//! A reward of a pair is had at most as often as either placement is chosen, so it counts in part with the one and in
//! part with the other; a fee is due at least as often as both are chosen less once for the open site. How it is
//! shared out, and what being one of several variants costs, are prices like any other.

use super::super::state::Ground;
use super::Multipliers;

/// What ties add to what placements earn and sites cost, at the prices of now.
#[derive(Clone, Debug)]
pub(super) struct Ties {
    pub(super) earns: Vec<f64>,
    pub(super) costs: Vec<f64>,
}

impl Ties {
    pub(super) fn new(ground: &Ground) -> Ties {
        Ties {
            earns: vec![0.0; ground.problem.placements.len()],
            costs: vec![0.0; ground.problem.sites.len()],
        }
    }

    /// Works out all of it, and returns what of the bound no site decides.
    pub(super) fn price(&mut self, ground: &Ground, now: &Multipliers) -> f64 {
        let problem = ground.problem;
        let (earns, costs) = (&mut self.earns, &mut self.costs);
        for pair in &problem.pairs {
            (earns[pair.first], earns[pair.second]) = (0.0, 0.0);
            costs[problem.placements[pair.first].site] = 0.0;
        }
        for &site in ground.layout.variants.iter().flatten() {
            costs[site] = 0.0;
        }
        for (pair, &price) in problem.pairs.iter().zip(&now.pairs) {
            if pair.reward >= 0.0 {
                earns[pair.first] += price;
                earns[pair.second] += pair.reward - price;
            } else {
                earns[pair.first] -= price;
                earns[pair.second] -= price;
                costs[problem.placements[pair.first].site] -= price;
            }
        }
        let mut sum = 0.0;
        for (variants, &price) in ground.layout.variants.iter().zip(&now.variants) {
            sum -= price;
            for &site in variants {
                costs[site] += price;
            }
        }
        sum
    }
}

/// The direction in which the bound rises, where these sites are open and these placements picked.
pub(super) fn slopes(ground: &Ground, open: &[bool], picked: &[Vec<u32>], grad: &mut Multipliers) {
    let problem = ground.problem;
    for (pair, slope) in problem.pairs.iter().zip(&mut grad.pairs) {
        let site = problem.placements[pair.first].site;
        let is_picked = |placement: usize| {
            open[site] && picked[site].iter().any(|&at| at as usize == placement)
        };
        let (first, second) = (is_picked(pair.first), is_picked(pair.second));
        let [first, second, open] = [first, second, open[site]].map(|yes| f64::from(u8::from(yes)));
        *slope = if pair.reward >= 0.0 {
            second - first
        } else {
            first + second - open
        };
    }
    for (variants, slope) in ground.layout.variants.iter().zip(&mut grad.variants) {
        *slope = variants.iter().filter(|&&site| open[site]).count() as f64 - 1.0;
    }
}
