//! A solution in the making: one placement for each item, and everything that follows from it, kept up
//! to date as items are put and taken.
//!
//! Of each target only the rank of its nearest serving host is kept: every cover follows from that.

use super::answer::Solution;
use super::check::rounding;
use super::grouped::Grouped;
use super::layout::Layout;
use super::problem::{Choice, Pair, Problem, SiteLock, Term};
use super::web::{Asks, Web};

/// No placement.
pub(super) const NOWHERE: u32 = u32::MAX;

/// Everything about a problem that the search reads.
pub(super) struct Ground<'a> {
    pub(super) problem: &'a Problem,
    pub(super) layout: &'a Layout,
    pub(super) web: &'a Web,
    /// Rows that count each placement and each site.
    pub(super) rows_of_placement: Grouped<(u32, f64)>,
    pub(super) rows_of_site: Grouped<(u32, f64)>,
    pub(super) pairs_of: Grouped<(u32, f64)>,
    pub(super) required_by: Grouped<u32>,
    /// Group of variants of each site.
    pub(super) group_of: Vec<Option<u32>>,
    /// Sites that are open even when empty.
    pub(super) kept_open: Vec<bool>,
}

impl<'a> Ground<'a> {
    /// Whether an item could be elsewhere than where it is, or nowhere.
    pub(super) fn may_leave(&self, item: usize) -> bool {
        let must = self.problem.items[item].choice == Choice::ExactlyOne;
        !must || self.layout.of_item[item].len() > 1
    }

    pub(super) fn new(problem: &'a Problem, layout: &'a Layout, web: &'a Web) -> Ground<'a> {
        let (placements, sites) = (problem.placements.len(), problem.sites.len());
        let (mut rows_of_placement, mut rows_of_site) = (Vec::new(), Vec::new());
        for (at, row) in problem.rows.iter().enumerate() {
            for &(term, coefficient) in &row.terms {
                let own = (at as u32, coefficient);
                match term {
                    Term::Site(site) => rows_of_site.push((site as u32, own)),
                    Term::Placement(of) => rows_of_placement.push((of as u32, own)),
                }
            }
        }
        let both = |pair: &Pair| {
            let ends = [(pair.first, pair.second), (pair.second, pair.first)];
            ends.map(|(one, other)| (one as u32, (other as u32, pair.reward)))
        };
        let pairs_of = problem.pairs.iter().flat_map(both);
        let requires = problem.placements.iter().enumerate();
        let required_by = requires.flat_map(|(at, placement)| {
            let own = placement.requires.iter();
            own.map(move |&other| (other as u32, at as u32))
        });
        let mut ground = Ground {
            problem,
            layout,
            web,
            rows_of_placement: Grouped::with_repetitions(placements, rows_of_placement),
            rows_of_site: Grouped::with_repetitions(sites, rows_of_site),
            pairs_of: Grouped::with_repetitions(placements, pairs_of.collect()),
            required_by: Grouped::with_repetitions(placements, required_by.collect()),
            group_of: vec![None; sites],
            kept_open: vec![false; sites],
        };
        for (group, sites) in layout.variants.iter().enumerate() {
            for &site in sites {
                ground.group_of[site] = Some(group as u32);
            }
        }
        for (at, site) in problem.sites.iter().enumerate() {
            let free_gain =
                site.fixed_cost < 0.0 && ground.group_of[at].is_none() && site.parent.is_none();
            ground.kept_open[at] = match site.lock {
                SiteLock::Open => true,
                SiteLock::Closed => false,
                SiteLock::Free => free_gain && ground.rows_of_site[at].is_empty(),
            };
        }
        ground
    }
}

/// What breaking each limit costs the search.
#[derive(Clone, Debug)]
pub(super) struct Penalties {
    /// One unmet target, requirement or surplus variant, or one item without a home.
    pub(super) unmet: f64,
    /// One unit of each hard cover.
    pub(super) counts: Vec<f64>,
    /// One unit of each hard row.
    pub(super) rows: Vec<f64>,
    /// One unit of cost, and of travel: what is made least.
    pub(super) cost: f64,
    pub(super) travel: f64,
    /// One unit of cost above this.
    pub(super) within: Option<f64>,
    pub(super) above: f64,
}

/// A solution in the making.
#[derive(Clone)]
pub(super) struct State {
    /// Placement of each item.
    pub(super) at: Vec<u32>,
    pub(super) chosen: Vec<bool>,
    pub(super) load: Vec<Vec<f64>>,
    pub(super) held: Vec<u32>,
    pub(super) conflict: Vec<u32>,
    pub(super) serving: Vec<u32>,
    /// Rank of each target's nearest serving host.
    pub(super) rank: Vec<u32>,
    /// Weight outside, weight × steps, or unmet targets of each count.
    pub(super) sums: Vec<i64>,
    pub(super) row: Vec<f64>,
    pub(super) open_children: Vec<u32>,
    pub(super) open_variants: Vec<u32>,
    pub(super) unmet: i64,
    pub(super) homeless: i64,
    pub(super) base: f64,
}

impl State {
    /// Nothing placed.
    pub(super) fn empty(ground: &Ground) -> State {
        let (problem, web) = (ground.problem, ground.web);
        let must = |choice: Choice| i64::from(choice == Choice::ExactlyOne);
        let mut state = State {
            at: vec![NOWHERE; problem.items.len()],
            chosen: vec![false; problem.placements.len()],
            load: problem
                .sites
                .iter()
                .map(|site| vec![0.0; site.capacities.len()])
                .collect(),
            held: vec![0; problem.sites.len()],
            conflict: vec![0; problem.conflicts.len()],
            serving: web.always.iter().map(|&always| u32::from(always)).collect(),
            rank: vec![0; web.targets()],
            sums: vec![0; web.counts.len()],
            row: vec![0.0; problem.rows.len()],
            open_children: vec![0; problem.parents.len()],
            open_variants: vec![0; ground.layout.variants.len()],
            unmet: 0,
            homeless: problem.items.iter().map(|item| must(item.choice)).sum(),
            base: ground.layout.constant,
        };
        for target in 0..web.targets() {
            let list = web.list(target);
            let serves = |at: &usize| web.always[web.host[*at] as usize];
            let first = list.clone().find(serves).unwrap_or(list.end);
            let rank = (first - list.start) as u32;
            state.rank[target] = rank;
            state.book(web, target, web.at_rank(target, rank), 1);
        }
        for site in 0..problem.sites.len() {
            if ground.kept_open[site] {
                state.open(ground, site, true);
            }
        }
        state
    }

