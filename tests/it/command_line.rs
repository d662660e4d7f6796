//! The program as people and scripts meet it: what is printed where, and the code it ends with.

use crate::folder::Folder;
use assert_cmd::cargo::cargo_bin;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// How a run ended.
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Ran {
    /// Asserts the exit code; a failure shows both streams.
    fn ends(self, code: i32) -> Self {
        assert_eq!(
            self.code,
            Some(code),
            "--- stdout\n{}\n--- stderr\n{}",
            self.out,
            self.err
        );
        self
    }

    /// Asserts that stderr says all of this.
    fn says(self, parts: &[&str]) -> Self {
        for part in parts {
            assert!(
                self.err.contains(part),
                "`{part}` is missing in\n{}",
                self.err
            );
        }
        self
    }

    /// Asserts that the last line of stderr is a hint.
    fn hints(self) -> Self {
        let last = self.err.trim_end().lines().last().unwrap_or_default();
        assert!(last.starts_with("hint: "), "no hint last in\n{}", self.err);
        self
    }

    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|fault| panic!("{fault}: stdout is not JSON alone:\n{}", self.out))
    }
}

fn program(folder: &Path) -> Command {
    let mut command = Command::new(cargo_bin("oneroof"));
    command.current_dir(folder).env_remove("NO_COLOR");
    command
}

fn oneroof(folder: &Path, arguments: &[&str]) -> Ran {
    let output = program(folder)
        .args(arguments)
        .output()
        .expect("the program runs");
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
        err: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
    }
}

/// The six-building place as `place`, in a folder of its own.
fn six() -> (TempDir, Folder) {
    let place = Folder::six();
    let dir = TempDir::new().expect("a temporary folder");
    std::os::unix::fs::symlink(place.path(), dir.path().join("place")).expect("a link");
    (dir, place)
}

const QUICK: [&str; 4] = ["--only", "json", "--time", "20"];

fn plan(folder: &Path, more: &[&str]) -> Ran {
    let mut arguments = vec!["plan", "place", "--out", "plan"];
    arguments.extend(QUICK);
    arguments.extend(more);
    oneroof(folder, &arguments)
}

// ---- exit codes ---------------------------------------------------------------------------------

#[test]
fn a_plan_within_its_gap_ends_with_0_and_verifies() {
    let (dir, _place) = six();
    let ran = plan(dir.path(), &[]).ends(0).hints();
    assert!(ran.out.starts_with("Six, base date 2026-04-01\n"));
    assert!(!ran.out.contains("hint:"));
    let ran = oneroof(dir.path(), &["verify", "place", "plan"]).ends(0);
    assert!(
        ran.out
            .starts_with("verified: 6 buildings, 6 occupiers, 3 access rules")
    );
    assert_eq!(ran.err, "");
    oneroof(dir.path(), &["verify", "place", "plan/plan.json"]).ends(0);
}

#[test]
fn a_command_line_that_makes_no_sense_ends_with_2() {
    let (dir, _place) = six();
    for arguments in [
        &[][..],
        &["plann", "place"],
        &["plan", "place"],
        &["plan", "place", "--out", "plan", "--gap", "5"],
        &["plan", "place", "--out", "plan", "--time", "0"],
        &["plan", "place", "--out", "plan", "--only", "docx"],
        &["plan", "place", "--out", "plan", "--audience", "everyone"],
        &[
            "plan",
            "place",
            "--out",
            "plan",
            "--audience",
            "agency:polise",
        ],
        &["plan", "place", "--out", "plan", "--objective", "beauty"],
        &["demo", "--size", "continent", "demo"],
        &["verify", "place", "nowhere"],
        &["verify", "place", "place"],
        &["completions", "cobol"],
    ] {
        let ran = oneroof(dir.path(), arguments).ends(2);
        assert_eq!(ran.out, "", "{arguments:?}");
        assert!(
            ran.err.contains("error: ") || ran.err.contains("Usage:"),
            "{arguments:?}"
        );
    }
    assert!(!dir.path().join("plan").exists());
}

#[test]
fn a_folder_of_somebody_elses_is_refused_before_any_work() {
    let (dir, place) = six();
    let theirs = dir.path().join("plan");
    fs::create_dir(&theirs).expect("a folder");
    fs::write(theirs.join("minutes.txt"), "of the board").expect("a file");
    // Were the place read first, this would be bad input.
    place.append("place.toml", "\nnonsense = true\n");
    plan(dir.path(), &[]).ends(2).says(&["plan: "]).hints();
    oneroof(dir.path(), &["new", "plan"]).ends(2).hints();
    oneroof(dir.path(), &["demo", "plan"]).ends(2).hints();
    let kept = fs::read_to_string(theirs.join("minutes.txt")).expect("it is still there");
    assert_eq!(kept, "of the board");
}

