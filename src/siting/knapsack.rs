//! What one site would gain at most, at given prices: a knapsack with several capacities, conflicts,
//! and hosts that pay once.
//!
//! Depth-first branch and bound with the fractional bound of one weighted row. Where it runs out of
//! nodes, the bounds of what was left unexplored keep the answer valid, only weaker.

#[cfg(test)]
mod tests;

use super::check::rounding;
use super::grouped::Grouped;
use super::layout::Layout;
use super::problem::{Choice, Problem};
use std::sync::Arc;

/// One placement that would gain.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gain {
    pub(super) placement: u32,
    /// Without what its hosts earn.
    pub(super) own: f64,
    /// With all of it.
    pub(super) full: f64,
    /// Weight in the row that bounds.
    weight: f64,
    /// Of those with one number, at most one is chosen.
    group: u32,
}

/// Scratch space, and the answer.
#[derive(Default)]
pub(super) struct Knapsack {
    gains: Vec<Gain>,
    /// The best set found.
    pub(super) chosen: Vec<u32>,
    /// Whether a host already pays.
    paid: Vec<bool>,
    conflict: Vec<u32>,
    /// Items that are placed already.
    placed: Vec<bool>,
    /// Best of each group so far, within a bound.
    group_best: Vec<f64>,
    groups: u32,
    /// Group of each conflict and item that has one since a time.
    of_conflict: Vec<(u64, u32)>,
    of_item: Vec<(u64, u32)>,
    time: u64,
    room: Vec<f64>,
    /// Room that is taken before anything is chosen.
    taken: Vec<f64>,
    stack: Vec<u32>,
    best: f64,
    left_open: f64,
    nodes: u32,
    /// Gains looked at so far.
    work: u64,
    capacity: f64,
    stand_ins: Arc<StandIns>,
    /// Position among the gains of now, by placement; of others, anything.
    position: Vec<u32>,
    /// Room for a list of gains, used again and again.
    spare: Vec<Gain>,
}

/// For each placement, those that can stand for it.
#[derive(Default)]
pub(super) struct StandIns {
    starts: Vec<usize>,
    better: Vec<(u32, bool)>,
}

impl StandIns {
    pub(super) fn new(problem: &Problem, layout: &Layout, hosts_of: &Grouped<u32>) -> StandIns {
        let (mut starts, mut better) = (vec![0], Vec::new());
        for at in 0..problem.placements.len() {
            stand_ins(problem, layout, hosts_of, at, &mut better);
            starts.push(better.len());
        }
        StandIns { starts, better }
    }

    fn of(&self, placement: u32) -> &[(u32, bool)] {
        let placement = placement as usize;
        &self.better[self.starts[placement]..self.starts[placement + 1]]
    }
}

/// What a knapsack reads.
pub(super) struct Shelf<'a> {
    pub(super) problem: &'a Problem,
    pub(super) layout: &'a Layout,
    /// Hosts of each placement.
    pub(super) hosts_of: &'a Grouped<u32>,
    /// What each host earns.
    pub(super) earns: &'a [f64],
    pub(super) node_cap: u32,
    /// Gains that may be looked at, so that a crowded site takes no longer than others.
    pub(super) work_cap: u64,
}

impl Knapsack {
    pub(super) fn new(problem: &Problem, hosts: usize, stand_ins: Arc<StandIns>) -> Knapsack {
        Knapsack {
            paid: vec![false; hosts],
            placed: vec![false; problem.items.len()],
            conflict: vec![0; problem.conflicts.len()],
            of_conflict: vec![(0, 0); problem.conflicts.len()],
            of_item: vec![(0, 0); problem.items.len()],
            position: vec![u32::MAX; problem.placements.len()],
            stand_ins,
            ..Knapsack::default()
        }
    }

