//! How many cells the rows and columns of an `.ods` unfold to. The format says "this cell 16,384 times,
//! this row a million times" in a few bytes, and its reader unfolds them all.

use super::fault::Fault;
use quick_xml::Reader;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};

/// Most cells of a workbook, unfolded; each takes some 50 bytes.
const MOST_CELLS: u64 = 8_000_000;

/// Refuses a workbook whose cells unfold to too many.
pub(super) fn check(content: &[u8]) -> Result<(), Fault> {
    if unfolded(content) > MOST_CELLS {
        return Err(Fault::too_big(format!(
            "its rows and columns repeat to more than {} million cells",
            MOST_CELLS / 1_000_000
        )));
    }
    Ok(())
}

/// A sheet on its way: every row is as wide as the widest, and blank rows count where others follow.
#[derive(Default)]
struct Extent {
    rows: u64,
    blank_rows: u64,
    widest: u64,
    /// Of the row at hand: how often it stands, cells up to the last filled one, blank ones after it.
    times: u64,
    cells: u64,
    tail: u64,
}

impl Extent {
    fn row(&mut self, times: u64) {
        self.close_row();
        self.times = times;
    }

    fn cell(&mut self, times: u64, filled: bool) {
        self.tail = self.tail.saturating_add(times);
        if filled {
            self.cells = self.cells.saturating_add(std::mem::take(&mut self.tail));
        }
    }

    fn close_row(&mut self) {
        let (times, cells) = (
            std::mem::take(&mut self.times),
            std::mem::take(&mut self.cells),
        );
        self.tail = 0;
        if cells == 0 {
            self.blank_rows = self.blank_rows.saturating_add(times);
            return;
        }
        let before = std::mem::take(&mut self.blank_rows);
        self.rows = self.rows.saturating_add(before).saturating_add(times);
        self.widest = self.widest.max(cells);
    }

    fn area(mut self) -> u64 {
        self.close_row();
        self.rows.saturating_mul(self.widest)
    }
}

/// An upper bound of the cells of all sheets, read with the parser that will unfold them.
fn unfolded(content: &[u8]) -> u64 {
    let mut reader = Reader::from_reader(content);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.check_comments = false;
    let (mut total, mut sheet) = (0_u64, Extent::default());
    // Where the text breaks, whoever unfolds it stops too.
    while let Ok(event) = reader.read_event() {
        let (tag, is_empty) = match event {
            Event::Start(tag) => (tag, false),
            Event::Empty(tag) => (tag, true),
            Event::Eof => break,
            _ => continue,
        };
        match tag.name().as_ref() {
            "table:table-cell" | "table:covered-table-cell" => {
                let filled = !is_empty || holds_a_value(&tag);
                sheet.cell(repeated(&tag, "table:number-columns-repeated"), filled);
            }
            "table:table-row" => sheet.row(repeated(&tag, "table:number-rows-repeated")),
            "table:table" => total = total.saturating_add(std::mem::take(&mut sheet).area()),
            _ => {}
        }
    }
    total.saturating_add(sheet.area())
}

/// Whether a cell has a value or a formula among its attributes.
fn holds_a_value(cell: &BytesStart<'_>) -> bool {
    let mut attributes = cell.attributes();
    let attributes = attributes.with_checks(false);
    attributes.flatten().any(|one| {
        let name = one.key.local_name();
        let name = name.as_ref();
        name.ends_with("value") || name.ends_with("value-type") || name == "formula"
    })
}

/// The number of an attribute, 1 where it is absent; one that is no plain number, or stands there more than
/// once with different numbers, counts as the largest it could be.
fn repeated(tag: &BytesStart<'_>, name: &str) -> u64 {
    let mut attributes = tag.attributes();
    let attributes = attributes.with_checks(false);
    let named = attributes.flatten().filter(|one| one.key.as_ref() == name);
    let number = |one: Attribute<'_>| one.value.trim().parse().unwrap_or(u64::MAX);
    named.map(number).max().unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_cells_and_rows_are_multiplied_and_blank_ones_at_the_end_are_not() {
        let row = |times: u32, cells: &str| {
            format!(
                "<table:table-row table:number-rows-repeated=\"{times}\">{cells}</table:table-row>"
            )
        };
        let filled =
            "<table:table-cell office:value-type=\"string\"><text:p>a</text:p></table:table-cell>";
        let wide = "<table:table-cell table:number-columns-repeated='1000' office:value-type='float' office:value='1'/>";
        let blank = "<table:table-cell table:number-columns-repeated=\"16384\"/>";
        // Two rows of one cell; what follows is blank.
        let plain = row(2, &format!("{filled}{blank}")) + &row(1_048_574, blank);
        assert_eq!(unfolded(plain.as_bytes()), 2);
        // A million rows of a thousand cells.
        assert_eq!(unfolded(row(1_000_000, wide).as_bytes()), 1_000_000_000);
        // A cell after 16,384 blank ones.
        assert_eq!(
            unfolded(row(1, &format!("{blank}{filled}")).as_bytes()),
            16_385
        );
        assert!(check(row(1_000_000, wide).as_bytes()).is_err());
        let hidden =
            "<table:table-cell table:number-columns-repeated=\"&#57;9\" office:value='1'/>";
        assert_eq!(unfolded(row(1, hidden).as_bytes()), u64::MAX);
        // Sheets do not make each other wide.
        let sheets = format!(
            "<table:table a='b'>{}</table:table><table:table c='d'>{}</table:table>",
            row(1_000, filled),
            row(1, &format!("{blank}{filled}"))
        );
        assert_eq!(unfolded(sheets.as_bytes()), 1_000 + 16_385);
    }

    #[test]
    fn nothing_that_is_no_tag_hides_how_often_a_cell_stands() {
        let cell = "<table:table-cell x=\">\" table:number-columns-repeated=\"16384\" office:value=\"1\"/>";
        let row = |inside: &str| format!("<table:table-row>{inside}</table:table-row>");
        assert_eq!(unfolded(row(cell).as_bytes()), 16_384);
        let other = "<table:table-cell xtable:number-columns-repeated=\"1\" table:number-columns-repeated=\"500\" office:value=\"1\"/>";
        assert_eq!(unfolded(row(other).as_bytes()), 500);
        let remark = "<table:table-row table:number-rows-repeated=\"900\"><!-- > <table:table-row> --><![CDATA[<table:table-row>]]>\
                      <table:table-cell office:value=\"1\"/></table:table-row>";
        assert_eq!(unfolded(remark.as_bytes()), 900);
    }
}
