//! Tiny random problems with every feature on or off, and the enumeration that settles them.

use super::answer::Solution;
use super::check::{Objective, check_valid, value_valid};
use super::dice::Dice;
use super::layout::Layout;
use super::problem::*;

/// A random problem of 2–4 sites and at most 8 placements. `split` allows divided items.
pub(super) fn tiny(seed: u64, split: bool) -> Problem {
    let mut dice = Dice::new(seed);
    let mut problem = Problem::default();
    let features = dice.below(1 << 12);
    let on = |feature: u32| features & (1 << feature) != 0;
    if on(0) {
        problem.parents.push(Parent {
            name: "campus".into(),
            fixed_cost: dice.amount(-5, 12),
        });
    }
    let kinds = if on(1) { 2 } else { 1 };
    for at in 0..dice.size(2, 4) {
        let lock = match dice.below(12) {
            0 if on(2) => SiteLock::Open,
            1 if on(2) => SiteLock::Closed,
            _ => SiteLock::Free,
        };
        problem.sites.push(Site {
            name: format!("s{at}"),
            fixed_cost: dice.amount(-4, 30),
            capacities: (0..kinds).map(|_| dice.amount(3, 12)).collect(),
            lock,
            parent: (on(0) && dice.one_in(2)).then_some(0),
            variant_of: (on(3) && lock != SiteLock::Open && dice.one_in(2)).then_some(7),
        });
    }
    let items = dice.size(1, 4);
    for at in 0..items {
        let choice = match dice.below(6) {
            0 if on(4) => Choice::AtMostOne,
            1 if on(4) => Choice::Any,
            _ => Choice::ExactlyOne,
        };
        problem.items.push(Item {
            name: format!("i{at}"),
            choice,
            split: split && dice.one_in(2),
        });
    }
    for at in 0..8 {
        let item = if at < items {
            at
        } else {
            dice.size(0, items - 1)
        };
        let site = dice.size(0, problem.sites.len() - 1);
        let uses = (0..kinds).map(|_| dice.amount(0, 7)).collect();
        let cost = dice.amount(-6, 15);
        problem.placements.push(Placement {
            item,
            site,
            cost,
            uses,
            requires: Vec::new(),
        });
    }
    if on(5) {
        add_groups(&mut problem, &mut dice);
    }
    for at in 0..if on(6) { dice.size(1, 2) } else { 0 } {
        add_reach(&mut problem, &mut dice, at);
    }
    for at in 0..if on(7) { dice.size(1, 2) } else { 0 } {
        add_row(&mut problem, &mut dice, at);
    }
    if on(8) {
        problem.price_per_change = dice.amount(0, 6);
        problem.start = Some((0..8).filter(|_| dice.one_in(3)).collect());
    }
    problem
}

fn at_one_site(problem: &Problem, dice: &mut Dice) -> Vec<usize> {
    let site = problem.placements[dice.size(0, problem.placements.len() - 1)].site;
    (0..problem.placements.len())
        .filter(|&at| problem.placements[at].site == site)
        .collect()
}

fn add_groups(problem: &mut Problem, dice: &mut Dice) {
    if dice.one_in(2) {
        let placements = at_one_site(problem, dice);
        let most = dice.below(2) as u32 + 1;
        problem.conflicts.push(Conflict {
            name: "apart".into(),
            placements,
            most,
        });
    }
    if dice.one_in(2) {
        let group = at_one_site(problem, dice);
        if let [first, second, ..] = group[..] {
            problem.pairs.push(Pair {
                first,
                second,
                reward: dice.amount(-5, 9),
            });
        }
    }
    if dice.one_in(2) {
        let group = at_one_site(problem, dice);
        if let [first, rest @ ..] = &group[..]
            && !rest.is_empty()
        {
            problem.placements[*first].requires = rest.to_vec();
        }
    }
}

