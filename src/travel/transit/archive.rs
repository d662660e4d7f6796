//! The zip archive that a feed is, and its tables, one row at a time.
//!
//! Rows have the types of `gtfs-structures`. They are read one by one, so a row that makes no sense is set
//! aside and named, and no table is ever in memory as a whole.

use super::fault::FeedFault;
use super::notes::{FeedNote, Notes};
use csv::{ReaderBuilder, StringRecord, Trim};
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
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

/// A table of a feed as it is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table {
    pub(super) name: &'static str,
    /// Columns without which it says nothing.
    pub(super) needed: &'static [&'static str],
    /// More rows are refused.
    pub(super) most: u64,
}

/// An open feed.
pub(super) struct Archive {
    path: PathBuf,
    /// How it is called in notes.
    name: String,
    zip: ZipArchive<BufReader<File>>,
    /// What stands before the name of each of its tables: the folder they are in.
    folder: String,
}

/// By these a feed is known, wherever in an archive it is.
const KNOWN_BY: [&str; 3] = ["trips.txt", "stop_times.txt", "stops.txt"];

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
        let folders = folders(&zip);
        if folders.len() > 1 {
            let named: Vec<String> = folders
                .iter()
                .take(5)
                .map(|one| format!("\"{one}\""))
                .collect();
            return Err(FeedFault::SeveralFeeds {
                path: path.to_path_buf(),
                folders: named.join(", "),
            });
        }
        Ok(Self {
            name: name.into_owned(),
            path: path.to_path_buf(),
            folder: folders.into_iter().next().unwrap_or_default(),
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
        table: Table,
        notes: &mut Notes,
        mut take: impl FnMut(u64, T, &mut Notes) -> Result<(), FeedFault>,
    ) -> Result<bool, FeedFault> {
        let Table {
            name: table,
            needed,
            most,
        } = table;
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
        let (mut met, mut unreadable) = (0, 0);
        loop {
            rows.get_mut().begin_row();
            let is_row = rows.read_record(&mut record);
            met += u64::from(!matches!(is_row, Ok(false)));
            if met > most {
                return Err(FeedFault::TooBig {
                    path,
                    cause: format!("its {table} has more than {most} rows"),
                });
            }
            match is_row {
                Ok(false) if unreadable * 2 > met => {
                    return Err(FeedFault::MostlyUnread {
                        path,
                        table,
                        unreadable,
                        rows: met,
                    });
                }
                Ok(false) => return Ok(true),
                Ok(true) if record.iter().all(str::is_empty) => met -= 1,
                Ok(true) => {
                    let line = record.position().map_or(0, csv::Position::line);
                    let before = notes.count();
                    match record.deserialize::<T>(Some(&header)) {
                        Ok(row) => take(line, row, notes)?,
                        Err(fault) => {
                            unreadable += 1;
                            notes.row(unread(&file, line, &header, &record, &fault));
                        }
                    }
                    notes.keep_row(before, &header, &record);
                }
                Err(fault) if matches!(fault.kind(), csv::ErrorKind::Utf8 { .. }) => {
                    let line = fault.position().map_or(0, csv::Position::line);
                    unreadable += 1;
                    let cause = "the row is not in UTF-8";
                    notes.row(FeedNote::left_out(&file, line, ("", ""), cause));
                }
                Err(fault) => return Err(damaged(fault.to_string())),
            }
        }
    }

    /// Where a table is.
    fn index(&self, table: &str) -> Option<usize> {
        self.zip.index_for_name(&format!("{}{table}", self.folder))
    }
}

/// The folders nearest to the top in which a feed is, with the stroke they end in.
fn folders(zip: &ZipArchive<BufReader<File>>) -> BTreeSet<String> {
    let folder = |name: &str| {
        let at = name.rfind(['/', '\\']).map_or(0, |at| at + 1);
        let (folder, table) = name.split_at(at);
        let is_feed = KNOWN_BY.contains(&table) && !folder.contains("__MACOSX");
        is_feed.then(|| folder.to_owned())
    };
    let mut found: BTreeSet<String> = (0..zip.len())
        .filter_map(|at| folder(&zip.name_for_index(at)?.ok()?))
        .collect();
    let depth = |folder: &String| folder.matches(['/', '\\']).count();
    let least = found.iter().map(depth).min();
    found.retain(|folder| Some(depth(folder)) == least);
    found
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
    let of = |record| column.and_then(|at| StringRecord::get(record, at));
    let place = (
        of(header).unwrap_or_default(),
        of(record).unwrap_or_default(),
    );
    FeedNote::left_out(file, line, place, cause)
}

