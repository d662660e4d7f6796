//! A schedule written out: steps, money by year, what is left out and why.

use super::cash::Book;
use super::compile::{Compiled, What};
use super::exit::leaving;
use super::gate::Gate;
use super::leans;
use super::problem::{Choice, Schedule};
use crate::place::words::pounds;
use crate::place::{AgencyIx, BuildingIx, Fence, OccupierIx, PartExit, PointIx};
use crate::plan::finance::{MoveCost, pence, total};
use crate::plan::in_play::named;
use crate::plan::sensitivity::sensitivity;
use crate::plan::{Act, Action, GAP_OF, Postponed, Programme, Relief, Status, Step, YearSum};
use jiff::ToSpan;
use std::collections::{BTreeMap, BTreeSet};

pub(super) struct Writer<'a> {
    pub(super) compiled: &'a Compiled<'a>,
    pub(super) schedule: &'a Schedule,
}

/// What a receipt may be spent on, in a word or in the register's.
fn in_a_word(fence: &Fence) -> String {
    match fence {
        Fence::Owner => "owner".to_owned(),
        Fence::Purpose(purpose) => purpose.to_string(),
    }
}

impl Writer<'_> {
    pub(super) fn programme(
        &self,
        do_minimum: f64,
        bound: Option<f64>,
        unphased: f64,
        gap_asked: f64,
        relief: Vec<Relief>,
    ) -> Programme {
        let do_minimum = pence(do_minimum);
        let value = pence(do_minimum + self.compiled.problem.cost(self.schedule));
        let bound = bound.map(|bound| ((bound * 100.0 + 1e-4).floor() / 100.0 + 0.0).min(value));
        let gap = bound.and_then(|bound| crate::plan::assemble::gap(value, bound));
        let steps = self.steps();
        let book = Book::of(self.compiled, self.schedule);
        let place = self.compiled.place;
        let parts = leans::parts(&book, &steps, &place.finance);
        Programme {
            status: match gap {
                Some(gap) if gap <= gap_asked + 1e-8 => Status::WithinGap,
                _ => Status::Limit,
            },
            gap_of: GAP_OF.to_owned(),
            value,
            bound,
            gap,
            do_minimum,
            saving_gbp: pence(do_minimum - value),
            saving_at_most_gbp: bound.map(|bound| pence(do_minimum - bound)),
            end_state_saving_gbp: unphased,
            years: self.years(&steps),
            cash: book.cash(&steps),
            sensitivity: sensitivity(place, &parts),
            steps,
            worth: Vec::new(),
            successors: Vec::new(),
            between: Vec::new(),
            postponed: self.postponed(),
            relief,
        }
    }

    fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        for what in &self.compiled.whats {
            let Some(year) = self.compiled.year(self.schedule, *what) else {
                continue;
            };
            match what {
                What::Move(at) => steps.extend(self.moving(*at, year)),
                What::Empty(at) => steps.extend(self.emptying(*at, year)),
                What::Open(at) => steps.push(self.opening(*at, year)),
                What::Part(at) => steps.extend(self.parting(*at, year)),
                What::Point(at) => steps.push(self.new_counter(*at, year)),
                What::Gone(_) | What::Begun(_) => {}
            }
        }
        steps.sort_by(|a, b| {
            let key = |step: &Step| (step.year, step.act);
            key(a).cmp(&key(b)).then_with(|| a.subject.cmp(&b.subject))
        });
        steps
    }

    fn step(&self, year: u32, act: Act, subject: &str, whose: AgencyIx, at: BuildingIx) -> Step {
        let place = self.compiled.place;
        Step {
            year,
            act,
            subject: subject.to_owned(),
            agency: place.agency(whose).id.to_string(),
            building_id: place.building(at).id.to_string(),
            capital_gbp: 0.0,
            receipt_gbp: 0.0,
            receipt_for: None,
            date: None,
            notice_by: None,
            duties: Vec::new(),
            not_before: None,
            wait_weeks: None,
        }
    }

    fn gated(&self, gate: &Gate<'_>, step: Step) -> Step {
        if gate.duties.is_empty() {
            return step;
        }
        Step {
            duties: gate.ids(),
            not_before: Some(gate.opens(self.compiled.place.base_date).to_string()),
            ..step
        }
    }

    fn moving(&self, at: OccupierIx, year: u32) -> [Step; 2] {
        let Compiled {
            place, plan, end, ..
        } = self.compiled;
        let occupier = place.occupier(at);
        let cost = MoveCost::of(place, at, end.building(at), &end.areas(place, at));
        let step = |year, act, capital_gbp| Step {
            capital_gbp: pence(capital_gbp),
            ..self.step(
                year,
                act,
                occupier.id.as_str(),
                occupier.agency,
                end.building(at),
            )
        };
        let gate = Gate::of_move(place, at, end.building(at), &plan.occupiers[at.index()]);
        let fitted = year - place.phase.fit_out_years;
        [
            self.gated(&gate, step(fitted, Act::FitOut, cost.fit_out + cost.fees)),
            step(year, Act::Move, cost.removal),
        ]
    }

    fn opening(&self, at: BuildingIx, year: u32) -> Step {
        let place = self.compiled.place;
        let building = place.building(at);
        let cost = building
            .proposed
            .as_deref()
            .map_or(0.0, |p| p.opening_cost.get());
        let built = year - place.phase.fit_out_years;
        Step {
            capital_gbp: pence(cost),
            ..self.step(built, Act::Open, building.id.as_str(), building.agency, at)
        }
    }

    /// The works, and the sale of a part that is sold.
    fn parting(&self, at: BuildingIx, year: u32) -> Vec<Step> {
        let building = self.compiled.place.building(at);
        let Some(worth) = self.compiled.part_worth(at, year) else {
            return Vec::new();
        };
        let step = |year, act| self.step(year, act, building.id.as_str(), building.agency, at);
        let works = Step {
            capital_gbp: pence(worth.costs),
            ..step(year, Act::Part)
        };
        let how = building.part.as_deref().map(|part| part.how);
        let sale = (how == Some(PartExit::Sell)).then(|| Step {
            receipt_gbp: pence(worth.receipt - worth.disposal_cost),
            ..self.sold(at, step(worth.brings_from, Act::PartSale))
        });
        [works].into_iter().chain(sale).collect()
    }

    /// What a sale waits for, and what its receipt may be spent on.
    fn sold(&self, at: BuildingIx, step: Step) -> Step {
        let place = self.compiled.place;
        let waits = Gate::of_sale(place, at, Action::Sell);
        let fence = place.building(at).receipt_terms.fence.as_ref();
        Step {
            receipt_for: fence.map(in_a_word),
            duties: waits.ids(),
            wait_weeks: (!waits.duties.is_empty()).then(|| waits.weeks()),
            ..step
        }
    }

    fn new_counter(&self, at: PointIx, year: u32) -> Step {
        let point = self.compiled.place.point(at);
        let id = point.id.as_str();
        Step {
            capital_gbp: pence(point.opening.get()),
            ..self.step(year, Act::NewCounter, id, point.agency, point.building)
        }
    }

    fn emptying(&self, at: BuildingIx, year: u32) -> Vec<Step> {
        let Compiled {
            place, plan, books, ..
        } = self.compiled;
        let building = place.building(at);
        let action = plan.buildings[at.index()].action;
        let step = |year, act| self.step(year, act, building.id.as_str(), building.agency, at);
        let gate = Gate::of_letting_go(place, at);
        let mut steps = vec![self.gated(&gate, step(year, Act::Empty))];
        let act = match action {
            Action::ReleaseLease => Act::ReleaseLease,
            Action::Sell => Act::Sell,
            Action::Transfer => Act::Transfer,
            Action::Sublet => Act::Sublet,
            _ => Act::Mothball,
        };
        let whole = match action {
            Action::Sell => self.compiled.whole_by(self.schedule, at, year),
            _ => Some(year),
        };
        let left =
            whole.and_then(|whole| leaving(place, at, action, (year, whole), &books.calendar));
        steps.extend(left.map(|left| {
            let step = Step {
                capital_gbp: pence(left.paid),
                receipt_gbp: pence(left.received),
                date: left.date.map(|day| day.to_string()),
                notice_by: left.notice_by.map(|day| day.to_string()),
                ..step(left.year, act)
            };
            match act {
                Act::Sell => self.sold(at, step),
                Act::ReleaseLease if left.by_agreement => Step {
                    act: Act::Surrender,
                    ..step
                },
                _ => step,
            }
        }));
        steps
    }

    fn years(&self, steps: &[Step]) -> Vec<YearSum> {
        // Spent, received, and received for one purpose.
        type Sums = (Vec<f64>, Vec<f64>, Vec<f64>);
        let mut money: BTreeMap<(u32, &str), Sums> = BTreeMap::new();
        let mut projects: BTreeMap<(u32, &str), BTreeSet<(bool, &str)>> = BTreeMap::new();
        for step in steps {
            let key = (step.year, step.agency.as_str());
            let sums = money.entry(key).or_default();
            sums.0.push(step.capital_gbp);
            sums.1.push(step.receipt_gbp);
            if step.receipt_for.is_some() {
                sums.2.push(step.receipt_gbp);
            }
            if step.act.is_a_project() {
                let project = (step.act == Act::Empty, step.building_id.as_str());
                projects.entry(key).or_default().insert(project);
            }
        }
        let place = self.compiled.place;
        let drawn = self.drawn();
        let drawn = |year: u32, agency: &str| {
            let of = drawn.get(&(year, agency)).copied();
            of.map_or(0.0, pence)
        };
        let years = money
            .into_iter()
            .map(|((year, agency), (capital, receipts, fenced))| YearSum {
                year,
                begins: place
                    .base_date
                    .saturating_add(i64::from(year).years())
                    .to_string(),
                agency: agency.to_owned(),
                capital_gbp: total(capital.into_iter()),
                receipts_gbp: total(receipts.into_iter()),
                ring_fenced_gbp: total(fenced.into_iter()),
                from_ring_fence_gbp: drawn(year, agency),
                projects: projects.get(&(year, agency)).map_or(0, |p| p.len() as u32),
            });
        let is_something =
            |sum: &YearSum| sum.capital_gbp != 0.0 || sum.receipts_gbp != 0.0 || sum.projects > 0;
        years.filter(is_something).collect()
    }

    /// What agencies draw on receipts that nobody else may spend, by year.
    fn drawn(&self) -> BTreeMap<(u32, &str), f64> {
        let Compiled { place, problem, .. } = self.compiled;
        let purses = 0..problem.purses.len();
        let fenced = purses.filter(|at| problem.purses[*at].recycles && problem.has_own(*at));
        let draws = fenced.filter_map(|at| problem.draws(at, self.schedule));
        let by_year = draws.flat_map(|draws| (0..).zip(draws));
        by_year
            .flat_map(|(year, owners)| {
                owners
                    .into_iter()
                    .map(move |(owner, gbp)| ((year, place.agencies[owner].id.as_str()), gbp))
            })
            .collect()
    }

    fn postponed(&self) -> Vec<Postponed> {
        let Compiled { place, problem, .. } = self.compiled;
        let mut all = Vec::new();
        for (event, what) in self.compiled.whats.iter().enumerate() {
            if self.schedule[event].is_some() {
                continue;
            }
            let (act, subject) = match what {
                What::Move(at) => (Act::Move, place.occupier(*at).id.to_string()),
                What::Empty(at) => (Act::Empty, place.building(*at).id.to_string()),
                What::Open(at) => (Act::Open, place.building(*at).id.to_string()),
                What::Part(at) => (Act::Part, place.building(*at).id.to_string()),
                What::Point(at) => (Act::NewCounter, place.point(*at).id.to_string()),
                What::Gone(_) | What::Begun(_) => continue,
            };
            let choices = &problem.events[event].choices;
            all.push(Postponed {
                act,
                subject,
                reason: self.why(event, *what, choices),
            });
        }
        all
    }

    /// Why an event has no year, in a sentence.
    fn why(&self, event: usize, what: What, choices: &[Option<Choice>]) -> String {
        let place = self.compiled.place;
        let years = place.phase.years;
        if choices.iter().all(Option::is_none) {
            return match what {
                What::Empty(_) => format!(
                    "its lease has no day on which it can be left, or its duties take longer than the {years} years"
                ),
                What::Part(_) => format!("it can be free, or sold, only after the {years} years"),
                _ => format!("its duties, or its building, take longer than the {years} years"),
            };
        }
        let waits = self.compiled.problem.orders.iter();
        let mut waits =
            waits.filter(|(earlier, later)| *later == event && self.schedule[*earlier].is_none());
        if let Some((earlier, _)) = waits.next() {
            return format!(
                "it waits for {}",
                self.called(self.compiled.whats[*earlier])
            );
        }
        if let Some(limit) = self.too_dear(choices) {
            return limit;
        }
        if let Some(other) = self.in_the_way(event) {
            return format!(
                "it needs the floor of {}, and neither can go first",
                self.called_who(self.compiled.whats[other])
            );
        }
        if let What::Move(at) = what
            && let Some(&left) = self
                .compiled
                .event_of
                .get(&What::Empty(place.occupier(at).building))
            && self.schedule[left].is_none()
        {
            return format!("the building it leaves is not let go within the {years} years");
        }
        format!("the limits leave no room for it in any of the {years} years")
    }

    /// One whose floor it needs and who has no year: two that change places need a third.
    fn in_the_way(&self, event: usize) -> Option<usize> {
        let mut rooms = self.compiled.problem.rooms.iter();
        rooms.find_map(|room| {
            let comes = room.coming.iter().any(|one| one.event == event);
            let mut leaving = room.leaving.iter().map(|(one, _)| *one);
            let stuck = leaving.find(|one| self.schedule[*one].is_none());
            stuck.filter(|_| comes)
        })
    }

    /// What it costs, where that is more than any year's capital.
    fn too_dear(&self, choices: &[Option<Choice>]) -> Option<String> {
        let problem = &self.compiled.problem;
        let flows = choices.iter().flatten().next()?.flows.iter();
        let dearest = flows.max_by(|a, b| a.spent.total_cmp(&b.spent))?;
        let purse = &problem.purses[dearest.purse];
        let most = purse.limits.iter().copied().fold(0.0, f64::max);
        (dearest.spent > most && !purse.recycles).then(|| {
            format!(
                "it costs {} in one year, and no year has more than {}",
                pounds(dearest.spent),
                pounds(most)
            )
        })
    }

    fn called_who(&self, what: What) -> String {
        let called = self.called(what);
        called
            .strip_suffix(" to move")
            .map_or(called.clone(), str::to_owned)
    }

    fn called(&self, what: What) -> String {
        let place = self.compiled.place;
        match what {
            What::Move(at) => {
                let occupier = place.occupier(at);
                format!("{} ({}) to move", occupier.name, occupier.id)
            }
            What::Empty(at) => format!("{} to be empty", named(place.building(at))),
            What::Part(at) => format!("a part of {} to go", named(place.building(at))),
            What::Open(at) => format!("{} to open", named(place.building(at))),
            What::Point(at) => format!("{} to open", place.point(at).id),
            What::Gone(site) | What::Begun(site) => place.sites[site.index()].name.clone(),
        }
    }
}
