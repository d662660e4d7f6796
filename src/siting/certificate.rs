//! A bound that anybody can recompute: the multipliers, what each site adds, and the arithmetic.
//!
//! Any multipliers within their ranges give a bound that no solution beats, so nothing about how they
//! were found matters. [`recompute_bound`] shares no code with the ascent: it walks the problem target by
//! target, bounds each site by its own branch and bound, and adds up with compensated sums in a fixed
//! order.

use super::answer::SitingError;
use super::check::rounding;
use super::dual::Prices;
use super::layout::Layout;
use super::problem::{Choice, Cover, Problem, Reach, SiteLock, Term};
use super::web::Web;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Multipliers of what the bound relaxes, and what follows for each site.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Certificate {
    /// For each item: the price of having it placed once.
    pub items: Vec<f64>,
    /// For each reach: its targets and covers.
    pub reaches: Vec<ReachPrices>,
    /// For each row: positive where its upper limit is priced, negative where its lower one is.
    pub rows: Vec<f64>,
    /// For each placement: the price of choosing it without any it requires; 0 where it requires none.
    pub requires: Vec<f64>,
    /// For each site: what being open adds to the bound, at least.
    pub sites: Vec<f64>,
    /// The bound they give.
    pub bound: f64,
}

/// Multipliers of a reach.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReachPrices {
    /// For each target: the price of assigning it to one host.
    pub targets: Vec<f64>,
    /// For each cover: the price of a unit of weight within a share, or of weight × steps of a mean.
    pub covers: Vec<f64>,
}

/// Writes down the multipliers of the dual.
pub(super) fn certify(problem: &Problem, web: &Web, prices: &Prices) -> Option<Certificate> {
    let zeros = |reach: &Reach| ReachPrices {
        targets: vec![0.0; reach.target_count()],
        covers: vec![0.0; reach.covers.len()],
    };
    let mut reaches: Vec<ReachPrices> = problem.reaches.iter().map(zeros).collect();
    for (&(reach, target), &price) in web.target_of.iter().zip(&prices.multipliers.targets) {
        reaches[reach as usize].targets[target as usize] = price;
    }
    for (count, &price) in web.counts.iter().zip(&prices.multipliers.counts) {
        if let Some(cover) = count.cover {
            reaches[count.reach].covers[cover] = price;
        }
    }
    let (items, rows) = (
        prices.multipliers.items.clone(),
        prices.multipliers.rows.clone(),
    );
    let requires = prices.multipliers.requires.clone();
    let mut certificate = Certificate {
        items,
        reaches,
        rows,
        requires,
        sites: Vec::new(),
        bound: 0.0,
    };
    let (bound, sites) = recompute(problem, &certificate).ok()?;
    (certificate.bound, certificate.sites) = (bound, sites);
    Some(certificate)
}

/// Writes down the price of each item, and of the one row where there is one, of a problem without reaches.
pub(super) fn certify_items(
    problem: &Problem,
    items: Vec<f64>,
    row: Option<f64>,
) -> Option<Certificate> {
    let mut certificate = Certificate {
        items,
        rows: row.into_iter().collect(),
        requires: vec![0.0; problem.placements.len()],
        ..Certificate::default()
    };
    (certificate.bound, certificate.sites) = recompute(problem, &certificate).ok()?;
    Some(certificate)
}

/// Recomputes the bound that a certificate's multipliers give, from the problem alone; multipliers out
/// of range count as the nearest one in range. Site terms and the stated bound are not believed.
///
/// # Errors
/// [`SitingError::Invalid`] where the problem is malformed or the certificate does not fit it.
pub fn recompute_bound(problem: &Problem, certificate: &Certificate) -> Result<f64, SitingError> {
    super::validate::validate(problem)?;
    recompute(problem, certificate).map(|(bound, _)| bound)
}

/// A sum with its rounding error, and the size of what was added.
#[derive(Default)]
struct Careful {
    sum: f64,
    lost: f64,
    size: f64,
}

