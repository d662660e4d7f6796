//! The phasing program for no place in particular: steps, years, and what limits them.

use super::fence::{self, PurseYear};

/// Money in a year that follows from a step: £ out of or into a purse.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Flow {
    pub(super) purse: usize,
    pub(super) year: usize,
    pub(super) spent: f64,
    /// What anybody may spend of it.
    pub(super) received: f64,
    /// What only the owner may spend.
    pub(super) own: f64,
    /// Whose money it is: an owner's number.
    pub(super) owner: usize,
}

/// What a step is and does when it is done by the end of a year.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choice {
    /// Present value against never, £.
    pub(super) cost: f64,
    pub(super) flows: Vec<Flow>,
}

/// One step of the programme.
#[derive(Clone, Debug, Default)]
pub(super) struct Event {
    /// By year; `None` where it cannot be done in that year.
    pub(super) choices: Vec<Option<Choice>>,
    /// Whether leaving it out leaves out part of the end state; the others only follow.
    pub(super) counts: bool,
}

/// Those who leave a building, and those who come: `uses` counts until the year of leaving is over,
/// `asks` from the year in which the floor is fitted out.
#[derive(Clone, Debug)]
pub(super) struct Room {
    pub(super) leaving: Vec<(usize, f64)>,
    pub(super) coming: Vec<Coming>,
    /// What both together may take.
    pub(super) left: f64,
}

/// One that comes, what it takes, and how many years before its own it takes it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Coming {
    pub(super) event: usize,
    pub(super) amount: f64,
    pub(super) lead: usize,
}

/// What may be spent in each year.
#[derive(Clone, Debug)]
pub(super) struct Purse {
    pub(super) limits: Vec<f64>,
    /// Whether receipts, from the year they arrive, may be spent beyond the limits.
    pub(super) recycles: bool,
}

/// Projects of one agency: each is one in every year in which one of its events, counted back by its own
/// years, falls.
#[derive(Clone, Debug)]
pub(super) struct Crew {
    pub(super) most: usize,
    pub(super) projects: Vec<Project>,
}

/// Events that are one project where they fall into one year.
#[derive(Clone, Debug)]
pub(super) struct Project {
    /// Each with the years by which its works come before it.
    pub(super) events: Vec<(usize, usize)>,
}

/// The program.
#[derive(Clone, Debug, Default)]
pub(super) struct Problem {
    pub(super) years: usize,
    pub(super) events: Vec<Event>,
    /// (earlier, later): the later is done no sooner than the earlier.
    pub(super) orders: Vec<(usize, usize)>,
    /// (events, later): the later is done no sooner than the first of the events.
    pub(super) any: Vec<(Vec<usize>, usize)>,
    pub(super) rooms: Vec<Room>,
    pub(super) purses: Vec<Purse>,
    pub(super) crews: Vec<Crew>,
}

/// By event: the year it is done; `None` where it is left out.
pub(super) type Schedule = Vec<Option<usize>>;

/// Tolerance of sums of floor, m² or desks.
const FLOOR: f64 = 1e-7;
/// Tolerance of sums of money: half a penny.
const MONEY: f64 = 0.005;

impl Problem {
    /// How many parts of the end state a schedule leaves out.
    pub(super) fn left_out(&self, schedule: &Schedule) -> usize {
        let events = self.events.iter().zip(schedule);
        events.filter(|(e, at)| e.counts && at.is_none()).count()
    }

    /// Present value of a schedule against doing nothing, £.
    pub(super) fn cost(&self, schedule: &Schedule) -> f64 {
        let events = self.events.iter().zip(schedule);
        let chosen = events.filter_map(|(event, at)| event.choices[(*at)?].as_ref());
        chosen.map(|choice| choice.cost).sum()
    }

    /// What each purse spends, and receives for anybody to spend, in each year of the programme.
    pub(super) fn flows(&self, schedule: &Schedule) -> Vec<Vec<(f64, f64)>> {
        let mut sums = vec![vec![(0.0, 0.0); self.years]; self.purses.len()];
        for (event, at) in self.events.iter().zip(schedule) {
            let choice = at.and_then(|at| event.choices[at].as_ref());
            for flow in choice.iter().flat_map(|choice| &choice.flows) {
                if let Some(sum) = sums[flow.purse].get_mut(flow.year) {
                    sum.0 += flow.spent;
                    sum.1 += flow.received;
                }
            }
        }
        sums
    }

