//! # The curve between saving and access
//!
//! [`frontier`] plans a place several times, with one limit on access ever looser: from what people have
//! today to what the cheapest plan would leave them. A plan under a tighter limit is one under a looser, so
//! that each point starts from its tighter neighbour and saves no less, and a bound at a looser limit is one
//! at every tighter.
//!
//! * `dial` is the limit that is turned, and how far it can be;
//! * `points` plans each point, side by side where there are processors;
//! * `knee` names the point after which access given up saves least.

mod dial;
mod knee;
mod points;

pub use dial::Dial;
pub use knee::knee;
pub use points::{Asking, Frontier, Point, Without, frontier};
