//! # From files to a place
//!
//! Everything that is true only of files happens in this room: encodings, delimiters, header
//! names, spellings of "no value", coordinate systems, rows that repeat. What leaves it is plain
//! values of [`place`](crate::place), and a [`Finding`](crate::place::Finding) for everything that
//! was noticed, repaired or set aside on the way. Nothing is dropped without one.
//!
//! A table goes through four doors, each of which can be used alone:
//!
//! 1. [`read_table`]: bytes to a [`Table`] of text cells (CSV of any delimiter and encoding, GeoJSON, a
//!    layer of a GeoPackage, a shapefile, a sheet of a workbook);
//! 2. [`Columns::recognise`]: which column holds which [`Field`], by normalised names and aliases;
//! 3. [`locate`](fn@locate): where each record is, in WGS84, whatever the file's coordinate system;
//! 4. [`Columns::number`] and its kin: one cell to one typed value.

mod abroad;
mod aliases;
mod antimeridian;
mod around;
mod axes;
mod by_postcode;
mod categories;
mod cells;
mod closed;
mod columns;
pub mod config;
mod coordinates;
mod copies;
mod crowds;
mod crs;
mod decode;
mod degrees;
mod delimited;
mod evidence;
mod far;
mod features;
mod gather;
pub(crate) mod geopackage;
mod grid;
mod grids;
mod guess;
mod habits;
mod header_units;
mod headers;
mod headings;
mod inspect;
mod kinds;
mod lease_terms;
mod likely;
mod locate;
mod loose_names;
mod name_column;
mod names;
mod national;
mod network;
mod notes;
mod outlines;
mod positions;
mod projected;
mod rates;
mod rows;
mod shapefile;
mod shapes;
mod short_words;
mod site_names;
mod sniff;
mod table;
mod tenure_column;
mod tidy;
mod truncated;
mod unstated;
mod utm;
mod whole;
mod wkt;
mod words;
mod workbook;

pub use aliases::{BUILDING_FIELDS, OCCUPIER_FIELDS, POINT_FIELDS, ZONE_FIELDS};
pub use around::{Around, Neighbours};
pub use categories::settle_categories;
pub use cells::{Note, Reading};
pub use columns::{Columns, Field, Kind};
pub use copies::settle_zones;
pub use grid::{is_sentinel, settle_grid};
pub use inspect::{InspectOptions, Inspection, TableKind, inspect, judge};
use locate::system;
pub use locate::{LocateOptions, Located, locate};
pub use names::normalise;
use names::plain;
pub use network::{LoadedNetwork, NetworkTables, load_network};
pub use rows::settle_sites;
pub use table::{Cells, Record, Table, TableOptions, read_bytes, read_table};
pub use whole::{LoadError, LoadOptions, Loaded, load};
pub(crate) use whole::{feed_row_left_out, of_feed_note};

#[cfg(test)]
mod tests;
