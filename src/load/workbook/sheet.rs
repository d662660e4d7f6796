//! A sheet: filled cells by row, blocks of merged cells, and what was odd about them.

use super::cell::Said;
use super::fault::Fault;
use crate::load::Cells;
use crate::load::delimited::RawRecord;
use crate::load::table::part_of;
use crate::place::{Finding, RowRef, Severity};
use std::collections::BTreeMap;

/// Most columns of a sheet, by the formats' own standards.
pub(super) const MOST_COLUMNS: u32 = 16_384;
/// Most cells of a sheet, blank ones up to the last filled column included.
const MOST_CELLS: usize = 20_000_000;
/// Most text of a sheet, bytes: one long text may be shown by every cell.
const MOST_TEXT: usize = 256 << 20;
/// Cells of one kind listed one by one before they are only counted.
const LISTED: usize = 20;

/// A block of merged cells, rows and columns from 0, both ends included.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    pub(super) first: (u32, u32),
    pub(super) last: (u32, u32),
}

/// A sheet as read.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    name: String,
    /// Filled cells by row and column, from 0.
    rows: BTreeMap<u32, BTreeMap<u32, (String, bool)>>,
    /// Columns up to the last filled one of any row.
    width: usize,
    text: usize,
    /// Sheets beside it that also hold something, where none was named.
    others: Vec<String>,
    errors: Vec<(u32, u32, String)>,
    without_result: Vec<(u32, u32)>,
    filled_down: Vec<(Block, String)>,
    not_filled: Vec<(Block, String)>,
}

