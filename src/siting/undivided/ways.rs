//! Which ways each item has to be served, and what is limited.

use super::super::check::rounding;
use super::super::counted::Counted;
use super::super::layout::Layout;
use super::super::problem::{Problem, SiteLock};

/// One site that an item may go to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    pub(super) cost: f64,
    /// Room that it takes there.
    pub(super) uses: f64,
    pub(super) site: u32,
    pub(super) placement: u32,
}

/// Sites with room for so much, and where each item may go.
#[derive(Clone, Debug)]
pub(in super::super) struct Undivided {
    /// Cost of each site while open.
    pub(super) fixed: Vec<f64>,
    /// What is settled about each site.
    pub(super) locks: Vec<SiteLock>,
    /// Room of each site, with what rounding allows.
    pub(super) room: Vec<f64>,
    /// Where the ways of each item start; one more than there are items.
    starts: Vec<usize>,
    /// The ways of each item, cheapest first, without those that nothing can take.
    ways: Vec<Way>,
    /// The least room that each item takes.
    pub(super) least_uses: Vec<f64>,
    /// No solution takes less room than this.
    pub(super) needs: f64,
    /// The fewest sites that may be open.
    pub(super) least: usize,
    /// The most sites that may be open.
    pub(super) most: usize,
}

impl Undivided {
    pub(super) fn new(problem: &Problem, layout: &Layout, least: usize, most: usize) -> Undivided {
        let room_of = |site: usize| {
            let stated = problem.sites[site].capacities.first().copied();
            stated.map_or(f64::INFINITY, |room| room + rounding(room))
        };
        let room: Vec<f64> = (0..problem.sites.len()).map(room_of).collect();
        let mut starts = vec![0];
        let mut ways: Vec<Way> = Vec::with_capacity(problem.placements.len());
        let mut least_uses = Vec::with_capacity(problem.items.len());
        for own in &layout.of_item {
            let from = ways.len();
            for &at in own {
                let placement = &problem.placements[at];
                let (site, uses) = (
                    placement.site,
                    placement.uses.first().copied().unwrap_or(0.0),
                );
                if problem.sites[site].lock != SiteLock::Closed && uses <= room[site] {
                    ways.push(Way {
                        cost: layout.cost[at],
                        uses,
                        site: site as u32,
                        placement: at as u32,
                    });
                }
            }
            ways[from..].sort_unstable_by(|a, b| {
                a.cost
                    .total_cmp(&b.cost)
                    .then(a.placement.cmp(&b.placement))
            });
            starts.push(ways.len());
            let uses = ways[from..].iter().map(|way| way.uses);
            least_uses.push(uses.fold(f64::INFINITY, f64::min));
        }
        let needs: f64 = least_uses.iter().sum();
        Undivided {
            fixed: problem.sites.iter().map(|site| site.fixed_cost).collect(),
            locks: problem.sites.iter().map(|site| site.lock).collect(),
            needs: needs - rounding(needs),
            room,
            starts,
            ways,
            least_uses,
            least,
            most,
        }
    }

    pub(super) fn items(&self) -> usize {
        self.least_uses.len()
    }

    pub(super) fn sites(&self) -> usize {
        self.fixed.len()
    }

    /// The ways of an item, cheapest first.
    pub(super) fn ways(&self, item: usize) -> &[Way] {
        &self.ways[self.starts[item]..self.starts[item + 1]]
    }

    /// All ways together.
    pub(super) fn size(&self) -> usize {
        self.ways.len()
    }

    /// Whether an item has nowhere to go.
    pub(super) fn leaves_one_out(&self) -> bool {
        self.starts.windows(2).any(|pair| pair[0] == pair[1])
    }

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

    /// What an item costs at least with its share of a full site.
    pub(super) fn first_prices(&self) -> Vec<f64> {
        let price = |way: &Way| {
            let rate = (self.fixed[way.site as usize] / self.room[way.site as usize]).max(0.0);
            way.cost + rate * way.uses
        };
        let of_item = |item: usize| {
            let prices = self.ways(item).iter().map(price);
            prices.fold(f64::INFINITY, f64::min)
        };
        (0..self.items()).map(of_item).collect()
    }

    /// What a unit of room costs at the last of the sites that are cheapest for their room and hold everything.
    pub(super) fn price_of_room(&self, worth: &[f64]) -> f64 {
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
