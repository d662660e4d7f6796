//! Columns taken for a field that their names alone do not say, which the user is asked to confirm.

use super::headings::quoted;
use super::{Columns, Field, Table};
use crate::place::{Finding, Severity};

/// Takes a column for a field, says why, and gives the line that confirms it.
pub(super) fn claim(
    table: &Table,
    field: &Field,
    column: usize,
    why: String,
    columns: &mut Columns,
    taken: &mut [bool],
    findings: &mut Vec<Finding>,
) {
    let (name, header) = (
        field.name,
        table.header.get(column).cloned().unwrap_or_default(),
    );
    findings.push(
        Finding::new("header-likely", Severity::Warn, table.whole())
            .column(header.clone())
            .cause(why)
            .action(format!("taken for {name}; confirm it with the line below"))
            .setting(format!("columns = {{ {name} = \"{}\" }}", quoted(&header))),
    );
    columns.claim(name, field.kind, column, table, taken);
}
