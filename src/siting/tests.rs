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
