//! A cover made better: open sites are exchanged for closed ones beside them, at a falling temperature, until
//! fewer cover what is wanted, or as many cover more.

use super::super::dice::Dice;
use super::coverage::{Coverage, Wanted};
use std::collections::BTreeMap;
use std::time::Duration;

/// Exchanges tried in one annealing: for each pair of sites, at least, and at most.
const TRIES_FOR_A_PAIR: f64 = 1.5;
const LEAST_TRIES: f64 = 1000.0;
const MOST_TRIES: f64 = 2e6;

/// Annealings in a row that lead to nothing before it ends.
const PATIENCE: u32 = 3;

/// Share of the time asked for that may be spent here, and seconds for one entry of a list.
pub(super) const TIME: f64 = 0.25;
const ENTRY: f64 = 4e-9;

/// First and last temperature, as shares of what a site covers on average.
const HOT: f64 = 0.1;
const COLD: f64 = 0.003;

/// Sites beside a site: those with the most targets in common.
const BESIDE: usize = 30;

/// Makes a cover better. The number of exchanges follows from the size and the time asked for, so that the
/// same question has the same answer on every machine.
pub(super) fn improve(coverage: &mut Coverage, wanted: &Wanted, time: Duration) {
    let free = |site: &usize| coverage.is_free(*site);
    let movable = (0..coverage.sites()).filter(free).count() as f64;
    if movable < 2.0 || coverage.open.is_empty() {
        return;
    }
    let entries: usize = (0..coverage.sites())
        .map(|site| coverage.served_by(site).len())
        .sum();
    let each = ENTRY * (10.0 + 4.0 * entries as f64 / coverage.sites() as f64);
    let affordable = (TIME * time.as_secs_f64() / each) as u64;
    let beside = beside(coverage);
    let mut annealing = Annealing {
        beside,
        dice: Dice::new(1),
        tries: (TRIES_FOR_A_PAIR * movable * movable)
            .clamp(LEAST_TRIES, MOST_TRIES)
            .min(affordable as f64 / 4.0) as u64,
    };
    let (mut best, mut fruitless, mut spent) = (coverage.clone(), 0, 0);
    while fruitless < PATIENCE && spent < affordable && annealing.tries > 0 {
        if is_better(coverage, &best) {
            best = coverage.clone();
            fruitless = 0;
        }
        if coverage.is_enough() {
            if !close_cheapest(coverage) {
                break;
            }
        } else {
            spent += annealing.run(coverage, wanted);
            fruitless += 1;
        }
    }
    if !is_better(coverage, &best) {
        *coverage = best;
    }
}

/// Whether fewer sites cover enough, or more is covered where neither is enough.
fn is_better(one: &Coverage, other: &Coverage) -> bool {
    match (one.is_enough(), other.is_enough()) {
        (true, true) => one.open.len() < other.open.len(),
        (false, false) => one.covered > other.covered,
        (enough, _) => enough,
    }
}

/// Closes the free site that covers the least. False where none is left to close.
fn close_cheapest(coverage: &mut Coverage) -> bool {
    let free = (0..coverage.open.len()).filter(|&at| coverage.is_free(coverage.open[at]));
    let Some(at) = free.min_by_key(|&at| coverage.loss(coverage.open[at])) else {
        return false;
    };
    coverage.close(at);
    !coverage.open.is_empty()
}

/// For each free site the free sites that have the most targets in common with it.
fn beside(coverage: &Coverage) -> Vec<Vec<usize>> {
    let mut serving: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    let free: Vec<usize> = (0..coverage.sites())
        .filter(|&site| coverage.is_free(site))
        .collect();
    for &site in &free {
        for &target in coverage.served_by(site) {
            serving.entry(target).or_default().push(site);
        }
    }
    let mut common = vec![0_u32; coverage.sites()];
    let mut lists = vec![Vec::new(); coverage.sites()];
    for &site in &free {
        let mut others = Vec::new();
        for target in coverage.served_by(site) {
            for &other in &serving[target] {
                if other != site && common[other] == 0 {
                    others.push(other);
                }
                common[other] += 1;
            }
        }
        others.sort_unstable_by_key(|&other| (std::cmp::Reverse(common[other]), other));
        for &other in others.iter().chain([&site]) {
            common[other] = 0;
        }
        others.truncate(BESIDE);
        lists[site] = others;
    }
    lists
}

struct Annealing {
    beside: Vec<Vec<usize>>,
    dice: Dice,
    tries: u64,
}

