//! Offers of small new counters: which of them a plan could open, and what one costs.

use super::choice::Choice;
use super::compile::Sources;
use super::in_play::InPlay;
use super::limits::{counters, separation, space::Room};
use crate::access::{Verdict, assess};
use crate::place::{AccessPoint, Areas, BuildingIx, Place, PointIx};
use crate::siting::{Row, Term};

/// An offer that a plan could take up.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    pub(crate) point: PointIx,
    pub(crate) building: BuildingIx,
    /// Floor it asks for, with headroom: it arrives.
    pub(crate) asks: Areas,
}

/// The offers that pass every test alone, in the order of the place.
pub(crate) fn offers(place: &Place, in_play: &InPlay, rooms: &[Option<Room>]) -> Vec<Offer> {
    place
        .points()
        .filter(|(_, point)| refused(place, in_play, rooms, point).is_none())
        .map(|(at, point)| Offer {
            point: at,
            building: point.building,
            asks: asks(place, point),
        })
        .collect()
}

fn asks(place: &Place, point: &AccessPoint) -> Areas {
    point.needs.scaled(1.0 + place.finance.headroom)
}

/// Why a new counter cannot be in its building, where it cannot.
pub(crate) fn refused(
    place: &Place,
    in_play: &InPlay,
    rooms: &[Option<Room>],
    point: &AccessPoint,
) -> Option<String> {
    let building = place.building(point.building);
    if let Some(reason) = in_play.receives_nobody(place, point.building) {
        return Some(reason.to_owned());
    }
    let mut needs = place.service(point.service).needs.iter();
    if let Some(tag) = needs.find(|tag| !building.offers.contains(*tag)) {
        return Some(format!("it does not offer {tag}"));
    }
    if !building.hours.allow(&point.hours) {
        return Some("it is not open when the service needs it".to_owned());
    }
    if counters::left(place, in_play, point.service, point.building) == 0 {
        return Some("it has all the counters of the service it may have".to_owned());
    }
    if let Err(reason) = separation::allowed_service(place, in_play, point.service, point.building)
    {
        return Some(reason);
    }
    let room = rooms.get(point.building.index()).and_then(Option::as_ref);
    let fits = room.is_some_and(|room| room.fits(&asks(place, point), &Default::default()));
    (!fits).then(|| "it has no room".to_owned())
}

/// Which rules the plan would break without a new counter, in a sentence.
pub(super) fn why_opened(from: &Sources<'_>, choice: &Choice, at: PointIx) -> String {
    let place = from.place;
    let mut without = choice.arrangement.clone();
    without.points[at.index()] = false;
    let verdicts = assess(place, from.travel, from.today, &without);
    let service = place.point(at).service;
    let rules = place.rules.iter().zip(verdicts);
    let broken: Vec<String> = rules
        .filter(|(rule, _)| rule.service == service)
        .filter(|(_, stands)| matches!(stands.verdict, Verdict::Fail | Verdict::Consult))
        .map(|(rule, stands)| format!("{} ({})", rule.id, stands.limit))
        .collect();
    match broken.is_empty() {
        true => "Every rule would hold without this one alone.".to_owned(),
        false => format!("Without it the plan would not keep {}.", broken.join("; ")),
    }
}

/// Rows that open no more new counters than a choice has: one is there so that a limit is kept at less cost, not
/// so that what may be given for shorter journeys buys it.
pub(super) fn shut(from: &Sources<'_>, choice: &Choice) -> Vec<Row> {
    let first = from.placements.list.len();
    let offers = from.placements.offers.iter().enumerate();
    offers
        .filter(|(_, offer)| !choice.arrangement.points[offer.point.index()])
        .map(|(at, offer)| Row {
            name: format!("{} stays shut", from.place.point(offer.point).id),
            terms: vec![(Term::Placement(first + at), 1.0)],
            at_most: Some(0.0),
            ..Row::default()
        })
        .collect()
}
