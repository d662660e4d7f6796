//! Faults of whole tables: headings that are not recognised, grids that cannot be, settings that
//! name nothing. Each is said once, with its cause and what to do.

use crate::folder::Folder;
use oneroof::load::LoadOptions;
use oneroof::place::{Finding, Severity};

/// Everything that was noticed, whether or not it stopped the run.
fn findings(folder: &Folder) -> Vec<Finding> {
    match folder.load_with(&LoadOptions::default()) {
        Ok(loaded) => loaded.findings,
        Err(error) => error.findings,
    }
}

fn only<'a>(findings: &'a [Finding], code: &str) -> &'a Finding {
    let found: Vec<_> = findings.iter().filter(|f| f.code == code).collect();
    match found.as_slice() {
        [only] => only,
        _ => panic!("{} of {code}: {findings:#?}", found.len()),
    }
}

fn none(findings: &[Finding], code: &str) {
    let found: Vec<_> = findings.iter().filter(|f| f.code == code).collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn headings_that_were_not_recognised_are_said_once_before_what_follows_from_them() {
    let folder = Folder::six();
    folder
        .replace("buildings.csv", "asset_id,", "Our key,")
        .replace(
            "buildings.csv",
            "floor_area_m2,usable_m2",
            "Fläche brutto,Nett Internal Areas",
        );
    let findings = findings(&folder);
    let said = only(&findings, "columns-missing");
    for part in ["asset_id", "floor_area_m2", "`Our key`", "`Fläche brutto`"] {
        assert!(said.cause.contains(part), "{part}: {said:?}");
    }
    let line = said.setting.as_deref().unwrap_or_default();
    assert!(line.starts_with("columns = { asset_id = \"…\""), "{line}");
    assert!(line.contains("floor_area_m2 = \""), "{line}");
    let at = |code: &str| findings.iter().position(|f| f.code == code);
    assert!(
        at("columns-missing") < at("unknown-building"),
        "{findings:#?}"
    );
    assert!(at("unknown-building").is_some(), "{findings:#?}");
}

#[test]
fn the_line_that_is_offered_settles_it() {
    let folder = Folder::six();
    folder.replace(
        "buildings.csv",
        "floor_area_m2,usable_m2",
        "Fläche brutto,Nett Internal Areas",
    );
    let line = only(&findings(&folder), "columns-missing").setting.clone();
    folder.replace(
        "place.toml",
        "file = \"buildings.csv\"\n",
        &format!("file = \"buildings.csv\"\n{}\n", line.unwrap_or_default()),
    );
    none(&findings(&folder), "columns-missing");
}

#[test]
fn columns_a_plan_has_no_use_for_are_one_short_note() {
    let folder = Folder::six();
    let text = folder.read("buildings.csv");
    let mut lines = text.lines();
    let mut wide = format!(
        "{},ward,listed by,photo,notes\n",
        lines.next().unwrap_or_default()
    );
    for line in lines {
        wide.push_str(&format!("{line},,,,\n"));
    }
    folder.write("buildings.csv", &wide);
    let loaded = folder.load();
    let said = only(&loaded.findings, "columns-unused");
    assert_eq!(said.severity, Severity::Warn);
    assert!(
        said.cause.contains("`ward`") && said.setting.is_none(),
        "{said:?}"
    );
    none(&Folder::six().load().findings, "columns-unused");
}

#[test]
fn the_column_agency_goes_before_the_agency_of_the_table() {
    let folder = Folder::six();
    folder.replace(
        "place.toml",
        "file = \"buildings.csv\"\n",
        "file = \"buildings.csv\"\nagency = \"council\"\n",
    );
    let place = folder.load().place;
    let of = |agency: &str| {
        let buildings = place.buildings.iter();
        buildings
            .filter(|one| place.agency(one.agency).id.as_str() == agency)
            .count()
    };
    assert!(
        of("council") > 0 && of("dwp") > 0,
        "{} {}",
        of("council"),
        of("dwp")
    );
}

#[test]
fn a_heading_that_is_asked_about_is_not_said_to_be_unused_as_well() {
    let folder = Folder::six();
    let text = folder.read("buildings.csv");
    let mut lines = text.lines();
    let mut wide = format!("{},ward,conditon\n", lines.next().unwrap_or_default());
    for line in lines {
        wide.push_str(&format!("{line},,B\n"));
    }
    folder.write("buildings.csv", &wide);
    let findings = folder.load().findings;
    only(&findings, "header-near-miss");
    let unused = only(&findings, "columns-unused");
    assert_eq!(unused.column.as_deref(), Some("ward"));
}

#[test]
fn degrees_that_are_stated_and_metres_that_are_there_are_one_error() {
    let folder = Folder::six();
    folder
        .replace("place.toml", "file = \"buildings.csv\"\n", "file = \"buildings.csv\"\ncrs = \"EPSG:4326\"\n")
        .write(
            "buildings.csv",
            "asset_id,name,lon,lat,agency,tenure,usable_m2\nC001,A,434000,290000,council,Freehold,900\nC002,B,434100,290100,council,Freehold,900\nC003,C,434200,290200,council,Freehold,900\n",
        );
    let findings = findings(&folder);
    let said = only(&findings, "nothing-located");
    assert_eq!(said.severity, Severity::Error);
    assert_eq!(said.cell.as_deref(), Some("434000,290000"));
    assert_eq!(said.setting.as_deref(), Some("crs = \"EPSG:27700\""));
    none(&findings, "outside-crs");
    none(&findings, "not-located");
}

#[test]
fn coordinates_that_are_blank_throughout_are_one_error() {
    let folder = Folder::six();
    folder.write(
        "buildings.csv",
        "asset_id,name,lon,lat,agency,tenure,usable_m2\nC001,A,,,council,Freehold,900\nC002,B,,,council,Freehold,900\nC003,C,,,council,Freehold,900\n",
    );
    let said = findings(&folder);
    let said = only(&said, "nothing-located");
    assert!(said.action.contains("columns"), "{said:?}");
}

#[test]
fn a_stated_grid_that_cannot_be_converted_is_refused_and_no_setting_is_offered_for_its_metres() {
    let folder = Folder::six();
    let rows = "C001,A,2667000,6480000,council,Freehold,900\nC002,B,2667100,6480100,council,Freehold,900\n";
    folder.write(
        "buildings.csv",
        &format!("asset_id,name,E,N,agency,tenure,usable_m2\n{rows}"),
    );
    // New Zealand Map Grid needs a file of shifts.
    folder.replace(
        "place.toml",
        "file = \"buildings.csv\"\n",
        "file = \"buildings.csv\"\ncrs = \"EPSG:27200\"\ncolumns = { easting = \"E\", northing = \"N\" }\n",
    );
    let said = findings(&folder);
    let said = only(&said, "crs-unsupported");
    assert!(
        said.cause.contains("EPSG:27200") && said.action.contains("ogr2ogr"),
        "{said:?}"
    );
    assert_eq!(said.setting, None);
    // Degrees under a name that is not known may be read as what they are.
    folder.write(
        "buildings.csv",
        "asset_id,name,E,N,agency,tenure,usable_m2\nC001,A,-1.5,52.5,council,Freehold,900\nC002,B,-1.51,52.5,council,Freehold,900\n",
    );
    let said = findings(&folder);
    let said = only(&said, "crs-unsupported");
    assert_eq!(said.setting.as_deref(), Some("crs = \"EPSG:4326\""));
}

#[test]
fn keys_under_columns_that_are_no_columns_are_errors_with_the_names_there_are() {
    let folder = Folder::six();
    folder
        .write("times.csv", "A,B,T\nZ1,C002,5\n")
        .replace("place.toml", "file = \"buildings.csv\"\n", "file = \"buildings.csv\"\ncolumns = { gross = \"floor_area_m2\" }\n")
        .replace("place.toml", "file = \"occupiers.csv\"\n", "file = \"occupiers.csv\"\ncolumns = { flaeche = \"space_m2\" }\n")
        .append(
            "place.toml",
            "[[travel.matrix]]\nfile = \"times.csv\"\nmode = \"transit\"\nunit = \"minutes\"\ncolumns = { from = \"A\", to = \"B\", value = \"T\" }\n",
        );
    let findings = findings(&folder);
    let about = |key: &str| {
        findings
            .iter()
            .find(|f| f.code == "bad-config" && f.column.as_deref() == Some(key))
            .unwrap_or_else(|| panic!("{key}: {findings:#?}"))
    };
    let from = about("travel.matrix[0].columns.from");
    assert!(from.action.contains("from_id, to_id, value"), "{from:?}");
    assert!(from.row.line > 0, "{from:?}");
    about("travel.matrix[0].columns.to");
    about("buildings[0].columns.gross");
    about("occupiers[0].columns.flaeche");
}

#[test]
fn columns_of_ones_own_in_zones_need_something_that_counts_them() {
    let folder = Folder::six();
    folder.replace(
        "place.toml",
        "file = \"zones.csv\"\n",
        "file = \"zones.csv\"\ncolumns = { no_car = \"no_car\", old = \"households\" }\n",
    );
    let loaded = folder.load();
    let said = only(&loaded.findings, "column-name-unused");
    assert_eq!(said.column.as_deref(), Some("zones[0].columns.old"));
}

#[test]
fn a_place_without_any_floor_says_that_nobody_can_be_received() {
    let folder = Folder::six();
    folder.replace("buildings.csv", "floor_area_m2,usable_m2", "a,b");
    let loaded = folder.load();
    let said = only(&loaded.findings, "no-floor-stated");
    assert!(said.action.contains("nobody can move"), "{said:?}");
    none(&Folder::six().load().findings, "no-floor-stated");
}

#[test]
fn an_unknown_building_on_the_command_line_is_answered_with_buildings() {
    let folder = Folder::six();
    for (keep, dispose) in [(vec!["K9"], vec![]), (vec![], vec!["Q7/Q7"])] {
        let options = LoadOptions {
            keep: keep.into_iter().map(str::to_string).collect(),
            dispose: dispose.into_iter().map(str::to_string).collect(),
            ..LoadOptions::default()
        };
        let Err(error) = folder.load_with(&options) else {
            panic!("an unknown id was taken")
        };
        let said = only(&error.findings, "unknown-id");
        assert!(said.action.contains("`C001`"), "{said:?}");
        assert!(!said.action.contains("lib-"), "{said:?}");
    }
}

#[test]
fn points_of_zones_are_mentioned_only_where_one_had_to_be_moved() {
    none(&Folder::six().load().findings, "zone-points");
}

#[test]
fn decimal_commas_are_one_finding_of_their_table() {
    let folder = Folder::six();
    folder.write(
        "buildings.csv",
        "asset_id;name;lon;lat;agency;tenure;usable_m2;running_gbp;backlog_gbp\nC001;A;-1,5001;52,5001;council;Freehold;900,5;1234,5;10,5\nC002;B;-1,5002;52,5002;council;Freehold;901,5;1234,5;10,5\nC003;C;-1,5003;52,5003;council;Freehold;902,5;1235,5;10,5\nC004;D;-1,5004;52,5004;council;Freehold;902,5;1235,5;10,5\nD001;D;-1,5004;52,5004;council;Freehold;902,5;1235,5;10,5\nN001;D;-1,5004;52,5004;council;Freehold;902,5;1235,5;10,5\n",
    );
    let findings = findings(&folder);
    let said = only(&findings, "decimal-comma");
    for column in ["usable_m2", "running_gbp", "backlog_gbp"] {
        assert!(
            said.column.as_deref().is_some_and(|c| c.contains(column)),
            "{said:?}"
        );
    }
}

#[test]
fn a_building_with_only_a_service_point_inside_is_counted_once() {
    let folder = Folder::six();
    folder
        .replace("place.toml", "file = \"occupiers.csv\"\n", "file = \"occupiers.csv\"\n\n[[service_points]]\nservice = \"jobcentre\"\nagency = \"dwp\"\nfile = \"points.csv\"\n")
        .append("buildings.csv", "B900,Big hall,9 Far Road,SX1 9ZZ,-1.5100,52.5200,council,Freehold,,,,,,,20000,9000,9000,95000,20,120000,450000,step_free\n")
        .write("points.csv", "point_id,name,postcode,lon,lat,space_m2\nP1,Big hall,SX1 9ZZ,-1.5100,52.5200,50\n");
    let loaded = folder.load();
    only(&loaded.findings, "mostly-unlisted");
    none(&loaded.findings, "occupancy-unknown");
}

#[test]
fn zones_across_the_antimeridian_have_their_middle_on_their_own_side() {
    let folder = Folder::six();
    let ring = |lon: [f64; 2], lat: f64| {
        let [west, east] = lon;
        let north = lat + 0.2;
        format!(
            "[[[{west},{lat}],[{east},{lat}],[{east},{north}],[{west},{north}],[{west},{lat}]]]"
        )
    };
    let zone = |id: &str, kind: &str, shape: String| {
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"zone_id\":\"{id}\",\"population\":100}},\"geometry\":{{\"type\":\"{kind}\",\"coordinates\":{shape}}}}}"
        )
    };
    let zones = [
        zone("whole", "Polygon", ring([179.9, -179.9], -16.6)),
        zone(
            "cut",
            "MultiPolygon",
            format!(
                "[{},{}]",
                ring([179.9, 180.0], -16.9),
                ring([-180.0, -179.9], -16.9)
            ),
        ),
    ];
    folder
        .write("zones.geojson", &format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", zones.join(",")))
        .write("buildings.csv", "asset_id,name,lon,lat,agency,tenure,usable_m2\nF1,A,179.95,-16.5,council,Freehold,900\nF2,B,-179.95,-16.5,council,Freehold,900\n")
        .write(
            "place.toml",
            "[place]\nname = \"Taveuni\"\nbase_date = 2026-04-01\n[[agency]]\nid = \"council\"\n[[buildings]]\nfile = \"buildings.csv\"\n[[service]]\nid = \"library\"\nagency = \"council\"\ncounter = true\n[[zones]]\nfile = \"zones.geojson\"\n",
        );
    let place = folder.load().place;
    for (zone, lat) in place.zones.iter().zip([-16.5, -16.8]) {
        assert!(zone.point.lon().abs() > 179.99, "{:?}", zone.point);
        assert!((zone.point.lat() - lat).abs() < 1e-6, "{:?}", zone.point);
    }
    for building in &place.buildings {
        assert!(building.is_candidate(), "{building:?}");
    }
}

#[test]
fn a_collection_inside_a_collection_is_read() {
    let folder = Folder::six();
    let feature = |id: &str| {
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"asset_id\":\"{id}\",\"name\":\"{id}\",\"agency\":\"council\"}},\"geometry\":{{\"type\":\"Point\",\"coordinates\":[-1.5,52.5]}}}}"
        )
    };
    folder
        .write(
            "r.geojson",
            &format!(
                "{{\"type\":\"FeatureCollection\",\"features\":[{{\"type\":\"FeatureCollection\",\"features\":[{},{}]}}]}}",
                feature("X1"),
                feature("X2")
            ),
        )
        .append("place.toml", "\n[[buildings]]\nfile = \"r.geojson\"\n");
    let loaded = folder.load();
    only(&loaded.findings, "nested-collection");
    assert!(loaded.place.building_named("X2").is_some());
}

