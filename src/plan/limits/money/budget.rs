//! M1: how much may be spent once. Fit-out, fees, moves, openings, leaving leases and selling; repairs
//! that wait are paid in the do-minimum too, and are not in it.

use super::MoneyLimit;
use super::sums::{Printed, Sums, Tally};
use crate::place::words::pounds;
use crate::place::{AgencyIx, Areas, Building, BuildingIx, OccupierIx};
use crate::plan::finance::{Exit, MoveCost};

/// What is spent once, £, by one agency or by all.
struct Capital {
    whose: Option<AgencyIx>,
    receipts_count: bool,
}

pub(super) fn limits(sums: &Sums<'_>) -> Vec<MoneyLimit> {
    let Some(budget) = &sums.place.finance.limits.budget else {
        return Vec::new();
    };
    let pooled = budget.pooled.map(|most| (None, most));
    let each = budget.by_agency.iter().map(|(at, most)| (Some(*at), *most));
    pooled
        .into_iter()
        .chain(each)
        .map(|(whose, most)| {
            let by = match whose {
                Some(at) => sums.place.agency(at).name.as_str(),
                None => "all agencies together",
            };
            let less = match budget.receipts_count {
                true => ", receipts deducted",
                false => "",
            };
            MoneyLimit {
                name: "capital_budget",
                whose,
                tally: Box::new(Capital {
                    whose,
                    receipts_count: budget.receipts_count,
                }),
                most,
                words: format!(
                    "limit capital_budget (at most {} spent once by {by}{less})",
                    pounds(most)
                ),
            }
        })
        .collect()
}

impl Capital {
    fn counts(&self, agency: AgencyIx) -> f64 {
        f64::from(u8::from(self.whose.is_none_or(|whose| whose == agency)))
    }
}

impl Tally for Capital {
    fn open(&self, _: &Sums<'_>, building: &Building) -> f64 {
        let proposal = building.proposed.as_deref();
        let opening = proposal.map_or(0.0, |proposal| proposal.opening_cost.get());
        self.counts(building.agency) * opening
    }

    fn gone(&self, _: &Sums<'_>, building: &Building, exit: &Exit) -> f64 {
        let receipt = if self.receipts_count {
            exit.receipt
        } else {
            0.0
        };
        let spent =
            exit.break_penalty + exit.dilapidations + exit.disposal_cost + exit.clawback - receipt;
        self.counts(building.agency) * spent
    }

    fn per_m2(&self, _: &Sums<'_>, _: &Building) -> f64 {
        0.0
    }

    fn site(&self, _: &Sums<'_>, _: AgencyIx, _: f64) -> f64 {
        0.0
    }

    fn seat(&self, sums: &Sums<'_>, at: OccupierIx, to: BuildingIx, areas: &Areas) -> f64 {
        let occupier = sums.place.occupier(at);
        if to == occupier.building {
            return 0.0;
        }
        let cost = MoveCost::of(occupier, areas, &sums.place.finance).total();
        self.counts(occupier.agency) * cost
    }

    fn printed(&self, most: f64, _: f64, after: f64) -> Printed {
        Printed::at_most(most, after)
    }
}
