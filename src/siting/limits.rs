//! What a search on the sites is asked, and when it stops.

use super::engine::Run;
use std::time::Duration;

/// What is asked of a search.
pub(super) struct Limits<'a> {
    pub(super) gap: f64,
    pub(super) seed: u64,
    pub(super) stop: &'a (dyn Fn() -> bool + Sync),
    pub(super) time_left: &'a dyn Fn() -> Duration,
    /// Told the best value and the bound now and then.
    pub(super) report: &'a dyn Fn(Option<f64>, f64),
}

impl Run<'_> {
    /// Lets a search go on for as long as this run may.
    pub(super) fn within_limits<T>(&self, search: impl FnOnce(&Limits) -> T) -> T {
        let constant = self.layout.constant;
        search(&Limits {
            gap: self.ask.gap,
            seed: self.ask.seed,
            stop: &|| self.past(1.0),
            time_left: &|| self.ask.time.saturating_sub(self.began.elapsed()),
            report: &|value, bound| self.report_values(value, bound, constant),
        })
    }
}
