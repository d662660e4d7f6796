//! What is asked of an engine, and what it answers.

use super::certificate::Certificate;
use super::check::Objective;
use super::problem::{Problem, SiteLock};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

/// What is asked of an engine.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// Stop when (value − bound) ÷ |value| is at most this.
    pub gap: f64,
    /// Stop after this much solving.
    pub time: Duration,
    /// Stop after so many rounds of tiles where there are any: an iteration limit, which ends a run at the same
    /// point on every machine.
    pub rounds: Option<u32>,
    /// Seed of the search.
    pub seed: u64,
    /// Second stage: make weighted travel least while cost is at most this.
    pub least_travel_within: Option<f64>,
}

/// How far an engine has come.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Snapshot {
    /// What is made least: the value and the bound are of it.
    pub objective: Objective,
    /// Value of the best verified solution, if any.
    pub value: Option<f64>,
    /// The proven bound, if any.
    pub bound: Option<f64>,
    /// (value − bound) ÷ |value|, where both are known.
    pub gap: Option<f64>,
    /// Seconds since the start of the search for it.
    pub seconds: f64,
}

impl Snapshot {
    /// A cost and a bound after some seconds.
    pub fn new(value: Option<f64>, bound: Option<f64>, seconds: f64) -> Snapshot {
        let gap = value
            .zip(bound)
            .map(|(value, bound)| share_above(value, bound));
        Snapshot {
            objective: Objective::Cost,
            value,
            bound,
            gap,
            seconds,
        }
    }
}

/// (value − bound) ÷ |value|; 0 where the value is no higher.
fn share_above(value: f64, bound: f64) -> f64 {
    let above = value - bound;
    if above <= 0.0 {
        0.0
    } else {
        above / value.abs()
    }
}

/// How an engine talks to its caller while it works.
pub trait Progress: Sync {
    /// Called now and then.
    fn report(&self, snapshot: Snapshot);

    /// Asked often; the engine returns its best solution soon after this becomes true.
    fn cancelled(&self) -> bool;

    /// Whether what was reported last is all that is wanted. Asked after reports that come at the same point on
    /// every machine; the answer is then what was reported, however far the work beside it had come.
    fn satisfied(&self) -> bool {
        false
    }
}

/// Says nothing and never cancels.
impl Progress for () {
    fn report(&self, _: Snapshot) {}

    fn cancelled(&self) -> bool {
        false
    }
}

/// A solution: the chosen placements and the open sites.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Solution {
    /// Chosen placements, ascending. Of a split item: those with a share above zero.
    pub chosen: Vec<usize>,
    /// Share of each chosen placement, beside `chosen`: 1 for whole items.
    pub shares: Vec<f64>,
    /// Whether each site is open.
    pub open: Vec<bool>,
}

impl Solution {
    /// Nothing chosen, and open only what must be.
    pub(super) fn nothing(problem: &Problem) -> Solution {
        Solution {
            open: problem
                .sites
                .iter()
                .map(|site| site.lock == SiteLock::Open)
                .collect(),
            ..Solution::default()
        }
    }
}

/// Why an engine ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The gap asked for was reached.
    WithinGap,
    /// The time or iteration limit came first.
    Limit,
    /// The caller cancelled.
    Cancelled,
}

/// Where a bound comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BoundSource {
    /// Multipliers anybody can check.
    Certificate,
    /// A solver's search tree.
    SolverTree,
    /// Nothing is proven.
    None,
}

/// How well a site's state is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// The opposite costs more than this solution, even by the bound.
    Proven,
    /// The whole solution is the best there is; another may be as good.
    Optimal,
    /// Nothing better was found.
    BestFound,
}

/// A verified solution, and what is proven about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// The best solution found. It keeps every hard limit, checked in exact terms.
    pub solution: Solution,
    /// Its cost under the objective asked for.
    pub value: f64,
    /// No solution costs less than this.
    pub bound: Option<f64>,
    /// Where the bound comes from.
    pub bound_source: BoundSource,
    /// How well each site's state is known.
    pub proofs: Vec<Proof>,
    /// Multipliers from which anybody can recompute a bound; `bound` itself where its source is
    /// [`BoundSource::Certificate`], else a lower one.
    #[serde(default)]
    pub certificate: Option<Certificate>,
    /// Why the engine ended.
    pub ending: Ending,
    /// Which engine found it.
    pub engine: String,
    /// Seconds it took.
    pub seconds: f64,
    /// Counts worth telling: placements, rows, reductions.
    pub counts: BTreeMap<String, u64>,
}

impl Answer {
    /// Labels the sites of a solution that is proven to be the best.
    pub(super) fn label_optimal(&mut self) {
        if self.gap().is_some_and(|gap| gap <= 1e-8) {
            for proof in &mut self.proofs {
                if *proof == Proof::BestFound {
                    *proof = Proof::Optimal;
                }
            }
        }
    }

    /// (value − bound) ÷ |value|; `None` without a bound; 0 where both are 0.
    pub fn gap(&self) -> Option<f64> {
        Some(share_above(self.value, self.bound?))
    }
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SitingError {
    /// The problem contradicts itself before any solving.
    #[error("{item}: {cause}")]
    Invalid {
        /// The site, item, placement or cover at fault, by name.
        item: String,
        /// What is wrong with it.
        cause: String,
    },
    /// The locks leave an item nowhere to go: no solution keeps them, whatever else is asked.
    #[error("{item}: {cause}")]
    LockedOut {
        /// The item, by name.
        item: String,
        /// What is wrong with it.
        cause: String,
    },
    /// No solution keeps every hard limit: proven.
    #[error("no solution keeps every hard limit")]
    Infeasible,
    /// Stopped before any solution was found.
    #[error("stopped before any solution was found")]
    NothingFound,
    /// The solver failed.
    #[error("the solver failed: {0}")]
    Solver(String),
}
