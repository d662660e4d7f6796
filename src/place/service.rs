//! A kind of work, and what it needs from a building.

use super::{AgencyIx, Distance, Measure, ServiceId, SpaceType, SquareMetres};
use std::collections::BTreeSet;

/// `library`, `gp`, `jobcentre`, `police_counter`, `back_office` …
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Its id in `place.toml`.
    pub id: ServiceId,
    /// Its name, as shown.
    pub name: String,
    /// The agency of its occupiers where their table names none.
    pub agency: Option<AgencyIx>,
    /// Whether the public comes to it: only then do access rules and demand apply.
    pub counter: bool,
    /// Whether its occupiers may merge with another of the same service.
    pub may_merge: bool,
    /// Share of its space a merged occupier still needs.
    pub merge_space: f64,
    /// Whether its occupiers may move at all; a fire station may not unless the user opens it.
    pub movable: bool,
    /// Capability tags a building must offer.
    pub needs: BTreeSet<String>,
    /// The type of floor its occupiers need where their table does not say.
    pub space_type: SpaceType,
    /// Space of an occupier whose table states none and whose staff is not known.
    pub space: Option<SquareMetres>,
    /// Square metres for each desk, for the space standard.
    pub m2_per_desk: f64,
    /// Desks for each member of staff, where the occupier states none.
    pub desks_per_fte: f64,
    /// Most counters of it in one building; more where there are more today.
    pub max_per_building: u32,
    /// Visits a year of one person who needs it, where stated.
    pub visits_per_person: Option<f64>,
    /// Visits a year that one of its counters can take, where its table does not say.
    pub visits_capacity: Option<f64>,
    /// Furthest an occupier may move from where it is today.
    pub move_limit: Option<(Measure, Distance)>,
}
