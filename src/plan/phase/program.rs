//! The phasing program as HiGHS takes it, through `good_lp`.
//!
//! A column says whether an event is done by the end of a year. In that form an order is one row
//! without numbers, and the relaxation is tight: only purses, rooms and crews cut it.

use super::problem::{Problem, Schedule};
use crate::siting::{Draft, Fill, Found, SitingError, Stop};
use std::collections::BTreeMap;

/// What is made least.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Aim {
    /// Parts of the end state that are left out.
    LeftOut,
    /// Cost, with no more than so many left out.
    Cost { left_out: usize, constant: f64 },
    /// What one more pound in every year of every purse must be, with nothing left out.
    MoreMoney,
}

/// What came out.
pub(super) struct Solved {
    pub(super) schedule: Option<Schedule>,
    pub(super) bound: Option<f64>,
}

/// Gives the program to HiGHS with a schedule to start from.
pub(super) fn solve(
    problem: &Problem,
    aim: Aim,
    start: Option<&Schedule>,
    stop: Stop,
) -> Result<Solved, SitingError> {
    let program = Program::new(problem, aim);
    let start = start.map(|schedule| program.start(schedule));
    Ok(match program.draft.solve(start.as_deref(), stop)? {
        Found::Infeasible => Solved {
            schedule: None,
            bound: None,
        },
        Found::Stopped { columns, bound, .. } => Solved {
            schedule: columns.map(|columns| program.schedule(&columns)),
            bound,
        },
    })
}

struct Program<'a> {
    problem: &'a Problem,
    draft: Draft,
    /// By event and year.
    done: Vec<Vec<usize>>,
    /// The column of more money, where it is asked for.
    more: Option<usize>,
    /// Columns of what owners draw on their own receipts: the purse, the year, whose.
    drawn: BTreeMap<usize, (usize, usize, usize)>,
}

/// Terms of each year.
type Years = Vec<Vec<(usize, f64)>>;

impl<'a> Program<'a> {
    fn new(problem: &'a Problem, aim: Aim) -> Self {
        let mut program = Self {
            problem,
            draft: Draft::default(),
            done: Vec::new(),
            more: None,
            drawn: BTreeMap::new(),
        };
        if let Aim::Cost { constant, .. } = aim {
            program.draft.constant = constant;
        }
        program.columns(aim);
        program.dates();
        program.orders();
        program.rooms();
        if aim == Aim::MoreMoney {
            let column = program
                .draft
                .follows(1.0, 0.0, f64::INFINITY, Fill::Smallest);
            program.more = Some(column);
        }
        program.purses();
        program.crews();
        program.left_out(aim);
        program
    }

    fn columns(&mut self, aim: Aim) {
        for event in &self.problem.events {
            let cost = |year: usize| {
                let choice = event.choices.get(year).and_then(Option::as_ref);
                choice.map_or(0.0, |choice| choice.cost)
            };
            let years = 0..self.problem.years;
            let columns = years.map(|year| {
                // Done by this year and not by the one before: the costs telescope.
                let own = match aim {
                    Aim::Cost { .. } => cost(year) - cost(year + 1),
                    Aim::LeftOut if event.counts && year + 1 == self.problem.years => -1.0,
                    Aim::LeftOut | Aim::MoreMoney => 0.0,
                };
                self.draft.decided(own, 0.0, 1.0, true)
            });
            self.done.push(columns.collect());
        }
    }

    /// An event is done once, and only in a year in which it may be.
    fn dates(&mut self) {
        for (event, done) in self.problem.events.iter().zip(&self.done) {
            for (year, column) in done.iter().enumerate() {
                let before = year.checked_sub(1).map(|year| done[year]);
                let may = event.choices[year].is_some();
                match (before, may) {
                    (Some(before), true) => {
                        self.draft
                            .at_most(0.0, vec![(before, 1.0), (*column, -1.0)]);
                    }
                    (Some(before), false) => {
                        self.draft
                            .row(0.0, 0.0, vec![(before, 1.0), (*column, -1.0)]);
                    }
                    (None, true) => {}
                    (None, false) => self.draft.columns[*column].upper = 0.0,
                }
            }
        }
    }

