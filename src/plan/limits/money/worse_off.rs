//! M2: no agency may lose by the plan: the present value of everything it pays, recharges included, is
//! at most today's, its tolerance and what it receives by agreed transfers.

use super::sums::{Printed, Sums, Tally};
use super::{MoneyLimit, Told};
use crate::place::words::pounds;
use crate::place::{AccessPoint, AgencyIx, Areas, Building, BuildingIx, Objective, OccupierIx};
use crate::plan::choice::Choice;
use crate::plan::finance::{Exit, MoveCost, PartWorth, kept, pence, recharge_rate};

/// Present value of what an agency pays, £.
struct Pays {
    whose: AgencyIx,
    /// By agreed transfers, less what it pays by them.
    received: f64,
    tolerance: f64,
}

pub(super) fn limits(sums: &Sums<'_>) -> Vec<MoneyLimit> {
    let limits = &sums.place.finance.limits;
    let Some(worse_off) = &limits.worse_off else {
        return Vec::new();
    };
    let today = Choice::today(sums.place);
    let agencies = sums.place.agencies.iter().enumerate();
    agencies
        .map(|(at, agency)| {
            let whose = AgencyIx::new(at);
            let pays = Pays {
                whose,
                received: limits.received(whose),
                tolerance: worse_off.tolerance_of(whose),
            };
            let nothing = sums.amount(&pays, &today) + pays.received;
            let (name, tolerance) = (agency.name.clone(), pays.tolerance);
            let transfers = match pays.received {
                0.0 => String::new(),
                gbp => format!(", {} by transfers counted", pounds(gbp)),
            };
            MoneyLimit {
                name: "no_agency_worse_off",
                whose: Some(whose),
                tally: Box::new(pays),
                others: Vec::new(),
                most: nothing + tolerance,
                told: Told {
                    nothing,
                    step: 1.0,
                    words: Box::new(move |most| {
                        let lost = pounds(most - nothing);
                        format!("{name} may lose at most {lost}{transfers}")
                    }),
                },
            }
        })
        .collect()
}

impl Pays {
    fn counts(&self, agency: AgencyIx) -> f64 {
        f64::from(u8::from(self.whose == agency))
    }
}

impl Tally for Pays {
    fn open(&self, sums: &Sums<'_>, building: &Building) -> f64 {
        let cost = kept(building, Objective::NetPresentValue, &sums.books.calendar);
        self.counts(building.agency) * cost
    }

    fn gone(&self, _: &Sums<'_>, building: &Building, exit: &Exit) -> f64 {
        self.counts(building.agency) * exit.present_value()
    }

    fn per_m2(&self, sums: &Sums<'_>, building: &Building) -> f64 {
        let yearly = sums.books.calendar.later() * building.running_per_m2.get();
        self.counts(building.agency) * yearly
    }

    fn site(&self, sums: &Sums<'_>, payer: AgencyIx, cost: f64) -> f64 {
        self.counts(payer) * sums.books.calendar.later() * cost
    }

    fn seat(&self, sums: &Sums<'_>, at: OccupierIx, to: BuildingIx, areas: &Areas) -> f64 {
        let place = sums.place;
        let occupier = place.occupier(at);
        let rate = |building: BuildingIx| {
            let used = sums.in_play.used_today[building.index()].total();
            recharge_rate(place, building, used)
        };
        // What is paid to an owner: nothing between an agency and itself.
        let between = |payer: AgencyIx, owner| self.counts(payer) - self.counts(owner);
        let calendar = &sums.books.calendar;
        let owner = place.building(to).agency;
        let payer = place.payer(at, to);
        let mut cost = between(payer, owner) * rate(to) * areas.total().get() * calendar.later();
        if to != occupier.building {
            let left = place.building(occupier.building).agency;
            let notice = rate(occupier.building)
                * occupier.needs.total().get()
                * place.finance.recharge_notice_years;
            cost += between(occupier.agency, left) * notice * calendar.factor(1);
            let moving = MoveCost::of(place, at, to, areas).total();
            cost += self.counts(occupier.agency) * moving;
        }
        cost
    }

    fn point(&self, sums: &Sums<'_>, point: &AccessPoint) -> f64 {
        let used = sums.in_play.used_today[point.building.index()].total();
        let rent = recharge_rate(sums.place, point.building, used) * point.needs.total().get();
        let owner = sums.place.building(point.building).agency;
        let between = self.counts(point.agency) - self.counts(owner);
        let yearly = self.counts(point.agency) * point.running.get() + between * rent;
        yearly * sums.books.calendar.later() + self.counts(point.agency) * point.opening.get()
    }

    fn part(&self, building: &Building, part: &PartWorth) -> f64 {
        -self.counts(building.agency) * part.npv
    }

    /// As present value against today: at least minus the tolerance.
    fn printed(&self, _: f64, today: f64, after: f64) -> Printed {
        Printed {
            limit: pence(-self.tolerance),
            after: pence(today - after + self.received),
            of: None,
            at_least: true,
        }
    }
}
