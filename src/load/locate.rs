//! Where each record is: the coordinate system recognised per file, the conversion done per row.

use super::around::Around;
use super::by_postcode::fall_back;
use super::coordinates::{self, Pair, Source};
use super::crs::Crs;
use super::unstated::{self, Choice, by_range};
use super::{Columns, Record, Table, evidence, far, grids, outlines};
use crate::place::{Currency, Finding, Location, Precision, Severity};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// What may help to place a record.
#[derive(Clone, Debug, Default)]
pub struct LocateOptions {
    /// Postcode centroids from the user's tables, by postcode without spaces in upper case.
    pub postcodes: BTreeMap<String, Location>,
    /// The records are areas (zones), not points: an outline is then what is expected.
    pub areas: bool,
    /// Where the records may be: a point far from the rest is then not misread by the rest alone.
    pub around: Around,
    /// The money of the place, where it is stated: it tells countries apart.
    pub currency: Option<Currency>,
}

/// Where a record is and how well that is known.
pub type Located = Option<(Location, Precision)>;

/// Records placed at a time.
const CHUNK: usize = 16_384;

/// A record on its way to a place.
#[derive(Clone, Debug, Default)]
pub(super) struct Spot {
    pub(super) at: Located,
    /// The pair and the system it was read in, kept to find what may be wrong with it.
    pub(super) pair: Option<(f64, f64, Crs)>,
}

/// How a table's coordinates are to be read.
#[derive(Clone)]
struct Plan {
    sources: Vec<Source>,
    /// The system of rows that name none of their own.
    usual: Crs,
    /// The system of a second pair of columns, for rows that leave the first one blank.
    second: Crs,
    /// The column that names a row's system.
    crs_column: Option<usize>,
    comma: bool,
}

/// Places every record of a table, in the order of its records, and brings its shapes to WGS84.
/// Records that cannot be placed are `None`, each with a finding that says why.
pub fn locate(
    table: &mut Table,
    columns: &Columns,
    options: &LocateOptions,
    findings: &mut Vec<Finding>,
) -> Vec<Located> {
    Spots::read(table, columns, options, findings).settle(table, columns, options, findings)
}

/// The records of a table where their numbers say, before anything is doubted.
pub(super) struct Spots {
    spots: Vec<Spot>,
    sources: Vec<Source>,
}

impl Spots {
    pub(super) fn read(
        table: &mut Table,
        columns: &Columns,
        options: &LocateOptions,
        findings: &mut Vec<Finding>,
    ) -> Spots {
        if table.has_shapes {
            outlines::to_wgs84(table, columns, options, findings);
        }
        let sources = coordinates::sources(table, columns);
        let mut spots = vec![Spot::default(); table.records.len()];
        // Numbers beside a shape are of use only as the given points of zones.
        if !sources.is_empty() && (options.areas || !table.has_shapes) {
            let plan = recognise(table, columns, sources.clone(), options, findings);
            for (records, spots) in table.records.chunks(CHUNK).zip(spots.chunks_mut(CHUNK)) {
                let placed: Vec<(Spot, Vec<Finding>)> = records
                    .par_iter()
                    .map(|record| {
                        let mut findings = Vec::new();
                        (place(table, record, &plan, &mut findings), findings)
                    })
                    .collect();
                for (spot, (placed, said)) in spots.iter_mut().zip(placed) {
                    *spot = placed;
                    findings.extend(said);
                }
            }
        }
        if table.has_shapes {
            outlines::place(table, options, sources.first(), &mut spots, findings);
        }
        Spots { spots, sources }
    }

    /// Where those are that have a place.
    pub(super) fn points(&self) -> Vec<Location> {
        let placed = self.spots.iter().filter_map(|spot| spot.at);
        placed.map(|(at, _)| at).collect()
    }

    /// Repairs what has one explanation, and falls back on postcodes.
    pub(super) fn settle(
        mut self,
        table: &mut Table,
        columns: &Columns,
        options: &LocateOptions,
        findings: &mut Vec<Finding>,
    ) -> Vec<Located> {
        let checked = if table.has_shapes {
            &[]
        } else {
            self.sources.as_slice()
        };
        far::check(table, checked, columns, options, &mut self.spots, findings);
        for (record, spot) in table.records.iter().zip(&mut self.spots) {
            if spot.at.is_none() {
                fall_back(table, record, columns, options, spot, findings);
            }
        }
        self.spots.into_iter().map(|spot| spot.at).collect()
    }
}

