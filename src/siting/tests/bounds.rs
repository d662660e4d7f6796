//! Bounds, certificates and what is ruled out by them, against enumeration.

use super::super::check::Objective;
use super::super::dice::Dice;
use super::super::tiny::{enumerate, tiny};
use super::super::*;
use super::{ask, two_sites};
use std::time::Duration;

/// One more kind of room at every site, that nothing fills, before the others.
fn boundless(problem: &mut Problem) {
    for site in &mut problem.sites {
        site.capacities.insert(0, f64::MAX);
    }
    for placement in &mut problem.placements {
        placement.uses.insert(0, 1.0);
    }
}

#[test]
fn no_multipliers_give_a_bound_above_the_optimum() {
    use super::super::{dual::Dual, layout::Layout, state::Ground, web::Web};
    let (mut tight, mut all) = (0, 0);
    for seed in 0..3000 {
        let mut problem = tiny(seed, seed % 3 == 0);
        if seed % 5 == 0 {
            boundless(&mut problem);
        }
        let Some((best, solution)) = enumerate(&problem, Objective::Cost, None) else {
            continue;
        };
        let layout = Layout::new(&problem);
        let web = Web::new(&problem, false).expect("small sums");
        let ground = Ground::new(&problem, &layout, &web);
        for nodes in [0, 300] {
            let mut dual = Dual::new(&ground, nodes);
            dual.climb(200, &|_, _| false);
            let prices = dual.prices(nodes).expect("a bound");
            let bound = prices.bound;
            let certificate = certificate::certify(&ground, &prices).expect("it fits");
            assert!(
                certificate.bound <= best + 1e-9,
                "seed {seed}: {} above {best}",
                certificate.bound
            );
            let size = 1e-6 * (1.0 + bound.abs());
            let parts = problem.items.iter().any(|item| item.split);
            assert!(
                nodes == 0 || parts || (certificate.bound - bound).abs() < size,
                "seed {seed}: {} for {bound}",
                certificate.bound
            );
            assert_eq!(
                recompute_bound(&problem, &certificate).ok(),
                Some(certificate.bound)
            );
            assert!(
                bound <= best + 1e-6,
                "seed {seed}: bound {bound} above {best}"
            );
            let whole = solution.chosen.iter().zip(&solution.shares);
            for (&at, _) in whole.filter(|chosen| *chosen.1 == 1.0) {
                let with = bound + prices.reduced[at];
                assert!(with <= best + 1e-6, "seed {seed}, {at}: {with} for {best}");
            }
            all += 1;
            tight += i32::from(bound > best - 0.05 * best.abs() - 0.5);
        }
    }
    assert!(tight * 4 > all, "{tight} of {all} within 5 %");
}

#[test]
fn what_is_labelled_proven_is_so_in_every_best_solution() {
    for seed in 0..400 {
        let problem = tiny(seed, false);
        let Some((best, solution)) = enumerate(&problem, Objective::Cost, None) else {
            continue;
        };
        if problem.items.iter().any(|item| item.choice == Choice::Any) {
            continue;
        }
        let quick = Ask {
            time: Duration::from_millis(60),
            ..ask(0.0)
        };
        let Ok(answer) = super::super::door::solve_with(&problem, &quick, &(), 0) else {
            continue;
        };
        if answer.value > best + 1e-9 {
            continue;
        }
        for (site, proof) in answer.proofs.iter().enumerate() {
            if *proof == Proof::Proven {
                assert_eq!(
                    answer.solution.open[site], solution.open[site],
                    "seed {seed}, site {site}"
                );
            }
        }
    }
}

#[test]
fn a_certificate_of_any_numbers_stays_below_the_optimum() {
    use super::super::dice::Dice;
    for seed in 0..300 {
        let problem = tiny(seed, seed % 2 == 0);
        let Some((best, _)) = enumerate(&problem, Objective::Cost, None) else {
            continue;
        };
        let mut dice = Dice::new(seed);
        for _ in 0..20 {
            let mut any = |count: usize| {
                (0..count)
                    .map(|_| 10.0 * dice.share() - 3.0)
                    .collect::<Vec<f64>>()
            };
            let certificate = Certificate {
                items: any(problem.items.len()),
                rows: any(problem.rows.len()),
                requires: any(problem.placements.len()),
                pairs: any(problem.pairs.len()),
                variants: any(problem.sites.len()),
                reaches: problem
                    .reaches
                    .iter()
                    .map(|reach| ReachPrices {
                        targets: any(reach.target_count()),
                        covers: any(reach.covers.len()),
                    })
                    .collect(),
                ..Certificate::default()
            };
            let bound = recompute_bound(&problem, &certificate).expect("it fits");
            assert!(bound <= best + 1e-9, "seed {seed}: {bound} above {best}");
        }
    }
}