fn add_reach(problem: &mut Problem, dice: &mut Dice, at: usize) {
    let mut reach = Reach {
        name: format!("r{at}"),
        starts: vec![0],
        ..Reach::default()
    };
    for site in 0..problem.sites.len() {
        let own = |placement: &usize| {
            let placement = &problem.placements[*placement];
            placement.site == site && !problem.items[placement.item].split
        };
        let all: Vec<usize> = (0..problem.placements.len()).filter(own).collect();
        let placements = all.into_iter().filter(|_| !dice.one_in(4)).collect();
        reach.hosts.push(Host {
            placements,
            always: dice.one_in(9),
        });
    }
    let targets = dice.size(1, 5);
    for _ in 0..targets {
        let mut list: Vec<(u32, u32)> = (0..reach.hosts.len() as u32)
            .filter(|_| !dice.one_in(5))
            .map(|host| (host, 0))
            .collect();
        for entry in &mut list {
            entry.1 = dice.below(9) as u32;
        }
        list.sort_by_key(|entry| (entry.1, entry.0));
        reach.host.extend(list.iter().map(|entry| entry.0));
        reach.distance.extend(list.iter().map(|entry| entry.1));
        reach.starts.push(reach.host.len());
    }
    let weights = |dice: &mut Dice| (0..targets).map(|_| dice.below(4)).collect::<Vec<u64>>();
    let price = |dice: &mut Dice| dice.one_in(3).then(|| dice.amount(0, 4));
    if dice.one_in(2) {
        let chosen: Vec<u32> = (0..targets as u32).filter(|_| dice.one_in(3)).collect();
        let limits = chosen.iter().map(|_| 4 + dice.below(6) as u32).collect();
        reach.covers.push(Cover::Each {
            name: "each".into(),
            targets: chosen,
            limits,
        });
    }
    for _ in 0..dice.below(3) {
        let weights = weights(dice);
        let need = dice.below(weights.iter().sum::<u64>() + 1);
        let (limit, price) = (dice.below(9) as u32, price(dice));
        reach.covers.push(Cover::Share {
            name: "share".into(),
            limit,
            weights,
            need,
            price,
        });
    }
    if dice.one_in(3) {
        let weights: Vec<u64> = weights(dice).iter().map(|weight| weight / 2).collect();
        let most = dice.below(weights.iter().sum::<u64>() * 7 + 1);
        let price = price(dice);
        reach.covers.push(Cover::Mean {
            name: "mean".into(),
            weights,
            most,
            price,
        });
    }
    if dice.one_in(2) {
        reach.travel_weights = weights(dice);
        reach.travel_price = if dice.one_in(2) {
            dice.amount(0, 3)
        } else {
            0.0
        };
    }
    problem.reaches.push(reach);
}

fn add_row(problem: &mut Problem, dice: &mut Dice, at: usize) {
    let mut terms = Vec::new();
    for site in 0..problem.sites.len() {
        if dice.one_in(2) {
            terms.push((Term::Site(site), dice.amount(-2, 5)));
        }
    }
    for placement in 0..problem.placements.len() {
        if dice.one_in(3) {
            terms.push((Term::Placement(placement), dice.amount(-2, 5)));
        }
    }
    let at_least = dice.one_in(2).then(|| dice.amount(-2, 3));
    let at_most = dice
        .one_in(2)
        .then(|| at_least.unwrap_or(0.0) + dice.amount(0, 6));
    let price = dice.one_in(2).then(|| dice.amount(0, 5));
    problem.rows.push(Row {
        name: format!("row{at}"),
        terms,
        at_least,
        at_most,
        price,
    });
}

/// The best solution by enumeration, under an objective and at most a cost.
pub(super) fn enumerate(
    problem: &Problem,
    objective: Objective,
    within: Option<f64>,
) -> Option<(f64, Solution)> {
    let layout = Layout::new(problem);
    let (sites, placements) = (problem.sites.len(), problem.placements.len());
    let mut best: Option<(f64, Solution)> = None;
    for chosen_bits in 0u32..1 << placements {
        let chosen: Vec<usize> = (0..placements)
            .filter(|at| chosen_bits & (1 << at) != 0)
            .collect();
        let used = chosen
            .iter()
            .fold(0u32, |bits, &at| bits | 1 << problem.placements[at].site);
        let plausible = problem.items.iter().zip(&layout.of_item).all(|(item, of)| {
            let count = of.iter().filter(|at| chosen.contains(at)).count();
            match item.choice {
                Choice::ExactlyOne => count == 1,
                Choice::AtMostOne => count <= 1,
                Choice::Any => true,
            }
        });
        if !plausible {
            continue;
        }
        for open_bits in (0u32..1 << sites).filter(|open| open & used == used) {
            let open = (0..sites).map(|at| open_bits & (1 << at) != 0).collect();
            let solution = Solution {
                shares: vec![1.0; chosen.len()],
                chosen: chosen.clone(),
                open,
            };
            if check_valid(problem, &layout, &solution).is_err() {
                continue;
            }
            if within.is_some_and(|within| {
                value_valid(problem, &layout, &solution, Objective::Cost) > within + 1e-9
            }) {
                continue;
            }
            let value = value_valid(problem, &layout, &solution, objective);
            if best.as_ref().is_none_or(|best| value < best.0) {
                best = Some((value, solution));
            }
        }
    }
    best
}
