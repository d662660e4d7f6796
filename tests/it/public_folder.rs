//! A folder for the public stays one, whatever other verbs do with it.

use crate::folder::Folder;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[test]
fn explaining_every_building_leaves_a_public_report_as_it_is() {
    let folder = Folder::six();
    folder.run(&["plan", ".", "--out", "out", "--only", "json"], 0);
    folder.run(&["report", ".", "out", "--audience", "public"], 0);
    let before = folder.read("out/report.html");
    folder.run(&["explain", ".", "out", "--all", "--time", "5s"], 0);
    assert!(folder.read("out/report.html") == before);
    // The partners' own is drawn anew with the prices.
    folder.run(&["report", ".", "out"], 0);
    let partners = folder.read("out/report.html");
    assert!(partners != before && partners.contains("audience\" content=\"partners"));
}

#[test]
fn a_partners_curve_does_not_stay_in_a_folder_that_is_printed_for_the_public() {
    let folder = Folder::six();
    folder.run(&["plan", ".", "--out", "out", "--only", "json"], 0);
    fs::create_dir(folder.path().join("out/frontier")).expect("made");
    folder.write("out/frontier/.oneroof", "oneroof\nfrontier\n");
    folder.write("out/frontier/frontier.csv", "saving\n1\n");
    folder.write("out/notes.txt", "our own\n");
    folder.run(&["plan", ".", "--out", "out", "--only", "json"], 0);
    assert_eq!(folder.read("out/frontier/frontier.csv"), "saving\n1\n");
    let public = [
        "plan",
        ".",
        "--out",
        "out",
        "--only",
        "json",
        "--audience",
        "public",
    ];
    folder.run(&public, 0);
    assert!(!folder.path().join("out/frontier").exists());
    assert_eq!(folder.read("out/notes.txt"), "our own\n");
}

#[test]
fn nothing_of_a_programme_about_a_sensitive_building_reaches_the_public() {
    let folder = Folder::six();
    // A refuge by the eastern library, which closes: a small counter opens in the refuge, a part of which is let.
    let header = folder
        .read("buildings.csv")
        .lines()
        .next()
        .map(str::to_owned);
    let header = header.expect("a header");
    folder.replace(
        "buildings.csv",
        &header,
        &format!("{header},flags,part_m2,part_gbp"),
    );
    let refuge: String = header
        .split(',')
        .map(|column| match column {
            "asset_id" => "R777,",
            "name" => "Rowan House,",
            "lon" => "-1.4545,",
            "lat" => "52.5048,",
            "agency" => "nhs,",
            "tenure" => "Freehold,",
            "floor_area_m2" => "600,",
            "usable_m2" => "500,",
            "running_gbp" => "9000,",
            "offers" => "step_free,",
            _ => ",",
        })
        .collect();
    folder.append("buildings.csv", &format!("{refuge}sensitive,60,7777\n"));
    folder.append(
        "occupiers.csv",
        "rowan-team,Rowan team,nhs,back_office,R777,300,20\n",
    );
    folder.replace("occupiers.csv", "lib-east,Eastfield", "lib-east,Eastern");
    folder.append(
        "place.toml",
        "[[access_point]]\nid = \"pick_up\"\nname = \"Pick-up\"\nservice = \"library\"\n\
         gbp_a_year = 1200\nopening_gbp = 3000\nm2 = 8\nbuildings = [\"R777\"]\n",
    );
    folder.write(
        "decisions.csv",
        "id,decision\nC003,dispose\nrowan-team,keep\n",
    );
    let audience = |audience: &str, out: &str| {
        let plan = [
            "plan", ".", "--out", out, "--time", "10s", "--gap", "0", "--phase",
        ];
        folder.run(&[&plan[..], &["--audience", audience]].concat(), 0);
        told(&folder.path().join(out))
    };
    let secrets = ["R777", "Rowan", "7777", "rowan"];
    let partners = audience("partners", "partners");
    let programme = &partners["programme.csv"];
    assert!(
        programme.contains("new_counter") && programme.contains("R777"),
        "{programme}"
    );
    for secret in secrets {
        assert!(partners["plan.json"].contains(secret), "{secret}");
    }
    for (file, text) in audience("public", "public") {
        for secret in secrets {
            assert!(!text.contains(secret), "{secret} in {file}");
        }
    }
}

/// Every file of a plan folder, its words as they are in its bytes.
fn told(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("lists").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            let inside = told(&entry.path()).into_iter();
            files.extend(inside.map(|(file, text)| (format!("{name}/{file}"), text)));
        } else {
            let bytes = fs::read(entry.path()).expect("reads");
            files.insert(name, String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    files
}
