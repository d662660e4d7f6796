//! Units and thousands that a row above the column names, or a row of units below them, says of its columns.

use super::cells::{is_missing, scale_of_money, unit};
use super::delimited::RawRecord;
use crate::place::{Finding, RowRef, Severity};

/// Whether every cell is blank or a unit, and at least two are units.
pub(super) fn is_row_of_units<'a>(cells: impl Iterator<Item = &'a str>) -> bool {
    let mut units = 0_usize;
    for cell in cells {
        let plain: String = cell
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '(' | ')' | '[' | ']' | '.'))
            .flat_map(char::to_lowercase)
            .collect();
        match plain.as_str() {
            "" => {}
            "m" | "m2" | "m²" | "sqm" | "sqft" | "ft2" | "ha" | "hectares" | "km" | "£" | "£pa"
            | "£000" | "£000s" | "£k" | "£/m2" | "£m" | "€" | "t€" | "k€" | "$" | "$000" | "%"
            | "kwh" | "text" | "number" | "date" | "yes/no" | "y/n" | "dd/mm/yyyy" | "metres"
            | "degrees" | "years" | "months" | "select" | "fte" | "wte" | "no" => units += 1,
            _ if is_missing(cell) => {}
            _ => return false,
        }
    }
    units >= 2
}

/// Whether words change what figures mean: thousands of a sum, another unit of area than square metres.
fn changes_figures(words: &str) -> bool {
    let foreign = unit(words).is_some_and(|(square_metres, _)| square_metres != 1.0);
    scale_of_money(words) > 1.0 || foreign
}

/// Adds to the names what a row of groups above them or a row of units below them says: `Backlog` below
/// `Money £000s` is `Backlog (Money £000s)`. A group reaches to the next, and says nothing of a column that names its own
/// money or unit. Of a title nobody knows which columns it means: it is told.
pub(super) fn add(
    first: &[RawRecord],
    header: usize,
    names: &mut [String],
    file: &RowRef,
    findings: &mut Vec<Finding>,
) {
    let of_its_own: Vec<bool> = names.iter().map(|name| names_a_unit(name)).collect();
    let below = first.get(header + 1);
    if let Some(units) = below.filter(|row| is_row_of_units(row.cells.iter())) {
        for (name, cell) in names.iter_mut().zip(units.cells.iter()) {
            append(name, cell);
        }
    }
    for row in first.iter().take(header) {
        let filled = row.cells.iter().filter(|cell| !cell.trim().is_empty());
        if filled.count() < 2 {
            let title = row.cells.iter().find(|cell| changes_figures(cell));
            findings.extend(title.map(|title| in_title(title, row, file)));
            continue;
        }
        let mut group = "";
        for (at, name) in names.iter_mut().enumerate() {
            let own = row.cells.get(at).trim();
            if !own.is_empty() {
                group = own;
            }
            if !of_its_own[at] {
                append(name, group);
            }
        }
    }
}

/// Whether words name money or a unit of area.
fn names_a_unit(words: &str) -> bool {
    words.contains(['£', '€', '$', '¥', '₹']) || unit(words).is_some()
}

fn append(name: &mut String, said: &str) {
    if changes_figures(said) && !changes_figures(name) && !name.trim().is_empty() {
        *name = format!("{} ({})", name.trim(), said.trim());
    }
}

fn in_title(title: &str, row: &RawRecord, file: &RowRef) -> Finding {
    let at = RowRef {
        line: row.line,
        ..file.clone()
    };
    Finding::new("unit-in-title", Severity::Warn, at)
        .cell(title.chars().take(200).collect::<String>())
        .cause("a line above the table speaks of thousands, or of another unit of area, and not of which columns")
        .action("not applied: write it into the headings of the columns that are meant, such as `Value (£000)`")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::Cells;

    fn row(cells: &[&str]) -> RawRecord {
        RawRecord {
            cells: cells.iter().copied().collect::<Cells>(),
            ..RawRecord::default()
        }
    }

    fn names(rows: &[RawRecord], header: usize) -> (Vec<String>, usize) {
        let mut names: Vec<String> = rows[header].cells.iter().map(str::to_owned).collect();
        let mut findings = Vec::new();
        add(
            rows,
            header,
            &mut names,
            &RowRef::file("a.csv"),
            &mut findings,
        );
        (names, findings.len())
    }

    #[test]
    fn thousands_and_units_of_groups_and_of_rows_of_units_belong_to_the_names() {
        let rows = [
            row(&["", "Size", "", "Money £000s", ""]),
            row(&["Name", "GIA", "Site", "Running", "Rent (£)"]),
            row(&["", "sq ft", "ha", "£", "£"]),
            row(&["Hall", "9000", "0.4", "85", "12000"]),
        ];
        let (read, told) = names(&rows, 1);
        let expected = [
            "Name",
            "GIA (sq ft)",
            "Site (ha)",
            "Running (Money £000s)",
            "Rent (£)",
        ];
        assert_eq!((read, told), (expected.map(str::to_owned).to_vec(), 0));
    }

    #[test]
    fn a_title_that_speaks_of_thousands_is_told_and_applied_to_nothing() {
        let rows = [
            row(&["Statement of buildings (Rs. in lakhs)", "", ""]),
            row(&["Name", "Value", "Rent"]),
            row(&["Hall", "12.5", "45000"]),
        ];
        let (read, told) = names(&rows, 1);
        assert_eq!((read.concat(), told), ("NameValueRent".to_owned(), 1));
        let plain = [
            row(&["Register 2025", "", ""]),
            row(&["Name", "Value", "Rent"]),
        ];
        assert_eq!(names(&plain, 1).1, 0);
    }
}
