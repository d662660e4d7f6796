//! One building in several lists: what is joined, what stays apart, who decides.

use crate::folder::Folder;
use oneroof::place::{Grade, MatchReason, Occupancy, Role};

const POINTS: &str = "[[service]]\nid = \"gp\"\nagency = \"nhs\"\ncounter = true\nspace_type = \"clinical\"\n\
[[service_points]]\nservice = \"gp\"\nfile = \"gps.csv\"\n";

/// The six buildings with a list of surgeries: about 11 m of longitude are 0.00016 degrees.
fn with_points(rows: &str) -> Folder {
    let folder = Folder::six();
    folder.append("place.toml", POINTS).write(
        "gps.csv",
        &format!("name,address,postcode,uprn,lon,lat\n{rows}"),
    );
    folder
}

fn home_of(folder: &Folder, occupier: &str) -> String {
    let place = folder.load().place;
    let occupier = place
        .occupiers
        .iter()
        .find(|o| o.id.as_str() == occupier)
        .unwrap_or_else(|| panic!("there is no {occupier}"));
    place.building(occupier.building).id.to_string()
}

#[test]
fn a_point_with_a_buildings_uprn_is_in_it_whatever_it_is_called() {
    let folder = with_points("Dr Fell,,,100000000001,-1.49,52.49\n");
    let text = folder
        .read("buildings.csv")
        .replacen("asset_id", "uprn,asset_id", 1);
    let lines: Vec<_> = text
        .lines()
        .enumerate()
        .map(|(row, line)| match row {
            0 => line.to_string(),
            row => format!("10000000000{row},{line}"),
        })
        .collect();
    folder.write("buildings.csv", &lines.join("\n"));
    assert_eq!(home_of(&folder, "gp/Dr Fell"), "C001");
    let matches = folder.load().matches;
    assert_eq!(matches[0].reason, MatchReason::Uprn);
    assert!(
        matches[0].joined && matches[0].doubtful,
        "the names and places differ"
    );
}

#[test]
fn a_point_with_postcode_and_like_name_is_in_the_building_even_far_off() {
    let folder = with_points("Priory Offices Surgery,,SX1 2NH,,-1.4975,52.503\n");
    assert_eq!(home_of(&folder, "gp/Priory Offices Surgery"), "N001");
    assert_eq!(folder.load().matches[0].reason, MatchReason::PostcodeName);
}

#[test]
fn a_point_near_a_building_of_like_name_is_in_it() {
    let folder = with_points("Town Hall Surgery,,,,-1.50016,52.5\n");
    assert_eq!(home_of(&folder, "gp/Town Hall Surgery"), "C001");
    let matches = folder.load().matches;
    assert_eq!(matches[0].reason, MatchReason::DistanceName);
    assert_eq!(matches[0].distance_m, Some(11.0));
}

#[test]
fn a_neighbour_of_another_name_is_a_doubtful_pair_and_a_building_of_its_own() {
    let folder = with_points("Larkspur Practice,,,,-1.50016,52.5\n");
    assert_eq!(
        home_of(&folder, "gp/Larkspur Practice"),
        "nhs/gp/Larkspur Practice"
    );
    let loaded = folder.load();
    let pair = &loaded.matches[0];
    assert_eq!(
        (pair.reason, pair.joined, pair.doubtful),
        (MatchReason::DistanceOnly, false, true)
    );
    let own = &loaded.place.buildings[6];
    assert_eq!(own.role, Role::Candidate);
    assert_eq!(own.usable.grade, Grade::Defaulted);
}

#[test]
fn decisions_join_and_part_points_and_buildings() {
    let folder =
        with_points("Larkspur Practice,,,,-1.50016,52.5\nTown Hall Surgery,,,,-1.50016,52.5\n");
    folder.write(
        "decisions.csv",
        "id,decision,value,decided_by\ngp/Larkspur Practice,match,C002,A. Officer\ngp/Town Hall Surgery,not_match,C001,A. Officer\n",
    );
    assert_eq!(home_of(&folder, "gp/Larkspur Practice"), "C002");
    assert_eq!(
        home_of(&folder, "gp/Town Hall Surgery"),
        "nhs/gp/Town Hall Surgery"
    );
    let loaded = folder.load();
    assert_eq!(loaded.matches[0].reason, MatchReason::Decision);
    assert_eq!(loaded.matches[0].decided_by.as_deref(), Some("A. Officer"));
}

