//! That everyone fits in every year between: those still there beside those already come.

use super::super::discrepancy::Found;
use super::super::reading::{Reading, Seat};
use super::super::{points, sharing, space};
use super::{Phased, of_step};
use crate::place::{AccessPoint, BuildingIx, OccupierIx, Place};
use crate::plan::{Act, Plan};

/// Checks floor, counters, separations and merges at the end of every year of the programme.
pub(super) fn check(phased: &Phased<'_>, found: &mut Found) {
    let reading = phased.reading;
    for year in 0..reading.place.phase.years {
        // Floor is taken from the year it is fitted out, a counter's place from the move.
        let fitted = |at: usize| phased.fitted[at].map(|step| step.year);
        let floor = between(phased, year, fitted, reading.place, reading.plan);
        let mut own = Found::default();
        space::check(&floor, &mut own);
        let moved = |at: usize| phased.move_year(at);
        let there = between(phased, year, moved, reading.place, reading.plan);
        sharing::neighbours(&there, &mut own);
        for point in &there.opened {
            points::apart(&there, point, &mut own);
        }
        for one in own.0 {
            let message = format!("at the end of year {year}: {}", one.message);
            let figure = super::super::discrepancy::Figure {
                subject: &one.subject,
                name: format!("programme.{year}.{}", one.figure),
            };
            found.note("crowded-between", figure, one.expected, one.found, message);
        }
        merges(phased, &there, year, found);
    }
}

/// The plan as it stands at the end of a year: those who have come by then, those not yet gone.
fn between<'a>(
    phased: &Phased<'_>,
    year: u32,
    comes: impl Fn(usize) -> Option<u32>,
    place: &'a Place,
    plan: &'a Plan,
) -> Reading<'a> {
    let mut reading = Reading::of(place, plan);
    let mut inside: Vec<Vec<(OccupierIx, Seat)>> = vec![Vec::new(); place.buildings.len()];
    for (at, occupier) in place.occupiers() {
        let end = reading.seats[at.index()];
        let stays = Seat {
            building: occupier.building,
            arrives: false,
            merged: false,
        };
        let Some(end) = end.filter(|seat| seat.arrives) else {
            inside[occupier.building.index()].push((at, end.unwrap_or(stays)));
            continue;
        };
        if comes(at.index()).is_some_and(|come| come <= year) {
            inside[end.building.index()].push((at, end));
        }
        let gone = phased
            .move_year(at.index())
            .is_some_and(|moved| moved <= year);
        if !gone {
            inside[occupier.building.index()].push((at, stays));
        }
    }
    reading.inside = inside;
    let open = |point: &AccessPoint| {
        let mut all = phased.new_counters();
        all.any(|(one, step)| one.id == point.id && step.is_some_and(|step| step.year <= year))
    };
    reading.opened.retain(|point| open(point));
    reading
}

/// One that merges finds somebody to merge into when it comes.
fn merges(phased: &Phased<'_>, there: &Reading<'_>, year: u32, found: &mut Found) {
    let place = there.place;
    for (at, occupier) in place.occupiers() {
        let Some(seat) = there.seats[at.index()].filter(|seat| seat.merged && seat.arrives) else {
            continue;
        };
        if phased.move_year(at.index()) != Some(year) {
            continue;
        }
        let building: BuildingIx = seat.building;
        let host = there.inside[building.index()].iter().any(|(other, own)| {
            let stays = phased.reading.seats[other.index()].is_some_and(|s| s.building == building);
            !own.merged && stays && place.occupier(*other).service == occupier.service
        });
        if !host {
            let field = of_step(Act::Move, occupier.id.as_str(), "year");
            let why = "nobody it could merge into is there yet";
            found.note("step-too-early", field, "a later year", year, why);
        }
    }
}