impl Careful {
    fn add(&mut self, amount: f64) {
        let sum = self.sum + amount;
        self.lost += if self.sum.abs() >= amount.abs() {
            (self.sum - sum) + amount
        } else {
            (amount - sum) + self.sum
        };
        self.sum = sum;
        self.size += amount.abs();
    }

    /// The least the true sum can be.
    fn at_least(&self) -> f64 {
        self.sum + self.lost - 1e-12 * self.size
    }
}

fn fits(problem: &Problem, certificate: &Certificate) -> bool {
    let numbers = certificate
        .items
        .iter()
        .chain(&certificate.rows)
        .chain(&certificate.requires);
    let prices = certificate
        .reaches
        .iter()
        .flat_map(|of| of.targets.iter().chain(&of.covers));
    certificate.items.len() == problem.items.len()
        && certificate.rows.len() == problem.rows.len()
        && certificate.requires.len() == problem.placements.len()
        && certificate.reaches.len() == problem.reaches.len()
        && problem
            .reaches
            .iter()
            .zip(&certificate.reaches)
            .all(|(reach, prices)| {
                prices.targets.len() == reach.target_count()
                    && prices.covers.len() == reach.covers.len()
            })
        && numbers.chain(prices).all(|number| number.is_finite())
}

fn recompute(problem: &Problem, certificate: &Certificate) -> Result<(f64, Vec<f64>), SitingError> {
    if !fits(problem, certificate) {
        return Err(SitingError::Invalid {
            item: "the certificate".into(),
            cause: "it has not one finite number for each part of the problem".into(),
        });
    }
    let layout = Layout::new(problem);
    let mut total = Careful::default();
    total.add(layout.constant);
    // Placements at their costs less the prices of their items and rows.
    let mut gain: Vec<f64> = layout.cost.iter().map(|cost| -cost).collect();
    for (at, item) in problem.items.iter().enumerate() {
        let price = match item.choice {
            Choice::ExactlyOne => certificate.items[at],
            Choice::AtMostOne => certificate.items[at].min(0.0),
            Choice::Any => 0.0,
        };
        total.add(price);
        for &placement in &layout.of_item[at] {
            gain[placement] += price;
        }
    }
    let mut fixed: Vec<f64> = problem.sites.iter().map(|site| site.fixed_cost).collect();
    for (row, &price) in problem.rows.iter().zip(&certificate.rows) {
        let most = row.price.unwrap_or(f64::INFINITY);
        let low = if row.at_least.is_some() { -most } else { 0.0 };
        let high = if row.at_most.is_some() { most } else { 0.0 };
        let price = price.clamp(low, high);
        let limit = if price > 0.0 {
            row.at_most.map(|most| most + rounding(most))
        } else {
            row.at_least.map(|least| least - rounding(least))
        };
        total.add(-price * limit.unwrap_or(0.0));
        for &(term, coefficient) in &row.terms {
            match term {
                Term::Site(site) => fixed[site] += price * coefficient,
                Term::Placement(placement) => gain[placement] -= price * coefficient,
            }
        }
    }
    for (at, placement) in problem.placements.iter().enumerate() {
        if !placement.requires.is_empty() {
            let price = certificate.requires[at].max(0.0);
            gain[at] -= price;
            for &other in &placement.requires {
                gain[other] += price;
            }
        }
    }
    // A reward of a pair counts half at either placement; a fee for a pair is not counted.
    for pair in problem.pairs.iter().filter(|pair| pair.reward > 0.0) {
        gain[pair.first] += 0.5 * pair.reward;
        gain[pair.second] += 0.5 * pair.reward;
    }
    let earns: Vec<Vec<f64>> = problem
        .reaches
        .iter()
        .zip(&certificate.reaches)
        .map(|(reach, prices)| add_reach(reach, prices, &mut total))
        .collect();
    let sites: Vec<f64> = (0..problem.sites.len())
        .map(|site| fixed[site] - Room::new(problem, &layout, &earns, &gain, site).most())
        .collect();
    add_sites(problem, &sites, &mut total);
    Ok((total.at_least(), sites))
}

