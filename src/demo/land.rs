//! Towns and villages on the map.

use super::chance::Chance;
use super::names::{Names, outward};
use super::size::{Shape, Size};

/// A point on the National Grid: easting and northing, metres.
pub(super) type Grid = (f64, f64);

/// The straight distance between two points, metres.
pub(super) fn apart(a: Grid, b: Grid) -> f64 {
    let (x, y) = (a.0 - b.0, a.1 - b.1);
    (x * x + y * y).sqrt()
}

/// What a settlement is to the places around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rank {
    /// The county's chief town; the market town of a demo town.
    City,
    /// The chief town of a district.
    Town,
    /// A small town.
    SmallTown,
    /// A village.
    Village,
}

impl Rank {
    /// Its class in the rural and urban classification.
    pub(super) fn class(self) -> &'static str {
        match self {
            Rank::City | Rank::Town => "Urban city and town",
            Rank::SmallTown => "Rural town and fringe",
            Rank::Village => "Rural village and dispersed",
        }
    }
}

/// A city, town or village.
pub(super) struct Settlement {
    /// Its name.
    pub(super) name: String,
    /// What it is.
    pub(super) rank: Rank,
    /// Its county, by number.
    pub(super) county: usize,
    /// Its district, by number in the whole place.
    pub(super) district: usize,
    /// Its middle.
    pub(super) at: Grid,
    /// How far its houses reach.
    pub(super) radius: f64,
    /// Zones it is cut into.
    pub(super) zones: u32,
    /// The outward half of its postcodes.
    pub(super) outward: String,
}

/// The whole map.
pub(super) struct Land {
    /// The size it was made for.
    pub(super) shape: Shape,
    /// Settlements, county by county, bigger ones first.
    pub(super) settlements: Vec<Settlement>,
    /// Names of the districts: those of their chief towns.
    pub(super) districts: Vec<String>,
    /// Names of the counties.
    pub(super) counties: Vec<String>,
    seed: u64,
}

impl Land {
    /// Settles a land of this size.
    pub(super) fn new(size: Size, seed: u64) -> Self {
        let mut land = Land {
            shape: size.shape(),
            settlements: Vec::new(),
            districts: Vec::new(),
            counties: Vec::new(),
            seed,
        };
        let mut names = Names::default();
        names.reserve("Wyvern");
        names.reserve("Thornscombe");
        for county in 0..land.shape.counties {
            land.settle(county, size, &mut names);
        }
        land
    }

    /// The middle of a county's square.
    fn middle(&self, county: usize) -> Grid {
        let (column, row) = (county % self.shape.across, county / self.shape.across);
        (
            self.shape.south_west.0 + self.shape.side * (column as f64 + 0.5),
            self.shape.south_west.1 + self.shape.side * (row as f64 + 0.5),
        )
    }

    /// How deep inside the place a point is: 1 in the middle, 0 on its ragged edge, below 0
    /// outside.
    pub(super) fn depth(&self, at: Grid) -> f64 {
        let side = self.shape.side;
        if self.shape.counties == 1 {
            let (x, y) = self.middle(0);
            let (x, y) = ((at.0 - x) / side * 2.0, (at.1 - y) / side * 2.0);
            // A rounded square with a bay or two: powers and products only.
            let round = x * x + y * y;
            let bays = 0.22 * x * y + 0.16 * (x * x * x - 2.0 * x * y * y) + 0.10 * y * x * x;
            return 0.96 - round - bays;
        }
        let column = ((at.0 - self.shape.south_west.0) / side).floor();
        let row = ((at.1 - self.shape.south_west.1) / side).floor();
        let number = row * self.shape.across as f64 + column;
        let across = self.shape.across as f64;
        if (0.0..across).contains(&column) && row >= 0.0 && number < self.shape.counties as f64 {
            1.0
        } else {
            -1.0
        }
    }

