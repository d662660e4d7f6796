//! A feature collection, written by hand so that properties keep their order.

use super::super::cell::rounded;
use crate::place::Location;
use geo::orient::{Direction, Orient};
use serde_json::{Map, Value, json};

/// A feature collection in the making.
pub(in crate::publish) struct Collection {
    text: String,
    empty: bool,
}

impl Collection {
    /// Starts one. What it is about stands in a foreign member that GIS programs show with the layer.
    pub(in crate::publish) fn new(name: &str, about: &str) -> Self {
        let (name, about) = (Value::from(name), Value::from(about));
        Self {
            text: format!(
                "{{\"type\":\"FeatureCollection\",\"name\":{name},\"description\":{about},\"features\":["
            ),
            empty: true,
        }
    }

    /// Adds a feature; `geometry` may be null.
    pub(in crate::publish) fn feature(&mut self, geometry: &Value, properties: Map<String, Value>) {
        self.text.push_str(if self.empty { "\n" } else { ",\n" });
        self.empty = false;
        let properties = Value::Object(properties);
        self.text.push_str(&format!(
            "{{\"type\":\"Feature\",\"properties\":{properties},\"geometry\":{geometry}}}"
        ));
    }

    pub(in crate::publish) fn finish(mut self) -> Vec<u8> {
        self.text.push_str("\n]}\n");
        self.text.into_bytes()
    }
}

fn degrees(value: f64) -> Value {
    rounded(value, 7).map_or(Value::Null, Value::from)
}

fn position(lon: f64, lat: f64) -> Value {
    Value::Array(vec![degrees(lon), degrees(lat)])
}

/// A point, or null.
pub(in crate::publish) fn point(at: Option<Location>) -> Value {
    at.map_or(
        Value::Null,
        |at| json!({"type": "Point", "coordinates": position(at.lon(), at.lat())}),
    )
}

/// A line between two points, cut at the antimeridian as RFC 7946 asks; null where an end is not
/// known.
pub(in crate::publish) fn line(from: Option<Location>, to: Option<Location>) -> Value {
    let (Some(from), Some(to)) = (from, to) else {
        return Value::Null;
    };
    let (start, end) = (
        position(from.lon(), from.lat()),
        position(to.lon(), to.lat()),
    );
    let span = to.lon() - from.lon();
    if span.abs() <= 180.0 {
        return json!({"type": "LineString", "coordinates": [start, end]});
    }
    let edge = 180.0_f64.copysign(from.lon());
    let whole = 360.0 - span.abs();
    let share = if whole > 0.0 {
        (edge - from.lon()).abs() / whole
    } else {
        0.0
    };
    let lat = from.lat() + share * (to.lat() - from.lat());
    json!({"type": "MultiLineString", "coordinates": [
        [start, position(edge, lat)],
        [position(-edge, lat), end],
    ]})
}

/// A polygon or several, outer rings anticlockwise; null where no ring is left.
pub(in crate::publish) fn polygons(shape: &geo::MultiPolygon<f64>) -> Value {
    let shape = shape.orient(Direction::Default);
    let mut all: Vec<Value> = shape
        .iter()
        .filter_map(|polygon| {
            let outer = ring(polygon.exterior())?;
            let holes = polygon.interiors().iter().filter_map(ring);
            Some(Value::Array(std::iter::once(outer).chain(holes).collect()))
        })
        .collect();
    match all.len() {
        0 => Value::Null,
        1 => json!({"type": "Polygon", "coordinates": all.swap_remove(0)}),
        _ => json!({"type": "MultiPolygon", "coordinates": all}),
    }
}

/// A closed ring of at least four positions, none twice in a row once rounded.
fn ring(line: &geo::LineString<f64>) -> Option<Value> {
    let mut positions: Vec<Value> = line.coords().map(|c| position(c.x, c.y)).collect();
    positions.dedup();
    (positions.len() >= 4).then_some(Value::Array(positions))
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{LineString, MultiPolygon, Polygon};

    fn at(lon: f64, lat: f64) -> Option<Location> {
        Location::new(lon, lat)
    }

    #[test]
    fn a_clockwise_polygon_is_turned_and_its_hole_turned_the_other_way() {
        let square = |x: f64, size: f64| {
            LineString::from(vec![
                (x, x),
                (x, x + size),
                (x + size, x + size),
                (x + size, x),
                (x, x),
            ])
        };
        let shape = MultiPolygon::new(vec![Polygon::new(square(0.0, 4.0), vec![square(1.0, 1.0)])]);
        assert_eq!(
            polygons(&shape).to_string(),
            "{\"type\":\"Polygon\",\"coordinates\":[\
             [[0.0,0.0],[4.0,0.0],[4.0,4.0],[0.0,4.0],[0.0,0.0]],\
             [[1.0,1.0],[1.0,2.0],[2.0,2.0],[2.0,1.0],[1.0,1.0]]]}"
        );
    }

    #[test]
    fn coordinates_carry_seven_decimals() {
        let text = point(at(-2.123_456_789, 53.000_000_04)).to_string();
        assert_eq!(
            text,
            "{\"type\":\"Point\",\"coordinates\":[-2.1234568,53.0]}"
        );
    }

    #[test]
    fn a_line_over_the_antimeridian_is_cut_there() {
        let text = line(at(179.0, 0.0), at(-179.0, 2.0)).to_string();
        assert_eq!(
            text,
            "{\"type\":\"MultiLineString\",\"coordinates\":\
             [[[179.0,0.0],[180.0,1.0]],[[-180.0,1.0],[-179.0,2.0]]]}"
        );
    }

    #[test]
    fn a_ring_that_rounds_to_nothing_is_null_and_not_a_broken_polygon() {
        let tiny = LineString::from(vec![(0.0, 0.0), (1e-9, 0.0), (0.0, 1e-9), (0.0, 0.0)]);
        assert_eq!(
            polygons(&MultiPolygon::new(vec![Polygon::new(tiny, vec![])])),
            Value::Null
        );
    }
}
