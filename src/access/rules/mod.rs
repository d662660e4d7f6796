//! # The rules
//!
//! One file for each kind: what it measures, what it enforces, where it stands. `new` fixes the
//! limit from today's distances; `verdict` judges the distances of an arrangement by it. What a
//! limit enforces is in its public fields, for those who turn it into rows of a program.

mod candidates;
mod capacity;
mod displacement;
mod exact;
mod floor_per_area;
mod limit;
mod mean;
mod minimum_hosts;
mod no_group_worse;
mod parts;
mod scope;
mod within;
mod worst_case;

pub use candidates::{Coverage, OutOfReach, matrix_coverage, out_of_reach};
pub use capacity::{Capacity, HostLoad};
pub use displacement::Displacement;
pub use floor_per_area::FloorPerArea;
pub use limit::Limit;
pub use mean::Mean;
pub use minimum_hosts::{HostsWanted, MinimumHosts};
pub use no_group_worse::NoGroupWorse;
pub use parts::{Part, Parts};
pub use scope::Scope;
pub use within::Within;
pub use worst_case::WorstCase;
