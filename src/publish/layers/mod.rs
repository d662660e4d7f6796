//! The map layers, before they become GeoJSON or a GeoPackage.
//!
//! Property names are snake_case and still unique when a Shapefile cuts them to 10 letters.

mod aliases;
mod layer;
mod records;
mod zones;

pub(super) use aliases::{alias, title};
pub(super) use layer::{Column, Feature, Layer, Property, Shape};
pub(super) use records::{buildings, findings, matches, moves};
pub(super) use zones::{service_columns, service_fields, zones};

use super::edition::Issue;

/// The properties of every layer; zones have three more for each service.
pub(super) const LAYERS: [(&str, &[Property]); 5] = [
    ("buildings", &records::BUILDINGS),
    ("moves", &records::MOVES),
    ("zones", &zones::ZONES),
    ("findings", &records::FINDINGS),
    ("matches", &records::MATCHES),
];

/// Every layer of a plan, in the order of [`LAYERS`].
pub(super) fn all(issue: &Issue<'_>) -> Vec<Layer> {
    let found = issue.edition.found();
    vec![
        buildings(issue),
        moves(issue),
        zones(issue),
        findings(&found),
        matches(&found),
    ]
}
