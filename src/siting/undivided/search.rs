//! Annealed ruin and recreate: a few sites beside each other are emptied, one is closed or opened, and what was there
//! goes one by one to where it costs least.

use super::super::dice::Dice;
use super::super::problem::SiteLock;
use super::homes::{Homes, NOWHERE};
use super::ways::Undivided;
use std::collections::BTreeMap;

/// Sites beside each site that are known.
const NEAR: usize = 24;

/// Ways of an item, cheapest first, that say which sites are beside each other.
const WAYS: usize = 6;

/// Most sites that are emptied in one step.
const EMPTIED: usize = 4;

/// For each site those that most often stand beside it among the cheapest ways of an item.
pub(super) fn neighbours(of: &Undivided) -> Vec<Vec<u32>> {
    let mut shared: Vec<BTreeMap<u32, f64>> = vec![BTreeMap::new(); of.sites()];
    for item in 0..of.items() {
        let ways = &of.ways(item)[..of.ways(item).len().min(WAYS)];
        for (rank, way) in ways.iter().enumerate() {
            for (other, beside) in ways.iter().enumerate() {
                if way.site != beside.site {
                    let near = 1.0 / (1 + rank + other) as f64;
                    *shared[way.site as usize].entry(beside.site).or_default() += near;
                }
            }
        }
    }
    let sorted = |shared: BTreeMap<u32, f64>| {
        let mut near: Vec<(u32, f64)> = shared.into_iter().collect();
        near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        near.truncate(NEAR);
        near.into_iter().map(|(site, _)| site).collect()
    };
    shared.into_iter().map(sorted).collect()
}

/// How long the search goes on, and how much worse it lets plans become, as shares of an open site's mean cost.
#[derive(Clone, Copy)]
pub(super) struct Schedule {
    pub(super) steps: u64,
    pub(super) hot: f64,
    pub(super) cold: f64,
}

/// A plan as it was found.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) way: Vec<u32>,
    pub(super) open: Vec<bool>,
    pub(super) value: f64,
}

impl Homes<'_> {
    pub(super) fn kept(&self) -> Kept {
        Kept {
            way: self.way.clone(),
            open: self.open.clone(),
            value: self.value,
        }
    }
}

impl Kept {
    pub(super) fn homes<'a>(&self, of: &'a Undivided) -> Homes<'a> {
        let mut homes = Homes::empty(of);
        for (site, _) in self.open.iter().enumerate().filter(|(_, open)| **open) {
            if !homes.open[site] {
                homes.open(site);
            }
        }
        for (item, &way) in self.way.iter().enumerate() {
            if way != NOWHERE {
                homes.put(item, way);
            }
        }
        homes.settle();
        homes.mark();
        homes
    }
}

/// One search, from a whole plan.
pub(super) struct Search<'a> {
    homes: Homes<'a>,
    near: &'a [Vec<u32>],
    dice: Dice,
    pub(super) best: Kept,
    loose: Vec<u32>,
    touched: Vec<u32>,
    banned: u32,
}

