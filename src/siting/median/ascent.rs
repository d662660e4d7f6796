//! The bound: each target has a price for being served, each site takes the targets that it serves for
//! less, and the sites then stand alone.
//!
//! With `v` the prices, a site is worth `ρ = fixed + Σ min(0, cost − v)` and no solution costs less than
//! `Σ v` and the least that as many sites as may be open add up to. Prices climb along a subgradient smoothed over the
//! steps, as far as the distance to the best solution suggests (Polyak; the smoothing is Barahona and Anbil's).

use super::super::problem::SiteLock;
use super::lists::Lists;

/// What is fixed while the prices climb.
pub(super) struct Frame<'a> {
    pub(super) fixed: &'a [f64],
    pub(super) locks: &'a [SiteLock],
    pub(super) lists: &'a Lists,
    pub(super) least: usize,
    pub(super) most: usize,
}

/// The bound that one set of prices gives, and what it says about the sites.
#[derive(Clone, Debug)]
pub(super) struct Bound {
    pub(super) value: f64,
    pub(super) prices: Vec<f64>,
    /// What each site is worth.
    pub(super) worth: Vec<f64>,
}

/// Where an ascent has come to.
pub(super) struct Ascent {
    pub(super) best: Bound,
    /// How often each site was open of late, from 0 to 1.
    pub(super) open: Vec<f64>,
    slope: Vec<f64>,
    stride: f64,
}

/// Share of a new subgradient in the direction that is climbed along.
const FRESH: f64 = 0.25;
/// Share of a new set of open sites in their mean.
const RECENT: f64 = 0.05;
/// Steps without a better bound before the stride is halved.
const PATIENCE: usize = 15;

/// How an ascent is to go on.
pub(super) struct Climb<'a> {
    /// Steps at most.
    pub(super) steps: usize,
    /// Nothing above this bound is of use.
    pub(super) enough: f64,
    /// Cost of the best solution known.
    pub(super) upper: f64,
    /// Ends when the stride has become this short.
    pub(super) shortest: f64,
    pub(super) stop: &'a dyn Fn() -> bool,
}

impl Bound {
    /// The price of one open site more, where their number is limited: positive where it is the most that
    /// binds, negative where it is the least.
    pub(super) fn count_price(&self, least: usize, most: usize) -> f64 {
        let mut worth = self.worth.clone();
        worth.sort_unstable_by(f64::total_cmp);
        let at = |count: usize| worth.get(count.wrapping_sub(1)).copied();
        let least = at(least).unwrap_or(0.0).max(0.0);
        let most = at(most).unwrap_or(0.0).min(0.0);
        -(least + most)
    }
}

impl Frame<'_> {
    /// Values one set of prices: the bound, what each site is worth, and which are open.
    fn value(&self, prices: &[f64], worth: &mut [f64], open: &mut [bool]) -> f64 {
        worth.copy_from_slice(self.fixed);
        for (list, &price) in self.lists.iter().zip(prices) {
            for entry in list {
                if entry.cost >= price {
                    break;
                }
                worth[entry.site as usize] += entry.cost - price;
            }
        }
        let mut size = 0.0;
        let mut value = 0.0;
        for &price in prices {
            value += price;
            size += price.abs();
        }
        for site in self.opened(worth) {
            open[site] = true;
            value += worth[site];
            size += worth[site].abs();
        }
        value - 1e-13 * size
    }

    /// The sites that add up to the least, as few and as many as may be open.
    fn opened(&self, worth: &[f64]) -> Vec<usize> {
        let of = |lock| (0..worth.len()).filter(move |&site| self.locks[site] == lock);
        let mut opened: Vec<usize> = of(SiteLock::Open).collect();
        let mut free: Vec<usize> = of(SiteLock::Free).collect();
        let by_worth = |a: &usize, b: &usize| worth[*a].total_cmp(&worth[*b]).then(a.cmp(b));
        let room = self.most.saturating_sub(opened.len()).min(free.len());
        if room < free.len() && room > 0 {
            free.select_nth_unstable_by(room - 1, by_worth);
        }
        free.truncate(room);
        let must = self.least.saturating_sub(opened.len());
        if must > 0 && must < room {
            free.select_nth_unstable_by(must - 1, by_worth);
        }
        let (needed, wanted) = free.split_at(must.min(room));
        opened.extend(needed);
        opened.extend(wanted.iter().filter(|&&site| worth[site] < 0.0));
        opened
    }

    /// How much more every solution costs that closes an open site or opens a closed one, beside a bound:
    /// one amount per site, for the state that it is not in.
    pub(super) fn regrets(&self, worth: &[f64]) -> (Vec<bool>, Vec<f64>) {
        let mut open = vec![false; worth.len()];
        let opened = self.opened(worth);
        for &site in &opened {
            open[site] = true;
        }
        let free = |site: &usize| self.locks[*site] == SiteLock::Free;
        let all = || 0..worth.len();
        let next = all()
            .filter(|site| free(site) && !open[*site])
            .map(|site| worth[site])
            .fold(f64::INFINITY, f64::min);
        let last = all()
            .filter(|site| free(site) && open[*site])
            .map(|site| worth[site])
            .fold(f64::NEG_INFINITY, f64::max);
        let (full, bare) = (opened.len() >= self.most, opened.len() <= self.least);
        let regret = |site: usize| {
            if self.locks[site] != SiteLock::Free {
                return f64::INFINITY;
            }
            if open[site] {
                let instead = match (bare, full) {
                    (true, _) => next,
                    (_, true) => next.min(0.0),
                    _ => 0.0,
                };
                instead - worth[site]
            } else if full {
                worth[site] - last
            } else {
                worth[site] - last.max(0.0)
            }
        };
        let regrets = all().map(regret).collect();
        (open, regrets)
    }
}

