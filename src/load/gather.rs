//! Records under a header: blank rows, rows of odd length, notes, columns that repeat. Text and sheets
//! alike.

use super::delimited::RawRecord;
use super::table::{RECORDS_OF_A_PAGE, share_a_page};
use super::{Record, Table, notes};
use crate::place::{Finding, Rejected, RowRef, Severity};
use std::sync::Arc;

/// Makes a table of a header and the records under it.
pub(super) fn gather(
    file: &Arc<str>,
    header: Vec<String>,
    records: impl Iterator<Item = RawRecord>,
    findings: &mut Vec<Finding>,
    rejected: &mut Vec<Rejected>,
) -> Table {
    let mut table = Table {
        file: Arc::clone(file),
        header,
        ..Table::default()
    };
    let width = table.header.len();
    let mut empty = 0_u64;
    let mut paged = 0;
    for (number, raw) in (1_u64..).zip(records) {
        let at = RowRef {
            file: Arc::clone(file),
            record: number,
            line: raw.line,
        };
        let record = Record {
            at,
            cells: raw.cells,
            shape: None,
        };
        if record.is_blank() {
            empty += 1;
            if empty <= LISTED {
                findings.push(
                    Finding::new("empty-row", Severity::Warn, record.at.clone())
                        .cause("every cell of the row is blank")
                        .action("skipped"),
                );
            }
            continue;
        }
        if raw.open_quote {
            findings.push(
                Finding::new("open-quote", Severity::Repair, record.at.clone())
                    .cause("a quotation mark opens a cell and never closes it")
                    .action("the mark was left out and the line read on its own; check the row"),
            );
        }
        if let Some(record) = fit(record, width, &table, findings, rejected) {
            table.records.push(record);
            if table.records.len() - paged == RECORDS_OF_A_PAGE {
                share_a_page(table.records.get_mut(paged..).unwrap_or_default());
                paged = table.records.len();
            }
        }
    }
    share_a_page(table.records.get_mut(paged..).unwrap_or_default());
    if empty > LISTED {
        findings.push(
            Finding::new("empty-row", Severity::Warn, table.whole())
                .cause(format!(
                    "{empty} rows are blank, of which {LISTED} are listed"
                ))
                .action("skipped"),
        );
    }
    drop_blank_tail(&mut table, findings);
    notes::set_aside(&mut table, findings, rejected);
    compare_copies(&table, findings);
    table
}

/// Takes away unnamed columns at the end that hold nothing: a spreadsheet's leftover.
fn drop_blank_tail(table: &mut Table, findings: &mut Vec<Finding>) {
    let before = table.header.len();
    while let Some(last) = table.header.len().checked_sub(1) {
        let blank = table.header.get(last) == Some(&format!("column {}", last + 1))
            && table
                .records
                .iter()
                .all(|record| record.cell(last).trim().is_empty());
        if !blank || last == 0 {
            break;
        }
        table.header.pop();
    }
    if table.header.len() == before {
        return;
    }
    for record in &mut table.records {
        record.cells = record.cells.iter().take(table.header.len()).collect();
    }
    // What was said of them when the header was read is no longer of interest.
    for finding in findings
        .iter_mut()
        .filter(|finding| finding.code == "unnamed-column")
    {
        let kept: Vec<&str> = finding
            .column
            .iter()
            .flat_map(|columns| columns.split(';'))
            .filter(|name| table.header.iter().any(|column| column == name))
            .collect();
        finding.column = Some(kept.join(";"));
    }
    findings.retain(|finding| {
        finding.code != "unnamed-column" || finding.column.as_deref() != Some("")
    });
}

/// Names the rows in which two columns of one name say different things.
fn compare_copies(table: &Table, findings: &mut Vec<Finding>) {
    for (column, name) in table.header.iter().enumerate() {
        let Some(original) = name.strip_suffix(" (2)").and_then(|name| {
            table
                .header
                .iter()
                .position(|other| other.eq_ignore_ascii_case(name))
        }) else {
            continue;
        };
        for record in &table.records {
            let (first, second) = (record.cell(original).trim(), record.cell(column).trim());
            if first != second {
                findings.push(
                    Finding::new("copies-differ", Severity::Warn, record.at.clone())
                        .column(table.header.get(original).cloned().unwrap_or_default())
                        .cell(format!("{first} | {second}"))
                        .cause("two columns of one name say different things")
                        .action("the first is used"),
                );
            }
        }
    }
}

/// Empty rows listed one by one before they are only counted: a spreadsheet may save a million.
const LISTED: u64 = 100;

/// Fits a record to the header: a row with cells beyond it is set aside, since nobody can say which
/// cell is the extra one; a short one keeps what it has.
fn fit(
    mut record: Record,
    width: usize,
    table: &Table,
    findings: &mut Vec<Finding>,
    rejected: &mut Vec<Rejected>,
) -> Option<Record> {
    let cells = record.cells.len();
    if cells > width {
        if record
            .cells
            .iter()
            .skip(width)
            .all(|cell| cell.trim().is_empty())
        {
            record.cells = record.cells.iter().take(width).collect();
            return Some(record);
        }
        findings.push(
            Finding::new("too-many-cells", Severity::Reject, record.at.clone())
                .cell(record.cells.get(width).to_owned())
                .cause(format!("{cells} cells for {width} columns, perhaps a delimiter inside a cell without quotes"))
                .action("row set aside; put the cell in quotes"),
        );
        table.reject(&record, "too-many-cells", rejected);
        return None;
    }
    if cells < width {
        findings.push(
            Finding::new("too-few-cells", Severity::Warn, record.at.clone())
                .cause(format!("{cells} cells for {width} columns"))
                .action("the missing cells read as blank; check the row"),
        );
    }
    Some(record)
}
