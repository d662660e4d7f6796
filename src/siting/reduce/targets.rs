//! Targets that ask nothing of their own.

use super::Part;
use super::part::Merge;
use crate::siting::problem::{Cover, Reach};
use crate::siting::web::{Asks, Web};
use std::collections::{BTreeMap, BTreeSet};

/// Comparisons at most, of one host with another.
const COMPARISONS: usize = 40_000_000;

/// What a target asks, and who can serve it how well: two of the same are one of both weights.
type Signature = (u32, Vec<(u32, Kind)>, Vec<(u32, u32)>);

/// A question without its weight.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Each,
    Share,
    Nearest(u32),
}

impl Part {
    /// Adds up the targets that all hosts serve alike, and returns how many were taken out.
    pub(super) fn merge_targets(&mut self, web: &Web) -> usize {
        let mut first_of: BTreeMap<Signature, u32> = BTreeMap::new();
        let mut merged = 0;
        for target in 0..web.targets() {
            let (reach, own) = web.target_of[target];
            let Some(&first) = first_of.get(&signature(web, target)) else {
                first_of.insert(signature(web, target), own);
                continue;
            };
            if let Some(merge) = merge(&self.problem.reaches[reach as usize], first, own) {
                add_up(&mut self.problem.reaches[reach as usize], first, own);
                self.merges.push((reach, merge));
                merged += 1;
            }
        }
        merged
    }

    /// Drops a target's wish for a host within its limit where some other target's wish fulfils it: all
    /// that can serve the other can serve this one. Returns how many were dropped.
    pub(super) fn drop_fulfilled(&mut self, web: &Web) -> usize {
        let sets: Vec<Option<Vec<u32>>> = (0..web.targets())
            .map(|target| within(web, target))
            .collect();
        let mut order: Vec<usize> = (0..sets.len()).filter(|&at| sets[at].is_some()).collect();
        order.sort_by_key(|&at| (sets[at].as_ref().map_or(0, Vec::len), at));
        let mut dropped = vec![false; sets.len()];
        let mut comparisons = 0;
        for (&at, set) in order
            .iter()
            .filter_map(|at| Some((at, sets[*at].as_ref()?)))
        {
            if dropped[at] || comparisons > COMPARISONS {
                continue;
            }
            if set.iter().any(|&host| web.always[host as usize]) {
                dropped[at] = true;
                continue;
            }
            let rarest = set
                .iter()
                .min_by_key(|&&host| web.entries(host as usize).len());
            let Some(&rarest) = rarest else { continue };
            for &(other, _) in web.entries(rarest as usize) {
                let other = other as usize;
                let Some(wider) = &sets[other] else { continue };
                if other == at || dropped[other] || wider.len() < set.len() {
                    continue;
                }
                comparisons += wider.len();
                dropped[other] = contains(wider, set);
            }
        }
        let gone: BTreeSet<(u32, u32)> = (0..dropped.len())
            .filter(|&at| dropped[at])
            .map(|at| web.target_of[at])
            .collect();
        for (at, reach) in (0..).zip(&mut self.problem.reaches) {
            drop_wishes(reach, |target| gone.contains(&(at, target)));
        }
        dropped.iter().filter(|gone| **gone).count()
    }
}

/// Hosts within a target's limit, ascending; `None` where it has none.
fn within(web: &Web, target: usize) -> Option<Vec<u32>> {
    let limit = web.limit[target]?;
    let list = web.list(target).filter(|&at| web.distance[at] <= limit);
    let mut hosts: Vec<u32> = list.map(|at| web.host[at]).collect();
    hosts.sort_unstable();
    hosts.dedup();
    Some(hosts)
}

/// Whether one ascending list holds all of another.
fn contains(wider: &[u32], narrow: &[u32]) -> bool {
    let mut rest = wider.iter();
    narrow.iter().all(|host| rest.any(|other| other == host))
}

