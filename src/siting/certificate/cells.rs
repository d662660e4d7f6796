//! What a crowded site can gain at most, its room counted in whole cells: what a thing takes is rounded down, so the
//! answer is never too low. Nothing here is shared with what the ascent does in its place.

use super::super::layout::Layout;
use super::super::problem::{Choice, Problem};
use super::room::Thing;
use std::collections::{BTreeMap, HashMap};

/// Cells of a capacity at most: where all uses are whole numbers of one, and where they are not.
const FINE: f64 = 2048.0;
const COARSE: f64 = 1024.0;

/// Things of a bunch that are counted one by one.
const COUNTED: usize = 4;

/// Things that keep each other out, or share what they earn.
struct Bunch {
    things: Vec<usize>,
    /// How many of them there may be.
    most: usize,
}

/// What was found.
pub(super) struct Packed {
    pub(super) most: f64,
    /// Whether nothing was given up for it.
    pub(super) is_exact: bool,
    /// Cells that were filled in.
    pub(super) work: u64,
}

/// At least what bunches of things can gain in the room of each capacity. Capacities that no thing takes two of have tables of
/// their own, the fullest first; one that takes in whatever they do holds the tables together; the rest is given up.
pub(super) fn packed(problem: &Problem, layout: &Layout, things: &[Thing], room: &[f64]) -> Packed {
    let shares = Shares::new(things, room);
    let (bunches, are_exact) = bunches(problem, layout, things);
    let mut tables: BTreeMap<usize, Table> = BTreeMap::new();
    let mut packed = Packed {
        most: 0.0,
        is_exact: are_exact && shares.given_up == 0,
        work: 0,
    };
    for bunch in bunches {
        let mut parts: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        for &thing in &bunch.things {
            parts.entry(shares.of[thing]).or_default().push(thing);
        }
        packed.is_exact &= parts.len() == 1;
        for (capacity, own) in parts {
            // What takes no room has a table of one cell, under a number that no capacity has.
            let at = capacity.unwrap_or(room.len());
            let table = tables.entry(at).or_insert_with(|| match capacity {
                Some(capacity) => shares.table(things, room, capacity),
                None => Table::new(1.0, 0.0),
            });
            let uses = |thing: usize| capacity.map_or(0.0, |capacity| things[thing].uses[capacity]);
            let of = own
                .iter()
                .map(|&thing| (table.cells(uses(thing)), &things[thing]));
            let of: Vec<(usize, &Thing)> = of.collect();
            packed.work +=
                (of.len() * bunch.most.min(of.len()).min(COUNTED) * table.most.len()) as u64;
            table.add(&of, bunch.most);
        }
    }
    packed.is_exact &= tables.values().all(|table| table.is_whole);
    packed.most = match shares.around {
        Some(around) => {
            let mut whole = shares.table(things, room, around);
            let parts = tables.into_values();
            parts.for_each(|part| whole.take_in(&part));
            whole.last()
        }
        None => tables.values().map(Table::last).sum(),
    };
    packed
}

