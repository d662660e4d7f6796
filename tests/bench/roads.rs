//! Roads: from an extract to a matrix.

use super::clock::{most_memory_mb, processor_seconds, time};
use oneroof::load::{LoadOptions, load};
use oneroof::place::{Distance, Location, Metres, RoadMode, Unit};
use oneroof::travel::roads::{NO_END, Needed, RoadSettings, Roads, Speeds};
use std::path::{Path, PathBuf};

pub(crate) fn run() {
    let Some(data) = real_data() else {
        return;
    };
    rutland(&data.join("rutland"));
    porto_alegre(&data.join("porto_alegre"));
    println!(
        "  memory at most {} MB, processor {:.1} s",
        most_memory_mb().map_or("?".into(), |mb| mb.to_string()),
        processor_seconds().unwrap_or_default()
    );
}

fn settings(extract: PathBuf, modes: &[RoadMode]) -> RoadSettings {
    RoadSettings {
        extracts: vec![extract],
        modes: modes.to_vec(),
        speeds: Speeds::default(),
        furthest_snap: Metres(1_000.0),
    }
}

/// All zones and all sites, on foot and by car.
fn rutland(data: &Path) {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/places/rutland");
    let options = LoadOptions {
        data: Some(data.to_path_buf()),
        ..LoadOptions::default()
    };
    let Ok(loaded) = load(&place, &options) else {
        println!("  Rutland cannot be read");
        return;
    };
    let modes = [RoadMode::Walk, RoadMode::Drive];
    let settings = settings(data.join("rutland-latest.osm.pbf"), &modes);
    let place = &loaded.place;
    println!(
        "  Rutland: {} zones, {} sites",
        place.zones.len(),
        place.buildings.len()
    );
    let all = |roads: &Roads| -> usize {
        let of = |mode| roads.journeys(place, &Needed::all(mode, Unit::Minutes, NO_END));
        modes
            .into_iter()
            .filter_map(of)
            .map(|matrix| matrix.len())
            .sum()
    };
    let read = || Roads::read(&settings).expect("the extract is sound");
    time("from the extract to both matrices, no cut-off", 1, || {
        all(&read())
    });
    let roads = read();
    time("of that the journeys", all(&roads), || all(&roads));
}

/// The shared real data, where it is there.
pub(crate) fn real_data() -> Option<PathBuf> {
    let shared = std::env::var_os("ONEROOF_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let data = shared.join("realdata");
    if !data.is_dir() {
        println!("  SKIPPED: {} is absent", data.display());
        return None;
    }
    Some(data)
}

/// The hexagons of Porto Alegre.
pub(crate) fn hexagons(data: &Path) -> Vec<Location> {
    let table = std::fs::read_to_string(data.join("poa_hexgrid.csv")).unwrap_or_default();
    let point = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |at: usize| cells.get(at)?.parse::<f64>().ok();
        Location::new(number(1)?, number(2)?)
    };
    table.lines().skip(1).filter_map(point).collect()
}

/// A thousand hexagons with people, each to each, on foot within half an hour.
fn porto_alegre(data: &Path) {
    let mut points = hexagons(data);
    points.truncate(1_000);
    let settings = settings(data.join("poa_osm.pbf"), &[RoadMode::Walk]);
    let read = || Roads::read(&settings).expect("the extract is sound");
    let half_an_hour = Distance::from_user(30.0, Unit::Minutes);
    let matrix = |roads: &Roads| -> usize {
        let walk = (RoadMode::Walk, Unit::Minutes);
        let rows = roads.between(walk, &points, &points, half_an_hour);
        rows.iter().map(Vec::len).sum()
    };
    println!(
        "  Porto Alegre: {} points, {} pairs within 30 minutes on foot",
        points.len(),
        matrix(&read())
    );
    time("from the extract to the matrix", 1, || matrix(&read()));
    let roads = read();
    time("of that the journeys", points.len(), || matrix(&roads));
}
