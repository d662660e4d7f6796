//! # How far
//!
//! Distances between where people live and where services are, by every [`Measure`] a rule may
//! name. Straight lines are haversine × detour; [`roads`] follow an OpenStreetMap extract, [`transit`] timetables;
//! a user's own [`Matrix`] answers for its mode.
//!
//! Buildings are indexed once, as points on the unit sphere in three dimensions: so "within" and
//! "nearest" are right anywhere on Earth, across the antimeridian and at the poles, and no map
//! projection is involved. The index only narrows the candidates; every answer is then measured
//! by the same [`Ruler`] that measures one pair, so index and pair never disagree by a metre.
//!
//! A [`Distance`] is a whole number of steps, so limits are compared exactly. No table of all pairs is ever
//! built: memory is linear in buildings, and time in the pairs asked for.
//!
//! [`Measure`]: crate::place::Measure
//! [`Distance`]: crate::place::Distance

mod at_hand;
mod cache;
mod distances;
mod index;
mod kept_notes;
mod kept_times;
mod line;
mod matrix;
mod pairs;
pub mod roads;
pub mod transit;

pub use cache::{Cache, CacheFault, Kept};
pub use distances::{HostIndex, Travel};
pub use line::{EARTH_RADIUS, Ruler, straight_line};
pub use matrix::{Matrix, Origin};
pub use pairs::kilometres_within;
