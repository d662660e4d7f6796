//! Tables about the same zones, wide or tidy-long, joined to them by a key.

use super::join_rows::{self, Rows};
use super::reading::{Desk, column_named, no_such_column};
use super::sheets::Sheet;
use crate::load::config::{ConfigText, JoinConfig, did_you_mean};
use crate::load::{Columns, Record, Table, ZONE_FIELDS, plain};
use crate::place::words as numbers;
use crate::place::{Finding, Severity};
use std::collections::{BTreeMap, HashMap};

/// Reads one join into a sheet. `None` where it cannot be read; the findings say why.
pub(super) fn read(
    zones: &Table,
    zone_id: usize,
    join: &JoinConfig,
    key: &str,
    text: &ConfigText,
    desk: &mut Desk,
) -> Option<Sheet> {
    let common = join.common();
    let table = desk.read(&common, "zones.join", key, text)?;
    let zone_key = match &join.zone_key {
        Some(name) => match column_named(zones, name) {
            Some(at) => at,
            None => {
                desk.findings.push(no_such_column(zones, name, "zone_key"));
                return None;
            }
        },
        None => zone_id,
    };
    let own_key = match &join.key {
        Some(name) => match column_named(&table, name) {
            Some(at) => at,
            None => {
                desk.findings.push(no_such_column(&table, name, "key"));
                return None;
            }
        },
        None => guess_key(zones, zone_key, &table, desk)?,
    };
    let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, record) in zones.records.iter().enumerate() {
        let id = key_of(record.cell(zone_key));
        if !id.is_empty() {
            by_key.entry(id).or_default().push(at);
        }
    }
    let sheet = match &join.pivot {
        None => wide(&table, join, own_key, &by_key, zones.records.len(), desk),
        Some(pivot) => {
            let (category, value) = (
                column_named(&table, &pivot.column),
                column_named(&table, &pivot.value),
            );
            for (found, name) in [(category, &pivot.column), (value, &pivot.value)] {
                if found.is_none() {
                    desk.findings.push(no_such_column(&table, name, "pivot"));
                }
            }
            long(
                &table,
                join,
                (own_key, category?, value?),
                &by_key,
                zones.records.len(),
                desk,
            )
        }
    }?;
    report_keys(zones, zone_key, &table, own_key, &by_key, desk);
    Some(sheet)
}

/// The join's key column where none is named: the same header as the zones', a recognised one, or
/// the column whose cells are most often zone ids.
fn guess_key(zones: &Table, zone_key: usize, table: &Table, desk: &mut Desk) -> Option<usize> {
    let header = zones.header.get(zone_key).cloned().unwrap_or_default();
    if let Some(at) = column_named(table, &header) {
        return Some(at);
    }
    let ids: std::collections::HashSet<String> = zones
        .records
        .iter()
        .map(|r| key_of(r.cell(zone_key)))
        .collect();
    let best = (0..table.header.len())
        .map(|at| {
            let hits = table
                .records
                .iter()
                .take(5_000)
                .filter(|record| ids.contains(&key_of(record.cell(at))))
                .count();
            (hits, at)
        })
        .max_by_key(|(hits, at)| (*hits, usize::MAX - at));
    match best {
        Some((hits, at)) if hits > 0 => {
            let name = table.header.get(at).cloned().unwrap_or_default();
            desk.findings.push(
                Finding::new("join-key-guessed", Severity::Warn, table.whole())
                    .column(name.clone())
                    .cause("the join names no key; the cells of this column are zone ids")
                    .action("taken as the key")
                    .setting(format!("key = \"{name}\"")),
            );
            Some(at)
        }
        _ => {
            let recognised =
                Columns::recognise(table, ZONE_FIELDS, &BTreeMap::new(), &mut Vec::new());
            if let Some(at) = recognised.get("zone_id") {
                return Some(at);
            }
            desk.findings.push(
                Finding::new("missing-column", Severity::Error, table.whole())
                    .column("key")
                    .cause("no column of this table holds zone ids")
                    .action(format!("the columns are: {}", table.header.join(", ")))
                    .setting("key = \"…\""),
            );
            None
        }
    }
}

/// A key as it is compared: the `1400000US` before a code of the United States census says only what kind of zone it is.
pub(super) fn key_of(cell: &str) -> String {
    let key = plain(cell);
    match key.split_once("us") {
        Some((level, code))
            if level.len() == 7
                && level.bytes().all(|byte| byte.is_ascii_digit())
                && code.bytes().all(|byte| byte.is_ascii_digit())
                && code.len() > 1 =>
        {
            code.to_owned()
        }
        _ => key,
    }
}

