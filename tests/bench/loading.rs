//! Files to a place: registers of 100,000 rows, sound and spoilt, and of a million; 35,000 zones
//! with outlines. Beside each stands how long the same bytes take to be read and nothing else, and
//! the most memory that was held, as a multiple of the files.

use super::clock::time;
use super::country::country;
use oneroof::load::{LoadOptions, load};
use oneroof::place::Location;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

const ROWS: usize = 100_000;
const MANY_ROWS: usize = 1_000_000;
const POLYGONS: usize = 35_000;
/// Corners of a zone's outline.
const CORNERS: u32 = 32;
/// Zones of the places that are about registers, and buildings of the one that is about zones.
const FEW: usize = 400;

pub(crate) fn run() {
    let folder = tempfile::tempdir().expect("a folder for the files");
    let place = |name: &str, zones, rows, spoilt| {
        let place = folder.path().join(name);
        write(&place, zones, rows, spoilt);
        place
    };
    let register = place("register", FEW, ROWS, false);
    let own = timed("load a register", ROWS, &register);
    let floor = time("floor: read the same register, nothing else", ROWS, || {
        read_cells(&register)
    });
    times_the_floor(own, floor);
    timed(
        "load a register whose every row is at fault",
        ROWS,
        &place("spoilt", FEW, ROWS, true),
    );
    let zones = place("zones", POLYGONS, FEW, false);
    let own = timed("load zones with outlines", POLYGONS, &zones);
    let floor = time("floor: read the same JSON, nothing else", POLYGONS, || {
        let text = fs::read_to_string(zones.join("zones.geojson")).expect("just written");
        serde_json::from_str::<serde_json::Value>(&text).is_ok()
    });
    times_the_floor(own, floor);
    timed(
        "load a register of a million",
        MANY_ROWS,
        &place("many", FEW, MANY_ROWS, false),
    );
}

/// Times the loading of a place and says how much memory it took.
fn timed(what: &str, count: usize, place: &Path) -> f64 {
    let before = forget_the_peak();
    loaded(place);
    let peak = memory("VmHWM:").zip(before);
    let own = time(what, count, || loaded(place));
    if let Some((peak, before)) = peak {
        let (held, files) = (peak - before, size(place));
        println!(
            "  {:<50} {:>9.1} MB held at most, {:.1} × the files of {:.1} MB",
            "",
            held / 1e6,
            held / files,
            files / 1e6
        );
    }
    own
}

fn times_the_floor(own: f64, floor: f64) {
    println!("  {:<50} {:>9.1} × the floor below", "", own / floor);
}

fn read_cells(place: &Path) -> usize {
    let mut reader = csv::Reader::from_path(place.join("buildings.csv")).expect("just written");
    reader.records().filter(Result::is_ok).count()
}

/// Bytes of a place's tables.
fn size(place: &Path) -> f64 {
    let tables: [PathBuf; 2] = ["buildings.csv", "zones.geojson"].map(|name| place.join(name));
    let bytes = tables.iter().filter_map(|table| fs::metadata(table).ok());
    bytes.map(|file| file.len() as f64).sum()
}

/// Lets the system forget the most memory this process ever held, on Linux, and gives what it
/// holds now, bytes.
fn forget_the_peak() -> Option<f64> {
    fs::write("/proc/self/clear_refs", "5").ok()?;
    memory("VmRSS:")
}

/// A figure of this process's memory, on Linux, bytes.
fn memory(figure: &str) -> Option<f64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find(|line| line.starts_with(figure))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024.0)
}

fn loaded(place: &Path) -> usize {
    match load(place, &LoadOptions::default()) {
        Ok(loaded) => loaded.place.buildings.len(),
        Err(error) => panic!("{error}"),
    }
}

/// Writes a place folder: this many zones with outlines, this many rows of a register.
fn write(folder: &Path, zones: usize, rows: usize, spoilt: bool) {
    let place = country(zones, FEW);
    let mut register = "asset_id,name,address,postcode,lon,lat,tenure,floor_area_m2,running_gbp,\
                        value_gbp\n"
        .to_owned();
    for (at, building) in place.buildings.iter().cycle().take(rows).enumerate() {
        let here = building
            .location
            .expect("every building of the country is located");
        let (area, cost) = (200 + at % 900, 20_000 + at % 50_000);
        let _ = if spoilt {
            writeln!(
                register,
                "B{at}, Building {at},\"{at} Long Lane, Somewhere\",XX{at},{:.6},n/a,Freeehold,\
                 c. {area},about {cost},\"12.345,00 x\"",
                here.lon()
            )
        } else {
            writeln!(
                register,
                "B{at},Building {at},\"{at} Long Lane, Somewhere\",,{:.6},{:.6},Freehold,{area},\
                 {cost},{}",
                here.lon(),
                here.lat(),
                100_000 + at
            )
        };
    }
    let mut outlines = "{\"type\":\"FeatureCollection\",\"features\":[".to_owned();
    for (at, zone) in place.zones.iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        let _ = write!(
            outlines,
            "{comma}\n{{\"type\":\"Feature\",\"properties\":{{\"zone_id\":\"Z{at}\",\"population\":1500}},\
             \"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[{}]]}}}}",
            ring(zone.point)
        );
    }
    outlines.push_str("]}");
    let settings = "[place]\nname = \"Country\"\nbase_date = 2026-04-01\nbuffer_km = 500\n\n\
                    [[agency]]\nid = \"council\"\nname = \"Council\"\n\n\
                    [[buildings]]\nagency = \"council\"\nfile = \"buildings.csv\"\n\n\
                    [[service]]\nid = \"library\"\nname = \"Library\"\ncounter = true\n\n\
                    [[zones]]\nfile = \"zones.geojson\"\ndemand = { library = \"population\" }\n";
    fs::create_dir_all(folder).expect("a folder of ours");
    let files = [
        ("buildings.csv", &*register),
        ("zones.geojson", &outlines),
        ("place.toml", settings),
    ];
    for (name, text) in files {
        fs::write(folder.join(name), text).expect("a file of ours");
    }
}

/// A circle of half a kilometre or so, as GeoJSON positions.
fn ring(around: Location) -> String {
    let corner = |at: u32| {
        let angle = f64::from(at % CORNERS) / f64::from(CORNERS) * std::f64::consts::TAU;
        let (north, east) = angle.sin_cos();
        format!(
            "[{:.6},{:.6}]",
            around.lon() + 0.007 * east,
            around.lat() + 0.0045 * north
        )
    };
    (0..=CORNERS).map(corner).collect::<Vec<_>>().join(",")
}
