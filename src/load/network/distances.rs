//! A table of distances, times or costs: long or wide, in any unit.

use super::{NetworkTables, Noticed, Places};
use crate::load::cells;
use crate::load::plain;
use crate::load::whole::no_such_column;
use crate::load::{Columns, Field, Kind, Table, is_sentinel, normalise};
use crate::place::words::counted;
use crate::place::{Finding, RowRef, Severity};
use crate::siting::classical::{Demand, Facility};
use std::collections::{BTreeMap, HashMap, HashSet};

const FIELDS: &[Field] = &[
    Field {
        name: "from_id",
        kind: Kind::Code,
        aliases: &[
            "from",
            "origin",
            "originid",
            "originname",
            "demandid",
            "zoneid",
            "destinationname",
            "o",
        ],
    },
    Field {
        name: "to_id",
        kind: Kind::Code,
        aliases: &[
            "to",
            "destination",
            "destinationid",
            "facilityid",
            "facility",
            "siteid",
            "name",
            "d",
        ],
    },
    Field {
        name: "distance",
        kind: Kind::Number,
        aliases: &[
            "minutes",
            "km",
            "metres",
            "meters",
            "miles",
            "time",
            "cost",
            "totallength",
            "totalminutes",
            "totaltraveltime",
            "totaltime",
            "totaldistance",
            "totalkilometers",
            "totalmiles",
            "value",
        ],
    },
];

/// What a table of distances says.
pub(super) struct Distances {
    pub(super) reaches: Vec<Vec<(u32, f64)>>,
    pub(super) unit: String,
}

/// Positions by id, and by name where that is of one thing only and nobody's id.
struct Keys(HashMap<String, Option<usize>>);

impl Keys {
    fn new<'a>(ids: impl Iterator<Item = &'a str>, names: &[String]) -> Keys {
        let mut keys: HashMap<String, Option<usize>> = HashMap::new();
        let mut ours = HashSet::new();
        for (at, id) in ids.enumerate() {
            // Ids that differ in case or blanks alone name neither.
            keys.entry(plain(id))
                .and_modify(|one| *one = None)
                .or_insert(Some(at));
            ours.insert(plain(id));
        }
        for (at, name) in names.iter().enumerate() {
            let name = plain(name);
            if !name.is_empty() && !ours.contains(&name) {
                keys.entry(name)
                    .and_modify(|one| *one = None)
                    .or_insert(Some(at));
            }
        }
        Keys(keys)
    }

    fn find(&self, cell: &str) -> Option<usize> {
        self.0.get(&plain(cell)).copied().flatten()
    }
}

/// Reads distances between the demand and the facilities of two tables.
pub(super) fn read(
    table: &Table,
    asked: &NetworkTables,
    (demand, facilities): (&Places<Demand>, &Places<Facility>),
    noticed: &mut Noticed,
) -> Option<Distances> {
    let mut overrides = BTreeMap::new();
    if let Some(column) = &asked.distance {
        if table.column(column).is_none() {
            noticed
                .findings
                .push(no_such_column(table, column, "--cost"));
            return None;
        }
        overrides.insert("distance".to_owned(), column.clone());
    }
    let columns = Columns::recognise(table, FIELDS, &overrides, &mut noticed.findings);
    let from = Keys::new(
        demand.things.iter().map(|one| one.id.as_str()),
        &demand.names,
    );
    let to = Keys::new(
        facilities.things.iter().map(|one| one.id.as_str()),
        &facilities.names,
    );
    let mut met = Met {
        pairs: vec![BTreeMap::new(); demand.things.len()],
        farthest: asked.farthest,
        ..Met::default()
    };
    let long = columns.has("distance")
        && (columns.has("from_id") && columns.has("to_id")
            || joined_column(table, &from, &to).is_some());
    let unit = if long {
        met.long(table, &columns, (&from, &to), noticed);
        columns.header("distance").unwrap_or_default().to_owned()
    } else {
        met.wide(table, (&from, &to), noticed);
        "units of the matrix".to_owned()
    };
    if met.known == 0 {
        let of_demand = demand.things.iter().map(|one| one.id.as_str());
        let of_facilities = facilities.things.iter().map(|one| one.id.as_str());
        let ids = [
            whose("the demand's", &demand.ids, of_demand),
            whose("the facilities'", &facilities.ids, of_facilities),
        ];
        met.empty(table, long, &ids.join("; "), noticed);
    } else {
        met.report(table, noticed);
    }
    let reaches = met.pairs.into_iter().map(|pairs| {
        let mut list: Vec<(u32, f64)> = pairs.into_iter().collect();
        list.sort_unstable_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        list
    });
    Some(Distances {
        reaches: reaches.collect(),
        unit,
    })
}

