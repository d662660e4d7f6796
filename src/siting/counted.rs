//! Which sites to open once each is worth something for itself, where their number is limited.

use super::problem::SiteLock;

/// What is settled about each site, and how many may be open.
#[derive(Clone, Copy)]
pub(super) struct Counted<'a> {
    pub(super) locks: &'a [SiteLock],
    pub(super) least: usize,
    pub(super) most: usize,
}

impl Counted<'_> {
    /// The sites that add up to the least, as few and as many as may be open.
    pub(super) fn opened(&self, worth: &[f64]) -> Vec<usize> {
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

    /// The price of one open site more, where their number is limited: positive where it is the most that
    /// binds, negative where it is the least.
    pub(super) fn count_price(&self, worth: &[f64]) -> f64 {
        let mut worth = worth.to_vec();
        worth.sort_unstable_by(f64::total_cmp);
        let at = |count: usize| worth.get(count.wrapping_sub(1)).copied();
        let least = at(self.least).unwrap_or(0.0).max(0.0);
        let most = at(self.most).unwrap_or(0.0).min(0.0);
        -(least + most)
    }
}
