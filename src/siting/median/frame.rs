//! The bound: each target has a price for being served, each site takes the targets that it serves for
//! less, and the sites then stand alone.
//!
//! With `v` the prices, a site is worth `ρ = fixed + Σ min(0, cost − v)` and no solution costs less than
//! `Σ v` and the least that as many sites as may be open add up to.

use super::super::climb::{Bound, Priced};
use super::super::counted::Counted;
use super::super::problem::SiteLock;
use super::lists::{Entry, Lists, Stars};

/// What is fixed while the prices climb.
pub(super) struct Frame<'a> {
    pub(super) fixed: &'a [f64],
    pub(super) lists: &'a Lists,
    pub(super) counted: Counted<'a>,
}

impl Priced for Frame<'_> {
    fn sites(&self) -> usize {
        self.fixed.len()
    }

    fn value(&self, prices: &[f64], worth: &mut [f64], open: &mut [bool]) -> f64 {
        worth.copy_from_slice(self.fixed);
        for (list, &price) in self.lists.iter().zip(prices) {
            for entry in list {
                if entry.cost >= price {
                    break;
                }
                worth[entry.site as usize] += entry.cost - price;
            }
        }
        let mut size = 0.0;
        let mut value = 0.0;
        for &price in prices {
            value += price;
            size += price.abs();
        }
        for site in self.counted.opened(worth) {
            open[site] = true;
            value += worth[site];
            size += worth[site].abs();
        }
        value - 1e-13 * size
    }

    fn slopes(&self, prices: &[f64], open: &[bool], slopes: &mut [f64]) {
        for ((list, &price), slope) in self.lists.iter().zip(prices).zip(slopes) {
            *slope = 1.0;
            for entry in list {
                if entry.cost >= price {
                    break;
                }
                *slope -= f64::from(u8::from(open[entry.site as usize]));
            }
        }
    }

    fn within(&self, target: usize, price: f64) -> f64 {
        let list = self.lists.of(target);
        // Below its cheapest site a price does nothing, nor above one that is open for certain.
        let (Some(first), Some(last)) = (list.first(), list.last()) else {
            return price;
        };
        let price = price.max(first.cost);
        if self.counted.locks[last.site as usize] == SiteLock::Open {
            price.min(last.cost)
        } else {
            price
        }
    }
}

/// The problem without what costs more than `enough` to make use of.
pub(super) fn useful(stars: &Stars, frame: &Frame, bound: &Bound, enough: f64) -> Stars {
    let least = Least::new(frame, bound);
    let own = |(list, &price): (&[Entry], &f64)| {
        let own = list
            .iter()
            .filter(|entry| least.with(price, entry) <= enough);
        own.copied().collect()
    };
    Stars {
        fixed: stars.fixed.clone(),
        locks: frame.counted.locks.to_vec(),
        lists: Lists::new(frame.lists.iter().zip(&bound.prices).map(own)),
        ..*stars
    }
}

/// What a solution costs at least in which a target goes to one of its sites, beside a bound.
pub(super) struct Least {
    bound: f64,
    /// What each site adds that the bound has closed.
    opening: Vec<f64>,
}

impl Least {
    pub(super) fn new(frame: &Frame, bound: &Bound) -> Least {
        let (open, regrets) = frame.counted.regrets(&bound.worth);
        let states = frame.counted.locks.iter().zip(open).zip(regrets);
        let opening = states.map(|((lock, open), regret)| match lock {
            SiteLock::Free if !open => regret,
            _ => 0.0,
        });
        Least {
            bound: bound.value,
            opening: opening.collect(),
        }
    }

    /// Of a target with a price that goes there.
    pub(super) fn with(&self, price: f64, entry: &Entry) -> f64 {
        self.bound + self.opening[entry.site as usize] + (entry.cost - price).max(0.0)
    }
}
