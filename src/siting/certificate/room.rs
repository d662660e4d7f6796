//! What one site can gain at most, by a branch and bound that shares nothing with the ascent's knapsack.

#[cfg(test)]
mod tests;

use super::super::check::rounding;
use super::super::layout::Layout;
use super::super::problem::{Choice, Problem};
use super::cells;
use std::collections::{HashMap, HashSet};

/// What one site can gain: its placements that gain anything, those first that gain most for the part of it that they take.
pub(super) struct Room<'a> {
    problem: &'a Problem,
    layout: &'a Layout,
    site: usize,
    things: Vec<Thing>,
    /// For each capacity: the things that have most for their use of it first.
    orders: Vec<Vec<usize>>,
    /// What counts of each group so far, while a bound is added up.
    counted: Vec<f64>,
    /// None of them excludes another or shares a host with it.
    apart: bool,
    /// Things that those chosen keep out.
    barred: Vec<bool>,
    nodes: u32,
    /// Looks at things so far, and how many there may be.
    looks: u64,
    allowed: u64,
    best: f64,
    open: f64,
}

/// What a site can gain.
pub(super) struct Found {
    /// At least the most.
    pub(super) most: f64,
    /// Looks at things that it took.
    pub(super) looks: u64,
    /// Whether more looks could have told more.
    pub(super) is_cut: bool,
}

/// Things by what they gain for what they take of a capacity.
fn order(things: &[Thing], kind: usize) -> Vec<usize> {
    let worth = |thing: &Thing| thing.full / thing.uses[kind];
    let worths: Vec<f64> = things.iter().map(worth).collect();
    let mut order: Vec<usize> = (0..things.len()).collect();
    order.sort_by(|&a, &b| worths[b].total_cmp(&worths[a]));
    order
}

/// A placement that gains.
pub(super) struct Thing {
    pub(super) placement: usize,
    /// Of each capacity; and of their mix, where there is one.
    pub(super) uses: Vec<f64>,
    /// What it gains without its hosts, and with them.
    pub(super) own: f64,
    pub(super) full: f64,
    /// The gain for the part of the site that it takes.
    worth: f64,
    /// Of those with one number, at most one is chosen.
    group: usize,
    /// Hosts, and what they earn.
    pub(super) hosts: Vec<((usize, usize), f64)>,
}

/// Why at most one placement of a group can be chosen.
#[derive(PartialEq, Eq, Hash)]
enum Alone {
    Conflict(usize),
    Item(usize),
}

impl Alone {
    /// The first conflict that lets one be chosen, else the item; `None` where any number of its placements can be.
    fn of(problem: &Problem, layout: &Layout, placement: usize) -> Option<Alone> {
        let mut conflicts = layout.conflicts_of[placement].iter().copied();
        let alone = conflicts.find(|&conflict| problem.conflicts[conflict].most <= 1);
        let item = problem.placements[placement].item;
        let once = problem.items[item].choice != Choice::Any;
        alone
            .map(Alone::Conflict)
            .or_else(|| once.then_some(Alone::Item(item)))
    }
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
    /// Looks at each thing before room is counted in cells; and cells that take as long as one look.
    const QUICK: u64 = 256;
    const CELLS_OF_A_LOOK: u64 = 4;

