//! Delimited text to records: any delimiter, quotes that never close, rows of odd length.

use super::table::{RECORDS_OF_A_PAGE, share_a_page};
use super::{Cells, Record, Table, TableOptions, notes, sniff};
use crate::place::{Finding, Rejected, RowRef, Severity};
use std::sync::Arc;

/// One record as it stands in the file.
#[derive(Debug, Default)]
pub(super) struct RawRecord {
    pub(super) line: u64,
    pub(super) cells: Cells,
    /// A quote was opened and never closed; it was read as an ordinary character.
    pub(super) open_quote: bool,
}

/// Walks over the records of a text.
pub(super) struct Walk<'a> {
    text: &'a str,
    at: usize,
    line: u64,
    delimiter: &'a str,
    /// Old Macintosh files end their lines with a lone carriage return.
    lone_return: bool,
    /// How many cells a record should have, once known: tells a broken quote from a long cell.
    pub(super) width: Option<usize>,
    /// Room for the record at hand, used again for the next.
    room: (String, Vec<u32>),
}

/// A quoted cell longer than this has lost its closing quote.
const LONGEST_QUOTED: usize = 1 << 20;

impl<'a> Walk<'a> {
    pub(super) fn new(text: &'a str, delimiter: &'a str) -> Self {
        let head = text.get(..text.len().min(1 << 16)).unwrap_or(text);
        Self {
            text,
            at: 0,
            line: 1,
            delimiter,
            lone_return: !head.contains('\n') && head.contains('\r'),
            width: None,
            room: Default::default(),
        }
    }

    /// The next record, or `None` at the end. Lines without a character are passed over.
    pub(super) fn next_record(&mut self) -> Option<RawRecord> {
        loop {
            if self.at >= self.text.len() {
                return None;
            }
            match self.line_end(self.at) {
                Some(length) => {
                    self.at += length;
                    self.line += 1;
                }
                None => break,
            }
        }
        let (start, line) = (self.at, self.line);
        let mut record = self.read(true)?;
        let lines = self.line - line;
        let odd = self.width.is_some_and(|width| record.cells.len() != width);
        if lines > 1 && odd && !record.open_quote {
            // A quoted cell ran over several lines and the record has the wrong length: perhaps the
            // quote that closed it opened another cell.
            let after = (self.at, self.line);
            (self.at, self.line) = (start, line);
            let literal = self.read(false)?;
            if self.width == Some(literal.cells.len()) {
                record = RawRecord {
                    open_quote: true,
                    ..literal
                };
            } else {
                (self.at, self.line) = after;
            }
        }
        Some(record)
    }

    /// Length of the line end at a position, where there is one.
    fn line_end(&self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        match bytes.get(at)? {
            b'\n' => Some(1),
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => Some(2),
            b'\r' if self.lone_return => Some(1),
            _ => None,
        }
    }

    fn read(&mut self, quotes: bool) -> Option<RawRecord> {
        let (mut text, mut ends) = std::mem::take(&mut self.room);
        text.clear();
        ends.clear();
        let mut open_quote = false;
        let line = self.line;
        loop {
            let quoted = quotes && !open_quote && self.text.as_bytes().get(self.at) == Some(&b'"');
            if quoted {
                let mark = text.len();
                if !self.read_quoted(&mut text) {
                    text.truncate(mark);
                    open_quote = true;
                    self.at += 1;
                    self.read_plain(&mut text);
                }
            } else {
                self.read_plain(&mut text);
            }
            ends.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
            if self.text.get(self.at..)?.starts_with(self.delimiter) {
                self.at += self.delimiter.len();
                continue;
            }
            if let Some(length) = self.line_end(self.at) {
                self.at += length;
                self.line += 1;
            }
            let cells = Cells::from_parts(&text, &ends);
            self.room = (text, ends);
            return Some(RawRecord {
                line,
                cells,
                open_quote,
            });
        }
    }

    /// Reads to the next delimiter or line end.
    fn read_plain(&mut self, text: &mut String) {
        let bytes = self.text.as_bytes();
        let first = self.delimiter.as_bytes().first().copied().unwrap_or(b',');
        let start = self.at;
        while let Some(&byte) = bytes.get(self.at) {
            let stop = match byte {
                b'\n' | b'\r' => self.line_end(self.at).is_some(),
                byte if byte == first => bytes
                    .get(self.at..)
                    .is_some_and(|rest| rest.starts_with(self.delimiter.as_bytes())),
                _ => false,
            };
            if stop {
                break;
            }
            self.at += 1;
        }
        text.push_str(self.text.get(start..self.at).unwrap_or_default());
    }

    /// Reads a quoted cell, quotes doubled inside; `false`, with nothing moved, where the quote
    /// never closes or where another cell seems to open before it does.
    fn read_quoted(&mut self, text: &mut String) -> bool {
        let bytes = self.text.as_bytes();
        let open = self.at;
        let (mut at, mut from, mut lines) = (open + 1, open + 1, 0_u64);
        loop {
            if at - open > LONGEST_QUOTED {
                return false;
            }
            match bytes.get(at) {
                None => return false,
                Some(b'"') if bytes.get(at + 1) == Some(&b'"') => {
                    text.push_str(self.text.get(from..=at).unwrap_or_default());
                    at += 2;
                    from = at;
                }
                Some(b'"') => {
                    let after = self.text.get(at + 1..).unwrap_or_default();
                    let blank = after.len() - after.trim_start_matches([' ', '\t']).len();
                    let ends = |skip: usize| {
                        let rest = after.get(skip..).unwrap_or_default();
                        rest.is_empty()
                            || rest.starts_with(self.delimiter)
                            || self.line_end(at + 1 + skip).is_some()
                    };
                    if ends(0) || ends(blank) {
                        text.push_str(self.text.get(from..at).unwrap_or_default());
                        self.at = at + 1 + if ends(0) { 0 } else { blank };
                        self.line += lines;
                        return true;
                    }
                    let before = self.text.get(open + 1..at).unwrap_or_default();
                    if lines > 0 && (before.ends_with(self.delimiter) || before.ends_with('\n')) {
                        return false;
                    }
                    at += 1;
                }
                Some(_) => {
                    if let Some(length) = self.line_end(at) {
                        lines += 1;
                        at += length;
                    } else {
                        at += 1;
                    }
                }
            }
        }
    }
}

/// Reads delimited text into a table.
pub(super) fn read(
    text: &str,
    name: &str,
    options: &TableOptions,
    findings: &mut Vec<Finding>,
    rejected: &mut Vec<Rejected>,
) -> Result<Table, Box<Finding>> {
    let file: Arc<str> = name.into();
    let layout = sniff::layout(text, &file, options, findings)?;
    let delimiter = layout.delimiter.to_string();
    let mut walk = Walk::new(layout.body(text), &delimiter);
    for _ in 0..layout.records_before_data {
        walk.next_record();
    }
    let mut table = Table {
        file: Arc::clone(&file),
        header: layout.header,
        ..Table::default()
    };
    let width = table.header.len();
    walk.width = Some(width);
    let mut number = 0_u64;
    let mut empty = 0_u64;
    let mut paged = 0;
    while let Some(raw) = walk.next_record() {
        number += 1;
        let at = RowRef {
            file: Arc::clone(&file),
            record: number,
            line: raw.line + layout.lines_skipped,
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
    Ok(table)
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
