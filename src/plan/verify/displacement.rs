//! `displacement`: an occupier's new building lies near its old one.

use super::reading::Reading;
use super::rules::{Beyond, Standing};
use crate::place::{AccessRule, Distance};
use crate::travel::Travel;

/// Every occupier of the service that moves or merges goes no further than the limit.
pub(super) fn stand(
    reading: &Reading<'_>,
    travel: &Travel,
    rule: &AccessRule,
    limit: Distance,
) -> Standing {
    let place = reading.place;
    let unit = rule.measure.unit;
    let mut furthest = Distance(0);
    let mut beyond = Vec::new();
    let mut lost = false;
    for (at, occupier) in place.occupiers() {
        let seat = reading.seats[at.index()].filter(|seat| seat.arrives);
        let Some(seat) = seat.filter(|_| occupier.service == rule.service) else {
            continue;
        };
        let distance =
            travel.building_to_building(place, &rule.measure, occupier.building, seat.building);
        match distance {
            Some(distance) => furthest = furthest.max(distance),
            None => lost = true,
        }
        if distance.is_none_or(|distance| distance > limit) {
            beyond.push(Beyond {
                id: occupier.id.to_string(),
                distance: distance.map(|distance| distance.to_user(unit)),
                limit: limit.to_user(unit),
                people: occupier.staff_fte,
            });
        }
    }
    let kept = beyond.is_empty();
    Standing {
        today: Some(0.0),
        enforced: Some(limit.to_user(unit)),
        after: (!lost).then(|| furthest.to_user(unit)),
        people_short_today: 0.0,
        people_short_after: 0.0,
        beyond,
        stated: kept,
        kept,
        empty: !place
            .occupiers
            .iter()
            .any(|one| one.service == rule.service),
        room: (None, 0),
    }
}
