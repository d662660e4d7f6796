//! What one site would gain at most, at given prices: a knapsack with several capacities, conflicts,
//! and hosts that pay once.
//!
//! Depth-first branch and bound with the fractional bound of one weighted row. Where it runs out of
//! nodes, the bounds of what was left unexplored keep the answer valid, only weaker; a crowded site is then `packed`, its
//! room divided into `cells`.

mod cells;
mod packed;
mod stand_ins;
#[cfg(test)]
mod tests;
mod weights;

use super::check::rounding;
use super::grouped::Grouped;
use super::layout::Layout;
use super::problem::{Choice, Problem};
use cells::Cells;
use stand_ins::StandIns;
use std::sync::Arc;

/// Before the cells of a site are asked that say all there is to say, it is searched for as long as they would take: so many
/// cells for a look at a gain, and so many looks at each gain at least.
const CELLS_OF_A_LOOK: u64 = 8;
const SEARCHED: u64 = 16;

/// One placement that would gain.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gain {
    pub(super) placement: u32,
    /// Without what its hosts earn.
    pub(super) own: f64,
    /// With all of it.
    pub(super) full: f64,
    /// Weight in the row that bounds, and gain for weight.
    weight: f64,
    density: f64,
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
    /// Best of each group so far, within a bound, and the groups that have one.
    group_best: Vec<f64>,
    counted: Vec<u32>,
    /// Worth for room, worth and group, while prices of capacities are looked for.
    worths: Vec<(f64, f64, u32)>,
    groups: u32,
    /// Group of each conflict and item that has one since a time.
    of_conflict: Vec<(u64, u32)>,
    of_item: Vec<(u64, u32)>,
    time: u64,
    room: Vec<f64>,
    /// Room that is taken before anything is chosen.
    taken: Vec<f64>,
    stack: Vec<u32>,
    /// What the best set found gains, and what is to be beaten.
    found: f64,
    best: f64,
    left_open: f64,
    nodes: u32,
    /// Gains looked at so far, and how many may be.
    work: u64,
    work_cap: u64,
    capacity: f64,
    facts: Arc<Facts>,
    /// Position among the gains of now, by placement; of others, anything.
    position: Vec<u32>,
    /// Room for a list of gains, used again and again.
    spare: Vec<Gain>,
}

/// What all knapsacks of a problem know of its sites, whatever their placements gain.
#[derive(Default)]
pub(super) struct Facts {
    stand_ins: StandIns,
    cells: Cells,
}

