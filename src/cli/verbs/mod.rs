//! One file per verb: what was meant, done in order.

mod appraise;
mod check;
mod completions;
mod demo;
mod finish;
mod locate;
mod man;
mod new;
mod open;
mod partnership;
mod plan;
mod run;
mod schema;
mod siting;
mod summary;
mod verify;

pub use run::run;
