//! Where the public lives.

use super::{Location, People, RowRef, ServiceIx, ZoneId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where a zone's point comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PointBasis {
    /// Given in the user's table.
    Given,
    /// The centre of its polygon, which lies inside it.
    Centroid,
    /// A point inside its polygon, because the centre is not.
    Inside,
}

/// One demand area: an LSOA, an output area, a grid cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone {
    /// Its code.
    pub id: ZoneId,
    /// Name, as shown.
    pub name: String,
    /// The point distances are measured from.
    pub point: Location,
    /// Where that point comes from.
    pub point_basis: PointBasis,
    /// Its outline, where known.
    pub outline: Option<geo::MultiPolygon<f64>>,
    /// People who live there.
    pub population: People,
    /// Demand for each service, in the order of [`Place::services`](super::Place); zero where none.
    pub demand: Vec<People>,
    /// Share (0–1) of its people in each named group: shares of a zone, not individuals.
    pub groups: BTreeMap<String, f64>,
    /// Any other number its table gave, such as a deprivation decile.
    pub measures: BTreeMap<String, f64>,
    /// Codes of larger areas it lies in, by kind: `ward`, `district`.
    pub areas: BTreeMap<String, String>,
    /// The row it came from.
    pub source: RowRef,
}

impl Zone {
    /// The weight of the zone in a rule of `service` for `group` (everybody where `None`): its
    /// demand, times the group's share, in whole thousandths of a person, so that shares are
    /// compared exactly. A zone that does not know the group weighs nothing.
    pub fn weight(&self, service: ServiceIx, group: Option<&str>) -> u64 {
        let share = match group {
            Some(name) => self.groups.get(name).copied().unwrap_or(0.0),
            None => 1.0,
        };
        (self.demand[service.index()].get() * share * 1000.0).round() as u64
    }
}
