//! `.ods`: read whole, once it is known that it does not unfold to more than can be borne.

use super::cell::said;
use super::choose::{LOOKED_AT, Likeness, candidates, likeliest};
use super::fault::Fault;
use super::sheet::Sheet;
use super::{archive, repeats};
use calamine::{Data, DataType, Ods, Range, Reader};
use std::io::Cursor;

pub(super) fn read(bytes: &[u8], wanted: Option<&str>) -> Result<Sheet, Fault> {
    repeats::check(&archive::part(bytes, "content.xml")?)?;
    let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(Fault::corrupt)?;
    let names = candidates(book.sheets_metadata(), wanted)?;
    let (mut filled, mut like) = (Vec::new(), Vec::new());
    for name in names {
        let range = book.worksheet_range(&name).map_err(Fault::corrupt)?;
        if !range.is_empty() || wanted.is_some() {
            like.push(Likeness::of(&filled_in(&name, &range, LOOKED_AT)?));
            filled.push((name, range));
        }
    }
    let Some(at) = likeliest(&like) else {
        return Err(Fault::no_sheet());
    };
    let (name, range) = filled.remove(at);
    let mut sheet = filled_in(&name, &range, usize::MAX)?;
    sheet.name_others(filled.into_iter().map(|(name, _)| name).collect());
    Ok(sheet)
}

/// A sheet of the first rows of a range.
fn filled_in(name: &str, range: &Range<Data>, most: usize) -> Result<Sheet, Fault> {
    let mut sheet = Sheet::new(name);
    let (top, left) = range.start().unwrap_or_default();
    for (row, cells) in (top..).zip(range.rows().take(most)) {
        for (column, cell) in (left..).zip(cells) {
            if !cell.is_empty() {
                sheet.add(row, column, said(cell))?;
            }
        }
    }
    Ok(sheet)
}