impl Annealing {
    /// Exchanges until what is wanted is covered or the temperature is at its end, and returns how many were
    /// tried. Where it is not reached, the coverage is the best that was seen.
    fn run(&mut self, coverage: &mut Coverage, wanted: &Wanted) -> u64 {
        let all: u64 = (0..coverage.sites())
            .flat_map(|site| coverage.served_by(site))
            .map(|&target| wanted.weights[target as usize])
            .sum();
        let unit = all as f64 / coverage.sites().max(1) as f64;
        let mut is_open = vec![false; coverage.sites()];
        for &site in &coverage.open {
            is_open[site] = true;
        }
        let mut best = (coverage.covered, coverage.open.clone());
        for tried in 0..self.tries {
            if coverage.is_enough() {
                return tried;
            }
            let cooled = tried as f64 / self.tries as f64;
            let temperature = unit * HOT * (COLD / HOT).powf(cooled);
            let at = self.dice.below(coverage.open.len() as u64) as usize;
            let from = coverage.open[at];
            let Some(to) = self.other(from, coverage.sites()) else {
                continue;
            };
            if is_open[to] || !coverage.is_free(from) || !coverage.is_free(to) {
                continue;
            }
            let before = coverage.covered;
            coverage.close(at);
            coverage.open(to);
            let change = coverage.covered as f64 - before as f64;
            if change >= 0.0 || self.dice.share() < (change / temperature).exp() {
                (is_open[from], is_open[to]) = (false, true);
                if coverage.covered > best.0 {
                    best = (coverage.covered, coverage.open.clone());
                }
            } else {
                coverage.close(coverage.open.len() - 1);
                coverage.open(from);
            }
        }
        if !coverage.is_enough() && best.0 > coverage.covered {
            reopen(coverage, &best.1);
        }
        self.tries
    }

    /// A site to exchange one for: mostly one beside it.
    fn other(&mut self, from: usize, sites: usize) -> Option<usize> {
        let beside = &self.beside[from];
        if beside.is_empty() || self.dice.one_in(20) {
            return Some(self.dice.below(sites as u64) as usize);
        }
        beside
            .get(self.dice.below(beside.len() as u64) as usize)
            .copied()
    }
}

/// Opens exactly these sites.
fn reopen(coverage: &mut Coverage, sites: &[usize]) {
    while !coverage.open.is_empty() {
        coverage.close(coverage.open.len() - 1);
    }
    for &site in sites {
        coverage.open(site);
    }
}

#[cfg(test)]
mod tests {
    use super::super::greedy::cover;
    use super::*;
    use crate::siting::{Placement, Problem, Reach, Site, SiteLock};

    /// Sites that serve these targets, every one its own placement and host.
    fn problem(serves: &[Vec<u32>], targets: u32) -> Problem {
        let mut problem = Problem::default();
        let mut reach = Reach {
            starts: vec![0],
            ..Reach::default()
        };
        for at in 0..serves.len() {
            problem.sites.push(Site::default());
            problem.placements.push(Placement {
                item: at,
                site: at,
                ..Placement::default()
            });
        }
        for target in 0..targets {
            let hosts = (0..serves.len()).filter(|&at| serves[at].contains(&target));
            reach.host.extend(hosts.map(|at| at as u32));
            reach.starts.push(reach.host.len());
        }
        problem.reaches.push(reach);
        problem
    }

    fn wanted(weights: Vec<u64>, need: u64, most: usize) -> Wanted {
        Wanted {
            weights,
            need,
            most,
        }
    }

    const TIME: Duration = Duration::from_secs(10);

    #[test]
    fn two_sites_are_found_where_the_greedy_cover_takes_three() {
        // Two halves of seven each; the largest site holds four of either, and what it leaves takes two more.
        let serves = vec![
            (0..7).collect(),
            (7..14).collect(),
            vec![0, 1, 2, 3, 7, 8, 9, 10],
            vec![4, 5, 11, 12],
            vec![6, 13],
        ];
        let problem = problem(&serves, 14);
        let wanted = wanted(vec![1; 14], 14, 5);
        let mut coverage = Coverage::new(&problem, &wanted);
        cover(&mut coverage, &wanted);
        coverage.open.sort_unstable();
        assert_eq!(coverage.open, [2, 3, 4]);
        improve(&mut coverage, &wanted, TIME);
        coverage.open.sort_unstable();
        assert_eq!(coverage.open, [0, 1]);
    }

    #[test]
    fn a_cover_never_gets_worse_keeps_its_locks_and_is_the_same_again() {
        for seed in 0..40 {
            let mut dice = Dice::new(seed);
            let (sites, targets) = (dice.size(5, 30), dice.size(10, 60) as u32);
            let serves: Vec<Vec<u32>> = (0..sites)
                .map(|_| (0..targets).filter(|_| dice.one_in(6)).collect())
                .collect();
            let mut problem = problem(&serves, targets);
            problem.sites[0].lock = SiteLock::Open;
            problem.sites[1].lock = SiteLock::Closed;
            let weights: Vec<u64> = (0..targets).map(|_| dice.below(9) + 1).collect();
            let all: u64 = weights.iter().sum();
            // Either most of all with as many sites as it takes, or all of it with too few.
            let most = if seed % 2 == 0 { sites } else { 3 };
            let need = if seed % 2 == 0 { all * 4 / 5 } else { all };
            let wanted = wanted(weights, need, most);
            let mut greedy = Coverage::new(&problem, &wanted);
            cover(&mut greedy, &wanted);
            let run = || {
                let mut better = greedy.clone();
                improve(&mut better, &wanted, TIME);
                better
            };
            let better = run();
            assert_eq!(better.open, run().open, "seed {seed}");
            assert!(better.open.contains(&0) && !better.open.contains(&1));
            assert!(better.open.len() <= greedy.open.len(), "seed {seed}");
            if greedy.is_enough() {
                assert!(better.is_enough(), "seed {seed}");
            } else {
                assert!(better.covered >= greedy.covered, "seed {seed}");
            }
        }
    }
}
