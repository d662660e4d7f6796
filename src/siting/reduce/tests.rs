//! Taking out and splitting against enumeration: the least cost never changes.

use super::{parts, reduce};
use crate::siting::answer::Solution;
use crate::siting::certificate::Certificate;
use crate::siting::check::{Objective, check, value};
use crate::siting::dice::Dice;
use crate::siting::problem::{Cover, Problem, Reach, Term};
use crate::siting::tiny::{enumerate, tiny};
use std::collections::BTreeMap;

/// A tiny problem of which parts speak of one another less: without room to fill, and often without
/// groups, rows and families.
fn looser(seed: u64) -> Problem {
    let mut problem = tiny(seed, false);
    problem.price_per_change = 0.0;
    if !seed.is_multiple_of(3) {
        for placement in &mut problem.placements {
            placement.uses.fill(0.0);
            placement.cost = placement.cost.abs();
        }
        for site in &mut problem.sites {
            site.fixed_cost = site.fixed_cost.abs();
        }
    }
    if seed.is_multiple_of(2) {
        problem.conflicts.clear();
        problem.pairs.clear();
        for placement in &mut problem.placements {
            placement.requires.clear();
        }
        for site in &mut problem.sites {
            (site.parent, site.variant_of) = (None, None);
        }
        for row in &mut problem.rows {
            row.terms.retain(|(term, _)| matches!(term, Term::Site(_)));
        }
    }
    problem
}

#[test]
fn what_is_taken_out_never_changes_the_least_cost() {
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    for seed in 0..4000 {
        let problem = looser(seed);
        let Some((part, counts)) = reduce(&problem) else {
            continue;
        };
        for (what, count) in counts {
            *seen.entry(what).or_default() += count;
        }
        let whole = enumerate(&problem, Objective::Cost, None);
        let smaller = enumerate(&part.problem, Objective::Cost, None);
        match (whole, smaller) {
            (None, None) => {}
            (Some((least, _)), Some((found, solution))) => {
                assert!(
                    (least - found).abs() < 1e-9,
                    "seed {seed}: {found} for {least}"
                );
                let mut lifted = Solution {
                    open: vec![false; problem.sites.len()],
                    ..Solution::default()
                };
                part.add_solution(&solution, &mut lifted);
                assert_eq!(check(&problem, &lifted), Ok(()), "seed {seed}");
                let cost = value(&problem, &lifted, Objective::Cost);
                assert!(
                    (cost - least).abs() < 1e-9,
                    "seed {seed}: {cost} for {least}"
                );
            }
            (whole, smaller) => panic!("seed {seed}: {smaller:?} for {whole:?}"),
        }
    }
    for what in [
        "targets_merged",
        "wishes_fulfilled_by_others",
        "placements_forced",
        "placements_dominated",
        "sites_dominated",
    ] {
        assert!(
            seen.get(what).is_some_and(|&count| count > 30),
            "{what}: {seen:?}"
        );
    }
}

#[test]
fn a_start_that_keeps_every_limit_still_does_when_it_is_made_smaller() {
    let mut kept = 0;
    for seed in 0..1500 {
        let mut problem = looser(seed);
        let Some((least, solution)) = enumerate(&problem, Objective::Cost, None) else {
            continue;
        };
        problem.start = Some(solution.chosen.clone());
        let Some((part, _)) = reduce(&problem) else {
            continue;
        };
        let start = part.problem.start.clone().expect("a start");
        let fits = (0..1u32 << part.problem.sites.len()).any(|open| {
            let smaller = Solution {
                shares: vec![1.0; start.len()],
                chosen: {
                    let mut chosen = start.clone();
                    chosen.sort_unstable();
                    chosen
                },
                open: (0..part.problem.sites.len())
                    .map(|at| open & (1 << at) != 0)
                    .collect(),
            };
            check(&part.problem, &smaller).is_ok()
                && value(&part.problem, &smaller, Objective::Cost) <= least + 1e-9
        });
        assert!(fits, "seed {seed}: {start:?}");
        kept += 1;
    }
    assert!(kept > 200, "{kept}");
}

