//! Rows that are no records: footnotes, headings between groups, a row of units under the header.

use super::header_units::is_row_of_units;
use super::{Record, Table, normalise, rows};
use crate::place::{Finding, Rejected, Severity};
use std::collections::BTreeSet;

/// Tables narrower than this may well have records of one cell.
const NARROW: usize = 4;
/// Cells that a row says much with.
const FULL: usize = 3;

/// Sets aside lines of text and a row of units.
pub(super) fn set_aside(
    table: &mut Table,
    findings: &mut Vec<Finding>,
    rejected: &mut Vec<Rejected>,
) {
    let width = table.header.len();
    if width < NARROW || table.records.len() < 2 {
        return;
    }
    // A table whose records are mostly of one cell has no notes that could be told from them.
    let lone = table.records.iter().filter(|r| lone_text(r, width)).count();
    if lone * 2 > table.records.len() {
        return;
    }
    let last = table
        .records
        .iter()
        .rposition(|record| !lone_text(record, width))
        .and_then(|at| table.records.get(at))
        .map_or(0, |record| record.at.record);
    let units = table
        .records
        .first()
        .filter(|record| record.at.record == 1 && is_row_of_units(record.cells.iter()))
        .map(|record| record.at.record);
    let full = table.records.iter().filter(|record| {
        record
            .cells
            .iter()
            .filter(|cell| !cell.trim().is_empty())
            .count()
            >= FULL
    });
    // Among rows that say much, a row that says one word is a heading of those below it.
    let sections = full.count() * 5 > (table.records.len() - lone) * 3;
    let headings = match sections {
        true => headings(table, width),
        false => BTreeSet::new(),
    };
    let header = table.header.clone();
    let again = |record: &Record| repeats_names(record, &header);
    if lone == 0 && units.is_none() && !table.records.iter().any(again) {
        return;
    }
    let mut notes = BTreeSet::new();
    let mut said = Vec::new();
    rows::retain(table, rejected, "note-row", |record| {
        let cause = if units == Some(record.at.record) {
            "the row gives the units of its columns, not a record"
        } else if record.at.record > 1
            && lone_text(record, width)
            && (record.cells.len() < width || record.at.record > last || is_sentence(record))
        {
            "a line of text, not a row of the table"
        } else if headings.contains(&record.at.record) {
            "a heading between the rows, not a row of the table"
        } else if again(record) {
            "the names of the columns once more"
        } else {
            return true;
        };
        notes.insert(record.at.record);
        said.push(
            Finding::new("note-row", Severity::Reject, record.at.clone())
                .cell(record.cells.text().trim())
                .cause(cause)
                .action("row set aside"),
        );
        false
    });
    // A line of text is short by nature.
    findings.retain(|finding| {
        finding.code != "too-few-cells"
            || finding.row.file != table.file
            || !notes.contains(&finding.row.record)
    });
    findings.extend(said);
}

/// Whether a row has the names of the columns in its cells, as at the top of every page.
fn repeats_names(record: &Record, header: &[String]) -> bool {
    let filled = || {
        record
            .cells
            .iter()
            .zip(header)
            .filter(|(cell, _)| !cell.trim().is_empty())
    };
    // Most rows fail at their first cells, before anything is copied.
    let same = |(cell, name): &(&str, &String)| {
        cell.len().abs_diff(name.len()) <= 8 && normalise(cell) == normalise(name)
    };
    let same = filled().filter(same).count();
    same >= 2 && same * 4 >= filled().count() * 3
}

/// The rows that are headings of those below: their only cell has words without figures, or a code that goes on from
/// the page before. One word may be a record of which no more is known: it is a heading where it stands above all
/// records, or where the table has others, each with a record below it.
fn headings(table: &Table, width: usize) -> BTreeSet<u64> {
    let goes_on = |text: &str| {
        let plain = normalise(text);
        ["cont", "contd", "continued"]
            .iter()
            .any(|end| plain.ends_with(end))
    };
    let (mut sure, mut of_one_word) = (BTreeSet::new(), BTreeSet::new());
    for (at, record) in table.records.iter().enumerate() {
        let text = record.cells.text().trim();
        let figures = text.contains(|c: char| c.is_ascii_digit());
        if !lone_text(record, width) {
            continue;
        }
        let next = table.records.get(at + 1);
        if goes_on(text) || !figures && text.split_whitespace().count() >= 2 {
            sure.insert(record.at.record);
        } else if !figures && next.is_some_and(|next| !lone_text(next, width)) {
            of_one_word.insert(record.at.record);
        }
    }
    if of_one_word.len() + sure.len() > 1 || of_one_word.contains(&1) {
        sure.append(&mut of_one_word);
    }
    sure
}

/// Whether only one cell is filled.
fn lone_text(record: &Record, width: usize) -> bool {
    if record.cells.len() == width && record.cells.text().len() > 2_000 {
        return false;
    }
    let mut filled = record.cells.iter().filter(|cell| !cell.trim().is_empty());
    filled.next().is_some() && filled.next().is_none()
}

/// Whether the only cell reads like a sentence rather than a code.
fn is_sentence(record: &Record) -> bool {
    record.cells.text().split_whitespace().count() >= 4
}
