//! S4: how many counters of one service a building may have.

use crate::place::{BuildingIx, OccupierIx, Place, ServiceIx};
use crate::plan::in_play::InPlay;

/// How many unmerged occupiers of a service may be in a building. Services without a counter have
/// no such limit.
pub(crate) fn most(place: &Place, in_play: &InPlay, service: ServiceIx, at: BuildingIx) -> u32 {
    if !place.service(service).counter {
        return u32::MAX;
    }
    let today = of_service(place, in_play, service, at).count() as u32;
    place.service(service).max_per_building.max(today)
}

/// How many of those may be occupiers that can move.
pub(crate) fn left(place: &Place, in_play: &InPlay, service: ServiceIx, at: BuildingIx) -> u32 {
    let most = most(place, in_play, service, at);
    if most == u32::MAX {
        return most;
    }
    let held = of_service(place, in_play, service, at).filter(|o| !in_play.is_movable(*o));
    most.saturating_sub(held.count() as u32)
}

fn of_service<'a>(
    place: &'a Place,
    in_play: &'a InPlay,
    service: ServiceIx,
    at: BuildingIx,
) -> impl Iterator<Item = OccupierIx> + 'a {
    let inside = in_play.inside[at.index()].iter().copied();
    inside.filter(move |occupier| place.occupier(*occupier).service == service)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::sample;

    #[test]
    fn a_counter_that_cannot_move_takes_the_place() {
        let mut place = sample::six_buildings();
        place.occupiers[0].immovable = Some("lease".into());
        let in_play = InPlay::new(&place);
        let left = |building| {
            left(
                &place,
                &in_play,
                ServiceIx::new(0),
                BuildingIx::new(building),
            )
        };
        assert_eq!((left(0), left(1)), (0, 1));
    }
}
