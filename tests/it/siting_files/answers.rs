//! Answers: what they prove, how they are checked, and what they may replace.

use super::solve;
use assert_cmd::cargo::cargo_bin;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

const HALL: &str = r#"{"sites": [{"name": "hall", "fixed_cost": 10}, {"name": "annexe", "fixed_cost": 4}],
    "items": [{"name": "library"}],
    "placements": [{"item": 0, "site": 0}, {"item": 0, "site": 1, "cost": 3}]}"#;

/// Two rooms and an office that shares one of them: too little for the exact engines of classical problems.
const ROOMS: &str = r#"{"sites": [{"name": "A", "fixed_cost": 5, "capacities": [3]}, {"name": "B", "fixed_cost": 2, "capacities": [1]}],
    "items": [{"name": "x"}, {"name": "y"}],
    "placements": [{"item": 0, "site": 0, "cost": 1, "uses": [1]}, {"item": 1, "site": 0, "cost": 1, "uses": [1]},
        {"item": 0, "site": 1, "cost": 4, "uses": [1]}, {"item": 1, "site": 1, "cost": 1, "uses": [1]}]"#;

fn answer(folder: &Path) -> Value {
    let text = fs::read_to_string(folder.join("answer.json")).expect("an answer");
    serde_json::from_str(&text).expect("JSON")
}

fn verify(folder: &Path) -> Output {
    Command::new(cargo_bin("oneroof"))
        .current_dir(folder)
        .args(["verify", "problem.json", "answer.json"])
        .output()
        .expect("the program runs")
}

fn said(ran: &Output) -> String {
    String::from_utf8_lossy(&[ran.stdout.clone(), ran.stderr.clone()].concat()).into_owned()
}

#[test]
fn a_small_answer_has_a_certificate_and_is_verified() {
    let dir = TempDir::new().expect("a temporary folder");
    for problem in [HALL.to_owned(), format!("{ROOMS}}}")] {
        assert_eq!(solve(dir.path(), &problem).status.code(), Some(0));
        let found = answer(dir.path());
        assert!(found["certificate"]["bound"].is_number(), "{found}");
        let proofs = found["proofs"].as_array().expect("a list");
        assert!(proofs.iter().all(|proof| proof != "best_found"), "{found}");
        let checked = verify(dir.path());
        assert_eq!(checked.status.code(), Some(0), "{}", said(&checked));
        assert!(
            said(&checked).contains("certificate alone"),
            "{}",
            said(&checked)
        );
    }
}

/// A forgery, and what it is found out by.
type Change<'a> = &'a dyn Fn(&mut Value);

#[test]
fn an_answer_that_was_changed_is_not_verified() {
    let dir = TempDir::new().expect("a temporary folder");
    solve(dir.path(), &format!("{ROOMS}}}"));
    let good = answer(dir.path());
    let changes: [(&str, Change); 7] = [
        ("value", &|found| found["value"] = 6.5.into()),
        ("is closed", &|found| {
            found["solution"]["open"] = serde_json::json!([false, false])
        }),
        ("above the value", &|found| found["bound"] = 99.0.into()),
        ("certificate", &|found| {
            found["certificate"]["bound"] = 70.0.into()
        }),
        ("there is no bound", &|found| {
            found["bound"] = Value::Null;
            found["bound_source"] = "none".into();
            found["certificate"] = Value::Null;
        }),
        ("called optimal", &|found| {
            found["bound"] = (found["value"].as_f64().expect("a number") - 1.0).into()
        }),
        ("has no place", &|found| {
            found["solution"]["chosen"] = serde_json::json!([]);
            found["solution"]["shares"] = serde_json::json!([]);
        }),
    ];
    for (told, change) in changes {
        let mut forged = good.clone();
        change(&mut forged);
        fs::write(dir.path().join("answer.json"), forged.to_string()).expect("written");
        let checked = verify(dir.path());
        let words = said(&checked);
        let told = if told == "is closed" { "closed" } else { told };
        assert_eq!(checked.status.code(), Some(6), "{told}: {words}");
        assert!(words.contains(told), "{told} is missing in\n{words}");
    }
}

