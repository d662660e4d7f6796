//! Generations of searches and kernels, against enumeration.

use super::super::check::Objective;
use super::super::tiny::{enumerate, tiny};
use super::super::*;
use super::ask;

#[test]
fn generations_are_never_wrong_and_the_same_on_one_core_and_on_two() {
    let asked = Ask {
        rounds: Some(9),
        ..ask(0.0)
    };
    let (mut generations, mut best_found, mut all) = (0, 0, 0);
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    let one = one.expect("a pool of one thread");
    for seed in 0..150 {
        let problem = tiny(seed, false);
        let any = |item: &Item| item.choice == Choice::Any;
        let Some((best, _)) = enumerate(&problem, Objective::Cost, None) else {
            continue;
        };
        if problem.items.iter().any(any) {
            continue;
        }
        // The whole model runs beside nothing, so kernels and generations do.
        let solved = || door::solve_with(&problem, &asked, &(), 1).expect("a solution exists");
        let answer = solved();
        assert_eq!(check(&problem, &answer.solution), Ok(()), "seed {seed}");
        assert!(answer.value >= best - 1e-9, "seed {seed}");
        assert!(
            answer.bound.is_some_and(|bound| bound <= best + 1e-9),
            "seed {seed}"
        );
        let alone = one.install(solved);
        assert_eq!(answer.solution, alone.solution, "seed {seed}");
        assert_eq!(answer.counts, alone.counts, "seed {seed}");
        generations += answer.counts.get("generations").copied().unwrap_or(0);
        best_found += i32::from(answer.value <= best + 1e-6);
        all += 1;
    }
    assert!(generations > 20, "{generations}");
    assert!(best_found * 20 >= all * 19, "{best_found} of {all}");
}
