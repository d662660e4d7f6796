//! The Lagrangian dual: a bound no solution beats, and prices that say what is worth doing.
//!
//! Relaxed, each with a multiplier: how often an item is placed, that a target is assigned to one host,
//! shares, means, rows, requirements. Kept, exactly, per site: capacities, conflicts, the fixed cost and, per parent,
//! its shared cost. One assignment of targets to hosts expresses worst distance, share, mean and travel
//! of a reach together. Variants and pairs have prices of their own. The ascent is Adam with long memory and decaying
//! steps.
//!
//! This file evaluates one set of multipliers; `multipliers` says what there are and what each may be, `ties` prices
//! pairs and variants, `ways` lays the placements of each site side by side, `effort` says how long knapsacks are
//! searched, `first` begins, `ascent` climbs, and `prices` reads off what single placements and sites add to the bound.

mod ascent;
mod effort;
mod first;
mod multipliers;
mod prices;
mod ties;
mod ways;

use super::cores;
use super::knapsack::{Facts, Gain, Knapsack, Shelf};
use super::problem::SiteLock;
use super::state::Ground;
use super::web::{Asks, Web};
use effort::Effort;
pub(super) use multipliers::Multipliers;
use multipliers::bounds;
pub(super) use prices::Prices;
use rayon::prelude::*;
use std::sync::Arc;
use ties::Ties;
use ways::{Rest, Way, Ways};

/// A target's entry in a host's list.
#[derive(Clone, Copy)]
struct Entry {
    target: u32,
    distance: u32,
}

pub(super) struct Dual<'a> {
    ground: &'a Ground<'a>,
    /// Hosts' lists, cut to what the relaxation may use.
    starts: Vec<usize>,
    entries: Vec<Entry>,
    ways: Ways,
    /// Whether each target must be assigned (else it may be), and its distance without a host.
    assigned: Vec<Assigned>,
    low: Multipliers,
    high: Multipliers,
    pub(super) now: Multipliers,
    pub(super) best: Option<(f64, Multipliers)>,
    rates: Vec<Rate>,
    earns: Vec<f64>,
    site_term: Vec<f64>,
    ties: Ties,
    workers: Vec<Worker>,
    effort: Effort,
    /// Whether this evaluation is the last.
    last: bool,
    picked: Vec<Vec<u32>>,
    open: Vec<bool>,
    grad: Multipliers,
}

/// Parts that the sites of a large problem are evaluated in, side by side.
const WORKERS: usize = 4;

/// From so many entries and placements on, that is worth handing out.
const LARGE: usize = 10_000;

/// Scratch space of one core.
struct Worker {
    knapsack: Knapsack,
    gains: Vec<Gain>,
}

