//! What a site gains at most, against what is known of it.

use super::super::super::dice::Dice;
use super::super::super::problem::{Conflict, Host, Item, Placement, Reach, Site};
use super::*;

/// A site with two kinds of room for about a fifth of `things`.
fn crowded(things: usize) -> Problem {
    Problem {
        sites: vec![Site {
            capacities: vec![things as f64, 0.9 * things as f64],
            ..Site::default()
        }],
        items: vec![Item::default(); things],
        placements: (0..things)
            .map(|item| Placement {
                item,
                uses: vec![(item * 7 % 11) as f64, (item * 5 % 9) as f64],
                ..Placement::default()
            })
            .collect(),
        ..Problem::default()
    }
}

fn gain(things: usize) -> Vec<f64> {
    (0..things).map(|at| 1.0 + (at * 13 % 17) as f64).collect()
}

fn found(things: usize, looks: u64) -> Found {
    let problem = crowded(things);
    let layout = Layout::new(&problem);
    Room::new(&problem, &layout, &[], &gain(things), 0).most(looks)
}

#[test]
fn a_crowded_site_is_looked_at_no_more_than_allowed() {
    let (things, allowed) = (300, 10_000);
    let found = found(things, allowed);
    // On the way back each thing is looked at once more, for each capacity, for their mix and for none.
    let most = allowed + (7 * things * things) as u64;
    assert!(found.is_cut && found.looks <= most, "{}", found.looks);
    assert!(found.most <= gain(things).iter().sum::<f64>());
}

#[test]
fn a_bound_that_ran_out_of_looks_is_no_less_than_one_that_did_not() {
    for things in [12, 16, 20] {
        let (whole, short) = (found(things, u64::MAX), found(things, 100));
        assert!(short.is_cut && !whole.is_cut);
        assert!(short.most >= whole.most - 1e-9, "{things}");
    }
}

#[test]
fn two_kinds_of_room_bound_together_what_each_alone_would_let_in() {
    let mut problem = crowded(40);
    problem.sites[0].capacities = vec![100.0, 50.0];
    for (item, placement) in problem.placements.iter_mut().enumerate() {
        placement.uses = [vec![10.0, 0.0], vec![0.0, 10.0]][item % 2].clone();
    }
    let layout = Layout::new(&problem);
    let gain: Vec<f64> = (0..40).map(|item| [7.0, 3.0][item % 2]).collect();
    let found = Room::new(&problem, &layout, &[], &gain, 0).most(0);
    assert!((found.most - 85.0).abs() < 1e-3, "{}", found.most);
}

/// A site whose placements have these uses, where each item has one or two of them.
fn site(capacities: Vec<f64>, placements: &[(usize, Vec<f64>)]) -> Problem {
    let items = placements.iter().map(|of| of.0 + 1).max().unwrap_or(0);
    let placement = |(item, uses): &(usize, Vec<f64>)| Placement {
        item: *item,
        uses: uses.clone(),
        ..Placement::default()
    };
    Problem {
        sites: vec![Site {
            capacities,
            ..Site::default()
        }],
        items: vec![Item::default(); items],
        placements: placements.iter().map(placement).collect(),
        ..Problem::default()
    }
}

/// The most of all sets that fit and take each item once.
fn enumerated(problem: &Problem, gain: &[f64]) -> f64 {
    let sets = 0..1u32 << gain.len();
    let worth = |set: u32| {
        let chosen: Vec<usize> = (0..gain.len()).filter(|at| set >> at & 1 == 1).collect();
        let items: HashSet<usize> = (chosen.iter())
            .map(|&at| problem.placements[at].item)
            .collect();
        let used = |kind: usize| -> f64 {
            let uses = |at: &usize| problem.placements[*at].uses[kind];
            chosen.iter().map(uses).sum()
        };
        let mut kinds = problem.sites[0].capacities.iter().enumerate();
        let fits = kinds.all(|(kind, &capacity)| used(kind) <= capacity);
        let sum = chosen.iter().map(|&at| gain[at]).sum::<f64>();
        (fits && items.len() == chosen.len()).then_some(sum)
    };
    sets.filter_map(worth).fold(0.0, f64::max)
}

#[test]
fn no_set_of_a_small_site_gains_more_however_few_the_looks() {
    let mut dice = Dice::new(1);
    let (mut exact, mut all) = (0, 0);
    for seed in 0..1500 {
        let things = dice.size(1, 9);
        let kinds = dice.size(0, 3);
        let mut capacities: Vec<f64> = (0..kinds).map(|_| dice.amount(5, 25)).collect();
        if kinds > 0 && dice.one_in(4) {
            capacities[dice.below(kinds as u64) as usize] = f64::MAX;
        }
        let placements: Vec<(usize, Vec<f64>)> = (0..things)
            .map(|at| {
                let item = if dice.one_in(2) { at } else { at / 2 };
                (item, (0..kinds).map(|_| dice.amount(0, 9)).collect())
            })
            .collect();
        let gain: Vec<f64> = (0..things)
            .map(|_| match dice.one_in(8) {
                true => 1e-13,
                false => dice.amount(1, 20),
            })
            .collect();
        let problem = site(capacities, &placements);
        let best = enumerated(&problem, &gain);
        let layout = Layout::new(&problem);
        for looks in [0, 40, u64::MAX] {
            let most = Room::new(&problem, &layout, &[], &gain, 0).most(looks).most;
            assert!(most >= best - 1e-9, "{seed}, {looks}: {most} under {best}");
            exact += usize::from(looks == u64::MAX && most <= best + 1e-6);
        }
        all += 1;
    }
    assert_eq!(exact, all);
}