#[test]
fn a_certificate_that_does_not_fit_is_refused() {
    assert!(recompute_bound(&two_sites(), &Certificate::default()).is_err());
}

#[test]
fn fixing_by_reduced_cost_loses_no_best_solution() {
    let quick = Ask {
        time: Duration::from_millis(1500),
        ..ask(0.0)
    };
    let mut fixed = 0;
    for seed in 0..300 {
        let problem = tiny(seed, false);
        let Some((best, _)) = enumerate(&problem, Objective::Cost, None) else {
            continue;
        };
        if problem.items.iter().any(|item| item.choice == Choice::Any) {
            continue;
        }
        let Ok(answer) = super::super::door::solve_with(&problem, &quick, &(), 50) else {
            continue;
        };
        assert!(
            (answer.value - best).abs() < 1e-6,
            "seed {seed}: {} for {best}",
            answer.value
        );
        assert!(
            answer.bound.is_some_and(|bound| bound <= best + 1e-9),
            "seed {seed}"
        );
        fixed += answer
            .counts
            .get("fixed_by_reduced_cost")
            .copied()
            .unwrap_or(0);
    }
    assert!(fixed > 20, "{fixed} fixed");
}

#[test]
fn choosing_a_placement_costs_at_least_the_bound_and_its_reduced_cost() {
    use super::super::{dual::Dual, layout::Layout, state::Ground, web::Web};
    let (mut told, mut all) = (0, 0);
    for seed in 0..400 {
        let problem = tiny(seed, false);
        let layout = Layout::new(&problem);
        let web = Web::new(&problem, false).expect("small sums");
        let ground = Ground::new(&problem, &layout, &web);
        let mut dual = Dual::new(&ground, 300);
        dual.climb(100, &|_, _| false);
        // Few nodes: then the certificate's terms are not the dual's.
        let prices = dual.prices(seed as u32 % 4).expect("a bound");
        let certificate = certificate::certify(&ground, &prices).expect("it fits");
        let prices = prices.beside(&problem, &certificate);
        for (at, &reduced) in prices.reduced.iter().enumerate() {
            let mut with = problem.clone();
            with.rows.push(Row {
                terms: vec![(Term::Placement(at), 1.0)],
                at_least: Some(1.0),
                ..Row::default()
            });
            let Some((best, _)) = enumerate(&with, Objective::Cost, None) else {
                continue;
            };
            let least = prices.bound + reduced;
            assert!(
                least <= best + 1e-6,
                "seed {seed}: {least} with placement {at} at {best}"
            );
            all += 1;
            told += usize::from(reduced > 1e-6);
        }
    }
    assert!(told * 5 > all, "{told} of {all} placements cost more");
}

#[test]
fn a_placement_stands_for_no_other_where_its_item_may_be_at_the_site_in_another_way() {
    use super::super::{dual::Dual, layout::Layout, state::Ground, web::Web};
    // The first alone is worse than the second, which excludes it; but the second's item can be there in a
    // third way beside the first, and that is best.
    let placed = |item, cost| Placement {
        item,
        cost,
        ..Placement::default()
    };
    let optional = |name: &str| Item {
        name: name.into(),
        choice: Choice::AtMostOne,
        ..Item::default()
    };
    let problem = Problem {
        sites: vec![Site::default()],
        items: vec![optional("one"), optional("other")],
        placements: vec![placed(0, -5.0), placed(1, -6.0), placed(1, -4.0)],
        conflicts: vec![Conflict {
            placements: vec![0, 1],
            most: 1,
            ..Conflict::default()
        }],
        ..Problem::default()
    };
    let (best, _) = enumerate(&problem, Objective::Cost, None).expect("a solution");
    assert_eq!(best, -9.0);
    let layout = Layout::new(&problem);
    let web = Web::new(&problem, false).expect("small sums");
    let ground = Ground::new(&problem, &layout, &web);
    let mut dual = Dual::new(&ground, 300);
    dual.climb(20, &|_, _| false);
    let prices = dual.prices(300).expect("a bound");
    assert!(prices.bound <= best + 1e-9, "{}", prices.bound);
    for at in [0, 2] {
        assert!(prices.bound + prices.reduced[at] <= best + 1e-9, "{at}");
    }
}

/// Items that cost this at the first two sites and elsewhere, and the bound that prices alone prove.
fn bound_of(costs: &[[Option<f64>; 3]], change: impl FnOnce(&mut Problem)) -> f64 {
    let mut problem = Problem {
        sites: vec![Site::default(); 3],
        ..Problem::default()
    };
    for (item, costs) in costs.iter().enumerate() {
        problem.items.push(Item::default());
        for (site, &cost) in costs.iter().enumerate() {
            problem.placements.extend(cost.map(|cost| Placement {
                item,
                site,
                cost,
                ..Placement::default()
            }));
        }
    }
    change(&mut problem);
    let certificate = witness(&problem, &|| false).expect("there are prices");
    let best = enumerate(&problem, Objective::Cost, None).map_or(f64::INFINITY, |best| best.0);
    assert!(certificate.bound <= best + 1e-9);
    best - certificate.bound
}

