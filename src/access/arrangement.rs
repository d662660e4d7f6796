//! Who is where.

use crate::place::{BuildingIx, Place, ServiceIx};

/// The building of every occupier, in the order of [`Place::occupiers`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrangement {
    /// The building each occupier is in.
    pub building: Vec<BuildingIx>,
    /// Whether it has merged into another occupier of its service there.
    pub merged: Vec<bool>,
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
        }
    }

    /// The buildings that host a service, in order, each once. A record that is
    /// [`Role::Out`](crate::place::Role) hosts nothing: it has no place on the map.
    pub fn hosts(&self, place: &Place, service: ServiceIx) -> Vec<BuildingIx> {
        let mut hosts: Vec<_> = place
            .occupiers()
            .filter(|(_, occupier)| occupier.service == service)
            .map(|(at, _)| self.building[at.index()])
            .filter(|building| place.building(*building).location.is_some())
            .collect();
        hosts.sort_unstable();
        hosts.dedup();
        hosts
    }
}
