//! Which sheet of a workbook is meant.

use super::fault::Fault;
use calamine::{Sheet, SheetType, SheetVisible};

/// The sheets to look at, likeliest first: the one named, else all that are shown, in their order.
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
