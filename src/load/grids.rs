//! Grids of other countries, which must be named and refused: the numbers of a Dutch or Irish grid
//! would be some place in Britain, those of a Swiss or German one some place in Web Mercator.
//!
//! What gives a grid away is, in this order: the names of the coordinate columns, the postcodes and
//! zone codes beside them, and the range of the numbers.

use super::cells::{is_missing, looks_british};
use super::crs::Crs;
use super::{Columns, Table, normalise};
use crate::place::{Finding, Severity};

/// Words in the name of a coordinate column, and the grid they mean.
const WORDS: [(&str, &str); 24] = [
    ("itm", "Irish Transverse Mercator (EPSG:2157)"),
    ("irishgrid", "Irish Grid (EPSG:29903)"),
    ("irish", "an Irish grid (EPSG:29903 or EPSG:2157)"),
    ("ig", "Irish Grid (EPSG:29903)"),
    ("ing", "Irish Grid (EPSG:29903)"),
    ("tm65", "Irish Grid (EPSG:29902)"),
    ("tm75", "Irish Grid (EPSG:29903)"),
    ("l93", "RGF93 / Lambert-93 (EPSG:2154)"),
    ("lambert93", "RGF93 / Lambert-93 (EPSG:2154)"),
    ("rgf93", "RGF93 / Lambert-93 (EPSG:2154)"),
    (
        "lambert",
        "a Lambert grid (EPSG:2154 in France, EPSG:31370 in Belgium)",
    ),
    ("utm", "a UTM zone"),
    ("gk", "Gauß-Krüger"),
    ("gauss", "Gauß-Krüger"),
    ("rechtswert", "Gauß-Krüger or UTM (Rechtswert, Hochwert)"),
    ("hochwert", "Gauß-Krüger or UTM (Rechtswert, Hochwert)"),
    (
        "ostwert",
        "a UTM zone or the Swiss grid (Ostwert, Nordwert)",
    ),
    ("rd", "the Dutch grid, RD New (EPSG:28992)"),
    ("rijksdriehoek", "the Dutch grid, RD New (EPSG:28992)"),
    ("lv95", "the Swiss grid, LV95 (EPSG:2056)"),
    ("lv03", "the Swiss grid, LV03 (EPSG:21781)"),
    ("mga", "Map Grid of Australia"),
    ("nztm", "New Zealand Transverse Mercator (EPSG:2193)"),
    ("stateplane", "a State Plane zone of the United States"),
];

/// The system that the name of a coordinate column gives away.
pub(super) fn named_by(header: &str) -> Option<Crs> {
    let words: Vec<String> = header
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(normalise)
        .collect();
    let whole = words.concat();
    let says = |word: &str| {
        words.iter().any(|own| {
            own == word
                || (word.len() >= 2
                    && own
                        .strip_prefix(['x', 'y'])
                        .is_some_and(|rest| rest == word))
        }) || (word.len() >= 5 && whole.contains(word))
    };
    if words.iter().any(|word| {
        matches!(word.as_str(), "bng" | "osgb" | "osgb36" | "27700") || word.starts_with("osgb")
    }) {
        return Some(Crs::British);
    }
    if whole.contains("mercator") && !whole.contains("transverse") || says("3857") {
        return Some(Crs::Mercator);
    }
    if let Some((_, grid)) = WORDS.iter().find(|(word, _)| says(word)) {
        return Some(Crs::Other((*grid).to_owned()));
    }
    // `X (EPSG:25832)`, `x_2154`.
    let code = words.iter().find(|word| {
        let digits = word.trim_start_matches("epsg");
        (digits.len() < word.len() || whole.contains("epsg"))
            && (4..=5).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    })?;
    Some(Crs::named(&format!(
        "EPSG:{}",
        code.trim_start_matches("epsg")
    )))
}

/// Why numbers in the range of the British grid are not of it: what stands beside them.
pub(super) fn not_british(table: &Table, columns: &Columns) -> Option<&'static str> {
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
    let northern_code = |cell: &str| {
        cell.len() == 9
            && cell.starts_with('N')
            && cell.bytes().skip(1).all(|byte| byte.is_ascii_digit())
    };
    if most(&postcodes, &northern) || most(&codes, &northern_code) {
        return Some(
            "Irish Grid (EPSG:29903) or Irish Transverse Mercator (EPSG:2157): its postcodes or codes are of Northern Ireland",
        );
    }
    let partly = |cell: &str| looks_british(cell) || outward(cell);
    if postcodes.len() >= 2 && !postcodes.iter().any(|cell| partly(cell)) {
        return Some(
            "not known: the numbers would fit the British grid, but no postcode beside them is British",
        );
    }
    None
}

