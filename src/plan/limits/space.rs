//! S2: floor and named resources. The needs of every set of space types fit the floor that serves
//! that set (Hall's condition), so that somebody who lets any floor be used for anything is served.

use crate::place::{Areas, BuildingIx, OccupierIx, Place, SpaceType};
use crate::plan::choice::Choice;
use crate::plan::in_play::InPlay;
use std::collections::BTreeMap;

/// Rounding that adding areas up may bring; the verifier allows a millionth of a m².
const ROUNDING_M2: f64 = 1e-7;

/// Space types as bits, in the order of [`SpaceType::ALL`].
type Types = u8;

/// Every type, `any` among them.
const EVERY: Types = (1 << SpaceType::ALL.len()) - 1;

/// Bit of a type.
fn bit(space: SpaceType) -> Types {
    SpaceType::ALL
        .iter()
        .position(|other| *other == space)
        .map_or(0, |at| 1 << at)
}

/// Area of the types of a set.
fn area_of(areas: &Areas, types: Types) -> f64 {
    areas
        .iter()
        .filter(|(space, _)| bit(*space) & types != 0)
        .map(|(_, area)| area.get())
        .sum()
}

/// The types an occupier's needs are of.
fn types_of(areas: &Areas) -> Types {
    areas
        .iter()
        .filter(|(_, area)| area.get() > 0.0)
        .fold(0, |types, (space, _)| types | bit(space))
}

/// What a building can still hold once those who cannot move are in it.
#[derive(Clone, Debug)]
pub(crate) struct Room {
    /// Sets of space types with the area left for their needs together; the last is every type.
    sets: Vec<(Types, f64)>,
    /// Named resources with what is left of each.
    resources: BTreeMap<String, f64>,
}

impl Room {
    /// The room of a building for occupiers whose needs may be of the types in `asked`.
    fn new(place: &Place, in_play: &InPlay, at: BuildingIx, asked: Types) -> Self {
        let building = place.building(at);
        let usable = &building.usable.value;
        let used = &in_play.used_today[at.index()];
        let held: Vec<OccupierIx> = in_play.inside[at.index()]
            .iter()
            .copied()
            .filter(|occupier| !in_play.is_movable(*occupier))
            .collect();
        let any = bit(SpaceType::Any);
        let typed = asked & EVERY & !any;
        let mut sets: Vec<(Types, f64)> = (1..any)
            .filter(|types| types & !typed == 0)
            .map(|types| {
                let floor = area_of(usable, types | any);
                (types, floor.max(area_of(used, types)))
            })
            .collect();
        let total = usable.total().get().max(used.total().get());
        sets.push((EVERY, total));
        let sets = not_implied(sets)
            .into_iter()
            .map(|(types, floor)| {
                let taken: f64 = held
                    .iter()
                    .map(|occupier| area_of(&place.occupier(*occupier).needs, types))
                    .sum();
                (types, (floor - taken).max(0.0) + ROUNDING_M2)
            })
            .collect();
        let resources = building
            .resources
            .iter()
            .map(|(name, stated)| {
                let need = |occupier: &OccupierIx| {
                    let needs = &place.occupier(*occupier).resources;
                    needs.get(name).copied().unwrap_or(0.0)
                };
                let today: f64 = in_play.inside[at.index()].iter().map(need).sum();
                let taken: f64 = held.iter().map(need).sum();
                (
                    name.clone(),
                    (stated.max(today) - taken).max(0.0) + ROUNDING_M2,
                )
            })
            .collect();
        Self { sets, resources }
    }

    /// What each limit holds, in the order of [`uses`](Room::uses).
    pub(crate) fn capacities(&self) -> Vec<f64> {
        self.sets
            .iter()
            .map(|(_, room)| *room)
            .chain(self.resources.values().copied())
            .collect()
    }

    /// The resource that a limit of [`capacities`](Room::capacities) is of; `None` for floor.
    pub(crate) fn resource(&self, limit: usize) -> Option<&str> {
        let at = limit.checked_sub(self.sets.len())?;
        self.resources.keys().nth(at).map(String::as_str)
    }

    /// What an occupier that asks for these areas and resources takes of each limit.
    pub(crate) fn uses(&self, asks: &Areas, resources: &BTreeMap<String, f64>) -> Vec<f64> {
        let floor = self.sets.iter().map(|(types, _)| area_of(asks, *types));
        let named = self
            .resources
            .keys()
            .map(|name| resources.get(name).copied().unwrap_or(0.0));
        floor.chain(named).collect()
    }

