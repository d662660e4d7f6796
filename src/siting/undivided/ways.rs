//! Which ways each item has to be served, and what is limited.

use super::super::check::rounding;
use super::super::layout::Layout;
use super::super::problem::{Problem, SiteLock};
use super::super::roomy::{self, Roomy};

/// What a bound may be above a whole number by rounding, or by a solver's tolerance.
const ROUNDING: f64 = 1e-3;

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
    /// Whether every cost is a whole number.
    whole: bool,
    /// The least room that each item takes.
    pub(super) least_uses: Vec<f64>,
    /// No solution takes less room than this.
    pub(super) needs: f64,
    /// The fewest sites that may be open.
    pub(super) least: usize,
    /// The most sites that may be open.
    pub(super) most: usize,
}

/// The problem as lists of ways, where every item goes whole to a site with room and nothing else is limited but the
/// number of open sites.
pub(in super::super) fn recognise(problem: &Problem, layout: &Layout) -> Option<Undivided> {
    let (least, most) = roomy::recognise(problem, layout, false)?;
    Some(Undivided::new(problem, layout, least, most))
}

impl Undivided {
    fn new(problem: &Problem, layout: &Layout, least: usize, most: usize) -> Undivided {
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
        let whole = |cost: f64| cost.fract() == 0.0 && cost.abs() < 1e12;
        let fixed = problem.sites.iter().map(|site| site.fixed_cost);
        Undivided {
            whole: fixed.chain(ways.iter().map(|way| way.cost)).all(whole),
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

    /// A bound above this is of no use: no solution below it is better than the value by more than the gap.
    pub(super) fn enough(&self, value: f64, gap: f64) -> f64 {
        let close = value - gap.max(1e-10) * value.abs();
        match self.whole {
            true => close.min(value - 1.0 + 2.0 * ROUNDING),
            false => close,
        }
    }

    /// Where every cost is a whole number, a bound is the next one.
    pub(super) fn rounded(&self, bound: f64) -> f64 {
        match self.whole {
            true => (bound - ROUNDING).ceil(),
            false => bound,
        }
    }

    pub(super) fn roomy(&self) -> Roomy<'_> {
        Roomy {
            locks: &self.locks,
            room: &self.room,
            uses: &self.least_uses,
            needs: self.needs,
            least: self.least,
            most: self.most,
        }
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
}
