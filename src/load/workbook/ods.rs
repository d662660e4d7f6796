//! `.ods`: read whole, once it is known that it does not unfold to more than can be borne.

use super::cell::said;
use super::choose::candidates;
use super::fault::Fault;
use super::sheet::Sheet;
use super::{archive, repeats};
use calamine::{DataType, Ods, Reader};
use std::io::Cursor;

pub(super) fn read(bytes: &[u8], wanted: Option<&str>) -> Result<Sheet, Fault> {
    repeats::check(&archive::part(bytes, "content.xml")?)?;
    let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(Fault::corrupt)?;
    let names = candidates(book.sheets_metadata(), wanted)?;
    let mut filled = Vec::new();
    for name in names {
        let range = book.worksheet_range(&name).map_err(Fault::corrupt)?;
        if !range.is_empty() || wanted.is_some() {
            filled.push((name, range));
        }
    }
    let mut filled = filled.into_iter();
    let Some((name, range)) = filled.next() else {
        return Err(Fault::no_sheet());
    };
    let mut sheet = Sheet::new(&name);
    let (top, left) = range.start().unwrap_or_default();
    for (row, cells) in (top..).zip(range.rows()) {
        for (column, cell) in (left..).zip(cells) {
            if !cell.is_empty() {
                sheet.add(row, column, said(cell))?;
            }
        }
    }
    sheet.name_others(filled.map(|(name, _)| name).collect());
    Ok(sheet)
}
