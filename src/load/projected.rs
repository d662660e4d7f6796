//! Projected systems by their number in the EPSG register: `EPSG:2154`, `EPSG:25830`.
//!
//! The definitions are those of the register, the formulas those of PROJ. A system whose step to WGS84 needs a
//! file of shifts, or is not known to within ten metres, is left out: it is refused by name.

use super::utm::{self, Zoned};
use crate::place::Location;
use proj4rs::Proj;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{LazyLock, Mutex, PoisonError};

/// A grid that can be converted to WGS84.
#[derive(Clone, Copy)]
pub(super) struct Projected {
    name: &'static str,
    from: &'static Proj,
}

/// What is known of each name asked for: a process asks for a few, and keeps them.
static ASKED: Mutex<BTreeMap<String, Option<Projected>>> = Mutex::new(BTreeMap::new());

static WGS84: LazyLock<Option<Proj>> =
    LazyLock::new(|| Proj::from_proj_string("+proj=longlat +datum=WGS84 +no_defs").ok());

impl Projected {
    /// The grid of a number; `None` where it is none, or none that we convert well.
    pub(super) fn of_code(code: u16) -> Option<Projected> {
        Self::kept(format!("EPSG:{code}"), || {
            let definition = crs_definitions::from_code(code)?.proj4;
            converts_well(definition).then(|| definition.to_owned())
        })
    }

    /// A grid of no number, by its definition in the words of PROJ; `None` where we do not know the projection.
    pub(super) fn of_definition(name: &str, definition: String) -> Option<Projected> {
        Self::kept(format!("{name} ({definition})"), || Some(definition))
    }

    fn kept(name: String, definition: impl FnOnce() -> Option<String>) -> Option<Projected> {
        let mut asked = ASKED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = asked.get(&name) {
            return *known;
        }
        let from = definition().and_then(|text| Proj::from_proj_string(&text).ok());
        let grid = from.map(|from| Projected {
            name: Box::leak(name.clone().into_boxed_str()),
            from: Box::leak(Box::new(from)),
        });
        asked.insert(name, grid);
        grid
    }

    /// `EPSG:` and its number, or its name and definition.
    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    /// Its number, where it has one.
    pub(super) fn code(&self) -> Option<u16> {
        self.name.strip_prefix("EPSG:")?.parse().ok()
    }

    /// Converts an easting and a northing, in the units of the grid.
    pub(super) fn to_wgs84(self, x: f64, y: f64) -> Option<Location> {
        converted(self.from, x, y)
    }
}

/// A system of the register that is only tried.
pub(super) struct Registered {
    pub(super) code: u16,
    /// Its zone of UTM, where it is one.
    pub(super) zone: Option<u16>,
    from: Proj,
}

impl Registered {
    pub(super) fn to_wgs84(&self, x: f64, y: f64) -> Option<Location> {
        converted(&self.from, x, y)
    }
}

/// Every grid of the register that we convert well.
pub(super) fn registered() -> impl Iterator<Item = Registered> {
    (1_000..=u16::MAX).filter_map(|code| {
        let definition = crs_definitions::from_code(code)?.proj4;
        if !converts_well(definition) {
            return None;
        }
        let from = Proj::from_proj_string(definition).ok()?;
        let zone = definition.split("+zone=").nth(1);
        let zone = zone.and_then(|text| text.split(' ').next()?.parse().ok());
        Some(Registered { code, zone, from })
    })
}

fn converted(from: &Proj, x: f64, y: f64) -> Option<Location> {
    if !(x.abs() < 1e9 && y.abs() < 1e9) {
        return None;
    }
    let mut point = (x, y, 0.0);
    proj4rs::transform::transform(from, WGS84.as_ref()?, &mut point).ok()?;
    Location::new(point.0.to_degrees(), point.1.to_degrees())
}

impl PartialEq for Projected {
    fn eq(&self, other: &Projected) -> bool {
        self.name == other.name
    }
}

impl Eq for Projected {}

impl fmt::Debug for Projected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// Whether a definition is a grid, and says how its datum lies to WGS84 without a file of shifts. An ellipsoid
/// given by its axes belongs to old surveys whose step to WGS84 is a few hundred metres out.
fn converts_well(definition: &str) -> bool {
    let says = |part: &str| definition.contains(part);
    let grid = !says("+proj=longlat") && !says("+proj=geocent");
    let stepped = says("+towgs84=") || says("+datum=");
    let modern = says("+ellps=GRS80") || says("+ellps=WGS84");
    // France's old survey is known to two metres.
    let axes = says("+a=") && !says("+towgs84=-168,-60,320");
    grid && (stepped || modern) && !says("+nadgrids") && !axes
}

