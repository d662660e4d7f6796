//! Floor and land area, in whatever unit it is written.

use super::number::{note, parse, plain};
use super::{Note, Reading, Style, is_missing};
use crate::place::SquareMetres;

/// Square metres in each unit, by the letters and digits of its name.
const UNITS: [(&str, f64, &str); 32] = [
    ("m2", 1.0, "m2"),
    ("m²", 1.0, "m2"),
    ("sqm", 1.0, "m2"),
    ("sqmt", 1.0, "m2"),
    ("sqmtrs", 1.0, "m2"),
    ("sqmetres", 1.0, "m2"),
    ("sqmeters", 1.0, "m2"),
    ("squaremetres", 1.0, "m2"),
    ("squaremeters", 1.0, "m2"),
    ("squaremetre", 1.0, "m2"),
    ("metressquared", 1.0, "m2"),
    ("qm", 1.0, "m2"),
    ("mq", 1.0, "m2"),
    ("sqmetre", 1.0, "m2"),
    ("metrescarres", 1.0, "m2"),
    ("mètrescarrés", 1.0, "m2"),
    ("brm2", 1.0, "m2"),
    ("htm2", 1.0, "m2"),
    ("τμ", 1.0, "m2"),
    ("squarefoot", 0.092_903_04, "sq ft"),
    ("ha", 10_000.0, "ha"),
    ("hectare", 10_000.0, "ha"),
    ("hectares", 10_000.0, "ha"),
    ("ac", 4_046.856_422_4, "acre"),
    ("acre", 4_046.856_422_4, "acre"),
    ("acres", 4_046.856_422_4, "acre"),
    ("sqft", 0.092_903_04, "sq ft"),
    ("ft2", 0.092_903_04, "sq ft"),
    ("ft²", 0.092_903_04, "sq ft"),
    ("sf", 0.092_903_04, "sq ft"),
    ("squarefeet", 0.092_903_04, "sq ft"),
    ("km2", 1_000_000.0, "km2"),
];

/// Square metres in a unit, and what to call it.
pub(in crate::load) type AreaUnit = (f64, &'static str);

/// The unit that a text names.
pub(in crate::load) fn unit(text: &str) -> Option<AreaUnit> {
    let name: String = text
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == '²')
        .flat_map(char::to_lowercase)
        .collect();
    UNITS
        .iter()
        .find(|(unit, ..)| *unit == name)
        .map(|(_, factor, shown)| (*factor, *shown))
}

/// Square metres per unit a header names: `Floor area (sq ft)`, `LandAreaHa`, `size_m2`.
pub(super) fn unit_of_header(header: &str) -> Option<f64> {
    let lower = header.to_lowercase();
    let bracketed = lower
        .split_once(['(', '['])
        .and_then(|(_, rest)| rest.split([')', ']']).next())
        .and_then(unit);
    if let Some((factor, _)) = bracketed {
        return Some(factor);
    }
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric() && c != '²')
        .filter(|word| !word.is_empty())
        .collect();
    let last = words.last().and_then(|word| unit(word));
    let pair = words
        .len()
        .checked_sub(2)
        .and_then(|from| words.get(from..))
        .and_then(|pair| unit(&pair.concat()));
    pair.or(last).map(|(factor, _)| factor).or_else(|| {
        [
            ("sqft", 0.092_903_04),
            ("squarefeet", 0.092_903_04),
            ("hectare", 10_000.0),
            ("acre", 4_046.856_422_4),
            ("sqm", 1.0),
            ("sqmetres", 1.0),
        ]
        .iter()
        .find(|(word, _)| words.concat().contains(word))
        .map(|(_, factor)| *factor)
    })
}

/// Whether a cell names its unit.
pub(in crate::load) fn states_unit(cell: &str) -> bool {
    parse(before_bracket(cell), false).is_some_and(|parsed| unit(&parsed.rest).is_some())
}

/// `0.537 hectares (1.33 acres)`: the same figure again in brackets adds nothing.
fn before_bracket(cell: &str) -> &str {
    match cell.find('(') {
        Some(at) if at > 0 => cell.get(..at).unwrap_or(cell),
        _ => cell,
    }
}

/// Area in square metres. A unit in the cell wins over the header's; none at all means square
/// metres, except in a column where other cells name theirs: there it is asked for.
pub(in crate::load) fn area(cell: &str, style: &Style) -> Reading<SquareMetres> {
    if is_missing(cell) {
        return Reading::missing(cell);
    }
    let header = style.unit.unwrap_or(1.0);
    let (value, note) =
        if let Some(value) = plain(cell, style.decimal_comma).filter(|_| !style.mixed) {
            (value * header, None)
        } else {
            let Some(parsed) = parse(before_bracket(cell), style.decimal_comma) else {
                return not_read(cell, style);
            };
            if parsed.rest.is_empty() {
                if style.mixed && !parsed.about {
                    return Reading::doubted(Note::warn(
                        "unit-missing",
                        "no unit, in a column where other cells name theirs",
                        "read as missing; write the unit",
                    ));
                }
                let value = parsed.value * header;
                (value, note(&parsed, value, false))
            } else if let Some((factor, shown)) = unit(&parsed.rest) {
                let value = parsed.value * factor;
                let converted = (shown != "m2").then(|| {
                    Note::repair(
                        "unit-converted",
                        format!("stated in {shown}"),
                        format!("read as {value:.1} m2"),
                    )
                });
                (value, converted.or_else(|| note(&parsed, value, false)))
            } else {
                return not_read(cell, style);
            }
        };
    if value <= 0.0 || !value.is_finite() {
        let cause = if value == 0.0 {
            "an area of zero may stand for \"not known\""
        } else {
            "an area cannot be negative or endless"
        };
        return Reading::doubted(Note::warn("zero-area", cause, "read as missing"));
    }
    Reading {
        value: Some(SquareMetres(value)),
        note,
    }
}

/// As [`area`], in the unit that the row names in a column of its own. One in the cell wins.
pub(in crate::load) fn area_in(
    cell: &str,
    style: &Style,
    (factor, shown): AreaUnit,
) -> Reading<SquareMetres> {
    let style = Style {
        unit: Some(factor),
        mixed: false,
        ..style.clone()
    };
    let mut reading = area(cell, &style);
    if let Some(value) = reading
        .value
        .filter(|_| shown != "m2" && !states_unit(cell))
    {
        reading.note = Some(Note::repair(
            "unit-converted",
            format!("the row states its areas in {shown}"),
            format!("read as {:.1} m2", value.get()),
        ));
    }
    reading
}

fn not_read(cell: &str, style: &Style) -> Reading<SquareMetres> {
    // The words are those of any number: range, text.
    let reading = super::number(cell, style);
    Reading::doubted(reading.note.unwrap_or_else(|| {
        Note::warn(
            "number-not-read",
            "text where an area belongs",
            "read as missing",
        )
    }))
}
