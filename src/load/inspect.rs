//! One table looked at alone, without a `place.toml`: everything that could be said about it.

use super::cells::is_missing;
use super::columns::Kind;
use super::crowds::Crowds;
use super::guess::guess_kinds;
use super::{
    BUILDING_FIELDS, Columns, Field, LocateOptions, Located, OCCUPIER_FIELDS, POINT_FIELDS, Table,
    TableOptions, ZONE_FIELDS, grid, locate, outlines, read_table, settle_categories, settle_sites,
    settle_zones,
};
use crate::place::{Finding, Location, Rejected, Severity};
use geo::Contains;
use std::collections::BTreeMap;
use std::path::Path;

/// What a table is a list of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum TableKind {
    /// A property register.
    #[default]
    Buildings,
    /// Open points of a service.
    Points,
    /// Occupiers of buildings.
    Occupiers,
    /// Demand areas.
    Zones,
    /// A wide matrix: zones in rows, places in columns.
    Matrix,
}

/// What is known beside the table itself.
#[derive(Clone, Debug, Default)]
pub struct InspectOptions {
    /// As under `[[buildings]]` and its kin.
    pub table: TableOptions,
    /// Field to header name, as under `columns`.
    pub columns: BTreeMap<String, String>,
    /// Postcode centroids, by postcode without spaces in upper case.
    pub postcodes: BTreeMap<String, Location>,
    /// The study area, in WGS84: points outside are flagged.
    pub area: Option<geo::MultiPolygon<f64>>,
    /// Zones known from elsewhere, for a matrix.
    pub zones: Vec<String>,
    /// Places known from elsewhere, for a matrix.
    pub places: Vec<String>,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Inspection {
    /// Data records seen: neither headers nor blank rows, totals or notes.
    pub rows: u64,
    /// The records that can be used, tidied and with shapes in WGS84.
    pub table: Table,
    /// What its columns were recognised as.
    pub columns: Columns,
    /// Where each record of the table is.
    pub located: Vec<Located>,
    /// Everything noticed.
    pub findings: Vec<Finding>,
    /// Rows set aside or folded, whole.
    pub rejected: Vec<Rejected>,
}

/// Reads and judges one table alone. `name` is the file as findings call it.
///
/// # Errors
/// The one finding that says why nothing could be read, as [`read_table`].
pub fn inspect(
    path: &Path,
    name: &str,
    kind: TableKind,
    options: &InspectOptions,
) -> Result<Inspection, Box<Finding>> {
    let (mut findings, mut rejected) = (Vec::new(), Vec::new());
    let table = read_table(path, name, &options.table, &mut findings, &mut rejected)?;
    Ok(judge(table, kind, options, findings, rejected))
}

/// As [`inspect`], of a table that was already read, with what was noticed then.
pub fn judge(
    mut table: Table,
    kind: TableKind,
    options: &InspectOptions,
    mut findings: Vec<Finding>,
    mut rejected: Vec<Rejected>,
) -> Inspection {
    let seen = table.records.len() as u64
        + rejected.iter().filter(|row| row.code != "note-row").count() as u64;
    let fields: &[Field] = match kind {
        TableKind::Buildings => BUILDING_FIELDS,
        TableKind::Points => POINT_FIELDS,
        TableKind::Occupiers => OCCUPIER_FIELDS,
        TableKind::Zones => ZONE_FIELDS,
        TableKind::Matrix => &[],
    };
    let columns = Columns::recognise(&table, fields, &options.columns, &mut findings);
    match kind {
        TableKind::Buildings | TableKind::Points => {
            settle_sites(&mut table, &columns, &mut findings, &mut rejected);
        }
        TableKind::Zones => settle_zones(&mut table, &columns, &mut findings, &mut rejected),
        TableKind::Matrix => grid::settle_grid(
            &mut table,
            &options.zones,
            &options.places,
            &mut findings,
            &mut rejected,
        ),
        TableKind::Occupiers => {}
    }
    let totals = rejected
        .iter()
        .filter(|row| row.code == "total-row")
        .count() as u64;
    settle_categories(&mut table, &columns, fields, &mut findings);
    let placed = matches!(
        kind,
        TableKind::Buildings | TableKind::Points | TableKind::Zones
    );
    let located = if placed && has_places(&table, &columns) {
        let locating = LocateOptions {
            postcodes: options.postcodes.clone(),
            areas: kind == TableKind::Zones,
            ..LocateOptions::default()
        };
        let located = locate(&mut table, &columns, &locating, &mut findings);
        outside(&table, &columns, &located, options, &mut findings);
        if kind != TableKind::Zones {
            outlines::flag_neighbours(&table, &columns, &mut findings);
        }
        located
    } else {
        vec![None; table.records.len()]
    };
    if kind != TableKind::Matrix {
        read_cells(&table, &columns, fields, &mut findings);
    }
    Crowds::default().count(&mut findings);
    sort(&mut findings);
    Inspection {
        rows: seen - totals.min(seen),
        table,
        columns,
        located,
        findings,
        rejected,
    }
}

/// Whether a table says anything about where its records are. One that does not (a lookup, a table
/// of costs) is not blamed for it row by row.
fn has_places(table: &Table, columns: &Columns) -> bool {
    table.has_shapes
        || ["lon", "lat", "easting", "northing", "grid", "postcode"]
            .iter()
            .any(|field| columns.has(field))
}

fn outside(
    table: &Table,
    columns: &Columns,
    located: &[Located],
    options: &InspectOptions,
    findings: &mut Vec<Finding>,
) {
    let Some(area) = &options.area else {
        return;
    };
    let about = super::coordinates::sources(table, columns)
        .first()
        .map_or_else(
            || "geometry".to_owned(),
            |source| super::locate::names(table, source),
        );
    for (record, at) in table.records.iter().zip(located) {
        let Some((at, _)) = at else { continue };
        if !area.contains(&at.point()) {
            findings.push(
                Finding::new("outside-area", Severity::Warn, record.at.clone())
                    .column(about.clone())
                    .cell(format!("{},{}", at.lon(), at.lat()))
                    .cause("the point lies outside the study area")
                    .action("kept with that reason; never a candidate"),
            );
        }
    }
}

/// Reads every cell by what its column is, recognised or guessed, for the sake of the findings.
fn read_cells(table: &Table, columns: &Columns, fields: &[Field], findings: &mut Vec<Finding>) {
    let mut all = columns.clone();
    let guessed = guess_kinds(table, columns, &mut all);
    let known = fields
        .iter()
        .map(|field| (field.name.to_owned(), field.kind));
    for (name, kind) in known.chain(guessed) {
        let Some(column) = all.get(&name) else {
            continue;
        };
        for record in &table.records {
            match kind {
                Kind::Number => {
                    all.number(record, &name, findings);
                }
                Kind::Money => {
                    all.money(record, &name, findings);
                }
                Kind::Area | Kind::Land => {
                    all.area(record, &name, findings);
                }
                Kind::Share => {
                    all.share(record, &name, findings);
                }
                Kind::Date => {
                    all.date(record, &name, findings);
                }
                Kind::Dates => {
                    all.dates(record, &name, findings);
                }
                Kind::Uprn => {
                    all.uprn(record, &name, findings);
                }
                Kind::Postcode => {
                    all.postcode(record, &name, findings);
                }
                Kind::YesNo => {
                    all.yes_no(record, &name, findings);
                }
                Kind::Text | Kind::Code | Kind::Category => {
                    // A name that is none has its own finding.
                    let cell = record.cell(column);
                    if name != "name" && is_missing(cell) {
                        all.note_missing(record, &name, findings);
                    }
                }
                Kind::Coordinate => {}
            }
        }
    }
}

/// Findings in the order of the file: the whole file first, then row by row.
fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        (a.row.record, a.row.line, a.code, &a.column).cmp(&(
            b.row.record,
            b.row.line,
            b.code,
            &b.column,
        ))
    });
}
