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
    /// On what terms the landlord would let the tenant go before the lease ends.
    pub surrender: Option<Surrender>,
    /// Whether the tenant may sublet.
    pub may_sublet: Option<bool>,
    /// Who repairs; the tenant, inside and out, where nothing is stated.
    pub repair: Option<Repair>,
    /// The next review of the rent, where its outcome is stated.
    pub review: Option<Review>,
}

/// What it takes to end a lease before its time, by agreement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Surrender {
    /// What is paid for it once, repairs settled; £.
    pub price: Gbp,
    /// The first day on which it can end; the base date where `None`.
    pub from: Option<Date>,
}

/// Which repairs are the tenant's, and so what it owes when it leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Repair {
    /// All of them, inside and out.
    Full,
    /// Those inside.
    Internal,
    /// None: the landlord's.
    Landlord,
}

impl Repair {
    /// Share of the dilapidations rate that a tenant owes on leaving: all, half, nothing.
    pub fn share(self) -> f64 {
        match self {
            Repair::Full => 1.0,
            Repair::Internal => 0.5,
            Repair::Landlord => 0.0,
        }
    }
}

/// A rent review whose outcome is stated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Review {
    /// The day.
    pub on: Date,
    /// The first year, counted from the base date, in which the new rent is paid from its first day.
    pub from_year: u32,
    /// The rent from then on.
    pub rent: GbpPerYear,
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
    /// Rent received from tenants of a building that is owned and let out.
    pub let_income: GbpPerYear,
}

impl Tenure {
    /// Rent paid in a year, £: reviewed where a review has come by then.
    pub fn rent_in(&self, year: u32) -> f64 {
        self.rent.get() + self.review_adds(year)
    }

    /// What a review adds to the rent of a year, £; negative where it falls.
    pub fn review_adds(&self, year: u32) -> f64 {
        match &self.lease.review {
            Some(review) if year >= review.from_year => review.rent.get() - self.rent.get(),
            _ => 0.0,
        }
    }

    /// Whether building and ground are the agency's own, let out or not.
    pub fn is_owned(&self) -> bool {
        matches!(self.kind, TenureKind::Freehold | TenureKind::LetOut)
    }
}
