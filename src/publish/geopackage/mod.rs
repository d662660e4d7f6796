//! `plan.gpkg`: the layers in one file, with spatial indexes, names for people, styles inside, and a
//! layer of decisions to fill in. In British National Grid where the place is British, else in
//! longitude and latitude.
//!
//! The same plan gives the same bytes: nothing is dated but by the base date.

mod blob;
mod decisions;
mod tables;

use super::about::about;
use super::edition::Issue;
use super::error::PublishError;
use super::exporter::Page;
use super::layers::{self, Layer};
use super::qml;
use crate::load::geopackage::Database;
use blob::System;
use tempfile::TempDir;

const FILE: &str = "plan.gpkg";

pub(super) fn export(issue: &Issue<'_>) -> Result<Vec<Page>, PublishError> {
    let bytes = written(issue).map_err(|fault| PublishError::page(FILE, fault))?;
    Ok(vec![Page::new(FILE, bytes)])
}

fn written(issue: &Issue<'_>) -> Result<Vec<u8>, String> {
    let folder = TempDir::new().map_err(|fault| fault.to_string())?;
    let path = folder.path().join(FILE);
    let database = Database::create(&path)?;
    let mut layers = layers::all(issue);
    layers.extend(decisions::layer(issue));
    let system = system(issue, &layers);
    let about = about(&issue.edition.found());
    let day = issue.place().base_date;
    tables::begin(&database, system)?;
    for layer in &layers {
        tables::write_layer(&database, layer, system, &about)?;
    }
    if layers.iter().any(|layer| layer.name == decisions::NAME) {
        decisions::constrain(&database)?;
    }
    let shown = |style: &qml::Style| layers.iter().any(|layer| layer.name == style.layer);
    let styles: Vec<_> = qml::styles(issue).into_iter().filter(shown).collect();
    tables::write_styles(&database, &styles, day)?;
    tables::finish(database, day)?;
    std::fs::read(&path).map_err(|fault| fault.to_string())
}

/// The British National Grid, where every position lies on it.
fn system(issue: &Issue<'_>, layers: &[Layer]) -> System {
    let mut shapes = layers.iter().flat_map(|layer| &layer.features);
    match issue.british && shapes.all(|feature| System::British.holds(&feature.shape)) {
        true => System::British,
        false => System::Degrees,
    }
}
