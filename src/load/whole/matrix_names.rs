//! What a matrix may call zones and buildings: their ids, else names that only one of them has.

use crate::load::plain;
use crate::place::{BuildingIx, Place, ZoneIx};
use std::collections::HashMap;

/// Zones and buildings by everything a matrix may call them.
pub(super) struct Names {
    pub zones: HashMap<String, Option<ZoneIx>>,
    pub buildings: HashMap<String, Option<BuildingIx>>,
}

impl Names {
    /// Of a place.
    pub(super) fn of(place: &Place) -> Self {
        let mut zones = HashMap::new();
        let mut buildings = HashMap::new();
        for (at, zone) in place.zones() {
            call(&mut zones, zone.id.as_str(), at);
        }
        for (at, building) in place.buildings() {
            call(&mut buildings, building.id.as_str(), at);
        }
        // Ids come first; a name never takes an id away.
        let mut more = HashMap::new();
        for (at, building) in place.buildings() {
            for name in [
                building.register_id.as_deref(),
                building.uprn.as_deref(),
                Some(&building.name),
            ] {
                call(&mut more, name.unwrap_or_default(), at);
            }
        }
        for occupier in &place.occupiers {
            let bare = occupier
                .id
                .as_str()
                .split_once('/')
                .map_or("", |(_, rest)| rest);
            for name in [occupier.id.as_str(), bare, &occupier.name] {
                call(&mut more, name, occupier.building);
            }
        }
        for (name, at) in more {
            buildings.entry(name).or_insert(at);
        }
        let mut by_name = HashMap::new();
        for (at, zone) in place.zones() {
            call(&mut by_name, &zone.name, at);
        }
        for (name, at) in by_name {
            zones.entry(name).or_insert(at);
        }
        Self { zones, buildings }
    }
}

/// A name that two records share names neither.
fn call<T: Copy + PartialEq>(names: &mut HashMap<String, Option<T>>, name: &str, at: T) {
    let name = plain(name);
    if name.is_empty() {
        return;
    }
    names
        .entry(name)
        .and_modify(|known| {
            if *known != Some(at) {
                *known = None;
            }
        })
        .or_insert(Some(at));
}