/// Reads a name: a number of the register with `EPSG` before it or by itself, a UTM zone with its datum, or the
/// name that a country calls its grid by.
pub(super) fn named(name: &str) -> Option<Projected> {
    let lower = name.to_lowercase();
    let after = match lower.find("epsg") {
        Some(at) => lower.get(at..)?,
        None if lower.trim().bytes().all(|byte| byte.is_ascii_digit()) => lower.as_str(),
        None => "",
    };
    let number = after
        .split(|c: char| !c.is_ascii_digit())
        .find(|digits| (4..=5).contains(&digits.len()));
    if let Some(number) = number {
        return Projected::of_code(number.parse().ok()?);
    }
    utm::of_name(name).and_then(Zoned::grid).or_else(|| {
        let plain: String = lower.chars().filter(|c| c.is_alphanumeric()).collect();
        let (_, code) = NAMES.iter().find(|(name, _)| plain.contains(name))?;
        Projected::of_code(*code)
    })
}

/// Names of national grids, without signs and blanks; the longer before what it contains.
const NAMES: [(&str, u16); 33] = [
    ("lambert93", 2154),
    ("lambertiietendu", 27572),
    ("lambertzoneiii", 27573),
    ("lambertzoneiv", 27574),
    ("lambertzoneii", 27572),
    ("lambertzonei", 27571),
    ("belgianlambert72", 31370),
    ("lambert72", 31370),
    ("lambert2008", 3812),
    ("belgianlambert2008", 3812),
    ("rdnew", 28992),
    ("rijksdriehoek", 28992),
    ("irishtransversemercator", 2157),
    ("irenet95", 2157),
    ("tm75", 29903),
    ("tm65", 29902),
    ("irishgrid", 29903),
    ("nztm2000", 2193),
    ("newzealandtransversemercator", 2193),
    ("lv95", 2056),
    ("lv03", 21781),
    ("sweref99tm", 3006),
    ("tm35fin", 3067),
    ("puwg1992", 2180),
    ("cs92", 2180),
    ("pttm06", 3763),
    ("greekgrid", 2100),
    ("hd72eov", 23700),
    ("htrs96", 3765),
    ("lks94", 3346),
    ("lks92", 3059),
    ("etrs89extendedlaea", 3035),
    ("etrs89laeaeurope", 3035),
];

#[cfg(test)]
mod tests {
    use super::*;

    const GDAL: [(u16, f64, f64, f64, f64); 37] = [
        (2154, 652_469.0, 6_862_035.0, 2.352_200, 48.856_598),
        (27572, 600_000.0, 2_428_000.0, 2.336_506, 48.850_347),
        (25832, 691_607.0, 5_334_760.0, 11.575_544, 48.137_219),
        (25830, 440_290.0, 4_474_257.0, -3.703_805, 40.416_797),
        (29903, 316_000.0, 234_000.0, -6.259_053, 53.343_749),
        (2157, 715_830.0, 734_697.0, -6.260_248, 53.349_794),
        (28992, 121_687.0, 487_315.0, 4.898_027, 52.372_699),
        (31370, 149_000.0, 170_500.0, 4.354_553, 50.844_905),
        (3812, 649_000.0, 670_500.0, 4.354_559, 50.844_903),
        (2056, 2_600_072.0, 1_200_668.0, 7.439_578, 46.957_092),
        (21781, 600_072.0, 200_668.0, 7.439_578, 46.957_092),
        (2193, 1_757_209.0, 5_920_483.0, 174.763_297, -36.848_498),
        (28355, 320_704.0, 5_812_911.0, 144.963_095, -37.813_606),
        (7856, 334_000.0, 6_251_000.0, 151.205_326, -33.868_276),
        (2180, 637_503.0, 486_848.0, 21.014_005, 52.230_486),
        (3003, 1_514_940.0, 5_034_600.0, 9.190_750, 45.464_587),
        (3004, 2_514_940.0, 4_634_600.0, 14.938_940, 41.863_209),
        (31467, 3_477_733.0, 5_552_230.0, 8.687_692, 50.105_873),
        (3006, 674_032.0, 6_580_822.0, 18.059_190, 59.330_231),
        (3067, 385_600.0, 6_672_200.0, 24.938_150, 60.170_629),
        (2100, 476_000.0, 4_203_000.0, 23.728_433, 37.976_910),
        (31983, 278_000.0, 7_377_000.0, -47.177_321, -23.702_627),
        (3763, -88_000.0, -106_000.0, -9.144_824, 38.709_091),
        (4647, 32_565_000.0, 5_933_000.0, 9.980_892, 53.541_876),
        (23700, 650_000.0, 240_000.0, 19.047_445, 47.503_932),
        (2263, 982_000.0, 200_000.0, -74.008_116, 40.715_630),
        (3035, 4_000_000.0, 3_000_000.0, 5.517_796, 50.024_119),
        (26917, 630_000.0, 4_833_000.0, -79.388_289, 43.638_634),
        (5514, -743_000.0, -1_043_000.0, 14.418_594, 50.087_347),
        (3765, 460_000.0, 5_073_000.0, 15.985_465, 45.795_704),
        (3301, 542_000.0, 6_589_000.0, 24.740_142, 59.436_751),
        (3346, 583_000.0, 6_061_000.0, 25.287_022, 54.678_598),
        (3059, 506_000.0, 312_000.0, 24.098_641, 56.951_577),
        (27571, 600_000.0, 1_100_000.0, 2.336_509, 48.600_666),
        (27573, 800_000.0, 3_200_000.0, 4.833_861, 44.072_702),
        (27574, 570_000.0, 4_200_000.0, 9.230_601, 42.085_091),
        (3414, 28_000.0, 38_000.0, 103.833_319, 1.359_933),
    ];

