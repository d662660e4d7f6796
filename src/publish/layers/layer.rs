//! A layer before it becomes a file.

use super::super::cell::Cell;
use crate::place::Location;
use geo::MultiPolygon;

/// Property name, and the field of the list of fields it shows.
pub(in super::super) type Property = (&'static str, &'static str);

/// A property of every feature of a layer.
#[derive(Clone, Debug)]
pub(in super::super) struct Column {
    pub(in super::super) name: String,
    /// The field of the list of fields it shows.
    pub(in super::super) field: &'static str,
    /// The service it is about, where it is about one.
    pub(in super::super) about: Option<String>,
}

/// Features under columns, for one audience.
#[derive(Clone, Debug)]
pub(in super::super) struct Layer {
    pub(in super::super) name: &'static str,
    pub(in super::super) columns: Vec<Column>,
    pub(in super::super) features: Vec<Feature>,
}

/// A shape and a cell for each column.
#[derive(Clone, Debug)]
pub(in super::super) struct Feature {
    pub(in super::super) shape: Shape,
    pub(in super::super) cells: Vec<Cell>,
}

/// Where a feature is, WGS84.
#[derive(Clone, Debug)]
pub(in super::super) enum Shape {
    Nowhere,
    Point(Location),
    Line(Location, Location),
    /// A zone: its outline, and the point that stands in where the outline is none.
    Area(MultiPolygon<f64>, Location),
}

impl Shape {
    /// A line between two points; nowhere where an end is not known.
    pub(super) fn between(from: Option<Location>, to: Option<Location>) -> Self {
        match (from, to) {
            (Some(from), Some(to)) => Shape::Line(from, to),
            _ => Shape::Nowhere,
        }
    }

    /// A zone's outline where it is known, else its point.
    pub(super) fn zone(outline: Option<&MultiPolygon<f64>>, point: Location) -> Self {
        match outline {
            Some(outline) => Shape::Area(outline.clone(), point),
            None => Shape::Point(point),
        }
    }
}

impl Layer {
    pub(super) fn new(name: &'static str, properties: &[Property]) -> Self {
        let columns = properties.iter().map(|(name, field)| Column {
            name: (*name).to_owned(),
            field,
            about: None,
        });
        Self {
            name,
            columns: columns.collect(),
            features: Vec::new(),
        }
    }
}
