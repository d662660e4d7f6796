//! Branch and bound on the sites against the whole model.

use super::super::certificate::certify_items;
use super::super::dice::Dice;
use super::super::drawn::{TO_THE_END, sites_with_room};
use super::super::layout::Layout;
use super::super::limits::Limits;
use super::super::problem::{Item, Placement, Problem, Site};
use super::super::{Ask, Ending, SitingError, check, recompute_bound, solve};
use super::tree::{Searched, search};
use super::{FROM, recognise, solution};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

fn searched(problem: &Problem, stop: &(dyn Fn() -> bool + Sync)) -> Option<Searched> {
    let divided = recognise(problem, &Layout::new(problem))?;
    let limits = Limits {
        gap: 0.0,
        seed: 1,
        stop,
        time_left: &|| Duration::from_secs(20),
        report: &|_, _| (),
    };
    Some(search(&divided, None, &limits))
}

#[test]
fn the_least_cost_is_that_of_the_whole_model_and_bounds_are_below() {
    let (mut solved, mut impossible, mut several) = (0, 0, 0);
    for seed in 0..1000 {
        let problem = sites_with_room(seed, true, 7);
        if super::super::validate(&problem).is_err() {
            continue;
        }
        let Some(found) = searched(&problem, &|| false) else {
            continue;
        };
        let known = solve(&problem, &TO_THE_END, &());
        let (Some(plan), Ok(known)) = (found.best, &known) else {
            assert!(
                found.bound == f64::INFINITY && known.is_err(),
                "{seed}: {known:?}"
            );
            impossible += 1;
            continue;
        };
        let slack = 1e-6 * known.value.abs().max(1.0);
        assert!(
            (plan.value - known.value).abs() <= slack && (found.bound - known.value).abs() <= slack,
            "{seed}: {} above {} for {}",
            plan.value,
            found.bound,
            known.value
        );
        let root = found.root.expect("a root");
        assert!(root.value <= known.value + slack, "{seed}: {}", root.value);
        let row = (!problem.rows.is_empty()).then_some(0.0);
        let certificate =
            certify_items(&problem, &Layout::new(&problem), root.prices, row).expect("it fits");
        let again = recompute_bound(&problem, &certificate).expect("it fits");
        assert!(again <= known.value + slack, "{seed}: {again}");
        assert_eq!(check(&problem, &solution(plan)), Ok(()), "{seed}");
        solved += 1;
        several += usize::from(found.nodes > 3);
    }
    assert!(
        solved > 500 && impossible > 200 && several > 20,
        "{solved} solved, {impossible} impossible, {several} in several nodes"
    );
}

#[test]
fn a_search_that_is_stopped_anywhere_says_nothing_above_the_least_cost() {
    let mut early = 0;
    for seed in 0..300 {
        let problem = sites_with_room(seed, true, 7);
        let Some(whole) = searched(&problem, &|| false) else {
            continue;
        };
        let Some(least) = whole.best.map(|best| best.value) else {
            continue;
        };
        let asked = AtomicU64::new(0);
        let stop = || asked.fetch_add(1, Ordering::Relaxed) >= seed % 40;
        let found = searched(&problem, &stop).expect("it is one");
        let slack = 1e-6 * least.abs().max(1.0);
        assert!(found.bound <= least + slack, "{seed}: {}", found.bound);
        let value = found.best.map(|best| best.value);
        assert!(value.is_none_or(|value| value >= least - slack), "{seed}");
        early += usize::from(found.bound < least - slack);
    }
    assert!(early > 25, "{early}");
}

/// Items and sites at random in a square of 100 by 100; sites have room for four times what is needed.
fn town(sites: usize, items: usize) -> Problem {
    let mut dice = Dice::new(5);
    let mut problem = Problem::default();
    let mut points = |count: usize| -> Vec<(f64, f64)> {
        (0..count)
            .map(|_| (100.0 * dice.share(), 100.0 * dice.share()))
            .collect()
    };
    let (hosts, homes) = (points(sites), points(items));
    for _ in &hosts {
        problem.sites.push(Site {
            fixed_cost: 400.0,
            capacities: vec![4.0 * items as f64 / sites as f64],
            ..Site::default()
        });
    }
    for (item, home) in homes.iter().enumerate() {
        problem.items.push(Item {
            split: true,
            ..Item::default()
        });
        for (site, host) in hosts.iter().enumerate() {
            problem.placements.push(Placement {
                item,
                site,
                cost: (home.0 - host.0).hypot(home.1 - host.1),
                uses: vec![1.0],
                ..Placement::default()
            });
        }
    }
    problem
}

#[test]
fn a_town_is_proven_and_its_certificate_recomputed() {
    let problem = town(20, 100);
    assert!(problem.placements.len() >= FROM);
    let ask = Ask {
        gap: 1e-6,
        ..TO_THE_END
    };
    let answer = solve(&problem, &ask, &()).expect("a solution");
    assert_eq!(answer.engine, "branch and bound on the sites");
    assert_eq!(answer.ending, Ending::WithinGap);
    let certificate = answer.certificate.expect("multipliers");
    let bound = recompute_bound(&problem, &certificate).expect("it fits");
    assert!(
        bound <= answer.value && bound > 0.9 * answer.value,
        "{bound} for {}",
        answer.value
    );
}

#[test]
fn demand_beyond_all_room_is_infeasible() {
    let mut problem = town(20, 100);
    for site in &mut problem.sites {
        site.capacities[0] = 4.9;
    }
    let answer = solve(&problem, &TO_THE_END, &());
    assert!(matches!(answer, Err(SitingError::Infeasible)), "{answer:?}");
}

#[test]
fn a_first_plan_keeps_every_limit_and_is_worth_what_it_says() {
    let mut found = 0;
    for seed in 0..2000 {
        let problem = sites_with_room(seed, true, 7);
        let Some(divided) = recognise(&problem, &Layout::new(&problem)) else {
            continue;
        };
        let Some(plan) = super::first::first(&divided) else {
            continue;
        };
        found += 1;
        let value = plan.value;
        let solution = solution(plan);
        assert_eq!(check(&problem, &solution), Ok(()), "{seed}");
        let own = crate::siting::value(&problem, &solution, crate::siting::Objective::Cost);
        assert!(
            (own - value).abs() < 1e-6 * value.abs().max(1.0),
            "{seed}: {value} is {own}"
        );
    }
    assert!(found > 500, "{found}");
}
