//! Who is covered by the open sites, and what one site more or less would change.

use super::super::problem::{Problem, SiteLock};

/// What is to be covered, and by how many at most.
pub(super) struct Wanted {
    /// What each target of the one reach counts.
    pub(super) weights: Vec<u64>,
    /// How much is enough.
    pub(super) need: u64,
    /// How many sites may be open.
    pub(super) most: usize,
}

/// Open sites of a problem whose placements are its sites, each serving its own host, and what they cover.
#[derive(Clone)]
pub(super) struct Coverage<'a> {
    wanted: &'a Wanted,
    locks: Vec<SiteLock>,
    /// Targets that each site serves, and sites that serve each target.
    serves: Vec<Vec<u32>>,
    servers: Vec<Vec<u32>>,
    /// How many open sites serve each target.
    times: Vec<u32>,
    is_open: Vec<bool>,
    /// What closing an open site would leave uncovered, and what opening a closed one would cover more.
    weighs: Vec<u64>,
    /// Weight of the targets that are served.
    pub(super) covered: u64,
    /// Open sites in the order in which they opened.
    pub(super) open: Vec<usize>,
}

impl<'a> Coverage<'a> {
    /// The sites that must be open are.
    pub(super) fn new(problem: &Problem, wanted: &'a Wanted) -> Coverage<'a> {
        let sites = problem.sites.len();
        let mut serves: Vec<Vec<u32>> = vec![Vec::new(); sites];
        let mut servers: Vec<Vec<u32>> = vec![Vec::new(); wanted.weights.len()];
        for reach in problem.reaches.iter().take(1) {
            for (target, ends) in reach.starts.windows(2).enumerate() {
                for &host in &reach.host[ends[0]..ends[1]] {
                    serves[host as usize].push(target as u32);
                    servers[target].push(host);
                }
            }
        }
        let weight = |target: &u32| wanted.weights[*target as usize];
        let weighs = serves
            .iter()
            .map(|served| served.iter().map(weight).sum())
            .collect();
        let mut coverage = Coverage {
            wanted,
            locks: problem.sites.iter().map(|site| site.lock).collect(),
            serves,
            servers,
            times: vec![0; wanted.weights.len()],
            is_open: vec![false; sites],
            weighs,
            covered: 0,
            open: Vec::new(),
        };
        for site in 0..coverage.locks.len() {
            if coverage.locks[site] == SiteLock::Open {
                coverage.open(site);
            }
        }
        coverage
    }

    /// Whether what is wanted is covered.
    pub(super) fn is_enough(&self) -> bool {
        self.covered >= self.wanted.need
    }

    /// How many sites there are, open and closed.
    pub(super) fn sites(&self) -> usize {
        self.serves.len()
    }

    /// Whether a site may be opened and closed.
    pub(super) fn is_free(&self, site: usize) -> bool {
        self.locks[site] == SiteLock::Free
    }

    /// Targets of a site times sites of a target, on average.
    pub(super) fn entries_of_a_try(&self) -> f64 {
        let entries = self.serves.iter().map(Vec::len).sum::<usize>() as f64;
        let count = |all: usize| all.max(1) as f64;
        entries * entries / (count(self.serves.len()) * count(self.servers.len()))
    }

    /// The targets that a site serves.
    pub(super) fn served_by(&self, site: usize) -> &[u32] {
        &self.serves[site]
    }

    /// The sites that serve a target.
    pub(super) fn servers_of(&self, target: u32) -> &[u32] {
        &self.servers[target as usize]
    }

    /// Whether a site is open.
    pub(super) fn is_open(&self, site: usize) -> bool {
        self.is_open[site]
    }

    /// What opening a closed site would cover more.
    pub(super) fn gain(&self, site: usize) -> u64 {
        self.weighs[site]
    }

    /// What closing an open site would leave uncovered.
    pub(super) fn loss(&self, site: usize) -> u64 {
        self.weighs[site]
    }

    /// Adds to `kept`, for every site, what it would go on covering of what an open site alone covers.
    pub(super) fn add_kept(&self, from: usize, kept: &mut [u64]) {
        for &target in &self.serves[from] {
            if self.times[target as usize] == 1 {
                let weight = self.wanted.weights[target as usize];
                for &site in &self.servers[target as usize] {
                    kept[site as usize] += weight;
                }
            }
        }
    }

    /// Sets what [`Coverage::add_kept`] added to nought again.
    pub(super) fn clear_kept(&self, from: usize, kept: &mut [u64]) {
        for &target in &self.serves[from] {
            if self.times[target as usize] == 1 {
                for &site in &self.servers[target as usize] {
                    kept[site as usize] = 0;
                }
            }
        }
    }

    pub(super) fn open(&mut self, site: usize) {
        self.covered += self.weighs[site];
        self.is_open[site] = true;
        self.open.push(site);
        for at in 0..self.serves[site].len() {
            let target = self.serves[site][at] as usize;
            self.times[target] += 1;
            match self.times[target] {
                1 => self.reweigh(site, target, false, u64::wrapping_sub),
                2 => self.reweigh(site, target, true, u64::wrapping_sub),
                _ => {}
            }
        }
    }

    /// Closes the site at a position of the list of open ones, which another takes.
    pub(super) fn close(&mut self, position: usize) {
        let site = self.open.swap_remove(position);
        self.covered -= self.weighs[site];
        self.is_open[site] = false;
        for at in 0..self.serves[site].len() {
            let target = self.serves[site][at] as usize;
            self.times[target] -= 1;
            match self.times[target] {
                0 => self.reweigh(site, target, false, u64::wrapping_add),
                1 => self.reweigh(site, target, true, u64::wrapping_add),
                _ => {}
            }
        }
    }

    /// Takes the weight of a target to or from the other sites, or the other open ones, that serve it.
    fn reweigh(&mut self, site: usize, target: usize, if_open: bool, by: fn(u64, u64) -> u64) {
        for &other in &self.servers[target] {
            let other = other as usize;
            if other != site && (self.is_open[other] || !if_open) {
                self.weighs[other] = by(self.weighs[other], self.wanted.weights[target]);
            }
        }
    }
}
