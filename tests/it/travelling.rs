//! Roads and paths: what a made-up town with a river says, from the command line and from the library.

use super::folder::Folder;
use super::shared::shared;
use oneroof::load::LoadOptions;
use oneroof::place::{Distance, Measure, Mode, RoadMode, Unit};
use oneroof::travel::Travel;
use std::path::Path;

const CACHE: &str = "travel_times.gpkg";

/// Millbrook as committed, in a folder of its own.
fn millbrook() -> Folder {
    Folder::of(
        "millbrook",
        &[
            "place.toml",
            "zones.csv",
            "buildings.csv",
            "occupiers.csv",
            "millbrook.osm.pbf",
        ],
    )
}

fn codes(town: &Folder) -> Vec<&'static str> {
    match town.load_with(&LoadOptions::default()) {
        Ok(loaded) => loaded.findings.iter().map(|one| one.code).collect(),
        Err(error) => error.findings.iter().map(|one| one.code).collect(),
    }
}

/// How far a zone is from a building, as rules ask.
fn far(town: &Folder, mode: RoadMode, unit: Unit, zone: &str, building: &str) -> Option<Distance> {
    let loaded = town.load();
    let place = &loaded.place;
    let zone = place.zones().find(|(_, one)| one.id.as_str() == zone)?.0;
    let building = place
        .buildings()
        .find(|(_, one)| one.id.as_str().ends_with(building))?
        .0;
    let measure = Measure {
        mode: Mode::Road(mode),
        unit,
    };
    loaded
        .travel
        .zone_to_building(place, &measure, zone, building)
}

#[test]
fn walkers_cross_by_the_footbridge_and_cars_by_the_bridge() {
    let town = millbrook();
    // On foot: 0.1 + 8 + 2 + 8 + 0.2 steps of 111.195 m are 2,034.9 m: 25.4 minutes at 80 m a minute.
    let walk = far(&town, RoadMode::Walk, Unit::Minutes, "south", "lib");
    assert_eq!(walk, Some(Distance(254)));
    // By car: 40 steps of street at 25 km/h are 640.5 s, 2 of bridge at 0.8 × 30 mph 20.7 s, and 33.4 m
    // on foot 25 s: 686.2 s.
    let drive = far(&town, RoadMode::Drive, Unit::Minutes, "south", "lib");
    assert_eq!(drive, Some(Distance(114)));
    // A bicycle may not use the footway: 0.1 + 20 + 2 + 20 + 0.2 steps are 4,703.5 m.
    let cycle = far(&town, RoadMode::Cycle, Unit::Km, "south", "lib");
    assert_eq!(cycle, Some(Distance(4_704)));
}

#[test]
fn an_island_reaches_itself_and_a_point_without_a_road_nothing() {
    let town = millbrook();
    let walk = |zone, building| far(&town, RoadMode::Walk, Unit::Minutes, zone, building);
    // 2 steps and 22.2 m are 244.6 m.
    assert_eq!(walk("island", "school"), Some(Distance(31)));
    assert_eq!(walk("island", "lib"), None);
    assert_eq!(walk("hills", "lib"), None);
    let found = codes(&town);
    for code in ["roads-coverage", "roads-island", "no-road-near"] {
        assert!(found.contains(&code), "{code} in {found:?}");
    }
}

#[test]
fn a_plan_along_roads_says_so_and_is_verified() {
    let town = millbrook();
    town.run(&["plan", ".", "--out", "plan"], 0);
    town.run(&["verify", ".", "plan"], 0);
    let access = town.read("plan/access.csv");
    for measure in ["walk by road min", "drive by road min", "cycle by road km"] {
        assert!(access.contains(measure), "{measure} in {access}");
    }
    let about = town.read("plan/about.txt");
    assert!(
        about.contains("along roads and paths of OpenStreetMap"),
        "{about}"
    );
}

#[test]
fn kept_times_are_used_again_and_say_the_same() {
    let town = millbrook();
    let fresh = town.load();
    assert!(town.path().join(CACHE).is_file());
    // With roads that could not be read any more, only kept times can answer: but their hash differs.
    let kept = town.load();
    assert_eq!(pairs(&fresh.travel), pairs(&kept.travel));
    assert_eq!(fresh.findings, kept.findings);
}

