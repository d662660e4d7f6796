//! The engines against enumeration, feature by feature.

use super::check::{Objective, check, value};
use super::engine::solve;
use super::tiny::{enumerate, tiny};
use super::*;
use std::time::Duration;

fn ask(gap: f64) -> Ask {
    Ask {
        gap,
        time: Duration::from_secs(20),
        seed: 1,
        least_travel_within: None,
    }
}

#[test]
fn every_feature_agrees_with_enumeration() {
    let (mut solved, mut impossible) = (0, 0);
    for seed in 0..1200 {
        let problem = tiny(seed, false);
        let oracle = enumerate(&problem, Objective::Cost, None);
        match (solve(&problem, &ask(0.0), &()), oracle) {
            (Ok(answer), Some((best, _))) => {
                solved += 1;
                assert_eq!(check(&problem, &answer.solution), Ok(()), "seed {seed}");
                let own = value(&problem, &answer.solution, Objective::Cost);
                assert!((own - answer.value).abs() < 1e-9, "seed {seed}");
                assert!(
                    (answer.value - best).abs() < 1e-6,
                    "seed {seed}: {} for {best}",
                    answer.value
                );
                let bound = answer.bound.unwrap_or(f64::NEG_INFINITY);
                assert!(
                    bound <= best + 1e-9,
                    "seed {seed}: bound {bound} above {best}"
                );
                assert!(
                    answer.value - bound < 1e-4,
                    "seed {seed}: bound {bound} far below {best}"
                );
            }
            (Err(SitingError::Infeasible), None) => impossible += 1,
            (answer, oracle) => panic!("seed {seed}: {answer:?} for {oracle:?}"),
        }
    }
    assert!(
        solved > 300 && impossible > 100,
        "{solved} solved, {impossible} impossible"
    );
}

#[test]
fn least_travel_within_a_cost_agrees_with_enumeration() {
    for seed in 0..600 {
        let problem = tiny(seed, false);
        let Some((best, _)) = enumerate(&problem, Objective::Cost, None) else {
            continue;
        };
        let within = best + 0.2 * best.abs() + 1.0;
        let (travel, _) =
            enumerate(&problem, Objective::Travel, Some(within)).expect("the cheapest is within");
        let asked = Ask {
            least_travel_within: Some(within),
            ..ask(0.0)
        };
        let answer = solve(&problem, &asked, &()).expect("the cheapest is within");
        assert_eq!(check(&problem, &answer.solution), Ok(()), "seed {seed}");
        assert!(
            value(&problem, &answer.solution, Objective::Cost) <= within + 1e-6,
            "seed {seed}"
        );
        assert!(
            (answer.value - travel).abs() < 1e-6,
            "seed {seed}: {} for {travel}",
            answer.value
        );
        assert!(
            answer.bound.is_some_and(|bound| bound <= travel + 1e-9),
            "seed {seed}"
        );
    }
}

#[test]
fn dividing_an_item_never_costs_more_and_keeps_the_bound_below() {
    for seed in 0..400 {
        let problem = tiny(seed, true);
        let whole = enumerate(&problem, Objective::Cost, None);
        match solve(&problem, &ask(0.0), &()) {
            Ok(answer) => {
                assert_eq!(check(&problem, &answer.solution), Ok(()), "seed {seed}");
                let bound = answer.bound.unwrap_or(f64::NEG_INFINITY);
                assert!(bound <= answer.value, "seed {seed}");
                if let Some((whole, _)) = whole {
                    assert!(
                        answer.value <= whole + 1e-5,
                        "seed {seed}: {} for {whole}",
                        answer.value
                    );
                }
            }
            Err(error) => assert!(whole.is_none(), "seed {seed}: {error}"),
        }
    }
}

