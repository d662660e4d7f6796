//! CSV that survives spreadsheets: RFC 4180, UTF-8, and words that cannot be taken for formulas.

use super::cell::Cell;
use super::error::PublishError;
use std::borrow::Cow;

/// Guards words against spreadsheets, which run a cell that begins with `=`, `+`, `-`, `@`, a tab or
/// a carriage return as a formula: an apostrophe is put in front. Words that already begin
/// with apostrophes before such a sign get one more, so that [`unguard_text`] always gives back what
/// went in. Ids, keys and numbers are never guarded.
///
/// ```
/// use oneroof::publish::{guard_text, unguard_text};
/// assert_eq!(guard_text("=1+1"), "'=1+1");
/// assert_eq!(unguard_text("'=1+1"), "=1+1");
/// assert_eq!(guard_text("'tis a library"), "'tis a library");
/// ```
pub fn guard_text(text: &str) -> Cow<'_, str> {
    if looks_like_formula(text.trim_start_matches('\'')) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Undoes [`guard_text`].
pub fn unguard_text(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if looks_like_formula(rest.trim_start_matches('\'')) => rest,
        _ => text,
    }
}

fn looks_like_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A CSV file in memory.
pub(super) struct CsvFile {
    name: String,
    writer: csv::Writer<Vec<u8>>,
}

impl CsvFile {
    /// Starts a file with its header; `excel` puts the byte order mark in front that makes
    /// spreadsheets read UTF-8.
    pub(super) fn new<S: AsRef<str>>(
        name: &str,
        header: &[S],
        excel: bool,
    ) -> Result<Self, PublishError> {
        let start = if excel {
            "\u{feff}".as_bytes().to_vec()
        } else {
            Vec::new()
        };
        let writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(start);
        let mut file = Self {
            name: name.to_string(),
            writer,
        };
        file.write(header.iter().map(|column| column.as_ref().to_string()))?;
        Ok(file)
    }

    /// Adds a row of as many cells as the header has.
    pub(super) fn row<'a>(
        &mut self,
        cells: impl IntoIterator<Item = &'a Cell>,
    ) -> Result<(), PublishError> {
        self.write(cells.into_iter().map(Cell::to_csv))
    }

    fn write(&mut self, cells: impl Iterator<Item = String>) -> Result<(), PublishError> {
        self.writer
            .write_record(cells)
            .map_err(|fault| PublishError::page(&self.name, fault))
    }

    /// The bytes of the file.
    pub(super) fn finish(self) -> Result<Vec<u8>, PublishError> {
        self.writer
            .into_inner()
            .map_err(|fault| PublishError::page(&self.name, fault))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guarded_words_come_back_as_they_went_in() {
        for text in [
            "", "=1", "+44 20", "-", "@x", "\ttab", "'=1", "''=1", "'quoted'", "plain", "'", "a=b",
        ] {
            assert_eq!(unguard_text(&guard_text(text)), text);
            assert!(!guard_text(text).starts_with(['=', '+', '-', '@', '\t']));
        }
    }

    #[test]
    fn ids_and_numbers_are_never_guarded_and_awkward_cells_are_quoted() {
        let mut file = CsvFile::new("x.csv", &["id", "name", "gbp"], false).expect("starts");
        file.row(&[
            Cell::key("-12"),
            Cell::text("=HYPERLINK(\"x\"), a\nb"),
            Cell::gbp(-5.0),
        ])
        .expect("fits");
        let text = String::from_utf8(file.finish().expect("ends")).expect("UTF-8");
        assert_eq!(
            text,
            "id,name,gbp\r\n-12,\"'=HYPERLINK(\"\"x\"\"), a\nb\",-5.00\r\n"
        );
    }

    #[test]
    fn excel_files_begin_with_a_byte_order_mark() {
        let file = CsvFile::new("x.csv", &["id"], true).expect("starts");
        assert_eq!(file.finish().expect("ends"), b"\xef\xbb\xbfid\r\n");
    }
}