    /// [`Knapsack::most`] beside a placement that is in any case chosen, which gains `own` without its
    /// hosts; negative infinity where there is no room for it.
    pub(super) fn most_beside(
        &mut self,
        shelf: &Shelf,
        site: usize,
        gains: &[Gain],
        forced: usize,
        own: f64,
    ) -> f64 {
        let of = &shelf.problem.placements[forced];
        self.taken.clear();
        self.taken.extend_from_slice(&of.uses);
        let once = shelf.problem.items[of.item].choice != Choice::Any;
        let conflicts = &shelf.layout.conflicts_of[forced];
        let hosts = &shelf.hosts_of[forced];
        self.placed[of.item] = once;
        for &conflict in conflicts {
            self.conflict[conflict] += 1;
        }
        for &host in hosts {
            self.paid[host as usize] = true;
        }
        let others = self.most(shelf, site, gains);
        for &host in hosts {
            self.paid[host as usize] = false;
        }
        for &conflict in conflicts {
            self.conflict[conflict] -= 1;
        }
        self.placed[of.item] = false;
        self.taken.clear();
        let hosts: f64 = hosts.iter().map(|&host| shelf.earns[host as usize]).sum();
        own + hosts + others
    }

    /// At least the most that the gains can bring together at a site; `chosen` is the best set found.
    pub(super) fn most(&mut self, shelf: &Shelf, site: usize, gains: &[Gain]) -> f64 {
        self.gains.clear();
        self.gains.extend_from_slice(gains);
        self.chosen.clear();
        self.room.clear();
        let capacities = &shelf.problem.sites[site].capacities;
        self.room.extend(
            capacities
                .iter()
                .map(|&capacity| capacity + rounding(capacity)),
        );
        for (room, taken) in self.room.iter_mut().zip(&self.taken) {
            *room -= taken;
            if *room < -1e-9 * taken.abs() {
                return f64::NEG_INFINITY;
            }
        }
        if gains
            .iter()
            .any(|gain| !shelf.layout.conflicts_of[gain.placement as usize].is_empty())
        {
            self.drop_dominated();
        }
        self.group(shelf);
        self.weigh(shelf);
        let root = self.fractional(shelf, 0, 0.0, self.capacity);
        let parts = |gain: &Gain| {
            let item = shelf.problem.placements[gain.placement as usize].item;
            shelf.problem.items[item].split
        };
        if self.gains.iter().any(parts) {
            self.fill_greedily(shelf);
            return root;
        }
        (self.best, self.left_open) = (0.0, f64::NEG_INFINITY);
        (self.nodes, self.work) = (0, 0);
        self.stack.clear();
        self.dive(shelf, 0, 0.0, self.capacity);
        self.best.max(self.left_open).min(root)
    }

    /// Of two placements that can stand for each other and exclude each other, the worse one goes.
    fn drop_dominated(&mut self) {
        for (at, gain) in self.gains.iter().enumerate() {
            self.position[gain.placement as usize] = at as u32;
        }
        let all = std::mem::replace(&mut self.gains, std::mem::take(&mut self.spare));
        self.gains.clear();
        for gain in &all {
            let beaten = self
                .stand_ins
                .of(gain.placement)
                .iter()
                .any(|&(other, equal)| {
                    let at = self.position[other as usize];
                    all.get(at as usize).is_some_and(|by| {
                        by.placement == other
                            && (gain.own < by.own
                                || gain.own == by.own && (!equal || other < gain.placement))
                    })
                });
            if !beaten {
                self.gains.push(*gain);
            }
        }
        self.spare = all;
    }

    /// Chooses the weighted row whose fractional bound is least, and sorts by gain for weight.
    fn weigh(&mut self, shelf: &Shelf) {
        let kinds = self.room.len();
        let mut used = vec![0.0; kinds];
        for gain in &self.gains {
            for (used, amount) in used
                .iter_mut()
                .zip(&shelf.problem.placements[gain.placement as usize].uses)
            {
                *used += amount;
            }
        }
        let tight: Vec<usize> = (0..kinds)
            .filter(|&kind| used[kind] > self.room[kind])
            .collect();
        let mut rows: Vec<Vec<f64>> = Vec::new();
        let unit = |kind: usize| 1.0 / self.room[kind].max(1e-9);
        for &kind in &tight {
            let mut row = vec![0.0; kinds];
            row[kind] = unit(kind);
            rows.push(row);
        }
        if tight.len() > 1 {
            let mut row = vec![0.0; kinds];
            for &kind in &tight {
                row[kind] = unit(kind);
            }
            rows.push(row);
        }
        if rows.is_empty() {
            rows.push(vec![0.0; kinds]);
        }
        let mut least: Option<(f64, usize)> = None;
        for at in 0..rows.len() {
            self.lay(shelf, &rows[at]);
            if rows.len() == 1 {
                return;
            }
            let bound = self.fractional(shelf, 0, 0.0, self.capacity);
            if least.is_none_or(|least| bound < least.0) {
                least = Some((bound, at));
            }
        }
        if let Some((_, at)) = least {
            self.lay(shelf, &rows[at]);
        }
    }

