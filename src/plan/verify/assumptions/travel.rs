//! What distances and times lean on.

use super::super::numbers::numbers_in;
use super::super::reading::Reading;
use super::{Setting, movers, words};
use crate::place::{AccessRule, Mode, RuleKind, TravelSettings};

/// How many of the nearest buildings an occupier may go to where nothing says how far.
const NEAREST: usize = 40;

pub(super) fn travel(reading: &Reading<'_>, settings: &mut Vec<Setting>) {
    let place = reading.place;
    let (own, ours) = (&place.travel, TravelSettings::default());
    for (name, own, default) in [
        ("detour", own.detour, ours.detour),
        ("walk_kmh", own.walk_kmh, ours.walk_kmh),
        ("drive_kmh", own.drive_kmh, ours.drive_kmh),
    ] {
        settings.push(Setting {
            name: format!("travel.{name}"),
            numbers: vec![own],
            stated: own != default,
            used_by: place.rules.len(),
        });
    }
    transit(reading, settings);
    let cut = cut(reading);
    if cut > 0 {
        settings.push(words("buildings considered", vec![NEAREST as f64], cut));
    }
}

/// The terms of timetables and the hashes of their feeds, where a rule or a group goes by them.
fn transit(reading: &Reading<'_>, settings: &mut Vec<Setting>) {
    let place = reading.place;
    let mut used_by = 0;
    for rule in &place.rules {
        used_by += usize::from(rule.measure.mode == Mode::Transit);
    }
    for measure in place.group_modes.values() {
        used_by += usize::from(measure.mode == Mode::Transit);
    }
    let Some(terms) = place.travel.transit.as_ref().filter(|_| used_by > 0) else {
        return;
    };
    let mut add = |name: &str, numbers: Vec<f64>, stated: bool| {
        settings.push(Setting {
            name: format!("travel.transit.{name}"),
            numbers,
            stated,
            used_by,
        });
    };
    let clock = |minutes: u32| [f64::from(minutes / 60), f64::from(minutes % 60)];
    // The dashes of a date are read as signs.
    add("date", numbers_in(&terms.date.to_string()), true);
    add(
        "window",
        [clock(terms.from_min), clock(terms.to_min)].concat(),
        true,
    );
    add(
        "percentile",
        vec![terms.percentile.into()],
        terms.percentile != 50,
    );
    add("rides", vec![terms.rides.into()], terms.rides != 4);
    add("walk_min", vec![terms.walk_min], terms.walk_min != 20.0);
    add(
        "change_min",
        vec![terms.change_min],
        terms.change_min != 10.0,
    );
    add("board_min", vec![terms.board_min], terms.board_min != 1.0);
    add(
        "longest_min",
        vec![terms.longest_min],
        terms.longest_min != 180.0,
    );
    if let Some(day) = terms.day {
        let (leave, back) = (clock(day.leave_min), clock(day.back_min));
        let stay = [f64::from(day.stay_min)];
        add("there_and_back", [&leave[..], &stay, &back].concat(), true);
    }
    for source in &place.sources {
        if source.table == "travel.transit" {
            let hash = format!("SHA-256 {}", source.sha256);
            add(&format!("feeds {}", source.file), numbers_in(&hash), true);
        }
    }
}

/// Occupiers that nothing says how far they may go, nor where, with more buildings to choose from
/// than are looked at.
fn cut(reading: &Reading<'_>) -> usize {
    let place = reading.place;
    let receives: Vec<bool> = place
        .buildings()
        .map(|(at, building)| {
            building.location.is_some() && reading.scope.refuses(place, at).is_none()
        })
        .collect();
    let all = receives.iter().filter(|receives| **receives).count();
    let bounds =
        |rule: &AccessRule| rule.hard && matches!(rule.kind, RuleKind::Displacement { .. });
    movers(reading, |at| {
        let occupier = place.occupier(at);
        let service = place.service(occupier.service);
        let bounded = service.move_limit.is_some()
            || place
                .rules
                .iter()
                .any(|r| r.service == occupier.service && bounds(r));
        let others = all - usize::from(receives[occupier.building.index()]);
        !bounded && place.placing(at).is_none() && others > NEAREST
    })
}
