//! A part of a building that goes while the rest stays: whether it may, and what that is worth.

use super::Calendar;
use super::permitted::below_letting_standard;
use crate::place::{Building, Finance, Objective, Occupancy, Part, PartExit, TenureKind};

/// What letting or giving up a part costs and brings.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PartWorth {
    /// The year of the works, or of the payment to the landlord.
    pub(crate) year: u32,
    /// The first year in which it brings anything.
    pub(crate) brings_from: u32,
    /// £ in each year from then on.
    pub(crate) brings: f64,
    /// £ once, in the year of the works.
    pub(crate) costs: f64,
    /// Present value of what it brings less what it costs.
    pub(crate) npv: f64,
    /// What it brings in a steady year.
    pub(crate) steady: f64,
}

impl PartWorth {
    /// Of a part that is free by the end of a year.
    pub(crate) fn of(part: &Part, finance: &Finance, calendar: &Calendar, free_by: u32) -> Self {
        let year = part.from_year.max(free_by);
        let empty = match part.how {
            PartExit::Let => finance.sublet_void_years,
            PartExit::GiveUp => 0,
        };
        let brings_from = year.saturating_add(1).saturating_add(empty);
        let (brings, costs) = (part.brings.get(), part.costs.get());
        let received = calendar.worth(|t| if t >= brings_from { brings } else { 0.0 });
        Self {
            year,
            brings_from,
            brings,
            costs,
            npv: received - calendar.factor(year) * costs,
            steady: if calendar.holds(brings_from) {
                brings
            } else {
                0.0
            },
        }
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
    match (part.how, building.tenure.kind) {
        (_, TenureKind::Pfi) => Err("a private finance contract gives no part back".to_owned()),
        (_, TenureKind::Unknown) => Err("nobody says how the building is held".to_owned()),
        (_, TenureKind::LetOut) => Err("all of the building is let already".to_owned()),
        (PartExit::GiveUp, TenureKind::Freehold) => {
            Err("a building that is owned has no landlord to give it back to".to_owned())
        }
        (PartExit::GiveUp, _) => Ok(()),
        (PartExit::Let, TenureKind::Licence) => Err("a licence lets nobody else in".to_owned()),
        (PartExit::Let, kind) => {
            let allowed = building.tenure.lease.may_sublet;
            if kind == TenureKind::Leasehold && allowed != Some(true) {
                return Err("its lease is not known to allow subletting".to_owned());
            }
            match below_letting_standard(building) {
                Some(band) => Err(format!("EPC {band} is below E, and may not be let")),
                None => Ok(()),
            }
        }
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
        PartWorth::of(&part(how, from_year), &finance, &Calendar::new(&finance), 0)
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
