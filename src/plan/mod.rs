//! # From a place to a plan
//!
//! A [`Plan`] is one chosen building for every occupier, one action for every building, and
//! everything derived from them: money, access, proof.

mod appraise;
mod assemble;
mod assumptions;
mod blame;
mod by_year;
mod choice;
mod compile;
mod confidence;
mod decided;
mod error;
mod finance;
mod in_play;
mod infeasible;
mod limits;
mod money_report;
mod one_off;
mod opposed;
mod placements;
mod planner;
mod proof;
mod quiet;
mod reasons;
mod report;
mod sensitivity;
mod solve;
pub mod verify;

pub use crate::siting::BoundSource;
pub use appraise::appraise;
pub use by_year::CashYear;
pub use decided::decided;
pub use error::PlanError;
pub use money_report::{CashSpan, LimitVerdict, Sensitivity, Swing, Trial, Worth};
pub use one_off::OneOff;
pub use planner::plan;
pub use proof::{Recomputed, recompute_bound, siting_problem};
pub use report::{
    Action, AgencyLedger, Assumption, Column, LedgerLine, NO_GAP, Outcome, Plan, PlannedBuilding,
    PlannedOccupier, Run, SCHEMA_VERSION, Status, TravelStage,
};
pub use solve::Wish;
