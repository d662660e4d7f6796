//! `partnership`: every group planned, shares that sum, a folder written whole, by the real program.

use super::folder::Folder;
use assert_cmd::cargo::cargo_bin;
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(cargo_bin("oneroof"))
        .current_dir(folder)
        .arg("partnership")
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn json(file: &Path) -> Value {
    let text = fs::read_to_string(file).expect("it was written");
    serde_json::from_str(&text).expect("JSON")
}

fn sum(list: &Value, field: &str) -> f64 {
    let list = list.as_array().expect("a list").iter();
    list.map(|one| one[field].as_f64().expect("a number")).sum()
}

#[test]
fn a_partnership_is_written_whole_and_its_shares_sum_to_what_is_saved() {
    let place = Folder::six();
    let ran = run(
        place.path(),
        &[".", "--out", "out", "--gap", "0", "--time", "20s"],
    );
    let said = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(0), "{said}");
    let out = place.path().join("out");
    let told = json(&out.join("partnership.json"));
    // Council, NHS and DWP: 2³ − 1 groups.
    assert_eq!(told["coalitions"].as_array().map(Vec::len), Some(7));
    let together = told["together_gbp"].as_f64().expect("a number");
    assert!(together > 0.0);
    assert!((sum(&told["shares"], "share_gbp") - together).abs() < 0.005);
    assert!((sum(&told["shares"], "by_ledger_gbp") - together).abs() < 0.005);
    assert!(sum(&told["shares"], "transfer_gbp").abs() < 0.005);
    let png = fs::read(out.join("shares.png")).expect("a picture");
    assert!(png.starts_with(b"\x89PNG"));
    for file in [
        "partnership.md",
        "coalitions.csv",
        "shares.csv",
        "transfers.csv",
        "shares.svg",
    ] {
        assert!(
            fs::metadata(out.join(file)).is_ok_and(|of| of.len() > 0),
            "{file}"
        );
    }
    let page = fs::read_to_string(out.join("partnership.md")).expect("a page");
    assert!(page.contains("no decision has been taken"));

    // Again: everything comes from what was kept, and says the same but for the run.
    let kept = fs::read(out.join("solved.json")).expect("kept");
    let again = run(place.path(), &[".", "--out", "out", "--gap", "0"]);
    assert_eq!(again.status.code(), Some(0));
    let mut second = json(&out.join("partnership.json"));
    second["run"] = told["run"].clone();
    assert_eq!(second, told);
    assert_eq!(fs::read(out.join("solved.json")).expect("kept"), kept);
}

#[test]
fn unknown_members_and_folders_of_others_are_usage_errors_and_nothing_is_touched() {
    let place = Folder::six();
    let ran = run(
        place.path(),
        &[
            ".", "--out", "out", "--member", "council", "--member", "nhz",
        ],
    );
    let said = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(2), "{said}");
    assert!(said.contains("nhs"), "{said}");
    assert!(!place.path().join("out").exists());
    let one = run(place.path(), &[".", "--out", "out", "--member", "council"]);
    assert_eq!(one.status.code(), Some(2));
    fs::create_dir(place.path().join("mine")).expect("a folder");
    fs::write(place.path().join("mine/notes.txt"), "notes").expect("a file");
    let ran = run(place.path(), &[".", "--out", "mine"]);
    assert_eq!(ran.status.code(), Some(2));
    assert!(place.path().join("mine/notes.txt").exists());
}

#[test]
fn one_who_is_outside_is_named_and_stays_as_today() {
    let place = Folder::six();
    place.append(
        "place.toml",
        "\n[[agency]]\nid = \"fire\"\nname = \"Fire\"\n",
    );
    let members = ["--member", "council", "--member", "nhs"];
    let ran = run(
        place.path(),
        &[&[".", "--out", "out", "--gap", "0"], &members[..]].concat(),
    );
    let said = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(0), "{said}");
    let told = json(&place.path().join("out/partnership.json"));
    assert_eq!(told["outside"], serde_json::json!(["dwp", "fire"]));
}

#[cfg(unix)]
#[test]
fn interrupted_it_keeps_what_was_solved_and_goes_on_from_there() {
    let wyvern = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/wyvern");
    let dir = tempfile::TempDir::new().expect("a temporary folder");
    let mut running = Command::new(cargo_bin("oneroof"))
        .current_dir(dir.path())
        .arg("partnership")
        .arg(&wyvern)
        .args([
            "--out",
            "out",
            "--progress",
            "json",
            "--gap",
            "0.0001%",
            "--time",
            "60s",
        ])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut lines = BufReader::new(running.stderr.take().expect("a pipe")).lines();
    let first = lines.find(|line| line.as_ref().is_ok_and(|line| line.contains("\"done\":2,")));
    assert!(first.is_some());
    let pid = running.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &pid])
            .status()
            .expect("kill")
            .success()
    );
    let rest: Vec<String> = lines.map_while(Result::ok).collect();
    let ended = running.wait().expect("it ends");
    assert_eq!(ended.code(), Some(130), "{rest:?}");
    let kept = json(&dir.path().join("out/solved.json"));
    assert!(
        kept["plans"]
            .as_array()
            .is_some_and(|plans| plans.len() >= 2),
        "{rest:?}"
    );
    assert!(!dir.path().join("out/partnership.json").exists());
}
