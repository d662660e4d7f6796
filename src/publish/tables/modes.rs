//! `modes.csv`: groups that travel by a mode of their own, today and after.

use super::super::access_change::arrangement;
use super::super::cell::{Cell, Record};
use super::super::edition::Issue;
use super::super::error::PublishError;
use super::Tables;
use crate::access::{ByMode, EPSILON, by_mode};
use crate::place::Unit;

pub(super) const HEADER: [&str; 22] = [
    "service",
    "group",
    "measure=own_measure",
    "people=group_people",
    "mean_today=own_mean_today",
    "mean_after=own_mean_after",
    "p90_today=own_p90_today",
    "p90_after=own_p90_after",
    "worst_today=own_worst_today",
    "worst_after=own_worst_after",
    "equal_today=own_equal_today",
    "equal_after=own_equal_after",
    "epsilon",
    "kappa=own_kappa",
    "further=own_further",
    "further_5_min=own_further_5",
    "further_10_min=own_further_10",
    "nearer=own_nearer",
    "cut_off=group_cut_off",
    "reach_none_today",
    "reach_none_after",
    "note=equality_note",
];

/// `modes.csv`; only where a group has a mode of its own.
pub(super) fn export(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    let (place, edition) = (issue.place(), issue.edition);
    if place.group_modes.is_empty() {
        return Ok(());
    }
    let all = by_mode(place, edition.travel, &arrangement(issue));
    let rows = all.iter().map(|one| (record(issue, one), None));
    super::table("modes.csv", &HEADER, rows, &edition.audience, to)
}

fn record(issue: &Issue<'_>, one: &ByMode) -> Record {
    let group = &one.access;
    let few = issue.edition.audience.hides(group.people.get());
    let far = |distance: Option<f64>| match distance.filter(|_| !few) {
        Some(distance) => Cell::Number(distance, 3),
        None => Cell::Null,
    };
    let minutes = |at: usize| match (one.measure.unit, group.summary.further.get(at)) {
        (Unit::Minutes, Some(further)) => Cell::people(further.people.get()),
        _ => Cell::Null,
    };
    let summary = &group.summary;
    Record::new()
        .with(
            "service",
            Cell::key(issue.place().service(one.service).id.as_str()),
        )
        .with(
            "group",
            Cell::key(group.group.as_deref().unwrap_or_default()),
        )
        .with("own_measure", Cell::text(one.measure.to_string()))
        .with("group_people", Cell::people(group.people.get()))
        .with("own_mean_today", far(summary.today.mean))
        .with("own_mean_after", far(summary.after.mean))
        .with("own_p90_today", far(summary.today.p90))
        .with("own_p90_after", far(summary.after.p90))
        .with("own_worst_today", far(summary.today.worst))
        .with("own_worst_after", far(summary.after.worst))
        .with("own_equal_today", far(group.equal_today))
        .with("own_equal_after", far(group.equal_after))
        .with("epsilon", Cell::Number(EPSILON, 2))
        .with("own_kappa", Cell::Number(group.equal.kappa, 6))
        .with("own_further", Cell::people(one.further.get()))
        .with("own_further_5", minutes(0))
        .with("own_further_10", minutes(1))
        .with("own_nearer", Cell::people(one.nearer.get()))
        .with("group_cut_off", Cell::people(summary.cut_off.get()))
        .with(
            "reach_none_today",
            Cell::people(summary.reach_none_today.get()),
        )
        .with(
            "reach_none_after",
            Cell::people(summary.reach_none_after.get()),
        )
        .with("equality_note", Cell::text(super::groups::NOTE))
}
