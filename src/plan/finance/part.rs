//! A part of a building that goes while the rest stays: whether it may, and what that is worth.

use super::Calendar;
use super::permitted::below_letting_standard;
use crate::place::{Building, Finance, Flag, Objective, Occupancy, Part, PartExit, TenureKind};

/// What letting a part go costs and brings.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PartWorth {
    /// The year of the works, or of the payment to the landlord.
    pub(crate) year: u32,
    /// The first year in which it brings anything; of a part that is sold, the year of the receipt.
    pub(crate) brings_from: u32,
    /// £ in each year from then on.
    pub(crate) brings: f64,
    /// £ once, in the year of the works.
    pub(crate) costs: f64,
    /// Where it is sold: the receipt, £, in the year from which it brings anything.
    pub(crate) receipt: f64,
    /// What that sale costs, £, in the same year.
    pub(crate) disposal_cost: f64,
    /// Present value of what it brings less what it costs.
    pub(crate) npv: f64,
    /// What it brings in a steady year.
    pub(crate) steady: f64,
}

impl PartWorth {
    /// Of a part that is free by the end of a year, and, where it is sold, waits so many years for its buyer.
    /// `None` where it would be sold after the horizon.
    pub(crate) fn of(
        part: &Part,
        finance: &Finance,
        calendar: &Calendar,
        (free_by, on_sale): (u32, u32),
    ) -> Option<Self> {
        let year = part.from_year.max(free_by);
        let (empty, receipt) = match part.how {
            PartExit::Let => (finance.sublet_void_years, 0.0),
            PartExit::GiveUp => (0, 0.0),
            PartExit::Sell => (on_sale, part.receipt.get()),
        };
        let brings_from = year.saturating_add(1).saturating_add(empty);
        if part.how == PartExit::Sell && !calendar.holds(brings_from) {
            return None;
        }
        let (brings, costs) = (part.brings.get(), part.costs.get());
        let received = calendar.worth(|t| if t >= brings_from { brings } else { 0.0 });
        let disposal_cost = finance.disposal_cost_share * receipt;
        let sale = calendar.factor(brings_from) * (receipt - disposal_cost);
        Some(Self {
            year,
            brings_from,
            brings,
            costs,
            receipt,
            disposal_cost,
            npv: received + sale - calendar.factor(year) * costs,
            steady: if calendar.holds(brings_from) {
                brings
            } else {
                0.0
            },
        })
    }

    /// What it brings in a year, £.
    pub(crate) fn in_year(&self, year: u32) -> f64 {
        if year >= self.brings_from {
            self.brings
        } else {
            0.0
        }
    }

    /// How much better the place is off by it under an objective.
    pub(crate) fn under(&self, objective: Objective) -> f64 {
        match objective {
            Objective::NetPresentValue => self.npv,
            Objective::RunningCost => self.steady,
        }
    }
}

/// Whether a part may go as its row asks, and why not.
pub(crate) fn may_part(building: &Building, part: &Part) -> Result<(), String> {
    if building.occupancy == Occupancy::Unknown {
        return Err("nobody knows how full the building is".to_owned());
    }
    if building.proposed.is_some() {
        return Err("the building is not there yet".to_owned());
    }
    match building.tenure.kind {
        TenureKind::Pfi => Err("a private finance contract gives no part back".to_owned()),
        TenureKind::Unknown => Err("nobody says how the building is held".to_owned()),
        TenureKind::LetOut => Err("all of the building is let already".to_owned()),
        kind => match part.how {
            PartExit::Let => may_let(building, kind),
            PartExit::GiveUp if kind == TenureKind::Freehold => {
                Err("a building that is owned has no landlord to give it back to".to_owned())
            }
            PartExit::GiveUp => Ok(()),
            PartExit::Sell => may_sell(building, kind),
        },
    }
}

fn may_let(building: &Building, kind: TenureKind) -> Result<(), String> {
    if kind == TenureKind::Licence {
        return Err("a licence lets nobody else in".to_owned());
    }
    if kind == TenureKind::Leasehold && building.tenure.lease.may_sublet != Some(true) {
        return Err("its lease is not known to allow subletting".to_owned());
    }
    match below_letting_standard(building) {
        Some(band) => Err(format!("EPC {band} is below E, and may not be let")),
        None => Ok(()),
    }
}

