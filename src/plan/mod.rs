//! # From a place to a plan
//!
//! A [`Plan`] is one chosen building for every occupier, one action for every building, and
//! everything derived from them: money, access, proof.

mod again;
mod alternatives;
mod appraise;
mod assemble;
mod assumptions;
mod blame;
mod choice;
mod compile;
mod confidence;
mod decided;
mod error;
mod finance;
mod in_play;
mod infeasible;
mod limits;
mod one_off;
mod opposed;
mod placements;
mod planner;
mod price;
mod proof;
mod quiet;
mod reasons;
mod report;
mod solve;
mod start;
pub mod verify;

pub use crate::siting::BoundSource;
pub use again::plan_from;
pub use alternatives::{Alternative, Obstacle, alternatives};
pub use appraise::appraise;
pub use decided::decided;
pub use error::PlanError;
pub use one_off::OneOff;
pub use planner::plan;
pub use price::Price;
pub(crate) use price::over;
pub use proof::{Recomputed, opposite_bounds, recompute_bound, siting_problem};
pub use report::{
    Action, AgencyLedger, Assumption, Column, LedgerLine, NO_GAP, Outcome, Plan, PlannedBuilding,
    PlannedOccupier, Run, SCHEMA_VERSION, Status, TravelStage,
};
pub use solve::Wish;
