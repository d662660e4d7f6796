//! The engine against every arrangement there is.

use super::super::certificate::certify_items;
use super::super::dice::Dice;
use super::super::drawn::{TO_THE_END, sites_with_room};
use super::super::layout::Layout;
use super::super::limits::Limits;
use super::super::problem::{Item, Placement, Problem, Site, SiteLock};
use super::super::{Ask, SitingError, check, recompute_bound, solve, value};
use super::engine::{kept, solution};
use super::run::{Found, find};
use super::{FROM, recognise};
use crate::siting::Objective;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The least that any arrangement costs, if one keeps the limits.
fn enumerated(problem: &Problem) -> Option<f64> {
    let sites = problem.sites.len();
    let mut least = None;
    for set in 0..1u32 << sites {
        let open: Vec<bool> = (0..sites).map(|site| set >> site & 1 == 1).collect();
        let kept = problem
            .sites
            .iter()
            .zip(&open)
            .all(|(site, open)| match site.lock {
                SiteLock::Free => true,
                SiteLock::Open => *open,
                SiteLock::Closed => !open,
            });
        let count = f64::from(set.count_ones());
        let counted = problem.rows.iter().all(|row| {
            row.at_least.is_none_or(|least| count >= least)
                && row.at_most.is_none_or(|most| count <= most)
        });
        if !kept || !counted {
            continue;
        }
        let fixed = problem.sites.iter().zip(&open).filter(|(_, open)| **open);
        let fixed: f64 = fixed.map(|(site, _)| site.fixed_cost).sum();
        let mut room: Vec<f64> = problem
            .sites
            .iter()
            .map(|site| site.capacities[0])
            .collect();
        put(problem, &open, 0, fixed, &mut room, &mut least);
    }
    least
}

fn put(
    problem: &Problem,
    open: &[bool],
    item: usize,
    cost: f64,
    room: &mut [f64],
    least: &mut Option<f64>,
) {
    if item == problem.items.len() {
        *least = Some(least.map_or(cost, |least: f64| least.min(cost)));
        return;
    }
    for way in problem.placements.iter().filter(|way| way.item == item) {
        if open[way.site] && way.uses[0] <= room[way.site] {
            room[way.site] -= way.uses[0];
            put(problem, open, item + 1, cost + way.cost, room, least);
            room[way.site] += way.uses[0];
        }
    }
}

fn found(problem: &Problem, seed: u64, stop: &(dyn Fn() -> bool + Sync)) -> Option<Found> {
    let undivided = recognise(problem, &Layout::new(problem))?;
    let limits = Limits {
        gap: 0.0,
        seed,
        stop,
        time_left: &|| Duration::from_secs(20),
        report: &|_, _| (),
    };
    Some(find(&undivided, None, &limits, &TO_THE_END))
}

#[test]
fn plan_and_bound_meet_at_the_least_of_all_arrangements() {
    let (mut solved, mut impossible) = (0, 0);
    for seed in 0..2000 {
        let problem = sites_with_room(seed, false, 4);
        if super::super::validate(&problem).is_err() {
            continue;
        }
        let Some(found) = found(&problem, seed, &|| false) else {
            continue;
        };
        let Some(least) = enumerated(&problem) else {
            assert!(
                found.best.is_none() && found.bound == f64::INFINITY,
                "{seed}"
            );
            impossible += 1;
            continue;
        };
        let plan = found
            .best
            .unwrap_or_else(|| panic!("{seed}: no plan of {least}"));
        let slack = 1e-6 * least.abs().max(1.0);
        assert!(
            (plan.value - least).abs() <= slack && (found.bound - least).abs() <= slack,
            "{seed}: {} above {} for {least}",
            plan.value,
            found.bound
        );
        let root = found.root.expect("prices");
        assert!(root.value <= least + slack, "{seed}: {}", root.value);
        let layout = Layout::new(&problem);
        let row = (!problem.rows.is_empty()).then_some(0.0);
        let certificate = certify_items(&problem, &layout, root.prices, row).expect("it fits");
        let again = recompute_bound(&problem, &certificate).expect("it fits");
        assert!(again <= least + slack, "{seed}: {again}");
        let undivided = recognise(&problem, &layout).expect("it is one");
        let written = solution(&undivided, &plan);
        assert_eq!(check(&problem, &written), Ok(()), "{seed}");
        let worth = value(&problem, &written, Objective::Cost);
        assert!((worth - plan.value).abs() <= slack, "{seed}: {worth}");
        let read = kept(&undivided, &written).expect("it is a plan");
        assert_eq!((read.way, read.open), (plan.way, plan.open), "{seed}");
        solved += 1;
    }
    assert!(
        solved > 900 && impossible > 300,
        "{solved} solved, {impossible} impossible"
    );
}

