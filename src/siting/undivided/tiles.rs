//! Small programs: the items of a few sites beside each other find new homes together, all else stays.
//!
//! A tile finds what one-at-a-time insertion does not: several sites packed anew at once. It proves nothing.

use super::super::around::around;
use super::super::climb::Bound;
use super::super::cores;
use super::super::dice::Dice;
use super::super::draft::{Draft, Found, Stop};
use super::super::problem::SiteLock;
use super::frame::Frame;
use super::homes::Homes;
use super::search::Kept;
use super::ways::Undivided;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Tiles of one round, on any number of threads: at least so many, and one for so many sites.
const TILES_A_ROUND: usize = 4;
const SITES_OF_A_TILE: usize = 40;

/// Open sites of the first tiles, nodes of each, and seconds where its nodes do not end it first.
const SIZE: f64 = 5.0;
const NODES: i32 = 100;
const SECONDS: f64 = 1.5;

/// How exactly a tile is solved.
const GAP: f64 = 1e-4;

/// Times that tiles are made larger, at most.
const GROWTHS: u32 = 12;

/// Ways of each item that tiles may use at first, on average, and those of each that are thought of.
const CHOICE: f64 = 4.0;
const WAYS: usize = 40;

/// The ways that prices find worth choosing.
pub(super) struct Choice {
    /// What each way costs more than the bound, by item.
    reduced: Vec<Vec<f64>>,
    all: Vec<f64>,
    most: f64,
}

impl Choice {
    pub(super) fn new(of: &Undivided, frame: &Frame, bound: &Bound) -> Choice {
        let mut reduced = vec![Vec::new(); of.items()];
        let mut all = Vec::new();
        frame.reduced(&bound.prices, &bound.worth, WAYS, &mut |item, _, more| {
            reduced[item].push(more);
            all.push(more);
        });
        all.sort_unstable_by(f64::total_cmp);
        Choice {
            reduced,
            all,
            most: 0.0,
        }
    }

    /// More of them after so many times that tiles were made larger.
    pub(super) fn widen(&mut self, growths: u32) {
        let share = CHOICE * 1.25f64.powf(f64::from(growths));
        let count = (share * self.reduced.len() as f64) as usize;
        let most = self.all.get(count.min(self.all.len().saturating_sub(1)));
        self.most = most.copied().unwrap_or(f64::INFINITY);
    }

    fn holds(&self, item: usize, nth: usize) -> bool {
        let more = self.reduced[item].get(nth);
        more.is_some_and(|more| *more <= self.most)
    }
}

/// Neighbourhoods, and when each was last looked at.
#[derive(Clone)]
pub(super) struct Tiles<'a> {
    of: &'a Undivided,
    near: &'a [Vec<u32>],
    pub(super) homes: Homes<'a>,
    dice: Dice,
    size: f64,
    changed: Vec<u64>,
    solved: Vec<u64>,
    pub(super) rounds: u64,
    pub(super) tried: u64,
    pub(super) found: u64,
    pub(super) growths: u32,
    pub(super) exhausted: bool,
}

/// New ways of items, sites that open and sites that close.
#[derive(Clone, Debug, Default)]
struct Find {
    ways: Vec<(u32, u32)>,
    turned: Vec<u32>,
    finished: bool,
}

