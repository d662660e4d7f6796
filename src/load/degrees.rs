//! Longitudes and latitudes whose headings are the same but for the one word: `Länge` and `Breite`, `CENTLON` and
//! `CENTLAT`, `GPS долгота` and `GPS широта`. Many of these words also mean length and width, so the cells must be
//! degrees with decimals, or with their marks.

use super::cells::is_missing;
use super::coordinates::number;
use super::{Columns, Field, Table, normalise};

/// Longitude and latitude, normalised, the longer word before one that it holds.
const WORDS: [(&str, &str); 36] = [
    ("longitude", "latitude"),
    ("longitudine", "latitudine"),
    ("longitud", "latitud"),
    ("long", "lat"),
    ("lng", "lat"),
    ("lon", "lat"),
    ("laengengrad", "breitengrad"),
    ("langengrad", "breitengrad"),
    ("laenge", "breite"),
    ("lange", "breite"),
    ("lengtegraad", "breedtegraad"),
    ("lengte", "breedte"),
    ("længdegrad", "breddegrad"),
    ("laengdegrad", "breddegrad"),
    ("lengdegrad", "breddegrad"),
    ("lengdargrad", "breiddargrad"),
    ("pituusaste", "leveysaste"),
    ("pituus", "leveys"),
    ("pikkuskraad", "laiuskraad"),
    ("garums", "platums"),
    ("ilguma", "platuma"),
    ("dlugosc", "szerokosc"),
    ("delka", "sirka"),
    ("dlzka", "sirka"),
    ("hosszusag", "szelesseg"),
    ("dolzina", "sirina"),
    ("duzina", "sirina"),
    ("долгота", "широта"),
    ("довгота", "широта"),
    ("дължина", "ширина"),
    ("μηκος", "πλατος"),
    ("boylam", "enlem"),
    ("bujur", "lintang"),
    ("経度", "緯度"),
    ("经度", "纬度"),
    ("경도", "위도"),
];

/// Gives longitudes and latitudes their columns where both are there under such a pair of headings.
pub(super) fn claim(table: &Table, fields: &[Field], columns: &mut Columns, taken: &mut [bool]) {
    let field = |name: &str| fields.iter().find(|field| field.name == name);
    let (Some(lon), Some(lat)) = (field("lon"), field("lat")) else {
        return;
    };
    let (known_lon, known_lat) = (columns.get("lon"), columns.get("lat"));
    if known_lon.is_some() && known_lat.is_some() {
        return;
    }
    let names = |known: Option<usize>| -> Vec<(usize, String)> {
        let named = table.header.iter().map(|name| normalise(name)).enumerate();
        let free = |column| taken.get(column) == Some(&false);
        let may_be =
            |(column, _): &(usize, String)| known.map_or(free(*column), |it| it == *column);
        named.filter(may_be).collect()
    };
    let norths = names(known_lat);
    let pair = names(known_lon).iter().find_map(|(east, name)| {
        let twins = twins(name);
        let (north, _) = norths.iter().find(|(_, other)| twins.contains(other))?;
        let degrees = are_degrees(table, *east, 180.0) && are_degrees(table, *north, 90.0);
        degrees.then_some((*east, *north))
    });
    if let Some((east, north)) = pair {
        columns.claim(lon.name, lon.kind, east, table, taken);
        columns.claim(lat.name, lat.kind, north, table, taken);
    }
}

/// What the column of latitudes may be called beside one of longitudes of this name.
fn twins(name: &str) -> Vec<String> {
    let mut twins = Vec::new();
    for (lon, lat) in WORDS {
        for (at, _) in name.match_indices(lon) {
            let (before, after) = (&name[..at], &name[at + lon.len()..]);
            twins.push(format!("{before}{lat}{after}"));
            // `X_LONG` beside `Y_LAT`.
            if let Some(before) = before.strip_suffix('x') {
                twins.push(format!("{before}y{lat}{after}"));
            }
            if let Some(after) = after.strip_prefix('x') {
                twins.push(format!("{before}{lat}y{after}"));
            }
        }
    }
    twins
}

/// Whether the first cells of a column are degrees up to this: most with three decimals or more, or marked.
fn are_degrees(table: &Table, column: usize, most: f64) -> bool {
    let cells = table
        .records
        .iter()
        .map(|record| record.cell(column).trim());
    let filled: Vec<&str> = cells.filter(|cell| !is_missing(cell)).take(50).collect();
    let degrees = |cell: &&&str| {
        let comma = cell.contains(',') && !cell.contains('.');
        let decimals = |(_, tail): (&str, &str)| tail.bytes().filter(u8::is_ascii_digit).count();
        let fine = cell.contains('°') || cell.rsplit_once(['.', ',']).map_or(0, decimals) >= 3;
        fine && number(cell, comma).is_some_and(|value| value.abs() <= most)
    };
    filled.iter().filter(degrees).count() * 2 > filled.len()
}

#[cfg(test)]
mod tests {
    use super::super::aliases::BUILDING_FIELDS;
    use super::super::{TableOptions, read_bytes};
    use super::*;
    use std::collections::BTreeMap;

    fn found(text: &str) -> (Option<usize>, Option<usize>) {
        let (bytes, options) = (text.as_bytes().to_vec(), TableOptions::default());
        let mut findings = Vec::new();
        let table = read_bytes(bytes, "t.csv", &options, &mut findings, &mut Vec::new());
        let table = table.expect("it is readable");
        let columns = Columns::recognise(&table, BUILDING_FIELDS, &BTreeMap::new(), &mut findings);
        (columns.get("lon"), columns.get("lat"))
    }

    #[test]
    fn headings_that_differ_by_the_word_alone_are_a_pair() {
        for (lon, lat) in [
            ("Länge", "Breite"),
            ("Geogr. Länge", "Geogr. Breite"),
            ("længdegrad", "breddegrad"),
            ("CENTLON", "CENTLAT"),
            ("LongCentroid", "LatCentroid"),
            ("X_LONG", "Y_LAT"),
            ("Pituusaste", "Leveysaste"),
            ("долгота", "широта"),
            ("boylam", "enlem"),
        ] {
            let text = format!("Nr;{lon};{lat}\n1;13,4012;52,5201\n2;13,4120;52,5034\n");
            assert_eq!(found(&text), (Some(1), Some(2)), "{lon} {lat}");
        }
        let marked = "no,Länge,Breite\n1,\"13° 24' 0\"\" E\",\"52° 31' 0\"\" N\"\n";
        assert_eq!(found(marked), (Some(1), Some(2)));
    }

    #[test]
    fn a_length_and_a_width_are_no_place() {
        for row in ["1;20,5;12,4", "1;45;30", "1;1240,125;30,500"] {
            let text = format!("Nr;Länge;Breite\n{row}\n");
            assert_eq!(found(&text), (None, None), "{row}");
        }
    }
}
