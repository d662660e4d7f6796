//! Records that say themselves that they are closed.

use super::cells::{self, Style, is_missing};
use super::words::is_end;
use super::{Columns, Table, rows};
use crate::place::{Finding, Rejected, Severity};
use std::collections::BTreeSet;

/// Words of a status column that say that the record is still open.
const OPEN: [&str; 12] = [
    "a",
    "active",
    "open",
    "operational",
    "current",
    "live",
    "visible",
    "in use",
    "proposed",
    "p",
    "o",
    "occupied",
];
/// Letters of a status column that may say that it is not: `C` is closed beside an `A`, and current by itself.
const SHUT_LETTERS: [&str; 3] = ["c", "d", "i"];

/// Sets aside the records whose status column says that they are closed.
pub(super) fn set_aside(
    table: &mut Table,
    columns: &Columns,
    findings: &mut Vec<Finding>,
    rejected: &mut Vec<Rejected>,
) {
    let Some((column, letters)) = status_column(table, columns) else {
        return;
    };
    let header = table.header.get(column).cloned().unwrap_or_default();
    let end = letters.then(|| end_column(table, column)).flatten();
    if letters && end.is_none() {
        if columns.get("status") == Some(column) && !mostly_open(table, column) {
            findings.push(letters_not_read(table, header));
            return;
        }
        if columns.get("status") != Some(column) {
            return;
        }
    }
    rows::retain(table, rejected, "closed-record", |record| {
        let cell = record.cell(column);
        if !is_shut(cell) {
            return true;
        }
        let since = end
            .map(|end| record.cell(end))
            .filter(|date| !is_missing(date))
            .map(|date| format!(", since {date}"))
            .unwrap_or_default();
        findings.push(
            Finding::new("closed-record", Severity::Reject, record.at.clone())
                .column(header.clone())
                .cell(cell)
                .cause(format!("its status says that it is closed{since}"))
                .action("row set aside"),
        );
        false
    });
}

fn is_shut(cell: &str) -> bool {
    let word = cell.trim().to_lowercase();
    let word = word.as_str();
    is_end(word)
        || SHUT_LETTERS.contains(&word)
        || matches!(word, "permanently closed" | "disposed of")
}

/// Whether most records of a column are open, so that its other letters can be told.
fn mostly_open(table: &Table, column: usize) -> bool {
    let open = |word: &str| OPEN.contains(&word.trim().to_lowercase().as_str());
    let cells = || table.records.iter().map(|record| record.cell(column));
    let stated = cells().filter(|cell| !is_missing(cell)).count();
    cells().filter(|cell| open(cell)).count() * 2 > stated
}

fn letters_not_read(table: &Table, header: String) -> Finding {
    Finding::new("word-not-read", Severity::Warn, table.whole())
        .column(header.clone())
        .cause("its single letters may say that a record is closed, or that it is current")
        .action(format!(
            "not read, so that every record is kept; where some are closed, say which by \
             [[buildings.scope]] with column = \"{header}\", values and role = \"out\""
        ))
}

/// The status column, and whether it is written in single letters, which need a date of closing to
/// be believed.
fn status_column(table: &Table, columns: &Columns) -> Option<(usize, bool)> {
    let named = columns.get("status");
    (0..table.header.len())
        .filter(|column| named.is_none_or(|named| named == *column))
        // Grades from A to D look like a status in single letters, and are none.
        .filter(|column| {
            ["condition", "energy_rating"]
                .iter()
                .all(|field| columns.get(field) != Some(*column))
        })
        .find_map(|column| {
            let mut values = BTreeSet::new();
            for record in &table.records {
                let cell = record.cell(column);
                if !is_missing(cell) && !values.contains(cell) {
                    values.insert(cell);
                }
                if values.len() > 8 {
                    return None;
                }
            }
            let words: BTreeSet<String> = values
                .iter()
                .map(|value| value.trim().to_lowercase())
                .collect();
            let open = |word: &String| OPEN.contains(&word.as_str());
            let known = words.iter().all(|word| open(word) || is_shut(word));
            let letters = words.iter().all(|word| word.chars().count() == 1);
            let vocabulary = known || named == Some(column);
            let shut = words.iter().any(|word| is_shut(word));
            (vocabulary && shut && (words.iter().any(open) || named == Some(column)))
                .then_some((column, letters))
        })
}

/// A column of dates that is filled for closed records and blank for open ones.
fn end_column(table: &Table, status: usize) -> Option<usize> {
    let style = Style::default();
    (0..table.header.len()).find(|column| {
        let (mut shut, mut dated, mut open_dated) = (0_usize, 0_usize, 0_usize);
        for record in &table.records {
            let closed = is_shut(record.cell(status));
            let cell = record.cell(*column);
            let date = !is_missing(cell) && cells::date(cell, &style).value.is_some();
            shut += usize::from(closed);
            dated += usize::from(closed && date);
            open_dated += usize::from(!closed && date);
        }
        shut > 0 && dated * 10 >= shut * 8 && open_dated * 10 <= table.records.len()
    })
}
