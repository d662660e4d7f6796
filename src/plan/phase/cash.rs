//! What each agency is better off by in each year of a programme, against today.

use super::compile::{Compiled, What};
use super::exit::leaving;
use super::problem::Schedule;
use crate::place::{AgencyIx, Building, BuildingIx, OccupierIx, PointIx, SiteIx};
use crate::plan::finance::{holding_cost, pence, recharge_rate, rent_until_sold, total};
use crate::plan::{Action, AgencyYear, Step};
use std::collections::BTreeMap;

/// What an agency saves in a year, £: each kind of property cost, recharges, repairs.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Saved {
    pub(super) running: f64,
    /// Rent received counts against it.
    pub(super) rent: f64,
    pub(super) rates: f64,
    pub(super) repairs: f64,
    recharges: f64,
}

impl Book<'_> {
    /// Every year of the horizon of every agency for which anything changes in any of them.
    pub(super) fn cash(&self, steps: &[Step]) -> Vec<AgencyYear> {
        let place = self.compiled.place;
        let agencies = place.agencies.iter().enumerate();
        agencies
            .flat_map(|(at, agency)| {
                let own = steps.iter().filter(|s| *s.agency == *agency.id.as_str());
                let own: Vec<&Step> = own.collect();
                let years = 0..place.finance.horizon_years;
                let years = years.map(|year| {
                    let saved = self.saved.get(&(AgencyIx::new(at), year));
                    row(
                        agency.id.as_str(),
                        year,
                        saved.copied().unwrap_or_default(),
                        &own,
                    )
                });
                let years: Vec<AgencyYear> = years.collect();
                match years.iter().any(is_something) {
                    true => years,
                    false => Vec::new(),
                }
            })
            .collect()
    }
}

fn is_something(year: &AgencyYear) -> bool {
    let sums = [
        year.recurring_saved_gbp,
        year.recharges_saved_gbp,
        year.one_off_gbp,
        year.receipts_gbp,
    ];
    sums.iter().any(|gbp| *gbp != 0.0)
}

fn row(agency: &str, year: u32, saved: Saved, steps: &[&Step]) -> AgencyYear {
    let now = || steps.iter().filter(|step| step.year == year);
    let recurring = pence(saved.running + saved.rent + saved.rates);
    let recharges = pence(saved.recharges);
    let spent = now().map(|step| step.capital_gbp);
    let one_off = total(spent.chain([-pence(saved.repairs)]));
    let receipts = total(now().map(|step| step.receipt_gbp));
    AgencyYear {
        agency: agency.to_owned(),
        year,
        recurring_saved_gbp: recurring,
        recharges_saved_gbp: recharges,
        one_off_gbp: one_off,
        receipts_gbp: receipts,
        better_gbp: total([recurring, recharges, -one_off, receipts].into_iter()),
    }
}

/// What every agency saves in every year.
pub(super) struct Book<'a> {
    compiled: &'a Compiled<'a>,
    schedule: &'a Schedule,
    pub(super) saved: BTreeMap<(AgencyIx, u32), Saved>,
    /// By year of sale: holding cost of a year of the buildings that are sold, £.
    pub(super) sold: BTreeMap<u32, f64>,
}

impl<'a> Book<'a> {
    /// The book of a schedule.
    pub(super) fn of(compiled: &'a Compiled<'a>, schedule: &'a Schedule) -> Self {
        let mut book = Self {
            compiled,
            schedule,
            saved: BTreeMap::new(),
            sold: BTreeMap::new(),
        };
        for what in &compiled.whats {
            let Some(year) = compiled.year(schedule, *what) else {
                continue;
            };
            match what {
                What::Move(at) => book.moved(*at, year),
                What::Empty(at) => book.emptied(*at, year),
                What::Open(at) => book.opened(*at, year),
                What::Gone(site) => book.shared(*site, year, 1.0),
                What::Begun(site) => book.shared(*site, year, -1.0),
                What::Part(at) => book.part(*at, year),
                What::Point(at) => book.new_counter(*at, year),
            }
        }
        book
    }

    fn in_year(&mut self, agency: AgencyIx, year: u32) -> &mut Saved {
        self.saved.entry((agency, year)).or_default()
    }

    /// Years after one, to the end of the horizon.
    fn after(&self, year: u32) -> std::ops::Range<u32> {
        year + 1..self.compiled.place.finance.horizon_years
    }

