//! That no step comes before what it waits for: fit-out, moves, duties, the days of a lease, a site.

use super::super::discrepancy::{Found, shown};
use super::super::exit::lag;
use super::super::reading::Reading;
use super::lease::{end, first_day, licence, runs_out};
use super::steps::goes;
use super::{Phased, gates, of_step};
use crate::place::{BuildingIx, Duty, OccupierIx, TenureKind};
use crate::plan::{Act, Action, Step};
use jiff::ToSpan;

/// Checks the year and the days of every step.
pub(super) fn check(phased: &Phased<'_>, found: &mut Found) {
    let place = phased.reading.place;
    for step in &phased.programme.steps {
        let within = match step.act {
            Act::Open | Act::FitOut | Act::Move | Act::Empty | Act::Part | Act::NewCounter => {
                step.year < place.phase.years
            }
            // What follows from an empty building may come after the programme.
            _ => true,
        };
        if !within {
            let last = place.phase.years - 1;
            let why = "the step comes after the last year of the programme";
            let field = of_step(step.act, &step.subject, "year");
            found.note(
                "step-too-late",
                field,
                format!("at most {last}"),
                step.year,
                why,
            );
        }
    }
    for step in &phased.programme.steps {
        bare(step, found);
    }
    for (at, _) in place.occupiers() {
        moving(phased, at, found);
    }
    for (at, _) in place.buildings() {
        opening(phased, at, found);
        emptying(phased, at, found);
        leaving(phased, at, found);
        parting(phased, at, found);
        part_sale(phased, at, found);
    }
}

/// What only some kinds of step have.
fn bare(step: &Step, found: &mut Found) {
    let waits = matches!(step.act, Act::FitOut | Act::Empty);
    let mut none = |name: &str, said: Option<String>| {
        if let Some(said) = said {
            let field = of_step(step.act, &step.subject, name);
            found.note("step-differs", field, "null", said, "such a step has none");
        }
    };
    if !waits {
        none("not_before", step.not_before.clone());
    }
    if !matches!(step.act, Act::Sell | Act::PartSale) {
        none("wait_weeks", step.wait_weeks.map(|weeks| weeks.to_string()));
    }
    let never = matches!(
        step.act,
        Act::Open | Act::Move | Act::Part | Act::NewCounter
    );
    if never && !step.duties.is_empty() {
        none("duties", Some(step.duties.join(", ")));
    }
}

fn early(step: &Step, least: u32, why: &str, found: &mut Found) {
    if step.year < least {
        let field = of_step(step.act, &step.subject, "year");
        found.note(
            "step-too-early",
            field,
            format!("at least {least}"),
            step.year,
            why,
        );
    }
}

fn moving(phased: &Phased<'_>, at: OccupierIx, found: &mut Found) {
    let reading = phased.reading;
    let (Some(fitted), Some(moved)) = (phased.fitted[at.index()], phased.moved[at.index()]) else {
        return;
    };
    let why = "nobody moves before the floor is fitted out";
    early(moved, fitted.year.saturating_add(phased.lead()), why, found);
    let Some(seat) = reading.seats[at.index()] else {
        return;
    };
    let building = reading.place.building(seat.building);
    if let Some(proposal) = building.proposed.as_deref() {
        let why = "the building is not there yet";
        early(moved, proposal.first_year, why, found);
        match phased.opened[seat.building.index()] {
            Some(opened) => {
                let why = "the building is opened later";
                early(fitted, opened.year, why, found);
            }
            None => {
                let field = of_step(Act::Open, building.id.as_str(), "act");
                let why = "somebody moves into a building that is not opened";
                found.note("step-missing", field, "open", "none", why);
            }
        }
    }
    let due = gates::before(reading, Act::FitOut, Some(at), seat.building);
    gated(reading, fitted, &due, found);
    let none: [&Duty; 0] = [];
    gated(reading, moved, &none, found);
    plain(moved, found);
    plain(fitted, found);
}

/// The duties of a step that waits for them from the base date.
fn gated(reading: &Reading<'_>, step: &Step, due: &[&Duty], found: &mut Found) {
    let place = reading.place;
    ids(step, due, found);
    let opens = place
        .base_date
        .saturating_add(i64::from(gates::weeks(due)).weeks());
    let day = (!due.is_empty()).then(|| opens.to_string());
    let field = of_step(step.act, &step.subject, "not_before");
    let why = "its duties take until another day";
    found.text(
        "step-differs",
        field,
        day.as_deref().unwrap_or("null"),
        step.not_before.as_deref().unwrap_or("null"),
        why,
    );
    // The last day of its year, and one more.
    if first_day(place, step.year.saturating_add(1)) < opens {
        let field = of_step(step.act, &step.subject, "year");
        let why = "its duties are not over by the end of that year";
        found.note(
            "step-too-early",
            field,
            format!("after {opens}"),
            step.year,
            why,
        );
    }
}

