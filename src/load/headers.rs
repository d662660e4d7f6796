//! Where the column names stand, whether there are any, and what each column is called.

use super::aliases::is_known_name;
use super::cells::{is_missing, number_like};
use super::delimited::RawRecord;
use super::{TableOptions, header_units};
use crate::place::{Finding, RowRef, Severity};
use std::collections::BTreeMap;

/// The record that holds the column names, or `None` where the first one is already data.
pub(super) fn find(
    first: &[RawRecord],
    options: &TableOptions,
    file: &RowRef,
    findings: &mut Vec<Finding>,
) -> Option<usize> {
    if options.headerless {
        return None;
    }
    if let Some(line) = options.header_row {
        let at = first.iter().position(|record| record.line == line as u64);
        if at.is_none() {
            findings.push(
                Finding::new("header-row-missing", Severity::Error, file.clone())
                    .cause(format!("line {line} begins no row near the top of the table"))
                    .action("give the line of the column names as an editor counts lines, blank ones too"),
            );
        }
        return at.or(Some(0));
    }
    let row = candidate(first);
    let line = first.get(row).map_or(1, |record| record.line);
    for record in first.iter().take(row) {
        findings.push(
            Finding::new(
                "row-above-header",
                Severity::Warn,
                RowRef {
                    line: record.line,
                    ..file.clone()
                },
            )
            .column(format!("(row {})", record.line))
            .cell(
                record
                    .cells
                    .iter()
                    .collect::<Vec<_>>()
                    .join(",")
                    .chars()
                    .take(200)
                    .collect::<String>(),
            )
            .cause("a title or group row stands above the column names")
            .action(format!("line {line} is taken for the header"))
            .setting(format!("header_row = {line}")),
        );
    }
    if row == 0 && looks_like_data(first) && !stands_again(first) {
        findings.push(
            Finding::new("header-missing", Severity::Warn, file.clone())
                .column("(header)")
                .cause("the first row looks like data, not like column names")
                .action("columns are called column 1, column 2 …; name them under columns")
                .setting("headerless = true"),
        );
        return None;
    }
    Some(row)
}

fn filled(record: &RawRecord) -> usize {
    record
        .cells
        .iter()
        .filter(|cell| !cell.trim().is_empty())
        .count()
}

/// The first row as full as the rows below it, or the one under it where that is plainly the names.
fn candidate(first: &[RawRecord]) -> usize {
    for row in 0..first.len().min(12) {
        let Some(record) = first.get(row) else { break };
        let mut below: Vec<usize> = first
            .iter()
            .skip(row + 1)
            .map(filled)
            .filter(|n| *n > 0)
            .collect();
        if below.is_empty() {
            break;
        }
        below.sort_unstable();
        let usual = below.get(below.len() / 2).copied().unwrap_or(0);
        let enough = filled(record) * 10 >= usual * 6 && (filled(record) > 1 || usual <= 1);
        if !enough {
            continue;
        }
        if let Some(next) = first.get(row + 1) {
            let known = |record: &RawRecord| {
                record
                    .cells
                    .iter()
                    .filter(|cell| is_known_name(cell))
                    .count()
            };
            if known(next) >= 2
                && known(next) > known(record)
                && distinct(next)
                && all_words(next)
                && !distinct(record)
            {
                return row + 1;
            }
        }
        return row;
    }
    0
}

fn distinct(record: &RawRecord) -> bool {
    let mut cells: Vec<&str> = record
        .cells
        .iter()
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
        .collect();
    let count = cells.len();
    cells.sort_unstable();
    cells.dedup();
    cells.len() == count
}

fn all_words(record: &RawRecord) -> bool {
    record.cells.iter().all(|cell| number_like(cell).is_none())
}

/// Whether the first row is of names and stands again further down, as at the top of a new page.
fn stands_again(first: &[RawRecord]) -> bool {
    let Some((top, below)) = first.split_first() else {
        return false;
    };
    let known = top.cells.iter().filter(|cell| is_known_name(cell)).count();
    known >= 2
        && distinct(top)
        && all_words(top)
        && below
            .iter()
            .any(|record| record.cells.iter().eq(top.cells.iter()))
}

/// The form of a cell: digits as 9, letters as A. Cells of one column of codes share it.
fn form(cell: &str) -> String {
    cell.trim()
        .chars()
        .take(40)
        .map(|c| {
            if c.is_ascii_digit() {
                '9'
            } else if c.is_alphabetic() {
                'A'
            } else {
                c
            }
        })
        .collect()
}