/// Things in bunches, and whether nothing is lost: those that have some but not all in common with others stand alone.
fn bunches(problem: &Problem, layout: &Layout, things: &[Thing]) -> (Vec<Bunch>, bool) {
    #[derive(PartialEq, Eq, Hash)]
    enum Shared {
        Conflict(usize),
        Host((usize, usize)),
        Item(usize),
    }
    let ties = |thing: &Thing| {
        let item = problem.placements[thing.placement].item;
        let conflicts = layout.conflicts_of[thing.placement]
            .iter()
            .copied()
            .map(Shared::Conflict);
        let hosts = thing.hosts.iter().map(|host| Shared::Host(host.0));
        let once = (problem.items[item].choice != Choice::Any).then_some(Shared::Item(item));
        let mut ties: Vec<Shared> = conflicts.chain(hosts).collect();
        if ties.is_empty() {
            ties.extend(once);
        }
        ties
    };
    let mut first: HashMap<Shared, usize> = HashMap::new();
    let mut bunches: Vec<Bunch> = Vec::new();
    let mut count_of: Vec<usize> = Vec::new();
    let mut are_exact = true;
    for (at, thing) in things.iter().enumerate() {
        let ties = ties(thing);
        let known: Vec<Option<usize>> = ties.iter().map(|tie| first.get(tie).copied()).collect();
        let met = known.first().copied().flatten();
        let alike = |other: usize| {
            known.iter().all(|one| *one == Some(other)) && count_of[other] == ties.len()
        };
        if let Some(bunch) = met.filter(|&bunch| alike(bunch)) {
            bunches[bunch].things.push(at);
            continue;
        }
        are_exact &= known.iter().all(Option::is_none);
        let limits = ties.iter().map(|tie| match tie {
            Shared::Conflict(conflict) => problem.conflicts[*conflict].most as usize,
            Shared::Host(_) => usize::MAX,
            Shared::Item(_) => 1,
        });
        let most = limits.min().unwrap_or(usize::MAX);
        count_of.push(ties.len());
        for tie in ties {
            first.entry(tie).or_insert(bunches.len());
        }
        bunches.push(Bunch {
            things: vec![at],
            most,
        });
    }
    let lose_none = limit_to_items(problem, things, &mut bunches);
    (bunches, are_exact && lose_none)
}

/// Of a bunch there are no more than it has items, if those are placed once; whether no item is in two bunches.
fn limit_to_items(problem: &Problem, things: &[Thing], bunches: &mut [Bunch]) -> bool {
    let mut of: HashMap<usize, usize> = HashMap::new();
    let mut none_twice = true;
    for (number, bunch) in bunches.iter_mut().enumerate() {
        let mut count = 0;
        for &thing in &bunch.things {
            let item = problem.placements[things[thing].placement].item;
            let is_once = problem.items[item].choice != Choice::Any;
            match of.get(&item).filter(|_| is_once) {
                Some(other) => none_twice &= *other == number,
                None => count += 1,
            }
            of.entry(item).or_insert(number);
        }
        // An item that was met before is in no other bunch's count.
        if none_twice {
            bunch.most = bunch.most.min(count);
        }
    }
    none_twice
}

/// Which capacity each thing counts in.
struct Shares {
    of: Vec<Option<usize>>,
    /// The one that all of them are part of.
    around: Option<usize>,
    /// Full capacities that count for nothing, and things that count for too little.
    given_up: usize,
}

impl Shares {
    fn new(things: &[Thing], room: &[f64]) -> Shares {
        let fill = |kind: usize| {
            let used: f64 = things.iter().map(|thing| thing.uses[kind]).sum();
            used / room[kind].max(1e-9)
        };
        let mut full: Vec<(f64, usize)> = (0..room.len()).map(|kind| (fill(kind), kind)).collect();
        full.retain(|kind| kind.0 > 1.0);
        full.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let greatest = |thing: &Thing| {
            full.iter()
                .map(|kind| thing.uses[kind.1])
                .fold(0.0, f64::max)
        };
        let greatest: Vec<f64> = things.iter().map(greatest).collect();
        let contains = |outer: &usize| {
            let mut things = things.iter().zip(&greatest);
            things.all(|(thing, most)| thing.uses[*outer] >= *most)
        };
        let several = full.len() > 1;
        let around = full
            .iter()
            .map(|kind| kind.1)
            .find(|kind| several && contains(kind));
        let mut of: Vec<Option<usize>> = vec![None; things.len()];
        let mut given_up = 0;
        for kind in full
            .iter()
            .map(|kind| kind.1)
            .filter(|kind| Some(*kind) != around)
        {
            let takes = |at: &usize| things[*at].uses[kind] > 0.0;
            let takers: Vec<usize> = (0..things.len()).filter(takes).collect();
            if takers.iter().any(|&at| of[at].is_some()) {
                given_up += 1;
            } else {
                takers.into_iter().for_each(|at| of[at] = Some(kind));
            }
        }
        for (own, thing) in of.iter_mut().zip(things) {
            *own = own.or(around.filter(|&kind| thing.uses[kind] > 0.0));
        }
        // One that takes more of what is around than of its own counts for too little in it.
        let short = things.iter().zip(&greatest).zip(&of);
        let short =
            short.filter(|((thing, most), of)| of.is_some_and(|of| thing.uses[of] < **most));
        given_up += short.count();
        Shares {
            of,
            around,
            given_up,
        }
    }