impl<'a> Search<'a> {
    pub(super) fn new(homes: Homes<'a>, near: &'a [Vec<u32>], seed: u64) -> Search<'a> {
        Search {
            best: homes.kept(),
            homes,
            near,
            dice: Dice::new(seed),
            loose: Vec::new(),
            touched: Vec::new(),
            banned: NOWHERE,
        }
    }

    /// Searches for so many steps, unless stopped.
    pub(super) fn run(&mut self, schedule: Schedule, stop: &dyn Fn() -> bool) {
        let unit = self.homes.value.abs() / self.homes.opened.max(1) as f64;
        let cooling = (schedule.cold / schedule.hot).ln();
        for step in 0..schedule.steps {
            if step % 256 == 0 && stop() {
                break;
            }
            let done = step as f64 / schedule.steps as f64;
            let heat = unit * schedule.hot * (cooling * done).exp();
            let before = self.homes.value;
            self.homes.mark();
            let whole = self.step();
            let worse = self.homes.value - before;
            let allowed = -heat * (1.0 - self.dice.share()).ln();
            if !whole || worse > allowed || self.homes.opened < self.homes.of.least {
                self.homes.undo();
                self.homes.value = before;
                continue;
            }
            if self.homes.value < self.best.value - 1e-9 * self.best.value.abs() {
                self.best = self.homes.kept();
            }
        }
        let mut best = self.best.homes(self.homes.of);
        best.tidy();
        self.best = best.kept();
        self.homes = best;
    }

    /// Empties and refills; says whether everything found a place.
    fn step(&mut self) -> bool {
        let sites = self.homes.of.sites() as u64;
        self.loose.clear();
        self.touched.clear();
        self.banned = NOWHERE;
        let centre = self.dice.below(sites) as usize;
        if self.homes.of.locks[centre] == SiteLock::Closed {
            return false;
        }
        let free = self.homes.of.locks[centre] == SiteLock::Free;
        if !self.homes.open[centre] {
            if !self.homes.usable(centre) {
                // One beside it is closed for it.
                let near = &self.near[centre];
                let other = near.iter().copied().find(|&other| {
                    self.homes.open[other as usize]
                        && self.homes.of.locks[other as usize] == SiteLock::Free
                });
                let Some(other) = other else { return false };
                self.empty(other as usize, true);
                self.homes.close(other as usize);
                self.banned = other;
            }
            self.homes.open(centre);
            self.touched.push(centre as u32);
        } else {
            self.empty(centre, true);
            if free && self.dice.one_in(2) {
                self.homes.close(centre);
                self.banned = centre as u32;
            }
        }
        let others = self.dice.below(EMPTIED as u64) as usize;
        let mut emptied = 0;
        for at in 0..self.near[centre].len() {
            let other = self.near[centre][at] as usize;
            if emptied >= others {
                break;
            }
            if self.homes.open[other] && other != centre && !self.dice.one_in(3) {
                emptied += 1;
                let all = self.dice.one_in(2);
                self.empty(other, all);
                let closes = self.homes.of.locks[other] == SiteLock::Free
                    && self.homes.held(other).is_empty()
                    && self.dice.one_in(6);
                if closes {
                    self.homes.close(other);
                }
            }
        }
        let placed = self.refill();
        if placed {
            self.close_empty();
        }
        placed
    }

    /// Takes all of a site's items, or each with even chances.
    fn empty(&mut self, site: usize, all: bool) {
        self.touched.push(site as u32);
        for item in self.homes.held(site).to_vec() {
            if all || self.dice.one_in(2) {
                self.homes.take(item as usize);
                self.loose.push(item);
            }
        }
    }

    fn refill(&mut self) -> bool {
        let mut loose = std::mem::take(&mut self.loose);
        match self.dice.below(4) {
            0 => self.dice.shuffle(&mut loose),
            how => {
                // Largest first, or what has most to lose, with a little chance.
                let mut keyed: Vec<(f64, u32)> = Vec::with_capacity(loose.len());
                for &item in &loose {
                    let noise = 0.7 + 0.6 * self.dice.share();
                    let key = match how {
                        1 => self.homes.of.least_uses[item as usize],
                        _ => self.at_stake(item as usize),
                    };
                    keyed.push((key * noise, item));
                }
                keyed.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
                loose.clear();
                loose.extend(keyed.into_iter().map(|(_, item)| item));
            }
        }
        let opening = match self.dice.below(3) {
            0 => 1.0,
            1 => 2.0 * self.dice.share(),
            _ => f64::NAN,
        };
        let blink = 0.1 * self.dice.share();
        let whole = loose
            .iter()
            .all(|&item| self.place(item as usize, opening, blink));
        self.loose = loose;
        whole
    }

    /// What an item loses that does not come to the cheapest of the sites that have room for it.
    fn at_stake(&self, item: usize) -> f64 {
        let ways = self.homes.of.ways(item).iter();
        let mut possible = ways.filter(|way| {
            way.site != self.banned && self.homes.open[way.site as usize] && self.homes.fits(way)
        });
        match (possible.next(), possible.next()) {
            (Some(first), Some(second)) => second.cost - first.cost,
            _ => f64::MAX,
        }
    }

    /// Puts an item where it costs least, now and then overlooking a way; opening costs a share of what it does, that
    /// of the room taken where none is given.
    fn place(&mut self, item: usize, opening: f64, blink: f64) -> bool {
        let of = self.homes.of;
        let mut least = (f64::INFINITY, NOWHERE);
        for (nth, way) in of.ways(item).iter().enumerate() {
            if way.cost >= least.0 {
                break;
            }
            let site = way.site as usize;
            if way.site == self.banned || !self.homes.usable(site) || !self.homes.fits(way) {
                continue;
            }
            if self.dice.share() < blink {
                continue;
            }
            let mut cost = way.cost;
            if !self.homes.open[site] {
                let share = match opening.is_nan() {
                    true => way.uses / of.room[site],
                    false => opening,
                };
                cost += of.fixed[site].max(0.0) * share;
            }
            if cost < least.0 {
                least = (cost, nth as u32);
            }
        }
        if least.1 == NOWHERE {
            return self.homes.push_aside(item);
        }
        let site = of.ways(item)[least.1 as usize].site;
        self.touched.push(site);
        self.homes.settle_in(item, least.1);
        true
    }

    /// Closes what is left empty.
    fn close_empty(&mut self) {
        for at in 0..self.touched.len() {
            let site = self.touched[at] as usize;
            let closes = self.homes.open[site]
                && self.homes.of.locks[site] == SiteLock::Free
                && self.homes.held(site).is_empty()
                && self.homes.of.fixed[site] > 0.0
                && self.homes.opened > self.homes.of.least;
            if closes {
                self.homes.close(site);
            }
        }
    }
}