#[test]
fn a_gain_that_is_rounding_alone_does_not_turn_the_order_of_the_others() {
    let two = |used: f64| vec![used, used];
    let placements = [
        (0, two(10.0)),
        (0, two(1.0)),
        (1, two(1.0)),
        (2, two(100.0)),
    ];
    let problem = site(two(10.0), &placements);
    let gain = [10.0, 9.0, 8.0, 1e-13];
    let best = enumerated(&problem, &gain);
    assert_eq!(best, 17.0);
    let layout = Layout::new(&problem);
    let most = Room::new(&problem, &layout, &[], &gain, 0).most(0).most;
    assert!(most >= best, "{most}");
}

#[test]
fn room_in_cells_holds_the_best_of_all_sets_of_which_some_exclude_each_other_and_some_earn_together()
 {
    const THINGS: usize = 12;
    // Of three groups one or two things may be chosen, of the last any number; two groups take one kind of floor.
    const LIMITS: [usize; 4] = [1, 2, 2, THINGS];
    let mut dice = Dice::new(3);
    let mut cut = 0;
    for seed in 0..60 {
        let of: Vec<usize> = (0..THINGS).map(|_| dice.below(4) as usize).collect();
        let things: Vec<usize> = (0..THINGS).collect();
        let members = |group: usize| {
            things
                .iter()
                .copied()
                .filter(|&at| of[at] == group)
                .collect()
        };
        let uses = |&group: &usize| {
            let used = 0.5 * dice.amount(4, 28);
            if group < 2 {
                vec![used, 0.0, used]
            } else {
                vec![0.0, used, used]
            }
        };
        let uses: Vec<Vec<f64>> = of.iter().map(uses).collect();
        let placements: Vec<(usize, Vec<f64>)> = uses.into_iter().enumerate().collect();
        let floor = [dice.amount(12, 30), dice.amount(12, 30)];
        let together = floor[0] + floor[1] - dice.amount(0, 12);
        let mut problem = site(vec![floor[0], floor[1], together], &placements);
        for (group, most) in LIMITS.into_iter().enumerate().take(3) {
            problem.conflicts.push(Conflict {
                placements: members(group),
                most: most as u32,
                ..Conflict::default()
            });
        }
        let host = |group| Host {
            placements: members(group),
            ..Host::default()
        };
        problem.reaches.push(Reach {
            hosts: (0..4).map(host).collect(),
            starts: vec![0],
            ..Reach::default()
        });
        let own: Vec<f64> = (0..THINGS).map(|_| dice.amount(0, 40) - 4.0).collect();
        let earns: Vec<f64> = (0..4).map(|_| dice.amount(0, 20)).collect();
        let worth = |set: u32| {
            let chosen: Vec<usize> = (0..THINGS).filter(|at| set >> at & 1 == 1).collect();
            let number = |group: usize| chosen.iter().filter(|at| of[**at] == group).count();
            let kinds = problem.sites[0].capacities.iter().enumerate();
            let used = |kind: usize| -> f64 {
                chosen
                    .iter()
                    .map(|&at| problem.placements[at].uses[kind])
                    .sum()
            };
            let fits = kinds.clone().all(|(kind, room)| used(kind) <= *room);
            let keeps = (0..4).all(|group| number(group) <= LIMITS[group]);
            let earned = (0..4)
                .filter(|group| number(*group) > 0)
                .map(|group| earns[group]);
            let sum = chosen.iter().map(|&at| own[at]).sum::<f64>() + earned.sum::<f64>();
            (fits && keeps).then_some(sum)
        };
        let best = (0..1 << THINGS).filter_map(worth).fold(0.0, f64::max);
        let layout = Layout::new(&problem);
        let room = || Room::new(&problem, &layout, std::slice::from_ref(&earns), &own, 0);
        let found = room().most(0);
        assert!(
            (found.most - best).abs() < 1e-9,
            "{seed}: {} for {best}",
            found.most
        );
        cut += usize::from(room().things.len() > 3);
    }
    assert!(cut > 50, "{cut}");
}

#[test]
fn room_far_beyond_that_of_all_floor_takes_no_more_cells_than_all_floor() {
    let uses: Vec<(usize, Vec<f64>)> = (0..64)
        .map(|item| (item, vec![2e8 + 1e-3 * item as f64; 2]))
        .collect();
    for capacities in [[1e9, 10.0], [1e18, 0.0], [10.0, 1e9], [0.0, 1e18]] {
        let problem = site(capacities.to_vec(), &uses);
        let layout = Layout::new(&problem);
        let most = Room::new(&problem, &layout, &[], &[1.0; 64], 0)
            .most(0)
            .most;
        assert!((0.0..64.0).contains(&most), "{most}");
    }
}
