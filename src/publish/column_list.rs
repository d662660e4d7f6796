//! `columns.csv` of a folder that is no plan: what each column of its tables means.

use super::cell::Cell;
use super::csv_file::CsvFile;
use super::error::PublishError;
use super::exporter::Page;
use crate::place::currency::in_print;

/// A column: name, unit or form, meaning.
pub(super) type Column = (&'static str, &'static str, &'static str);

/// The page that says what the columns of one table mean.
pub(super) fn column_list(
    table: &str,
    columns: &[Column],
    excel: bool,
) -> Result<Page, PublishError> {
    let header = ["file", "column", "unit", "meaning"];
    let mut file = CsvFile::new("columns.csv", &header, excel)?;
    for (name, unit, meaning) in columns {
        file.row(&[
            Cell::key(table),
            Cell::key(*name),
            Cell::text(in_print(unit)),
            Cell::text(*meaning),
        ])?;
    }
    Ok(Page::new("columns.csv", file.finish()?))
}