impl<'a> Tiles<'a> {
    pub(super) fn new(
        from: &Kept,
        of: &'a Undivided,
        near: &'a [Vec<u32>],
        seed: u64,
    ) -> Tiles<'a> {
        Tiles {
            of,
            near,
            homes: from.homes(of),
            dice: Dice::new(seed),
            size: SIZE,
            changed: vec![1; of.sites()],
            solved: vec![0; of.sites()],
            rounds: 1,
            tried: 0,
            found: 0,
            growths: 0,
            exhausted: false,
        }
    }

    /// Sites around one, until enough of them are open.
    fn grow(&self, centre: usize) -> Vec<usize> {
        let may_open = |site: usize| self.of.locks[site] != SiteLock::Closed;
        let enough = self.size.round() as usize;
        around(centre, self.near, enough, may_open, |site| {
            self.homes.open[site]
        })
    }

    /// Disjoint tiles in which something changed since they were last solved.
    fn pick(&mut self, count: usize) -> Vec<(usize, Vec<usize>)> {
        let mut used = vec![false; self.of.sites()];
        let mut picked: Vec<(usize, Vec<usize>)> = Vec::new();
        let mut centres: Vec<usize> = (0..self.of.sites())
            .filter(|&site| self.solved[site] == 0 || self.changed[site] >= self.solved[site])
            .collect();
        self.dice.shuffle(&mut centres);
        for centre in centres {
            if picked.len() == count {
                break;
            }
            if used[centre] {
                continue;
            }
            let tile = self.grow(centre);
            let last = tile.iter().map(|&site| self.changed[site]).max();
            if last.unwrap_or(0) < self.solved[centre] {
                continue;
            }
            if tile.iter().all(|&site| !used[site]) {
                for &site in &tile {
                    used[site] = true;
                }
                picked.push((centre, tile));
            }
        }
        picked
    }

    /// One round: solved side by side, committed in order.
    pub(super) fn round(
        &mut self,
        choice: &Choice,
        seed: u64,
        stop: &(dyn Fn() -> bool + Sync),
        beside: bool,
    ) {
        self.rounds += 1;
        let count = TILES_A_ROUND.max(self.of.sites() / SITES_OF_A_TILE);
        let picked = self.pick(count);
        if picked.is_empty() {
            self.growths += 1;
            let all = self.of.sites() as f64;
            self.exhausted = self.size >= all || self.growths > GROWTHS;
            self.size = (self.size * 1.25).min(all);
            self.solved.fill(0);
            return;
        }
        let ends = Stop {
            seconds: SECONDS,
            gap: GAP,
            nodes: Some(NODES),
            seed,
        };
        let found = self.solve_all(&picked, choice, ends, stop, beside);
        let mut unfinished = false;
        for ((centre, _), find) in picked.iter().zip(found) {
            let Some(find) = find else { continue };
            self.tried += 1;
            self.solved[*centre] = self.rounds;
            unfinished |= !find.finished;
            self.commit(&find);
        }
        self.size = match unfinished {
            true => (self.size * 0.97).max(3.0),
            false => self.size * 1.01,
        };
    }

    fn solve_all(
        &self,
        picked: &[(usize, Vec<usize>)],
        choice: &Choice,
        ends: Stop,
        stop: &(dyn Fn() -> bool + Sync),
        beside: bool,
    ) -> Vec<Option<Find>> {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut own = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some((_, tile)) = picked.get(at).filter(|_| !stop()) else {
                    return own;
                };
                own.push((at, solve_tile(&self.homes, tile, choice, ends)));
            }
        };
        // One core is another's where something goes on beside.
        let threads = cores::threads() - usize::from(beside && cores::threads() > 1);
        let threads = threads.min(picked.len());
        let mut found = vec![None; picked.len()];
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            for worker in workers {
                let own = worker
                    .join()
                    .unwrap_or_else(|fault| std::panic::resume_unwind(fault));
                for (at, find) in own {
                    found[at] = Some(find);
                }
            }
        });
        found
    }

    /// Goes on from a plan that is better than the tiles' own.
    pub(super) fn adopt(&mut self, best: &Kept) {
        if best.value >= self.homes.value {
            return;
        }
        let homes = best.homes(self.of);
        for item in 0..self.of.items() {
            if homes.way[item] != self.homes.way[item] {
                let both = [homes.home(item), self.homes.home(item)];
                for way in both.into_iter().flatten() {
                    self.changed[way.site as usize] = self.rounds;
                }
            }
        }
        (self.homes, self.exhausted) = (homes, false);
    }

    /// Makes the changes of a tile, and undoes them where they do not hold or do not pay.
    fn commit(&mut self, find: &Find) {
        if find.ways.is_empty() && find.turned.is_empty() {
            return;
        }
        let homes = &mut self.homes;
        homes.mark();
        let before = homes.value;
        let mut touched: Vec<usize> = find.turned.iter().map(|&site| site as usize).collect();
        for &(item, _) in &find.ways {
            touched.extend(homes.home(item as usize).map(|way| way.site as usize));
            homes.take(item as usize);
        }
        for &site in &find.turned {
            match homes.open[site as usize] {
                true => homes.close(site as usize),
                false => homes.open(site as usize),
            }
        }
        let mut holds = homes.opened >= self.of.least && homes.opened <= self.of.most;
        for &(item, way) in &find.ways {
            let to = self.of.ways(item as usize)[way as usize];
            holds &= homes.open[to.site as usize] && homes.fits(&to);
            homes.put(item as usize, way);
            touched.push(to.site as usize);
        }
        let empty = |&site: &u32| homes.open[site as usize] || homes.held(site as usize).is_empty();
        holds &= find.turned.iter().all(empty);
        if holds && homes.value < before - 1e-9 * before.abs() {
            self.found += 1;
            for site in touched {
                self.changed[site] = self.rounds;
            }
        } else {
            homes.undo();
            homes.value = before;
        }
    }
}

