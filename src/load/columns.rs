//! Which column holds which field: recognised by name, overridable, reported.

use super::cells::{self, Note, Reading, Style};
use super::names::{Names, find, unknown_column};
use super::{
    Record, Table, axes, degrees, habits, lease_terms, loose_names, name_column, positions, rates,
    tenure_column, truncated as headers,
};
use crate::place::{Finding, Severity, SquareMetres};
use jiff::civil::Date;
use rayon::prelude::*;
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
    /// Other names it goes by, the likelier first; see `normalise`.
    pub aliases: &'static [&'static str],
}

#[derive(Clone, Debug)]
pub(super) struct Known {
    column: usize,
    pub(super) header: String,
    pub(super) kind: Kind,
    /// Judged from all its cells, once every column has its field.
    pub(super) style: Style,
    judged: bool,
}

/// The recognised columns of one table, and how their cells are written.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    known: BTreeMap<String, Known>,
    /// Whether some row names the unit of its areas in a column of its own.
    rows_name_units: bool,
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
        let names = Names::of(table);
        let mut taken = vec![false; table.header.len()];
        for (field, wanted) in overrides {
            match names.find_wanted(table, wanted) {
                Some(column) => {
                    let kind = fields
                        .iter()
                        .find(|known| known.name == field)
                        .map_or(Kind::Text, |known| known.kind);
                    if !rates::refuses(table, field, kind, column, findings) {
                        columns.claim(field, kind, column, table, &mut taken);
                    } else if let Some(taken) = taken.get_mut(column) {
                        *taken = true;
                    }
                }
                None => findings.push(unknown_column(table, field, wanted)),
            }
        }
        rates::claim(table, fields, &mut columns, &mut taken, findings);
        if fields.iter().any(|field| field.name == "lat") {
            positions::claim(table, &mut columns, &mut taken);
        }
        // Exact names first, then names without what stands in brackets, without units and years,
        // cut to ten characters, and last those of which only a part is known: a sure match is
        // never lost to a likely one.
        for names in [&names.full, &names.without_brackets] {
            for field in fields {
                if columns.has(field.name) {
                    continue;
                }
                let column = match field.name {
                    "name" => name_column::find(table, field, names, &taken),
                    "grid" => find(field, names, &taken).filter(|column| {
                        let header = table.header.get(*column);
                        !header.is_some_and(|header| axes::is_of_one(header))
                    }),
                    _ => find(field, names, &taken),
                };
                if let Some(column) = column {
                    columns.claim(field.name, field.kind, column, table, &mut taken);
                }
            }
        }
        lease_terms::claim(table, fields, &mut columns, &mut taken, findings);
        axes::claim(table, fields, &mut columns, &mut taken);
        degrees::claim(table, fields, &mut columns, &mut taken);
        loose_names::claim_bare(table, fields, &mut columns, &mut taken, findings);
        headers::claim_truncated(table, fields, &mut columns, &mut taken, findings);
        loose_names::claim_likely(table, fields, &mut columns, &mut taken, findings);
        tenure_column::claim(table, fields, &mut columns, &mut taken, findings);
        headers::suggest(table, fields, &columns, &taken, findings);
        columns.judge(table);
        columns.agree_on_decimals();
        columns.agree_on_dates();
        habits::report(&columns, table, findings);
        columns
    }

    /// Where one column cannot tell decimal commas from points, the others of the table decide: coordinates, which
    /// come out of other programs, only where no other column does.
    fn agree_on_decimals(&mut self) {
        let votes = |of: fn(&Known) -> bool, known: &BTreeMap<String, Known>| -> i64 {
            let those = known.values().filter(|known| of(known));
            those.map(|known| known.style.votes).sum()
        };
        let plain =
            |known: &Known| known.kind != Kind::Coordinate && known.style.points_in_thousands == 0;
        // Where other columns tell what a point is, nothing is left to be guessed.
        match votes(plain, &self.known) {
            0 => {}
            told => {
                let all = self.known.values_mut();
                all.for_each(|known| known.style.points_as_elsewhere(told > 0));
            }
        }
        let others = votes(|known| known.kind != Kind::Coordinate, &self.known);
        let all = votes(|_| true, &self.known);
        if others > 0 || (others == 0 && all > 0) {
            let open = self.known.values_mut();
            for known in open.filter(|known| known.style.votes == 0) {
                known.style.decimal_comma = true;
            }
        }
    }

    /// Where one column cannot tell day from month, the others of the table decide if they are of one mind.
    fn agree_on_dates(&mut self) {
        let orders = || self.known.values().map(|known| known.style.order);
        let votes: i64 = orders().map(|order| order.votes).sum();
        let shown: usize = orders().map(|order| order.shown).sum();
        if shown == 0 || votes.unsigned_abs() != shown as u64 {
            return;
        }
        for known in self.known.values_mut() {
            known.style.month_first = votes > 0;
            known.style.order.either = 0;
        }
    }

    /// Takes days to stand first again where one cell alone says otherwise: in a short table of our own, beside others
    /// that may be read either way, that is a slip of the pen.
    pub(super) fn one_cell_turns_no_dates(&mut self) {
        let orders = || self.known.values().map(|known| known.style.order);
        let shown: usize = orders().map(|order| order.shown).sum();
        if shown == 1 {
            for known in self.known.values_mut() {
                known.style.month_first = false;
            }
        }
    }

    /// Gives a field its column.
    pub(super) fn claim(
        &mut self,
        field: &str,
        kind: Kind,
        column: usize,
        table: &Table,
        taken: &mut [bool],
    ) {
        if let Some(taken) = taken.get_mut(column) {
            *taken = true;
        }
        self.claim_column(field, kind, column, table);
    }

    fn claim_column(&mut self, field: &str, kind: Kind, column: usize, table: &Table) {
        let header = table.header.get(column).cloned().unwrap_or_default();
        self.known.insert(
            field.to_owned(),
            Known {
                column,
                header,
                kind,
                style: Style::default(),
                judged: false,
            },
        );
    }

    /// Judges how the cells of newly claimed columns are written.
    pub(super) fn judge(&mut self, table: &Table) {
        let new: Vec<(&String, &mut Known)> = self
            .known
            .iter_mut()
            .filter(|(_, known)| !known.judged)
            .collect();
        new.into_par_iter().for_each(|(field, known)| {
            let cells = table.records.iter().map(|record| record.cell(known.column));
            // A field's own name ends in `_gbp` whatever the money is.
            let header = match known.header.eq_ignore_ascii_case(field) {
                true if known.kind == Kind::Money => "",
                _ => known.header.as_str(),
            };
            known.style = Style::of(known.kind, header, cells);
            known.style = std::mem::take(&mut known.style).for_field(field, header);
            known.judged = true;
        });
        self.rows_name_units = table
            .records
            .iter()
            .any(|record| self.unit_of(record).is_some());
    }

    /// Every recognised column, by field.
    pub(super) fn known(&self) -> impl Iterator<Item = &Known> {
        self.known.values()
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

    /// Whether some field has claimed a column.
    pub(super) fn claims(&self, column: usize) -> bool {
        self.known.values().any(|known| known.column == column)
    }

    /// Notes that a cell of text says "no value" in words.
    pub(super) fn note_missing(&self, record: &Record, field: &str, findings: &mut Vec<Finding>) {
        if let Some(known) = self.known.get(field) {
            let cell = record.cell(known.column);
            settle(Reading::<()>::missing(cell), record, known, cell, findings);
        }
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

    /// Pounds, as a bare number: once or a year, as the field says. A sum below nought may be a credit or a
    /// slip: it counts as it stands, and is named.
    pub fn money(&self, record: &Record, field: &str, findings: &mut Vec<Finding>) -> Option<f64> {
        let pounds = self.read(record, field, findings, cells::money)?;
        if pounds < 0.0 {
            findings.push(
                Finding::new("negative-money", Severity::Warn, record.at.clone())
                    .column(self.header(field).unwrap_or(field))
                    .cell(self.raw(record, field).unwrap_or_default())
                    .cause(format!("{field} is below nought"))
                    .action("counted as a credit, as it stands; where it is a cost or a value, write it as a positive sum"),
            );
        }
        Some(pounds)
    }

    /// Floor area in square metres, whatever unit the cell or the header states.
    pub fn area(
        &self,
        record: &Record,
        field: &str,
        findings: &mut Vec<Finding>,
    ) -> Option<SquareMetres> {
        let known = self.known.get(field)?;
        let stated = known.style.unit.is_some() || cells::states_unit(record.cell(known.column));
        match self.unit_of(record) {
            Some(unit) if known.style.unit.is_none() => {
                self.read(record, field, findings, |cell, style| {
                    cells::area_in(cell, style, unit)
                })
            }
            None if self.rows_name_units && !stated => {
                self.read(record, field, findings, |cell, _| {
                    self.without_unit(record, cell)
                })
            }
            _ => self.read(record, field, findings, cells::area),
        }
    }

    /// Square metres in the unit of floor areas whose column and row name none.
    pub(super) fn state_area_unit(&mut self, square_metres: f64) {
        for known in self
            .known
            .values_mut()
            .filter(|known| known.kind == Kind::Area)
        {
            if known.style.unit.is_none() && !self.rows_name_units {
                known.style.unit = Some(square_metres * known.style.scale);
                known.style.mixed = false;
            }
        }
    }

    /// Columns of floor area of which nothing says the unit.
    pub(super) fn areas_without_unit(&self) -> impl Iterator<Item = &str> {
        let unknown = |known: &&Known| {
            let silent = known.style.unit.is_none() && !known.style.mixed && !self.rows_name_units;
            known.kind == Kind::Area && silent && !known.header.contains("m2")
        };
        self.known
            .values()
            .filter(unknown)
            .map(|known| known.header.as_str())
    }

    /// The unit of area that a row names in a column of its own.
    fn unit_of(&self, record: &Record) -> Option<cells::AreaUnit> {
        let cell = self.raw(record, "area_unit")?;
        // `m² (BGF)`: what is measured stands in brackets.
        cells::unit(cell).or_else(|| cells::unit(cell.split_once('(')?.0))
    }

    /// An area of a row that names no unit we know, where other rows name theirs.
    fn without_unit(&self, record: &Record, cell: &str) -> Reading<SquareMetres> {
        if cells::is_missing(cell) {
            return Reading::missing(cell);
        }
        let cause = match self.text(record, "area_unit") {
            None => "the row names no unit, and other rows name theirs".to_owned(),
            Some(word) => format!("the unit of the row, {word}, is none we know"),
        };
        Reading::doubted(Note::warn(
            "unit-missing",
            cause,
            "read as missing; write the unit: m2, sq ft, ha or acres",
        ))
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
    if let Some(note) = reading
        .note
        .filter(|note| !known.style.says_once(note.code))
    {
        findings.push(note.finding(record.at.clone(), &known.header, cell));
    }
    reading.value
}
