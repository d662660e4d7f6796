//! A cover made better: open sites are exchanged for closed ones beside them, at a falling temperature, until
//! fewer cover what is wanted, or as many cover more.

use super::super::dice::Dice;
use super::coverage::{Coverage, Wanted};
use std::time::Duration;

/// Exchanges tried in one annealing, at least and at most. They grow with the square of the pairs of an open and a
/// closed site, and are the most from so many pairs on. With fewer than the least there is no exchange at all: the
/// whole model proves a small covering in less time.
const LEAST_TRIES: f64 = 20_000.0;
const MOST_TRIES: f64 = 6e6;
const MANY_PAIRS: f64 = 2e5;

/// Annealings in a row that lead to nothing before it ends.
const PATIENCE: u32 = 3;

/// Share of the time asked for that may be spent here; seconds for a try, and for each entry it looks at.
pub(super) const TIME: f64 = 0.35;
const TRY: f64 = 1e-6;
const ENTRY: f64 = 3e-9;

/// First and last temperature: shares of what a site covers, or parts of a target where that is more.
const HOT: f64 = 0.02;
const COLD: f64 = 0.002;
const TARGETS_OF_A_SITE: f64 = 60.0;

/// An exchange that is so many temperatures worse is not thought of.
const UNLIKELY: f64 = 20.0;

/// Sites beside a site: those with the most targets in common.
const BESIDE: usize = 30;

/// How much may be tried, and when to stop at once.
pub(super) struct Pace<'a> {
    /// The time asked for, from which the number of exchanges follows.
    pub(super) time: Duration,
    /// Whether the caller wants no more, or the machine is too slow for so many.
    pub(super) stop: &'a dyn Fn() -> bool,
}

impl Pace<'_> {
    /// No exchange at all.
    pub(super) const NONE: Pace<'static> = Pace {
        time: Duration::ZERO,
        stop: &|| false,
    };
}

/// Exchanges between two looks at whether to stop.
const LOOK: u64 = 4096;

/// Makes a cover better. The number of exchanges follows from the size and the time asked for, so that the
/// same question has the same answer on every machine that is quick enough for them.
pub(super) fn improve(coverage: &mut Coverage, wanted: &Wanted, pace: &Pace) {
    let movable = (0..coverage.sites()).filter(|site| coverage.is_free(*site));
    let movable = movable.count() as f64;
    // What is beside each site takes as long as a try of each.
    let each = TRY + ENTRY * coverage.entries_of_a_try();
    let affordable = (TIME * pace.time.as_secs_f64() / each - movable).max(0.0);
    let pairs = coverage.open.len() as f64 * movable;
    let tries = (MOST_TRIES * (pairs / MANY_PAIRS).powi(2)).min(MOST_TRIES);
    if tries >= LEAST_TRIES {
        anneal(coverage, wanted, pace, [tries, affordable]);
    }
}

