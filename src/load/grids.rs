//! Grids of other countries that nobody states: the numbers of a Dutch or Irish grid would be some place in
//! Britain, those of a Swiss or German one some place in Web Mercator.
//!
//! What gives a grid away is, in this order: the names of the coordinate columns, and the postcodes and zone
//! codes beside them. The range of the numbers alone does not: several grids fit, and the file is refused with
//! the lines to choose from.

use super::cells::{is_missing, looks_british};
use super::crs::Crs;
use super::national::{self, says};
use super::projected::Projected;
use super::utm::{self, Zoned};
use super::{Columns, Table, normalise};
use crate::place::{Finding, Severity};

/// Words in the name of a coordinate column that mean some grid, and what to call it where its numbers do not say
/// which.
const WORDS: [(&str, &str); 17] = [
    ("itm", "a national grid (ITM)"),
    ("irish", "an Irish grid (EPSG:29903 or EPSG:2157)"),
    ("l93", "RGF93 / Lambert-93 (EPSG:2154)"),
    (
        "lambert",
        "a Lambert grid (EPSG:2154 in France, EPSG:31370 in Belgium)",
    ),
    ("rgf93", "RGF93 / Lambert-93 (EPSG:2154)"),
    (
        "utm",
        "a UTM zone: EPSG:32600 and the zone north of the equator, EPSG:32700 and the zone south of it, or EPSG:25800 and the zone in ETRS89",
    ),
    ("gk", "Gauß-Krüger"),
    ("gauss", "Gauß-Krüger"),
    ("rechtswert", "Gauß-Krüger or UTM (Rechtswert, Hochwert)"),
    ("hochwert", "Gauß-Krüger or UTM (Rechtswert, Hochwert)"),
    (
        "ostwert",
        "a UTM zone or the Swiss grid (Ostwert, Nordwert)",
    ),
    ("rd", "the Dutch grid, RD New (EPSG:28992)"),
    ("lv95", "the Swiss grid, LV95 (EPSG:2056)"),
    ("lv03", "the Swiss grid, LV03 (EPSG:21781)"),
    (
        "mga",
        "Map Grid of Australia: EPSG:28300 and the zone in GDA94, EPSG:7800 and the zone in GDA2020",
    ),
    ("nztm", "New Zealand Transverse Mercator (EPSG:2193)"),
    ("stateplane", "a State Plane zone of the United States"),
];

