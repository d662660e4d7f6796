//! Zones of UTM and of the Map Grid of Australia: their datum, their number and their half of the earth.
//!
//! A datum we do not know is never taken for WGS84: a place of an old survey lies up to a few hundred metres
//! elsewhere. `30S` may be south of the equator, or the band of latitude that Andalusia lies in; `UTM 19` may be
//! Chile or Labrador. The numbers settle it where they can, and else nobody does.

use super::projected::Projected;

/// What the name of a zone was read as.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Zoned {
    Grid(Projected),
    /// The zone north of the equator, and the one south of it.
    Either(Projected, Projected),
}

impl Zoned {
    /// The one grid that is meant.
    pub(super) fn grid(self) -> Option<Projected> {
        match self {
            Zoned::Grid(grid) => Some(grid),
            Zoned::Either(..) => None,
        }
    }

    /// Both grids that may be meant, for a refusal.
    pub(super) fn either(self) -> Option<String> {
        match self {
            Zoned::Grid(_) => None,
            Zoned::Either(north, south) => Some(format!(
                "a UTM zone whose half of the earth is not said: `crs = \"{}\"` is north of the equator, `crs = \"{}\"` south of it",
                north.name(),
                south.name()
            )),
        }
    }
}

/// What a name says of the half of the earth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    North,
    South,
    /// `S` alone: the south, or a band of latitude north of the equator.
    LetterS,
    Unsaid,
}

/// Words in the name of a system beside those of its datum.
const WORDS: [&str; 40] = [
    "utm",
    "mga",
    "map",
    "grid",
    "of",
    "australia",
    "zone",
    "zona",
    "huso",
    "fuso",
    "fuseau",
    "sone",
    "zon",
    "north",
    "northern",
    "norte",
    "nord",
    "south",
    "southern",
    "sur",
    "sul",
    "sud",
    "hemisphere",
    "hemisferio",
    "universal",
    "transverse",
    "mercator",
    "projected",
    "coordinate",
    "coordinates",
    "reference",
    "system",
    "crs",
    "epsg",
    "esri",
    "datum",
    "metre",
    "metres",
    "meter",
    "meters",
];

/// Datums that lie within two metres of WGS84, and the few others we convert from.
const DATUMS: [&str; 21] = [
    "wgs", "world", "geodetic", "etrs", "euref", "nad", "csrs", "harn", "nsrs", "gda", "sirgas",
    "ed", "european", "itrf", "rgfg", "rgr", "rraf", "rgaf", "rgm", "regcan", "jgd",
];

/// Datums of old surveys, as headings name them.
const OLD: [&str; 38] = [
    "nad27",
    "nad1927",
    "sad69",
    "sad1969",
    "southamerican",
    "psad",
    "provisional",
    "corrego",
    "pulkovo",
    "tokyo",
    "arc19",
    "cape",
    "indian",
    "minna",
    "adindan",
    "clarke",
    "wgs72",
    "wgs1972",
    "luzon",
    "kertau",
    "timbalai",
    "inchauspe",
    "lacanoa",
    "afgooye",
    "lisbo",
    "ed79",
    "ed87",
    "bogota",
    "yacare",
    "aratu",
    "naparima",
    "merchich",
    "voirol",
    "nahrwan",
    "kalianpur",
    "agd66",
    "agd84",
    "amg",
];

/// The zone that the name of a system means.
pub(super) fn of_name(name: &str) -> Option<Zoned> {
    // What stands behind `+` is a system of heights.
    let name = name.split('+').next()?.to_lowercase();
    let known = name
        .split(|c: char| !c.is_alphabetic())
        .all(|word| word.chars().count() < 2 || WORDS.contains(&word) || DATUMS.contains(&word));
    if !known {
        return None;
    }
    zoned(&name, false, &[])
}

/// The zone that the name of a coordinate column means, with the numbers below it.
pub(super) fn of_heading(heading: &str, pairs: &[(f64, f64)]) -> Option<Zoned> {
    zoned(&heading.to_lowercase(), true, pairs)
}

