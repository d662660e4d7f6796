//! Joined tables with several rows for each zone: which of them counts everybody.

use super::joins::key_of;
use crate::load::cells::number_like;
use crate::load::{Table, plain};
use crate::place::{Finding, Severity};
use std::collections::{BTreeMap, BTreeSet};

/// More values than this tell no kinds of rows apart.
const MOST: usize = 12;
/// Words for a row that counts everybody.
const EVERYBODY: [&str; 22] = [
    "persons",
    "person",
    "people",
    "total",
    "all",
    "all persons",
    "all people",
    "both",
    "both sexes",
    "everybody",
    "everyone",
    "p",
    "ensemble",
    "insgesamt",
    "gesamt",
    "totaal",
    "totale",
    "total general",
    "ambos sexos",
    "maschi e femmine",
    "i alt",
    "yhteensä",
];

/// Which rows of a joined table are used.
pub(super) enum Rows {
    /// All: a zone has one, or what tells them apart is no kind of row.
    All,
    /// Those with this value in this column, and what is said of it.
    Of(Box<Finding>, usize, String),
    /// It is to be asked, since the choice changes how many people there are.
    Unknown(Box<Finding>),
}

/// Looks for a column that tells the rows of every zone apart, where most zones have several.
pub(super) fn of(table: &Table, key: usize) -> Rows {
    let mut by_zone: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, record) in table.records.iter().enumerate() {
        let zone = key_of(record.cell(key));
        if !zone.is_empty() {
            by_zone.entry(zone).or_default().push(at);
        }
    }
    let several = by_zone.values().filter(|rows| rows.len() > 1).count();
    if several * 2 <= by_zone.len() {
        return Rows::All;
    }
    let cell = |row: usize, column: usize| {
        let record = table.records.get(row);
        record.map_or("", |record| record.cell(column))
    };
    let telling = (0..table.header.len()).find_map(|column| {
        let mut values: BTreeMap<String, &str> = BTreeMap::new();
        for rows in by_zone.values() {
            let mut own = BTreeSet::new();
            for row in rows {
                let value = cell(*row, column);
                if number_like(value).is_some() || !own.insert(plain(value)) {
                    return None;
                }
                values.entry(plain(value)).or_insert(value);
            }
            if values.len() > MOST {
                return None;
            }
        }
        Some((column, values))
    });
    let Some((column, values)) = telling else {
        return Rows::All;
    };
    let header = table.header.get(column).cloned().unwrap_or_default();
    let finding = |severity| {
        let all: Vec<&str> = values.values().map(|value| value.trim()).collect();
        Finding::new("join-row-repeated", severity, table.whole())
            .column(header.clone())
            .cause(format!(
                "the zones have several rows, which this column tells apart: {}",
                all.join(", ")
            ))
    };
    let setting = |value: &str| format!("where = {{ \"{header}\" = \"{value}\" }}");
    let everybody = values
        .iter()
        .find(|(plain, _)| EVERYBODY.contains(&plain.as_str()));
    match everybody {
        Some((plain, value)) => Rows::Of(
            Box::new(
                finding(Severity::Warn)
                    .cell(*value)
                    .action("the rows that count everybody are used; the line below settles it")
                    .setting(setting(value.trim())),
            ),
            column,
            plain.clone(),
        ),
        None => Rows::Unknown(Box::new(
            finding(Severity::Error)
                .action("say which rows are meant, or join the table as `pivot`")
                .setting(setting("…")),
        )),
    }
}
