//! `minimum_hosts`: so many buildings with a counter, of an hours class where the rule says one.

use super::reading::{Reading, Seat};
use super::rules::{Beyond, Standing};
use crate::place::{AccessRule, BuildingIx, Hours, HoursClass, OccupierIx};

/// Buildings that count in each area, today and under the plan, against the number asked for.
pub(super) fn stand(
    reading: &Reading<'_>,
    rule: &AccessRule,
    (at_least, hours, each): (u32, HoursClass, Option<&str>),
) -> Standing {
    let place = reading.place;
    let kind = match (&rule.area, each) {
        (_, Some(kind)) => Some(kind),
        (Some(area), None) => Some(area.kind.as_str()),
        (None, None) => None,
    };
    let mut codes: Vec<&str> = match (kind, &rule.area) {
        (None, _) => vec![""],
        (Some(_), Some(area)) => vec![area.code.as_str()],
        (Some(kind), None) => {
            let known = place.zones.iter().filter_map(|zone| zone.areas.get(kind));
            known.map(String::as_str).collect()
        }
    };
    codes.sort_unstable();
    codes.dedup();
    let in_class = |own: &Hours| match hours {
        HoursClass::Any => true,
        HoursClass::AllDay => own.all_day == Some(true),
        HoursClass::EveningOrWeekend => [own.all_day, own.evening_or_weekend].contains(&Some(true)),
    };
    let counts = |at: OccupierIx| {
        let occupier = place.occupier(at);
        occupier.service == rule.service && in_class(&occupier.hours)
    };
    let inside = |building: &BuildingIx, code: &str| {
        place.building(*building).location.is_some()
            && kind.is_none_or(|kind| place.area_of(*building, kind) == Some(code))
    };
    let distinct = |buildings: Vec<BuildingIx>, code: &str| {
        let mut buildings = buildings;
        buildings.retain(|building| inside(building, code));
        buildings.sort_unstable();
        buildings.dedup();
        buildings.len() as u32
    };
    let counted = || place.occupiers().filter(|(at, _)| counts(*at));
    let today: Vec<BuildingIx> = counted().map(|(_, occupier)| occupier.building).collect();
    let opened = reading.opened.iter();
    let new = opened.filter(|point| point.service == rule.service && in_class(&point.hours));
    let after: Vec<BuildingIx> = counted()
        .filter_map(|(at, _)| reading.seats[at.index()])
        .filter(|seat: &Seat| !seat.merged)
        .map(|seat| seat.building)
        .chain(new.map(|point| point.building))
        .collect();
    let each: Vec<Area<'_>> = codes
        .into_iter()
        .map(|code| {
            let today = distinct(today.clone(), code);
            Area {
                code,
                today,
                enforced: if rule.strict {
                    at_least
                } else {
                    at_least.min(today)
                },
                after: distinct(after.clone(), code),
            }
        })
        .collect();
    together(&each, at_least)
}

struct Area<'a> {
    code: &'a str,
    today: u32,
    enforced: u32,
    after: u32,
}

/// The figures are those of the area with the fewest to spare, the first among equals.
fn together(areas: &[Area<'_>], stated: u32) -> Standing {
    let spare = |area: &&Area<'_>| i64::from(area.after) - i64::from(area.enforced);
    let Some(tightest) = areas.iter().min_by_key(spare) else {
        return Standing::empty();
    };
    let short = areas.iter().filter(|area| area.after < area.enforced);
    Standing {
        today: Some(tightest.today.into()),
        enforced: Some(tightest.enforced.into()),
        after: Some(tightest.after.into()),
        people_short_today: 0.0,
        people_short_after: 0.0,
        beyond: short
            .map(|area| Beyond {
                id: area.code.to_owned(),
                distance: Some((area.enforced - area.after).into()),
                limit: 0.0,
                people: 0.0,
            })
            .collect(),
        stated: areas.iter().all(|area| area.after >= stated),
        kept: areas.iter().all(|area| area.after >= area.enforced),
        empty: false,
        room: (None, 0),
    }
}
