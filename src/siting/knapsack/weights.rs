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
        let prices = match self.most_telling(shelf, &tight, f64::NEG_INFINITY) {
            Some((_, first)) => self.prices(shelf, &tight, first),
            None => vec![0.0; self.room.len()],
        };
        let sum = |amounts: &[f64]| paid(amounts, &prices);
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

    /// Chooses the weighted row whose fractional bound is least, or the first whose is no more than `floor`, sorts by gain
    /// for weight, and returns that bound.
    pub(super) fn weigh(&mut self, shelf: &Shelf, floor: f64) -> f64 {
        let tight = self.tight(shelf);
        let Some((bound, kind)) = self.most_telling(shelf, &tight, floor) else {
            let free = vec![0.0; self.room.len()];
            return self.bound_by(shelf, &free);
        };
        if bound <= floor || tight.len() == 1 {
            return bound;
        }
        let prices = self.prices(shelf, &tight, kind);
        let mixed = self.bound_by(shelf, &prices);
        if mixed <= bound {
            return mixed;
        }
        self.bound_alone(shelf, kind)
    }

    /// The tight capacity alone in which least can be gained, or the first in which that is no more than `floor`.
    fn most_telling(&mut self, shelf: &Shelf, tight: &[usize], floor: f64) -> Option<(f64, usize)> {
        let mut least: Option<(f64, usize)> = None;
        for &kind in tight {
            let bound = self.bound_alone(shelf, kind);
            if least.is_none_or(|least| bound < least.0) {
                least = Some((bound, kind));
            }
            if bound <= floor {
                break;
            }
        }
        least
    }

    /// The fractional bound by one capacity alone.
    fn bound_alone(&mut self, shelf: &Shelf, kind: usize) -> f64 {
        let mut prices = vec![0.0; self.room.len()];
        prices[kind] = 1.0;
        self.bound_by(shelf, &prices)
    }

    /// The fractional bound by the row that these prices weigh.
    fn bound_by(&mut self, shelf: &Shelf, prices: &[f64]) -> f64 {
        self.weigh_by(shelf, prices);
        self.fractional(shelf, 0, 0.0, self.capacity)
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
    fn prices(&mut self, shelf: &Shelf, tight: &[usize], first: usize) -> Vec<f64> {
        const SWEEPS: usize = 3;
        let mut prices = vec![0.0; self.room.len()];
        prices[first] = self.critical(shelf, first, &prices);
        for _ in 0..SWEEPS {
            let mut is_same = true;
            let others = tight.iter().filter(|&&kind| kind != first);
            for &kind in others.chain([&first]) {
                let before = std::mem::take(&mut prices[kind]);
                prices[kind] = self.critical(shelf, kind, &prices);
                is_same &= prices[kind] == before;
            }
            if is_same {
                break;
            }
        }
        prices
    }

    /// What the gain that fills up a capacity is worth for each unit of it, where the others have these prices.
    fn critical(&mut self, shelf: &Shelf, kind: usize, prices: &[f64]) -> f64 {
        self.worths.clear();
        for gain in &self.gains {
            let uses = &shelf.problem.placements[gain.placement as usize].uses;
            let (used, worth) = (uses[kind], gain.full - paid(uses, prices));
            if used > 0.0 && worth > 0.0 && worth / used < f64::INFINITY {
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

    /// Weighs every gain by these prices, and sorts them by gain for weight.
    fn weigh_by(&mut self, shelf: &Shelf, prices: &[f64]) {
        for gain in &mut self.gains {
            let uses = &shelf.problem.placements[gain.placement as usize].uses;
            gain.weight = paid(uses, prices);
            gain.density = gain.full / gain.weight;
        }
        self.capacity = paid(&self.room, prices);
        self.gains.sort_unstable_by(|a, b| {
            (b.density)
                .total_cmp(&a.density)
                .then(a.placement.cmp(&b.placement))
        });
    }
}

/// What amounts of all capacities cost; of one without a price nothing, however boundless.
fn paid(amounts: &[f64], prices: &[f64]) -> f64 {
    let priced = amounts.iter().zip(prices).filter(|part| *part.1 > 0.0);
    priced.fold(0.0, |sum, (amount, price)| sum + amount * price)
}
