//! One file per verb: what was meant, done in order.

mod appraise;
mod check;
mod completions;
mod demo;
mod man;
mod new;
mod plan;
mod run;
mod schema;
mod summary;
mod verify;

pub use run::run;
