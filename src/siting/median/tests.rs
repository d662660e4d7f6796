//! Branch and bound on the sites against enumeration.

use super::super::climb::{Ascent, Climb};
use super::super::dice::Dice;
use super::super::drawn::{TO_THE_END, count_row, lock};
use super::super::layout::Layout;
use super::super::limits::Limits;
use super::super::problem::{Item, Placement, Problem, Row, Site, SiteLock, Term};
use super::super::{Ask, BoundSource, Ending, SitingError, recompute_bound, solve};
use super::branch::{Patience, Search, Searched, search_with};
use super::numbers::decide;
use super::recognise;
use super::relaxation::Relaxation;
use super::visit::frame;
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

/// By the relaxation from the first node on.
const RELAXED: Patience = Patience {
    numbers: 0,
    by_prices: 0,
};

/// Searches a problem to the end.
fn searched(problem: &Problem, gap: f64, patience: Patience) -> Searched {
    let stars = recognise(problem, &Layout::new(problem)).expect("it is one");
    let limits = Limits {
        gap,
        seed: 1,
        stop: &|| false,
        time_left: &|| Duration::from_secs(20),
        report: &|_, _| (),
    };
    search_with(stars, None, &limits, patience)
}

#[test]
fn a_tree_by_the_relaxation_alone_ends_at_the_least_cost_of_enumeration() {
    let mut nodes = 0;
    let many = (0..2000).map(drawn);
    for (seed, problem) in many.chain((0..80).map(|seed| sparse(seed, 13))).enumerate() {
        let least = super::super::validate(&problem)
            .is_ok()
            .then(|| enumerated(&problem));
        let Some(Some(least)) = least else {
            continue;
        };
        let found = searched(&problem, 0.0, RELAXED);
        let slack = 1e-6 * least.abs().max(1.0);
        let (_, value) = found.best.expect("a solution exists");
        assert!(
            (value - least).abs() <= slack,
            "{seed}: {value} for {least}"
        );
        assert!(
            found.bound <= least + slack,
            "{seed}: {} above {least}",
            found.bound
        );
        assert!(
            found.bound >= least - slack,
            "{seed}: {} far below {least}",
            found.bound
        );
        let root = found.root.expect("prices");
        assert!(root.value <= least + slack, "{seed}: {}", root.value);
        nodes += found.nodes;
    }
    assert!(nodes > 50, "{nodes}");
}

#[test]
fn too_few_sites_to_serve_everything_are_told_from_few_nodes() {
    let mut told = 0;
    for seed in 0..30 {
        let mut problem = sparse(seed, 16);
        let fewest = {
            for site in &mut problem.sites {
                site.fixed_cost = 1.0;
            }
            for placement in &mut problem.placements {
                placement.cost = 0.0;
            }
            enumerated(&problem).expect("all sites serve everything")
        };
        problem.rows.push(Row {
            at_most: Some(fewest - 1.0),
            terms: (0..16).map(|site| (Term::Site(site), 1.0)).collect(),
            ..Row::default()
        });
        let found = searched(&problem, 0.0, RELAXED);
        assert!(found.best.is_none(), "{seed}");
        assert_eq!(found.bound, f64::INFINITY, "{seed}");
        assert!(found.nodes < 2_000, "{seed}: {}", found.nodes);
        told += 1;
    }
    assert_eq!(told, 30);
}

#[test]
fn costs_beyond_what_a_program_can_hold_are_searched_by_prices() {
    for seed in 0..10 {
        let mut problem = sparse(seed, 10);
        for (at, placement) in problem.placements.iter_mut().enumerate() {
            if at % 7 == 0 {
                placement.cost = 1e18;
            }
        }
        let least = enumerated(&problem).expect("a solution exists");
        let (_, value) = searched(&problem, 0.0, RELAXED)
            .best
            .expect("a solution exists");
        assert!(
            (value - least).abs() <= 1e-6 * least,
            "{seed}: {value} for {least}"
        );
    }
}

#[test]
fn no_prices_prove_more_than_the_relaxation_and_its_own_prove_as_much() {
    let mut higher = 0;
    for seed in 0..40 {
        let problem = level(seed, 12, 16);
        let stars = recognise(&problem, &Layout::new(&problem)).expect("it is one");
        let frame = frame(&stars, &stars.lists, &stars.locks);
        let prices = stars.lists.iter().map(|list| list[1].cost).collect();
        let mut ascent = Ascent::new(&frame, prices, 1.0);
        let climb = Climb {
            steps: 300,
            enough: f64::INFINITY,
            upper: 2.0 * ascent.best.value,
            shortest: 1e-3,
            stop: &|| false,
        };
        ascent.climb(&frame, &climb, &mut vec![false; stars.fixed.len()]);
        let climbed = ascent.best;
        let mut relaxation = Relaxation::new(&stars, &climbed.prices);
        let solved = relaxation.solve(&frame, f64::INFINITY, &|| false);
        let relaxed = solved.expect("it has a solution");
        // What the sites cost as far as they are open, with everything at the nearest of them.
        let mut cost: f64 = relaxed
            .open
            .iter()
            .zip(&stars.fixed)
            .map(|(open, fixed)| open * fixed)
            .sum();
        for list in stars.lists.iter() {
            let mut left = 1.0;
            for entry in list {
                let share = relaxed.open[entry.site as usize].min(left);
                left -= share;
                cost += share * entry.cost;
            }
            assert!(left < 1e-6, "{seed}");
        }
        let slack = 1e-6 * cost;
        assert!(
            climbed.value <= cost + slack,
            "{seed}: {} above {cost}",
            climbed.value
        );
        assert!(
            (relaxed.bound.value - cost).abs() <= 10.0 * slack,
            "{seed}: {} for {cost}",
            relaxed.bound.value
        );
        higher += usize::from(relaxed.bound.value > climbed.value + slack);
    }
    assert!(higher > 10, "{higher}");
}

