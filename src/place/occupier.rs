//! One team or public counter: what moves.

use super::{AgencyIx, Areas, BuildingIx, Hours, Lock, OccupierId, RowRef, ServiceIx};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Where an occupier's space need comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NeedBasis {
    /// What it says it uses today.
    Stated,
    /// Staff × desks per member of staff × m² per desk.
    Standard,
    /// The service's own default.
    ServiceDefault,
    /// Nothing is known: it needs none on paper, and so it cannot move.
    Unknown,
}

/// One agency's team or public counter of one service, in one building today.
#[derive(Clone, Debug, PartialEq)]
pub struct Occupier {
    /// Unique in the place.
    pub id: OccupierId,
    /// Name, as shown.
    pub name: String,
    /// Whose it is.
    pub agency: AgencyIx,
    /// What it does.
    pub service: ServiceIx,
    /// Where it is today.
    pub building: BuildingIx,
    /// Floor it needs, by space type.
    pub needs: Areas,
    /// Where that need comes from.
    pub basis: NeedBasis,
    /// Named resources it needs: desks, parking bays, clinic rooms.
    pub resources: BTreeMap<String, f64>,
    /// Capability tags it needs beyond its service's.
    pub capabilities: BTreeSet<String>,
    /// Staff, full-time equivalent.
    pub staff_fte: f64,
    /// Visits a year, where known.
    pub visits_per_year: Option<f64>,
    /// Visits a year it can take, where its table says.
    pub visits_capacity: Option<f64>,
    /// When it works.
    pub hours: Hours,
    /// Why it may not move, where it may not.
    pub immovable: Option<String>,
    /// `Keep` holds it where it is.
    pub lock: Lock,
    /// The row it came from.
    pub source: RowRef,
}
