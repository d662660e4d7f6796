//! # The command line
//!
//! What was typed ([`Args`]) becomes what was meant, one file per verb in `verbs`. Data goes to
//! stdout, talk to stderr, and every way to end has a documented [exit code](exit).

mod args;
mod ended;
pub mod exit;
mod explain_args;
mod failure;
mod group_line;
mod locate_args;
mod map_args;
mod out;
mod progress;
mod quantity;
mod say;
mod travel_args;
mod verbs;

pub use args::{Args, command};
pub use ended::ended;
pub use failure::Failure;
pub use verbs::run;
