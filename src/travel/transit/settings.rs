//! What is travelled by timetable, and on what terms.

use super::clock::{Clock, MINUTE};
use super::there_and_back::Day;
use super::window::Window;
use crate::place::TransitTerms;
use std::path::PathBuf;

/// The feeds and the terms.
#[derive(Clone, Debug, PartialEq)]
pub struct TransitSettings {
    /// GTFS feeds, zip archives, read as one.
    pub feeds: Vec<PathBuf>,
    /// The day, the departures, and how far people walk.
    pub terms: TransitTerms,
}

/// Terms as the search wants them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terms {
    pub(super) window: Window,
    pub(super) day: Option<Day>,
    pub(super) rides: usize,
    pub(super) walk: Clock,
    pub(super) change: Clock,
    pub(super) board: Clock,
    pub(super) longest: Clock,
}

impl Terms {
    pub(super) fn new(terms: &TransitTerms) -> Self {
        let whole = |minutes: u32| Clock::try_from(minutes).unwrap_or(0).saturating_mul(MINUTE);
        let long = |minutes: f64| (minutes * f64::from(MINUTE)).round() as Clock;
        Self {
            window: Window {
                from: whole(terms.from_min),
                to: whole(terms.to_min),
                percentile: terms.percentile,
            },
            day: terms.day.map(|day| Day {
                leave: whole(day.leave_min),
                back: whole(day.back_min),
                stay: whole(day.stay_min),
            }),
            rides: usize::from(terms.rides),
            walk: long(terms.walk_min),
            change: long(terms.change_min),
            board: long(terms.board_min),
            longest: long(terms.longest_min),
        }
    }

    /// Between when somebody may be under way.
    pub(super) fn under_way(&self) -> (Clock, Clock) {
        let window = (
            self.window.from,
            self.window.to.saturating_add(self.longest),
        );
        match self.day {
            Some(day) => (window.0.min(day.leave), window.1.max(day.back)),
            None => window,
        }
    }
}
