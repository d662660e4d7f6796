//! Sheets of workbooks to tables: `.xlsx` and `.ods`.
//!
//! A workbook comes from anywhere, so it is held to limits before and while it is read: what its parts
//! unpack to, how many cells a sheet has, how much text they hold. What a formula came to is read, never
//! the formula.

mod archive;
mod cell;
mod choose;
mod fault;
mod ods;
mod repeats;
mod sheet;
mod xlsx;

use super::gather::gather;
use super::{Table, TableOptions, headers};
use crate::place::{Finding, Rejected, RowRef, Severity};
use archive::Kind;
use fault::Fault;
use sheet::Sheet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Reads one sheet: the one named in `options`, else, of those shown, the first that looks like a table.
pub(super) fn read(
    bytes: &[u8],
    name: &str,
    options: &TableOptions,
    findings: &mut Vec<Finding>,
    rejected: &mut Vec<Rejected>,
) -> Result<Table, Box<Finding>> {
    let open = || match archive::check(bytes)? {
        Kind::Xlsx => xlsx::read(bytes, options.sheet.as_deref()),
        Kind::Ods => ods::read(bytes, options.sheet.as_deref()),
    };
    // The parsers are not ours; a workbook that makes one of them give up is a corrupt workbook.
    let sheet = catch_unwind(AssertUnwindSafe(open))
        .unwrap_or_else(|_| Err(Fault::corrupt("its parts contradict each other")))
        .map_err(|fault| fault.finding(name))?;
    let file: Arc<str> = sheet.called(name).into();
    sheet.report(&file, options.sheet.is_none(), findings);
    table(sheet, &file, options, findings, rejected)
}

/// Rows in which a header is looked for.
const HEAD: usize = 60;

fn table(
    sheet: Sheet,
    file: &Arc<str>,
    options: &TableOptions,
    findings: &mut Vec<Finding>,
    rejected: &mut Vec<Rejected>,
) -> Result<Table, Box<Finding>> {
    let whole = RowRef::file(file);
    let head = sheet.head(HEAD);
    if head.is_empty() {
        return Err(Finding::new("file-empty", Severity::Error, whole)
            .cause("the sheet holds no row")
            .action("name another sheet with `sheet = \"…\"`, or bring the file again")
            .into());
    }
    let before = findings.len();
    let place = headers::find(&head, options, &whole, findings);
    // Blank rows between a title and the names are no news.
    let mut at = 0;
    findings.retain(|finding| {
        at += 1;
        let blank = |cell: &String| cell.chars().all(|c| c == ',');
        at <= before
            || finding.code != "row-above-header"
            || !finding.cell.as_ref().is_some_and(blank)
    });
    let header = headers::names(&head, place, &whole, findings);
    let data = place.map_or(0, |row| row + 1);
    let records = sheet.records(data, header.len());
    Ok(gather(file, header, records, findings, rejected))
}

#[cfg(test)]
mod tests;