    /// Adds or removes what a target counts at a distance.
    fn book(&mut self, web: &Web, target: usize, distance: Option<u32>, sign: i64) {
        for care in web.cares(target) {
            let sum = &mut self.sums[care.cover as usize];
            match (care.asks, distance) {
                (Asks::Each(limit), _) => {
                    if distance.is_none_or(|distance| distance > limit) {
                        self.unmet += sign;
                        *sum += sign;
                    }
                }
                (Asks::Share(limit), _) => {
                    if distance.is_none_or(|distance| distance > limit) {
                        *sum += sign * care.weight;
                    }
                }
                (Asks::Mean, Some(distance)) => *sum += sign * care.weight * i64::from(distance),
                (Asks::Mean, None) => self.unmet += sign,
                (Asks::Travel(beyond), _) => {
                    *sum += sign * care.weight * i64::from(distance.unwrap_or(beyond));
                }
            }
        }
    }

    fn rerank(&mut self, web: &Web, target: usize, rank: u32) {
        let before = web.at_rank(target, self.rank[target]);
        let after = web.at_rank(target, rank);
        self.rank[target] = rank;
        if before != after {
            self.book(web, target, before, -1);
            self.book(web, target, after, 1);
        }
    }

    fn open(&mut self, ground: &Ground, site: usize, open: bool) {
        let of = &ground.problem.sites[site];
        let sign = if open { 1.0 } else { -1.0 };
        self.base += sign * of.fixed_cost;
        for &(row, coefficient) in &ground.rows_of_site[site] {
            self.row[row as usize] += sign * coefficient;
        }
        if let Some(parent) = of.parent {
            let children = &mut self.open_children[parent];
            let before = *children;
            *children = if open {
                before + 1
            } else {
                before.saturating_sub(1)
            };
            if before == 0 || *children == 0 {
                self.base += sign * ground.problem.parents[parent].fixed_cost;
            }
        }
        if let Some(group) = ground.group_of[site] {
            let variants = &mut self.open_variants[group as usize];
            let before = i64::from(variants.saturating_sub(1));
            *variants = if open {
                *variants + 1
            } else {
                variants.saturating_sub(1)
            };
            self.unmet += i64::from(variants.saturating_sub(1)) - before;
        }
    }

    pub(super) fn is_open(&self, ground: &Ground, site: usize) -> bool {
        self.held[site] > 0 || ground.kept_open[site]
    }

