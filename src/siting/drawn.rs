//! What the random problems of several tests have in common.

use super::Ask;
use super::dice::Dice;
use super::problem::{Row, SiteLock, Term};
use std::time::Duration;

/// To the end, within 20 s.
pub(super) const TO_THE_END: Ask = Ask {
    gap: 0.0,
    time: Duration::from_secs(20),
    seed: 1,
    rounds: None,
    least_travel_within: None,
};

/// Mostly free.
pub(super) fn lock(dice: &mut Dice) -> SiteLock {
    match dice.below(8) {
        0 => SiteLock::Open,
        1 => SiteLock::Closed,
        _ => SiteLock::Free,
    }
}

/// How many of the sites may be open: at most so many, at times at least so many.
pub(super) fn count_row(dice: &mut Dice, sites: usize) -> Row {
    let most = dice.size(1, sites);
    Row {
        terms: (0..sites).map(|site| (Term::Site(site), 1.0)).collect(),
        at_least: dice.one_in(2).then(|| dice.size(0, most) as f64),
        at_most: Some(most as f64),
        ..Row::default()
    }
}