impl Facts {
    pub(super) fn new(problem: &Problem, layout: &Layout, hosts_of: &Grouped<u32>) -> Facts {
        Facts {
            stand_ins: StandIns::new(problem, layout, hosts_of),
            cells: Cells::new(problem, layout, hosts_of),
        }
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
    pub(super) fn new(problem: &Problem, hosts: usize, facts: Arc<Facts>) -> Knapsack {
        Knapsack {
            paid: vec![false; hosts],
            placed: vec![false; problem.items.len()],
            conflict: vec![0; problem.conflicts.len()],
            of_conflict: vec![(0, 0); problem.conflicts.len()],
            of_item: vec![(0, 0); problem.items.len()],
            position: vec![u32::MAX; problem.placements.len()],
            facts,
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
        let others = self.most(shelf, site, gains, 0.0);
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

    /// At least the most that the gains can bring together at a site, as long as that is above `floor`, else any number from
    /// it to `floor`; `chosen` is the best set found, which of a packed site may take a little more room than there is.
    pub(super) fn most(&mut self, shelf: &Shelf, site: usize, gains: &[Gain], floor: f64) -> f64 {
        if !self.lay_out(shelf, site, gains) {
            return f64::NEG_INFINITY;
        }
        let root = self.weigh(shelf, floor);
        if root <= floor {
            return root;
        }
        let parts = |gain: &Gain| {
            let item = shelf.problem.placements[gain.placement as usize].item;
            shelf.problem.items[item].split
        };
        if self.gains.iter().any(parts) {
            self.fill_greedily(shelf);
            return root;
        }
        // What is dominated counts for nothing in a bound: the better one comes before it, of the same group.
        let has_conflicts =
            |gain: &Gain| !shelf.layout.conflicts_of[gain.placement as usize].is_empty();
        if self.gains.iter().any(has_conflicts) {
            self.drop_dominated();
        }
        let facts = Arc::clone(&self.facts);
        let cells = facts.cells.of(site).filter(|_| self.taken.is_empty());
        self.work_cap = match cells {
            Some(cells) if cells.is_whole => {
                let least = SEARCHED * self.gains.len() as u64;
                shelf.work_cap.min(least.max(cells.size / CELLS_OF_A_LOOK))
            }
            _ => shelf.work_cap,
        };
        (self.found, self.best, self.left_open) = (0.0, floor, f64::NEG_INFINITY);
        (self.nodes, self.work) = (0, 0);
        self.stack.clear();
        self.dive(shelf, 0, 0.0, self.capacity);
        let most = self.best.max(self.left_open).min(root);
        match cells {
            Some(cells) if self.left_open > self.best => self.pack(cells, floor, most),
            _ => most,
        }
    }

    /// For each placement of a site at least the most that it gains with it, where it has cells; `full` is what one gains.
    pub(super) fn most_with_each(
        &mut self,
        shelf: &Shelf,
        site: usize,
        gains: &[Gain],
        full: impl Fn(u32) -> f64,
    ) -> Option<Vec<(u32, f64)>> {
        let facts = Arc::clone(&self.facts);
        let cells = facts.cells.of(site)?;
        self.taken.clear();
        self.lay_out(shelf, site, gains);
        Some(packed::most_with_each(cells, &self.by_placement(), full))
    }

    /// The gains of now, to be found by placement.
    fn by_placement(&mut self) -> (&[Gain], &[u32]) {
        for (at, gain) in self.gains.iter().enumerate() {
            self.position[gain.placement as usize] = at as u32;
        }
        (&self.gains, &self.position)
    }

    /// At least the most by a table of a site's cells, or as much as is known already.
    fn pack(&mut self, cells: &cells::Site, floor: f64, known: f64) -> f64 {
        let gains = self.by_placement();
        let mut chosen = Vec::new();
        let most = packed::most(cells, &gains, &mut chosen).max(floor);
        if most < known {
            self.chosen = chosen;
        }
        most.min(known)
    }

    /// The gains in groups, and the room for them; false where there is none for what takes room already.
    fn lay_out(&mut self, shelf: &Shelf, site: usize, gains: &[Gain]) -> bool {
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
                return false;
            }
        }
        self.group(shelf);
        true
    }

    /// Of two placements that can stand for each other and exclude each other, the worse one goes.
    fn drop_dominated(&mut self) {
        self.by_placement();
        let all = std::mem::replace(&mut self.gains, std::mem::take(&mut self.spare));
        self.gains.clear();
        for gain in &all {
            let beaten = self
                .facts
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

    /// Gives one number to placements of which at most one can be chosen: those of one conflict, else those
    /// of one item.
    fn group(&mut self, shelf: &Shelf) {
        self.groups = 0;
        self.time += 1;
        let mut gains = std::mem::take(&mut self.gains);
        for gain in &mut gains {
            let (time, groups) = (self.time, self.groups);
            gain.group = match self.known(shelf, gain.placement as usize) {
                Some((known, group)) if *known == time => *group,
                Some(known) => {
                    *known = (time, groups);
                    groups
                }
                None => groups,
            };
            self.groups = groups.max(gain.group + 1);
        }
        self.gains = gains;
        self.counted.clear();
        self.group_best.clear();
        self.group_best.resize(self.groups as usize, 0.0);
    }

    /// Where the group of a placement stands, with the time since when; `None` of one that excludes none.
    fn known(&mut self, shelf: &Shelf, placement: usize) -> Option<&mut (u64, u32)> {
        let mut conflicts = shelf.layout.conflicts_of[placement].iter();
        let alone = conflicts.find(|&&conflict| shelf.problem.conflicts[conflict].most <= 1);
        let item = shelf.problem.placements[placement].item;
        match alone {
            Some(&conflict) => Some(&mut self.of_conflict[conflict]),
            None if shelf.problem.items[item].choice != Choice::Any => {
                Some(&mut self.of_item[item])
            }
            None => None,
        }
    }

    /// At least what the gains from `from` on can add to `sum` in the capacity left. Of a group, a later
    /// and less dense gain counts for what it adds to the one before, at its own density.
    fn fractional(&mut self, shelf: &Shelf, from: usize, sum: f64, capacity: f64) -> f64 {
        let (mut sum, mut capacity) = (sum, capacity.max(0.0));
        self.count_none();
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
                self.counted.push(gain.group);
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

    fn dive(&mut self, shelf: &Shelf, mut depth: usize, sum: f64, capacity: f64) {
        if sum > self.found {
            self.found = sum;
            self.best = self.best.max(sum);
            self.chosen.clone_from(&self.stack);
        }
        while let Some(&gain) = self.gains.get(depth) {
            let bound = self.fractional(shelf, depth, sum, capacity);
            if bound <= self.best + 1e-12 * self.best.abs() {
                return;
            }
            self.nodes += 1;
            if self.nodes > shelf.node_cap || self.work > self.work_cap {
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
            depth += 1;
        }
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

impl packed::Gains for (&[Gain], &[u32]) {
    fn of(&self, placement: u32) -> Option<(f64, f64)> {
        let (gains, positions) = self;
        let gain = gains.get(positions[placement as usize] as usize)?;
        (gain.placement == placement).then_some((gain.own, gain.full))
    }
}

impl Gain {
    pub(super) fn new(placement: u32, own: f64, full: f64) -> Gain {
        Gain {
            placement,
            own,
            full,
            weight: 0.0,
            density: 0.0,
            group: 0,
        }
    }
}
