//! `ledger.csv`: money by agency, subject and line. `agencies.csv`: its totals, the twin of the ledger
//! chart. Recurring, one-off and receipts are never added to one another.

use super::super::cell::{Cell, Record};
use super::super::edition::Issue;
use super::super::error::PublishError;
use super::Tables;
use crate::plan::{AgencyLedger, Column};

pub(super) const LINES: [&str; 8] = [
    "agency",
    "subject",
    "subject_name",
    "line",
    "column=column_kind",
    "today_gbp",
    "after_gbp",
    "npv_gbp",
];

/// `ledger.csv`; only the agencies whose money the audience may see.
pub(super) fn lines(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    let edition = issue.edition;
    let rows = seen(issue).flat_map(|agency| {
        agency.lines.iter().map(move |line| {
            let record = Record::new()
                .with("agency", Cell::key(&agency.agency))
                .with("subject", Cell::key(&line.subject))
                .with(
                    "subject_name",
                    Cell::optional_text(name(issue, &line.subject)),
                )
                .with("line", Cell::key(&line.line))
                .with("column_kind", Cell::key(column_code(line.column)))
                .with("today_gbp", Cell::gbp(line.today_gbp))
                .with("after_gbp", Cell::gbp(line.after_gbp))
                .with("npv_gbp", Cell::gbp(line.npv_gbp));
            (record, Some(agency.agency.as_str()))
        })
    });
    super::table("ledger.csv", &LINES, rows, &edition.audience, to)
}

/// The code of a kind of money.
pub(super) fn column_code(column: Column) -> &'static str {
    match column {
        Column::Recurring => "recurring",
        Column::OneOff => "one_off",
        Column::Receipt => "receipt",
    }
}

pub(super) const AGENCIES: [&str; 11] = [
    "agency",
    "name",
    "recurring_today_gbp",
    "recurring_after_gbp",
    "one_off_gbp=agency_one_off_gbp",
    "repairs_avoided_gbp",
    "repairs_anyway_gbp",
    "receipts_gbp",
    "recharge_net_gbp",
    "recharge_npv_gbp",
    "npv_gbp",
];

/// `agencies.csv`; every agency is named, its money shown to those who may see it.
pub(super) fn agencies(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    let edition = issue.edition;
    let rows = issue.plan().ledger.iter();
    let rows = rows.map(|agency| (agency_record(issue, agency), Some(agency.agency.as_str())));
    super::table("agencies.csv", &AGENCIES, rows, &edition.audience, to)
}

/// What an agency pays and gains, under the names of the audience table.
pub(in super::super) fn agency_record(issue: &Issue<'_>, agency: &AgencyLedger) -> Record {
    let known = issue
        .place()
        .agencies
        .iter()
        .find(|a| a.id.as_str() == agency.agency);
    Record::new()
        .with("agency", Cell::key(&agency.agency))
        .with("name", Cell::optional_text(known.map(|a| a.name.as_str())))
        .with("recurring_today_gbp", Cell::gbp(agency.recurring_today_gbp))
        .with("recurring_after_gbp", Cell::gbp(agency.recurring_after_gbp))
        .with("agency_one_off_gbp", Cell::gbp(agency.one_off_gbp))
        .with("repairs_avoided_gbp", Cell::gbp(agency.repairs_avoided_gbp))
        .with("repairs_anyway_gbp", Cell::gbp(agency.repairs_anyway_gbp))
        .with("receipts_gbp", Cell::gbp(agency.receipts_gbp))
        .with("recharge_net_gbp", Cell::gbp(agency.recharge_net_gbp))
        .with("recharge_npv_gbp", Cell::gbp(agency.recharge_npv_gbp))
        .with("npv_gbp", Cell::gbp(agency.npv_gbp))
}

/// The name of what a line is about: a building, an occupier or a site.
fn name<'a>(issue: &Issue<'a>, subject: &str) -> Option<&'a str> {
    let building = || issue.building_named(subject).map(|(_, b)| b.name.as_str());
    let occupier = || issue.occupier_named(subject).map(|(_, o)| o.name.as_str());
    let site = || {
        let mut sites = issue.place().sites.iter();
        sites.find(|site| site.id.as_str() == subject)
    };
    building()
        .or_else(occupier)
        .or_else(|| site().map(|s| s.name.as_str()))
}

fn seen<'a>(issue: &'a Issue<'_>) -> impl Iterator<Item = &'a AgencyLedger> {
    let audience = &issue.edition.audience;
    issue
        .plan()
        .ledger
        .iter()
        .filter(|agency| audience.sees("npv_gbp", Some(&agency.agency)))
}