/// Every journey on foot.
fn pairs(travel: &Travel) -> Vec<String> {
    let measure = Measure {
        mode: Mode::Road(RoadMode::Walk),
        unit: Unit::Minutes,
    };
    let matrix = travel.matrix(&measure).expect("walking is known");
    matrix.pairs().map(|pair| format!("{pair:?}")).collect()
}

#[test]
fn kept_times_of_other_settings_are_never_used() {
    let town = millbrook();
    assert_eq!(
        far(&town, RoadMode::Walk, Unit::Minutes, "south", "lib"),
        Some(Distance(254))
    );
    town.replace(
        "place.toml",
        "[travel.roads]",
        "[travel]\nwalk_kmh = 2.4\n\n[travel.roads]",
    );
    // Half as fast: 2,034.9 m at 40 m a minute.
    assert_eq!(
        far(&town, RoadMode::Walk, Unit::Minutes, "south", "lib"),
        Some(Distance(509))
    );
    town.replace(
        "zones.csv",
        "south,South,10.0000,-0.0001",
        "south,South,10.0080,-0.0001",
    );
    // 0.1 + 2 + 8 + 0.2 steps: 1,145.3 m.
    assert_eq!(
        far(&town, RoadMode::Walk, Unit::Minutes, "south", "lib"),
        Some(Distance(286))
    );
}

#[test]
fn a_damaged_cache_is_named_and_worked_out_afresh() {
    let town = millbrook();
    let fresh = pairs(&town.load().travel);
    let file = town.path().join(CACHE);
    let whole = std::fs::read(&file).expect("kept");
    for damage in [
        whole[..whole.len() / 2].to_vec(),
        {
            let mut bytes = whole.clone();
            let at = bytes.len() - 4_000;
            bytes[at..].iter_mut().for_each(|byte| *byte ^= 0x55);
            bytes
        },
        b"SQLite format 3\0 and then nothing that makes sense".to_vec(),
    ] {
        std::fs::write(&file, &damage).expect("written");
        let loaded = town.load();
        assert_eq!(pairs(&loaded.travel), fresh);
        // Kept again, and sound: the next run says nothing of it.
        assert!(
            !codes(&town)
                .iter()
                .any(|code| code.starts_with("travel-cache"))
        );
    }
}

#[test]
fn a_number_changed_in_the_cache_is_not_believed() {
    let town = millbrook();
    let fresh = pairs(&town.load().travel);
    {
        let file = geopackage::GeoPackage::open(town.path().join(CACHE)).expect("opens");
        let sql = "UPDATE travel_times SET steps = steps - 100 WHERE steps > 200";
        file.connection().execute_batch(sql).expect("changed");
    }
    let loaded = town.load();
    assert!(
        loaded
            .findings
            .iter()
            .any(|one| one.code == "travel-cache-damaged")
    );
    assert_eq!(pairs(&loaded.travel), fresh);
}

#[test]
fn somebody_elses_file_is_not_overwritten() {
    let town = millbrook();
    town.write(CACHE, "my notes");
    assert!(codes(&town).contains(&"travel-cache-foreign"));
    assert_eq!(town.read(CACHE), "my notes");
}

#[test]
fn an_extract_that_is_none_or_cut_short_is_named_with_what_to_do() {
    let whole = std::fs::read(millbrook().path().join("millbrook.osm.pbf")).expect("committed");
    let says = |bytes: &[u8]| {
        let town = millbrook();
        std::fs::write(town.path().join("millbrook.osm.pbf"), bytes).expect("written");
        let errors = town.errors();
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert!(
            errors[0].starts_with("roads-not-read place.toml"),
            "{errors:?}"
        );
        errors.into_iter().next().unwrap_or_default()
    };
    assert!(says(b"").contains("no OpenStreetMap extract"));
    assert!(says(b"zone_id,lon,lat\nA,1,2\n").contains("no OpenStreetMap extract"));
    assert!(says(b"<?xml version='1.0'?><osm></osm>").contains("no OpenStreetMap extract"));
    assert!(says(&whole[..whole.len() - 10]).contains("ends 10 bytes too early"));
    assert!(says(&[&whole[..], &[0, 0]].concat()).contains("too early"));
    // A block that says it is two gigabytes.
    let mut huge = whole.clone();
    let head = whole
        .windows(7)
        .rposition(|seven| seven == b"OSMData")
        .expect("a block of data");
    huge.splice(head + 7.., [0x18, 0xff, 0xff, 0xff, 0xff, 0x07]);
    // The head, from two bytes before its kind, is 15 bytes long now.
    huge[head - 6..head - 2].copy_from_slice(&15_u32.to_be_bytes());
    assert!(says(&huge).contains("cannot be read"));
}