/// Bytes that end in a fault where there are more than were promised, or a row without end.
struct Limited<R> {
    bytes: R,
    left: u64,
    of_row: u64,
}

impl<R> Limited<R> {
    fn new(bytes: R, left: u64) -> Self {
        Self {
            bytes,
            left,
            of_row: 0,
        }
    }

    /// A row begins among the bytes that were read. Ends of lines say nothing of rows: a quoted cell may
    /// hold any number of them.
    fn begin_row(&mut self) {
        self.of_row = 0;
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
        self.of_row += read as u64;
        if self.of_row > LONGEST_ROW {
            return Err(std::io::Error::other(
                "a row of it is longer than 1 MB; a quote may be open",
            ));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gtfs_structures::Stop;
    use std::io::Write;

    /// What comes of reading a table of this text.
    fn read(text: &str, most: u64) -> Result<Vec<FeedNote>, FeedFault> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.zip");
        let mut zip = zip::ZipWriter::new(File::create(&path).expect("a file"));
        zip.start_file("stops.txt", zip::write::SimpleFileOptions::default())
            .expect("a table");
        zip.write_all(text.as_bytes()).expect("written");
        zip.finish().expect("finished");
        let table = Table {
            name: "stops.txt",
            needed: &["stop_id"],
            most,
        };
        let mut notes = Notes::default();
        let take = |_, _: Stop, _: &mut Notes| Ok(());
        Archive::open(&path)?.read(table, &mut notes, take)?;
        Ok(notes.finish())
    }

    #[test]
    fn a_stray_quote_does_not_make_one_row_of_the_whole_table() {
        let text = format!(
            "stop_id,stop_name\nS,\"South\n{}",
            "N,North\n".repeat(300_000)
        );
        let fault = read(&text, u64::MAX).expect_err("a row of 2 MB");
        assert!(matches!(fault, FeedFault::Damaged { .. }), "{fault}");
        let closed = text.replace('"', "");
        assert!(read(&closed, u64::MAX).is_ok());
    }

    #[test]
    fn an_archive_of_two_feeds_is_refused_and_one_in_a_folder_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.zip");
        let open = |names: &[&str]| {
            let mut zip = zip::ZipWriter::new(File::create(&path).expect("a file"));
            for name in names {
                zip.start_file(*name, zip::write::SimpleFileOptions::default())
                    .expect("a table");
            }
            zip.finish().expect("finished");
            Archive::open(&path).map(|feed| feed.folder)
        };
        assert_eq!(
            open(&["trips.txt", "old/trips.txt"]).ok().as_deref(),
            Some("")
        );
        let one = open(&["x/gtfs/trips.txt", "x/gtfs/stops.txt", "__MACOSX/trips.txt"]);
        assert_eq!(one.ok().as_deref(), Some("x/gtfs/"));
        let two = open(&["bus/trips.txt", "rail/trips.txt"]);
        let said = two.map_err(|fault| fault.to_string());
        let both = "it holds several feeds, in \"bus/\", \"rail/\"";
        assert_eq!(said.err().as_deref(), Some(both));
    }

    #[test]
    fn a_table_with_more_rows_than_are_borne_is_refused() {
        let text = "stop_id,stop_name\nA,a\nB,b\nC,c\n";
        let fault = read(text, 2).expect_err("one too many");
        assert!(matches!(fault, FeedFault::TooBig { .. }), "{fault}");
        assert!(read(text, 3).is_ok());
    }

    #[test]
    fn a_table_most_of_whose_rows_cannot_be_read_is_refused() {
        let good = "A,0,1\n";
        let bad = "B,north,1\n";
        let table = |rows: &[&str]| format!("stop_id,stop_lat,stop_lon\n{}", rows.concat());
        let fault = read(&table(&[good, bad, bad]), 9).expect_err("most are no rows");
        assert!(matches!(fault, FeedFault::MostlyUnread { .. }), "{fault}");
        let notes = read(&table(&[good, bad]), 9).expect("half of it makes sense");
        assert_eq!(notes.len(), 1);
    }
}
