//! The ascent: Adam with long memory and decaying steps.

use super::super::state::Ground;
use super::super::web::Asks;
use super::{Assigned, Dual, Multipliers, ties};

/// Every so many steps it is asked whether they lost what they began with: then they are too long, and the next ones shorter.
const TRIAL: u32 = 8;
const SHORTER: f64 = 0.4;

/// Below so many rounds, they are few.
const FEW: u32 = 200;

/// How much farther the multipliers of targets that need not be served may step than those of others, on average.
const OPTIONAL: f64 = 6.0;

impl Dual<'_> {
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
        ties::slopes(ground, &self.open, &self.picked, &mut grad);
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

    /// What leaving out its targets would cost, over all hosts.
    fn left_out(&self) -> f64 {
        let web = self.ground.web;
        let mut sum = 0.0;
        for target in 0..web.targets() {
            for care in web.cares(target) {
                if let (Asks::Share(_), Some(price)) =
                    (care.asks, web.counts[care.cover as usize].price)
                {
                    sum += price * care.weight as f64 * web.list(target).len() as f64;
                }
            }
        }
        sum
    }

    /// What all items cost at their dearest.
    fn dearest(&self) -> f64 {
        let layout = self.ground.layout;
        let dearest = |placements: &Vec<usize>| {
            let costs = placements.iter().map(|&at| layout.cost[at].abs());
            costs.fold(0.0, f64::max)
        };
        layout.of_item.iter().map(dearest).sum()
    }

    /// How far each target's multiplier may step: 1, and by what it counts for where it need not be served.
    fn reaches(&self) -> Vec<f64> {
        let web = self.ground.web;
        let mut steps = vec![1.0; web.targets()];
        let optional = |target: &usize| self.assigned[*target] == Assigned::AtMostOnce;
        let targets: Vec<usize> = (0..web.targets()).filter(optional).collect();
        let weight = |&target: &usize| -> f64 {
            web.cares(target)
                .iter()
                .map(|care| care.weight as f64)
                .sum()
        };
        let mean = targets.iter().map(weight).sum::<f64>() / targets.len().max(1) as f64;
        if mean > 0.0 {
            for target in targets {
                steps[target] = OPTIONAL * weight(&target) / mean;
            }
        }
        steps
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
        let unit = (least / items)
            .max(0.3 * fixed / items)
            .max(self.travel_unit());
        // Where nothing costs anything at its cheapest, what is left out does, or another placement.
        let unit = [unit, 0.3 * self.left_out() / items, self.dearest() / items]
            .into_iter()
            .find(|unit| *unit > 0.0)
            .unwrap_or(0.0);
        let unit = unit.max(1e-9);
        let mut steps = Multipliers::like(ground, 0.0);
        steps.items.fill(0.05 * unit);
        steps.targets = self.reaches();
        for step in &mut steps.targets {
            *step *= 0.008 * unit;
        }
        steps.requires.fill(0.02 * unit);
        for (step, pair) in steps.pairs.iter_mut().zip(&ground.problem.pairs) {
            *step = 0.02 * pair.reward.abs();
        }
        let sites = ground.problem.sites.len().max(1) as f64;
        steps.variants.fill(0.05 * unit.max(fixed / sites));
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
    pub(in super::super) fn climb(
        &mut self,
        rounds: u32,
        stop: &dyn Fn(u32, Option<f64>) -> bool,
    ) -> u32 {
        if self.best.is_none() {
            self.begin(&|| stop(0, None));
        }
        let mut pace = Pace::new(self.steps(), self.ground);
        // Few rounds need their first steps for longer.
        let decay = if rounds < FEW { 1.0 } else { 1.5 };
        let mut begun_at = None;
        for round in 0..rounds {
            if stop(round, self.best.as_ref().map(|best| best.0)) {
                return round;
            }
            let bound = self.evaluate();
            self.keep(bound);
            let begun = *begun_at.get_or_insert(bound);
            if pace.taken > 0
                && pace.taken.is_multiple_of(TRIAL)
                && bound < begun
                && let Some((best, multipliers)) = &self.best
            {
                self.now.clone_from(multipliers);
                pace = pace.shorter(self.ground);
                begun_at = Some(*best);
                continue;
            }
            self.gradient();
            let left = 1.0 - f64::from(round) / f64::from(rounds);
            pace.step(
                left.powf(decay),
                &self.grad,
                &mut self.now,
                (&self.low, &self.high),
            );
        }
        rounds
    }

    /// Remembers the multipliers of now where their bound is the best so far.
    pub(super) fn keep(&mut self, bound: f64) {
        if !bound.is_finite() || self.best.as_ref().is_some_and(|best| bound <= best.0) {
            return;
        }
        match &mut self.best {
            Some(best) => {
                best.0 = bound;
                best.1.clone_from(&self.now);
            }
            None => self.best = Some((bound, self.now.clone())),
        }
    }
}

/// How far the next step goes, by the slopes so far.
struct Pace {
    steps: Multipliers,
    /// Means of slopes and of their squares.
    first: Multipliers,
    second: Multipliers,
    taken: u32,
}

impl Pace {
    const MEMORY: f64 = 0.97;
    const SPREAD: f64 = 0.999;

    fn new(steps: Multipliers, ground: &Ground) -> Pace {
        Pace {
            steps,
            first: Multipliers::like(ground, 0.0),
            second: Multipliers::like(ground, 0.0),
            taken: 0,
        }
    }

    /// One that begins anew with steps that are less long.
    fn shorter(mut self, ground: &Ground) -> Pace {
        for step in self.steps.parts_mut().into_iter().flatten() {
            *step *= SHORTER;
        }
        Pace::new(self.steps, ground)
    }

    /// Takes a step, `share` of its full length, from where multipliers are now to where they may be.
    fn step(
        &mut self,
        share: f64,
        slopes: &Multipliers,
        now: &mut Multipliers,
        (low, high): (&Multipliers, &Multipliers),
    ) {
        self.taken += 1;
        let power = i32::try_from(self.taken).unwrap_or(i32::MAX);
        let (one, two) = (
            1.0 - Pace::MEMORY.powi(power),
            1.0 - Pace::SPREAD.powi(power),
        );
        let moments = (self.first.parts_mut().into_iter()).zip(self.second.parts_mut());
        let limits = low.parts().into_iter().zip(high.parts());
        let all = now
            .parts_mut()
            .into_iter()
            .zip(slopes.parts())
            .zip(self.steps.parts());
        for ((((now, slopes), steps), (first, second)), (low, high)) in all.zip(moments).zip(limits)
        {
            for at in 0..now.len() {
                let slope = slopes[at];
                first[at] = Pace::MEMORY * first[at] + (1.0 - Pace::MEMORY) * slope;
                second[at] = Pace::SPREAD * second[at] + (1.0 - Pace::SPREAD) * slope * slope;
                let move_by =
                    share * steps[at] * (first[at] / one) / ((second[at] / two).sqrt() + 1e-12);
                now[at] = (now[at] + move_by).clamp(low[at], high[at]);
            }
        }
    }
}
