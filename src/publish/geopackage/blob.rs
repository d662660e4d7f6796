//! Shapes as a GeoPackage keeps them: a header, an envelope, well-known binary.

use super::super::cell::{national_grid, rounded};
use super::super::layers::Shape;
use crate::place::Location;
use geo::orient::{Direction, Orient};
use geo::{CoordsIter, LineString, MultiPolygon};

/// The coordinate system of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum System {
    Degrees,
    British,
}

/// The kind of shape that all features of a layer are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Point,
    Line,
    Lines,
    Areas,
    Any,
}

impl Kind {
    /// The narrowest kind that all of these are; points where there are none.
    pub(super) fn of<'a>(shapes: impl Iterator<Item = &'a Shape>) -> Option<Self> {
        let mut kind = None;
        for shape in shapes {
            let own = match shape {
                Shape::Nowhere => continue,
                Shape::Point(_) => Kind::Point,
                Shape::Line(from, to) if crosses(*from, *to) => Kind::Lines,
                Shape::Line(..) => Kind::Line,
                Shape::Area(..) => Kind::Areas,
            };
            kind = Some(match kind {
                None => own,
                Some(kind) if kind == own => own,
                Some(Kind::Line | Kind::Lines) if matches!(own, Kind::Line | Kind::Lines) => {
                    Kind::Lines
                }
                Some(_) => Kind::Any,
            });
        }
        kind
    }
}

/// Whether a line is shorter over the antimeridian.
fn crosses(from: Location, to: Location) -> bool {
    (to.lon() - from.lon()).abs() > 180.0
}

type Position = (f64, f64);

impl System {
    /// Its EPSG code.
    pub(super) fn code(self) -> i32 {
        match self {
            System::Degrees => 4326,
            System::British => 27700,
        }
    }

    /// Whether every position of a shape lies in it.
    pub(super) fn holds(self, shape: &Shape) -> bool {
        let at = |at: Location| self.position(at).is_some();
        match shape {
            Shape::Nowhere => true,
            Shape::Point(point) => at(*point),
            Shape::Line(from, to) => at(*from) && at(*to),
            Shape::Area(outline, middle) => {
                at(*middle)
                    && outline
                        .coords_iter()
                        .all(|c| Location::new(c.x, c.y).is_some_and(at))
            }
        }
    }

    /// Millimetres, or seven decimals of a degree.
    fn position(self, at: Location) -> Option<Position> {
        let ((x, y), decimals) = match self {
            System::Degrees => ((at.lon(), at.lat()), 7),
            System::British => (national_grid(at)?, 3),
        };
        Some((rounded(x, decimals)?, rounded(y, decimals)?))
    }

    /// The blob of a shape in a layer of this kind; `None` where it has no position.
    pub(super) fn blob(self, shape: &Shape, kind: Kind) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut positions = Vec::new();
        match shape {
            Shape::Nowhere => return None,
            Shape::Point(at) => {
                let at = self.position(*at)?;
                head(&mut bytes, 1);
                write(&mut bytes, at);
            }
            Shape::Line(from, to) => {
                let lines = self.lines(*from, *to, kind == Kind::Lines)?;
                positions = lines.iter().flatten().copied().collect();
                if kind == Kind::Lines {
                    head(&mut bytes, 5);
                    count(&mut bytes, lines.len());
                }
                for line in &lines {
                    head(&mut bytes, 2);
                    write_line(&mut bytes, line);
                }
            }
            Shape::Area(outline, _) => {
                let areas = self.areas(outline);
                if areas.is_empty() {
                    return None;
                }
                positions = areas.iter().flatten().flatten().copied().collect();
                head(&mut bytes, 6);
                count(&mut bytes, areas.len());
                for rings in &areas {
                    head(&mut bytes, 3);
                    count(&mut bytes, rings.len());
                    for ring in rings {
                        write_line(&mut bytes, ring);
                    }
                }
            }
        }
        Some([self.header(&positions), bytes].concat())
    }

    /// `GP`, version 0, little endian; with the envelope where the shape is more than a point.
    fn header(self, positions: &[Position]) -> Vec<u8> {
        let envelope = u8::from(!positions.is_empty()) << 1;
        let mut bytes = vec![b'G', b'P', 0, 1 | envelope];
        bytes.extend(self.code().to_le_bytes());
        if !positions.is_empty() {
            for of in [|p: &Position| p.0, |p: &Position| p.1] {
                let values = || positions.iter().map(of);
                let least = values().fold(f64::INFINITY, f64::min);
                let most = values().fold(f64::NEG_INFINITY, f64::max);
                bytes.extend(least.to_le_bytes());
                bytes.extend(most.to_le_bytes());
            }
        }
        bytes
    }

    /// A line, in two parts where it crosses the antimeridian.
    fn lines(self, from: Location, to: Location, parted: bool) -> Option<Vec<Vec<Position>>> {
        let ends = (self.position(from)?, self.position(to)?);
        if !parted || !crosses(from, to) {
            return Some(vec![vec![ends.0, ends.1]]);
        }
        let edge = 180.0_f64.copysign(from.lon());
        let whole = 360.0 - (to.lon() - from.lon()).abs();
        let share = match whole > 0.0 {
            true => (edge - from.lon()).abs() / whole,
            false => 0.0,
        };
        let lat = rounded(from.lat() + share * (to.lat() - from.lat()), 7)?;
        Some(vec![vec![ends.0, (edge, lat)], vec![(-edge, lat), ends.1]])
    }

    /// Rings of at least four positions, none twice in a row once rounded.
    fn areas(self, outline: &MultiPolygon<f64>) -> Vec<Vec<Vec<Position>>> {
        let outline = outline.orient(Direction::Default);
        let ring = |line: &LineString<f64>| {
            let at = line.coords().map(|c| Location::new(c.x, c.y));
            let mut ring: Vec<Position> = at
                .map(|at| at.and_then(|at| self.position(at)))
                .collect::<Option<_>>()?;
            ring.dedup();
            (ring.len() >= 4).then_some(ring)
        };
        outline
            .iter()
            .filter_map(|polygon| {
                let outer = ring(polygon.exterior())?;
                let holes = polygon.interiors().iter().filter_map(ring);
                Some(std::iter::once(outer).chain(holes).collect())
            })
            .collect()
    }
}

fn head(bytes: &mut Vec<u8>, code: u32) {
    bytes.push(1);
    bytes.extend(code.to_le_bytes());
}

fn count(bytes: &mut Vec<u8>, count: usize) {
    bytes.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
}

fn write(bytes: &mut Vec<u8>, (x, y): Position) {
    bytes.extend(x.to_le_bytes());
    bytes.extend(y.to_le_bytes());
}

fn write_line(bytes: &mut Vec<u8>, line: &[Position]) {
    count(bytes, line.len());
    line.iter().for_each(|position| write(bytes, *position));
}