#[test]
fn no_change_of_a_byte_makes_it_panic() {
    let town = millbrook();
    town.replace(
        "place.toml",
        "[travel.roads]",
        "[travel.roads]\ncache = \"none\"",
    );
    let file = town.path().join("millbrook.osm.pbf");
    let whole = std::fs::read(&file).expect("committed");
    for at in (0..whole.len()).step_by(3) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x81;
        std::fs::write(&file, &bytes).expect("written");
        let _ = codes(&town);
    }
}

#[test]
fn an_extract_of_another_area_is_an_error() {
    let town = millbrook();
    let zones = town.read("zones.csv").replace(",10.0", ",30.0");
    town.write("zones.csv", &zones);
    let elsewhere = codes(&town)
        .iter()
        .filter(|code| **code == "roads-elsewhere")
        .count();
    // Once for each mode that a rule uses.
    assert_eq!(elsewhere, 3);
}

#[test]
fn bicycles_need_roads() {
    let town = millbrook();
    town.replace(
        "place.toml",
        "[travel.roads]",
        "[travel.roads]\nmodes = [\"walk\", \"drive\"]",
    );
    let errors = town.errors();
    assert!(
        errors.len() == 1 && errors[0].starts_with("unknown-mode place.toml"),
        "{errors:?}"
    );
    assert!(errors[0].contains("bicycles go along roads"), "{errors:?}");
}

#[test]
fn the_matrix_that_travel_writes_is_read_back_as_a_matrix() {
    let town = millbrook();
    let said = town.run(&["travel", ".", "--out", "times", "--bands", "5,15"], 0);
    assert!(said.contains("walk"), "{said}");
    for file in [
        "walk.csv",
        "cycle.csv",
        "drive.csv",
        "isochrones.geojson",
        "unreachable.csv",
        "landings.csv",
        "walk_library.svg",
        "walk_library.png",
        "about.txt",
    ] {
        assert!(town.path().join("times").join(file).is_file(), "{file}");
    }
    let walk = town.read("times/walk.csv");
    let library = walk
        .lines()
        .find(|line| line.starts_with("south,") && line.contains("lib,"));
    assert!(
        library.is_some_and(|line| line.ends_with(",25.4,2.035")),
        "{walk}"
    );
    let unreachable = town.read("times/unreachable.csv");
    assert!(
        unreachable.contains("walk,hills,Hills,no road near"),
        "{unreachable}"
    );
    std::fs::copy(
        town.path().join("times/walk.csv"),
        town.path().join("walk.csv"),
    )
    .expect("copied");
    let matrix = "[[travel.matrix]]\nfile = \"walk.csv\"\nmode = \"osm_walk\"\nunit = \"minutes\"\n\n[travel.roads]";
    town.replace("place.toml", "[travel.roads]", matrix);
    let loaded = town.load();
    let measure = Measure {
        mode: Mode::Matrix("osm_walk".to_owned()),
        unit: Unit::Minutes,
    };
    let (place, travel) = (&loaded.place, &loaded.travel);
    let zone = place
        .zones()
        .find(|(_, zone)| zone.id.as_str() == "south")
        .expect("it is there")
        .0;
    let lib = place
        .buildings()
        .find(|(_, one)| one.id.as_str().ends_with("lib"))
        .expect("it is there")
        .0;
    assert_eq!(
        travel.zone_to_building(place, &measure, zone, lib),
        Some(Distance(254))
    );
}

fn ring(positions: &serde_json::Value) -> geo::LineString<f64> {
    let number = |value: &serde_json::Value| value.as_f64().expect("a number");
    let positions = positions.as_array().expect("positions").iter();
    positions
        .map(|at| (number(&at[0]), number(&at[1])))
        .collect()
}

