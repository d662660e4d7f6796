//! Units of area: what each is called, and which one a heading names.

use crate::load::names::narrow;

pub(in crate::load) const FOOT: f64 = 0.092_903_04;
const YARD: f64 = 0.836_127_36;
const ACRE: f64 = 4_046.856_422_4;
const TSUBO: f64 = 400.0 / 121.0;

/// Each unit: the square metres in it, what to call it, and the letters and digits of its names.
const UNITS: [(f64, &str, &[&str]); 8] = [
    (
        1.0,
        "m2",
        &[
            "m2",
            "m²",
            "sqm",
            "sqmt",
            "sqmts",
            "sqmtr",
            "sqmtrs",
            "sqmetre",
            "sqmetres",
            "sqmeter",
            "sqmeters",
            "squaremetre",
            "squaremetres",
            "squaremeter",
            "squaremeters",
            "metressquared",
            "meterssquared",
            "qm",
            "mq",
            "kvm",
            "quadratmeter",
            "vierkantemeter",
            "metrecarre",
            "metrescarres",
            "mètrescarrés",
            "metroquadrato",
            "metriquadrati",
            "metroquadro",
            "metrocuadrado",
            "metroscuadrados",
            "metroquadrado",
            "metrosquadrados",
            "brm2",
            "htm2",
            "τμ",
        ],
    ),
    (
        FOOT,
        "sq ft",
        &[
            "sqft",
            "sft",
            "sqfeet",
            "sqfoot",
            "sqfootage",
            "squareft",
            "squarefeet",
            "squarefoot",
            "squarefootage",
            "feetsquared",
            "ft2",
            "ft²",
            "sf",
            "gsf",
            "rsf",
            "nsf",
            "usf",
            "asf",
            "nasf",
            "pi2",
            "pi²",
            "piedcarre",
            "piedscarres",
            "piedscarrés",
        ],
    ),
    (
        YARD,
        "sq yd",
        &[
            "sqyd",
            "sqyds",
            "sqyard",
            "sqyards",
            "squareyard",
            "squareyards",
            "yd2",
            "yd²",
        ],
    ),
    (TSUBO, "tsubo", &["tsubo", "坪", "pyeong", "평"]),
    (ACRE, "acre", &["ac", "acre", "acres"]),
    (10_000.0, "ha", &["ha", "hectare", "hectares"]),
    (1_000_000.0, "km2", &["km2", "km²", "sqkm"]),
    (
        ACRE * 640.0,
        "sq mile",
        &["sqmile", "sqmiles", "squaremile", "squaremiles"],
    ),
];

/// Units in lower case and plain letters: `㎡` is one sign, and Finland's `k-m²` are square metres of floor, not
/// square kilometres.
fn in_letters(text: &str) -> String {
    let lower: String = text.to_lowercase().chars().map(narrow).collect();
    lower.replace('㎡', "m2").replace("k-m", "m")
}

/// Most words that name a unit together: `sq ft`, `m 2`.
const LONGEST: usize = 2;

/// Square metres in a unit, and what to call it.
pub(in crate::load) type AreaUnit = (f64, &'static str);

/// The unit that a text names.
pub(in crate::load) fn unit(text: &str) -> Option<AreaUnit> {
    let kept = |c: &char| c.is_alphanumeric() || *c == '²';
    let name: String = in_letters(text)
        .chars()
        .filter(kept)
        .flat_map(char::to_lowercase)
        .collect();
    UNITS
        .iter()
        .find(|(.., names)| names.contains(&name.as_str()))
        .map(|(factor, shown, _)| (*factor, *shown))
}

/// What to call the unit of so many square metres.
pub(in crate::load) fn unit_called(square_metres: f64) -> Option<&'static str> {
    let is = |unit: &&(f64, &'static str, &[&str])| (unit.0 - square_metres).abs() < 1e-9 * unit.0;
    UNITS.iter().find(is).map(|unit| unit.1)
}

/// Square metres in the unit that the words from here on begin with.
pub(super) fn begins_with_unit(words: &[String]) -> Option<f64> {
    let first = |count: usize| words.get(..count).and_then(|words| unit(&words.concat()));
    (1..=LONGEST)
        .rev()
        .find_map(first)
        .map(|(factor, _)| factor)
}

/// Square metres per unit a header names: `Floor area (sq ft)`, `LandAreaHa`, `size_m2`, `Square footage`.
pub(super) fn unit_of_header(header: &str) -> Option<f64> {
    let lower = in_letters(header);
    let in_brackets = lower
        .split_once(['(', '['])
        .and_then(|(_, rest)| rest.split([')', ']']).next());
    // Feet in Canada's French are shortened to two letters, which elsewhere are anything.
    let bracketed = in_brackets.and_then(|text| match text.trim() {
        "p.c." | "p.c" | "pi.ca." | "imperial" => Some(FOOT),
        text => unit(text).map(|(factor, _)| factor),
    });
    let words: Vec<String> = lower
        .split(|c: char| !c.is_alphanumeric() && c != '²')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let windows = || (0..words.len()).filter_map(|at| begins_with_unit(&words[at..]));
    // `BuildingSqFt` is one word: the longest name in it, of those that are part of no other word.
    let compact = words.concat();
    let inside = || {
        let all = UNITS
            .iter()
            .flat_map(|(factor, _, names)| names.iter().map(|name| (*factor, *name)));
        let tells = |name: &str| name.starts_with("sq") || name.len() > 4 || name == "acre";
        let found = all.filter(|(_, name)| tells(name) && compact.contains(name));
        found
            .max_by_key(|(_, name)| name.len())
            .map(|(factor, _)| factor)
    };
    bracketed.or_else(|| windows().next_back()).or_else(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_names_its_unit_of_area_in_many_ways() {
        for (heading, metres) in [
            ("Floor area (sq ft)", Some(FOOT)),
            ("Square Footage", Some(FOOT)),
            ("Kerrosala (k-m²)", Some(1.0)),
            ("Kerrosala k-m2", Some(1.0)),
            ("延床面積（㎡）", Some(1.0)),
            ("延床面積（ｍ２）", Some(1.0)),
            ("Plinth area (Sft)", Some(FOOT)),
            ("Building Square Footage", Some(FOOT)),
            ("Square Footage of Building", Some(FOOT)),
            ("Floor area (Sq. Feet)", Some(FOOT)),
            ("GIA (SQ FEET)", Some(FOOT)),
            ("NIA (sq. foot)", Some(FOOT)),
            ("Gross Area (GSF)", Some(FOOT)),
            ("GSF", Some(FOOT)),
            ("Usable SF", Some(FOOT)),
            ("GIA (Imperial)", Some(FOOT)),
            ("Superficie (pi²)", Some(FOOT)),
            ("Superficie (pi2)", Some(FOOT)),
            ("Superficie (p.c.)", Some(FOOT)),
            ("Area (sq yds)", Some(YARD)),
            ("Area (tsubo)", Some(TSUBO)),
            ("LandAreaHa", None),
            ("Land area, hectares", Some(10_000.0)),
            ("Site acreage (acres)", Some(ACRE)),
            ("size_m2", Some(1.0)),
            ("GIA m 2", Some(1.0)),
            ("GIA (000 sq m)", Some(1.0)),
            ("BuildingSqFt", Some(FOOT)),
            ("AreaSqMiles", Some(ACRE * 640.0)),
            ("AreaSqYd", Some(YARD)),
            ("AreaSqKm", Some(1_000_000.0)),
            ("Gross internal area", None),
            ("Asset name", None),
        ] {
            assert_eq!(unit_of_header(heading), metres, "{heading}");
        }
    }
}
