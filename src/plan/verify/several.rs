//! A rule about several groups or areas: one standing for each, put together.

use super::rules::{Beyond, Standing};

/// One group or area.
pub(super) struct One {
    /// The group's name or the area's code.
    pub(super) id: String,
    pub(super) own: Standing,
    /// Whether its figures are shares within a distance; else they are means.
    pub(super) by_share: bool,
}

/// The rule holds where all do. Its figures are those of the one with the least room for each of
/// its people, the first among equals; people are added up.
pub(super) fn together(all: Vec<One>) -> Standing {
    let all: Vec<One> = all.into_iter().filter(|one| !one.own.empty).collect();
    let Some(tightest) = all.iter().reduce(|one, other| match tighter(other, one) {
        true => other,
        false => one,
    }) else {
        return Standing::empty();
    };
    let sum = |of: fn(&Standing) -> f64| {
        let thousandths: f64 = all.iter().map(|one| (of(&one.own) * 1e3).round()).sum();
        thousandths / 1e3
    };
    Standing {
        today: tightest.own.today,
        enforced: tightest.own.enforced,
        after: tightest.own.after,
        people_short_today: sum(|own| own.people_short_today),
        people_short_after: sum(|own| own.people_short_after),
        beyond: all.iter().filter(|one| !one.own.kept).map(beyond).collect(),
        stated: all.iter().all(|one| one.own.stated && one.own.kept),
        kept: all.iter().all(|one| one.own.kept),
        empty: false,
        room: (None, 0),
    }
}

fn tighter(one: &One, other: &One) -> bool {
    let (room, people) = one.own.room;
    let (other_room, others) = other.own.room;
    match (room, other_room) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(room), Some(other_room)) => {
            room * super::zones::signed(others) < other_room * super::zones::signed(people)
        }
    }
}

/// One that fails: its mean, or the share of it that is outside the distance, and the most it may be.
fn beyond(one: &One) -> Beyond {
    let outside = |figure: Option<f64>| match one.by_share {
        true => figure.map(|share| 1.0 - share),
        false => figure,
    };
    Beyond {
        id: one.id.clone(),
        distance: outside(one.own.after),
        limit: outside(one.own.enforced).unwrap_or(0.0),
        people: super::zones::people(one.own.room.1),
    }
}