#[test]
fn what_makes_a_problem_impossible_is_named_and_nothing_else() {
    let (mut impossible, mut possible) = (0, 0);
    for seed in 0..500 {
        let problem = tiny(seed, false);
        let oracle = enumerate(&problem, Objective::Cost, None);
        let found = explain_infeasible(&problem, &Elastic::default(), Duration::from_secs(20), &());
        let found = found.unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        assert_eq!(
            found.broken.is_empty(),
            oracle.is_some(),
            "seed {seed}: {:?}",
            found.broken
        );
        let named = |limit: &Limit| {
            let giving = matches!(
                limit,
                Limit::Item(_)
                    | Limit::Lock(_)
                    | Limit::Each(..)
                    | Limit::Share(..)
                    | Limit::Mean(..)
                    | Limit::Row(_)
            );
            assert!(giving, "seed {seed}: {limit:?}");
        };
        found.limits().iter().for_each(named);
        if oracle.is_some() {
            possible += 1
        } else {
            impossible += 1
        }
    }
    assert!(impossible > 50 && possible > 100);
}

fn two_sites() -> Problem {
    let site = |name: &str| Site {
        name: name.into(),
        fixed_cost: 5.0,
        capacities: vec![10.0],
        ..Site::default()
    };
    let item = Item {
        name: "desk".into(),
        ..Item::default()
    };
    let at = |site| Placement {
        item: 0,
        site,
        cost: 1.0,
        uses: vec![4.0],
        ..Placement::default()
    };
    Problem {
        sites: vec![site("north"), site("south")],
        items: vec![item],
        placements: vec![at(0), at(1)],
        ..Problem::default()
    }
}

fn refused(change: impl FnOnce(&mut Problem)) -> String {
    let mut problem = two_sites();
    change(&mut problem);
    match solve(&problem, &ask(0.0), &()) {
        Err(SitingError::Invalid { item, cause }) => format!("{item}: {cause}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_cost_that_is_no_number_names_its_site() {
    assert!(refused(|problem| problem.sites[1].fixed_cost = f64::NAN).contains("site \"south\""));
    assert!(refused(|problem| problem.placements[1].cost = f64::INFINITY).contains("south"));
}

#[test]
fn a_negative_capacity_names_its_site() {
    assert!(refused(|problem| problem.sites[0].capacities[0] = -1.0).contains("site \"north\""));
}

#[test]
fn an_item_without_a_placement_is_named() {
    assert!(refused(|problem| problem.placements.clear()).contains("item \"desk\""));
}

#[test]
fn positions_that_do_not_exist_are_named() {
    assert!(refused(|problem| problem.placements[0].site = 9).contains("site 9 does not exist"));
    assert!(refused(|problem| problem.start = Some(vec![7])).contains("placement 7"));
    assert!(refused(|problem| problem.placements[0].uses.clear()).contains("uses"));
}

#[test]
fn two_variants_of_one_site_cannot_both_be_locked_open() {
    let cause = refused(|problem| {
        for site in &mut problem.sites {
            (site.variant_of, site.lock) = (Some(1), SiteLock::Open);
        }
    });
    assert!(
        cause.contains("south") && cause.contains("north"),
        "{cause}"
    );
}

#[test]
fn lists_that_do_not_add_up_name_their_reach() {
    let reach = Reach {
        name: "library".into(),
        starts: vec![0, 2],
        host: vec![0],
        distance: vec![1],
        ..Reach::default()
    };
    assert!(refused(|problem| problem.reaches.push(reach)).contains("reach \"library\""));
    let host = Host {
        placements: vec![0],
        always: false,
    };
    let backwards = Reach {
        name: "library".into(),
        hosts: vec![host.clone(), host],
        starts: vec![0, 2],
        host: vec![0, 1],
        distance: vec![5, 1],
        ..Reach::default()
    };
    assert!(refused(|problem| problem.reaches.push(backwards)).contains("order of distance"));
}

/// Cancels at once.
struct Cancelled;

impl Progress for Cancelled {
    fn report(&self, _: Snapshot) {}

    fn cancelled(&self) -> bool {
        true
    }
}

#[test]
fn a_cancelled_run_returns_its_start() {
    let mut problem = two_sites();
    problem.start = Some(vec![0]);
    let answer = solve(&problem, &ask(0.0), &Cancelled).expect("the start is a solution");
    assert!(check(&problem, &answer.solution).is_ok());
    assert_eq!(answer.value, 6.0);
}