/// Anneals with so many tries at a time, and no more than so many in all, until it leads to nothing any more.
fn anneal(coverage: &mut Coverage, wanted: &Wanted, pace: &Pace, [tries, affordable]: [f64; 2]) {
    let tries = tries.min(affordable / 2.0) as u64;
    if tries == 0 || coverage.open.is_empty() {
        return;
    }
    let Some(beside) = beside(coverage, pace) else {
        return;
    };
    let mut annealing = Annealing {
        beside,
        dice: Dice::new(1),
        kept: vec![0; coverage.sites()],
        likely: Vec::new(),
        tries,
    };
    let (mut best, mut fruitless, mut spent) = (coverage.clone(), 0, 0);
    while fruitless < PATIENCE && spent < affordable as u64 && !(pace.stop)() {
        if is_better(coverage, &best) {
            best = coverage.clone();
            fruitless = 0;
        }
        if coverage.is_enough() {
            if !close_cheapest(coverage) {
                break;
            }
        } else {
            spent += annealing.run(coverage, wanted, pace);
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

/// For each free site the free sites that have the most targets in common with it; `None` where it took too long.
fn beside(coverage: &Coverage, pace: &Pace) -> Option<Vec<Vec<usize>>> {
    let mut common = vec![0_u32; coverage.sites()];
    let mut lists = vec![Vec::new(); coverage.sites()];
    for site in (0..coverage.sites()).filter(|&site| coverage.is_free(site)) {
        if (pace.stop)() {
            return None;
        }
        let mut others = Vec::new();
        for &target in coverage.served_by(site) {
            let servers = coverage.servers_of(target).iter();
            for other in servers.map(|&other| other as usize) {
                if !coverage.is_free(other) {
                    continue;
                }
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
    Some(lists)
}

struct Annealing {
    beside: Vec<Vec<usize>>,
    dice: Dice,
    tries: u64,
    /// For each site what it would go on covering of what the site in question alone covers; nought between tries.
    kept: Vec<u64>,
    /// Sites that one may be exchanged for, and the weight of each.
    likely: Vec<(usize, f64)>,
}

impl Annealing {
    /// Exchanges until what is wanted is covered or the temperature is at its end, and returns how many were
    /// tried. Where it is not reached, the coverage is the best that was seen.
    fn run(&mut self, coverage: &mut Coverage, wanted: &Wanted, pace: &Pace) -> u64 {
        let unit = unit(coverage, wanted);
        let mut best = (coverage.covered, coverage.open.clone());
        for tried in 0..self.tries {
            if coverage.is_enough() {
                return tried;
            }
            if tried % LOOK == LOOK - 1 && (pace.stop)() {
                break;
            }
            let cooled = tried as f64 / self.tries as f64;
            let temperature = unit * HOT * (COLD / HOT).powf(cooled);
            let at = self.dice.below(coverage.open.len() as u64) as usize;
            let from = coverage.open[at];
            if !coverage.is_free(from) {
                continue;
            }
            let Some(to) = self.other(coverage, from, temperature) else {
                continue;
            };
            coverage.close(at);
            coverage.open(to);
            if coverage.covered > best.0 {
                best = (coverage.covered, coverage.open.clone());
            }
        }
        if !coverage.is_enough() && best.0 > coverage.covered {
            reopen(coverage, &best.1);
        }
        self.tries
    }

    /// A site to exchange one for, the likelier the more it covers; `None` where the site stays.
    fn other(&mut self, coverage: &Coverage, from: usize, temperature: f64) -> Option<usize> {
        let far = self.dice.below(coverage.sites() as u64) as usize;
        coverage.add_kept(from, &mut self.kept);
        let loss = coverage.loss(from) as f64;
        self.likely.clear();
        let mut all = 1.0;
        for &to in self.beside[from].iter().chain([&far]) {
            if coverage.is_open(to) || !coverage.is_free(to) {
                continue;
            }
            let change = (coverage.gain(to) + self.kept[to]) as f64 - loss;
            if change < -UNLIKELY * temperature {
                continue;
            }
            let weight = (change / temperature).min(300.0).exp();
            all += weight;
            self.likely.push((to, weight));
        }
        coverage.clear_kept(from, &mut self.kept);
        let mut left = self.dice.share() * all;
        for &(to, weight) in &self.likely {
            if left < weight {
                return Some(to);
            }
            left -= weight;
        }
        None
    }
}

/// What a site covers on average; at least so many times what a target weighs.
fn unit(coverage: &Coverage, wanted: &Wanted) -> f64 {
    let mean = |all: u64, of: usize| all as f64 / of.max(1) as f64;
    let weight = |&target: &u32| wanted.weights[target as usize];
    let served = (0..coverage.sites()).flat_map(|site| coverage.served_by(site));
    let of_site = mean(served.map(weight).sum(), coverage.sites());
    let of_target = mean(wanted.weights.iter().sum(), wanted.weights.len());
    of_site.max(TARGETS_OF_A_SITE * of_target)
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

    /// With as many tries as a large covering of so few sites would get.
    fn improved(coverage: &mut Coverage, wanted: &Wanted) {
        anneal(coverage, wanted, &Pace::NONE, [1000.0, 1e6]);
    }

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
        improved(&mut coverage, &wanted);
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
                improved(&mut better, &wanted);
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
