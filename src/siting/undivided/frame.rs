//! The bound: each item has a price for being served, and each site takes the whole items that gain most together.
//!
//! Only items that gain anything at a site are looked at, and since each item's ways are in order of cost, the others
//! are not even passed by. Sites then stand alone, but as many must be open as have room for everything together.

use super::super::climb::Priced;
use super::super::cores;
use super::super::counted::Counted;
use super::super::problem::SiteLock;
use super::sack::{Gain, Sack};
use super::ways::Undivided;
use rayon::prelude::*;
use std::cell::RefCell;

/// What is fixed while the prices climb.
pub(super) struct Frame<'a> {
    pub(super) of: &'a Undivided,
    pub(super) counted: Counted<'a>,
    /// Nodes of a site's knapsack; `None` where items may be divided, which is quicker and weaker.
    nodes: Option<u32>,
    scratch: RefCell<Scratch>,
}

/// What was found at one set of prices.
#[derive(Default)]
struct Scratch {
    prices: Vec<f64>,
    stalls: Vec<Stall>,
}

/// One site at a set of prices.
#[derive(Default)]
struct Stall {
    gains: Vec<Gain>,
    sack: Sack,
    most: f64,
    picked: Vec<(u32, f64)>,
}

impl Stall {
    fn serve(&mut self, room: f64, nodes: Option<u32>) {
        self.sack.load(&self.gains);
        match nodes {
            None => {
                self.most = self.sack.divided(room);
                self.sack.shares(room, &mut self.picked);
            }
            Some(nodes) => {
                self.most = self.sack.whole(room, nodes);
                self.sack.chosen(&mut self.picked);
            }
        }
    }
}

/// From so many gains on, sites are filled side by side.
const LARGE: usize = 2_000;

impl<'a> Frame<'a> {
    pub(super) fn new(of: &'a Undivided, counted: Counted<'a>, nodes: Option<u32>) -> Frame<'a> {
        let stalls = (0..of.sites()).map(|_| Stall::default()).collect();
        Frame {
            of,
            counted,
            nodes,
            scratch: RefCell::new(Scratch {
                prices: Vec::new(),
                stalls,
            }),
        }
    }

    /// Fills every site at these prices, unless that was done last.
    fn fill(&self, scratch: &mut Scratch, prices: &[f64]) {
        if scratch.prices == prices {
            return;
        }
        scratch.prices.clear();
        scratch.prices.extend_from_slice(prices);
        for stall in &mut scratch.stalls {
            stall.gains.clear();
        }
        let mut all = 0;
        for (item, &price) in prices.iter().enumerate() {
            for way in self.of.ways(item) {
                if way.cost >= price {
                    break;
                }
                let stall = &mut scratch.stalls[way.site as usize];
                if self.counted.locks[way.site as usize] != SiteLock::Closed {
                    all += 1;
                    stall.gains.push(Gain {
                        gain: price - way.cost,
                        uses: way.uses,
                        item: item as u32,
                    });
                }
            }
        }
        let (nodes, room) = (self.nodes, &self.of.room);
        let work = |(site, stall): (usize, &mut Stall)| stall.serve(room[site], nodes);
        if all >= LARGE && cores::are_free() {
            let stalls = scratch.stalls.par_iter_mut().enumerate();
            stalls.with_min_len(8).for_each(work);
        } else {
            scratch.stalls.iter_mut().enumerate().for_each(work);
        }
    }

    /// What a solution with each of so many first ways of each item costs more than the bound, at least: `more` hears
    /// item, way and amount.
    pub(super) fn reduced(
        &self,
        prices: &[f64],
        worth: &[f64],
        first: usize,
        more: &mut dyn FnMut(usize, usize, f64),
    ) {
        let mut scratch = self.scratch.borrow_mut();
        self.fill(&mut scratch, prices);
        let (open, regrets) = self.counted.regrets(worth);
        for (item, &price) in prices.iter().enumerate() {
            for (nth, way) in self.of.ways(item).iter().take(first).enumerate() {
                let site = way.site as usize;
                let stall = &scratch.stalls[site];
                let left = self.of.room[site] - way.uses;
                let others = stall.sack.divided_without(item as u32, left);
                let with = price - way.cost + others;
                // The site is open with it; and gains no more than at its best, but for what is known to be lost.
                let opening = if open[site] || self.counted.locks[site] != SiteLock::Free {
                    0.0
                } else {
                    regrets[site]
                };
                more(item, nth, opening + (stall.most - with).max(0.0));
            }
        }
    }
}

impl Priced for Frame<'_> {
    fn sites(&self) -> usize {
        self.of.sites()
    }

    fn value(&self, prices: &[f64], worth: &mut [f64], open: &mut [bool]) -> f64 {
        let mut scratch = self.scratch.borrow_mut();
        self.fill(&mut scratch, prices);
        for (site, worth) in worth.iter_mut().enumerate() {
            *worth = self.of.fixed[site];
            if self.counted.locks[site] != SiteLock::Closed {
                *worth -= scratch.stalls[site].most;
            }
        }
        let mut value: f64 = prices.iter().sum();
        let mut size: f64 = prices.iter().map(|price| price.abs()).sum();
        for site in self.counted.opened(worth) {
            open[site] = true;
            value += worth[site];
            size += worth[site].abs() + self.of.fixed[site].abs();
        }
        value - 1e-12 * size
    }

    fn slopes(&self, prices: &[f64], open: &[bool], slopes: &mut [f64]) {
        let mut scratch = self.scratch.borrow_mut();
        self.fill(&mut scratch, prices);
        slopes.fill(1.0);
        for (site, _) in open.iter().enumerate().filter(|(_, open)| **open) {
            for &(item, share) in &scratch.stalls[site].picked {
                slopes[item as usize] -= share;
            }
        }
    }

    fn within(&self, item: usize, price: f64) -> f64 {
        self.of
            .ways(item)
            .first()
            .map_or(price, |way| price.max(way.cost))
    }
}
