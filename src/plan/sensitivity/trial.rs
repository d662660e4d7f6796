//! Everything at once: draws from the ranges, and how often the plan beats the do-minimum.
//!
//! A draw takes one number for each driver in turn, the discount rate aside, which is a rule and not a
//! guess. Numbers come from SplitMix64 (Steele, Lea and Flood 2014), so that anybody can draw them again.

use super::Parts;
use crate::place::{Driver, Ranges};
use crate::plan::Trial;
use crate::plan::finance::pence;

/// Draws from the ranges.
pub(super) fn trial(parts: &Parts, ranges: &Ranges) -> Trial {
    let mut stream = SplitMix(ranges.seed);
    let worths: Vec<(Driver, f64)> = Driver::ALL
        .into_iter()
        .filter(|driver| *driver != Driver::DiscountRate)
        .map(|driver| (driver, parts.worth(driver)))
        .collect();
    let (soonest, latest) = ranges.of(Driver::ReceiptDelay);
    let late: Vec<(f64, f64)> = (0..=latest as u32)
        .map(|years| (parts.receipts_late(years), parts.held_longer(years)))
        .collect();
    let mut drawn: Vec<f64> = (0..ranges.draws)
        .map(|_| {
            let (mut sum, mut running, mut receipts) = (0.0, 1.0, 1.0);
            for (driver, worth) in &worths {
                let chance = stream.unit();
                let (low, high) = ranges.of(*driver);
                match driver {
                    Driver::ReceiptDelay => {
                        let years = soonest + (chance * (latest - soonest + 1.0)).floor();
                        let (brought, held) = late[years as usize];
                        sum += receipts * brought + running * held;
                    }
                    Driver::Receipts => receipts = triangular(chance, low, high),
                    Driver::RunningCost => {
                        running = triangular(chance, low, high);
                        sum += running * worth;
                    }
                    _ => sum += triangular(chance, low, high) * worth,
                }
            }
            sum
        })
        .collect();
    let better = drawn.iter().filter(|npv| **npv > 0.0).count();
    let mean = drawn.iter().sum::<f64>() / f64::from(ranges.draws);
    drawn.sort_by(f64::total_cmp);
    let tenth = |tenths: usize| {
        let position = (drawn.len() * tenths).div_ceil(10).max(1) - 1;
        pence(drawn[position])
    };
    Trial {
        draws: ranges.draws,
        seed: ranges.seed,
        better: better as u32,
        mean_gbp: pence(mean),
        npv_p10_gbp: tenth(1),
        npv_p50_gbp: tenth(5),
        npv_p90_gbp: tenth(9),
    }
}

/// Most likely as assumed (1), never beyond the range: the inverse of the triangular distribution.
fn triangular(chance: f64, low: f64, high: f64) -> f64 {
    let wide = high - low;
    if wide <= 0.0 {
        return 1.0;
    }
    if chance * wide < 1.0 - low {
        low + (chance * wide * (1.0 - low)).sqrt()
    } else {
        high - ((1.0 - chance) * wide * (high - 1.0)).sqrt()
    }
}

struct SplitMix(u64);

impl SplitMix {
    /// From 0 to 1, without 1.
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((bits ^ (bits >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draw_lies_in_its_range_and_is_as_assumed_in_the_middle() {
        assert_eq!(triangular(0.0, 0.8, 1.2), 0.8);
        assert!((triangular(0.5, 0.8, 1.2) - 1.0).abs() < 1e-12);
        assert!((triangular(1.0 - 1e-16, 0.8, 1.2) - 1.2).abs() < 1e-6);
        // All of the range below: half of the draws are below 1 − √½.
        assert!((triangular(0.5, 0.0, 1.0) - 0.5_f64.sqrt()).abs() < 1e-12);
        assert_eq!(triangular(0.3, 1.0, 1.0), 1.0);
    }

    #[test]
    fn the_first_number_of_a_seed_is_that_of_the_published_algorithm() {
        // SplitMix64 of seed 0 begins with 0xE220A8397B1DCDAF.
        let first = (0xE220_A839_7B1D_CDAF_u64 >> 11) as f64 / (1_u64 << 53) as f64;
        assert_eq!(SplitMix(0).unit(), first);
    }
}
