//! A table of text cells, whatever it was stored as.

use super::kinds::{self, Container};
use super::{decode, delimited, features, geopackage, shapefile, tidy, workbook};
use crate::place::{Finding, Rejected, RowRef, Severity};
use sha2::{Digest, Sha256};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

/// What the user knows about a file better than we can guess it. All empty: everything is
/// recognised and reported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableOptions {
    /// The character between cells.
    pub delimiter: Option<char>,
    /// The encoding by its WHATWG label: `utf-8`, `windows-1252`, `utf-16le` …
    pub encoding: Option<String>,
    /// Which row of the file holds the column names, from 1.
    pub header_row: Option<usize>,
    /// The first row is data; columns are called `column 1`, `column 2` …
    pub headerless: bool,
    /// The coordinate system, such as `EPSG:27700`.
    pub crs: Option<String>,
    /// The sheet of a workbook; the first of those shown that looks like a table where absent.
    pub sheet: Option<String>,
    /// The layer of a GeoPackage, or the shapefile of an archive; the only one where absent.
    pub layer: Option<String>,
}

/// A table: column names and records of text cells, whatever it was stored as.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The file as named in `place.toml`.
    pub file: Arc<str>,
    /// Column names, unique: a repeated name gets ` (2)`, a blank one is called by its position.
    pub header: Vec<String>,
    /// Data records in file order.
    pub records: Vec<Record>,
    /// SHA-256 of the file's bytes, hexadecimal; of a shapefile those of its .shp, .dbf, .prj and .cpg, one after the other.
    pub sha256: String,
    /// The coordinate system the user or the file itself names.
    pub crs: Option<String>,
    /// Whether the records come with shapes (GeoJSON) rather than coordinate columns.
    pub has_shapes: bool,
}

/// One data record.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Where it stands in the file.
    pub at: RowRef,
    /// Its cells, one for each column of the header.
    pub cells: Cells,
    /// Its shape, in the file's own coordinate system until [`locate`](super::locate()) has
    /// brought it to WGS84.
    pub shape: Option<Box<geo::Geometry<f64>>>,
}

impl Record {
    /// The text of a column, blank where the record has no such cell.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column)
    }

    /// Whether every cell is blank.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// The cells of one record: a stretch of a page that many records share. Registers have many short
/// and empty cells, and a string each would take ten times the file's size.
#[derive(Clone, Default)]
pub struct Cells {
    page: Arc<Page>,
    /// Which of the page's cells is the first.
    first: u32,
    count: u32,
}

/// The text of many cells, one after the other, and where each one ends.
#[derive(Default)]
struct Page {
    text: Box<str>,
    ends: Box<[u32]>,
}

impl Page {
    /// Where a cell begins.
    fn start(&self, cell: usize) -> usize {
        let before = cell.checked_sub(1).and_then(|before| self.ends.get(before));
        before.map_or(0, |end| *end as usize)
    }
}

impl Cells {
    /// The cell at a position, blank where there is none.
    pub fn get(&self, column: usize) -> &str {
        if column >= self.len() {
            return "";
        }
        let cell = self.first as usize + column;
        let end = self.page.ends.get(cell).map_or(0, |end| *end as usize);
        self.page.text.get(self.page.start(cell)..end).unwrap_or("")
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.count as usize
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The cells in column order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|column| self.get(column))
    }

    /// The cells as separate strings.
    pub fn to_vec(&self) -> Vec<String> {
        self.iter().map(str::to_owned).collect()
    }

    /// The same cells with one replaced.
    pub fn with(&self, column: usize, text: &str) -> Cells {
        self.iter()
            .enumerate()
            .map(|(at, cell)| if at == column { text } else { cell })
            .collect()
    }
}

impl PartialEq for Cells {
    fn eq(&self, other: &Self) -> bool {
        self.count == other.count && self.text() == other.text() && self.iter().eq(other.iter())
    }
}

impl Eq for Cells {}

impl Hash for Cells {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text().hash(state);
        self.iter().for_each(|cell| state.write_usize(cell.len()));
    }
}

impl fmt::Debug for Cells {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Cells {
    /// A number that equal cells share: for finding copies without keeping them.
    pub(super) fn fingerprint(&self) -> u64 {
        let mut hasher = std::hash::DefaultHasher::new();
        self.hash(&mut hasher);
        hasher.finish()
    }

    /// The text of all cells, one after the other.
    pub(super) fn text(&self) -> &str {
        let first = self.first as usize;
        let from = self.page.start(first);
        let to = self.page.start(first + self.len());
        self.page.text.get(from..to).unwrap_or("")
    }

