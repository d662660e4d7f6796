//! Columns whose sums are for each square metre: never taken for sums of a whole building.

use super::cells::per_area;
use super::columns::Kind;
use super::names::known_as;
use super::{Columns, Field, Table, normalise};
use crate::place::{Finding, Severity};

/// The field of such sums.
pub(super) const RATE: &str = "running_gbp_m2";

/// Gives the running cost of a square metre its column, and keeps every other column of sums for each square metre
/// or square foot from all fields: a rent of 12 (£/sq ft) is no rent of £12.
pub(super) fn claim(
    table: &Table,
    fields: &[Field],
    columns: &mut Columns,
    taken: &mut [bool],
    findings: &mut Vec<Finding>,
) {
    // Where no field is money, none can take such a sum for its own.
    if !fields.iter().any(|field| field.kind == Kind::Money) {
        return;
    }
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
            // In a register it would have been a building's; elsewhere nobody looked for it.
            if field(RATE).is_none() {
                continue;
            }
            findings.push(
                not_used(table, header, Severity::Warn)
                    .cause(
                        "the heading says that its sums are for each square metre or square foot",
                    )
                    .action("not used; where they are a whole building's, name the column so"),
            );
        }
    }
}

/// Whether a column that a setting names for a field of whole sums has sums for each square metre: an error.
pub(super) fn refuses(
    table: &Table,
    field: &str,
    kind: Kind,
    column: usize,
    findings: &mut Vec<Finding>,
) -> bool {
    let header = table.header.get(column).map_or("", String::as_str);
    let refused = kind == Kind::Money && field != RATE && per_area(header).is_some();
    if refused {
        findings.push(
            not_used(table, header, Severity::Error)
                .cause(format!(
                    "its sums are for each square metre or square foot, and {field} is of a whole building"
                ))
                .action("multiply them by the area in a column of its own and name that"),
        );
    }
    refused
}

fn not_used(table: &Table, header: &str, severity: Severity) -> Finding {
    Finding::new("rate-not-used", severity, table.whole()).column(header)
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
