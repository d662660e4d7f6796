//! Near ties with other buildings: buildings of a known plan are turned round, one after another, for as long as the
//! cost stays within what was asked.

use super::choice::Choice;
use super::limits::capacity::lacking;
use super::near_ties::Ties;
use crate::place::BuildingIx;
use crate::siting::clock::from_now;
use crate::siting::{Progress, Settled, SiteLock, Turn, Turned};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// The longest that is looked around one building.
const A_TURN: Duration = Duration::from_millis(400);
/// The shortest.
const A_TURN_AT_LEAST: Duration = Duration::from_millis(5);

/// A plan within what was asked in which one building is the other way round.
pub(super) struct Opposite {
    at: BuildingIx,
    cost: f64,
    choice: Choice,
}

impl Ties<'_> {
    /// The plans within what was asked that are the best one with one building the other way round, the cheapest
    /// first.
    pub(super) fn opposites(&self, time: Duration, progress: &dyn Progress) -> Vec<Opposite> {
        let mut found = Vec::new();
        let Some((best, settled)) = self.known.first().zip(self.settled(self.compiled)) else {
            return found;
        };
        let free: Vec<BuildingIx> = self.buildings().collect();
        let until = from_now(time);
        for (nth, at) in free.iter().enumerate() {
            if Instant::now() >= until || progress.cancelled() {
                break;
            }
            let left = until.saturating_duration_since(Instant::now());
            let each = left / (free.len() - nth) as u32;
            // What is quick leaves its time to the others.
            let turned = self.turned(&settled, best, *at, each * 4, progress);
            if let Some((choice, cost)) = turned.filter(|(choice, _)| self.apart(choice) > 0.0) {
                let at = *at;
                found.push(Opposite { at, cost, choice });
            }
        }
        found.sort_by(|one, other| one.cost.total_cmp(&other.cost));
        found
    }

    /// From the opposite that is furthest from the plans known on to others, turning one building after another, the
    /// cheapest first.
    pub(super) fn walked(
        &self,
        opposites: &[Opposite],
        until: Instant,
        progress: &dyn Progress,
    ) -> Option<Choice> {
        let rank = |one: &&Opposite| self.rank(&one.choice);
        // The first of those as far, which is the cheapest.
        let first = opposites.iter().rev().max_by(|one, other| {
            let (own, others) = (rank(one), rank(other));
            own.0.cmp(&others.0).then(own.1.total_cmp(&others.1))
        })?;
        let mut current = first.choice.clone();
        let mut tried = BTreeSet::from([first.at]);
        let order = opposites.iter().map(|one| one.at);
        let order: Vec<BuildingIx> = order.chain(self.buildings()).collect();
        loop {
            let mut compiled = self.compiled.clone();
            let starts = self.from.start_at(&mut compiled, &current.arrangement);
            let Some(settled) = self.settled(&compiled).filter(|_| starts) else {
                return Some(current);
            };
            let next = order.iter().find_map(|at| {
                if Instant::now() >= until || progress.cancelled() || !tried.insert(*at) {
                    return None;
                }
                let left = until.saturating_duration_since(Instant::now());
                let (choice, _) = self.turned(&settled, &current, *at, left / 4, progress)?;
                let (own, now) = (self.rank(&choice), self.rank(&current));
                (own.0 >= now.0 && own.1 > now.1).then_some(choice)
            });
            match next {
                Some(choice) => current = choice,
                None => return Some(current),
            }
        }
    }

    /// Whether a choice has other buildings than every plan known, and how far it is from the nearest of them.
    pub(super) fn rank(&self, choice: &Choice) -> (bool, f64) {
        let other = |known: &Choice| choice.open != known.open;
        (self.known.iter().all(other), self.apart(choice))
    }

    fn buildings(&self) -> impl Iterator<Item = BuildingIx> {
        let all = self.from.place.buildings().map(|(at, _)| at);
        all.filter(|at| self.compiled.free_site(*at).is_some())
    }

    fn settled<'c>(&self, compiled: &'c super::compile::Compiled) -> Option<Settled<'c>> {
        Settled::new(&compiled.problem, None)
    }

    /// A choice with a building the other way round, and its cost, where one is found within what was asked.
    fn turned(
        &self,
        settled: &Settled<'_>,
        now: &Choice,
        at: BuildingIx,
        time: Duration,
        progress: &dyn Progress,
    ) -> Option<(Choice, f64)> {
        let time = time.clamp(A_TURN_AT_LEAST, A_TURN);
        let turn = Turn {
            site: self.compiled.free_site(at)?,
            lock: match now.is_open(at) {
                true => SiteLock::Closed,
                false => SiteLock::Open,
            },
            time,
            enough: time,
            seed: self.wish.seed,
        };
        let Turned::Found(solution) = settled.turned(turn, progress) else {
            return None;
        };
        let choice = self.choice(&solution);
        let cost = self.from.books.cost(&choice);
        (cost <= self.most + 0.005 && lacking(self.from, &choice).is_empty())
            .then_some((choice, cost))
    }
}
