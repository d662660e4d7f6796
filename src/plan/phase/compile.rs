//! An end state as a phasing program: its steps, what they cost by year, what limits them.

use super::exit::{Leaving, leaving};
use super::gate::Gate;
use super::problem::{Choice, Event, Flow, Problem, Purse, Schedule};
use crate::place::{
    AgencyIx, Building, BuildingIx, Capital, Objective, OccupierIx, Place, PointIx, SiteIx,
};
use crate::plan::choice::Choice as EndState;
use crate::plan::finance::{
    Books, MoveCost, PartWorth, Spender, kept_after, spender, waiting_for_sale, years_on_sale,
};
use crate::plan::in_play::InPlay;
use crate::plan::{Action, Plan};
use crate::travel::Travel;
use std::collections::BTreeMap;

/// What an event of the program is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    /// A team or counter moves; its floor is fitted out before.
    Move(OccupierIx),
    /// A building stands empty.
    Empty(BuildingIx),
    /// All of a site stands empty: its shared cost ends, and what was held back is sold.
    Gone(SiteIx),
    /// A proposed building is in use.
    Open(BuildingIx),
    /// A site with nothing on it today is in use: its shared cost begins.
    Begun(SiteIx),
    /// A part of a building that stays is let or given up.
    Part(BuildingIx),
    /// A new counter is open.
    Point(PointIx),
}

/// The program of an end state, and what its events are.
pub(super) struct Compiled<'a> {
    pub(super) place: &'a Place,
    pub(super) travel: &'a Travel,
    pub(super) plan: &'a Plan,
    pub(super) end: &'a EndState,
    pub(super) in_play: &'a InPlay,
    pub(super) books: &'a Books<'a>,
    pub(super) problem: Problem,
    pub(super) whats: Vec<What>,
    /// Where each is among the events.
    pub(super) event_of: BTreeMap<What, usize>,
}

impl<'a> Compiled<'a> {
    /// Draws the program up; `whats` tells what its events are.
    pub(super) fn of(
        place: &'a Place,
        travel: &'a Travel,
        plan: &'a Plan,
        end: &'a EndState,
        in_play: &'a InPlay,
        books: &'a Books<'a>,
    ) -> Self {
        debug_assert_eq!(books.objective, Objective::NetPresentValue);
        let mut own = Self {
            place,
            travel,
            plan,
            end,
            in_play,
            books,
            problem: Problem {
                years: place.phase.years as usize,
                ..Problem::default()
            },
            whats: Vec::new(),
            event_of: BTreeMap::new(),
        };
        own.draw();
        own
    }

    fn draw(&mut self) {
        self.purses();
        for (at, _) in self.place.occupiers() {
            if self.end.moves(self.place, at) {
                self.moving(at);
            }
        }
        for site in (0..self.place.sites.len()).map(SiteIx::new) {
            self.site(site);
        }
        for (at, building) in self.place.buildings() {
            if !self.in_play.is_in_play(at) {
                continue;
            }
            match (building.proposed.is_some(), self.end.is_open(at)) {
                (true, true) => self.opening(at),
                (false, false) => self.emptying(at),
                _ if self.end.parts.contains(&at) => self.parting(at),
                _ => {}
            }
        }
        self.new_counters();
        self.neighbours();
        self.crews();
    }

    pub(super) fn lead(&self) -> u32 {
        self.place.phase.fit_out_years
    }

    pub(super) fn factor(&self, year: u32) -> f64 {
        self.books.calendar.factor(year)
    }

    /// Present value of a pound in every year after one.
    pub(super) fn after(&self, year: u32) -> f64 {
        (year + 1..self.place.finance.horizon_years)
            .map(|t| self.factor(t))
            .sum()
    }

    pub(super) fn add(
        &mut self,
        what: What,
        counts: bool,
        by_year: impl Fn(&Self, u32) -> Option<Choice>,
    ) {
        let years = 0..self.place.phase.years;
        let choices = years.map(|year| by_year(self, year)).collect();
        self.event_of.insert(what, self.whats.len());
        self.whats.push(what);
        self.problem.events.push(Event { choices, counts });
    }

    fn purses(&mut self) {
        let (phase, years) = (&self.place.phase, self.place.phase.years as usize);
        let purse = |limits: Vec<f64>| Purse {
            limits,
            recycles: phase.receipts_recyclable,
        };
        self.problem.purses = match &phase.capital {
            Capital::Unlimited => Vec::new(),
            Capital::Pooled(_) => {
                let limit = |year| phase.capital.of_all(year).unwrap_or(0.0);
                vec![purse((0..phase.years).map(limit).collect())]
            }
            Capital::ByAgency(purses) => purses.values().map(|a| purse(vec![*a; years])).collect(),
        };
    }

    fn purse_of(&self, agency: AgencyIx) -> Option<usize> {
        match &self.place.phase.capital {
            Capital::Unlimited => None,
            Capital::Pooled(_) => Some(0),
            Capital::ByAgency(purses) => purses.keys().position(|one| *one == agency),
        }
    }

