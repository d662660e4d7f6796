//! Public transport: from feeds and an extract to a matrix of medians.

use super::clock::{most_memory_mb, processor_seconds, time};
use super::roads::{hexagons, real_data};
use jiff::civil::date;
use oneroof::place::{Distance, Location, Metres, RoadMode, TransitTerms, Unit};
use oneroof::travel::roads::{RoadSettings, Speeds};
use oneroof::travel::transit::{Transit, TransitSettings};

pub(crate) fn run() {
    let Some(data) = real_data().map(|data| data.join("porto_alegre")) else {
        return;
    };
    let roads = RoadSettings {
        extracts: vec![data.join("poa_osm.pbf")],
        modes: vec![RoadMode::Walk],
        speeds: Speeds::default(),
        furthest_snap: Metres(1_000.0),
    };
    let settings = TransitSettings {
        feeds: vec![data.join("poa_eptc.zip"), data.join("poa_trensurb.zip")],
        terms: TransitTerms {
            date: date(2019, 5, 14),
            from_min: 14 * 60,
            to_min: 15 * 60,
            percentile: 50,
            rides: 4,
            walk_min: 20.0,
            change_min: 10.0,
            board_min: 1.0,
            longest_min: 120.0,
            day: None,
        },
    };
    let read = || match Transit::read(&settings, &roads) {
        Ok((transit, _)) => transit,
        Err(fault) => panic!("{fault}"),
    };
    let zones = hexagons(&data);
    let sites: Vec<Location> = zones.iter().copied().step_by(24).take(50).collect();
    let within = Distance::from_user(120.0, Unit::Minutes);
    let transit = read();
    let matrix = || -> usize {
        let rows = transit.between(&zones, &sites, within);
        rows.iter().map(Vec::len).sum()
    };
    println!(
        "  Porto Alegre: {} hexagons, {} sites, {} pairs within two hours at the median of 14:00 to 15:00",
        zones.len(),
        sites.len(),
        matrix()
    );
    time("feeds and extract to timetable and walks", 1, read);
    let before = processor_seconds().unwrap_or_default();
    time("of the matrix a zone", zones.len(), matrix);
    println!(
        "  processor {:.1} s for the matrices, memory at most {} MB",
        processor_seconds().unwrap_or_default() - before,
        most_memory_mb().map_or("?".into(), |mb| mb.to_string()),
    );
}
