//! R8 as rows, made when they are needed. Who goes where depends on all hosts at once, so the problem
//! begins without this rule; where a solution leaves a host too full, a row is added that every
//! arrangement keeps which keeps the rule: this host goes, or another opens that takes some of its people.

use crate::access::rules::{Capacity, Limit};
use crate::access::{Asked, going};
use crate::place::{AccessRule, BuildingIx, OccupierIx};
use crate::plan::choice::Choice;
use crate::plan::compile::Sources;
use crate::plan::in_play::named;
use crate::siting::{Row, Term};
use std::collections::BTreeSet;

/// The hard rules on capacity, with what each enforces.
fn hard<'a>(from: &'a Sources<'_>) -> impl Iterator<Item = (&'a AccessRule, &'a Capacity)> {
    let rules = from.place.rules.iter().zip(&from.today.limits);
    rules.filter_map(|(rule, limit)| match limit {
        Limit::Capacity(limit) if rule.hard => Some((rule, limit)),
        _ => None,
    })
}

/// Whether a hard rule on capacity is asked for.
pub(crate) fn is_asked(from: &Sources<'_>) -> bool {
    hard(from).next().is_some()
}

/// What a choice lacks: rows that it breaks and every arrangement keeps that keeps the rules; none where
/// it keeps them.
pub(crate) fn lacking(from: &Sources<'_>, choice: &Choice) -> Vec<Row> {
    let mut rows = Vec::new();
    for (rule, limit) in hard(from) {
        let loads = limit.loads(from.place, from.travel, rule, &choice.arrangement);
        for load in loads.iter().filter(|load| load.is_over) {
            rows.extend(relieved(from, choice, (rule, limit), load.host));
        }
    }
    rows
}

/// The hosts that a choice leaves too full, in words.
pub(crate) fn too_full(from: &Sources<'_>, choice: &Choice) -> Vec<String> {
    let mut words = Vec::new();
    for (rule, limit) in hard(from) {
        let loads = limit.loads(from.place, from.travel, rule, &choice.arrangement);
        for load in loads.iter().filter(|load| load.is_over) {
            words.push(format!(
                "rule {}: {} would have {} visits a year, and can take {}",
                rule.id,
                named(from.place.building(load.host)),
                crate::place::words::whole(load.people as f64 / 1000.0 * limit.each),
                crate::place::words::whole(load.capacity)
            ));
        }
    }
    words
}

/// One row for each counter there that may leave: it is not there, or there is relief. Where one may not,
/// one row asks for relief alone.
fn relieved(
    from: &Sources<'_>,
    choice: &Choice,
    (rule, limit): (&AccessRule, &Capacity),
    full: BuildingIx,
) -> Vec<Row> {
    let relief = relief(from, choice, (rule, limit), full);
    let there: Vec<OccupierIx> = from
        .place
        .occupiers()
        .filter(|(at, one)| one.service == rule.service && choice.building(*at) == full)
        .map(|(at, _)| at)
        .collect();
    let row = |stays: Option<usize>| Row {
        name: format!("{} in {}", rule.id, from.place.building(full).id),
        terms: relief
            .iter()
            .map(|position| (Term::Placement(*position), 1.0))
            .chain(stays.map(|position| (Term::Placement(position), -1.0)))
            .collect(),
        at_least: Some(if stays.is_some() { 0.0 } else { 1.0 }),
        at_most: None,
        price: None,
    };
    if there.iter().any(|at| !from.in_play.is_movable(*at)) {
        return vec![row(None)];
    }
    let list = &from.placements.list;
    let stays = list
        .iter()
        .enumerate()
        .filter(|(_, one)| one.building == full && there.contains(&one.occupier));
    let open = from.placements.offers_of(from.place, rule.service);
    let open = open.filter(|(_, offer)| {
        offer.building == full && choice.arrangement.points[offer.point.index()]
    });
    stays
        .map(|(position, _)| position)
        .chain(open.map(|(position, _)| position))
        .map(|position| row(Some(position)))
        .collect()
}

/// Placements that take people from a host, or let it take more: counters of the service that come to it,
/// and those that come where they are nearer to somebody who goes there, and none is now.
fn relief(
    from: &Sources<'_>,
    choice: &Choice,
    (rule, limit): (&AccessRule, &Capacity),
    full: BuildingIx,
) -> Vec<usize> {
    let hosts: BTreeSet<BuildingIx> = choice
        .arrangement
        .hosts(from.place, rule.service)
        .into_iter()
        .collect();
    let asked = Asked {
        place: from.place,
        travel: from.travel,
        service: rule.service,
        measure: &rule.measure,
        arrangement: &choice.arrangement,
    };
    let people = going(asked, &limit.scope.weights, full);
    let nearer = |host: BuildingIx| {
        people.iter().any(|(zone, far)| {
            let to = from
                .travel
                .zone_to_building(from.place, &rule.measure, *zone, host);
            let id = |at: BuildingIx| &from.place.building(at).id;
            to.is_some_and(|to| (to, id(host)) < (*far, id(full)))
        })
    };
    let mut near: BTreeSet<BuildingIx> = from
        .placements
        .list
        .iter()
        .filter(|one| from.place.occupier(one.occupier).service == rule.service)
        .map(|one| one.building)
        .filter(|host| !hosts.contains(host))
        .collect();
    let offers = || from.placements.offers_of(from.place, rule.service);
    near.extend(
        offers()
            .map(|(_, offer)| offer.building)
            .filter(|host| !hosts.contains(host)),
    );
    near.retain(|host| nearer(*host));
    let new = offers().filter(|(_, offer)| {
        let comes = offer.building == full && !choice.arrangement.points[offer.point.index()];
        comes || near.contains(&offer.building)
    });
    let new: Vec<usize> = new.map(|(position, _)| position).collect();
    let list = from.placements.list.iter().enumerate();
    list.filter(|(_, one)| {
        let of_service = from.place.occupier(one.occupier).service == rule.service;
        let comes = one.building == full && choice.building(one.occupier) != full;
        of_service && (comes || near.contains(&one.building))
    })
    .map(|(position, _)| position)
    .chain(new)
    .collect()
}
