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
        .map(|(at, &gain)| Gain::new(at, gain, gain))
        .collect();
    let mut knapsack = Knapsack::new(problem, 0, stand_ins);
    (knapsack.most(&shelf, 0, &gains), knapsack.work)
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
