//! That every step is one of the end state, once, and that what has none is said to be postponed.

use super::super::discrepancy::{Figure, Found, of_plan};
use super::super::part::part_of;
use super::super::reading::Reading;
use super::counters::is_opened;
use super::{Phased, of_step};
use crate::place::{BuildingIx, OccupierIx, PartExit};
use crate::plan::{About, Act, Action, GAP_OF, Programme, Step};
use std::collections::BTreeSet;

/// Finds the steps of a programme and notes those that the end state does not ask for.
pub(super) fn read<'a>(
    reading: &'a Reading<'a>,
    programme: &'a Programme,
    found: &mut Found,
) -> Phased<'a> {
    let place = reading.place;
    let (buildings, occupiers) = (place.buildings.len(), place.occupiers.len());
    let counters = vec![None; place.points.len()];
    let mut phased = Phased {
        reading,
        programme,
        fitted: vec![None; occupiers],
        moved: vec![None; occupiers],
        opened: vec![None; buildings],
        emptied: vec![None; buildings],
        left: vec![None; buildings],
        parts: vec![None; buildings],
        sold: vec![None; buildings],
        counters,
    };
    for step in &programme.steps {
        let Some(own) = wanted(&mut phased, step) else {
            let why = "the end state asks for no such step";
            let field = of_step(step.act, &step.subject, "act");
            found.note("step-unknown", field, "no such step", step.act.name(), why);
            continue;
        };
        if own.replace(step).is_some() {
            let why = "the step is taken twice";
            let field = of_step(step.act, &step.subject, "act");
            found.note("step-unknown", field, "once", "twice", why);
        }
        whose(reading, step, found);
    }
    in_order(programme, found);
    complete(&phased, found);
    if programme.gap_of != GAP_OF {
        let why = "it does not say whose gap it is";
        let field = of_plan("programme.gap_of");
        found.note("gap-differs", field, GAP_OF, &programme.gap_of, why);
    }
    phased
}

/// Where a step belongs; `None` where the end state asks for none like it.
fn wanted<'p, 'a>(phased: &'p mut Phased<'a>, step: &Step) -> Option<&'p mut Option<&'a Step>> {
    let reading = phased.reading;
    let place = reading.place;
    match step.act.about() {
        About::Occupier => {
            let mut occupiers = place.occupiers.iter();
            let at = occupiers.position(|one| one.id.as_str() == step.subject)?;
            reading.seats[at].filter(|seat| seat.arrives)?;
            return match step.act {
                Act::FitOut => phased.fitted.get_mut(at),
                _ => phased.moved.get_mut(at),
            };
        }
        About::NewCounter => {
            let mut points = place.points.iter();
            let at = points.position(|one| one.id.as_str() == step.subject)?;
            return Some(&mut phased.counters[at])
                .filter(|_| is_opened(reading, &place.points[at]));
        }
        About::Building => {}
    }
    let at = place
        .buildings
        .iter()
        .position(|b| b.id.as_str() == step.subject)?;
    let goes = goes(reading, BuildingIx::new(at));
    match step.act {
        Act::Open => phased
            .opened
            .get_mut(at)
            .filter(|_| opens(reading, BuildingIx::new(at))),
        Act::Part => phased
            .parts
            .get_mut(at)
            .filter(|_| part_of(reading, BuildingIx::new(at)).is_some()),
        Act::PartSale => phased.sold.get_mut(at).filter(|_| {
            let part = part_of(reading, BuildingIx::new(at));
            part.is_some_and(|part| part.how == PartExit::Sell)
        }),
        Act::Empty => phased.emptied.get_mut(at).filter(|_| goes.is_some()),
        act => phased
            .left
            .get_mut(at)
            .filter(|_| goes.is_some_and(|action| ending(action) == leaves(act))),
    }
}

/// What becomes of a building that is let go.
pub(super) fn goes(reading: &Reading<'_>, at: BuildingIx) -> Option<Action> {
    let planned = reading.buildings[at.index()]?;
    let there = reading.place.building(at).proposed.is_none();
    let gone = reading.scope.in_play[at.index()] && there && !planned.action.is_open();
    gone.then_some(planned.action)
}

/// Whether a proposed building is opened by the end state.
pub(super) fn opens(reading: &Reading<'_>, at: BuildingIx) -> bool {
    let proposed = reading.place.building(at).proposed.is_some();
    let named = reading.buildings[at.index()].is_some();
    proposed && named && reading.scope.in_play[at.index()] && reading.open(at)
}

/// A surrender is one way of leaving a lease.
fn leaves(act: Act) -> Act {
    match act {
        Act::Surrender => Act::ReleaseLease,
        act => act,
    }
}

