//! Plans that cost nearly as little as the best one and differ most from it and from each other.
//!
//! Buildings of the best are turned round, one after another, for as long as the cost stays within what was asked. Beside
//! it each is looked for by charging the search for every building and team that is as in a plan already
//! found: the dearer that is, the more a plan differs and the more it costs. The charge is raised or lowered
//! until the cost is just within what was asked.

use super::assemble::{Found, assemble, gap};
use super::choice::Choice;
use super::compile::{Compiled, Sources};
use super::limits::capacity::lacking;
use super::report::{Plan, Run, Status};
use super::second_stage::unshortened;
use super::solve::{Wish, with_sources};
use crate::place::Place;
use crate::siting::clock::from_now;
use crate::siting::{Ask, Problem, Progress, Proof, Quiet, Solution, solve};
use crate::travel::Travel;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// A building that is kept in one plan and let go in the other counts as much as so many teams.
const BUILDING: f64 = 2.0;

/// How many charges are tried for each plan.
const CHARGES: u32 = 3;

/// By how much a charge is raised or lowered.
const STEP: f64 = 3.0;

/// Share of the time in which every building is turned round once.
const OPPOSITES: f64 = 0.3;

/// Share of the items and sites that a first charge expects to change for all the money there is.
const FIRST: f64 = 0.15;

/// What counts as nearly as good, and how many such plans are wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nearness {
    /// They cost at most this much more than the best, as a share of its cost.
    pub within: f64,
    /// How many.
    pub count: usize,
}

/// Plans within so much of the best, each as different as was found from it and from those before; fewer
/// where no more were found in the time. They are not verified.
pub fn near_ties(
    place: &Place,
    travel: &Travel,
    best: &Plan,
    wish: &Wish,
    nearness: Nearness,
    progress: &dyn Progress,
) -> Vec<Plan> {
    let until = from_now(wish.time);
    with_sources(place, travel, best.objective, false, |from| {
        let mut compiled = from.compile();
        if !from.start_at(&mut compiled, &best.arrangement(place)) {
            return Vec::new();
        }
        let first = Choice::of_plan(place, from.in_play, best);
        let mut ties = Ties {
            from,
            compiled: &compiled,
            wish,
            most: best.value + nearness.within * best.value.abs(),
            known: vec![first],
        };
        let opposites = ties.opposites(wish.time.mul_f64(OPPOSITES), progress);
        let mut plans = Vec::new();
        for nth in 0..nearness.count {
            let left = until.saturating_duration_since(Instant::now());
            let share = left / (nearness.count - nth) as u32;
            let walked = ties.walked(&opposites, from_now(share / 2), progress);
            let left = until.saturating_duration_since(Instant::now());
            let share = left / (nearness.count - nth) as u32;
            let walked = walked.filter(|choice| ties.apart(choice) > 0.0);
            let Some(choice) = ties.next(nth, share, walked, progress) else {
                break;
            };
            plans.push(ties.written(best, &choice));
            ties.known.push(choice);
        }
        plans
    })
}

pub(super) struct Ties<'a> {
    pub(super) from: &'a Sources<'a>,
    pub(super) compiled: &'a Compiled,
    pub(super) wish: &'a Wish,
    /// The most a plan may cost.
    pub(super) most: f64,
    /// The best, and those found so far.
    pub(super) known: Vec<Choice>,
}

