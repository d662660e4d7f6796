//! A smaller problem with the same least cost: what cannot matter is taken out before any solving.
//!
//! 1. `targets` drops a wish for a host that another wish fulfils, and adds up targets that all hosts
//!    serve alike;
//! 2. `forced` opens the site of the one host that a target has, and places its item there;
//! 3. `placements` drops those that another placement of the item does as well for no more, and those
//!    that cost something and serve nobody;
//! 4. `sites` closes those that another site does as well for no more.
//!
//! They follow one another until nothing changes. Sites, items and targets keep their positions, so that
//! only placements are renumbered. [`parts`] then splits what nothing holds together.

mod forced;
mod part;
mod parts;
mod placements;
mod sites;
mod targets;
#[cfg(test)]
mod tests;

pub(super) use part::Part;
pub(super) use parts::parts;

use super::layout::Layout;
use super::problem::{Problem, Term};
use super::web::{Asks, Web};
use std::collections::BTreeMap;

/// Rounds at most: each finds less than the one before.
const ROUNDS: usize = 8;

/// Comparisons in one round at most: a reduction that takes longer than the solving is none.
const COMPARISONS: usize = 40_000_000;

/// Entries of all lists together at most: a nation goes to the engine as it is.
const ENTRIES: usize = 4_000_000;

/// How often each reduction was made, by its name.
pub(super) type Counts = BTreeMap<String, u64>;

/// What one round works on.
struct Round<'a> {
    problem: &'a mut Problem,
    layout: Layout,
    web: Web,
    /// Placements in groups, rows, pairs or requirements: these stay as they are.
    bound_up: Vec<bool>,
    /// Placements to be left out.
    out: Vec<bool>,
    comparisons: usize,
}

/// Takes out what cannot matter; `None` where everything may, or where the form is not one for it.
pub(super) fn reduce(problem: &Problem) -> Option<(Part, Counts)> {
    // A price for each change makes every placement of the start matter.
    if problem.reaches.is_empty() || problem.price_per_change != 0.0 || entries(problem) > ENTRIES {
        return None;
    }
    let mut counts = Counts::new();
    let mut part = Part::whole(problem);
    for nth in 0..ROUNDS {
        let before: u64 = counts.values().sum();
        let mut count = |what: &str, times: usize| {
            if times > 0 {
                *counts.entry(what.to_owned()).or_default() += times as u64;
            }
        };
        let web = Web::new(&part.problem, false)?;
        count("targets_merged", part.merge_targets(&web));
        let web = Web::new(&part.problem, false)?;
        count("wishes_fulfilled_by_others", part.drop_fulfilled(&web));
        let mut round = Round::new(&mut part.problem)?;
        // What is forced in the problem as it was is so for the prices of the whole.
        let forced = if nth == 0 {
            round.open_forced()
        } else {
            Vec::new()
        };
        count("placements_forced", forced.len());
        count("placements_dominated", round.drop_placements());
        count("sites_dominated", round.close_dominated());
        let out = round.out;
        part.forced.extend(forced);
        part.leave_out(&out);
        if counts.values().sum::<u64>() == before {
            break;
        }
    }
    (!counts.is_empty()).then_some((part, counts))
}

fn entries(problem: &Problem) -> usize {
    problem.reaches.iter().map(|reach| reach.host.len()).sum()
}

impl<'a> Round<'a> {
    fn new(problem: &'a mut Problem) -> Option<Round<'a>> {
        Some(Round {
            layout: Layout::new(problem),
            web: Web::new(problem, false)?,
            bound_up: bound_up(problem),
            out: vec![false; problem.placements.len()],
            comparisons: 0,
            problem,
        })
    }

    /// Counts work done; says whether there is time for more.
    fn affords(&mut self, comparisons: usize) -> bool {
        self.comparisons += comparisons;
        self.comparisons < COMPARISONS
    }

    /// Leaves a placement out; a start that chose it chooses the other one.
    fn leave_out(&mut self, placement: usize, instead: Option<usize>) {
        self.out[placement] = true;
        let Some(start) = &mut self.problem.start else {
            return;
        };
        let before = start.len();
        start.retain(|&at| at != placement);
        if let Some(instead) = instead
            && start.len() < before
            && !start.contains(&instead)
        {
            start.push(instead);
        }
    }

    /// Whether every target that a placement serves is served as well by another.
    fn serves_as_well(&mut self, other: usize, placement: usize) -> bool {
        let hosts = &self.web.hosts_of[placement];
        let others = &self.web.hosts_of[other];
        let as_well = |host: &u32| {
            let served = || self.web.entries(*host as usize).iter();
            served().next().is_none()
                || others.iter().any(|other| {
                    served().all(|&(target, rank)| self.serves(*other, target as usize, rank))
                })
        };
        let work: usize = hosts
            .iter()
            .map(|&host| self.web.entries(host as usize).len())
            .sum();
        let well = hosts.iter().all(as_well);
        self.affords(work * others.len().max(1)) && well
    }

    /// Whether a host does for a target what the host at this rank of its list does.
    fn serves(&self, host: u32, target: usize, rank: u32) -> bool {
        let list = self.web.list(target);
        let distance = self.web.distance[list.start + rank as usize];
        let Some(found) = list.clone().find(|&at| self.web.host[at] == host) else {
            return false;
        };
        let own = self.web.distance[found];
        own <= distance
            || self.web.cares(target).iter().all(|care| match care.asks {
                Asks::Each(limit) | Asks::Share(limit) => own <= limit || distance > limit,
                Asks::Mean | Asks::Travel(_) => false,
            })
    }

    /// Whether a placement serves nobody.
    fn idle(&self, placement: usize) -> bool {
        let hosts = &self.web.hosts_of[placement];
        hosts
            .iter()
            .all(|&host| self.web.entries(host as usize).is_empty())
    }
}

/// Which placements anything but their item, site and hosts speaks of.
fn bound_up(problem: &Problem) -> Vec<bool> {
    let mut bound_up = vec![false; problem.placements.len()];
    let groups = problem.conflicts.iter().flat_map(|group| &group.placements);
    let pairs = problem
        .pairs
        .iter()
        .flat_map(|pair| [&pair.first, &pair.second]);
    for &at in groups.chain(pairs) {
        bound_up[at] = true;
    }
    for (at, placement) in problem.placements.iter().enumerate() {
        for &other in &placement.requires {
            bound_up[at] = true;
            bound_up[other] = true;
        }
    }
    for row in &problem.rows {
        for (term, _) in &row.terms {
            if let Term::Placement(at) = term {
                bound_up[*at] = true;
            }
        }
    }
    bound_up
}
