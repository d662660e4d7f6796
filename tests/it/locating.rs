//! `locate`: two tables and a question, from the command line.

use super::shared::shared;
use assert_cmd::cargo::cargo_bin;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

/// Four villages on a road, ten kilometres apart, and a clinic in each.
fn villages() -> TempDir {
    let dir = TempDir::new().expect("a temporary folder");
    let table = |head: &str, cells: [&str; 4]| {
        let lons = ["10.0", "10.1", "10.2", "10.3"];
        let rows = ["a", "b", "c", "d"].iter().zip(lons).zip(cells);
        let rows = rows.map(|((id, lon), cells)| format!("{id},{lon},0.0,{cells}\n"));
        format!("{head}\n{}", rows.collect::<String>())
    };
    let demand = table(
        "village,longitude,latitude,people",
        ["100", "10", "10", "200"],
    );
    let clinics = table(
        "id,longitude,latitude,rent,beds",
        ["50,150", "5,150", "5,150", "50,150"],
    );
    fs::write(dir.path().join("villages.csv"), demand).expect("written");
    fs::write(dir.path().join("clinics.csv"), clinics).expect("written");
    dir
}

fn locate(folder: &Path, arguments: &str) -> Output {
    Command::new(cargo_bin("oneroof"))
        .current_dir(folder)
        .arg("locate")
        .args(arguments.split_whitespace())
        .args(["--demand-id", "village", "--out", "out"])
        .output()
        .expect("the program runs")
}

/// Runs a question that has an answer; the summary it wrote.
fn answer(folder: &Path, arguments: &str) -> serde_json::Value {
    let tables = "--demand villages.csv --facilities clinics.csv";
    let ran = locate(folder, &format!("{arguments} {tables}"));
    let said = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(0), "{arguments}: {said}");
    let text = fs::read_to_string(folder.join("out/locate.json")).expect("a summary");
    serde_json::from_str(&text).expect("JSON")
}

fn open(summary: &serde_json::Value) -> Vec<&str> {
    let open = summary["open"].as_array().expect("a list");
    let mut open: Vec<&str> = open.iter().map(|id| id.as_str().expect("an id")).collect();
    open.sort_unstable();
    open
}

#[test]
fn every_question_is_answered_as_by_hand() {
    let dir = villages();
    let ask = |arguments: &str| answer(dir.path(), arguments);
    // A degree of the equator is 111.195 km: neighbours are 11.12 km apart.
    let covering = ask("--problem lscp --radius 12");
    assert_eq!(covering["objective"], 2.0);
    let nearly = ask("--problem lscp --radius 5 --share 90% --weight people");
    assert_eq!(open(&nearly), ["a", "d"]);
    let most = ask("--problem mclp --radius 5 --count 2 --weight people");
    assert_eq!(
        (open(&most), most["objective"].as_f64()),
        (vec!["a", "d"], Some(300.0))
    );
    let few = ask("--problem mclp --radius 0.001 --count 1 --weight people");
    assert_eq!((open(&few), few["gap"].as_f64()), (vec!["d"], Some(0.0)));
    let median = ask("--problem p-median -p 1 --weight people");
    assert_eq!(open(&median), ["d"]);
    let centre = ask("--problem p-center --count 2");
    let farthest = centre["objective"].as_f64().expect("a number");
    assert!((11.11..11.13).contains(&farthest), "{farthest}");
    let charge = ask("--problem uflp --fixed rent --weight people --per-distance 0.01");
    // Two cheap clinics and 300 people over 11.12 km cost 43; either dear one alone costs 50.
    assert_eq!(open(&charge), ["b", "c"]);
    let room =
        ask("--problem cflp --fixed rent --capacity beds --weight people --per-distance 0.01");
    assert!(open(&room).len() == 3, "{room}");
    for answered in [covering, most, median, centre, charge, room] {
        assert!(
            answered["gap"].as_f64().expect("a gap") < 1e-6,
            "{answered}"
        );
    }
}

#[test]
fn facilities_that_must_stay_or_go_are_obeyed_in_the_words_of_arcgis() {
    let dir = villages();
    let clinics = "id,longitude,latitude,FacilityType\na,10.0,0,Excluded\nb,10.1,0,Required\nc,10.2,0,Candidate\nd,10.3,0,0\n";
    fs::write(dir.path().join("clinics.csv"), clinics).expect("written");
    let median = answer(
        dir.path(),
        "--problem minimize-impedance --count 2 --weight people",
    );
    assert_eq!(open(&median), ["b", "d"]);
    let table = fs::read_to_string(dir.path().join("out/facilities.csv")).expect("a table");
    for line in [
        "a,,10.0000000,0.0000000,Excluded,false",
        "b,,10.1000000,0.0000000,Required,true",
        "d,,10.3000000,0.0000000,Chosen,true",
    ] {
        assert!(table.contains(line), "{line} is missing in\n{table}");
    }
}

