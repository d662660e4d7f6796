//! Visits of a year: what a counter can take.

use super::{OccupierIx, Place};

impl Place {
    /// Visits a year that a counter can take: what its table says, else its service's figure for each;
    /// `None` where neither does.
    pub fn visits_capacity(&self, at: OccupierIx) -> Option<f64> {
        let occupier = self.occupier(at);
        let of_service = self.service(occupier.service).visits_capacity;
        occupier.visits_capacity.or(of_service)
    }
}
