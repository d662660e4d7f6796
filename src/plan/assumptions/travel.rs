//! What distances and times lean on.

use super::{List, exact};
use crate::place::{TransitTerms, TravelSettings};
use crate::plan::placements::{NEAREST, Placements};

/// What timetable feeds are among the sources of a place.
const FEEDS: &str = "travel.transit";

impl List<'_> {
    pub(super) fn travel(&mut self, placements: &Placements) {
        let ours = TravelSettings::default();
        let travel = self.place.travel.clone();
        let rules = self.place.rules.len();
        for (name, value, default, unit) in [
            (
                "travel.detour",
                travel.detour,
                ours.detour,
                "× straight line",
            ),
            ("travel.walk_kmh", travel.walk_kmh, ours.walk_kmh, "km/h"),
            ("travel.drive_kmh", travel.drive_kmh, ours.drive_kmh, "km/h"),
        ] {
            self.add(name, format!("{value} {unit}"), value != default, rules);
        }
        self.transit();
        if placements.cut > 0 {
            self.add(
                "buildings considered",
                format!(
                    "the {NEAREST} nearest, where no move limit or displacement rule is stated"
                ),
                false,
                placements.cut,
            );
        }
    }
}

impl List<'_> {
    /// The day, the departures and the feeds, where a rule goes by timetable.
    fn transit(&mut self) {
        let used_by = self.place.by_timetable();
        let Some(terms) = self.place.travel.transit.clone().filter(|_| used_by > 0) else {
            return;
        };
        let ours = TransitTerms::usual(terms.date, (terms.from_min, terms.to_min));
        let minutes = |minutes: f64| format!("{} minutes", exact(minutes));
        let rows = [
            ("date", terms.date.to_string(), true),
            ("window", terms.window(), true),
            (
                "percentile",
                terms.percentile.to_string(),
                terms.percentile != ours.percentile,
            ),
            (
                "rides",
                format!("{} at most", terms.rides),
                terms.rides != ours.rides,
            ),
            (
                "walk_min",
                minutes(terms.walk_min),
                terms.walk_min != ours.walk_min,
            ),
            (
                "change_min",
                minutes(terms.change_min),
                terms.change_min != ours.change_min,
            ),
            (
                "board_min",
                minutes(terms.board_min),
                terms.board_min != ours.board_min,
            ),
            (
                "longest_min",
                minutes(terms.longest_min),
                terms.longest_min != ours.longest_min,
            ),
        ];
        for (name, value, stated) in rows {
            self.add(&format!("travel.transit.{name}"), value, stated, used_by);
        }
        if let Some(day) = terms.day {
            let name = "travel.transit.there_and_back";
            self.add(name, day.to_string(), true, used_by);
        }
        let feeds = self.place.sources.iter();
        let feeds: Vec<_> = feeds.filter(|one| one.table == FEEDS).cloned().collect();
        for feed in feeds {
            let name = format!("travel.transit.feeds {}", feed.file);
            let value = format!("SHA-256 {}", feed.sha256);
            self.add(&name, value, true, used_by);
        }
    }
}
