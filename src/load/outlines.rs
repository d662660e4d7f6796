//! Shapes of records: brought to WGS84, and a point chosen for each.

use super::crs::Crs;
use super::far::metres;
use super::locate::{LocateOptions, Spot, names};
use super::unstated::{self, Choice};
use super::{Columns, Table, antimeridian, coordinates, grids};
use crate::place::{Finding, Location, Precision, Severity};
use geo::{
    BoundingRect, Centroid, Contains, CoordsIter, Geometry, InteriorPoint, Intersects, MapCoords,
};
use rayon::prelude::*;

/// Brings all shapes of a table to WGS84: by the system the user or the file names, else by range.
pub(super) fn to_wgs84(
    table: &mut Table,
    columns: &Columns,
    options: &LocateOptions,
    findings: &mut Vec<Finding>,
) {
    let stated = table.crs.as_deref().map(Crs::named);
    let numbers = table
        .records
        .iter()
        .filter_map(|record| record.shape.as_deref())
        .filter_map(|shape| shape.coords_iter().next())
        .take(200)
        .map(|c| (c.x, c.y))
        .collect::<Vec<_>>();
    let seen: Vec<_> = numbers
        .iter()
        .map(|(x, y)| Crs::of_values(*x, *y))
        .collect();
    let mut choices = Vec::new();
    let most =
        |crs: &Option<Crs>| seen.iter().filter(|other| *other == crs).count() * 2 > seen.len();
    let in_degrees = most(&Some(Crs::Degrees));
    let by_value = [Crs::Degrees, Crs::British, Crs::Mercator]
        .into_iter()
        .find(|crs| most(&Some(crs.clone())));
    let crs = match (&stated, by_value) {
        (Some(crs), None) => crs.clone(),
        (Some(stated), Some(by_value)) => {
            let clash = *stated != by_value
                && (by_value == Crs::Degrees || *stated == Crs::Degrees)
                && !matches!(stated, Crs::Other(_));
            if clash {
                findings.push(
                    Finding::new("crs-contradicts", Severity::Repair, table.whole())
                        .column("geometry")
                        .cause(format!(
                            "the file says {} but its numbers are {}",
                            stated.name(),
                            by_value.name()
                        ))
                        .action(format!("read as {}", by_value.name()))
                        .setting(format!("crs = \"{}\"", by_value.name())),
                );
                by_value
            } else {
                stated.clone()
            }
        }
        (None, Some(Crs::Degrees)) => Crs::Degrees,
        (None, _) if seen.is_empty() => Crs::Degrees,
        (None, _) => match unstated::choose(table, columns, &[], &numbers, options) {
            Choice::Read(crs, how) => {
                findings.push(
                    Finding::new("crs-assumed", Severity::Warn, table.whole())
                        .column("geometry")
                        .cause(format!(
                            "nothing says which coordinate system is used; {how} {}",
                            crs.name()
                        ))
                        .action("converted; confirm it with the line below")
                        .setting(format!("crs = \"{}\"", crs.name())),
                );
                crs
            }
            Choice::Refused(name, those) => {
                choices = those;
                Crs::Other(name)
            }
        },
    };
    if let Crs::Other(name) = &crs {
        findings.push(grids::refused(table, name, in_degrees, &choices).column("geometry"));
        for record in &mut table.records {
            record.shape = None;
        }
        return;
    }
    if crs != Crs::Degrees && stated.as_ref() == Some(&crs) {
        findings.push(
            Finding::new("crs-converted", Severity::Repair, table.whole())
                .column("geometry")
                .cause(format!("the coordinates are in {}", crs.name()))
                .action("converted to longitude and latitude"),
        );
    }
    let outside: Vec<Finding> = table
        .records
        .par_iter_mut()
        .filter_map(|record| {
            let shape = record.shape.as_deref()?;
            if crs == Crs::Degrees
                && shape
                    .coords_iter()
                    .all(|c| Location::new(c.x, c.y).is_some())
            {
                return None;
            }
            let converted = shape.try_map_coords(|c| {
                crs.to_wgs84(c.x, c.y)
                    .map(|at| geo::coord! { x: at.lon(), y: at.lat() })
                    .ok_or(())
            });
            if let Ok(converted) = converted {
                record.shape = Some(Box::new(converted));
                return None;
            }
            // Points are kept aside: their numbers may still be explained.
            if !matches!(shape, Geometry::Point(_)) {
                record.shape = None;
            }
            Some(
                Finding::new("outside-crs", Severity::Warn, record.at.clone())
                    .column("geometry")
                    .cause(format!("coordinates that are no place in {}", crs.name()))
                    .action("not placed by its geometry; check it, or name the right crs"),
            )
        })
        .collect();
    findings.extend(outside);
    cut_at_the_antimeridian(table);
}

/// Cuts outlines across the antimeridian in two, so that what is inside them is inside by its
/// numbers.
fn cut_at_the_antimeridian(table: &mut Table) {
    table.records.par_iter_mut().for_each(|record| {
        if let Some(cut) = record.shape.as_deref().and_then(antimeridian::cut) {
            record.shape = Some(Box::new(cut));
        }
    });
}

