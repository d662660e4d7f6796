//! Local search: sites are opened, closed and exchanged while that makes a solution cheaper.
//!
//! One pass values every exchange together: what opening a site gains, what closing one loses, and
//! what each pair has in common (Resende and Werneck 2007). Only targets for which the site that opens comes
//! before their second choice have anything to do with a pair, so a pass walks each list no further.

use super::super::problem::SiteLock;
use super::lists::Stars;
use std::sync::Arc;

const NONE: u32 = u32::MAX;

/// The cheapest and the second cheapest open site of a target.
#[derive(Clone, Copy)]
struct Served {
    first: f64,
    second: f64,
    by: u32,
}

/// A change of the open sites.
#[derive(Clone, Copy)]
struct Change {
    profit: f64,
    opens: u32,
    closes: u32,
}

/// A local search over the open sites of one problem, with room to work in.
pub(super) struct Swap {
    stars: Arc<Stars>,
    served: Vec<Served>,
    /// Targets that would look at each site, in one list for all sites.
    starts: Vec<usize>,
    lookers: Vec<(u32, f64)>,
    loss: Vec<f64>,
    shared: Vec<f64>,
    touched: Vec<u32>,
}

impl Swap {
    pub(super) fn new(stars: Arc<Stars>) -> Swap {
        let sites = stars.fixed.len();
        let nobody = Served {
            first: f64::INFINITY,
            second: f64::INFINITY,
            by: NONE,
        };
        Swap {
            served: vec![nobody; stars.lists.targets()],
            stars,
            starts: vec![0; sites + 1],
            lookers: Vec::new(),
            loss: vec![0.0; sites],
            shared: vec![0.0; sites],
            touched: Vec::new(),
        }
    }

    /// Opens sites until every target is served and nothing more is gained, the dearest targets first.
    /// `None` where that cannot be done within the count.
    pub(super) fn first(&mut self, stop: &dyn Fn() -> bool) -> Option<Vec<bool>> {
        let locks = &self.stars.locks;
        let mut open: Vec<bool> = locks.iter().map(|lock| *lock == SiteLock::Open).collect();
        loop {
            self.serve(&open);
            let count = open.iter().filter(|open| **open).count();
            if count >= self.stars.most || stop() {
                break;
            }
            let Some((site, gain, serves)) = self.best_opening(&open) else {
                break;
            };
            let unserved = self.served.iter().any(|served| served.by == NONE);
            if count >= self.stars.least && gain <= 0.0 && !(unserved && serves > 0) {
                break;
            }
            open[site] = true;
        }
        self.stars.value(&open).map(|_| open)
    }

    /// The site that serves the most unserved targets, then the one that gains the most.
    fn best_opening(&self, open: &[bool]) -> Option<(usize, f64, u32)> {
        let sites = self.stars.fixed.len();
        let mut gain: Vec<f64> = self.stars.fixed.iter().map(|fixed| -fixed).collect();
        let mut serves = vec![0u32; sites];
        for (list, served) in self.stars.lists.iter().zip(&self.served) {
            let dearest = list.last().map_or(0.0, |entry| entry.cost);
            for entry in list.iter().take_while(|entry| entry.cost < served.first) {
                gain[entry.site as usize] += served.first.min(dearest) - entry.cost;
                serves[entry.site as usize] += u32::from(served.by == NONE);
            }
        }
        let may = |site: &usize| !open[*site] && self.stars.locks[*site] == SiteLock::Free;
        // Where lists are long, every site serves somebody: gain decides among those that serve all.
        (0..sites)
            .filter(may)
            .max_by(|&a, &b| {
                serves[a]
                    .cmp(&serves[b])
                    .then(gain[a].total_cmp(&gain[b]))
                    .then(b.cmp(&a))
            })
            .map(|site| (site, gain[site], serves[site]))
    }

    /// Improves a solution until no change makes it cheaper; says what it then costs.
    pub(super) fn improve(&mut self, open: &mut [bool], stop: &dyn Fn() -> bool) -> Option<f64> {
        let mut value = self.stars.value(open)?;
        while !stop() {
            self.serve(open);
            let Some(change) = self.best_change(open) else {
                break;
            };
            let mut changed = open.to_vec();
            if change.opens != NONE {
                changed[change.opens as usize] = true;
            }
            if change.closes != NONE {
                changed[change.closes as usize] = false;
            }
            // Rounding may promise a profit that is not there.
            match self.stars.value(&changed) {
                Some(less) if less < value => {
                    value = less;
                    open.copy_from_slice(&changed);
                }
                _ => break,
            }
        }
        Some(value)
    }

