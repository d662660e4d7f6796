//! Knapsacks against a table of every amount of room.

use super::super::dice::Dice;
use super::super::grouped::Grouped;
use super::super::problem::{Conflict, Item, Placement, Site};
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
    let facts = Arc::new(Facts::new(problem, &layout, &web.hosts_of));
    let mut knapsack = Knapsack::new(problem, 0, facts);
    ask(&mut knapsack, &shelf, &gains)
}

#[test]
fn a_crowded_site_of_whole_uses_has_its_best_however_little_is_searched() {
    for seed in 0..20 {
        let (problem, gains) = crowded(seed, 300);
        let (most, work) = asked(&problem, &gains, 20_000);
        let best = tabled(&problem, &gains);
        assert!((most - best).abs() < 1e-6, "{seed}: {most} for {best}");
        // What stands above when the work is spent looks once more each.
        assert!(work <= 20_000 + 300 * 300, "{seed}: {work}");
    }
}

#[test]
fn a_crowded_site_whose_uses_have_no_common_measure_has_a_bound_just_above_its_best() {
    for seed in 0..20 {
        let (mut problem, gains) = crowded(seed, 100);
        let best = tabled(&problem, &gains);
        // A little less is taken, so that nothing is lost of what fits.
        for (at, placement) in problem.placements.iter_mut().enumerate() {
            placement.uses[0] -= 1e-4 / (at as f64 + std::f64::consts::PI);
        }
        let (most, _) = asked(&problem, &gains, 1_000);
        assert!(most >= best - 1e-6, "{seed}: {most} under {best}");
        assert!(most <= 1.02 * best, "{seed}: {most} for {best}");
    }
}

/// Placements of two kinds of floor at one site, of which all floor holds a little less than both; families of them of
/// which one, two or any number may be chosen earn something together.
struct Tied {
    problem: Problem,
    own: Vec<f64>,
    earns: Vec<f64>,
    /// Family of each placement.
    of: Vec<usize>,
}

/// Placements of a tied site.
const TIED: usize = 13;

fn tied(seed: u64) -> Tied {
    let mut dice = Dice::new(seed);
    let (one, other) = (dice.amount(12, 30), dice.amount(12, 30));
    let mut tied = Tied {
        problem: Problem {
            sites: vec![Site {
                capacities: vec![one, other, one + other - dice.amount(0, 12)],
                ..Site::default()
            }],
            items: vec![Item::default(); TIED],
            ..Problem::default()
        },
        own: (0..TIED).map(|_| dice.amount(0, 40) - 4.0).collect(),
        earns: (0..4).map(|_| dice.amount(0, 20)).collect(),
        of: (0..TIED).map(|_| dice.below(4) as usize).collect(),
    };
    for item in 0..TIED {
        let used = dice.amount(2, 14);
        // Two families take one kind of floor, two the other.
        let uses = match tied.of[item] < 2 {
            true => vec![used, 0.0, used],
            false => vec![0.0, used, used],
        };
        tied.problem.placements.push(Placement {
            item,
            uses,
            ..Placement::default()
        });
    }
    for (family, most) in [1, 2, 2].into_iter().enumerate() {
        let of = (0..TIED).filter(|at| tied.of[*at] == family);
        tied.problem.conflicts.push(Conflict {
            placements: of.collect(),
            most,
            ..Conflict::default()
        });
    }
    tied
}

impl Tied {
    /// What a set gains, if it fits.
    fn worth(&self, set: u32) -> Option<f64> {
        let chosen: Vec<usize> = (0..TIED).filter(|at| set >> at & 1 == 1).collect();
        let capacities = self.problem.sites[0].capacities.iter().enumerate();
        let used = |kind: usize| -> f64 {
            let uses = |at: &usize| self.problem.placements[*at].uses[kind];
            chosen.iter().map(uses).sum()
        };
        let fits = capacities.clone().all(|(kind, room)| used(kind) <= *room);
        let number = |family: usize| chosen.iter().filter(|at| self.of[**at] == family).count();
        let limits = [1, 2, 2, TIED].into_iter().enumerate();
        let items: std::collections::HashSet<usize> = (chosen.iter())
            .map(|&at| self.problem.placements[at].item)
            .collect();
        let keeps = limits.clone().all(|(family, most)| number(family) <= most)
            && items.len() == chosen.len();
        let earned = (0..4).filter(|family| number(*family) > 0);
        let own: f64 = chosen.iter().map(|&at| self.own[at]).sum();
        let sum = own + earned.map(|family| self.earns[family]).sum::<f64>();
        (fits && keeps).then_some(sum)
    }

