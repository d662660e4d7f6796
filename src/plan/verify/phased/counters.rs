//! New counters in the years: each opens in a year, and before the closures whose people it takes.

use super::super::discrepancy::Found;
use super::super::reading::Reading;
use super::super::zones::straight_km;
use super::{Phased, of_step};
use crate::place::{AccessPoint, BuildingIx, OccupierIx, ZoneIx};
use crate::plan::{Act, Step};
use crate::travel::Travel;

/// Whether the end state opens an offered counter.
pub(super) fn is_opened(reading: &Reading<'_>, point: &AccessPoint) -> bool {
    reading.opened.iter().any(|one| one.id == point.id)
}

/// Checks the year of every new counter, and of the closures that wait for it.
pub(super) fn check(phased: &Phased<'_>, travel: &Travel, found: &mut Found) {
    let place = phased.reading.place;
    for (point, step) in phased.new_counters() {
        if let Some(step) = step {
            alone(phased, point, step, found);
        }
        for leaver in waiting(phased, travel, point) {
            let Some(moved) = phased.moved[leaver.index()] else {
                continue;
            };
            let opens = step.map_or(u32::MAX, |step| step.year);
            if moved.year < opens {
                let id = place.occupier(leaver).id.as_str();
                let why = format!("{} takes its people and is not open yet", point.id);
                let least = match step {
                    Some(step) => format!("at least {}", step.year),
                    None => "no such step".to_owned(),
                };
                let field = of_step(Act::Move, id, "year");
                found.note("step-too-early", field, least, moved.year, why);
            }
        }
    }
}

/// What concerns nothing but the counter and its building.
fn alone(phased: &Phased<'_>, point: &AccessPoint, step: &Step, found: &mut Found) {
    let place = phased.reading.place;
    let field = |name: &str| of_step(step.act, &step.subject, name);
    let building = place.building(point.building);
    if let Some(proposal) = building.proposed.as_deref() {
        let opened = phased.opened[point.building.index()];
        let from = opened.map_or(u32::MAX, |step| step.year.saturating_add(phased.lead()));
        let first = from.max(proposal.first_year);
        if step.year < first {
            let why = "the building is not there yet";
            found.note("step-too-early", field("year"), first, step.year, why);
        }
    }
    for (name, day) in [("date", &step.date), ("notice_by", &step.notice_by)] {
        if let Some(day) = day {
            let why = "the step has no such day";
            found.note("step-differs", field(name), "null", day, why);
        }
    }
}

/// The counters that leave a building without any of their service, and whose people the new one takes, as the
/// straight line goes; where it takes nobody's, all that leave one.
fn waiting(phased: &Phased<'_>, travel: &Travel, point: &AccessPoint) -> Vec<OccupierIx> {
    let reading = phased.reading;
    let place = reading.place;
    let same = |at: usize| place.occupiers[at].service == point.service;
    let stays = |building: BuildingIx| {
        let mut seats = reading.seats.iter().enumerate();
        seats.any(|(at, seat)| same(at) && seat.is_some_and(|seat| seat.building == building))
    };
    let all: Vec<OccupierIx> = (0..place.occupiers.len())
        .filter(|at| same(*at) && reading.seats[*at].is_some_and(|seat| seat.arrives))
        .filter(|at| !stays(place.occupiers[*at].building))
        .map(OccupierIx::new)
        .collect();
    let (today, after) = (
        reading.hosts_today(point.service),
        reading.hosts_after(point.service),
    );
    let goes_to = |zone: ZoneIx, hosts: &[BuildingIx]| {
        let measure = straight_km();
        let ways = hosts.iter().filter_map(|host| {
            let far = travel.zone_to_building(place, &measure, zone, *host)?;
            Some((far, *host))
        });
        // Of two as near, the first of the place.
        ways.min().map(|(_, host)| host)
    };
    let zones = place.zones().filter(|(_, zone)| {
        let demand = &zone.demand[point.service.index()];
        demand.get() > 0.0
    });
    let taken: Vec<BuildingIx> = zones
        .filter(|(zone, _)| goes_to(*zone, &after) == Some(point.building))
        .filter_map(|(zone, _)| goes_to(zone, &today))
        .collect();
    let own = all.iter().copied();
    let own: Vec<OccupierIx> = own
        .filter(|at| taken.contains(&place.occupier(*at).building))
        .collect();
    match own.is_empty() {
        true => all,
        false => own,
    }
}
