//! `.xlsx`: one sheet, cell by cell, so that a sheet that says it is huge costs nothing.

use super::cell::said;
use super::choose::candidates;
use super::fault::Fault;
use super::sheet::{Block, Sheet};
use calamine::{DataType, Reader, Xlsx};
use std::io::Cursor;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

pub(super) fn read(bytes: &[u8], wanted: Option<&str>) -> Result<Sheet, Fault> {
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(Fault::corrupt)?;
    let names = candidates(book.sheets_metadata(), wanted)?;
    let mut names = names.into_iter();
    for name in names.by_ref() {
        let mut sheet = read_sheet(&mut book, &name)?;
        if !sheet.is_empty() {
            let others = names.filter(|other| holds_anything(&mut book, other));
            sheet.name_others(others.collect());
            return Ok(sheet);
        }
        if wanted.is_some() {
            return Ok(sheet);
        }
    }
    Err(Fault::no_sheet())
}

fn read_sheet(book: &mut Book<'_>, name: &str) -> Result<Sheet, Fault> {
    let corrupt = |fault: calamine::XlsxError| Fault::corrupt(fault).on(name);
    let mut sheet = Sheet::new(name);
    let mut cells = book.worksheet_cells_reader(name).map_err(corrupt)?;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(corrupt)? {
        let (row, column) = cell.pos;
        if cell.formula.is_some() && cell.value.is_empty() {
            sheet.without_result(row, column);
        }
        sheet.add(row, column, said(&cell.value))?;
    }
    drop(cells);
    let blocks = book.merge_cells_by_sheet_name(name).map_err(corrupt)?;
    let blocks: Vec<Block> = blocks
        .iter()
        .map(|block| Block {
            first: block.start,
            last: block.end,
        })
        .collect();
    sheet.merge(&blocks)?;
    Ok(sheet)
}

/// Whether a sheet has a cell with something in it among its first ones.
fn holds_anything(book: &mut Book<'_>, name: &str) -> bool {
    let Ok(mut cells) = book.worksheet_cells_reader(name) else {
        return false;
    };
    (0..1_000).any(|_| matches!(cells.next_cell(), Ok(Some(cell)) if !cell.get_value().is_empty()))
}
