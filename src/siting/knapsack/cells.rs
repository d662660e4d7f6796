//! The room of each site in whole cells, for knapsacks that would take too long to search.
//!
//! Of the capacities those are kept of which no placement takes two, the fullest first, and one that every placement
//! takes at least as much of as of any other: all floor, beside each kind of floor. What the others say is given up, and
//! what is less than a cell is taken for nothing: the bound stays valid, only weaker.

use super::super::check::rounding;
use super::super::grouped::Grouped;
use super::super::layout::Layout;
use super::super::problem::{Choice, Problem};
use std::collections::HashMap;

/// Sites with fewer placements are searched quickly enough.
const FEW: usize = 12;

/// Cells of one capacity at most; so many at least as long as a site's placements have no more together.
const MOST: usize = 4096;
const LEAST: usize = 512;
const OF_A_SITE: usize = 8_000_000;

/// Cells of all placements of all sites together, as far as that leaves each its least.
const CELLS: usize = 200_000_000;

/// A measure in which all uses are whole is looked for to this part of a unit.
const FINEST: f64 = 1e-3;

/// What a placement takes may be above a whole number of cells by this share of it, as sums are.
const SLACK: f64 = 1e-9;

/// For each site its cells, where it is crowded.
#[derive(Default)]
pub(in super::super) struct Cells(Vec<Option<Site>>);

/// The cells of one site.
pub(super) struct Site {
    /// Placements that share no capacity but that of all.
    pub(super) parts: Vec<Part>,
    /// Cells of all parts together, where that is less than each has.
    pub(super) together: Option<usize>,
    /// Whether nothing but parts of cells was given up.
    pub(super) is_whole: bool,
    /// Cells of all placements together.
    pub(super) size: u64,
}

/// Placements that share one capacity, one family after another.
pub(super) struct Part {
    pub(super) cells: usize,
    members: Vec<Member>,
    families: Vec<Limit>,
}

/// Where a family ends among the members of its part, and how many of it are chosen at most.
struct Limit {
    end: u32,
    most: u32,
}

/// Placements that exclude each other, or earn something together.
#[derive(Clone, Copy)]
pub(super) struct Family<'a> {
    /// So many of them are chosen at most.
    pub(super) most: usize,
    pub(super) members: &'a [Member],
}

/// A placement, and the cells that it takes.
pub(super) struct Member {
    pub(super) placement: u32,
    cells: u32,
}

impl Member {
    pub(super) fn cells(&self) -> usize {
        self.cells as usize
    }
}

impl Part {
    pub(super) fn families(
        &self,
    ) -> impl DoubleEndedIterator<Item = Family<'_>> + ExactSizeIterator {
        let start = |at: usize| at.checked_sub(1).map_or(0, |last| self.families[last].end);
        (0..self.families.len()).map(move |at| Family {
            most: self.families[at].most as usize,
            members: &self.members[start(at) as usize..self.families[at].end as usize],
        })
    }
}

impl Cells {
    pub(in super::super) fn new(
        problem: &Problem,
        layout: &Layout,
        hosts_of: &Grouped<u32>,
    ) -> Cells {
        let most = (CELLS / problem.placements.len().max(1)).clamp(LEAST, MOST);
        let of_site = |site: usize| {
            let placements = &layout.of_site[site];
            // What may be split is not packed whole.
            let splits = |at: &usize| problem.items[problem.placements[*at].item].split;
            if placements.len() < FEW || placements.iter().any(splits) {
                return None;
            }
            let most = most.min(OF_A_SITE / placements.len()).max(1);
            Draft::new(problem, site, placements).site(layout, hosts_of, most)
        };
        Cells((0..problem.sites.len()).map(of_site).collect())
    }

    pub(super) fn of(&self, site: usize) -> Option<&Site> {
        self.0.get(site)?.as_ref()
    }
}

/// A site's capacities and what is kept of them.
struct Draft<'a> {
    problem: &'a Problem,
    placements: &'a [usize],
    room: Vec<f64>,
    /// The one that every placement takes most of.
    of_all: Option<usize>,
    /// Those of which no placement takes two.
    apart: Vec<usize>,
    is_whole: bool,
}

