//! The money, worked out a second time: every ledger line, and the cost of the whole plan.

use super::exit::{Exit, cheapest, rent as rent_in};
use super::part::{Going, going};
use super::reading::{Reading, Seat};
use super::scope::area_used;
use super::years::Years;
use crate::place::{
    AccessPoint, AgencyIx, Building, BuildingIx, Flag, Grade, Objective, Occupier, Place, SiteIx,
    SpaceType,
};
use crate::plan::{Action, Column};
use std::collections::BTreeMap;

/// Whose line it is, what it is about, and its code.
pub(super) type Key = (AgencyIx, String, &'static str);

/// The amounts of one line, £, not yet rounded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Amounts {
    pub(super) column: Column,
    pub(super) today: f64,
    pub(super) after: f64,
    pub(super) npv: f64,
}

/// Everything a plan costs.
pub(super) struct Money {
    /// The ledger, line by line; lines of nothing are in it too.
    pub(super) lines: BTreeMap<Key, Amounts>,
    /// The chosen exit of each building in play that is let go.
    pub(super) exits: Vec<Option<Exit>>,
    /// Cost of the plan under its objective, £ (or £ a year).
    pub(super) value: f64,
    /// Cost of today's arrangement under the same objective.
    pub(super) do_minimum: f64,
}

/// Works the money out from the place and from where the plan puts everyone.
pub(super) fn work_out(reading: &Reading<'_>) -> Money {
    let years = Years::of(&reading.place.finance);
    let mut work = Work {
        reading,
        years: &years,
        lines: BTreeMap::new(),
        value: 0.0,
        do_minimum: 0.0,
    };
    let mut exits = Vec::with_capacity(reading.place.buildings.len());
    for (at, _) in reading.place.buildings() {
        exits.push(if reading.scope.in_play[at.index()] {
            work.building(at)
        } else {
            None
        });
    }
    for (at, _) in reading.place.sites.iter().enumerate() {
        work.site(SiteIx::new(at));
    }
    for (at, occupier) in reading.place.occupiers() {
        if let Some(seat) = reading.seats[at.index()]
            && reading.scope.in_play[occupier.building.index()]
        {
            work.moving(occupier, seat);
            work.recharges(occupier, seat);
        }
    }
    for point in &reading.opened {
        work.new_counter(point);
    }
    Money {
        lines: work.lines,
        exits,
        value: work.value,
        do_minimum: work.do_minimum,
    }
}

struct Work<'a> {
    reading: &'a Reading<'a>,
    years: &'a Years,
    lines: BTreeMap<Key, Amounts>,
    value: f64,
    do_minimum: f64,
}

