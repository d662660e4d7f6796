//! Who is where.

use crate::place::{AccessPoint, BuildingIx, Place, PointIx, ServiceIx};

/// The building of every occupier, in the order of [`Place::occupiers`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrangement {
    /// The building each occupier is in.
    pub building: Vec<BuildingIx>,
    /// Whether it has merged into another occupier of its service there.
    pub merged: Vec<bool>,
    /// Whether each new counter of [`Place::points`] is open.
    pub points: Vec<bool>,
}

impl Arrangement {
    /// Everybody where they are today.
    pub fn today(place: &Place) -> Self {
        Self {
            building: place
                .occupiers
                .iter()
                .map(|occupier| occupier.building)
                .collect(),
            merged: vec![false; place.occupiers.len()],
            points: vec![false; place.points.len()],
        }
    }

    /// The buildings that host a service, in order, each once. A record that is
    /// [`Role::Out`](crate::place::Role) hosts nothing: it has no place on the map.
    pub fn hosts(&self, place: &Place, service: ServiceIx) -> Vec<BuildingIx> {
        let mut hosts: Vec<_> = place
            .occupiers()
            .filter(|(_, occupier)| occupier.service == service)
            .map(|(at, _)| self.building[at.index()])
            .chain(self.new_hosts(place, service))
            .filter(|building| place.building(*building).location.is_some())
            .collect();
        hosts.sort_unstable();
        hosts.dedup();
        hosts
    }

    /// The new counters that are open.
    pub fn opened<'a>(
        &'a self,
        place: &'a Place,
    ) -> impl Iterator<Item = (PointIx, &'a AccessPoint)> {
        let open = |at: PointIx| self.points.get(at.index()) == Some(&true);
        place.points().filter(move |(at, _)| open(*at))
    }

    fn new_hosts<'a>(
        &'a self,
        place: &'a Place,
        service: ServiceIx,
    ) -> impl Iterator<Item = BuildingIx> + 'a {
        let opened = self.opened(place);
        let own = opened.filter(move |(_, point)| point.service == service);
        own.map(|(_, point)| point.building)
    }
}