impl Sheet {
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }

    pub(super) fn called(&self, file: &str) -> String {
        part_of(file, &self.name)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many rows hold anything.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn name_others(&mut self, others: Vec<String>) {
        self.others = others;
    }

    /// Adds a cell; one that says nothing is left out.
    pub(super) fn add(&mut self, row: u32, column: u32, said: Said) -> Result<(), Fault> {
        let (text, is_number) = match said {
            Said::Nothing => return Ok(()),
            Said::Words(text) => (text, false),
            Said::Number(text) => (text, true),
            Said::Error(error) => {
                self.errors.push((row, column, error));
                return Ok(());
            }
        };
        if column >= MOST_COLUMNS {
            return Err(Fault::corrupt("a cell lies beyond the last column").on(&self.name));
        }
        self.text += text.len();
        let cells = self.rows.entry(row).or_default();
        cells.insert(column, (text, is_number));
        self.width = self.width.max(column as usize + 1);
        // Every row becomes as wide as the widest.
        let area = self.rows.len().saturating_mul(self.width);
        if area > MOST_CELLS || self.text > MOST_TEXT {
            let millions = MOST_CELLS / 1_000_000;
            return Err(Fault::too_big(format!(
                "the sheet has more than {millions} million cells, or more than {} MB of text, by row {}",
                MOST_TEXT >> 20,
                row + 1
            ))
            .on(&self.name));
        }
        Ok(())
    }

    /// Notes a formula whose result the workbook does not hold.
    pub(super) fn without_result(&mut self, row: u32, column: u32) {
        self.without_result.push((row, column));
    }

    /// Words in a block that spans several rows belong to each of them; a number belongs to the first
    /// only, since nobody can say how it is shared out.
    pub(super) fn merge(&mut self, blocks: &[Block]) -> Result<(), Fault> {
        for block in blocks {
            if block.last.0 <= block.first.0 {
                continue;
            }
            let top = self.rows.get(&block.first.0);
            let Some((text, is_number)) = top.and_then(|row| row.get(&block.first.1)).cloned()
            else {
                continue;
            };
            if is_number {
                self.not_filled.push((*block, text));
                continue;
            }
            // Only rows that hold something: a block may run to the end of the sheet.
            let rows: Vec<u32> = self
                .rows
                .range(block.first.0 + 1..=block.last.0)
                .map(|(row, _)| *row)
                .collect();
            for row in &rows {
                self.add(*row, block.first.1, Said::Words(text.clone()))?;
            }
            if !rows.is_empty() {
                self.filled_down.push((*block, text));
            }
        }
        Ok(())
    }

    /// Its first rows, blank ones included, so that they count as they do on the screen.
    pub(super) fn head(&self, rows: usize) -> Vec<RawRecord> {
        let end = self.rows.keys().next_back().map_or(0, |last| last + 1);
        let first = self.rows.keys().next().map_or(0, |first| *first as usize);
        (0..end)
            .take(rows + first)
            .map(|row| match self.rows.get(&row) {
                Some(cells) => record(row, cells, self.width),
                None => record(row, &BTreeMap::new(), 0),
            })
            .collect()
    }

    /// Its records from a row on, as wide as the header at least.
    pub(super) fn records(self, first: usize, width: usize) -> impl Iterator<Item = RawRecord> {
        let first = u32::try_from(first).unwrap_or(u32::MAX);
        let rows = self.rows.into_iter();
        rows.filter(move |(row, _)| *row >= first)
            .map(move |(row, cells)| record(row, &cells, width))
    }

    /// Says what was odd about the sheet.
    pub(super) fn report(&self, file: &str, unnamed: bool, findings: &mut Vec<Finding>) {
        if unnamed && !self.others.is_empty() {
            findings.push(
                Finding::new("several-sheets", Severity::Warn, RowRef::file(file))
                    .column("sheet")
                    .cause(format!(
                        "the workbook has other sheets: {}",
                        self.others.join(", ")
                    ))
                    .action("the first that looks like a table is read; the line below settles it")
                    .setting(format!("sheet = {}", toml::Value::from(self.name.as_str()))),
            );
        }
        let at = |row: u32| RowRef {
            line: u64::from(row) + 1,
            ..RowRef::file(file)
        };
        let mut say =
            |code, severity, found: Vec<(u32, u32, String)>, cause: &str, action: &str| {
                let count = found.len();
                for (row, column, cell) in found.into_iter().take(LISTED) {
                    findings.push(
                        Finding::new(code, severity, at(row))
                            .column(format!("(column {})", letters(column)))
                            .cell(cell)
                            .cause(format!("{cause}, in cell {}{}", letters(column), row + 1))
                            .action(action),
                    );
                }
                if count > LISTED {
                    findings.push(
                        Finding::new(code, severity, RowRef::file(file))
                            .cause(format!(
                                "{cause}: {count} cells, of which {LISTED} are listed"
                            ))
                            .action(action),
                    );
                }
            };
        say(
            "cell-error",
            Severity::Warn,
            self.errors.clone(),
            "a formula came to an error",
            "read as blank; mend the formula and save the workbook again",
        );
        let open = self.without_result.iter();
        say(
            "formula-without-result",
            Severity::Warn,
            open.map(|(row, column)| (*row, *column, String::new()))
                .collect(),
            "a formula was never worked out",
            "read as blank; open the workbook in Excel or LibreOffice, save it, and bring it again",
        );
        let blocks = |found: &[(Block, String)]| {
            let cells = found.iter();
            cells
                .map(|(block, text)| (block.first.0, block.first.1, text.clone()))
                .collect()
        };
        say(
            "merged-cells",
            Severity::Repair,
            blocks(&self.filled_down),
            "a cell is merged over several rows",
            "its words are read in each of them",
        );
        say(
            "merged-number",
            Severity::Warn,
            blocks(&self.not_filled),
            "a number is merged over several rows",
            "read in the first row only; say in the file how it is shared out",
        );
    }
}

fn record(row: u32, cells: &BTreeMap<u32, (String, bool)>, width: usize) -> RawRecord {
    let last = cells
        .keys()
        .next_back()
        .map_or(0, |last| *last as usize + 1);
    let width = u32::try_from(width.max(last)).unwrap_or(MOST_COLUMNS);
    RawRecord {
        line: u64::from(row) + 1,
        cells: (0..width)
            .map(|column| cells.get(&column).map_or("", |(text, _)| text.as_str()))
            .collect::<Cells>(),
        open_quote: false,
    }
}

/// A column's letters, as spreadsheets call it: 0 is `A`, 26 is `AA`.
fn letters(column: u32) -> String {
    let mut name = Vec::new();
    let mut left = u64::from(column) + 1;
    while left > 0 {
        left -= 1;
        name.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or(0)));
        left /= 26;
    }
    name.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn columns_are_called_as_spreadsheets_call_them() {
        for (column, name) in [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (701, "ZZ"),
            (16_383, "XFD"),
        ] {
            assert_eq!(letters(column), name);
        }
    }
}
