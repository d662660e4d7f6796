//! Parts of buildings that go while the rest stays: in the search a tenant that may come, and afterwards
//! wherever floor is left over.

use super::choice::Choice;
use super::compile::{Compiled, Sources};
use super::finance::may_part;
use super::in_play::named;
use super::limits::money::limits;
use crate::place::BuildingIx;
use crate::siting::{Choice as Times, Item, Placement, Solution};
use std::collections::{BTreeMap, BTreeSet};

/// Half a pound: what the sums of limits may be out by.
const TOLERANCE: f64 = 0.5;

impl Sources<'_> {
    /// A tenant for each part that is worth letting go, who may come or not, and for each that is decided to go.
    pub(super) fn parts(&self, compiled: &mut Compiled) {
        for (at, worth) in &self.books.parts {
            let room = self.rooms[at.index()].as_ref();
            let part = self.place.building(*at).part.as_deref();
            let (Some(site), Some(room), Some(part)) = (compiled.site(*at), room, part) else {
                continue;
            };
            let problem = &mut compiled.problem;
            let item = problem.items.len();
            let choice = match self.place.part_goes(*at) {
                true => Times::ExactlyOne,
                false => Times::AtMostOne,
            };
            problem.items.push(Item {
                name: format!("a part of {}", self.place.building(*at).id),
                choice,
                ..Item::default()
            });
            let placement = problem.placements.len();
            if let (Times::ExactlyOne, Some(start)) = (choice, &mut problem.start) {
                start.push(placement);
            }
            compiled.parts.insert(*at, placement);
            problem.placements.push(Placement {
                item,
                site,
                cost: -worth.under(self.books.objective),
                uses: room.uses(&part.floor, &BTreeMap::new()),
                ..Placement::default()
            });
        }
    }

    /// Lets the parts go that the arrangement leaves free, where that breaks no limit on money.
    pub(super) fn let_what_is_free(&self, choice: &mut Choice) {
        if self.books.parts.is_empty() {
            return;
        }
        self.keep_free_parts(choice);
        let limits = limits(&self.sums());
        let amounts = |choice: &Choice| -> Vec<f64> {
            let sums = self.sums();
            limits
                .iter()
                .map(|limit| limit.amount(&sums, choice))
                .collect()
        };
        for at in self.books.parts.keys() {
            if choice.parts.contains(at) || !self.is_free(choice, *at) {
                continue;
            }
            let before = amounts(choice);
            choice.parts.insert(*at);
            let after = amounts(choice);
            let breaks = limits
                .iter()
                .zip(before)
                .zip(after)
                .any(|((limit, was), is)| is > limit.most + TOLERANCE && is > was);
            if breaks {
                choice.parts.remove(at);
            }
        }
    }

    /// Lets the parts go that are decided to; what is in the way of each that cannot.
    pub(super) fn let_what_is_decided(&self, choice: &mut Choice) -> Vec<String> {
        let mut in_the_way = Vec::new();
        for at in self
            .books
            .parts
            .keys()
            .filter(|at| self.place.part_goes(**at))
        {
            if self.is_free(choice, *at) {
                choice.parts.insert(*at);
            } else {
                let building = named(self.place.building(*at));
                let why = "but there is no floor left for it, or the building is let go";
                in_the_way.push(format!("a part of {building} is to go, {why}"));
            }
        }
        in_the_way
    }

    /// Decisions on parts that no plan can follow, whoever is where.
    pub(super) fn parts_that_stay(&self) -> impl Iterator<Item = String> + '_ {
        let decided = self.place.buildings();
        let decided = decided
            .filter(|(at, _)| self.place.part_goes(*at) && !self.books.parts.contains_key(at));
        decided.map(|(_, building)| {
            let why = match building.part.as_deref() {
                None => "its register speaks of none".to_owned(),
                Some(part) => may_part(building, part).err().unwrap_or_else(|| {
                    "the building is outside the plan, more floor is in use today than there is, or the part would be sold after the horizon".to_owned()
                }),
            };
            format!("a part of {} is to go, but {why}", named(building))
        })
    }

    /// Takes parts back into use that may not go any more, or whose floor is needed.
    pub(super) fn keep_free_parts(&self, choice: &mut Choice) {
        let chosen = std::mem::take(&mut choice.parts);
        choice.parts = chosen
            .into_iter()
            .filter(|at| self.books.parts.contains_key(at) && self.is_free(choice, *at))
            .collect();
    }

    /// Whether a building stays and has the floor of its part left over.
    fn is_free(&self, choice: &Choice, at: BuildingIx) -> bool {
        let part = self.place.building(at).part.as_deref();
        let room = self.rooms[at.index()].as_ref();
        let left = part.zip(room).is_some_and(|(part, room)| {
            room.has_left(self.place, self.in_play, choice, (at, &part.floor))
        });
        left && choice.is_open(at)
    }
}

impl Compiled {
    /// The buildings of which a solution lets a part go.
    pub(super) fn parts_of(&self, solution: &Solution) -> BTreeSet<BuildingIx> {
        let chosen: BTreeSet<usize> = solution.chosen.iter().copied().collect();
        let gone = self.parts.iter().filter(|(_, at)| chosen.contains(at));
        gone.map(|(building, _)| *building).collect()
    }
}