#[test]
fn nothing_in_use_is_nought_and_not_minus_nought() {
    let folder = Folder::six();
    folder.append(
        "buildings.csv",
        "B900,Shed,9 Far Road,SX1 9ZZ,-1.5100,52.5200,council,Freehold,,,,,,,,,,,,,,\n",
    );
    let loaded = folder.load();
    let said = only(&loaded.findings, "area-not-stated");
    assert!(
        said.action.contains(" 0 m²") && !said.action.contains("-0"),
        "{said:?}"
    );
}

#[test]
fn zones_without_people_name_their_columns_and_the_line_that_settles_it() {
    let folder = Folder::six();
    folder
        .replace("zones.csv", "population,working_age", "heads,working_age")
        .replace(
            "place.toml",
            "demand = { library = \"population\", jobcentre = \"working_age\" }\n",
            "",
        );
    let said = findings(&folder);
    let said = only(&said, "missing-column");
    assert!(said.action.contains("heads"), "{said:?}");
    assert_eq!(
        said.setting.as_deref(),
        Some("columns = { population = \"…\" }")
    );
}

#[test]
fn a_workbook_that_breaks_off_is_refused_whatever_its_name() {
    let folder = Folder::six();
    std::fs::write(
        folder.path().join("buildings.csv"),
        b"PK\x03\x04\x14\x00\x06\x00",
    )
    .expect("a temporary file");
    let said = findings(&folder);
    assert!(
        only(&said, "workbook-corrupt")
            .action
            .contains("save it again"),
        "{said:#?}"
    );
}