    pub(super) fn new(
        problem: &'a Problem,
        layout: &'a Layout,
        earns: &[Vec<f64>],
        gain: &[f64],
        site: usize,
    ) -> Room<'a> {
        let capacities = &problem.sites[site].capacities;
        let mut things = Vec::new();
        for &placement in &layout.of_site[site] {
            let hosts: Vec<_> = layout.hosts_of[placement]
                .iter()
                .map(|&(reach, host)| (reach as usize, host as usize))
                .map(|(reach, host)| ((reach, host), earns[reach][host]))
                .collect();
            let full = gain[placement] + hosts.iter().map(|host| host.1).sum::<f64>();
            if full > 0.0 {
                let uses = &problem.placements[placement].uses;
                let parts = uses.iter().zip(capacities);
                let part = parts.map(|(used, capacity)| used / capacity.max(1e-9));
                things.push(Thing {
                    placement,
                    // Without the sign that some noughts have.
                    uses: uses.iter().map(|used| used + 0.0).collect(),
                    own: gain[placement],
                    full,
                    worth: full / part.fold(1e-9, f64::max),
                    group: 0,
                    hosts,
                });
            }
        }
        things.sort_by(|a, b| {
            (b.worth)
                .total_cmp(&a.worth)
                .then(a.placement.cmp(&b.placement))
        });
        let mut first = HashMap::new();
        for (at, thing) in things.iter_mut().enumerate() {
            let alone = Alone::of(problem, layout, thing.placement);
            thing.group = alone.map_or(at, |alone| *first.entry(alone).or_insert(at));
        }
        Room {
            problem,
            layout,
            site,
            orders: (0..capacities.len())
                .map(|kind| order(&things, kind))
                .collect(),
            counted: vec![0.0; things.len()],
            barred: vec![false; things.len()],
            apart: apart(problem, layout, &things),
            things,
            nodes: 0,
            looks: 0,
            allowed: 0,
            best: 0.0,
            open: 0.0,
        }
    }

    /// At least the most the site can gain, found with about so many looks.
    pub(super) fn most(mut self, looks: u64) -> Found {
        self.allowed = looks;
        let most = self.at_least();
        Found {
            most,
            looks: self.looks,
            is_cut: self.looks > self.allowed,
        }
    }

    fn at_least(&mut self) -> f64 {
        let mut room: Vec<f64> = self.problem.sites[self.site]
            .capacities
            .iter()
            .map(|capacity| capacity + rounding(*capacity))
            .collect();
        let split =
            |thing: &Thing| self.problem.items[self.problem.placements[thing.placement].item].split;
        let used = |kind: usize| {
            self.things
                .iter()
                .map(|thing| thing.uses[kind])
                .sum::<f64>()
        };
        let tight: Vec<usize> = (0..room.len())
            .filter(|&kind| used(kind) > room[kind])
            .collect();
        if tight.len() > 1 {
            self.mix(&tight, &mut room);
        }
        let all = self.fractional(0, &room);
        if self.things.iter().any(split) || (self.apart && tight.is_empty()) {
            return all;
        }
        self.found(&room).min(all)
    }

    /// What a quick search finds, else what fits into cells; and where that is not exact, what a longer search finds.
    fn found(&mut self, room: &[f64]) -> f64 {
        let allowed = self.allowed;
        self.allowed = allowed.min(self.looks + Room::QUICK * self.things.len() as u64);
        let quick = self.search(room);
        let is_cut = self.open > self.best;
        self.allowed = allowed;
        if !is_cut {
            return quick;
        }
        let kinds = self.problem.sites[self.site].capacities.len();
        let packed = cells::packed(self.problem, self.layout, &self.things, &room[..kinds]);
        self.looks += packed.work / Room::CELLS_OF_A_LOOK;
        let most = quick.min(packed.most);
        if packed.is_exact {
            self.allowed = u64::MAX;
            return most;
        }
        match self.looks < allowed {
            true => most.min(self.search(room)),
            false => most,
        }
    }

    /// [`Room::branch`] and [`Room::pack`] from the beginning.
    fn search(&mut self, room: &[f64]) -> f64 {
        (self.nodes, self.best, self.open) = (0, 0.0, 0.0);
        match room {
            &[room] if self.apart => self.pack(room),
            _ => self.branch(0, 0.0, room, &mut Vec::new()),
        }
        self.best.max(self.open)
    }

    /// At least what the things from `from` on can gain in the room left: the least over the capacities.
    fn fractional(&mut self, from: usize, room: &[f64]) -> f64 {
        self.looks += (self.things.len() - from) as u64;
        let mut counted = std::mem::take(&mut self.counted);
        let mut least = self.all_of(from, &mut counted);
        for (kind, &room) in room.iter().enumerate() {
            if self.left(from).map(|thing| thing.uses[kind]).sum::<f64>() <= room {
                continue;
            }
            self.looks += (2 * self.things.len() - from) as u64;
            least = least.min(self.mixed(from, kind, room.max(0.0), &mut counted));
        }
        self.counted = counted;
        least
    }

    /// Adds one capacity more, a sum of those that are tight, each at the price of the thing that fills what things worth
    /// more than the others' prices leave of it.
    fn mix(&mut self, tight: &[usize], room: &mut Vec<f64>) {
        let mut counted = std::mem::take(&mut self.counted);
        let least = |kind: &usize| self.mixed(0, *kind, room[*kind], &mut counted);
        let bounds: Vec<f64> = tight.iter().map(least).collect();
        let mut turns: Vec<usize> = (0..tight.len()).collect();
        turns.sort_by(|&a, &b| bounds[a].total_cmp(&bounds[b]));
        let mut prices = vec![0.0; room.len()];
        for _ in 0..3 {
            for &turn in &turns {
                let kind = tight[turn];
                prices[kind] = 0.0;
                prices[kind] = self.filler(kind, room[kind], &prices, &mut counted);
                self.looks += self.things.len() as u64;
            }
        }
        self.counted = counted;
        // A boundless one has no price, and is left out.
        let sum = |amounts: &[f64]| -> f64 {
            let parts = amounts.iter().zip(&prices);
            let priced = parts.filter(|part| *part.1 > 0.0);
            priced.fold(0.0, |sum, (amount, price)| sum + amount * price)
        };
        for thing in &mut self.things {
            thing.uses.push(sum(&thing.uses));
        }
        self.orders.push(order(&self.things, room.len()));
        room.push(sum(room));
    }

    /// What the thing that fills a capacity up is worth for what it takes of it, where the others have these prices; nothing
    /// where all have room.
    fn filler(&self, kind: usize, room: f64, prices: &[f64], counted: &mut [f64]) -> f64 {
        let left = |thing: &Thing| {
            let paid = thing.uses.iter().zip(prices);
            thing.full - paid.map(|(used, price)| used * price).sum::<f64>()
        };
        let things = self.things.iter().map(|thing| (thing, left(thing)));
        let pays = |(thing, left): &(&Thing, f64)| {
            let worth = left / thing.uses[kind];
            thing.uses[kind] > 0.0 && worth > 0.0 && worth < f64::INFINITY
        };
        let mut things: Vec<(f64, &Thing, f64)> = things
            .filter(pays)
            .map(|(thing, left)| (left / thing.uses[kind], thing, left))
            .collect();
        things.sort_by(|a, b| b.0.total_cmp(&a.0));
        counted.fill(0.0);
        let mut room = room;
        for (worth, thing, left) in things {
            let extra = (left - counted[thing.group]).max(0.0);
            room -= extra / worth;
            if room < 0.0 {
                return worth;
            }
            counted[thing.group] += extra;
        }
        0.0
    }

    /// The most worth of the things from `from` on that one capacity lets in, the last in part. Of those that exclude each
    /// other, a later one counts for what it adds to the one before, at its own worth: never less than the best mix of them.
    fn mixed(&self, from: usize, kind: usize, mut room: f64, counted: &mut [f64]) -> f64 {
        counted.fill(0.0);
        let mut sum = 0.0;
        let order = self.orders[kind].iter();
        let left = order.filter(|at| **at >= from && !self.barred[**at]);
        for thing in left.map(|&at| &self.things[at]) {
            let extra = thing.full - counted[thing.group];
            if extra <= 0.0 {
                continue;
            }
            let amount = thing.uses[kind] * (extra / thing.full);
            if amount > room {
                return sum + extra * room / amount;
            }
            sum += extra;
            room -= amount;
            counted[thing.group] = thing.full;
        }
        sum
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
        let thing = |thing: &Thing| (thing.uses[0], thing.full);
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
    fn all_of(&self, from: usize, best: &mut [f64]) -> f64 {
        if self.apart {
            return self.left(from).map(|thing| thing.full).sum();
        }
        best.fill(0.0);
        let mut sum = 0.0;
        for thing in self.left(from) {
            let more = (thing.full - best[thing.group]).max(0.0);
            best[thing.group] += more;
            sum += more;
        }
        sum
    }

    /// Whether conflicts, and its item's other placements, let a thing join those chosen.
    fn lets_in(&self, thing: &Thing, chosen: &[usize]) -> bool {
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

    /// Takes or leaves the things from `at` on, in order.
    fn branch(&mut self, mut at: usize, sum: f64, room: &[f64], chosen: &mut Vec<usize>) {
        self.best = self.best.max(sum);
        while at < self.things.len() {
            let bound = sum + self.fractional(at, room);
            if bound <= self.best {
                return;
            }
            self.nodes += 1;
            if self.nodes > Room::NODES || self.looks > self.allowed {
                self.open = self.open.max(bound);
                return;
            }
            let parts = room.iter().zip(&self.things[at].uses);
            let left: Vec<f64> = parts.map(|(room, used)| room - used).collect();
            if !self.barred[at] && self.has_room(at, &left) {
                let sum = sum + self.added(at, chosen);
                chosen.push(at);
                self.looks += ((self.things.len() - at) * chosen.len()) as u64;
                let kept_out = |&other: &usize| {
                    !self.barred[other] && !self.lets_in(&self.things[other], chosen)
                };
                let now: Vec<usize> = (at + 1..self.things.len()).filter(kept_out).collect();
                now.iter().for_each(|&other| self.barred[other] = true);
                self.branch(at + 1, sum, &left, chosen);
                now.iter().for_each(|&other| self.barred[other] = false);
                chosen.pop();
            }
            at += 1;
        }
    }

    /// Whether a thing fits, with so much room left after it. A mix of capacities lets in nothing itself.
    fn has_room(&self, at: usize, left: &[f64]) -> bool {
        let capacities = self.problem.sites[self.site].capacities.len();
        let mut parts = left.iter().zip(&self.things[at].uses).take(capacities);
        parts.all(|(left, used)| *left >= -1e-9 * used.abs())
    }

    /// What a thing gains beside those chosen, which are paid for the hosts that they share with it.
    fn added(&self, at: usize, chosen: &[usize]) -> f64 {
        let thing = &self.things[at];
        let pays = |host: &&((usize, usize), f64)| {
            let mut others = chosen.iter().flat_map(|&other| &self.things[other].hosts);
            !others.any(|of| of.0 == host.0)
        };
        let hosts = thing.hosts.iter().filter(pays);
        thing.own + hosts.map(|host| host.1).sum::<f64>()
    }
}