    fn orders(&mut self) {
        for year in 0..self.problem.years {
            for (earlier, later) in &self.problem.orders {
                let terms = vec![
                    (self.done[*later][year], 1.0),
                    (self.done[*earlier][year], -1.0),
                ];
                self.draft.at_most(0.0, terms);
            }
            for (events, later) in &self.problem.any {
                let mut terms = vec![(self.done[*later][year], 1.0)];
                terms.extend(events.iter().map(|event| (self.done[*event][year], -1.0)));
                self.draft.at_most(0.0, terms);
            }
        }
    }

    fn rooms(&mut self) {
        for room in &self.problem.rooms {
            let there: f64 = room.leaving.iter().map(|(_, amount)| amount).sum();
            for year in 0..self.problem.years {
                let reserved = |lead: usize| (year + lead).min(self.problem.years - 1);
                let coming = room.coming.iter();
                let mut terms: Vec<_> = coming
                    .map(|one| (self.done[one.event][reserved(one.lead)], one.amount))
                    .collect();
                let leaving = room.leaving.iter();
                terms.extend(leaving.map(|(event, amount)| (self.done[*event][year], -amount)));
                self.draft.at_most(room.left - there, terms);
            }
        }
    }

    /// Terms of an event that is done in a year, with a factor.
    fn in_year(&self, event: usize, year: usize, factor: f64, terms: &mut Vec<(usize, f64)>) {
        terms.push((self.done[event][year], factor));
        if let Some(before) = year.checked_sub(1) {
            terms.push((self.done[event][before], -factor));
        }
    }

    fn purses(&mut self) {
        for (at, purse) in self.problem.purses.iter().enumerate() {
            let years = self.problem.years;
            let mut spent = vec![Vec::new(); years];
            let mut received = vec![Vec::new(); years];
            // By owner with receipts that nobody else may spend: what it spends, and those receipts.
            let mut own: BTreeMap<usize, [Years; 2]> = BTreeMap::new();
            let fenced = purse.recycles && self.problem.has_own(at);
            for (number, event) in self.problem.events.iter().enumerate() {
                for (year, choice) in event.choices.iter().enumerate() {
                    let flows = choice.iter().flat_map(|choice| &choice.flows);
                    let flows = flows.filter(|flow| flow.purse == at && flow.year < years);
                    for flow in flows {
                        let add = |much: f64, to: &mut Years| {
                            if much != 0.0 {
                                self.in_year(number, year, much, &mut to[flow.year]);
                            }
                        };
                        add(flow.spent, &mut spent);
                        if purse.recycles {
                            add(flow.received, &mut received);
                        }
                        if fenced {
                            let none = || [vec![Vec::new(); years], vec![Vec::new(); years]];
                            let [out, back] = own.entry(flow.owner).or_insert_with(none);
                            add(flow.spent, out);
                            add(flow.own, back);
                        }
                    }
                }
            }
            own.retain(|_, [_, back]| back.iter().any(|terms| !terms.is_empty()));
            let drawn = self.draws(at, own);
            self.purse(purse, spent, received, drawn);
        }
    }

    /// Columns of what owners draw on their own receipts: no more than each spends, and than has come.
    fn draws(&mut self, purse: usize, own: BTreeMap<usize, [Years; 2]>) -> Years {
        let mut drawn = vec![Vec::new(); self.problem.years];
        for (owner, [spent, received]) in own {
            let mut so_far: Vec<(usize, f64)> = Vec::new();
            for (year, (spent, received)) in spent.into_iter().zip(received).enumerate() {
                let column = self.draft.decided(0.0, 0.0, f64::INFINITY, false);
                self.drawn.insert(column, (purse, year, owner));
                let mut terms: Vec<_> = spent.iter().map(|(at, much)| (*at, -much)).collect();
                terms.push((column, 1.0));
                self.draft.at_most(0.0, summed(terms));
                so_far.extend(received.iter().map(|(at, much)| (*at, -much)));
                so_far.push((column, 1.0));
                self.draft.at_most(0.0, summed(so_far.clone()));
                drawn[year].push((column, -1.0));
            }
        }
        drawn
    }

