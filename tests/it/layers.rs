//! `plan.gpkg` and the styles as GDAL and the loader read them; layers as input.

use crate::folder::Folder;
use oneroof::load::{
    InspectOptions, LoadOptions, TableKind, TableOptions, inspect, load, read_table,
};
use oneroof::plan::{Plan, Wish, plan};
use oneroof::publish::{Audience, Edition, Format, publish};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

fn wyvern() -> oneroof::load::Loaded {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/wyvern");
    load(&place, &LoadOptions::default()).expect("Wyvern loads")
}

fn planned(loaded: &oneroof::load::Loaded) -> Plan {
    let wish = Wish {
        gap: 0.05,
        time: std::time::Duration::from_secs(20),
        ..Wish::default()
    };
    plan(&loaded.place, &loaded.travel, &wish, &()).expect("Wyvern has a plan")
}

fn published(
    loaded: &oneroof::load::Loaded,
    plan: &Plan,
    audience: Audience,
    to: &Path,
) -> PathBuf {
    let edition = Edition {
        place: &loaded.place,
        travel: &loaded.travel,
        plan,
        findings: &loaded.findings,
        rejected: &loaded.rejected,
        matches: &loaded.matches,
        audience,
        excel: false,
    };
    publish(to, &edition, &[Format::Gpkg, Format::Geojson]).expect("publishes");
    to.join("plan.gpkg")
}

