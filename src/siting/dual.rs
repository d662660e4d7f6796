//! The Lagrangian dual: a bound no solution beats, and prices that say what is worth doing.
//!
//! Relaxed, each with a multiplier: how often an item is placed, that a target is assigned to one host,
//! shares, means, rows, requirements. Kept, exactly, per site: capacities, conflicts, the fixed cost and, per parent,
//! its shared cost. One assignment of targets to hosts expresses worst distance, share, mean and travel
//! of a reach together. Variants are dropped and pairs count half their reward at either placement: each
//! is a relaxation. The ascent is Adam with long memory and decaying steps.

use super::certificate::Certificate;
use super::knapsack::{Gain, Knapsack, Shelf};
use super::problem::{Choice, Problem, SiteLock};
use super::state::Ground;
use super::web::{Asks, Web};

/// Nodes of one knapsack behind a reduced cost: there is one for each placement.
const REDUCED_NODES: u32 = 500;

/// Multipliers of everything relaxed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Multipliers {
    pub(super) items: Vec<f64>,
    /// One for each target of the web.
    pub(super) targets: Vec<f64>,
    /// One for each count of the web: 0 for targets' own limits and for travel.
    pub(super) counts: Vec<f64>,
    pub(super) rows: Vec<f64>,
    /// One for each placement: 0 where it requires nothing.
    pub(super) requires: Vec<f64>,
}

/// A bound, its multipliers, and what follows for single placements and sites.
#[derive(Clone, Debug)]
pub(super) struct Prices {
    pub(super) bound: f64,
    pub(super) multipliers: Multipliers,
    /// What a solution with this placement, whole, costs more than the bound, at least; infinite where there
    /// is no room for it.
    pub(super) reduced: Vec<f64>,
    /// What each site adds when open: at least.
    pub(super) sites: Vec<f64>,
}

impl Prices {
    /// The same prices beside a certificate's bound, whose terms of the sites may be higher than the dual's
    /// own: what a placement adds to that bound is less by the difference.
    pub(super) fn beside(mut self, problem: &Problem, certificate: &Certificate) -> Prices {
        for (reduced, placement) in self.reduced.iter_mut().zip(&problem.placements) {
            let higher = certificate.sites[placement.site] - self.sites[placement.site];
            *reduced = (*reduced - higher.max(0.0)).max(0.0);
        }
        self.bound = certificate.bound;
        self.sites.clone_from(&certificate.sites);
        self
    }

    /// What opening a site costs by these prices, beyond what its placements bring.
    pub(super) fn opening(&self, problem: &Problem, site: usize) -> f64 {
        let of = &problem.sites[site];
        if of.lock == SiteLock::Free && of.parent.is_none() {
            self.sites[site].max(0.0)
        } else {
            0.0
        }
    }

    /// The reduced cost that about so many placements do not exceed.
    pub(super) fn cutoff(&self, count: usize) -> f64 {
        let mut reduced = self.reduced.clone();
        if reduced.is_empty() {
            return 0.0;
        }
        let at = count.clamp(1, reduced.len()) - 1;
        *reduced.select_nth_unstable_by(at, f64::total_cmp).1
    }
}

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
    /// Whether each target must be assigned (else it may be), and its distance without a host.
    assigned: Vec<Assigned>,
    low: Multipliers,
    high: Multipliers,
    pub(super) now: Multipliers,
    pub(super) best: Option<(f64, Multipliers)>,
    rates: Vec<Rate>,
    earns: Vec<f64>,
    site_term: Vec<f64>,
    knapsack: Knapsack,
    node_cap: u32,
    gains: Vec<Gain>,
    picked: Vec<Vec<u32>>,
    open: Vec<bool>,
    grad: Multipliers,
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

impl Multipliers {
    fn like(ground: &Ground, value: f64) -> Multipliers {
        Multipliers {
            items: vec![value; ground.problem.items.len()],
            targets: vec![value; ground.web.targets()],
            counts: vec![value; ground.web.counts.len()],
            rows: vec![value; ground.problem.rows.len()],
            requires: vec![value; ground.problem.placements.len()],
        }
    }

    fn parts(&self) -> [&[f64]; 5] {
        [
            &self.items,
            &self.targets,
            &self.counts,
            &self.rows,
            &self.requires,
        ]
    }

