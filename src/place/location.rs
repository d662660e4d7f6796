//! Where something is: WGS84 longitude and latitude, always.

use serde::{Deserialize, Serialize};

/// A point on Earth, WGS84 degrees. Anything else is converted when it is read.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Location {
    lon: f64,
    lat: f64,
}

impl Location {
    /// A point from longitude and latitude in degrees, or `None` where they are not finite or lie
    /// outside ±180 and ±90: a spatial index accepts NaN without a word, so nothing else may
    /// make one.
    pub fn new(lon: f64, lat: f64) -> Option<Self> {
        let on_earth =
            lon.is_finite() && lat.is_finite() && lon.abs() <= 180.0 && lat.abs() <= 90.0;
        on_earth.then_some(Self { lon, lat })
    }

    /// Degrees east.
    pub fn lon(self) -> f64 {
        self.lon
    }

    /// Degrees north.
    pub fn lat(self) -> f64 {
        self.lat
    }

    /// As a `geo` point: x is longitude.
    pub fn point(self) -> geo::Point<f64> {
        geo::Point::new(self.lon, self.lat)
    }
}

/// How well a location is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// Coordinates of the record itself.
    Exact,
    /// A point inside the record's outline.
    Outline,
    /// The centre of its postcode: a stated fallback.
    Postcode,
}
