//! Some reaches of a problem alone: their items, where those may go, and what is asked of them; everything else
//! is left out. What has no solution alone has none among the rest either.

use super::problem::{Conflict, Cover, Host, Placement, Problem, Reach, SiteLock};
use std::collections::{BTreeMap, BTreeSet};

/// Reaches that share items: what one of them asks for bears on the others.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Group {
    /// Positions of the reaches.
    pub(super) reaches: Vec<usize>,
    /// Positions of the items that can serve them.
    pub(super) items: BTreeSet<usize>,
}

/// The groups of a problem's reaches. A reach that everybody serves for good stands in none.
pub(super) fn groups(problem: &Problem) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, reach) in problem.reaches.iter().enumerate() {
        let placements = reach.hosts.iter().flat_map(|host| &host.placements);
        let items: BTreeSet<usize> = placements.map(|at| problem.placements[*at].item).collect();
        if items.is_empty() {
            continue;
        }
        let mut own = Group {
            reaches: vec![at],
            items,
        };
        groups.retain(|group| {
            let apart = group.items.is_disjoint(&own.items);
            if !apart {
                own.reaches.extend(&group.reaches);
                own.items.extend(&group.items);
            }
            apart
        });
        own.reaches.sort_unstable();
        groups.push(own);
    }
    groups
}

/// A group alone with a site locked. Soft covers, rows, rewards and shared costs are left out as well.
pub(super) fn alone(whole: &Problem, group: &Group, site: usize, lock: SiteLock) -> Problem {
    let item_of: BTreeMap<usize, usize> = group
        .items
        .iter()
        .enumerate()
        .map(|(new, old)| (*old, new))
        .collect();
    let all = whole.placements.iter().enumerate();
    let placements: Vec<usize> = all
        .filter(|(_, one)| item_of.contains_key(&one.item))
        .map(|(at, _)| at)
        .collect();
    let position: BTreeMap<usize, usize> = placements
        .iter()
        .enumerate()
        .map(|(new, old)| (*old, new))
        .collect();
    let known = |all: &[usize]| -> Vec<usize> {
        let new = all.iter().filter_map(|old| position.get(old));
        new.copied().collect()
    };
    let mut problem = Problem {
        sites: whole.sites.clone(),
        items: group
            .items
            .iter()
            .map(|at| whole.items[*at].clone())
            .collect(),
        ..Problem::default()
    };
    for one in &mut problem.sites {
        (one.fixed_cost, one.parent, one.variant_of) = (0.0, None, None);
    }
    problem.sites[site].lock = lock;
    for &at in &placements {
        let one = &whole.placements[at];
        let requires = known(&one.requires);
        problem.placements.push(Placement {
            item: item_of[&one.item],
            // One that somebody left out could meet asks for nothing here.
            requires: if requires.len() == one.requires.len() {
                requires
            } else {
                Vec::new()
            },
            ..one.clone()
        });
    }
    for one in &whole.conflicts {
        let placements = known(&one.placements);
        if placements.len() > one.most as usize {
            problem.conflicts.push(Conflict {
                placements,
                ..one.clone()
            });
        }
    }
    for &at in &group.reaches {
        let reach = &whole.reaches[at];
        let host = |host: &Host| Host {
            placements: known(&host.placements),
            always: host.always,
        };
        problem.reaches.push(Reach {
            hosts: reach.hosts.iter().map(host).collect(),
            covers: reach
                .covers
                .iter()
                .filter(|one| one.is_hard())
                .cloned()
                .collect(),
            travel_weights: Vec::new(),
            travel_price: 0.0,
            ..reach.clone()
        });
    }
    problem
}

/// Whether a reach cannot be kept without a site, wherever its items go: that needs no search.
pub(super) fn is_beyond(problem: &Problem, reach: &Reach, closed: usize) -> bool {
    let elsewhere = |at: &usize| problem.placements[*at].site != closed;
    let serves = |host: &Host| host.always || host.placements.iter().any(elsewhere);
    let serves: Vec<bool> = reach.hosts.iter().map(serves).collect();
    // The lists are by distance.
    let nearest = |target: usize| {
        let mut own = reach.starts[target]..reach.starts[target + 1];
        let first = own.find(|at| serves[reach.host[*at] as usize]);
        first.map(|at| reach.distance[at])
    };
    let within = |target: usize, limit: u32| nearest(target).is_some_and(|far| far <= limit);
    let weighty = |weights: &[u64]| -> Vec<(usize, u64)> {
        let all = weights.iter().copied().enumerate();
        all.filter(|(_, weight)| *weight > 0).collect()
    };
    let is_short = |cover: &Cover| match cover {
        Cover::Each {
            targets, limits, ..
        } => {
            let mut asked = targets.iter().zip(limits);
            asked.any(|(target, limit)| !within(*target as usize, *limit))
        }
        Cover::Share {
            limit,
            weights,
            need,
            ..
        } => {
            let reached = weighty(weights)
                .into_iter()
                .filter(|(at, _)| within(*at, *limit));
            reached.map(|(_, weight)| weight).sum::<u64>() < *need
        }
        Cover::Mean { weights, most, .. } => {
            let far = weighty(weights).into_iter();
            let far = far.map(|(at, weight)| Some(weight.saturating_mul(u64::from(nearest(at)?))));
            far.sum::<Option<u64>>().is_none_or(|sum| sum > *most)
        }
    };
    let mut hard = reach.covers.iter().filter(|cover| cover.is_hard());
    hard.any(is_short)
}