    fn settle(&mut self, county: usize, size: Size, names: &mut Names) {
        let shape = self.shape;
        let mut chance = Chance::new(self.seed, 1_000 + county as u64);
        let middle = self.middle(county);
        let first = self.settlements.len();
        let off = chance.disc();
        let spread = shape.side * 0.08;
        let mut at = (middle.0 + off.0 * spread, middle.1 + off.1 * spread);
        let mut ranks = vec![Rank::City];
        ranks.extend(std::iter::repeat_n(Rank::Town, shape.towns));
        ranks.extend(std::iter::repeat_n(Rank::SmallTown, shape.small_towns));
        ranks.extend(std::iter::repeat_n(Rank::Village, shape.villages));
        for (number, rank) in ranks.into_iter().enumerate() {
            if number > 0 {
                at = self.free_spot(county, first, &mut chance);
            }
            let zones = match rank {
                Rank::City => shape.city_zones,
                Rank::Town => chance.whole(shape.town_zones.0, shape.town_zones.1),
                Rank::SmallTown => chance.whole(shape.small_zones.0, shape.small_zones.1),
                Rank::Village => 1,
            };
            let name = match (size, rank) {
                (Size::Town, Rank::City) => "Wyvern".to_owned(),
                (Size::Town, Rank::SmallTown) => "Thornscombe".to_owned(),
                _ => names.settlement(&mut chance, rank == Rank::Village),
            };
            let district = match rank {
                Rank::City | Rank::Town => {
                    self.districts.push(name.clone());
                    self.districts.len() - 1
                }
                _ => self.nearest_district(first, at),
            };
            if rank == Rank::City {
                self.counties.push(match size {
                    Size::Town => "Wyvern".to_owned(),
                    _ => format!("{name}shire"),
                });
            }
            let people = f64::from(zones) * shape.zone_people;
            let km2 = people / shape.built_density;
            self.settlements.push(Settlement {
                outward: outward(county, (number).min(number % 19)),
                radius: (km2 / std::f64::consts::PI).sqrt() * 1_000.0,
                name,
                rank,
                county,
                district,
                at,
                zones,
            });
        }
    }

    /// A spot in the county far from what is there already, bigger settlements counting for more:
    /// the best of a few tries, so that villages are spread but not on a grid.
    fn free_spot(&self, county: usize, first: usize, chance: &mut Chance) -> Grid {
        let middle = self.middle(county);
        let side = self.shape.side;
        let mut best = (f64::MIN, middle);
        let mut tries = 0;
        let mut kept = 0;
        while kept < 9 && tries < 400 {
            tries += 1;
            let spot = (
                middle.0 + side * chance.between(-0.5, 0.5),
                middle.1 + side * chance.between(-0.5, 0.5),
            );
            if self.depth(spot) < 0.10 {
                continue;
            }
            kept += 1;
            let room = self.settlements[first..]
                .iter()
                .map(|other| apart(spot, other.at) - 1.9 * other.radius)
                .fold(f64::MAX, f64::min);
            // A little chance, else every village would be as far as it can.
            let score = room * chance.between(0.75, 1.0);
            if score > best.0 {
                best = (score, spot);
            }
        }
        best.1
    }

    fn nearest_district(&self, first: usize, at: Grid) -> usize {
        self.settlements[first..]
            .iter()
            .filter(|s| matches!(s.rank, Rank::City | Rank::Town))
            .map(|s| (apart(at, s.at), s.district))
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map_or(0, |(_, district)| district)
    }

    /// Points just outside the place, so that the zones at its edge end there.
    pub(super) fn beyond(&self) -> Vec<Grid> {
        let mut chance = Chance::new(self.seed, 2);
        let shape = self.shape;
        let county = shape.side * shape.side / shape.villages as f64;
        let step = county.sqrt() * 0.8;
        let rows = shape.counties.div_ceil(shape.across);
        let (west, south) = (
            shape.south_west.0 - 3.0 * step,
            shape.south_west.1 - 3.0 * step,
        );
        let columns = ((shape.side * shape.across as f64) / step) as usize + 6;
        let lines = ((shape.side * rows as f64) / step) as usize + 6;
        let mut points = Vec::new();
        for line in 0..=lines {
            for column in 0..=columns {
                let point = (
                    west + step * (column as f64 + chance.between(-0.3, 0.3)),
                    south + step * (line as f64 + chance.between(-0.3, 0.3)),
                );
                if self.depth(point) < 0.0 {
                    points.push(point);
                }
            }
        }
        points
    }
}
