//! Zones and the people in them.

use super::cells::outlines;
use super::chance::Chance;
use super::land::{Grid, Land, Rank, Settlement, apart};
use super::names::{Names, WARDS};

/// Single years of age, the last one open.
pub(super) const AGES: usize = 91;

/// A zone of the demo: a neighbourhood, or a village with its land.
pub(super) struct Zone {
    /// Its code.
    pub(super) id: String,
    /// Its name.
    pub(super) name: String,
    /// The settlement it belongs to, by number.
    pub(super) settlement: usize,
    /// Where its people live, on average.
    pub(super) at: Grid,
    /// Its outline, counter-clockwise, not closed.
    pub(super) ring: Vec<Grid>,
    /// People by single year of age; the last counts those of 90 and more.
    pub(super) ages: Vec<u32>,
    /// Households.
    pub(super) households: u32,
    /// Households without a car.
    pub(super) no_car: u32,
    /// Decile of deprivation in this place: 1 is the most deprived tenth.
    pub(super) decile: u32,
    /// Ward: code and name.
    pub(super) ward: (String, String),
}

impl Zone {
    /// Everybody.
    pub(super) fn people(&self) -> u32 {
        self.ages.iter().sum()
    }

    /// People of these ages, both included.
    pub(super) fn aged(&self, from: usize, to: usize) -> u32 {
        self.ages[from..=to.min(AGES - 1)].iter().sum()
    }
}

/// The code of a district.
pub(super) fn district_code(district: usize) -> String {
    format!("F07{:06}", district + 1)
}

/// Cuts the land into zones and fills them.
pub(super) fn zones(land: &Land, seed: u64) -> Vec<Zone> {
    let mut chance = Chance::new(seed, 3);
    let homes: Vec<(usize, Grid)> = land
        .settlements
        .iter()
        .enumerate()
        .flat_map(|(number, settlement)| {
            quarters(settlement, &mut chance)
                .into_iter()
                .map(move |at| (number, at))
        })
        .collect();
    let mut points: Vec<Grid> = homes.iter().map(|(_, at)| *at).collect();
    points.extend(land.beyond());
    // Bent sides cost four times the corners: only where somebody will look at single zones.
    let bend = (land.shape.counties == 1).then_some(seed);
    let rings = outlines(&points, homes.len(), bend);
    let deciles = deciles(land, &homes, seed);
    let wards = wards(land, &homes);
    let mut letters = std::collections::BTreeMap::<String, u32>::new();
    homes
        .into_iter()
        .zip(rings)
        .enumerate()
        .map(|(number, ((settlement, at), ring))| {
            let home = &land.settlements[settlement];
            let mut chance = Chance::new(seed, 1_000_000 + number as u64);
            let people = land.shape.zone_people * (1.0 + 0.16 * chance.bell());
            let decile = deciles[number];
            let households = people / chance.between(2.15, 2.45);
            let ward = wards[number].clone();
            let turn = letters.entry(ward.0.clone()).or_default();
            *turn += 1;
            let letter = char::from(b'A' + ((*turn - 1) % 26) as u8);
            let code: u32 = ward.0[3..].parse().unwrap_or(0);
            Zone {
                id: format!("F01{:06}", number + 1),
                name: format!(
                    "{} {:03}{letter}",
                    land.districts[home.district],
                    code % 1_000
                ),
                settlement,
                at,
                ring,
                ages: ages(people, decile, home.rank, &mut chance),
                households: households as u32,
                no_car: (households * no_car_share(decile, home.rank, &mut chance)) as u32,
                decile,
                ward,
            }
        })
        .collect()
}

/// Where the zones of a settlement have their people: closer together towards its middle, and
/// never on top of each other.
fn quarters(settlement: &Settlement, chance: &mut Chance) -> Vec<Grid> {
    if settlement.rank == Rank::Village {
        return vec![settlement.at];
    }
    let mut quarters: Vec<Grid> = Vec::new();
    for _ in 0..settlement.zones {
        let mut best = (f64::MIN, settlement.at);
        for _ in 0..10 {
            let (x, y) = chance.disc();
            let pull = 0.62 + 0.38 * (x * x + y * y);
            let spot = (
                settlement.at.0 + x * pull * settlement.radius,
                settlement.at.1 + y * pull * settlement.radius,
            );
            let room = quarters
                .iter()
                .map(|other| apart(spot, *other))
                .fold(f64::MAX, f64::min);
            // The further out, the more room it wants.
            if room / pull > best.0 {
                best = (room / pull, spot);
            }
        }
        quarters.push(best.1);
    }
    quarters
}

