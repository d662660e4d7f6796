//! Why nothing can be said about a partnership.

use crate::plan::PlanError;

/// Why nothing can be said about a partnership.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PartnershipError {
    /// A member names an agency that the place does not have: exit code 2.
    #[error("no agency of the place is called `{id}`")]
    UnknownAgency {
        /// The id named.
        id: String,
        /// The ids there are.
        known: Vec<String>,
    },
    /// An agency is in two members: exit code 2.
    #[error("`{0}` is named twice")]
    Twice(String),
    /// Fewer than two members, or more than can be handled: exit code 2.
    #[error("{0}")]
    Members(String),
    /// All members together have no plan.
    #[error("all members together have no plan: {0}")]
    Plan(#[from] PlanError),
    /// A coalition's plan does not say what the files say.
    #[error("the plan of {coalition} does not say what the files say")]
    NotVerified {
        /// Whose plan.
        coalition: String,
        /// Each figure.
        figures: Vec<String>,
    },
    /// Stopped before every coalition was planned; what was solved is in the value.
    #[error("interrupted after {} of {of} coalitions", kept.plans.len())]
    Interrupted {
        /// What was solved so far.
        kept: super::Kept,
        /// How many coalitions there are.
        of: usize,
    },
    /// The solver of the small linear programs failed.
    #[error("the solver failed: {0}")]
    Solver(String),
}