/// A place with five errors in two files.
fn six_with_errors() -> (TempDir, Folder) {
    let (dir, place) = six();
    let jobcentre = "id = \"jobcentre.three_miles\"\nservice = \"jobcentre\"";
    place
        .replace("place.toml", "share = 0.95", "share = 95")
        .replace("place.toml", "km = 4.8", "km = -4.8")
        .replace(
            "place.toml",
            jobcentre,
            &jobcentre.replace("= \"jobcentre\"", "= \"jobcenter\""),
        )
        .write("decisions.csv", "id,decision\nC0044,keep\nAtlantis,keep\n");
    (dir, place)
}

#[test]
fn bad_input_ends_with_3_and_every_error_is_shown_at_once() {
    let (dir, _place) = six_with_errors();
    for verb in [&["check", "place"][..], &["plan", "place", "--out", "plan"]] {
        oneroof(dir.path(), verb).ends(3).hints().says(&[
            "error[unknown-id] decisions.csv:record 1 (line 2), column id: \"C0044\"",
            "did you mean `C004`?",
            "error[unknown-id] decisions.csv:record 2 (line 3), column id: \"Atlantis\"",
            "such as `C001`, `C002`, `C003`",
            "error[bad-rule] place.toml:60, column access[0].share",
            "95 % is 0.95",
            "error[unknown-service] place.toml:72, column access[2].service",
            "did you mean `jobcentre`?",
            "error[bad-rule] place.toml:74, column access[2].km",
            "5 errors in the input",
        ]);
    }
    assert!(!dir.path().join("plan").exists());
}

#[test]
fn a_place_that_is_not_there_is_bad_input() {
    let (dir, _place) = six();
    oneroof(dir.path(), &["check", "plaec"])
        .ends(3)
        .hints()
        .says(&["plaec"]);
    oneroof(dir.path(), &["check", "place", "--data", "nowhere"])
        .ends(3)
        .hints()
        .says(&["nowhere is not a folder"]);
}

