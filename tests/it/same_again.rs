//! The same question has the same answer, byte for byte, on one core and on all of them.

use assert_cmd::cargo::cargo_bin;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// Runs the program on the cores named, and returns a file it wrote without what is volatile.
fn written(cores: Option<&str>, folder: &Path, arguments: &str, file: &str) -> Value {
    let program = cargo_bin("oneroof");
    let mut command = match cores {
        Some(cores) => {
            let mut pinned = Command::new("taskset");
            pinned.args(["-c", cores]).arg(program);
            pinned
        }
        None => Command::new(program),
    };
    let ran = command
        .current_dir(folder)
        .args(arguments.split_whitespace())
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(0), "{arguments}: {said}");
    let text = fs::read_to_string(folder.join(file)).expect("it was written");
    let mut value: Value = serde_json::from_str(&text).expect("JSON");
    for volatile in ["run", "seconds"] {
        value.as_object_mut().expect("an object").remove(volatile);
    }
    value
}

fn has_taskset() -> bool {
    let has = Command::new("taskset").arg("--version").output().is_ok();
    if !has {
        println!("SKIPPED: taskset is not installed");
    }
    has
}

fn demo(size: &str, seed: u32) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    let made = Command::new(cargo_bin("oneroof"))
        .current_dir(&folder)
        .args(["demo", "--size", size, "--seed", &seed.to_string(), "place"])
        .status();
    assert!(made.expect("the program runs").success());
    folder
}

#[test]
fn a_county_is_planned_the_same_on_one_core_and_on_two() {
    if !has_taskset() {
        return;
    }
    let folder = demo("county", 2);
    let plan = |out: &str| format!("plan place --gap 1.5% --time 10m --only json --out {out}");
    let one = written(Some("0"), folder.path(), &plan("one"), "one/plan.json");
    let all = written(None, folder.path(), &plan("all"), "all/plan.json");
    assert!(one == all, "two plans differ");
    let prices = |out: &str| fs::read(folder.path().join(out)).expect("a certificate");
    assert!(prices("one/certificate.json") == prices("all/certificate.json"));
}

#[test]
fn a_town_is_planned_the_same_after_so_many_rounds() {
    if !has_taskset() {
        return;
    }
    let folder = demo("town", 3);
    let plan =
        |out: &str| format!("plan place --gap 5% --rounds 4 --time 10m --only json --out {out}");
    let one = written(Some("0"), folder.path(), &plan("one"), "one/plan.json");
    let all = written(None, folder.path(), &plan("all"), "all/plan.json");
    assert!(one == all, "two plans differ");
}