    /// Whether floor is left over for this beside those who can move and the new counters that are there under a choice.
    pub(crate) fn has_left(
        &self,
        place: &Place,
        in_play: &InPlay,
        choice: &Choice,
        (at, floor): (BuildingIx, &Areas),
    ) -> bool {
        let mut left = self.capacities();
        let there = place
            .occupiers()
            .filter(|(who, _)| choice.building(*who) == at && in_play.is_movable(*who));
        for (who, occupier) in there {
            let headroom = match choice.moves(place, who) {
                true => 1.0 + place.finance.headroom,
                false => 1.0,
            };
            let asks = choice.areas(place, who).scaled(headroom);
            for (left, used) in left.iter_mut().zip(self.uses(&asks, &occupier.resources)) {
                *left -= used;
            }
        }
        let opened = choice.arrangement.opened(place);
        for (_, point) in opened.filter(|(_, point)| point.building == at) {
            let asks = point.needs.scaled(1.0 + place.finance.headroom);
            for (left, used) in left.iter_mut().zip(self.uses(&asks, &BTreeMap::new())) {
                *left -= used;
            }
        }
        let asks = self.uses(floor, &BTreeMap::new());
        left.iter().zip(asks).all(|(left, asked)| asked <= *left)
    }

    /// Whether it fits when nobody else who can move is there.
    pub(crate) fn fits(&self, asks: &Areas, resources: &BTreeMap<String, f64>) -> bool {
        self.uses(asks, resources)
            .iter()
            .zip(self.capacities())
            .all(|(use_, room)| *use_ <= room)
    }
}

/// The rooms of all buildings in play.
pub(crate) fn rooms(place: &Place, in_play: &InPlay) -> Vec<Option<Room>> {
    let asked = place
        .occupiers
        .iter()
        .fold(0, |types, occupier| types | types_of(&occupier.needs));
    let parts = place.buildings.iter().filter_map(|b| b.part.as_deref());
    let asked = parts.fold(asked, |types, part| types | types_of(&part.floor));
    let points = place.points.iter();
    let asked = points.fold(asked, |types, point| types | types_of(&point.needs));
    place
        .buildings()
        .map(|(at, _)| {
            in_play
                .is_in_play(at)
                .then(|| Room::new(place, in_play, at, asked))
        })
        .collect()
}

/// Leaves out sets whose limit a larger set's limit implies.
fn not_implied(sets: Vec<(Types, f64)>) -> Vec<(Types, f64)> {
    let implied = |(types, floor): &(Types, f64)| {
        sets.iter()
            .any(|(larger, limit)| larger != types && types & !larger == 0 && limit <= floor)
    };
    sets.iter().filter(|set| !implied(set)).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::{SquareMetres, sample};

    fn floors(areas: &[(SpaceType, f64)]) -> Areas {
        areas.iter().map(|(s, m)| (*s, SquareMetres(*m))).collect()
    }

    fn room(floor: &[(SpaceType, f64)]) -> Room {
        let mut place = sample::six_buildings();
        place.buildings[3].usable.value = floors(floor);
        let in_play = InPlay::new(&place);
        Room::new(&place, &in_play, BuildingIx::new(3), EVERY)
    }

    fn fits(room: &Room, needs: &[(SpaceType, f64)]) -> bool {
        room.fits(&floors(needs), &BTreeMap::new())
    }

    #[test]
    fn any_floor_serves_every_need() {
        let room = room(&[(SpaceType::Any, 100.0)]);
        assert!(fits(
            &room,
            &[(SpaceType::Clinical, 60.0), (SpaceType::Office, 40.0)]
        ));
        assert!(!fits(
            &room,
            &[(SpaceType::Clinical, 60.0), (SpaceType::Office, 41.0)]
        ));
        assert_eq!(room.sets.len(), 1);
    }

    #[test]
    fn typed_floor_serves_only_its_own_type() {
        let room = room(&[(SpaceType::Office, 50.0), (SpaceType::Any, 10.0)]);
        assert!(fits(&room, &[(SpaceType::Office, 60.0)]));
        assert!(!fits(&room, &[(SpaceType::Clinical, 11.0)]));
        assert!(fits(&room, &[(SpaceType::Any, 60.0)]));
        assert!(!fits(
            &room,
            &[(SpaceType::Any, 50.0), (SpaceType::Clinical, 11.0)]
        ));
    }

    #[test]
    fn a_resource_that_is_not_listed_limits_nothing() {
        let room = room(&[(SpaceType::Any, 100.0)]);
        let desks = BTreeMap::from([("desks".to_owned(), 500.0)]);
        assert!(room.fits(&Areas::default(), &desks));
    }
}