    fn lay(&mut self, shelf: &Shelf, row: &[f64]) {
        for gain in &mut self.gains {
            let uses = &shelf.problem.placements[gain.placement as usize].uses;
            gain.weight = uses.iter().zip(row).map(|(used, unit)| used * unit).sum();
        }
        self.capacity = self
            .room
            .iter()
            .zip(row)
            .map(|(room, unit)| room * unit)
            .sum();
        let density = |gain: &Gain| gain.full / gain.weight.max(1e-12);
        self.gains.sort_by(|a, b| {
            density(b)
                .total_cmp(&density(a))
                .then(a.placement.cmp(&b.placement))
        });
    }

    /// Gives one number to placements of which at most one can be chosen: those of one conflict, else those
    /// of one item.
    fn group(&mut self, shelf: &Shelf) {
        self.groups = 0;
        self.time += 1;
        for gain in &mut self.gains {
            let placement = gain.placement as usize;
            let mut conflicts = shelf.layout.conflicts_of[placement].iter();
            let alone = conflicts.find(|&&conflict| shelf.problem.conflicts[conflict].most <= 1);
            let item = shelf.problem.placements[placement].item;
            let known = match alone {
                Some(&conflict) => Some(&mut self.of_conflict[conflict]),
                None if shelf.problem.items[item].choice != Choice::Any => {
                    Some(&mut self.of_item[item])
                }
                None => None,
            };
            gain.group = match known {
                Some((time, group)) if *time == self.time => *group,
                Some(known) => {
                    *known = (self.time, self.groups);
                    self.groups
                }
                None => self.groups,
            };
            self.groups = self.groups.max(gain.group + 1);
        }
        self.group_best.resize(self.groups as usize, 0.0);
    }

    /// At least what the gains from `from` on can add to `sum` in the capacity left. Of a group, a later
    /// and less dense gain counts for what it adds to the one before, at its own density.
    fn fractional(&mut self, shelf: &Shelf, from: usize, sum: f64, capacity: f64) -> f64 {
        let (mut sum, mut capacity) = (sum, capacity.max(0.0));
        self.group_best.fill(0.0);
        for at in from..self.gains.len() {
            self.work += 1;
            let gain = self.gains[at];
            let before = self.group_best[gain.group as usize];
            if gain.full <= before || self.blocked(shelf, gain.placement as usize) {
                continue;
            }
            let extra = gain.full - before;
            let weight = extra * (gain.weight / gain.full);
            if weight <= capacity {
                sum += extra;
                capacity -= weight;
                self.group_best[gain.group as usize] = gain.full;
            } else {
                return sum + extra * (capacity.max(0.0) / weight);
            }
        }
        sum
    }

    /// Whether a conflict or its item's other placement forbids a placement.
    fn blocked(&self, shelf: &Shelf, placement: usize) -> bool {
        self.placed[shelf.problem.placements[placement].item]
            || shelf.layout.conflicts_of[placement]
                .iter()
                .any(|&conflict| self.conflict[conflict] >= shelf.problem.conflicts[conflict].most)
    }

