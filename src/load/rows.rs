//! Rows that are not one thing each: copies, totals, lumps of many sites, closed records, one site
//! listed once per team.

use super::cells::{self, is_missing};
use super::{Columns, Record, Table, closed, normalise};
use crate::place::{Finding, Rejected, RowRef, Severity};
use std::collections::{BTreeMap, HashMap};

/// Settles the rows of a list of sites (a register, a list of service points): full copies and
/// repeated sites are folded, totals, aggregates, closed records and rows that state nothing are set
/// aside, repeated codes are flagged. Every row taken out of the table is among `rejected`.
pub fn settle_sites(
    table: &mut Table,
    columns: &Columns,
    findings: &mut Vec<Finding>,
    rejected: &mut Vec<Rejected>,
) {
    fold_copies(table, findings, rejected);
    set_aside_totals(table, columns, findings, rejected);
    set_aside_aggregates(table, columns, findings, rejected);
    closed::set_aside(table, columns, findings, rejected);
    set_aside_unstated(table, columns, findings, rejected);
    fold_teams(table, columns, findings, rejected);
    flag_repeated_codes(table, columns, findings);
    flag_names(table, columns, findings);
}

/// Settles the rows of a table of zones: copies are folded, and a zone that stands in several rows
/// (a lookup between vintages of codes) counts once.
pub fn settle_zones(
    table: &mut Table,
    columns: &Columns,
    findings: &mut Vec<Finding>,
    rejected: &mut Vec<Rejected>,
) {
    fold_copies(table, findings, rejected);
    set_aside_totals(table, columns, findings, rejected);
    let Some(id) = columns.get("zone_id") else {
        return;
    };
    let header = columns.header("zone_id").unwrap_or_default().to_owned();
    let mut rows: HashMap<String, usize> = HashMap::new();
    for record in &table.records {
        if let Some(code) = cells::text(record.cell(id)) {
            *rows.entry(code).or_default() += 1;
        }
    }
    let mut seen: HashMap<String, RowRef> = HashMap::new();
    let population = columns.get("population");
    let mut first_population: HashMap<String, String> = HashMap::new();
    retain(table, rejected, "repeated-zone", |record| {
        let Some(code) = cells::text(record.cell(id)) else {
            return true;
        };
        if rows.get(&code).copied().unwrap_or(0) < 2 {
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

/// Keeps the records for which `keep` holds and puts the others among the rejected.
pub(super) fn retain(
    table: &mut Table,
    rejected: &mut Vec<Rejected>,
    code: &'static str,
    mut keep: impl FnMut(&Record) -> bool,
) {
    let mut records = std::mem::take(&mut table.records);
    records.retain(|record| {
        let kept = keep(record);
        if !kept {
            rejected.push(table.reject(record, code));
        }
        kept
    });
    table.records = records;
}

fn fold_copies(table: &mut Table, findings: &mut Vec<Finding>, rejected: &mut Vec<Rejected>) {
    // One number for each row: a big table may not be kept twice.
    let mut first: HashMap<u64, usize> = HashMap::with_capacity(table.records.len());
    let mut copies: BTreeMap<u64, u64> = BTreeMap::new();
    for (position, record) in table.records.iter().enumerate() {
        let original = first.entry(record.cells.fingerprint()).or_insert(position);
        if *original == position {
            continue;
        }
        let same = table
            .records
            .get(*original)
            .filter(|other| other.cells == record.cells && other.shape == record.shape);
        if let Some(other) = same {
            copies.insert(record.at.record, other.at.record);
        }
    }
    if copies.is_empty() {
        return;
    }
    retain(table, rejected, "duplicate-row", |record| {
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

/// The columns that say what a record is: its code and its name.
fn keys(columns: &Columns) -> Vec<usize> {
    ["asset_id", "point_id", "zone_id", "uprn", "name"]
        .iter()
        .filter_map(|field| columns.get(field))
        .collect()
}

fn is_total(cell: &str) -> bool {
    // Nearly every cell fails here, before anything is copied.
    let may = cell.len() <= 24
        && cell
            .bytes()
            .find(u8::is_ascii_alphabetic)
            .is_some_and(|byte| matches!(byte.to_ascii_lowercase(), b't' | b'g' | b's' | b'o'))
        && cell.to_ascii_lowercase().contains(['t', 'm']);
    if !may {
        return false;
    }
    let name = normalise(cell);
    matches!(
        name.as_str(),
        "total"
            | "totals"
            | "grandtotal"
            | "subtotal"
            | "sum"
            | "overalltotal"
            | "gesamt"
            | "summe"
            | "totalgeneral"
    )
}

fn set_aside_totals(
    table: &mut Table,
    columns: &Columns,
    findings: &mut Vec<Finding>,
    rejected: &mut Vec<Rejected>,
) {
    let keys = keys(columns);
    retain(table, rejected, "total-row", |record| {
        let Some(cell) = record.cells.iter().find(|cell| is_total(cell)) else {
            return true;
        };
        let words: Vec<&str> = record
            .cells
            .iter()
            .filter(|cell| !is_missing(cell) && cells::number_like(cell).is_none())
            .collect();
        let only_total = words.iter().all(|word| is_total(word));
        let named_total = !keys.is_empty()
            && keys
                .iter()
                .map(|column| record.cell(*column))
                .all(|cell| is_missing(cell) || is_total(cell));
        if !only_total && !named_total {
            return true;
        }
        findings.push(
            Finding::new("total-row", Severity::Reject, record.at.clone())
                .cell(cell)
                .cause("a total, not a record of its own")
                .action("row set aside"),
        );
        false
    });
}

/// Words by which a row says that it lumps many small sites together.
const LUMPS: [&str; 8] = [
    "aggregate",
    "aggregated",
    "sites under",
    "sites below",
    "all other sites",
    "other sites",
    "various sites",
    "miscellaneous sites",
];

fn set_aside_aggregates(
    table: &mut Table,
    columns: &Columns,
    findings: &mut Vec<Finding>,
    rejected: &mut Vec<Rejected>,
) {
    let said: Vec<usize> = ["asset_id", "point_id", "name", "site_type"]
        .iter()
        .filter_map(|field| columns.get(field))
        .collect();
    let lumps = |record: &Record| {
        said.iter().any(|column| {
            let cell = record.cell(*column).to_lowercase();
            (cell.contains("sites") || cell.contains("aggreg"))
                && LUMPS.iter().any(|word| cell.contains(word))
        })
    };
    if !table.records.iter().any(lumps) {
        return;
    }
    let area = |record: &Record| {
        columns
            .area(record, "floor_area_m2", &mut Vec::new())
            .map_or(0.0, |area| area.0)
    };
    let total: f64 = table.records.iter().map(area).sum();
    retain(table, rejected, "aggregate-row", |record| {
        if !lumps(record) {
            return true;
        }
        let share = if total > 0.0 {
            format!(
                ": {:.0} per cent of the floor area",
                100.0 * area(record) / total
            )
        } else {
            String::new()
        };
        findings.push(
            Finding::new("aggregate-row", Severity::Reject, record.at.clone())
                .cause(format!("the row lumps several small sites together{share}"))
                .action("not a building, so never a candidate: row set aside"),
        );
        false
    });
}

/// Sets aside rows that hold keys and nothing that could be found on the ground.
fn set_aside_unstated(
    table: &mut Table,
    columns: &Columns,
    findings: &mut Vec<Finding>,
    rejected: &mut Vec<Rejected>,
) {
    let fields = [
        "asset_id", "point_id", "uprn", "name", "address", "street", "postcode", "lon", "lat",
        "easting", "northing", "grid",
    ];
    let stated: Vec<usize> = fields
        .iter()
        .filter_map(|field| columns.get(field))
        .collect();
    if stated.len() < 2 || table.has_shapes {
        return;
    }
    retain(table, rejected, "nothing-stated", |record| {
        if stated
            .iter()
            .any(|column| !is_missing(record.cell(*column)))
        {
            return true;
        }
        findings.push(
            Finding::new("nothing-stated", Severity::Reject, record.at.clone())
                .cause("neither code, name, address nor coordinates")
                .action("cannot be found on the ground: row set aside"),
        );
        false
    });
}

/// Folds rows of one site that is listed once per team. Only where the list has no code of its own
/// for each row: two codes at one address are two things.
fn fold_teams(
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
    retain(table, rejected, "repeated-site", |record| {
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

fn flag_repeated_codes(table: &Table, columns: &Columns, findings: &mut Vec<Finding>) {
    let id = columns.get("asset_id").or_else(|| columns.get("point_id"));
    let name = |column: Option<usize>| -> String {
        column
            .and_then(|column| table.header.get(column))
            .cloned()
            .unwrap_or_default()
    };
    let (id_name, uprn_name) = (name(id), name(columns.get("uprn")));
    let mut codes: HashMap<&str, u64> = HashMap::new();
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
fn flag_names(table: &Table, columns: &Columns, findings: &mut Vec<Finding>) {
    let Some(name) = columns.get("name") else {
        return;
    };
    let header = columns.header("name").unwrap_or_default();
    let kind = |record: &Record| {
        let lower = record.cell(name).to_lowercase();
        KINDS.iter().copied().find(|kind| lower.contains(kind))
    };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for record in &table.records {
        if let Some(kind) = kind(record) {
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
    for record in &table.records {
        if let Some(other) = kind(record).filter(|other| *other != usual) {
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
