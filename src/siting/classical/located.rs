//! The answer: what is open, who is served by what, and how good that is.

use super::super::answer::{Answer, BoundSource, Ending};
use super::super::problem::Problem;
use super::fill::fill;
use super::watch::{Figures, gap};
use super::{Network, Question};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A demand, or part of it, served by a facility.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Allocation {
    /// Position of the demand.
    pub demand: usize,
    /// Position of the facility.
    pub facility: usize,
    /// How far.
    pub distance: f64,
    /// Share of the demand: 1 for all of it.
    pub share: f64,
}

/// What a question came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Located {
    /// Whether each facility is open.
    pub open: Vec<bool>,
    /// Who is served by what, by demand, then by facility. Under a radius only what is within it.
    pub allocations: Vec<Allocation>,
    /// What was made least, or most for the covering of demand: facilities, weight covered, weight ×
    /// distance, distance, or cost.
    pub objective: f64,
    /// No answer is better than this.
    pub bound: Option<f64>,
    /// Where the bound comes from.
    pub bound_source: BoundSource,
    /// Why the engine ended.
    pub ending: Ending,
    /// Which engine found it.
    pub engine: String,
    /// Seconds it took.
    pub seconds: f64,
    /// Counts worth telling.
    pub counts: BTreeMap<String, u64>,
}

impl Located {
    /// How far the bound is from the objective, as a share of it; 0 where both are 0.
    pub fn gap(&self) -> Option<f64> {
        Some(gap(self.objective, self.bound?))
    }

    /// Ids of the demands that are not served.
    pub fn unserved<'a>(&self, network: &'a Network) -> Vec<&'a str> {
        let mut served = vec![false; network.demands.len()];
        for allocation in &self.allocations {
            served[allocation.demand] = true;
        }
        let demands = network.demands.iter().zip(served);
        demands
            .filter(|of| !of.1)
            .map(|of| of.0.id.as_str())
            .collect()
    }

    /// Weight of the demand that is served.
    pub fn served(&self, network: &Network) -> f64 {
        let of =
            |allocation: &Allocation| network.demands[allocation.demand].weight * allocation.share;
        self.allocations.iter().map(of).sum::<f64>() + 0.0
    }

    /// That weight per cent of all: 100 where nothing weighs anything.
    pub fn served_percent(&self, network: &Network) -> f64 {
        let weight = network.weight();
        if weight > 0.0 {
            100.0 * self.served(network) / weight
        } else {
            100.0
        }
    }
}

/// Reads an engine's answer.
pub(super) fn read(
    network: &Network,
    question: &Question,
    figures: Figures,
    problem: &Problem,
    answer: Answer,
) -> Located {
    let mut open = answer.solution.open.clone();
    if let Question::Mclp { count, .. } = *question {
        fill(network, &mut open, count);
    }
    let allocations = match question {
        Question::Cflp { .. } => as_placed(network, problem, &answer),
        _ => nearest(network, &open, question.radius().unwrap_or(f64::INFINITY)),
    };
    let mut located = Located {
        open,
        allocations,
        objective: figures.value(answer.value),
        bound: answer.bound.map(|bound| figures.bound(bound)),
        bound_source: answer.bound_source,
        ending: answer.ending,
        engine: answer.engine,
        seconds: answer.seconds,
        counts: answer.counts,
    };
    if let Question::Mclp { .. } = question {
        // What is covered is said as it stands in the tables, not as it was counted.
        located.objective = located.served(network);
    }
    located
}

/// Every demand at the nearest open facility within a distance.
pub(super) fn nearest(network: &Network, open: &[bool], radius: f64) -> Vec<Allocation> {
    let of = |demand: usize| {
        let mut hosts = network
            .within(demand, radius)
            .filter(|&(site, _)| open[site]);
        hosts.next().map(|(facility, distance)| Allocation {
            demand,
            facility,
            distance,
            share: 1.0,
        })
    };
    (0..network.demands.len()).filter_map(of).collect()
}

/// Demand where the engine put it.
fn as_placed(network: &Network, problem: &Problem, answer: &Answer) -> Vec<Allocation> {
    let mut allocations: Vec<Allocation> = answer
        .solution
        .chosen
        .iter()
        .zip(&answer.solution.shares)
        .map(|(&at, &share)| {
            let placement = &problem.placements[at];
            let (demand, facility) = (placement.item, placement.site);
            let mut list = network.within(demand, f64::INFINITY);
            let distance = list
                .find(|entry| entry.0 == facility)
                .map_or(f64::NAN, |entry| entry.1);
            Allocation {
                demand,
                facility,
                distance,
                share,
            }
        })
        .collect();
    allocations.sort_by_key(|allocation| (allocation.demand, allocation.facility));
    allocations
}
