//! Columns of eastings and northings whose names say the grid as well: `X_UTM_ETRS89_H30`, `E (LV95)`,
//! `N_SWEREF99TM`, `IG_X`.

use super::cells::is_missing;
use super::coordinates::number;
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
    let known = (columns.get("easting"), columns.get("northing"));
    if known.0.is_some() && known.1.is_some() {
        return;
    }
    if let Some((x, y)) = twins(table, known, taken) {
        columns.claim(easting.name, easting.kind, x, table, taken);
        columns.claim(northing.name, northing.kind, y, table, taken);
        return;
    }
    if known.0.is_some() || known.1.is_some() {
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

/// Words for the two axes that stand beside each other.
const PAIRS: [(&str, &str); 9] = [
    ("x", "y"),
    ("e", "n"),
    ("east", "north"),
    ("easting", "northing"),
    ("este", "norte"),
    ("est", "nord"),
    ("ost", "nord"),
    ("oost", "noord"),
    ("o", "n"),
];

/// Two columns whose names are the same but for the axis, and whose cells can only be coordinates: `MAP_X` and
/// `MAP_Y`, `X-coördinaat` and `Y-coördinaat`, `Nord` and `Øst`.
fn twins(
    table: &Table,
    known: (Option<usize>, Option<usize>),
    taken: &[bool],
) -> Option<(usize, usize)> {
    let words: Vec<Vec<String>> = (table.header.iter())
        .map(|header| {
            let words = header.split(|c: char| !c.is_alphanumeric());
            let words = words.filter(|word| !word.is_empty());
            words.map(normalise).collect()
        })
        .collect();
    let may_be = |column: &usize, known: Option<usize>| match known {
        Some(known) => *column == known,
        None => taken.get(*column) == Some(&false),
    };
    let columns = 0..table.header.len();
    columns
        .clone()
        .filter(|x| may_be(x, known.0))
        .find_map(|x| {
            let own = words.get(x)?;
            let north = columns.clone().filter(|y| may_be(y, known.1)).find(|y| {
                let other = words.get(*y).map_or(&[] as &[String], Vec::as_slice);
                PAIRS.iter().any(|(east, north)| {
                    own.iter().filter(|word| word == east).count() == 1
                        && own.len() == other.len()
                        && own.iter().zip(other).all(
                            |(a, b)| {
                                if a == east { b == north } else { a == b }
                            },
                        )
                })
            })?;
            (places(table, x) && places(table, north)).then_some((x, north))
        })
}

/// Whether the first cells of a column can only be coordinates: metres by the thousand, or degrees with decimals.
fn places(table: &Table, column: usize) -> bool {
    let cells = table
        .records
        .iter()
        .map(|record| record.cell(column).trim());
    let filled: Vec<&str> = cells.filter(|cell| !is_missing(cell)).take(50).collect();
    let comma = filled.iter().filter(|cell| cell.contains(',')).count() * 2 > filled.len();
    let fits = |cell: &&&str| {
        let decimals = cell
            .rsplit_once(['.', ','])
            .map_or(0, |(_, tail)| tail.len());
        number(cell, comma)
            .is_some_and(|value| value.abs() >= 10_000.0 || (decimals >= 3 && value.abs() <= 180.0))
    };
    !filled.is_empty() && filled.iter().filter(fits).count() * 5 >= filled.len() * 4
}

/// Whether a name is of one axis alone: `Koordinate N`, which without its blank is the plural of the word.
pub(super) fn is_of_one(header: &str) -> bool {
    let mut words = header.split(|c: char| !c.is_alphanumeric());
    words.any(|word| matches!(word, "N" | "E" | "X" | "Y" | "n" | "e" | "x" | "y"))
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