#[test]
fn a_reward_of_a_pair_counts_where_it_decides_something() {
    // One is at the first site whatever happens, the other goes elsewhere for more than the reward.
    let costs = [[Some(0.0), None, None], [Some(0.0), None, Some(-8.0)]];
    let short = bound_of(&costs, |problem| {
        problem.pairs.push(Pair {
            first: 0,
            second: 1,
            reward: 6.0,
        });
    });
    assert!(short < 0.05, "{short} short of the optimum");
}

#[test]
fn a_fee_of_a_pair_is_part_of_the_bound() {
    let costs = [[Some(0.0), None, Some(3.0)], [Some(0.0), None, Some(3.0)]];
    let short = bound_of(&costs, |problem| {
        problem.pairs.push(Pair {
            first: 0,
            second: 2,
            reward: -4.0,
        });
    });
    assert!(short < 0.05, "{short} short of the optimum");
}

#[test]
fn only_one_of_several_variants_counts_in_the_bound() {
    let costs = [[Some(0.0), None, Some(9.0)], [None, Some(0.0), Some(9.0)]];
    let short = bound_of(&costs, |problem| {
        problem.sites[0].variant_of = Some(0);
        problem.sites[1].variant_of = Some(0);
    });
    assert!(short < 0.05, "{short} short of the optimum");
}

#[test]
fn two_ways_of_being_at_a_site_count_once_in_the_certificate_however_many_items_have_them() {
    let mut problem = Problem::default();
    problem.sites.push(Site {
        fixed_cost: 5.0,
        ..Site::default()
    });
    for item in 0..30 {
        problem.items.push(Item::default());
        for _ in 0..2 {
            problem.placements.push(Placement {
                item,
                cost: 1.0,
                ..Placement::default()
            });
        }
    }
    let certificate = witness(&problem, &|| false).expect("there are prices");
    assert!(
        (34.5..=35.0 + 1e-9).contains(&certificate.bound),
        "{} of 35",
        certificate.bound
    );
}

#[test]
fn a_certificate_from_before_pairs_and_variants_had_prices_still_counts() {
    for seed in 0..200 {
        let problem = tiny(seed, false);
        let Some((best, _)) = enumerate(&problem, Objective::Cost, None) else {
            continue;
        };
        let Some(certificate) = witness(&problem, &|| false) else {
            continue;
        };
        let before = Certificate {
            pairs: Vec::new(),
            variants: Vec::new(),
            ..certificate
        };
        let bound = recompute_bound(&problem, &before).expect("it fits");
        assert!(bound <= best + 1e-9, "seed {seed}: {bound} above {best}");
    }
}

/// A town where every item has room at every site, half of them in the one kind of room and half in the other.
fn dense(seed: u64) -> Problem {
    let mut dice = Dice::new(seed);
    let (sites, items) = (20, 120);
    let mut problem = Problem::default();
    for _ in 0..sites {
        problem.sites.push(Site {
            fixed_cost: dice.amount(800, 1200),
            capacities: vec![dice.amount(80, 120), dice.amount(80, 120)],
            ..Site::default()
        });
    }
    for item in 0..items {
        let used = dice.amount(5, 15);
        problem.items.push(Item::default());
        for site in 0..sites {
            problem.placements.push(Placement {
                item,
                site,
                cost: dice.amount(0, 60),
                uses: match item % 2 {
                    0 => vec![used, 0.0],
                    _ => vec![0.0, used],
                },
                ..Placement::default()
            });
        }
    }
    problem
}

#[test]
fn where_sites_are_crowded_few_rounds_bring_a_bound_that_is_worth_having() {
    use super::super::{dual::Dual, layout::Layout, state::Ground, web::Web};
    for seed in 0..6 {
        let problem = dense(seed);
        let layout = Layout::new(&problem);
        let web = Web::new(&problem, false).expect("small sums");
        let ground = Ground::new(&problem, &layout, &web);
        let bound = |rounds| {
            let mut dual = Dual::new(&ground, 300);
            dual.climb(rounds, &|_, _| false);
            dual.prices(300).expect("a bound").bound
        };
        let answer = solve(
            &problem,
            &Ask {
                time: Duration::from_secs(2),
                ..ask(0.001)
            },
            &(),
        )
        .expect("a solution");
        let (first, last) = (bound(1), bound(60));
        let value = answer.value;
        assert!(
            last <= value && last > first && last > 0.8 * value,
            "{seed}: {first}, then {last} for {value}"
        );
    }
}