    /// From the text of all cells and where each one ends.
    pub(super) fn from_parts(text: &str, ends: &[u32]) -> Self {
        Self {
            page: Arc::new(Page {
                text: text.into(),
                ends: ends.into(),
            }),
            first: 0,
            count: u32::try_from(ends.len()).unwrap_or(u32::MAX),
        }
    }
}

/// Records whose cells share a page, and go together when they are used up.
pub(super) const RECORDS_OF_A_PAGE: usize = 4_096;

/// Puts the cells of the newest records on a page, where they fill one.
pub(super) fn share_a_full_page(records: &mut [Record]) {
    if records.len().is_multiple_of(RECORDS_OF_A_PAGE) {
        let from = records.len().saturating_sub(RECORDS_OF_A_PAGE);
        share_a_page(records.get_mut(from..).unwrap_or_default());
    }
}

/// Puts the cells of those on a page that no full one has.
pub(super) fn share_the_last_page(records: &mut [Record]) {
    let from = records.len() - records.len() % RECORDS_OF_A_PAGE;
    share_a_page(records.get_mut(from..).unwrap_or_default());
}

/// Puts the cells of several records on one page.
pub(super) fn share_a_page(records: &mut [Record]) {
    let length: usize = records.iter().map(|record| record.cells.text().len()).sum();
    if length > u32::MAX as usize {
        return;
    }
    let mut text = String::with_capacity(length);
    let mut ends = Vec::with_capacity(records.iter().map(|record| record.cells.len()).sum());
    for cell in records.iter().flat_map(|record| record.cells.iter()) {
        text.push_str(cell);
        ends.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
    }
    let page = Arc::new(Page {
        text: text.into(),
        ends: ends.into(),
    });
    let mut first = 0;
    for record in records {
        let count = record.cells.count;
        record.cells = Cells {
            page: Arc::clone(&page),
            first,
            count,
        };
        first += count;
    }
}

impl<'a> FromIterator<&'a str> for Cells {
    fn from_iter<I: IntoIterator<Item = &'a str>>(cells: I) -> Self {
        let mut text = String::new();
        let mut ends = Vec::new();
        for cell in cells {
            // A record of more than 4 GB is no record; its tail reads as blank.
            if text.len() + cell.len() <= u32::MAX as usize {
                text.push_str(cell);
            }
            ends.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        }
        Self::from_parts(&text, &ends)
    }
}

impl Table {
    /// The position of the column of exactly this name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| column == name)
    }

    /// The whole file, for findings about it or its header.
    pub fn whole(&self) -> RowRef {
        RowRef {
            file: Arc::clone(&self.file),
            record: 0,
            line: 0,
        }
    }

    /// Puts a record among those set aside, as `rejected.csv` shows it. Rows of one table that
    /// follow each other share its header.
    pub fn reject(&self, record: &Record, code: &'static str, rejected: &mut Vec<Rejected>) {
        let header = match rejected.last() {
            Some(last) if *last.header == *self.header => Arc::clone(&last.header),
            _ => self.header.as_slice().into(),
        };
        rejected.push(Rejected {
            row: record.at.clone(),
            code,
            header,
            cells: record.cells.to_vec(),
        });
    }
}

/// Reads a table: a sheet of a workbook (`.xlsx`, `.ods`), a layer of a GeoPackage or a shapefile (its `.shp`, with the
/// other files beside it, or a zip archive of them all) where the content is one, GeoJSON where the name ends in `.geojson` or `.json` or the content is a JSON object,
/// delimited text otherwise. `name` is the file as findings call it.
///
/// # Errors
/// One finding where nothing can be read: the file is missing or unreadable, the named encoding is
/// unknown, the JSON is broken or holds no features, the workbook or GeoPackage is corrupt, too big or
/// lacks the sheet or layer, it is a web page, or there is no column at all.
pub fn read_table(
    path: &Path,
    name: &str,
    options: &TableOptions,
    findings: &mut Vec<Finding>,
    rejected: &mut Vec<Rejected>,
) -> Result<Table, Box<Finding>> {
    let unreadable = |error: std::io::Error| {
        Finding::new("file-unreadable", Severity::Error, RowRef::file(name))
            .cause(format!("{} cannot be read: {error}", path.display()))
            .action("correct the name in place.toml, or bring the file")
    };
    let container = kinds::container(&beginning(path).map_err(unreadable)?);
    let read = match container {
        Some(Container::Database) => geopackage::read,
        Some(Container::Shapes) => shapefile::read,
        _ => {
            let bytes = std::fs::read(path).map_err(unreadable)?;
            return read_bytes(bytes, name, options, findings, rejected);
        }
    };
    findings.extend(warn_of_unused(options, container, name));
    let table = read(path, name, options, findings)?;
    Ok(finish(table, options, findings))
}

/// Whether a file is a database, and so perhaps a GeoPackage.
pub(super) fn is_geopackage(path: &Path) -> bool {
    beginning(path).is_ok_and(|bytes| kinds::container(&bytes) == Some(Container::Database))
}

/// The first bytes of a file, enough to tell what it is.
fn beginning(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut first = Vec::new();
    std::fs::File::open(path)?
        .take(16)
        .read_to_end(&mut first)?;
    Ok(first)
}