/// Two problems side by side, neither of which says anything of the other.
fn beside(mut one: Problem, other: Problem) -> Problem {
    let (sites, items) = (one.sites.len(), one.items.len());
    let (placements, parents) = (one.placements.len(), one.parents.len());
    for mut site in other.sites {
        site.parent = site.parent.map(|at| at + parents);
        site.variant_of = site.variant_of.map(|group| group + 100);
        one.sites.push(site);
    }
    one.items.extend(other.items);
    for mut placement in other.placements {
        placement.item += items;
        placement.site += sites;
        placement
            .requires
            .iter_mut()
            .for_each(|at| *at += placements);
        one.placements.push(placement);
    }
    for mut reach in other.reaches {
        for host in &mut reach.hosts {
            host.placements.iter_mut().for_each(|at| *at += placements);
        }
        one.reaches.push(reach);
    }
    for mut row in other.rows {
        for (term, _) in &mut row.terms {
            match term {
                Term::Site(at) => *at += sites,
                Term::Placement(at) => *at += placements,
            }
        }
        one.rows.push(row);
    }
    for mut conflict in other.conflicts {
        conflict
            .placements
            .iter_mut()
            .for_each(|at| *at += placements);
        one.conflicts.push(conflict);
    }
    for mut pair in other.pairs {
        (pair.first, pair.second) = (pair.first + placements, pair.second + placements);
        one.pairs.push(pair);
    }
    one.parents.extend(other.parents);
    one
}

#[test]
fn what_nothing_holds_together_is_solved_apart_at_the_same_least_cost() {
    let mut split = 0;
    for seed in 0..400 {
        let (one, other) = (looser(2 * seed), looser(2 * seed + 1));
        let least = |problem: &Problem| enumerate(problem, Objective::Cost, None);
        let both = beside(one.clone(), other.clone());
        let parts = parts(&both, 1);
        let (Some((first, _)), Some((second, _))) = (least(&one), least(&other)) else {
            let impossible = parts.iter().any(|part| least(&part.problem).is_none());
            assert!(impossible || parts.is_empty(), "seed {seed}");
            continue;
        };
        if parts.is_empty() {
            continue;
        }
        split += 1;
        let mut whole = Solution {
            open: vec![false; both.sites.len()],
            ..Solution::default()
        };
        let mut sum = 0.0;
        for part in &parts {
            let (cost, solution) = least(&part.problem).expect("a part of what is possible");
            part.add_solution(&solution, &mut whole);
            sum += cost;
        }
        assert!((sum - first - second).abs() < 1e-9, "seed {seed}: {sum}");
        whole.chosen.sort_unstable();
        assert_eq!(check(&both, &whole), Ok(()), "seed {seed}");
    }
    assert!(split > 100, "{split}");
}

#[test]
fn two_zones_that_keep_as_many_limits_but_not_the_same_ones_stay_two() {
    // h1 is within 8 of the first but beyond 5, and within 5 of the second but beyond its 3.
    let mut problem = Problem {
        reaches: vec![reach(&[(3, &[(1, 2), (0, 6)]), (4, &[(1, 2), (0, 4)])], 2)],
        ..Problem::default()
    };
    problem.reaches[0].covers.push(Cover::Each {
        name: "each".into(),
        targets: vec![0, 1],
        limits: vec![8, 3],
    });
    sites_and_items(&mut problem);
    let counts = reduce(&problem).map(|(_, counts)| counts);
    assert!(!counts.is_some_and(|counts| counts.contains_key("targets_merged")));
}

fn sites_and_items(problem: &mut Problem) {
    for at in 0..2 {
        problem.sites.push(crate::siting::Site {
            fixed_cost: 1.0 + at as f64,
            ..Default::default()
        });
        problem.items.push(crate::siting::Item::default());
        problem.placements.push(crate::siting::Placement {
            item: at,
            site: at,
            ..Default::default()
        });
    }
}