/// What assigning a target earns: `value`, and `bonus` within a limit, less `slope` × distance.
#[derive(Clone, Copy)]
struct Rate {
    value: f64,
    bonus: f64,
    slope: f64,
    limit: u32,
    /// Whether that is all: its shares have one limit.
    plain: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Assigned {
    /// Not part of the relaxation.
    Out,
    /// To at most one host.
    AtMostOnce,
    /// To exactly one host.
    Once,
    /// To exactly one host or, this far away, to none.
    OrBeyond(u32),
}

fn assigned(web: &Web, target: usize, priced: &dyn Fn(u32) -> bool) -> (Assigned, u32) {
    let (mut how, mut far) = (Assigned::Out, 0);
    for care in web.cares(target) {
        match care.asks {
            Asks::Each(limit) => {
                how = Assigned::Once;
                far = far.max(limit);
            }
            Asks::Mean => {
                how = Assigned::Once;
                far = u32::MAX;
            }
            Asks::Share(limit) => {
                if how == Assigned::Out {
                    how = Assigned::AtMostOnce;
                }
                far = far.max(limit);
            }
            Asks::Travel(beyond) if priced(care.cover) => {
                if how != Assigned::Once {
                    how = Assigned::OrBeyond(beyond);
                }
                far = u32::MAX;
            }
            Asks::Travel(_) => {}
        }
    }
    (how, web.limit[target].map_or(far, |limit| limit.min(far)))
}

impl<'a> Dual<'a> {
    pub(super) fn new(ground: &'a Ground<'a>, node_cap: u32) -> Dual<'a> {
        let web = ground.web;
        let priced = |cover: u32| {
            web.counts[cover as usize]
                .price
                .is_some_and(|price| price > 0.0)
        };
        let mut assigned_as = Vec::with_capacity(web.targets());
        let mut far = Vec::with_capacity(web.targets());
        for target in 0..web.targets() {
            let (how, limit) = assigned(web, target, &priced);
            assigned_as.push(how);
            far.push(limit);
        }
        let (mut starts, mut entries) = (vec![0], Vec::with_capacity(web.entry_count()));
        for host in 0..web.always.len() {
            for &(target, rank) in web.entries(host) {
                let distance = web.distance[web.list(target as usize).start + rank as usize];
                if assigned_as[target as usize] != Assigned::Out && distance <= far[target as usize]
                {
                    entries.push(Entry { target, distance });
                }
            }
            starts.push(entries.len());
        }
        let (mut low, mut high) = (
            Multipliers::like(ground, f64::NEG_INFINITY),
            Multipliers::like(ground, f64::INFINITY),
        );
        bounds(ground, &assigned_as, &mut low, &mut high);
        let mut now = Multipliers::like(ground, 0.0);
        for (price, pair) in now.pairs.iter_mut().zip(&ground.problem.pairs) {
            *price = 0.5 * pair.reward.max(0.0);
        }
        let large = entries.len() + ground.problem.placements.len() >= LARGE;
        let facts = Arc::new(Facts::new(ground.problem, ground.layout, &web.hosts_of));
        let worker = || Worker {
            knapsack: Knapsack::new(ground.problem, web.always.len(), facts.clone()),
            gains: Vec::new(),
        };
        let workers = if large && cores::are_free() {
            WORKERS
        } else {
            1
        };
        let workers = (0..workers).map(|_| worker()).collect();
        Dual {
            ground,
            starts,
            entries,
            ways: Ways::new(ground),
            assigned: assigned_as,
            low,
            high,
            now,
            best: None,
            rates: vec![
                Rate {
                    value: 0.0,
                    bonus: 0.0,
                    slope: 0.0,
                    limit: 0,
                    plain: true
                };
                web.targets()
            ],
            earns: vec![0.0; web.always.len()],
            site_term: vec![0.0; ground.problem.sites.len()],
            ties: Ties::new(ground),
            workers,
            effort: Effort::of_a_round(node_cap, ground.problem.sites.len()),
            last: false,
            picked: vec![Vec::new(); ground.problem.sites.len()],
            open: vec![false; ground.problem.sites.len()],
            grad: Multipliers::like(ground, 0.0),
        }
    }

    pub(super) fn entry_count(&self) -> usize {
        self.entries.len()
    }

    /// What assigning a target to a host at a distance earns.
    fn profit(&self, entry: Entry) -> f64 {
        let rate = &self.rates[entry.target as usize];
        let distance = f64::from(entry.distance);
        if rate.plain {
            let bonus = if entry.distance <= rate.limit {
                rate.bonus
            } else {
                0.0
            };
            return rate.value + bonus - rate.slope * distance;
        }
        let mut profit = rate.value - rate.slope * distance;
        for care in self.ground.web.cares(entry.target as usize) {
            if let Asks::Share(limit) = care.asks
                && entry.distance <= limit
            {
                profit += self.now.counts[care.cover as usize] * care.weight as f64;
            }
        }
        profit
    }

    /// Brings the targets' rates up to the multipliers of now.
    fn set_rates(&mut self) {
        let web = self.ground.web;
        for (target, rate) in self.rates.iter_mut().enumerate() {
            *rate = Rate {
                value: self.now.targets[target],
                bonus: 0.0,
                slope: 0.0,
                limit: 0,
                plain: true,
            };
            for care in web.cares(target) {
                let price = self.now.counts[care.cover as usize];
                let weight = care.weight as f64;
                match care.asks {
                    Asks::Each(_) => {}
                    Asks::Share(limit) => {
                        rate.plain &= rate.bonus == 0.0 || rate.limit == limit;
                        rate.limit = limit;
                        rate.bonus += price * weight;
                    }
                    Asks::Mean => rate.slope += price * weight,
                    Asks::Travel(_) => {
                        rate.slope += web.counts[care.cover as usize].price.unwrap_or(0.0) * weight;
                    }
                }
            }
        }
    }