/// Whether the first row has the same kind of cells as the rows below, and nothing that reads like
/// a column name.
fn looks_like_data(first: &[RawRecord]) -> bool {
    let Some(top) = first.first() else {
        return false;
    };
    let (mut data, mut names, mut known) = (0_usize, 0_usize, 0_usize);
    for (column, cell) in top.cells.iter().enumerate() {
        if cell.trim().is_empty() || is_missing(cell) {
            continue;
        }
        let below: Vec<&str> = first
            .iter()
            .skip(1)
            .map(|record| record.cells.get(column))
            .filter(|cell| !is_missing(cell))
            .collect();
        let repeated = below.iter().any(|other| other.trim() == cell.trim());
        if is_known_name(cell) && !repeated {
            known += 1;
            continue;
        }
        if below.is_empty() {
            continue;
        }
        let most = |count: usize| count * 10 >= below.len() * 6;
        let numbers = below
            .iter()
            .filter(|cell| number_like(cell).is_some())
            .count();
        let alike = below
            .iter()
            .filter(|other| form(other) == form(cell))
            .count();
        let coded = below
            .iter()
            .filter(|other| other.contains(|c: char| c.is_ascii_digit()))
            .count();
        if most(numbers) {
            if number_like(cell).is_some() {
                data += 1;
            } else {
                names += 1;
            }
        } else if repeated || (most(alike) && cell.contains(|c: char| c.is_ascii_digit())) {
            data += 1;
        } else if most(coded) && !cell.contains(|c: char| c.is_ascii_digit()) {
            names += 1;
        }
    }
    // A wide matrix may be headed by bare numbers under a blank corner.
    let corner = top.cells.get(0).trim().is_empty() && distinct(top);
    known == 0 && !corner && data >= 1 && (names == 0 || data >= 4 * names)
}

/// Unique column names: tidied, repeated ones numbered, blank ones called by their position.
pub(super) fn names(
    first: &[RawRecord],
    header: Option<usize>,
    file: &RowRef,
    findings: &mut Vec<Finding>,
) -> Vec<String> {
    let width = first
        .iter()
        .map(|record| record.cells.len())
        .max()
        .unwrap_or(0);
    let Some(record) = header.and_then(|row| first.get(row)) else {
        return (1..=width).map(|at| format!("column {at}")).collect();
    };
    let mut raw: Vec<String> = record.cells.iter().map(str::to_owned).collect();
    header_units::add(first, header.unwrap_or(0), &mut raw, file, findings);
    name_columns(raw, file, findings)
}

/// As [`names`], from the names as they stand.
pub(super) fn name_columns(
    raw: Vec<String>,
    file: &RowRef,
    findings: &mut Vec<Finding>,
) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let (mut trimmed, mut repeated, mut unnamed) = (Vec::new(), Vec::new(), Vec::new());
    let mut names = Vec::with_capacity(raw.len());
    for (at, text) in raw.iter().enumerate() {
        let words: String = text
            .chars()
            .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}'))
            .collect();
        let name = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            let name = format!("column {}", at + 1);
            unnamed.push(name.clone());
            names.push(name);
            continue;
        }
        if name != *text {
            trimmed.push(name.clone());
        }
        let count = seen.entry(name.to_lowercase()).or_default();
        *count += 1;
        if *count == 1 {
            names.push(name);
        } else {
            if *count == 2 {
                repeated.push(name.clone());
            }
            names.push(format!("{name} ({count})"));
        }
    }
    let mut say = |columns: Vec<String>, code, severity, cause: &str, action: &str| {
        if !columns.is_empty() {
            findings.push(
                Finding::new(code, severity, file.clone())
                    .column(columns.join(";"))
                    .cause(cause)
                    .action(action),
            );
        }
    };
    say(
        trimmed,
        "header-trimmed",
        Severity::Repair,
        "blanks or line breaks stand in a column name",
        "taken away",
    );
    say(
        repeated,
        "duplicate-header",
        Severity::Warn,
        "several columns have one name",
        "all are kept; the later ones are called \"name (2)\" and so on, and only the first is recognised",
    );
    say(
        unnamed,
        "unnamed-column",
        Severity::Warn,
        "a column has no name",
        "kept, and called by its position; map it under columns if it is needed",
    );
    names
}
