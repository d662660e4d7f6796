//! Floor and land area, in whatever unit it is written.

use super::number::{note, parse, plain};
use super::unit::{AreaUnit, unit};
use super::{Note, Reading, Style, is_missing};
use crate::place::SquareMetres;

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
