//! Which of several columns holds the name of a record: neither numbers nor what many records share.

use super::cells::is_missing;
use super::headings::holds_numbers;
use super::names::{find as first_of, known_as};
use super::{Field, Table, normalise};
use std::collections::BTreeSet;

/// The column of names: the likeliest by its heading, unless its cells are numbers, or say the same in most rows
/// while another column of names tells the rows apart. A column that is called `name` and nothing else is taken in
/// any case where there is no other.
pub(super) fn find(
    table: &Table,
    field: &Field,
    names: &[String],
    taken: &[bool],
) -> Option<usize> {
    let known = |column: &usize| {
        taken.get(*column) == Some(&false)
            && names.get(*column).is_some_and(|name| known_as(field, name))
    };
    let candidates: Vec<usize> = (0..table.header.len()).filter(known).collect();
    let mut free = taken.to_vec();
    for column in &candidates {
        if holds_numbers(table, *column)
            && let Some(free) = free.get_mut(*column)
        {
            *free = true;
        }
    }
    let Some(first) = first_of(field, names, &free) else {
        let called = |column: &usize| {
            let header = table.header.get(*column).map(|header| normalise(header));
            header.as_deref() == Some("name")
        };
        return candidates.into_iter().find(called);
    };
    let (distinct, filled) = distinct(table, first);
    if filled < 4 || distinct * 2 > filled {
        return Some(first);
    }
    candidates
        .into_iter()
        .filter(|column| free.get(*column) == Some(&false))
        .map(|column| (self::distinct(table, column).0, column))
        .filter(|(other, _)| *other > distinct * 2)
        .max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)))
        .map_or(Some(first), |(_, column)| Some(column))
}

/// How many different cells a column has among its filled ones, by its first rows.
fn distinct(table: &Table, column: usize) -> (usize, usize) {
    let filled = || {
        let cells = table.records.iter().map(|record| record.cell(column));
        cells.filter(|cell| !is_missing(cell)).take(2_000)
    };
    (filled().collect::<BTreeSet<_>>().len(), filled().count())
}