/// The first few ids of a table, and where they come from.
fn whose<'a>(of: &str, column: &Option<String>, ids: impl Iterator<Item = &'a str>) -> String {
    let some: Vec<String> = ids.take(3).map(|id| format!("`{id}`")).collect();
    let column = match column {
        Some(column) => format!("column {column}"),
        None => "the numbers of the rows".to_owned(),
    };
    format!("{of} ids are {column}: {}", some.join(", "))
}

/// The two ends that stand in one cell, as ArcGIS names a line of an OD cost matrix: `Mill Lane - North`.
fn joined(cell: &str, from: &Keys, to: &Keys) -> Option<(usize, usize)> {
    let mut cuts = cell.match_indices(" - ");
    cuts.find_map(|(at, mark)| {
        let (start, end) = (cell.get(..at)?, cell.get(at + mark.len()..)?);
        Some((from.find(start)?, to.find(end)?))
    })
}

/// The column whose cells hold both ends.
fn joined_column(table: &Table, from: &Keys, to: &Keys) -> Option<usize> {
    let column = table
        .header
        .iter()
        .position(|name| normalise(name) == "name")?;
    let mut cells = table.records.iter().map(|record| record.cell(column));
    cells
        .any(|cell| joined(cell, from, to).is_some())
        .then_some(column)
}

/// Whether a number says that there is no way: shorter rows of nines may well be metres.
fn no_way(far: f64) -> bool {
    !far.is_finite() || (is_sentinel(far) && !(0.0..999_999.0).contains(&far))
}

/// The pairs met so far.
#[derive(Default)]
struct Met {
    pairs: Vec<BTreeMap<u32, f64>>,
    farthest: Option<f64>,
    /// Keys that are nobody's, and how often they stand there.
    unknown: BTreeMap<String, u64>,
    known: u64,
    /// Numbers that stand for no way, as they are written: how often, and where first.
    no_way: BTreeMap<String, (u64, RowRef)>,
    /// Pairs that stand there again, and where first.
    again: Option<(u64, RowRef)>,
}

impl Met {
    fn long(
        &mut self,
        table: &Table,
        columns: &Columns,
        (from, to): (&Keys, &Keys),
        noticed: &mut Noticed,
    ) {
        // Some tables run from facilities to demand: the side whose keys are known decides.
        let key = |record: &crate::load::Record, field: &str| {
            columns.raw(record, field).unwrap_or_default().to_owned()
        };
        let fits = |a: &str, b: &str| {
            let known = |record: &&crate::load::Record| {
                from.find(&key(record, a)).is_some() && to.find(&key(record, b)).is_some()
            };
            table.records.iter().filter(known).count()
        };
        let (one, other) = if fits("from_id", "to_id") >= fits("to_id", "from_id") {
            ("from_id", "to_id")
        } else {
            ("to_id", "from_id")
        };
        let fitting = fits(one, other);
        let names = joined_column(table, from, to).filter(|_| fitting == 0);
        for record in &table.records {
            let (start, end) = (key(record, one), key(record, other));
            let ends = names.map_or_else(
                || from.find(&start).zip(to.find(&end)),
                |column| joined(record.cell(column), from, to),
            );
            let Some((demand, facility)) = ends else {
                let strange = if from.find(&start).is_none() {
                    start
                } else {
                    end
                };
                *self.unknown.entry(strange).or_default() += 1;
                continue;
            };
            let cell = columns.raw(record, "distance").unwrap_or_default();
            let column = columns.header("distance").unwrap_or_default();
            let number = columns.number(record, "distance", &mut noticed.findings);
            self.take((demand, facility), cell, number, record, column, noticed);
        }
    }

