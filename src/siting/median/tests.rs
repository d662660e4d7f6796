//! Branch and bound on the sites against enumeration.

use super::super::climb::Ascent;
use super::super::dice::Dice;
use super::super::draft::Stop;
use super::super::drawn::{TO_THE_END, count_row, lock};
use super::super::layout::Layout;
use super::super::limits::Limits;
use super::super::problem::{Item, Placement, Problem, Site, SiteLock};
use super::super::{Ask, BoundSource, Ending, SitingError, recompute_bound, solve};
use super::branch::search_with;
use super::program::Answers;
use super::recognise;
use super::visit::frame;
use super::whole::Whole;
use std::time::Duration;

/// Sites of which some are locked, items that not every site can take, and at times a count.
fn drawn(seed: u64) -> Problem {
    let mut dice = Dice::new(seed);
    let mut problem = Problem::default();
    let whole = dice.one_in(2);
    let amount = |dice: &mut Dice, from, to| {
        let amount = dice.amount(from, to);
        if whole { amount } else { amount + dice.share() }
    };
    for _ in 0..dice.size(2, 8) {
        problem.sites.push(Site {
            fixed_cost: amount(&mut dice, -3, 30),
            lock: lock(&mut dice),
            ..Site::default()
        });
    }
    for item in 0..dice.size(1, 9) {
        problem.items.push(Item::default());
        for site in 0..problem.sites.len() {
            // None, one, or at times two ways to the site.
            let ways = [0, 1, 1, 1, 2][dice.below(5) as usize];
            for _ in 0..ways {
                problem.placements.push(Placement {
                    item,
                    site,
                    cost: amount(&mut dice, 0, 40),
                    ..Placement::default()
                });
            }
        }
    }
    let sites = problem.sites.len();
    if dice.one_in(2) {
        problem.rows.push(count_row(&mut dice, sites));
    }
    problem
}

/// The least any set of open sites costs.
fn enumerated(problem: &Problem) -> Option<f64> {
    let stars = recognise(problem, &Layout::new(problem))?;
    let sets = 0u32..1 << problem.sites.len();
    let open = |set: u32| -> Vec<bool> {
        let sites = 0..problem.sites.len();
        sites.map(|site| set >> site & 1 == 1).collect()
    };
    let allowed = |open: &Vec<bool>| {
        problem
            .sites
            .iter()
            .zip(open)
            .all(|(site, &open)| match site.lock {
                SiteLock::Free => true,
                SiteLock::Open => open,
                SiteLock::Closed => !open,
            })
    };
    let values = sets
        .map(open)
        .filter(allowed)
        .filter_map(|open| stars.value(&open));
    values.min_by(f64::total_cmp)
}

#[test]
fn the_least_cost_is_that_of_enumeration_and_its_certificate_is_below() {
    let (mut solved, mut impossible) = (0, 0);
    for seed in 0..3000 {
        let problem = drawn(seed);
        if super::super::validate(&problem).is_err() {
            continue;
        }
        match (solve(&problem, &TO_THE_END, &()), enumerated(&problem)) {
            (Ok(answer), Some(least)) => {
                let slack = 1e-6 * least.abs().max(1.0);
                assert!(
                    (answer.value - least).abs() <= slack,
                    "{seed}: {} for {least}",
                    answer.value
                );
                let bound = answer.bound.expect("a bound");
                assert!(
                    bound <= least + slack && bound >= least - slack,
                    "{seed}: {bound}"
                );
                let certificate = answer.certificate.expect("multipliers");
                let again = recompute_bound(&problem, &certificate).expect("it fits");
                assert!(again <= least + slack, "{seed}: {again} above {least}");
                solved += 1;
            }
            (Err(SitingError::Infeasible | SitingError::LockedOut { .. }), None) => impossible += 1,
            (answer, least) => panic!("{seed}: {answer:?} where enumeration says {least:?}"),
        }
    }
    assert!(
        solved > 1000 && impossible > 100,
        "{solved} solved, {impossible} impossible"
    );
}