#[test]
fn bad_input_is_json_for_those_who_ask_for_json() {
    let (dir, _place) = six_with_errors();
    let ran = oneroof(dir.path(), &["check", "place", "--json"]).ends(3);
    let found = ran.json();
    let errors: Vec<_> = found["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|finding| finding["severity"] == "error")
        .collect();
    assert_eq!(errors.len(), 5);
    assert!(errors.iter().any(|error| error["code"] == "unknown-id"
        && error["row"]["file"] == "decisions.csv"
        && error["cell"] == "C0044"));
}

#[test]
fn limits_that_no_plan_keeps_end_with_4_and_are_named() {
    let (dir, place) = six();
    place.replace(
        "place.toml",
        "rule = \"worst_case\"\nkm = 4.0",
        "rule = \"worst_case\"\nkm = 0.2\nstrict = true",
    );
    plan(dir.path(), &[])
        .ends(4)
        .hints()
        .says(&["no plan can keep the hard limits", "library.nobody_beyond"]);
    assert!(!dir.path().join("plan").exists());
}

#[test]
fn a_plan_whose_gap_is_left_open_ends_with_5_and_is_written() {
    let dir = TempDir::new().expect("a temporary folder");
    oneroof(
        dir.path(),
        &["demo", "--size", "county", "--seed", "2", "place"],
    )
    .ends(0);
    let arguments = ["plan", "place", "--out", "plan", "--only", "json"];
    oneroof(
        dir.path(),
        &[&arguments[..], &["--gap", "0", "--time", "0.5"]].concat(),
    )
    .ends(5)
    .hints()
    .says(&["stopped at the time limit", "0.00 % was asked for"]);
    oneroof(dir.path(), &["verify", "place", "plan"]).ends(0);
}

#[test]
fn a_figure_that_was_altered_ends_with_6_and_is_named() {
    let (dir, _place) = six();
    plan(dir.path(), &[]).ends(0);
    let file = dir.path().join("plan/plan.json");
    let text = fs::read_to_string(&file).expect("the plan is there");
    let mut altered: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    let saving = altered["saving_gbp"].as_f64().expect("a number");
    altered["saving_gbp"] = (saving + 1_000.0).into();
    fs::write(&file, altered.to_string()).expect("a file");
    let ran = oneroof(dir.path(), &["verify", "place", "plan"])
        .ends(6)
        .hints()
        .says(&["saving_gbp"]);
    assert_eq!(ran.out, "");
    let ran = oneroof(dir.path(), &["verify", "place", "plan", "--json"]).ends(6);
    assert!(!ran.json().as_array().expect("a list").is_empty());
}

#[test]
fn an_interrupt_during_the_search_keeps_the_best_plan_so_far() {
    let dir = TempDir::new().expect("a temporary folder");
    oneroof(
        dir.path(),
        &["demo", "--size", "county", "--seed", "3", "place"],
    )
    .ends(0);
    let child = program(dir.path())
        .args(["plan", "place", "--out", "plan", "--only", "json"])
        .args(["--gap", "0", "--time", "1h"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    // The search listens for the signal from its first moment; before it, the place is being read.
    wait_until_it_listens(child.id());
    interrupt(child.id());
    let output = child.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(5), "{said}");
    assert!(said.contains("interrupted"), "{said}");
    oneroof(dir.path(), &["verify", "place", "plan"]).ends(0);
}

/// Waits until a process catches the interrupt signal: bit 1 of the signals its status says it catches.
fn wait_until_it_listens(process: u32) {
    let status = format!("/proc/{process}/status");
    for _ in 0..1_200 {
        let said = fs::read_to_string(&status).expect("the system tells of its processes");
        let caught = said.lines().find_map(|line| line.strip_prefix("SigCgt:"));
        let caught = caught.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
        if caught.is_some_and(|mask| mask & 0b10 != 0) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("it does not listen for the interrupt key after a minute");
}

fn interrupt(process: u32) {
    let sent = Command::new("kill")
        .args(["-INT", &process.to_string()])
        .status()
        .expect("kill runs");
    assert!(sent.success());
}

#[test]
fn the_exit_codes_are_in_the_help() {
    let dir = TempDir::new().expect("a temporary folder");
    let help = oneroof(dir.path(), &["--help"]).ends(0).out;
    for (code, meaning) in oneroof::cli::exit::TABLE {
        assert!(help.contains(&format!("{code:>3}  {meaning}")), "{help}");
    }
}

// ---- streams ------------------------------------------------------------------------------------

#[test]
fn json_is_all_that_stdout_holds() {
    let (dir, place) = six();
    let checked = oneroof(dir.path(), &["check", "place", "--json"])
        .ends(0)
        .json();
    assert_eq!(checked["buildings"], 6);
    let planned = plan(dir.path(), &["--json"]).ends(0).json();
    assert_eq!(planned["status"], "within_gap");
    let verified = oneroof(dir.path(), &["verify", "place", "plan", "--json"]).ends(0);
    assert_eq!(verified.json(), serde_json::json!([]));
    place.write("today.csv", "id,decision,value\n");
    let judged = oneroof(
        dir.path(),
        &[
            "appraise",
            "place",
            "--decisions",
            "place/today.csv",
            "--out",
            "today",
            "--only",
            "json",
            "--json",
        ],
    )
    .ends(0)
    .json();
    assert_eq!(judged["status"], "appraised");
    assert_eq!(judged["saving_gbp"], 0.0);
}

#[test]
fn nothing_is_coloured_and_no_line_moves_where_nobody_watches() {
    let (dir, _place) = six();
    let ran = plan(dir.path(), &[]).ends(0);
    for text in [&ran.out, &ran.err] {
        assert!(!text.contains('\u{1b}') && !text.contains('\r'), "{text:?}");
    }
    let ran = oneroof(dir.path(), &["plan", "place", "--gap"]).ends(2);
    assert!(!ran.err.contains('\u{1b}'), "{:?}", ran.err);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_fault() {
    let (dir, _place) = six();
    for arguments in [
        &["schema"][..],
        &["man"],
        &["completions", "bash"],
        &["check", "place", "--json"],
    ] {
        let mut child = program(dir.path())
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut first = String::new();
        let mut reader = BufReader::with_capacity(16, child.stdout.take().expect("a pipe"));
        reader.read_line(&mut first).expect("a line");
        drop(reader);
        let mut said = String::new();
        let mut stderr = child.stderr.take().expect("a pipe");
        stderr.read_to_string(&mut said).expect("UTF-8");
        let ended = child.wait().expect("it ends");
        assert_eq!(ended.code(), Some(0), "{arguments:?}: {said}");
        assert!(!said.contains("panicked"), "{arguments:?}: {said}");
    }
}

// ---- options ------------------------------------------------------------------------------------

#[test]
fn time_and_gap_are_read_as_people_write_them() {
    let (dir, _place) = six();
    for (time, gap) in [("20", "0.005"), ("20s", "0.5%"), ("5m", "1 %")] {
        let gap = format!("--gap={gap}");
        let arguments = [
            "plan", "place", "--out", "plan", "--only", "json", "--time", time, &gap,
        ];
        oneroof(dir.path(), &arguments).ends(0);
    }
}

#[test]
fn only_what_is_asked_for_is_written() {
    let (dir, _place) = six();
    let written = |only: &str| {
        oneroof(
            dir.path(),
            &["plan", "place", "--out", "plan", "--only", only],
        )
        .ends(0);
        let mut names: Vec<String> = fs::read_dir(dir.path().join("plan"))
            .expect("the folder is there")
            .map(|entry| {
                entry
                    .expect("an entry")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            // What every folder says about itself is in each of them.
            .filter(|name| !name.starts_with('.') && name != "about.txt")
            .collect();
        names.sort();
        names
    };
    assert_eq!(written("json"), ["certificate.json", "plan.json"]);
    let layers = written("json,geojson");
    assert!(layers.contains(&"buildings.geojson".to_owned()));
    assert!(
        !layers
            .iter()
            .any(|name| name.ends_with(".csv") || name.ends_with(".gpkg"))
    );
    // Of the pictures' folder only what shows the layers.
    let maps = fs::read_dir(dir.path().join("plan/maps")).expect("the folder is there");
    assert!(maps.flatten().all(|entry| entry.file_name() == "styles"));
    assert_eq!(written("maps"), ["maps", "plan.json"]);
}

#[test]
fn a_building_may_be_kept_or_let_go_from_the_command_line() {
    let (dir, _place) = six();
    let action = |building: &str, more: &[&str]| {
        plan(dir.path(), more).ends(0);
        let text = fs::read_to_string(dir.path().join("plan/plan.json")).expect("the plan");
        let plan: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let buildings = plan["buildings"].as_array().expect("a list");
        let found = buildings.iter().find(|one| one["asset_id"] == building);
        found.expect("the building")["action"].clone()
    };
    assert_eq!(action("N001", &[]), "sell");
    assert_eq!(action("N001", &["--keep", "N001"]), "retain");
    assert_eq!(action("N001", &["--keep", "building:n001"]), "retain");
    assert_eq!(action("C004", &[]), "host");
    assert_eq!(action("C004", &["--dispose", "C004"]), "release_lease");
}

#[test]
fn an_id_that_nobody_knows_is_met_with_the_nearest_one() {
    let (dir, _place) = six();
    plan(dir.path(), &["--keep", "C0044", "--dispose", "Atlantis"])
        .ends(3)
        .hints()
        .says(&[
            "--keep",
            "C0044",
            "did you mean `C004`?",
            "--dispose",
            "Atlantis",
        ]);
}

#[test]
fn an_id_of_a_building_and_an_occupier_needs_its_kind() {
    let (dir, place) = six();
    place.replace("occupiers.csv", "office-nhs,", "N001,");
    plan(dir.path(), &["--keep", "n001"])
        .ends(3)
        .says(&["ambiguous-id", "`building:n001` or `occupier:n001`"]);
    plan(dir.path(), &["--keep", "building:N001"]).ends(0);
    plan(dir.path(), &["--keep", "occupier:N001"]).ends(0);
    // Only a building can be let go.
    plan(dir.path(), &["--dispose", "N001"]).ends(0);
}

#[test]
fn an_occupier_is_not_disposed_of() {
    let (dir, _place) = six();
    plan(dir.path(), &["--dispose", "lib-east"])
        .ends(3)
        .hints()
        .says(&["lib-east", "only a building can be disposed of"]);
}

#[test]
fn a_table_that_is_mostly_set_aside_shows_the_first_of_its_rows() {
    let (dir, place) = six();
    let table = place
        .read("occupiers.csv")
        .replace("_office,C", "_office,K");
    place.write("occupiers.csv", &table.replace("library,C", "library,K"));
    oneroof(dir.path(), &["check", "place", "--out", "found"])
        .ends(3)
        .hints()
        .says(&[
            "error[table-mostly-rejected] occupiers.csv",
            "reject[unknown-building] occupiers.csv:record 1 (line 2)",
            "did you mean `C002`?",
            "hint: every finding is in found/quality.csv",
        ]);
    assert!(dir.path().join("found/quality.csv").exists());
}

#[test]
fn the_tables_may_be_somewhere_else() {
    let (dir, place) = six();
    let apart = dir.path().join("apart");
    fs::create_dir(&apart).expect("a folder");
    fs::write(apart.join("place.toml"), place.read("place.toml")).expect("a file");
    oneroof(dir.path(), &["check", "apart"]).ends(3);
    oneroof(dir.path(), &["check", "apart", "--data", "place"]).ends(0);
    oneroof(
        dir.path(),
        &["check", "apart/place.toml", "--data", "place"],
    )
    .ends(0);
}

// ---- small verbs --------------------------------------------------------------------------------

#[test]
fn a_new_place_checks_and_plans_as_it_is() {
    let dir = TempDir::new().expect("a temporary folder");
    let ran = oneroof(dir.path(), &["new", "place"]).ends(0).hints();
    assert_eq!(ran.out.lines().count(), 5);
    let ran = oneroof(dir.path(), &["check", "place"]).ends(0);
    assert!(!ran.out.contains("error"), "{}", ran.out);
    plan(dir.path(), &[]).ends(0);
    oneroof(dir.path(), &["verify", "place", "plan"]).ends(0);
}

#[test]
fn every_verb_is_in_the_manual_and_in_the_completions() {
    let dir = TempDir::new().expect("a temporary folder");
    let manual = oneroof(dir.path(), &["man"]).ends(0).out;
    let verbs = [
        "new",
        "check",
        "plan",
        "verify",
        "appraise",
        "demo",
        "schema",
        "completions",
        "man",
    ];
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = oneroof(dir.path(), &["completions", shell]).ends(0).out;
        for verb in verbs {
            assert!(script.contains(verb), "{shell} knows no {verb}");
            assert!(manual.contains(verb), "the manual knows no {verb}");
        }
    }
}

#[test]
fn the_rule_packs_are_listed_with_their_sources_and_each_is_printed() {
    let dir = TempDir::new().expect("a temporary folder");
    let listed = oneroof(dir.path(), &["packs"]).ends(0).out;
    for told in ["post_office", "access_to_cash", "2023", "minimum_counters"] {
        assert!(listed.contains(told), "{listed}");
    }
    let one = oneroof(dir.path(), &["packs", "post_office"]).ends(0).out;
    assert!(one.contains("[[access]]"), "{one}");
    oneroof(dir.path(), &["packs", "post_ofice"]).ends(2);
}

#[test]
fn the_schemas_that_are_checked_in_are_those_of_today() {
    let dir = TempDir::new().expect("a temporary folder");
    for of in ["place", "plan", "siting", "siting-answer", "partnership"] {
        let today = oneroof(dir.path(), &["schema", of]).ends(0).out;
        let file = format!("src/cli/schemas/{of}.schema.json");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&file);
        let committed = fs::read_to_string(path).unwrap_or_default();
        assert!(
            committed == today,
            "{file} is not current: `oneroof schema {of} > {file}` writes it again"
        );
    }
}

#[test]
fn a_bound_follows_from_its_multipliers_or_is_a_disagreement_or_is_said_to_be_unchecked() {
    let dir = TempDir::new().expect("a temporary folder");
    let run = |arguments: &[&str]| oneroof(dir.path(), arguments);
    run(&["demo", "town"]).ends(0);
    // The dual alone reaches a gap as wide as this.
    let wide = ["--gap", "100%", "--only", "json", "--out", "plan"];
    run(&[&["plan", "town"][..], &wide].concat()).ends(0);
    let verified = run(&["verify", "town", "plan"]).ends(0);
    assert!(
        verified.out.contains("follows from certificate.json"),
        "{}",
        verified.out
    );
    let file = dir.path().join("plan/certificate.json");
    let text = fs::read_to_string(&file).expect("a certificate");
    let mut forged: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let items = forged["multipliers"]["items"]
        .as_array_mut()
        .expect("multipliers");
    items.fill(0.0.into());
    fs::write(&file, forged.to_string()).expect("written");
    run(&["verify", "town", "plan"])
        .ends(6)
        .says(&["bound-differs", "bound"]);
    fs::remove_file(&file).expect("removed");
    let alone = run(&["verify", "town", "plan"]).ends(0);
    assert!(alone.out.contains("is not checked"), "{}", alone.out);
}