/// What a GDAL program says; `None`, said aloud, where GDAL is not installed.
fn gdal(program: &str, arguments: &[&str]) -> Option<String> {
    let Ok(output) = Command::new(program).args(arguments).output() else {
        println!("SKIPPED: {program} is not installed (apt-get install gdal-bin)");
        return None;
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(
        output.status.success(),
        "{program} {arguments:?}: {}",
        text(&output.stderr)
    );
    Some(text(&output.stdout))
}

fn table(file: &Path, layer: &str) -> oneroof::load::Table {
    let options = TableOptions {
        layer: Some(layer.to_owned()),
        ..TableOptions::default()
    };
    read_table(
        file,
        "plan.gpkg",
        &options,
        &mut Vec::new(),
        &mut Vec::new(),
    )
    .expect("reads")
}

#[test]
fn a_geopackage_of_wyvern_holds_what_the_geojson_holds_in_national_grid_with_styles_and_drop_downs()
{
    let loaded = wyvern();
    let plan = planned(&loaded);
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("plan");
    let file = published(&loaded, &plan, Audience::Partners, &out);
    let path = file.display().to_string();
    for layer in ["buildings", "moves", "zones", "findings", "matches"] {
        let text = std::fs::read_to_string(out.join(format!("{layer}.geojson"))).expect("reads");
        let geojson: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let features = geojson["features"].as_array().expect("features");
        let table = table(&file, layer);
        assert_eq!(table.records.len(), features.len(), "{layer}");
        // A layer without a feature has no names in GeoJSON.
        if let Some(first) = features.first() {
            let names = first["properties"].as_object().expect("properties").keys();
            assert_eq!(
                table.header.iter().collect::<BTreeSet<_>>(),
                names.collect(),
                "{layer}"
            );
        }
        assert_eq!(table.crs.as_deref(), Some("EPSG:27700"));
        let Some(told) = gdal("ogrinfo", &["-ro", "-al", "-so", &path, layer]) else {
            continue;
        };
        assert!(told.contains("27700"), "{told}");
        assert!(
            told.contains(&format!("Feature Count: {}", features.len())),
            "{told}"
        );
    }
    let titles = "SELECT title FROM gpkg_data_columns WHERE column_name = 'run_today'";
    if let Some(told) = gdal("ogrinfo", &["-ro", &path, "-sql", titles]) {
        assert!(told.contains("Running cost today, £ a year"), "{told}");
    }
    if let Some(told) = gdal("ogrinfo", &["-ro", "-so", &path, "buildings"]) {
        for field in ["asset_id: String", "npv_gbp: Real", "act_year: Integer"] {
            assert!(told.contains(field), "{field}: {told}");
        }
    }
}

#[test]
fn the_same_plan_gives_the_same_bytes_at_another_time() {
    let loaded = wyvern();
    let plan = planned(&loaded);
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str| {
        let file = published(
            &loaded,
            &plan,
            Audience::Partners,
            &folder.path().join(name),
        );
        std::fs::read(file).expect("reads")
    };
    let first = write("a");
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    assert!(first == write("b"), "plan.gpkg differs from run to run");
}

#[test]
fn an_edition_for_others_has_no_decisions_but_their_own_and_no_money_but_their_own() {
    let loaded = wyvern();
    let plan = planned(&loaded);
    let folder = tempfile::tempdir().expect("a folder");
    let public = published(
        &loaded,
        &plan,
        Audience::Public,
        &folder.path().join("public"),
    );
    let buildings = table(&public, "buildings");
    for name in ["npv_gbp", "run_today", "capex_gbp", "act_year"] {
        let column = buildings.column(name).expect("a column");
        assert!(
            buildings.records.iter().all(|r| r.cell(column).is_empty()),
            "{name}"
        );
    }
    let options = TableOptions {
        layer: Some("decisions".to_owned()),
        ..TableOptions::default()
    };
    let fault = read_table(&public, "p", &options, &mut Vec::new(), &mut Vec::new());
    assert_eq!(fault.expect_err("no such layer").code, "no-such-layer");
    let agency = Audience::Agency("police".to_owned());
    let own = published(&loaded, &plan, agency, &folder.path().join("police"));
    let decisions = table(&own, "decisions");
    let column = decisions.column("agency").expect("a column");
    assert!(!decisions.records.is_empty());
    assert!(decisions.records.iter().all(|r| r.cell(column) == "police"));
    // Nothing that was struck out is left in the free space of the file.
    let bytes = std::fs::read(&public).expect("reads");
    let secret = plan.buildings.iter().filter(|b| b.reason.len() > 60);
    for building in secret.take(20) {
        let words = building.reason.as_bytes();
        assert!(
            !bytes.windows(words.len()).any(|part| part == words),
            "{}",
            building.reason
        );
    }
}

#[test]
fn decisions_made_on_the_map_are_read_back() {
    let place = Folder::six();
    let run = |arguments: &[&str]| place.run(arguments, 0);
    run(&["plan", ".", "--out", "plan-a", "--only", "gpkg"]);
    let file = place.path().join("plan-a/plan.gpkg");
    let path = file.display().to_string();
    let layer = table(&file, "decisions");
    let id = layer.records[0]
        .cell(layer.column("id").expect("ids"))
        .to_owned();
    // As QGIS would: one feature edited in place.
    let edit =
        format!("UPDATE decisions SET decision = 'keep', reason = 'the board' WHERE id = '{id}'");
    if gdal("ogrinfo", &[&path, "-sql", &edit]).is_none() {
        return;
    }
    let options = LoadOptions {
        decisions: Some(file.clone()),
        ..LoadOptions::default()
    };
    let loaded = load(place.path(), &options).expect("loads");
    let kept: Vec<_> = loaded
        .place
        .decisions
        .iter()
        .map(|d| d.id.as_str())
        .collect();
    assert_eq!(kept, [id.as_str()]);
    run(&[
        "plan",
        ".",
        "--decisions",
        &path,
        "--out",
        "plan-b",
        "--only",
        "gpkg",
    ]);
    run(&["verify", ".", "plan-b"]);
    let again = table(&place.path().join("plan-b/plan.gpkg"), "decisions");
    let said = again.column("decision").expect("a column");
    let words: Vec<_> = again
        .records
        .iter()
        .map(|r| r.cell(said))
        .filter(|w| !w.is_empty())
        .collect();
    assert_eq!(words, ["keep"], "decisions are carried on");
}

/// Wyvern's zones and buildings as GDAL writes them in a system, read back.
#[test]
fn layers_that_gdal_writes_are_read_where_they_were_in_every_system() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/wyvern/zones.geojson");
    for (system, far) in [
        ("EPSG:4326", 0.01),
        ("EPSG:3857", 0.01),
        ("EPSG:27700", 6.0),
        ("EPSG:2157", 0.01),
        ("EPSG:32630", 0.01),
    ] {
        let file = folder.path().join(format!("zones-{}.gpkg", &system[5..]));
        let arguments = [
            "-f",
            "GPKG",
            "-t_srs",
            system,
            "-nln",
            "zones",
            &file.display().to_string(),
            &source.display().to_string(),
        ];
        if gdal("ogr2ogr", &arguments).is_none() {
            return;
        }
        let inspect = |file: &Path| {
            let options = oneroof::load::InspectOptions::default();
            let name = file
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            oneroof::load::inspect(file, &name, oneroof::load::TableKind::Zones, &options)
                .expect("reads")
        };
        let (before, after) = (inspect(&source), inspect(&file));
        assert_eq!(before.located.len(), after.located.len());
        for (a, b) in before.located.iter().zip(&after.located) {
            let (Some((a, _)), Some((b, _))) = (a, b) else {
                panic!("{system}: not located");
            };
            // PROJ without its grid is some metres off in British National Grid.
            let metres =
                ((a.lat() - b.lat()).powi(2) + (a.lon() - b.lon()).powi(2)).sqrt() * 111_000.0;
            assert!(metres < far, "{system}: {metres} m");
        }
    }
}

