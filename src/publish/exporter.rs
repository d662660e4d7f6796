//! One shape for every file: an issue in, pages out.

use super::edition::Issue;
use super::error::PublishError;
use std::fmt;
use std::str::FromStr;

/// A kind of file, as named in `--only`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// `plan.json`, always written: without it the folder is no plan folder. With it `certificate.json`.
    Json,
    /// The map layers.
    Geojson,
    /// The map layers in one GeoPackage, with their styles.
    Gpkg,
    /// The tables.
    Csv,
    /// The tables in one workbook, and a workbook of data requests for each agency.
    Xlsx,
    /// Maps and charts as SVG.
    Svg,
    /// Maps and charts as PNG.
    Png,
    /// The page to read in a browser, and the committee's paper.
    Report,
}

impl Format {
    /// Every format, in the order they are written.
    pub const ALL: [Format; 8] = [
        Format::Json,
        Format::Geojson,
        Format::Gpkg,
        Format::Csv,
        Format::Xlsx,
        Format::Svg,
        Format::Png,
        Format::Report,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Json => "json",
            Format::Geojson => "geojson",
            Format::Gpkg => "gpkg",
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
            Format::Svg => "svg",
            Format::Png => "png",
            Format::Report => "report",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A word that names no format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no format: write json, geojson, gpkg, csv, xlsx, svg, png or report")]
pub struct UnknownFormat(pub String);

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        Format::ALL
            .into_iter()
            .find(|format| format.name() == text)
            .ok_or_else(|| UnknownFormat(text.to_string()))
    }
}

/// One file of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Page {
    /// Its path in the folder, with `/`.
    pub(super) path: String,
    /// Its content.
    pub(super) bytes: Vec<u8>,
}

impl Page {
    pub(super) fn new(path: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self {
            path: path.into(),
            bytes,
        }
    }
}

/// Makes the pages of one format.
pub(super) type Exporter = fn(&Issue<'_>) -> Result<Vec<Page>, PublishError>;

/// The exporters of the formats asked for; all of them where none is named.
pub(super) fn wanted(only: &[Format], format: Format) -> bool {
    only.is_empty() || only.contains(&format)
}
