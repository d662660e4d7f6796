//! On what terms people travel by timetable.

use super::{Mode, Place};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The day, the departures, and how far people walk: `[travel.transit]` of `place.toml`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TransitTerms {
    /// The day whose timetable counts.
    pub date: Date,
    /// The first minute that people leave at, after midnight.
    pub from_min: u32,
    /// One past the last.
    pub to_min: u32,
    /// So many in a hundred departures are as quick as the time that counts, or quicker.
    pub percentile: u8,
    /// How often one rides at most.
    pub rides: u8,
    /// The longest walk to the first stop and from the last, minutes.
    pub walk_min: f64,
    /// The longest walk from one stop to another, minutes.
    pub change_min: f64,
    /// How long before a vehicle leaves one must be at the stop, minutes.
    pub board_min: f64,
    /// Longer journeys are not looked for, minutes.
    pub longest_min: f64,
    /// Whether one must be able to be back on the same day.
    pub day: Option<DayOut>,
}

/// A day out: minutes after midnight, and minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayOut {
    /// Nobody leaves home before.
    pub leave_min: u32,
    /// Everybody is home by then.
    pub back_min: u32,
    /// How long the stay is at least.
    pub stay_min: u32,
}

impl TransitTerms {
    /// The terms that count for a day and a window, from one minute to just before another, where nothing else
    /// is stated.
    pub fn usual(date: Date, (from_min, to_min): (u32, u32)) -> Self {
        Self {
            date,
            from_min,
            to_min,
            percentile: 50,
            rides: 4,
            walk_min: 20.0,
            change_min: 10.0,
            board_min: 1.0,
            longest_min: 180.0,
            day: None,
        }
    }

    /// The window of departures: `07:00 to 09:00`.
    pub fn window(&self) -> String {
        format!("{} to {}", clock(self.from_min), clock(self.to_min))
    }

    /// How its figures come about, in words.
    pub fn method(&self) -> String {
        let often = match self.percentile {
            50 => "the median".to_owned(),
            other => format!("percentile {other}"),
        };
        let mut text = format!(
            "by timetable on {}: {often} of the times of people who leave at every minute from {} to {}, the wait for the first vehicle included, \
             at most {} rides, on foot along OpenStreetMap at most {} minutes to and from a stop and {} between stops, {} at the stop before a vehicle leaves; \
             all the way on foot where that is quicker; nothing over {} minutes",
            self.date,
            clock(self.from_min),
            clock(self.to_min),
            self.rides,
            self.walk_min,
            self.change_min,
            self.board_min,
            self.longest_min
        );
        if let Some(day) = self.day {
            text.push_str(&format!(
                "; a place counts as reached only where one can leave after {}, stay {} minutes and be back by {}",
                clock(day.leave_min),
                day.stay_min,
                clock(day.back_min)
            ));
        }
        text
    }
}

impl std::fmt::Display for DayOut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (leave, back) = (clock(self.leave_min), clock(self.back_min));
        let stay = self.stay_min;
        write!(
            f,
            "leave after {leave}, stay {stay} minutes, be back by {back}"
        )
    }
}

impl Place {
    /// How many rules and groups go by timetable.
    pub fn by_timetable(&self) -> usize {
        let rules = self.rules.iter().map(|rule| &rule.measure.mode);
        let groups = self.group_modes.values().map(|measure| &measure.mode);
        let modes = rules.chain(groups);
        modes.filter(|mode| **mode == Mode::Transit).count()
    }
}

/// `07:30`.
fn clock(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}
