//! What one site can gain at most, by a branch and bound that shares nothing with the ascent's knapsack.

use super::super::check::rounding;
use super::super::layout::Layout;
use super::super::problem::{Choice, Problem};
use std::collections::HashSet;

/// What one site can gain: its placements that gain anything, in order of gain.
pub(super) struct Room<'a> {
    problem: &'a Problem,
    layout: &'a Layout,
    site: usize,
    /// Placement, gain without hosts, gain with hosts, hosts and what they earn.
    things: Vec<Thing>,
    /// None of them excludes another or shares a host with it.
    apart: bool,
    nodes: u32,
    best: f64,
    open: f64,
}

struct Thing {
    placement: usize,
    own: f64,
    full: f64,
    /// Of those with one number, at most one is chosen.
    group: usize,
    hosts: Vec<((usize, usize), f64)>,
}

/// Whether things are of different items, in no conflict, and serve through hosts of their own.
fn apart(problem: &Problem, layout: &Layout, things: &[Thing]) -> bool {
    let mut items = HashSet::new();
    let mut hosts = HashSet::new();
    things.iter().all(|thing| {
        layout.conflicts_of[thing.placement].is_empty()
            && items.insert(problem.placements[thing.placement].item)
            && thing.hosts.iter().all(|host| hosts.insert(host.0))
    })
}

impl<'a> Room<'a> {
    const NODES: u32 = 20_000;

