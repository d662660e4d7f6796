//! What may be wrong with a wide matrix of travel: sentinels, names that almost match, zones that
//! reach nothing.

use super::cells::{is_missing, number_like};
use super::{Table, normalise};
use crate::place::words as numbers;
use crate::place::{Finding, Rejected, Severity};
use std::collections::{BTreeMap, BTreeSet};

/// Numbers that stand for "no connection" in published matrices; every negative number does too.
const SENTINELS: [f64; 6] = [
    999.0,
    9_999.0,
    99_999.0,
    999_999.0,
    9_999_999.0,
    99_999_999.0,
];

/// Whether a number of a matrix stands for "no connection".
pub fn is_sentinel(value: f64) -> bool {
    value < 0.0 || SENTINELS.contains(&value)
}

/// Checks a wide matrix whose first column names the zones and whose other columns name the places
/// they travel to. `zones` and `places` are the names known from elsewhere; empty means "not known".
/// Rows of unknown zones are set aside.
pub fn settle_grid(
    table: &mut Table,
    zones: &[String],
    places: &[String],
    findings: &mut Vec<Finding>,
    rejected: &mut Vec<Rejected>,
) {
    match_places(table, places, findings);
    match_zones(table, zones, findings, rejected);
    for record in &table.records {
        check_row(table, record, findings);
    }
}

fn match_places(table: &Table, places: &[String], findings: &mut Vec<Finding>) {
    if places.is_empty() {
        return;
    }
    for header in table.header.iter().skip(1) {
        if places.contains(header) {
            continue;
        }
        let near = places
            .iter()
            .find(|place| normalise(place) == normalise(header));
        let finding = Finding::new(
            if near.is_some() {
                "name-variant"
            } else {
                "unknown-place"
            },
            Severity::Warn,
            table.whole(),
        )
        .column(header.clone());
        findings.push(match near {
            Some(place) => finding
                .cause(format!("differs from {place} by case or signs only"))
                .action(format!("taken for {place}; correct the name to confirm it")),
            None => finding
                .cause("no place of this name is known")
                .action("the column is not used"),
        });
    }
}

fn match_zones(
    table: &mut Table,
    zones: &[String],
    findings: &mut Vec<Finding>,
    rejected: &mut Vec<Rejected>,
) {
    if zones.is_empty() {
        return;
    }
    let known: BTreeMap<String, &String> =
        zones.iter().map(|zone| (normalise(zone), zone)).collect();
    let header = table.header.first().cloned().unwrap_or_default();
    let mut seen = BTreeSet::new();
    super::rows::retain(table, rejected, "unknown-zone", |record| {
        let key = normalise(record.cell(0));
        if known.contains_key(&key) {
            seen.insert(key);
            return true;
        }
        findings.push(
            Finding::new("unknown-zone", Severity::Reject, record.at.clone())
                .column(header.clone())
                .cell(record.cell(0))
                .cause("no zone of this name is known")
                .action("row set aside"),
        );
        false
    });
    let missing: Vec<&str> = known
        .iter()
        .filter(|(key, _)| !seen.contains(*key))
        .map(|(_, zone)| zone.as_str())
        .collect();
    if !missing.is_empty() {
        let shown: Vec<&str> = missing.iter().take(20).copied().collect();
        findings.push(
            Finding::new("zones-missing", Severity::Warn, table.whole())
                .column(header)
                .cause(format!(
                    "{} no row: {}",
                    numbers::counted(missing.len(), "zone has", "zones have"),
                    shown.join(", ")
                ))
                .action("they reach nothing by this matrix"),
        );
    }
}

/// Names the cells of a row that are no numbers of minutes, one finding for each kind.
fn check_row(table: &Table, record: &super::Record, findings: &mut Vec<Finding>) {
    let mut sentinels: Vec<&str> = Vec::new();
    let mut negative: Vec<&str> = Vec::new();
    let mut shown = String::new();
    let mut reachable = 0_usize;
    let mut cells = 0_usize;
    for (column, header) in table.header.iter().enumerate().skip(1) {
        let cell = record.cell(column);
        if is_missing(cell) {
            continue;
        }
        cells += 1;
        match number_like(cell) {
            Some(value) if value < 0.0 => {
                negative.push(header);
                shown = cell.to_owned();
            }
            Some(value) if is_sentinel(value) => {
                sentinels.push(header);
                shown = cell.to_owned();
            }
            Some(_) => reachable += 1,
            None => findings.push(
                Finding::new("number-not-read", Severity::Warn, record.at.clone())
                    .column(header.clone())
                    .cell(cell)
                    .cause("text where a number belongs")
                    .action("read as unreachable"),
            ),
        }
    }
    let mut say = |columns: &[&str], code, cause: &str| {
        if !columns.is_empty() {
            findings.push(
                Finding::new(code, Severity::Repair, record.at.clone())
                    .column(columns.join(";"))
                    .cell(shown.clone())
                    .cause(cause)
                    .action("read as unreachable"),
            );
        }
    };
    say(
        &sentinels,
        "unreachable-value",
        "a number that stands for \"no connection\"",
    );
    say(
        &negative,
        "negative-time",
        "nothing takes less than no time",
    );
    if cells > 0 && reachable == 0 {
        findings.push(
            Finding::new("zone-reaches-nothing", Severity::Warn, record.at.clone())
                .cell(record.cell(0))
                .cause("no place can be reached from this zone")
                .action("kept; it is outside every limit by this measure"),
        );
    }
}
