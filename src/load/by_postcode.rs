//! A record whose coordinates are of no use, placed at the centre of its postcode.

use super::coordinates;
use super::locate::{LocateOptions, Spot, names};
use super::{Columns, Record, Table};
use crate::place::{Finding, Location, Precision, Severity};

/// Places a record by its postcode, or says that it cannot be placed.
pub(super) fn fall_back(
    table: &Table,
    record: &Record,
    columns: &Columns,
    options: &LocateOptions,
    spot: &mut Spot,
    findings: &mut Vec<Finding>,
) {
    let source = coordinates::sources(table, columns).into_iter().next();
    let mut about = if table.has_shapes {
        Some("geometry".to_owned())
    } else {
        source.map(|source| names(table, &source))
    };
    if let Some((postcode, at)) = by_postcode(record, columns, options) {
        spot.at = Some((at, Precision::Postcode));
        let mut finding = Finding::new("postcode-location", Severity::Repair, record.at.clone())
            .cell(postcode.clone())
            .cause("no usable coordinates")
            .action(format!(
                "placed at the centre of postcode {postcode}: approximate"
            ));
        finding.column = about;
        findings.push(finding);
        return;
    }
    if let Some(postcode) = columns.header("postcode") {
        about = Some(about.map_or(postcode.to_owned(), |about| format!("{about};{postcode}")));
    }
    let mut finding = Finding::new("not-located", Severity::Warn, record.at.clone())
        .cause("neither coordinates nor a known postcode")
        .action("kept, but left out of everything that needs a distance");
    finding.column = about;
    findings.push(finding);
}

/// The postcode of a record and its centre, where the user's table knows it.
pub(super) fn by_postcode(
    record: &Record,
    columns: &Columns,
    options: &LocateOptions,
) -> Option<(String, Location)> {
    if options.postcodes.is_empty() {
        return None;
    }
    let postcode = columns.postcode(record, "postcode", &mut Vec::new())?;
    let key: String = postcode
        .chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_uppercase)
        .collect();
    options.postcodes.get(&key).map(|at| (postcode, *at))
}