fn ids(step: &Step, due: &[&Duty], found: &mut Found) {
    let own: Vec<&str> = due.iter().map(|duty| duty.id.as_str()).collect();
    let said: Vec<&str> = step.duties.iter().map(String::as_str).collect();
    if own != said {
        let field = of_step(step.act, &step.subject, "duties");
        let why = "other duties come before it";
        found.note("step-differs", field, own.join(", "), said.join(", "), why);
    }
}

/// A step that has no day of its own.
fn plain(step: &Step, found: &mut Found) {
    for (field, day) in [("date", &step.date), ("notice_by", &step.notice_by)] {
        if let Some(day) = day {
            let why = "the step has no such day";
            found.note(
                "step-differs",
                of_step(step.act, &step.subject, field),
                "null",
                day,
                why,
            );
        }
    }
}

fn opening(phased: &Phased<'_>, at: BuildingIx, found: &mut Found) {
    let Some(step) = phased.opened[at.index()] else {
        return;
    };
    let proposal = phased.reading.place.building(at).proposed.as_deref();
    let first = proposal.map_or(0, |proposal| proposal.first_year);
    let why = "the building cannot be used so early";
    early(step, first.saturating_sub(phased.lead()), why, found);
    plain(step, found);
}

fn emptying(phased: &Phased<'_>, at: BuildingIx, found: &mut Found) {
    let reading = phased.reading;
    let Some(step) = phased.emptied[at.index()] else {
        return;
    };
    for occupier in &reading.scope.inside[at.index()] {
        match phased.moved[occupier.index()] {
            Some(moved) => early(step, moved.year, "somebody is still in it", found),
            None => {
                let field = of_step(step.act, &step.subject, "year");
                let id = &reading.place.occupier(*occupier).id;
                let why = format!("{id} is still in it after the programme");
                found.note("step-too-early", field, "no such step", step.year, why);
            }
        }
    }
    let due = gates::before(reading, Act::Empty, None, at);
    gated(reading, step, &due, found);
    plain(step, found);
    if phased.left[at.index()].is_none() && sale_year(phased, at) != Some(None) {
        let why = "a building that stands empty is left";
        let field = of_step(step.act, &step.subject, "act");
        found.note("step-missing", field, "how it is left", "none", why);
    }
}

/// A part goes when those who leave the building have gone, and no sooner than the register says.
fn parting(phased: &Phased<'_>, at: BuildingIx, found: &mut Found) {
    let reading = phased.reading;
    let Some(step) = phased.parts[at.index()] else {
        return;
    };
    let first = reading.place.building(at).part.as_deref();
    let first = first.map_or(0, |part| part.from_year);
    early(step, first, "it cannot be free so early", found);
    for occupier in &reading.scope.inside[at.index()] {
        let leaves = reading.seats[occupier.index()].is_some_and(|seat| seat.arrives);
        let gone = phased.moved[occupier.index()].map(|moved| moved.year);
        if leaves {
            let why = "somebody who leaves is still in the building";
            early(step, gone.unwrap_or(u32::MAX), why, found);
        }
    }
    plain(step, found);
}

/// The year by whose end everything of a building's site that must go with it stands empty;
/// `Some(None)` where something of it never does, `None` where the building is not sold.
fn sale_year(phased: &Phased<'_>, at: BuildingIx) -> Option<Option<u32>> {
    let reading = phased.reading;
    if goes(reading, at) != Some(Action::Sell) {
        return None;
    }
    let own = phased.empty_year(at.index());
    let building = reading.place.building(at);
    let Some(site) = building.site.filter(|_| !building.part_release) else {
        return Some(own);
    };
    let mut last = own;
    for other in reading.on_site(site) {
        if goes(reading, other).is_some() {
            last = last
                .zip(phased.empty_year(other.index()))
                .map(|(a, b)| a.max(b));
        }
    }
    Some(last)
}

/// The duties of a sale, and the whole years that it waits for them.
fn waits(reading: &Reading<'_>, step: &Step, at: BuildingIx, found: &mut Found) -> u32 {
    let due = gates::before(reading, Act::Sell, None, at);
    ids(step, &due, found);
    let weeks = gates::weeks(&due);
    let stated = (!due.is_empty()).then_some(weeks);
    if step.wait_weeks != stated {
        let field = of_step(step.act, &step.subject, "wait_weeks");
        let own = shown(stated.map(f64::from));
        let why = "its duties take another time";
        let said = shown(step.wait_weeks.map(f64::from));
        found.note("step-differs", field, own, said, why);
    }
    weeks.div_ceil(52)
}