/// A part of a file in findings and outputs: `assets.xlsx[Buildings]`.
pub(super) fn part_of(file: &str, part: &str) -> String {
    format!("{file}[{part}]")
}

/// What is done to every table, whatever it was stored as.
fn finish(mut table: Table, options: &TableOptions, findings: &mut Vec<Finding>) -> Table {
    tidy::tidy(&mut table, findings);
    if options.crs.is_some() {
        table.crs.clone_from(&options.crs);
    }
    table
}

/// Says that a sheet or layer is named of a file that has none.
fn warn_of_unused(options: &TableOptions, kind: Option<Container>, name: &str) -> Option<Finding> {
    let layered = matches!(kind, Some(Container::Database | Container::Archive));
    let (column, kinds) = match kind {
        _ if options.layer.is_some() && !layered => {
            ("layer", "a GeoPackage or an archive of shapefiles")
        }
        Some(Container::Workbook) => return None,
        _ if options.sheet.is_some() => ("sheet", "a workbook"),
        _ => return None,
    };
    Some(
        Finding::new("setting-not-used", Severity::Warn, RowRef::file(name))
            .column(column)
            .cause(format!("`{column}` is given, but the file is not {kinds}"))
            .action("the file is read whole; take the line away, or name the file it belongs to"),
    )
}

/// Reads a table that is already in memory; otherwise as [`read_table`].
///
/// # Errors
/// As [`read_table`], except that nothing is missing.
pub fn read_bytes(
    bytes: Vec<u8>,
    name: &str,
    options: &TableOptions,
    findings: &mut Vec<Finding>,
    rejected: &mut Vec<Rejected>,
) -> Result<Table, Box<Finding>> {
    if let Some(refused) = kinds::refused(&bytes, name) {
        return Err(refused.into());
    }
    let container = kinds::container(&bytes);
    findings.extend(warn_of_unused(options, container, name));
    match container {
        Some(Container::Workbook) => {
            let mut table = workbook::read(&bytes, name, options, findings, rejected)?;
            table.sha256 = digest(&bytes);
            return Ok(finish(table, options, findings));
        }
        Some(Container::Database) => {
            let table = geopackage::read_bytes(&bytes, name, options, findings)?;
            return Ok(finish(table, options, findings));
        }
        Some(Container::Archive) => {
            let table = shapefile::read_archive(&bytes, name, options, findings)?;
            return Ok(finish(table, options, findings));
        }
        Some(Container::Shapes) => {
            return Err(shapefile::alone(name));
        }
        None => {}
    }
    // Plain UTF-8 is hashed while it is read; anything else before its bytes are given away.
    let other = options.encoding.is_some()
        || bytes.starts_with(BOM)
        || bytes.contains(&0)
        || std::str::from_utf8(&bytes).is_err();
    let early = other.then(|| digest(&bytes));
    let decoded = decode::decode(bytes, name, options)?;
    let lower = name.to_lowercase();
    let json = lower.ends_with(".geojson")
        || lower.ends_with(".json")
        || decoded.text.trim_start().starts_with('{');
    let (sha256, table) = rayon::join(
        || match early {
            Some(sha256) => sha256,
            None => digest(decoded.text.as_bytes()),
        },
        || {
            if json {
                features::read(&decoded.text, name, findings)
            } else {
                delimited::read(&decoded.text, name, options, findings, rejected)
            }
        },
    );
    let mut table = table?;
    tidy::tidy(&mut table, findings);
    decode::report(&decoded, &table, findings);
    table.sha256 = sha256;
    if options.crs.is_some() {
        table.crs.clone_from(&options.crs);
    }
    Ok(table)
}

/// The byte order mark of UTF-8.
const BOM: &[u8] = b"\xef\xbb\xbf";

pub(super) fn digest(bytes: &[u8]) -> String {
    crate::place::hexadecimal(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(cells: &[&str]) -> Record {
        Record {
            cells: cells.iter().copied().collect(),
            ..Record::default()
        }
    }

    #[test]
    fn records_on_one_page_read_as_they_did_alone() {
        let alone = [
            record(&["a", "", "bc"]),
            record(&[]),
            record(&["", "ä"]),
            record(&["ab", "", "c"]),
        ];
        let mut shared = alone.clone();
        share_a_page(&mut shared);
        for (alone, shared) in alone.iter().zip(&shared) {
            assert_eq!(alone.cells, shared.cells);
            assert_eq!(alone.cells.to_vec(), shared.cells.to_vec());
            assert_eq!(alone.cells.text(), shared.cells.text());
            assert_eq!(alone.cells.fingerprint(), shared.cells.fingerprint());
            assert_eq!(shared.cell(7), "");
        }
        assert_ne!(
            shared[0].cells, shared[3].cells,
            "the same text in other cells"
        );
        assert_ne!(shared[0].cells.fingerprint(), shared[3].cells.fingerprint());
    }
}
