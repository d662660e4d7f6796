//! The map layers, before they become GeoJSON or a GeoPackage.
//!
//! Property names are snake_case and still unique when a Shapefile cuts them to 10 letters.

mod aliases;
mod layer;
mod records;
mod zones;

pub(super) use aliases::{alias, title};
pub(super) use layer::{Column, Feature, Layer, Property, Shape};
pub(super) use records::{buildings, findings, matches, moves, new_counters};
pub(super) use zones::{service_columns, service_fields, zones};

use super::edition::Issue;

/// The properties of every layer; zones have three more for each service.
pub(super) const LAYERS: [(&str, &[Property]); 6] = [
    ("buildings", &records::BUILDINGS),
    ("moves", &records::MOVES),
    (NEW_COUNTERS, &records::NEW_COUNTERS),
    ("zones", &zones::ZONES),
    ("findings", &records::FINDINGS),
    ("matches", &records::MATCHES),
];

/// The layer of new counters: only places that offer some have it.
pub(super) const NEW_COUNTERS: &str = "new_counters";

/// Every layer of a plan, in the order of [`LAYERS`].
pub(super) fn all(issue: &Issue<'_>) -> Vec<Layer> {
    let found = issue.edition.found();
    let offers = !issue.place().points.is_empty();
    let mut layers = vec![buildings(issue), moves(issue)];
    layers.extend(offers.then(|| new_counters(issue)));
    layers.extend([zones(issue), findings(&found), matches(&found)]);
    layers
}
