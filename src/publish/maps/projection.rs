//! From longitude and latitude to the sheet.
//!
//! Lambert's azimuthal equal-area projection about the middle of the map: right in area everywhere,
//! true in shape and north where a town or county is looked at, and no trouble at the antimeridian or
//! a pole. Areas must be right, because zones are filled by class.

use super::super::draw::Box2;
use crate::place::{Location, Place, Role};
use crate::travel::EARTH_RADIUS;

/// A map's view: what is in the middle, how large, and where on the sheet.
#[derive(Clone, Debug)]
pub(super) struct View {
    centre: (f64, f64),
    /// Projected metres at the middle of the frame.
    pub(super) middle: (f64, f64),
    /// Pixels for each metre.
    pub(super) scale: f64,
    pub(super) frame: Box2,
    /// The corner where scale bar and north arrow hide least.
    corner: Corner,
}

/// A corner of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Corner {
    BottomLeft,
    BottomRight,
    TopRight,
    TopLeft,
}

/// Room that scale bar and north arrow take at most.
const FURNITURE: Point = (250.0, 54.0);

type Point = (f64, f64);

impl View {
    /// Frames the study area, or what stands in for it, in a frame of this width at this corner;
    /// the height follows from its shape, within limits.
    pub(super) fn of(place: &Place, corner: Point, width: f64, heights: (f64, f64)) -> Self {
        let points = extent(place);
        let centre = mean_direction(&points);
        let flat: Vec<Point> = points.iter().map(|p| project(centre, *p)).collect();
        let range = |of: fn(&Point) -> f64| {
            let low = flat.iter().map(of).fold(f64::INFINITY, f64::min);
            let high = flat.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
            if low.is_finite() {
                (low, high)
            } else {
                (0.0, 0.0)
            }
        };
        let (x, y) = (range(|p| p.0), range(|p| p.1));
        // A margin for marks and labels, and never less than a kilometre.
        let spread = |(low, high): Point| ((high - low) * 1.10).max(1_000.0);
        let (w, h) = (spread(x), spread(y));
        let height = (width * h / w).clamp(heights.0, heights.1);
        View {
            centre,
            middle: ((x.0 + x.1) / 2.0, (y.0 + y.1) / 2.0),
            scale: (width / w).min(height / h),
            frame: Box2(corner.0, corner.1, corner.0 + width, corner.1 + height),
            corner: Corner::BottomLeft,
        }
    }

    /// A part of this view about a point of the sheet, so many times as large, in another frame.
    pub(super) fn enlarged(&self, about: Point, zoom: f64, frame: Box2) -> Self {
        let Box2(left, top, right, bottom) = self.frame;
        let east = (about.0 - (left + right) / 2.0) / self.scale;
        let north = ((top + bottom) / 2.0 - about.1) / self.scale;
        View {
            centre: self.centre,
            middle: (self.middle.0 + east, self.middle.1 + north),
            scale: self.scale * zoom,
            frame,
            corner: Corner::BottomLeft,
        }
    }

    /// Puts scale bar and north arrow where they cover the fewest of these places.
    pub(super) fn clear_of(mut self, spots: &[Location]) -> Self {
        use Corner::{BottomLeft, BottomRight, TopLeft, TopRight};
        let covered = |corner: &Corner| {
            let Box2(left, top, right, bottom) = self.box_in(*corner, FURNITURE);
            let marks = spots.iter().filter_map(|spot| self.inside(Some(*spot)));
            // A mark beside it would reach under it.
            let near = |(x, y): &Point| {
                (left - 9.0..=right + 9.0).contains(x) && (top - 9.0..=bottom + 9.0).contains(y)
            };
            marks.filter(near).count()
        };
        let corners = [BottomLeft, BottomRight, TopRight, TopLeft];
        let least = corners.into_iter().min_by_key(covered);
        self.corner = least.unwrap_or(BottomLeft);
        self
    }

    /// A box of this size in the corner for scale bar and north arrow.
    pub(super) fn corner_box(&self, size: Point) -> Box2 {
        self.box_in(self.corner, size)
    }

    fn box_in(&self, corner: Corner, (wide, high): Point) -> Box2 {
        let Box2(left, top, right, bottom) = self.frame;
        let x = match corner {
            Corner::BottomLeft | Corner::TopLeft => left,
            Corner::BottomRight | Corner::TopRight => right - wide,
        };
        let y = match corner {
            Corner::TopLeft | Corner::TopRight => top,
            Corner::BottomLeft | Corner::BottomRight => bottom - high,
        };
        Box2(x, y, x + wide, y + high)
    }

    /// Where a point stands on the sheet, also outside the frame.
    pub(super) fn at(&self, lon: f64, lat: f64) -> Point {
        self.on_sheet(project(self.centre, (lon, lat)))
    }

    /// Where projected metres stand on the sheet.
    pub(super) fn on_sheet(&self, (x, y): Point) -> Point {
        let Box2(left, top, right, bottom) = self.frame;
        (
            (left + right) / 2.0 + (x - self.middle.0) * self.scale,
            (top + bottom) / 2.0 - (y - self.middle.1) * self.scale,
        )
    }

    /// The same for a location; `None` outside the frame.
    pub(super) fn inside(&self, location: Option<Location>) -> Option<Point> {
        let location = location?;
        let at = self.at(location.lon(), location.lat());
        let Box2(left, top, right, bottom) = self.frame;
        ((left..=right).contains(&at.0) && (top..=bottom).contains(&at.1)).then_some(at)
    }
}