/// Adds what a reach's prices give, and returns what each of its hosts earns by serving.
fn add_reach(reach: &Reach, prices: &ReachPrices, total: &mut Careful) -> Vec<f64> {
    let mut share_or_mean = vec![0.0; reach.covers.len()];
    let mut limits = vec![u32::MAX; reach.target_count()];
    for (at, cover) in reach.covers.iter().enumerate() {
        match cover {
            Cover::Each {
                targets,
                limits: own,
                ..
            } => {
                for (&target, &limit) in targets.iter().zip(own) {
                    let least = &mut limits[target as usize];
                    *least = limit.min(*least);
                }
            }
            Cover::Share { need, price, .. } => {
                share_or_mean[at] = prices.covers[at].clamp(0.0, price.unwrap_or(f64::INFINITY));
                total.add(share_or_mean[at] * *need as f64);
            }
            Cover::Mean { most, price, .. } => {
                share_or_mean[at] = prices.covers[at].clamp(0.0, price.unwrap_or(f64::INFINITY));
                total.add(-share_or_mean[at] * *most as f64);
            }
        }
    }
    let asked = each_asked(reach);
    let mut earns = vec![0.0; reach.hosts.len()];
    for target in 0..reach.target_count() {
        let travel =
            reach.travel_price * reach.travel_weights.get(target).copied().unwrap_or(0) as f64;
        let weighs = |cover: &Cover, mean: bool| match cover {
            Cover::Mean { weights, .. } if mean => weights[target] > 0,
            Cover::Share { weights, .. } if !mean => weights[target] > 0,
            Cover::Each { .. } | Cover::Share { .. } | Cover::Mean { .. } => false,
        };
        let mean = reach.covers.iter().any(|cover| weighs(cover, true));
        let share = reach.covers.iter().any(|cover| weighs(cover, false));
        // Exactly once, exactly once or beyond, at most once, or not at all.
        let must = mean || asked[target];
        if !must && travel == 0.0 && !share {
            continue;
        }
        let value = if must || travel > 0.0 {
            prices.targets[target]
        } else {
            prices.targets[target].min(0.0)
        };
        total.add(value);
        let profit = |distance: f64, step: Option<u32>| {
            let mut profit = value - travel * distance;
            for (cover, price) in reach.covers.iter().zip(&share_or_mean) {
                match cover {
                    Cover::Share { limit, weights, .. }
                        if step.is_some_and(|step| step <= *limit) =>
                    {
                        profit += price * weights[target] as f64;
                    }
                    Cover::Mean { weights, .. } => {
                        profit -= price * weights[target] as f64 * distance
                    }
                    Cover::Each { .. } | Cover::Share { .. } => {}
                }
            }
            profit
        };
        if !must && travel > 0.0 {
            total.add(-profit(reach.beyond(target) as f64, None).max(0.0));
        }
        for at in reach.list(target) {
            let (host, distance) = (reach.host[at] as usize, reach.distance[at]);
            if distance > limits[target] {
                break;
            }
            earns[host] += profit(f64::from(distance), Some(distance)).max(0.0);
            if reach.hosts[host].always {
                break;
            }
        }
    }
    for (earned, host) in earns.iter_mut().zip(&reach.hosts) {
        if host.always {
            total.add(-*earned);
            *earned = 0.0;
        }
    }
    earns
}

/// Which targets a cover asks a host for.
fn each_asked(reach: &Reach) -> Vec<bool> {
    let mut asked = vec![false; reach.target_count()];
    for cover in &reach.covers {
        if let Cover::Each { targets, .. } = cover {
            for &target in targets {
                asked[target as usize] = true;
            }
        }
    }
    asked
}

