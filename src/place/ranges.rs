//! How far the money of a plan may turn out otherwise, and what that is tried on.

use serde::Serialize;
use std::collections::BTreeMap;

/// Something that a plan's money leans on and that may turn out otherwise for all buildings together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Driver {
    /// Running cost of buildings, fixed and by m², of sites and of empty buildings.
    RunningCost,
    /// Rent, also until a lease can be left.
    Rent,
    /// Business rates.
    Rates,
    /// Fit-out, fees and openings.
    FitOut,
    /// Moving staff.
    Moves,
    /// Break penalties and dilapidations.
    LeavingLeases,
    /// What sales bring, less their cost.
    Receipts,
    /// Repairs that wait.
    Repairs,
    /// Points added to the discount rate of every year.
    DiscountRate,
    /// Years by which receipts come late.
    ReceiptDelay,
}

impl Driver {
    /// Every one, in the order of every table.
    pub const ALL: [Driver; 10] = [
        Driver::RunningCost,
        Driver::Rent,
        Driver::Rates,
        Driver::FitOut,
        Driver::Moves,
        Driver::LeavingLeases,
        Driver::Receipts,
        Driver::Repairs,
        Driver::DiscountRate,
        Driver::ReceiptDelay,
    ];

    /// Its name in `place.toml` and in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Driver::RunningCost => "running_cost",
            Driver::Rent => "rent",
            Driver::Rates => "rates",
            Driver::FitOut => "fit_out",
            Driver::Moves => "moves",
            Driver::LeavingLeases => "leaving_leases",
            Driver::Receipts => "receipts",
            Driver::Repairs => "repairs",
            Driver::DiscountRate => "discount_rate",
            Driver::ReceiptDelay => "receipt_delay",
        }
    }

    /// Whether its range multiplies amounts; the others are added.
    pub fn multiplies(self) -> bool {
        !matches!(self, Driver::DiscountRate | Driver::ReceiptDelay)
    }
}

/// Least and most of every [`Driver`], and how many draws are taken between them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ranges {
    /// Multiples of what is assumed (0.8 to 1.2); for the discount rate points that are added, for
    /// receipts years.
    pub by_driver: BTreeMap<Driver, (f64, f64)>,
    /// Draws of the seeded trial.
    pub draws: u32,
    /// Its seed.
    pub seed: u64,
}

impl Default for Ranges {
    fn default() -> Self {
        let range = |driver: Driver| match driver {
            Driver::LeavingLeases | Driver::Repairs => (0.5, 1.5),
            Driver::DiscountRate => (-0.01, 0.01),
            Driver::ReceiptDelay => (0.0, 3.0),
            _ => (0.8, 1.2),
        };
        Self {
            by_driver: Driver::ALL.into_iter().map(|d| (d, range(d))).collect(),
            draws: 10_000,
            seed: 1,
        }
    }
}

impl Ranges {
    /// Least and most of a driver.
    pub fn of(&self, driver: Driver) -> (f64, f64) {
        let still = if driver.multiplies() { 1.0 } else { 0.0 };
        self.by_driver
            .get(&driver)
            .copied()
            .unwrap_or((still, still))
    }
}
