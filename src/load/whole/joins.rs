//! Tables about the same zones, wide or tidy-long, and what their columns say of a zone.

use super::counting::{Ages, ages_of, ages_of_sex, range, tile};
use super::reading::{Desk, column_named, no_such_column, plain};
use crate::load::cells::{self, Style, decimal_votes};
use crate::load::columns::Kind;
use crate::load::config::{ConfigText, JoinConfig, did_you_mean};
use crate::load::{Columns, Table, ZONE_FIELDS, normalise};
use crate::place::words as numbers;
use crate::place::{Finding, Severity};
use std::collections::{BTreeMap, HashMap};

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

    fn new(
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
            sheets.extend(read_join(table, zone_id, join, &key, text, desk));
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

fn read_join(
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
        let id = plain(record.cell(zone_key));
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
        .map(|r| plain(r.cell(zone_key)))
        .collect();
    let best = (0..table.header.len())
        .map(|at| {
            let hits = table
                .records
                .iter()
                .take(5_000)
                .filter(|record| ids.contains(&plain(record.cell(at))))
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
    let mut cells: Vec<Option<Vec<String>>> = vec![None; zones];
    for record in &table.records {
        let rows = by_key.get(&plain(record.cell(own_key)));
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
        let rows = by_key.get(&plain(record.cell(own_key)));
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
        .map(|r| plain(r.cell(own_key)))
        .collect();
    let without: Vec<_> = zones
        .records
        .iter()
        .map(|record| record.cell(zone_key).trim())
        .filter(|id| !present.contains(&plain(id)))
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
