//! The plan folder as other programs read it.

use oneroof::load::{LoadOptions, Loaded, load};
use oneroof::plan::{Plan, Wish, plan};
use oneroof::publish::{Audience, Edition, Format, publish};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

fn wyvern() -> Loaded {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/wyvern");
    load(&place, &LoadOptions::default()).expect("Wyvern loads")
}

fn planned(loaded: &Loaded) -> Plan {
    let wish = Wish {
        gap: 0.05,
        time: Duration::from_secs(20),
        ..Wish::default()
    };
    plan(&loaded.place, &loaded.travel, &wish, &()).expect("Wyvern has a plan")
}

fn edition<'a>(loaded: &'a Loaded, plan: &'a Plan) -> Edition<'a> {
    Edition {
        place: &loaded.place,
        travel: &loaded.travel,
        plan,
        findings: &loaded.findings,
        rejected: &loaded.rejected,
        matches: &loaded.matches,
        audience: Audience::Partners,
        excel: false,
    }
}

/// Runs a GDAL program; `None`, said aloud, where GDAL is not installed.
fn gdal(program: &str, arguments: &[&str]) -> Option<(String, String)> {
    match Command::new(program).args(arguments).output() {
        Ok(output) => {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let (out, err) = (text(&output.stdout), text(&output.stderr));
            assert!(output.status.success(), "{program} {arguments:?}: {err}");
            Some((out, err))
        }
        Err(_) => {
            println!("SKIPPED: {program} is not installed (apt-get install gdal-bin)");
            None
        }
    }
}

fn path(at: &Path) -> String {
    at.display().to_string()
}

#[test]
fn gdal_reads_every_layer_of_wyvern_and_a_shapefile_keeps_every_field() {
    let loaded = wyvern();
    let plan = planned(&loaded);
    let folder = tempfile::tempdir().expect("a folder");
    let out = match std::env::var_os("ONEROOF_GALLERY") {
        Some(folder) => PathBuf::from(folder).join("wyvern"),
        None => folder.path().join("plan"),
    };
    publish(&out, &edition(&loaded, &plan), &[]).expect("publishes");
    let located = loaded
        .place
        .buildings
        .iter()
        .filter(|b| b.location.is_some())
        .count();
    let moves = plan
        .occupiers
        .iter()
        .filter(|o| o.from_id != o.to_id)
        .count();
    for (layer, features) in [
        ("buildings", located),
        ("moves", moves),
        ("zones", loaded.place.zones.len()),
    ] {
        let file = out.join(format!("{layer}.geojson"));
        let Some((told, complaints)) = gdal("ogrinfo", &["-ro", "-al", "-so", &path(&file)]) else {
            return;
        };
        assert!(
            told.contains(&format!("Feature Count: {features}")),
            "{layer}: {told}"
        );
        assert!(told.contains("WGS 84"), "{told}");
        assert_eq!(complaints, "", "{layer}");
        let fields = told
            .lines()
            .filter(|line| line.contains(": String ("))
            .count();
        assert!(fields > 0, "{told}");
        let shapes = folder.path().join(layer);
        let arguments = ["-f", "ESRI Shapefile", &path(&shapes), &path(&file)];
        let Some((_, complaints)) = gdal("ogr2ogr", &arguments) else {
            return;
        };
        // GDAL says which names it had to cut; it may cut them, never rename them to be unique.
        for line in complaints
            .lines()
            .filter(|line| line.contains("Normalized/laundered"))
        {
            let names: Vec<&str> = line.split('\'').collect();
            assert!(names[1].starts_with(names[3]), "{line}");
        }
    }
}

#[test]
fn a_geopackage_made_of_every_layer_has_every_feature_and_keeps_ids_as_text() {
    let loaded = wyvern();
    let plan = planned(&loaded);
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("plan");
    publish(&out, &edition(&loaded, &plan), &[Format::Geojson]).expect("publishes");
    for (layer, id) in [
        ("buildings", "asset_id"),
        ("moves", "from_id"),
        ("zones", "zone_id"),
        ("findings", "subject_id"),
    ] {
        let text = std::fs::read_to_string(out.join(format!("{layer}.geojson"))).expect("reads");
        let collection: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let features = collection["features"].as_array().expect("features");
        assert!(collection.get("crs").is_none());
        let about = collection["description"].as_str().unwrap_or_default();
        assert!(about.contains("no decision has been taken"), "{about}");
        assert!(
            features.iter().all(|f| f["properties"][id].is_string()),
            "{layer}"
        );
        let (from, to) = (
            out.join(format!("{layer}.geojson")),
            folder.path().join(layer),
        );
        let to = path(&to.with_extension("gpkg"));
        if gdal("ogr2ogr", &["-f", "GPKG", &to, &path(&from)]).is_none() {
            return;
        }
        let Some((told, _)) = gdal("ogrinfo", &["-ro", "-al", "-so", &to]) else {
            return;
        };
        let count = format!("Feature Count: {}", features.len());
        assert!(told.contains(&count), "{layer}: {told}");
        assert!(told.contains(&format!("{id}: String")), "{layer}: {told}");
    }
}

