//! Grids that the names of coordinate columns or the codes of their cells give away, and the refusal of a table
//! whose system nobody knows. What else may tell is in [`unstated`](super::unstated).

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

/// The error of a table whose coordinates cannot be converted. `name` is the system's, or says that it is not
/// stated; `degrees` where most numbers would be longitudes and latitudes: in a file in metres the setting would
/// leave every record without a place. `choices` are the systems it may be, by number.
pub(super) fn refused(table: &Table, name: &str, degrees: bool, choices: &[u16]) -> Finding {
    let finding = Finding::new("crs-unsupported", Severity::Error, table.whole()).cause(format!(
        "its coordinates cannot be converted: the system is {name}"
    ));
    if degrees {
        return finding
            .action("convert the file first, to EPSG:4326 (`ogr2ogr -t_srs EPSG:4326 NEW OLD`); where its numbers are longitudes and latitudes after all, as their range says, add the line below")
            .setting(format!("crs = \"{}\"", Crs::Degrees.name()));
    }
    match choices {
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
}
