//! # Who can reach what
//!
//! Access of the public to services: [today](fn@today), and under any [`Arrangement`] of occupiers.
//!
//! A rule's *hosts* are the buildings where an occupier of its service is; a zone counts at its
//! [nearest] host. [`today`](fn@today) measures that once and fixes what each rule
//! enforces: the weaker of what it states and what today has, unless it is strict. [`assess`]
//! then says where every rule stands under an arrangement, and [`zone_access`] how far each zone
//! is from each service, today and after, for maps and tables.
//!
//! Each kind of rule is one file under [`rules`]: its parameters, what it enforces, where it
//! stands. Weights are whole thousandths of a person and distances whole steps, so every
//! comparison is one of integers and a zone exactly at a limit is within it.

mod allocation;
mod arrangement;
mod assess;
mod by_mode;
mod change;
mod equal;
mod groups;
mod nearest;
pub mod rules;
mod summary;
mod today;
mod verdict;
mod visits;
mod worst_group;
mod zone_access;

pub use allocation::{Allocation, Choice};
pub use arrangement::Arrangement;
pub use assess::assess;
pub use by_mode::{ByMode, by_mode, losers_by_mode};
pub use change::{SAME_KM, Shift, gainers, losers};
pub use equal::{EPSILON, Equal};
pub use groups::{GroupAccess, group_access};
pub use nearest::nearest;
pub use summary::{Further, Spread, Summary, summary};
pub use today::{Today, today};
pub(crate) use verdict::OF_ONE_GROUP;
pub use verdict::{RuleVerdict, Verdict, ZoneShort};
pub(crate) use visits::going;
pub use visits::{Asked, HostVisits, visits};
pub(crate) use worst_group::{longer, worst_group};
pub use zone_access::{ServiceAccess, ZoneAccess, zone_access};