/// Sites that serve few items each, whose own cost and what items cost there are of one size, so that the relaxation is below.
fn sparse(seed: u64, size: usize) -> Problem {
    let mut dice = Dice::new(seed);
    let mut problem = Problem::default();
    for _ in 0..size {
        problem.sites.push(Site {
            fixed_cost: 3000.0,
            ..Site::default()
        });
    }
    for item in 0..size {
        problem.items.push(Item::default());
        for site in 0..size {
            if dice.one_in(6) || item == site {
                let cost = dice.amount(0, 2000);
                problem.placements.push(Placement {
                    item,
                    site,
                    cost,
                    ..Placement::default()
                });
            }
        }
    }
    problem
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
        let gap = if seed % 3 == 0 { 0.03 } else { 0.0 };
        // Some give up on numbers of which only some are ruled out.
        let patience = Patience {
            numbers: if seed % 2 == 0 {
                100
            } else {
                Patience::USUAL.numbers
            },
            by_prices: 0,
        };
        let found = searched(&problem, gap, patience);
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
fn numbers_of_sites_that_cost_too_much_to_ask_for_stay_in_the_bound() {
    let mut narrowed = 0;
    for seed in 0..20 {
        let problem = charged(&mut Dice::new(seed), 24, 4);
        let stars = recognise(&problem, &Layout::new(&problem)).expect("it is one");
        let limits = Limits {
            gap: 0.02,
            seed,
            stop: &|| false,
            time_left: &|| Duration::from_secs(20),
            report: &|_, _| (),
        };
        let mut search = Search::new(stars, &limits, Patience::USUAL);
        search.polish(&[true; 24]);
        let Some(root) = search.root() else {
            continue;
        };
        search.left_off = f64::INFINITY;
        let before = (search.stars.least, search.stars.most);
        if decide(&mut search, root, 0).is_none() {
            continue;
        }
        if (search.stars.least, search.stars.most) != before {
            let enough = search.enough();
            assert!(
                search.left_off <= enough + 1.0,
                "{seed}: {} above {enough}",
                search.left_off
            );
            narrowed += 1;
        }
    }
    assert!(narrowed > 5, "{narrowed}");
}

#[test]
fn where_charges_dominate_one_core_finds_what_two_find() {
    let mut parts = 0;
    for seed in 0..3 {
        let problem = charged(&mut Dice::new(seed), 36, 5);
        let found = || {
            let found = searched(&problem, 0.0, Patience::USUAL);
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
            fixed_cost: 40.0,
            ..Site::default()
        });
    }
    for item in 0..items {
        problem.items.push(Item::default());
        for site in 0..sites {
            problem.placements.push(Placement {
                item,
                site,
                cost: dice.amount(300, 600),
                ..Placement::default()
            });
        }
    }
    problem
}

#[test]
fn one_core_finds_what_two_find_at_the_same_nodes() {
    let one = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("a pool");
    let mut nodes = 0;
    for seed in 0..8 {
        let problem = sparse(seed, 40);
        let gap = if seed % 2 == 0 { 0.0 } else { 0.004 };
        let on_all = searched(&problem, gap, RELAXED);
        let on_one = one.install(|| searched(&problem, gap, RELAXED));
        assert_eq!(on_all.best, on_one.best, "{seed}");
        assert_eq!(on_all.bound.to_bits(), on_one.bound.to_bits(), "{seed}");
        assert_eq!(on_all.nodes, on_one.nodes, "{seed}");
        nodes += on_all.nodes;
    }
    assert!(nodes > 50, "{nodes}");
}

#[test]
fn a_tree_by_prices_that_gets_on_is_grown_to_its_end_far_beyond_the_patience_for_it() {
    let one = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("a pool");
    let mut nodes = 0;
    for seed in 0..3 {
        let mut problem = level(seed, 120, 120);
        // Charges by chance too, and far below the rest.
        let mut dice = Dice::new(seed);
        for site in &mut problem.sites {
            site.fixed_cost = dice.amount(30, 60);
        }
        let patience = Patience {
            numbers: 0,
            by_prices: 100_000,
        };
        let by_prices = searched(&problem, 0.0, patience);
        assert!(by_prices.relaxed_root.is_none(), "{seed}");
        nodes += by_prices.nodes;
        let relaxed = searched(&problem, 0.0, RELAXED);
        assert!(relaxed.relaxed_root.is_some(), "{seed}");
        assert_eq!(
            by_prices.best.map(|best| best.1),
            relaxed.best.map(|best| best.1)
        );
        assert_eq!(by_prices.bound, relaxed.bound, "{seed}");
        let on_one = one.install(|| searched(&problem, 0.0, patience));
        assert_eq!(by_prices.nodes, on_one.nodes, "{seed}");
    } // Of about 5,000 entries each: ten times the patience.
    assert!(nodes > 200, "{nodes}");
}
