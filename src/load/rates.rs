//! Columns whose sums are for each square metre: never taken for sums of a whole building.

use super::cells::per_area;
use super::names::known_as;
use super::{Columns, Field, Table, normalise};

/// The field of such sums.
const RATE: &str = "running_gbp_m2";

/// Gives the running cost of a square metre its column, and keeps every other column of sums for each square metre
/// or square foot from all fields: a rent of 12 (£/sq ft) is no rent of £12.
pub(super) fn claim(table: &Table, fields: &[Field], columns: &mut Columns, taken: &mut [bool]) {
    let field = |name: &str| fields.iter().find(|field| field.name == name);
    for (column, header) in table.header.iter().enumerate() {
        if taken.get(column) != Some(&false) || per_area(header).is_none() {
            continue;
        }
        if let (Some(rate), Some(sum)) = (field(RATE), field("running_gbp"))
            && !columns.has(RATE)
            && (known_as(rate, &normalise(header))
                || known_as(sum, &normalise(before_unit(header))))
        {
            columns.claim(rate.name, rate.kind, column, table, taken);
        } else if let Some(taken) = taken.get_mut(column) {
            *taken = true;
        }
    }
}

/// What stands before a heading's unit: `Running cost` of `Running cost (£/m2)`.
fn before_unit(header: &str) -> &str {
    let lower = header.to_lowercase();
    let at = [
        "(", "[", "£", "€", "$", " per ", "/", " je ", " pro ", " par ",
    ]
    .iter()
    .filter_map(|mark| lower.find(mark))
    .min();
    at.and_then(|at| header.get(..at)).unwrap_or(header)
}