/// Whether a cell begins like a British postcode: a letter or two, then a digit.
fn outward(cell: &str) -> bool {
    let letters = cell.len()
        - cell
            .trim_start_matches(|c: char| c.is_ascii_alphabetic())
            .len();
    (1..=2).contains(&letters) && cell.as_bytes().get(letters).is_some_and(u8::is_ascii_digit)
}

/// The error of a table whose coordinates cannot be converted. `name` is the system's, or says
/// that it is not stated; `degrees` where most numbers would be longitudes and latitudes: in a file
/// in metres the setting would leave every record without a place.
pub(super) fn refused(table: &Table, name: &str, degrees: bool) -> Finding {
    let finding = Finding::new("crs-unsupported", Severity::Error, table.whole()).cause(format!(
        "its coordinates cannot be converted: the system is {name}"
    ));
    if degrees {
        finding
            .action("convert the file first, to EPSG:4326 (`ogr2ogr -t_srs EPSG:4326 NEW OLD`); where its numbers are longitudes and latitudes after all, as their range says, add the line below")
            .setting(format!("crs = \"{}\"", Crs::Degrees.name()))
    } else {
        finding.action(format!("convert the file first, to EPSG:4326 (`ogr2ogr -t_srs EPSG:4326 NEW OLD`), and name the new one in place.toml; {READ}"))
    }
}

/// The systems that are read as they stand.
pub(super) const READ: &str = "longitudes and latitudes (EPSG:4326), British National Grid (EPSG:27700) and Web Mercator (EPSG:3857) are read as they are";

/// Grids whose range a pair of numbers fits, for the words of a refusal.
pub(super) fn fitting(x: f64, y: f64) -> String {
    let within = |low: f64, value: f64, high: f64| (low..=high).contains(&value);
    let boxes: [(&str, bool); 9] = [
        (
            "RGF93 / Lambert-93 (EPSG:2154)",
            within(0.0, x, 1.3e6) && within(6.0e6, y, 7.2e6),
        ),
        (
            "Irish Transverse Mercator (EPSG:2157)",
            within(4.0e5, x, 8.0e5) && within(5.0e5, y, 1.0e6),
        ),
        (
            "the Swiss grid, LV95 (EPSG:2056)",
            within(2.4e6, x, 2.9e6) && within(1.0e6, y, 1.4e6),
        ),
        (
            "Gauß-Krüger (EPSG:31466 to EPSG:31469)",
            within(2.4e6, x, 5.7e6) && within(5.1e6, y, 6.2e6),
        ),
        (
            "New Zealand Transverse Mercator (EPSG:2193)",
            within(1.0e6, x, 2.2e6) && within(4.7e6, y, 6.3e6),
        ),
        (
            "Krovak (EPSG:5514)",
            within(-9.1e5, x, -4.2e5) && within(-1.3e6, y, -9.0e5),
        ),
        (
            "a UTM zone with its number in front",
            within(1.0e7, x, 6.1e7) && y > 0.0 && x > 2.1e7,
        ),
        (
            "a UTM zone",
            within(1.0e5, x, 9.0e5) && within(0.0, y, 1.0e7),
        ),
        (
            "Web Mercator (EPSG:3857)",
            x.abs() <= 20_037_509.0 && y.abs() <= 20_048_967.0,
        ),
    ];
    let names: Vec<&str> = boxes
        .iter()
        .filter(|(_, fits)| *fits)
        .map(|(name, _)| *name)
        .collect();
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
        let other = |header: &str, part: &str| match named_by(header) {
            Some(Crs::Other(name)) => assert!(name.contains(part), "{header}: {name}"),
            found => panic!("{header}: {found:?}"),
        };
        other("X_ITM", "2157");
        other("Irish Grid Easting", "29903");
        other("Coord X Lambert 93", "2154");
        other("x_l93", "2154");
        other("Rechtswert", "Gau");
        other("X (EPSG:25832)", "25832");
        other("xRD", "28992");
        assert_eq!(named_by("X_BNG"), Some(Crs::British));
        assert_eq!(named_by("Easting OSGB36"), Some(Crs::British));
        for header in ["Easting", "GeoX", "X", "longitude", "Record X", "Ward Y"] {
            assert_eq!(named_by(header), None, "{header}");
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