    fn at(code: u16, x: f64, y: f64) -> (f64, f64) {
        let grid = Projected::of_code(code).expect("a grid");
        let at = grid.to_wgs84(x, y).expect("a place");
        (at.lon(), at.lat())
    }

    #[test]
    fn grids_of_many_countries_agree_with_gdal() {
        // gdaltransform (GDAL 3.6) of each pair, to six decimals.
        for (code, x, y, lon, lat) in GDAL {
            let (own_lon, own_lat) = at(code, x, y);
            // GDAL takes another of the steps from Krovak's datum, ten metres from that of the register.
            let near = if code == 5514 { 9e-5 } else { 1.5e-5 };
            assert!(
                (own_lon - lon).abs() < near && (own_lat - lat).abs() < near,
                "EPSG:{code}: {own_lon}, {own_lat}, and not {lon}, {lat}"
            );
        }
    }

    #[test]
    fn what_needs_a_file_of_shifts_or_is_no_grid_is_not_taken() {
        // NAD27, New Zealand Map Grid, degrees, an Indian survey, and no system at all.
        for code in [26710, 27200, 4230, 24047, 1, 65535] {
            assert_eq!(Projected::of_code(code), None, "EPSG:{code}");
        }
        let grid = Projected::of_code(2154).expect("a grid");
        for (x, y) in [(f64::NAN, 1.0), (f64::INFINITY, 1.0), (1e12, 1e12)] {
            assert_eq!(grid.to_wgs84(x, y), None, "{x}, {y}");
        }
    }

    #[test]
    fn grids_are_known_by_number_by_zone_and_by_the_name_their_country_uses() {
        let is = |name: &str, code: u16| {
            assert_eq!(named(name), Projected::of_code(code), "{name}");
            assert!(named(name).is_some(), "{name}");
        };
        is("EPSG:2154", 2154);
        is("urn:ogc:def:crs:EPSG::25832", 25832);
        is("http://www.opengis.net/def/crs/EPSG/0/2157", 2157);
        is("28992", 28992);
        is("RGF93 / Lambert-93", 2154);
        is("Amersfoort / RD New", 28992);
        is("TM75 / Irish Grid", 29903);
        is("ETRS89 / UTM zone 32N", 25832);
        is("ETRS89 UTM Huso 30", 25830);
        is("WGS 84 / UTM zone 23S", 32723);
        is("SIRGAS 2000 / UTM zone 22S", 31982);
        is("SIRGAS2000 UTM fuso 23", 31983);
        is("NAD83 / UTM zone 17N", 26917);
        is("ED50 / UTM zone 30N", 23030);
        is("UTM 30T", 32630);
        is("ED_1950_UTM_Zone_30N", 23030);
        is("NTF (Paris) / Lambert zone I", 27571);
        is("NTF (Paris) / Lambert zone II", 27572);
        is("NTF (Paris) / Lambert zone III", 27573);
        is("NTF (Paris) / Lambert zone IV", 27574);
        is("GDA94 / MGA zone 55", 28355);
        is("GDA2020 / MGA zone 56", 7856);
        is("CH1903+ / LV95", 2056);
        for name in [
            "a UTM zone",
            "NAD27 / UTM zone 17N",
            "NAD_1927_UTM_Zone_17N",
            "Minna / UTM 31N",
            "UTM 30S",
            "ED50 / UTM",
            "ETRS89 / UTM",
            "Plan 7 of the survey",
            "ESRI:102658",
            "",
        ] {
            assert_eq!(named(name), None, "{name}");
        }
    }
}
