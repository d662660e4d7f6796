//! How much of everything a demo place has.

use std::fmt;
use std::str::FromStr;

/// How big a demo place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Size {
    /// A market town and its villages: 6 agencies, about 60 zones and 35 buildings.
    Town,
    /// A county: about 400 zones, 300 buildings and 360 occupiers.
    County,
    /// Ten counties.
    Region,
    /// Eighty-five counties: about 34,000 zones and 24,000 buildings.
    Nation,
}

impl Size {
    /// Every size, from small to big.
    pub const ALL: [Size; 4] = [Size::Town, Size::County, Size::Region, Size::Nation];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Size::Town => "town",
            Size::County => "county",
            Size::Region => "region",
            Size::Nation => "nation",
        }
    }

    pub(super) fn shape(self) -> Shape {
        match self {
            Size::Town => Shape::TOWN,
            Size::County => Shape::COUNTY,
            Size::Region => Shape {
                across: 5,
                counties: 10,
                south_west: (250_000.0, 180_000.0),
                ..Shape::COUNTY
            },
            Size::Nation => Shape {
                across: 10,
                counties: 85,
                south_west: (150_000.0, 75_000.0),
                ..Shape::COUNTY
            },
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Size::ALL
            .into_iter()
            .find(|size| size.name() == text)
            .ok_or_else(|| {
                format!("no size is called `{text}`; sizes are town, county, region, nation")
            })
    }
}

/// What [`Size`] means in numbers. Lengths are metres of the National Grid.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// Counties in a row of the map.
    pub(super) across: usize,
    /// Counties in all.
    pub(super) counties: usize,
    /// Side of the square a county stands in.
    pub(super) side: f64,
    /// South-west corner of the map.
    pub(super) south_west: (f64, f64),
    /// People in a usual zone.
    pub(super) zone_people: f64,
    /// Zones of each city, one city in a county.
    pub(super) city_zones: u32,
    /// Other chief towns of districts.
    pub(super) towns: usize,
    /// Zones of each.
    pub(super) town_zones: (u32, u32),
    /// Small towns.
    pub(super) small_towns: usize,
    /// Zones of each.
    pub(super) small_zones: (u32, u32),
    /// Villages; each is a zone with the land around it.
    pub(super) villages: usize,
    /// People on a square kilometre of built-up land.
    pub(super) built_density: f64,
}

impl Shape {
    const TOWN: Shape = Shape {
        across: 1,
        counties: 1,
        side: 19_000.0,
        south_west: (318_000.0, 247_000.0),
        zone_people: 760.0,
        city_zones: 31,
        towns: 0,
        town_zones: (0, 0),
        small_towns: 1,
        small_zones: (8, 8),
        villages: 22,
        built_density: 3_200.0,
    };

    const COUNTY: Shape = Shape {
        across: 1,
        counties: 1,
        side: 43_000.0,
        south_west: (300_000.0, 230_000.0),
        zone_people: 1_600.0,
        city_zones: 68,
        towns: 5,
        town_zones: (26, 35),
        small_towns: 12,
        small_zones: (5, 9),
        villages: 96,
        built_density: 3_600.0,
    };
}
