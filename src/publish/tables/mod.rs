//! The tables, headers fixed: one CSV file each, and one sheet each of the workbook.

mod access;
mod actions;
mod assumptions;
mod cash;
mod columns;
mod fair;
mod findings;
mod groups;
mod ledger;
mod limits;
mod modes;
mod moves;
mod points;
mod programme;
mod recharges;
mod sensitivity;
mod table;
mod visits;

pub(super) use access::loser as loser_record;
pub(super) use actions::{meaning, record as building_record};
pub(super) use assumptions::record as assumption_record;
pub(super) use cash::worth_records;
pub(super) use findings::{
    data_request, finding_record, match_record, quality, rejected, request_records,
};
pub(super) use groups::{NOTE as EQUALITY_NOTE, equality_records};
pub(super) use ledger::agency_record;
pub(super) use moves::record as move_record;
pub(super) use points::{record as point_record, seen as points_seen};
pub(super) use programme::{first_day, postponed as postponed_record, step_record};

use super::edition::Issue;
use super::error::PublishError;
use table::table;
pub(super) use table::{Tables, csv, shown_and_field};

/// Writes one table.
pub(super) type Writer = fn(&Issue<'_>, &mut dyn Tables) -> Result<(), PublishError>;

/// Every table of a plan folder.
pub(super) const WRITERS: [Writer; 31] = [
    actions::export,
    moves::export,
    points::export,
    programme::export,
    programme::between,
    programme::cash,
    access::rules,
    access::zones,
    access::losers,
    groups::groups,
    groups::equality,
    modes::export,
    visits::export,
    ledger::lines,
    ledger::agencies,
    recharges::export,
    limits::export,
    fair::saving,
    fair::transfers,
    fair::successors,
    fair::together,
    cash::worth,
    cash::years,
    cash::flow,
    sensitivity::swings,
    sensitivity::chance,
    assumptions::export,
    |issue, to| quality(&issue.edition.found(), to),
    |issue, to| rejected(&issue.edition.found(), to),
    |issue, to| data_request(&issue.edition.found(), to),
    columns::export,
];

/// The header of every table. A name may be `shown=field`, where the file calls a field otherwise
/// than the list of fields does.
const HEADERS: [(&str, &[&str]); 33] = [
    ("actions.csv", &actions::HEADER),
    ("moves.csv", &moves::HEADER),
    ("points.csv", &points::HEADER),
    ("programme.csv", &programme::HEADER),
    ("between.csv", &programme::BETWEEN),
    ("programme_cash.csv", &programme::CASH),
    ("access.csv", &access::RULES),
    ("zones.csv", &access::ZONES),
    ("losers.csv", &access::LOSERS),
    ("groups.csv", &groups::GROUPS),
    ("equality.csv", &groups::EQUALITY),
    ("modes.csv", &modes::HEADER),
    ("visits.csv", &visits::HEADER),
    ("ledger.csv", &ledger::LINES),
    ("agencies.csv", &ledger::AGENCIES),
    ("limits.csv", &limits::HEADER),
    ("saving.csv", &fair::SAVING),
    ("transfers.csv", &fair::TRANSFERS),
    ("recharges.csv", &recharges::HEADER),
    ("successors.csv", &fair::BODIES),
    ("together.csv", &fair::TOGETHER),
    ("worth.csv", &cash::WORTH),
    ("years.csv", &cash::YEARS),
    ("cashflow.csv", &cash::CASH),
    ("sensitivity.csv", &sensitivity::SWINGS),
    ("chance.csv", &sensitivity::CHANCE),
    ("assumptions.csv", &assumptions::HEADER),
    ("quality.csv", &findings::QUALITY),
    ("rejected.csv", &findings::REJECTED),
    ("data_request.csv", &findings::DATA_REQUEST),
    ("alternatives.csv", &super::beside::ALTERNATIVES),
    (
        "alternatives_buildings.csv",
        &super::beside::ALTERNATIVES_BUILDINGS,
    ),
    ("drift.csv", &super::beside::DRIFT),
];
