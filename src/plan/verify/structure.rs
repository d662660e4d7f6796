//! Everyone exactly once, in an open building, by an action that is allowed.

use super::discrepancy::{Found, of, of_plan};
use super::exit::cheapest;
use super::reading::{Reading, Seat};
use super::scope::Scope;
use super::years::Years;
use crate::place::{BuildingIx, Lock, OccupierIx};
use crate::plan::{Action, Outcome, PlannedOccupier};
use std::collections::BTreeSet;

/// Checks the lists, every occupier's seat and every building's action.
pub(super) fn check(reading: &Reading<'_>, found: &mut Found) {
    lists(reading, found);
    for (at, planned) in reading.occupiers.iter().enumerate() {
        if let Some(planned) = planned {
            occupier(reading, OccupierIx::new(at), planned, found);
        }
    }
    super::points::check(reading, found);
    let years = Years::of(&reading.place.finance);
    for (at, _) in reading.place.buildings() {
        building(reading, at, &years, found);
    }
}

/// Each building and occupier of the place once, in its order, and nothing else.
fn lists(reading: &Reading<'_>, found: &mut Found) {
    let place = reading.place;
    list(
        "buildings",
        &place
            .buildings
            .iter()
            .map(|b| b.id.as_str())
            .collect::<Vec<_>>(),
        &reading
            .plan
            .buildings
            .iter()
            .map(|b| b.asset_id.as_str())
            .collect::<Vec<_>>(),
        found,
    );
    let agencies: Vec<&str> = place.agencies.iter().map(|a| a.id.as_str()).collect();
    let ledgers = reading.plan.ledger.iter().map(|l| l.agency.as_str());
    list("ledger", &agencies, &ledgers.collect::<Vec<_>>(), found);
    list(
        "occupiers",
        &place
            .occupiers
            .iter()
            .map(|o| o.id.as_str())
            .collect::<Vec<_>>(),
        &reading
            .plan
            .occupiers
            .iter()
            .map(|o| o.occupier.as_str())
            .collect::<Vec<_>>(),
        found,
    );
}

fn list(name: &str, expected: &[&str], listed: &[&str], found: &mut Found) {
    let known: BTreeSet<_> = expected.iter().copied().collect();
    let mut seen = BTreeSet::new();
    for id in listed {
        if !known.contains(id) {
            let why = "the place has no such record";
            found.note(
                "unknown-id",
                of(name, id, "id"),
                "an id of the place",
                id,
                why,
            );
        } else if !seen.insert(*id) {
            found.note(
                "listed-twice",
                of(name, id, "id"),
                "once",
                "twice",
                "it is listed more than once",
            );
        }
    }
    for id in expected {
        if !seen.contains(id) {
            found.note(
                "left-out",
                of(name, id, "id"),
                "listed",
                "nothing",
                "the plan leaves it out",
            );
        }
    }
    if known.len() == seen.len() && listed.len() == expected.len() && listed != expected {
        let why = "the list is not in the order of the input";
        found.note(
            "out-of-order",
            of_plan(name),
            "the order of the input",
            "another",
            why,
        );
    }
}

fn occupier(reading: &Reading<'_>, at: OccupierIx, planned: &PlannedOccupier, found: &mut Found) {
    let place = reading.place;
    let occupier = place.occupier(at);
    let id = occupier.id.as_str();
    let today = place.building(occupier.building).id.as_str();
    let field = |field: &str| of("occupiers", id, field);
    let why = "it is not in that building today";
    found.text(
        "from-differs",
        field("from_id"),
        today,
        &planned.from_id,
        why,
    );
    let Some(seat) = reading.seats[at.index()] else {
        let why = "the place has no such building";
        found.note(
            "unknown-building",
            field("to_id"),
            "a building of the place",
            &planned.to_id,
            why,
        );
        return;
    };
    let moved = if seat.arrives {
        "move or merge"
    } else {
        "stay"
    };
    if (planned.outcome == Outcome::Stay) == seat.arrives {
        let why = "the outcome does not fit where it goes";
        found.note(
            "outcome-differs",
            field("outcome"),
            moved,
            planned.outcome.name(),
            why,
        );
    }
    destination(reading, at, seat, found);
    if planned.outcome == Outcome::Merge {
        merge(reading, at, seat, found);
    }
}

