//! # From a place to a plan
//!
//! A [`Plan`] is one chosen building for every occupier, one action for every building, and
//! everything derived from them: money, access, proof.

mod choice;
mod finance;
mod in_play;
mod report;
pub mod verify;

pub use report::{
    Action, AgencyLedger, Assumption, Column, LedgerLine, Outcome, Plan, PlannedBuilding,
    PlannedOccupier, Run, SCHEMA_VERSION, Status, TravelStage,
};