#[test]
fn a_layer_in_a_system_that_is_not_read_is_named_with_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/wyvern/zones.geojson");
    let file = folder.path().join("zones.gpkg");
    let arguments = [
        "-f",
        "GPKG",
        "-t_srs",
        "EPSG:26730",
        "-nln",
        "zones",
        &file.display().to_string(),
        &source.display().to_string(),
    ];
    if gdal("ogr2ogr", &arguments).is_none() {
        return;
    }
    let options = oneroof::load::InspectOptions::default();
    let found = oneroof::load::inspect(
        &file,
        "zones.gpkg",
        oneroof::load::TableKind::Zones,
        &options,
    )
    .expect("reads");
    let fault = found
        .findings
        .iter()
        .find(|f| f.code == "crs-unsupported")
        .expect("said");
    assert!(
        fault.cause.contains("26730") && fault.action.contains("ogr2ogr"),
        "{fault:?}"
    );
    assert_eq!(&*fault.row.file, "zones.gpkg[zones]");
}

#[test]
fn layers_go_to_sql_and_come_back_with_their_keys() {
    let loaded = wyvern();
    let plan = planned(&loaded);
    let folder = tempfile::tempdir().expect("a folder");
    let file = published(
        &loaded,
        &plan,
        Audience::Partners,
        &folder.path().join("plan"),
    );
    let path = file.display().to_string();
    let sql = folder.path().join("buildings.sql").display().to_string();
    if gdal("ogr2ogr", &["-f", "PGDump", &sql, &path, "buildings"]).is_none() {
        return;
    }
    let dump = std::fs::read_to_string(&sql).expect("reads");
    assert!(
        dump.contains("27700") && dump.contains("\"asset_id\" VARCHAR"),
        "the keys stay text"
    );
    let back = folder.path().join("back.gpkg");
    let query = "select asset_id, name, geom from buildings order by asset_id";
    let arguments = [
        "-f",
        "GPKG",
        &back.display().to_string(),
        &path,
        "-sql",
        query,
        "-nln",
        "assets",
    ];
    gdal("ogr2ogr", &arguments);
    let keys = |table: &oneroof::load::Table| -> BTreeSet<String> {
        let column = table.column("asset_id").expect("ids");
        table
            .records
            .iter()
            .map(|r| r.cell(column).to_owned())
            .collect()
    };
    assert_eq!(
        keys(&table(&back, "assets")),
        keys(&table(&file, "buildings"))
    );
}

