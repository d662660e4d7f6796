//! Everyone fits: floor by type, headroom for those who arrive, named resources.

use super::discrepancy::{Found, of, tidy};
use super::part::part_of;
use super::reading::{Reading, Seat};
use super::scope::share_used;
use crate::place::{AccessPoint, Areas, Building, BuildingIx, OccupierIx, SpaceType};
use std::collections::{BTreeMap, BTreeSet};

/// Fits are judged to a millionth of a square metre (or of a desk).
const SLACK: f64 = 1e-6;

/// The types a floor can have beside `any`: what sets of types are made of.
const TYPED: [SpaceType; 5] = [
    SpaceType::Office,
    SpaceType::Public,
    SpaceType::Clinical,
    SpaceType::Secure,
    SpaceType::Storage,
];

/// Checks the space of every building in play.
pub(super) fn check(reading: &Reading<'_>, found: &mut Found) {
    for (at, building) in reading.place.buildings() {
        // With nobody arriving, today fits by definition.
        let part = part_of(reading, at).is_some();
        if reading.scope.in_play[at.index()] && (reading.takes_in(at) || part) {
            floor(reading, at, building, found);
            resources(reading, at, building, found);
        }
    }
}

/// Floor asked for by type: what stays, and what arrives with headroom.
fn asked<'a>(
    reading: &Reading<'_>,
    inside: &[(OccupierIx, Seat)],
    new: impl Iterator<Item = &'a AccessPoint>,
) -> Areas {
    let place = reading.place;
    let mut sum: BTreeMap<SpaceType, f64> = BTreeMap::new();
    for (at, seat) in inside {
        let occupier = place.occupier(*at);
        let headroom = if seat.arrives {
            place.finance.headroom
        } else {
            0.0
        };
        let factor = share_used(place, occupier, seat.merged) * (1.0 + headroom);
        for (space, area) in occupier.needs.iter() {
            *sum.entry(space).or_default() += area.get() * factor;
        }
    }
    for (space, area) in new.flat_map(|point| point.needs.iter()) {
        *sum.entry(space).or_default() += area.get() * (1.0 + place.finance.headroom);
    }
    sum.into_iter()
        .map(|(s, area)| (s, crate::place::SquareMetres(area)))
        .collect()
}

/// Floor in use by type today.
fn today(reading: &Reading<'_>, at: BuildingIx) -> Areas {
    let inside: Vec<_> = reading.scope.inside[at.index()]
        .iter()
        .map(|o| {
            let stays = Seat {
                building: at,
                arrives: false,
                merged: false,
            };
            (*o, stays)
        })
        .collect();
    asked(reading, &inside, std::iter::empty())
}

/// Every set of types must fit its floor and the `any` floor; all together must fit the total.
fn floor(reading: &Reading<'_>, at: BuildingIx, building: &Building, found: &mut Found) {
    let usable = &building.usable.value;
    let (mut asked, today) = (
        asked(reading, &reading.inside[at.index()], reading.opened_in(at)),
        today(reading, at),
    );
    if let Some(part) = part_of(reading, at) {
        for (space, area) in part.floor.iter() {
            asked.add(space, area);
        }
    }
    let mut check = |kinds: &str, need: f64, floor: f64, before: f64| {
        let capacity = floor.max(before);
        // Written so that a need that is not a number does not fit.
        let fits = need <= capacity + SLACK;
        if !fits {
            found.note(
                "overfull",
                of("buildings", building.id.as_str(), "used_after_m2"),
                format!("at most {} m²", tidy(capacity)),
                format!("{} m²", tidy(need)),
                format!("those in it need more {kinds} floor than there is, headroom included"),
            );
        }
    };
    let any = usable.get(SpaceType::Any).get();
    for set in 1..(1_u32 << TYPED.len()) {
        let kinds: Vec<_> = TYPED
            .into_iter()
            .enumerate()
            .filter(|(bit, _)| set & (1 << bit) != 0)
            .map(|(_, space)| space)
            .collect();
        // A set with a type nobody asks for says no more than the set without it.
        if kinds.iter().any(|space| asked.get(*space).get() == 0.0) {
            continue;
        }
        let over = |areas: &Areas| {
            kinds
                .iter()
                .map(|space| areas.get(*space).get())
                .sum::<f64>()
        };
        let names: Vec<_> = kinds.iter().map(|space| space.name()).collect();
        check(
            &names.join(" and "),
            over(&asked),
            over(usable) + any,
            over(&today),
        );
    }
    let total = |areas: &Areas| areas.total().get();
    check("total", total(&asked), total(usable), total(&today));
}

/// Desks, bays and rooms: capacities of their own, without headroom.
fn resources(reading: &Reading<'_>, at: BuildingIx, building: &Building, found: &mut Found) {
    let place = reading.place;
    let need = |who: &mut dyn Iterator<Item = OccupierIx>, name: &str| -> f64 {
        who.filter_map(|o| place.occupier(o).resources.get(name))
            .sum()
    };
    let inside = &reading.inside[at.index()];
    let names: BTreeSet<&String> = inside
        .iter()
        .flat_map(|(o, _)| place.occupier(*o).resources.keys())
        .collect();
    for name in names {
        let after = need(&mut inside.iter().map(|(o, _)| *o), name);
        let before = need(&mut reading.scope.inside[at.index()].iter().copied(), name);
        // One that the building does not list is not known there and limits nothing.
        let Some(stated) = building.resources.get(name) else {
            continue;
        };
        let capacity = stated.max(before);
        let fits = after <= capacity + SLACK;
        if !fits {
            found.note(
                "overfull",
                of(
                    "buildings",
                    building.id.as_str(),
                    &format!("resources.{name}"),
                ),
                format!("at most {}", tidy(capacity)),
                tidy(after),
                format!("those in it need more {name} than there are"),
            );
        }
    }
}
