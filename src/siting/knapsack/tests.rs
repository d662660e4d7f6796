//! Knapsacks against a table of every amount of room.

use super::super::dice::Dice;
use super::super::problem::{Item, Placement, Site};
use super::super::web::Web;
use super::*;

/// Items of whole uses at one site with room for some, and what each gains.
fn crowded(seed: u64, items: usize) -> (Problem, Vec<f64>) {
    let mut dice = Dice::new(seed);
    let mut problem = Problem {
        sites: vec![Site {
            capacities: vec![10.0 * items as f64],
            ..Site::default()
        }],
        ..Problem::default()
    };
    let mut gains = Vec::new();
    for item in 0..items {
        problem.items.push(Item::default());
        let uses = dice.amount(20, 60);
        problem.placements.push(Placement {
            item,
            uses: vec![uses],
            ..Placement::default()
        });
        gains.push(uses + dice.amount(0, 9));
    }
    (problem, gains)
}

/// The most that fits, from a table of every amount of room.
fn tabled(problem: &Problem, gains: &[f64]) -> f64 {
    let mut best = vec![0.0_f64; problem.sites[0].capacities[0] as usize + 1];
    for (placement, gain) in problem.placements.iter().zip(gains) {
        let uses = placement.uses[0] as usize;
        for room in (uses..best.len()).rev() {
            best[room] = best[room].max(best[room - uses] + gain);
        }
    }
    best[best.len() - 1]
}

/// What the knapsack says is the most, and how many gains it looked at.
fn asked(problem: &Problem, gains: &[f64], work_cap: u64) -> (f64, u64) {
    with_shelf(problem, gains, work_cap, |knapsack, shelf, gains| {
        (knapsack.most(shelf, 0, gains, 0.0), knapsack.work)
    })
}

/// A knapsack of the one site, its shelf, and the gains.
fn with_shelf<T>(
    problem: &Problem,
    gains: &[f64],
    work_cap: u64,
    ask: impl FnOnce(&mut Knapsack, &Shelf, &[Gain]) -> T,
) -> T {
    let layout = Layout::new(problem);
    let web = Web::new(problem, false).expect("small sums");
    let stand_ins = Arc::new(StandIns::new(problem, &layout, &web.hosts_of));
    let shelf = Shelf {
        problem,
        layout: &layout,
        hosts_of: &web.hosts_of,
        earns: &[],
        node_cap: u32::MAX,
        work_cap,
    };
    let gains: Vec<Gain> = (gains.iter().enumerate())
        .map(|(at, &gain)| Gain::new(at as u32, gain, gain))
        .collect();
    let mut knapsack = Knapsack::new(problem, 0, stand_ins);
    ask(&mut knapsack, &shelf, &gains)
}

#[test]
fn a_crowded_site_takes_no_more_than_its_share_of_the_work_and_its_bound_stays_above_the_best() {
    let mut ended_early = 0;
    for seed in 0..20 {
        let (problem, gains) = crowded(seed, 300);
        let (most, work) = asked(&problem, &gains, 20_000);
        let best = tabled(&problem, &gains);
        assert!(most >= best - 1e-6, "{seed}: {most} under {best}");
        // What stands above when the work is spent looks once more each.
        assert!(work <= 20_000 + 300 * 300, "{seed}: {work}");
        ended_early += usize::from(work > 20_000);
    }
    assert!(ended_early > 5, "{ended_early}");
}

#[test]
fn with_work_enough_the_best_is_found() {
    for seed in 0..40 {
        let (problem, gains) = crowded(seed, 14);
        let (most, _) = asked(&problem, &gains, u64::MAX);
        let best = tabled(&problem, &gains);
        assert!((most - best).abs() <= 1e-6, "{seed}: {most} for {best}");
    }
}

#[test]
fn what_is_no_more_than_a_floor_is_not_looked_for_and_what_is_more_is_found() {
    let mut above = 0;
    for seed in 0..40 {
        let (problem, gains) = crowded(seed, 14);
        let best = tabled(&problem, &gains);
        for floor in [0.5 * best, best - 1.0, best, best + 1.0] {
            let most = with_shelf(&problem, &gains, u64::MAX, |knapsack, shelf, gains| {
                knapsack.most(shelf, 0, gains, floor)
            });
            assert!(most >= best - 1e-6, "{seed}: {most} for {best}, {floor}");
            assert!(most <= best.max(floor) + 1e-6, "{seed}: {most}, {floor}");
            above += usize::from(most > floor);
        }
    }
    assert!(above >= 80, "{above}");
}

#[test]
fn a_placement_loses_no_more_than_it_does_at_the_best_with_it() {
    let mut telling = 0;
    for seed in 0..30 {
        let (problem, gains) = crowded(seed, 14);
        let (most, losses) = with_shelf(&problem, &gains, 0, |knapsack, shelf, all| {
            knapsack.losses(shelf, 0, all, gains.iter().copied().enumerate())
        });
        assert!(most >= tabled(&problem, &gains) - 1e-6);
        for (forced, loss) in losses.into_iter().enumerate() {
            let mut beside = problem.clone();
            beside.sites[0].capacities[0] -= problem.placements[forced].uses[0];
            let mut others = gains.clone();
            others[forced] = 0.0;
            let with = gains[forced] + tabled(&beside, &others);
            assert!(
                with <= most - loss + 1e-6,
                "{seed}: {with}, {most} − {loss}"
            );
            telling += usize::from(loss > 1e-9);
        }
    }
    assert!(telling > 100, "{telling}");
}

#[test]
fn two_kinds_of_room_bound_together_what_each_alone_would_let_in() {
    // Items take one kind or the other; at best each kind is full.
    let mut problem = Problem {
        sites: vec![Site {
            capacities: vec![100.0, 50.0],
            ..Site::default()
        }],
        ..Problem::default()
    };
    for item in 0..40 {
        problem.items.push(Item::default());
        problem.placements.push(Placement {
            item,
            uses: if item % 2 == 0 {
                vec![10.0, 0.0]
            } else {
                vec![0.0, 10.0]
            },
            ..Placement::default()
        });
    }
    let gains: Vec<f64> = (0..40)
        .map(|item| if item % 2 == 0 { 7.0 } else { 3.0 })
        .collect();
    // No search at all: the bound at its root.
    let (most, _) = asked(&problem, &gains, 0);
    assert!((most - 85.0).abs() < 1e-3, "{most}");
}

#[test]
fn a_gain_that_is_rounding_alone_does_not_turn_the_order_of_the_others() {
    let problem = Problem {
        sites: vec![Site {
            capacities: vec![10.0, 10.0],
            ..Site::default()
        }],
        items: vec![Item::default(); 3],
        placements: [(0, 10.0), (0, 1.0), (1, 1.0), (2, 100.0)]
            .map(|(item, used)| Placement {
                item,
                uses: vec![used, used],
                ..Placement::default()
            })
            .to_vec(),
        ..Problem::default()
    };
    // At best the second way of the first item beside the second item.
    let gains = [10.0, 9.0, 8.0, 1e-13];
    for work_cap in [0, u64::MAX] {
        let (most, _) = asked(&problem, &gains, work_cap);
        assert!(most >= 17.0, "{most}");
    }
}