#[test]
fn only_an_earlier_answer_is_replaced() {
    let dir = TempDir::new().expect("a temporary folder");
    fs::write(dir.path().join("problem.json"), HALL).expect("written");
    let run = |out: &str| {
        let ran = Command::new(cargo_bin("oneroof"))
            .current_dir(dir.path())
            .args(["locate", "--siting", "problem.json", "--out", out])
            .output();
        ran.expect("the program runs")
    };
    fs::write(dir.path().join("thesis.txt"), "my thesis").expect("written");
    let refused = run("thesis.txt");
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    let kept = fs::read_to_string(dir.path().join("thesis.txt")).expect("it is there");
    assert_eq!(kept, "my thesis");
    assert_eq!(run("answer.json").status.code(), Some(0));
    assert_eq!(run("answer.json").status.code(), Some(0));
}

#[test]
fn a_start_that_breaks_a_limit_is_told() {
    let dir = TempDir::new().expect("a temporary folder");
    let ran = solve(
        dir.path(),
        &format!(r#"{ROOMS}, "start": [2, 3], "price_per_change": 1}}"#),
    );
    assert_eq!(ran.status.code(), Some(0), "{}", said(&ran));
    assert!(
        said(&ran).contains("the start is not used"),
        "{}",
        said(&ran)
    );
    assert!(said(&ran).contains("over its capacity"), "{}", said(&ran));
    let ran = solve(
        dir.path(),
        &format!(r#"{ROOMS}, "start": [0, 1], "price_per_change": 1}}"#),
    );
    assert!(!said(&ran).contains("the start"), "{}", said(&ran));
}

#[test]
fn json_with_a_mark_or_in_utf_16_is_read() {
    let dir = TempDir::new().expect("a temporary folder");
    let wide: Vec<u8> = format!("\u{feff}{HALL}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for bytes in [format!("\u{feff}{HALL}").into_bytes(), wide] {
        fs::write(dir.path().join("problem.json"), bytes).expect("written");
        let ran = Command::new(cargo_bin("oneroof"))
            .current_dir(dir.path())
            .args(["locate", "--siting", "problem.json", "--out", "answer.json"])
            .output()
            .expect("the program runs");
        assert_eq!(ran.status.code(), Some(0), "{}", said(&ran));
    }
}

#[test]
fn numbers_that_cannot_be_added_up_are_refused_by_name() {
    let dir = TempDir::new().expect("a temporary folder");
    let full = format!("{ROOMS}}}");
    for (problem, code, told) in [
        (
            full.replace("\"fixed_cost\": 5", "\"fixed_cost\": 1e308"),
            "siting-invalid",
            "site \"A\": its fixed cost is 1e308",
        ),
        (
            full.replace("\"fixed_cost\": 5", "\"fixed_cost\": NaN"),
            "json-broken",
            "sites[0].fixed_cost",
        ),
        (
            full.replace("\"site\": 1", "\"site\": 7"),
            "siting-invalid",
            "site 7 does not exist",
        ),
        (
            full.replace("\"cost\": 4, \"uses\": [1]", "\"cost\": 4, \"uses\": []"),
            "siting-invalid",
            "0 uses, and its site 1 capacity",
        ),
    ] {
        let ran = solve(dir.path(), &problem);
        assert_eq!(ran.status.code(), Some(3), "{}", said(&ran));
        assert!(
            said(&ran).contains(code) && said(&ran).contains(told),
            "{told}: {}",
            said(&ran)
        );
    }
    // As good as boundless.
    let roomy = full.replace("\"capacities\": [3]", "\"capacities\": [1e308]");
    assert_eq!(solve(dir.path(), &roomy).status.code(), Some(0));
}
