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
    /// Targets that each site serves.
    serves: Vec<Vec<u32>>,
    /// How many open sites serve each target.
    times: Vec<u32>,
    /// Weight of the targets that are served.
    pub(super) covered: u64,
    /// Open sites in the order in which they opened.
    pub(super) open: Vec<usize>,
}

impl<'a> Coverage<'a> {
    /// The sites that must be open are.
    pub(super) fn new(problem: &Problem, wanted: &'a Wanted) -> Coverage<'a> {
        let mut serves: Vec<Vec<u32>> = vec![Vec::new(); problem.sites.len()];
        for reach in problem.reaches.iter().take(1) {
            for (target, ends) in reach.starts.windows(2).enumerate() {
                for &host in &reach.host[ends[0]..ends[1]] {
                    serves[host as usize].push(target as u32);
                }
            }
        }
        let mut coverage = Coverage {
            wanted,
            locks: problem.sites.iter().map(|site| site.lock).collect(),
            serves,
            times: vec![0; wanted.weights.len()],
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

    /// The targets that a site serves.
    pub(super) fn served_by(&self, site: usize) -> &[u32] {
        &self.serves[site]
    }

    fn weight_served(&self, site: usize, times: u32) -> u64 {
        let of = |target: &&u32| self.times[**target as usize] == times;
        let served = self.serves[site].iter().filter(of);
        served
            .map(|&target| self.wanted.weights[target as usize])
            .sum()
    }

    /// What opening a site would cover more.
    pub(super) fn gain(&self, site: usize) -> u64 {
        self.weight_served(site, 0)
    }

    /// What closing an open site would leave uncovered.
    pub(super) fn loss(&self, site: usize) -> u64 {
        self.weight_served(site, 1)
    }

    pub(super) fn open(&mut self, site: usize) {
        self.covered += self.gain(site);
        for &target in &self.serves[site] {
            self.times[target as usize] += 1;
        }
        self.open.push(site);
    }

    /// Closes the site at a position of the list of open ones, which another takes.
    pub(super) fn close(&mut self, position: usize) {
        let site = self.open.swap_remove(position);
        self.covered -= self.loss(site);
        for &target in &self.serves[site] {
            self.times[target as usize] -= 1;
        }
    }
}
