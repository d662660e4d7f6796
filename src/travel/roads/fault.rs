//! Why an extract cannot be used.

use std::path::PathBuf;

/// A fault of an OpenStreetMap extract.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RoadsFault {
    /// The system would not give the bytes.
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// It does not begin as a PBF file of OpenStreetMap does.
    #[error("it is no OpenStreetMap extract in PBF form: {cause}")]
    NotAnExtract {
        /// The file.
        path: PathBuf,
        /// What was met instead.
        cause: String,
    },
    /// It ends before its last block does.
    #[error("it ends {missing} bytes too early: the download or the copy was cut short")]
    CutShort {
        /// The file.
        path: PathBuf,
        /// Bytes that are not there.
        missing: u64,
    },
    /// A block of it makes no sense.
    #[error("its block {block} cannot be read: {cause}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Number of the block, from 1.
        block: usize,
        /// What is wrong with it.
        cause: String,
    },
    /// It has no way that somebody may travel.
    #[error("it has no road or path that anybody may use")]
    NoRoads {
        /// The file.
        path: PathBuf,
    },
}

impl RoadsFault {
    /// The file.
    pub fn path(&self) -> &PathBuf {
        match self {
            RoadsFault::Unreadable { path, .. }
            | RoadsFault::NotAnExtract { path, .. }
            | RoadsFault::CutShort { path, .. }
            | RoadsFault::Damaged { path, .. }
            | RoadsFault::NoRoads { path } => path,
        }
    }

    /// What to do about it.
    pub fn action(&self) -> &'static str {
        match self {
            RoadsFault::Unreadable { .. } => "correct the name, or bring the file",
            RoadsFault::NotAnExtract { .. } => {
                "bring an extract whose name ends in .osm.pbf, from download.geofabrik.de for instance"
            }
            RoadsFault::CutShort { .. } | RoadsFault::Damaged { .. } => {
                "fetch the extract again and compare its checksum"
            }
            RoadsFault::NoRoads { .. } => {
                "bring an extract with the roads of the area; it may have been filtered"
            }
        }
    }
}
