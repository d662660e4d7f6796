//! Columns of eastings and northings whose names say the grid as well: `X_UTM_ETRS89_H30`, `E (LV95)`,
//! `N_SWEREF99TM`, `IG_X`.

use super::headings::holds_numbers;
use super::projected::Projected;
use super::{Columns, Field, Table, normalise};

/// What people call the first axis, eastward, and the second.
const EAST: [&str; 12] = [
    "x",
    "e",
    "este",
    "easting",
    "eastings",
    "east",
    "est",
    "ost",
    "rw",
    "rechtswert",
    "ita",
    "oost",
];
const NORTH: [&str; 12] = [
    "y",
    "n",
    "norte",
    "northing",
    "northings",
    "north",
    "nord",
    "hw",
    "hochwert",
    "pohj",
    "pohjoinen",
    "noord",
];

/// Words that may stand beside an axis, whole.
const BESIDE: [&str; 41] = [
    "utm",
    "etrs",
    "etrs89",
    "wgs84",
    "wgs",
    "huso",
    "zone",
    "zona",
    "fuso",
    "h",
    "lambert",
    "l93",
    "lambert93",
    "rgf93",
    "l2e",
    "sweref",
    "sweref99",
    "sweref99tm",
    "tm",
    "tm35fin",
    "lv95",
    "lv03",
    "nztm",
    "mga",
    "gda94",
    "gda2020",
    "gk",
    "itm",
    "ig",
    "ing",
    "irish",
    "grid",
    "bng",
    "osgb",
    "osgb36",
    "rd",
    "epsg",
    "pt",
    "egsa87",
    "laea",
    "mp",
];

/// Words that name a coordinate and no grid.
const PLAIN: [&str; 15] = [
    "coord",
    "coords",
    "coordenada",
    "coordinate",
    "coordonnee",
    "coordinata",
    "koordinate",
    "koordinat",
    "koord",
    "de",
    "la",
    "pohjois",
    "centroide",
    "centroid",
    "centre",
];

/// Gives eastings and northings their columns where both are there and their cells are numbers.
pub(super) fn claim(table: &Table, fields: &[Field], columns: &mut Columns, taken: &mut [bool]) {
    let field = |name: &str| fields.iter().find(|field| field.name == name);
    let (Some(easting), Some(northing)) = (field("easting"), field("northing")) else {
        return;
    };
    if columns.has("easting") || columns.has("northing") {
        return;
    }
    let find = |axis: &[&str]| {
        (0..table.header.len()).find(|column| {
            taken.get(*column) == Some(&false)
                && table
                    .header
                    .get(*column)
                    .is_some_and(|header| is_axis(header, axis))
                && holds_numbers(table, *column)
        })
    };
    if let (Some(x), Some(y)) = (find(&EAST), find(&NORTH)) {
        columns.claim(easting.name, easting.kind, x, table, taken);
        columns.claim(northing.name, northing.kind, y, table, taken);
    }
}

/// Whether a name is an axis with nothing beside it but a grid.
fn is_axis(header: &str, axis: &[&str]) -> bool {
    let words: Vec<String> = header
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(normalise)
        .collect();
    // Portugal's M and P are axes only beside the name of its grid.
    let portuguese = words.iter().any(|word| word == "tm06");
    let own = if axis.contains(&"x") { "m" } else { "p" };
    let (mut axes, mut grids) = (0, 0);
    for word in &words {
        let bare = word.trim_end_matches(|c: char| c.is_ascii_digit());
        if axes == 0 && (axis.contains(&word.as_str()) || portuguese && word == own) {
            axes += 1;
        } else if BESIDE.contains(&word.as_str()) || (bare.len() > 1 && BESIDE.contains(&bare)) {
            grids += 1;
        } else if let Ok(number) = word.parse::<u16>() {
            // A year is no number of the register.
            let code = !(1900..2100).contains(&number) && number > 1_000;
            grids += usize::from(code && Projected::of_code(number).is_some());
        } else if !PLAIN.contains(&word.as_str()) && !is_zone(word) {
            return false;
        }
    }
    axes == 1 && grids > 0
}

/// `30N`, `33N`, `H30`, `30T`; `1km` and `100m` of a grid of cells.
fn is_zone(word: &str) -> bool {
    if matches!(word, "1km" | "100m" | "10km" | "500m" | "200m") {
        return true;
    }
    let digits = word.trim_matches(|c: char| c.is_ascii_alphabetic());
    word.len() <= 3
        && digits
            .parse::<u8>()
            .is_ok_and(|zone| (1..=60).contains(&zone))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_with_its_grid_is_known_and_nothing_else_is() {
        for header in [
            "X_UTM_ETRS89_H30",
            "COORD_X_UTM_30",
            "E (LV95)",
            "IG_X",
            "X_NZTM",
            "RW_GK34",
            "UTM32 Øst",
            "E_SWEREF99TM",
            "ETRS-TM35FIN itä",
            "Rechtswert (ETRS89/UTM 33N)",
            "x_2154",
            "M (PT-TM06)",
            "x_mp_1km",
        ] {
            assert!(is_axis(header, &EAST), "{header}");
            assert!(!is_axis(header, &NORTH), "{header}");
        }
        for header in [
            "Y_UTM_ETRS89_H30",
            "N (LV95)",
            "IG_Y",
            "HW_GK34",
            "UTM32 Nord",
            "N_SWEREF99TM",
            "ETRS-TM35FIN pohj",
            "P (PT-TM06)",
        ] {
            assert!(is_axis(header, &NORTH), "{header}");
        }
        for header in [
            "X",
            "Zone",
            "H",
            "Grid",
            "Tax year",
            "Room N",
            "E-mail",
            "N of desks",
            "M2",
            "Phase 2 N",
            "E 2023",
            "M 0",
            "N 12",
        ] {
            assert!(
                !is_axis(header, &EAST) && !is_axis(header, &NORTH),
                "{header}"
            );
        }
    }
}