fn zoned(lower: &str, heading: bool, pairs: &[(f64, f64)]) -> Option<Zoned> {
    let compact: String = lower.chars().filter(|c| c.is_alphanumeric()).collect();
    let says = |part: &str| compact.contains(part);
    let any = |parts: &[&str]| parts.iter().any(|part| says(part));
    let australian = any(&["mga", "mapgridofaustralia"]);
    if !(says("utm") || australian) || OLD.iter().any(|datum| says(datum)) {
        return None;
    }
    let word = |own: &str| {
        lower
            .split(|c: char| !c.is_alphabetic())
            .any(|word| word == own)
    };
    let (zone, half) = zone_of(lower, heading)?;
    let code = |base: u16| Projected::of_code(base + zone).map(Zoned::Grid);
    if any(&["gda2020", "mga2020"]) {
        code(7800)
    } else if says("gda") || australian {
        code(28300)
    } else if says("sirgas") {
        code(if half == Half::North { 31954 } else { 31960 })
    } else if any(&["etrs", "euref"]) {
        code(25800)
    } else if any(&["ed50", "ed1950", "european1950", "europeandatum1950"]) {
        code(23000)
    } else if any(&["nad83", "nad1983"]) {
        code(26900)
    } else if word("ed") || word("european") || word("nad") {
        // Of another year than those.
        None
    } else {
        // `WGS 84 / UTM zone 23S`, as the register writes it.
        let register = !heading && says("wgs") && says("zone");
        let half = match half {
            Half::LetterS if register => Half::South,
            half => settled(half, zone, pairs),
        };
        match half {
            Half::North => code(32600),
            Half::South => code(32700),
            _ => Some(Zoned::Either(
                Projected::of_code(32600 + zone)?,
                Projected::of_code(32700 + zone)?,
            )),
        }
    }
}

/// The half of the earth that a zone lies in, where its name leaves it open: by where there is land, and by the
/// northings. South of the equator they count from ten million down.
fn settled(half: Half, zone: u16, pairs: &[(f64, f64)]) -> Half {
    let within = |low: f64, high: f64| {
        let held = pairs
            .iter()
            .map(|(x, y)| x.abs().max(y.abs()))
            .filter(|northing| (low..high).contains(northing))
            .count();
        held > 0 && held * 10 >= pairs.len() * 8
    };
    let below = |high: f64| pairs.is_empty() || within(0.0, high);
    // Land between 50 and 60 degrees south.
    let far_south = matches!(zone, 18..=21 | 25 | 42 | 43 | 57..=60);
    match half {
        Half::LetterS if within(4.5e6, 1.0e7) => Half::South,
        Half::LetterS if within(3.4e6, 4.5e6) && !far_south => Half::North,
        // No land between 32 and 40 degrees north.
        Half::LetterS
            if pairs.is_empty() && matches!(zone, 1..=9 | 19 | 21..=24 | 27 | 55..=60) =>
        {
            Half::South
        }
        Half::Unsaid if matches!(zone, 8..=16 | 26..=36) && below(7.95e6) => Half::North,
        Half::Unsaid if matches!(zone, 37 | 38) && below(6.0e6) => Half::North,
        Half::Unsaid if within(9.4e6, 1.0e7) => Half::South,
        Half::Unsaid if within(0.0, if far_south { 3.4e6 } else { 4.4e6 }) => Half::North,
        half => half,
    }
}

/// The zone that a name states, and what the letter or word behind it says. Years in names of datums are none.
fn zone_of(lower: &str, heading: bool) -> Option<(u16, Half)> {
    let bytes = lower.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if !byte.is_ascii_digit() {
            at += 1;
            continue;
        }
        let digits = bytes
            .get(at..)?
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let end = at + digits;
        let before: String = lower
            .get(..at)?
            .chars()
            .rev()
            .skip_while(|c| matches!(c, ' ' | '_' | '-' | ':'))
            .take_while(char::is_ascii_alphabetic)
            .collect();
        // ED50, NAD27 and their kin, read backwards.
        let datum = ["de", "dan", "mutad", "naeporue"];
        let number: u16 = lower.get(at..end)?.parse().unwrap_or(0);
        if (1..=60).contains(&number) && !datum.contains(&before.as_str()) {
            return Some((number, half_of(lower.get(end..)?, heading)));
        }
        at = end;
    }
    None
}

