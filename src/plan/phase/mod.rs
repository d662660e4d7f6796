//! # From an end state to a programme
//!
//! The end state is given: who goes where, what becomes of each building. A programme says in which
//! year. That is an integer program of its own: one column for each step and year, which says whether
//! the step is done by the end of it.
//!
//! `compile` draws the steps up from the plan, with `exit` for leases and sales, `gate` for duties,
//! `counters` for new ones, `crews` for projects and `neighbours` for room;
//! `problem` is the program without a place, with `fence` for receipts that only their owner may spend; `schedule` finds a first programme step by step;
//! `program` hands it to HiGHS; `relief` looks for the least change where not all of it fits; `write`
//! says it, with `cash` for each agency's years and `leans` for what that money leans on; `between` looks at the access of every year on the way.

mod between;
mod cash;
mod compile;
mod counters;
mod crews;
mod exit;
mod fence;
mod gate;
mod leans;
mod neighbours;
mod problem;
mod program;
mod programmer;
mod relief;
mod schedule;
mod worth;
mod write;

pub use programmer::{PhaseWish, phase};