    fn moved(&mut self, at: OccupierIx, year: u32) {
        let place = self.compiled.place;
        let occupier = place.occupier(at);
        let (from, to) = (occupier.building, self.compiled.end.building(at));
        let before = occupier.needs.total().get();
        let after = self.compiled.end.areas(place, at).total().get();
        for (building, area, sign) in [(from, before, 1.0), (to, after, -1.0)] {
            let known = place.building(building);
            let rate = self.rate(building);
            for later in self.after(year) {
                let floor = known.running_per_m2.get() * area;
                self.in_year(known.agency, later).running += sign * floor;
                let payer = place.payer(at, building);
                if known.agency != payer {
                    self.in_year(payer, later).recharges += sign * rate * area;
                    self.in_year(known.agency, later).recharges -= sign * rate * area;
                }
            }
        }
        let owner = place.building(from).agency;
        let due = year + 1;
        if owner != occupier.agency && due < place.finance.horizon_years {
            let notice = self.rate(from) * before * place.finance.recharge_notice_years;
            self.in_year(occupier.agency, due).recharges -= notice;
            self.in_year(owner, due).recharges += notice;
        }
    }

    /// What a new counter costs beside its floor, and who pays whom for that.
    fn new_counter(&mut self, at: PointIx, year: u32) {
        let place = self.compiled.place;
        let point = place.point(at);
        let host = place.building(point.building);
        let area = point.needs.total().get();
        let rate = self.rate(point.building);
        for later in self.after(year) {
            self.in_year(point.agency, later).running -= point.running.get();
            self.in_year(host.agency, later).running -= host.running_per_m2.get() * area;
            if host.agency != point.agency {
                self.in_year(point.agency, later).recharges -= rate * area;
                self.in_year(host.agency, later).recharges += rate * area;
            }
        }
    }

    fn rate(&self, at: BuildingIx) -> f64 {
        let used = self.compiled.in_play.used_today[at.index()].total();
        recharge_rate(self.compiled.place, at, used)
    }

    fn emptied(&mut self, at: BuildingIx, year: u32) {
        let place = self.compiled.place;
        let building = place.building(at);
        let action = self.compiled.plan.buildings[at.index()].action;
        let whole = match action {
            Action::Sell => self.compiled.whole_by(self.schedule, at, year),
            _ => Some(year),
        };
        let calendar = &self.compiled.books.calendar;
        let left = whole.and_then(|whole| leaving(place, at, action, (year, whole), calendar));
        for later in self.after(year) {
            self.kept(building, later, 1.0);
            let saved = self.in_year(building.agency, later);
            match &left {
                Some(left) => {
                    saved.running -= left.holding.in_year(later);
                    saved.rent -= left.rent.in_year(later);
                }
                // Its site does not stand empty within the programme: it waits for ever.
                None => {
                    saved.running -= holding_cost(building, &place.finance);
                    saved.rent -= rent_until_sold(building, later);
                }
            }
        }
        if let Some(left) = left.filter(|_| action == Action::Sell) {
            *self.sold.entry(left.year).or_default() += holding_cost(building, &place.finance);
        }
        if action != Action::Mothball {
            self.in_year(building.agency, 0).repairs += building.backlog.get();
        }
    }

    /// What a year of keeping a building costs, saved or paid.
    fn kept(&mut self, building: &Building, year: u32, sign: f64) {
        let saved = self.in_year(building.agency, year);
        let tenure = &building.tenure;
        saved.running += sign * building.running_fixed.value.get();
        saved.rates += sign * building.rates.get();
        saved.rent += sign * (tenure.rent_in(year) - tenure.let_income.get());
    }

    fn opened(&mut self, at: BuildingIx, year: u32) {
        let building = self.compiled.place.building(at);
        for later in self.after(year) {
            self.kept(building, later, -1.0);
        }
        self.in_year(building.agency, 0).repairs -= building.backlog.get();
    }

    /// What a part brings from its year on.
    fn part(&mut self, at: BuildingIx, year: u32) {
        let agency = self.compiled.place.building(at).agency;
        let worth = self.compiled.part_worth(at, year);
        for later in self.after(year) {
            let brings = worth.as_ref().map_or(0.0, |worth| worth.in_year(later));
            self.in_year(agency, later).rent += brings;
        }
    }

    /// Shared cost of a site that ends, or begins.
    fn shared(&mut self, site: SiteIx, year: u32, sign: f64) {
        let place = self.compiled.place;
        let Some(first) = self.compiled.in_play.on_site[site.index()].first() else {
            return;
        };
        let cost = place.sites[site.index()].fixed_cost.get();
        for later in self.after(year) {
            self.in_year(place.building(*first).agency, later).running += sign * cost;
        }
    }
}
