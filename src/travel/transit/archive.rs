//! The zip archive that a feed is, and its tables, one row at a time.
//!
//! Rows have the types of `gtfs-structures`. They are read one by one, so a row that makes no sense is set
//! aside and named, and no table is ever in memory as a whole.

use super::fault::FeedFault;
use super::notes::{FeedNote, Notes};
use csv::{ReaderBuilder, StringRecord, Trim};
use serde::de::DeserializeOwned;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use zip::ZipArchive;

/// A table that unpacks to more is refused, bytes.
const LARGEST_TABLE: u64 = 8 << 30;
/// Text tables shrink to a tenth, seldom to a fortieth: what unpacks to more than this many times its size …
const MOST_SHRUNK: u64 = 250;
/// … is a bomb, where it is bigger than this.
const SMALL: u64 = 64 << 20;
/// No row is longer, bytes.
const LONGEST_ROW: u64 = 1 << 20;

/// An open feed.
pub(super) struct Archive {
    path: PathBuf,
    /// How it is called in notes.
    name: String,
    zip: ZipArchive<BufReader<File>>,
}

impl Archive {
    /// Opens a feed and holds what it says of its sizes against what is reasonable, before anything is
    /// unpacked.
    pub(super) fn open(path: &Path) -> Result<Self, FeedFault> {
        let file = File::open(path).map_err(|source| FeedFault::Unreadable {
            path: path.to_path_buf(),
            source,
        })?;
        let zip =
            ZipArchive::new(BufReader::new(file)).map_err(|fault| FeedFault::NotAnArchive {
                path: path.to_path_buf(),
                cause: fault.to_string(),
            })?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Ok(Self {
            name: name.into_owned(),
            path: path.to_path_buf(),
            zip,
        })
    }

    /// Where the archive is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// How a table of it is called in notes.
    pub(super) fn file(&self, table: &str) -> String {
        format!("{}/{table}", self.name)
    }

    /// Reads the rows of a table, each with its line; `false` where there is no such table. A row that
    /// cannot be read is noted and left out.
    pub(super) fn read<T: DeserializeOwned>(
        &mut self,
        table: &'static str,
        needed: &[&'static str],
        notes: &mut Notes,
        mut take: impl FnMut(u64, T, &mut Notes) -> Result<(), FeedFault>,
    ) -> Result<bool, FeedFault> {
        let Some(index) = self.index(table) else {
            return Ok(false);
        };
        let (path, file) = (self.path.clone(), self.file(table));
        let damaged = |cause: String| FeedFault::Damaged {
            path: path.clone(),
            table: table.to_owned(),
            cause,
        };
        let part = self
            .zip
            .by_index(index)
            .map_err(|fault| damaged(fault.to_string()))?;
        let size = part.size();
        bearable(&path, table, size, part.compressed_size())?;
        // What an archive says of its sizes need not be true.
        let bytes = Limited::new(part, size);
        let mut rows = ReaderBuilder::new()
            .flexible(true)
            .trim(Trim::All)
            .from_reader(bytes);
        let header = header(&mut rows).map_err(|fault| damaged(fault.to_string()))?;
        for column in needed {
            if !header.iter().any(|name| name == *column) {
                return Err(FeedFault::NoColumn {
                    path: path.clone(),
                    table,
                    column,
                    has: header.iter().collect::<Vec<_>>().join(", "),
                });
            }
        }
        let mut record = StringRecord::new();
        loop {
            match rows.read_record(&mut record) {
                Ok(false) => return Ok(true),
                Ok(true) if record.iter().all(str::is_empty) => {}
                Ok(true) => {
                    let line = record.position().map_or(0, csv::Position::line);
                    match record.deserialize::<T>(Some(&header)) {
                        Ok(row) => take(line, row, notes)?,
                        Err(fault) => notes.row(unread(&file, line, &header, &record, &fault)),
                    }
                }
                Err(fault) if matches!(fault.kind(), csv::ErrorKind::Utf8 { .. }) => {
                    let line = fault.position().map_or(0, csv::Position::line);
                    notes.row(FeedNote {
                        line,
                        ..FeedNote::whole(
                            "transit-row-set-aside",
                            &file,
                            "the row is not in UTF-8".to_owned(),
                            "the row is left out",
                        )
                    });
                }
                Err(fault) => return Err(damaged(fault.to_string())),
            }
        }
    }

    /// Where a table is: at the top of the archive, or in its only folder.
    fn index(&self, table: &str) -> Option<usize> {
        let is = |name: &str| name.rsplit('/').next() == Some(table) && !name.contains("__MACOSX");
        let names = (0..self.zip.len())
            .filter_map(|at| Some((at, self.zip.name_for_index(at)?.ok()?.into_owned())));
        names
            .filter(|(_, name)| is(name))
            .min_by_key(|(_, name)| name.matches('/').count())
            .map(|(at, _)| at)
    }
}

/// The names of the columns, without what some programs write before the first.
fn header<R: Read>(rows: &mut csv::Reader<R>) -> csv::Result<StringRecord> {
    let header = rows.headers()?;
    Ok(header
        .iter()
        .map(|name| name.trim_start_matches('\u{feff}').trim())
        .collect())
}

fn bearable(path: &Path, table: &str, size: u64, packed: u64) -> Result<(), FeedFault> {
    let is_bomb = size > SMALL && size / MOST_SHRUNK > packed;
    if size <= LARGEST_TABLE && !is_bomb {
        return Ok(());
    }
    Err(FeedFault::TooBig {
        path: path.to_path_buf(),
        cause: format!(
            "its {table} would unpack from {packed} bytes to {} MB",
            size >> 20
        ),
    })
}

/// A row that is none.
fn unread(
    file: &str,
    line: u64,
    header: &StringRecord,
    record: &StringRecord,
    fault: &csv::Error,
) -> FeedNote {
    let (column, cause) = match fault.kind() {
        csv::ErrorKind::Deserialize { err, .. } => (
            err.field().and_then(|at| usize::try_from(at).ok()),
            err.kind().to_string(),
        ),
        _ => (None, fault.to_string()),
    };
    // What a cell's own reader refuses comes without a column, but with the cell.
    let named = record
        .iter()
        .enumerate()
        .filter(|(_, cell)| !cell.is_empty() && cause.contains(cell));
    let named = named.max_by_key(|(at, cell)| (cell.len(), std::cmp::Reverse(*at)));
    let column = column.or(named.map(|(at, _)| at));
    let of = |record: &StringRecord| {
        let cell = column.and_then(|at| record.get(at));
        cell.unwrap_or_default().to_owned()
    };
    FeedNote {
        line,
        column: of(header),
        cell: of(record),
        ..FeedNote::whole("transit-row-set-aside", file, cause, "the row is left out")
    }
}

/// Bytes that end in a fault where there are more than were promised, or a row without end.
struct Limited<R> {
    bytes: R,
    left: u64,
    since_line_end: u64,
}

impl<R> Limited<R> {
    fn new(bytes: R, left: u64) -> Self {
        Self {
            bytes,
            left,
            since_line_end: 0,
        }
    }
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        let most = self.left;
        self.left = self
            .left
            .checked_sub(read as u64)
            .ok_or_else(|| std::io::Error::other(format!("it is longer than {most} bytes more")))?;
        match buffer[..read].iter().rposition(|byte| *byte == b'\n') {
            Some(end) => self.since_line_end = (read - end) as u64,
            None => self.since_line_end += read as u64,
        }
        if self.since_line_end > LONGEST_ROW {
            return Err(std::io::Error::other("a row of it is longer than 1 MB"));
        }
        Ok(read)
    }
}
