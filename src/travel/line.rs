//! Straight lines, and what they count as in travel.

use crate::place::{Distance, Location, Measure, Metres, Mode, TravelSettings, Unit};

/// Mean radius of the Earth (IUGG), as used by haversine everywhere in this crate.
pub const EARTH_RADIUS: Metres = Metres(6_371_008.8);

/// Haversine distance × `detour`, in whole metres.
///
/// The same in both directions, to the last bit.
pub fn straight_line(a: Location, b: Location, detour: f64) -> u32 {
    (angle(a, b) * EARTH_RADIUS.get() * detour).round() as u32
}

/// Haversine distance in metres, not rounded.
pub(super) fn metres_between(a: Location, b: Location) -> f64 {
    angle(a, b) * EARTH_RADIUS.get()
}

/// Angle between two points seen from the Earth's centre, in radians.
fn angle(a: Location, b: Location) -> f64 {
    let half_lat = ((b.lat() - a.lat()) / 2.0).to_radians().sin();
    let half_lon = ((b.lon() - a.lon()) / 2.0).to_radians().sin();
    let parallels = a.lat().to_radians().cos() * b.lat().to_radians().cos();
    let h = half_lat * half_lat + parallels * (half_lon * half_lon);
    // Rounding may put antipodes just above 1, where the arcsine is not a number.
    2.0 * h.sqrt().min(1.0).asin()
}

/// Measures straight lines in the steps of one [`Measure`]: whole metres, or tenths of a minute.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ruler {
    detour: f64,
    kmh: Option<f64>,
}

impl Ruler {
    /// The ruler of a measure; `None` for a matrix, for roads and timetables, and for minutes along a straight line, which
    /// has no speed.
    pub fn new(measure: &Measure, settings: &TravelSettings) -> Option<Self> {
        let kmh = match (&measure.mode, measure.unit) {
            (Mode::Matrix(_) | Mode::Road(_) | Mode::Transit, _)
            | (Mode::Straight, Unit::Minutes) => return None,
            (_, Unit::Km) => None,
            (Mode::Walk, Unit::Minutes) => Some(settings.walk_kmh),
            (Mode::Drive, Unit::Minutes) => Some(settings.drive_kmh),
        };
        Some(Self {
            detour: settings.detour,
            kmh,
        })
    }

    /// How far two points are apart. Minutes are those of the rounded metres, rounded to 0.1.
    pub fn between(&self, a: Location, b: Location) -> Distance {
        let metres = straight_line(a, b, self.detour);
        Distance(match self.kmh {
            None => metres,
            Some(kmh) => (f64::from(metres) * 600.0 / (kmh * 1000.0)).round() as u32,
        })
    }

    /// A straight line that is surely longer than any that measures `limit` or less, without
    /// detour: where to look, not what to accept.
    pub(super) fn search_radius(&self, limit: Distance) -> Metres {
        let steps = f64::from(limit.steps()) + 0.5;
        let metres = match self.kmh {
            None => steps,
            Some(kmh) => steps * kmh * 1000.0 / 600.0 + 0.5,
        };
        // A metre covers the rounding of coordinates on the unit sphere many times over.
        Metres(metres / self.detour + 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(lon: f64, lat: f64) -> Location {
        Location::new(lon, lat).expect("on Earth")
    }

    #[test]
    fn one_degree_of_the_equator_is_111_195_metres() {
        assert_eq!(straight_line(at(0.0, 0.0), at(1.0, 0.0), 1.0), 111_195);
    }

    #[test]
    fn the_antimeridian_is_no_barrier() {
        assert_eq!(straight_line(at(179.5, 0.0), at(-179.5, 0.0), 1.0), 111_195);
    }

    #[test]
    fn every_longitude_meets_at_a_pole() {
        assert_eq!(straight_line(at(10.0, 90.0), at(-120.0, 90.0), 1.0), 0);
    }

    #[test]
    fn antipodes_are_half_the_circumference_apart() {
        assert_eq!(
            straight_line(at(30.0, 40.0), at(-150.0, -40.0), 1.0),
            20_015_114
        );
    }

    #[test]
    fn minutes_are_those_of_the_rounded_metres() {
        let measure = Measure {
            mode: Mode::Walk,
            unit: Unit::Minutes,
        };
        let settings = TravelSettings {
            detour: 1.0,
            ..TravelSettings::default()
        };
        let ruler = Ruler::new(&measure, &settings).expect("walking has a speed");
        // 111,195 m at 80 m a minute are 1,389.9 minutes.
        assert_eq!(ruler.between(at(0.0, 0.0), at(1.0, 0.0)), Distance(13_899));
    }

    proptest! {
        #[test]
        fn there_and_back_are_equally_far(
            lon in -180.0..180.0, lat in -90.0..90.0, lon2 in -180.0..180.0, lat2 in -90.0..90.0
        ) {
            let (a, b) = (at(lon, lat), at(lon2, lat2));
            prop_assert_eq!(straight_line(a, b, 1.3), straight_line(b, a, 1.3));
        }
    }
}
