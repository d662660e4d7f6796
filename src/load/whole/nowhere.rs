//! Tables whose records are nowhere: coordinates are there, and hardly one of them is a place. Each
//! row alone looks like a slip; all of them together are a wrong coordinate system or column.

use super::reading::Desk;
use crate::load::coordinates::{self, Pair};
use crate::load::crs::Crs;
use crate::load::{Columns, Located, Table, grids, locate, normalise};
use crate::place::words::counted;
use crate::place::{Finding, Location, Place, Severity};

/// Of so many records one may be placed, and the table still counts as not placed at all.
const HARDLY_ONE_IN: usize = 20;
/// From this many records on, coordinates that are missing throughout are a fault of the table.
const ENOUGH: usize = 3;

/// An error where hardly any record of a table could be placed, instead of what was said of each
/// row since `before`. `found_otherwise` where records that give no coordinates are of use all the
/// same. True where it was raised.
pub(super) fn check(
    table: &Table,
    columns: &Columns,
    places: &[Located],
    before: usize,
    found_otherwise: bool,
    findings: &mut Vec<Finding>,
) -> bool {
    let placed = places.iter().flatten().count();
    let sources = coordinates::sources(table, columns);
    if places.is_empty()
        || placed * HARDLY_ONE_IN > places.len()
        || (sources.is_empty() && !table.has_shapes)
    {
        return false;
    }
    let explained =
        |finding: &Finding| finding.severity == Severity::Error && finding.row.file == table.file;
    if findings.iter().skip(before).any(explained) {
        return true;
    }
    let comma = locate::comma_decimals(table, &sources);
    let numbers: Vec<(f64, f64)> = match sources.first() {
        Some(source) if !table.has_shapes => table
            .records
            .iter()
            .filter_map(|record| match coordinates::read(record, source, comma) {
                Pair::Found(x, y) => Some((x, y)),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    let about = match sources.first() {
        Some(source) if !table.has_shapes => locate::names(table, source),
        _ => "geometry".to_owned(),
    };
    let finding = Finding::new("nothing-located", Severity::Error, table.whole()).column(about);
    let finding = match numbers.first() {
        Some(first) => of_another_system(finding, table, *first, &numbers),
        // A building may be found by other means than its coordinates.
        None if places.len() < ENOUGH || found_otherwise => return false,
        None => finding
            .cause(format!(
                "hardly any of its {} records has coordinates that can be read",
                places.len()
            ))
            .action("bring the coordinates, or name the columns that hold them under columns; a table of postcodes ([[postcodes]]) places records by their postcode"),
    };
    let rows = ["outside-crs", "not-located"];
    let mut at = 0;
    findings.retain(|finding| {
        at += 1;
        at <= before || finding.row.file != table.file || !rows.contains(&finding.code)
    });
    findings.push(finding);
    true
}

/// The error of a register none of whose records has a place, with the columns that may hold coordinates.
pub(super) fn unplaced(table: &Table, columns: &Columns) -> Finding {
    let finding = Finding::new("nothing-located", Severity::Error, table.whole());
    let may: Vec<String> = (0..table.header.len())
        .filter(|column| !columns.claims(*column))
        .filter_map(|column| table.header.get(column))
        .filter(|header| names_a_coordinate(header))
        .map(|header| format!("`{header}`"))
        .collect();
    let cause = match may.as_slice() {
        [] => String::new(),
        may => format!(
            "; {} may hold them and {} not used",
            may.join(", "),
            if may.len() == 1 { "is" } else { "are" }
        ),
    };
    let by_postcode = match columns.header("postcode") {
        Some(postcode) => format!(
            "add a table of postcodes with their coordinates ([[postcodes]]), which places records by `{postcode}`"
        ),
        None => {
            "a table of postcodes ([[postcodes]]) places records that have a postcode".to_owned()
        }
    };
    finding
        .cause(format!(
            "none of its {} has coordinates that can be read, and no building of the place has a place without them{cause}",
            counted(table.records.len(), "record", "records")
        ))
        .action(format!(
            "name the columns that hold them under columns (`lon` and `lat`, `easting` and `northing`, or `grid` for both in one cell), or {by_postcode}"
        ))
}

/// Whether a heading has a word for a coordinate in it.
fn names_a_coordinate(header: &str) -> bool {
    const WHOLE: [&str; 22] = [
        "x", "y", "e", "n", "lat", "lon", "long", "lng", "gps", "geo", "grid", "map", "wkt",
        "location", "point", "shape", "nord", "ost", "norte", "este", "north", "east",
    ];
    const BEGUN: [&str; 8] = [
        "coord", "koord", "latit", "longit", "geom", "easting", "northing", "centroid",
    ];
    header.split(|c: char| !c.is_alphanumeric()).any(|word| {
        let word = normalise(word);
        WHOLE.contains(&word.as_str()) || BEGUN.iter().any(|begun| word.starts_with(begun))
    })
}

/// An error for each register without a place where no building of the place has one.
pub(super) fn settle(place: &Place, desk: &mut Desk) {
    let unplaced = std::mem::take(&mut desk.nowhere);
    if place
        .buildings
        .iter()
        .all(|building| building.location.is_none())
    {
        desk.findings.extend(unplaced);
    }
}

/// Numbers that are no place in the system the table is read in.
fn of_another_system(
    finding: Finding,
    table: &Table,
    (x, y): (f64, f64),
    numbers: &[(f64, f64)],
) -> Finding {
    let stated = table.crs.as_deref().map(Crs::named);
    let read_in = stated
        .as_ref()
        .map_or("the system it was taken for", Crs::name);
    let finding = finding.cell(format!("{x},{y}")).cause(format!(
        "hardly any of {} records with coordinates is a place in {read_in}: the numbers are those of another system",
        numbers.len()
    ));
    let fits = |crs: &Crs| {
        let places = |(x, y): &&(f64, f64)| {
            Crs::of_values(*x, *y).as_ref() == Some(crs) && crs.to_wgs84(*x, *y).is_some()
        };
        numbers.iter().filter(places).count() * 2 > numbers.len()
    };
    let other = [Crs::Degrees, Crs::British, Crs::Mercator]
        .into_iter()
        .find(|crs| stated.as_ref() != Some(crs) && fits(crs));
    match other {
        Some(crs) => finding
            .action(format!(
                "by their range they are {}: if they are, put the line below in place of the other",
                crs.name()
            ))
            .setting(format!("crs = \"{}\"", crs.name())),
        None if numbers.iter().all(|(x, y)| Location::new(*x, *y).is_none()) => finding.action(format!(
            "convert the file first, to EPSG:4326 (`ogr2ogr -t_srs EPSG:4326 NEW OLD`), or name the right crs; {}",
            grids::READ
        )),
        None => finding.action("check the coordinate columns, and name the right ones under columns"),
    }
}
