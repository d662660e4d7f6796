//! Cells that cannot be anything but a position, whatever their column is called: `POINT (-89.4 43.07)`,
//! `(43.07, -89.4)`, a point in GeoJSON, `+53.72000-001.85700/` (ISO 6709), `12.97° N, 77.59° E`.

use super::cells::is_missing;
use super::columns::Kind;
use super::coordinates::number;
use super::{Columns, Table};

/// Cells asked what a column holds.
const ASKED: usize = 50;

/// Gives the first free column of positions its field, before a name such as `Location` is believed.
pub(super) fn claim(table: &Table, columns: &mut Columns, taken: &mut [bool]) {
    let placed = ["grid", "lon", "lat", "easting", "northing"];
    if table.has_shapes || placed.iter().any(|field| columns.has(field)) {
        return;
    }
    let column = (0..table.header.len())
        .filter(|column| taken.get(*column) == Some(&false))
        .find(|column| {
            let cells = table.records.iter().map(|record| record.cell(*column));
            let mut filled = cells
                .filter(|cell| !is_missing(cell))
                .take(ASKED)
                .peekable();
            let Some(form) = filled.peek().and_then(|first| form(first)) else {
                return false;
            };
            filled.all(|cell| self::form(cell) == Some(form))
        });
    if let Some(column) = column {
        columns.claim("grid", Kind::Text, column, table, taken);
    }
}

/// The form of a position; which axis stands first follows from it, so that a column has but one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Well-known text or GeoJSON.
    Point,
    /// ISO 6709.
    Iso,
    /// `(43.07, -89.4)`.
    Brackets,
    /// `12.97° N, 77.59° E`.
    Lettered,
}

/// What a cell is as a position by its form alone; `None` where it may be anything else.
fn form(cell: &str) -> Option<Form> {
    let text = cell.trim();
    if point(text).is_some() {
        return Some(Form::Point);
    }
    if iso_6709(text).is_some() {
        return Some(Form::Iso);
    }
    if lettered(text).is_some() {
        return Some(Form::Lettered);
    }
    let (a, b) = text.strip_prefix('(')?.strip_suffix(')')?.split_once(',')?;
    let degrees = |part: &str, most: f64| {
        let part = part.trim();
        part.contains('.') && part.parse::<f64>().is_ok_and(|value| value.abs() <= most)
    };
    (degrees(a, 90.0) && degrees(b, 180.0)).then_some(Form::Brackets)
}

/// The numbers of a point in well-known text or in GeoJSON, x first.
pub(super) fn point(cell: &str) -> Option<(f64, f64)> {
    let text = cell.trim();
    let (x, y) = if text.starts_with('{') {
        let value: serde_json::Value = serde_json::from_str(text).ok()?;
        let at = (value.get("type")?.as_str()? == "Point").then(|| value.get("coordinates"))??;
        (at.get(0)?.as_f64()?, at.get(1)?.as_f64()?)
    } else {
        let text = match text.split_once(';') {
            Some((srid, rest)) if srid.to_ascii_uppercase().starts_with("SRID=") => rest,
            _ => text,
        };
        let (word, inner) = text.split_once('(')?;
        let word = word.trim().to_ascii_uppercase();
        if !matches!(
            word.as_str(),
            "POINT" | "POINT Z" | "POINTZ" | "POINT M" | "POINT ZM"
        ) {
            return None;
        }
        let mut numbers = inner.strip_suffix(')')?.split_whitespace();
        let mut next = || numbers.next()?.parse::<f64>().ok();
        (next()?, next()?)
    };
    (x.is_finite() && y.is_finite()).then_some((x, y))
}

/// Latitude and longitude of a position as ISO 6709 writes it: `+53.72-001.857/`, `+5343.2-00151.4/`,
/// `+534312-0015125+012.3/`.
pub(super) fn iso_6709(cell: &str) -> Option<(f64, f64)> {
    let text = cell.trim().trim_end_matches('/');
    let signed = |c: char| c == '+' || c == '-';
    if !text.starts_with(signed)
        || !text
            .chars()
            .all(|c| c.is_ascii_digit() || signed(c) || c == '.')
    {
        return None;
    }
    let second = 1 + text.get(1..)?.find(signed)?;
    let (latitude, rest) = text.split_at(second);
    let height = rest.get(1..)?.find(signed).map_or(rest.len(), |at| at + 1);
    let lat = angle(latitude, 2)?;
    let lon = angle(rest.get(..height)?, 3)?;
    (lat.abs() <= 90.0 && lon.abs() <= 180.0).then_some((lat, lon))
}

