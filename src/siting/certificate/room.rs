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
    /// For each capacity: the things that have most for their use of it first.
    orders: Vec<Vec<usize>>,
    /// None of them excludes another or shares a host with it.
    apart: bool,
    /// Things that those chosen keep out.
    barred: Vec<bool>,
    nodes: u32,
    /// Things looked at so far.
    work: u64,
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
    /// Things looked at in all sites of a problem together: seconds, however crowded its sites are.
    const WORK: u64 = 200_000_000;

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
        let order = |kind: usize| {
            let worth = |at: &usize| {
                let thing: &Thing = &things[*at];
                thing.full / problem.placements[thing.placement].uses[kind].max(1e-12)
            };
            let mut order: Vec<usize> = (0..things.len()).collect();
            order.sort_by(|a, b| worth(b).total_cmp(&worth(a)));
            order
        };
        let kinds = problem.sites[site].capacities.len();
        Room {
            problem,
            layout,
            site,
            orders: (0..kinds).map(order).collect(),
            barred: vec![false; things.len()],
            things,
            apart,
            nodes: 0,
            work: 0,
            best: 0.0,
            open: 0.0,
        }
    }

    /// What may be looked at in one site: each has the same part of what there is for all.
    fn share(&self) -> u64 {
        Room::WORK / self.problem.sites.len().max(1) as u64
    }

    /// At least the most the site can gain.
    pub(super) fn most(mut self) -> f64 {
        self.at_least()
    }

    fn at_least(&mut self) -> f64 {
        let room: Vec<f64> = self.problem.sites[self.site]
            .capacities
            .iter()
            .map(|capacity| capacity + rounding(*capacity))
            .collect();
        let split =
            |thing: &Thing| self.problem.items[self.problem.placements[thing.placement].item].split;
        let all = self.fractional(0, &room);
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
    fn fractional(&self, from: usize, room: &[f64]) -> f64 {
        let mut least = self.all_of(from);
        for (kind, &room) in room.iter().enumerate() {
            let used = |thing: &Thing| self.problem.placements[thing.placement].uses[kind];
            if self.left(from).map(used).sum::<f64>() <= room {
                continue;
            }
            let (mut sum, mut room) = (0.0, room.max(0.0));
            // Of those that exclude each other, a later one counts for what it adds to the one before,
            // at its own worth: never less than the best mix of them.
            let mut counted = vec![0.0f64; self.things.len()];
            let order = self.orders[kind].iter();
            let left = order.filter(|at| **at >= from && !self.barred[**at]);
            for thing in left.map(|&at| &self.things[at]) {
                let extra = thing.full - counted[thing.group];
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
                counted[thing.group] = thing.full;
            }
            least = least.min(sum);
        }
        least
    }

    /// The things from `from` on that those chosen let in.
    fn left(&self, from: usize) -> impl Iterator<Item = &Thing> {
        let free = self.barred[from..].iter().map(|barred| !barred);
        let things = self.things[from..].iter().zip(free);
        things.filter_map(|(thing, free)| free.then_some(thing))
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

    /// What the best of each group from `from` on gain together, whatever the room.
    fn all_of(&self, from: usize) -> f64 {
        if self.apart {
            return self.left(from).map(|thing| thing.full).sum();
        }
        let mut best = vec![0.0f64; self.things.len()];
        for thing in self.left(from) {
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
        let bound = sum + self.fractional(at, room);
        if bound <= self.best {
            return;
        }
        self.nodes += 1;
        self.work += (self.things.len() - at) as u64;
        if self.nodes > Room::NODES || self.work > self.share() {
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
        if fits && !self.barred[at] {
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
            let kept_out =
                |&other: &usize| !self.barred[other] && !self.allowed(&self.things[other], chosen);
            let now_barred: Vec<usize> = (at + 1..self.things.len()).filter(kept_out).collect();
            now_barred
                .iter()
                .for_each(|&other| self.barred[other] = true);
            self.branch(at + 1, sum + added, &left, chosen);
            now_barred
                .iter()
                .for_each(|&other| self.barred[other] = false);
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

#[cfg(test)]
mod tests {
    use super::super::super::problem::{Item, Placement, Site};
    use super::*;

    /// One site with two kinds of room for about a fifth of `things`, and `beside` others.
    fn crowded(things: usize, beside: usize) -> Problem {
        let mut sites = vec![Site {
            capacities: vec![things as f64, 0.9 * things as f64],
            ..Site::default()
        }];
        sites.resize(beside + 1, Site::default());
        Problem {
            sites,
            items: vec![Item::default(); things],
            placements: (0..things)
                .map(|item| Placement {
                    item,
                    uses: vec![(item * 7 % 11) as f64, (item * 5 % 9) as f64],
                    ..Placement::default()
                })
                .collect(),
            ..Problem::default()
        }
    }

    fn gain(things: usize) -> Vec<f64> {
        (0..things).map(|at| 1.0 + (at * 13 % 17) as f64).collect()
    }

    #[test]
    fn a_crowded_site_is_looked_at_for_no_more_than_its_part_of_all_work() {
        let things = 300;
        let problem = crowded(things, 20_000);
        let layout = Layout::new(&problem);
        let gain = gain(things);
        let mut room = Room::new(&problem, &layout, &[], &gain, 0);
        let part = room.share();
        let most = room.at_least();
        // On the way back each thing is looked at once more.
        assert!(
            room.work <= part + (things * things) as u64,
            "{}",
            room.work
        );
        assert!(most <= gain.iter().sum::<f64>());
    }

    #[test]
    fn a_bound_that_ran_out_of_work_is_no_less_than_one_that_did_not() {
        for things in [12, 16, 20] {
            let gain = gain(things);
            let bound = |beside: usize| {
                let problem = crowded(things, beside);
                let layout = Layout::new(&problem);
                Room::new(&problem, &layout, &[], &gain, 0).most()
            };
            let (whole, short) = (bound(0), bound(200_000));
            assert!(short >= whole - 1e-9, "{things}: {short} below {whole}");
        }
    }
}