    fn wide(&mut self, table: &Table, (from, to): (&Keys, &Keys), noticed: &mut Noticed) {
        let ends: Vec<(usize, usize)> = table
            .header
            .iter()
            .enumerate()
            .skip(1)
            .filter_map(|(column, header)| Some((column, to.find(header)?)))
            .collect();
        for header in table
            .header
            .iter()
            .skip(1)
            .filter(|header| to.find(header).is_none())
        {
            *self.unknown.entry(header.clone()).or_default() += 1;
        }
        for record in &table.records {
            let Some(demand) = from.find(record.cell(0)) else {
                *self.unknown.entry(record.cell(0).to_owned()).or_default() += 1;
                continue;
            };
            for &(column, facility) in &ends {
                let cell = record.cell(column);
                let header = table.header.get(column).map_or("", String::as_str);
                self.take(
                    (demand, facility),
                    cell,
                    cells::number_like(cell),
                    record,
                    header,
                    noticed,
                );
            }
        }
    }

    /// Takes one pair; a blank cell or one that stands for "no way" is no pair.
    fn take(
        &mut self,
        (demand, facility): (usize, usize),
        cell: &str,
        number: Option<f64>,
        record: &crate::load::Record,
        column: &str,
        noticed: &mut Noticed,
    ) {
        self.known += 1;
        match number {
            Some(far) if no_way(far) => {
                let first = || (0, record.at.clone());
                self.no_way
                    .entry(cell.trim().to_owned())
                    .or_insert_with(first)
                    .0 += 1;
            }
            Some(far) if self.farthest.is_some_and(|farthest| far > farthest) => {}
            Some(far) => {
                let pairs = &mut self.pairs[demand];
                if let Some(known) = pairs.get_mut(&(facility as u32)) {
                    *known = known.min(far);
                    let first = || (0, record.at.clone());
                    self.again.get_or_insert_with(first).0 += 1;
                } else {
                    pairs.insert(facility as u32, far);
                }
            }
            None if cells::is_missing(cell) => {}
            None => noticed.findings.push(
                Finding::new("number-not-read", Severity::Error, record.at.clone())
                    .column(column)
                    .cell(cell)
                    .cause("a distance is a number")
                    .action("correct the cell, or leave it blank where there is no way"),
            ),
        }
    }

    /// The error of a table that no pair of is known.
    fn empty(&self, table: &Table, long: bool, ids: &str, noticed: &mut Noticed) {
        let some: Vec<&str> = self.unknown.keys().take(3).map(String::as_str).collect();
        let headers: Vec<String> = table.header.iter().map(|name| normalise(name)).collect();
        let read = if long {
            "a long table"
        } else {
            "a wide table, ids of the demand in its first column"
        };
        noticed.findings.push(
            Finding::new("matrix-empty", Severity::Error, table.whole())
                .cause(format!(
                    "read as {read}, no pair of it is a demand and a facility; it has `{}`; {ids}",
                    if some.is_empty() { headers.join("`, `") } else { some.join("`, `") }
                ))
                .action("name the columns of the ids with --demand-id and --facility-id, and that of the distance with --cost; or call the columns from_id, to_id and distance"),
        );
    }

    fn report(&self, table: &Table, noticed: &mut Noticed) {
        let mut say = |finding: Finding| noticed.findings.push(finding);
        if !self.unknown.is_empty() {
            let some: Vec<&str> = self.unknown.keys().take(3).map(String::as_str).collect();
            say(
                Finding::new("matrix-key-unknown", Severity::Warn, table.whole())
                    .cell(some.join("; "))
                    .cause(format!(
                        "{} neither a demand nor a facility",
                        counted(self.unknown.len(), "key is", "keys are")
                    ))
                    .action("their pairs are left out"),
            );
        }
        for (cell, (count, first)) in &self.no_way {
            let negative = cell.starts_with(['-', '\u{2212}']);
            let (code, what) = match negative {
                true => ("matrix-negative", "negative"),
                false => ("matrix-sentinel", "a number that usually means no way"),
            };
            say(Finding::new(code, Severity::Warn, first.clone())
                .cell(cell.clone())
                .cause(format!(
                    "{} {what}",
                    counted(*count as usize, "pair is", "pairs are")
                ))
                .action("left out: there is no way between the two"));
        }
        if let Some((count, first)) = &self.again {
            say(
                Finding::new("matrix-repeated", Severity::Warn, first.clone())
                    .cause(format!(
                        "{} there a second time, here first",
                        counted(*count as usize, "pair stands", "pairs stand")
                    ))
                    .action("the smaller number counts"),
            );
        }
    }
}
