//! One thing at a time: what the plan is worth at both ends of its range, and where it is worth nothing.

use super::Parts;
use crate::place::{Driver, Ranges};
use crate::plan::Swing;
use crate::plan::finance::pence;

/// No rate is tried that is higher than the stated one by more than this.
const MOST_POINTS: f64 = 1.0;

/// Receipts are tried this many years late at least.
const YEARS_LATE: u32 = 3;

/// Every driver at both ends of its range, with its switching value.
pub(super) fn swings(parts: &Parts, ranges: &Ranges) -> Vec<Swing> {
    let whole = parts.whole();
    Driver::ALL
        .into_iter()
        .map(|driver| {
            let (low, high) = ranges.of(driver);
            let at = |value: f64| match driver {
                Driver::DiscountRate => parts.worth_discounted(value),
                Driver::ReceiptDelay => with_late_receipts(parts, value as u32),
                _ => whole + (value - 1.0) * parts.worth(driver),
            };
            let switching = match driver {
                Driver::DiscountRate => switching_rate(parts),
                Driver::ReceiptDelay => None,
                _ => switching_multiple(whole, parts.worth(driver)),
            };
            Swing {
                assumption: driver.name().to_owned(),
                low,
                high,
                npv_low_gbp: pence(at(low)),
                npv_high_gbp: pence(at(high)),
                switching: switching.map(|value| (value * 1e6).round() / 1e6 + 0.0),
            }
        })
        .collect()
}

/// What the plan is worth with its receipts 1, 2, 3 … years late.
pub(super) fn late(parts: &Parts, ranges: &Ranges) -> Vec<f64> {
    let most = ranges.of(Driver::ReceiptDelay).1 as u32;
    (1..=most.max(YEARS_LATE))
        .map(|years| pence(with_late_receipts(parts, years)))
        .collect()
}

/// Present value with receipts so many years late, and what is sold held for as long.
fn with_late_receipts(parts: &Parts, years: u32) -> f64 {
    let lost = parts.worth(Driver::Receipts) - parts.receipts_late(years);
    parts.whole() - lost + parts.held_longer(years)
}

/// The multiple at which `whole + (multiple − 1) × part` is nothing; `None` where none from 0 on is.
fn switching_multiple(whole: f64, part: f64) -> Option<f64> {
    if part.abs() < 0.005 {
        return None;
    }
    Some(1.0 - whole / part).filter(|multiple| (0.0..1e6).contains(multiple))
}

/// The points added to the discount rate at which the plan is worth nothing.
fn switching_rate(parts: &Parts) -> Option<f64> {
    let sign = |points: f64| parts.worth_discounted(points) > 0.0;
    let (mut low, mut high) = (0.0, MOST_POINTS);
    let at_low = sign(low);
    if at_low == sign(high) {
        return None;
    }
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        match sign(middle) == at_low {
            true => low = middle,
            false => high = middle,
        }
    }
    Some((low + high) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_switches_where_it_eats_the_whole_up() {
        // £100 of which receipts are £40: without any, £60 are left; running cost saved of £200 may
        // fall by half.
        assert_eq!(switching_multiple(100.0, 40.0), None);
        assert_eq!(switching_multiple(100.0, 200.0), Some(0.5));
        // Fit-out of £80 may grow to £180.
        assert_eq!(switching_multiple(100.0, -80.0), Some(2.25));
    }
}
