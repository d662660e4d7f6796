//! Files that are no table at all, by how they begin: their bytes would otherwise be read as one
//! odd heading and no row.

use super::shapefile;
use crate::place::{Finding, RowRef, Severity};

/// How files begin that are no text, what they are, and what to do.
const BINARY: [(&[u8], &str, &str); 4] = [
    (
        b"\xd0\xcf\x11\xe0",
        "an old workbook (.xls), or one with a password",
        "save it as .xlsx without a password, or the sheet as CSV (UTF-8), and name that file",
    ),
    (
        b"%PDF-",
        "a PDF document",
        "ask for the table it was made of",
    ),
    (
        b"PAR1",
        "a Parquet file",
        "convert it to CSV or GeoJSON first",
    ),
    (b"\x1f\x8b", "a compressed file (.gz)", "unpack it first"),
];

/// What a file is, where it is not text, by how it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// A zip archive: a workbook, it is to be hoped.
    Workbook,
    /// A zip archive with a shapefile in it.
    Archive,
    /// The shapes of a shapefile, whose other files are beside it.
    Shapes,
    /// A database: a GeoPackage, it is to be hoped.
    Database,
}

/// What the bytes of a file hold; `None` for text and for what is refused. The first of them tell all but which kind
/// of zip archive it is.
pub(super) fn container(bytes: &[u8]) -> Option<Container> {
    if bytes.starts_with(b"PK\x03\x04") {
        Some(match shapefile::is_archive(bytes) {
            true => Container::Archive,
            false => Container::Workbook,
        })
    } else if bytes.starts_with(b"\x00\x00\x27\x0a") {
        Some(Container::Shapes)
    } else if bytes.starts_with(b"SQLite format 3\0") {
        Some(Container::Database)
    } else {
        None
    }
}

/// The error of a file that is no table; `None` where it may be one.
pub(super) fn refused(bytes: &[u8], name: &str) -> Option<Finding> {
    let finding = |what: &str, action: &str| {
        Finding::new("not-a-table", Severity::Error, RowRef::file(name))
            .cause(format!("the file is {what}, not a table of text"))
            .action(action)
    };
    if let Some((_, what, action)) = BINARY.iter().find(|(begin, ..)| bytes.starts_with(begin)) {
        return Some(finding(what, action));
    }
    let head = bytes.get(..bytes.len().min(512)).unwrap_or_default();
    let head = String::from_utf8_lossy(head).to_lowercase();
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let page = head.starts_with("<!doctype html") || head.starts_with("<html");
    page.then(|| {
        finding(
            "a web page",
            "download the table itself: the address probably asked for a login, or has moved",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_workbooks_and_web_pages_are_refused_and_tables_are_not() {
        let cause = |bytes: &[u8]| refused(bytes, "t.csv").map(|finding| finding.cause);
        for (bytes, part) in [
            (b"\xd0\xcf\x11\xe0rest".as_slice(), "old workbook"),
            (b"\n<!DOCTYPE html><html>", "web page"),
            (b"\xef\xbb\xbf<html>", "web page"),
        ] {
            assert!(cause(bytes).is_some_and(|c| c.contains(part)), "{part}");
        }
        for bytes in [
            b"".as_slice(),
            b"PK,name\n1,a\n",
            b"{\"type\":1}",
            b"<b>,x\n1,2\n",
        ] {
            assert_eq!(cause(bytes), None);
        }
    }
}
