//! Whose the buildings of a register are, where its block and its rows say different things.

use super::frame::Named;
use crate::load::{Columns, Table, normalise};
use crate::place::words::counted;
use crate::place::{AgencyIx, Finding, Severity};

/// Whether the column that was taken for the agency says whose each building is. One that is called otherwise may
/// mean a department, and counts only where the block names no agency.
pub(super) fn is_by_row(columns: &Columns) -> bool {
    columns
        .header("agency")
        .is_some_and(|header| normalise(header) == "agency")
}

/// Says that rows name other agencies of the place than the block does, whose buildings all of them become.
pub(super) fn report(
    table: &Table,
    columns: &Columns,
    named: &Named,
    agency: Option<AgencyIx>,
    findings: &mut Vec<Finding>,
) {
    let (Some(agency), Some(column)) = (agency, columns.get("agency")) else {
        return;
    };
    if is_by_row(columns) {
        return;
    }
    let others = table.records.iter().map(|record| record.cell(column));
    let others: Vec<&str> = others
        .filter(|cell| named.agency(cell).is_some_and(|other| other != agency))
        .collect();
    let Some(first) = others.first() else {
        return;
    };
    findings.push(
        Finding::new("agency-of-rows", Severity::Warn, table.whole())
            .column(columns.header("agency").unwrap_or("agency"))
            .cell(*first)
            .cause(format!(
                "{} another agency of the place than the block does",
                counted(others.len(), "row names", "rows name")
            ))
            .action("not used: all are buildings of the block's agency; leave `agency` out of the block, and each is whose its row says"),
    );
}