#[test]
fn rows_for_teams_of_one_station_are_one_point() {
    let folder =
        with_points("North Surgery,,SX9 9AA,,-1.51,52.51\nNorth Surgery,,SX9 9AA ,,-1.51,52.51\n");
    assert_eq!(folder.load().place.occupiers.len(), 7);
}

#[test]
fn a_second_registers_record_of_a_building_adds_to_it() {
    let folder = Folder::six();
    folder
        .write(
            "nhs.csv",
            "asset_id,name,postcode,lon,lat,tenure,floor_area_m2,running_gbp\nH1,Town Hall (NHS rooms),SX1 1AA,-1.5001,52.5001,Licence,120,\nH2,Riverside Clinic,SX1 9ZZ,-1.505,52.507,Freehold,400,30000\n",
        )
        .append("place.toml", "[[buildings]]\nagency = \"nhs\"\nfile = \"nhs.csv\"\n")
        .append("occupiers.csv", "nhs-rooms,NHS rooms,nhs,back_office,H1,90,9\n");
    let loaded = folder.load();
    assert_eq!(loaded.place.buildings.len(), 7);
    let rooms = loaded.place.occupiers.last().expect("it was added");
    let home = loaded.place.building(rooms.building);
    assert_eq!(home.id.as_str(), "C001");
    assert_eq!(loaded.place.agency(home.agency).id.as_str(), "council");
    assert!(loaded.findings.iter().any(|f| f.code == "registers-joined"));
    folder.write("decisions.csv", "id,decision,value\nH1,not_match,C001\n");
    assert_eq!(folder.load().place.buildings.len(), 8);
}

#[test]
fn records_of_two_registers_that_only_look_alike_are_kept_apart_and_named() {
    let folder = Folder::six();
    folder
        .write(
            "nhs.csv",
            "asset_id,name,postcode,lon,lat,tenure,floor_area_m2\nH1,Town Hall (NHS rooms),SX1 1AA,-1.5001,52.5001,Freehold,1200\n",
        )
        .append("place.toml", "[[buildings]]\nagency = \"nhs\"\nfile = \"nhs.csv\"\n");
    let loaded = folder.load();
    assert_eq!(loaded.place.buildings.len(), 7);
    let told = loaded.findings.iter().find(|f| f.code == "registers-alike");
    let told = told.expect("it is named");
    assert!(
        told.cause.contains("two agencies say that they own it"),
        "{told:?}"
    );
    assert!(loaded.matches.iter().any(|row| row.doubtful && !row.joined));
    folder.write("decisions.csv", "id,decision,value\nH1,match,C001\n");
    assert_eq!(folder.load().place.buildings.len(), 6);
}