/// Deprivation, in clusters: a few poorer quarters in each town, better-off edges and villages.
fn deciles(land: &Land, homes: &[(usize, Grid)], seed: u64) -> Vec<u32> {
    let mut chance = Chance::new(seed, 4);
    let sources: Vec<Vec<(Grid, f64, f64)>> = land
        .settlements
        .iter()
        .map(|s| {
            let count = match s.rank {
                Rank::City => (s.zones / 16).max(2),
                Rank::Town => 2,
                Rank::SmallTown => u32::from(chance.happens(0.6)),
                Rank::Village => 0,
            };
            (0..count)
                .map(|_| {
                    let (x, y) = chance.disc();
                    let at = (s.at.0 + x * s.radius * 0.8, s.at.1 + y * s.radius * 0.8);
                    (at, 0.22 * s.radius + 150.0, chance.between(0.6, 1.1))
                })
                .collect()
        })
        .collect();
    let base: Vec<f64> = land
        .settlements
        .iter()
        .map(|s| match s.rank {
            Rank::City => 0.10,
            Rank::Town => chance.between(0.0, 0.25),
            Rank::SmallTown => chance.between(-0.05, 0.15),
            Rank::Village => chance.between(-0.15, 0.05),
        })
        .collect();
    let score: Vec<f64> = homes
        .iter()
        .map(|(settlement, at)| {
            let near: f64 = sources[*settlement]
                .iter()
                .map(|(source, reach, strength)| {
                    let far = apart(*at, *source) / reach;
                    strength / (1.0 + far * far)
                })
                .sum();
            base[*settlement] + near + 0.05 * chance.bell()
        })
        .collect();
    let mut order: Vec<usize> = (0..homes.len()).collect();
    order.sort_by(|a, b| score[*b].total_cmp(&score[*a]).then(a.cmp(b)));
    let mut deciles = vec![0; homes.len()];
    for (rank, zone) in order.into_iter().enumerate() {
        deciles[zone] = 1 + (rank * 10 / homes.len()) as u32;
    }
    deciles
}

fn no_car_share(decile: u32, rank: Rank, chance: &mut Chance) -> f64 {
    let poorer = f64::from(10 - decile);
    let share = match rank {
        Rank::City | Rank::Town => 0.11 + 0.033 * poorer,
        Rank::SmallTown => 0.10 + 0.024 * poorer,
        Rank::Village => 0.05 + 0.010 * poorer,
    };
    (share + 0.015 * chance.bell()).clamp(0.02, 0.6)
}

/// People by age: more children where it is poorer, more old people in the country.
fn ages(people: f64, decile: u32, rank: Rank, chance: &mut Chance) -> Vec<u32> {
    let young = 1.0 + 0.05 * (5.5 - f64::from(decile)) + 0.08 * chance.bell();
    let (twenties, old) = match rank {
        Rank::City => (1.35, 0.82),
        Rank::Town => (1.10, 0.95),
        Rank::SmallTown => (0.92, 1.15),
        Rank::Village => (0.72, 1.40),
    };
    let old = old * (1.0 + 0.12 * chance.bell()).max(0.4);
    let weight = |age: usize| match age {
        0..=17 => young.max(0.4),
        18..=34 => twenties,
        35..=64 => 1.08,
        _ => {
            let left = 1.0 - (age as f64 - 64.0) / 34.0;
            old * (1.05 * left * (0.35 + 0.65 * left) + 0.02).max(0.02)
        }
    };
    let total: f64 = (0..AGES).map(weight).sum();
    let mut running = 0.0;
    let mut before = 0.0_f64;
    (0..AGES)
        .map(|age| {
            // Rounding the running sum, so that the people add up.
            running += people * weight(age) / total;
            let count = running.round() - before;
            before = running.round();
            count as u32
        })
        .collect()
}

/// Wards: neighbouring zones of a district, six or fewer together.
fn wards(land: &Land, homes: &[(usize, Grid)]) -> Vec<(String, String)> {
    let mut by_district = vec![Vec::new(); land.districts.len()];
    for (zone, (settlement, _)) in homes.iter().enumerate() {
        by_district[land.settlements[*settlement].district].push(zone);
    }
    let mut wards = vec![(String::new(), String::new()); homes.len()];
    let mut number = 0;
    let mut names = Names::default();
    for zones in by_district {
        let mut groups = Vec::new();
        split(zones, homes, &mut groups);
        for group in groups {
            number += 1;
            let seat = group
                .iter()
                .map(|zone| homes[*zone].0)
                .min()
                .unwrap_or_default();
            let seat = &land.settlements[seat].name;
            let name = names.ward(seat, &WARDS);
            for zone in group {
                wards[zone] = (format!("F05{number:06}"), name.clone());
            }
        }
    }
    wards
}

/// Halves a set of zones across its longer side until the pieces are small.
fn split(mut zones: Vec<usize>, homes: &[(usize, Grid)], into: &mut Vec<Vec<usize>>) {
    if zones.len() <= 6 {
        if !zones.is_empty() {
            into.push(zones);
        }
        return;
    }
    let span = |pick: fn(&Grid) -> f64| {
        let values = || zones.iter().map(|zone| pick(&homes[*zone].1));
        values().fold(f64::MIN, f64::max) - values().fold(f64::MAX, f64::min)
    };
    let east: fn(&Grid) -> f64 = |at| at.0;
    let north: fn(&Grid) -> f64 = |at| at.1;
    let along = if span(east) > span(north) {
        east
    } else {
        north
    };
    zones.sort_by(|a, b| {
        along(&homes[*a].1)
            .total_cmp(&along(&homes[*b].1))
            .then(a.cmp(b))
    });
    let rest = zones.split_off(zones.len() / 2);
    split(zones, homes, into);
    split(rest, homes, into);
}