#[test]
fn the_styles_in_the_geopackage_are_those_beside_the_geojson() {
    let loaded = wyvern();
    let plan = planned(&loaded);
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("plan");
    let file = published(&loaded, &plan, Audience::Partners, &out);
    let path = file.display().to_string();
    let csv = folder.path().join("styles.csv").display().to_string();
    if gdal("ogr2ogr", &["-f", "CSV", &csv, &path, "layer_styles"]).is_none() {
        return;
    }
    let mut reader = csv::Reader::from_path(&csv).expect("opens");
    let column = |name: &str, header: &csv::StringRecord| {
        header.iter().position(|one| one == name).expect("a column")
    };
    let header = reader.headers().expect("a header").clone();
    let (layer, qml) = (column("f_table_name", &header), column("styleQML", &header));
    let default = column("useAsDefault", &header);
    let mut inside = BTreeSet::new();
    let mut opened = Vec::new();
    for row in reader.records() {
        let row = row.expect("a row");
        if &row[layer] != "decisions" {
            inside.insert(row[qml].to_owned());
        }
        if ["1", "true"].contains(&&row[default]) {
            opened.push(row[layer].to_owned());
        }
    }
    opened.sort();
    assert_eq!(
        opened,
        [
            "buildings",
            "decisions",
            "findings",
            "matches",
            "moves",
            "zones"
        ],
        "one style each to open with"
    );
    let beside: BTreeSet<String> = std::fs::read_dir(out.join("maps/styles"))
        .expect("lists")
        .flatten()
        .map(|entry| std::fs::read_to_string(entry.path()).expect("reads"))
        .collect();
    assert!(beside.len() >= 6);
    assert_eq!(inside, beside);
}

#[test]
fn a_shapefile_of_the_zones_has_their_cells_and_outlines_in_whichever_grid_it_is_saved() {
    let zones = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/wyvern/zones.geojson");
    let folder = tempfile::tempdir().expect("a folder");
    let read = |file: &Path| {
        inspect(file, "zones", TableKind::Zones, &InspectOptions::default()).expect("reads")
    };
    let middle = |record: &oneroof::load::Record| {
        let shape = record.shape.as_deref().expect("an outline");
        geo::Centroid::centroid(shape).expect("an area")
    };
    let plain = read(&zones);
    assert!(plain.findings.is_empty());
    for (name, system) in [
        ("british", "EPSG:27700"),
        ("utm", "EPSG:25830"),
        (
            "feet",
            "+proj=lcc +lat_1=51 +lat_2=53 +lat_0=50 +lon_0=-3 +x_0=600000 +y_0=0 +ellps=GRS80 +towgs84=0,0,0 +units=us-ft",
        ),
    ] {
        for ending in ["shp", "shp.zip"] {
            let file = folder.path().join(format!("{name}.{ending}"));
            let (to, from) = (file.display().to_string(), zones.display().to_string());
            let arguments = [
                "-f",
                "ESRI Shapefile",
                "-t_srs",
                system,
                "-select",
                "zone_id,name,population",
                &to,
                &from,
            ];
            if gdal("ogr2ogr", &arguments).is_none() {
                return;
            }
            let shapes = read(&file);
            assert_eq!(
                shapes.table.records.len(),
                plain.table.records.len(),
                "{to}"
            );
            let codes: BTreeSet<&str> = shapes.findings.iter().map(|one| one.code).collect();
            assert_eq!(codes, BTreeSet::from(["crs-converted"]), "{to}");
            for (own, other) in shapes.table.records.iter().zip(&plain.table.records) {
                let (zone, people) = (own.cell(0), own.cell(2));
                let column = plain.table.column("population").expect("a column");
                assert_eq!((zone, people), (other.cell(0), other.cell(column)), "{to}");
                let (own, other) = (middle(own), middle(other));
                let apart = (own.x() - other.x()).hypot(own.y() - other.y());
                assert!(apart < 5e-5, "{to}: {apart}");
            }
        }
    }
}
