//! Coordinate systems: by name, by value, and to WGS84.

use super::projected::{self, Projected};
use super::utm::{self, Zoned};
use super::wkt;
use crate::place::Location;

/// A coordinate system we can convert from, or the name of one we cannot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Crs {
    /// Longitude and latitude. ETRS89, NAD83, SIRGAS 2000, GDA and their kin differ from WGS84 by
    /// less than two metres.
    Degrees,
    /// British National Grid, EPSG:27700, converted with OSTN15.
    British,
    /// Web Mercator, EPSG:3857.
    Mercator,
    /// Any other grid of the EPSG register that is known well enough.
    Projected(Projected),
    /// Any other, by the name given.
    Other(String),
}

impl Crs {
    /// Reads a name such as `EPSG:27700`, `OSGB36`, `urn:ogc:def:crs:OGC:1.3:CRS84`, or a description in well-known
    /// text.
    pub(super) fn named(name: &str) -> Crs {
        if let Some(described) = wkt::named(name) {
            return described;
        }
        let plain: String = name
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        let is = |codes: &[&str]| {
            codes.iter().any(|code| {
                plain == *code
                    || (code.bytes().all(|byte| byte.is_ascii_digit())
                        && plain.ends_with(code)
                        && plain.strip_suffix(code).is_some_and(|head| {
                            !head.ends_with(|c: char| c.is_ascii_digit())
                                && (head.ends_with("epsg") || head.ends_with("esri"))
                        }))
            })
        };
        let says = |words: &[&str]| words.iter().any(|word| plain.contains(word));
        if is(&[
            "4326", "4258", "4269", "4283", "7844", "4979", "84", "4674", "4617", "4171", "4167",
            "4612", "6668", "4490", "6318",
        ]) || says(&[
            "wgs84",
            "crs84",
            "etrs89geographic",
            "latlon",
            "lonlat",
            "worldgeodeticsystem",
        ]) || says(&[
            "sirgas2000",
            "nad83",
            "rgf93",
            "gda94",
            "gda2020",
            "nzgd2000",
        ]) && !says(&[
            "utm", "zone", "lambert", "mga", "plane", "harn", "tm", "albers", "feet",
        ]) || plain == "etrs89"
            || plain == "gps"
        {
            // `WGS 84 / UTM zone 30N` and its kin are grids, not degrees.
            if says(&["utm", "mercator", "zone"]) {
                if says(&["mercator"]) && !says(&["transverse"]) {
                    return Crs::Mercator;
                }
                return Crs::grid(name);
            }
            Crs::Degrees
        } else if is(&["27700", "7405"])
            || says(&["osgb", "britishnationalgrid", "nationalgridgb"])
            || matches!(
                plain.as_str(),
                "bng" | "nationalgrid" | "os" | "osgrid" | "ordnancesurvey"
            )
        {
            Crs::British
        } else if is(&["3857", "900913", "102100", "102113", "3785"])
            || says(&[
                "webmercator",
                "pseudomercator",
                "sphericalmercator",
                "googlemercator",
            ])
        {
            Crs::Mercator
        } else {
            Crs::grid(name)
        }
    }

    /// The grid of a name, or the name of one we cannot convert from.
    fn grid(name: &str) -> Crs {
        projected::named(name).map_or_else(
            || {
                let both = utm::of_name(name).and_then(Zoned::either);
                Crs::Other(both.map_or_else(
                    || name.trim().to_owned(),
                    |both| format!("{}, {both}", name.trim()),
                ))
            },
            Crs::Projected,
        )
    }

    /// Its name in findings and in `place.toml`.
    pub(super) fn name(&self) -> &str {
        match self {
            Crs::Degrees => "EPSG:4326",
            Crs::British => "EPSG:27700",
            Crs::Mercator => "EPSG:3857",
            Crs::Projected(grid) => grid.name(),
            Crs::Other(name) => name,
        }
    }

    /// Which system a pair of numbers can only belong to; `None` where several or none fit.
    pub(super) fn of_values(x: f64, y: f64) -> Option<Crs> {
        if x.abs() <= 180.0 && y.abs() <= 180.0 {
            Some(Crs::Degrees)
        } else if (0.0..700_000.0).contains(&x) && (0.0..1_300_000.0).contains(&y) {
            Some(Crs::British)
        } else if x.abs() <= 20_037_509.0
            && y.abs() <= 20_048_967.0
            // Near 0,0 there is nothing but sea and a few coasts; many national grids begin there.
            && (x.abs() > 1_300_000.0 || y.abs() > 1_300_000.0)
            // National grids are positive, and most lie between these; what is neither can only be
            // Web Mercator.
            && (y < 0.0 || !(100_000.0..=10_000_000.0).contains(&x))
        {
            Some(Crs::Mercator)
        } else {
            // A UTM zone or a national grid we do not know.
            None
        }
    }

