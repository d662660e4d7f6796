//! The map layers as GeoJSON: RFC 7946, one feature a line.
//!
//! Longitude and latitude to 7 decimals, outer rings anticlockwise, no `crs` member, ids text, nulls
//! null.

pub(super) mod collection;

use super::about::about;
use super::check::CheckEdition;
use super::exporter::{Exporter, Page};
use super::layers::{self, Layer, Shape};
use collection::{Collection, line, point, polygons};
use serde_json::{Map, Value};

/// Every layer of a plan folder.
pub(super) const EXPORTERS: [Exporter; 1] = [|issue| {
    let found = issue.edition.found();
    let layers = layers::all(issue);
    Ok(layers.iter().map(|layer| page(layer, &found)).collect())
}];

/// `findings.geojson`.
pub(super) fn findings(edition: &CheckEdition<'_>) -> Page {
    page(&layers::findings(edition), edition)
}

/// `matches.geojson`.
pub(super) fn matches(edition: &CheckEdition<'_>) -> Page {
    page(&layers::matches(edition), edition)
}

fn page(layer: &Layer, edition: &CheckEdition<'_>) -> Page {
    let mut collection = Collection::new(layer.name, &about(edition));
    for feature in &layer.features {
        let names = layer.columns.iter().map(|column| column.name.clone());
        let values = feature.cells.iter().map(|cell| cell.to_json());
        let properties: Map<String, Value> = names.zip(values).collect();
        collection.feature(&geometry(&feature.shape), properties);
    }
    Page::new(format!("{}.geojson", layer.name), collection.finish())
}

fn geometry(shape: &Shape) -> Value {
    match shape {
        Shape::Nowhere => Value::Null,
        Shape::Point(at) => point(Some(*at)),
        Shape::Line(from, to) => line(Some(*from), Some(*to)),
        Shape::Area(outline, middle) => match polygons(outline) {
            Value::Null => point(Some(*middle)),
            outline => outline,
        },
    }
}