#[test]
fn the_owners_record_stands_for_a_building_and_what_the_tenant_says_is_named() {
    let folder = Folder::six();
    folder
        .write(
            "aaa.csv",
            "asset_id,name,uprn,lon,lat,tenure,floor_area_m2\nP1,Elland Health Centre (ground floor),100051300009,-1.52,52.52,Leasehold,300\n",
        )
        .write(
            "nhs.csv",
            "asset_id,name,uprn,lon,lat,tenure,floor_area_m2\nN4,Elland Health Centre,100051300009,-1.5201,52.5201,Freehold,1500\n",
        )
        .append("place.toml", "[[buildings]]\nagency = \"council\"\nfile = \"aaa.csv\"\n[[buildings]]\nagency = \"nhs\"\nfile = \"nhs.csv\"\n");
    let loaded = folder.load();
    let place = &loaded.place;
    let centre = place
        .buildings
        .iter()
        .find(|b| b.name.starts_with("Elland"))
        .expect("it is there");
    assert_eq!(
        (centre.id.as_str(), place.agency(centre.agency).id.as_str()),
        ("N4", "nhs")
    );
    assert_eq!(centre.gross_area.map(|area| area.get()), Some(1500.0));
    let pair = loaded.matches.iter().find(|row| row.joined);
    let pair = pair.expect("it is joined");
    assert_eq!((pair.building.as_str(), pair.point.as_str()), ("N4", "P1"));
    let told = loaded
        .findings
        .iter()
        .find(|f| f.code == "registers-differ");
    assert!(
        told.is_some_and(|told| told.cause.contains("300 m2")),
        "{told:?}"
    );
    // The line that is printed does what it says, though the records have changed places.
    let line = told
        .and_then(|told| told.setting.as_deref())
        .expect("a line");
    let line = line.strip_prefix("decisions.csv: ").expect("a decision");
    folder.write("decisions.csv", &format!("id,decision,value\n{line}\n"));
    assert_eq!(
        folder.load().place.buildings.len(),
        place.buildings.len() + 1
    );
}

#[test]
fn ids_that_two_registers_share_carry_their_agency() {
    let folder = Folder::six();
    folder
        .write(
            "nhs.csv",
            "asset_id,name,postcode,lon,lat\nC001,Riverside Clinic,SX1 9ZZ,-1.505,52.507\n",
        )
        .append(
            "place.toml",
            "[[buildings]]\nagency = \"nhs\"\nfile = \"nhs.csv\"\n",
        );
    let ids: Vec<_> = folder
        .load()
        .place
        .buildings
        .iter()
        .map(|b| b.id.to_string())
        .collect();
    assert!(
        ids.contains(&"council/C001".to_string()) && ids.contains(&"nhs/C001".to_string()),
        "{ids:?}"
    );
    assert!(ids.contains(&"C002".to_string()));
}

#[test]
fn buildings_in_the_buffer_are_fixed_and_those_beyond_are_counted_out() {
    let folder = with_points("Near Surgery,,,,-1.39,52.5\nFar Surgery,,,,-1.1,52.5\n");
    folder
        .write(
            "area.geojson",
            r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"a"},"geometry":{"type":"Polygon","coordinates":[[[-1.6,52.4],[-1.43,52.4],[-1.43,52.6],[-1.6,52.6],[-1.6,52.4]]]}}]}"#,
        )
        .replace("place.toml", "base_date = 2026-04-01", "base_date = 2026-04-01\nstudy_area = \"area.geojson\"");
    let loaded = folder.load();
    let near = loaded
        .place
        .building_named("nhs/gp/Near Surgery")
        .expect("it is within 5 km");
    assert_eq!(
        loaded.place.building(near).role,
        Role::Fixed("outside the study area, within the buffer".into())
    );
    assert!(loaded.place.building_named("nhs/gp/Far Surgery").is_none());
    let beyond = loaded
        .findings
        .iter()
        .find(|f| f.code == "beyond-buffer")
        .expect("it is said");
    assert!(
        beyond
            .cause
            .starts_with("1 building with 1 occupier more than"),
        "{}",
        beyond.cause
    );
}

#[test]
fn a_big_building_with_only_a_service_point_in_it_is_not_known_to_be_empty() {
    let folder = with_points("Long Barn Surgery,,SX1 7ZZ,,-1.51,52.51\n");
    folder
        .append(
            "buildings.csv",
            "C009,Long Barn,,SX1 7ZZ,-1.51,52.51,council,Freehold,,,,,,,,9000,,,,,,\n",
        )
        .replace(
            "place.toml",
            "space_type = \"clinical\"",
            "space_type = \"clinical\"\nspace_m2 = 300",
        );
    let loaded = folder.load();
    assert_eq!(home_of(&folder, "gp/Long Barn Surgery"), "C009");
    assert_eq!(loaded.place.buildings[6].occupancy, Occupancy::Unknown);
    folder.replace("buildings.csv", ",,9000,", ",,600,");
    assert_eq!(folder.load().place.buildings[6].occupancy, Occupancy::Known);
}