    pub(super) fn new(
        problem: &'a Problem,
        layout: &'a Layout,
        earns: &[Vec<f64>],
        gain: &[f64],
        site: usize,
    ) -> Room<'a> {
        let mut things = Vec::new();
        for &placement in &layout.of_site[site] {
            let hosts: Vec<_> = layout.hosts_of[placement]
                .iter()
                .map(|&(reach, host)| (reach as usize, host as usize))
                .map(|(reach, host)| ((reach, host), earns[reach][host]))
                .collect();
            let full = gain[placement] + hosts.iter().map(|host| host.1).sum::<f64>();
            if full > 0.0 {
                things.push(Thing {
                    placement,
                    own: gain[placement],
                    full,
                    group: 0,
                    hosts,
                });
            }
        }
        let apart = apart(problem, layout, &things);
        for at in 0..things.len() {
            things[at].group = at;
            if apart {
                continue;
            }
            let exclude = |other: usize| {
                excludes(
                    problem,
                    layout,
                    things[other].placement,
                    things[at].placement,
                )
            };
            // The first of a group stands for it; all of a group exclude each other through one reason.
            things[at].group = (0..at)
                .find(|&other| things[other].group == other && exclude(other))
                .unwrap_or(at);
        }
        let share = |thing: &Thing| {
            let uses = &problem.placements[thing.placement].uses;
            let parts = uses.iter().zip(&problem.sites[site].capacities);
            thing.full
                / parts
                    .map(|(used, capacity)| used / capacity.max(1e-9))
                    .fold(1e-9, f64::max)
        };
        things.sort_by(|a, b| {
            share(b)
                .total_cmp(&share(a))
                .then(a.placement.cmp(&b.placement))
        });
        Room {
            problem,
            layout,
            site,
            things,
            apart,
            nodes: 0,
            best: 0.0,
            open: 0.0,
        }
    }

    /// At least the most the site can gain.
    pub(super) fn most(mut self) -> f64 {
        let room: Vec<f64> = self.problem.sites[self.site]
            .capacities
            .iter()
            .map(|capacity| capacity + rounding(*capacity))
            .collect();
        let split =
            |thing: &Thing| self.problem.items[self.problem.placements[thing.placement].item].split;
        let all = self.fractional(0, &room, &[]);
        let used = |kind: usize| -> f64 {
            let uses = |thing: &Thing| self.problem.placements[thing.placement].uses[kind];
            self.things.iter().map(uses).sum()
        };
        let fit = || {
            room.iter()
                .enumerate()
                .all(|(kind, &room)| used(kind) <= room)
        };
        if self.things.iter().any(split) || (self.apart && fit()) {
            return all;
        }
        match room.as_slice() {
            &[room] if self.apart => self.pack(room),
            _ => self.branch(0, 0.0, &room, &mut Vec::new()),
        }
        self.best.max(self.open).min(all)
    }

    /// At least what the things from `from` on can gain in the room left: the least over the capacities.
    fn fractional(&self, from: usize, room: &[f64], chosen: &[usize]) -> f64 {
        let left: Vec<&Thing> = self.things[from..]
            .iter()
            .filter(|thing| self.allowed(thing, chosen))
            .collect();
        let mut least = self.all_of(&left);
        for (kind, &room) in room.iter().enumerate() {
            let used = |thing: &&Thing| self.problem.placements[thing.placement].uses[kind];
            if left.iter().map(used).sum::<f64>() <= room {
                continue;
            }
            let mut order: Vec<&Thing> = left.clone();
            let worth = |thing: &&Thing| thing.full / used(thing).max(1e-12);
            order.sort_by(|a, b| worth(b).total_cmp(&worth(a)));
            let (mut sum, mut room) = (0.0, room.max(0.0));
            // Of those that exclude each other, a later one counts for what it adds to the one before,
            // at its own worth: never less than the best mix of them.
            let mut before: Vec<(usize, f64)> = Vec::new();
            for thing in &order {
                let known = before.iter_mut().find(|known| known.0 == thing.group);
                let extra = thing.full - known.as_ref().map_or(0.0, |known| known.1);
                if extra <= 0.0 {
                    continue;
                }
                let amount = used(thing) * (extra / thing.full);
                if amount > room {
                    sum += extra * room / amount;
                    break;
                }
                sum += extra;
                room -= amount;
                match known {
                    Some(known) => known.1 = thing.full,
                    None => before.push((thing.group, thing.full)),
                }
            }
            least = least.min(sum);
        }
        least
    }

    /// [`Room::branch`] where nothing excludes anything and there is one capacity: sums of all things before each make
    /// the bound of the rest a look-up.
    fn pack(&mut self, room: f64) {
        let thing = |thing: &Thing| (self.problem.placements[thing.placement].uses[0], thing.full);
        let mut things: Vec<(f64, f64)> = self.things.iter().map(thing).collect();
        // Most for its room first, and before all what takes none.
        things.sort_by(|a, b| (b.1 / b.0).total_cmp(&(a.1 / a.0)));
        let mut sums = vec![(0.0, 0.0)];
        for (used, full) in &things {
            let (all, gain) = sums[sums.len() - 1];
            sums.push((all + used, gain + full));
        }
        let rest = |from: usize, room: f64| {
            let fits = |sum: &(f64, f64)| sum.0 - sums[from].0 <= room;
            let end = from + sums[from + 1..].partition_point(fits);
            let whole = sums[end].1 - sums[from].1;
            let part = |&(used, full): &(f64, f64)| {
                let left = (room - (sums[end].0 - sums[from].0)).max(0.0);
                full * (left / used)
            };
            whole + things.get(end).map_or(0.0, part)
        };
        // Of each thing taken: its position, and room and sum before it.
        let mut taken: Vec<(usize, f64, f64)> = Vec::new();
        let (mut at, mut room, mut sum) = (0, room, 0.0);
        loop {
            while let Some(&(used, full)) = things.get(at) {
                let bound = sum + rest(at, room);
                if bound <= self.best {
                    break;
                }
                self.nodes += 1;
                if self.nodes > Room::NODES {
                    self.open = self.open.max(bound);
                    break;
                }
                if used <= room {
                    taken.push((at, room, sum));
                    room -= used;
                    sum += full;
                    self.best = self.best.max(sum);
                }
                at += 1;
            }
            let Some(last) = taken.pop() else { return };
            (at, room, sum) = (last.0 + 1, last.1, last.2);
        }
    }

    /// What the best of each group gain together, whatever the room.
    fn all_of(&self, left: &[&Thing]) -> f64 {
        if self.apart {
            return left.iter().map(|thing| thing.full).sum();
        }
        let mut best = vec![0.0f64; self.things.len()];
        for thing in left {
            best[thing.group] = best[thing.group].max(thing.full);
        }
        best.iter().sum()
    }

    /// Whether conflicts, and its item's other placements, let a thing join those chosen.
    fn allowed(&self, thing: &Thing, chosen: &[usize]) -> bool {
        let item = self.problem.placements[thing.placement].item;
        let same = |at: &usize| self.problem.placements[self.things[*at].placement].item == item;
        if self.problem.items[item].choice != Choice::Any && chosen.iter().any(same) {
            return false;
        }
        self.layout.conflicts_of[thing.placement]
            .iter()
            .all(|conflict| {
                let joined = |at: &&usize| {
                    self.layout.conflicts_of[self.things[**at].placement].contains(conflict)
                };
                chosen.iter().filter(joined).count()
                    < self.problem.conflicts[*conflict].most as usize
            })
    }

    fn branch(&mut self, at: usize, sum: f64, room: &[f64], chosen: &mut Vec<usize>) {
        self.best = self.best.max(sum);
        if at == self.things.len() {
            return;
        }
        let bound = sum + self.fractional(at, room, chosen);
        if bound <= self.best {
            return;
        }
        self.nodes += 1;
        if self.nodes > Room::NODES {
            self.open = self.open.max(bound);
            return;
        }
        let thing = &self.things[at];
        let uses = &self.problem.placements[thing.placement].uses;
        let left: Vec<f64> = room
            .iter()
            .zip(uses)
            .map(|(room, used)| room - used)
            .collect();
        let fits = left
            .iter()
            .zip(uses)
            .all(|(left, used)| *left >= -1e-9 * used.abs());
        if fits && self.allowed(thing, chosen) {
            let pays = |host: &&((usize, usize), f64)| {
                !chosen
                    .iter()
                    .any(|&other| self.things[other].hosts.iter().any(|of| of.0 == host.0))
            };
            let added = thing.own
                + thing
                    .hosts
                    .iter()
                    .filter(pays)
                    .map(|host| host.1)
                    .sum::<f64>();
            chosen.push(at);
            self.branch(at + 1, sum + added, &left, chosen);
            chosen.pop();
        }
        self.branch(at + 1, sum, room, chosen);
    }
}

/// Whether two placements are in one group: through the first conflict of each that lets one be chosen,
/// else as placements of one item.
fn excludes(problem: &Problem, layout: &Layout, first: usize, second: usize) -> bool {
    let alone = |placement: usize| {
        let mut conflicts = layout.conflicts_of[placement].iter().copied();
        conflicts.find(|&conflict| problem.conflicts[conflict].most <= 1)
    };
    let item = |placement: usize| problem.placements[placement].item;
    match (alone(first), alone(second)) {
        (Some(first), Some(second)) => first == second,
        (None, None) => {
            item(first) == item(second) && problem.items[item(first)].choice != Choice::Any
        }
        _ => false,
    }
}
