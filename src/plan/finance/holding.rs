//! What it costs to hold a building empty.

use crate::place::{Building, Finance, Flag, GbpPerYear};

/// What a building pays a year while it is held empty, £, as stated or as the usual share of what it pays in
/// use. A listed building that stands empty pays no rates.
pub(crate) fn holding_cost(building: &Building, finance: &Finance) -> f64 {
    let rates = match building.flags.contains(&Flag::Listed) {
        true => 0.0,
        false => building.rates.get(),
    };
    let usual = || finance.holding_share * (building.running_fixed.value.get() + rates);
    building.holding_cost.map_or_else(usual, GbpPerYear::get)
}
