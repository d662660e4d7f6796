//! When a building can be open, and when an occupier needs it to be.

use serde::{Deserialize, Serialize};

/// Opening hours, as far as they matter to sharing. Unknown hours never refuse a placement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Hours {
    /// Hours open in a usual week.
    pub per_week: Option<f64>,
    /// Open in the evening or at weekends.
    pub evening_or_weekend: Option<bool>,
    /// Open day and night.
    pub all_day: Option<bool>,
}

impl Hours {
    /// Whether a building with these hours can hold an occupier that needs `needed`: it must not
    /// be known to close while the occupier is known to work.
    pub fn allow(&self, needed: &Hours) -> bool {
        let covers = |offered: Option<bool>, wanted: Option<bool>| {
            !(wanted == Some(true) && offered == Some(false))
        };
        let long_enough = match (self.per_week, needed.per_week) {
            (Some(offered), Some(wanted)) => offered >= wanted,
            _ => true,
        };
        self.all_day == Some(true)
            || (long_enough
                && covers(self.evening_or_weekend, needed.evening_or_weekend)
                && covers(self.all_day, needed.all_day))
    }
}
