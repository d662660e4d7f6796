//! How far the figures lean on defaults.

use crate::place::{Building, Grade, Place};

/// The grade of the whole, A–D, with the share beside it.
pub(crate) fn of_place(place: &Place) -> String {
    let confidence = place.confidence();
    format!(
        "{} ({:.1} % of running cost leans on defaults)",
        confidence.grade,
        confidence.defaulted_share * 100.0
    )
}

/// The weakest of how well a building's space, running cost and value are known.
pub(crate) fn of_building(building: &Building) -> Grade {
    building
        .usable
        .grade
        .max(building.running_fixed.grade)
        .max(building.market_value.grade)
}
