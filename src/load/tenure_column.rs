//! The column of tenure, known by its cells where no heading names it: `Held`, `Title`, `Statut`.

use super::cells::is_missing;
use super::words::{Own, tenure};
use super::{Columns, Field, Table, likely};
use crate::place::{Finding, TenureKind};
use std::collections::BTreeSet;

/// Cells asked what a column holds.
const ASKED: usize = 200;
/// Shorter cells are codes and longer ones descriptions, which may say anything.
const SHORTEST: usize = 3;
const LONGEST: usize = 60;

/// Takes the first free column for tenure most of whose cells say how a building is held, and asks for a confirmation.
pub(super) fn claim(
    table: &Table,
    fields: &[Field],
    columns: &mut Columns,
    taken: &mut [bool],
    findings: &mut Vec<Finding>,
) {
    let Some(field) = fields.iter().find(|field| field.name == "tenure") else {
        return;
    };
    if columns.has("tenure") || columns.has("tenure_detail") {
        return;
    }
    let free = (0..table.header.len()).filter(|column| taken.get(*column) == Some(&false));
    // `Status` may be that of the interest; it is read for an end all the same.
    let mut asked = free.chain(columns.get("status"));
    let Some(column) = asked.find(|column| says_tenure(table, *column)) else {
        return;
    };
    likely::claim(
        table,
        field,
        column,
        "most of its cells say how a building is held, and no other heading is known for that"
            .into(),
        columns,
        taken,
        findings,
    );
}

/// Whether most cells are of tenure, and of more than one kind: a code that stands in every row may mean anything.
fn says_tenure(table: &Table, column: usize) -> bool {
    let cells = table.records.iter().map(|record| record.cell(column));
    let (mut filled, mut read, mut kinds) = (0_usize, 0_usize, BTreeSet::new());
    for cell in cells.filter(|cell| !is_missing(cell)).take(ASKED) {
        filled += 1;
        if (SHORTEST..=LONGEST).contains(&cell.len())
            && let kind = tenure(Some(cell), None, Own::default())
            && kind != TenureKind::Unknown
        {
            read += 1;
            kinds.insert(kind);
        }
    }
    kinds.len() >= 2 && read * 10 >= filled * 6
}
