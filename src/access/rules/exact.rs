//! Shares of whole numbers, exactly.
//!
//! A share such as 0.95 has no exact binary form, and 0.95 × 20 must still be 19, not 20. So a
//! share enters as a whole number of millionths, and everything after that is integer arithmetic.

const MILLION: u128 = 1_000_000;

/// A share in whole millionths; zero below zero and for NaN.
fn millionths(share: f64) -> u128 {
    (share * MILLION as f64).round() as u128
}

/// The least whole number that is at least `share` of `total`: ⌈share × total⌉.
pub(super) fn share_of(total: u64, share: f64) -> u64 {
    let parts = u128::from(total).saturating_mul(millionths(share));
    clamp(parts.div_ceil(MILLION))
}

/// The greatest whole number that is at most `share` of `total`: ⌊share × total⌋.
pub(super) fn share_down(total: u64, share: f64) -> u64 {
    clamp(u128::from(total).saturating_mul(millionths(share)) / MILLION)
}

/// The greatest whole number that is at most (1 + `over`) × `total`: ⌊(1 + over) × total⌋. Below
/// zero it asks for less than the total, at −1 and below for nothing.
pub(super) fn share_over(total: u64, over: f64) -> u64 {
    let parts = (over * MILLION as f64).round() as i128;
    let parts = parts.saturating_add(MILLION as i128).max(0).unsigned_abs();
    clamp(u128::from(total).saturating_mul(parts) / MILLION)
}

fn clamp(number: u128) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ninety_five_percent_of_twenty_is_nineteen() {
        assert_eq!(share_of(20, 0.95), 19);
    }

    #[test]
    fn a_share_that_does_not_come_out_even_is_rounded_up() {
        assert_eq!(share_of(21, 0.95), 20);
    }

    #[test]
    fn noise_in_the_last_bit_of_a_share_changes_nothing() {
        assert_eq!(share_of(10, 0.1 + 0.2), 3);
    }

    #[test]
    fn five_percent_over_a_hundred_is_a_hundred_and_five() {
        assert_eq!(share_over(100, 0.05), 105);
    }

    #[test]
    fn a_mean_that_must_fall_by_a_tenth_is_rounded_down() {
        assert_eq!(share_over(101, -0.1), 90);
    }

    proptest! {
        #[test]
        fn every_percentage_is_exact(total in 0..u64::MAX / 100, percent in 0..=100u64) {
            let wanted = (total * percent).div_ceil(100);
            prop_assert_eq!(share_of(total, percent as f64 / 100.0), wanted);
        }
    }
}
