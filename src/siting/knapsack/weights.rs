//! The one weighted row of all capacities that a knapsack is bounded by, and what it says of single placements.

use super::{Gain, Knapsack, Shelf};

impl Knapsack {
    /// For each of these placements of a site, with what it gains: the site gains at most so much less with it, whatever
    /// else is chosen, than the first number; by prices of the capacities alone, so for little work however crowded it is.
    pub(in super::super) fn losses(
        &mut self,
        shelf: &Shelf,
        site: usize,
        gains: &[Gain],
        placements: impl Iterator<Item = (usize, f64)>,
    ) -> (f64, Vec<f64>) {
        self.taken.clear();
        self.lay_out(shelf, site, gains);
        let tight = self.tight(shelf);
        let mut prices = vec![0.0; self.room.len()];
        if let Some(&first) = self.most_telling(shelf, &tight) {
            self.price(shelf, &tight, first, &mut prices);
        }
        let sum = |amounts: &[f64]| -> f64 {
            let parts = amounts.iter().zip(&prices);
            parts.map(|(amount, price)| amount * price).sum()
        };
        self.count_none();
        for gain in &self.gains {
            let left = gain.full - sum(&shelf.problem.placements[gain.placement as usize].uses);
            let counted = &mut self.group_best[gain.group as usize];
            if left > *counted {
                *counted = left;
                self.counted.push(gain.group);
            }
        }
        let most = sum(&self.room) + self.group_best.iter().sum::<f64>();
        let time = self.time;
        let loss = |(placement, full): (usize, f64)| {
            let group = match self.known(shelf, placement) {
                Some((known, group)) if *known == time => Some(*group),
                _ => None,
            };
            let own = full - sum(&shelf.problem.placements[placement].uses);
            // One that excludes none stands in a group of its own, if it gains.
            let instead = group.map_or(own.max(0.0), |group| self.group_best[group as usize]);
            instead - own
        };
        let losses = placements.map(loss).collect();
        (most, losses)
    }

    /// The tight capacity alone in which least can be gained.
    fn most_telling<'a>(&mut self, shelf: &Shelf, tight: &'a [usize]) -> Option<&'a usize> {
        let mut prices = vec![0.0; self.room.len()];
        let mut bound = |kind: &&usize| {
            prices.fill(0.0);
            prices[**kind] = 1.0;
            self.lay(shelf, &prices);
            self.fractional(shelf, 0, 0.0, self.capacity)
        };
        let bounds: Vec<(f64, &usize)> = tight.iter().map(|kind| (bound(&kind), kind)).collect();
        let least = bounds.into_iter().min_by(|a, b| a.0.total_cmp(&b.0));
        least.map(|least| least.1)
    }

    /// Chooses the weighted row whose fractional bound is least, or the first whose is no more than `floor`, sorts by gain
    /// for weight, and returns that bound.
    pub(super) fn weigh(&mut self, shelf: &Shelf, floor: f64) -> f64 {
        let tight = self.tight(shelf);
        let mut prices = vec![0.0; self.room.len()];
        let mut least: Option<(f64, usize)> = None;
        for &kind in &tight {
            prices.fill(0.0);
            prices[kind] = 1.0;
            self.lay(shelf, &prices);
            let bound = self.fractional(shelf, 0, 0.0, self.capacity);
            if bound <= floor || tight.len() == 1 {
                return bound;
            }
            if least.is_none_or(|least| bound < least.0) {
                least = Some((bound, kind));
            }
        }
        prices.fill(0.0);
        let Some((bound, kind)) = least else {
            self.lay(shelf, &prices);
            return self.fractional(shelf, 0, 0.0, self.capacity);
        };
        self.price(shelf, &tight, kind, &mut prices);
        self.lay(shelf, &prices);
        let mixed = self.fractional(shelf, 0, 0.0, self.capacity);
        if mixed <= bound {
            return mixed;
        }
        prices.fill(0.0);
        prices[kind] = 1.0;
        self.lay(shelf, &prices);
        bound
    }

    /// The capacities that have no room for all gains.
    fn tight(&self, shelf: &Shelf) -> Vec<usize> {
        let mut used = vec![0.0; self.room.len()];
        for gain in &self.gains {
            let uses = &shelf.problem.placements[gain.placement as usize].uses;
            for (used, amount) in used.iter_mut().zip(uses) {
                *used += amount;
            }
        }
        let tight = |kind: &usize| used[*kind] > self.room[*kind];
        (0..used.len()).filter(tight).collect()
    }

    /// A price for each capacity: each in turn, the most telling one first, that of the gain that fills up what the others
    /// leave of it.
    fn price(&mut self, shelf: &Shelf, tight: &[usize], first: usize, prices: &mut [f64]) {
        const SWEEPS: usize = 3;
        prices[first] = self.critical(shelf, first, prices);
        for _ in 0..SWEEPS {
            let mut is_same = true;
            let others = tight.iter().filter(|&&kind| kind != first);
            for &kind in others.chain([&first]) {
                let before = std::mem::take(&mut prices[kind]);
                prices[kind] = self.critical(shelf, kind, prices);
                is_same &= prices[kind] == before;
            }
            if is_same {
                break;
            }
        }
    }

    /// What the gain that fills up a capacity is worth for each unit of it, where the others have these prices.
    fn critical(&mut self, shelf: &Shelf, kind: usize, prices: &[f64]) -> f64 {
        self.worths.clear();
        for gain in &self.gains {
            let uses = &shelf.problem.placements[gain.placement as usize].uses;
            let paid: f64 = uses
                .iter()
                .zip(prices)
                .map(|(used, price)| used * price)
                .sum();
            let (used, worth) = (uses[kind], gain.full - paid);
            if used > 0.0 && worth > 0.0 {
                self.worths.push((worth / used, worth, gain.group));
            }
        }
        (self.worths).sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)));
        self.count_none();
        let mut room = self.room[kind].max(0.0);
        for &(density, worth, group) in &self.worths {
            let counted = &mut self.group_best[group as usize];
            if worth <= *counted {
                continue;
            }
            room -= (worth - *counted) / density;
            if room < 0.0 {
                return density;
            }
            *counted = worth;
            self.counted.push(group);
        }
        0.0
    }

    /// Forgets what counts of each group.
    pub(super) fn count_none(&mut self) {
        for group in self.counted.drain(..) {
            self.group_best[group as usize] = 0.0;
        }
    }

    fn lay(&mut self, shelf: &Shelf, row: &[f64]) {
        for gain in &mut self.gains {
            let uses = &shelf.problem.placements[gain.placement as usize].uses;
            gain.weight = uses.iter().zip(row).map(|(used, unit)| used * unit).sum();
            gain.density = gain.full / gain.weight.max(1e-12);
        }
        self.capacity = self
            .room
            .iter()
            .zip(row)
            .map(|(room, unit)| room * unit)
            .sum();
        self.gains.sort_unstable_by(|a, b| {
            (b.density)
                .total_cmp(&a.density)
                .then(a.placement.cmp(&b.placement))
        });
    }
}
