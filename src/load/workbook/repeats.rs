//! How many cells the rows and columns of an `.ods` unfold to. The format says "this cell 16,384 times,
//! this row a million times" in a few bytes, and its reader unfolds them all.

use super::fault::Fault;

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

/// An upper bound of the cells of all sheets.
fn unfolded(content: &[u8]) -> u64 {
    let (mut total, mut sheet) = (0_u64, Extent::default());
    for tag in Tags(content) {
        let cell = tag
            .strip_prefix(b"table:table-cell".as_slice())
            .or_else(|| tag.strip_prefix(b"table:covered-table-cell".as_slice()));
        if let Some(attributes) = cell {
            let blank = attributes.ends_with(b"/")
                && find(attributes, b"value").is_none()
                && find(attributes, b"formula").is_none();
            sheet.cell(
                repeated(attributes, b"table:number-columns-repeated"),
                !blank,
            );
        } else if let Some(attributes) = tag.strip_prefix(b"table:table-row".as_slice()) {
            sheet.row(repeated(attributes, b"table:number-rows-repeated"));
        } else if tag.starts_with(b"table:table ") {
            total = total.saturating_add(std::mem::take(&mut sheet).area());
        }
    }
    total.saturating_add(sheet.area())
}

/// What stands between `<` and `>`, in order.
struct Tags<'a>(&'a [u8]);

impl<'a> Iterator for Tags<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let open = self.0.iter().position(|byte| *byte == b'<')?;
        let rest = self.0.get(open + 1..)?;
        let close = rest
            .iter()
            .position(|byte| *byte == b'>')
            .unwrap_or(rest.len());
        self.0 = rest.get(close..).unwrap_or_default();
        rest.get(..close)
    }
}

fn find(text: &[u8], word: &[u8]) -> Option<usize> {
    text.windows(word.len()).position(|part| part == word)
}

/// The number of an attribute, 1 where it is absent; one that is no plain number counts as endless.
fn repeated(attributes: &[u8], name: &[u8]) -> u64 {
    let Some(at) = find(attributes, name) else {
        return 1;
    };
    let rest = attributes.get(at + name.len()..).unwrap_or_default();
    let value: Vec<u8> = rest
        .iter()
        .copied()
        .skip_while(|byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'"' | b'\''))
        .take_while(|byte| !matches!(byte, b'"' | b'\''))
        .collect();
    let number = std::str::from_utf8(&value).ok();
    number
        .and_then(|text| text.trim().parse().ok())
        .unwrap_or(u64::MAX)
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
}