impl Ascent {
    /// Starts from prices.
    pub(super) fn new(frame: &Frame, prices: Vec<f64>, stride: f64) -> Ascent {
        let mut worth = vec![0.0; frame.fixed.len()];
        let mut open = vec![false; frame.fixed.len()];
        let value = frame.value(&prices, &mut worth, &mut open);
        Ascent {
            slope: vec![0.0; prices.len()],
            best: Bound {
                value,
                prices,
                worth,
            },
            open: open.iter().map(|&open| f64::from(u8::from(open))).collect(),
            stride,
        }
    }

    /// Climbs, leaves the open sites of the last step, and says whether there is nothing more to gain.
    pub(super) fn climb(&mut self, frame: &Frame, climb: &Climb, last: &mut [bool]) -> bool {
        let sites = frame.fixed.len();
        let mut prices = self.best.prices.clone();
        let mut worth = vec![0.0; sites];
        let mut open = vec![false; sites];
        let mut since = 0;
        for step in 0..climb.steps {
            if self.best.value > climb.enough || self.stride < climb.shortest {
                return true;
            }
            if step % 16 == 0 && (climb.stop)() {
                return true;
            }
            open.fill(false);
            let value = frame.value(&prices, &mut worth, &mut open);
            if value > self.best.value {
                // A little more is no reason for patience.
                if value > self.best.value + 1e-4 * (climb.upper - self.best.value) {
                    since = 0;
                }
                self.best.value = value;
                self.best.prices.copy_from_slice(&prices);
                self.best.worth.copy_from_slice(&worth);
            } else {
                since += 1;
            }
            if since >= PATIENCE {
                since = 0;
                self.stride *= 0.66;
                prices.copy_from_slice(&self.best.prices);
            }
            last.copy_from_slice(&open);
            let mut length = 0.0;
            let targets = frame.lists.iter().zip(&prices).zip(&mut self.slope);
            for ((list, &price), smooth) in targets {
                let mut slope = 1.0;
                for entry in list {
                    if entry.cost >= price {
                        break;
                    }
                    slope -= f64::from(u8::from(open[entry.site as usize]));
                }
                *smooth = FRESH * slope + (1.0 - FRESH) * *smooth;
                length += *smooth * *smooth;
            }
            if length < 1e-12 {
                return true;
            }
            for (mean, &open) in self.open.iter_mut().zip(&open) {
                *mean += RECENT * (f64::from(u8::from(open)) - *mean);
            }
            let pace = self.stride * (climb.upper - value).max(1e-9 * climb.upper.abs()) / length;
            let targets = frame.lists.iter().zip(&mut prices).zip(&self.slope);
            for ((list, price), slope) in targets {
                // Below its cheapest site a price does nothing, nor above one that is open for certain.
                let (Some(first), Some(last)) = (list.first(), list.last()) else {
                    continue;
                };
                *price = (*price + pace * slope).max(first.cost);
                if frame.locks[last.site as usize] == SiteLock::Open {
                    *price = price.min(last.cost);
                }
            }
        }
        false
    }
}
