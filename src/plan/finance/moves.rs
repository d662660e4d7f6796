//! What a move costs.

use crate::place::{Areas, BuildingIx, Flag, OccupierIx, Place};

/// One-off cost of a move, in year 0. Pounds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct MoveCost {
    /// Fitting out the floor it uses there, optimism bias included.
    pub(crate) fit_out: f64,
    /// Professional fees.
    pub(crate) fees: f64,
    /// Moving the staff.
    pub(crate) removal: f64,
}

impl MoveCost {
    /// Cost of an occupier's arrival in a building on the areas it will use (without headroom). Works in a listed
    /// building are no standard ones.
    pub(crate) fn of(place: &Place, at: OccupierIx, to: BuildingIx, areas: &Areas) -> Self {
        let (occupier, finance) = (place.occupier(at), &place.finance);
        let least = match place.building(to).flags.contains(&Flag::Listed) {
            true => finance.listed_optimism_bias,
            false => 0.0,
        };
        let fit_out: f64 = areas
            .iter()
            .map(|(space, area)| {
                let rate = finance.fit_out_gbp_m2.get(&space).copied().unwrap_or(0.0);
                let bias = finance.optimism_bias.get(&space).copied().unwrap_or(0.0);
                let bias = bias.max(least);
                area.get() * rate * (1.0 + bias)
            })
            .sum();
        Self {
            fit_out,
            fees: finance.fees_share * fit_out,
            removal: finance.move_gbp_fte * occupier.staff_fte,
        }
    }

    /// All of it.
    pub(crate) fn total(&self) -> f64 {
        self.fit_out + self.fees + self.removal
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::{SpaceType, SquareMetres, sample};

    #[test]
    fn clinical_floor_bears_its_own_rate_and_bias() {
        let mut place = sample::six_buildings();
        place.occupiers[4].needs = Areas::of(SpaceType::Clinical, SquareMetres(100.0));
        let (at, to) = (OccupierIx::new(4), BuildingIx::new(1));
        let cost = MoveCost::of(&place, at, to, &place.occupiers[4].needs);
        // 100 m² × £1,600 × 1.51 = £241,600; 12 % fees; 10 FTE × £1,000
        assert!((cost.fit_out - 241_600.0).abs() < 1e-6);
        assert!((cost.fees - 28_992.0).abs() < 1e-6);
        assert_eq!(cost.removal, 10_000.0);
    }

    #[test]
    fn works_in_a_listed_building_bear_the_bias_of_no_standard_ones() {
        let mut place = sample::six_buildings();
        place.occupiers[4].needs = Areas::of(SpaceType::Office, SquareMetres(100.0));
        place.buildings[1].flags = std::collections::BTreeSet::from([Flag::Listed]).into();
        let (at, needs) = (OccupierIx::new(4), place.occupiers[4].needs.clone());
        let fit_out = |to| MoveCost::of(&place, at, BuildingIx::new(to), &needs).fit_out;
        // 100 m² × £700 × 1.51, and × 1.24 elsewhere
        assert!((fit_out(1) - 105_700.0).abs() < 1e-6);
        assert!((fit_out(2) - 86_800.0).abs() < 1e-6);
    }
}
