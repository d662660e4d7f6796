//! Which sheet of a workbook is meant.

use super::fault::Fault;
use super::sheet::Sheet as Read;
use crate::load::aliases::is_known_name;
use crate::load::delimited::RawRecord;
use calamine::{Sheet, SheetType, SheetVisible};

/// Rows of a sheet that say what it is.
pub(super) const LOOKED_AT: usize = 60;

/// How much a sheet looks like a table: people put notes and lists of contents before theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// A line of words here and there.
    Words,
    /// Several rows of three cells or more.
    Rows,
    /// A row of names that are known as names of columns, and a row under it.
    Named,
}

impl Likeness {
    /// Of a sheet, by its first rows.
    pub(super) fn of(sheet: &Read) -> Self {
        let rows = sheet.head(LOOKED_AT);
        let filled = |row: &RawRecord| row.cells.iter().filter(|c| !c.trim().is_empty()).count();
        let known = |row: &RawRecord| row.cells.iter().filter(|c| is_known_name(c)).count();
        let wide = |at_least: usize| {
            let own = rows.iter().filter(move |row| filled(row) >= at_least);
            own.count()
        };
        let names = |row: &RawRecord| known(row) >= 2 && known(row) * 3 >= filled(row);
        match (rows.iter().any(names), wide(3) >= 2) {
            (true, _) if wide(2) >= 2 => Self::Named,
            (_, true) => Self::Rows,
            _ => Self::Words,
        }
    }
}

/// Of sheets in their order, the one that looks most like a table: the first of those that do equally.
pub(super) fn likeliest(sheets: &[Likeness]) -> Option<usize> {
    let most = sheets.iter().max()?;
    sheets.iter().position(|one| one == most)
}

/// The sheets to look at: the one named, else all that are shown, in their order.
pub(super) fn candidates(sheets: &[Sheet], wanted: Option<&str>) -> Result<Vec<String>, Fault> {
    let tables = || {
        sheets
            .iter()
            .filter(|sheet| sheet.typ == SheetType::WorkSheet)
    };
    let Some(wanted) = wanted else {
        let shown = tables().filter(|sheet| sheet.visible == SheetVisible::Visible);
        return Ok(shown.map(|sheet| sheet.name.clone()).collect());
    };
    let alike = |sheet: &&Sheet| sheet.name.trim().eq_ignore_ascii_case(wanted.trim());
    let exact = tables().find(|sheet| sheet.name == wanted);
    match exact.or_else(|| tables().find(alike)) {
        Some(sheet) => Ok(vec![sheet.name.clone()]),
        None => {
            let known: Vec<_> = tables().map(|sheet| sheet.name.clone()).collect();
            Err(Fault::no_such_sheet(wanted, &known))
        }
    }
}
