//! When a stretch of time ends.

use std::time::{Duration, Instant};

/// What stands for a time without end.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 3600);

/// So much after a moment; a year at most.
pub(crate) fn after(moment: Instant, time: Duration) -> Instant {
    moment + time.min(LONGEST)
}

/// So much from now.
pub(crate) fn from_now(time: Duration) -> Instant {
    after(Instant::now(), time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_without_end_ends_some_day() {
        assert!(from_now(Duration::MAX) > from_now(Duration::from_secs(3600)));
    }
}