/// Gives each record a point from its shape.
pub(super) fn place(
    table: &mut Table,
    options: &LocateOptions,
    source: Option<&coordinates::Source>,
    spots: &mut [Spot],
    findings: &mut Vec<Finding>,
) {
    let about = source.map(|source| names(table, source));
    let chosen: Vec<Option<(Location, bool)>> = table
        .records
        .par_iter()
        .zip(spots.par_iter())
        .map(|(record, spot)| {
            let shape = record.shape.as_deref()?;
            let given = spot.at.map(|(at, _)| at).filter(|_| options.areas);
            point(shape, given)
        })
        .collect();
    for ((record, spot), chosen) in table.records.iter().zip(spots).zip(chosen) {
        let Some(shape) = record.shape.as_deref() else {
            continue;
        };
        if let Geometry::Point(point) = shape {
            spot.at = Location::new(point.x(), point.y()).map(|at| (at, Precision::Exact));
            spot.pair = Some((point.x(), point.y(), Crs::Degrees));
            continue;
        }
        let Some((at, was_given)) = chosen else {
            continue;
        };
        if was_given {
            continue;
        }
        if options.areas && spot.at.is_some() {
            let mut finding = Finding::new("centroid-outside", Severity::Warn, record.at.clone())
                .cause("the point given for the zone lies outside its outline")
                .action("a point inside the outline is used instead");
            finding.column.clone_from(&about);
            findings.push(finding);
        }
        if !options.areas {
            findings.push(
                Finding::new("outline-point", Severity::Repair, record.at.clone())
                    .column("geometry")
                    .cause("an outline where a point is expected")
                    .action("a point inside it is used"),
            );
        }
        spot.at = Some((at, Precision::Outline));
        spot.pair = Some((at.lon(), at.lat(), Crs::Degrees));
    }
}

/// A point of a shape: the given one where it lies inside, else the centre where that does, else
/// any inside. The flag says that the given one was taken.
fn point(shape: &Geometry<f64>, given: Option<Location>) -> Option<(Location, bool)> {
    if let Some(whole) = antimeridian::in_one_piece(shape) {
        if let Some(given) = given
            && whole.contains(&geo::Point::new(
                antimeridian::eastward(given.lon()),
                given.lat(),
            ))
        {
            return Some((given, true));
        }
        // The middle may lie on the cut itself, which is the edge of both parts.
        let centre = whole.centroid().filter(|centre| whole.intersects(centre));
        let point = centre.or_else(|| whole.interior_point())?;
        return antimeridian::location(point).map(|at| (at, false));
    }
    let area = matches!(shape, Geometry::Polygon(_) | Geometry::MultiPolygon(_));
    if let Some(given) = given
        && (!area || shape.contains(&given.point()))
    {
        return Some((given, true));
    }
    let centre = shape
        .centroid()
        .filter(|centre| !area || shape.contains(centre));
    let point = centre
        .or_else(|| shape.interior_point())
        .or_else(|| shape.centroid())?;
    Location::new(point.x(), point.y()).map(|at| (at, false))
}

/// Outlines this close to each other, in metres, and alike in all else, may be one site.
const ONE_SITE_M: f64 = 50.0;

/// Flags outlines that may be parts of one site: close together, with the same name and kind.
pub(super) fn flag_neighbours(table: &Table, columns: &Columns, findings: &mut Vec<Finding>) {
    let code = columns.get("asset_id").or_else(|| columns.get("point_id"));
    let alike = |a: &super::Record, b: &super::Record| {
        (0..table.header.len())
            .filter(|column| Some(*column) != code)
            .all(|column| a.cell(column) == b.cell(column))
    };
    let outlines: Vec<(&super::Record, &Geometry<f64>)> = table
        .records
        .iter()
        .filter_map(|record| Some((record, record.shape.as_deref()?)))
        .filter(|(_, shape)| matches!(shape, Geometry::Polygon(_) | Geometry::MultiPolygon(_)))
        .collect();
    let mut order: Vec<(f64, usize)> = outlines
        .iter()
        .enumerate()
        .filter_map(|(at, (_, shape))| Some((shape.bounding_rect()?.min().x, at)))
        .collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut said = std::collections::BTreeSet::new();
    for (position, &(west, first)) in order.iter().enumerate() {
        let Some((record, shape)) = outlines.get(first) else {
            continue;
        };
        let Some(bounds) = shape.bounding_rect() else {
            continue;
        };
        // A degree of longitude shrinks towards the poles; a fixed margin is wide enough to look.
        let margin = 0.005;
        let near = order.iter().skip(position + 1).take(200);
        for &(_, second) in
            near.take_while(|(other, _)| *other <= bounds.max().x + margin && *other >= west)
        {
            let Some((other, other_shape)) = outlines.get(second) else {
                continue;
            };
            if !alike(record, other) {
                continue;
            }
            let Some(apart) = gap(shape, other_shape).filter(|apart| *apart <= ONE_SITE_M) else {
                continue;
            };
            let (earlier, later) = if record.at.record < other.at.record {
                (record, other)
            } else {
                (other, record)
            };
            if !said.insert(later.at.record) {
                continue;
            }
            findings.push(
                Finding::new("one-site-perhaps", Severity::Warn, later.at.clone())
                    .column("geometry")
                    .cause(format!(
                        "{apart:.0} m from record {} and alike in all else",
                        earlier.at.record
                    ))
                    .action("kept apart; join the outlines if they are one site"),
            );
        }
    }
}

/// The least distance between the corners of two outlines, metres.
fn gap(a: &Geometry<f64>, b: &Geometry<f64>) -> Option<f64> {
    let corners = |shape: &Geometry<f64>| -> Vec<Location> {
        shape
            .coords_iter()
            .take(200)
            .filter_map(|c| Location::new(c.x, c.y))
            .collect()
    };
    let others = corners(b);
    corners(a)
        .iter()
        .flat_map(|at| others.iter().map(|other| metres(*at, *other)))
        .min_by(f64::total_cmp)
}
