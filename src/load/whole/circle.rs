//! A circle around points of a place.

use crate::place::Location;
use geo::{Distance, Haversine};

/// A circle that holds every point of some.
pub(super) struct Circle {
    /// Its middle.
    pub centre: Location,
    /// Metres from it to the furthest point.
    pub radius: f64,
}

impl Circle {
    /// Around the middle of the points; `None` where there is none, or no middle.
    pub(super) fn around(points: impl Iterator<Item = Location> + Clone) -> Option<Self> {
        let on_sphere = |at: Location| {
            let (lon, lat) = (at.lon().to_radians(), at.lat().to_radians());
            [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
        };
        let mut sum = [0.0_f64; 3];
        for at in points.clone() {
            for (total, part) in sum.iter_mut().zip(on_sphere(at)) {
                *total += part;
            }
        }
        let [x, y, z] = sum;
        if x.hypot(y).hypot(z) < 1e-9 {
            return None;
        }
        let centre = Location::new(y.atan2(x).to_degrees(), z.atan2(x.hypot(y)).to_degrees())?;
        let radius = points.map(|at| metres(centre, at)).fold(0.0, f64::max);
        Some(Self { centre, radius })
    }

    /// Metres beyond the circle, negative inside it.
    pub(super) fn beyond(&self, at: Location) -> f64 {
        metres(self.centre, at) - self.radius
    }
}

fn metres(one: Location, two: Location) -> f64 {
    Haversine.distance(one.point(), two.point())
}