/// Longitudes and latitudes that must be seen: the study area, else the zones, else the
/// candidates, else whatever is located.
fn extent(place: &Place) -> Vec<Point> {
    use geo::CoordsIter;
    let outline: Vec<Point> = place
        .study_area
        .outline
        .coords_iter()
        .map(|c| (c.x, c.y))
        .filter(|(lon, lat)| lon.is_finite() && lat.is_finite())
        .collect();
    if !outline.is_empty() {
        return outline;
    }
    let mut zones: Vec<Point> = Vec::new();
    for zone in &place.zones {
        zones.push((zone.point.lon(), zone.point.lat()));
        zones.extend(
            zone.outline
                .iter()
                .flat_map(|o| o.coords_iter())
                .map(|c| (c.x, c.y)),
        );
    }
    let of = |wanted: &dyn Fn(&Role) -> bool| -> Vec<Point> {
        let buildings = place.buildings.iter().filter(|b| wanted(&b.role));
        buildings
            .filter_map(|b| b.location)
            .map(|l| (l.lon(), l.lat()))
            .collect()
    };
    zones.extend(of(&|role| *role == Role::Candidate));
    if zones.is_empty() {
        of(&|_| true)
    } else {
        zones
    }
}

/// The mean direction of points on the sphere: a middle that knows no antimeridian.
fn mean_direction(points: &[Point]) -> Point {
    let mut sum = [0.0; 3];
    for (lon, lat) in points {
        let (lon, lat) = (lon.to_radians(), lat.to_radians());
        sum[0] += lat.cos() * lon.cos();
        sum[1] += lat.cos() * lon.sin();
        sum[2] += lat.sin();
    }
    let level = sum[0].hypot(sum[1]);
    if level == 0.0 && sum[2] == 0.0 {
        return (0.0, 0.0);
    }
    (
        sum[1].atan2(sum[0]).to_degrees(),
        sum[2].atan2(level).to_degrees(),
    )
}

/// Metres east and north of the centre.
fn project(centre: Point, point: Point) -> Point {
    let (lat0, lat) = (centre.1.to_radians(), point.1.to_radians());
    let turn = (point.0 - centre.0).to_radians();
    let cosine = lat0.sin() * lat.sin() + lat0.cos() * lat.cos() * turn.cos();
    // The antipode has no image; a point beside it is far enough.
    let k = (2.0 / (1.0 + cosine).max(1e-9)).sqrt() * EARTH_RADIUS.get();
    (
        k * lat.cos() * turn.sin(),
        k * (lat0.cos() * lat.sin() - lat0.sin() * lat.cos() * turn.cos()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::sample::{at, six_buildings};
    use crate::travel::straight_line;

    #[test]
    fn a_kilometre_is_as_long_north_as_east_and_as_the_scale_says() {
        let place = six_buildings();
        let view = View::of(&place, (0.0, 0.0), 800.0, (500.0, 900.0));
        let on = |l: Location| view.at(l.lon(), l.lat());
        let origin = at(0.0, 0.0);
        for there in [at(3_000.0, 0.0), at(0.0, 3_000.0)] {
            let (a, b) = (on(origin), on(there));
            let pixels = (a.0 - b.0).hypot(a.1 - b.1);
            let metres = f64::from(straight_line(origin, there, 1.0));
            assert!(
                (pixels / view.scale - metres).abs() < 0.005 * metres,
                "{pixels}"
            );
        }
    }

    #[test]
    fn the_frame_holds_every_zone_and_north_is_up() {
        let place = six_buildings();
        let view = View::of(&place, (10.0, 20.0), 800.0, (500.0, 900.0));
        for zone in &place.zones {
            assert!(view.inside(Some(zone.point)).is_some());
        }
        let (south, north) = (view.at(-2.3, 53.4), view.at(-2.3, 53.41));
        assert!(north.1 < south.1 && (north.0 - south.0).abs() < 2.0);
    }

    #[test]
    fn places_over_the_antimeridian_stay_together() {
        let mut place = six_buildings();
        for (k, zone) in place.zones.iter_mut().enumerate() {
            let lon = if k % 2 == 0 { 179.99 } else { -179.99 };
            zone.point = Location::new(lon, -16.5).expect("on Earth");
        }
        for building in &mut place.buildings {
            building.location = Location::new(180.0, -16.5);
        }
        let view = View::of(&place, (0.0, 0.0), 800.0, (500.0, 900.0));
        assert!(view.scale > 0.1, "{}", view.scale);
    }

    #[test]
    fn the_scale_bar_stands_where_it_hides_no_mark() {
        let place = six_buildings();
        let view = View::of(&place, (0.0, 0.0), 800.0, (500.0, 900.0));
        let far = |x: f64, y: f64| at(4_000.0 + x, y);
        let spots = [far(-4_200.0, -2_300.0), far(4_200.0, -2_300.0)];
        let seen: Vec<Point> = spots.iter().filter_map(|s| view.inside(Some(*s))).collect();
        assert_eq!(seen.len(), 2, "{view:?}");
        let view = view.clear_of(&spots);
        let Box2(left, top, right, bottom) = view.corner_box(FURNITURE);
        for (x, y) in seen {
            assert!(!((left..=right).contains(&x) && (top..=bottom).contains(&y)));
        }
    }

    #[test]
    fn an_empty_place_still_has_a_view() {
        let place = crate::place::sample::empty("nothing");
        let view = View::of(&place, (0.0, 0.0), 800.0, (500.0, 900.0));
        assert!(view.scale.is_finite() && view.scale > 0.0);
    }
}
