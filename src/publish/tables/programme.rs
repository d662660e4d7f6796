//! `programme.csv`: every step of the programme by year, then what is postponed. Written where a
//! programme was asked for.

use super::super::cell::{Cell, Record};
use super::super::edition::Issue;
use super::super::error::PublishError;
use super::Tables;
use super::table::Owned;
use crate::place::AgencyIx;
use crate::plan::{Postponed, Step};
use jiff::ToSpan;

pub(super) const HEADER: [&str; 16] = [
    "year",
    "year_begins",
    "act",
    "agency",
    "subject",
    "subject_name",
    "building_id",
    "building_name",
    "step_gbp",
    "receipt_net_gbp",
    "ends_on",
    "notice_by",
    "duties",
    "not_before",
    "wait_weeks",
    "postponed",
];

/// Only the steps of agencies whose money the audience may see.
pub(super) fn export(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    let Some(programme) = &issue.plan().programme else {
        return Ok(());
    };
    let edition = issue.edition;
    let audience = &edition.audience;
    let steps = programme.steps.iter().map(|step| step_record(issue, step));
    let later = programme.postponed.iter().map(|one| postponed(issue, one));
    let rows = steps
        .chain(later)
        .filter(|(_, owner)| audience.sees("step_gbp", *owner));
    super::table("programme.csv", &HEADER, rows, audience, to)
}

/// A step, under the names of the audience table.
pub(in super::super) fn step_record<'a>(issue: &Issue<'_>, step: &'a Step) -> Owned<'a> {
    (record(issue, step), Some(step.agency.as_str()))
}

pub(super) const BETWEEN: [&str; 7] = [
    "year",
    "rule",
    "unit",
    "enforced",
    "after=after_year",
    "short_by",
    "people_short=people_short_year",
];

/// `between.csv`: hard access rules that do not hold at the end of a year on the way; written with a programme.
pub(super) fn between(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    let audience = &issue.edition.audience;
    let Some(programme) = &issue.plan().programme else {
        return Ok(());
    };
    let unit = |rule: &str| {
        let known = issue.plan().rules.iter().find(|one| one.rule == rule);
        Cell::optional_key(known.map(crate::access::RuleVerdict::unit))
    };
    let number = |figure: Option<f64>| figure.map_or(Cell::Null, |n| Cell::Number(n, 4));
    let seen = programme.between.iter().filter(|_| audience.sees_all());
    let rows = seen.map(|one| {
        let record = Record::new()
            .with("year", Cell::Whole(i64::from(one.year)))
            .with("rule", Cell::key(&one.rule))
            .with("unit", unit(&one.rule))
            .with("enforced", number(one.enforced))
            .with("after_year", number(one.after))
            .with("short_by", number(one.short_by))
            .with("people_short_year", Cell::people(one.people_short));
        (record, None)
    });
    super::table("between.csv", &BETWEEN, rows, audience, to)
}

fn record(issue: &Issue<'_>, step: &Step) -> Record {
    let first = issue.place().base_date;
    let begins = first.saturating_add(i64::from(step.year).years());
    let duties = (!step.duties.is_empty()).then(|| step.duties.join("; "));
    let building = issue.building_named(&step.building_id);
    let weeks = step
        .wait_weeks
        .map_or(Cell::Null, |weeks| Cell::Whole(weeks.into()));
    Record::new()
        .with("year", Cell::Whole(step.year.into()))
        .with("year_begins", Cell::key(begins.to_string()))
        .with("act", Cell::key(step.act.name()))
        .with("agency", Cell::key(&step.agency))
        .with("subject", Cell::key(&step.subject))
        .with(
            "subject_name",
            Cell::optional_text(subject(issue, &step.subject)),
        )
        .with("building_id", Cell::key(&step.building_id))
        .with(
            "building_name",
            Cell::optional_text(building.map(|(_, b)| b.name.as_str())),
        )
        .with("step_gbp", Cell::gbp(step.capital_gbp))
        .with("receipt_net_gbp", Cell::gbp(step.receipt_gbp))
        .with("ends_on", Cell::optional_key(step.date.as_deref()))
        .with("notice_by", Cell::optional_key(step.notice_by.as_deref()))
        .with("duties", Cell::optional_key(duties.as_deref()))
        .with("not_before", Cell::optional_key(step.not_before.as_deref()))
        .with("wait_weeks", weeks)
}

/// What is left for later, and whose it is.
pub(in super::super) fn postponed<'a>(issue: &Issue<'a>, one: &Postponed) -> Owned<'a> {
    let whose: Option<AgencyIx> = match one.act.is_of_occupier() {
        true => issue.occupier_named(&one.subject).map(|(_, o)| o.agency),
        false => issue.building_named(&one.subject).map(|(_, b)| b.agency),
    };
    let agency = whose.map(|at| issue.agency_id(at));
    let record = Record::new()
        .with("act", Cell::key(one.act.name()))
        .with("agency", Cell::optional_key(agency))
        .with("subject", Cell::key(&one.subject))
        .with(
            "subject_name",
            Cell::optional_text(subject(issue, &one.subject)),
        )
        .with("postponed", Cell::text(&one.reason));
    (record, agency)
}

fn subject<'a>(issue: &Issue<'a>, id: &str) -> Option<&'a str> {
    let occupier = || issue.occupier_named(id).map(|(_, o)| o.name.as_str());
    let building = || issue.building_named(id).map(|(_, b)| b.name.as_str());
    occupier().or_else(building)
}
