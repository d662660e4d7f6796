//! The bound: each item has a price for being served, and each site takes what it gains most by until it is full.
//!
//! With `v` the prices, an item is worth `v − cost` to a site and takes up room; as items may be divided, a site is
//! filled by what is worth most for its room, the last of them in part. Sites then stand alone, but as many must be
//! open as have room for everything together.

use super::super::climb::Priced;
use super::super::counted::Counted;
use super::super::problem::SiteLock;

/// One item that may go to a site.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) item: u32,
    pub(super) placement: u32,
    /// Cost of all of the item.
    pub(super) cost: f64,
    /// Room that all of the item takes.
    pub(super) uses: f64,
}

/// Sites with room for so much, and what may go there.
#[derive(Clone, Debug)]
pub(in super::super) struct Divided {
    /// Cost of each site while open.
    pub(super) fixed: Vec<f64>,
    /// What is settled about each site.
    pub(super) locks: Vec<SiteLock>,
    /// Room of each site, with what rounding allows.
    pub(super) room: Vec<f64>,
    /// Room of each site as it is stated.
    pub(super) stated: Vec<f64>,
    /// Cost of each placement.
    pub(super) cost: Vec<f64>,
    /// What may go to each site.
    pub(super) entries: Vec<Vec<Entry>>,
    /// The cheapest cost of each item.
    pub(super) cheapest: Vec<f64>,
    /// The least room that each item takes.
    pub(super) uses: Vec<f64>,
    /// No solution takes less room than this.
    pub(super) needs: f64,
    /// The fewest sites that may be open.
    pub(super) least: usize,
    /// The most sites that may be open.
    pub(super) most: usize,
}

/// What is fixed while the prices climb.
pub(super) struct Frame<'a> {
    pub(super) of: &'a Divided,
    pub(super) counted: Counted<'a>,
}

impl Divided {
    /// The problem with some sites settled; `None` where what is left is too small or too few.
    pub(super) fn frame<'a>(&'a self, locks: &'a [SiteLock]) -> Option<Frame<'a>> {
        let counted = self.roomy().counted(locks)?;
        Some(Frame { of: self, counted })
    }

    /// Whether the open sites have room for everything together, and are as many as may be open.
    pub(super) fn holds(&self, open: &[bool]) -> bool {
        let count = open.iter().filter(|open| **open).count();
        let opened = open.iter().zip(&self.room).filter(|(open, _)| **open);
        let room: f64 = opened.map(|(_, room)| room).sum();
        room >= self.needs && (self.least..=self.most).contains(&count)
    }
}

/// What an item gains at a site.
#[derive(Clone, Copy)]
struct Gain {
    rate: f64,
    gain: f64,
    uses: f64,
    item: u32,
}

/// Fills a site with what gains most for its room; returns the gain, and tells what share of each item went there.
fn fill(
    entries: &[Entry],
    room: f64,
    prices: &[f64],
    gains: &mut Vec<Gain>,
    take: &mut dyn FnMut(u32, f64),
) -> f64 {
    gains.clear();
    let mut used = 0.0;
    for entry in entries {
        let gain = prices[entry.item as usize] - entry.cost;
        if gain > 0.0 {
            used += entry.uses;
            gains.push(Gain {
                rate: gain / entry.uses,
                gain,
                uses: entry.uses,
                item: entry.item,
            });
        }
    }
    let (mut left, mut total) = (room, 0.0);
    let mut rest = gains.as_mut_slice();
    if used > room {
        // Halves by rate until the one item is found that fits in part.
        while rest.len() > 1 {
            let half = rest.len() / 2;
            rest.select_nth_unstable_by(half, |a, b| {
                b.rate.total_cmp(&a.rate).then(a.item.cmp(&b.item))
            });
            let (better, worse) = rest.split_at_mut(half);
            let better_uses: f64 = better.iter().map(|gain| gain.uses).sum();
            if better_uses > left {
                rest = better;
                continue;
            }
            left -= better_uses;
            for gain in better {
                total += gain.gain;
                take(gain.item, 1.0);
            }
            rest = worse;
        }
    }
    for gain in rest {
        let share = if gain.uses <= left {
            1.0
        } else {
            left / gain.uses
        };
        left = (left - share * gain.uses).max(0.0);
        total += share * gain.gain;
        take(gain.item, share);
    }
    total
}

impl Priced for Frame<'_> {
    fn sites(&self) -> usize {
        self.of.fixed.len()
    }

    fn value(&self, prices: &[f64], worth: &mut [f64], open: &mut [bool]) -> f64 {
        let mut gains = Vec::new();
        for (site, worth) in worth.iter_mut().enumerate() {
            if self.counted.locks[site] == SiteLock::Closed {
                *worth = self.of.fixed[site];
                continue;
            }
            let (entries, room) = (&self.of.entries[site], self.of.room[site]);
            *worth = self.of.fixed[site] - fill(entries, room, prices, &mut gains, &mut |_, _| ());
        }
        let mut value: f64 = prices.iter().sum();
        let mut size: f64 = prices.iter().map(|price| price.abs()).sum();
        for site in self.counted.opened(worth) {
            open[site] = true;
            value += worth[site];
            size += worth[site].abs();
        }
        value - 1e-13 * size
    }

    fn slopes(&self, prices: &[f64], open: &[bool], slopes: &mut [f64]) {
        slopes.fill(1.0);
        let mut gains = Vec::new();
        for (site, _) in open.iter().enumerate().filter(|(_, open)| **open) {
            let (entries, room) = (&self.of.entries[site], self.of.room[site]);
            fill(entries, room, prices, &mut gains, &mut |item, share| {
                slopes[item as usize] -= share
            });
        }
    }

    fn within(&self, item: usize, price: f64) -> f64 {
        price.max(self.of.cheapest[item])
    }
}
