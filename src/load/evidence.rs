//! What stands beside coordinates and says whose grid they are in: postcodes, codes of zones, the columns of
//! British registers, the names of the axes, the money.

use super::cells::{is_missing, looks_british};
use super::crs::Crs;
use super::{Columns, Table, national, normalise};
use crate::place::Currency;

/// What stands beside numbers in the range of the British grid and speaks against it.
pub(super) struct NotBritish {
    /// What is known of the system, for a refusal.
    pub(super) why: &'static str,
    /// The grids of the country whose postcodes or codes stand there.
    pub(super) grids: &'static [u16],
}

impl NotBritish {
    /// The one grid of that country that the numbers lie in.
    pub(super) fn grid(&self, pairs: &[(f64, f64)]) -> Option<Crs> {
        national::among(self.grids, pairs).map(Crs::Projected)
    }
}

/// Cells asked about what a column holds.
const ASKED: usize = 2_000;

/// The filled cells of a column, by the first records that have one.
fn filled(table: &Table, column: usize) -> Vec<&str> {
    let cells = table
        .records
        .iter()
        .map(|record| record.cell(column).trim());
    cells.filter(|cell| !is_missing(cell)).take(ASKED).collect()
}

fn most(cells: &[&str], fits: impl Fn(&str) -> bool) -> bool {
    !cells.is_empty() && cells.iter().filter(|cell| fits(cell)).count() * 10 >= cells.len() * 8
}

/// Why numbers in the range of the British grid are not of it: what stands beside them.
pub(super) fn not_british(table: &Table, columns: &Columns) -> Option<NotBritish> {
    let of = |field: &str| {
        let column = columns.get(field);
        column.map_or_else(Vec::new, |column| filled(table, column))
    };
    let (postcodes, codes) = (of("postcode"), of("zone_id"));
    if most(&postcodes, |cell| northern(cell) || eircode(cell)) || most(&codes, northern_code) {
        return Some(NotBritish {
            why: "Irish Grid (EPSG:29903) or Irish Transverse Mercator (EPSG:2157): its postcodes or codes are Irish",
            grids: &[29903, 2157],
        });
    }
    if most(&postcodes, dutch) {
        return Some(NotBritish {
            why: "perhaps the Dutch grid, RD New (EPSG:28992): its postcodes are Dutch",
            grids: &[28992],
        });
    }
    let partly = |cell: &str| looks_british(cell) || outward(cell);
    if postcodes.len() >= 2 && !postcodes.iter().any(|cell| partly(cell)) {
        return Some(NotBritish {
            why: "not known: the numbers would fit the British grid, but no postcode beside them is British",
            grids: &[],
        });
    }
    None
}

/// Whether a table is certainly British: by its postcodes, property numbers, or the codes of its areas.
pub(super) fn british(table: &Table, columns: &Columns) -> bool {
    let holds = |field: &str, fits: &dyn Fn(&str) -> bool| {
        let column = columns.get(field);
        column.is_some_and(|column| most(&filled(table, column), fits))
    };
    holds("postcode", &|cell| looks_british(cell) || outward(cell))
        || holds("uprn", &|cell| {
            (5..=12).contains(&cell.len()) && cell.bytes().all(|byte| byte.is_ascii_digit())
        })
        || (0..table.header.len()).any(|column| {
            let first = table.records.iter().find_map(|record| {
                let cell = record.cell(column).trim();
                (!is_missing(cell)).then_some(cell)
            });
            first.is_some_and(area_code) && most(&filled(table, column), area_code)
        })
}

/// Whether the names of the axes and the money are those of Britain. No other country is ruled out by them.
pub(super) fn perhaps_british(headers: &[&str], currency: Option<Currency>) -> bool {
    let says = |header: &str| {
        let name = normalise(header);
        ["easting", "northing", "dwyreiniad", "gogleddiad"]
            .iter()
            .any(|word| name.contains(word))
            || matches!(name.as_str(), "east" | "north")
    };
    match currency {
        Some(money) => money == Currency::POUND,
        None => headers.iter().any(|header| says(header)),
    }
}

/// A code of the statistical offices of Britain: `E01005278`, `S01006506`, `W06000015`.
fn area_code(cell: &str) -> bool {
    cell.len() == 9
        && cell.starts_with(['E', 'W', 'S', 'K'])
        && cell.bytes().skip(1).all(|byte| byte.is_ascii_digit())
}

/// Whether a cell is a postcode of Northern Ireland.
fn northern(cell: &str) -> bool {
    let bytes = cell.as_bytes();
    matches!(bytes, [b'B' | b'b', b'T' | b't', digit, ..] if digit.is_ascii_digit())
}

/// `N20000001`, and `95AA01S1` of the areas of 2001.
fn northern_code(cell: &str) -> bool {
    let shape: String = cell
        .chars()
        .map(|c| match c.is_ascii_digit() {
            true => '9',
            false => c.to_ascii_uppercase(),
        })
        .collect();
    shape == "N99999999" || (cell.starts_with("95") && shape.get(4..) == Some("99S9"))
}

/// Whether a cell is an Irish postcode, `D08 RF3F`.
fn eircode(cell: &str) -> bool {
    let plain: Vec<u8> = cell.bytes().filter(|byte| *byte != b' ').collect();
    plain.len() == 7
        && plain.first().is_some_and(u8::is_ascii_alphabetic)
        && plain.get(1).is_some_and(u8::is_ascii_digit)
        && plain
            .get(2)
            .is_some_and(|c| c.is_ascii_digit() || c.eq_ignore_ascii_case(&b'W'))
        && plain.get(3).is_some_and(u8::is_ascii_alphabetic)
        && plain.iter().skip(4).all(u8::is_ascii_alphanumeric)
}

/// Whether a cell is a Dutch postcode, `1011 PN`.
fn dutch(cell: &str) -> bool {
    let plain: Vec<u8> = cell.bytes().filter(|byte| *byte != b' ').collect();
    plain.len() == 6
        && plain.iter().take(4).all(u8::is_ascii_digit)
        && plain.iter().skip(4).all(u8::is_ascii_alphabetic)
}

/// Whether a cell begins like a British postcode: a letter or two, then a digit.
fn outward(cell: &str) -> bool {
    let letters = cell.len()
        - cell
            .trim_start_matches(|c: char| c.is_ascii_alphabetic())
            .len();
    (1..=2).contains(&letters) && cell.as_bytes().get(letters).is_some_and(u8::is_ascii_digit)
}
