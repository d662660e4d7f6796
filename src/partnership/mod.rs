//! # What working together is worth, and how to share it
//!
//! The [`Member`]s of a partnership are agencies, or groups of agencies that act as one. Every
//! [`Coalition`] of them is planned: its members share buildings with each other, and everybody else
//! stays exactly as today. What each saves is known as an interval, [`Worth`]: what its plan
//! saves, and what no plan can save more than. From these follow, each with its interval:
//!
//! * what the partnership adds over everyone planning alone;
//! * each member's Shapley share: what it adds, averaged over the orders in which members may join;
//! * whether any split exists that no group would leave (the core), and the least subsidy where none does;
//! * the transfers that bring each member from what the plan's ledger gives it to its share;
//! * what the plan loses if one member drops out.
//!
//! [`partnership`] is the one call. `outsiders` makes the place of a coalition, `starts` what its search
//! starts from, `values` solves all of them side by side; `game`, `shapley`, `core` and `transfers` are
//! arithmetic on intervals and know nothing of buildings; `kept` holds what was solved for the next run.

mod ask;
mod coalition;
mod core;
mod error;
mod game;
mod kept;
mod members;
mod orders;
mod outsiders;
mod report;
mod shapley;
mod starts;
#[cfg(test)]
mod tests;
mod told;
mod transfers;
mod values;
mod worth;

pub use ask::{Partnering, Watch, partnership};
pub use coalition::Coalition;
pub use core::{Core, CoreAnswer, core};
pub use error::PartnershipError;
pub use game::Game;
pub use kept::{Kept, KeptPlan};
pub use members::Member;
pub use orders::Looked;
pub use outsiders::place_alone;
pub use report::{CoalitionRow, DropOut, Partnership, Share, SharedRun, Transfer};
pub use shapley::{ShareOf, shapley};
pub use transfers::{payments, pence_that_sum};
pub use worth::Worth;