    /// Whether a placement's site has room for it and may be open, and no conflict forbids it.
    pub(super) fn fits(&self, ground: &Ground, placement: usize) -> bool {
        let of = &ground.problem.placements[placement];
        let site = &ground.problem.sites[of.site];
        let kinds = site
            .capacities
            .iter()
            .zip(&of.uses)
            .zip(&self.load[of.site]);
        site.lock != SiteLock::Closed
            && kinds.into_iter().all(|((&capacity, &used), &load)| {
                load + used <= capacity + 0.5 * rounding(capacity)
            })
            && ground.layout.conflicts_of[placement]
                .iter()
                .all(|&conflict| self.conflict[conflict] < ground.problem.conflicts[conflict].most)
    }

    /// Puts an item in one of its placements; it must have none.
    pub(super) fn put(&mut self, ground: &Ground, placement: usize) {
        let of = &ground.problem.placements[placement];
        self.turn(ground, placement, 1);
        if self.held[of.site] == 0 && !ground.kept_open[of.site] {
            self.open(ground, of.site, true);
        }
        self.held[of.site] += 1;
        for (load, used) in self.load[of.site].iter_mut().zip(&of.uses) {
            *load += used;
        }
        self.at[of.item] = placement as u32;
        for &host in &ground.web.hosts_of[placement] {
            self.serving[host as usize] += 1;
            if self.serving[host as usize] == 1 {
                for &(target, rank) in ground.web.entries(host as usize) {
                    if rank < self.rank[target as usize] {
                        self.rerank(ground.web, target as usize, rank);
                    }
                }
            }
        }
    }

    /// Takes an item out of its placement.
    pub(super) fn take(&mut self, ground: &Ground, item: usize) {
        let placement = self.at[item] as usize;
        let of = &ground.problem.placements[placement];
        self.at[item] = NOWHERE;
        self.held[of.site] -= 1;
        for (load, used) in self.load[of.site].iter_mut().zip(&of.uses) {
            // An empty site is exactly empty: no drift.
            *load = if self.held[of.site] == 0 {
                0.0
            } else {
                *load - used
            };
        }
        for &host in &ground.web.hosts_of[placement] {
            self.serving[host as usize] -= 1;
            if self.serving[host as usize] == 0 {
                self.stop_serving(ground.web, host as usize);
            }
        }
        if self.held[of.site] == 0 && !ground.kept_open[of.site] {
            self.open(ground, of.site, false);
        }
        self.turn(ground, placement, -1);
    }

    fn stop_serving(&mut self, web: &Web, host: usize) {
        for &(target, rank) in web.entries(host) {
            let target = target as usize;
            if self.rank[target] == rank {
                let list = web.list(target);
                let from = list.start + rank as usize + 1;
                let serves = |at: &usize| self.serving[web.host[*at] as usize] > 0;
                let next = (from..list.end).find(serves).unwrap_or(list.end);
                self.rerank(web, target, (next - list.start) as u32);
            }
        }
    }

    /// What follows from a placement alone: cost, rows, conflicts, pairs, requirements.
    fn turn(&mut self, ground: &Ground, placement: usize, sign: i64) {
        let by = sign as f64;
        let must = ground.problem.items[ground.problem.placements[placement].item].choice
            == Choice::ExactlyOne;
        self.homeless -= sign * i64::from(must);
        self.base += by * ground.layout.cost[placement];
        for &(row, coefficient) in &ground.rows_of_placement[placement] {
            self.row[row as usize] += by * coefficient;
        }
        for &conflict in &ground.layout.conflicts_of[placement] {
            let count = &mut self.conflict[conflict];
            *count = if sign > 0 { *count + 1 } else { *count - 1 };
        }
        for &(other, reward) in &ground.pairs_of[placement] {
            if self.chosen[other as usize] {
                self.base -= by * reward;
            }
        }
        let lacks = |state: &State, placement: usize| {
            let requires = &ground.problem.placements[placement].requires;
            state.chosen[placement]
                && !requires.is_empty()
                && !requires.iter().any(|&other| state.chosen[other])
        };
        let involved = &ground.required_by[placement];
        let lacking = |state: &State| {
            let others = involved
                .iter()
                .filter(|&&other| lacks(state, other as usize))
                .count();
            (others + usize::from(lacks(state, placement))) as i64
        };
        let plain = involved.is_empty() && ground.problem.placements[placement].requires.is_empty();
        let before = if plain { 0 } else { lacking(self) };
        self.chosen[placement] = sign > 0;
        if !plain {
            self.unmet += lacking(self) - before;
        }
    }

