//! The `[travel.roads]` section: roads and paths of OpenStreetMap.

use super::values::{Day, Texts};
use crate::place::RoadMode;
use schemars::JsonSchema;
use serde::Deserialize;

/// Roads and paths of OpenStreetMap, for the modes that go along them.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoadsConfig {
    /// One extract in PBF form (`.osm.pbf`) or several that are read as one, relative to this file;
    /// `--data` re-roots them unless they begin with `./`.
    pub extract: Texts,
    /// The modes that go along roads: `walk`, `cycle`, `drive`; all three unless stated. Others stay
    /// straight lines.
    pub modes: Option<Vec<RoadWord>>,
    /// Cycling speed on a road, km/h; 16 unless stated.
    pub cycle_kmh: Option<f64>,
    /// How far a zone's point or a building may be from the nearest road, metres; 1,000 unless stated.
    pub snap_m: Option<f64>,
    /// The file that keeps the times for the next run, beside this one; `travel_times.gpkg` unless stated,
    /// `none` for none.
    pub cache: Option<String>,
    /// The day the extract describes.
    pub as_of: Option<Day>,
    /// Who published it; OpenStreetMap unless stated.
    pub source: Option<String>,
    /// Licence and attribution; `© OpenStreetMap contributors, ODbL 1.0` unless stated.
    pub licence: Option<String>,
}

/// A mode that goes along roads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RoadWord {
    /// On foot.
    Walk,
    /// By bicycle.
    Cycle,
    /// By car.
    Drive,
}

impl RoadsConfig {
    /// The modes that go along roads, each once.
    pub fn road_modes(&self) -> Vec<RoadMode> {
        let Some(words) = &self.modes else {
            return RoadMode::ALL.to_vec();
        };
        let mut modes: Vec<RoadMode> = words.iter().map(|word| word.mode()).collect();
        modes.sort_unstable();
        modes.dedup();
        modes
    }
}

impl RoadWord {
    fn mode(self) -> RoadMode {
        match self {
            RoadWord::Walk => RoadMode::Walk,
            RoadWord::Cycle => RoadMode::Cycle,
            RoadWord::Drive => RoadMode::Drive,
        }
    }
}
