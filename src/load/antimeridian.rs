//! Outlines that lie across the antimeridian: their numbers run from nearly 180 to nearly -180, so
//! that their middle by numbers is on the other side of the Earth.

use crate::place::Location;
use geo::{BoundingRect, Geometry, LineString, MapCoords, MultiPolygon, Polygon, Rect, coord};

/// The shape in one piece, with longitudes from 0 to 360, where it lies across the antimeridian.
pub(super) fn in_one_piece<S>(shape: &S) -> Option<S>
where
    S: BoundingRect<f64, Output: Into<Option<Rect<f64>>>> + MapCoords<f64, f64, Output = S>,
{
    let width = |shape: &S| {
        shape
            .bounding_rect()
            .into()
            .map_or(0.0, |rect| rect.width())
    };
    if width(shape) <= 180.0 {
        return None;
    }
    let whole = shape.map_coords(|c| coord! { x: eastward(c.x), y: c.y });
    // A shape that is wide this way too spans half the Earth, and is left as it is.
    let narrow = width(&whole);
    (narrow > 0.0 && narrow < 180.0).then_some(whole)
}

/// The longitude, counted from 0 to 360.
pub(super) fn eastward(lon: f64) -> f64 {
    if lon < 0.0 { lon + 360.0 } else { lon }
}

/// The place of a point whose longitude may be counted from 0 to 360.
pub(super) fn location(point: geo::Point<f64>) -> Option<Location> {
    let lon = if point.x() > 180.0 {
        point.x() - 360.0
    } else {
        point.x()
    };
    Location::new(lon, point.y())
}

/// Cuts the outlines of a shape in two at the antimeridian, as GeoJSON asks, where they lie across
/// it: then every point is inside by its numbers too.
pub(super) fn cut(shape: &Geometry<f64>) -> Option<Geometry<f64>> {
    let polygons: Vec<Polygon<f64>> = match in_one_piece(shape)? {
        Geometry::Polygon(polygon) => vec![polygon],
        Geometry::MultiPolygon(many) => many.0,
        _ => return None,
    };
    let mut parts = Vec::new();
    for polygon in &polygons {
        parts.extend(side(polygon, Side::West));
        let east = side(polygon, Side::East);
        parts.extend(east.map(|part| part.map_coords(|c| coord! { x: c.x - 360.0, y: c.y })));
    }
    Some(MultiPolygon::new(parts).into())
}

#[derive(Clone, Copy)]
enum Side {
    /// Longitudes up to 180.
    West,
    /// Those beyond.
    East,
}

/// What of a polygon lies on one side of the antimeridian.
fn side(polygon: &Polygon<f64>, side: Side) -> Option<Polygon<f64>> {
    let outer = clipped(polygon.exterior(), side)?;
    let holes = polygon.interiors().iter();
    Some(Polygon::new(
        outer,
        holes.filter_map(|hole| clipped(hole, side)).collect(),
    ))
}

/// A ring cut along the antimeridian (Sutherland and Hodgman).
fn clipped(ring: &LineString<f64>, side: Side) -> Option<LineString<f64>> {
    let inside = |x: f64| match side {
        Side::West => x <= 180.0,
        Side::East => x >= 180.0,
    };
    let mut corners = Vec::new();
    for line in ring.lines() {
        let (from, to) = (line.start, line.end);
        if inside(from.x) {
            corners.push(from);
        }
        if inside(from.x) != inside(to.x) {
            let along = (180.0 - from.x) / (to.x - from.x);
            corners.push(coord! { x: 180.0, y: from.y + along * (to.y - from.y) });
        }
    }
    let wide = corners.iter().any(|corner| corner.x != 180.0);
    (wide && corners.len() >= 3).then(|| {
        let mut ring = LineString::new(corners);
        ring.close();
        ring
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Contains, point, polygon};

    fn taveuni() -> Geometry<f64> {
        polygon![
            (x: 179.0, y: -17.0),
            (x: -179.0, y: -17.0),
            (x: -179.0, y: -16.0),
            (x: 179.0, y: -16.0),
        ]
        .into()
    }

    #[test]
    fn an_outline_across_the_antimeridian_is_cut_there() {
        let cut = cut(&taveuni()).expect("it lies across");
        for (lon, inside) in [(179.5, true), (-179.5, true), (0.0, false), (178.0, false)] {
            assert_eq!(cut.contains(&point!(x: lon, y: -16.5)), inside, "{lon}");
        }
    }

    #[test]
    fn an_outline_on_one_side_or_around_the_whole_earth_is_left_alone() {
        let kent: Geometry<f64> =
            polygon![(x: -0.5, y: 51.0), (x: 1.0, y: 51.0), (x: 1.0, y: 52.0)].into();
        assert!(cut(&kent).is_none());
        let world: Geometry<f64> = polygon![
            (x: -180.0, y: -90.0), (x: 180.0, y: -90.0), (x: 180.0, y: 90.0), (x: -180.0, y: 90.0),
        ]
        .into();
        assert!(cut(&world).is_none());
    }

    #[test]
    fn its_middle_is_on_its_own_side_of_the_earth() {
        let middle = in_one_piece(&taveuni())
            .and_then(|whole| geo::Centroid::centroid(&whole))
            .and_then(location)
            .expect("it has a middle");
        assert!(
            middle.lon().abs() > 179.9 && (middle.lat() + 16.5).abs() < 1e-9,
            "{middle:?}"
        );
    }
}
