//! How distance is measured, and why it is a whole number here.
//!
//! Limits are inclusive and are compared exactly, by the optimiser and by the verifier alike. So a
//! [`Distance`] is an integer: whole metres, or tenths of a minute, as its [`Measure`] says.

use super::{RoadMode, TransitTerms};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A way of travelling. `Matrix` names a user's own table of times or distances.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Straight line × detour factor.
    Straight,
    /// Straight line × detour factor, at walking speed where minutes are asked for.
    Walk,
    /// Straight line × detour factor, at driving speed where minutes are asked for.
    Drive,
    /// Along roads and paths of an OpenStreetMap extract (`[travel.roads]`).
    Road(RoadMode),
    /// By timetable and on foot (`[travel.transit]`).
    Transit,
    /// The user's matrix of this name (`[[travel.matrix]] mode = "…"`).
    Matrix(String),
}

impl Mode {
    /// How one travels by it, to stand behind a number of minutes: `on foot`; nothing where that has no plain words.
    pub fn by(&self) -> String {
        let by = match self {
            Mode::Walk | Mode::Road(RoadMode::Walk) => "on foot",
            Mode::Drive | Mode::Road(RoadMode::Drive) => "by car",
            Mode::Road(RoadMode::Cycle) => "by bicycle",
            Mode::Transit => "by public transport",
            Mode::Matrix(name) => match name.to_lowercase().as_str() {
                "walk" | "foot" => "on foot",
                "drive" | "car" => "by car",
                "cycle" | "bicycle" | "bike" => "by bicycle",
                "transit" | "public_transport" => "by public transport",
                // A digit in a name would read as one of the rule's own figures.
                other if other.contains(|c: char| c.is_ascii_digit()) => "",
                _ => return format!("by {}", name.replace('_', " ")),
            },
            Mode::Straight => "",
        };
        by.to_owned()
    }

    /// The mode's name as users write it.
    pub fn name(&self) -> &str {
        match self {
            Mode::Straight => "straight",
            Mode::Walk => "walk",
            Mode::Drive => "drive",
            Mode::Road(mode) => mode.name(),
            Mode::Transit => "transit",
            Mode::Matrix(name) => name,
        }
    }
}

/// What a distance counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Kilometres to the user; whole metres inside.
    Km,
    /// Minutes to the user; tenths of a minute inside.
    Minutes,
}

impl Unit {
    /// How many steps of a [`Distance`] make one of the user's units: 1,000 metres, or 10 tenths.
    pub fn steps(self) -> f64 {
        match self {
            Unit::Km => 1000.0,
            Unit::Minutes => 10.0,
        }
    }

    /// `km` or `min`.
    pub fn symbol(self) -> &'static str {
        match self {
            Unit::Km => "km",
            Unit::Minutes => "min",
        }
    }
}

/// One way of measuring distance: a mode and a unit. Two rules of one service may share an
/// assignment of people to hosts only when their measures are equal: nearest on foot is not
/// nearest by car.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Measure {
    /// How people travel.
    pub mode: Mode,
    /// What is counted.
    pub unit: Unit,
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // On foot along paths is not on foot in a straight line.
        let by = match self.mode {
            Mode::Road(_) => " by road",
            Mode::Transit => " by timetable",
            _ => "",
        };
        write!(f, "{}{by} {}", self.mode.name(), self.unit.symbol())
    }
}

/// A distance in the whole steps of its [`Measure`]: metres, or tenths of a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Distance(pub u32);

impl Distance {
    /// Nearest whole step to `value` of the user's unit (km or minutes). Negative and NaN give
    /// zero, values past the end give the greatest distance: check first where they can occur.
    pub fn from_user(value: f64, unit: Unit) -> Self {
        Self((value * unit.steps()).round() as u32)
    }

    /// The distance in the user's unit: km or minutes.
    pub fn to_user(self, unit: Unit) -> f64 {
        f64::from(self.0) / unit.steps()
    }

    /// The whole steps as a number: metres, or tenths of a minute.
    pub fn steps(self) -> u32 {
        self.0
    }
}

/// How straight lines become travel: `[travel]` of `place.toml`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TravelSettings {
    /// Road distance over straight line; 1.3 unless stated.
    pub detour: f64,
    /// Walking speed, km/h; 4.8 unless stated.
    pub walk_kmh: f64,
    /// Driving speed, km/h; 40 unless stated.
    pub drive_kmh: f64,
    /// The mode of rules that name none.
    pub default_mode: Mode,
    /// How fast the draw of a host falls with distance where visits are spread over all hosts; 2 unless
    /// stated. For evaluation alone.
    pub huff_decay: f64,
    /// Distances below this, km or minutes, count as this there; 0.5 unless stated.
    pub huff_least: f64,
    /// On what terms people travel by timetable, where the place has one.
    pub transit: Option<TransitTerms>,
}

impl Default for TravelSettings {
    fn default() -> Self {
        Self {
            detour: 1.3,
            walk_kmh: 4.8,
            drive_kmh: 40.0,
            default_mode: Mode::Straight,
            huff_decay: 2.0,
            huff_least: 0.5,
            transit: None,
        }
    }
}
