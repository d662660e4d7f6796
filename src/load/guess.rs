//! What a column that no field claims probably holds, from its name and its cells.

use super::Table;
use super::cells::{self, Style, is_missing};
use super::columns::{Columns, Kind};

/// Adds every unclaimed column to `all` under its header name, with the kind its name and cells
/// suggest; returns the names and kinds added.
pub(super) fn guess_kinds(
    table: &Table,
    columns: &Columns,
    all: &mut Columns,
) -> Vec<(String, Kind)> {
    let mut taken: Vec<bool> = (0..table.header.len())
        .map(|column| columns.claims(column))
        .collect();
    let mut guessed = Vec::new();
    for (column, header) in table.header.iter().enumerate() {
        if taken.get(column) != Some(&false) {
            continue;
        }
        let kind = guess(table, column, header);
        // A header that happens to be a field's name of another table must not shadow it.
        let name = format!("{header}\u{0}");
        all.claim(&name, kind, column, table, &mut taken);
        guessed.push((name, kind));
    }
    all.judge(table);
    guessed
}

fn guess(table: &Table, column: usize, header: &str) -> Kind {
    let filled: Vec<&str> = table
        .records
        .iter()
        .map(|record| record.cell(column))
        .filter(|cell| !is_missing(cell))
        .take(200)
        .collect();
    let style = Style::of(Kind::Number, header, filled.iter().copied());
    let share = |fits: &dyn Fn(&str) -> bool, of_ten: usize| {
        filled.iter().filter(|cell| fits(cell)).count() * 10 >= filled.len() * of_ten
    };
    let digits = |cell: &str| {
        cell.bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
    };
    let dated = share(
        &|cell| !digits(cell) && cells::date(cell, &style).value.is_some(),
        5,
    );
    let numeric = share(&|cell| cells::money(cell, &style).value.is_some(), 6);
    let measured = filled.iter().any(|cell| cells::states_unit(cell));
    let lower = header.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let says = |list: &[&str]| list.iter().any(|word| words.contains(word));
    if filled.is_empty() {
        Kind::Text
    } else if dated
        || says(&["date", "end", "start", "expiry", "break", "from", "until"])
            && share(&|cell| cells::date(cell, &style).value.is_some(), 5)
    {
        Kind::Date
    } else if measured && says(&["area", "size", "floor", "floorspace", "hectares", "acres"]) {
        Kind::Area
    } else if says(&[
        "code",
        "id",
        "ref",
        "number",
        "no",
        "phone",
        "telephone",
        "tel",
        "fax",
    ]) {
        Kind::Text
    } else if lower.contains('%') || says(&["percent", "percentage", "share", "occupied"]) {
        let read = |cell: &str| cells::share(cell, &style).value.is_some();
        if share(&read, 5) {
            Kind::Share
        } else {
            Kind::Text
        }
    } else if !numeric {
        Kind::Text
    } else if lower.contains('£')
        || says(&[
            "cost", "costs", "price", "value", "rent", "income", "gbp", "budget", "spend",
        ])
    {
        Kind::Money
    } else if share(&|cell| cells::number(cell, &style).value.is_some(), 9) {
        // A column of numbers with a few cells of text among them.
        Kind::Number
    } else {
        Kind::Text
    }
}