#[test]
fn a_program_of_all_or_part_of_what_is_left_says_nothing_above_enumeration_and_all_of_it_finds_the_least()
 {
    let ends = Stop {
        seconds: 20.0,
        gap: 0.0,
        nodes: None,
        seed: 1,
    };
    let (mut whole, mut parts) = (0, 0);
    for seed in 0..600 {
        let problem = drawn(seed);
        let stars = recognise(&problem, &Layout::new(&problem));
        let (Some(stars), Some(least)) = (stars, enumerated(&problem)) else {
            continue;
        };
        let lists = stars
            .lists
            .settled(&stars.locks)
            .expect("a solution exists");
        let frame = frame(&stars, &lists, &stars.locks);
        let mut dice = Dice::new(seed);
        let prices = lists
            .iter()
            .map(|list| list[0].cost + dice.amount(0, 9))
            .collect();
        let bound = Ascent::new(&frame, prices, 0.0).best;
        let enough = least + dice.amount(-2, 5);
        let most = dice.size(4, 80);
        let Some(program) = Whole::new(&frame, &bound, enough, most) else {
            continue;
        };
        assert!(program.size <= most, "{seed}");
        let is_all = program.is_all();
        let running = program.start(None, ends);
        let solved = running.poll(Duration::from_secs(60)).expect("an answer");
        let slack = 1e-6 * least.abs().max(1.0);
        assert!(
            solved.bound <= least + slack,
            "{seed}: {} above {least}",
            solved.bound
        );
        let value = solved
            .open
            .and_then(|open| stars.value(&open[..stars.fixed.len()]));
        assert!(
            value.is_none_or(|value| value >= least - slack),
            "{seed}: {value:?}"
        );
        if is_all {
            assert!(
                solved.bound >= least.min(enough) - slack,
                "{seed}: {}",
                solved.bound
            );
            assert!(
                enough < least || (value.expect("found") - least).abs() <= slack,
                "{seed}"
            );
            whole += 1;
        } else {
            parts += 1;
        }
    }
    assert!(whole > 50 && parts > 50, "{whole} whole, {parts} parts");
}

/// Targets that few sites serve, for next to nothing beside what a site costs.
fn charged(dice: &mut Dice, sites: usize, ways: usize) -> Problem {
    let mut problem = Problem::default();
    let (same, whole) = (dice.one_in(2), dice.one_in(2));
    for _ in 0..sites {
        let more = dice.amount(0, 900);
        problem.sites.push(Site {
            fixed_cost: if same { 3000.0 } else { 3000.0 + more },
            ..Site::default()
        });
    }
    for item in 0..sites {
        problem.items.push(Item::default());
        let mut all: Vec<usize> = (0..sites).collect();
        dice.shuffle(&mut all);
        for &site in all.iter().take(ways) {
            let cost = dice.amount(0, 4);
            problem.placements.push(Placement {
                item,
                site,
                cost: if whole { cost } else { cost + dice.share() },
                ..Placement::default()
            });
        }
    }
    problem
}

#[test]
fn where_charges_dominate_the_number_of_sites_is_decided_first_and_the_least_cost_is_that_of_enumeration()
 {
    let (mut decided, mut raised) = (0, 0);
    for seed in 0..400 {
        let mut dice = Dice::new(seed);
        let (sites, ways) = (dice.size(6, 13), dice.size(2, 4));
        let mut problem = charged(&mut dice, sites, ways);
        for site in &mut problem.sites {
            let lock = lock(&mut dice);
            if lock == SiteLock::Open || dice.one_in(4) {
                site.lock = lock;
            }
        }
        if dice.one_in(4) {
            problem.rows.push(count_row(&mut dice, sites));
        }
        if super::super::validate(&problem).is_err() {
            continue;
        }
        let stars = recognise(&problem, &Layout::new(&problem)).expect("it is one");
        let gap = if seed % 3 == 0 { 0.03 } else { 0.0 };
        let limits = Limits {
            gap,
            seed,
            stop: &|| false,
            time_left: &|| Duration::from_secs(20),
            report: &|_, _| (),
        };
        let found = search_with(stars, None, &limits, Answers::PROMPT);
        let Some(least) = enumerated(&problem) else {
            assert!(found.best.is_none(), "{seed}");
            continue;
        };
        let slack = 1e-6 * least;
        let value = found.best.expect("there is a solution").1;
        assert!(value >= least - slack, "{seed}: {value} for {least}");
        assert!(
            value <= least * (1.0 + gap) + slack,
            "{seed}: {value} for {least}"
        );
        assert!(
            found.bound <= least + slack,
            "{seed}: {} above {least}",
            found.bound
        );
        assert!(
            found.bound >= value * (1.0 - gap) - slack,
            "{seed}: {}",
            found.bound
        );
        decided += usize::from(found.parts > 0);
        raised += usize::from(found.fewest > 0);
    }
    assert!(decided > 60 && raised > 30, "{decided}, {raised}");
}