    pub(super) fn flow(
        &self,
        agency: AgencyIx,
        year: u32,
        spent: f64,
        received: f64,
    ) -> Option<Flow> {
        let purse = self.purse_of(agency)?;
        (spent != 0.0 || received != 0.0).then_some(Flow {
            purse,
            year: year as usize,
            spent,
            received,
            own: 0.0,
            owner: agency.index(),
        })
    }

    /// What a building that is left pays and brings, and who may spend the receipt.
    fn flow_of(&self, at: BuildingIx, left: &Leaving) -> Option<Flow> {
        let building = self.place.building(at);
        let flow = self.flow(building.agency, left.year, left.paid, left.received)?;
        let pooled = matches!(self.place.phase.capital, Capital::Pooled(_));
        Some(match spender(building) {
            Spender::Nobody => Flow {
                received: flow.received.min(0.0),
                ..flow
            },
            // Costs of a sale above its price are everybody's.
            Spender::Owner if pooled && flow.received > 0.0 => Flow {
                received: 0.0,
                own: flow.received,
                ..flow
            },
            Spender::Owner | Spender::Anybody => flow,
        })
    }

    fn moving(&mut self, at: OccupierIx) {
        let place = self.place;
        let occupier = place.occupier(at);
        let (from, to) = (occupier.building, self.end.building(at));
        let areas = self.end.areas(place, at);
        let cost = MoveCost::of(place, at, to, &areas);
        let works = cost.fit_out + cost.fees;
        let per_m2 = |b: BuildingIx| place.building(b).running_per_m2.get();
        let running =
            per_m2(to) * areas.total().get() - per_m2(from) * occupier.needs.total().get();
        let gate = Gate::of_move(place, at, to, &self.plan.occupiers[at.index()]);
        let opens = place.building(to).proposed.as_deref();
        let first =
            (gate.year(place.base_date) + self.lead()).max(opens.map_or(0, |p| p.first_year));
        let lead = self.lead();
        let agency = occupier.agency;
        // A team leaves a building that is let go because it is let go: that counts, not the move.
        let counts = self.end.is_open(from);
        self.add(What::Move(at), counts, |own, year| {
            let fitted = year.checked_sub(lead)?;
            (year >= first).then(|| Choice {
                cost: own.factor(fitted) * works
                    + own.factor(year) * cost.removal
                    + own.after(year) * running,
                flows: [
                    own.flow(agency, fitted, works, 0.0),
                    own.flow(agency, year, cost.removal, 0.0),
                ]
                .into_iter()
                .flatten()
                .collect(),
            })
        });
    }

    /// A site whose shared cost ends or begins with the plan.
    fn site(&mut self, site: SiteIx) {
        let place = self.place;
        let on_it = &self.in_play.on_site[site.index()];
        let is_there = |at: &&BuildingIx| place.building(**at).proposed.is_none();
        let stays = on_it.iter().any(|at| self.end.is_open(*at));
        let there = on_it.iter().any(|at| is_there(&at));
        if on_it.is_empty() || self.in_play.site_always_paid(place, site) || there == stays {
            return;
        }
        let shared = place.sites[site.index()].fixed_cost.get();
        if stays {
            self.add(What::Begun(site), false, |own, year| {
                Some(Choice {
                    cost: own.after(year) * shared,
                    flows: Vec::new(),
                })
            });
            return;
        }
        let sold: Vec<BuildingIx> = on_it
            .iter()
            .copied()
            .filter(|at| self.plan.buildings[at.index()].action == Action::Sell)
            // One that stands alone is sold by itself, when it is empty.
            .filter(|at| self.in_play.shares_site(place, *at))
            .collect();
        self.add(What::Gone(site), false, |own, year| {
            let mut cost = -own.after(year) * shared;
            let mut flows = Vec::new();
            for at in &sold {
                // Each building counts its waiting to the end of time: what comes after the sale is
                // given back here.
                let held = own.leaving(*at, (year, year))?;
                cost -= own.held(*at, held.year - 1) + own.factor(held.year) * held.received;
                flows.extend(own.flow_of(*at, &held));
            }
            Some(Choice { cost, flows })
        });
    }

    /// What a building that is to be sold costs in every year after one, present value.
    fn held(&self, at: BuildingIx, year: u32) -> f64 {
        let (building, finance) = (self.place.building(at), &self.place.finance);
        let waiting = |t| {
            if t > year {
                waiting_for_sale(building, finance, t)
            } else {
                0.0
            }
        };
        self.books.calendar.worth(waiting)
    }

    fn leaving(&self, at: BuildingIx, years: (u32, u32)) -> Option<Leaving> {
        let action = self.plan.buildings[at.index()].action;
        leaving(self.place, at, action, years, &self.books.calendar)
    }

