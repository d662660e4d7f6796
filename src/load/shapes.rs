//! A GeoJSON geometry to a shape, with its faults named.

use crate::place::{Finding, RowRef, Severity};
use geo::{Coord, Geometry, GeometryCollection, LineString, MultiPolygon, Point, Polygon};
use serde_json::Value;

/// Reads one geometry; `None`, with a finding, where it holds no point.
pub(super) fn read(
    value: &Value,
    at: &RowRef,
    findings: &mut Vec<Finding>,
) -> Option<Geometry<f64>> {
    let mut faults = Vec::new();
    let shape = if value.is_null() {
        faults.push(("no-geometry", Severity::Warn, "the feature has no geometry"));
        None
    } else {
        let shape = geometry(value, &mut faults, 0);
        if shape.is_none() && faults.is_empty() {
            faults.push(("empty-geometry", Severity::Warn, "the geometry is empty"));
        }
        shape
    };
    faults.dedup();
    for (code, severity, cause) in faults {
        let action = match code {
            "ring-order" => "accepted; the area is the same",
            "ring-not-closed" => "closed",
            "self-crossing" => "kept; its area is doubtful, correct the outline",
            _ => "kept as a record without a shape",
        };
        findings.push(
            Finding::new(code, severity, at.clone())
                .column("geometry")
                .cause(cause)
                .action(action),
        );
    }
    shape
}

type Fault = (&'static str, Severity, &'static str);

const BAD: Fault = (
    "bad-geometry",
    Severity::Warn,
    "the geometry cannot be read",
);

fn geometry(value: &Value, faults: &mut Vec<Fault>, depth: usize) -> Option<Geometry<f64>> {
    let kind = value.get("type").and_then(Value::as_str);
    let coordinates = value.get("coordinates");
    match (kind, coordinates) {
        (Some("Point"), Some(c)) => coord(c, faults).map(|c| Geometry::Point(Point(c))),
        (Some("MultiPoint"), Some(c)) => {
            let points: Vec<Point<f64>> = list(c)
                .iter()
                .filter_map(|c| coord(c, faults))
                .map(Point)
                .collect();
            (!points.is_empty()).then(|| Geometry::MultiPoint(points.into()))
        }
        (Some("LineString"), Some(c)) => line(c, faults).map(Geometry::LineString),
        (Some("MultiLineString"), Some(c)) => {
            let lines: Vec<LineString<f64>> =
                list(c).iter().filter_map(|c| line(c, faults)).collect();
            (!lines.is_empty()).then_some(Geometry::MultiLineString(geo::MultiLineString(lines)))
        }
        (Some("Polygon"), Some(c)) => polygon(c, faults).map(Geometry::Polygon),
        (Some("MultiPolygon"), Some(c)) => {
            let parts: Vec<Polygon<f64>> =
                list(c).iter().filter_map(|c| polygon(c, faults)).collect();
            (!parts.is_empty()).then_some(Geometry::MultiPolygon(MultiPolygon(parts)))
        }
        (Some("GeometryCollection"), _) if depth < 16 => {
            let parts: Vec<Geometry<f64>> = value
                .get("geometries")
                .map(list)
                .unwrap_or_default()
                .iter()
                .filter_map(|part| geometry(part, faults, depth + 1))
                .collect();
            (!parts.is_empty()).then_some(Geometry::GeometryCollection(GeometryCollection(parts)))
        }
        _ => {
            faults.push(BAD);
            None
        }
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// One position; heights are passed over, an empty one is no position.
fn coord(value: &Value, faults: &mut Vec<Fault>) -> Option<Coord<f64>> {
    let parts = list(value);
    if parts.is_empty() && value.is_array() {
        return None;
    }
    match (
        parts.first().and_then(Value::as_f64),
        parts.get(1).and_then(Value::as_f64),
    ) {
        (Some(x), Some(y)) if x.is_finite() && y.is_finite() => Some(Coord { x, y }),
        _ => {
            faults.push(BAD);
            None
        }
    }
}

fn line(value: &Value, faults: &mut Vec<Fault>) -> Option<LineString<f64>> {
    let points: Vec<Coord<f64>> = list(value)
        .iter()
        .filter_map(|c| coord(c, faults))
        .collect();
    (points.len() >= 2).then_some(LineString(points))
}

fn polygon(value: &Value, faults: &mut Vec<Fault>) -> Option<Polygon<f64>> {
    let mut rings = Vec::new();
    for ring in list(value) {
        let Some(mut points) = line(ring, faults).map(|line| line.0) else {
            continue;
        };
        if points.first() != points.last() {
            faults.push((
                "ring-not-closed",
                Severity::Repair,
                "an outline does not end where it began",
            ));
            if let Some(&first) = points.first() {
                points.push(first);
            }
        }
        if points.len() >= 4 {
            rings.push(LineString(points));
        } else {
            faults.push(BAD);
        }
    }
    let mut rings = rings.into_iter();
    let outer = rings.next()?;
    Some(Polygon::new(outer, rings.collect()))
}