/// The system that the name of a coordinate column gives away, with the numbers below it.
pub(super) fn named_by(header: &str, pairs: &[(f64, f64)]) -> Option<Crs> {
    let words: Vec<String> = header
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(normalise)
        .collect();
    let whole = words.concat();
    if words.iter().any(|word| {
        matches!(word.as_str(), "bng" | "osgb" | "osgb36" | "27700") || word.starts_with("osgb")
    }) {
        return Some(Crs::British);
    }
    if whole.contains("mercator") && !whole.contains("transverse") || says(header, "3857") {
        return Some(Crs::Mercator);
    }
    // `X (EPSG:25832)`, `x_2154`.
    let code = words.iter().find(|word| {
        let digits = word.trim_start_matches("epsg");
        (digits.len() < word.len() || whole.contains("epsg"))
            && (4..=5).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    if let Some(code) = code {
        return Some(Crs::named(&format!(
            "EPSG:{}",
            code.trim_start_matches("epsg")
        )));
    }
    let zoned = utm::of_heading(header, pairs);
    if let Some(both) = zoned.and_then(Zoned::either) {
        return Some(Crs::Other(both));
    }
    let grid = zoned
        .and_then(Zoned::grid)
        .or_else(|| national::by_words(header, pairs));
    if let Some(grid) = grid {
        return Some(Crs::Projected(grid));
    }
    WORDS
        .iter()
        .find(|(word, _)| says(header, word))
        .map(|(_, grid)| Crs::Other((*grid).to_owned()))
}

/// The system that codes of grid cells name, in the cells or above them: `CRS3035RES1000mN3274000E4550000`.
pub(super) fn named_by_codes(table: &Table, columns: &Columns) -> Option<Crs> {
    let column = columns.get("zone_id")?;
    let cell = table.records.first().map(|record| record.cell(column));
    [cell, table.header.get(column).map(String::as_str)]
        .into_iter()
        .flatten()
        .find_map(|text| {
            let lower = text.to_lowercase();
            let after = lower.split_once("crs")?.1;
            let (digits, _) = after.split_once("res")?;
            let code: u16 = digits.parse().ok()?;
            Projected::of_code(code).map(Crs::Projected)
        })
}

/// What stands beside numbers in the range of the British grid and speaks against it.
pub(super) struct NotBritish {
    /// What is known of the system, for a refusal.
    pub(super) why: &'static str,
    /// The grids of the country whose postcodes or codes stand there.
    grids: &'static [u16],
}

impl NotBritish {
    /// The one grid of that country that the numbers lie in.
    pub(super) fn grid(&self, pairs: &[(f64, f64)]) -> Option<Crs> {
        national::among(self.grids, pairs).map(Crs::Projected)
    }
}

/// Why numbers in the range of the British grid are not of it: what stands beside them.
pub(super) fn not_british(table: &Table, columns: &Columns) -> Option<NotBritish> {
    let filled = |field: &str| -> Vec<&str> {
        let Some(column) = columns.get(field) else {
            return Vec::new();
        };
        table
            .records
            .iter()
            .map(|record| record.cell(column).trim())
            .filter(|cell| !is_missing(cell))
            .take(2_000)
            .collect()
    };
    let most = |cells: &[&str], fits: &dyn Fn(&str) -> bool| {
        !cells.is_empty() && cells.iter().filter(|cell| fits(cell)).count() * 10 >= cells.len() * 8
    };
    let postcodes = filled("postcode");
    let codes = filled("zone_id");
    let northern = |cell: &str| {
        let mut bytes = cell.bytes();
        bytes
            .next()
            .is_some_and(|byte| byte.eq_ignore_ascii_case(&b'B'))
            && bytes
                .next()
                .is_some_and(|byte| byte.eq_ignore_ascii_case(&b'T'))
            && bytes.next().is_some_and(|byte| byte.is_ascii_digit())
    };
    // `N20000001`, and `95AA01S1` of the areas of 2001.
    let northern_code = |cell: &str| {
        let shape: String = cell
            .chars()
            .map(|c| {
                if c.is_ascii_digit() {
                    '9'
                } else {
                    c.to_ascii_uppercase()
                }
            })
            .collect();
        shape == "N99999999"
            || (cell.starts_with("95") && shape.starts_with("99") && shape.get(4..) == Some("99S9"))
    };
    if most(&postcodes, &|cell| northern(cell) || eircode(cell)) || most(&codes, &northern_code) {
        return Some(NotBritish {
            why: "Irish Grid (EPSG:29903) or Irish Transverse Mercator (EPSG:2157): its postcodes or codes are Irish",
            grids: &[29903, 2157],
        });
    }
    if most(&postcodes, &dutch) {
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

/// The error of a table whose coordinates cannot be converted. `name` is the system's, or says that it is not
/// stated; `degrees` where most numbers would be longitudes and latitudes: in a file in metres the setting would
/// leave every record without a place. `example` is a pair of its numbers, for the grids to choose from.
pub(super) fn refused(
    table: &Table,
    name: &str,
    degrees: bool,
    example: Option<(f64, f64)>,
) -> Finding {
    let finding = Finding::new("crs-unsupported", Severity::Error, table.whole()).cause(format!(
        "its coordinates cannot be converted: the system is {name}"
    ));
    if degrees {
        return finding
            .action("convert the file first, to EPSG:4326 (`ogr2ogr -t_srs EPSG:4326 NEW OLD`); where its numbers are longitudes and latitudes after all, as their range says, add the line below")
            .setting(format!("crs = \"{}\"", Crs::Degrees.name()));
    }
    let grids: Vec<u16> = example.map_or_else(Vec::new, |(x, y)| {
        national::fitting(x, y).map(|grid| grid.code).collect()
    });
    match grids.as_slice() {
        [] => finding.action(format!(
            "name the system in the table's block by its EPSG number, such as `crs = \"EPSG:25832\"`; {READ}; convert a file in any other first, to EPSG:4326 (`ogr2ogr -t_srs EPSG:4326 NEW OLD`)"
        )),
        [code] => finding
            .action("if it is that grid, put the line below into the table's block; else name the right one there by its EPSG number")
            .setting(format!("crs = \"EPSG:{code}\"")),
        several => {
            let lines: Vec<String> = several
                .iter()
                .map(|code| format!("`crs = \"EPSG:{code}\"`"))
                .collect();
            finding.action(format!(
                "put the line of the right one into the table's block: {}, or that of another EPSG number",
                lines.join(", ")
            ))
        }
    }
}

/// The systems that are read as they stand.
pub(super) const READ: &str = "longitudes and latitudes, the grids of Britain, Ireland and most other countries, every UTM zone and Web Mercator are converted";

/// Grids whose range a pair of numbers fits, for the words of a refusal.
pub(super) fn fitting(x: f64, y: f64) -> String {
    let within = |low: f64, value: f64, high: f64| (low..=high).contains(&value);
    let mut names: Vec<String> = national::fitting(x, y)
        .map(|grid| format!("{} (EPSG:{})", grid.name, grid.code))
        .collect();
    if within(1.0e5, x, 9.0e5) && within(0.0, y, 1.0e7) {
        names.push("a UTM zone".to_owned());
    }
    if x.abs() <= 20_037_509.0 && y.abs() <= 20_048_967.0 {
        names.push("Web Mercator (EPSG:3857)".to_owned());
    }
    if names.is_empty() {
        "unknown: its numbers fit no system we know".to_owned()
    } else {
        format!("not stated; its numbers fit {}", names.join(" or "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_name_may_give_its_grid_away() {
        let other = |header: &str, part: &str| match named_by(header, &[]) {
            Some(Crs::Other(name)) => assert!(name.contains(part), "{header}: {name}"),
            found => panic!("{header}: {found:?}"),
        };
        other("X Lambert 93", "2154");
        other("Rechtswert", "Gau");
        let grid = |header: &str, at: (f64, f64), code: &str| {
            let found = named_by(header, &[at]).map(|crs| crs.name().to_owned());
            assert_eq!(found.as_deref(), Some(code), "{header}");
        };
        grid("X_ITM", (715_830.0, 734_697.0), "EPSG:2157");
        grid("Irish Grid Easting", (316_000.0, 234_000.0), "EPSG:29903");
        grid("Coord X Lambert 93", (652_469.0, 6_862_035.0), "EPSG:2154");
        grid("x_l93", (652_469.0, 6_862_035.0), "EPSG:2154");
        grid("X (EPSG:25832)", (1.0, 1.0), "EPSG:25832");
        grid("X_UTM ETRS89 H30", (440_290.0, 4_474_257.0), "EPSG:25830");
        grid("xRD", (121_687.0, 487_315.0), "EPSG:28992");
        assert_eq!(named_by("X_BNG", &[]), Some(Crs::British));
        assert_eq!(named_by("Easting OSGB36", &[]), Some(Crs::British));
        for header in ["Easting", "GeoX", "X", "longitude", "Record X", "Ward Y"] {
            assert_eq!(named_by(header, &[]), None, "{header}");
        }
    }

    #[test]
    fn numbers_are_described_by_every_grid_they_fit() {
        assert!(fitting(652_000.0, 6_862_000.0).contains("2154"));
        assert!(fitting(2_600_000.0, 1_200_000.0).contains("2056"));
        assert!(fitting(715_830.0, 734_697.0).contains("2157"));
        assert!(fitting(1e12, 1.0).contains("unknown"));
    }
}
