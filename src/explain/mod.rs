//! # Why, and what the opposite would cost
//!
//! [`explain`] answers a question about one building, one team or counter, one offered counter, one access rule or one limit on money of a plan
//! by planning again from it: with the building's fate turned round, or with the limit a step easier.
//! Every price is an interval, because both plans are known only within their gaps.
//!
//! * `subject` finds what an id means; `again` plans once more and verifies what it found;
//! * `building`, `occupier`, `point`, `rule` and `limit` each answer for one kind of subject;
//! * `holds` says which rules and zones would be broken without a building;
//! * `all` does it for every building of a plan at once.

mod again;
mod all;
mod building;
mod holds;
mod limit;
mod occupier;
mod point;
mod rule;
mod subject;
mod text;

pub use again::{Asking, Opposite, Outcome, Sought};
pub use all::explain_all;
pub use building::BuildingExplained;
pub use holds::Hold;
pub use limit::LimitExplained;
pub use occupier::OccupierExplained;
pub use point::PointExplained;
pub use rule::RuleExplained;
pub use subject::{Subject, UnknownId};

use serde::Serialize;

/// An answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum Explanation {
    /// Why a building is kept or let go.
    Building(Box<BuildingExplained>),
    /// Why a team or counter is where it is.
    Occupier(Box<OccupierExplained>),
    /// Why a small new counter opens or stays shut.
    Point(Box<PointExplained>),
    /// What a rule costs.
    Rule(Box<RuleExplained>),
    /// What a limit on money costs.
    Limit(Box<LimitExplained>),
}

/// Explains one subject of a plan. What cannot be planned is part of the answer.
pub fn explain(asking: &Asking<'_>, subject: Subject) -> Explanation {
    match subject {
        Subject::Building(at) => Explanation::Building(Box::new(building::explained(asking, at))),
        Subject::Occupier(at) => Explanation::Occupier(Box::new(occupier::explained(asking, at))),
        Subject::Point(at) => Explanation::Point(Box::new(point::explained(asking, at))),
        Subject::Rule(at) => Explanation::Rule(Box::new(rule::explained(asking, at))),
        Subject::Limit(rule) => Explanation::Limit(Box::new(limit::explained(asking, rule))),
    }
}
