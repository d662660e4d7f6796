//! Which column holds which field: recognised by name, overridable, reported.

use super::cells::{self, Note, Reading, Style};
use super::{Record, Table};
use crate::place::{Finding, Severity, SquareMetres};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What a field's cells are, which decides how they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// Free text.
    Text,
    /// An identifier: text, never a number.
    Code,
    /// One of few words.
    Category,
    /// A plain number.
    Number,
    /// Pounds.
    Money,
    /// Floor area.
    Area,
    /// Land area, usually in hectares.
    Land,
    /// A share or percentage.
    Share,
    /// One date.
    Date,
    /// Several dates in one cell.
    Dates,
    /// Unique Property Reference Number.
    Uprn,
    /// Postcode.
    Postcode,
    /// Yes or no.
    YesNo,
    /// One coordinate.
    Coordinate,
}

/// A column a table may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its canonical name, which is always recognised.
    pub name: &'static str,
    /// What its cells are.
    pub kind: Kind,
    /// Other names it goes by, the likelier first; see [`normalise`].
    pub aliases: &'static [&'static str],
}

/// A name as it is compared: lower case, letters and digits only.
pub fn normalise(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[derive(Clone, Debug)]
struct Known {
    column: usize,
    header: String,
    style: Style,
}

/// The recognised columns of one table, and how their cells are written.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    known: BTreeMap<String, Known>,
}

impl Columns {
    /// Recognises the columns of a table. `overrides` maps a field to a header name of the user's
    /// own and wins over everything; one that names no column is an `unknown-column` error.
    pub fn recognise(
        table: &Table,
        fields: &[Field],
        overrides: &BTreeMap<String, String>,
        findings: &mut Vec<Finding>,
    ) -> Columns {
        let mut columns = Columns::default();
        let names: Vec<String> = table.header.iter().map(|name| normalise(name)).collect();
        let mut taken = vec![false; names.len()];
        for (field, wanted) in overrides {
            let exact = table.column(wanted);
            let column = exact.or_else(|| names.iter().position(|name| *name == normalise(wanted)));
            match column {
                Some(column) => {
                    let kind = fields
                        .iter()
                        .find(|known| known.name == field)
                        .map_or(Kind::Text, |known| known.kind);
                    columns.claim(field, kind, column, table);
                    if let Some(taken) = taken.get_mut(column) {
                        *taken = true;
                    }
                }
                None => findings.push(
                    Finding::new("unknown-column", Severity::Error, table.whole())
                        .column(wanted.clone())
                        .cause(format!("there is no column `{wanted}` for {field}"))
                        .action(format!("the columns are: {}", table.header.join(", "))),
                ),
            }
        }
        for field in fields {
            if columns.known.contains_key(field.name) {
                continue;
            }
            let canonical = normalise(field.name);
            let found = std::iter::once(canonical.as_str())
                .chain(field.aliases.iter().copied())
                .find_map(|alias| {
                    names
                        .iter()
                        .enumerate()
                        .find(|(at, name)| name.as_str() == alias && taken.get(*at) == Some(&false))
                        .map(|(at, _)| at)
                });
            if let Some(column) = found {
                columns.claim(field.name, field.kind, column, table);
                if let Some(taken) = taken.get_mut(column) {
                    *taken = true;
                }
            }
        }
        columns
    }

    fn claim(&mut self, field: &str, kind: Kind, column: usize, table: &Table) {
        let header = table.header.get(column).cloned().unwrap_or_default();
        let style = Style::of(
            kind,
            &header,
            table.records.iter().map(|record| record.cell(column)),
        );
        self.known.insert(
            field.to_owned(),
            Known {
                column,
                header,
                style,
            },
        );
    }

    /// The position of a field's column, where the table has it.
    pub fn get(&self, field: &str) -> Option<usize> {
        self.known.get(field).map(|known| known.column)
    }

    /// The header of a field's column as the file writes it.
    pub fn header(&self, field: &str) -> Option<&str> {
        self.known.get(field).map(|known| known.header.as_str())
    }

    /// Whether the table's postcodes look British.
    pub(super) fn british_postcodes(&self) -> bool {
        self.known
            .get("postcode")
            .is_some_and(|known| known.style.british)
    }

