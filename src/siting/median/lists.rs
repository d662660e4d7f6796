//! Targets and what each open site would cost them, nearest first.

use super::super::problem::SiteLock;

/// Sites that serve targets: a site costs its fixed amount while open, and a target pays for the cheapest
/// open site on its list.
#[derive(Clone, Debug)]
pub(in super::super) struct Stars {
    /// Cost of each site while open.
    pub(super) fixed: Vec<f64>,
    /// What is settled about each site.
    pub(super) locks: Vec<SiteLock>,
    /// The fewest sites that may be open.
    pub(super) least: usize,
    /// The most sites that may be open.
    pub(super) most: usize,
    /// What each target pays at each site.
    pub(super) lists: Lists,
}

/// One site on a target's list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) cost: f64,
    pub(super) site: u32,
}

/// A list of sites for each target, by cost, then by position.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    starts: Vec<usize>,
    entries: Vec<Entry>,
}

impl Lists {
    /// From each target's entries in any order.
    pub(super) fn new(targets: impl Iterator<Item = Vec<Entry>>) -> Lists {
        let mut lists = Lists {
            starts: vec![0],
            entries: Vec::new(),
        };
        for mut list in targets {
            // Of several ways to one site only the cheapest is ever taken.
            list.sort_unstable_by(|a, b| a.site.cmp(&b.site).then(a.cost.total_cmp(&b.cost)));
            list.dedup_by_key(|entry| entry.site);
            list.sort_unstable_by(|a, b| a.cost.total_cmp(&b.cost).then(a.site.cmp(&b.site)));
            lists.entries.append(&mut list);
            lists.starts.push(lists.entries.len());
        }
        lists
    }

    pub(super) fn targets(&self) -> usize {
        self.starts.len() - 1
    }

    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// One target's list.
    pub(super) fn of(&self, target: usize) -> &[Entry] {
        &self.entries[self.starts[target]..self.starts[target + 1]]
    }

    /// Every target's list, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[Entry]> {
        self.starts
            .windows(2)
            .map(|pair| &self.entries[pair[0]..pair[1]])
    }

    /// What can still matter once some sites are settled: no closed site, and nothing behind the cheapest
    /// site that is open for certain. `None` where a target is left without any site.
    pub(super) fn settled(&self, locks: &[SiteLock]) -> Option<Lists> {
        let mut left = Lists {
            starts: Vec::with_capacity(self.starts.len()),
            entries: Vec::new(),
        };
        left.starts.push(0);
        for list in self.iter() {
            let before = left.entries.len();
            for entry in list {
                match locks[entry.site as usize] {
                    SiteLock::Closed => {}
                    SiteLock::Free => left.entries.push(*entry),
                    SiteLock::Open => {
                        left.entries.push(*entry);
                        break;
                    }
                }
            }
            if left.entries.len() == before {
                return None;
            }
            left.starts.push(left.entries.len());
        }
        Some(left)
    }
}

impl Stars {
    /// What a set of open sites costs; `None` where a target has none of them on its list, or too few or too
    /// many are open.
    pub(super) fn value(&self, open: &[bool]) -> Option<f64> {
        let count = open.iter().filter(|open| **open).count();
        if count < self.least || count > self.most {
            return None;
        }
        let opened = open.iter().zip(&self.fixed).filter(|(open, _)| **open);
        let mut value: f64 = opened.map(|(_, fixed)| fixed).sum();
        for list in self.lists.iter() {
            value += list.iter().find(|entry| open[entry.site as usize])?.cost;
        }
        Some(value)
    }

    /// Whether every value is a whole number, so that the next better one is better by 1.
    pub(super) fn whole(&self) -> bool {
        let whole = |cost: f64| cost.fract() == 0.0 && cost.abs() < 1e12;
        self.fixed.iter().all(|&cost| whole(cost))
            && self.lists.entries().iter().all(|entry| whole(entry.cost))
    }
}
