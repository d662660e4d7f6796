//! The numbers of a point as they stand in a record's cells.

use super::cells::{self, Style};
use super::crs::{grid_reference, square_of};
use super::{Columns, Record, Table, normalise, positions};
use crate::place::{Finding, Severity};

/// Which columns hold coordinates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// Two columns: x then y.
    Pair { x: usize, y: usize, degrees: bool },
    /// One column with both numbers.
    One { column: usize, latitude_first: bool },
}

/// A pair of numbers, or why there is none.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Pair {
    Found(f64, f64),
    /// An Ordnance Survey grid reference: British whatever the file says.
    Grid(f64, f64),
    /// Both cells blank, or words for "no value".
    Missing,
    /// 0,0: no place in the sea.
    Zero,
    /// The columns of the blank half.
    Half(usize),
    /// The columns whose text is no coordinate.
    Text(Vec<usize>),
}

/// Chooses the coordinate columns of a table, the likelier first.
pub(super) fn sources(table: &Table, columns: &Columns) -> Vec<Source> {
    let mut found = Vec::new();
    for (x, y, degrees) in [("lon", "lat", true), ("easting", "northing", false)] {
        if let (Some(x), Some(y)) = (columns.get(x), columns.get(y)) {
            found.push(Source::Pair { x, y, degrees });
        }
    }
    if !found.is_empty() {
        return found;
    }
    let lone = ["grid", "easting", "lon", "lat"]
        .iter()
        .find_map(|field| columns.get(field));
    let Some(column) = lone else {
        return found;
    };
    if holds_pairs(table, column) {
        let latitude_first = latitude_first(table, column);
        return vec![Source::One {
            column,
            latitude_first,
        }];
    }
    // `Map reference` holds the easting and the unnamed column beside it the northing.
    let next = column + 1;
    let unnamed = table.header.get(next) == Some(&format!("column {}", next + 1));
    let numbers = |column: usize| {
        let filled: Vec<&str> = cells_of(table, column);
        !filled.is_empty() && filled.iter().all(|cell| cells::number_like(cell).is_some())
    };
    if unnamed && numbers(column) && numbers(next) {
        found.push(Source::Pair {
            x: column,
            y: next,
            degrees: false,
        });
    }
    found
}

fn cells_of(table: &Table, column: usize) -> Vec<&str> {
    table
        .records
        .iter()
        .map(|record| record.cell(column))
        .filter(|cell| !cells::is_missing(cell))
        .take(50)
        .collect()
}

fn holds_pairs(table: &Table, column: usize) -> bool {
    let filled = cells_of(table, column);
    let pairs = filled
        .iter()
        .filter(|cell| matches!(split(cell), Pair::Found(..) | Pair::Grid(..)))
        .count();
    pairs > 0 && pairs * 2 >= filled.len()
}

/// Whether a column of degrees says `latitude, longitude`, as people write it, and not `longitude, latitude`
/// as WKT and GeoJSON do: what the numbers allow decides, then the heading, then custom.
fn latitude_first(table: &Table, column: usize) -> bool {
    let isles = |lat: f64, lon: f64| (49.0..=61.2).contains(&lat) && (-9.0..=2.2).contains(&lon);
    let mut votes = 0_i32;
    for cell in cells_of(table, column) {
        if positions::iso_6709(cell).is_some() || positions::lettered(cell).is_some() {
            return true;
        }
        let plain = cell
            .trim_start()
            .starts_with(|c: char| c.is_ascii_digit() || "-+(".contains(c));
        let Pair::Found(first, second) = split(cell) else {
            continue;
        };
        if !plain || first.abs() > 180.0 || second.abs() > 180.0 {
            return false;
        }
        let latitude = |first: f64, second: f64| second.abs() > 90.0 || isles(first, second);
        votes += i32::from(latitude(first, second)) - i32::from(latitude(second, first));
    }
    let heading = table
        .header
        .get(column)
        .map_or(String::new(), |name| normalise(name));
    match (votes, heading.find("lat"), heading.find("lon")) {
        (0, Some(lat), Some(lon)) => lat < lon,
        (votes, ..) => votes >= 0,
    }
}

/// Splits one cell into two numbers: parted by comma, semicolon, blank or slash; WKT points and
/// JSON arrays; grid references.
pub(super) fn split(cell: &str) -> Pair {
    if let Some((x, y)) = grid_reference(cell) {
        return Pair::Grid(x, y);
    }
    let position = positions::point(cell)
        .or_else(|| positions::iso_6709(cell))
        .or_else(|| positions::lettered(cell));
    if let Some((x, y)) = position {
        return Pair::Found(x, y);
    }
    let text = cell.trim();
    let inner = text
        .trim_start_matches(|c: char| c.is_alphabetic() || c == ' ' || c == '(' || c == '[')
        .trim_end_matches([')', ']', ' ']);
    let parts: Vec<&str> = inner
        .split([',', ';', ' ', '/', '|', '\t'])
        .filter(|part| !part.is_empty())
        .collect();
    if let [x, y] = parts.as_slice()
        && let (Ok(x), Ok(y)) = (x.parse::<f64>(), y.parse::<f64>())
        && x.is_finite()
        && y.is_finite()
    {
        return Pair::Found(x, y);
    }
    // `48,8566;2,3522`: decimal commas under another separator.
    for separator in [';', '|', '/'] {
        if let Some((x, y)) = inner.split_once(separator) {
            let number = |part: &str| part.trim().replace(',', ".").parse::<f64>().ok();
            if let (Some(x), Some(y)) = (number(x), number(y)) {
                return Pair::Found(x, y);
            }
        }
    }
    Pair::Text(Vec::new())
}