    /// Whether the table has the field.
    pub fn has(&self, field: &str) -> bool {
        self.known.contains_key(field)
    }

    /// The cell of a field as it stands, `None` where the table has no such column.
    pub fn raw<'a>(&self, record: &'a Record, field: &str) -> Option<&'a str> {
        Some(record.cell(self.get(field)?))
    }

    /// The cell of a field as text; blank and every spelling of "no value" are `None`.
    pub fn text(&self, record: &Record, field: &str) -> Option<String> {
        cells::text(self.raw(record, field)?)
    }

    /// A list of texts parted by `;` (or `|`).
    pub fn list(&self, record: &Record, field: &str) -> Vec<String> {
        self.raw(record, field)
            .map(|cell| cell.split([';', '|']).filter_map(cells::text).collect())
            .unwrap_or_default()
    }

    /// A plain number.
    pub fn number(&self, record: &Record, field: &str, findings: &mut Vec<Finding>) -> Option<f64> {
        self.read(record, field, findings, cells::number)
    }

    /// Pounds, as a bare number: once or a year, as the field says.
    pub fn money(&self, record: &Record, field: &str, findings: &mut Vec<Finding>) -> Option<f64> {
        self.read(record, field, findings, cells::money)
    }

    /// Floor area in square metres, whatever unit the cell or the header states.
    pub fn area(
        &self,
        record: &Record,
        field: &str,
        findings: &mut Vec<Finding>,
    ) -> Option<SquareMetres> {
        self.read(record, field, findings, cells::area)
    }

    /// A share as a fraction: `85 %` and `0.85` are both 0.85.
    pub fn share(&self, record: &Record, field: &str, findings: &mut Vec<Finding>) -> Option<f64> {
        self.read(record, field, findings, cells::share)
    }

    /// A calendar date.
    pub fn date(&self, record: &Record, field: &str, findings: &mut Vec<Finding>) -> Option<Date> {
        self.read(record, field, findings, cells::date)
    }

    /// Several calendar dates, parted by `;`.
    pub fn dates(&self, record: &Record, field: &str, findings: &mut Vec<Finding>) -> Vec<Date> {
        let Some(known) = self.known.get(field) else {
            return Vec::new();
        };
        record
            .cell(known.column)
            .split(';')
            .filter_map(|part| {
                settle(
                    cells::date(part, &known.style),
                    record,
                    known,
                    part,
                    findings,
                )
            })
            .collect()
    }

    /// A UPRN: text of 12 digits.
    pub fn uprn(
        &self,
        record: &Record,
        field: &str,
        findings: &mut Vec<Finding>,
    ) -> Option<String> {
        self.read(record, field, findings, cells::uprn)
    }

    /// A postcode: British ones with one space and upper case, others as they stand.
    pub fn postcode(
        &self,
        record: &Record,
        field: &str,
        findings: &mut Vec<Finding>,
    ) -> Option<String> {
        self.read(record, field, findings, cells::postcode)
    }

    /// Yes or no.
    pub fn yes_no(
        &self,
        record: &Record,
        field: &str,
        findings: &mut Vec<Finding>,
    ) -> Option<bool> {
        self.read(record, field, findings, cells::yes_no)
    }

    fn read<T>(
        &self,
        record: &Record,
        field: &str,
        findings: &mut Vec<Finding>,
        parse: impl Fn(&str, &Style) -> Reading<T>,
    ) -> Option<T> {
        let known = self.known.get(field)?;
        let cell = record.cell(known.column);
        settle(parse(cell, &known.style), record, known, cell, findings)
    }
}

/// Takes the value out of a reading and puts its note, if any, among the findings.
fn settle<T>(
    reading: Reading<T>,
    record: &Record,
    known: &Known,
    cell: &str,
    findings: &mut Vec<Finding>,
) -> Option<T> {
    if let Some(note) = reading.note {
        findings.push(note.finding(record.at.clone(), &known.header, cell));
    }
    reading.value
}

impl Note {
    /// The note as a finding about a cell.
    pub fn finding(self, at: crate::place::RowRef, column: &str, cell: &str) -> Finding {
        Finding::new(self.code, self.severity, at)
            .column(column)
            .cell(cell)
            .cause(self.cause)
            .action(self.action)
    }
}