/// What a grant or an overage takes of the receipt of a whole building says nothing about one of its parts.
fn may_sell(building: &Building, kind: TenureKind) -> Result<(), String> {
    let has = |flag: Flag| building.flags.contains(&flag);
    let terms = &building.receipt_terms;
    if kind != TenureKind::Freehold {
        Err("only a part of what is owned is sold".to_owned())
    } else if has(Flag::Covenant) {
        Err("a covenant bars a sale".to_owned())
    } else if has(Flag::OpenSpace) {
        Err("open space is not sold".to_owned())
    } else if has(Flag::Clawback) || terms.clawback.is_some() || terms.overage.is_some() {
        Err(
            "a grant or an overage takes part of a receipt, and nobody says how much of a part's"
                .to_owned(),
        )
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::{Areas, DiscountStep, Gbp, GbpPerYear, SpaceType, SquareMetres, sample};

    fn part(how: PartExit, from_year: u32) -> Part {
        Part {
            how,
            floor: Areas::of(SpaceType::Any, SquareMetres(120.0)),
            brings: GbpPerYear(9_000.0),
            receipt: Gbp(100_000.0),
            costs: Gbp(20_000.0),
            from_year,
        }
    }

    fn worth(how: PartExit, from_year: u32) -> PartWorth {
        let finance = Finance {
            discount: vec![DiscountStep {
                from_year: 0,
                rate: 0.0,
            }],
            ..Finance::default()
        };
        let part = part(how, from_year);
        PartWorth::of(&part, &finance, &Calendar::new(&finance), (0, 2))
            .expect("within the horizon")
    }

    #[test]
    fn a_part_that_is_sold_brings_its_receipt_after_the_lag_and_saves_from_then_on() {
        let sold = worth(PartExit::Sell, 0);
        // Two years on sale: year 3. 100,000 × 0.97 + 22 × 9,000 − 20,000.
        assert_eq!((sold.brings_from, sold.npv), (3, 275_000.0));
    }

    #[test]
    fn a_part_is_sold_of_a_freehold_that_nobody_has_a_claim_on() {
        let mut building = sample::building("B", 0, sample::at(0.0, 0.0), 300.0);
        let sold = part(PartExit::Sell, 0);
        assert_eq!(may_part(&building, &sold), Ok(()));
        for flag in [Flag::Covenant, Flag::OpenSpace, Flag::Clawback] {
            building.flags = std::collections::BTreeSet::from([flag]).into();
            assert!(may_part(&building, &sold).is_err(), "{flag:?}");
        }
        building.flags = std::collections::BTreeSet::new().into();
        building.tenure.kind = TenureKind::GroundLease;
        assert!(may_part(&building, &sold).is_err());
    }

    #[test]
    fn a_part_that_is_let_stands_empty_first_and_one_that_is_given_up_does_not() {
        // Years 2 to 24: 23 × 9,000 − 20,000.
        let let_out = worth(PartExit::Let, 0);
        assert_eq!((let_out.brings_from, let_out.npv), (2, 187_000.0));
        // Years 1 to 24: 24 × 9,000 − 20,000; from year 4 on: 20 × 9,000 − 20,000.
        assert_eq!(worth(PartExit::GiveUp, 0).npv, 196_000.0);
        assert_eq!(worth(PartExit::GiveUp, 4).npv, 160_000.0);
    }

    #[test]
    fn what_comes_after_the_horizon_brings_nothing_and_costs_nothing() {
        let late = worth(PartExit::Let, 24);
        assert_eq!((late.steady, late.in_year(24)), (0.0, 0.0));
        assert_eq!(late.npv, -20_000.0);
    }

    #[test]
    fn a_lease_that_bars_subletting_and_an_energy_band_below_e_keep_a_part_in() {
        let mut building = sample::building("B", 0, sample::at(0.0, 0.0), 300.0);
        let (let_out, back) = (part(PartExit::Let, 0), part(PartExit::GiveUp, 0));
        assert_eq!(may_part(&building, &let_out), Ok(()));
        assert!(may_part(&building, &back).is_err());
        building.energy_rating = Some("F".into());
        assert!(may_part(&building, &let_out).is_err());
        building.energy_rating = None;
        building.tenure.kind = TenureKind::Leasehold;
        assert!(may_part(&building, &let_out).is_err());
        assert_eq!(may_part(&building, &back), Ok(()));
        building.tenure.lease.may_sublet = Some(true);
        assert_eq!(may_part(&building, &let_out), Ok(()));
        building.tenure.kind = TenureKind::Pfi;
        assert!(may_part(&building, &back).is_err());
    }
}
