//! `points.csv`: the small new counters that the plan opens, with their cost and the rules they keep.

use super::super::cell::{Cell, Record};
use super::super::edition::Issue;
use super::super::error::PublishError;
use super::Tables;
use crate::plan::PlannedPoint;

pub(super) const HEADER: [&str; 15] = [
    "point=new_counter",
    "name",
    "service",
    "agency",
    "asset_id",
    "asset_name=to_name",
    "area_m2",
    "gbp_y=new_counter_gbp_y",
    "opening_gbp=new_counter_gbp",
    "year",
    "reason=new_counter_reason",
    "lon",
    "lat",
    "easting",
    "northing",
];

pub(super) fn export(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    let rows = seen(issue).map(|one| (record(issue, one), Some(one.agency.as_str())));
    let audience = &issue.edition.audience;
    super::table("points.csv", &HEADER, rows, audience, to)
}

/// The new counters that the audience may know of.
pub(in super::super) fn seen<'a>(issue: &'a Issue<'_>) -> impl Iterator<Item = &'a PlannedPoint> {
    let points = issue.plan().points.iter();
    points.filter(|one| issue.shows_id(&one.building_id))
}

/// One new counter, under the names of the audience table.
pub(in super::super) fn record(issue: &Issue<'_>, one: &PlannedPoint) -> Record {
    let building = issue.building_named(&one.building_id).map(|(_, own)| own);
    Record::new()
        .with("new_counter", Cell::key(&one.point))
        .with("name", Cell::text(one.name(issue.place())))
        .with("service", Cell::key(&one.service))
        .with("agency", Cell::key(&one.agency))
        .with("asset_id", Cell::key(&one.building_id))
        .with(
            "to_name",
            Cell::text(building.map_or("", |own| own.name.as_str())),
        )
        .with("area_m2", Cell::m2(one.area_m2))
        .with("new_counter_gbp_y", Cell::gbp(one.running_gbp))
        .with("new_counter_gbp", Cell::gbp(one.one_off_gbp))
        .with("year", issue.year(&one.point))
        .with("new_counter_reason", Cell::text(&one.reason))
        .with_location("", building.and_then(|own| own.location), issue.british)
}
