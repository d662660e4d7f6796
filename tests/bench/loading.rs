//! Files to a place: a register of 100,000 rows, and 35,000 zones with outlines.

use super::clock::time;
use super::country::country;
use oneroof::load::{LoadOptions, load};
use oneroof::place::Location;
use std::fmt::Write;
use std::fs;
use std::path::Path;

const ROWS: usize = 100_000;
const POLYGONS: usize = 35_000;
/// Corners of a zone's outline.
const CORNERS: u32 = 32;

pub(crate) fn run() {
    let folder = tempfile::tempdir().expect("a folder for the files");
    let many_rows = folder.path().join("register");
    let many_zones = folder.path().join("zones");
    write(&many_rows, 400, ROWS);
    write(&many_zones, POLYGONS, 400);
    time("load a register", ROWS, || loaded(&many_rows));
    let register = many_rows.join("buildings.csv");
    time("floor: read the same register, nothing else", ROWS, || {
        let mut reader = csv::Reader::from_path(&register).expect("just written");
        reader.records().filter(Result::is_ok).count()
    });
    time("load zones with outlines", POLYGONS, || loaded(&many_zones));
    let zones = many_zones.join("zones.geojson");
    time("floor: read the same JSON, nothing else", POLYGONS, || {
        let text = fs::read_to_string(&zones).expect("just written");
        serde_json::from_str::<serde_json::Value>(&text).is_ok()
    });
}

fn loaded(place: &Path) -> usize {
    match load(place, &LoadOptions::default()) {
        Ok(loaded) => loaded.place.buildings.len(),
        Err(error) => panic!("{error}"),
    }
}

/// Writes a place folder: this many zones with outlines, this many buildings.
fn write(folder: &Path, zones: usize, buildings: usize) {
    let place = country(zones, buildings);
    let mut register = "asset_id,name,address,postcode,lon,lat,tenure,floor_area_m2,running_gbp,\
                        value_gbp\n"
        .to_owned();
    for (at, building) in place.buildings.iter().enumerate() {
        let here = building
            .location
            .expect("every building of the country is located");
        let _ = writeln!(
            register,
            "B{at},Building {at},\"{at} Long Lane, Somewhere\",,{:.6},{:.6},Freehold,{},{},{}",
            here.lon(),
            here.lat(),
            200 + at % 900,
            20_000 + at % 50_000,
            100_000 + at
        );
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