/// The name of the system that a table's coordinates are read in.
pub(super) fn system(table: &Table, columns: &Columns, options: &LocateOptions) -> String {
    let read = match table.has_shapes {
        true => table.crs.as_deref().map_or(Crs::Degrees, Crs::named),
        false => {
            let sources = coordinates::sources(table, columns);
            recognise(table, columns, sources, options, &mut Vec::new()).usual
        }
    };
    read.name().to_owned()
}

/// The names of a source's columns, joined by `;`.
pub(super) fn names(table: &Table, source: &Source) -> String {
    headers(table, source).join(";")
}

/// Recognises the coordinate system of a table from what is stated, its names and its values.
fn recognise(
    table: &Table,
    columns: &Columns,
    sources: Vec<Source>,
    options: &LocateOptions,
    findings: &mut Vec<Finding>,
) -> Plan {
    let comma = comma_decimals(table, &sources);
    let crs_column = columns.get("crs");
    let mut plan = Plan {
        sources,
        usual: Crs::Degrees,
        second: Crs::British,
        crs_column,
        comma,
    };
    let Some(source) = plan.sources.first() else {
        return plan;
    };
    for source in &plan.sources {
        coordinates::report(table, source, findings);
    }
    let stated = table
        .crs
        .as_deref()
        .filter(|_| !table.has_shapes)
        .map(Crs::named);
    let numbers = found(table, source, comma);
    if let Some(grid) = plan.sources.get(1) {
        plan.second = of_second(table, columns, grid, stated.as_ref(), comma);
        // What is stated is meant of the grid, not of the degrees beside it.
        let degrees = |(x, y): &&(f64, f64)| Crs::of_values(*x, *y) == Some(Crs::Degrees);
        if numbers.iter().filter(degrees).count() * 2 > numbers.len()
            && matches!(&stated, Some(crs) if *crs != Crs::Degrees)
        {
            return plan;
        }
    }
    if let Some(stated) = stated {
        if let Crs::Other(name) = &stated {
            findings.push(unsupported(table, source, comma, name));
        }
        plan.usual = stated;
        return plan;
    }
    let named =
        named_by_columns(table, source, &numbers).or_else(|| grids::named_by_codes(table, columns));
    let (degrees, grids) = all_of(table, source, comma);
    if degrees || numbers.is_empty() {
        return plan;
    }
    let told = match named {
        Some(Crs::Other(name)) => unstated::unnamed(name, &numbers, options),
        Some(crs) => Choice::Read(crs, by_range()),
        None => match most_rows_name(table, crs_column).filter(|_| grids == 0) {
            Some(crs) => Choice::Read(crs, by_range()),
            None if grids > 0 => Choice::Read(Crs::British, by_range()),
            None => {
                let headers = headers(table, source);
                unstated::choose(table, columns, &headers, &numbers, options)
            }
        },
    };
    match told {
        Choice::Refused(name, choices) => {
            findings
                .push(grids::refused(table, &name, false, &choices).column(names(table, source)));
            plan.usual = Crs::Other(name);
        }
        Choice::Read(crs, how) => {
            if crs_column.is_none() && grids == 0 {
                findings.push(
                    Finding::new("crs-assumed", Severity::Warn, table.whole())
                        .column(names(table, source))
                        .cause(format!(
                            "nothing says which coordinate system is used; {how} {}",
                            crs.name()
                        ))
                        .action("read so; confirm it with the line below")
                        .setting(format!("crs = \"{}\"", crs.name())),
                );
            }
            plan.usual = crs;
        }
    }
    plan
}

/// Whether half the numbers of a source or more are longitudes and latitudes, and how many of its cells are
/// references to squares of the British grid.
fn all_of(table: &Table, source: &Source, comma: bool) -> (bool, usize) {
    let count = |of: fn(Pair) -> bool| {
        let pairs = table.records.par_iter();
        let pairs = pairs.map(|record| coordinates::read(record, source, comma));
        pairs.filter(|pair| of(pair.clone())).count()
    };
    let in_degrees =
        |pair| matches!(pair, Pair::Found(x, y) if Crs::of_values(x, y) == Some(Crs::Degrees));
    let degrees = count(in_degrees);
    let all = count(|pair| matches!(pair, Pair::Found(..)));
    let grids = count(|pair| matches!(pair, Pair::Grid(..)));
    (degrees * 2 >= all, grids)
}

