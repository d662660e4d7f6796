//! What the tables about the same zones say of a zone: columns and sums of columns, ages among them.

use super::counting::{Ages, ages_of, ages_of_sex, range, tile};
use super::reading::{Desk, column_named};
use crate::load::cells::{self, Style, decimal_votes};
use crate::load::columns::Kind;
use crate::load::config::{ConfigText, JoinConfig, did_you_mean};
use crate::load::habits::{THOUSANDS_POINTS, thousands};
use crate::load::{Table, normalise};
use crate::place::{Finding, RowRef, Severity};
use std::collections::BTreeMap;

/// A table of columns by zone: the zones' own, or a joined one.
pub(super) struct Sheet {
    /// The file, for findings.
    file: String,
    /// Column names: the user's new ones first, then the table's own.
    names: Vec<String>,
    /// How many of the names are the user's.
    mapped: usize,
    /// Text cells by zone row (the zone's position in the zones table), then by name.
    cells: Vec<Option<Vec<String>>>,
    ages: Vec<(Ages, usize)>,
    /// Columns of ages that count one sex only: females, males.
    ages_by_sex: [Vec<(Ages, usize)>; 2],
}

/// Rows of a table that say how it writes decimals.
const DECIMALS_FROM: usize = 200;

impl Sheet {
    /// Whether its numbers, all columns together, are written with decimal commas.
    fn has_decimal_commas(&self) -> bool {
        let rows = 0..self.cells.len().min(DECIMALS_FROM);
        let votes = (0..self.names.len()).map(|at| {
            let cells: Vec<&str> = rows
                .clone()
                .filter_map(|zone| self.cell(zone, at))
                .collect();
            decimal_votes(&cells)
        });
        votes.sum::<i64>() > 0
    }

    /// The zones table itself.
    pub(super) fn own(table: &Table, overrides: &BTreeMap<String, String>) -> Self {
        let mut names: Vec<String> = Vec::new();
        let mut from = Vec::new();
        for (name, column) in overrides {
            if let Some(at) = column_named(table, column) {
                names.push(name.clone());
                from.push(at);
            }
        }
        let mapped = names.len();
        for (at, name) in table.header.iter().enumerate() {
            names.push(name.clone());
            from.push(at);
        }
        let cells = table
            .records
            .iter()
            .map(|record| Some(from.iter().map(|at| record.cell(*at).to_string()).collect()))
            .collect();
        Self::new(table.file.to_string(), names, mapped, cells)
    }

    pub(super) fn new(
        file: String,
        names: Vec<String>,
        mapped: usize,
        cells: Vec<Option<Vec<String>>>,
    ) -> Self {
        let ages = names
            .iter()
            .enumerate()
            .filter_map(|(at, name)| Some((ages_of(name)?, at)))
            .collect();
        let of_sex = |wanted: bool| {
            let ages = |(at, name): (usize, &String)| {
                let (sex, ages) = ages_of_sex(name)?;
                (sex == wanted).then_some((ages, at))
            };
            names.iter().enumerate().filter_map(ages).collect()
        };
        let ages_by_sex = [of_sex(true), of_sex(false)];
        Self {
            file,
            names,
            mapped,
            cells,
            ages,
            ages_by_sex,
        }
    }

    /// The columns that add up to a range of ages: of everybody, else of both sexes; the first age
    /// without a column otherwise.
    fn columns_of(&self, wanted: Ages) -> Result<Vec<usize>, u32> {
        tile(wanted, &self.ages).or_else(|age| {
            let [females, males] = &self.ages_by_sex;
            match (tile(wanted, females), tile(wanted, males)) {
                (Ok(mut columns), Ok(males)) => {
                    columns.extend(males);
                    Ok(columns)
                }
                _ => Err(age),
            }
        })
    }

    fn cell(&self, zone: usize, at: usize) -> Option<&str> {
        Some(self.cells.get(zone)?.as_ref()?.get(at)?.as_str())
    }
}

