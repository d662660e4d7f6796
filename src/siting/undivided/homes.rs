//! Where everything is, in a plan in the making, and the moves that change it.

use super::super::problem::SiteLock;
use super::ways::{Undivided, Way};

/// No way.
pub(super) const NOWHERE: u32 = u32::MAX;

/// The way that each item takes, and what follows for the sites.
#[derive(Clone)]
pub(super) struct Homes<'a> {
    pub(super) of: &'a Undivided,
    /// For each item the position among its ways.
    pub(super) way: Vec<u32>,
    /// Room taken at each site.
    used: Vec<f64>,
    /// Items at each site, in no order, and where each stands among them.
    held: Vec<Vec<u32>>,
    slot: Vec<u32>,
    pub(super) open: Vec<bool>,
    pub(super) opened: usize,
    pub(super) value: f64,
    /// What was done since the last mark, to be undone.
    log: Vec<Step>,
}

/// One step back.
#[derive(Clone, Copy)]
enum Step {
    /// An item went where it was not.
    Went(u32),
    /// An item left this way.
    Left(u32, u32),
    Opened(u32),
    Closed(u32),
}

impl<'a> Homes<'a> {
    /// Nothing placed, and open only what must be.
    pub(super) fn empty(of: &'a Undivided) -> Homes<'a> {
        let open: Vec<bool> = of
            .locks
            .iter()
            .map(|lock| *lock == SiteLock::Open)
            .collect();
        let opened = open.iter().filter(|open| **open).count();
        let fixed = open.iter().zip(&of.fixed).filter(|(open, _)| **open);
        Homes {
            way: vec![NOWHERE; of.items()],
            used: vec![0.0; of.sites()],
            held: vec![Vec::new(); of.sites()],
            slot: vec![0; of.items()],
            value: fixed.map(|(_, fixed)| fixed).sum(),
            open,
            opened,
            log: Vec::new(),
            of,
        }
    }

    pub(super) fn home(&self, item: usize) -> Option<Way> {
        self.of.ways(item).get(self.way[item] as usize).copied()
    }

    pub(super) fn held(&self, site: usize) -> &[u32] {
        &self.held[site]
    }

    pub(super) fn left(&self, site: usize) -> f64 {
        // Sums of amounts are exact to much less than what rounding allows; half of that is left for them.
        self.of.room[site] - 0.5e-9 * self.of.room[site].min(1e300) - self.used[site]
    }

    pub(super) fn fits(&self, way: &Way) -> bool {
        way.uses <= self.left(way.site as usize)
    }

    /// Whether a closed site may be opened, or one that is open used.
    pub(super) fn usable(&self, site: usize) -> bool {
        self.open[site] || (self.of.locks[site] == SiteLock::Free && self.opened < self.of.most)
    }

    pub(super) fn open(&mut self, site: usize) {
        self.set_open(site, true);
        self.log.push(Step::Opened(site as u32));
    }

    pub(super) fn close(&mut self, site: usize) {
        self.set_open(site, false);
        self.log.push(Step::Closed(site as u32));
    }

    fn set_open(&mut self, site: usize, open: bool) {
        self.open[site] = open;
        if open {
            self.opened += 1;
            self.value += self.of.fixed[site];
        } else {
            self.opened -= 1;
            self.value -= self.of.fixed[site];
        }
    }

    /// Puts an item that is nowhere; its site is open.
    pub(super) fn put(&mut self, item: usize, way: u32) {
        self.set(item, way);
        self.log.push(Step::Went(item as u32));
    }

    /// Takes an item from where it is.
    pub(super) fn take(&mut self, item: usize) {
        let way = self.way[item];
        self.unset(item);
        self.log.push(Step::Left(item as u32, way));
    }

    fn set(&mut self, item: usize, way: u32) {
        let to = self.of.ways(item)[way as usize];
        let site = to.site as usize;
        self.way[item] = way;
        self.slot[item] = self.held[site].len() as u32;
        self.held[site].push(item as u32);
        self.used[site] += to.uses;
        self.value += to.cost;
    }

    fn unset(&mut self, item: usize) {
        let from = self.of.ways(item)[self.way[item] as usize];
        let site = from.site as usize;
        let slot = self.slot[item] as usize;
        self.held[site].swap_remove(slot);
        if let Some(&moved) = self.held[site].get(slot) {
            self.slot[moved as usize] = slot as u32;
        }
        self.way[item] = NOWHERE;
        self.used[site] = match self.held[site].is_empty() {
            true => 0.0,
            false => self.used[site] - from.uses,
        };
        self.value -= from.cost;
    }

    /// From here on, steps can be undone.
    pub(super) fn mark(&mut self) {
        self.log.clear();
    }

    /// Goes back to the mark.
    pub(super) fn undo(&mut self) {
        while let Some(step) = self.log.pop() {
            match step {
                Step::Went(item) => self.unset(item as usize),
                Step::Left(item, way) => self.set(item as usize, way),
                Step::Opened(site) => self.set_open(site as usize, false),
                Step::Closed(site) => self.set_open(site as usize, true),
            }
        }
    }

    /// Whether everything is somewhere and as many sites are open as may be.
    pub(super) fn is_whole(&self) -> bool {
        (self.of.least..=self.of.most).contains(&self.opened)
            && self.way.iter().all(|way| *way != NOWHERE)
    }

    /// The value added up anew, and room too: small errors of many steps go.
    pub(super) fn settle(&mut self) {
        self.value = 0.0;
        for site in 0..self.of.sites() {
            if self.open[site] {
                self.value += self.of.fixed[site];
            }
            let uses = |item: &u32| self.home(*item as usize).map_or(0.0, |way| way.uses);
            self.used[site] = self.held[site].iter().map(uses).sum();
        }
        self.value += (0..self.of.items())
            .filter_map(|item| self.home(item))
            .map(|way| way.cost)
            .sum::<f64>();
    }

    /// Closes what is empty and costs something, opens what pays, as far as their number allows.
    pub(super) fn tidy(&mut self) {
        for site in 0..self.of.sites() {
            if self.of.locks[site] != SiteLock::Free {
                continue;
            }
            let fixed = self.of.fixed[site];
            if self.open[site]
                && self.held[site].is_empty()
                && fixed > 0.0
                && self.opened > self.of.least
            {
                self.close(site);
            } else if !self.open[site] && fixed < 0.0 && self.opened < self.of.most {
                self.open(site);
            }
        }
        while self.opened < self.of.least {
            let shut = (0..self.of.sites())
                .filter(|&site| !self.open[site] && self.of.locks[site] == SiteLock::Free);
            let cheapest = shut.min_by(|&a, &b| self.of.fixed[a].total_cmp(&self.of.fixed[b]));
            let Some(site) = cheapest else { return };
            self.open(site);
        }
    }
}
