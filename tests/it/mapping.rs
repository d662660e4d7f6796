//! `oneroof map`: the pictures of a plan, drawn again.

use crate::folder::Folder;
use std::fs;

fn planned() -> Folder {
    let folder = Folder::six();
    folder.run(&["plan", ".", "--out", "plan", "--only", "json"], 0);
    folder
}

fn map(folder: &Folder, more: &[&str], code: i32) -> String {
    let mut arguments = vec!["map", ".", "plan", "--out", "pictures"];
    arguments.extend(more);
    folder.run(&arguments, code)
}

/// Width and height of a PNG, from its header.
fn size(folder: &Folder, file: &str) -> (u32, u32) {
    let bytes = fs::read(folder.path().join(file)).expect("drawn");
    assert!(bytes.starts_with(b"\x89PNG"));
    let number = |at: usize| {
        let four = bytes[at..at + 4].try_into().expect("four bytes");
        u32::from_be_bytes(four)
    };
    (number(16), number(20))
}

#[test]
fn pictures_are_drawn_in_the_size_that_was_asked_for_with_words_for_each() {
    let folder = planned();
    let told = map(
        &folder,
        &[
            "--width",
            "700",
            "--only",
            "actions,distance,catchment,by_agency,rules",
        ],
        0,
    );
    assert!(told.contains("pictures.csv"), "{told}");
    assert_eq!(size(&folder, "pictures/actions.png").0, 700);
    let text = folder.read("pictures/pictures.csv");
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let names: Vec<String> = rows
        .records()
        .map(|row| {
            let row = row.expect("a row");
            assert!(row[1].len() > 10 && row[2].len() > 20, "{row:?}");
            assert!(row[3].ends_with(".csv"), "{row:?}");
            for ending in ["svg", "png"] {
                let file = format!("pictures/{}.{ending}", &row[0]);
                assert!(folder.path().join(&file).is_file(), "{file}");
            }
            row[0].to_owned()
        })
        .collect();
    let all = [
        "actions",
        "rules",
        "by_agency",
        "distance_library",
        "catchment_library",
        "distance_jobcentre",
        "catchment_jobcentre",
    ];
    assert_eq!(names, all);
    let about = folder.read("pictures/about.txt");
    assert!(about.contains("no decision has been taken") && about.contains("Printed for"));
}

#[test]
fn paper_is_landscape_and_grey_has_no_colour() {
    let folder = planned();
    map(
        &folder,
        &[
            "--width",
            "594",
            "--variant",
            "print-grey",
            "--only",
            "actions",
        ],
        0,
    );
    // 297 mm by 210 mm.
    assert_eq!(size(&folder, "pictures/actions.png"), (594, 420));
    let svg = folder.read("pictures/actions.svg");
    assert!(svg.contains("width=\"297mm\""), "{}", &svg[..200]);
    // The maroon of what is sold, and the teal of what takes others in.
    assert!(!svg.contains("#801650") && !svg.contains("#28A197"));
    map(&folder, &["--width", "600", "--only", "actions"], 0);
    let svg = folder.read("pictures/actions.svg");
    assert!(svg.contains("#801650") || svg.contains("#28A197"));
}

#[test]
fn a_name_that_is_no_picture_is_refused_with_those_there_are_and_nothing_is_written() {
    let folder = planned();
    let told = map(&folder, &["--only", "actionz"], 2);
    assert!(
        told.contains("actionz") && told.contains("did you mean `actions`?"),
        "{told}"
    );
    let told = map(&folder, &["--only", "WRONG"], 2);
    assert!(told.contains("catchment_library"), "{told}");
    let told = map(&folder, &["--only", "frontier"], 2);
    assert!(told.contains("--out PLAN/frontier"), "{told}");
    assert!(!folder.path().join("pictures").exists());
    // What each agency pays is for the partners.
    let told = map(&folder, &["--only", "agencies", "--audience", "public"], 2);
    assert!(told.contains("agencies"), "{told}");
    map(&folder, &["--width", "9", "--only", "actions"], 2);
}

#[test]
fn a_plan_folder_is_not_drawn_over_and_a_plan_that_does_not_add_up_is_not_drawn() {
    let folder = planned();
    let told = folder.run(&["map", ".", "plan", "--out", "plan"], 2);
    assert!(told.contains("holds a plan"), "{told}");
    let plan: serde_json::Value =
        serde_json::from_str(&folder.read("plan/plan.json")).expect("JSON");
    let mut forged = plan;
    let saving = forged["saving_gbp"].as_f64().expect("a number");
    forged["saving_gbp"] = serde_json::json!(saving + 1_000_000.0);
    folder.write("forged.json", &forged.to_string());
    folder.run(&["map", ".", "forged.json", "--out", "pictures"], 6);
    assert!(!folder.path().join("pictures").exists());
}

