//! The `[travel.transit]` section: timetables.

use super::values::{Day, Texts};
use schemars::JsonSchema;
use serde::Deserialize;

/// Timetables (GTFS): with them `mode = "transit"` goes by public transport. People walk to stops along
/// the paths of `[travel.roads]`, which is needed too.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TransitConfig {
    /// One GTFS feed (`.zip`) or several that are read as one, relative to this file; `--data` re-roots
    /// them unless they begin with `./`.
    pub feeds: Texts,
    /// The day whose timetable counts. Every feed must describe it.
    pub date: Day,
    /// People leave at every minute from the first time to just before the second: `["07:00", "09:00"]`.
    pub window: [String; 2],
    /// So many in a hundred departures are as quick as the time that counts, or quicker; 50, the median,
    /// unless stated.
    pub percentile: Option<u8>,
    /// How often one rides at most; 4 unless stated.
    pub rides: Option<u8>,
    /// The longest walk to the first stop and from the last, minutes; 20 unless stated.
    pub walk_min: Option<f64>,
    /// The longest walk between two stops, minutes; 10 unless stated.
    pub change_min: Option<f64>,
    /// How long before a vehicle leaves one must be at the stop, minutes; 1 unless stated.
    pub board_min: Option<f64>,
    /// Longer journeys are not looked for, minutes; 180 unless stated.
    pub longest_min: Option<f64>,
    /// Counts as reached only what one can go to, stay at and be back from on the same day.
    pub there_and_back: Option<ThereAndBackConfig>,
    /// The file that keeps the times for the next run, beside this one; `transit_times.gpkg` unless
    /// stated, `none` for none.
    pub cache: Option<String>,
    /// Who published the feeds.
    pub source: Option<String>,
    /// Their licence and attribution.
    pub licence: Option<String>,
}

/// A day out.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ThereAndBackConfig {
    /// Nobody leaves before, such as `07:30`.
    pub leave: String,
    /// Everybody is home by then, such as `19:30`.
    pub back: String,
    /// How long the stay is at least, minutes; 60 unless stated.
    pub stay_min: Option<u32>,
}