/// A part is sold after the time that every sale takes, once it is set apart.
fn part_sale(phased: &Phased<'_>, at: BuildingIx, found: &mut Found) {
    let reading = phased.reading;
    let Some(step) = phased.sold[at.index()] else {
        if let Some(step) = phased.parts[at.index()]
            && phased.part(at).is_some_and(|part| part.sale.is_some())
        {
            let field = of_step(Act::PartSale, &step.subject, "act");
            let why = "a part that is put up for sale is sold";
            found.note("step-missing", field, "part_sale", "none", why);
        }
        return;
    };
    waits(reading, step, at, found);
    plain(step, found);
    let sale = phased.part(at).and_then(|part| part.sale);
    let year = sale.map(|sale| sale.year);
    if year != Some(step.year) {
        let field = of_step(step.act, &step.subject, "year");
        let why = "a sale waits for the disposal lag, its moratorium and its duties";
        let own = shown(year.map(f64::from));
        found.note("step-too-early", field, own, step.year, why);
    }
}

fn leaving(phased: &Phased<'_>, at: BuildingIx, found: &mut Found) {
    let reading = phased.reading;
    let place = reading.place;
    let building = place.building(at);
    let Some(step) = phased.left[at.index()] else {
        return;
    };
    let Some(emptied) = phased.empty_year(at.index()) else {
        let why = "a building is left that never stands empty";
        found.note(
            "step-missing",
            of_step(Act::Empty, &step.subject, "act"),
            "empty",
            "none",
            why,
        );
        return;
    };
    let year = |expected: Option<u32>, why: &str, found: &mut Found| {
        if expected != Some(step.year) {
            let early = expected.is_none_or(|year| step.year < year);
            let code = if early {
                "step-too-early"
            } else {
                "step-too-late"
            };
            let field = of_step(step.act, &step.subject, "year");
            found.note(code, field, shown(expected.map(f64::from)), step.year, why);
        }
    };
    let none: [&Duty; 0] = [];
    match step.act {
        Act::Sell => {
            let wait = waits(reading, step, at, found);
            let wait = lag(building, &place.finance).max(wait);
            let sold = sale_year(phased, at)
                .flatten()
                .map(|whole| whole + 1 + wait);
            year(
                sold,
                "a sale waits for its site, the disposal lag, its moratorium and its duties",
                found,
            );
            plain(step, found);
        }
        Act::ReleaseLease | Act::Surrender if building.tenure.kind != TenureKind::Licence => {
            ids(step, &none, found);
            let Some(ends) = end(place, building, emptied) else {
                let field = of_step(step.act, &step.subject, "date");
                let said = step.date.as_deref().unwrap_or("null");
                let why = "the lease has no day on which it can be left any more";
                found.note("step-too-early", field, "no day", said, why);
                return;
            };
            let how = match ends.notice_by {
                Some(_) => Act::ReleaseLease,
                None => Act::Surrender,
            };
            let field = of_step(step.act, &step.subject, "act");
            let why = "the lease ends in another way at less cost";
            found.text("step-differs", field, how.name(), step.act.name(), why);
            for (name, own, said) in [
                ("date", Some(ends.day), &step.date),
                ("notice_by", ends.notice_by, &step.notice_by),
            ] {
                let field = of_step(step.act, &step.subject, name);
                let said = said.as_deref().unwrap_or("null");
                let own = own.map_or("null".to_owned(), |day| day.to_string());
                let why = "the lease can be left on another day";
                found.text("lease-date-differs", field, &own, said, why);
            }
            year(Some(ends.year), "the lease ends in another year", found);
        }
        Act::ReleaseLease => {
            ids(step, &none, found);
            plain(step, found);
            let over = (licence(place, building).ceil() as u32).saturating_sub(1);
            let why = "a licence ends when the building stands empty and notice is over";
            year(Some(over.max(emptied + 1)), why, found);
        }
        Act::Sublet => {
            ids(step, &none, found);
            plain(step, found);
            let comes = emptied + 1 + place.finance.sublet_void_years;
            let in_time = runs_out(place, building).is_some_and(|ends| f64::from(comes) < ends);
            let why = "a subtenant comes after a time of standing empty, before the lease ends";
            year(Some(comes).filter(|_| in_time), why, found);
        }
        _ => {
            ids(step, &none, found);
            plain(step, found);
            let why = "it takes effect when the building stands empty";
            year(Some(emptied + 1), why, found);
        }
    }
}