/// Whether an occupier may be where the plan puts it, its building's space and neighbours apart.
fn destination(reading: &Reading<'_>, at: OccupierIx, seat: Seat, found: &mut Found) {
    let (place, scope) = (reading.place, &reading.scope);
    let occupier = place.occupier(at);
    let field = || of("occupiers", occupier.id.as_str(), "to_id");
    let today = place.building(occupier.building).id.as_str();
    let to = place.building(seat.building).id.as_str();
    let decided = place.placing(at);
    if let Some(decided) = decided.filter(|decided| *decided != seat.building) {
        let decided = place.building(decided).id.as_str();
        found.note(
            "decision-ignored",
            field(),
            decided,
            to,
            "a decision places it elsewhere",
        );
    }
    if seat.arrives {
        if !scope.in_play[occupier.building.index()] {
            let why = "what is outside the plan stays as it is";
            found.note("outside-touched", field(), today, to, why);
        } else if !scope.movable[at.index()] {
            found.note("immovable-moved", field(), today, to, "it cannot move");
        }
        if let Some(why) = scope.refuses(place, seat.building) {
            let why = format!("nobody may move into {to}: {why}");
            found.note("receives-nobody", field(), "another building", to, why);
        }
    }
    if scope.in_play[seat.building.index()] && !reading.open(seat.building) {
        found.note(
            "closed-occupied",
            field(),
            "an open building",
            to,
            "that building is let go",
        );
    }
}

/// A merge is allowed by its service and needs somebody of the service to merge with.
fn merge(reading: &Reading<'_>, at: OccupierIx, seat: Seat, found: &mut Found) {
    let place = reading.place;
    let occupier = place.occupier(at);
    let service = place.service(occupier.service);
    let field = || of("occupiers", occupier.id.as_str(), "outcome");
    if !service.may_merge {
        let why = format!("occupiers of {} may not merge", service.id);
        found.note("merge-not-allowed", field(), "stay or move", "merge", why);
    }
    let partner = reading.inside[seat.building.index()]
        .iter()
        .any(|(o, s)| *o != at && !s.merged && place.occupier(*o).service == occupier.service);
    if !partner {
        let why = "no unmerged occupier of its service is there";
        found.note(
            "merge-alone",
            field(),
            "an occupier to merge with",
            "none",
            why,
        );
    }
}

fn building(reading: &Reading<'_>, at: BuildingIx, years: &Years, found: &mut Found) {
    let Some(planned) = reading.buildings[at.index()] else {
        return;
    };
    let place = reading.place;
    let id = place.building(at).id.as_str();
    let field = || of("buildings", id, "action");
    let said = planned.action;
    if let Some(expected) = required(&reading.scope, at, said) {
        let (code, expected, why) = expected;
        found.note(code, field(), expected, said.name(), why);
        return;
    }
    let right = if !reading.scope.in_play[at.index()] {
        Action::Outside
    } else if said.is_open() {
        match reading.takes_in(at) {
            true => Action::Host,
            false => Action::Retain,
        }
    } else if place.building(at).proposed.is_some() {
        Action::Outside
    } else {
        cheapest(place, at, years, reading.site_stays(at)).action
    };
    let why = match right {
        Action::Outside => "it is outside the plan",
        Action::Host => "somebody moves in, or a new counter opens",
        Action::Retain => "it stays open, and nobody moves in",
        _ => "another way of letting it go is permitted and cheaper",
    };
    found.text("action-differs", field(), right.name(), said.name(), why);
}

/// The code, state and reason where a building must be in another state than the plan has it.
fn required(
    scope: &Scope,
    at: BuildingIx,
    said: Action,
) -> Option<(&'static str, &'static str, &'static str)> {
    if !scope.in_play[at.index()] {
        return None;
    }
    if scope.lock[at.index()] == Lock::Dispose && said.is_open() {
        return Some(("lock-ignored", "let go", "it is locked dispose"));
    }
    match scope.held[at.index()] {
        Some(why) if !said.is_open() && scope.lock[at.index()] == Lock::Keep => {
            Some(("lock-ignored", "kept open", why))
        }
        Some(why) if !said.is_open() => Some(("let-go-wrongly", "kept open", why)),
        _ => None,
    }
}
