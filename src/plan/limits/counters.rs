//! S4: how many counters of one service a building may have.

use crate::place::{BuildingIx, Place, ServiceIx};
use crate::plan::in_play::InPlay;

/// How many occupiers of a service that can move may be in a building, unmerged. Services without
/// a counter have no such limit.
pub(crate) fn left(place: &Place, in_play: &InPlay, service: ServiceIx, at: BuildingIx) -> u32 {
    if !place.service(service).counter {
        return u32::MAX;
    }
    let (mut today, mut held) = (0, 0);
    for occupier in &in_play.inside[at.index()] {
        if place.occupier(*occupier).service == service {
            today += 1;
            if !in_play.is_movable(*occupier) {
                held += 1;
            }
        }
    }
    place
        .service(service)
        .max_per_building
        .max(today)
        .saturating_sub(held)
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