    /// The most that sets gain, and the most with each placement.
    fn best(&self) -> (f64, Vec<f64>) {
        let (mut best, mut with) = (0.0_f64, vec![f64::NEG_INFINITY; TIED]);
        for set in 0..1 << TIED {
            if let Some(worth) = self.worth(set) {
                best = best.max(worth);
                let chosen = with.iter_mut().enumerate();
                for (_, with) in chosen.filter(|with| set >> with.0 & 1 == 1) {
                    *with = with.max(worth);
                }
            }
        }
        (best, with)
    }

    /// What the cells say of both, and what the set that they choose gains.
    fn packed(&self) -> (f64, Vec<(u32, f64)>, Option<f64>) {
        let problem = &self.problem;
        let layout = Layout::new(problem);
        let hosts = self.of.iter().enumerate();
        let hosts = hosts.map(|(at, &family)| (at as u32, family as u32));
        let hosts_of = Grouped::new(TIED, hosts.collect());
        let shelf = Shelf {
            problem,
            layout: &layout,
            hosts_of: &hosts_of,
            earns: &self.earns,
            node_cap: u32::MAX,
            work_cap: 0,
        };
        let full = |at: usize| self.own[at] + self.earns[self.of[at]];
        let gains: Vec<Gain> = (0..TIED)
            .filter(|&at| full(at) > 0.0)
            .map(|at| Gain::new(at as u32, self.own[at], full(at)))
            .collect();
        let facts = Arc::new(Facts::new(problem, &layout, &hosts_of));
        let mut knapsack = Knapsack::new(problem, 4, facts);
        let most = knapsack.most(&shelf, 0, &gains, 0.0);
        let set = knapsack.chosen.iter().fold(0, |set, at| set | 1 << at);
        let with = knapsack.most_with_each(&shelf, 0, &gains, |at| full(at as usize));
        (most, with.unwrap_or_default(), self.worth(set))
    }
}

#[test]
fn cells_find_the_best_of_all_sets_where_kinds_of_floor_limits_and_what_is_earned_together_meet() {
    for seed in 0..60 {
        let tied = tied(seed);
        let (best, _) = tied.best();
        let (most, _, chosen) = tied.packed();
        assert!((most - best).abs() < 1e-9, "{seed}: {most} for {best}");
        let chosen = chosen.expect("what was chosen fits");
        assert!((chosen - best).abs() < 1e-9, "{seed}: {chosen} for {best}");
    }
}

#[test]
fn cells_never_say_too_little_where_items_could_be_placed_in_several_ways() {
    let mut exact = 0;
    for seed in 0..60 {
        let mut tied = tied(seed);
        for (at, placement) in tied.problem.placements.iter_mut().enumerate() {
            placement.item = at / 2;
        }
        let (best, _) = tied.best();
        let (most, with, _) = tied.packed();
        assert!(most >= best - 1e-9, "{seed}: {most} under {best}");
        assert!(with.iter().all(|with| with.1.is_finite() || with.1 < 0.0));
        exact += usize::from(most <= best + 1e-9);
    }
    assert!(exact > 10, "{exact}");
}

#[test]
fn room_far_beyond_that_of_all_floor_takes_no_more_cells_than_all_floor() {
    let placement = |item: usize| Placement {
        item,
        uses: vec![2e8 + 1e-3 * item as f64; 2],
        ..Placement::default()
    };
    for (room, all) in [(1e9, 10.0), (1e18, 0.0), (10.0, 1e9), (0.0, 1e18)] {
        let problem = Problem {
            sites: vec![Site {
                capacities: vec![room, all],
                ..Site::default()
            }],
            items: vec![Item::default(); 64],
            placements: (0..64).map(placement).collect(),
            ..Problem::default()
        };
        let (most, _) = asked(&problem, &[1.0; 64], 0);
        assert!((0.0..64.0).contains(&most), "{most}");
    }
}

#[test]
fn cells_say_of_no_placement_that_a_site_gains_less_with_it_than_it_does() {
    let (mut exact, mut all) = (0, 0);
    for seed in 0..60 {
        let tied = tied(seed);
        let (_, best) = tied.best();
        let (_, with, _) = tied.packed();
        assert_eq!(with.len(), TIED, "{seed}");
        for (placement, most) in with {
            let best = best[placement as usize];
            assert!(
                most >= best - 1e-9,
                "{seed}, {placement}: {most} under {best}"
            );
            exact += usize::from(most <= best + 1e-9);
            all += 1;
        }
    }
    // Where all floor is short, the room of the other kind is not shared out again for each placement.
    assert!(exact * 5 > all, "{exact} of {all}");
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
