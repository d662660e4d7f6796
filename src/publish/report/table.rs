//! A table of the page: records under headings, of which an audience sees what it may.

use super::super::audience::Audience;
use super::super::cell::{Cell, Record, rounded};
use super::super::edition::Issue;
use super::super::fields::field;
use super::words::{percent, said};
use crate::place::words::{pounds, whole};
use serde::Serialize;

/// A table as the template prints it.
#[derive(Debug, Serialize)]
pub(super) struct Table {
    id: String,
    caption: String,
    columns: Vec<Column>,
    rows: Vec<Row>,
    /// The file that holds the same, whole.
    twin: &'static str,
    /// How many rows there are in all, where only the first are printed.
    all: String,
    /// Whether rows are left out.
    cut: bool,
    /// Rows that stand folded away until they are asked for.
    folded: usize,
}

#[derive(Debug, Serialize)]
struct Column {
    label: &'static str,
    number: bool,
}

#[derive(Debug, Serialize)]
struct Row {
    /// The id of the building the row is about, where the map can show it.
    at: Option<String>,
    /// Whether it is shown only when all rows are.
    more: bool,
    cells: Vec<Shown>,
}

/// A cell in words, and the number it is sorted by.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(super) struct Shown {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    sort: Option<f64>,
}

/// A record, whose it is, and the building it is about.
pub(super) struct Entry<'a> {
    pub(super) record: Record,
    pub(super) owner: Option<&'a str>,
    pub(super) at: Option<String>,
    /// Whether it is shown at once; the others are folded away.
    pub(super) first: bool,
}

/// What a table is called, and what is in it.
pub(super) struct Layout {
    pub(super) id: &'static str,
    pub(super) caption: String,
    pub(super) twin: &'static str,
    /// Heading and field of each column.
    pub(super) columns: &'static [(&'static str, &'static str)],
}

/// Rows that a table of the page holds; its file holds all.
const MOST_ROWS: usize = 3_000;
/// Rows that are shown before anybody asks for more.
const FIRST_ROWS: usize = 40;

/// Makes a table; columns in which this audience sees nothing are left out, and so is a table of
/// nothing.
pub(super) fn table<'a>(
    issue: &Issue<'_>,
    layout: Layout,
    entries: impl Iterator<Item = Entry<'a>>,
) -> Option<Table> {
    let audience = &issue.edition.audience;
    let (mut rows, mut all, mut shown) = (Vec::new(), 0_usize, 0_usize);
    for entry in entries {
        all += 1;
        if rows.len() >= MOST_ROWS {
            continue;
        }
        let more = !entry.first || shown >= FIRST_ROWS;
        shown += usize::from(!more);
        let cells = cells(issue, &layout, &entry, audience);
        let at = entry.at;
        rows.push(Row { at, more, cells });
    }
    if rows.is_empty() {
        return None;
    }
    // Where nothing is to be shown first, the first rows are.
    if shown == 0 {
        rows.iter_mut()
            .take(FIRST_ROWS)
            .for_each(|row| row.more = false);
    }
    let kept: Vec<usize> = (0..layout.columns.len())
        .filter(|at| rows.iter().any(|row| !row.cells[*at].text.is_empty()))
        .collect();
    for row in &mut rows {
        row.cells = kept.iter().map(|at| row.cells[*at].clone()).collect();
    }
    let columns = kept.iter().enumerate().map(|(place, at)| Column {
        label: layout.columns[*at].0,
        number: rows.iter().any(|row| row.cells[place].sort.is_some()),
    });
    Some(Table {
        id: layout.id.to_owned(),
        caption: layout.caption,
        columns: columns.collect(),
        twin: layout.twin,
        all: whole(all as f64),
        cut: all > rows.len(),
        folded: rows.iter().filter(|row| row.more).count(),
        rows,
    })
}

fn cells(issue: &Issue<'_>, layout: &Layout, entry: &Entry<'_>, audience: &Audience) -> Vec<Shown> {
    let columns = layout.columns.iter();
    columns
        .map(|(_, name)| {
            let cell = entry.record.cell(name, audience, entry.owner);
            shown(issue, name, &cell)
        })
        .collect()
}

/// A cell as people read it.
pub(super) fn shown(issue: &Issue<'_>, name: &str, cell: &Cell) -> Shown {
    let unit = field(name).map_or("", |(_, _, unit, _)| *unit);
    match cell {
        Cell::Null => Shown::default(),
        Cell::Key(code) => Shown::words(said(issue, name, code)),
        Cell::Text(text) => Shown::words(text.clone()),
        Cell::Number(number, decimals) => match rounded(*number, *decimals) {
            Some(number) => Shown {
                text: in_unit(number, unit),
                sort: Some(number),
            },
            None => Shown::default(),
        },
        Cell::Whole(number) => Shown {
            text: whole(*number as f64),
            sort: Some(*number as f64),
        },
        Cell::Flag(flag) => Shown::words(if *flag { "Yes" } else { "No" }.to_owned()),
    }
}

impl Shown {
    fn words(text: String) -> Self {
        Self { text, sort: None }
    }

    pub(super) fn text(self) -> String {
        self.text
    }
}

fn in_unit(number: f64, unit: &str) -> String {
    match unit {
        unit if unit.starts_with('£') => pounds(number),
        "km" => format!("{number:.2}").replace('-', "−"),
        "share" => percent(number),
        "number" | "ratio" => format!("{number:.2}"),
        _ => whole(number),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::Fixture;
    use super::*;

    #[test]
    fn numbers_are_written_in_the_unit_of_their_field_and_sorted_by_their_value() {
        let fixture = Fixture::six();
        let edition = fixture.edition();
        let issue = Issue::new(&edition);
        let saved = shown(&issue, "save_gbp_y", &Cell::gbp(-1_234.6));
        assert_eq!(
            (saved.text.as_str(), saved.sort),
            ("−£1,235", Some(-1_234.6))
        );
        assert_eq!(
            shown(&issue, "change_km", &Cell::km(Some(-0.5))).text,
            "−0.50"
        );
        assert_eq!(
            shown(&issue, "share_worse_off", &Cell::Number(0.25, 4)).text,
            "25.0 %"
        );
        assert_eq!(
            shown(&issue, "npv_gbp", &Cell::gbp(f64::NAN)),
            Shown::default()
        );
    }

    #[test]
    fn a_column_in_which_the_audience_sees_nothing_is_left_out() {
        let fixture = Fixture::six();
        let mut edition = fixture.edition();
        edition.audience = Audience::Public;
        let issue = Issue::new(&edition);
        let record = || {
            Record::new()
                .with("name", Cell::text("Hall"))
                .with("npv_gbp", Cell::gbp(5.0))
        };
        let entry = || Entry {
            record: record(),
            owner: None,
            at: None,
            first: true,
        };
        let layout = Layout {
            id: "t",
            caption: String::new(),
            twin: "t.csv",
            columns: &[("Name", "name"), ("Worth", "npv_gbp")],
        };
        let made = table(&issue, layout, std::iter::once(entry())).expect("a table");
        assert_eq!(made.columns.len(), 1);
        assert_eq!(made.rows[0].cells.len(), 1);
    }
}