/// Opens what lowers the total, families of a parent together.
fn add_sites(problem: &Problem, sites: &[f64], total: &mut Careful) {
    let mut family = vec![(0.0, false); problem.parents.len()];
    for (site, &term) in problem.sites.iter().zip(sites) {
        let counts = match site.lock {
            SiteLock::Open => term,
            SiteLock::Closed => 0.0,
            SiteLock::Free => term.min(0.0),
        };
        match site.parent {
            Some(parent) => {
                family[parent].0 += counts;
                family[parent].1 |= site.lock == SiteLock::Open;
            }
            None => total.add(counts),
        }
    }
    for (parent, (term, forced)) in problem.parents.iter().zip(family) {
        let together = parent.fixed_cost + term;
        total.add(if forced { together } else { together.min(0.0) });
    }
}

/// What one site can gain: its placements that gain anything, in order of gain.
struct Room<'a> {
    problem: &'a Problem,
    layout: &'a Layout,
    site: usize,
    /// Placement, gain without hosts, gain with hosts, hosts and what they earn.
    things: Vec<Thing>,
    /// None of them excludes another or shares a host with it.
    apart: bool,
    nodes: u32,
    best: f64,
    open: f64,
}

struct Thing {
    placement: usize,
    own: f64,
    full: f64,
    /// Of those with one number, at most one is chosen.
    group: usize,
    hosts: Vec<((usize, usize), f64)>,
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

