//! The engines against enumeration, feature by feature.

use super::check::{Objective, check, value};
use super::door::solve;
use super::tiny::{enumerate, tiny};
use super::*;
use rayon::prelude::*;
use std::sync::mpsc::channel;
use std::time::Duration;

mod bounds;
mod faults;

fn ask(gap: f64) -> Ask {
    Ask {
        gap,
        time: Duration::from_secs(20),
        seed: 1,
        rounds: None,
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
            (Err(SitingError::Infeasible | SitingError::LockedOut { .. }), None) => impossible += 1,
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
            rounds: None,
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

/// Counts reports, which must be of travel.
#[derive(Default)]
struct OfTravel(std::sync::atomic::AtomicUsize);

impl Progress for OfTravel {
    fn report(&self, now: Snapshot) {
        assert_eq!(now.objective, Objective::Travel);
        self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    }

    fn cancelled(&self) -> bool {
        false
    }
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

#[test]
fn a_state_agrees_with_the_exact_check_after_many_moves() {
    use super::check::{check_valid, value_valid};
    use super::{
        dice::Dice,
        layout::Layout,
        search::first_penalties,
        state::{Ground, NOWHERE, State},
        web::Web,
    };
    for seed in 0..1500 {
        let problem = tiny(seed, false);
        if problem.items.iter().any(|item| item.choice == Choice::Any) {
            continue;
        }
        let layout = Layout::new(&problem);
        let web = Web::new(&problem, true).expect("small sums");
        let ground = Ground::new(&problem, &layout, &web);
        let mut dice = Dice::new(seed);
        let mut state = State::empty(&ground);
        let (penalties, _) = first_penalties(&ground, &state, (1.0, 0.0), None);
        for _ in 0..30 {
            let item = dice.size(0, problem.items.len() - 1);
            if state.at[item] != NOWHERE {
                state.take(&ground, item);
                continue;
            }
            let placement = layout.of_item[item][dice.size(0, layout.of_item[item].len() - 1)];
            if !state.fits(&ground, placement) {
                continue;
            }
            state.put(&ground, placement);
            let solution = state.solution(&ground);
            let (_, feasible) = state.score(&ground, &penalties);
            let checked = check_valid(&problem, &layout, &solution);
            assert_eq!(feasible, checked.is_ok(), "seed {seed}: {checked:?}");
            let travel = value_valid(&problem, &layout, &solution, Objective::Travel);
            assert!((state.travel(&ground) - travel).abs() < 1e-6, "seed {seed}");
            let cost = value_valid(&problem, &layout, &solution, Objective::Cost);
            assert!(
                (state.cost(&ground) - cost).abs() < 1e-6,
                "seed {seed}: {} {cost}",
                state.cost(&ground)
            );
        }
    }
}

/// So many items, each at home at any of so many sites for more the further that is.
fn everywhere(items: usize, sites: usize) -> Problem {
    let mut problem = Problem::default();
    for site in 0..sites {
        problem.sites.push(Site {
            fixed_cost: 5.0,
            capacities: vec![items as f64 / 4.0],
            ..Site::default()
        });
        for item in 0..items {
            problem.placements.push(Placement {
                item,
                site,
                cost: ((item + 7 * site) % sites) as f64,
                uses: vec![1.0],
                ..Placement::default()
            });
        }
    }
    problem.items = vec![Item::default(); items];
    problem
}

#[test]
fn large_runs_side_by_side_do_not_wait_for_one_another() {
    let (done, ended) = channel();
    std::thread::spawn(move || {
        let quick = Ask {
            time: Duration::from_secs(2),
            ..ask(0.0)
        };
        let problem = everywhere(200, 120);
        let solved = (0..4)
            .into_par_iter()
            .filter(|_| solve(&problem, &quick, &()).is_ok())
            .count();
        let _ = done.send(solved);
    });
    assert_eq!(ended.recv_timeout(Duration::from_secs(120)), Ok(4));
}

#[test]
fn the_decomposition_alone_is_never_wrong_and_nearly_always_best() {
    let quick = Ask {
        time: Duration::from_millis(300),
        ..ask(0.0)
    };
    let (mut best_found, mut all) = (0, 0);
    let of_travel = OfTravel::default();
    for seed in 0..250 {
        let problem = tiny(seed, false);
        let Some((best, _)) = enumerate(&problem, Objective::Cost, None) else {
            continue;
        };
        if problem.items.iter().any(|item| item.choice == Choice::Any) {
            continue;
        }
        let answer = super::door::solve_with(&problem, &quick, &(), 0).expect("a solution exists");
        assert_eq!(check(&problem, &answer.solution), Ok(()), "seed {seed}");
        assert!(answer.value >= best - 1e-9, "seed {seed}");
        let bound = answer.bound.unwrap_or(f64::NEG_INFINITY);
        assert!(
            bound <= best + 1e-9,
            "seed {seed}: bound {bound} above {best}"
        );
        all += 1;
        best_found += i32::from(answer.value <= best + 1e-6);
        let within = best + 0.2 * best.abs() + 1.0;
        let travel = enumerate(&problem, Objective::Travel, Some(within));
        let mut from = problem.clone();
        from.start = Some(answer.solution.chosen.clone());
        if let (Some((travel, _)), true) = (travel, problem.price_per_change == 0.0) {
            let asked = Ask {
                rounds: None,
                least_travel_within: Some(within),
                ..quick.clone()
            };
            let Ok(second) = super::door::solve_with(&from, &asked, &of_travel, 0) else {
                continue;
            };
            assert_eq!(check(&from, &second.solution), Ok(()), "seed {seed}");
            assert!(
                value(&from, &second.solution, Objective::Cost) <= within + 1e-6,
                "seed {seed}"
            );
            assert!(second.value >= travel - 1e-9, "seed {seed}");
            assert!(
                second.bound.is_none_or(|bound| bound <= travel),
                "seed {seed}"
            );
        }
    }
    assert!(
        all > 60 && best_found * 10 > all * 9,
        "{best_found} of {all}"
    );
    assert!(of_travel.0.into_inner() > 0);
}