impl Work<'_> {
    fn place(&self) -> &Place {
        self.reading.place
    }

    /// Adds to a line; the present value is what the do-minimum pays less what the plan pays.
    fn line(&mut self, whose: AgencyIx, about: &str, code: &'static str, amounts: Amounts) {
        let line = self
            .lines
            .entry((whose, about.to_owned(), code))
            .or_insert(Amounts {
                today: 0.0,
                after: 0.0,
                npv: 0.0,
                ..amounts
            });
        line.today += amounts.today;
        line.after += amounts.after;
        line.npv += amounts.npv;
    }

    /// A cost of every year from year 1.
    fn yearly(&mut self, whose: AgencyIx, about: &str, code: &'static str, today: f64, after: f64) {
        let npv = (today - after) * self.years.later();
        let column = Column::Recurring;
        self.line(
            whose,
            about,
            code,
            Amounts {
                column,
                today,
                after,
                npv,
            },
        );
    }

    /// A cost of one year, paid today and under the plan in the same year.
    fn once(
        &mut self,
        whose: AgencyIx,
        about: &str,
        code: &'static str,
        sums: (f64, f64),
        year: u32,
    ) {
        let (today, after) = sums;
        let npv = (today - after) * self.years.factor(year);
        let column = Column::OneOff;
        self.line(
            whose,
            about,
            code,
            Amounts {
                column,
                today,
                after,
                npv,
            },
        );
    }

    /// A building in play: its lines and its part of the cost. Returns its exit where it is let go.
    fn building(&mut self, at: BuildingIx) -> Option<Exit> {
        let reading = self.reading;
        let place = reading.place;
        let building = place.building(at);
        let (who, id) = (building.agency, building.id.as_str());
        let kept = reading.open(at);
        let (fixed, rent, rates) = (
            building.running_fixed.value.get(),
            building.tenure.rent.get(),
            building.rates.get(),
        );
        let there = f64::from(u8::from(building.proposed.is_none()));
        let stays = f64::from(u8::from(kept));
        let exit = (!kept && building.proposed.is_none())
            .then(|| cheapest(place, at, self.years, reading.site_stays(at)));
        let variable_today = building.running_per_m2.get() * reading.scope.used_today[at.index()];
        let variable_after = building.running_per_m2.get() * reading.used_after[at.index()] * stays;
        let opening = building
            .proposed
            .as_deref()
            .map_or(0.0, |p| p.opening_cost.get())
            * stays;
        let rents_on = f64::from(u8::from(exit.as_ref().is_some_and(|exit| exit.rented_on)));
        let rent_after = rent * (stays + rents_on);
        let backlog = building.backlog.get();
        let backlog_after = backlog * stays + exit.as_ref().map_or(0.0, |exit| exit.backlog);

        self.yearly(who, id, "running_fixed", fixed * there, fixed * stays);
        self.yearly(who, id, "rent", rent * there, rent_after);
        self.yearly(who, id, "rates", rates * there, rates * stays);
        let last = self.years.horizon().saturating_sub(1);
        let (steady_rent, rents) = (rent_in(building, last), self.rents(building));
        let review = rents - rent * self.years.later();
        let adds = steady_rent - rent;
        if building.tenure.lease.review.is_some() {
            let paid = Amounts {
                column: Column::Recurring,
                today: adds * there,
                after: adds * (stays + rents_on),
                npv: review * (there - stays - rents_on),
            };
            self.line(who, id, "rent_review", paid);
        }
        let income = building.tenure.let_income.get();
        self.yearly(who, id, "let_income", -income * there, -income * stays);
        self.yearly(who, id, "running_variable", variable_today, variable_after);
        self.once(who, id, "backlog", (backlog * there, backlog_after), 0);
        self.once(who, id, "opening", (0.0, opening), 0);
        if let Some(exit) = &exit {
            self.exit_lines(who, id, exit);
        }
        if let Some(part) = going(reading, at) {
            self.part(who, id, part);
        }

        let later = self.years.later();
        let (before, after) = match reading.plan.objective {
            Objective::NetPresentValue => {
                let steady = fixed + rates - income;
                (
                    (steady * there + variable_today) * later + (rents + backlog) * there,
                    (steady * stays + variable_after) * later
                        + (rents + backlog) * stays
                        + opening
                        + exit.as_ref().map_or(0.0, |exit| exit.worth(self.years)),
                )
            }
            Objective::RunningCost => (
                (fixed + steady_rent + rates - income) * there + variable_today,
                (fixed + steady_rent + rates - income) * stays
                    + variable_after
                    + exit.as_ref().map_or(0.0, Exit::steady),
            ),
        };
        if reading.scope.left_out(place, at) {
            let worth = self.worth_of_a_year();
            self.value += (variable_after - variable_today) * worth;
        } else {
            self.value += after;
            self.do_minimum += before;
        }
        exit
    }

    /// A part of a building that stays: what it brings, and what that costs.
    fn part(&mut self, who: AgencyIx, id: &str, part: Going) {
        let income = part.income(self.years);
        let steady = part.steady(self.years);
        let received = Amounts {
            column: Column::Recurring,
            today: 0.0,
            after: -steady,
            npv: income,
        };
        self.line(who, id, "part_income", received);
        self.once(who, id, "part_works", (0.0, part.once), part.apart);
        if let Some(sale) = part.sale {
            self.sale(who, id, (sale.price, sale.cost), sale.year);
        }
        let sold = part.sold(self.years);
        self.value -= match self.reading.plan.objective {
            Objective::NetPresentValue => income + sold - part.once * self.years.factor(part.apart),
            Objective::RunningCost => steady,
        };
    }

    /// The cost that the buildings of a site share, paid while any of them is open.
    fn site(&mut self, at: SiteIx) {
        let reading = self.reading;
        let (place, scope) = (reading.place, &reading.scope);
        let on_it: Vec<(BuildingIx, &Building)> = reading
            .on_site(at)
            .map(|b| (b, place.building(b)))
            .collect();
        let in_play = |b: &BuildingIx| scope.in_play[b.index()];
        let (Some((_, first)), Some(site)) = (on_it.first(), place.sites.get(at.index())) else {
            return;
        };
        if !on_it.iter().any(|(b, _)| in_play(b)) {
            return;
        }
        let cost = site.fixed_cost.get();
        let paid = |open: bool| if open { cost } else { 0.0 };
        let today = paid(
            on_it
                .iter()
                .any(|(b, known)| !in_play(b) || known.proposed.is_none()),
        );
        let after = paid(on_it.iter().any(|(b, _)| !in_play(b) || reading.open(*b)));
        self.yearly(first.agency, site.id.as_str(), "site_fixed", today, after);
        if !on_it
            .iter()
            .any(|(b, _)| !in_play(b) || scope.left_out(place, *b))
        {
            let worth = self.worth_of_a_year();
            self.value += after * worth;
            self.do_minimum += today * worth;
        }
    }

    /// Present value of a building's rent of every year from year 1.
    fn rents(&self, building: &Building) -> f64 {
        let years: Vec<f64> = (0..self.years.horizon())
            .map(|year| {
                if year == 0 {
                    0.0
                } else {
                    rent_in(building, year)
                }
            })
            .collect();
        self.years.sum(&years)
    }

    /// What a pound a year counts under the objective: its present value, or itself.
    fn worth_of_a_year(&self) -> f64 {
        match self.reading.plan.objective {
            Objective::NetPresentValue => self.years.later(),
            Objective::RunningCost => 1.0,
        }
    }

    /// The lines of a building that is let go.
    fn exit_lines(&mut self, who: AgencyIx, id: &str, exit: &Exit) {
        let steady = if exit.action == Action::Mothball {
            exit.holding
        } else {
            0.0
        };
        let paid = |after: f64, worth: f64| Amounts {
            column: Column::Recurring,
            today: 0.0,
            after,
            npv: -worth,
        };
        let years = self.years;
        self.line(who, id, "holding", paid(steady, years.sum(&exit.held)));
        self.line(who, id, "rent_to_exit", paid(0.0, years.sum(&exit.rents)));
        let received = match exit.action {
            Action::Sublet => "sublet_income",
            _ => "let_income",
        };
        self.line(who, id, received, paid(0.0, -years.sum(&exit.lets)));
        for (code, paid) in [
            ("break_penalty", exit.break_penalty),
            ("surrender", exit.surrender),
            ("dilapidations", exit.dilapidations),
            ("clawback", exit.clawback),
            ("overage", exit.overage),
        ] {
            self.once(who, id, code, (0.0, paid), exit.year);
        }
        self.sale(who, id, (exit.receipt, exit.disposal_cost), exit.year);
    }

    /// What a sale brings, and costs.
    fn sale(&mut self, who: AgencyIx, id: &str, (price, cost): (f64, f64), year: u32) {
        self.once(who, id, "disposal_cost", (0.0, cost), year);
        let receipt = Amounts {
            column: Column::Receipt,
            today: 0.0,
            after: price,
            npv: price * self.years.factor(year),
        };
        self.line(who, id, "receipt", receipt);
    }

    /// Fit-out, fees and move of one that goes somewhere else.
    fn moving(&mut self, occupier: &Occupier, seat: Seat) {
        if !seat.arrives {
            return;
        }
        let finance = &self.place().finance;
        let share = super::scope::share_used(self.place(), occupier, seat.merged);
        let fit_out: f64 = occupier
            .needs
            .iter()
            .map(|(space, area)| {
                let rate = finance.fit_out_gbp_m2.get(&space).copied().unwrap_or(0.0);
                area.get() * share * rate * (1.0 + bias(self.place(), seat.building, space))
            })
            .sum();
        let fees = finance.fees_share * fit_out;
        let moving = finance.move_gbp_fte * occupier.staff_fte;
        let (who, id) = (occupier.agency, occupier.id.as_str());
        self.once(who, id, "fit_out", (0.0, fit_out), 0);
        self.once(who, id, "fees", (0.0, fees), 0);
        self.once(who, id, "move", (0.0, moving), 0);
        if self.reading.plan.objective == Objective::NetPresentValue {
            self.value += fit_out + fees + moving;
        }
    }

    /// What a new counter costs, and what it pays for its floor to an owner that is another agency.
    fn new_counter(&mut self, point: &AccessPoint) {
        let (who, id) = (point.agency, point.id.as_str());
        let (yearly, once) = (point.running.get(), point.opening.get());
        self.yearly(who, id, "point_running", 0.0, yearly);
        self.once(who, id, "point_opening", (0.0, once), 0);
        self.value += yearly * self.worth_of_a_year();
        if self.reading.plan.objective == Objective::NetPresentValue {
            self.value += once;
        }
        let owner = self.place().building(point.building).agency;
        if owner != who {
            let paid = recharge_rate(self.reading, point.building) * point.needs.total().get();
            self.yearly(who, id, "recharge_paid", 0.0, paid);
            self.yearly(owner, id, "recharge_received", 0.0, -paid);
        }
    }

    /// What an occupier pays the owners of its buildings, and what they receive.
    fn recharges(&mut self, occupier: &Occupier, seat: Seat) {
        let place = self.reading.place;
        let (who, id) = (occupier.agency, occupier.id.as_str());
        let area_today = occupier.needs.total().get();
        let area_after = area_used(place, occupier, seat.merged);
        let before = place.building(occupier.building).agency;
        let after = place.building(seat.building).agency;
        let notice = place.finance.recharge_notice_years;
        if before != who {
            let paid = recharge_rate(self.reading, occupier.building) * area_today;
            self.yearly(who, id, "recharge_paid", paid, 0.0);
            self.yearly(before, id, "recharge_received", -paid, 0.0);
            if seat.arrives {
                let due = paid * notice;
                self.once(who, id, "recharge_notice_paid", (0.0, due), 1);
                self.once(before, id, "recharge_notice_received", (0.0, -due), 1);
            }
        }
        let payer = pays(place, occupier, seat);
        if after != payer {
            let paid = recharge_rate(self.reading, seat.building) * area_after;
            self.yearly(payer, id, "recharge_paid", 0.0, paid);
            self.yearly(after, id, "recharge_received", 0.0, -paid);
        }
    }
}

