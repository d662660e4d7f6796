//! From a place to its plan: compile, solve, and solve again for travel.

use super::assemble::{Found, assemble, gap};
use super::compile::{Compiled, Sources};
use super::error::PlanError;
use super::finance::Books;
use super::in_play::InPlay;
use super::infeasible;
use super::limits::capacity::is_asked;
use super::limits::space::rooms;
use super::money_bound::{money_bound, without_prices};
use super::near_home::near_home;
use super::placements::Placements;
use super::report::{Plan, Run, Status};
use super::second_stage::second_stage;
use super::within_capacity;
use crate::access::{Arrangement, today};
use crate::place::{BuildingIx, Objective, Place};
use crate::siting::clock::after;
use crate::siting::{Answer, Ask, Ending, Progress, Proof, SitingError, solve};
use crate::travel::Travel;
use std::time::{Duration, Instant};

/// Share of the time that the second stage may take at most.
pub(super) const SECOND_STAGE: f64 = 0.25;

/// Time that is left for it: so much a building, twice what it takes on a machine with little else to do, and a
/// second at least.
const SECOND_STAGE_A_BUILDING: Duration = Duration::from_millis(20);
const SECOND_STAGE_AT_LEAST: Duration = Duration::from_secs(1);

/// What is asked of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// What is made least; the place's own objective where `None`.
    pub objective: Option<Objective>,
    /// Stop when (value − bound) ÷ |value| is at most this: 0.005 is half a per cent.
    pub gap: f64,
    /// Solving time allowed, both stages together.
    pub time: Duration,
    /// Stop the search after so many rounds, where it takes rounds: an iteration limit.
    pub rounds: Option<u32>,
    /// Seed of the search.
    pub seed: u64,
    /// Whether to spend `finance.travel_give` on less travel afterwards.
    pub second_stage: bool,
}

impl Default for Wish {
    fn default() -> Self {
        Self {
            objective: None,
            gap: 0.005,
            time: Duration::from_secs(30),
            rounds: None,
            seed: 1,
            second_stage: true,
        }
    }
}

/// Plans a place once. Errors are those of [`plan`](super::plan()).
pub(crate) fn plan(
    place: &Place,
    travel: &Travel,
    wish: &Wish,
    progress: &dyn Progress,
) -> Result<Plan, PlanError> {
    let began = Instant::now();
    let objective = wish.objective.unwrap_or(place.finance.objective);
    with_sources(place, travel, objective, wish.second_stage, |from| {
        started(from, From::BestOf(&[]), wish, progress, began)
    })
}

/// Where a search starts from.
#[derive(Clone, Copy)]
pub(super) enum From<'a> {
    /// The cheapest of today and these that keeps every hard limit.
    BestOf(&'a [Arrangement]),
    /// This one with these parts gone, with a price for each team, counter or part that changes.
    CloseTo(&'a Arrangement, &'a [BuildingIx], f64),
}

/// Plans what has been prepared, from the best of some arrangements or from today.
pub(super) fn started(
    from: &Sources<'_>,
    start: From<'_>,
    wish: &Wish,
    progress: &dyn Progress,
    began: Instant,
) -> Result<Plan, PlanError> {
    let mut compiled = compiled(from)?;
    match start {
        From::BestOf(starts) => from.start_from(&mut compiled, starts),
        From::CloseTo(last, parts, price) => {
            from.start_close_to(&mut compiled, last, parts, price);
        }
    }
    search(from, compiled, wish, progress, began)
}

/// Why a place has no plan whatever is searched; `None` where a search must tell.
pub(super) fn ruled_out(place: &Place, travel: &Travel, objective: Objective) -> Option<PlanError> {
    with_sources(place, travel, objective, false, |from| compiled(from).err())
}

/// The place compiled, unless it shows beforehand that it has no plan.
pub(super) fn compiled(from: &Sources<'_>) -> Result<Compiled, PlanError> {
    let conflicts = infeasible::contradictions(from);
    if !conflicts.is_empty() {
        return Err(PlanError::Conflict { reasons: conflicts });
    }
    let homeless = infeasible::homeless(from);
    if !homeless.is_empty() {
        return Err(PlanError::Infeasible { reasons: homeless });
    }
    let compiled = from.compile();
    let out_of_reach = infeasible::out_of_reach(from, &compiled.problem);
    if !out_of_reach.is_empty() {
        return Err(PlanError::Infeasible {
            reasons: out_of_reach,
        });
    }
    Ok(compiled)
}