    /// Converts a pair to WGS84; `None` where it lies outside what the system covers.
    pub(super) fn to_wgs84(&self, x: f64, y: f64) -> Option<Location> {
        match self {
            Crs::Degrees => Location::new(x, y),
            Crs::British => {
                if !x.is_finite() || !y.is_finite() {
                    return None;
                }
                let (lon, lat) = lonlat_bng::convert_osgb36_to_ll(x, y).ok()?;
                Location::new(lon, lat)
            }
            Crs::Mercator => {
                const RADIUS: f64 = 6_378_137.0;
                let lon = (x / RADIUS).to_degrees();
                let lat =
                    (2.0 * (y / RADIUS).exp().atan() - std::f64::consts::FRAC_PI_2).to_degrees();
                Location::new(lon, lat)
            }
            Crs::Projected(grid) => grid.to_wgs84(x, y),
            Crs::Other(_) => None,
        }
    }
}

/// Easting and northing of a British grid reference such as `SJ 789 919`: the middle of its square.
pub(super) fn grid_reference(text: &str) -> Option<(f64, f64)> {
    let compact: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_uppercase)
        .collect();
    let letters = compact.get(..2)?;
    let digits = compact.get(2..)?;
    let even = digits.len() % 2 == 0 && (4..=10).contains(&digits.len());
    if !even || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let index = |letter: u8| -> Option<i32> {
        // The grid's alphabet has no I.
        match letter {
            b'A'..=b'H' => Some(i32::from(letter - b'A')),
            b'J'..=b'Z' => Some(i32::from(letter - b'A') - 1),
            _ => None,
        }
    };
    let mut bytes = letters.bytes();
    let (first, second) = (index(bytes.next()?)?, index(bytes.next()?)?);
    let east = ((first - 2).rem_euclid(5)) * 5 + second % 5;
    let north = (19 - (first / 5) * 5) - second / 5;
    if !(0..7).contains(&east) || !(0..13).contains(&north) {
        return None;
    }
    let (x, y) = digits.split_at(digits.len() / 2);
    let square = 10_f64.powi(5 - i32::try_from(x.len()).ok()?);
    let along = |digits: &str| digits.parse::<f64>().ok().map(|n| (n + 0.5) * square);
    Some((
        f64::from(east) * 100_000.0 + along(x)?,
        f64::from(north) * 100_000.0 + along(y)?,
    ))
}

/// The width in metres of the square that a grid reference names.
pub(super) fn square_of(text: &str) -> Option<u32> {
    grid_reference(text)?;
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let power = 5_u32.checked_sub(u32::try_from(digits / 2).ok()?)?;
    Some(10_u32.pow(power))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_names_are_known_and_others_are_kept_by_name() {
        for name in [
            "EPSG:4326",
            "WGS84",
            "urn:ogc:def:crs:OGC:1.3:CRS84",
            "urn:ogc:def:crs:EPSG::4326",
        ] {
            assert_eq!(Crs::named(name), Crs::Degrees, "{name}");
        }
        for name in [
            "EPSG:27700",
            "OSGB36",
            "OSGB 1936 / British National Grid",
            "27700",
        ] {
            assert_eq!(Crs::named(name), Crs::British, "{name}");
        }
        assert_eq!(Crs::named("EPSG:3857"), Crs::Mercator);
        assert_eq!(Crs::named("WGS 84 / Pseudo-Mercator"), Crs::Mercator);
        for name in [
            "EPSG:2157",
            "WGS 84 / UTM zone 30N",
            "EPSG:32630",
            "EPSG:31467",
        ] {
            assert!(matches!(Crs::named(name), Crs::Projected(_)), "{name}");
        }
        for name in ["EPSG:27200", "ESRI:102658", "the survey of 1911"] {
            assert_eq!(Crs::named(name), Crs::Other(name.to_owned()));
        }
    }

    #[test]
    fn the_ordnance_survey_example_converts_with_ostn15() {
        let at = Crs::British
            .to_wgs84(651_409.903, 313_177.270)
            .expect("inside");
        assert!((at.lon() - 1.716_075).abs() < 1e-5 && (at.lat() - 52.658_006).abs() < 1e-5);
    }

    #[test]
    fn a_grid_reference_is_the_middle_of_its_square() {
        assert_eq!(grid_reference("SJ 789 919"), Some((378_950.0, 391_950.0)));
        assert_eq!(grid_reference("TQ3000080000"), Some((530_000.5, 180_000.5)));
        assert_eq!(grid_reference("No map"), None);
    }
}