    /// An empty table of a capacity's room; where all are held together, all have cells of one size.
    fn table(&self, things: &[Thing], room: &[f64], kind: usize) -> Table {
        let measured = self.around.unwrap_or(kind);
        let counted = things.iter().zip(&self.of);
        let counted = counted.filter(|(_, of)| self.around.is_some() || **of == Some(kind));
        let uses = counted.filter_map(|(thing, of)| Some(thing.uses[(*of)?]));
        let cell = common_part(uses).filter(|cell| room[measured] / cell <= FINE);
        let mut table = Table::new(
            cell.unwrap_or(room[measured] / COARSE),
            room[kind].min(room[measured]),
        );
        table.is_whole = cell.is_some();
        table
    }
}

/// What all of some amounts are whole numbers of, in thousandths.
fn common_part(amounts: impl Iterator<Item = f64>) -> Option<f64> {
    let mut common = 0_u64;
    for amount in amounts {
        let parts = (amount * 1000.0).round();
        if (amount * 1000.0 - parts).abs() > 1e-6 * parts.max(1.0) || parts > 1e15 {
            return None;
        }
        let mut rest = parts as u64;
        while rest > 0 {
            (common, rest) = (rest, common % rest);
        }
    }
    (common > 0).then(|| common as f64 / 1000.0)
}

/// The most that fits into each number of cells.
struct Table {
    cell: f64,
    most: Vec<f64>,
    is_whole: bool,
}

impl Table {
    fn new(cell: f64, room: f64) -> Table {
        let mut table = Table {
            cell,
            most: Vec::new(),
            is_whole: true,
        };
        table.most = vec![0.0; table.cells(room) + 1];
        table
    }

    /// Whole cells of an amount; sums are a little off.
    fn cells(&self, amount: f64) -> usize {
        (amount * (1.0 + 1e-9) / self.cell) as usize
    }

    fn last(&self) -> f64 {
        self.most[self.most.len() - 1]
    }

    /// Adds what a bunch brings, of which so many may be taken.
    fn add(&mut self, bunch: &[(usize, &Thing)], most: usize) {
        let most = most.min(bunch.len());
        let counted = most.min(COUNTED);
        let end = self.most.len();
        // With none of them, with one, two, and so on, the last with any more.
        let mut with = vec![vec![f64::NEG_INFINITY; end]; counted + 1];
        with[0].clone_from(&self.most);
        for &(cells, thing) in bunch {
            for count in (1..=counted).rev() {
                let gained = if count == 1 { thing.full } else { thing.own };
                let is_open = count == counted && most > counted;
                for at in (cells..end).rev() {
                    let mut value = with[count - 1][at - cells] + gained;
                    if is_open {
                        value = value.max(with[count][at - cells] + thing.own);
                    }
                    with[count][at] = with[count][at].max(value);
                }
            }
        }
        for (at, most) in self.most.iter_mut().enumerate() {
            *most = with.iter().map(|with| with[at]).fold(*most, f64::max);
        }
    }

    /// Adds what a part with cells of the same size brings.
    fn take_in(&mut self, part: &Table) {
        let before = self.most.clone();
        let mut last = 0.0;
        for (cells, &gained) in part.most.iter().enumerate() {
            if gained > last {
                last = gained;
                for at in cells..self.most.len() {
                    self.most[at] = self.most[at].max(before[at - cells] + gained);
                }
            }
        }
    }
}
