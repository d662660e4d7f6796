//! Where a table came from, for the outputs that must say so.

use super::Place;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

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

impl Place {
    /// SHA-256 of every file the place was read from, by its name.
    pub fn inputs(&self) -> BTreeMap<String, String> {
        let sources = self.sources.iter();
        let named = sources.map(|source| (source.file.clone(), source.sha256.clone()));
        named.collect()
    }
}

/// Bytes as text, such as those of a hash.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let all = String::with_capacity(bytes.len() * 2);
    bytes.iter().fold(all, |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