#[test]
fn coordinates_are_found_under_the_names_that_others_give_them_in_either_table() {
    let folder = villages();
    let asked = "--problem p-median --count 2 --weight people";
    let known = answer(folder.path(), asked);
    for file in ["villages.csv", "clinics.csv"] {
        let path = folder.path().join(file);
        let ours = fs::read_to_string(&path).expect("a table");
        for (x, y) in [
            ("POINT_X", "POINT_Y"),
            ("centroid_lon", "centroid_lat"),
            ("Längengrad", "Breitengrad"),
            ("coord_x", "coord_y"),
        ] {
            let theirs = ours.replace("longitude,latitude", &format!("{x},{y}"));
            fs::write(&path, theirs).expect("written");
            let found = answer(folder.path(), asked);
            assert_eq!(found["objective"], known["objective"], "{file}: {x}");
        }
        // Decimal commas, between semicolons.
        let theirs = ours.replace(',', ";").replace('.', ",");
        fs::write(&path, theirs).expect("written");
        let found = answer(folder.path(), asked);
        assert_eq!(found["objective"], known["objective"], "{file}");
        fs::write(&path, ours).expect("written");
    }
}

#[test]
fn demand_that_nothing_can_reach_is_named_or_left_out_on_request() {
    let dir = villages();
    let far = "id,longitude,latitude\nb,10.1,0.0\n";
    fs::write(dir.path().join("clinics.csv"), far).expect("written");
    let tables = "--demand villages.csv --facilities clinics.csv --problem lscp --radius 12";
    let refused = locate(dir.path(), tables);
    assert_eq!(refused.status.code(), Some(4));
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(
        said.contains("1 demand with no facility within 12: d"),
        "{said}"
    );
    assert!(!dir.path().join("out").exists());
    let skipped = locate(dir.path(), &format!("{tables} --skip-uncoverable"));
    assert_eq!(skipped.status.code(), Some(0));
    let quality = fs::read_to_string(dir.path().join("out/quality.csv")).expect("findings");
    assert!(quality.contains("zone-reaches-nothing"), "{quality}");
    let none = locate(
        dir.path(),
        "--demand villages.csv --facilities clinics.csv --problem lscp --radius 0.001 --skip-uncoverable",
    );
    assert_eq!(none.status.code(), Some(0), "its own village is reached");
}

#[test]
fn a_question_that_nothing_answers_is_told_with_its_figures() {
    let dir = villages();
    let tables = "--demand villages.csv --facilities clinics.csv --weight people";
    for (question, figures) in [
        (
            "--problem cflp --capacity 50 --fixed rent",
            "room for 200, and 320 are to be served",
        ),
        (
            "--problem lscp --share 99.9% --radius 1 --facility-type role",
            "would be within the radius",
        ),
    ] {
        // The clinic of the last village is not to be used.
        let clinics = "id,longitude,latitude,rent,role\na,10.0,0.0,1,1\nb,10.1,0.0,1,1\nc,10.2,0.0,1,1\nd,10.3,0.0,1,1\n";
        let clinics = match question.contains("lscp") {
            true => clinics
                .replace("d,10.3,0.0,1,1", "d,10.3,0.0,1,excluded")
                .replace(",1\n", ",candidate\n"),
            false => clinics.to_owned(),
        };
        fs::write(dir.path().join("clinics.csv"), clinics).expect("written");
        let ran = locate(dir.path(), &format!("{question} {tables}"));
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert_eq!(ran.status.code(), Some(4), "{question}: {said}");
        assert!(said.contains(figures), "{question}: {said}");
    }
}

#[test]
fn faults_of_tables_are_all_named_and_nothing_is_written() {
    let dir = villages();
    let demand = "village,longitude,latitude,people\na,10.0,0,many\na,10.1,0,-5\n";
    fs::write(dir.path().join("villages.csv"), demand).expect("written");
    let ran = locate(
        dir.path(),
        "--demand villages.csv --facilities clinics.csv --problem uflp --weight people --fixed rental",
    );
    assert_eq!(ran.status.code(), Some(3));
    let said = String::from_utf8_lossy(&ran.stderr);
    for part in [
        "duplicate-id",
        "\"many\"",
        "-5",
        "column rental",
        "unknown-column",
        "--fixed",
        "rent",
    ] {
        assert!(said.contains(part), "{part} is missing in\n{said}");
    }
    assert!(!dir.path().join("out").exists());
}

#[test]
fn a_question_without_what_it_needs_says_which_option_is_missing() {
    let dir = villages();
    let tables = "--demand villages.csv --facilities clinics.csv";
    for (asked, missing) in [
        ("--problem lscp", "--radius"),
        ("--problem p-median", "--count"),
        ("--problem uflp --count 3", "--count"),
        ("--problem mclp --radius 3 --count 1 --share 90%", "--share"),
        ("", "--problem"),
    ] {
        let ran = locate(dir.path(), &format!("{asked} {tables}"));
        assert_eq!(ran.status.code(), Some(2), "{asked}");
        assert!(
            String::from_utf8_lossy(&ran.stderr).contains(missing),
            "{asked}"
        );
    }
    let too_few = locate(
        dir.path(),
        &format!("--problem p-median --count 9 {tables}"),
    );
    assert_eq!(too_few.status.code(), Some(2));
}

