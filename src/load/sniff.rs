//! What a delimited file looks like: its delimiter and where its data begin.

use super::delimited::{RawRecord, Walk};
use super::{TableOptions, headers};
use crate::place::{Finding, RowRef, Severity};
use std::sync::Arc;

/// How a file is laid out.
pub(super) struct Layout {
    pub(super) delimiter: char,
    pub(super) header: Vec<String>,
    pub(super) records_before_data: usize,
    pub(super) lines_skipped: u64,
    skip: usize,
}

impl Layout {
    /// The text without a spreadsheet's `sep=` line.
    pub(super) fn body<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.skip..).unwrap_or_default()
    }
}

/// Delimiters looked for, the likelier first.
const CANDIDATES: [char; 12] = [
    ',', '\t', ';', '|', '$', '¬', '¦', '^', '~', '\u{1f}', 'þ', '§',
];

/// Recognises the layout of a delimited text.
pub(super) fn layout(
    text: &str,
    file: &Arc<str>,
    options: &TableOptions,
    findings: &mut Vec<Finding>,
) -> Result<Layout, Box<Finding>> {
    let at = RowRef {
        file: Arc::clone(file),
        record: 0,
        line: 0,
    };
    let (announced, skip) = announced(text);
    let body = text.get(skip..).unwrap_or_default();
    let delimiter = options
        .delimiter
        .or(announced)
        .unwrap_or_else(|| delimiter(body));
    let lower = file.to_lowercase();
    let usual = if lower.ends_with(".tsv") || lower.ends_with(".tab") {
        '\t'
    } else {
        ','
    };
    if delimiter != usual && options.delimiter.is_none() {
        let shown = if delimiter.is_control() {
            delimiter.escape_default().to_string()
        } else {
            delimiter.to_string()
        };
        findings.push(
            Finding::new("delimiter", Severity::Warn, at.clone())
                .cause(format!("cells are parted by `{shown}`"))
                .action("read so; the line below settles it")
                .setting(format!("delimiter = \"{shown}\"")),
        );
    }
    let lines_skipped = u64::from(skip > 0);
    let mut first = head(body, delimiter);
    first
        .iter_mut()
        .for_each(|record| record.line += lines_skipped);
    if first.is_empty() {
        return Err(Finding::new("file-empty", Severity::Error, at)
            .cause("the file holds no row")
            .action("bring the file again")
            .into());
    }
    let place = headers::find(&first, options, &at, findings);
    let header = headers::names(&first, place, &at, findings);
    Ok(Layout {
        delimiter,
        header,
        records_before_data: place.map_or(0, |row| row + 1),
        lines_skipped,
        skip,
    })
}

/// The first records, enough to tell header from data.
fn head(text: &str, delimiter: char) -> Vec<RawRecord> {
    let delimiter = delimiter.to_string();
    let mut walk = Walk::new(text, &delimiter);
    std::iter::from_fn(|| walk.next_record()).take(60).collect()
}

/// A spreadsheet's first line `sep=;` and its length.
fn announced(text: &str) -> (Option<char>, usize) {
    let line = text.split_inclusive('\n').next().unwrap_or_default();
    let Some(rest) = line.strip_prefix("sep=") else {
        return (None, 0);
    };
    let mut rest = rest.trim_end_matches(['\r', '\n']).chars();
    match (rest.next(), rest.next()) {
        (Some(delimiter), None) => (Some(delimiter), line.len()),
        _ => (None, 0),
    }
}

/// The candidate that parts the first rows into the most regular columns.
fn delimiter(text: &str) -> char {
    let mut best = (0.0_f64, ',');
    for candidate in CANDIDATES {
        let score = regularity(text, candidate);
        if score > best.0 + 1e-9 {
            best = (score, candidate);
        }
    }
    best.1
}

/// Share of the first rows that have the usual number of cells, or 0 where that is one. More columns
/// count for more, and a delimiter that the first row lacks is probably part of a cell.
fn regularity(text: &str, delimiter: char) -> f64 {
    if !text.contains(delimiter) {
        return 0.0;
    }
    let delimiter = delimiter.to_string();
    let mut walk = Walk::new(text, &delimiter);
    let mut counts = std::collections::BTreeMap::<usize, usize>::new();
    let mut rows = 0_usize;
    let mut first: Option<usize> = None;
    while let Some(record) = walk.next_record() {
        if record.cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        *counts.entry(record.cells.len()).or_default() += 1;
        first = first.or(Some(record.cells.len()));
        rows += 1;
        if rows >= 200 {
            break;
        }
    }
    let usual = counts
        .iter()
        .max_by_key(|(width, count)| (**count, **width));
    match usual {
        Some((&width, &count)) if width > 1 => {
            #[expect(clippy::cast_precision_loss, reason = "small counts")]
            let score = count as f64 / rows as f64 * (1.0 - 1.0 / (width as f64 + 1.0));
            if first == Some(1) { score / 2.0 } else { score }
        }
        _ => 0.0,
    }
}
