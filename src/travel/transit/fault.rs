//! Why a feed cannot be used.

use jiff::civil::Date;
use std::path::PathBuf;

/// A fault of a timetable feed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FeedFault {
    /// The system would not give the bytes.
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// It is no zip archive, or a broken one.
    #[error("it is no zip archive that can be opened: {cause}")]
    NotAnArchive {
        /// The file.
        path: PathBuf,
        /// What was met instead.
        cause: String,
    },
    /// It holds feeds of several folders.
    #[error("it holds several feeds, in {folders}")]
    SeveralFeeds {
        /// The file.
        path: PathBuf,
        /// The folders.
        folders: String,
    },
    /// A table of it cannot be unpacked.
    #[error("its {table} cannot be unpacked: {cause}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The table.
        table: String,
        /// What is wrong with it.
        cause: String,
    },
    /// It unpacks to more than is reasonable.
    #[error("{cause}")]
    TooBig {
        /// The file.
        path: PathBuf,
        /// What is too big.
        cause: String,
    },
    /// A table without which there is no timetable is not there.
    #[error("it has no {table}")]
    NoTable {
        /// The file.
        path: PathBuf,
        /// The table, or the tables of which one is needed.
        table: &'static str,
    },
    /// A column without which a table says nothing is not there.
    #[error("its {table} has no column {column}; it has {has}")]
    NoColumn {
        /// The file.
        path: PathBuf,
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The columns it has.
        has: String,
    },
    /// More than half of the rows of a table make no sense.
    #[error("{unreadable} of {rows} rows of its {table} cannot be read")]
    MostlyUnread {
        /// The file.
        path: PathBuf,
        /// The table.
        table: &'static str,
        /// How many rows make no sense.
        unreadable: u64,
        /// How many rows there are.
        rows: u64,
    },
    /// The day that was asked for is outside the days it describes.
    #[error("it describes {from} to {to}, and not {date}")]
    OtherDays {
        /// The file.
        path: PathBuf,
        /// The day that was asked for.
        date: Date,
        /// The first day it describes.
        from: Date,
        /// The last one.
        to: Date,
    },
}

impl FeedFault {
    /// The file.
    pub fn path(&self) -> &PathBuf {
        match self {
            FeedFault::Unreadable { path, .. }
            | FeedFault::NotAnArchive { path, .. }
            | FeedFault::SeveralFeeds { path, .. }
            | FeedFault::Damaged { path, .. }
            | FeedFault::TooBig { path, .. }
            | FeedFault::NoTable { path, .. }
            | FeedFault::NoColumn { path, .. }
            | FeedFault::MostlyUnread { path, .. }
            | FeedFault::OtherDays { path, .. } => path,
        }
    }

    /// What to do about it.
    pub fn action(&self) -> &'static str {
        match self {
            FeedFault::Unreadable { .. } => "correct the name, or bring the file",
            FeedFault::SeveralFeeds { .. } => {
                "unpack it, and name the archive of each of them among feeds"
            }
            FeedFault::NotAnArchive { .. }
            | FeedFault::Damaged { .. }
            | FeedFault::MostlyUnread { .. } => {
                "fetch the feed again; a GTFS feed is a zip archive of text tables"
            }
            FeedFault::TooBig { .. } => {
                "look at what is in the archive; cut the feed down to the area of the place"
            }
            FeedFault::NoTable { .. } | FeedFault::NoColumn { .. } => {
                "bring a whole GTFS feed: stops, trips, stop_times and calendar or calendar_dates"
            }
            FeedFault::OtherDays { .. } => {
                "set date to a day that every feed describes, or bring the feed of that day"
            }
        }
    }
}