#[test]
fn the_curve_and_the_shares_beside_a_plan_are_drawn_for_paper_and_in_grey_too() {
    let folder = planned();
    folder.run(
        &["frontier", ".", "--points", "3", "--out", "plan/frontier"],
        0,
    );
    folder.run(&["partnership", ".", "--out", "plan/partnership"], 0);
    let both = [
        "--only",
        "frontier,partnership",
        "--variant",
        "print-grey",
        "--width",
        "594",
    ];
    map(&folder, &both, 0);
    for name in ["frontier", "partnership"] {
        assert_eq!(size(&folder, &format!("pictures/{name}.png")), (594, 420));
    }
    let drawn = folder.read("pictures/frontier.svg");
    let own = folder.read("plan/frontier/frontier.svg");
    let told = |svg: &str| {
        let (_, rest) = svg.split_once("<desc").expect("described");
        rest.split("</").next().map(str::to_owned)
    };
    assert_eq!(told(&drawn), told(&own));
    // What all save under which limit is for the partners.
    let public = ["--only", "frontier", "--audience", "public"];
    map(&folder, &public, 2);
}

#[test]
fn zones_name_the_place_they_go_to() {
    let folder = Folder::six();
    folder.run(&["plan", ".", "--out", "plan", "--only", "json,csv"], 0);
    let text = folder.read("plan/zones.csv");
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let headers = rows.headers().expect("a header").clone();
    let column = |name: &str| headers.iter().position(|h| h == name).expect("there");
    let (today, after) = (column("host_today"), column("host_after"));
    let actions = folder.read("plan/actions.csv");
    for row in rows.records() {
        let row = row.expect("a row");
        for at in [today, after] {
            assert!(!row[at].is_empty() && actions.contains(&row[at]), "{row:?}");
        }
    }
}

#[test]
fn a_plan_alone_is_drawn_where_its_place_is_still_where_it_was() {
    let folder = planned();
    let only = ["--width", "400", "--only", "actions"];
    let told = folder.run(&[&["map", "plan"], &only[..]].concat(), 0);
    assert!(told.contains("plan/pictures/pictures.csv"), "{told}");
    assert!(folder.path().join("plan/pictures/actions.png").is_file());
    // Where it was made from is for the partners.
    let place = |folder: &Folder, file: &str| {
        let plan: serde_json::Value = serde_json::from_str(&folder.read(file)).expect("JSON");
        plan["run"]["place"].as_str().map(str::to_owned)
    };
    assert_eq!(place(&folder, "plan/plan.json").as_deref(), Some(".."));
    let public = [
        "plan",
        ".",
        "--out",
        "open",
        "--only",
        "json",
        "--audience",
        "public",
    ];
    folder.run(&public, 0);
    assert_eq!(place(&folder, "open/plan.json"), None);
    // Pictures of the plan that stood there do not stay beside another one.
    folder.run(&["plan", ".", "--out", "plan", "--only", "json"], 0);
    assert!(!folder.path().join("plan/pictures").exists());
    // Where the plan was carried away, its place is asked for.
    fs::rename(folder.path().join("plan"), folder.path().join("zones.d")).expect("moves");
    let away = folder.path().join("away");
    fs::create_dir(&away).expect("a folder");
    fs::rename(folder.path().join("zones.d"), away.join("plan")).expect("moves");
    let told = folder.run(&["map", "away/plan"], 2);
    assert!(told.contains("PLACE PLAN"), "{told}");
}

#[test]
fn a_plan_of_files_that_changed_is_refused_in_one_line_that_names_them() {
    let folder = planned();
    folder.append("occupiers.csv", "\n");
    for verb in [
        &["map", ".", "plan", "--out", "pictures"][..],
        &["explain", ".", "plan", "C001"],
        &["report", ".", "plan"],
    ] {
        let told = folder.run(verb, 6);
        let lines: Vec<&str> = told.lines().filter(|l| l.starts_with("  ")).collect();
        assert_eq!(
            lines,
            ["  changed since it was made: occupiers.csv"],
            "{told}"
        );
    }
    // A rate is no file of its own: the figures that follow from it are counted.
    let folder = planned();
    folder.append("place.toml", "\n[finance]\nhorizon_years = 20\n");
    let told = folder.run(&["map", ".", "plan", "--out", "pictures"], 6);
    assert!(told.contains("place.toml"), "{told}");
    assert!(told.lines().count() < 5, "{told}");
}

#[test]
fn what_somebody_puts_beside_the_pictures_of_a_plan_stays_when_it_is_planned_again() {
    let folder = planned();
    folder.run(&["map", "plan", "--only", "actions"], 0);
    folder.write("plan/pictures/notes.txt", "our own\n");
    folder.run(&["plan", ".", "--out", "plan", "--only", "json"], 0);
    assert_eq!(folder.read("plan/pictures/notes.txt"), "our own\n");
    assert!(!folder.path().join("plan/pictures/actions.png").exists());
}