/// The system that most rows name, each its own.
fn most_rows_name(table: &Table, column: Option<usize>) -> Option<Crs> {
    let mut named: BTreeMap<&str, usize> = BTreeMap::new();
    for record in &table.records {
        let cell = record.cell(column?).trim();
        if !super::cells::is_missing(cell) {
            *named.entry(cell).or_default() += 1;
        }
    }
    let (label, _) = named.into_iter().max_by_key(|(_, count)| *count)?;
    Some(Crs::named(label))
}

/// The names of a source's columns.
fn headers<'a>(table: &'a Table, source: &Source) -> Vec<&'a str> {
    let columns = match *source {
        Source::Pair { x, y, .. } => [Some(x), Some(y)],
        Source::One { column, .. } => [Some(column), None],
    };
    let names = columns.into_iter().flatten();
    names
        .filter_map(|column| table.header.get(column).map(String::as_str))
        .collect()
}

/// The numbers of a table's first records in a source.
fn found(table: &Table, source: &Source, comma: bool) -> Vec<(f64, f64)> {
    let pairs = table
        .records
        .iter()
        .map(|record| coordinates::read(record, source, comma));
    let numbers = pairs.filter_map(|pair| match pair {
        Pair::Found(x, y) => Some((x, y)),
        _ => None,
    });
    numbers.take(2_000).collect()
}

/// The system of a grid that stands beside longitudes and latitudes: as stated, as its columns are called, as the
/// postcodes say; else the British one.
fn of_second(
    table: &Table,
    columns: &Columns,
    source: &Source,
    stated: Option<&Crs>,
    comma: bool,
) -> Crs {
    let numbers = found(table, source, comma);
    let stated = stated.filter(|crs| **crs != Crs::Degrees).cloned();
    stated
        .or_else(|| named_by_columns(table, source, &numbers))
        .or_else(|| {
            let beside = evidence::not_british(table, columns)?;
            let grid = beside.grid(&numbers);
            Some(grid.unwrap_or_else(|| Crs::Other(beside.why.to_owned())))
        })
        .unwrap_or_else(|| {
            let british = |(x, y): &&(f64, f64)| Crs::of_values(*x, *y) == Some(Crs::British);
            if numbers.iter().filter(british).count() * 2 > numbers.len() {
                Crs::British
            } else {
                Crs::Other("not stated".to_owned())
            }
        })
}

/// The system that the names of the coordinate columns give away.
fn named_by_columns(table: &Table, source: &Source, numbers: &[(f64, f64)]) -> Option<Crs> {
    let name = |column: usize| grids::named_by(table.header.get(column)?, numbers);
    match *source {
        Source::Pair { x, y, .. } => name(x).or_else(|| name(y)),
        Source::One { column, .. } => name(column),
    }
}

/// The refusal of a table's coordinate system.
fn unsupported(table: &Table, source: &Source, comma: bool, name: &str) -> Finding {
    let numbers = found(table, source, comma);
    let degrees = |(x, y): &&(f64, f64)| Location::new(*x, *y).is_some();
    let degrees = numbers.iter().filter(degrees).count() * 2 > numbers.len();
    grids::refused(table, name, degrees, &[]).column(names(table, source))
}

/// Whether coordinates are written with decimal commas.
pub(super) fn comma_decimals(table: &Table, sources: &[Source]) -> bool {
    let mut cells = Vec::new();
    for record in table.records.iter().take(1000) {
        for source in sources {
            if let Source::Pair { x, y, .. } = *source {
                cells.push(record.cell(x));
                cells.push(record.cell(y));
            }
        }
    }
    cells.iter().filter(|cell| cell.contains(',')).count() * 2 > cells.len()
        && !cells.iter().any(|cell| cell.contains('.'))
}

