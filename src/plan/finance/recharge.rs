//! What one agency pays another for the floor it uses there.

use crate::place::{Building, BuildingIx, Grade, Place, SquareMetres};

/// Recharge rate of a building of a place.
pub(crate) fn of(place: &Place, at: BuildingIx, used_today: SquareMetres) -> f64 {
    rate(place.building(at), used_today, place.finance.recharge_share)
}

/// Recharge rate of a building, £ per m² a year, from the base data; 0 where no area is known.
/// `used_today` counts where the usable area is only a default.
/// `share` is how much of the fixed cost it bears.
fn rate(building: &Building, used_today: SquareMetres, share: f64) -> f64 {
    let stated = building.usable.value.total().get();
    let usable = match building.usable.grade {
        Grade::Defaulted => stated.max(used_today.get()),
        Grade::Measured | Grade::Stated => stated,
    };
    if usable <= 0.0 {
        return 0.0;
    }
    share * building.fixed_a_year().get() / usable + building.running_per_m2.get()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::sample;

    #[test]
    fn the_rate_spreads_fixed_cost_over_usable_floor() {
        let place = sample::six_buildings();
        // (50,000 + 5,000) ÷ 800 + 10
        let rate = |share| rate(&place.buildings[0], SquareMetres(350.0), share);
        assert_eq!(rate(1.0), 78.75);
        // Half of it, and marginal cost.
        assert_eq!(rate(0.5), 44.375);
        assert_eq!(rate(0.0), 10.0);
    }
}
