//! A small new counter that a plan may open in a building.

use super::{
    AgencyIx, Areas, BuildingIx, Gbp, GbpPerYear, Hours, OccupierId, Place, PointIx, RowRef,
    ServiceIx,
};

/// An offer: a new small counter of one service in one building, with its own floor and cost. A plan opens it
/// or leaves it; nothing of it is there today.
#[derive(Clone, Debug, PartialEq)]
pub struct AccessPoint {
    /// The offer's id and the building's, joined by `@`; unique in the place.
    pub id: OccupierId,
    /// Name, as shown.
    pub name: String,
    /// Whose it would be: it pays.
    pub agency: AgencyIx,
    /// What it gives.
    pub service: ServiceIx,
    /// Where it would be.
    pub building: BuildingIx,
    /// Floor it needs, by space type.
    pub needs: Areas,
    /// What it costs a year beside the floor: staff, equipment.
    pub running: GbpPerYear,
    /// What opening it costs once.
    pub opening: Gbp,
    /// Visits a year that it can take, where stated.
    pub visits_capacity: Option<f64>,
    /// When it is open.
    pub hours: Hours,
    /// Where it is stated.
    pub source: RowRef,
}

impl Place {
    /// The offer at a position.
    pub fn point(&self, at: PointIx) -> &AccessPoint {
        &self.points[at.index()]
    }

    /// Offers of new counters with their positions.
    pub fn points(&self) -> impl Iterator<Item = (PointIx, &AccessPoint)> {
        let points = self.points.iter().enumerate();
        points.map(|(at, point)| (PointIx::new(at), point))
    }

    /// Visits a year that a new counter can take: as stated, else its service's figure for each.
    pub fn point_capacity(&self, at: PointIx) -> Option<f64> {
        let point = self.point(at);
        let of_service = self.service(point.service).visits_capacity;
        point.visits_capacity.or(of_service)
    }
}
