//! Fixed charges with capacities: what is alike whether items are divided or go whole.

use super::certificate::{Certificate, certify_items};
use super::climb::Bound;
use super::counted::Counted;
use super::engine::Run;
use super::layout::Layout;
use super::median;
use super::problem::{Choice, Problem, SiteLock};

/// The fewest and the most sites that may be open, where a problem is one of fixed charges with capacities: every
/// item is served, divided as is said, a site has one capacity at most, and nothing is limited but that and the number
/// of open sites.
pub(super) fn recognise(problem: &Problem, layout: &Layout, split: bool) -> Option<(usize, usize)> {
    let served =
        |item: &super::problem::Item| item.split == split && item.choice == Choice::ExactlyOne;
    let plain = problem.reaches.is_empty()
        && problem.conflicts.is_empty()
        && problem.parents.is_empty()
        && problem.pairs.is_empty()
        && problem.price_per_change == 0.0
        && layout.variants.is_empty()
        && !problem.items.is_empty()
        && problem.items.iter().all(served)
        && problem.sites.iter().all(|site| site.capacities.len() <= 1)
        && problem
            .placements
            .iter()
            .all(|placement| placement.requires.is_empty());
    let sites = problem.sites.len();
    match problem.rows.as_slice() {
        _ if !plain => None,
        [] => Some((0, sites)),
        [row] => median::counts(row, sites),
        _ => None,
    }
}

/// Sites with room for so much, and what has to go there.
#[derive(Clone, Copy)]
pub(super) struct Roomy<'a> {
    /// What is settled about each site.
    pub(super) locks: &'a [SiteLock],
    /// Room of each site, with what rounding allows.
    pub(super) room: &'a [f64],
    /// The least room that each item takes.
    pub(super) uses: &'a [f64],
    /// No solution takes less room than this.
    pub(super) needs: f64,
    /// The fewest sites that may be open.
    pub(super) least: usize,
    /// The most sites that may be open.
    pub(super) most: usize,
}

impl Roomy<'_> {
    /// How many sites may be open where some are settled; `None` where what is left is too small or too few.
    pub(super) fn counted<'a>(&self, locks: &'a [SiteLock]) -> Option<Counted<'a>> {
        let of = |lock| (0..locks.len()).filter(move |&site| locks[site] == lock);
        let open: Vec<usize> = of(SiteLock::Open).collect();
        let mut free: Vec<f64> = of(SiteLock::Free).map(|site| self.room[site]).collect();
        free.sort_unstable_by(|a, b| b.total_cmp(a));
        let mut room: f64 = open.iter().map(|&site| self.room[site]).sum();
        let mut roomy = open.len();
        let mut largest = free.iter();
        while room < self.needs {
            room += largest.next()?;
            roomy += 1;
        }
        let least = self.least.max(roomy);
        let most = self.most.min(open.len() + free.len());
        (least <= most && open.len() <= most).then_some(Counted { locks, least, most })
    }

    /// What a unit of room costs at the last of the sites that are cheapest for their room and hold everything.
    fn price_of_room(&self, worth: &[f64]) -> f64 {
        let usable = (0..worth.len()).filter(|&site| self.locks[site] != SiteLock::Closed);
        let mut rates: Vec<(f64, f64)> = usable
            .map(|site| (worth[site] / self.room[site], self.room[site]))
            .collect();
        rates.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let mut needs = self.needs;
        let last = rates.into_iter().find(|(_, room)| {
            needs -= room;
            needs <= 0.0
        });
        last.map_or(0.0, |(rate, _)| rate.max(0.0))
    }
}

impl Run<'_> {
    /// The better of two: with the prices as they are, and with the price of the room that is needed in them, since
    /// no certificate counts how many sites that takes. Where there is no time, the first.
    pub(super) fn certify_roomy(&self, of: Roomy<'_>, root: Bound) -> Option<Certificate> {
        let counted = Counted {
            locks: &[],
            least: of.least,
            most: of.most,
        };
        let row = (!self.problem.rows.is_empty()).then(|| counted.count_price(&root.worth));
        let certify = |prices: Vec<f64>| certify_items(self.problem, self.layout, prices, row);
        let rate = of.price_of_room(&root.worth);
        if rate == 0.0 || self.past(1.0) {
            return certify(root.prices);
        }
        let with_room = root.prices.iter().zip(of.uses);
        let with_room = certify(with_room.map(|(price, uses)| price + rate * uses).collect());
        let both = certify(root.prices).into_iter().chain(with_room);
        both.max_by(|a, b| a.bound.total_cmp(&b.bound))
    }
}
