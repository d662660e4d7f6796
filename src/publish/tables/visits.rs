//! `visits.csv`: where everybody goes, what each counter can take, and where the overflow would go.

use super::super::cell::{Cell, Record};
use super::super::edition::Issue;
use super::super::error::PublishError;
use super::Tables;
use crate::plan::PlannedVisits;

pub(super) const HEADER: [&str; 14] = [
    "service",
    "asset_id",
    "name",
    "measure=visits_measure",
    "visits_today",
    "visits_after",
    "capacity_today=visits_capacity_today",
    "capacity_after=visits_capacity_after",
    "over_today=visits_over_today",
    "over_after=visits_over_after",
    "overflow_to",
    "huff_visits_after",
    "huff_decay",
    "huff_least",
];

/// `visits.csv`; only where a service says how often a person visits it.
pub(super) fn export(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    let visits = &issue.plan().visits;
    if visits.is_empty() {
        return Ok(());
    }
    let seen = visits.iter().filter(|one| issue.shows_id(&one.building_id));
    let rows = seen.map(|one| (record(issue, one), None));
    let audience = &issue.edition.audience;
    super::table("visits.csv", &HEADER, rows, audience, to)
}

fn record(issue: &Issue<'_>, one: &PlannedVisits) -> Record {
    let settings = &issue.place().travel;
    let count = |visits: Option<f64>| visits.map_or(Cell::Null, Cell::people);
    let building = issue.building_named(&one.building_id);
    let name = building.map_or("", |(_, building)| building.name.as_str());
    let overflow = overflow(issue, one);
    let (over_today, over_after) = one.over();
    Record::new()
        .with("service", Cell::key(&one.service))
        .with("asset_id", Cell::key(&one.building_id))
        .with("name", Cell::text(name))
        .with("visits_measure", Cell::text(&one.measure))
        .with("visits_today", count(one.today))
        .with("visits_after", count(one.after))
        .with("visits_capacity_today", count(one.capacity_today))
        .with("visits_capacity_after", count(one.capacity_after))
        .with("visits_over_today", count(over_today))
        .with("visits_over_after", count(over_after))
        .with("overflow_to", Cell::optional_text(overflow.as_deref()))
        .with("huff_visits_after", count(one.huff_after))
        .with("huff_decay", Cell::Number(settings.huff_decay, 2))
        .with("huff_least", Cell::Number(settings.huff_least, 2))
}

/// Where those would go who are too many, as far as the audience may know.
fn overflow(issue: &Issue<'_>, one: &PlannedVisits) -> Option<String> {
    let audience = &issue.edition.audience;
    let told = |visits: f64| match audience.hides(visits) {
        true => audience.count(visits),
        false => format!("{:.0}", audience.told(visits)),
    };
    let shown = one.overflow.iter();
    let shown = shown.filter(|next| issue.shows_id(&next.building_id));
    let mut next: Vec<String> = shown
        .map(|next| format!("{} {}", next.building_id, told(next.visits)))
        .collect();
    if one.without_room >= 0.5 {
        next.push(format!("no room {}", told(one.without_room)));
    }
    (!next.is_empty()).then(|| next.join("; "))
}
