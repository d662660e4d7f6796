//! Parts of buildings that go while the rest stays: in the search a tenant that may come, and afterwards
//! wherever floor is left over.

use super::choice::Choice;
use super::compile::{Compiled, Sources};
use super::limits::money::limits;
use crate::place::BuildingIx;
use crate::siting::{Choice as Times, Item, Placement, Solution};
use std::collections::{BTreeMap, BTreeSet};

/// Half a pound: what the sums of limits may be out by.
const TOLERANCE: f64 = 0.5;

impl Sources<'_> {
    /// A tenant for each part that is worth letting go, who may come or not.
    pub(super) fn parts(&self, compiled: &mut Compiled) {
        for (at, worth) in &self.books.parts {
            let room = self.rooms[at.index()].as_ref();
            let part = self.place.building(*at).part.as_deref();
            let (Some(site), Some(room), Some(part)) = (compiled.site(*at), room, part) else {
                continue;
            };
            let problem = &mut compiled.problem;
            let item = problem.items.len();
            problem.items.push(Item {
                name: format!("a part of {}", self.place.building(*at).id),
                choice: Times::AtMostOne,
                ..Item::default()
            });
            compiled.parts.insert(*at, problem.placements.len());
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
