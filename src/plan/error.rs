//! Why there is no plan.

use crate::siting::SitingError;

/// Why there is no plan. Every reason names the zones, rules, buildings or occupiers at fault.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// No arrangement keeps every hard limit and lock: exit code 4.
    #[error("no plan can satisfy the hard limits:\n  {}", reasons.join("\n  "))]
    Infeasible {
        /// What is at fault, by name; one sentence each.
        reasons: Vec<String>,
    },
    /// Decisions that cannot stand together: exit code 4.
    #[error("decisions contradict each other:\n  {}", reasons.join("\n  "))]
    Conflict {
        /// The decisions and records, by name; one sentence each.
        reasons: Vec<String>,
    },
    /// The time was up before any arrangement that keeps every limit was found.
    #[error("stopped before any plan was found: give it more time with --time")]
    NothingFound,
    /// The search found no arrangement in which no counter is visited more often than it can be, and did
    /// not show that there is none.
    #[error("no plan was found that keeps:\n  {}\nset hard = false for the rule, or give more time with --time", reasons.join("\n  "))]
    Unkept {
        /// The rules and the buildings that would be too full; one sentence each.
        reasons: Vec<String>,
    },
    /// The engine failed.
    #[error("the siting engine failed: {0}")]
    Siting(#[from] SitingError),
}