fn signature(web: &Web, target: usize) -> Signature {
    let cares = web.cares(target);
    let limits: Vec<u32> = cares
        .iter()
        .filter_map(|care| match care.asks {
            Asks::Each(limit) | Asks::Share(limit) => Some(limit),
            Asks::Mean | Asks::Travel(_) => None,
        })
        .collect();
    let nearest = limits.len() > 32
        || cares
            .iter()
            .any(|care| matches!(care.asks, Asks::Mean | Asks::Travel(_)));
    let kinds = cares.iter().map(|care| {
        let kind = match care.asks {
            Asks::Each(_) => Kind::Each,
            Asks::Share(_) => Kind::Share,
            Asks::Mean => Kind::Nearest(0),
            Asks::Travel(beyond) => Kind::Nearest(beyond),
        };
        (care.cover, kind)
    });
    // Where only limits count, which of them a host keeps is all there is to know of it.
    let class = |distance: u32| {
        let keeps = limits.iter().map(|&limit| u32::from(distance <= limit));
        keeps.fold(0, |all, one| all << 1 | one)
    };
    let entry = |at: usize| {
        let distance = web.distance[at];
        // Both: two targets may differ in their limits.
        (
            web.host[at],
            if nearest { distance } else { class(distance) },
        )
    };
    let mut list: Vec<(u32, u32)> = web.list(target).map(entry).collect();
    if nearest {
        let kept = limits.iter().map(|&limit| (u32::MAX, limit));
        list.extend(kept);
    } else {
        list.sort_unstable();
    }
    (web.target_of[target].0, kinds.collect(), list)
}

fn weights(cover: &Cover) -> Option<&[u64]> {
    match cover {
        Cover::Each { .. } => None,
        Cover::Share { weights, .. } | Cover::Mean { weights, .. } => Some(weights),
    }
}

/// How a price of both is divided among two targets; `None` where their weights differ in more than size.
fn merge(reach: &Reach, first: u32, gone: u32) -> Option<Merge> {
    let travel = (reach.travel_price > 0.0).then_some(reach.travel_weights.as_slice());
    let both = reach
        .covers
        .iter()
        .filter_map(weights)
        .chain(travel)
        .filter_map(|weights| {
            let pair = (*weights.get(first as usize)?, *weights.get(gone as usize)?);
            (pair != (0, 0)).then_some(pair)
        });
    let mut share = None;
    for (kept, lost) in both {
        let (kept0, lost0) = *share.get_or_insert((kept, lost));
        let crosswise = |one: u64, other: u64| u128::from(one) * u128::from(other);
        if crosswise(kept, lost0) != crosswise(lost, kept0) {
            return None;
        }
    }
    let share = share.map_or(0.0, |(kept, lost)| {
        lost as f64 / (kept as f64 + lost as f64)
    });
    Some(Merge { first, gone, share })
}

/// Adds a target's weights to another's and lets it ask nothing any more.
fn add_up(reach: &mut Reach, first: u32, gone: u32) {
    let add = |weights: &mut Vec<u64>| {
        if let Some(&weight) = weights.get(gone as usize) {
            weights[first as usize] += weight;
            weights[gone as usize] = 0;
        }
    };
    for cover in &mut reach.covers {
        match cover {
            Cover::Each { .. } => {}
            Cover::Share { weights, .. } | Cover::Mean { weights, .. } => add(weights),
        }
    }
    if reach.travel_price > 0.0 {
        add(&mut reach.travel_weights);
    }
    drop_wishes(reach, |target| target == gone);
}

fn drop_wishes(reach: &mut Reach, gone: impl Fn(u32) -> bool) {
    for cover in &mut reach.covers {
        if let Cover::Each {
            targets, limits, ..
        } = cover
        {
            let kept: Vec<(u32, u32)> = targets
                .iter()
                .copied()
                .zip(limits.iter().copied())
                .filter(|(target, _)| !gone(*target))
                .collect();
            (*targets, *limits) = kept.into_iter().unzip();
        }
    }
}
