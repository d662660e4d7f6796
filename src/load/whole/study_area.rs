//! The area a plan is about, and what becomes of buildings outside it.

use super::reading::{Desk, why_no_file};
use super::zone_points::collect_polygons;
use crate::load::config::{ConfigText, PlaceConfig};
use crate::load::{Columns, LocateOptions, POINT_FIELDS, TableOptions, locate, read_table};
use crate::place::words as numbers;
use crate::place::{BuildingIx, Finding, Location, Place, Role, RowRef, Severity, Source};
use geo::{Contains, unary_union};
use rayon::prelude::*;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

/// Above this many zones the outline is kept as their polygons side by side: dissolving them
/// takes longer than everything else, and which side a building is on does not depend on it.
const MOST_DISSOLVED: usize = 4_000;

/// Finds the study area, fixes the buildings in the buffer and drops those beyond.
pub(super) fn settle(config: &PlaceConfig, text: &ConfigText, place: &mut Place, desk: &mut Desk) {
    let given = config
        .place
        .study_area
        .as_ref()
        .and_then(|file| read_area(file, text, desk));
    let (outline, dissolve) = match given {
        Some(outline) => (outline, true),
        None => {
            let zones: Vec<_> = place
                .zones
                .iter()
                .filter_map(|zone| zone.outline.as_ref())
                .flat_map(|outline| outline.0.iter().cloned())
                .collect();
            let few = zones.len() <= MOST_DISSOLVED;
            (geo::MultiPolygon::new(zones), few)
        }
    };
    if outline.0.is_empty() {
        desk.findings.push(
            Finding::new("study-area-unknown", Severity::Warn, text.at("place"))
                .cause("the zones have no outlines and no study_area is given")
                .action("every located building counts as inside")
                .setting("study_area = \"boundary.geojson\""),
        );
        return;
    }
    let area = Area::of(&outline);
    let buffer = place.study_area.buffer.get();
    let sides: Vec<Side> = place
        .buildings
        .par_iter()
        .map(|building| match building.location {
            None => Side::Inside,
            Some(location) => area.side(location, buffer),
        })
        .collect();
    place.study_area.outline = if dissolve {
        unary_union(outline.0.iter())
    } else {
        outline
    };
    let mut keep = vec![true; place.buildings.len()];
    let mut fixed = 0;
    for ((building, side), keep) in place.buildings.iter_mut().zip(&sides).zip(&mut keep) {
        match side {
            Side::Inside => {}
            Side::Buffer => {
                if building.role == Role::Candidate {
                    building.role = Role::Fixed(IN_BUFFER.into());
                    fixed += 1;
                }
            }
            Side::Beyond => *keep = false,
        }
    }
    if fixed > 0 {
        desk.findings.push(
            Finding::new("in-buffer", Severity::Warn, text.at("place.buffer_km"))
                .cause(format!(
                    "{} outside the study area, within {:.1} km",
                    numbers::counted(fixed, "building lies", "buildings lie"),
                    buffer / 1000.0
                ))
                .action("fixed: they serve people and are not changed"),
        );
    }
    drop_beyond(place, &keep, buffer, text, desk);
}

/// The reason of buildings in the buffer.
const IN_BUFFER: &str = "outside the study area, within the buffer";

fn read_area(file: &str, text: &ConfigText, desk: &mut Desk) -> Option<geo::MultiPolygon<f64>> {
    let path = desk.path(file);
    if !path.is_file() {
        desk.findings.push(
            text.refuse("missing-file", "place.study_area", why_no_file(&path))
                .cell(file)
                .action("correct the name, or leave it out to use the union of the zones"),
        );
        return None;
    }
    let read = read_table(
        &path,
        file,
        &TableOptions::default(),
        &mut desk.findings,
        &mut desk.rejected,
    );
    let mut table = match read {
        Ok(table) => table,
        Err(finding) => {
            desk.findings.push(*finding);
            return None;
        }
    };
    desk.sources.push(Source {
        file: file.to_string(),
        table: "study_area".into(),
        as_of: None,
        source: None,
        licence: None,
        sha256: table.sha256.clone(),
        rows: table.records.len() as u64,
    });
    let columns = Columns::recognise(
        &table,
        POINT_FIELDS,
        &Default::default(),
        &mut desk.findings,
    );
    let options = LocateOptions {
        areas: true,
        ..LocateOptions::default()
    };
    locate(&mut table, &columns, &options, &mut desk.findings);
    let mut polygons = Vec::new();
    for record in &mut table.records {
        if let Some(shape) = record.shape.take() {
            collect_polygons(*shape, &mut polygons);
        }
    }
    if polygons.is_empty() {
        desk.findings.push(
            Finding::new("study-area-empty", Severity::Error, RowRef::file(file))
                .cause("the file holds no polygon")
                .action("give a file of polygons"),
        );
        return None;
    }
    Some(geo::MultiPolygon::new(polygons))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Inside,
    Buffer,
    Beyond,
}

type Box2 = GeomWithData<Rectangle<[f64; 2]>, usize>;

