//! A cover to start from: whichever facility covers the most that is not covered yet, again and again.

use super::super::problem::{Problem, SiteLock};
use std::collections::BinaryHeap;

/// What is to be covered, and by how many at most.
pub(super) struct Wanted<'a> {
    /// What each target of the one reach counts.
    pub(super) weights: &'a [u64],
    /// How much is enough.
    pub(super) need: u64,
    /// How many sites may be open.
    pub(super) most: usize,
}

/// Chosen sites of a problem whose placements are its sites, each serving its own host. They cover what is
/// wanted where so many can; none of them can be spared.
pub(super) fn cover(problem: &Problem, wanted: &Wanted) -> Vec<usize> {
    let Some(reach) = problem.reaches.first() else {
        return Vec::new();
    };
    let mut serves: Vec<Vec<u32>> = vec![Vec::new(); problem.sites.len()];
    for (target, ends) in reach.starts.windows(2).enumerate() {
        for &host in &reach.host[ends[0]..ends[1]] {
            serves[host as usize].push(target as u32);
        }
    }
    let weight = |target: u32| wanted.weights[target as usize];
    let mut times = vec![0_u32; wanted.weights.len()];
    let (mut chosen, mut covered) = (Vec::new(), 0);
    let gain = |site: usize, times: &[u32]| -> u64 {
        let fresh = serves[site]
            .iter()
            .filter(|&&target| times[target as usize] == 0);
        fresh.map(|&target| weight(target)).sum()
    };
    let mut open = |site: usize, times: &mut Vec<u32>, covered: &mut u64| {
        *covered += gain(site, times);
        for &target in &serves[site] {
            times[target as usize] += 1;
        }
        chosen.push(site);
    };
    let locked =
        |lock| (0..problem.sites.len()).filter(move |&site| problem.sites[site].lock == lock);
    let mut count = 0;
    for site in locked(SiteLock::Open) {
        open(site, &mut times, &mut covered);
        count += 1;
    }
    // Gains only shrink, so the first whose gain is still what it was is the best of all.
    let offers = locked(SiteLock::Free).map(|site| (gain(site, &times), std::cmp::Reverse(site)));
    let mut heap: BinaryHeap<_> = offers.collect();
    while covered < wanted.need && count < wanted.most {
        let Some((known, site)) = heap.pop() else {
            break;
        };
        let now = gain(site.0, &times);
        if now == 0 {
            continue;
        }
        if now < known {
            heap.push((now, site));
            continue;
        }
        open(site.0, &mut times, &mut covered);
        count += 1;
    }
    // The latest first: they cover the least.
    for at in (0..chosen.len()).rev() {
        let site = chosen[at];
        let lost = serves[site]
            .iter()
            .filter(|&&target| times[target as usize] == 1);
        let lost: u64 = lost.map(|&target| weight(target)).sum();
        if problem.sites[site].lock == SiteLock::Free && covered - lost >= wanted.need {
            covered -= lost;
            for &target in &serves[site] {
                times[target as usize] -= 1;
            }
            chosen.swap_remove(at);
        }
    }
    chosen.sort_unstable();
    chosen
}
