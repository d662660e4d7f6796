//! Shapley shares: what each member adds, averaged over the orders in which members may join.

use super::{Coalition, Game, Looked, Worth};

/// A member's share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShareOf {
    /// What it adds on average, by the plans found: the shares sum to what the whole plan saves.
    pub share: f64,
    /// Where the share of the true values lies: as far as the gaps allow.
    pub interval: Worth,
    /// Standard error of having drawn some orders and not taken all; 0 where all were.
    pub error: f64,
}

/// Every member's Shapley share (Shapley, *A value for n-person games*, 1953): the average over all
/// orders of what the member adds to those before it. Where only some orders were looked at
/// ([`Looked::Orders`]), the average is over these (Castro, Gómez and Tejada, *Polynomial calculation
/// of the Shapley value based on sampling*, 2009).
pub fn shapley(game: &Game, looked: &Looked) -> Vec<ShareOf> {
    (0..game.members)
        .map(|member| match looked {
            Looked::Every => over_all(game, member),
            Looked::Orders(orders) => over(game, member, orders),
        })
        .collect()
}

fn over_all(game: &Game, member: usize) -> ShareOf {
    let others = Coalition::all(game.members).without(member);
    let befores = Coalition::every(game.members);
    let befores = std::iter::once(Coalition::NOBODY).chain(befores);
    let mut sum = Sum::default();
    for before in befores.filter(|before| before.within(others)) {
        sum.add(game, member, before, weight(before.size(), game.members));
    }
    sum.share(0.0)
}

/// Share of all orders in which a member comes right after these: s! (n − s − 1)! ÷ n!.
fn weight(before: usize, members: usize) -> f64 {
    let mut ways = members as f64;
    for k in 0..before {
        ways *= (members - 1 - k) as f64 / (before - k) as f64;
    }
    1.0 / ways
}

fn over(game: &Game, member: usize, orders: &[Vec<usize>]) -> ShareOf {
    let each = 1.0 / orders.len().max(1) as f64;
    let mut sum = Sum::default();
    let mut squares = 0.0;
    for order in orders {
        let before = order.iter().take_while(|one| **one != member);
        let before = before.fold(Coalition::NOBODY, |all, one| all.with(*one));
        let added = sum.add(game, member, before, each);
        squares += each * added * added;
    }
    let count = orders.len() as f64;
    let variance = (squares - sum.share * sum.share).max(0.0);
    sum.share(if count > 1.0 {
        (variance / (count - 1.0)).sqrt()
    } else {
        f64::INFINITY
    })
}

#[derive(Default)]
struct Sum {
    share: f64,
    least: f64,
    most: f64,
}

impl Sum {
    /// Adds what a member adds to those before it; what it adds by the plans found.
    fn add(&mut self, game: &Game, member: usize, before: Coalition, weight: f64) -> f64 {
        let found = |of: Coalition| game.of(of).unwrap_or_default().least;
        let by_plans = found(before.with(member)) - found(before);
        let added = game.added(member, before).unwrap_or_default();
        self.share += weight * by_plans;
        self.least += weight * added.least;
        self.most += weight * added.most;
        by_plans
    }

    fn share(self, error: f64) -> ShareOf {
        ShareOf {
            share: self.share,
            interval: Worth {
                least: self.least,
                most: self.most,
            },
            error,
        }
    }
}