#[test]
fn a_problem_file_is_solved_and_a_broken_one_is_refused_by_name() {
    let dir = TempDir::new().expect("a temporary folder");
    let problem = r#"{"sites": [{"name": "hall", "fixed_cost": 10}, {"name": "annexe", "fixed_cost": 4}],
        "items": [{"name": "library"}],
        "placements": [{"item": 0, "site": 0}, {"item": 0, "site": 1, "cost": 3}]}"#;
    fs::write(dir.path().join("problem.json"), problem).expect("written");
    let run = |file: &str| {
        let mut command = Command::new(cargo_bin("oneroof"));
        command.current_dir(dir.path()).args([
            "locate",
            "--siting",
            file,
            "--out",
            "answer.json",
            "--progress",
            "json",
        ]);
        command.output().expect("the program runs")
    };
    assert_eq!(run("problem.json").status.code(), Some(0));
    let text = fs::read_to_string(dir.path().join("answer.json")).expect("an answer");
    let answer: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(answer["value"], 7.0);
    let wrong = problem.replace("\"site\": 1", "\"site\": 7");
    fs::write(dir.path().join("wrong.json"), wrong).expect("written");
    let refused = run("wrong.json");
    assert_eq!(refused.status.code(), Some(3));
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(
        said.contains("placement 1") && said.contains("wrong.json"),
        "{said}"
    );
}

#[test]
fn san_francisco_from_its_own_tables_and_matrix() {
    let Some(data) = shared("realdata/san_francisco") else {
        return;
    };
    let dir = TempDir::new().expect("a temporary folder");
    let path = |name: &str| data.join(name).display().to_string();
    let ran = Command::new(cargo_bin("oneroof"))
        .current_dir(dir.path())
        .args([
            "locate",
            "--problem",
            "p-median",
            "--count",
            "4",
            "--weight",
            "POP2000",
            "--out",
            "out",
        ])
        .args(["--demand-id", "NAME", "--facility-id", "NAME"])
        .args([
            "--demand",
            &path("SF_demand_205_centroid_uniform_weight.csv"),
        ])
        .args(["--facilities", &path("SF_store_site_16_longlat.csv")])
        .args([
            "--matrix",
            &path("SF_network_distance_candidateStore_16_censusTract_205_new.csv"),
        ])
        .output()
        .expect("the program runs");
    assert_eq!(
        ran.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    let text = fs::read_to_string(dir.path().join("out/locate.json")).expect("a summary");
    let summary: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(
        open(&summary),
        ["Store_11", "Store_12", "Store_15", "Store_2"]
    );
    let objective = summary["objective"].as_f64().expect("a number");
    assert!(
        (objective - 2_848_268_129.714_512).abs() < 1.0,
        "{objective}"
    );
}

#[test]
fn tables_and_words_of_arcgis_are_taken_as_they_are() {
    let dir = villages();
    let demand = "ObjectID,Name,Weight,GroupName,SHAPE_X,SHAPE_Y\n1,Mill Lane,120,,10.0,0\n2,Old Town,40,,10.1,0\n3,Station,300,,10.3,0\n";
    let facilities = "ObjectID,Name,FacilityType,Weight,Capacity,SHAPE_X,SHAPE_Y\n7,North,0,1,300,10.0,0\n8,East,Required,1,300,10.1,0\n\
        9,Rival,2,1,300,10.3,0\n10,South,3,1,300,10.31,0\n";
    fs::write(dir.path().join("demand.csv"), demand).expect("written");
    fs::write(dir.path().join("facilities.csv"), facilities).expect("written");
    for problem in [
        "MINIMIZE_IMPEDANCE",
        "minimize-impedance",
        "PMedian",
        "p_median",
    ] {
        let ran = Command::new(cargo_bin("oneroof"))
            .current_dir(dir.path())
            .args([
                "locate",
                "--problem",
                problem,
                "--facilities-to-choose",
                "2",
            ])
            .args([
                "--demand",
                "demand.csv",
                "--facilities",
                "facilities.csv",
                "--out",
                "out",
            ])
            .output()
            .expect("the program runs");
        let said = String::from_utf8_lossy(&ran.stderr);
        assert_eq!(ran.status.code(), Some(0), "{problem}: {said}");
        let text = fs::read_to_string(dir.path().join("out/locate.json")).expect("a summary");
        let summary: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(open(&summary), ["10", "8"]);
        assert_eq!(summary["served_percent"], 100.0);
    }
    let quality = fs::read_to_string(dir.path().join("out/quality.csv")).expect("findings");
    assert!(quality.contains("competitor-left-out"), "{quality}");
    let table = fs::read_to_string(dir.path().join("out/facilities.csv")).expect("a table");
    assert!(
        table.contains("10,South,10.3100000,0.0000000,Chosen,true,1,300.000"),
        "{table}"
    );
}