/// Prepares everything a plan is made from and hands it on.
pub(crate) fn with_sources<T>(
    place: &Place,
    travel: &Travel,
    objective: Objective,
    second_stage: bool,
    then: impl FnOnce(&Sources<'_>) -> T,
) -> T {
    with_sources_among(place, travel, objective, second_stage, None, then)
}

/// The same with the buildings considered for each occupier, where they are not the usual ones.
pub(super) fn with_sources_among<T>(
    place: &Place,
    travel: &Travel,
    objective: Objective,
    second_stage: bool,
    considered: Option<&[Vec<BuildingIx>]>,
    then: impl FnOnce(&Sources<'_>) -> T,
) -> T {
    let in_play = InPlay::new(place);
    let books = Books::new(place, &in_play, objective);
    let rooms = rooms(place, &in_play);
    let placements = Placements::new(place, travel, &in_play, &rooms, considered);
    let today = today(place, travel);
    then(&Sources {
        place,
        travel,
        in_play: &in_play,
        books: &books,
        rooms: &rooms,
        placements: &placements,
        today: &today,
        second_stage,
    })
}

fn search(
    from: &Sources<'_>,
    compiled: Compiled,
    wish: &Wish,
    progress: &dyn Progress,
    began: Instant,
) -> Result<Plan, PlanError> {
    let solving = Instant::now();
    let first = first_stage(from, &compiled, wish, progress, solving)?;
    let ask = first_ask(from, wish);
    let stage = first_stage_time(from.place, wish);
    let times = (stage, after(solving, stage));
    let kept = within_capacity::kept(from, &compiled, &first, &ask, times, progress)?;
    let (bound, bound_source, certificate) =
        money_bound(&compiled, &first, wish, solving, progress);
    let (mut compiled, first) = kept.unwrap_or((compiled, first));
    let mut choice = from.choice(&compiled, &first.solution);
    let mut travel = None;
    let mut cancelled = first.ending == Ending::Cancelled;
    if wish.second_stage && !cancelled {
        let (second, stage, stopped) = second_stage(
            from,
            &mut compiled,
            wish,
            progress,
            &first,
            &choice,
            solving,
        );
        travel = Some(stage);
        cancelled = stopped;
        if let Some(second) = second {
            choice = second;
        }
    }
    // A bound on money and prices together says nothing about money alone.
    let priced = without_prices(&compiled.problem).is_some();
    if !cancelled {
        let over = || progress.cancelled() || solving.elapsed() > wish.time;
        choice = near_home(from, &compiled, choice, &over);
    }
    let first_value = from.books.cost(&from.choice(&compiled, &first.solution));
    let reached = bound.and_then(|bound| gap(first_value, bound));
    let status = match reached {
        Some(reached) if reached <= wish.gap + 1e-8 => Status::WithinGap,
        _ if cancelled => Status::Interrupted,
        _ => Status::Limit,
    };
    let value = from.books.cost(&choice);
    let proofs = from
        .place
        .buildings()
        .map(|(at, _)| {
            let proof = compiled.proof(at, choice.is_open(at), value, &first)?;
            Some(if priced { Proof::BestFound } else { proof })
        })
        .collect();
    let found = Found {
        status,
        bound,
        bound_source,
        certificate,
        proofs,
        travel,
        run: run(&compiled, &first, wish, began),
    };
    Ok(assemble(from, &choice, found))
}

/// The time of the first stage: all but what is left for the second one.
fn first_stage_time(place: &Place, wish: &Wish) -> Duration {
    if !wish.second_stage {
        return wish.time;
    }
    let buildings = u32::try_from(place.buildings.len()).unwrap_or(u32::MAX);
    let second = SECOND_STAGE_A_BUILDING.saturating_mul(buildings);
    let second = second.max(SECOND_STAGE_AT_LEAST);
    wish.time - second.min(wish.time.mul_f64(SECOND_STAGE))
}

/// What the first stage is asked. Where a solution may have to be made again there is time left for it.
fn first_ask(from: &Sources<'_>, wish: &Wish) -> Ask {
    let stage = first_stage_time(from.place, wish);
    Ask {
        gap: wish.gap,
        time: match is_asked(from) {
            true => stage.mul_f64(within_capacity::FIRST_SOLUTION),
            false => stage,
        },
        rounds: wish.rounds,
        seed: wish.seed,
        least_travel_within: None,
    }
}

fn first_stage(
    from: &Sources<'_>,
    compiled: &Compiled,
    wish: &Wish,
    progress: &dyn Progress,
    solving: Instant,
) -> Result<Answer, PlanError> {
    let ask = first_ask(from, wish);
    match solve(&compiled.problem, &ask, progress) {
        Ok(answer) => Ok(answer),
        // Locks that leave an occupier nowhere to go are told like any other limit.
        Err(SitingError::Infeasible | SitingError::LockedOut { .. }) => {
            Err(PlanError::Infeasible {
                reasons: infeasible::reasons(
                    from,
                    &compiled.problem,
                    after(solving, wish.time),
                    progress,
                ),
            })
        }
        Err(SitingError::NothingFound) => Err(PlanError::NothingFound),
        Err(other) => Err(PlanError::Siting(other)),
    }
}

fn run(compiled: &Compiled, answer: &Answer, wish: &Wish, began: Instant) -> Run {
    let problem = &compiled.problem;
    let mut size = answer.counts.clone();
    for (name, count) in [
        ("sites", problem.sites.len()),
        ("items", problem.items.len()),
        ("placements", problem.placements.len()),
        ("reaches", problem.reaches.len()),
        (
            "links",
            problem.reaches.iter().map(|reach| reach.host.len()).sum(),
        ),
    ] {
        size.insert(name.to_owned(), count as u64);
    }
    Run {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        engine: answer.engine.clone(),
        seed: wish.seed,
        gap_asked: wish.gap,
        time_asked_s: wish.time.as_secs_f64(),
        seconds: began.elapsed().as_secs_f64(),
        threads: crate::siting::threads(),
        size,
        ..Run::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::sample;
    use crate::siting::Objective as Aim;

    fn quick() -> Wish {
        Wish {
            gap: 0.0,
            time: Duration::from_secs(20),
            ..Wish::default()
        }
    }

    #[test]
    fn a_plan_tells_the_threads_that_its_solving_had() {
        let place = sample::six_buildings();
        let travel = Travel::new(&place, Vec::new());
        let threads = || {
            let plan = crate::plan::plan(&place, &travel, &quick(), &()).expect("a plan");
            plan.run.threads
        };
        assert_eq!(threads(), rayon::current_num_threads());
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(2)
            .build()
            .expect("a pool");
        assert_eq!(pool.install(threads), 1);
    }

    #[test]
    fn the_engines_cost_of_a_plan_is_the_cost_in_the_books() {
        for objective in [Objective::NetPresentValue, Objective::RunningCost] {
            let mut place = sample::six_buildings();
            place.buildings[2].lock = crate::place::Lock::Keep;
            // One of a building that is kept anyway, one of another.
            for at in [2, 5] {
                place.buildings[at].part = Some(Box::new(crate::place::Part {
                    how: crate::place::PartExit::Let,
                    floor: crate::place::Areas::of(
                        crate::place::SpaceType::Any,
                        crate::place::SquareMetres(300.0),
                    ),
                    brings: crate::place::GbpPerYear(9_000.0),
                    receipt: crate::place::Gbp(0.0),
                    costs: crate::place::Gbp(10_000.0),
                    from_year: 0,
                }));
            }
            let travel = Travel::new(&place, Vec::new());
            with_sources(&place, &travel, objective, true, |from| {
                let compiled = from.compile();
                assert_eq!(compiled.parts.len(), 2);
                let ask = Ask {
                    gap: 0.0,
                    time: Duration::from_secs(20),
                    seed: 1,
                    rounds: None,
                    least_travel_within: None,
                };
                let answer = solve(&compiled.problem, &ask, &()).expect("a solution");
                let choice = from.choice(&compiled, &answer.solution);
                let value = crate::siting::value(&compiled.problem, &answer.solution, Aim::Cost);
                assert!((value - from.books.cost(&choice)).abs() < 0.01);
                assert!((value - answer.value).abs() < 0.01);
            });
        }
    }

    #[test]
    fn the_first_solution_leaves_time_for_others_only_where_a_rule_may_ask_for_them() {
        let mut place = sample::six_buildings();
        let kind = crate::place::RuleKind::Capacity {
            visits_per_person: 1.0,
        };
        let full = sample::rule("full", 0, kind);
        place.services[0].visits_capacity = Some(1e6);
        let time_of = |place: &Place, second_stage: bool| {
            let travel = Travel::new(place, Vec::new());
            let wish = Wish {
                time: Duration::from_secs(100),
                second_stage,
                ..Wish::default()
            };
            with_sources(place, &travel, Objective::RunningCost, true, |from| {
                first_ask(from, &wish).time.as_secs()
            })
        };
        assert_eq!((time_of(&place, true), time_of(&place, false)), (99, 100));
        place.rules.push(full);
        assert_eq!((time_of(&place, true), time_of(&place, false)), (59, 60));
        if let Some(rule) = place.rules.last_mut() {
            rule.hard = false;
        }
        assert_eq!(time_of(&place, true), 99);
    }

    #[test]
    fn six_buildings_become_fewer_and_every_rule_holds() {
        let place = sample::six_buildings();
        let travel = Travel::new(&place, Vec::new());
        let plan = plan(&place, &travel, &quick(), &()).expect("a plan");
        assert!(plan.saving_gbp > 0.0);
        assert_eq!(plan.status, Status::WithinGap, "{plan:#?}");
        let failed =
            |rule: &&crate::access::RuleVerdict| rule.verdict == crate::access::Verdict::Fail;
        assert_eq!(plan.rules.iter().filter(failed).count(), 0);
        assert!((plan.do_minimum - plan.value - plan.saving_gbp).abs() < 1.0);
    }

    #[test]
    fn an_empty_place_has_an_empty_plan() {
        let place = sample::empty("Nothing");
        let travel = Travel::new(&place, Vec::new());
        let plan = plan(&place, &travel, &quick(), &()).expect("a plan");
        assert_eq!(plan.value, 0.0);
        assert!(plan.buildings.is_empty());
    }

    #[test]
    fn a_building_with_an_immovable_occupier_and_a_dispose_lock_is_a_conflict() {
        let mut place = sample::six_buildings();
        place.occupiers[0].immovable = Some("vault".into());
        place.buildings[0].lock = crate::place::Lock::Dispose;
        let travel = Travel::new(&place, Vec::new());
        let error = plan(&place, &travel, &quick(), &()).expect_err("no plan");
        assert!(matches!(error, PlanError::Conflict { .. }), "{error}");
        assert!(error.to_string().contains("vault"), "{error}");
    }

    #[test]
    fn a_strict_rule_nobody_can_meet_names_the_zones() {
        let mut place = sample::six_buildings();
        place.rules[1].strict = true;
        place.rules[1].kind = crate::place::RuleKind::WorstCase {
            limit: crate::place::Distance(100),
            increase: crate::place::Distance(0),
        };
        let travel = Travel::new(&place, Vec::new());
        let error = plan(&place, &travel, &quick(), &()).expect_err("no plan");
        assert!(error.to_string().contains("clinic.worst"), "{error}");
        assert!(error.to_string().contains("Z3"), "{error}");
    }

    #[test]
    fn disposing_of_both_clinics_homes_is_infeasible_and_named() {
        let mut place = sample::six_buildings();
        for building in 0..6 {
            place.buildings[building].lock = crate::place::Lock::Dispose;
        }
        let travel = Travel::new(&place, Vec::new());
        let error = plan(&place, &travel, &quick(), &()).expect_err("no plan");
        assert!(error.to_string().contains("nowhere to go"), "{error}");
    }

    #[test]
    fn a_disposed_building_is_empty_and_counts_as_saved() {
        let mut place = sample::six_buildings();
        place.buildings[2].lock = crate::place::Lock::Dispose;
        let travel = Travel::new(&place, Vec::new());
        let plan = plan(&place, &travel, &quick(), &()).expect("a plan");
        let a2 = &plan.buildings[BuildingIx::new(2).index()];
        assert!(!a2.action.is_open());
        assert_eq!(a2.used_after_m2, 0.0);
    }

    #[test]
    fn today_appraised_saves_nothing() {
        let place = sample::six_buildings();
        let travel = Travel::new(&place, Vec::new());
        let plan = super::super::appraise(&place, &travel).expect("a plan");
        assert_eq!(plan.saving_gbp, 0.0);
        assert_eq!(plan.status, Status::Appraised);
    }
}
