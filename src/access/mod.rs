//! # Who can reach what
//!
//! Access of the public to services: today, and under any [`Arrangement`] of occupiers.

mod arrangement;
mod verdict;

pub use arrangement::Arrangement;
pub use verdict::{RuleVerdict, Verdict, ZoneShort};
