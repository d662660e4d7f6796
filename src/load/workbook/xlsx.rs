//! `.xlsx`: one sheet, cell by cell, so that a sheet that says it is huge costs nothing.

use super::cell::said;
use super::choose::{LOOKED_AT, Likeness, candidates, likeliest};
use super::fault::Fault;
use super::sheet::{Block, Sheet};
use calamine::{DataType, Reader, Xlsx};
use std::io::Cursor;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

pub(super) fn read(bytes: &[u8], wanted: Option<&str>) -> Result<Sheet, Fault> {
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(Fault::corrupt)?;
    let names = candidates(book.sheets_metadata(), wanted)?;
    if let (Some(_), [name]) = (wanted, names.as_slice()) {
        return read_sheet(&mut book, name);
    }
    let (mut filled, mut like, mut unread) = (Vec::new(), Vec::new(), Vec::new());
    for name in names {
        let first = read_rows(&mut book, &name, LOOKED_AT);
        match first {
            Ok(first) if first.is_empty() => {}
            Ok(first) => {
                like.push(Likeness::of(&first));
                filled.push(name);
            }
            Err(fault) => unread.push((name, fault)),
        }
    }
    // A fault in a sheet that nobody asked for stops only where nothing else is there to be read.
    let Some(at) = likeliest(&like) else {
        let fault = unread.into_iter().next().map(|(_, fault)| fault);
        return Err(fault.unwrap_or_else(Fault::no_sheet));
    };
    let mut sheet = read_sheet(&mut book, &filled.remove(at))?;
    filled.extend(
        unread
            .into_iter()
            .map(|(name, _)| format!("{name} (cannot be read)")),
    );
    sheet.name_others(filled);
    Ok(sheet)
}

fn read_sheet(book: &mut Book<'_>, name: &str) -> Result<Sheet, Fault> {
    let mut sheet = read_rows(book, name, usize::MAX)?;
    let blocks = book.merge_cells_by_sheet_name(name);
    let blocks: Vec<Block> = blocks
        .map_err(|fault| Fault::corrupt(fault).on(name))?
        .iter()
        .map(|block| Block {
            first: block.start,
            last: block.end,
        })
        .collect();
    sheet.merge(&blocks)?;
    Ok(sheet)
}

/// The first rows that hold anything, as they stand.
fn read_rows(book: &mut Book<'_>, name: &str, most: usize) -> Result<Sheet, Fault> {
    let corrupt = |fault: calamine::XlsxError| Fault::corrupt(fault).on(name);
    let mut sheet = Sheet::new(name);
    let mut cells = book.worksheet_cells_reader(name).map_err(corrupt)?;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(corrupt)? {
        let (row, column) = cell.pos;
        if cell.formula.is_some() && cell.value.is_empty() {
            sheet.without_result(row, column);
        }
        sheet.add(row, column, said(&cell.value))?;
        if sheet.len() > most {
            break;
        }
    }
    Ok(sheet)
}
