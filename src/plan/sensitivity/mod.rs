//! # If the money turns out otherwise
//!
//! The plan is held fixed, buildings, moves, exits and dates, and what it is worth is worked out
//! again with other amounts; so is its programme, with the years of its steps: [`swings`] moves one thing at a time, [`trial`] all of them at once.
//! Nothing is planned again, so a plan made for the other amounts could be worth more.

mod parts;
mod swings;
mod trial;

pub(crate) use parts::Parts;

use super::money_report::Sensitivity;
use crate::place::Place;

/// Everything that is said about the money of a plan or programme turning out otherwise.
pub(crate) fn sensitivity(place: &Place, parts: &Parts) -> Sensitivity {
    let ranges = &place.finance.ranges;
    Sensitivity {
        held_until_sale_gbp: super::finance::pence(parts.held_a_year()),
        swings: swings::swings(parts, ranges),
        late_receipts_gbp: swings::late(parts, ranges),
        trial: trial::trial(parts, ranges),
    }
}