    fn dive(&mut self, shelf: &Shelf, depth: usize, sum: f64, capacity: f64) {
        if sum > self.best {
            self.best = sum;
            self.chosen.clone_from(&self.stack);
        }
        let Some(&gain) = self.gains.get(depth) else {
            return;
        };
        let bound = self.fractional(shelf, depth, sum, capacity);
        if bound <= self.best + 1e-12 * self.best.abs() {
            return;
        }
        self.nodes += 1;
        if self.nodes > shelf.node_cap || self.work > shelf.work_cap {
            self.left_open = self.left_open.max(bound);
            return;
        }
        let placement = gain.placement as usize;
        if self.fits(shelf, placement) {
            let mut added = gain.own;
            let mut paid: [u32; 8] = [u32::MAX; 8];
            let hosts = &shelf.hosts_of[placement];
            for (slot, &host) in hosts.iter().enumerate() {
                if !self.paid[host as usize] {
                    added += shelf.earns[host as usize];
                    // Beyond eight hosts of one placement they pay again: valid, only weaker.
                    if let Some(slot) = paid.get_mut(slot) {
                        *slot = host;
                        self.paid[host as usize] = true;
                    }
                }
            }
            let uses = &shelf.problem.placements[placement].uses;
            for (room, used) in self.room.iter_mut().zip(uses) {
                *room -= used;
            }
            for &conflict in &shelf.layout.conflicts_of[placement] {
                self.conflict[conflict] += 1;
            }
            let item = shelf.problem.placements[placement].item;
            let once = shelf.problem.items[item].choice != Choice::Any;
            self.placed[item] = once;
            self.stack.push(gain.placement);
            self.dive(shelf, depth + 1, sum + added, capacity - gain.weight);
            self.stack.pop();
            self.placed[item] = false;
            for &conflict in &shelf.layout.conflicts_of[placement] {
                self.conflict[conflict] -= 1;
            }
            for (room, used) in self.room.iter_mut().zip(uses) {
                *room += used;
            }
            for host in paid.into_iter().filter(|&host| host != u32::MAX) {
                self.paid[host as usize] = false;
            }
        }
        self.dive(shelf, depth + 1, sum, capacity);
    }

    fn fits(&self, shelf: &Shelf, placement: usize) -> bool {
        let uses = &shelf.problem.placements[placement].uses;
        // Room comes and goes by adding and taking away; the slack of 1e-9 forgives that, and a little
        // too much room only weakens the bound.
        let room = |(room, used): (&f64, &f64)| *used <= *room + 1e-9 * used.abs();
        self.room.iter().zip(uses).all(room) && !self.blocked(shelf, placement)
    }

    fn fill_greedily(&mut self, shelf: &Shelf) {
        for at in 0..self.gains.len() {
            let placement = self.gains[at].placement;
            if self.fits(shelf, placement as usize) {
                for (room, used) in self
                    .room
                    .iter_mut()
                    .zip(&shelf.problem.placements[placement as usize].uses)
                {
                    *room -= used;
                }
                self.chosen.push(placement);
            }
        }
    }
}

/// The most stand-ins that are remembered for one placement.
const STAND_INS: usize = 24;

/// Placements that can stand for one at its site and exclude it: the same conflicts, the same hosts, no
/// more of any capacity, and an item that cannot be at the site in another way beside it; and whether
/// they use just as much. Leaving some out only costs time.
fn stand_ins(
    problem: &Problem,
    layout: &Layout,
    hosts_of: &Grouped<u32>,
    at: usize,
    into: &mut Vec<(u32, bool)>,
) {
    let conflicts = &layout.conflicts_of[at];
    let Some(&alone) = conflicts
        .iter()
        .find(|&&conflict| problem.conflicts[conflict].most <= 1)
    else {
        return;
    };
    let of = &problem.placements[at];
    let (uses, first) = (&of.uses, into.len());
    let once = |item: usize| {
        let there = layout.of_site[of.site].iter();
        there
            .filter(|&&other| problem.placements[other].item == item)
            .count()
            == 1
    };
    for &other in &problem.conflicts[alone].placements {
        let theirs = &problem.placements[other].uses;
        if other != at
            && &layout.conflicts_of[other] == conflicts
            && hosts_of[other] == hosts_of[at]
            && uses.iter().zip(theirs).all(|(own, their)| own >= their)
            && (problem.placements[other].item == of.item || once(problem.placements[other].item))
        {
            into.push((other as u32, uses == theirs));
            if into.len() - first == STAND_INS {
                return;
            }
        }
    }
}

impl Gain {
    pub(super) fn new(placement: usize, own: f64, full: f64) -> Gain {
        Gain {
            placement: placement as u32,
            own,
            full,
            weight: 0.0,
            group: 0,
        }
    }
}