    fn serve(&mut self, open: &[bool]) {
        for (served, list) in self.served.iter_mut().zip(self.stars.lists.iter()) {
            let mut hosts = list.iter().filter(|entry| open[entry.site as usize]);
            let first = hosts.next();
            *served = Served {
                first: first.map_or(f64::INFINITY, |entry| entry.cost),
                by: first.map_or(NONE, |entry| entry.site),
                second: hosts.next().map_or(f64::INFINITY, |entry| entry.cost),
            };
        }
    }

    /// Who would look at each site: the targets for which it comes before their second choice.
    fn look(&mut self) {
        let stars = Arc::clone(&self.stars);
        let lists = &stars.lists;
        self.starts.fill(0);
        for (list, served) in lists.iter().zip(&self.served) {
            for entry in list.iter().take_while(|entry| entry.cost < served.second) {
                self.starts[entry.site as usize + 1] += 1;
            }
        }
        for at in 1..self.starts.len() {
            self.starts[at] += self.starts[at - 1];
        }
        let total = self.starts[self.starts.len() - 1];
        self.lookers.resize(total, (0, 0.0));
        let mut next = self.starts.clone();
        for (target, (list, served)) in lists.iter().zip(&self.served).enumerate() {
            for entry in list.iter().take_while(|entry| entry.cost < served.second) {
                self.lookers[next[entry.site as usize]] = (target as u32, entry.cost);
                next[entry.site as usize] += 1;
            }
        }
    }

    /// The most profitable change; `None` where none is profitable.
    fn best_change(&mut self, open: &[bool]) -> Option<Change> {
        self.look();
        let stars = Arc::clone(&self.stars);
        self.loss.fill(0.0);
        for served in &self.served {
            self.loss[served.by as usize] += served.second - served.first;
        }
        let count = open.iter().filter(|open| **open).count();
        let free = |site: usize| stars.locks[site] == SiteLock::Free;
        let mut best: Option<Change> = None;
        let mut offer = |change: Change| {
            if best.is_none_or(|best| change.profit > best.profit) {
                best = Some(change);
            }
        };
        let spared = |site: usize| stars.fixed[site] - self.loss[site];
        let closable = (0..open.len()).filter(|&site| open[site] && free(site));
        let cheapest = closable
            .clone()
            .max_by(|&a, &b| spared(a).total_cmp(&spared(b)));
        if let (Some(closes), true) = (cheapest, count > stars.least) {
            offer(Change {
                profit: spared(closes),
                opens: NONE,
                closes: closes as u32,
            });
        }
        for opens in (0..open.len()).filter(|&site| !open[site] && free(site)) {
            let mut gain = -stars.fixed[opens];
            for &(target, cost) in &self.lookers[self.starts[opens]..self.starts[opens + 1]] {
                let served = self.served[target as usize];
                gain += (served.first - cost).max(0.0);
                let by = served.by as usize;
                if self.shared[by] == 0.0 {
                    self.touched.push(served.by);
                }
                self.shared[by] += served.second - cost.max(served.first);
            }
            let mut exchange = |closes: u32, shared: f64| {
                let at = closes as usize;
                // Where a target has no second choice, the pair takes up the whole of an endless loss.
                let spared = if self.loss[at].is_finite() {
                    spared(at) + shared
                } else {
                    self.spared_by_hand(opens, at)
                };
                offer(Change {
                    profit: gain + spared,
                    opens: opens as u32,
                    closes,
                });
            };
            if let Some(closes) = cheapest {
                exchange(closes as u32, self.shared[closes]);
            }
            for &closes in &self.touched {
                if free(closes as usize) {
                    exchange(closes, self.shared[closes as usize]);
                }
            }
            if count < stars.most {
                offer(Change {
                    profit: gain,
                    opens: opens as u32,
                    closes: NONE,
                });
            }
            for &by in &self.touched {
                self.shared[by as usize] = 0.0;
            }
            self.touched.clear();
        }
        let paid: f64 = self.served.iter().map(|served| served.first).sum();
        best.filter(|best| best.profit > 1e-12 * (1.0 + paid.abs()))
    }

    /// What closing a site spares beside opening another, where some target has no second choice.
    fn spared_by_hand(&self, opens: usize, closes: usize) -> f64 {
        let mut spared = self.stars.fixed[closes];
        for (list, served) in self.stars.lists.iter().zip(&self.served) {
            if served.by as usize != closes {
                continue;
            }
            let other = list.iter().find(|entry| entry.site as usize == opens);
            let other = other.map_or(f64::INFINITY, |entry| entry.cost);
            // A cheaper one was counted as a gain.
            spared -= served.second.min(other.max(served.first)) - served.first;
        }
        spared
    }
}