/// Targets of these weights, each with hosts at these distances, of which half must be within 5.
fn reach(lists: &[(u64, &[(u32, u32)])], hosts: usize) -> Reach {
    let mut reach = Reach {
        starts: vec![0],
        hosts: (0..hosts)
            .map(|at| crate::siting::Host {
                placements: vec![at],
                always: false,
            })
            .collect(),
        ..Reach::default()
    };
    for (_, list) in lists {
        reach.host.extend(list.iter().map(|entry| entry.0));
        reach.distance.extend(list.iter().map(|entry| entry.1));
        reach.starts.push(reach.host.len());
    }
    let weights: Vec<u64> = lists.iter().map(|list| list.0).collect();
    reach.covers.push(Cover::Share {
        name: "half".into(),
        limit: 5,
        need: weights.iter().sum::<u64>() / 2,
        weights,
        price: None,
    });
    reach
}

#[test]
fn two_zones_with_the_same_hosts_within_the_limit_count_as_one_of_both_weights() {
    let mut problem = Problem {
        reaches: vec![reach(
            &[
                (3, &[(0, 1), (1, 4)]),
                (4, &[(1, 2), (0, 5)]),
                (2, &[(0, 3)]),
            ],
            2,
        )],
        ..Problem::default()
    };
    sites_and_items(&mut problem);
    let (part, counts) = reduce(&problem).expect("something to take out");
    assert_eq!(counts["targets_merged"], 1);
    let Cover::Share { weights, .. } = &part.problem.reaches[0].covers[0] else {
        panic!("a share");
    };
    assert_eq!(weights, &[7, 0, 2]);
}

#[test]
fn prices_of_the_smaller_problem_bound_the_whole_one_as_well() {
    let (mut compared, mut forced) = (0, 0);
    for seed in 0..6000 {
        let mut problem = looser(seed);
        for site in &mut problem.sites {
            site.parent = None;
        }
        let Some((part, counts)) = reduce(&problem) else {
            continue;
        };
        if counts.keys().any(|what| what.ends_with("dominated")) {
            continue;
        }
        let mut dice = Dice::new(seed);
        let mut prices = Certificate::zero(&part.problem);
        prices.items.fill_with(|| dice.amount(-3, 12));
        for (reach, own) in prices.reaches.iter_mut().zip(&part.problem.reaches) {
            reach.targets.fill_with(|| dice.amount(-2, 9));
            reach.covers.fill_with(|| dice.amount(0, 3));
            let once = |target: usize| {
                own.travel_price > 0.0
                    && own
                        .travel_weights
                        .get(target)
                        .is_some_and(|&weight| weight > 0)
                    || own.covers.iter().any(|cover| match cover {
                        Cover::Each { targets, .. } => targets.contains(&(target as u32)),
                        Cover::Mean { weights, .. } => weights[target] > 0,
                        Cover::Share { .. } => false,
                    })
            };
            let shared = |target: usize| {
                own.covers.iter().any(|cover| match cover {
                    Cover::Share { weights, .. } => weights[target] > 0,
                    Cover::Each { .. } | Cover::Mean { .. } => false,
                })
            };
            // Who need not be served once is worth nothing for it, and who asks nothing has no price.
            for (target, price) in reach.targets.iter_mut().enumerate() {
                *price = match (once(target), shared(target)) {
                    (true, _) => *price,
                    (false, true) => price.min(0.0),
                    (false, false) => 0.0,
                };
            }
        }
        let prices = prices.recomputed(&part.problem).expect("prices that fit");
        let mut whole = Certificate::zero(&problem);
        part.add_prices(&problem, &prices, &mut whole);
        let whole = whole.recomputed(&problem).expect("prices that fit");
        let close = 1e-6 * prices.bound.abs().max(1.0);
        assert!(
            whole.bound >= prices.bound - close,
            "seed {seed}: {} below {} ({counts:?})",
            whole.bound,
            prices.bound
        );
        compared += 1;
        forced += u32::from(counts.contains_key("placements_forced"));
    }
    assert!(compared > 200 && forced > 20, "{compared}, {forced}");
}
