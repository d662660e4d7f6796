//! The `[finance.sensitivity]` section: how far each thing may turn out otherwise.

use crate::place::{Driver, Ranges};
use schemars::JsonSchema;
use serde::Deserialize;

/// Least and most of what the money leans on, as multiples of what is assumed: `[0.8, 1.2]`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SensitivityConfig {
    /// Running cost of buildings; `[0.8, 1.2]` unless stated.
    pub running_cost: Option<[f64; 2]>,
    /// Rent; `[0.8, 1.2]` unless stated.
    pub rent: Option<[f64; 2]>,
    /// Business rates; `[0.8, 1.2]` unless stated.
    pub rates: Option<[f64; 2]>,
    /// Fit-out, fees and openings; `[0.8, 1.2]` unless stated.
    pub fit_out: Option<[f64; 2]>,
    /// Moving staff; `[0.8, 1.2]` unless stated.
    pub moves: Option<[f64; 2]>,
    /// Break penalties and dilapidations; `[0.5, 1.5]` unless stated.
    pub leaving_leases: Option<[f64; 2]>,
    /// What sales bring; `[0.8, 1.2]` unless stated.
    pub receipts: Option<[f64; 2]>,
    /// Repairs that wait; `[0.5, 1.5]` unless stated.
    pub repairs: Option<[f64; 2]>,
    /// Added to the discount rate of every year; `[-0.01, 0.01]` unless stated.
    pub discount_rate: Option<[f64; 2]>,
    /// Years by which receipts come late; `[0, 3]` unless stated.
    pub receipt_delay: Option<[f64; 2]>,
    /// Draws of the trial; 10,000 unless stated.
    pub draws: Option<u32>,
    /// Seed of the trial; 1 unless stated.
    pub seed: Option<u64>,
}

impl SensitivityConfig {
    /// The ranges over the named defaults; what is out of range is refused, by key.
    pub fn settle(&self, refused: &mut Vec<(String, String)>) -> Ranges {
        let mut ranges = Ranges::default();
        for driver in Driver::ALL {
            let Some([low, high]) = self.stated(driver) else {
                continue;
            };
            match fault(driver, low, high) {
                None => {
                    ranges.by_driver.insert(driver, (low, high));
                }
                Some(fault) => {
                    refused.push((format!("sensitivity.{}", driver.name()), fault.to_owned()));
                }
            }
        }
        match self.draws {
            Some(draws) if (1..=1_000_000).contains(&draws) => ranges.draws = draws,
            Some(draws) => refused.push((
                "sensitivity.draws".into(),
                format!("{draws} is not between 1 and 1,000,000"),
            )),
            None => {}
        }
        ranges.seed = self.seed.unwrap_or(ranges.seed);
        ranges
    }

    fn stated(&self, driver: Driver) -> Option<[f64; 2]> {
        match driver {
            Driver::RunningCost => self.running_cost,
            Driver::Rent => self.rent,
            Driver::Rates => self.rates,
            Driver::FitOut => self.fit_out,
            Driver::Moves => self.moves,
            Driver::LeavingLeases => self.leaving_leases,
            Driver::Receipts => self.receipts,
            Driver::Repairs => self.repairs,
            Driver::DiscountRate => self.discount_rate,
            Driver::ReceiptDelay => self.receipt_delay,
        }
    }
}

fn fault(driver: Driver, low: f64, high: f64) -> Option<&'static str> {
    let within = |least: f64, middle: f64, most: f64| {
        (least..=middle).contains(&low) && (middle..=most).contains(&high)
    };
    match driver {
        Driver::DiscountRate if !within(-0.1, 0.0, 0.2) => {
            Some("write points added to the rate, such as [-0.01, 0.01]")
        }
        Driver::ReceiptDelay if !within(0.0, low, 50.0) || low.fract() + high.fract() != 0.0 => {
            Some("write whole years from 0 to 50, such as [0, 3]")
        }
        driver if driver.multiplies() && !within(0.0, 1.0, 10.0) => Some(
            "write multiples of what is assumed, from 0 to 1 and from 1 to 10, such as [0.8, 1.2]",
        ),
        _ => None,
    }
}