    /// The bound at the multipliers of now; fills site terms, chosen placements and the gradient.
    fn evaluate(&mut self) -> f64 {
        self.set_rates();
        self.earn();
        let ties = self.ties.price(self.ground, &self.now);
        let fixed = self.ground.layout.constant + self.fixed_part() + ties;
        self.sites();
        fixed + self.open_sites()
    }

    /// What each host earns by the rates of now.
    fn earn(&mut self) {
        let mut earns = std::mem::take(&mut self.earns);
        let earn = |(host, earns): (usize, &mut f64)| {
            let entries = &self.entries[self.starts[host]..self.starts[host + 1]];
            *earns = entries
                .iter()
                .map(|&entry| self.profit(entry).max(0.0))
                .sum();
        };
        if self.workers.len() > 1 {
            earns
                .par_iter_mut()
                .enumerate()
                .with_min_len(16)
                .for_each(earn);
        } else {
            earns.iter_mut().enumerate().for_each(earn);
        }
        self.earns = earns;
    }

    /// Fills every site's term and its picked placements.
    fn sites(&mut self) {
        let mut workers = std::mem::take(&mut self.workers);
        let mut terms = std::mem::take(&mut self.site_term);
        let mut picked = std::mem::take(&mut self.picked);
        let each = terms.len().div_ceil(workers.len()).max(1);
        let work =
            |first: usize, worker: &mut Worker, terms: &mut [f64], picked: &mut [Vec<u32>]| {
                for (at, (term, picked)) in terms.iter_mut().zip(picked).enumerate() {
                    *term = self.site(first + at, worker, picked);
                }
            };
        if let [worker] = workers.as_mut_slice() {
            work(0, worker, &mut terms, &mut picked);
        } else {
            workers
                .par_iter_mut()
                .zip(terms.par_chunks_mut(each))
                .zip(picked.par_chunks_mut(each))
                .enumerate()
                .for_each(|(part, ((worker, terms), picked))| {
                    work(part * each, worker, terms, picked);
                });
        }
        (self.workers, self.site_term, self.picked) = (workers, terms, picked);
    }

    /// The part of the bound that no site decides.
    fn fixed_part(&mut self) -> f64 {
        let (ground, web) = (self.ground, self.ground.web);
        let mut sum: f64 = self.now.items.iter().sum();
        for (target, how) in self.assigned.iter().enumerate() {
            if *how != Assigned::Out {
                sum += self.now.targets[target];
                if let Assigned::OrBeyond(beyond) = *how {
                    sum -= self.beyond_profit(target, beyond).max(0.0);
                }
            }
        }
        for (at, count) in web.counts.iter().enumerate() {
            sum += self.now.counts[at] * count.need.map_or(-count.slack as f64, |need| need as f64);
        }
        for (row, &price) in ground.problem.rows.iter().zip(&self.now.rows) {
            let limit = if price > 0.0 {
                row.at_most.map(|most| most + super::check::rounding(most))
            } else {
                row.at_least
                    .map(|least| least - super::check::rounding(least))
            };
            sum -= price * limit.unwrap_or(0.0);
        }
        for (host, &always) in web.always.iter().enumerate() {
            if always {
                sum -= self.earns[host];
            }
        }
        sum
    }

    /// What being left without a host earns.
    fn beyond_profit(&self, target: usize, beyond: u32) -> f64 {
        // However near that is, it is within no limit.
        let rate = &self.rates[target];
        rate.value - rate.slope * f64::from(beyond)
    }

