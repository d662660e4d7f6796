//! Fixed charges with capacities, where every item goes whole to one site: single-source location.
//!
//! Which sites are open is the smaller half of it; what fits together where is the larger. So there is always a plan
//! first, and bound and plan then come towards each other side by side:
//!
//! * `ways` holds where each item may go, cheapest first, and `homes` where everything is;
//! * `start` finds first plans, `search` anneals them, `tiles` packs a few sites anew at a time;
//! * `frame` is what prices climb over to a bound, with a `sack` for each site;
//! * `tree` decides the sites, and `whole` draws up what is left of a part of it as one program;
//! * `run` has all of it done in turn.

mod engine;
mod frame;
mod homes;
mod run;
mod sack;
mod search;
mod start;
#[cfg(test)]
mod tests;
mod tiles;
mod tree;
mod ways;
mod whole;

pub(super) use ways::recognise;

/// From so many placements upward; HiGHS proves smaller ones at once.
pub(super) const FROM: usize = 400;
