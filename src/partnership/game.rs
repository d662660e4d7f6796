//! What every coalition that was looked at is worth.

use super::{Coalition, Worth};
use std::collections::BTreeMap;

/// Members and the worth of their coalitions. Nobody is worth nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Game {
    /// How many members there are.
    pub members: usize,
    /// What each coalition looked at is worth.
    pub worth: BTreeMap<Coalition, Worth>,
    /// Whether a wider circle may do all that a smaller one may, so that its true value is no lower.
    /// Decisions that force something on a member, who is then in the way of others, end that.
    pub monotone: bool,
}

impl Game {
    /// A game from the worth of its coalitions, each drawn in where the game is monotone: a smaller
    /// circle saves no more than what is proven of any wider one, a wider no less than any smaller one.
    pub fn new(members: usize, worth: BTreeMap<Coalition, Worth>, monotone: bool) -> Self {
        let mut game = Self {
            members,
            worth,
            monotone,
        };
        if monotone {
            game.draw_in();
        }
        game
    }

    fn draw_in(&mut self) {
        let known: Vec<(Coalition, Worth)> = self.worth.iter().map(|(c, w)| (*c, *w)).collect();
        for (coalition, worth) in &mut self.worth {
            for (other, its) in &known {
                if coalition.within(*other) {
                    worth.most = worth.most.min(its.most);
                }
                if other.within(*coalition) {
                    worth.least = worth.least.max(its.least);
                }
            }
            worth.most = worth.most.max(worth.least);
        }
    }

    /// What a coalition is worth; `None` where it was not looked at.
    pub fn of(&self, coalition: Coalition) -> Option<Worth> {
        match coalition {
            Coalition::NOBODY => Some(Worth::default()),
            coalition => self.worth.get(&coalition).copied(),
        }
    }

    /// What all members together are worth.
    pub fn whole(&self) -> Worth {
        self.of(Coalition::all(self.members)).unwrap_or_default()
    }

    /// What a member adds to a coalition.
    pub fn added(&self, member: usize, to: Coalition) -> Option<Worth> {
        let mut added = self.of(to.with(member))? - self.of(to)?;
        if self.monotone {
            added.least = added.least.max(0.0);
            added.most = added.most.max(0.0);
        }
        Some(added)
    }

    /// What all together add over everyone alone.
    pub fn adds(&self) -> Option<Worth> {
        let alone: Option<Vec<Worth>> = (0..self.members)
            .map(|member| self.of(Coalition::of(member)))
            .collect();
        Some(self.whole() - alone?.into_iter().sum())
    }

    /// Whether every coalition was looked at.
    pub fn is_whole(&self) -> bool {
        self.members < 32 && self.worth.len() + 1 == 1 << self.members
    }
}
