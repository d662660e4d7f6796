//! Where a zone is: its outline, and the point its people start from.

use super::sheets::Sheets;
use crate::load::{Located, Table, antimeridian};
use crate::place::{Finding, Location, PointBasis, Precision, Severity, Zone};
use geo::{Centroid, Contains, InteriorPoint, Intersects};

pub(super) fn report_points(zones: &[Zone], table: &Table, findings: &mut Vec<Finding>) {
    let count = |basis| {
        zones
            .iter()
            .filter(|zone| zone.point_basis == basis)
            .count()
    };
    let (given, centre, inside) = (
        count(PointBasis::Given),
        count(PointBasis::Centroid),
        count(PointBasis::Inside),
    );
    // Points that are given, or are the centres of their outlines, need no word.
    if inside == 0 {
        return;
    }
    findings.push(
        Finding::new("zone-points", Severity::Warn, table.whole())
            .cause(format!(
                "{inside} of {} zones have their centre outside their outline ({given} points are given, {centre} are centres)",
                zones.len()
            ))
            .action("a point inside is used for them, and distances are measured from it; population-weighted points are better where you have them"),
    );
}

/// A join may bring a better point: its `lon` and `lat`, where the user named them.
pub(super) fn points_of_joins(sheets: &Sheets, places: &mut [Located], table: &Table) {
    if !(table.has_shapes && sheets.mapped("lon") && sheets.mapped("lat")) {
        return;
    }
    for (at, place) in places.iter_mut().enumerate() {
        let number = |name: &str| sheets.text(at, name)?.parse::<f64>().ok();
        if let (Some(lon), Some(lat)) = (number("lon"), number("lat"))
            && let Some(location) = Location::new(lon, lat)
        {
            *place = Some((location, Precision::Exact));
        }
    }
}

/// The polygons of a shape; points and lines are no outline.
pub(super) fn outline(shape: Option<Box<geo::Geometry<f64>>>) -> Option<geo::MultiPolygon<f64>> {
    let mut polygons = Vec::new();
    collect_polygons(*shape?, &mut polygons);
    (!polygons.is_empty()).then(|| geo::MultiPolygon::new(polygons))
}

/// Every polygon of a geometry, collections included.
pub(super) fn collect_polygons(shape: geo::Geometry<f64>, into: &mut Vec<geo::Polygon<f64>>) {
    match shape {
        geo::Geometry::Polygon(polygon) => into.push(polygon),
        geo::Geometry::MultiPolygon(many) => into.extend(many.0),
        geo::Geometry::GeometryCollection(many) => {
            for one in many.0 {
                collect_polygons(one, into);
            }
        }
        _ => {}
    }
}

/// The point of a zone: the one given, else the centre of the outline, else a point inside it.
pub(super) fn zone_point(
    located: Located,
    outline: Option<&geo::MultiPolygon<f64>>,
) -> Option<(Location, PointBasis)> {
    if let Some((location, Precision::Exact)) = located {
        return Some((location, PointBasis::Given));
    }
    let Some(outline) = outline else {
        return located.map(|(location, _)| (location, PointBasis::Given));
    };
    let here = antimeridian::location;
    let whole = antimeridian::in_one_piece(outline);
    let outline = whole.as_ref().unwrap_or(outline);
    // Of an outline across the antimeridian the cut is the edge of both parts, and no edge of it.
    let inside = |point: &geo::Point<f64>| match &whole {
        Some(whole) => whole.intersects(point),
        None => outline.contains(point),
    };
    let centre = outline.centroid().filter(inside);
    if let Some(centre) = centre.and_then(here) {
        return Some((centre, PointBasis::Centroid));
    }
    let inside = outline.interior_point().and_then(here);
    inside
        .or(located.map(|(location, _)| location))
        .map(|location| (location, PointBasis::Inside))
}