    /// What a purse spends in a year beyond its limit, and beyond what owners draw on their own, comes
    /// out of receipts that have arrived.
    fn purse(
        &mut self,
        purse: &super::problem::Purse,
        spent: Years,
        received: Years,
        drawn: Years,
    ) {
        let mut beyond: Vec<(usize, f64)> = Vec::new();
        let mut back: Vec<(usize, f64)> = Vec::new();
        for (year, mut terms) in spent.into_iter().enumerate() {
            terms.extend(&drawn[year]);
            if let Some(more) = self.more {
                terms.push((more, -1.0));
            }
            back.extend(received[year].iter().map(|(column, much)| (*column, -much)));
            if !purse.recycles {
                let row = self.draft.at_most(purse.limits[year], summed(terms));
                if let Some(more) = self.more {
                    self.draft.defines(row, more);
                }
                continue;
            }
            let column = self.draft.follows(0.0, 0.0, f64::INFINITY, Fill::Smallest);
            terms.push((column, -1.0));
            let row = self.draft.at_most(purse.limits[year], summed(terms));
            self.draft.defines(row, column);
            beyond.push((column, 1.0));
            let both = beyond.iter().chain(&back).copied().collect();
            self.draft.at_most(0.0, summed(both));
        }
    }

    fn crews(&mut self) {
        for crew in &self.problem.crews {
            for year in 0..self.problem.years {
                let mut terms = Vec::new();
                for project in &crew.projects {
                    let events = project.events.iter();
                    let events = events.map(|(event, lead)| (*event, year + lead));
                    let events: Vec<_> =
                        events.filter(|(_, at)| *at < self.problem.years).collect();
                    if events.is_empty() {
                        continue;
                    }
                    if let [(only, at)] = events.as_slice() {
                        self.in_year(*only, *at, 1.0, &mut terms);
                        continue;
                    }
                    let busy = self.draft.follows(0.0, 0.0, 1.0, Fill::Smallest);
                    for (event, at) in events {
                        let mut own = vec![(busy, 1.0)];
                        self.in_year(event, at, -1.0, &mut own);
                        let row = self.draft.at_least(0.0, own);
                        self.draft.defines(row, busy);
                    }
                    terms.push((busy, 1.0));
                }
                if !terms.is_empty() {
                    self.draft.at_most(crew.most as f64, terms);
                }
            }
        }
    }

    fn left_out(&mut self, aim: Aim) {
        let last = self.problem.years - 1;
        let counting = self.problem.events.iter().zip(&self.done);
        let counting: Vec<usize> = counting
            .filter(|(event, _)| event.counts)
            .map(|(_, done)| done[last])
            .collect();
        match aim {
            Aim::LeftOut => self.draft.constant = counting.len() as f64,
            Aim::Cost { left_out: 0, .. } | Aim::MoreMoney => {
                for column in counting {
                    self.draft.columns[column].lower = 1.0;
                }
            }
            Aim::Cost { left_out, .. } => {
                let least = counting.len().saturating_sub(left_out) as f64;
                let terms = counting.into_iter().map(|column| (column, 1.0)).collect();
                self.draft.at_least(least, terms);
            }
        }
    }

    fn start(&self, schedule: &Schedule) -> Vec<f64> {
        let years = self.problem.years;
        let purses = 0..self.problem.purses.len();
        let draws: Vec<_> = purses
            .map(|purse| match self.drawn.is_empty() {
                true => None,
                false => self.problem.draws(purse, schedule),
            })
            .collect();
        self.draft.complete(&|column| {
            if let Some((purse, year, owner)) = self.drawn.get(&column) {
                let drawn = draws[*purse].as_ref().and_then(|d| d[*year].get(owner));
                return drawn.copied().unwrap_or(0.0);
            }
            let (event, year) = (column / years, column % years);
            let done = schedule.get(event).copied().flatten();
            f64::from(u8::from(done.is_some_and(|at| at <= year)))
        })
    }

    fn schedule(&self, columns: &[f64]) -> Schedule {
        let done = |column: &usize| columns[*column] > 0.5;
        self.done
            .iter()
            .map(|years| years.iter().position(done))
            .collect()
    }
}

/// Terms of one column each: what cancels out is left out.
fn summed(terms: Vec<(usize, f64)>) -> Vec<(usize, f64)> {
    let mut sums = BTreeMap::new();
    for (column, much) in terms {
        *sums.entry(column).or_insert(0.0) += much;
    }
    sums.into_iter().filter(|(_, much)| *much != 0.0).collect()
}
