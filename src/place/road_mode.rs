//! The ways of travelling on roads and paths.

use serde::{Deserialize, Serialize};

/// A way of travelling along roads and paths of OpenStreetMap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoadMode {
    /// On foot.
    Walk,
    /// By bicycle.
    Cycle,
    /// By car.
    Drive,
}

impl RoadMode {
    /// All of them, in order.
    pub const ALL: [RoadMode; 3] = [RoadMode::Walk, RoadMode::Cycle, RoadMode::Drive];

    /// Its place in [`ALL`](RoadMode::ALL).
    pub fn position(self) -> usize {
        self as usize
    }

    /// As users write it.
    pub fn name(self) -> &'static str {
        match self {
            RoadMode::Walk => "walk",
            RoadMode::Cycle => "cycle",
            RoadMode::Drive => "drive",
        }
    }

    /// The mode of a name.
    pub fn named(name: &str) -> Option<Self> {
        RoadMode::ALL.into_iter().find(|mode| mode.name() == name)
    }

    /// How its figures come about, in words.
    pub fn method(self) -> &'static str {
        match self {
            RoadMode::Walk => "on foot along roads and paths of OpenStreetMap",
            RoadMode::Cycle => "by bicycle along roads and paths of OpenStreetMap",
            RoadMode::Drive => "by car along roads of OpenStreetMap, as if they were clear",
        }
    }
}
