//! What the random problems of several tests have in common.

use super::Ask;
use super::dice::Dice;
use super::problem::{Item, Placement, Problem, Row, Site, SiteLock, Term};
use std::time::Duration;

/// To the end, within 20 s.
pub(super) const TO_THE_END: Ask = Ask {
    gap: 0.0,
    time: Duration::from_secs(20),
    seed: 1,
    rounds: None,
    least_travel_within: None,
};

/// Mostly free.
pub(super) fn lock(dice: &mut Dice) -> SiteLock {
    match dice.below(8) {
        0 => SiteLock::Open,
        1 => SiteLock::Closed,
        _ => SiteLock::Free,
    }
}

/// How many of the sites may be open: at most so many, at times at least so many.
pub(super) fn count_row(dice: &mut Dice, sites: usize) -> Row {
    let most = dice.size(1, sites);
    Row {
        terms: (0..sites).map(|site| (Term::Site(site), 1.0)).collect(),
        at_least: dice.one_in(2).then(|| dice.size(0, most) as f64),
        at_most: Some(most as f64),
        ..Row::default()
    }
}

/// Sites with room of which some are locked and some hold nothing, items that not every site can take, divided or
/// not, and at times a count.
pub(super) fn sites_with_room(seed: u64, split: bool, most_sites: usize) -> Problem {
    let mut dice = Dice::new(seed);
    let mut problem = Problem::default();
    let tight = dice.amount(6, 30) as i64;
    for _ in 0..dice.size(1, most_sites) {
        problem.sites.push(Site {
            fixed_cost: dice.amount(-3, 30),
            lock: lock(&mut dice),
            capacities: vec![dice.amount(0, tight)],
            ..Site::default()
        });
    }
    let same = dice.one_in(2);
    for item in 0..dice.size(1, 6) {
        problem.items.push(Item {
            split,
            ..Item::default()
        });
        let demand = dice.amount(0, 9);
        for site in 0..problem.sites.len() {
            if dice.one_in(6) {
                continue;
            }
            let uses = if same { demand } else { dice.amount(0, 9) };
            problem.placements.push(Placement {
                item,
                site,
                cost: dice.amount(0, 40),
                uses: vec![uses],
                ..Placement::default()
            });
        }
    }
    let sites = problem.sites.len();
    if dice.one_in(3) {
        problem.rows.push(count_row(&mut dice, sites));
    }
    problem
}
