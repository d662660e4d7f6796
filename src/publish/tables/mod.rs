//! The CSV tables: one file each, headers fixed.

mod access;
mod actions;
mod assumptions;
mod columns;
mod findings;
mod ledger;
mod moves;

pub(super) use actions::{meaning, record as building_record};
pub(super) use findings::{data_request, finding_record, match_record, quality, rejected};
pub(super) use ledger::one_off_today;
pub(super) use moves::record as move_record;

use super::audience::Audience;
use super::cell::Record;
use super::csv_file::CsvFile;
use super::error::PublishError;
use super::exporter::{Exporter, Page};

/// Every table of a plan folder.
pub(super) const EXPORTERS: [Exporter; 12] = [
    actions::export,
    moves::export,
    access::rules,
    access::zones,
    access::losers,
    ledger::lines,
    ledger::agencies,
    assumptions::export,
    |issue| quality(&issue.edition.found()).map(|page| vec![page]),
    |issue| rejected(&issue.edition.found()).map(|page| page.into_iter().collect()),
    |issue| data_request(&issue.edition.found()).map(|page| vec![page]),
    columns::export,
];

/// The header of every table. A name may be `shown=field`, where the file calls a field otherwise
/// than the list of fields does.
const HEADERS: [(&str, &[&str]); 11] = [
    ("actions.csv", &actions::HEADER),
    ("moves.csv", &moves::HEADER),
    ("access.csv", &access::RULES),
    ("zones.csv", &access::ZONES),
    ("losers.csv", &access::LOSERS),
    ("ledger.csv", &ledger::LINES),
    ("agencies.csv", &ledger::AGENCIES),
    ("assumptions.csv", &assumptions::HEADER),
    ("quality.csv", &findings::QUALITY),
    ("rejected.csv", &findings::REJECTED),
    ("data_request.csv", &findings::DATA_REQUEST),
];

/// What the file calls a column, and the field it is.
fn shown_and_field(name: &str) -> (&str, &str) {
    name.split_once('=').unwrap_or((name, name))
}

/// A record and the id of the agency it belongs to, if it belongs to one.
type Owned<'a> = (Record, Option<&'a str>);

/// A table of records under a header.
fn table<'a>(
    path: &str,
    header: &[&str],
    rows: impl IntoIterator<Item = Owned<'a>>,
    audience: &Audience,
    excel: bool,
) -> Result<Page, PublishError> {
    let shown: Vec<&str> = header.iter().map(|name| shown_and_field(name).0).collect();
    let mut file = CsvFile::new(path, &shown, excel)?;
    for (record, owner) in rows {
        let cells: Vec<_> = header
            .iter()
            .map(|name| shown_and_field(name).1)
            .map(|field| record.cell(field, audience, owner))
            .collect();
        file.row(&cells)?;
    }
    Ok(Page::new(path, file.finish()?))
}