    /// By how much a row is broken.
    pub(super) fn row_excess(&self, ground: &Ground, row: usize) -> f64 {
        let of = &ground.problem.rows[row];
        let most = of.at_most.map_or(0.0, |most| self.row[row] - most);
        let least = of.at_least.map_or(0.0, |least| least - self.row[row]);
        let limit = of
            .at_most
            .unwrap_or(0.0)
            .abs()
            .max(of.at_least.unwrap_or(0.0).abs());
        let excess = most.max(least);
        if excess > rounding(limit) {
            excess
        } else {
            0.0
        }
    }

    /// Its cost, as far as it keeps the hard limits.
    pub(super) fn cost(&self, ground: &Ground) -> f64 {
        let mut cost = self.base;
        for (count, &sum) in ground.web.counts.iter().zip(&self.sums) {
            if let Some(price) = count.price
                && sum > count.slack
            {
                cost += price * (sum - count.slack) as f64;
            }
        }
        for (at, row) in ground.problem.rows.iter().enumerate() {
            if let Some(price) = row.price {
                cost += price * self.row_excess(ground, at);
            }
        }
        cost
    }

    pub(super) fn travel(&self, ground: &Ground) -> f64 {
        let counts = ground.web.counts.iter().zip(&self.sums);
        counts
            .filter(|(count, _)| count.cover.is_none())
            .map(|(_, &sum)| sum as f64)
            .sum()
    }

    /// What the search makes least, and whether every hard limit is kept.
    pub(super) fn score(&self, ground: &Ground, penalties: &Penalties) -> (f64, bool) {
        let cost = self.cost(ground);
        let mut score = penalties.cost * cost;
        if penalties.travel != 0.0 {
            score += penalties.travel * self.travel(ground);
        }
        let mut feasible = self.unmet == 0 && self.homeless == 0;
        score += penalties.unmet * (self.unmet + self.homeless) as f64;
        if let Some(within) = penalties.within
            && cost > within
        {
            feasible = false;
            score += penalties.above * (cost - within);
        }
        for (at, count) in ground.web.counts.iter().enumerate() {
            let above = self.sums[at] - count.slack;
            if count.price.is_none() && above > 0 && !count.each {
                feasible = false;
                score += penalties.counts[at] * above as f64;
            }
        }
        for (at, row) in ground.problem.rows.iter().enumerate() {
            if row.price.is_none() {
                let excess = self.row_excess(ground, at);
                feasible &= excess <= 0.0;
                score += penalties.rows[at] * excess;
            }
        }
        (score, feasible)
    }

    /// Moves items to new homes or nowhere; false where one did not fit, which is put there all the same.
    pub(super) fn change(&mut self, ground: &Ground, changes: &[(u32, u32)]) -> bool {
        for &(item, _) in changes {
            if self.at[item as usize] != NOWHERE {
                self.take(ground, item as usize);
            }
        }
        let mut whole = true;
        for &(_, at) in changes.iter().filter(|change| change.1 != NOWHERE) {
            whole &= self.fits(ground, at as usize);
            self.put(ground, at as usize);
        }
        whole
    }

    /// The homes that these items have now.
    pub(super) fn homes(&self, changes: &[(u32, u32)]) -> Vec<(u32, u32)> {
        let home = |&(item, _): &(u32, u32)| (item, self.at[item as usize]);
        changes.iter().map(home).collect()
    }

    /// The solution it stands for.
    pub(super) fn solution(&self, ground: &Ground) -> Solution {
        let mut chosen: Vec<usize> = self
            .at
            .iter()
            .filter(|at| **at != NOWHERE)
            .map(|&at| at as usize)
            .collect();
        chosen.sort_unstable();
        let open = (0..self.held.len())
            .map(|site| self.is_open(ground, site))
            .collect();
        Solution {
            shares: vec![1.0; chosen.len()],
            chosen,
            open,
        }
    }

    /// As much of the problem's start as fits, whether or not it keeps every limit.
    pub(super) fn as_started(ground: &Ground) -> State {
        let mut state = State::empty(ground);
        for &placement in ground.problem.start.iter().flatten() {
            let item = ground.problem.placements[placement].item;
            if state.at[item] == NOWHERE && state.fits(ground, placement) {
                state.put(ground, placement);
            }
        }
        state
    }

    /// The state of a solution, where each of its items is placed once at most.
    pub(super) fn of(ground: &Ground, solution: &Solution) -> State {
        let mut state = State::empty(ground);
        for &placement in &solution.chosen {
            if state.at[ground.problem.placements[placement].item] == NOWHERE {
                state.put(ground, placement);
            }
        }
        state
    }
}