/// The ground that `travel` drew around a building, in `times`.
pub(crate) fn isochrone(town: &Folder, name: &str, minutes: f64) -> geo::MultiPolygon<f64> {
    let text = town.read("times/isochrones.geojson");
    let layer: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let features = layer["features"].as_array().expect("features");
    let is_it = |feature: &&serde_json::Value| {
        let properties = &feature["properties"];
        properties["name"] == name && properties["minutes"] == minutes
    };
    let shape = &features.iter().find(is_it).expect("it is there")["geometry"];
    let polygon = |rings: &serde_json::Value| {
        let mut rings = rings.as_array().expect("rings").iter().map(ring);
        let outer = rings.next().expect("an outer ring");
        geo::Polygon::new(outer, rings.collect())
    };
    match shape["type"].as_str() {
        Some("Polygon") => geo::MultiPolygon::new(vec![polygon(&shape["coordinates"])]),
        _ => shape["coordinates"]
            .as_array()
            .expect("polygons")
            .iter()
            .map(polygon)
            .collect(),
    }
}

#[test]
fn isochrones_follow_the_roads_and_grow_with_time() {
    use geo::{Area, Contains, Point};
    let town = millbrook();
    town.run(
        &[
            "travel", ".", "--out", "times", "--mode", "walk", "--bands", "10,25",
        ],
        0,
    );
    let of = |minutes| isochrone(&town, "North Library", minutes);
    let (short, long) = (of(10.0), of(25.0));
    assert!(long.unsigned_area() > short.unsigned_area());
    // The library is in both; the street across the river is reached by the footbridge in 25 minutes
    // (8 + 2 + 4 steps are 1,557 m, 19.5 minutes) and not in 10.
    assert!(short.contains(&Point::new(10.0, 0.002)) && long.contains(&Point::new(10.0, 0.002)));
    let across = Point::new(10.004, 0.0);
    assert!(long.contains(&across) && !short.contains(&across));
    // Fields far from any road stay out.
    assert!(!long.contains(&Point::new(10.004, 0.0065)));
}

#[test]
fn rutland_is_walked_and_driven_to_every_school() {
    let Some(data) = shared("realdata/rutland") else {
        return;
    };
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/places/rutland");
    let options = LoadOptions {
        data: Some(data),
        ..LoadOptions::default()
    };
    let loaded = oneroof::load::load(&place, &options).unwrap_or_else(|error| panic!("{error}"));
    let far = |mode, zone, building| {
        let measure = Measure {
            mode: Mode::Road(mode),
            unit: Unit::Minutes,
        };
        loaded
            .travel
            .zone_to_building(&loaded.place, &measure, zone, building)
    };
    let mut known = 0;
    for (zone, _) in loaded.place.zones() {
        for (building, _) in loaded.place.buildings() {
            if let (Some(walk), Some(drive)) = (
                far(RoadMode::Walk, zone, building),
                far(RoadMode::Drive, zone, building),
            ) {
                // A car is slower only where the walk is short or a street is one-way.
                assert!(drive.steps() <= walk.steps() + 60, "{walk:?} {drive:?}");
                known += 1;
            }
        }
    }
    // Walks are followed to an hour, or to three times as far as today's nearest library.
    assert!(known > 600, "{known}");
}

#[test]
fn the_map_counts_the_places_of_a_service_that_have_no_location() {
    let Some(data) = shared("realdata/rutland") else {
        return;
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("travel");
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/places/rutland");
    let ran = std::process::Command::new(env!("CARGO_BIN_EXE_oneroof"))
        .arg("travel")
        .arg(place)
        .args(["--mode", "walk", "--data"])
        .arg(data)
        .arg("--out")
        .arg(&out)
        .output()
        .expect("it runs");
    assert!(ran.status.success(), "{ran:?}");
    // Four of the six libraries stand in the list without coordinates, Oakham's among them.
    let map = std::fs::read_to_string(out.join("walk_library.svg")).expect("a map");
    let words = map.replace("</tspan>", " ").replace("</text>", " ");
    assert!(
        words.contains("4 places of the service have no location"),
        "no note"
    );
}