#[test]
fn a_register_of_nothing_but_its_header_is_said() {
    let folder = Folder::six();
    let header = folder.read("buildings.csv");
    folder
        .write("more.csv", header.lines().next().unwrap_or_default())
        .append("place.toml", "\n[[buildings]]\nfile = \"more.csv\"\n");
    only(&folder.load().findings, "no-rows");
}

#[test]
fn both_numbers_in_one_french_cell_are_a_place() {
    let folder = Folder::six();
    folder
        .write("fr.csv", "Code bien;Désignation;Coordonnées;Surface SHON;Nature du droit\nB1;Mairie;-1.5, 52.5;1 250,5 m²;Pleine propriété\nB2;Dépôt;-1.51, 52.5;850 m²;Location\nB3;Salle;-1.51, 52.51;850 m²;Location\n")
        .append("place.toml", "\n[[buildings]]\nagency = \"council\"\nfile = \"fr.csv\"\n");
    let place = folder.load().place;
    let hall = place
        .buildings
        .iter()
        .find(|b| b.name == "Mairie")
        .expect("it is read");
    assert_eq!(hall.gross_area.map(|area| area.get()), Some(1_250.5));
    let at = hall.location.expect("it is placed");
    assert!(
        (at.lat() - 52.5).abs() < 1e-9 && (at.lon() + 1.5).abs() < 1e-9,
        "{at:?}"
    );
}

#[test]
fn a_row_without_an_id_among_others_that_have_one_is_named_and_said() {
    let folder = Folder::six();
    folder.replace("buildings.csv", "\nC003,", "\n,");
    let findings = findings(&folder);
    let made = only(&findings, "id-made");
    assert_eq!((made.severity, made.row.record), (Severity::Default, 3));
}
