//! Answers that came back: single cells, dated, laid over the registers and occupier tables by the id of
//! the record, so that the tables themselves stay as they were brought.

use super::reading::Desk;
use crate::load::columns::Kind;
use crate::load::config::{ConfigText, PlaceConfig, did_you_mean};
use crate::load::{BUILDING_FIELDS, Columns, Field, OCCUPIER_FIELDS, Record, Table, plain};
use crate::place::{Finding, Rejected, Severity};
use jiff::civil::Date;
use std::collections::HashMap;

const FIELDS: &[Field] = &[
    column(
        "asset_id",
        Kind::Code,
        &["record", "id", "assetid", "occupierid"],
    ),
    column("field", Kind::Category, &["column", "cell"]),
    column("value", Kind::Text, &["answer"]),
    column("as_of", Kind::Date, &["asof", "date", "asat"]),
    column("source", Kind::Text, &["from", "who"]),
];

const fn column(name: &'static str, kind: Kind, aliases: &'static [&'static str]) -> Field {
    Field {
        name,
        kind,
        aliases,
    }
}

/// Answers on their way to the tables they belong to.
#[derive(Default)]
pub(super) struct Overlays {
    answers: Vec<Answer>,
    headers: Vec<Table>,
}

struct Answer {
    record: Record,
    /// Which overlay it stands in.
    table: usize,
    agency: Option<String>,
    id: String,
    field: &'static str,
    value: String,
    as_of: Option<Date>,
    source: Option<String>,
    used: bool,
}

/// The table answers are laid over.
pub(super) struct Over<'a> {
    /// The columns it may have, and the one that names its records.
    pub fields: &'static [Field],
    pub key: &'static str,
    /// What `place.toml` says of its columns.
    pub columns: &'a std::collections::BTreeMap<String, String>,
    pub agency: Option<&'a str>,
    pub as_of: Option<Date>,
}

/// Reads every `[[overlay]]`.
pub(super) fn read(config: &PlaceConfig, text: &ConfigText, desk: &mut Desk) {
    let mut overlays = Overlays::default();
    for (index, block) in config.overlay.iter().enumerate() {
        let common = block.common();
        let key = format!("overlay[{index}]");
        let Some(mut table) = desk.read(&common, "overlay", &key, text) else {
            continue;
        };
        let columns = Columns::recognise(&table, FIELDS, common.columns, &mut desk.findings);
        let missing = ["asset_id", "field", "value"]
            .into_iter()
            .filter(|name| !columns.has(name));
        let before = desk.findings.len();
        desk.findings.extend(missing.map(|name| {
            Finding::new("missing-column", Severity::Error, table.whole())
                .column(name)
                .cause("an overlay needs it")
                .action("the columns are asset_id, field, value, as_of, source, as in data_request_<agency>.xlsx")
        }));
        if desk.findings.len() > before {
            continue;
        }
        let records = std::mem::take(&mut table.records);
        let number = overlays.headers.len();
        for record in records {
            // What nobody knew is left blank.
            let Some(value) = columns.text(&record, "value") else {
                continue;
            };
            let word = columns.text(&record, "field").unwrap_or_default();
            let known = || BUILDING_FIELDS.iter().chain(OCCUPIER_FIELDS);
            let field = known().find(|field| field.name.eq_ignore_ascii_case(word.trim()));
            let id = columns.text(&record, "asset_id");
            let (Some(field), Some(id)) = (field, id) else {
                let names = known().map(|field| field.name);
                desk.reject(
                    &table,
                    &record,
                    "overlay-unknown-field",
                    format!("the row answers `{word}`, which is no column, or names no record"),
                    &did_you_mean(&word, names),
                );
                continue;
            };
            overlays.answers.push(Answer {
                as_of: columns
                    .date(&record, "as_of", &mut desk.findings)
                    .or(common.as_of),
                source: columns.text(&record, "source"),
                agency: block.agency.clone(),
                table: number,
                field: field.name,
                id,
                value,
                record,
                used: false,
            });
        }
        overlays.headers.push(table);
    }
    overlays.newest_last();
    desk.overlays = overlays;
}

/// Rows of a table by their id; the agency of each, where it says so.
struct Rows {
    by_id: HashMap<String, Vec<(usize, Option<String>)>>,
}

impl Rows {
    /// `agency` is that of the whole table, if it has one; `column` says it row by row.
    fn new(table: &Table, key: usize, column: Option<usize>, agency: Option<&str>) -> Self {
        let mut by_id: HashMap<String, Vec<_>> = HashMap::new();
        for (at, record) in table.records.iter().enumerate() {
            let own = column
                .map(|column| record.cell(column))
                .filter(|own| !own.is_empty());
            let whose = own.or(agency).map(plain);
            let rows = by_id.entry(plain(record.cell(key))).or_default();
            rows.push((at, whose));
        }
        Self { by_id }
    }

    /// The one row that an answer is about: by its id, or by `agency/id` where the row is that agency's. An id that
    /// several rows have is that of the answer's own agency, if anybody's.
    fn of(&self, answer: &Answer) -> Option<usize> {
        let is = |whose: &Option<String>, agency: &str| whose.as_deref() == Some(&plain(agency));
        let only = |rows: Vec<usize>| match rows.as_slice() {
            [row] => Some(*row),
            _ => None,
        };
        if let Some(rows) = self.by_id.get(&plain(&answer.id)) {
            let all = rows.iter().map(|row| row.0).collect();
            return only(all).or_else(|| {
                let agency = answer.agency.as_deref()?;
                let own = rows.iter().filter(|row| is(&row.1, agency));
                only(own.map(|row| row.0).collect())
            });
        }
        let (agency, id) = answer.id.rsplit_once('/')?;
        let rows = self.by_id.get(&plain(id))?;
        let own = rows.iter().filter(|row| is(&row.1, agency));
        only(own.map(|row| row.0).collect())
    }
}