/// Reads a record's pair from a source.
pub(super) fn read(record: &Record, source: &Source, comma: bool) -> Pair {
    match *source {
        Source::One {
            column,
            latitude_first,
        } => {
            let cell = record.cell(column);
            if cells::is_missing(cell) {
                return Pair::Missing;
            }
            match split(cell) {
                Pair::Found(0.0, 0.0) => Pair::Zero,
                Pair::Found(lat, lon) if latitude_first => Pair::Found(lon, lat),
                Pair::Text(_) => Pair::Text(vec![column]),
                pair => pair,
            }
        }
        Source::Pair { x, y, .. } => {
            let (first, second) = (record.cell(x), record.cell(y));
            match (cells::is_missing(first), cells::is_missing(second)) {
                (true, true) => return Pair::Missing,
                (true, false) if number(second, comma).is_some() => return Pair::Half(x),
                (false, true) if number(first, comma).is_some() => return Pair::Half(y),
                _ => {}
            }
            match (number(first, comma), number(second, comma)) {
                (Some(x), Some(y)) if x == 0.0 && y == 0.0 => Pair::Zero,
                (Some(x), Some(y)) => Pair::Found(x, y),
                (a, b) => {
                    let bad = [(a, x), (b, y)];
                    Pair::Text(
                        bad.iter()
                            .filter(|(value, _)| value.is_none())
                            .map(|(_, column)| *column)
                            .collect(),
                    )
                }
            }
        }
    }
}

/// One coordinate: a number, with a hemisphere letter, or in degrees, minutes and seconds.
pub(super) fn number(cell: &str, comma: bool) -> Option<f64> {
    let cell = cell.trim();
    if let Ok(value) = cell.parse::<f64>() {
        return value.is_finite().then_some(value);
    }
    let style = Style {
        decimal_comma: comma,
        scale: 1.0,
        ..Style::default()
    };
    if let Some(value) = cells::number(cell, &style).value {
        return Some(value);
    }
    let upper = cell.to_uppercase();
    let south = upper.starts_with(['S', 'W']) || upper.ends_with(['S', 'W']);
    let letters = upper.chars().filter(|c| c.is_alphabetic()).count();
    if letters > 1
        || !upper
            .chars()
            .all(|c| c.is_ascii_digit() || "NSEWO°º'′’\"″”.,- ".contains(c))
    {
        return None;
    }
    let parts: Vec<f64> = upper
        .replace(',', ".")
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let value = match parts.as_slice() {
        [degrees] => *degrees,
        [degrees, minutes] if *minutes < 60.0 => degrees + minutes / 60.0,
        [degrees, minutes, seconds] if *minutes < 60.0 && *seconds < 60.0 => {
            degrees + minutes / 60.0 + seconds / 3600.0
        }
        _ => return None,
    };
    Some(if south || upper.starts_with('-') {
        -value
    } else {
        value
    })
}

/// Says where cells are references to squares of the British grid, and how far from its middle a place may be.
fn report_squares(table: &Table, column: usize, findings: &mut Vec<Finding>) -> bool {
    let squares: Vec<u32> = (table.records.iter())
        .filter_map(|record| square_of(record.cell(column)))
        .collect();
    if squares.len() * 2 <= cells_of(table, column).len() {
        return false;
    }
    let widest = squares.iter().max().copied().unwrap_or(1);
    let coarse = squares.iter().filter(|metres| **metres >= 100).count();
    if coarse > 0 {
        findings.push(
            Finding::new("grid-reference-coarse", Severity::Warn, table.whole())
                .column(table.header.get(column).cloned().unwrap_or_default())
                .cause(format!(
                    "{} of {} references are squares of 100 m or more, the widest of {widest} m",
                    coarse,
                    squares.len()
                ))
                .action(format!(
                    "the middle of each stands for the place, which may be {:.0} m away; bring finer coordinates where it matters",
                    f64::from(widest) * 0.71
                )),
        );
    }
    true
}

/// Says how a table's coordinates are stored where that is unusual.
pub(super) fn report(table: &Table, source: &Source, findings: &mut Vec<Finding>) {
    let name = |column: usize| table.header.get(column).cloned().unwrap_or_default();
    match *source {
        Source::One {
            column,
            latitude_first,
        } => {
            if report_squares(table, column, findings) {
                return;
            }
            let mut separators: Vec<String> = Vec::new();
            for record in &table.records {
                for mark in [", ", " , ", ",", ";", "/", " "] {
                    let cell = record.cell(column);
                    if cell.contains(mark) {
                        let shown = format!("`{}`", mark.trim());
                        let shown = if mark.trim().is_empty() {
                            "a blank".to_owned()
                        } else {
                            shown
                        };
                        if !separators.contains(&shown) {
                            separators.push(shown);
                        }
                        break;
                    }
                }
            }
            findings.push(
                Finding::new("coordinates-in-one-cell", Severity::Repair, table.whole())
                    .column(name(column))
                    .cause("both coordinates stand in one cell")
                    .action(format!(
                        "split at {}{}",
                        separators.join(", "),
                        if latitude_first {
                            ", latitude first"
                        } else {
                            ""
                        }
                    ))
                    .setting(format!("columns = {{ grid = \"{}\" }}", name(column))),
            );
        }
        Source::Pair { x, y, .. } => {
            if name(y) == format!("column {}", y + 1) {
                findings.push(
                    Finding::new("coordinate-column-unnamed", Severity::Warn, table.whole())
                        .column(name(y))
                        .cause(format!(
                            "`{}` holds one coordinate and the unnamed column beside it the other",
                            name(x)
                        ))
                        .action("taken for a pair")
                        .setting(format!(
                            "columns = {{ easting = \"{}\", northing = \"{}\" }}",
                            name(x),
                            name(y)
                        )),
                );
            }
        }
    }
}