/// Latitude and longitude of a position whose numbers have the letters of their hemispheres: `12.97° N, 77.59° E`,
/// `E 77°35'24" N 12°58'12"`.
pub(super) fn lettered(cell: &str) -> Option<(f64, f64)> {
    let text = cell.trim().to_ascii_uppercase();
    let letters: Vec<usize> = text
        .char_indices()
        .filter(|(_, c)| c.is_alphabetic())
        .map(|(at, _)| at)
        .collect();
    let [first, second] = letters.as_slice() else {
        return None;
    };
    // The letter stands before both numbers or behind both.
    let cut = if *first == 0 { *second } else { first + 1 };
    let (one, two) = text.split_at_checked(cut)?;
    let angle = |part: &str| {
        let part = part.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '/'));
        part.contains(|c: char| c.is_ascii_digit())
            .then(|| number(part, false))?
    };
    let (a, b) = (angle(one)?, angle(two)?);
    let axis = |at: &usize| text.get(*at..at + 1);
    let (lat, lon) = match (axis(first)?, axis(second)?) {
        ("N" | "S", "E" | "W" | "O") => (a, b),
        ("E" | "W" | "O", "N" | "S") => (b, a),
        _ => return None,
    };
    (lat.abs() <= 90.0 && lon.abs() <= 180.0).then_some((lat, lon))
}

/// Degrees of so many digits, with minutes and seconds of two where they follow.
fn angle(text: &str, digits: usize) -> Option<f64> {
    let (sign, body) = text.split_at_checked(1)?;
    let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
    let last =
        |from: usize| -> Option<f64> { format!("{}.{fraction}0", whole.get(from..)?).parse().ok() };
    let part = |from: usize, to: usize| whole.get(from..to)?.parse::<f64>().ok();
    let value = match whole.len().checked_sub(digits)? {
        0 => last(0)?,
        2 => part(0, digits)? + last(digits)? / 60.0,
        4 => part(0, digits)? + part(digits, digits + 2)? / 60.0 + last(digits + 2)? / 3600.0,
        _ => return None,
    };
    Some(if sign == "-" { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_is_known_by_its_form() {
        for cell in [
            "POINT (-89.397 43.07)",
            "SRID=4326;POINT(-89.397 43.07)",
            "POINT Z (-89.397 43.07 12)",
            "(43.07, -89.397)",
            r#"{"type":"Point","coordinates":[-89.397,43.07]}"#,
            "+43.07000-089.39700/",
            "+4304-08923/",
            "+43.07-089.397+012.5/",
        ] {
            assert!(form(cell).is_some(), "{cell}");
        }
        for cell in [
            "(2019, 2021)",
            "+44 20 7946",
            "+44-20",
            "Point Road (East)",
            "12.5",
            "(a, b)",
            "-5.2",
            "",
        ] {
            assert!(form(cell).is_none(), "{cell}");
        }
    }

    #[test]
    fn numbers_with_the_letters_of_their_hemispheres_are_a_position() {
        for (cell, position) in [
            ("12.97 N, 77.59 E", (12.97, 77.59)),
            ("E 77.59 N 12.97", (12.97, 77.59)),
            ("23.55° S / 46.63° W", (-23.55, -46.63)),
            ("43°04'12\"N 89°24'0\"W", (43.07, -89.4)),
        ] {
            let (lat, lon) = lettered(cell).expect(cell);
            assert!((lat - position.0).abs() < 1e-9, "{cell}: {lat}");
            assert!((lon - position.1).abs() < 1e-9, "{cell}: {lon}");
        }
        for cell in [
            "12 N",
            "N 1 N 2",
            "E 12",
            "12 E 13 E",
            "Room 5, W 12",
            "N, E",
            "97 N, 12 E",
        ] {
            assert_eq!(lettered(cell), None, "{cell}");
        }
    }

    #[test]
    fn iso_6709_is_read_in_degrees_minutes_and_seconds() {
        assert_eq!(iso_6709("+53.72000-001.85700/"), Some((53.72, -1.857)));
        let (lat, lon) = iso_6709("+534312-0015125+012.3/").expect("a position");
        assert!(
            (lat - 53.72).abs() < 1e-6 && (lon + 1.856_944).abs() < 1e-6,
            "{lat} {lon}"
        );
        assert_eq!(iso_6709("+5330.6-00115/"), Some((53.51, -1.25)));
    }
}
