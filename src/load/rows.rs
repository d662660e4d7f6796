//! Rows that are not one thing each: copies, totals, lumps of many sites, closed records, one site
//! listed once per team.

use super::cells::{self, is_missing};
use super::{Columns, Record, Table, closed, copies, normalise, site_names};
use crate::place::{Finding, Rejected, Severity};
use rayon::prelude::*;

/// Settles the rows of a list of sites (a register, a list of service points): full copies and
/// repeated sites are folded, totals, aggregates, closed records and rows that state nothing are set
/// aside, repeated codes are flagged. Every row taken out of the table is among `rejected`.
pub fn settle_sites(
    table: &mut Table,
    columns: &Columns,
    findings: &mut Vec<Finding>,
    rejected: &mut Vec<Rejected>,
) {
    copies::fold_copies(table, findings, rejected);
    set_aside_totals(table, columns, findings, rejected);
    set_aside_aggregates(table, columns, findings, rejected);
    closed::set_aside(table, columns, findings, rejected);
    set_aside_unstated(table, columns, findings, rejected);
    copies::fold_teams(table, columns, findings, rejected);
    copies::flag_repeated_codes(table, columns, findings);
    site_names::flag_names(table, columns, findings);
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
            table.reject(record, code, rejected);
        }
        kept
    });
    table.records = records;
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
            .is_some_and(|byte| {
                matches!(
                    byte.to_ascii_lowercase(),
                    b't' | b'g' | b's' | b'o' | b'i' | b'r' | b'c' | b'y'
                )
            })
        && cell.to_ascii_lowercase().contains(['t', 'm']);
    // Words in other letters are few, and quickly compared.
    let other = cell.len() <= 24
        && !cell.is_ascii()
        && matches!(cell, "合計" | "総計" | "計" | "Σύνολο" | "ΣΥΝΟΛΟ");
    if other {
        return true;
    }
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
            | "gesamtsumme"
            | "insgesamt"
            | "totalgeneral"
            | "totalgeral"
            | "totale"
            | "totalecomplessivo"
            | "totaal"
            | "totalt"
            | "ialt"
            | "razem"
            | "suma"
            | "summa"
            | "celkem"
            | "celkom"
            | "yhteensa"
    )
}

pub(super) fn set_aside_totals(
    table: &mut Table,
    columns: &Columns,
    findings: &mut Vec<Finding>,
    rejected: &mut Vec<Rejected>,
) {
    let none = |record: &Record| !record.cells.iter().any(is_total);
    if table.records.par_iter().all(none) {
        return;
    }
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
    if !table.records.par_iter().any(lumps) {
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
    let says = |record: &Record| {
        stated
            .iter()
            .any(|column| !is_missing(record.cell(*column)))
    };
    if table.records.par_iter().all(says) {
        return;
    }
    retain(table, rejected, "nothing-stated", |record| {
        if says(record) {
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
