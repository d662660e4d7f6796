//! First plans: everything somewhere, largest first, at its cheapest site with room; what finds none pushes something
//! smaller aside; and where that is not enough, sites are emptied and packed anew until nothing is left over.

use super::super::dice::Dice;
use super::homes::{Homes, NOWHERE};
use super::ways::{Undivided, Way};

/// Times that sites are packed anew for each item, at most.
const PACKS: usize = 200;

/// How many ways of an item are looked at where sites are packed anew.
const WAYS: u64 = 12;

impl Undivided {
    /// Items by the room that they take, largest first.
    pub(super) fn by_size(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.items() as u32).collect();
        let uses = |item: u32| self.least_uses[item as usize];
        order.sort_by(|&a, &b| uses(b).total_cmp(&uses(a)).then(a.cmp(&b)));
        order
    }
}

impl Homes<'_> {
    /// What a way costs, with its site's share of the cost of opening it.
    fn dear(&self, way: &Way) -> f64 {
        let site = way.site as usize;
        if self.open[site] {
            return way.cost;
        }
        way.cost + self.of.fixed[site].max(0.0) * (way.uses / self.of.room[site])
    }

    /// Puts an item where it is cheapest among what has room; says whether there was any.
    pub(super) fn insert(&mut self, item: usize, may_open: bool) -> bool {
        let mut least = (f64::INFINITY, NOWHERE);
        for (nth, way) in self.of.ways(item).iter().enumerate() {
            if way.cost >= least.0 {
                break;
            }
            let site = way.site as usize;
            if (self.open[site] || (may_open && self.usable(site))) && self.fits(way) {
                let dear = self.dear(way);
                if dear < least.0 {
                    least = (dear, nth as u32);
                }
            }
        }
        if least.1 == NOWHERE {
            return false;
        }
        self.settle_in(item, least.1);
        true
    }

    /// Puts an item, and opens its site where that is needed.
    pub(super) fn settle_in(&mut self, item: usize, way: u32) {
        let site = self.of.ways(item)[way as usize].site as usize;
        if !self.open[site] {
            self.open(site);
        }
        self.put(item, way);
    }

    /// Puts an item in place of a smaller one that has room elsewhere; says whether it could.
    pub(super) fn push_aside(&mut self, item: usize) -> bool {
        let mut least = (f64::INFINITY, NOWHERE, 0, NOWHERE);
        for (nth, way) in self.of.ways(item).iter().enumerate() {
            let site = way.site as usize;
            if !self.open[site] {
                continue;
            }
            let missing = way.uses - self.left(site);
            for &other in self.held(site) {
                let Some(home) = self.home(other as usize) else {
                    continue;
                };
                if home.uses < missing {
                    continue;
                }
                let ways = self.of.ways(other as usize).iter().enumerate();
                let mut elsewhere = ways.filter(|(_, to)| {
                    to.site != way.site && self.usable(to.site as usize) && self.fits(to)
                });
                if let Some((to, there)) = elsewhere.next() {
                    let cost = way.cost + self.dear(there) - home.cost;
                    if cost < least.0 {
                        least = (cost, nth as u32, other as usize, to as u32);
                    }
                }
            }
        }
        let (_, way, other, to) = least;
        if way == NOWHERE {
            return false;
        }
        self.take(other);
        self.settle_in(other, to);
        // What was missing was room for both together, to within rounding.
        if !self.fits(&self.of.ways(item)[way as usize]) {
            return false;
        }
        self.put(item, way);
        true
    }

    /// Places everything that is nowhere; what is left over is returned.
    pub(super) fn place_all(&mut self, order: &[u32], may_open: bool) -> Vec<u32> {
        let mut left = Vec::new();
        for &item in order {
            let item = item as usize;
            if self.way[item] == NOWHERE && !self.insert(item, may_open) && !self.push_aside(item) {
                left.push(item as u32);
            }
        }
        left
    }

    /// Empties sites and packs them anew until nothing is left over; says whether it came to that.
    pub(super) fn pack(
        &mut self,
        mut left: Vec<u32>,
        dice: &mut Dice,
        stop: &dyn Fn() -> bool,
    ) -> bool {
        let size = |of: &Undivided, left: &[u32]| -> f64 {
            left.iter().map(|&item| of.least_uses[item as usize]).sum()
        };
        for turn in 0..PACKS * self.of.items().max(50) {
            if left.is_empty() || (turn % 64 == 0 && stop()) {
                break;
            }
            self.mark();
            let before = size(self.of, &left);
            let mut loose = left.clone();
            let centre = left[dice.below(left.len() as u64) as usize] as usize;
            for _ in 0..dice.size(1, 3) {
                let ways = self.of.ways(centre);
                let nth = match dice.one_in(4) {
                    true => dice.below(ways.len() as u64),
                    false => dice.below(WAYS.min(ways.len() as u64)),
                };
                let site = ways[nth as usize].site as usize;
                let all = dice.one_in(2);
                for other in self.held(site).to_vec() {
                    if all || dice.one_in(2) {
                        self.take(other as usize);
                        loose.push(other);
                    }
                }
            }
            if dice.one_in(3) {
                dice.shuffle(&mut loose);
            } else {
                let uses = |item: u32| self.of.least_uses[item as usize];
                loose.sort_by(|&a, &b| uses(b).total_cmp(&uses(a)).then(a.cmp(&b)));
            }
            let tightest = dice.one_in(2);
            let after: Vec<u32> = loose
                .into_iter()
                .filter(|&item| !self.insert_packed(item as usize, tightest))
                .collect();
            if size(self.of, &after) <= before {
                left = after;
            } else {
                self.undo();
            }
        }
        left.is_empty()
    }

    /// Puts an item where it leaves the least room, or where it is cheapest.
    fn insert_packed(&mut self, item: usize, tightest: bool) -> bool {
        if !tightest {
            return self.insert(item, true);
        }
        let ways = self.of.ways(item).iter().enumerate();
        let possible = ways.filter(|(_, way)| self.usable(way.site as usize) && self.fits(way));
        let slack = |way: &Way| self.left(way.site as usize) - way.uses;
        let Some((nth, _)) = possible.min_by(|a, b| slack(a.1).total_cmp(&slack(b.1))) else {
            return false;
        };
        self.settle_in(item, nth as u32);
        true
    }
}

/// A first plan, where one is found: with all sites that may be open at hand, then without those that stand empty.
pub(super) fn first<'a>(
    of: &'a Undivided,
    dice: &mut Dice,
    stop: &dyn Fn() -> bool,
) -> Option<Homes<'a>> {
    let mut homes = Homes::empty(of);
    homes.tidy();
    let left = homes.place_all(&of.by_size(), true);
    if !homes.pack(left, dice, stop) {
        return None;
    }
    homes.tidy();
    homes.settle();
    homes.is_whole().then_some(homes)
}

/// A plan in which just these sites are open, where one is found soon.
pub(super) fn with_open<'a>(of: &'a Undivided, open: &[bool], order: &[u32]) -> Option<Homes<'a>> {
    let mut homes = Homes::empty(of);
    for (site, _) in open.iter().enumerate().filter(|(_, open)| **open) {
        if !homes.open[site] {
            homes.open(site);
        }
    }
    let mut left = homes.place_all(order, false);
    if !left.is_empty() {
        // Others are opened for what has no room there.
        left = homes.place_all(&left.clone(), true);
    }
    homes.tidy();
    homes.settle();
    (left.is_empty() && homes.is_whole()).then_some(homes)
}
