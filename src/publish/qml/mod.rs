//! How QGIS shows each layer: the styles inside `plan.gpkg`, and the same as `maps/styles/*.qml` for
//! those who open the GeoJSON. Colours, shapes and words are those of the maps.

mod document;
mod forms;
mod points;
mod symbol;
mod zones;

use super::edition::Issue;
use super::error::PublishError;
use super::exporter::Page;
use super::layers::{Column, LAYERS, NEW_COUNTERS, alias, service_fields};
use document::Document;
pub(super) use forms::{Choice, DECISIONS, FIELDS, STATUSES};

/// One way to show a layer.
#[derive(Clone, Debug)]
pub(super) struct Style {
    pub(super) layer: &'static str,
    /// As QGIS lists it among the styles of the layer.
    pub(super) name: String,
    pub(super) about: String,
    /// Whether the layer opens with it.
    pub(super) is_default: bool,
    /// The file, under `maps/styles/`.
    pub(super) file: String,
    pub(super) xml: String,
    document: Document,
}

impl Style {
    fn new(layer: &'static str, name: &str, document: Document) -> Self {
        Self {
            layer,
            name: name.to_owned(),
            about: "By oneroof; the colours and shapes of its maps".to_owned(),
            is_default: true,
            file: format!("{layer}.qml"),
            xml: String::new(),
            document,
        }
    }
}

/// Every style; the first of a layer is the one it opens with.
pub(super) fn styles(issue: &Issue<'_>) -> Vec<Style> {
    let mut styles = vec![
        Style::new("buildings", "Action", points::buildings()),
        Style::new("moves", "Moves", points::moves()),
        Style::new(NEW_COUNTERS, "New counters", points::new_counters()),
    ];
    styles.extend(zones::styles(issue));
    styles.extend([
        Style::new("findings", "Severity", points::findings()),
        Style::new("matches", "Matches", points::matches()),
        Style::new("decisions", "Decisions", points::decisions()),
    ]);
    for style in &mut styles {
        let names = names(issue, style.layer);
        style.xml = style.document.clone().named(&names).finish();
    }
    styles
}

/// The fields of a layer and what people call them.
fn names(issue: &Issue<'_>, layer: &str) -> Vec<(String, String)> {
    let column = |name: &str, field: &'static str, about: Option<String>| Column {
        name: name.to_owned(),
        field,
        about,
    };
    let known = LAYERS.iter().find(|(name, _)| *name == layer);
    let properties = known.into_iter().flat_map(|(_, properties)| *properties);
    let mut columns: Vec<Column> = properties
        .map(|(name, field)| column(name, field, None))
        .collect();
    if layer == "zones" {
        let services = service_fields(issue).into_iter();
        columns.extend(services.map(|(name, field, service)| column(&name, field, Some(service))));
    }
    if layer == "decisions" {
        columns.extend(forms::FIELDS.map(|name| column(name, name, None)));
    }
    let named = columns.into_iter();
    named
        .map(|column| {
            let alias = alias(layer, &column);
            (column.name, alias)
        })
        .collect()
}

/// `maps/styles/*.qml`.
pub(super) fn export(issue: &Issue<'_>) -> Result<Vec<Page>, PublishError> {
    let styles = styles(issue).into_iter();
    Ok(styles
        // Decisions are edited in the GeoPackage only.
        .filter(|style| style.layer != "decisions")
        .filter(|style| style.layer != NEW_COUNTERS || !issue.place().points.is_empty())
        .map(|style| {
            Page::new(
                format!("maps/styles/{}", style.file),
                style.xml.into_bytes(),
            )
        })
        .collect())
}
