//! # From a place to a plan
//!
//! A [`Plan`] is one chosen building for every occupier, one action for every building, and
//! everything derived from them: money, access, proof.

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
mod phase;
mod placements;
mod planner;
mod programme;
mod proof;
mod quiet;
mod reasons;
mod report;
mod solve;
pub mod verify;

pub use crate::siting::BoundSource;
pub use appraise::appraise;
pub use decided::decided;
pub use error::PlanError;
pub use one_off::OneOff;
pub use phase::{PhaseWish, phase};
pub use planner::plan;
pub use programme::{Act, GAP_OF, Postponed, Programme, Relief, Step, YearSum};
pub use proof::{Recomputed, recompute_bound, siting_problem};
pub use report::{
    Action, AgencyLedger, Assumption, Column, LedgerLine, NO_GAP, Outcome, Plan, PlannedBuilding,
    PlannedOccupier, Run, SCHEMA_VERSION, Status, TravelStage,
};
pub use solve::Wish;