impl<'a> Draft<'a> {
    fn new(problem: &'a Problem, site: usize, placements: &'a [usize]) -> Draft<'a> {
        let capacities = &problem.sites[site].capacities;
        let mut draft = Draft {
            problem,
            placements,
            room: capacities
                .iter()
                .map(|room| room + rounding(*room))
                .collect(),
            of_all: None,
            apart: Vec::new(),
            is_whole: true,
        };
        draft.keep();
        draft
    }

    /// The room of a capacity: no more than that of all.
    fn room_of(&self, kind: usize) -> f64 {
        let all = self.of_all.map_or(f64::INFINITY, |all| self.room[all]);
        self.room[kind].min(all)
    }

    /// What a placement takes of a capacity.
    fn used(&self, placement: usize, kind: usize) -> f64 {
        self.problem.placements[placement]
            .uses
            .get(kind)
            .copied()
            .unwrap_or(0.0)
    }

    /// Chooses the capacities that are kept.
    fn keep(&mut self) {
        let full = |kind: usize| {
            let used = self.placements.iter().map(|&at| self.used(at, kind));
            used.sum::<f64>() / self.room[kind].max(1e-9)
        };
        let mut tight: Vec<(usize, f64)> = (0..self.room.len())
            .map(|kind| (kind, full(kind)))
            .filter(|kind| kind.1 > 1.0)
            .collect();
        tight.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let tight: Vec<usize> = tight.into_iter().map(|kind| kind.0).collect();
        let greatest = |&at: &usize| {
            let used = tight.iter().map(|&kind| self.used(at, kind));
            (at, used.fold(0.0, f64::max))
        };
        let greatest: Vec<(usize, f64)> = self.placements.iter().map(greatest).collect();
        let holds_all = |kind: &&usize| {
            let holds = |&(at, most): &(usize, f64)| self.used(at, **kind) >= most;
            tight.len() > 1 && greatest.iter().all(holds)
        };
        let of_all = tight.iter().find(holds_all).copied();
        let mut apart: Vec<usize> = Vec::new();
        let mut counted = vec![false; self.placements.len()];
        for &kind in tight.iter().filter(|kind| Some(**kind) != of_all) {
            let uses = |(at, _): &(usize, &usize)| self.used(self.placements[*at], kind) > 0.0;
            let users = self.placements.iter().enumerate().filter(uses);
            let users: Vec<usize> = users.map(|user| user.0).collect();
            if users.iter().all(|&user| !counted[user]) {
                users.into_iter().for_each(|user| counted[user] = true);
                apart.push(kind);
            }
        }
        (self.of_all, self.apart) = (of_all, apart);
        // Whoever takes more of all than of its own capacity counts for too little in it.
        let in_full = |&(at, most): &(usize, f64)| {
            self.kind(at).is_none_or(|kind| self.used(at, kind) >= most)
        };
        self.is_whole = self.apart.len() + usize::from(of_all.is_some()) == tight.len()
            && greatest.iter().all(in_full);
    }

    /// The kept capacity that a placement counts in; `None` where it takes of none.
    fn kind(&self, placement: usize) -> Option<usize> {
        let apart = self
            .apart
            .iter()
            .copied()
            .find(|&kind| self.used(placement, kind) > 0.0);
        apart.or(self.of_all.filter(|&kind| self.used(placement, kind) > 0.0))
    }

    /// `None` where nothing is tight, or placements exclude each other in a way that no families have. Those of a family
    /// that count in different capacities become families of their own.
    fn site(mut self, layout: &Layout, hosts_of: &Grouped<u32>, most: usize) -> Option<Site> {
        if self.apart.is_empty() && self.of_all.is_none() {
            return None;
        }
        let mut drafts: Vec<(Option<usize>, Vec<Tied>)> = Vec::new();
        for tied in self.families(layout, hosts_of)? {
            let first = self.kind(tied.members[0]);
            for at in tied.members {
                let kind = self.kind(at);
                self.is_whole &= kind == first;
                let draft = drafts.iter().position(|part| part.0 == kind);
                let draft = draft.unwrap_or_else(|| {
                    drafts.push((kind, Vec::new()));
                    drafts.len() - 1
                });
                let families = &mut drafts[draft].1;
                match families
                    .last_mut()
                    .filter(|last| last.number == tied.number)
                {
                    Some(last) => last.members.push(at),
                    None => families.push(Tied {
                        members: vec![at],
                        ..tied
                    }),
                }
            }
        }
        let all = self.of_all.map(|kind| {
            let cell = self.cell(kind, self.placements, most);
            (cell, whole(self.room[kind], cell))
        });
        let part = |(kind, families): (Option<usize>, Vec<Tied>)| {
            let members = families.iter().flat_map(|tied| &tied.members);
            let members: Vec<usize> = members.copied().collect();
            let cell = match (kind, all) {
                (_, Some((cell, _))) => cell,
                (Some(kind), None) => self.cell(kind, &members, most),
                (None, None) => 1.0,
            };
            self.part(kind, cell, &families, members)
        };
        let parts: Vec<Part> = drafts.into_iter().map(part).collect();
        let each: usize = parts.iter().map(|part| part.cells).sum();
        let size = parts.iter().map(|part| part.members.len() * part.cells);
        let together = all.map(|(_, cells)| cells).filter(|cells| *cells < each);
        Some(Site {
            together,
            is_whole: self.is_whole,
            size: size.sum::<usize>() as u64,
            parts,
        })
    }

    /// Those that count in one capacity, in cells of a size.
    fn part(&self, kind: Option<usize>, cell: f64, families: &[Tied], members: Vec<usize>) -> Part {
        let member = |placement: usize| Member {
            placement: placement as u32,
            cells: kind.map_or(0, |kind| whole(self.used(placement, kind), cell)) as u32,
        };
        let mut end = 0;
        let limit = |tied: &Tied| {
            end += tied.members.len() as u32;
            Limit {
                end,
                most: tied.most,
            }
        };
        Part {
            cells: kind.map_or(0, |kind| whole(self.room_of(kind), cell)),
            families: families.iter().map(limit).collect(),
            members: members.into_iter().map(member).collect(),
        }
    }

    /// The size of a cell of a capacity: one in which all that these placements take is whole, if that makes no more than
    /// `most`.
    fn cell(&self, kind: usize, placements: &[usize], most: usize) -> f64 {
        let room = self.room[kind];
        let used = placements
            .iter()
            .filter_map(|&at| Some(self.used(at, self.kind(at)?)));
        let common = used.map(|used| used / FINEST).try_fold(0, |common, used| {
            let is_whole = (used - used.round()).abs() <= 1e-6 * used.max(1.0) && used < 1e15;
            is_whole.then(|| common_measure(common, used.round() as u64))
        });
        match common.map(|common| common as f64 * FINEST) {
            Some(common) if common > 0.0 && room / common <= most as f64 => common,
            _ => room / most as f64,
        }
    }

    /// Placements by what they exclude and what they earn together; `None` where some have only part of that in common.
    fn families(&mut self, layout: &Layout, hosts_of: &Grouped<u32>) -> Option<Vec<Tied>> {
        let mut known: HashMap<By, usize> = HashMap::new();
        let mut families: Vec<Tied> = Vec::new();
        // Of an item that is placed once, the family; and of a family, how many items it has.
        let mut of_item: HashMap<usize, usize> = HashMap::new();
        let mut items: Vec<u32> = Vec::new();
        for &at in self.placements {
            let (ties, most) = self.ties(layout, hosts_of, at);
            let found = ties.first().and_then(|tie| known.get(tie)).copied();
            if ties.iter().any(|tie| known.get(tie).copied() != found) {
                return None;
            }
            let number = found.unwrap_or(families.len());
            match families.get_mut(number) {
                Some(tied) if tied.ties == ties.len() => tied.members.push(at),
                Some(_) => return None,
                None => {
                    families.push(Tied {
                        number,
                        ties: ties.len(),
                        most,
                        members: vec![at],
                    });
                    items.push(0);
                    known.extend(ties.into_iter().map(|tie| (tie, number)));
                }
            }
            let item = self.problem.placements[at].item;
            let is_once = self.problem.items[item].choice != Choice::Any;
            let first = of_item.get(&item).copied().filter(|_| is_once);
            self.is_whole &= first.is_none_or(|first| first == number);
            items[number] += u32::from(first != Some(number));
            of_item.entry(item).or_insert(number);
        }
        for (tied, items) in families.iter_mut().zip(items) {
            tied.most = tied.most.min(items.max(1));
        }
        Some(families)
    }

    /// What a placement has in common with others, and how many that have it can be chosen. Whoever is in no conflict and
    /// serves nobody has its item's other placements.
    fn ties(&self, layout: &Layout, hosts_of: &Grouped<u32>, placement: usize) -> (Vec<By>, u32) {
        let conflicts = layout.conflicts_of[placement].iter().copied();
        let limits = conflicts.clone().map(|at| self.problem.conflicts[at].most);
        let hosts = hosts_of[placement].iter().copied().map(By::Host);
        let ties: Vec<By> = conflicts.map(By::Conflict).chain(hosts).collect();
        let item = self.problem.placements[placement].item;
        if ties.is_empty() && self.problem.items[item].choice != Choice::Any {
            return (vec![By::Item(item)], 1);
        }
        (ties, limits.min().unwrap_or(u32::MAX))
    }
}

/// Placements that have all in common that any of them has with others.
struct Tied {
    number: usize,
    /// How much that is.
    ties: usize,
    most: u32,
    members: Vec<usize>,
}

/// What placements of a family have in common.
#[derive(PartialEq, Eq, Hash)]
enum By {
    Conflict(usize),
    Host(u32),
    Item(usize),
}

/// How many whole cells there are of an amount.
fn whole(amount: f64, cell: f64) -> usize {
    (amount * (1.0 + SLACK) / cell).min(f64::from(u32::MAX)) as usize
}

/// The greatest number that divides both.
fn common_measure(a: u64, b: u64) -> u64 {
    let (mut a, mut b) = (a, b);
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a
}
