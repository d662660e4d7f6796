//! Every question about distance, whatever the measure.

use super::index::SphereIndex;
use super::{Matrix, Origin, Ruler};
use crate::place::{BuildingIx, Distance, Location, Measure, Mode, Place, ZoneIx, natural};

/// Answers how far things are from each other in one [`Place`]: an index over its located
/// buildings, and the user's matrices. Ask it only about the place it was made for.
#[derive(Clone, Debug)]
pub struct Travel {
    index: SphereIndex<BuildingIx>,
    matrices: Vec<Matrix>,
}

/// Some of a place's buildings, indexed for "which of them is nearest".
#[derive(Clone, Debug)]
pub struct HostIndex {
    index: SphereIndex<BuildingIx>,
    /// In order, each once.
    hosts: Vec<BuildingIx>,
}

/// What measures one measure.
enum Way<'a> {
    Line(Ruler),
    Table(&'a Matrix),
    /// A matrix nobody gave, or minutes along a straight line.
    Nothing,
}

impl Travel {
    /// Indexes the located buildings of a place. Matrices of one mode and unit count as one table.
    pub fn new(place: &Place, matrices: Vec<Matrix>) -> Self {
        let located = place
            .buildings()
            .filter_map(|(at, building)| Some((at, building.location?)));
        Self {
            index: SphereIndex::new(located),
            matrices: joined(matrices),
        }
    }

    /// How far a zone's people travel to a building; `None` where they cannot: the building has
    /// no location, or the matrix does not know the pair.
    pub fn zone_to_building(
        &self,
        place: &Place,
        measure: &Measure,
        zone: ZoneIx,
        building: BuildingIx,
    ) -> Option<Distance> {
        let point = place.zone(zone).point;
        self.measured(place, measure, Origin::Zone(zone), Some(point), building)
    }

    /// How far one building is from another; zero from itself. `None` as for
    /// [`zone_to_building`](Travel::zone_to_building).
    pub fn building_to_building(
        &self,
        place: &Place,
        measure: &Measure,
        from: BuildingIx,
        to: BuildingIx,
    ) -> Option<Distance> {
        if from == to {
            return Some(Distance(0));
        }
        let point = place.building(from).location;
        self.measured(place, measure, Origin::Building(from), point, to)
    }

    /// Located buildings at most `limit` from a zone, the limit included, by distance and then by
    /// position.
    pub fn buildings_within(
        &self,
        place: &Place,
        measure: &Measure,
        zone: ZoneIx,
        limit: Distance,
    ) -> Vec<(Distance, BuildingIx)> {
        let point = place.zone(zone).point;
        self.around(place, measure, Origin::Zone(zone), Some(point), limit)
    }

    /// Located buildings at most `limit` from a building, the limit and the building itself
    /// included, by distance and then by position.
    pub fn buildings_near(
        &self,
        place: &Place,
        measure: &Measure,
        from: BuildingIx,
        limit: Distance,
    ) -> Vec<(Distance, BuildingIx)> {
        let point = place.building(from).location;
        let mut near = self.around(place, measure, Origin::Building(from), point, limit);
        // A matrix need not say that a building is at no distance from itself.
        if point.is_some() && !near.iter().any(|(_, at)| *at == from) {
            near.push((Distance(0), from));
            near.sort_unstable();
        }
        near
    }

    /// Indexes some buildings for [`nearest_host`](Travel::nearest_host); those without a location
    /// are left out.
    pub fn hosts(&self, place: &Place, hosts: &[BuildingIx]) -> HostIndex {
        let mut located: Vec<_> = hosts
            .iter()
            .filter_map(|at| Some((*at, place.building(*at).location?)))
            .collect();
        located.sort_unstable_by_key(|(at, _)| *at);
        located.dedup_by_key(|(at, _)| *at);
        HostIndex {
            hosts: located.iter().map(|(at, _)| *at).collect(),
            index: SphereIndex::new(located.into_iter()),
        }
    }

    /// The nearest of the hosts to a zone, among equals the one whose id comes first, 9 before 10; `None` where it
    /// can reach none.
    pub fn nearest_host(
        &self,
        place: &Place,
        measure: &Measure,
        hosts: &HostIndex,
        zone: ZoneIx,
    ) -> Option<(Distance, BuildingIx)> {
        let order = |one: &(Distance, BuildingIx), other: &(Distance, BuildingIx)| {
            let id = |at: BuildingIx| place.building(at).id.as_str();
            let by_distance = one.0.cmp(&other.0);
            by_distance.then_with(|| natural(id(one.1), id(other.1)))
        };
        match self.way(place, measure) {
            Way::Line(ruler) => {
                let from = place.zone(zone).point;
                let near = ruler.to(place, from, hosts.index.nearest(from)?)?.0;
                // Others may measure the same after rounding.
                hosts
                    .index
                    .within(from, ruler.search_radius(near))
                    .filter_map(|at| ruler.to(place, from, at))
                    .min_by(order)
            }
            Way::Table(matrix) => hosts.journeys(matrix, Origin::Zone(zone)).min_by(order),
            Way::Nothing => None,
        }
    }

