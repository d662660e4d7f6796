//! `actions.csv`: what becomes of every building. Its layer is `buildings.geojson`.

use super::super::cell::{Cell, Record as Row};
use super::super::edition::Issue;
use super::super::error::PublishError;
use super::Tables;
use crate::place::{Building, BuildingIx, Record, Role, TenureKind};
use crate::plan::{Act, Action, PlannedBuilding, decided};

pub(super) const HEADER: [&str; 39] = [
    "asset_id",
    "uprn",
    "name",
    "agency",
    "postcode",
    "action",
    "reason",
    "decision",
    "host_id",
    "act_year",
    "year",
    "proof",
    "grade",
    "tenure",
    "usable_m2",
    "used_today_m2",
    "used_after_m2",
    "part",
    "part_m2",
    "void_today_gbp",
    "void_after_gbp",
    "run_today_gbp",
    "run_after_gbp",
    "save_gbp_y",
    "capex_gbp",
    "repairs_gbp",
    "receipt_gbp",
    "npv_gbp",
    "epc",
    "epc_liability_gbp",
    "epc_left_gbp",
    "tco2e_today",
    "tco2e_after",
    "value_forgone_gbp",
    "undervalue",
    "lon",
    "lat",
    "easting",
    "northing",
];

pub(super) fn export(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    let rows = issue
        .buildings()
        .map(|(at, building)| (record(issue, at), Some(issue.agency_id(building.agency))));
    let edition = issue.edition;
    super::table("actions.csv", &HEADER, rows, &edition.audience, to)
}

/// One building, under the names of the audience table.
pub(in super::super) fn record(issue: &Issue<'_>, at: BuildingIx) -> Row {
    let building = issue.place().building(at);
    let planned = issue.planned(at);
    let action = planned.map_or(Action::Outside, |p| p.action);
    let agency = issue.agency_id(building.agency);
    let record = Row::new()
        .with("asset_id", Cell::key(building.id.as_str()))
        .with("uprn", Cell::optional_key(building.uprn.as_deref()))
        .with("name", Cell::text(&building.name))
        .with("agency", Cell::key(agency))
        .with("postcode", Cell::optional_key(building.postcode.as_deref()))
        .with("action", Cell::key(action.name()))
        .with(
            "reason",
            Cell::text(reason(issue, building, planned, agency)),
        )
        .with(
            "decision",
            Cell::optional_text(decided(issue.place(), Record::Building(at)).as_deref()),
        )
        .with("year", issue.year(building.id.as_str()))
        .with("repairs_gbp", Cell::gbp(building.backlog.get()))
        .with(
            "host_id",
            Cell::optional_key(
                planned
                    .and_then(|p| p.host_id.as_deref())
                    .filter(|id| issue.shows_id(id)),
            ),
        )
        .with("part", part(building, planned))
        .with("tenure", Cell::key(tenure(building.tenure.kind)))
        .with("epc", Cell::optional_key(building.energy_rating.as_deref()))
        .with("undervalue", undervalue(issue, planned));
    match planned {
        None => record,
        Some(planned) => figures(record, planned),
    }
    .with_location("", building.location, issue.british)
}

/// What becomes of a part that goes while the building stays.
fn part(building: &Building, planned: Option<&PlannedBuilding>) -> Cell {
    let goes = planned.is_some_and(|planned| planned.part_m2.is_some());
    let part = building.part.as_deref().filter(|_| goes);
    Cell::optional_key(part.map(|part| part.how.name()))
}

/// What is given away against what a local authority may give away without consent.
fn undervalue(issue: &Issue<'_>, planned: Option<&PlannedBuilding>) -> Cell {
    let limit = issue.place().finance.undervalue_limit_gbp;
    match planned.and_then(|planned| planned.value_forgone_gbp) {
        Some(forgone) if forgone > limit => Cell::key("consent_needed"),
        Some(_) => Cell::key("within"),
        None => Cell::Null,
    }
}