impl Overlays {
    /// Of several answers about one cell the newest is laid on last.
    fn newest_last(&mut self) {
        self.answers.sort_by_key(|answer| answer.as_of);
    }

    /// Lays the answers over a table, in place.
    pub(super) fn lay(&mut self, table: &mut Table, over: &Over<'_>, findings: &mut Vec<Finding>) {
        let about = |answer: &Answer| {
            let other = |agency: &str| over.agency.is_some_and(|own| plain(own) != plain(agency));
            !answer.agency.as_deref().is_some_and(other)
                && over.fields.iter().any(|field| field.name == answer.field)
        };
        if !self.answers.iter().any(about) {
            return;
        }
        let columns = Columns::recognise(table, over.fields, over.columns, &mut Vec::new());
        let Some(key) = columns.get(over.key) else {
            return;
        };
        let rows = Rows::new(table, key, columns.get("agency"), over.agency);
        for answer in self.answers.iter_mut().filter(|answer| about(answer)) {
            let row = rows.of(answer);
            let Some(record) = row.and_then(|at| table.records.get_mut(at)) else {
                continue;
            };
            answer.used = true;
            if let (Some(register), Some(day)) = (over.as_of, answer.as_of)
                && day < register
            {
                findings.push(
                    Finding::new("overlay-older", Severity::Warn, answer.record.at.clone())
                        .column(answer.field)
                        .cell(&answer.value)
                        .cause(format!(
                            "the answer is as of {day}, the table as of {register}"
                        ))
                        .action("not used: the table is newer"),
                );
                continue;
            }
            let column = columns.get(answer.field).unwrap_or_else(|| {
                let known = table.header.iter().position(|name| name == answer.field);
                known.unwrap_or_else(|| {
                    table.header.push(answer.field.to_owned());
                    table.header.len() - 1
                })
            });
            let before = record.cell(column).to_owned();
            set(record, column, &answer.value);
            scale(record, column, answer, &columns);
            findings.push(applied(answer, record, &before, table.header.get(column)));
        }
    }

    /// Rows that belong to no record of any table, once all are read.
    pub(super) fn unused(self) -> (Vec<Finding>, Vec<Rejected>) {
        let (mut findings, mut rejected) = (Vec::new(), Vec::new());
        for answer in self.answers.iter().filter(|answer| !answer.used) {
            findings.push(
                Finding::new(
                    "overlay-unknown-id",
                    Severity::Reject,
                    answer.record.at.clone(),
                )
                .column("asset_id")
                .cell(&answer.id)
                .cause(
                    "no row of a register or occupier table has this id and could hold the answer",
                )
                .action("row set aside; correct the id, or the agency of the overlay"),
            );
            if let Some(table) = self.headers.get(answer.table) {
                table.reject(&answer.record, "overlay-unknown-id", &mut rejected);
            }
        }
        (findings, rejected)
    }
}

fn set(record: &mut Record, column: usize, text: &str) {
    let mut cells = record.cells.to_vec();
    if cells.len() <= column {
        cells.resize(column + 1, String::new());
    }
    if let Some(cell) = cells.get_mut(column) {
        text.clone_into(cell);
    }
    record.cells = cells.iter().map(String::as_str).collect();
}

/// An answer is in our unit; a column may be in another, as its heading says. The cell is written so
/// that it reads as the answer.
fn scale(record: &mut Record, column: usize, answer: &Answer, columns: &Columns) {
    if columns.get(answer.field) != Some(column) {
        return;
    }
    let plain_number = answer.value.trim().trim_start_matches('£').replace(',', "");
    let Ok(wanted) = plain_number.parse::<f64>() else {
        return;
    };
    let known = BUILDING_FIELDS.iter().chain(OCCUPIER_FIELDS);
    let kind = known
        .filter(|field| field.name == answer.field)
        .map(|field| field.kind)
        .next();
    let quiet = &mut Vec::new();
    let reads = match kind {
        Some(Kind::Area) => columns
            .area(record, answer.field, quiet)
            .map(|area| area.get()),
        Some(Kind::Money) => columns.money(record, answer.field, quiet),
        _ => return,
    };
    if let Some(reads) = reads
        && reads != 0.0
        && (reads / wanted - 1.0).abs() > 1e-9
    {
        set(record, column, &(wanted * wanted / reads).to_string());
    }
}

fn applied(answer: &Answer, record: &Record, before: &str, column: Option<&String>) -> Finding {
    let says = answer.source.as_deref().unwrap_or("the answer");
    let as_of = answer
        .as_of
        .map_or(String::new(), |day| format!(" as of {day}"));
    Finding::new("overlay-applied", Severity::Repair, record.at.clone())
        .column(column.cloned().unwrap_or_default())
        .cell(before)
        .cause(format!(
            "{says} says {} = {}{as_of} ({})",
            answer.field, answer.value, answer.record.at
        ))
        .action("used in place of the cell")
}
