//! The same thing in several rows: full copies, sites once per team, codes and zones that repeat.

use super::cells::{self, is_missing};
use super::{Columns, Table, normalise, rows};
use crate::place::{Finding, Rejected, RowRef, Severity};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// Settles the rows of a table of zones: copies are folded, and a zone that stands in several rows
/// (a lookup between vintages of codes) counts once.
pub fn settle_zones(
    table: &mut Table,
    columns: &Columns,
    findings: &mut Vec<Finding>,
    rejected: &mut Vec<Rejected>,
) {
    fold_copies(table, findings, rejected);
    rows::set_aside_totals(table, columns, findings, rejected);
    let Some(id) = columns.get("zone_id") else {
        return;
    };
    let header = columns.header("zone_id").unwrap_or_default().to_owned();
    let mut times: HashMap<String, usize> = HashMap::new();
    for record in &table.records {
        if let Some(code) = cells::text(record.cell(id)) {
            *times.entry(code).or_default() += 1;
        }
    }
    let mut seen: HashMap<String, RowRef> = HashMap::new();
    let population = columns.get("population");
    let mut first_population: HashMap<String, String> = HashMap::new();
    rows::retain(table, rejected, "repeated-zone", |record| {
        let Some(code) = cells::text(record.cell(id)) else {
            return true;
        };
        if times.get(&code).copied().unwrap_or(0) < 2 {
            return true;
        }
        let people = population
            .map(|column| record.cell(column).to_owned())
            .unwrap_or_default();
        let finding = |severity| {
            Finding::new("repeated-zone", severity, record.at.clone())
                .column(header.clone())
                .cell(code.clone())
        };
        if let Some(first) = seen.get(&code) {
            let same = first_population.get(&code) == Some(&people);
            let cause = if same {
                format!("the zone already stands in record {}", first.record)
            } else {
                format!(
                    "the zone already stands in record {} with another population",
                    first.record
                )
            };
            findings.push(
                finding(Severity::Repair)
                    .cause(cause)
                    .action("folded into that row: the zone counts once"),
            );
            false
        } else {
            findings.push(
                finding(Severity::Warn)
                    .cause("the zone stands in several rows, perhaps merged from older ones")
                    .action("this first row is used"),
            );
            seen.insert(code.clone(), record.at.clone());
            first_population.insert(code, people);
            true
        }
    });
}

pub(super) fn fold_copies(
    table: &mut Table,
    findings: &mut Vec<Finding>,
    rejected: &mut Vec<Rejected>,
) {
    // One number for each row: a big table may not be kept twice.
    let mut prints: Vec<(u64, usize)> = table
        .records
        .par_iter()
        .enumerate()
        .map(|(position, record)| (record.cells.fingerprint(), position))
        .collect();
    prints.par_sort_unstable();
    let mut copies: BTreeMap<u64, u64> = BTreeMap::new();
    for alike in prints.chunk_by(|one, two| one.0 == two.0) {
        let mut rows = alike
            .iter()
            .filter_map(|(_, position)| table.records.get(*position));
        let Some(original) = rows.next() else {
            continue;
        };
        for record in rows {
            if original.cells == record.cells && original.shape == record.shape {
                copies.insert(record.at.record, original.at.record);
            }
        }
    }
    if copies.is_empty() {
        return;
    }
    rows::retain(table, rejected, "duplicate-row", |record| {
        let Some(original) = copies.get(&record.at.record) else {
            return true;
        };
        findings.push(
            Finding::new("duplicate-row", Severity::Repair, record.at.clone())
                .cause(format!("the row repeats record {original} in full"))
                .action("folded into that record"),
        );
        false
    });
}

/// Folds rows of one site that is listed once per team. Only where the list has no code of its own
/// for each row: two codes at one address are two things.
pub(super) fn fold_teams(
    table: &mut Table,
    columns: &Columns,
    findings: &mut Vec<Finding>,
    rejected: &mut Vec<Rejected>,
) {
    let coded = ["asset_id", "point_id", "uprn"]
        .iter()
        .any(|field| columns.has(field));
    let (Some(name), Some(postcode)) = (columns.get("name"), columns.get("postcode")) else {
        return;
    };
    if coded || table.has_shapes {
        return;
    }
    let header = |column: usize| table.header.get(column).cloned().unwrap_or_default();
    let (name_header, postcode_header) = (header(name), header(postcode));
    let mut seen: HashMap<(String, String), (RowRef, String)> = HashMap::new();
    rows::retain(table, rejected, "repeated-site", |record| {
        let key = (
            normalise(record.cell(name)),
            normalise(record.cell(postcode)),
        );
        if key.0.is_empty() || key.1.is_empty() {
            return true;
        }
        let Some((first, spelling)) = seen.get(&key) else {
            seen.insert(key, (record.at.clone(), record.cell(postcode).to_owned()));
            return true;
        };
        let column = if spelling == record.cell(postcode) {
            name_header.clone()
        } else {
            format!("{name_header};{postcode_header}")
        };
        findings.push(
            Finding::new("repeated-site", Severity::Repair, record.at.clone())
                .column(column)
                .cell(record.cell(name))
                .cause(format!(
                    "the same building as record {}, listed again",
                    first.record
                ))
                .action("folded into that record"),
        );
        false
    });
}

pub(super) fn flag_repeated_codes(table: &Table, columns: &Columns, findings: &mut Vec<Finding>) {
    let id = columns.get("asset_id").or_else(|| columns.get("point_id"));
    let name = |column: Option<usize>| -> String {
        column
            .and_then(|column| table.header.get(column))
            .cloned()
            .unwrap_or_default()
    };
    let (id_name, uprn_name) = (name(id), name(columns.get("uprn")));
    let mut codes: HashMap<&str, u64> = HashMap::with_capacity(table.records.len());
    let mut uprns: HashMap<String, u64> = HashMap::new();
    for record in &table.records {
        let code = id
            .map(|column| record.cell(column).trim())
            .filter(|code| !is_missing(code));
        let uprn = columns.uprn(record, "uprn", &mut Vec::new());
        let same_code = code.and_then(|code| codes.get(code).copied());
        let same_uprn = uprn.as_ref().and_then(|uprn| uprns.get(uprn).copied());
        if let Some(first) = same_code {
            let column = if same_uprn == Some(first) {
                format!("{id_name};{uprn_name}")
            } else {
                id_name.clone()
            };
            findings.push(
                Finding::new("repeated-code", Severity::Warn, record.at.clone())
                    .column(column)
                    .cell(code.unwrap_or_default())
                    .cause(format!("record {first} has the same code and other content"))
                    .action("both are kept apart: say whether they are two parts of one site or one is wrong"),
            );
        } else if let Some(first) = same_uprn {
            findings.push(
                Finding::new("repeated-uprn", Severity::Warn, record.at.clone())
                    .column(uprn_name.clone())
                    .cell(uprn.clone().unwrap_or_default())
                    .cause(format!("record {first} has the same UPRN"))
                    .action("both are kept; check whether they are one building"),
            );
        }
        if let Some(code) = code {
            codes.entry(code).or_insert(record.at.record);
        }
        if let Some(uprn) = uprn {
            uprns.entry(uprn).or_insert(record.at.record);
        }
    }
}
