//! `moves.csv`: who goes where, and what opens. Its layers are `moves.geojson` and `new_counters.geojson`.

use super::super::cell::{Cell, Record as Row};
use super::super::edition::Issue;
use super::super::error::PublishError;
use super::Tables;
use crate::place::{Location, NeedBasis, Occupier, Record};
use crate::plan::{PlannedOccupier, PlannedPoint, decided};

pub(super) const HEADER: [&str; 26] = [
    "occupier",
    "name",
    "service",
    "agency",
    "outcome",
    "from_id",
    "from_name",
    "to_id",
    "to_name",
    "km",
    "year",
    "consult",
    "reason",
    "decision",
    "area_m2",
    "basis",
    "staff_fte",
    "one_off_gbp",
    "from_lon",
    "from_lat",
    "from_easting",
    "from_northing",
    "to_lon",
    "to_lat",
    "to_easting",
    "to_northing",
];

pub(super) fn export(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    let rows = issue.moves().map(|(planned, occupier)| {
        let owner = Some(issue.agency_id(occupier.agency));
        (record(issue, planned, occupier), owner)
    });
    let new = super::points_seen(issue).map(|one| (opened(issue, one), Some(one.agency.as_str())));
    let audience = &issue.edition.audience;
    super::table("moves.csv", &HEADER, rows.chain(new), audience, to)
}

/// A small new counter, as one that comes from nowhere.
fn opened(issue: &Issue<'_>, one: &PlannedPoint) -> Row {
    let (to_name, to) = ends(issue, &one.building_id);
    Row::new()
        .with("occupier", Cell::key(&one.point))
        .with("name", Cell::text(one.name(issue.place())))
        .with("service", Cell::key(&one.service))
        .with("agency", Cell::key(&one.agency))
        .with("outcome", Cell::key("new_counter"))
        .with("to_id", Cell::key(&one.building_id))
        .with("to_name", Cell::text(to_name))
        .with("year", issue.year(&one.point))
        .with("reason", Cell::text(&one.reason))
        .with("area_m2", Cell::m2(one.area_m2))
        .with("basis", Cell::key(basis(NeedBasis::Stated)))
        .with("one_off_gbp", Cell::gbp(one.one_off_gbp))
        .with_location("to_", to, issue.british)
}

/// One occupier that goes somewhere else, under the names of the audience table.
pub(in super::super) fn record(
    issue: &Issue<'_>,
    planned: &PlannedOccupier,
    occupier: &Occupier,
) -> Row {
    let service = issue.place().service(occupier.service);
    let (from_name, from) = ends(issue, &planned.from_id);
    let (to_name, to) = ends(issue, &planned.to_id);
    let at = issue.occupier_named(&planned.occupier).map(|(at, _)| at);
    let decision = at.and_then(|at| decided(issue.place(), Record::Occupier(at)));
    let consult = (!planned.consult.is_empty()).then(|| planned.consult.join("; "));
    Row::new()
        .with("occupier", Cell::key(&planned.occupier))
        .with("name", Cell::text(&occupier.name))
        .with("service", Cell::key(service.id.as_str()))
        .with("agency", Cell::key(issue.agency_id(occupier.agency)))
        .with("outcome", Cell::key(planned.outcome.name()))
        .with("from_id", Cell::key(&planned.from_id))
        .with("from_name", Cell::text(from_name))
        .with("to_id", Cell::key(&planned.to_id))
        .with("to_name", Cell::text(to_name))
        .with("km", Cell::km(Some(planned.km)))
        .with("year", issue.year(&planned.occupier))
        .with("consult", Cell::optional_text(consult.as_deref()))
        .with("reason", reason(issue, planned, occupier))
        .with("decision", Cell::optional_text(decision.as_deref()))
        .with("area_m2", Cell::m2(planned.area_m2))
        .with("basis", Cell::key(basis(planned.basis)))
        .with("staff_fte", Cell::Number(occupier.staff_fte, 1))
        .with("one_off_gbp", Cell::gbp(planned.one_off_gbp))
        .with_location("from_", from, issue.british)
        .with_location("to_", to, issue.british)
}

/// Why it goes there, in the plan's own words, for those who may read them.
fn reason(issue: &Issue<'_>, planned: &PlannedOccupier, occupier: &Occupier) -> Cell {
    let owner = Some(issue.agency_id(occupier.agency));
    let words = Some(planned.reason.as_str()).filter(|words| !words.is_empty());
    Cell::optional_text(words.filter(|_| issue.edition.audience.sees("words", owner)))
}

fn ends<'a>(issue: &Issue<'a>, id: &str) -> (&'a str, Option<Location>) {
    issue
        .building_named(id)
        .map_or(("", None), |(_, building)| {
            (building.name.as_str(), building.location)
        })
}

fn basis(basis: NeedBasis) -> &'static str {
    match basis {
        NeedBasis::Stated => "stated",
        NeedBasis::Standard => "standard",
        NeedBasis::ServiceDefault => "service_default",
        NeedBasis::Unknown => "unknown",
    }
}
