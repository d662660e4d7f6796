//! Where a table came from, for the outputs that must say so.

use jiff::civil::Date;
use serde::Serialize;

/// One input file, with the words its licence asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// The file as named in `place.toml`.
    pub file: String,
    /// What it was read as: `buildings`, `zones`, `zones.join` …
    pub table: String,
    /// The day its content describes.
    pub as_of: Option<Date>,
    /// Who published it.
    pub source: Option<String>,
    /// Licence and attribution, shown on maps.
    pub licence: Option<String>,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// Records read from it, before any was set aside.
    pub rows: u64,
}
