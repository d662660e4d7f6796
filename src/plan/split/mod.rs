//! # The saving in steps
//!
//! What each agency could do alone, what sharing adds, what closing adds: three plans of one place, each
//! with more allowed than the one before it. `alone` makes the place of the first two, `steps` plans
//! them, `report` is what is said.

mod alone;
mod report;
mod steps;
#[cfg(test)]
mod tests;

pub use report::{AgencyGain, SavingSplit, SplitMove, SplitStep, SplitStepName};
pub use steps::plan_in_steps;