    fn parts_mut(&mut self) -> [&mut [f64]; 5] {
        [
            &mut self.items,
            &mut self.targets,
            &mut self.counts,
            &mut self.rows,
            &mut self.requires,
        ]
    }
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
        for (item, placements) in ground.layout.of_item.iter().enumerate() {
            let price = |&placement: &usize| {
                let of = &ground.problem.placements[placement];
                let site = &ground.problem.sites[of.site];
                let part = of
                    .uses
                    .iter()
                    .zip(&site.capacities)
                    .map(|(used, capacity)| used / capacity.max(1e-9));
                ground.layout.cost[placement]
                    + site.fixed_cost.max(0.0) * part.fold(0.0, f64::max).min(1.0)
            };
            let least = placements.iter().map(price).fold(f64::INFINITY, f64::min);
            now.items[item] = if least.is_finite() {
                least.clamp(low.items[item], high.items[item])
            } else {
                0.0
            };
        }
        Dual {
            ground,
            starts,
            entries,
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
            knapsack: Knapsack::new(
                ground.problem,
                ground.layout,
                &web.hosts_of,
                web.always.len(),
            ),
            node_cap,
            gains: Vec::new(),
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
        let (ground, web) = (self.ground, self.ground.web);
        self.set_rates();
        for host in 0..web.always.len() {
            let entries = &self.entries[self.starts[host]..self.starts[host + 1]];
            self.earns[host] = entries
                .iter()
                .map(|&entry| self.profit(entry).max(0.0))
                .sum();
        }
        let mut bound = ground.layout.constant + self.fixed_part();
        for site in 0..ground.problem.sites.len() {
            self.site(site);
        }
        bound += self.open_sites();
        bound
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
    fn site(&mut self, site: usize) {
        let ground = self.ground;
        let (problem, layout) = (ground.problem, ground.layout);
        let mut fixed = problem.sites[site].fixed_cost;
        for &(row, coefficient) in &ground.rows_of_site[site] {
            fixed += self.now.rows[row as usize] * coefficient;
        }
        self.picked[site].clear();
        self.gains.clear();
        let mut sum = 0.0;
        for &placement in &layout.of_site[site] {
            let (own, full) = self.gain(placement);
            if full > 0.0 {
                sum += full;
                self.gains.push(Gain::new(placement, own, full));
            }
        }
        if self.gains.is_empty() || (sum <= fixed && problem.sites[site].lock != SiteLock::Open) {
            self.site_term[site] = fixed - sum;
            return;
        }
        let shelf = Shelf {
            problem,
            layout,
            hosts_of: &ground.web.hosts_of,
            earns: &self.earns,
            node_cap: self.node_cap,
        };
        let most = self.knapsack.most(&shelf, site, &self.gains);
        self.picked[site].extend_from_slice(&self.knapsack.chosen);
        self.site_term[site] = fixed - most;
    }

    /// What a placement earns at the prices of now: without its hosts, and with them.
    fn gain(&self, placement: usize) -> (f64, f64) {
        let ground = self.ground;
        let mut own = self.now.items[ground.problem.placements[placement].item]
            - ground.layout.cost[placement];
        for &(row, coefficient) in &ground.rows_of_placement[placement] {
            own -= self.now.rows[row as usize] * coefficient;
        }
        for &(_, reward) in &ground.pairs_of[placement] {
            own += 0.5 * reward.max(0.0);
        }
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

    /// The direction in which the bound rises, from the relaxed solution just found.
    fn gradient(&mut self) {
        let ground = self.ground;
        let web = ground.web;
        let mut grad = std::mem::take(&mut self.grad);
        grad.items.fill(1.0);
        grad.requires.fill(0.0);
        for (at, count) in web.counts.iter().enumerate() {
            grad.counts[at] = count.need.map_or(-count.slack as f64, |need| need as f64);
        }
        for (target, how) in self.assigned.iter().enumerate() {
            grad.targets[target] = if *how == Assigned::Out { 0.0 } else { 1.0 };
            if let Assigned::OrBeyond(beyond) = *how
                && self.beyond_profit(target, beyond) > 0.0
            {
                grad.targets[target] = 0.0;
            }
        }
        let mut activity = vec![0.0; ground.problem.rows.len()];
        let mut serves = web.always.clone();
        for site in 0..self.open.len() {
            if !self.open[site] {
                continue;
            }
            for &(row, coefficient) in &ground.rows_of_site[site] {
                activity[row as usize] += coefficient;
            }
            for &placement in &self.picked[site] {
                let placement = placement as usize;
                grad.items[ground.problem.placements[placement].item] -= 1.0;
                if !ground.problem.placements[placement].requires.is_empty() {
                    grad.requires[placement] += 1.0;
                }
                for &by in &ground.required_by[placement] {
                    grad.requires[by as usize] -= 1.0;
                }
                for &(row, coefficient) in &ground.rows_of_placement[placement] {
                    activity[row as usize] += coefficient;
                }
                for &host in &web.hosts_of[placement] {
                    serves[host as usize] = true;
                }
            }
        }
        for (host, _) in serves.iter().enumerate().filter(|(_, serves)| **serves) {
            for &entry in &self.entries[self.starts[host]..self.starts[host + 1]] {
                if self.profit(entry) > 0.0 {
                    grad.targets[entry.target as usize] -= 1.0;
                    for care in web.cares(entry.target as usize) {
                        match care.asks {
                            Asks::Share(limit) if entry.distance <= limit => {
                                grad.counts[care.cover as usize] -= care.weight as f64;
                            }
                            Asks::Mean => {
                                grad.counts[care.cover as usize] +=
                                    care.weight as f64 * f64::from(entry.distance);
                            }
                            Asks::Each(_) | Asks::Share(_) | Asks::Travel(_) => {}
                        }
                    }
                }
            }
        }
        for (at, row) in ground.problem.rows.iter().enumerate() {
            let (most, least) = (
                row.at_most.unwrap_or(f64::INFINITY),
                row.at_least.unwrap_or(f64::NEG_INFINITY),
            );
            let price = self.now.rows[at];
            grad.rows[at] = if price > 0.0 || (price == 0.0 && activity[at] > most) {
                activity[at] - most
            } else if price < 0.0 || activity[at] < least {
                activity[at] - least
            } else {
                0.0
            };
        }
        self.grad = grad;
    }

    /// What the travel of a target costs at a host of middling distance, on average over those that pay.
    fn travel_unit(&self) -> f64 {
        let web = self.ground.web;
        let (mut sum, mut paying) = (0.0, 0.0f64);
        for target in 0..web.targets() {
            for care in web.cares(target) {
                let price = web.counts[care.cover as usize].price.unwrap_or(0.0);
                if price > 0.0 && matches!(care.asks, Asks::Travel(_)) {
                    let middle = (web.list(target).len() / 4) as u32;
                    let near = f64::from(web.at_rank(target, middle).unwrap_or(1));
                    sum += price * care.weight as f64 * near;
                    paying += 1.0;
                }
            }
        }
        sum / paying.max(1.0)
    }

    /// First steps for each kind of multiplier, from the size of costs and weights.
    fn steps(&self) -> Multipliers {
        let (ground, web) = (self.ground, self.ground.web);
        let items = ground.problem.items.len().max(1) as f64;
        let fixed: f64 = ground
            .problem
            .sites
            .iter()
            .map(|site| site.fixed_cost.abs())
            .sum();
        let least = self.now.items.iter().map(|price| price.abs()).sum::<f64>();
        let travel = self.travel_unit();
        let unit = (least / items)
            .max(0.3 * fixed / items)
            .max(travel)
            .max(1e-9);
        let mut steps = Multipliers::like(ground, 0.0);
        steps.items.fill(0.05 * unit);
        steps.targets.fill(0.008 * unit);
        steps.requires.fill(0.02 * unit);
        let mut weights = vec![(0.0f64, 0.0f64); web.counts.len()];
        for target in 0..web.targets() {
            let near = f64::from(web.at_rank(target, 0).unwrap_or(1)).max(1.0);
            for care in web.cares(target) {
                let of = &mut weights[care.cover as usize];
                let steps = if care.asks == Asks::Mean {
                    2.0 * near
                } else {
                    1.0
                };
                *of = (of.0 + care.weight as f64 * steps, of.1 + 1.0);
            }
        }
        for (at, count) in web.counts.iter().enumerate() {
            let (sum, number) = weights[at];
            if sum > 0.0 {
                let base = if count.need.is_some() { 0.015 } else { 0.008 };
                steps.counts[at] = base * unit * number / sum;
            }
        }
        for (at, row) in ground.problem.rows.iter().enumerate() {
            let sum: f64 = row.terms.iter().map(|term| term.1.abs()).sum();
            steps.rows[at] = 0.05 * unit * row.terms.len() as f64 / sum.max(1e-9);
        }
        steps
    }

    /// Climbs for a number of rounds fixed beforehand, unless stopped; `stop` hears the round and the best
    /// bound so far. `best` keeps the best multipliers.
    pub(super) fn climb(&mut self, rounds: u32, stop: &dyn Fn(u32, Option<f64>) -> bool) -> u32 {
        const MEMORY: f64 = 0.97;
        const SPREAD: f64 = 0.999;
        let steps = self.steps();
        let mut first = Multipliers::like(self.ground, 0.0);
        let mut second = Multipliers::like(self.ground, 0.0);
        for round in 0..rounds {
            if stop(round, self.best.as_ref().map(|best| best.0)) {
                return round;
            }
            let bound = self.evaluate();
            if self.best.as_ref().is_none_or(|best| bound > best.0) && bound.is_finite() {
                match &mut self.best {
                    Some(best) => {
                        best.0 = bound;
                        best.1.clone_from(&self.now);
                    }
                    None => self.best = Some((bound, self.now.clone())),
                }
            }
            self.gradient();
            let decay = (1.0 - f64::from(round) / f64::from(rounds)).powf(1.5);
            let power = i32::try_from(round + 1).unwrap_or(i32::MAX);
            let (one, two) = (1.0 - MEMORY.powi(power), 1.0 - SPREAD.powi(power));
            let moments = first.parts_mut().into_iter().zip(second.parts_mut());
            let limits = self.low.parts().into_iter().zip(self.high.parts());
            let all = self
                .now
                .parts_mut()
                .into_iter()
                .zip(self.grad.parts())
                .zip(steps.parts());
            for ((((now, grad), step), (first, second)), (low, high)) in
                all.zip(moments).zip(limits)
            {
                for at in 0..now.len() {
                    first[at] = MEMORY * first[at] + (1.0 - MEMORY) * grad[at];
                    second[at] = SPREAD * second[at] + (1.0 - SPREAD) * grad[at] * grad[at];
                    let move_by =
                        decay * step[at] * (first[at] / one) / ((second[at] / two).sqrt() + 1e-12);
                    now[at] = (now[at] + move_by).clamp(low[at], high[at]);
                }
            }
        }
        rounds
    }

    /// What choosing each placement of a site adds to the bound: the site at its best with it, against the
    /// site at its best.
    fn reduce(&mut self, site: usize, reduced: &mut [f64]) {
        let ground = self.ground;
        let of = &ground.problem.sites[site];
        let mut fixed = of.fixed_cost;
        for &(row, coefficient) in &ground.rows_of_site[site] {
            fixed += self.now.rows[row as usize] * coefficient;
        }
        self.gains.clear();
        for &placement in &ground.layout.of_site[site] {
            let (own, full) = self.gain(placement);
            if full > 0.0 {
                self.gains.push(Gain::new(placement, own, full));
            }
        }
        let best = match of.lock {
            SiteLock::Open => self.site_term[site],
            // With a parent, what the site counts for depends on its family.
            _ if of.parent.is_some() => self.site_term[site],
            _ => self.site_term[site].min(0.0),
        };
        for &placement in &ground.layout.of_site[site] {
            let (own, _) = self.gain(placement);
            let shelf = Shelf {
                problem: ground.problem,
                layout: ground.layout,
                hosts_of: &ground.web.hosts_of,
                earns: &self.earns,
                node_cap: self.node_cap,
            };
            let most = self
                .knapsack
                .most_beside(&shelf, site, &self.gains, placement, own);
            reduced[placement] = (fixed - most - best).max(0.0);
        }
    }

    /// The prices at the best multipliers, with a larger node limit.
    pub(super) fn prices(&mut self, node_cap: u32) -> Option<Prices> {
        let (_, multipliers) = self.best.clone()?;
        let usual = std::mem::replace(&mut self.node_cap, node_cap);
        let kept = std::mem::replace(&mut self.now, multipliers.clone());
        let bound = self.evaluate();
        self.node_cap = node_cap.min(REDUCED_NODES);
        let mut reduced = vec![0.0; self.ground.problem.placements.len()];
        for site in 0..self.ground.problem.sites.len() {
            self.reduce(site, &mut reduced);
        }
        self.node_cap = usual;
        self.now = kept;
        Some(Prices {
            bound,
            multipliers,
            reduced,
            sites: self.site_term.clone(),
        })
    }
}

/// What each multiplier may be.
fn bounds(ground: &Ground, assigned: &[Assigned], low: &mut Multipliers, high: &mut Multipliers) {
    for (at, item) in ground.problem.items.iter().enumerate() {
        match item.choice {
            Choice::ExactlyOne => {}
            Choice::AtMostOne => high.items[at] = 0.0,
            Choice::Any => (low.items[at], high.items[at]) = (0.0, 0.0),
        }
    }
    for (target, how) in assigned.iter().enumerate() {
        match how {
            Assigned::Out => (low.targets[target], high.targets[target]) = (0.0, 0.0),
            Assigned::AtMostOnce => high.targets[target] = 0.0,
            Assigned::Once | Assigned::OrBeyond(_) => {}
        }
    }
    for (at, count) in ground.web.counts.iter().enumerate() {
        low.counts[at] = 0.0;
        high.counts[at] = match (count.each, count.cover, count.price) {
            (true, _, _) | (_, None, _) => 0.0,
            (_, _, price) => price.unwrap_or(f64::INFINITY),
        };
    }
    for (at, placement) in ground.problem.placements.iter().enumerate() {
        low.requires[at] = 0.0;
        if placement.requires.is_empty() {
            high.requires[at] = 0.0;
        }
    }
    for (at, row) in ground.problem.rows.iter().enumerate() {
        let most = row.price.unwrap_or(f64::INFINITY);
        low.rows[at] = if row.at_least.is_some() { -most } else { 0.0 };
        high.rows[at] = if row.at_most.is_some() { most } else { 0.0 };
    }
}