#[test]
fn where_charges_dominate_one_core_finds_what_two_find() {
    let mut parts = 0;
    for seed in 0..3 {
        let problem = charged(&mut Dice::new(seed), 36, 5);
        let found = || {
            let stars = recognise(&problem, &Layout::new(&problem)).expect("it is one");
            let limits = Limits {
                gap: 0.0,
                seed,
                stop: &|| false,
                time_left: &|| Duration::from_secs(20),
                report: &|_, _| (),
            };
            let found = search_with(stars, None, &limits, Answers::PROMPT);
            (found.best, found.bound.to_bits(), found.parts)
        };
        let on_all = found();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
        let on_one = pool.expect("a pool").install(found);
        assert_eq!(on_one, on_all, "{seed}");
        parts += on_all.2;
    }
    assert!(parts > 100, "{parts}");
}

#[test]
fn a_search_that_is_stopped_says_how_far_it_came() {
    let problem = charged(&mut Dice::new(7), 100, 10);
    let ask = Ask {
        time: Duration::from_millis(100),
        ..TO_THE_END
    };
    let stopped = solve(&problem, &ask, &()).expect("a solution");
    let ended = solve(
        &problem,
        &Ask {
            gap: 0.3,
            ..TO_THE_END
        },
        &(),
    )
    .expect("a solution");
    assert_eq!(stopped.ending, Ending::Limit);
    // Whether the tree has begun by then is up to the machine.
    assert_ne!(stopped.bound_source, BoundSource::None);
    assert!(stopped.bound.expect("a bound") <= ended.value);
    assert!(ended.gap().expect("a bound") <= 0.3 + 1e-8);
}

/// Every item costs much at every site, and little more at one than at another: many sets of sites cost nearly the same.
fn level(seed: u64, sites: usize, items: usize) -> Problem {
    let mut dice = Dice::new(seed);
    let mut problem = Problem::default();
    for _ in 0..sites {
        problem.sites.push(Site {
            fixed_cost: 120.0,
            ..Site::default()
        });
    }
    for item in 0..items {
        problem.items.push(Item::default());
        for site in 0..sites {
            problem.placements.push(Placement {
                item,
                site,
                cost: dice.amount(300, 350),
                ..Placement::default()
            });
        }
    }
    problem
}

#[test]
fn what_is_found_is_the_same_whenever_a_program_answers() {
    let mut answered = 0;
    for seed in 0..12 {
        let problem = level(seed, 20, 26);
        let stars = || recognise(&problem, &Layout::new(&problem)).expect("it is one");
        let mut found = |late: u32| {
            let limits = Limits {
                gap: if seed % 2 == 0 { 0.0 } else { 0.004 },
                seed,
                stop: &|| false,
                time_left: &|| Duration::from_secs(20),
                report: &|_, _| (),
            };
            let answers = Answers {
                first: 4,
                late: Some(late),
            };
            let found = search_with(stars(), None, &limits, answers);
            answered += usize::from(found.terms > 0);
            (found.best, found.bound.to_bits(), found.terms)
        };
        let at_once = found(0);
        for late in [2, 1_000_000] {
            assert_eq!(found(late), at_once, "{seed}, {late} times late");
        }
    }
    assert!(answered >= 3, "{answered}");
}