/// What stands behind a zone's number. `UTM 19 Norte` above a column is a northing, and says nothing.
fn half_of(behind: &str, heading: bool) -> Half {
    let rest = behind.trim_start_matches([' ', '_', '-']);
    let apart = rest.len() < behind.len();
    let letters: String = rest.chars().take_while(char::is_ascii_alphabetic).collect();
    match letters.as_str() {
        "n" | "north" | "norte" | "nord" if heading && apart => Half::Unsaid,
        "n" | "north" | "norte" | "nord" => Half::North,
        "south" | "sur" | "sul" | "sud" => Half::South,
        "s" => Half::LetterS,
        "x" | "y" | "e" => Half::Unsaid,
        // A band of latitude: M and before are south of the equator. Spaniards write 30T.
        band if band.len() == 1 && band < "n" => Half::South,
        band if band.len() == 1 => Half::North,
        _ => Half::Unsaid,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(code: u16) -> Option<Zoned> {
        Projected::of_code(code).map(Zoned::Grid)
    }

    fn either(zone: u16) -> Option<Zoned> {
        let half = |base: u16| Projected::of_code(base + zone).expect("a grid");
        Some(Zoned::Either(half(32600), half(32700)))
    }

    #[test]
    fn a_zone_of_a_datum_that_is_not_known_is_never_one_of_wgs84() {
        for name in [
            "NAD_1927_UTM_Zone_17N",
            "NAD 27 / UTM 17N",
            "NAD27 / UTM zone 17N",
            "Arc_1960_UTM_Zone_37S",
            "Minna / UTM 31N",
            "Adindan / UTM 37N",
            "WGS 72 / UTM zone 31N",
            "Some Survey / UTM zone 31N",
            "ED79 / UTM zone 30N",
            "European Datum 1979 UTM 30",
        ] {
            assert_eq!(of_name(name), None, "{name}");
        }
        for heading in ["X UTM NAD 27 17N", "UTM31N_Minna_E", "Este PSAD56 UTM 19S"] {
            assert_eq!(of_heading(heading, &[]), None, "{heading}");
        }
        for (name, code) in [
            ("ED_1950_UTM_Zone_30N", 23030),
            ("European Datum 1950 UTM 30N", 23030),
            ("NAD_1983_UTM_Zone_17N", 26917),
            ("NAD83(CSRS) / UTM zone 17N", 26917),
            ("WGS_1984_UTM_Zone_30N", 32630),
            ("WGS_1984_UTM_Zone_36S", 32736),
            ("ETRS_1989_UTM_Zone_32N", 25832),
            ("ETRS89 / UTM zone 32N + DHHN2016 height", 25832),
            ("EUREF89 UTM sone 33", 25833),
            ("GDA_1994_MGA_Zone_55", 28355),
            ("GDA2020 MGA Zone 55", 7855),
            ("GDA 2020 MGA Zone 55", 7855),
            ("SIRGAS_2000_UTM_Zone_22S", 31982),
        ] {
            assert_eq!(of_name(name), grid(code), "{name}");
            assert!(grid(code).is_some(), "{name}");
        }
    }

    #[test]
    fn an_s_behind_a_zone_is_a_band_or_a_half_as_the_numbers_say() {
        assert_eq!(of_name("UTM 30S"), either(30));
        assert_eq!(of_name("UTM 23S"), grid(32723));
        assert_eq!(of_name("UTM huso 30T"), grid(32630));
        let at = |heading: &str, northing: f64| of_heading(heading, &[(440_000.0, northing)]);
        // Granada, and Johannesburg.
        assert_eq!(at("X UTM 30S", 4_114_000.0), grid(32630));
        assert_eq!(at("X UTM 35S", 7_100_000.0), grid(32735));
        // Virginia, or the Strait of Magellan.
        assert_eq!(at("UTM 18S E", 4_100_000.0), either(18));
        let both = either(30).and_then(Zoned::either).expect("both lines");
        assert!(
            both.contains("EPSG:32630") && both.contains("EPSG:32730"),
            "{both}"
        );
    }

    #[test]
    fn a_zone_without_a_letter_is_north_in_europe_and_asked_about_elsewhere() {
        assert_eq!(of_name("UTM 19"), either(19));
        assert_eq!(of_name("ETRS89 UTM 30"), grid(25830));
        assert_eq!(of_name("UTM 32"), grid(32632));
        let at = |heading: &str, northing: f64| of_heading(heading, &[(350_000.0, northing)]);
        // Santiago, or Quebec.
        assert_eq!(at("UTM 19 Este", 6_297_000.0), either(19));
        assert_eq!(at("UTM 19 Norte", 6_297_000.0), either(19));
        assert_eq!(at("UTM32 Øst", 6_200_000.0), grid(32632));
        assert_eq!(at("X UTM 33", 9_000_000.0), either(33));
        assert_eq!(at("X UTM 43", 3_100_000.0), grid(32643));
        assert_eq!(at("X UTM 24", 9_585_000.0), grid(32724));
    }
}
