//! # From a place to a plan
//!
//! A [`Plan`] is one chosen building for every occupier, one action for every building, and
//! everything derived from them: money, access, proof.

mod again;
mod alternatives;
mod among;
mod appraise;
mod assemble;
mod assumptions;
mod blame;
mod bodies;
mod by_year;
mod carried_out;
mod choice;
mod compile;
mod confidence;
mod decided;
mod drift;
mod error;
mod finance;
mod in_play;
mod infeasible;
mod journeys;
mod least_transfers;
mod limits;
mod money_bound;
mod money_report;
mod near_home;
mod near_ties;
mod near_turns;
mod nearest_limit;
mod obstacle;
mod offered;
mod offers;
mod one_off;
mod opposed;
mod parts;
mod phase;
mod placements;
mod planner;
mod price;
mod programme;
mod proof;
mod reasons;
mod report;
mod second_stage;
mod sensitivity;
mod settings_drift;
mod solve;
mod split;
mod start;
mod sureness;
mod together;
mod turning;
pub mod verify;
mod visited;
mod within_capacity;

pub use crate::siting::BoundSource;
pub use again::{plan_close_to, plan_from};
pub use alternatives::{Alternative, alternatives};
pub use among::{considered, plan_among};
pub use appraise::appraise;
pub use blame::breaks_least;
pub use bodies::Body;
pub use by_year::{CashYear, MoneyBack};
pub use decided::decided;
pub use drift::{Drift, FileDrift, data_apart, drift};
pub use error::PlanError;
pub(crate) use finance::Calendar;
pub use least_transfers::{LeastTransfer, LeastTransfers};
pub use money_report::{CashSpan, LimitVerdict, Sensitivity, Swing, Trial, Worth};
pub use near_ties::{Nearness, near_ties};
pub use nearest_limit::nearest_limits;
pub use obstacle::Obstacle;
pub use offered::{OfferStands, offer_stands};
pub use one_off::OneOff;
pub use phase::{PhaseWish, phase};
pub use planner::plan;
pub use price::Price;
pub(crate) use price::over;
pub use programme::{
    About, Act, AgencyYear, Between, GAP_OF, Postponed, Programme, Relief, Step, YearSum,
};
pub use proof::{Recomputed, recompute_bound, siting_problem};
pub use report::{
    Action, AgencyLedger, Assumption, Column, LedgerLine, NO_GAP, Outcome, Plan, PlannedBuilding,
    PlannedOccupier, PlannedPoint, Run, SCHEMA_VERSION, Status, TravelAim, TravelStage,
};
pub use settings_drift::SettingDrift;
pub use solve::Wish;
pub use split::{AgencyGain, SavingSplit, SplitMove, SplitStep, SplitStepName, plan_in_steps};
pub use sureness::Sureness;
pub use together::TogetherLinks;
pub use turning::{TurnedRound, Turning, turning};
pub use visited::{Overflow, PlannedVisits};
