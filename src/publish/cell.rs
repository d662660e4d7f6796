//! A record as every file sees it: named cells, of which an audience sees some.

use super::audience::Audience;
use super::fields::field;
use crate::place::Location;
use serde_json::Value;

/// One cell. Numbers know how many decimals they are worth, so that files do not change with the
/// last bit of a sum.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Not known, or not for this audience.
    Null,
    /// An id, code or key: written as it is.
    Key(String),
    /// Words people wrote: guarded against spreadsheets.
    Text(String),
    /// A number with so many decimals.
    Number(f64, u8),
    /// A whole number.
    Whole(i64),
    /// Yes or no.
    Flag(bool),
}

impl Cell {
    pub(super) fn key(text: impl Into<String>) -> Self {
        Cell::Key(text.into())
    }

    pub(super) fn text(text: impl Into<String>) -> Self {
        Cell::Text(text.into())
    }

    /// Pounds and pence.
    pub(super) fn gbp(amount: f64) -> Self {
        Cell::Number(amount, 2)
    }

    /// Kilometres, to the metre.
    pub(super) fn km(distance: Option<f64>) -> Self {
        distance.map_or(Cell::Null, |km| Cell::Number(km, 3))
    }

    /// Square metres, to the decimetre.
    pub(super) fn m2(area: f64) -> Self {
        Cell::Number(area, 1)
    }

    /// People, or what a zone's demand counts.
    pub(super) fn people(count: f64) -> Self {
        Cell::Number(count, 1)
    }

    pub(super) fn count(count: usize) -> Self {
        Cell::Whole(i64::try_from(count).unwrap_or(i64::MAX))
    }

    pub(super) fn optional_key(text: Option<&str>) -> Self {
        text.map_or(Cell::Null, Cell::key)
    }

    pub(super) fn optional_text(text: Option<&str>) -> Self {
        text.map_or(Cell::Null, Cell::text)
    }

    /// As JSON; null stays null, and so does what is no number.
    pub(super) fn to_json(&self) -> Value {
        match self {
            Cell::Null => Value::Null,
            Cell::Key(text) | Cell::Text(text) => Value::from(text.as_str()),
            Cell::Number(number, decimals) => rounded(*number, *decimals)
                .and_then(serde_json::Number::from_f64)
                .map_or(Value::Null, Value::Number),
            Cell::Whole(number) => Value::from(*number),
            Cell::Flag(flag) => Value::from(*flag),
        }
    }

    /// As a CSV cell, before quoting; null is empty. Only words are guarded.
    pub(super) fn to_csv(&self) -> String {
        match self {
            Cell::Null => String::new(),
            Cell::Key(text) => text.clone(),
            Cell::Text(text) => super::csv_file::guard_text(text).into_owned(),
            Cell::Number(number, decimals) => rounded(*number, *decimals)
                .map_or_else(String::new, |n| format!("{n:.*}", usize::from(*decimals))),
            Cell::Whole(number) => number.to_string(),
            Cell::Flag(flag) => flag.to_string(),
        }
    }
}

impl Audience {
    /// A cell of a field as it may see it: counts of few people are left empty, others told in tens.
    pub(super) fn seen(&self, name: &str, cell: Cell) -> Cell {
        let counts_people = || field(name).is_some_and(|(_, _, unit, _)| *unit == "people");
        match cell {
            Cell::Number(people, _) if counts_people() && self.hides(people) => Cell::Null,
            Cell::Number(people, decimals) if counts_people() => {
                Cell::Number(self.told(people), decimals)
            }
            cell => cell,
        }
    }
}

/// Rounded to so many decimals, never minus zero; `None` where it is no number.
pub(super) fn rounded(number: f64, decimals: u8) -> Option<f64> {
    let scale = 10_f64.powi(i32::from(decimals));
    let value = (number * scale).round() / scale;
    value.is_finite().then_some(value + 0.0)
}

/// A record of one table or layer.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    cells: Vec<(String, Cell)>,
}

impl Record {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Adds a cell.
    pub(super) fn with(mut self, name: &str, cell: Cell) -> Self {
        self.cells.push((name.to_string(), cell));
        self
    }

    /// Adds longitude and latitude, and eastings and northings in Great Britain, under names that
    /// begin with `prefix`.
    pub(super) fn with_location(self, prefix: &str, at: Option<Location>, british: bool) -> Self {
        let degrees = |value: Option<f64>| value.map_or(Cell::Null, |v| Cell::Number(v, 7));
        let metres = |value: Option<f64>| value.map_or(Cell::Null, |v| Cell::Number(v, 1));
        let grid = at.filter(|_| british).and_then(national_grid);
        self.with(&format!("{prefix}lon"), degrees(at.map(Location::lon)))
            .with(&format!("{prefix}lat"), degrees(at.map(Location::lat)))
            .with(&format!("{prefix}easting"), metres(grid.map(|g| g.0)))
            .with(&format!("{prefix}northing"), metres(grid.map(|g| g.1)))
    }

    /// The cell of this name, as `audience` may see it in a record of `owner`'s.
    pub(super) fn cell(&self, name: &str, audience: &Audience, owner: Option<&str>) -> Cell {
        if !audience.sees(name, owner) {
            return Cell::Null;
        }
        let cell = self.cells.iter().find(|(known, _)| known == name);
        cell.map_or(Cell::Null, |(_, cell)| audience.seen(name, cell.clone()))
    }
}

/// How far the National Grid goes east and north, metres.
const EASTINGS: f64 = 700_000.0;
const NORTHINGS: f64 = 1_300_000.0;

/// Easting and northing on the National Grid (OSTN15), where the point lies inside it.
pub(super) fn national_grid(at: Location) -> Option<(f64, f64)> {
    lonlat_bng::convert_osgb36(at.lon(), at.lat())
        .ok()
        .filter(|(easting, northing)| {
            (0.0..=EASTINGS).contains(easting) && (0.0..=NORTHINGS).contains(northing)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_with_the_decimals_they_are_worth() {
        assert_eq!(Cell::gbp(1234.5).to_csv(), "1234.50");
        assert_eq!(Cell::gbp(-0.001).to_csv(), "0.00");
        assert_eq!(Cell::gbp(f64::NAN).to_json(), Value::Null);
        assert_eq!(Cell::km(Some(0.12345)).to_json(), Value::from(0.123));
    }

    #[test]
    fn a_point_in_norwich_has_its_grid_reference() {
        let at = Location::new(1.716_073_973, 52.658_007_833).expect("on Earth");
        let (easting, northing) = national_grid(at).expect("inside the grid");
        assert!((easting - 651_409.9).abs() < 1.0, "{easting}");
        assert!((northing - 313_177.3).abs() < 1.0, "{northing}");
        let paris = Location::new(2.35, 48.85).expect("on Earth");
        assert_eq!(national_grid(paris), None);
    }
}