fn ending(action: Action) -> Act {
    match action {
        Action::ReleaseLease => Act::ReleaseLease,
        Action::Sell => Act::Sell,
        Action::Transfer => Act::Transfer,
        Action::Sublet => Act::Sublet,
        _ => Act::Mothball,
    }
}

/// The agency that takes a step, and the building where it does.
fn whose(reading: &Reading<'_>, step: &Step, found: &mut Found) {
    let place = reading.place;
    let (agency, building) = match step.act.about() {
        About::NewCounter => {
            let mut points = place.points.iter();
            let Some(point) = points.find(|one| one.id.as_str() == step.subject) else {
                return;
            };
            (point.agency, place.building(point.building).id.as_str())
        }
        About::Occupier => {
            let known = place
                .occupiers()
                .find(|(_, o)| o.id.as_str() == step.subject);
            let Some((at, occupier)) = known else { return };
            let to = reading.seats[at.index()].map_or(occupier.building, |seat| seat.building);
            (occupier.agency, place.building(to).id.as_str())
        }
        About::Building => {
            let known = place
                .buildings
                .iter()
                .find(|b| b.id.as_str() == step.subject);
            let Some(building) = known else { return };
            (building.agency, building.id.as_str())
        }
    };
    let agency = place.agency(agency).id.as_str();
    let field = |name| of_step(step.act, &step.subject, name);
    let why = "another agency takes the step";
    found.text("step-differs", field("agency"), agency, &step.agency, why);
    let why = "the step is taken in another building";
    found.text(
        "step-differs",
        field("building_id"),
        building,
        &step.building_id,
        why,
    );
}

/// Steps stand in order of year, kind and id.
fn in_order(programme: &Programme, found: &mut Found) {
    let sorted = programme.steps.windows(2).all(|pair| match pair {
        [a, b] => (a.year, a.act, &a.subject) <= (b.year, b.act, &b.subject),
        _ => true,
    });
    if !sorted {
        let why = "steps are not in order of year, act and id";
        let field = of_plan("programme.steps");
        found.note("out-of-order", field, "in order", "another order", why);
    }
}

/// Everything of the end state has its steps, or is said to be postponed.
fn complete(phased: &Phased<'_>, found: &mut Found) {
    let (reading, programme) = (phased.reading, phased.programme);
    let place = reading.place;
    let said: BTreeSet<(Act, &str)> = programme
        .postponed
        .iter()
        .map(|one| (one.act, one.subject.as_str()))
        .collect();
    let mut missing: BTreeSet<(Act, &str)> = BTreeSet::new();
    for (at, occupier) in place.occupiers() {
        if arrives(reading, at) {
            both(
                phased.fitted[at.index()],
                phased.moved[at.index()],
                occupier.id.as_str(),
                found,
            );
            if phased.moved[at.index()].is_none() {
                missing.insert((Act::Move, occupier.id.as_str()));
            }
        }
    }
    for (at, building) in place.buildings() {
        if opens(reading, at) && phased.opened[at.index()].is_none() {
            missing.insert((Act::Open, building.id.as_str()));
        }
        if goes(reading, at).is_some() && phased.emptied[at.index()].is_none() {
            missing.insert((Act::Empty, building.id.as_str()));
        }
        if part_of(reading, at).is_some() && phased.parts[at.index()].is_none() {
            missing.insert((Act::Part, building.id.as_str()));
        }
    }
    for (point, step) in phased.new_counters() {
        if step.is_none() {
            missing.insert((Act::NewCounter, point.id.as_str()));
        }
    }
    for (act, subject) in said.symmetric_difference(&missing) {
        let is_missing = missing.contains(&(*act, *subject));
        let (expected, shown) = match is_missing {
            true => ("a step, or postponed", "neither"),
            false => ("a step alone", "said to be postponed"),
        };
        let why = "what has no step is postponed, and nothing else is";
        let field = Figure {
            subject,
            name: format!("programme.postponed[{} {subject}]", act.name()),
        };
        found.note("postponed-differs", field, expected, shown, why);
    }
    if said.len() != programme.postponed.len() {
        let why = "something is postponed twice";
        let field = of_plan("programme.postponed");
        found.note(
            "postponed-differs",
            field,
            said.len(),
            programme.postponed.len(),
            why,
        );
    }
}

fn arrives(reading: &Reading<'_>, at: OccupierIx) -> bool {
    reading.seats[at.index()].is_some_and(|seat| seat.arrives)
}

/// Nobody moves without a fit-out, and nothing is fitted out for nobody.
fn both(fitted: Option<&Step>, moved: Option<&Step>, id: &str, found: &mut Found) {
    let missing = match (fitted, moved) {
        (Some(_), None) => Act::Move,
        (None, Some(_)) => Act::FitOut,
        _ => return,
    };
    let why = "a fit-out and its move belong together";
    found.note(
        "step-missing",
        of_step(missing, id, "act"),
        missing.name(),
        "none",
        why,
    );
}
