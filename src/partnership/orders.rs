//! Which coalitions are looked at: all of few members, those along some orders of many.

use super::Coalition;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;

/// Most members of whom every coalition is looked at: 2⁸ of them.
const EVERY: usize = 8;

/// Which coalitions are looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Looked {
    /// Every one.
    Every,
    /// Those along these orders of joining, each order with its reverse; every member alone; all but each.
    Orders(Vec<Vec<usize>>),
}

impl Looked {
    /// Every coalition of at most eight members; of more, those along `orders` orders drawn by the seed.
    pub fn new(members: usize, orders: usize, seed: u64) -> Self {
        if members <= EVERY {
            return Self::Every;
        }
        let mut dice = ChaCha8Rng::seed_from_u64(seed);
        let mut drawn = Vec::new();
        while drawn.len() < orders.max(2) {
            let order = shuffled(members, &mut dice);
            let reverse = order.iter().rev().copied().collect();
            drawn.extend([order, reverse]);
        }
        drawn.truncate(orders.max(2));
        Self::Orders(drawn)
    }

    /// The coalitions, the smaller first.
    pub fn coalitions(&self, members: usize) -> Vec<Coalition> {
        let Self::Orders(orders) = self else {
            return Coalition::every(members);
        };
        let all = Coalition::all(members);
        let mut found = BTreeSet::from([(all.size(), all)]);
        let mut put = |one: Coalition| found.insert((one.size(), one));
        for member in 0..members {
            put(Coalition::of(member));
            put(all.without(member));
        }
        for order in orders {
            let mut joined = Coalition::NOBODY;
            for member in order {
                joined = joined.with(*member);
                put(joined);
            }
        }
        found.into_iter().map(|(_, one)| one).collect()
    }
}

/// An order of the members, each as likely (Fisher and Yates).
fn shuffled(members: usize, dice: &mut ChaCha8Rng) -> Vec<usize> {
    let mut order: Vec<usize> = (0..members).collect();
    for last in (1..members).rev() {
        let other = (dice.next_u64() % (last as u64 + 1)) as usize;
        order.swap(last, other);
    }
    order
}
