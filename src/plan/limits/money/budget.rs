//! M1: how much may be spent once. Fit-out, fees, moves, openings, leaving leases and selling; repairs
//! that wait are paid in the do-minimum too, and are not in it.

use super::sums::{Printed, Sums, Tally};
use super::{MoneyLimit, Told};
use crate::place::words::pounds;
use crate::place::{AccessPoint, AgencyIx, Areas, Building, BuildingIx, OccupierIx};
use crate::plan::finance::{Exit, MoveCost, PartWorth, Spender, spender};
use std::collections::{BTreeMap, BTreeSet};

/// So many agencies with receipts that only they may spend can share one budget to the pound: each doubles
/// the sums that are looked at. Those of more agencies buy nothing.
const FENCED: usize = 6;

/// What is spent once, £, by one agency or by all.
struct Capital {
    whose: Option<AgencyIx>,
    receipts_count: bool,
    /// Agencies whose own receipts count, where all share one budget.
    fenced: BTreeSet<AgencyIx>,
    /// Of these, the ones that pay for all they spend out of them: neither is in the sum.
    apart: BTreeSet<AgencyIx>,
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
                Some(at) => sums.place.agency(at).name.clone(),
                None => "all agencies together".to_owned(),
            };
            let less = match budget.receipts_count {
                true => ", receipts deducted",
                false => "",
            };
            let fenced = match (whose, budget.receipts_count) {
                (None, true) => with_own_receipts(sums),
                _ => BTreeSet::new(),
            };
            let tally = |apart: BTreeSet<AgencyIx>| -> Box<dyn Tally> {
                Box::new(Capital {
                    whose,
                    receipts_count: budget.receipts_count,
                    fenced: fenced.clone(),
                    apart,
                })
            };
            MoneyLimit {
                name: "capital_budget",
                whose,
                tally: tally(BTreeSet::new()),
                others: groups(&fenced).into_iter().map(tally).collect(),
                most,
                told: Told {
                    nothing: 0.0,
                    step: 1.0,
                    words: Box::new(move |most| {
                        format!("at most {} spent once by {by}{less}", pounds(most))
                    }),
                },
            }
        })
        .collect()
}

/// The agencies with receipts that only they may spend, those with most to sell first.
fn with_own_receipts(sums: &Sums<'_>) -> BTreeSet<AgencyIx> {
    let mut worth: BTreeMap<AgencyIx, f64> = BTreeMap::new();
    for (at, building) in sums.place.buildings() {
        if sums.in_play.is_in_play(at) && spender(building) == Spender::Owner {
            *worth.entry(building.agency).or_default() += building.market_value.value.get();
        }
    }
    let mut all: Vec<_> = worth.into_iter().collect();
    all.sort_by(|(a, more), (b, less)| less.total_cmp(more).then(a.cmp(b)));
    all.into_iter().take(FENCED).map(|(at, _)| at).collect()
}

/// Every group of some of them.
fn groups(of: &BTreeSet<AgencyIx>) -> Vec<BTreeSet<AgencyIx>> {
    let some = 1..1_usize << of.len();
    some.map(|group| {
        let all = of.iter().enumerate();
        let inside = all.filter(|(bit, _)| group & (1 << bit) != 0);
        inside.map(|(_, at)| *at).collect()
    })
    .collect()
}

impl Capital {
    fn counts(&self, agency: AgencyIx) -> f64 {
        let own = self.whose.is_none_or(|whose| whose == agency);
        f64::from(u8::from(own && !self.apart.contains(&agency)))
    }

    /// How much of a receipt is deducted, £.
    fn deducted(&self, building: &Building, receipt: f64) -> f64 {
        let owner = building.agency;
        let own = self.whose.is_none_or(|whose| whose == owner);
        let counts = match spender(building) {
            Spender::Anybody => own,
            Spender::Owner if self.whose.is_some() => own,
            Spender::Owner => self.fenced.contains(&owner) && !self.apart.contains(&owner),
            Spender::Nobody => false,
        };
        match self.receipts_count && counts {
            true => receipt,
            false => 0.0,
        }
    }
}

impl Tally for Capital {
    fn open(&self, _: &Sums<'_>, building: &Building) -> f64 {
        let proposal = building.proposed.as_deref();
        let opening = proposal.map_or(0.0, |proposal| proposal.opening_cost.get());
        self.counts(building.agency) * opening
    }

    fn gone(&self, _: &Sums<'_>, building: &Building, exit: &Exit) -> f64 {
        let deducted = self.deducted(building, exit.receipt);
        self.counts(building.agency) * exit.paid_once() - deducted
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
        let cost = MoveCost::of(sums.place, at, to, areas).total();
        self.counts(occupier.agency) * cost
    }

    fn point(&self, _: &Sums<'_>, point: &AccessPoint) -> f64 {
        self.counts(point.agency) * point.opening.get()
    }

    fn part(&self, building: &Building, part: &PartWorth) -> f64 {
        let paid = part.costs + part.disposal_cost;
        self.counts(building.agency) * paid - self.deducted(building, part.receipt)
    }

    fn printed(&self, most: f64, _: f64, after: f64) -> Printed {
        Printed::at_most(most, after)
    }
}