#[test]
fn a_public_edition_of_wyvern_names_no_pounds_of_a_building() {
    let loaded = wyvern();
    let plan = planned(&loaded);
    let folder = tempfile::tempdir().expect("a folder");
    let mut edition = edition(&loaded, &plan);
    edition.audience = Audience::Public;
    publish(folder.path(), &edition, &[Format::Csv, Format::Geojson]).expect("publishes");
    let mut reader = csv::Reader::from_path(folder.path().join("actions.csv")).expect("opens");
    let money: Vec<usize> = reader
        .headers()
        .expect("has a header")
        .iter()
        .enumerate()
        .filter(|(_, name)| name.contains("gbp") || *name == "act_year")
        .map(|(at, _)| at)
        .collect();
    assert!(money.len() >= 6);
    for row in reader.records() {
        let row = row.expect("a row");
        assert!(money.iter().all(|at| row[*at].is_empty()), "{row:?}");
    }
    let ledger = std::fs::read_to_string(folder.path().join("ledger.csv")).expect("reads");
    assert_eq!(ledger.lines().count(), 1, "only the header: {ledger}");
    // Every sum of a single building or agency, as tables and JSON write it.
    let sums = plan.buildings.iter().flat_map(|b| {
        [
            b.running_today_gbp,
            b.running_after_gbp,
            b.one_off_gbp,
            b.receipt_gbp,
            b.npv_gbp,
        ]
    });
    let sums = sums.chain(plan.ledger.iter().map(|agency| agency.npv_gbp));
    let sums: Vec<String> = sums
        .filter(|sum| sum.abs() >= 1_000.0 && sum.fract() != 0.0)
        .map(|sum| sum.to_string())
        .collect();
    assert!(sums.len() > 10, "{sums:?}");
    let everything = [Format::Json, Format::Geojson, Format::Csv, Format::Svg];
    publish(folder.path(), &edition, &everything).expect("publishes");
    for folder in [folder.path().to_path_buf(), folder.path().join("maps")] {
        for entry in std::fs::read_dir(folder).expect("lists").flatten() {
            let Ok(text) = std::fs::read_to_string(entry.path()) else {
                continue;
            };
            let told = sums.iter().find(|sum| text.contains(sum.as_str()));
            assert_eq!(told, None, "{}", entry.path().display());
        }
    }
}

#[test]
fn a_folder_named_by_way_of_one_that_does_not_exist_is_refused_and_nothing_is_overwritten() {
    let folder = crate::folder::Folder::six();
    let own = folder.path().join("own");
    std::fs::create_dir(&own).expect("a folder");
    std::fs::write(own.join("quality.csv"), "mine").expect("a file");
    folder.run(&["check", ".", "--out", "missing/../own"], 2);
    let kept = std::fs::read_to_string(own.join("quality.csv"));
    assert_eq!(kept.expect("it is there"), "mine");
    assert!(!folder.path().join("missing").exists());
}

#[test]
fn every_row_of_money_by_year_has_its_year() {
    let folder = crate::folder::Folder::six();
    folder.run(&["plan", ".", "--out", "out"], 0);
    for file in ["years.csv", "cashflow.csv"] {
        let text = folder.read(&format!("out/{file}"));
        let mut lines = text.lines();
        let header = lines.next().expect("a header");
        let at = header.split(',').position(|name| name == "year");
        let at = at.unwrap_or_else(|| panic!("{file} has no year: {header}"));
        let years: Vec<&str> = lines
            .map(|line| line.split(',').nth(at).unwrap_or(""))
            .collect();
        assert!(
            years.contains(&"0") && years.contains(&"1"),
            "{file}: {years:?}"
        );
        assert!(
            years.iter().all(|year| year.parse::<u32>().is_ok()),
            "{file}: {years:?}"
        );
    }
}
