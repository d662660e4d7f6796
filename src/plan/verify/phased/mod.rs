//! The programme, read again from its steps: what is done, when it may be done, what it takes, what it
//! costs. Nothing of the phasing program is used here.

mod between;
mod caps;
mod cash;
mod counters;
mod dates;
mod gates;
mod lease;
mod money;
mod neighbours;
mod sensitivity;
mod steps;
mod worth;

use super::discrepancy::{Figure, Found};
use super::part::{Going, part_of};
use super::reading::Reading;
use crate::place::{AccessPoint, BuildingIx};
use crate::plan::{Act, Programme, Step};
use crate::travel::Travel;

/// A programme with its steps found: by occupier and by building, the first of each.
pub(super) struct Phased<'a> {
    pub(super) reading: &'a Reading<'a>,
    pub(super) programme: &'a Programme,
    pub(super) fitted: Vec<Option<&'a Step>>,
    pub(super) moved: Vec<Option<&'a Step>>,
    pub(super) opened: Vec<Option<&'a Step>>,
    pub(super) emptied: Vec<Option<&'a Step>>,
    pub(super) left: Vec<Option<&'a Step>>,
    pub(super) parts: Vec<Option<&'a Step>>,
    pub(super) sold: Vec<Option<&'a Step>>,
    /// By new counter of the place.
    pub(super) counters: Vec<Option<&'a Step>>,
}

/// Checks the programme of a plan that has one.
pub(super) fn check(reading: &Reading<'_>, travel: &Travel, found: &mut Found) {
    let Some(programme) = &reading.plan.programme else {
        return;
    };
    let phased = steps::read(reading, programme, found);
    dates::check(&phased, found);
    counters::check(&phased, travel, found);
    caps::check(&phased, found);
    neighbours::check(&phased, found);
    money::check(&phased, found);
    cash::check(&phased, found);
    worth::check(&phased, found);
    sensitivity::check(&phased, found);
    between::check(&phased, travel, found);
}

/// A field of a step: `programme.steps[move C001].year`.
pub(super) fn of_step<'a>(act: Act, subject: &'a str, field: &str) -> Figure<'a> {
    Figure {
        subject,
        name: format!("programme.steps[{} {subject}].{field}", act.name()),
    }
}

/// A field of an agency's year: `programme.cash[3 council].better_gbp`.
fn of_plan_year<'a>(list: &str, year: u32, agency: &'a str, field: &str) -> Figure<'a> {
    Figure {
        subject: agency,
        name: format!("programme.{list}[{year} {agency}].{field}"),
    }
}

impl Phased<'_> {
    /// Whole years between fit-out and move.
    fn lead(&self) -> u32 {
        self.reading.place.phase.fit_out_years
    }

    /// Year by whose end somebody has moved.
    fn move_year(&self, occupier: usize) -> Option<u32> {
        self.moved[occupier].map(|step| step.year)
    }

    /// The money of a part of a building that goes, by its step.
    fn part(&self, at: BuildingIx) -> Option<Going> {
        let step = self.parts[at.index()]?;
        let part = part_of(self.reading, at)?;
        let due = gates::before(self.reading, Act::Sell, None, at);
        let wait = gates::weeks(&due).div_ceil(52);
        Some(Going::from(self.reading.place, at, part, step.year, wait))
    }

    /// The new counters of the end state, each with the step that opens it.
    fn new_counters(&self) -> impl Iterator<Item = (&'_ AccessPoint, Option<&'_ Step>)> {
        let all = self.reading.place.points.iter().zip(&self.counters);
        let opened = all.filter(|(point, _)| counters::is_opened(self.reading, point));
        opened.map(|(point, step)| (point, *step))
    }

    /// Year by whose end a building stands empty.
    fn empty_year(&self, building: usize) -> Option<u32> {
        self.emptied[building].map(|step| step.year)
    }
}