fn figures(record: Row, planned: &PlannedBuilding) -> Row {
    let gbp = |amount: Option<f64>| amount.map_or(Cell::Null, Cell::gbp);
    let tonnes = |amount: Option<f64>| amount.map_or(Cell::Null, |t| Cell::Number(t, 2));
    let year = planned
        .act_year
        .map_or(Cell::Null, |year| Cell::Whole(year.into()));
    let proof = Some(planned.proof.as_str()).filter(|proof| !proof.is_empty());
    record
        .with("act_year", year)
        .with("proof", Cell::optional_key(proof))
        .with("grade", Cell::key(grade(planned.grade)))
        .with("usable_m2", Cell::m2(planned.usable_m2))
        .with("used_today_m2", Cell::m2(planned.used_today_m2))
        .with("used_after_m2", Cell::m2(planned.used_after_m2))
        .with("void_today_gbp", gbp(planned.void_today_gbp))
        .with("void_after_gbp", gbp(planned.void_after_gbp))
        .with("part_m2", planned.part_m2.map_or(Cell::Null, Cell::m2))
        .with("run_today_gbp", Cell::gbp(planned.running_today_gbp))
        .with("run_after_gbp", Cell::gbp(planned.running_after_gbp))
        .with(
            "save_gbp_y",
            Cell::gbp(planned.running_today_gbp - planned.running_after_gbp),
        )
        .with("capex_gbp", Cell::gbp(planned.one_off_gbp))
        .with("receipt_gbp", Cell::gbp(planned.receipt_gbp))
        .with("npv_gbp", Cell::gbp(planned.npv_gbp))
        .with("epc_liability_gbp", gbp(planned.epc_liability_gbp))
        .with("epc_left_gbp", gbp(planned.epc_left_gbp))
        .with("tco2e_today", tonnes(planned.tco2e_today))
        .with("tco2e_after", tonnes(planned.tco2e_after))
        .with("value_forgone_gbp", gbp(planned.value_forgone_gbp))
}

/// The plan's own words, which name money and lease dates, where the audience may read them; else
/// what the action means.
fn reason(
    issue: &Issue<'_>,
    building: &Building,
    planned: Option<&PlannedBuilding>,
    agency: &str,
) -> String {
    let words = planned
        .map(|p| p.reason.as_str())
        .filter(|words| !words.is_empty());
    if let Some(words) = words.filter(|_| issue.edition.audience.sees("words", Some(agency))) {
        return format!("{words}{}", in_the_programme(issue, building.id.as_str()));
    }
    let action = planned.map_or(Action::Outside, |p| p.action);
    match (&building.role, action) {
        (Role::Out(_) | Role::Fixed(_), Action::Outside) => "Not part of the plan".to_string(),
        _ => meaning(action).to_string(),
    }
}

/// What the programme of years makes of a building, where that says more than the end state: when it is let
/// go, or that it is left for later.
fn in_the_programme(issue: &Issue<'_>, id: &str) -> String {
    let Some(programme) = &issue.plan().programme else {
        return String::new();
    };
    let mut later = programme.postponed.iter();
    if let Some(postponed) = later.find(|one| one.subject == id) {
        return format!(" The programme leaves it for later: {}", postponed.reason);
    }
    let steps = programme.steps.iter().filter(|step| step.subject == id);
    // The last: a part is set apart before it is sold.
    let mut gone = steps.filter_map(|step| match step.act {
        Act::ReleaseLease => Some(("the lease is left", step.year)),
        Act::Surrender => Some(("the lease is surrendered", step.year)),
        Act::Sell => Some(("it is sold", step.year)),
        Act::Transfer => Some(("it is given over", step.year)),
        Act::Sublet => Some(("it is let to somebody else", step.year)),
        Act::Mothball => Some(("it is held empty", step.year)),
        Act::Part => Some(("the part goes", step.year)),
        Act::PartSale => Some(("the part is sold", step.year)),
        Act::Open | Act::FitOut | Act::Move | Act::Empty | Act::NewCounter => None,
    });
    gone.next_back().map_or(String::new(), |(what, year)| {
        format!(" In the programme {what} in year {year}.")
    })
}

/// What an action means, in a sentence for anybody.
pub(in super::super) fn meaning(action: Action) -> &'static str {
    match action {
        Action::Retain => "Kept, with those who are in it",
        Action::Host => "Kept, and takes others in",
        Action::ReleaseLease => "Let go: the lease ends",
        Action::Sell => "Let go: sold",
        Action::Transfer => "Let go: given to a partner or community body",
        Action::Sublet => "Let to somebody else",
        Action::Mothball => "Emptied and held",
        Action::Outside => "Not part of the plan",
    }
}

fn grade(grade: crate::place::Grade) -> &'static str {
    use crate::place::Grade;
    match grade {
        Grade::Measured => "measured",
        Grade::Stated => "stated",
        Grade::Defaulted => "defaulted",
    }
}

fn tenure(kind: TenureKind) -> &'static str {
    match kind {
        TenureKind::Freehold => "freehold",
        TenureKind::Leasehold => "leasehold",
        TenureKind::LetOut => "let_out",
        TenureKind::Licence => "licence",
        TenureKind::Pfi => "pfi",
        TenureKind::GroundLease => "ground_lease",
        TenureKind::Unknown => "unknown",
    }
}