/// Polygons with an index over their bounding boxes, in degrees.
struct Area<'a> {
    polygons: &'a [geo::Polygon<f64>],
    boxes: RTree<Box2>,
}

const METRES_PER_DEGREE: f64 = 6_371_008.8 * std::f64::consts::PI / 180.0;

impl<'a> Area<'a> {
    fn of(outline: &'a geo::MultiPolygon<f64>) -> Self {
        let boxes = outline
            .0
            .iter()
            .enumerate()
            .filter_map(|(at, polygon)| {
                let mut low = [f64::MAX; 2];
                let mut high = [f64::MIN; 2];
                for corner in &polygon.exterior().0 {
                    low = [low[0].min(corner.x), low[1].min(corner.y)];
                    high = [high[0].max(corner.x), high[1].max(corner.y)];
                }
                let sound = low.iter().chain(&high).all(|v| v.is_finite()) && low[0] <= high[0];
                sound.then(|| GeomWithData::new(Rectangle::from_corners(low, high), at))
            })
            .collect();
        Self {
            polygons: &outline.0,
            boxes: RTree::bulk_load(boxes),
        }
    }

    fn side(&self, location: Location, buffer: f64) -> Side {
        let (x, y) = (location.lon(), location.lat());
        let point = location.point();
        let inside = self
            .boxes
            .locate_all_at_point(&[x, y])
            .filter_map(|found| self.polygons.get(found.data))
            .any(|polygon| polygon.contains(&point) || on_edge(polygon, location));
        if inside {
            return Side::Inside;
        }
        let across = location.lat().to_radians().cos().max(0.01);
        let reach_y = buffer / METRES_PER_DEGREE;
        let reach_x = reach_y / across;
        let window = AABB::from_corners([x - reach_x, y - reach_y], [x + reach_x, y + reach_y]);
        let near = self
            .boxes
            .locate_in_envelope_intersecting(&window)
            .filter_map(|found| self.polygons.get(found.data))
            .any(|polygon| metres_to(polygon, location) <= buffer);
        if near { Side::Buffer } else { Side::Beyond }
    }
}

fn on_edge(polygon: &geo::Polygon<f64>, location: Location) -> bool {
    metres_to(polygon, location) < 0.01
}

/// Metres from a place to the nearest edge, on a plane that touches the Earth there: right to one
/// part in a thousand over tens of kilometres.
fn metres_to(polygon: &geo::Polygon<f64>, location: Location) -> f64 {
    let across = location.lat().to_radians().cos() * METRES_PER_DEGREE;
    let flat = |corner: &geo::Coord<f64>| {
        (
            (corner.x - location.lon()) * across,
            (corner.y - location.lat()) * METRES_PER_DEGREE,
        )
    };
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    rings
        .flat_map(|ring| ring.0.windows(2))
        .filter_map(|ends| match ends {
            [one, two] => Some(from_origin(flat(one), flat(two))),
            _ => None,
        })
        .fold(f64::INFINITY, f64::min)
}

/// Distance of the origin from a segment.
fn from_origin(one: (f64, f64), two: (f64, f64)) -> f64 {
    let (dx, dy) = (two.0 - one.0, two.1 - one.1);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 {
        (-(one.0 * dx + one.1 * dy) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (one.0 + along * dx).hypot(one.1 + along * dy)
}

/// Takes the buildings beyond the buffer out, with those in them, and counts them.
fn drop_beyond(place: &mut Place, keep: &[bool], buffer: f64, text: &ConfigText, desk: &mut Desk) {
    let dropped = keep.iter().filter(|keep| !**keep).count();
    if dropped == 0 {
        return;
    }
    let mut moved = Vec::with_capacity(keep.len());
    let mut next = 0;
    for keep in keep {
        moved.push(keep.then_some(next));
        next += usize::from(*keep);
    }
    let mut by_file: std::collections::BTreeMap<String, usize> = Default::default();
    for (building, keep) in place.buildings.iter().zip(keep) {
        if !keep {
            *by_file.entry(building.source.file.to_string()).or_default() += 1;
        }
    }
    let before = place.occupiers.len();
    place.occupiers.retain_mut(|occupier| {
        match moved.get(occupier.building.index()).copied().flatten() {
            Some(at) => {
                occupier.building = BuildingIx::new(at);
                true
            }
            None => false,
        }
    });
    let gone = before - place.occupiers.len();
    let mut kept = keep.iter().copied();
    place.buildings.retain(|_| kept.next().unwrap_or(true));
    let files: Vec<_> = by_file
        .iter()
        .map(|(file, count)| format!("{file}: {count}"))
        .collect();
    desk.findings.push(
        Finding::new("beyond-buffer", Severity::Warn, text.at("place.buffer_km"))
            .cell(files.join("; "))
            .cause(format!(
                "{} with {} more than {:.1} km outside the study area",
                numbers::count(dropped, "building"),
                numbers::count(gone, "occupier"),
                buffer / 1000.0
            ))
            .action("dropped from the place")
            .setting("buffer_km = …"),
    );
}