    /// The hosts that can matter to a zone: all within `limit`, the limit included, and where these
    /// are fewer than `at_least`, the nearest so many. By distance and then by position.
    pub fn hosts_within(
        &self,
        place: &Place,
        measure: &Measure,
        hosts: &HostIndex,
        zone: ZoneIx,
        limit: Distance,
        at_least: usize,
    ) -> Vec<(Distance, BuildingIx)> {
        let mut found: Vec<_> = match self.way(place, measure) {
            Way::Line(ruler) => {
                let from = place.zone(zone).point;
                let measured = |at| ruler.to(place, from, at);
                let nearest = hosts.index.by_distance(from).take(at_least);
                // Others may measure the same as the last of them after rounding.
                let last = nearest
                    .filter_map(measured)
                    .max()
                    .map(|(distance, _)| distance);
                let radius = ruler.search_radius(last.map_or(limit, |last| last.max(limit)));
                let around = hosts.index.within(from, radius);
                around.filter_map(measured).collect()
            }
            Way::Table(matrix) => hosts.journeys(matrix, Origin::Zone(zone)).collect(),
            Way::Nothing => Vec::new(),
        };
        found.sort_unstable();
        let within = found.partition_point(|(distance, _)| *distance <= limit);
        found.truncate(within.max(at_least));
        found
    }

    /// The nearest of the hosts to a building, itself left out, at most `count` of them: by
    /// distance and then by position. O(count × log hosts) on a straight line.
    pub fn nearest_hosts(
        &self,
        place: &Place,
        measure: &Measure,
        hosts: &HostIndex,
        from: BuildingIx,
        count: usize,
    ) -> Vec<(Distance, BuildingIx)> {
        let mut found: Vec<_> = match (self.way(place, measure), place.building(from).location) {
            (Way::Line(ruler), Some(point)) => {
                let measured = |at| ruler.to(place, point, at);
                // The building itself may be the first of them.
                let nearest = hosts.index.by_distance(point).take(count.saturating_add(1));
                let last = nearest.filter_map(measured).max();
                let radius = ruler.search_radius(last.map_or(Distance(0), |(far, _)| far));
                let around = hosts.index.within(point, radius);
                around.filter_map(measured).collect()
            }
            (Way::Table(matrix), _) => hosts.journeys(matrix, Origin::Building(from)).collect(),
            (Way::Line(_) | Way::Nothing, _) => Vec::new(),
        };
        found.retain(|(_, at)| *at != from);
        found.sort_unstable();
        found.truncate(count);
        found
    }

    /// The matrix of a measure: a user's own, or what was worked out along roads.
    pub fn matrix(&self, measure: &Measure) -> Option<&Matrix> {
        let name = match &measure.mode {
            Mode::Matrix(name) => name.as_str(),
            Mode::Road(mode) => mode.name(),
            Mode::Transit => measure.mode.name(),
            Mode::Straight | Mode::Walk | Mode::Drive => return None,
        };
        self.matrices
            .iter()
            .find(|matrix| matrix.mode == name && matrix.unit == measure.unit)
    }

    fn way(&self, place: &Place, measure: &Measure) -> Way<'_> {
        match (Ruler::new(measure, &place.travel), self.matrix(measure)) {
            (Some(ruler), _) => Way::Line(ruler),
            (None, Some(matrix)) => Way::Table(matrix),
            (None, None) => Way::Nothing,
        }
    }

    fn measured(
        &self,
        place: &Place,
        measure: &Measure,
        from: Origin,
        point: Option<Location>,
        to: BuildingIx,
    ) -> Option<Distance> {
        match self.way(place, measure) {
            Way::Line(ruler) => ruler.to(place, point?, to).map(|(distance, _)| distance),
            Way::Table(matrix) => {
                place.building(to).location?;
                matrix.get(from, to)
            }
            Way::Nothing => None,
        }
    }

    fn around(
        &self,
        place: &Place,
        measure: &Measure,
        from: Origin,
        point: Option<Location>,
        limit: Distance,
    ) -> Vec<(Distance, BuildingIx)> {
        let mut found: Vec<_> = match (self.way(place, measure), point) {
            (Way::Line(ruler), Some(point)) => self
                .index
                .within(point, ruler.search_radius(limit))
                .filter_map(|at| ruler.to(place, point, at))
                .filter(|(distance, _)| *distance <= limit)
                .collect(),
            (Way::Table(matrix), _) => matrix
                .from_origin(from)
                .filter(|(at, _)| place.building(*at).location.is_some())
                .map(|(at, distance)| (distance, at))
                .filter(|(distance, _)| *distance <= limit)
                .collect(),
            (Way::Line(_) | Way::Nothing, _) => Vec::new(),
        };
        found.sort_unstable();
        found
    }
}

impl HostIndex {
    /// What a matrix knows of the way from somewhere to these hosts.
    fn journeys<'a>(
        &'a self,
        matrix: &'a Matrix,
        from: Origin,
    ) -> impl Iterator<Item = (Distance, BuildingIx)> + 'a {
        matrix
            .from_origin(from)
            .filter(|(at, _)| self.hosts.binary_search(at).is_ok())
            .map(|(at, distance)| (distance, at))
    }
}

impl Ruler {
    /// A building and how far it is from a point; `None` where it has no location.
    fn to(&self, place: &Place, from: Location, to: BuildingIx) -> Option<(Distance, BuildingIx)> {
        let location = place.building(to).location?;
        Some((self.between(from, location), to))
    }
}

/// One matrix for each mode and unit.
fn joined(matrices: Vec<Matrix>) -> Vec<Matrix> {
    let mut tables: Vec<Matrix> = Vec::new();
    for matrix in matrices {
        let same = |table: &Matrix| table.mode == matrix.mode && table.unit == matrix.unit;
        match tables.iter().position(same) {
            Some(at) => {
                let table = tables.swap_remove(at);
                tables.push(table.joined(matrix));
            }
            None => tables.push(matrix),
        }
    }
    tables
}
