//! One table: records under a header, of which an audience sees what it may.

use super::super::audience::Audience;
use super::super::cell::{Cell, Record};
use super::super::csv_file::CsvFile;
use super::super::error::PublishError;
use super::super::exporter::Page;

/// What the file calls a column, and the field it is.
pub(in super::super) fn shown_and_field(name: &str) -> (&str, &str) {
    name.split_once('=').unwrap_or((name, name))
}

/// A record and the id of the agency it belongs to, if it belongs to one.
pub(super) type Owned<'a> = (Record, Option<&'a str>);

/// Takes tables row by row: as CSV files, as sheets of a workbook.
pub(in super::super) trait Tables {
    /// Begins a table. Names may be `shown=field`, where the table calls a field otherwise than the
    /// list of fields does.
    fn begin(&mut self, file: &str, names: &[&str]) -> Result<(), PublishError>;

    /// Adds a row of as many cells as the table has names.
    fn row(&mut self, cells: &[Cell]) -> Result<(), PublishError>;

    /// Ends the table.
    fn end(&mut self) -> Result<(), PublishError>;
}

/// A table of records under a header.
pub(super) fn table<'a>(
    file: &str,
    header: &[&str],
    rows: impl IntoIterator<Item = Owned<'a>>,
    audience: &Audience,
    to: &mut dyn Tables,
) -> Result<(), PublishError> {
    to.begin(file, header)?;
    for (record, owner) in rows {
        let cells: Vec<_> = header
            .iter()
            .map(|name| shown_and_field(name).1)
            .map(|field| record.cell(field, audience, owner))
            .collect();
        to.row(&cells)?;
    }
    to.end()
}

/// The tables that `write` makes, each a CSV file.
pub(in super::super) fn csv(
    excel: bool,
    write: impl FnOnce(&mut dyn Tables) -> Result<(), PublishError>,
) -> Result<Vec<Page>, PublishError> {
    let mut files = CsvFiles {
        excel,
        file: None,
        pages: Vec::new(),
    };
    write(&mut files)?;
    Ok(files.pages)
}

struct CsvFiles {
    excel: bool,
    file: Option<(String, CsvFile)>,
    pages: Vec<Page>,
}

impl Tables for CsvFiles {
    fn begin(&mut self, file: &str, names: &[&str]) -> Result<(), PublishError> {
        let shown: Vec<&str> = names.iter().map(|name| shown_and_field(name).0).collect();
        self.file = Some((file.to_owned(), CsvFile::new(file, &shown, self.excel)?));
        Ok(())
    }

    fn row(&mut self, cells: &[Cell]) -> Result<(), PublishError> {
        match &mut self.file {
            Some((_, file)) => file.row(cells),
            None => Ok(()),
        }
    }

    fn end(&mut self) -> Result<(), PublishError> {
        if let Some((name, file)) = self.file.take() {
            self.pages.push(Page::new(name, file.finish()?));
        }
        Ok(())
    }
}