/// Reads and converts one record's pair.
fn place(table: &Table, record: &Record, plan: &Plan, findings: &mut Vec<Finding>) -> Spot {
    let mut spot = Spot::default();
    for (tried, source) in plan.sources.iter().enumerate() {
        let last = tried + 1 == plan.sources.len();
        let pair = coordinates::read(record, source, plan.comma);
        if !last && !matches!(pair, Pair::Found(..) | Pair::Grid(..)) {
            continue;
        }
        let usual = match source {
            // A second pair of columns has a system of its own.
            Source::Pair { degrees, .. } if tried > 0 && !degrees => &plan.second,
            _ => &plan.usual,
        };
        match pair {
            Pair::Found(x, y) => {
                let crs = row_crs(table, record, plan, usual, (x, y), findings);
                spot.at = crs.to_wgs84(x, y).map(|at| (at, Precision::Exact));
                spot.pair = Some((x, y, crs));
                return spot;
            }
            Pair::Grid(x, y) => {
                spot.at = Crs::British.to_wgs84(x, y).map(|at| (at, Precision::Exact));
                spot.pair = Some((x, y, Crs::British));
                return spot;
            }
            Pair::Missing => {}
            Pair::Zero => findings.push(
                Finding::new("zero-coordinates", Severity::Warn, record.at.clone())
                    .column(names(table, source))
                    .cell("0,0")
                    .cause("0,0 stands for \"not known\"")
                    .action("read as missing"),
            ),
            Pair::Half(column) => findings.push(
                Finding::new("half-coordinates", Severity::Warn, record.at.clone())
                    .column(table.header.get(column).cloned().unwrap_or_default())
                    .cause("only one of the two coordinates is given")
                    .action("read as missing"),
            ),
            Pair::Text(columns) => {
                for column in columns {
                    findings.push(
                        Finding::new("coordinate-not-read", Severity::Warn, record.at.clone())
                            .column(table.header.get(column).cloned().unwrap_or_default())
                            .cell(record.cell(column))
                            .cause("text where a coordinate belongs")
                            .action("read as missing"),
                    );
                }
            }
        }
    }
    spot
}

/// The system of one row: its own where it names one and its numbers agree, else the file's.
fn row_crs(
    table: &Table,
    record: &Record,
    plan: &Plan,
    usual: &Crs,
    (x, y): (f64, f64),
    findings: &mut Vec<Finding>,
) -> Crs {
    let by_value = Crs::of_values(x, y);
    let Some(column) = plan.crs_column else {
        return usual.clone();
    };
    let label = record.cell(column).trim();
    let header = || table.header.get(column).cloned().unwrap_or_default();
    if super::cells::is_missing(label) {
        let crs = by_value.unwrap_or_else(|| usual.clone());
        findings.push(
            Finding::new("crs-row-missing", Severity::Warn, record.at.clone())
                .column(header())
                .cause("the row does not name its coordinate system")
                .action(format!("taken for {} by its numbers", crs.name())),
        );
        return crs;
    }
    let named = Crs::named(label);
    if let Crs::Other(name) = &named {
        findings.push(
            Finding::new("crs-row-unsupported", Severity::Warn, record.at.clone())
                .column(header())
                .cell(label)
                .cause(format!(
                    "the coordinate system {name} cannot be converted here"
                ))
                .action("the row is not placed by its coordinates; bring them in EPSG:4326"),
        );
        return named;
    }
    if let Some(by_value) = by_value.filter(|crs| *crs != named) {
        // Small Mercator numbers and grid numbers overlap: the label decides between those.
        let contradicts =
            named == Crs::Degrees || by_value == Crs::Degrees || named == Crs::British;
        if contradicts {
            findings.push(
                Finding::new("crs-contradicts", Severity::Repair, record.at.clone())
                    .column(header())
                    .cell(label)
                    .cause(format!(
                        "the label says {} but the numbers are {}",
                        named.name(),
                        by_value.name()
                    ))
                    .action(format!("read as {}", by_value.name())),
            );
            return by_value;
        }
    }
    if named != plan.usual
        && let Some(source) = plan.sources.first()
    {
        findings.push(
            Finding::new("crs-row", Severity::Repair, record.at.clone())
                .column(names(table, source))
                .cell(format!("{x},{y}"))
                .cause(format!(
                    "the row is in {}, most of the file in {}",
                    named.name(),
                    plan.usual.name()
                ))
                .action("converted by row"),
        );
    }
    named
}
