//! # Guides
//!
//! What people read, kept beside the code that must keep its promises. Console examples in them
//! are run by the tests.

#[doc = include_str!("estates.md")]
pub mod estates {}

#[doc = include_str!("gis.md")]
pub mod gis {}

#[doc = include_str!("planners.md")]
pub mod planners {}

#[doc = include_str!("access.md")]
pub mod access {}

#[doc = include_str!("partnership.md")]
pub mod partnership {}
#[doc = include_str!("phasing.md")]
pub mod phasing {}

#[doc = include_str!("method.md")]
pub mod method {}

#[doc = include_str!("travel.md")]
pub mod travel {}

#[doc = include_str!("locate.md")]
pub mod locate {}

#[doc = include_str!("verify.md")]
pub mod verify {}

#[doc = include_str!("findings.md")]
pub mod findings {}

#[doc = include_str!("performance.md")]
pub mod performance {}

#[doc = include_str!("engine.md")]
pub mod engine {}