    /// Whether a schedule keeps every limit; events that are left out need nothing.
    pub(super) fn fits(&self, schedule: &Schedule) -> bool {
        self.dates_fit(schedule)
            && self.rooms_fit(schedule)
            && self.purses_fit(schedule)
            && self.crews.iter().all(|crew| self.crew_fits(crew, schedule))
    }

    fn dates_fit(&self, schedule: &Schedule) -> bool {
        let may = |event: &Event, at: usize| event.choices.get(at).is_some_and(Option::is_some);
        let mut events = self.events.iter().zip(schedule);
        let by = |event: usize| schedule[event].unwrap_or(usize::MAX);
        events.all(|(event, at)| at.is_none_or(|at| may(event, at)))
            && self
                .orders
                .iter()
                .all(|(earlier, later)| schedule[*later].is_none() || by(*earlier) <= by(*later))
            && self.any.iter().all(|(events, later)| {
                schedule[*later].is_none() || events.iter().any(|event| by(*event) <= by(*later))
            })
    }

    fn rooms_fit(&self, schedule: &Schedule) -> bool {
        self.rooms.iter().all(|room| {
            (0..self.years).all(|year| {
                let gone = |event: usize| schedule[event].is_some_and(|at| at <= year);
                let comes =
                    |one: &&Coming| schedule[one.event].is_some_and(|at| at <= year + one.lead);
                let there = room.leaving.iter().filter(|(event, _)| !gone(*event));
                let coming = room.coming.iter().filter(comes).map(|one| one.amount);
                let taken: f64 = there.map(|(_, amount)| *amount).chain(coming).sum();
                let nobody_new = !room.coming.iter().any(|one| comes(&one));
                nobody_new || taken <= room.left + FLOOR
            })
        })
    }

    fn purses_fit(&self, schedule: &Schedule) -> bool {
        let flows = self.flows(schedule);
        let mut all = self.purses.iter().zip(&flows).enumerate();
        all.all(|(at, (purse, years))| {
            let (mut beyond, mut received) = (0.0, 0.0);
            let mut each = purse.limits.iter().zip(years);
            let fits = each.all(|(limit, (out, back))| {
                beyond += (out - limit).max(0.0);
                received += if purse.recycles { *back } else { 0.0 };
                beyond <= received + MONEY
            });
            fits || (purse.recycles && self.has_own(at) && self.draws(at, schedule).is_some())
        })
    }

    /// Whether any receipt of a purse may only be spent by its owner.
    pub(super) fn has_own(&self, purse: usize) -> bool {
        let choices = self.events.iter().flat_map(|event| event.choices.iter());
        let mut flows = choices.flatten().flat_map(|choice| &choice.flows);
        flows.any(|flow| flow.purse == purse && flow.own > 0.0)
    }

    /// What each owner draws on its own receipts in each year, so that a purse holds; `None` where it does
    /// not.
    pub(super) fn draws(&self, purse: usize, schedule: &Schedule) -> Option<fence::Draws> {
        let limits = self.purses[purse].limits.iter();
        let mut years: Vec<PurseYear> = limits
            .map(|limit| PurseYear {
                limit: *limit,
                ..PurseYear::default()
            })
            .collect();
        for (event, at) in self.events.iter().zip(schedule) {
            let choice = at.and_then(|at| event.choices[at].as_ref());
            let flows = choice.iter().flat_map(|choice| &choice.flows);
            for flow in flows.filter(|flow| flow.purse == purse) {
                let Some(year) = years.get_mut(flow.year) else {
                    continue;
                };
                year.spent += flow.spent;
                year.free += flow.received;
                let own = year.own.entry(flow.owner).or_default();
                own.0 += flow.spent;
                own.1 += flow.own;
            }
        }
        fence::draws(&years)
    }

    fn crew_fits(&self, crew: &Crew, schedule: &Schedule) -> bool {
        let mut busy = vec![0; self.years];
        for project in &crew.projects {
            let mut years: Vec<usize> = project
                .events
                .iter()
                .filter_map(|(event, lead)| schedule[*event]?.checked_sub(*lead))
                .collect();
            years.sort_unstable();
            years.dedup();
            for year in years {
                busy[year] += 1;
            }
        }
        busy.iter().all(|projects| *projects <= crew.most)
    }
}