/// Who pays the owner of the building that an occupier is in: the first declared payer of one that came into
/// another agency's building, else its own agency.
pub(super) fn pays(place: &Place, occupier: &Occupier, seat: Seat) -> AgencyIx {
    let own = occupier.agency;
    if !seat.arrives || place.building(seat.building).agency == own {
        return own;
    }
    for declared in &place.funding {
        let other_service = declared.service.is_some_and(|one| one != occupier.service);
        let other_agency = declared.agency.is_some_and(|one| one != own);
        if !other_service && !other_agency {
            return declared.by;
        }
    }
    own
}

/// £ a year for a square metre of another agency's building.
pub(super) fn recharge_rate(reading: &Reading<'_>, at: BuildingIx) -> f64 {
    let building = reading.place.building(at);
    let usable = building.usable.value.total().get();
    let area = match building.usable.grade {
        Grade::Defaulted => usable.max(reading.scope.used_today[at.index()]),
        _ => usable,
    };
    if area <= 0.0 {
        return 0.0;
    }
    let tenure = &building.tenure;
    let fixed = building.running_fixed.value.get() + tenure.rent.get() + building.rates.get();
    reading.place.finance.recharge_share * fixed / area + building.running_per_m2.get()
}

/// The optimism bias on fitting out floor of a type in a building.
pub(super) fn bias(place: &Place, at: BuildingIx, space: SpaceType) -> f64 {
    let finance = &place.finance;
    let usual = finance.optimism_bias.get(&space).copied().unwrap_or(0.0);
    if place.building(at).flags.contains(&Flag::Listed) && finance.listed_optimism_bias > usual {
        return finance.listed_optimism_bias;
    }
    usual
}
