//! Services that do better under one roof.

use super::ServiceIx;

/// Two services of which people gain something where they share a building: a warm hand-over, one
/// journey for two errands. It is reported, and is no part of any sum of money.
#[derive(Clone, Debug, PartialEq)]
pub struct Together {
    /// The service whose teams and counters are counted.
    pub first: ServiceIx,
    /// The service that each of them should find in its building.
    pub second: ServiceIx,
    /// What a link is worth, £ a year, where somebody has put a sum on it.
    pub gbp_a_year: Option<f64>,
    /// What it is worth in points, where it is not money.
    pub points: Option<f64>,
    /// Where that comes from.
    pub source: Option<String>,
}