    /// The least a site adds when open, and the placements that make it so.
    fn site(&self, site: usize, worker: &mut Worker, picked: &mut Vec<u32>) -> f64 {
        let problem = self.ground.problem;
        let fixed = self.fixed_cost(site);
        picked.clear();
        let sum = self.gainful(site, &mut worker.gains);
        let locked = problem.sites[site].lock == SiteLock::Open;
        if worker.gains.is_empty() || (sum <= fixed && !locked) {
            return fixed - sum;
        }
        // Only the last prices ask what a site costs that does not pay, and a family what each of its own brings.
        let alone = problem.sites[site].parent.is_none() && !locked;
        let floor = if alone && !self.last {
            fixed.max(0.0)
        } else {
            0.0
        };
        let shelf = self.shelf();
        let most = worker.knapsack.most(&shelf, site, &worker.gains, floor);
        picked.extend_from_slice(&worker.knapsack.chosen);
        fixed - most
    }

    /// A site's fixed cost, with what it takes of the rows and what ties add.
    fn fixed_cost(&self, site: usize) -> f64 {
        let rows = &self.ground.rows_of_site[site];
        let priced = |&(row, coefficient): &(u32, f64)| self.now.rows[row as usize] * coefficient;
        rows.iter()
            .map(priced)
            .fold(self.ground.problem.sites[site].fixed_cost, |sum, price| {
                sum + price
            })
            + self.ties.costs[site]
    }

    /// The placements of a site that gain, and what all of them would.
    fn gainful(&self, site: usize, gains: &mut Vec<Gain>) -> f64 {
        gains.clear();
        let mut sum = 0.0;
        for way in self.ways.of(site) {
            let (own, full) = self.gain_of(way);
            if full > 0.0 {
                sum += full;
                gains.push(Gain::new(way.placement, own, full));
            }
        }
        sum
    }

    /// What a knapsack reads.
    fn shelf(&self) -> Shelf<'_> {
        Shelf {
            problem: self.ground.problem,
            layout: self.ground.layout,
            hosts_of: &self.ground.web.hosts_of,
            earns: &self.earns,
            node_cap: self.effort.nodes,
            work_cap: self.effort.gains,
        }
    }

    /// [`Dual::gain`] of a way.
    fn gain_of(&self, way: &Way) -> (f64, f64) {
        let own = self.now.items[way.item as usize] - way.cost;
        match way.rest {
            Rest::Nothing => (own, own),
            Rest::Host(host) => (own, own + self.earns[host as usize]),
            Rest::More => self.gain(way.placement as usize),
        }
    }

    /// What a placement earns at the prices of now: without its hosts, and with them.
    fn gain(&self, placement: usize) -> (f64, f64) {
        let ground = self.ground;
        let mut own = self.now.items[ground.problem.placements[placement].item]
            - ground.layout.cost[placement];
        for &(row, coefficient) in &ground.rows_of_placement[placement] {
            own -= self.now.rows[row as usize] * coefficient;
        }
        own += self.ties.earns[placement];
        own -= self.now.requires[placement];
        for &by in &ground.required_by[placement] {
            own += self.now.requires[by as usize];
        }
        let hosts = &ground.web.hosts_of[placement];
        (
            own,
            own + hosts
                .iter()
                .map(|&host| self.earns[host as usize])
                .sum::<f64>(),
        )
    }

    /// Opens what pays, parents included, and returns what that adds.
    fn open_sites(&mut self) -> f64 {
        let problem = self.ground.problem;
        let mut sum = 0.0;
        let mut family: Vec<(f64, bool)> = vec![(0.0, false); problem.parents.len()];
        for (at, site) in problem.sites.iter().enumerate() {
            let term = self.site_term[at];
            self.open[at] = match site.lock {
                SiteLock::Open => true,
                SiteLock::Closed => false,
                SiteLock::Free => term < 0.0,
            };
            if self.open[at] {
                match site.parent {
                    Some(parent) => {
                        family[parent].0 += term;
                        family[parent].1 |= site.lock == SiteLock::Open;
                    }
                    None => sum += term,
                }
            }
        }
        let mut shut = vec![false; problem.parents.len()];
        for (at, parent) in problem.parents.iter().enumerate() {
            let together = parent.fixed_cost + family[at].0;
            if family[at].1 || together < 0.0 {
                sum += together;
            } else {
                shut[at] = true;
            }
        }
        for (at, site) in problem.sites.iter().enumerate() {
            if site.parent.is_some_and(|parent| shut[parent]) {
                self.open[at] = false;
            }
        }
        sum
    }
}
