//! A GeoJSON geometry to a shape, with its faults named.

use crate::place::{Finding, RowRef, Severity};
use geo::orient::{Direction, Orient};
use geo::winding_order::{Winding, WindingOrder};
use geo::{Coord, Geometry, GeometryCollection, Line, LineString, MultiPolygon, Point, Polygon};
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
        (None, _) => esri(value, faults),
        _ => {
            faults.push(BAD);
            None
        }
    }
}

/// An ArcGIS geometry: `x` and `y`, `rings` (outer ones clockwise, each hole after its outer) or
/// `paths`.
fn esri(value: &Value, faults: &mut Vec<Fault>) -> Option<Geometry<f64>> {
    if let (Some(x), Some(y)) = (value.get("x"), value.get("y")) {
        return coord(&Value::Array(vec![x.clone(), y.clone()]), faults)
            .map(|c| Geometry::Point(Point(c)));
    }
    if let Some(paths) = value.get("paths") {
        let lines: Vec<LineString<f64>> =
            list(paths).iter().filter_map(|c| line(c, faults)).collect();
        return (!lines.is_empty())
            .then_some(Geometry::MultiLineString(geo::MultiLineString(lines)));
    }
    let Some(rings) = value.get("rings") else {
        faults.push(BAD);
        return None;
    };
    let mut groups: Vec<Vec<Value>> = Vec::new();
    for ring in list(rings) {
        let outer = line(ring, faults)
            .is_none_or(|line| line.winding_order() != Some(WindingOrder::CounterClockwise));
        match groups.last_mut() {
            Some(group) if !outer => group.push(ring.clone()),
            _ => groups.push(vec![ring.clone()]),
        }
    }
    let mut quiet = Vec::new();
    let parts: Vec<Polygon<f64>> = groups
        .into_iter()
        .filter_map(|group| polygon(&Value::Array(group), &mut quiet))
        .collect();
    // Clockwise is right in this format.
    faults.extend(quiet.into_iter().filter(|fault| fault.0 != "ring-order"));
    (!parts.is_empty()).then_some(Geometry::MultiPolygon(MultiPolygon(parts)))
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
    let polygon = Polygon::new(outer, rings.collect());
    let wound =
        |ring: &LineString<f64>, order| ring.winding_order().is_none_or(|found| found == order);
    let right_handed = wound(polygon.exterior(), WindingOrder::CounterClockwise)
        && polygon
            .interiors()
            .iter()
            .all(|ring| wound(ring, WindingOrder::Clockwise));
    if std::iter::once(polygon.exterior())
        .chain(polygon.interiors())
        .any(crosses_itself)
    {
        faults.push(("self-crossing", Severity::Warn, "an outline crosses itself"));
    } else if !right_handed {
        faults.push((
            "ring-order",
            Severity::Repair,
            "rings run the wrong way round",
        ));
    }
    Some(if right_handed {
        polygon
    } else {
        polygon.orient(Direction::Default)
    })
}

/// Comparisons spent on one ring before it is taken on trust: outlines of coasts are long, but
/// their segments are short.
const MOST_COMPARISONS: usize = 20_000_000;

/// Whether two segments of a closed ring that are not neighbours meet. Segments are compared only
/// where they overlap from west to east.
fn crosses_itself(ring: &LineString<f64>) -> bool {
    let lines: Vec<Line<f64>> = ring.lines().filter(|line| line.start != line.end).collect();
    let span = |line: &Line<f64>| (line.start.x.min(line.end.x), line.start.x.max(line.end.x));
    let mut order: Vec<usize> = (0..lines.len()).collect();
    let west = |at: usize| lines.get(at).map_or(0.0, |line| span(line).0);
    order.sort_unstable_by(|a, b| west(*a).total_cmp(&west(*b)));
    let mut comparisons = 0_usize;
    for (position, &first) in order.iter().enumerate() {
        let Some(a) = lines.get(first) else { continue };
        let east = span(a).1;
        for &second in order.iter().skip(position + 1) {
            let Some(b) = lines.get(second) else { continue };
            if span(b).0 > east {
                break;
            }
            comparisons += 1;
            if comparisons > MOST_COMPARISONS {
                return false;
            }
            let apart = first.abs_diff(second);
            let neighbours = apart == 1 || apart + 1 == lines.len();
            if !neighbours && properly_cross(a, b) {
                return true;
            }
        }
    }
    false
}

/// Whether two segments cross in a point inside both: outlines that touch themselves are common
/// and harmless.
fn properly_cross(a: &Line<f64>, b: &Line<f64>) -> bool {
    let side = |line: &Line<f64>, point: Coord<f64>| {
        (line.end.x - line.start.x) * (point.y - line.start.y)
            - (line.end.y - line.start.y) * (point.x - line.start.x)
    };
    let (a1, a2) = (side(a, b.start), side(a, b.end));
    let (b1, b2) = (side(b, a.start), side(b, a.end));
    a1 * a2 < 0.0 && b1 * b2 < 0.0
}