    /// The event after which a building that is sold is sold: its site's, where it shares one.
    fn sold_with(&self, at: BuildingIx) -> Option<usize> {
        let site = self.place.building(at).site?;
        let shares = self.in_play.shares_site(self.place, at);
        let sold = self.plan.buildings[at.index()].action == Action::Sell;
        self.event_of
            .get(&What::Gone(site))
            .copied()
            .filter(|_| shares && sold)
    }

    fn emptying(&mut self, at: BuildingIx) {
        let place = self.place;
        let building = place.building(at);
        let action = self.plan.buildings[at.index()].action;
        let first = Gate::of_letting_go(place, at).year(place.base_date);
        let with_site = self.sold_with(at);
        let avoided = match action {
            Action::Mothball => 0.0,
            _ => building.backlog.get(),
        };
        self.add(What::Empty(at), true, |own, year| {
            let left = own.leaving(at, (year, year)).filter(|_| year >= first)?;
            let kept = kept_after(building, &own.books.calendar, year);
            let saved = kept + own.factor(0) * avoided;
            if with_site.is_some() {
                return Some(Choice {
                    cost: own.held(at, year) - saved,
                    flows: Vec::new(),
                });
            }
            let once = own.factor(left.year) * (left.paid - left.received);
            let flow = own.flow_of(at, &left);
            Some(Choice {
                cost: -saved + left.waiting() + once,
                flows: flow.into_iter().collect(),
            })
        });
        let own = self.event_of[&What::Empty(at)];
        self.after_those_in(at, own);
        let site = building
            .site
            .and_then(|site| self.event_of.get(&What::Gone(site)));
        self.problem.orders.extend(site.map(|gone| (own, *gone)));
    }

    fn opening(&mut self, at: BuildingIx) {
        let place = self.place;
        let building = place.building(at);
        let Some(proposal) = building.proposed.as_deref() else {
            return;
        };
        let (lead, owner) = (self.lead(), building.agency);
        let once = proposal.opening_cost.get();
        let first = proposal.first_year;
        self.add(What::Open(at), true, |own, year| {
            let built = year.checked_sub(lead)?;
            (year >= first).then(|| Choice {
                cost: own.factor(built) * once
                    + own.factor(0) * building.backlog.get()
                    + kept_after(building, &own.books.calendar, year),
                flows: own.flow(owner, built, once, 0.0).into_iter().collect(),
            })
        });
        let own = self.event_of[&What::Open(at)];
        for (occupier, _) in place.occupiers() {
            if self.end.building(occupier) == at
                && let Some(moved) = self.event_of.get(&What::Move(occupier))
            {
                self.problem.orders.push((own, *moved));
            }
        }
        let site = building
            .site
            .and_then(|site| self.event_of.get(&What::Begun(site)));
        self.problem.orders.extend(site.map(|begun| (*begun, own)));
    }

    /// A part goes once those who leave the building have gone: beside those who stay and come there is room
    /// for it, because there is in the end state.
    fn parting(&mut self, at: BuildingIx) {
        let owner = self.place.building(at).agency;
        self.add(What::Part(at), true, |own, year| {
            let worth = own.part_worth(at, year)?;
            let works = own.flow(owner, year, worth.costs, 0.0);
            let sale = own.flow_of(at, &Leaving::sold(&worth));
            (worth.year == year).then(|| Choice {
                cost: -worth.npv,
                flows: works.into_iter().chain(sale).collect(),
            })
        });
        self.after_those_in(at, self.event_of[&What::Part(at)]);
    }

    /// An event waits for all who are in a building today and leave it.
    fn after_those_in(&mut self, at: BuildingIx, event: usize) {
        for occupier in &self.in_play.inside[at.index()] {
            if let Some(moved) = self.event_of.get(&What::Move(*occupier)) {
                self.problem.orders.push((*moved, event));
            }
        }
    }
}

impl Compiled<'_> {
    /// What a part of a building is worth that is free by the end of a year.
    pub(super) fn part_worth(&self, at: BuildingIx, year: u32) -> Option<PartWorth> {
        let (building, finance) = (self.place.building(at), &self.place.finance);
        let duties = Gate::of_sale(self.place, at, Action::Sell).years();
        let on_sale = years_on_sale(building, finance).max(duties);
        let part = building.part.as_deref()?;
        PartWorth::of(part, finance, &self.books.calendar, (year, on_sale))
    }

    /// The year of an event under a schedule.
    pub(super) fn year(&self, schedule: &Schedule, what: What) -> Option<u32> {
        let event = *self.event_of.get(&what)?;
        schedule[event].map(|year| year as u32)
    }

    /// The year after which a building is sold: its own, or that in which its site stands empty.
    pub(super) fn whole_by(
        &self,
        schedule: &Schedule,
        at: BuildingIx,
        emptied: u32,
    ) -> Option<u32> {
        let building: &Building = self.place.building(at);
        let shares = self.in_play.shares_site(self.place, at);
        let gone = building.site.filter(|_| shares).map(What::Gone);
        match gone.filter(|gone| self.event_of.contains_key(gone)) {
            Some(gone) => self.year(schedule, gone),
            None => Some(emptied),
        }
    }
}
