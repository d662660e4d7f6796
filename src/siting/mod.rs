//! # Siting: what to place where, for no place in particular
//!
//! Items go to sites. Sites cost money while open and hold only so much; items cost money where
//! they are placed; targets must keep a host within reach. This room knows nothing of agencies or
//! zones: a [`Place`](crate::place::Place) compiles into a [`Problem`], and so do the classical
//! location problems, which is how the engines are checked against published optima.

mod answer;
mod certificate;
mod check;
mod decompose;
mod dice;
mod draft;
mod dual;
mod elastic;
mod engine;
mod json;
mod knapsack;
mod layout;
mod milp;
mod milp_covers;
mod problem;
mod search;
mod state;
#[cfg(test)]
mod synthetic;
#[cfg(test)]
mod tests;
mod tile;
#[cfg(test)]
mod tiny;
mod validate;
mod web;

pub use answer::{
    Answer, Ask, BoundSource, Ending, Progress, Proof, SitingError, Snapshot, Solution,
};
pub use certificate::{Certificate, ReachPrices, recompute_bound};
pub use check::{Limit, Objective, Violation, check, value};
pub use elastic::{Elastic, Relaxation, explain_infeasible};
pub use engine::solve;
pub use json::schema;
pub use problem::{
    Choice, Conflict, Cover, Host, Item, Pair, Parent, Placement, Problem, Reach, Row, Site,
    SiteLock, Term,
};
pub use validate::validate;
