//! Time of day, as vehicles and walkers keep it.

/// Milliseconds after midnight of the chosen day: negative the day before, past 24 hours the day after.
pub(super) type Clock = i32;

/// Later than anything.
pub(super) const NEVER: Clock = Clock::MAX;

/// Milliseconds of a second and of a minute.
pub(super) const SECOND: Clock = 1_000;
pub(super) const MINUTE: Clock = 60 * SECOND;
/// Seconds of a day.
pub(super) const DAY: i64 = 86_400;