#[test]
fn a_search_that_is_stopped_anywhere_says_nothing_above_the_least_cost() {
    let (mut early, mut without) = (0, 0);
    for seed in 0..600 {
        let problem = sites_with_room(seed, false, 4);
        let Some(least) = enumerated(&problem) else {
            continue;
        };
        let asked = AtomicU64::new(0);
        let stop = || asked.fetch_add(1, Ordering::Relaxed) >= seed % 60;
        let Some(found) = found(&problem, seed, &stop) else {
            continue;
        };
        let slack = 1e-6 * least.abs().max(1.0);
        assert!(found.bound <= least + slack, "{seed}: {}", found.bound);
        let value = found.best.map(|best| best.value);
        assert!(value.is_none_or(|value| value >= least - slack), "{seed}");
        early += usize::from(found.bound < least - slack);
        without += usize::from(value.is_none());
    }
    assert!(
        early > 25 && without < 25,
        "{early} early, {without} without a plan"
    );
}

/// Items and sites at random in a square of 100 by 100; sites have room for so many times what is needed.
fn town(sites: usize, items: usize, times: f64) -> Problem {
    let mut dice = Dice::new(5);
    let mut problem = Problem::default();
    let mut points = |count: usize| -> Vec<(f64, f64)> {
        (0..count)
            .map(|_| (100.0 * dice.share(), 100.0 * dice.share()))
            .collect()
    };
    let (hosts, homes) = (points(sites), points(items));
    let size = |item: usize| (1 + item * 7 % 19) as f64;
    let all: f64 = (0..items).map(size).sum();
    for _ in &hosts {
        problem.sites.push(Site {
            fixed_cost: 400.0,
            capacities: vec![(times * all / sites as f64).floor()],
            ..Site::default()
        });
    }
    for (item, home) in homes.iter().enumerate() {
        problem.items.push(Item::default());
        for (site, host) in hosts.iter().enumerate() {
            problem.placements.push(Placement {
                item,
                site,
                cost: (home.0 - host.0).hypot(home.1 - host.1),
                uses: vec![size(item)],
                ..Placement::default()
            });
        }
    }
    problem
}

#[test]
fn tightly_filled_sites_have_a_plan_at_once() {
    for times in [1.02, 1.1, 1.5] {
        let problem = town(40, 400, times);
        let ask = Ask {
            time: Duration::ZERO,
            ..TO_THE_END
        };
        let answer = solve(&problem, &ask, &()).unwrap_or_else(|error| panic!("{times}: {error}"));
        assert_eq!(check(&problem, &answer.solution), Ok(()));
    }
}

#[test]
fn rounds_end_at_the_same_plan_and_bound_on_one_thread_and_on_several() {
    let problem = town(12, 60, 1.6);
    assert!(problem.placements.len() >= FROM);
    let ask = Ask {
        rounds: Some(3),
        ..TO_THE_END
    };
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let answer = pool
            .expect("threads")
            .install(|| solve(&problem, &ask, &()))
            .expect("a plan");
        (
            answer.solution,
            answer.bound,
            answer.certificate,
            answer.counts,
        )
    };
    let alone = solve(&problem, &ask, &()).expect("a plan");
    let alone = (alone.solution, alone.bound, alone.certificate, alone.counts);
    assert!(on(1) == alone && on(2) == alone);
}

#[test]
fn what_no_site_has_room_for_is_infeasible() {
    let problem = town(40, 400, 0.99);
    let answer = solve(&problem, &TO_THE_END, &());
    assert!(matches!(answer, Err(SitingError::Infeasible)), "{answer:?}");
    let mut problem = town(40, 400, 1.5);
    problem.placements[7].uses[0] = 1e6;
    for way in problem.placements.iter_mut().filter(|way| way.item == 3) {
        way.uses[0] = 1e6;
    }
    let answer = solve(&problem, &TO_THE_END, &());
    assert!(matches!(answer, Err(SitingError::Infeasible)), "{answer:?}");
}
