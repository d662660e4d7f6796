//! The map layers: RFC 7946, one feature a line.
//!
//! Longitude and latitude to 7 decimals, outer rings anticlockwise, no `crs` member, ids text, nulls
//! null. Property names are snake_case and still unique when a Shapefile cuts them to 10 letters.

pub(super) mod collection;
mod layers;
mod zones;

pub(super) use layers::{LAYERS, findings, matches};
pub(super) use zones::service_fields;

use super::exporter::Exporter;

/// Every layer of a plan folder.
pub(super) const EXPORTERS: [Exporter; 5] = [
    layers::buildings,
    layers::moves,
    zones::export,
    |issue| Ok(vec![findings(&issue.edition.found())]),
    |issue| Ok(vec![matches(&issue.edition.found())]),
];
