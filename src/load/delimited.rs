//! Delimited text to records: any delimiter, quotes that never close, rows of odd length.

use super::gather::gather;
use super::{Cells, Table, TableOptions, sniff};
use crate::place::{Finding, Rejected};
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
    walk.width = Some(layout.header.len());
    let records = std::iter::from_fn(|| {
        let mut raw = walk.next_record()?;
        raw.line += layout.lines_skipped;
        Some(raw)
    });
    Ok(gather(&file, layout.header, records, findings, rejected))
}