fn wide(
    table: &Table,
    join: &JoinConfig,
    own_key: usize,
    by_key: &HashMap<String, Vec<usize>>,
    zones: usize,
    desk: &mut Desk,
) -> Option<Sheet> {
    let mut names = Vec::new();
    let mut from = Vec::new();
    let mut complete = true;
    for (name, column) in &join.columns {
        match column_named(table, column) {
            Some(at) => {
                names.push(name.clone());
                from.push(at);
            }
            None => {
                desk.findings.push(no_such_column(table, column, "columns"));
                complete = false;
            }
        }
    }
    let mapped = names.len();
    for (at, name) in table.header.iter().enumerate() {
        names.push(name.clone());
        from.push(at);
    }
    let kept = match join_rows::of(table, own_key) {
        Rows::All => None,
        Rows::Of(finding, column, everybody) => {
            desk.findings.push(*finding);
            Some((column, everybody))
        }
        Rows::Unknown(finding) => {
            desk.findings.push(*finding);
            return None;
        }
    };
    let wanted = |record: &&Record| match &kept {
        Some((column, everybody)) => plain(record.cell(*column)) == *everybody,
        None => true,
    };
    let mut cells: Vec<Option<Vec<String>>> = vec![None; zones];
    for record in table.records.iter().filter(wanted) {
        let rows = by_key.get(&key_of(record.cell(own_key)));
        for zone in rows.into_iter().flatten() {
            let Some(slot) = cells.get_mut(*zone) else {
                continue;
            };
            let row: Vec<String> = from.iter().map(|at| record.cell(*at).to_string()).collect();
            match slot {
                None => *slot = Some(row),
                Some(before) if *before == row => {}
                Some(_) => desk.findings.push(
                    Finding::new("join-row-repeated", Severity::Warn, record.at.clone())
                        .column(table.header.get(own_key).cloned().unwrap_or_default())
                        .cell(record.cell(own_key))
                        .cause("the zone has an earlier row that says something else")
                        .action("the first is used; a `where` may be needed"),
                ),
            }
        }
    }
    complete.then(|| Sheet::new(table.file.to_string(), names, mapped, cells))
}

fn long(
    table: &Table,
    join: &JoinConfig,
    (own_key, category, value): (usize, usize, usize),
    by_key: &HashMap<String, Vec<usize>>,
    zones: usize,
    desk: &mut Desk,
) -> Option<Sheet> {
    let mut categories: BTreeMap<String, String> = BTreeMap::new();
    for record in &table.records {
        let cell = record.cell(category);
        categories
            .entry(plain(cell))
            .or_insert_with(|| cell.trim().to_string());
    }
    let mut names = Vec::new();
    let mut from = Vec::new();
    let mut complete = true;
    for (name, wanted) in &join.columns {
        if categories.contains_key(&plain(wanted)) {
            names.push(name.clone());
            from.push(plain(wanted));
        } else {
            complete = false;
            let hint = did_you_mean(wanted, categories.values().map(String::as_str));
            desk.findings.push(
                Finding::new("unknown-category", Severity::Error, table.whole())
                    .column(table.header.get(category).cloned().unwrap_or_default())
                    .cell(wanted.clone())
                    .cause("no row has this category")
                    .action(hint),
            );
        }
    }
    let mapped = names.len();
    for (key, name) in &categories {
        names.push(name.clone());
        from.push(key.clone());
    }
    let mut positions: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, key) in from.iter().enumerate() {
        positions.entry(key.as_str()).or_default().push(at);
    }
    let mut cells: Vec<Option<Vec<String>>> = vec![None; zones];
    for record in &table.records {
        let rows = by_key.get(&key_of(record.cell(own_key)));
        for zone in rows.into_iter().flatten() {
            let Some(slot) = cells.get_mut(*zone) else {
                continue;
            };
            let row = slot.get_or_insert_with(|| vec![String::new(); from.len()]);
            let key = plain(record.cell(category));
            for at in positions.get(key.as_str()).into_iter().flatten() {
                let Some(cell) = row.get_mut(*at) else {
                    continue;
                };
                if cell.is_empty() {
                    *cell = record.cell(value).to_string();
                } else if cell != record.cell(value) && *at >= mapped {
                    desk.findings.push(
                        Finding::new("join-row-repeated", Severity::Warn, record.at.clone())
                            .column(table.header.get(value).cloned().unwrap_or_default())
                            .cell(record.cell(value))
                            .cause("the zone has an earlier row of this category")
                            .action("the first is used; a `where` may be needed"),
                    );
                }
            }
        }
    }
    complete.then(|| Sheet::new(table.file.to_string(), names, mapped, cells))
}

/// Zones without a row, and rows of no zone, counted.
fn report_keys(
    zones: &Table,
    zone_key: usize,
    table: &Table,
    own_key: usize,
    by_key: &HashMap<String, Vec<usize>>,
    desk: &mut Desk,
) {
    let present: std::collections::HashSet<String> = table
        .records
        .iter()
        .map(|r| key_of(r.cell(own_key)))
        .collect();
    let without: Vec<_> = zones
        .records
        .iter()
        .map(|record| record.cell(zone_key).trim())
        .filter(|id| !present.contains(&key_of(id)))
        .collect();
    let column = table.header.get(own_key).cloned().unwrap_or_default();
    if !without.is_empty() {
        let all = without.len() == zones.records.len();
        let severity = if all { Severity::Error } else { Severity::Warn };
        desk.findings.push(
            Finding::new("join-zones-without-row", severity, table.whole())
                .column(column.clone())
                .cell(few(&without))
                .cause(format!(
                    "{} of {} zones have no row here",
                    without.len(),
                    zones.records.len()
                ))
                .action(if all {
                    "name the right key: key = \"…\", zone_key = \"…\""
                } else {
                    "their values are missing; codes of another year are the usual cause"
                }),
        );
    }
    let mut strangers: Vec<_> = present
        .iter()
        .filter(|id| !by_key.contains_key(*id))
        .collect();
    strangers.sort_unstable();
    if !strangers.is_empty() {
        let shown: Vec<_> = strangers.iter().map(|id| id.as_str()).collect();
        desk.findings.push(
            Finding::new("join-rows-of-no-zone", Severity::Warn, table.whole())
                .column(column)
                .cell(few(&shown))
                .cause(format!(
                    "{} no zone of {}",
                    numbers::counted(strangers.len(), "key is", "keys are"),
                    zones.file
                ))
                .action("their rows are left out"),
        );
    }
}

fn few(ids: &[&str]) -> String {
    let mut shown = ids.iter().take(5).copied().collect::<Vec<_>>().join(", ");
    if ids.len() > 5 {
        shown.push_str(", …");
    }
    shown
}
