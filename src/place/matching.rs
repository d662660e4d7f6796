//! Which records of several lists were taken for one building, and which pairs a person should look at.

use super::{BuildingId, Location, RowRef};
use serde::Serialize;

/// Why two records were taken for one building, or why the pair is worth a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchReason {
    /// Both carry the same Unique Property Reference Number.
    Uprn,
    /// Same postcode and like names.
    PostcodeName,
    /// Same postcode, house number and street; the names are not alike.
    PostcodeDoor,
    /// Near each other and like names.
    DistanceName,
    /// Near each other; the names are not alike.
    DistanceOnly,
    /// Same postcode; the names are not alike.
    PostcodeOnly,
    /// A person decided it in `decisions.csv`.
    Decision,
}

impl MatchReason {
    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            MatchReason::Uprn => "uprn",
            MatchReason::PostcodeName => "postcode_name",
            MatchReason::PostcodeDoor => "postcode_door",
            MatchReason::DistanceName => "distance_name",
            MatchReason::DistanceOnly => "distance_only",
            MatchReason::PostcodeOnly => "postcode_only",
            MatchReason::Decision => "decision",
        }
    }
}

/// One pair of records from two lists: a service point or a second register's building, and the
/// building it was joined to or was compared with.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MatchRow {
    /// Id of the record that was looked up: a service point's or a second register's. It is what a
    /// `match` or `not_match` row of `decisions.csv` names in `id`.
    pub point: String,
    /// Its name.
    pub point_name: String,
    /// Where it lies, if known.
    pub point_location: Option<Location>,
    /// The building: what `decisions.csv` names in `value`.
    pub building: BuildingId,
    /// Its name.
    pub building_name: String,
    /// Where the building lies, if known.
    pub building_location: Option<Location>,
    /// Why.
    pub reason: MatchReason,
    /// Metres between them in a straight line, where both are located.
    pub distance_m: Option<f64>,
    /// How alike their names are, 0–1.
    pub score: f64,
    /// Whether they were made one building.
    pub joined: bool,
    /// Whether a person should look at the pair.
    pub doubtful: bool,
    /// Who settled it, where a person did.
    pub decided_by: Option<String>,
    /// The row of the looked-up record.
    pub source: RowRef,
}