/// Every sheet about the zones of one table.
pub(super) struct Sheets {
    sheets: Vec<Sheet>,
}

/// Where a count comes from: a sheet and the columns of it that are added.
#[derive(Clone, Debug)]
pub(super) struct Sum {
    parts: Vec<(usize, Vec<(usize, Style)>)>,
}

impl Sheets {
    /// The zones' own table and those that are joined to it.
    pub(super) fn read(
        table: &Table,
        zone_id: usize,
        overrides: &BTreeMap<String, String>,
        joins: &[JoinConfig],
        key: &str,
        text: &ConfigText,
        desk: &mut Desk,
    ) -> Self {
        let mut sheets = vec![Sheet::own(table, overrides)];
        for (index, join) in joins.iter().enumerate() {
            let key = format!("{key}.join[{index}]");
            sheets.extend(super::joins::read(table, zone_id, join, &key, text, desk));
        }
        Self { sheets }
    }

    /// A column by name: the user's names first, then headers; the zones' own table first.
    fn find(&self, name: &str) -> Option<(usize, usize)> {
        let exact = |mapped: bool| {
            self.sheets.iter().enumerate().find_map(|(sheet, s)| {
                let at = s.names.iter().position(|n| n == name)?;
                (!mapped || at < s.mapped).then_some((sheet, at))
            })
        };
        let wanted = normalise(name);
        exact(true).or_else(|| exact(false)).or_else(|| {
            self.sheets.iter().enumerate().find_map(|(sheet, s)| {
                let at = s
                    .names
                    .iter()
                    .position(|n| normalise(n) == wanted && !wanted.is_empty())?;
                Some((sheet, at))
            })
        })
    }

    /// How many zones the table of zones has.
    pub(super) fn zones(&self) -> usize {
        self.sheets.first().map_or(0, |own| own.cells.len())
    }

    /// The first headings of the zones' own table.
    pub(super) fn own_headings(&self) -> Vec<&str> {
        let own = self.sheets.first();
        let headings = own.into_iter().flat_map(|s| s.names.iter().skip(s.mapped));
        headings.take(60).map(String::as_str).collect()
    }

    /// Whether the user gave a column this name in a join.
    pub(super) fn mapped(&self, name: &str) -> bool {
        self.sheets
            .iter()
            .any(|s| s.names.iter().take(s.mapped).any(|n| n == name))
    }

    /// A zone's text in a column.
    pub(super) fn text(&self, zone: usize, name: &str) -> Option<String> {
        let (sheet, at) = self.find(name)?;
        cells::text(self.sheets.get(sheet)?.cell(zone, at)?)
    }

    /// Whether any sheet has the column.
    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Settles what a list of columns and age ranges adds up. An error says what is not there.
    pub(super) fn sum(&self, wanted: &[String]) -> Result<Sum, String> {
        let mut parts = Vec::new();
        for name in wanted {
            match range(name) {
                // Only a column of exactly this name goes before the range: `65..` is not column `65`,
                // though both have the same letters and digits.
                Some(ages) if !self.sheets.iter().any(|s| s.names.contains(name)) => {
                    let mut missing = None;
                    let found = self.sheets.iter().enumerate().find_map(|(sheet, s)| {
                        match s.columns_of(ages) {
                            Ok(columns) => Some((sheet, columns)),
                            Err(age) => {
                                missing = missing.max(Some(age));
                                None
                            }
                        }
                    });
                    let Some((sheet, columns)) = found else {
                        return Err(format!(
                            "no table of the zones has the ages `{name}`: there is no column for age {}",
                            missing.unwrap_or(ages.0)
                        ));
                    };
                    parts.push((sheet, columns));
                }
                _ => match self.find(name) {
                    Some((sheet, at)) => parts.push((sheet, vec![at])),
                    None => {
                        let names = self
                            .sheets
                            .iter()
                            .flat_map(|s| &s.names)
                            .map(String::as_str);
                        return Err(format!(
                            "no table of the zones has a column `{name}`; {}",
                            did_you_mean(name, names)
                        ));
                    }
                },
            }
        }
        let styled = |sheet: usize, at: usize| {
            let cells = self
                .sheets
                .get(sheet)
                .into_iter()
                .flat_map(|s| (0..s.cells.len()).filter_map(move |zone| s.cell(zone, at)));
            let header = self
                .sheets
                .get(sheet)
                .and_then(|s| s.names.get(at))
                .map_or("", String::as_str);
            let mut style = Style::of(Kind::Number, header, cells);
            // Where a column cannot tell decimal commas from points, the others of its table decide.
            if style.votes == 0
                && self
                    .sheets
                    .get(sheet)
                    .is_some_and(Sheet::has_decimal_commas)
            {
                style.decimal_comma = true;
            }
            (at, style)
        };
        Ok(Sum {
            parts: parts
                .into_iter()
                .map(|(sheet, columns)| {
                    (
                        sheet,
                        columns.into_iter().map(|at| styled(sheet, at)).collect(),
                    )
                })
                .collect(),
        })
    }

