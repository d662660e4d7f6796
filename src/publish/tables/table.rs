//! One table: records under a header, of which an audience sees what it may.

use super::super::audience::Audience;
use super::super::cell::Record;
use super::super::csv_file::CsvFile;
use super::super::error::PublishError;
use super::super::exporter::Page;

/// What the file calls a column, and the field it is.
pub(super) fn shown_and_field(name: &str) -> (&str, &str) {
    name.split_once('=').unwrap_or((name, name))
}

/// A record and the id of the agency it belongs to, if it belongs to one.
pub(super) type Owned<'a> = (Record, Option<&'a str>);

/// A table of records under a header.
pub(super) fn table<'a>(
    path: &str,
    header: &[&str],
    rows: impl IntoIterator<Item = Owned<'a>>,
    audience: &Audience,
    excel: bool,
) -> Result<Page, PublishError> {
    let shown: Vec<&str> = header.iter().map(|name| shown_and_field(name).0).collect();
    let mut file = CsvFile::new(path, &shown, excel)?;
    for (record, owner) in rows {
        let cells: Vec<_> = header
            .iter()
            .map(|name| shown_and_field(name).1)
            .map(|field| record.cell(field, audience, owner))
            .collect();
        file.row(&cells)?;
    }
    Ok(Page::new(path, file.finish()?))
}