impl Ties<'_> {
    /// The plan found that is furthest from the nearest of those known, one with other buildings before all others.
    fn next(
        &self,
        nth: usize,
        time: Duration,
        walked: Option<Choice>,
        progress: &dyn Progress,
    ) -> Option<Choice> {
        let problem = &self.compiled.problem;
        let things = problem.items.len() as f64 + BUILDING * problem.sites.len() as f64;
        let cost = self
            .known
            .first()
            .map_or(0.0, |best| self.from.books.cost(best));
        let spare = (self.most - cost).max(0.01);
        let mut charge = spare / (FIRST * things).max(1.0);
        let mut furthest: Option<((bool, f64), Choice)> =
            walked.map(|choice| (self.rank(&choice), choice));
        for trial in 0..CHARGES {
            if progress.cancelled() {
                break;
            }
            let ask = Ask {
                gap: 0.005,
                time: (time / CHARGES).max(Duration::from_millis(100)),
                seed: self
                    .wish
                    .seed
                    .wrapping_add(17 * (nth as u64 + 1) + u64::from(trial)),
                rounds: None,
                least_travel_within: None,
            };
            let charged = self.charged(charge);
            let found = solve(&charged, &ask, &Quiet(progress)).ok();
            let found = found.map(|answer| self.choice(&answer.solution));
            let within = found.as_ref().is_some_and(|choice| {
                self.from.books.cost(choice) <= self.most + 0.005
                    && lacking(self.from, choice).is_empty()
            });
            if let (Some(choice), true) = (found, within) {
                let rank = self.rank(&choice);
                let further = |most: &(bool, f64)| {
                    let by_buildings = rank.0.cmp(&most.0);
                    by_buildings.then(rank.1.total_cmp(&most.1)).is_gt()
                };
                if rank.1 > 0.0 && furthest.as_ref().is_none_or(|(most, _)| further(most)) {
                    furthest = Some((rank, choice));
                }
            }
            charge *= if within { STEP } else { 1.0 / STEP };
        }
        furthest.map(|(_, choice)| choice)
    }

    /// The choice of a solution. A building that is open only to be different is not.
    pub(super) fn choice(&self, solution: &Solution) -> Choice {
        let mut choice = self.from.choice(self.compiled, solution);
        let mut held: BTreeSet<_> = choice.arrangement.building.iter().copied().collect();
        let opened = choice.arrangement.opened(self.from.place);
        held.extend(opened.map(|(_, point)| point.building));
        for (at, _) in self.from.place.buildings() {
            let site = self.compiled.free_site(at);
            let problem = &self.compiled.problem;
            let pays = problem.rows.is_empty()
                && site.is_some_and(|site| problem.sites[site].fixed_cost > 0.0);
            if pays && !held.contains(&at) {
                choice.open[at.index()] = false;
            }
        }
        self.from.keep_free_parts(&mut choice);
        choice
    }

    /// The problem in which being as in a known plan is charged for.
    fn charged(&self, charge: f64) -> Problem {
        let mut problem = self.compiled.problem.clone();
        for known in &self.known {
            let taken = self.from.positions(&known.arrangement);
            for position in taken.into_iter().flatten() {
                problem.placements[position].cost += charge;
            }
            for (at, _) in self.from.place.buildings() {
                let Some(site) = self.compiled.free_site(at) else {
                    continue;
                };
                let sign = if known.is_open(at) { 1.0 } else { -1.0 };
                problem.sites[site].fixed_cost += sign * BUILDING * charge;
            }
        }
        problem
    }

    /// How far a choice is from the nearest of those known.
    pub(super) fn apart(&self, choice: &Choice) -> f64 {
        let from_one = |known: &Choice| {
            let open = choice.open.iter().zip(&known.open);
            let seats = choice.arrangement.building.iter();
            let seats = seats.zip(&known.arrangement.building);
            let buildings = open.filter(|(own, other)| own != other).count();
            let teams = seats.filter(|(own, other)| own != other).count();
            BUILDING * buildings as f64 + teams as f64
        };
        let all = self.known.iter().map(from_one);
        all.reduce(f64::min).unwrap_or(0.0)
    }

    fn written(&self, best: &Plan, choice: &Choice) -> Plan {
        let value = self.from.books.cost(choice);
        let reached = best.bound.and_then(|bound| gap(value, bound));
        let within = reached.is_some_and(|gap| gap <= self.wish.gap);
        let found = Found {
            status: if within {
                Status::WithinGap
            } else {
                Status::Limit
            },
            bound: best.bound,
            bound_source: best.bound_source,
            certificate: best.certificate.clone(),
            proofs: vec![Some(Proof::BestFound); self.from.place.buildings.len()],
            travel: Some(unshortened(self.from, choice)),
            run: Run {
                engine: "near tie".to_owned(),
                gap_asked: self.wish.gap,
                ..best.run.clone()
            },
        };
        assemble(self.from, choice, found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::sample::six_buildings;
    use crate::plan::plan;
    use crate::plan::verify::verify;

    #[test]
    fn near_ties_are_verified_plans_within_what_was_asked_and_no_two_alike() {
        let place = six_buildings();
        let travel = Travel::new(&place, Vec::new());
        let wish = Wish {
            gap: 0.0,
            time: Duration::from_secs(10),
            second_stage: false,
            ..Wish::default()
        };
        let best = plan(&place, &travel, &wish, &()).expect("a plan");
        let nearness = Nearness {
            within: 0.5,
            count: 2,
        };
        let ties = near_ties(&place, &travel, &best, &wish, nearness, &());
        assert!(!ties.is_empty());
        let mut seen = vec![best.arrangement(&place)];
        for tie in &ties {
            assert_eq!(verify(&place, &travel, tie), Vec::new());
            let journeys = tie.travel.as_ref().map(|stage| stage.person_km);
            assert!(journeys.is_some_and(|km| km > 0.0), "{journeys:?}");
            assert!(tie.value >= best.value - 0.01);
            assert!(tie.value <= best.value + 0.5 * best.value.abs() + 0.01);
            let own = tie.arrangement(&place);
            assert!(!seen.contains(&own));
            seen.push(own);
        }
        // Six buildings can be put to use in more than one way for half as much again.
        let open = |plan: &Plan| -> Vec<bool> {
            let all = plan.buildings.iter();
            all.map(|one| one.action.is_open()).collect()
        };
        assert!(ties.iter().all(|tie| open(tie) != open(&best)));
    }

    #[test]
    fn where_nothing_may_change_there_is_no_near_tie() {
        let mut place = six_buildings();
        for building in &mut place.buildings {
            building.lock = crate::place::Lock::Keep;
        }
        for occupier in &mut place.occupiers {
            occupier.immovable = Some("it stays".into());
        }
        let travel = Travel::new(&place, Vec::new());
        let wish = Wish {
            time: Duration::from_secs(3),
            ..Wish::default()
        };
        let best = plan(&place, &travel, &wish, &()).expect("a plan");
        let nearness = Nearness {
            within: 0.1,
            count: 2,
        };
        let ties = near_ties(&place, &travel, &best, &wish, nearness, &());
        assert_eq!(ties.len(), 0);
    }
}
