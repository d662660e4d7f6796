//! The terms of travel by timetable: read and held against what makes sense.

use crate::load::config::{ConfigText, PlaceConfig, ThereAndBackConfig, TransitConfig};
use crate::place::{DayOut, Finding, TransitTerms};

/// The terms of a place; `None` where it has none, or where they make no sense and the findings say why.
pub(super) fn terms(
    config: &PlaceConfig,
    text: &ConfigText,
    findings: &mut Vec<Finding>,
) -> Option<TransitTerms> {
    let asked = config.travel.transit.as_ref()?;
    let before = findings.len();
    if config.travel.roads.is_none() {
        findings.push(
            text.refuse(
                "bad-config",
                "travel.transit",
                "people walk to stops along paths, and the place has none",
            )
            .action("add [travel.roads] with an OpenStreetMap extract")
            .setting("[travel.roads]\nextract = \"….osm.pbf\""),
        );
    }
    let mut reader = Reader { text, findings };
    let terms = reader.read(asked);
    (findings.len() == before).then_some(terms)
}

struct Reader<'a> {
    text: &'a ConfigText,
    findings: &'a mut Vec<Finding>,
}

impl Reader<'_> {
    fn read(&mut self, asked: &TransitConfig) -> TransitTerms {
        let before = self.findings.len();
        let from_min = self.time("window", &asked.window[0]);
        let to_min = self.time("window", &asked.window[1]);
        let is_window = from_min < to_min && to_min - from_min <= 12 * 60;
        if self.findings.len() == before && !is_window {
            let [from, to] = &asked.window;
            let cause = format!("from {from} to {to} is no window of a minute to twelve hours");
            self.refuse(
                "window",
                cause,
                "write the earlier time first, such as [\"07:00\", \"09:00\"]",
            );
        }
        let usual = TransitTerms::usual(asked.date.0, (from_min, to_min));
        TransitTerms {
            percentile: self.within("percentile", asked.percentile, usual.percentile, (1, 100)),
            rides: self.within("rides", asked.rides, usual.rides, (1, 8)),
            walk_min: self.within("walk_min", asked.walk_min, usual.walk_min, (0.0, 120.0)),
            change_min: self.within(
                "change_min",
                asked.change_min,
                usual.change_min,
                (0.0, 60.0),
            ),
            board_min: self.within("board_min", asked.board_min, usual.board_min, (0.0, 60.0)),
            longest_min: self.within(
                "longest_min",
                asked.longest_min,
                usual.longest_min,
                (1.0, 720.0),
            ),
            day: asked.there_and_back.as_ref().map(|day| self.day(day)),
            ..usual
        }
    }

    fn day(&mut self, asked: &ThereAndBackConfig) -> DayOut {
        let day = DayOut {
            leave_min: self.time("there_and_back.leave", &asked.leave),
            back_min: self.time("there_and_back.back", &asked.back),
            stay_min: asked.stay_min.unwrap_or(60),
        };
        if day.leave_min.saturating_add(day.stay_min) >= day.back_min {
            let cause = format!(
                "from {} to {} there is no time to stay {} minutes",
                asked.leave, asked.back, day.stay_min
            );
            self.refuse(
                "there_and_back",
                cause,
                "leave earlier, be back later, or stay less",
            );
        }
        day
    }

    /// Minutes after midnight.
    fn time(&mut self, key: &str, stated: &str) -> u32 {
        let read = stated.split_once(':').and_then(|(hours, minutes)| {
            let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
            (hours < 30 && minutes < 60).then_some(hours * 60 + minutes)
        });
        if read.is_none() {
            let cause = format!("`{stated}` is no time of day");
            self.refuse(key, cause, "write hours and minutes, such as \"07:30\"");
        }
        read.unwrap_or(0)
    }

    fn within<T: PartialOrd + Copy + std::fmt::Display>(
        &mut self,
        key: &str,
        stated: Option<T>,
        usual: T,
        (least, most): (T, T),
    ) -> T {
        let value = stated.unwrap_or(usual);
        if !(least <= value && value <= most) {
            let cause = format!("{value} is not between {least} and {most}");
            self.refuse(key, cause, "correct the value");
        }
        value
    }

    fn refuse(&mut self, key: &str, cause: String, action: &str) {
        let key = format!("travel.transit.{key}");
        let finding = self.text.refuse("bad-config", &key, cause);
        self.findings.push(finding.action(action));
    }
}