    /// The same of people, who are not counted in thousandths: points that look so set thousands apart, which is told.
    pub(super) fn people(
        &self,
        wanted: &[String],
        noticed: &mut Vec<Finding>,
    ) -> Result<Sum, String> {
        let mut sum = self.sum(wanted)?;
        for (sheet, columns) in &mut sum.parts {
            let Some(sheet) = self.sheets.get(*sheet) else {
                continue;
            };
            for (at, style) in columns {
                if style.decimal_comma || style.points_in_thousands == 0 {
                    continue;
                }
                style.points_set_thousands_apart();
                let row = RowRef::file(sheet.file.as_str());
                let column = sheet.names.get(*at).cloned().unwrap_or_default();
                let finding = Finding::new(THOUSANDS_POINTS, Severity::Warn, row).column(column);
                let finding = thousands(finding, style.points_in_thousands);
                if !noticed.contains(&finding) {
                    noticed.push(finding);
                }
            }
        }
        Ok(sum)
    }

    /// The columns of a count, for people.
    pub(super) fn heading(&self, sum: &Sum) -> String {
        let names: Vec<&str> = sum
            .parts
            .iter()
            .filter_map(|(sheet, columns)| Some((self.sheets.get(*sheet)?, columns)))
            .flat_map(|(sheet, columns)| {
                columns
                    .iter()
                    .filter_map(|(at, _)| sheet.names.get(*at).map(String::as_str))
            })
            .collect();
        match names.as_slice() {
            [] => "a sum of columns".to_owned(),
            [only] => (*only).to_owned(),
            [first, .., last] => format!("{first} to {last}, added"),
        }
    }

    /// A zone's count; `None` where a cell of it is missing or unreadable.
    pub(super) fn count(&self, zone: usize, sum: &Sum) -> Result<f64, CellFault> {
        let mut total = 0.0;
        for (sheet, columns) in &sum.parts {
            let Some(s) = self.sheets.get(*sheet) else {
                continue;
            };
            for (at, style) in columns {
                let cell = s.cell(zone, *at);
                let value = cell.and_then(|cell| cells::number(cell, style).value);
                match value.filter(|value| value.is_finite()) {
                    Some(value) => total += value,
                    None => {
                        return Err(CellFault {
                            file: s.file.clone(),
                            column: s.names.get(*at).cloned().unwrap_or_default(),
                            cell: cell.map(str::to_string),
                        });
                    }
                }
            }
        }
        Ok(total)
    }
}

/// A cell that gave no number.
pub(super) struct CellFault {
    /// Its file.
    pub file: String,
    /// Its column.
    pub column: String,
    /// What stands there; `None` where the zone has no row.
    pub cell: Option<String>,
}
