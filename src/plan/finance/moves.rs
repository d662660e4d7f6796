//! What a move costs.

use crate::place::{Areas, Finance, Occupier};

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
    /// Cost of an occupier's arrival on the areas it will use (without headroom).
    pub(crate) fn of(occupier: &Occupier, areas: &Areas, finance: &Finance) -> Self {
        let fit_out: f64 = areas
            .iter()
            .map(|(space, area)| {
                let rate = finance.fit_out_gbp_m2.get(&space).copied().unwrap_or(0.0);
                let bias = finance.optimism_bias.get(&space).copied().unwrap_or(0.0);
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
        let cost = MoveCost::of(
            &place.occupiers[4],
            &place.occupiers[4].needs,
            &place.finance,
        );
        // 100 m² × £1,600 × 1.51 = £241,600; 12 % fees; 10 FTE × £1,000
        assert!((cost.fit_out - 241_600.0).abs() < 1e-6);
        assert!((cost.fees - 28_992.0).abs() < 1e-6);
        assert_eq!(cost.removal, 10_000.0);
    }
}
