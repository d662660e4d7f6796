//! Names that are none, and buildings that belong to another list.

use super::cells::is_missing;
use super::{Columns, Table, normalise};
use crate::place::{Finding, Severity};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Kinds of public building by a word of their name.
const KINDS: [&str; 12] = [
    "library",
    "fire station",
    "police station",
    "hospital",
    "school",
    "town hall",
    "civic centre",
    "health centre",
    "leisure centre",
    "community centre",
    "supermarket",
    "church",
];

/// Flags names that are no names, and buildings of another kind than the rest of the list: a
/// police desk in a library.
pub(super) fn flag_names(table: &Table, columns: &Columns, findings: &mut Vec<Finding>) {
    let Some(name) = columns.get("name") else {
        return;
    };
    let header = columns.header("name").unwrap_or_default();
    let kinds: Vec<Option<&str>> = table
        .records
        .par_iter()
        .map(|record| kind(record.cell(name)))
        .collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (record, kind) in table.records.iter().zip(&kinds) {
        if let Some(kind) = kind {
            *counts.entry(kind).or_default() += 1;
        }
        let cell = record.cell(name);
        if !cell.trim().is_empty() && is_missing(cell) {
            findings.push(
                Finding::new("placeholder-name", Severity::Warn, record.at.clone())
                    .column(header)
                    .cell(cell)
                    .cause("a word that stands for \"no name\"")
                    .action("not used as a name"),
            );
        }
    }
    // A register lists every kind; a list of one service is called by one.
    let hint = list_kind(table);
    let Some(usual) = hint.or_else(|| {
        counts
            .iter()
            .max_by_key(|(_, count)| **count)
            .filter(|(_, count)| **count * 10 >= table.records.len() * 8)
            .map(|(kind, _)| *kind)
    }) else {
        return;
    };
    for (record, kind) in table.records.iter().zip(kinds) {
        if let Some(other) = kind.filter(|other| *other != usual) {
            findings.push(
                Finding::new("shared-building", Severity::Warn, record.at.clone())
                    .column(header)
                    .cell(record.cell(name))
                    .cause(format!("a {other} in a list of {usual}s: perhaps one building of two services"))
                    .action("matched to the building it shares where another list has it; check the match"),
            );
        }
    }
}

/// The kind of building a name says.
fn kind(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    KINDS.iter().copied().find(|kind| lower.contains(kind))
}

/// The kind of building a list is about, by its column names: `station_name` with `force_id`.
fn list_kind(table: &Table) -> Option<&'static str> {
    let names: Vec<String> = table.header.iter().map(|name| normalise(name)).collect();
    let has = |word: &str| names.iter().any(|name| name.contains(word));
    if has("force") && has("station") {
        Some("police station")
    } else if has("frs") && has("station") {
        Some("fire station")
    } else if has("libraryname") {
        Some("library")
    } else {
        None
    }
}
