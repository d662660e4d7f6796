//! M3: how much of the running cost in scope must be saved, in a steady year.

use super::sums::{Printed, Sums, Tally};
use super::{MoneyLimit, Told};
use crate::place::words::pounds;
use crate::place::{AccessPoint, AgencyIx, Areas, Building, BuildingIx, Objective, OccupierIx};
use crate::plan::choice::Choice;
use crate::plan::finance::{Exit, PartWorth, kept, pence};

/// Shares are told in thousandths.
const SHARE: f64 = 0.001;

/// Running cost of a steady year, £.
struct Running;

pub(super) fn limits(sums: &Sums<'_>) -> Vec<MoneyLimit> {
    let Some(share) = sums.place.finance.limits.savings_share else {
        return Vec::new();
    };
    let today = sums.amount(&Running, &Choice::today(sums.place));
    vec![MoneyLimit {
        name: "savings_share",
        whose: None,
        tally: Box::new(Running),
        others: Vec::new(),
        most: (1.0 - share) * today,
        told: Told {
            nothing: today,
            step: SHARE * today,
            words: Box::new(move |most| {
                let share = if today > 0.0 {
                    1.0 - most / today
                } else {
                    share
                };
                format!(
                    "{:.1} % of the running cost in scope, {} a year, is to be saved",
                    share * 100.0,
                    pounds(today)
                )
            }),
        },
    }]
}

impl Tally for Running {
    fn open(&self, sums: &Sums<'_>, building: &Building) -> f64 {
        kept(building, Objective::RunningCost, &sums.books.calendar)
    }

    fn gone(&self, _: &Sums<'_>, _: &Building, exit: &Exit) -> f64 {
        exit.steady
    }

    fn per_m2(&self, _: &Sums<'_>, building: &Building) -> f64 {
        building.running_per_m2.get()
    }

    fn site(&self, _: &Sums<'_>, _: AgencyIx, cost: f64) -> f64 {
        cost
    }

    fn seat(&self, _: &Sums<'_>, _: OccupierIx, _: BuildingIx, _: &Areas) -> f64 {
        0.0
    }

    fn point(&self, _: &Sums<'_>, point: &AccessPoint) -> f64 {
        point.running.get()
    }

    fn part(&self, _: &Building, part: &PartWorth) -> f64 {
        -part.steady
    }

    fn printed(&self, most: f64, today: f64, after: f64) -> Printed {
        Printed {
            of: Some(pence(today)),
            ..Printed::at_most(most, after)
        }
    }
}