/// Draws up and solves one tile.
fn solve_tile(homes: &Homes, sites: &[usize], choice: &Choice, ends: Stop) -> Find {
    let of = homes.of;
    let mut draft = Draft::default();
    let mut column_of = BTreeMap::new();
    let mut start = Vec::new();
    for &site in sites {
        let (lower, upper) = match of.locks[site] {
            SiteLock::Free => (0.0, 1.0),
            SiteLock::Open => (1.0, 1.0),
            SiteLock::Closed => (0.0, 0.0),
        };
        let column = draft.decided(of.fixed[site], lower, upper, true);
        column_of.insert(site, column);
        start.push(f64::from(u8::from(homes.open[site])));
    }
    // How many may be open follows from how many are elsewhere.
    let inside = sites.iter().filter(|&&site| homes.open[site]).count();
    let outside = homes.opened - inside;
    if of.least > outside || of.most < outside + sites.len() {
        let all = (0..sites.len()).map(|column| (column, 1.0)).collect();
        let least = of.least.saturating_sub(outside) as f64;
        draft.row(least, (of.most - outside) as f64, all);
    }
    let mut free: Vec<usize> = sites
        .iter()
        .flat_map(|&site| homes.held(site).iter().map(|&item| item as usize))
        .collect();
    free.sort_unstable();
    let mut options: Vec<(usize, u32)> = Vec::new();
    let mut used: Vec<Vec<(usize, f64)>> = vec![Vec::new(); sites.len()];
    for &item in &free {
        let mut own = Vec::new();
        for (nth, way) in of.ways(item).iter().enumerate() {
            let Some(&site) = column_of.get(&(way.site as usize)) else {
                continue;
            };
            if homes.way[item] != nth as u32 && !choice.holds(item, nth) {
                continue;
            }
            let column = draft.decided(way.cost, 0.0, 1.0, true);
            start.push(f64::from(u8::from(homes.way[item] == nth as u32)));
            options.push((item, nth as u32));
            own.push((column, 1.0));
            used[site].push((column, way.uses));
            draft.at_most(0.0, vec![(column, 1.0), (site, -1.0)]);
        }
        draft.row(1.0, 1.0, own);
    }
    for (at, (&site, mut used)) in sites.iter().zip(used).enumerate() {
        // Half of what rounding allows is kept for sums of amounts.
        let room = of.room[site] - 0.5e-9 * of.room[site].min(1e300);
        if room < f64::MAX {
            used.push((at, -room));
            draft.at_most(0.0, used);
        }
    }
    let Ok(Found::Stopped {
        columns: Some(columns),
        finished,
        ..
    }) = draft.solve(Some(&start), ends)
    else {
        // A tile that fails is a tile without a find.
        return Find::default();
    };
    let chosen = options
        .iter()
        .enumerate()
        .filter(|(at, _)| columns[sites.len() + at] > 0.5)
        .map(|(_, &(item, nth))| (item, nth));
    Find {
        ways: chosen
            .filter(|&(item, nth)| homes.way[item] != nth)
            .map(|(item, nth)| (item as u32, nth))
            .collect(),
        turned: sites
            .iter()
            .enumerate()
            .filter(|&(column, &site)| (columns[column] > 0.5) != homes.open[site])
            .map(|(_, &site)| site as u32)
            .collect(),
        finished,
    }
}
