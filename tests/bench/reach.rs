//! Who is nearest and who is within: the index beside measuring one by one.

use super::clock::{ratio, time};
use super::country::country;
use oneroof::access::nearest;
use oneroof::place::{BuildingIx, Distance, Location, Place, ZoneIx, sample};
use oneroof::travel::{Travel, straight_line};
use rayon::prelude::*;

const ZONES: usize = 35_000;
const BUILDINGS: usize = 24_000;
/// The rivals look at every fiftieth zone; times are compared for each zone.
const SAMPLE: usize = ZONES / 50;
const FIVE_KM: Distance = Distance(5_000);

pub(crate) fn run() {
    let place = country(ZONES, BUILDINGS);
    let threads = rayon::current_num_threads();
    println!("  {ZONES} zones, {BUILDINGS} buildings, {threads} threads");
    time("index the buildings", BUILDINGS, || {
        Travel::new(&place, Vec::new())
    });
    let travel = Travel::new(&place, Vec::new());
    let hosts: Vec<_> = place.buildings().map(|(at, _)| at).collect();
    let km = sample::straight_km();

    let near = time("nearest building of a zone", ZONES, || {
        nearest(&place, &travel, &km, &hosts)
    });
    let within = time("buildings within 5 km of a zone", ZONES, || {
        count_within(&place, &travel)
    });
    let pairs = count_within(&place, &travel);
    println!("  {pairs} pairs found, of {}", ZONES * BUILDINGS);

    let haversine = time("rival: nearest, haversine to each building", SAMPLE, || {
        each_zone(&place, nearest_by_haversine)
    });
    ratio(haversine, near);
    let located = place
        .buildings
        .iter()
        .filter_map(|building| building.location);
    let points: Vec<_> = located.map(on_sphere).collect();
    let chord = time("rival: nearest, chord to each building", SAMPLE, || {
        each_zone(&place, |_, from| nearest_by_chord(&points, from))
    });
    ratio(chord, near);
    let rival = time(
        "rival: within 5 km, haversine to each building",
        SAMPLE,
        || each_zone(&place, within_by_haversine),
    );
    ratio(rival, within);
}

fn count_within(place: &Place, travel: &Travel) -> usize {
    let km = sample::straight_km();
    let within = |at| {
        travel
            .buildings_within(place, &km, ZoneIx::new(at), FIVE_KM)
            .len()
    };
    (0..place.zones.len()).into_par_iter().map(within).sum()
}

/// Asks a rival about the sample of zones, on as many threads as the index had.
fn each_zone<T: Send>(place: &Place, rival: impl Fn(&Place, Location) -> T + Sync) -> Vec<T> {
    (0..SAMPLE)
        .into_par_iter()
        .map(|at| rival(place, place.zones[at * 50].point))
        .collect()
}

fn by_haversine(place: &Place, from: Location) -> impl Iterator<Item = (u32, BuildingIx)> {
    place
        .buildings()
        .filter_map(move |(at, building)| Some((straight_line(from, building.location?, 1.3), at)))
}

fn nearest_by_haversine(place: &Place, from: Location) -> Option<(u32, BuildingIx)> {
    by_haversine(place, from).min()
}

fn within_by_haversine(place: &Place, from: Location) -> Vec<(u32, BuildingIx)> {
    let mut found: Vec<_> = by_haversine(place, from)
        .filter(|(metres, _)| *metres <= FIVE_KM.steps())
        .collect();
    found.sort_unstable();
    found
}

/// The cheapest way to look at every pair: no trigonometry at all.
fn nearest_by_chord(points: &[[f64; 3]], from: Location) -> Option<usize> {
    let from = on_sphere(from);
    let squared = |to: &[f64; 3]| -> f64 { (0..3).map(|i| (from[i] - to[i]).powi(2)).sum() };
    let chords = points.iter().map(squared).enumerate();
    chords.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(at, _)| at)
}

fn on_sphere(location: Location) -> [f64; 3] {
    let (sin_lat, cos_lat) = location.lat().to_radians().sin_cos();
    let (sin_lon, cos_lon) = location.lon().to_radians().sin_cos();
    [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
}
