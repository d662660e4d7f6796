//! `programme.csv`: every step of the programme by year, then what is postponed. Written where a
//! programme was asked for.

use super::super::cell::{Cell, Record};
use super::super::edition::Issue;
use super::super::error::PublishError;
use super::Tables;
use super::table::Owned;
use crate::place::AgencyIx;
use crate::plan::{About, Postponed, Step, YearSum};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;

pub(super) const HEADER: [&str; 17] = [
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
    "receipt_for",
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

pub(super) const CASH: [&str; 13] = [
    "agency",
    "year=cash_year",
    "recurring_saved_gbp=phased_recurring_gbp",
    "recharges_saved_gbp",
    "one_off_gbp=phased_one_off_gbp",
    "receipts_gbp=phased_receipts_gbp",
    "ring_fenced_gbp",
    "from_ring_fence_gbp",
    "better_gbp",
    "so_far_gbp",
    "factor",
    "present_gbp",
    "present_so_far_gbp",
];

/// `programme_cash.csv`: what each agency is better off by in each year of the programme.
pub(super) fn cash(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    let (plan, audience) = (issue.plan(), &issue.edition.audience);
    let Some(programme) = &plan.programme else {
        return Ok(());
    };
    let mut so_far: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    let years = programme.cash.iter().map(|year| {
        let factors = &plan.discount_factors;
        let factor = factors.get(year.year as usize).copied().unwrap_or(0.0);
        let sums = so_far.entry(year.agency.as_str()).or_default();
        sums.0 += year.better_gbp;
        sums.1 += year.better_gbp * factor;
        let of = |sum: &&YearSum| sum.year == year.year && sum.agency == year.agency;
        let fenced = programme.years.iter().find(of);
        let fenced = fenced.map_or((0.0, 0.0), |s| (s.ring_fenced_gbp, s.from_ring_fence_gbp));
        let record = Record::new()
            .with("agency", Cell::key(&year.agency))
            .with("cash_year", Cell::Whole(year.year.into()))
            .with("phased_recurring_gbp", Cell::gbp(year.recurring_saved_gbp))
            .with("recharges_saved_gbp", Cell::gbp(year.recharges_saved_gbp))
            .with("phased_one_off_gbp", Cell::gbp(year.one_off_gbp))
            .with("phased_receipts_gbp", Cell::gbp(year.receipts_gbp))
            .with("ring_fenced_gbp", Cell::gbp(fenced.0))
            .with("from_ring_fence_gbp", Cell::gbp(fenced.1))
            .with("better_gbp", Cell::gbp(year.better_gbp))
            .with("so_far_gbp", Cell::gbp(sums.0))
            .with("factor", Cell::Number(factor, 6))
            .with("present_gbp", Cell::gbp(year.better_gbp * factor))
            .with("present_so_far_gbp", Cell::gbp(sums.1));
        (record, Some(year.agency.as_str()))
    });
    let rows = years.filter(|(_, whose)| audience.sees("step_gbp", *whose));
    super::table("programme_cash.csv", &CASH, rows, audience, to)
}

pub(super) const BETWEEN: [&str; 8] = [
    "year",
    "rule",
    "unit",
    "zone_id=between_zone",
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
            .with("between_zone", Cell::optional_key(one.zone.as_deref()))
            .with("enforced", number(one.enforced))
            .with("after_year", number(one.after))
            .with("short_by", number(one.short_by))
            .with("people_short_year", Cell::people(one.people_short));
        (record, None)
    });
    super::table("between.csv", &BETWEEN, rows, audience, to)
}

/// The day on which a year of the programme begins.
pub(in super::super) fn first_day(base_date: Date, year: u32) -> Date {
    base_date.saturating_add(i64::from(year.min(9_999)).years())
}

fn record(issue: &Issue<'_>, step: &Step) -> Record {
    let begins = first_day(issue.place().base_date, step.year);
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
        .with(
            "receipt_for",
            Cell::optional_text(step.receipt_for.as_deref()),
        )
        .with("ends_on", Cell::optional_key(step.date.as_deref()))
        .with("notice_by", Cell::optional_key(step.notice_by.as_deref()))
        .with("duties", Cell::optional_key(duties.as_deref()))
        .with("not_before", Cell::optional_key(step.not_before.as_deref()))
        .with("wait_weeks", weeks)
}

/// What is left for later, and whose it is.
pub(in super::super) fn postponed<'a>(issue: &Issue<'a>, one: &Postponed) -> Owned<'a> {
    let whose: Option<AgencyIx> = match one.act.about() {
        About::NewCounter => issue.point_named(&one.subject).map(|p| p.agency),
        About::Occupier => issue.occupier_named(&one.subject).map(|(_, o)| o.agency),
        About::Building => issue.building_named(&one.subject).map(|(_, b)| b.agency),
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
    let counter = || issue.point_named(id).map(|p| p.name.as_str());
    occupier().or_else(building).or_else(counter)
}
