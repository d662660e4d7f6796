//! Plans which public services share which buildings, which buildings are let go, and proves it.

#![forbid(unsafe_code)]

pub mod access;
pub mod demo;
pub mod load;
pub mod place;
pub mod plan;
pub mod publish;
pub mod siting;
pub mod travel;
