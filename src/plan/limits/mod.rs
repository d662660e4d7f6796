//! # Limits
//!
//! One file for each limit: what it adds to the siting problem.

pub(crate) mod access;
pub(crate) mod capacity;
pub(crate) mod counters;
pub(crate) mod equal;
pub(crate) mod mean;
pub(crate) mod minimum_hosts;
pub(crate) mod money;
pub(crate) mod separation;
pub(crate) mod space;
pub(crate) mod within;
pub(crate) mod worst_case;
