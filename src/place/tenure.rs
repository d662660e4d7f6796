//! How a building is held, and so how it can be left.

use super::{Gbp, GbpPerYear, Rare};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The interest an agency holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TenureKind {
    /// Owned outright.
    Freehold,
    /// Rented from somebody under a lease.
    Leasehold,
    /// Owned, but let to somebody else.
    LetOut,
    /// Occupied under a licence or a memorandum of terms of occupation.
    Licence,
    /// Paid for through a private finance contract: no early exit.
    Pfi,
    /// Owned building on leased ground.
    GroundLease,
    /// Not stated: it can only be mothballed, and no receipt is counted.
    Unknown,
}

/// The facts of a lease. What is absent is not known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lease {
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub expiry: Option<Date>,
    /// Dates on which the tenant may leave early, in order.
    pub breaks: Vec<Date>,
    /// Months of notice before a break.
    pub notice_months: Option<u32>,
    /// Paid when a break is used.
    pub break_penalty: Gbp,
    /// Whether the tenant may sublet.
    pub may_sublet: Option<bool>,
}

/// How a building is held.
#[derive(Clone, Debug, PartialEq)]
pub struct Tenure {
    /// The kind of interest.
    pub kind: TenureKind,
    /// The register's own words.
    pub stated: Option<Arc<str>>,
    /// The lease, where it is rented.
    pub lease: Rare<Lease>,
    /// Rent paid.
    pub rent: GbpPerYear,
}