    fn new(
        problem: &'a Problem,
        layout: &'a Layout,
        earns: &[Vec<f64>],
        gain: &[f64],
        site: usize,
    ) -> Room<'a> {
        let mut things = Vec::new();
        for &placement in &layout.of_site[site] {
            let hosts: Vec<_> = layout.hosts_of[placement]
                .iter()
                .map(|&(reach, host)| ((reach, host), earns[reach][host]))
                .collect();
            let full = gain[placement] + hosts.iter().map(|host| host.1).sum::<f64>();
            if full > 0.0 {
                things.push(Thing {
                    placement,
                    own: gain[placement],
                    full,
                    group: 0,
                    hosts,
                });
            }
        }
        let apart = apart(problem, layout, &things);
        for at in 0..things.len() {
            things[at].group = at;
            if apart {
                continue;
            }
            let exclude = |other: usize| {
                excludes(
                    problem,
                    layout,
                    things[other].placement,
                    things[at].placement,
                )
            };
            // The first of a group stands for it; all of a group exclude each other through one reason.
            things[at].group = (0..at)
                .find(|&other| things[other].group == other && exclude(other))
                .unwrap_or(at);
        }
        let share = |thing: &Thing| {
            let uses = &problem.placements[thing.placement].uses;
            let parts = uses.iter().zip(&problem.sites[site].capacities);
            thing.full
                / parts
                    .map(|(used, capacity)| used / capacity.max(1e-9))
                    .fold(1e-9, f64::max)
        };
        things.sort_by(|a, b| {
            share(b)
                .total_cmp(&share(a))
                .then(a.placement.cmp(&b.placement))
        });
        Room {
            problem,
            layout,
            site,
            things,
            apart,
            nodes: 0,
            best: 0.0,
            open: 0.0,
        }
    }

    /// At least the most the site can gain.
    fn most(mut self) -> f64 {
        let room: Vec<f64> = self.problem.sites[self.site]
            .capacities
            .iter()
            .map(|capacity| capacity + rounding(*capacity))
            .collect();
        let split =
            |thing: &Thing| self.problem.items[self.problem.placements[thing.placement].item].split;
        let all = self.fractional(0, &room, &[]);
        let used = |kind: usize| -> f64 {
            let uses = |thing: &Thing| self.problem.placements[thing.placement].uses[kind];
            self.things.iter().map(uses).sum()
        };
        let fit = || {
            room.iter()
                .enumerate()
                .all(|(kind, &room)| used(kind) <= room)
        };
        if self.things.iter().any(split) || (self.apart && fit()) {
            return all;
        }
        self.branch(0, 0.0, &room, &mut Vec::new());
        self.best.max(self.open).min(all)
    }

    /// At least what the things from `from` on can gain in the room left: the least over the capacities.
    fn fractional(&self, from: usize, room: &[f64], chosen: &[usize]) -> f64 {
        let left: Vec<&Thing> = self.things[from..]
            .iter()
            .filter(|thing| self.allowed(thing, chosen))
            .collect();
        let mut least: f64 = left.iter().map(|thing| thing.full).sum();
        for (kind, &room) in room.iter().enumerate() {
            let used = |thing: &&Thing| self.problem.placements[thing.placement].uses[kind];
            if left.iter().map(used).sum::<f64>() <= room {
                continue;
            }
            let mut order: Vec<&Thing> = left.clone();
            let worth = |thing: &&Thing| thing.full / used(thing).max(1e-12);
            order.sort_by(|a, b| worth(b).total_cmp(&worth(a)));
            let (mut sum, mut room) = (0.0, room.max(0.0));
            // Of those that exclude each other, a later one counts for what it adds to the one before,
            // at its own worth: never less than the best mix of them.
            let mut before: Vec<(usize, f64)> = Vec::new();
            for thing in &order {
                let known = before.iter_mut().find(|known| known.0 == thing.group);
                let extra = thing.full - known.as_ref().map_or(0.0, |known| known.1);
                if extra <= 0.0 {
                    continue;
                }
                let amount = used(thing) * (extra / thing.full);
                if amount > room {
                    sum += extra * room / amount;
                    break;
                }
                sum += extra;
                room -= amount;
                match known {
                    Some(known) => known.1 = thing.full,
                    None => before.push((thing.group, thing.full)),
                }
            }
            least = least.min(sum);
        }
        least
    }

    /// Whether conflicts, and its item's other placements, let a thing join those chosen.
    fn allowed(&self, thing: &Thing, chosen: &[usize]) -> bool {
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

    fn branch(&mut self, at: usize, sum: f64, room: &[f64], chosen: &mut Vec<usize>) {
        self.best = self.best.max(sum);
        if at == self.things.len() {
            return;
        }
        let bound = sum + self.fractional(at, room, chosen);
        if bound <= self.best {
            return;
        }
        self.nodes += 1;
        if self.nodes > Room::NODES {
            self.open = self.open.max(bound);
            return;
        }
        let thing = &self.things[at];
        let uses = &self.problem.placements[thing.placement].uses;
        let left: Vec<f64> = room
            .iter()
            .zip(uses)
            .map(|(room, used)| room - used)
            .collect();
        let fits = left
            .iter()
            .zip(uses)
            .all(|(left, used)| *left >= -1e-9 * used.abs());
        if fits && self.allowed(thing, chosen) {
            let pays = |host: &&((usize, usize), f64)| {
                !chosen
                    .iter()
                    .any(|&other| self.things[other].hosts.iter().any(|of| of.0 == host.0))
            };
            let added = thing.own
                + thing
                    .hosts
                    .iter()
                    .filter(pays)
                    .map(|host| host.1)
                    .sum::<f64>();
            chosen.push(at);
            self.branch(at + 1, sum + added, &left, chosen);
            chosen.pop();
        }
        self.branch(at + 1, sum, room, chosen);
    }
}

/// Whether two placements are in one group: through the first conflict of each that lets one be chosen,
/// else as placements of one item.
fn excludes(problem: &Problem, layout: &Layout, first: usize, second: usize) -> bool {
    let alone = |placement: usize| {
        let mut conflicts = layout.conflicts_of[placement].iter().copied();
        conflicts.find(|&conflict| problem.conflicts[conflict].most <= 1)
    };
    let item = |placement: usize| problem.placements[placement].item;
    match (alone(first), alone(second)) {
        (Some(first), Some(second)) => first == second,
        (None, None) => {
            item(first) == item(second) && problem.items[item(first)].choice != Choice::Any
        }
        _ => false,
    }
}
