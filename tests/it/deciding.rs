//! Locks, decisions and options of people through the program: exit codes, words, and verification.

use crate::folder::Folder;
use std::process::Command;

/// How a run of the program ended: its exit code, and all it printed.
fn run(verb: &str, folder: &Folder, more: &[&str]) -> (i32, String) {
    let out = folder.path().join("out");
    let mut command = Command::new(env!("CARGO_BIN_EXE_oneroof"));
    command.arg(verb).arg(folder.path());
    match verb {
        "verify" => command.arg(&out),
        _ => command.arg("--out").arg(&out).args(["--only", "json"]),
    };
    let ended = command.args(more).output().expect("the program runs");
    let mut text = String::from_utf8_lossy(&ended.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&ended.stderr));
    (ended.status.code().unwrap_or(-1), text)
}

const HEADER: &str = "id,decision,value,reason,decided_by,body,date,expires,status\n";

/// The six buildings with these decisions.
fn decided(rows: &str) -> Folder {
    let folder = Folder::six();
    folder.write("decisions.csv", &format!("{HEADER}{rows}"));
    folder
}

/// Plans; the exit code must be this one, and every one of these words must be said.
#[track_caller]
fn planned(folder: &Folder, more: &[&str], code: i32, says: &[&str]) {
    let (ended, text) = run("plan", folder, more);
    assert_eq!(ended, code, "{text}");
    for words in says {
        assert!(text.contains(words), "nothing says `{words}`:\n{text}");
    }
}

/// Appraises an option; as [`planned`].
#[track_caller]
fn appraised(rows: &str, code: i32, says: &[&str]) -> Folder {
    let folder = Folder::six();
    folder.write("option.csv", &format!("{HEADER}{rows}"));
    let option = folder.path().join("option.csv");
    let option = option.to_str().expect("a path of plain letters");
    let (ended, text) = run("appraise", &folder, &["--decisions", option]);
    assert_eq!(ended, code, "{text}");
    for words in says {
        assert!(text.contains(words), "nothing says `{words}`:\n{text}");
    }
    folder
}

#[test]
fn a_plan_made_with_locks_of_the_command_line_verifies_with_them() {
    let folder = Folder::six();
    planned(&folder, &["--keep", "C004"], 0, &[]);
    let (code, text) = run("verify", &folder, &[]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("as asked with --keep C004"), "{text}");
}

#[test]
fn the_command_line_overrules_a_decision_for_one_run() {
    let folder = decided("C004,keep,,,,Cabinet,,,\n");
    planned(&folder, &["--dispose", "C004"], 0, &[]);
    assert!(
        folder
            .read("out/plan.json")
            .contains("To be let go: it was decided.")
    );
    assert_eq!(run("verify", &folder, &[]).0, 0);
}

#[test]
fn one_record_named_by_both_flags_is_an_error() {
    let says = ["contradictory-locks", "C003"];
    planned(
        &Folder::six(),
        &["--keep", "C003", "--dispose", "C003"],
        3,
        &says,
    );
}

#[test]
fn a_decision_that_does_not_fit_its_record_is_an_error() {
    let cause = "only a building can be disposed of";
    planned(&Folder::six(), &["--dispose", "lib-east"], 3, &[cause]);
    let cause = "only an occupier can be placed";
    planned(&decided("C003,place_at,C001,,,,,,\n"), &[], 3, &[cause]);
}

#[test]
fn two_bodies_that_disagree_are_named_with_the_price_of_each_side() {
    let folder = decided(
        "C003,keep,,,,Ward members,2026-01-02,,member\n\
         C003,dispose,,,,Cabinet,2026-02-03,,approved\n",
    );
    let says = [
        "conflict: C003: keep (Ward members",
        "against dispose (Cabinet",
        "keep costs the same as the plan",
        "dispose leaves no plan (rule library.two_miles",
    ];
    planned(&folder, &[], 0, &says);
    assert_eq!(run("verify", &folder, &[]).0, 0);
}

#[test]
fn two_bodies_that_disagree_about_a_team_are_no_contradiction() {
    let folder = decided("jc-main,keep,,,,DWP,,,\njc-main,place_at,C001,,,Council,,,\n");
    let says = [
        "conflict: jc-main: keep (DWP",
        "against place_at C001 (Council",
    ];
    planned(&folder, &[], 0, &says);
}

#[test]
fn letting_everything_go_is_told_in_one_sentence() {
    let rows: String = ["C001", "C002", "C003", "C004", "D001", "N001"]
        .iter()
        .map(|id| format!("{id},dispose,,,,Cabinet,,,\n"))
        .collect();
    let says = [
        "all 6 buildings in play are to be let go",
        "Sixtown Jobcentre (jc-main)",
    ];
    planned(&decided(&rows), &[], 4, &says);
}

#[test]
fn a_strict_rule_nobody_can_meet_is_named_with_the_nearest_building() {
    let folder = Folder::six();
    folder.append(
        "place.toml",
        "\n[[access]]\nid = \"library.strict\"\nservice = \"library\"\nrule = \"worst_case\"\n\
         km = 0.5\nstrict = true\n",
    );
    let says = [
        "rule library.strict (everybody within 0.5 km, strict) cannot be kept",
        "Z7 (nearest: Eastfield Library (C003), ",
    ];
    planned(&folder, &[], 4, &says);
}

#[test]
fn a_mean_that_cannot_fall_so_far_is_told_with_the_least_it_can_be() {
    let folder = Folder::six();
    folder.append(
        "place.toml",
        "\n[[access]]\nid = \"library.mean\"\nservice = \"library\"\nrule = \"mean\"\n\
         within_today = -0.8\n",
    );
    let says = [
        "rule library.mean (mean at most 20.0 % of today's) cannot be kept",
        "the mean is",
    ];
    planned(&folder, &[], 4, &says);
}

#[test]
fn a_placing_that_cannot_be_is_told_with_who_decided_it() {
    let folder = decided("jc-main,place_at,C003,,,DWP,,,\n");
    let says = [
        "Sixtown Jobcentre (jc-main) is to be at Eastfield Library (C003)",
        "place_at: DWP",
        "it has no room",
    ];
    planned(&folder, &[], 4, &says);
}

#[test]
fn a_building_to_let_go_that_holds_somebody_immovable_is_told_with_both() {
    let folder = decided("D001,dispose,,,,Cabinet,,,\n");
    folder.replace(
        "place.toml",
        "id = \"jobcentre\"\n",
        "id = \"jobcentre\"\nmovable = false\n",
    );
    let says = [
        "Jobcentre House (D001) is to be let go (dispose: Cabinet",
        "Sixtown Jobcentre (jc-main), which cannot move: Jobcentre does not move",
    ];
    planned(&folder, &[], 4, &says);
}

#[test]
fn a_library_in_the_way_of_a_rule_is_told_with_rule_zones_and_nearest() {
    let says = [
        "rule library.two_miles (95.0 % within 3.2 km) cannot be kept",
        "rule library.nobody_beyond",
        "zones Z6",
    ];
    planned(&Folder::six(), &["--dispose", "C003"], 4, &says);
}

#[test]
fn keeping_every_building_is_a_plan_without_a_gap() {
    let rows: String = ["C001", "C002", "C003", "C004", "D001", "N001"]
        .iter()
        .map(|id| format!("{id},keep,,,,Cabinet,,,\n"))
        .collect();
    planned(&decided(&rows), &[], 0, &["proven: no plan can save more"]);
}

#[test]
fn today_appraised_saves_nothing_and_verifies() {
    let folder = appraised("", 0, &["£0"]);
    assert_eq!(run("verify", &folder, &[]).0, 0);
}

#[test]
fn a_partners_option_is_priced_and_verifies_with_its_decisions() {
    // By hand: C004's lease is left at its break, 0.75 years after the base date, so at the end of
    // year 0; its teams move into the town hall.
    // Saved from year 1: 60,000 + 90,000 + 30,000 + 22 × 400 there, less 25 × 400 more at C001:
    // 178,800 × 16.058 367 603 = 2,871,236.13. Paid in year 1: 20,000 + 100 × 800 = 100,000 ÷ 1.035 =
    // 96,618.36. Paid in year 0: 400 × 700 × 1.24 × 1.12 + 40 × 1,000 = 428,864.
    // 2,871,236.13 − 96,618.36 − 428,864 = 2,345,753.77, each line rounded to the penny.
    let folder = appraised(
        "office-annexe,place_at,C001,,,Partners,,,\n",
        0,
        &["£2,345,754"],
    );
    let (code, text) = run("verify", &folder, &[]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("--decisions"), "{text}");
    let plan = folder.read("out/plan.json");
    assert!(plan.contains("\"saving_gbp\": 2345753.76"));
}

#[test]
fn an_option_that_breaks_a_hard_rule_is_judged_and_says_so() {
    let folder = appraised("lib-east,place_at,C001,,,Partners,,,\n", 0, &["FAILS"]);
    assert!(
        folder
            .read("out/plan.json")
            .contains("\"verdict\": \"fail\"")
    );
    assert_eq!(run("verify", &folder, &[]).0, 0);
}

#[test]
fn an_option_that_cannot_stand_is_refused_and_nothing_is_written() {
    let says = [
        "the plan that was chosen cannot stand",
        "overfull: buildings[C003]",
    ];
    let folder = appraised("jc-main,place_at,C003,,,Partners,,,\n", 6, &says);
    assert!(!folder.path().join("out").exists());
}

#[test]
fn an_expired_option_is_not_applied() {
    let rows = "office-annexe,place_at,C001,,,Partners,,2020-01-01,\n";
    appraised(rows, 0, &["moves none of 6 teams and counters"]);
}

#[test]
fn an_option_about_somebody_unknown_is_bad_input() {
    appraised(
        "nobody,place_at,C001,,,Partners,,,\n",
        3,
        &[
            "unknown-id",
            "ids are those of the registers and of the occupiers",
        ],
    );
}

#[test]
fn an_option_that_leaves_somebody_in_a_building_let_go_is_named() {
    let says = ["Council Annexe (C004)", "say where it goes with place_at"];
    appraised("C004,dispose,,,,Cabinet,,,\n", 4, &says);
}

#[test]
fn a_decision_that_is_not_in_force_is_told_and_not_applied_and_an_unknown_status_is_an_error() {
    for status in ["rejected", "Draft", "withdrawn"] {
        let folder = decided(&format!(
            "C001,dispose,,no,Cabinet,Council,2026-03-01,,{status}\n"
        ));
        let loaded = folder.load();
        assert!(loaded.place.decisions.is_empty(), "{status}");
        assert!(
            loaded
                .findings
                .iter()
                .any(|f| f.code == "decision-not-in-force"),
            "{status}"
        );
    }
    let folder = decided("C001,dispose,,no,Cabinet,Council,2026-03-01,,nodded\n");
    planned(&folder, &[], 3, &["bad-decision", "nodded"]);
}

#[test]
fn one_slip_in_a_date_turns_no_other_date_round() {
    let folder = decided(
        "C001,keep,,yes,Cabinet,Council,02/03/2026,01/05/2026,approved\nC002,keep,,yes,Cabinet,Council,03/13/2026,,approved\n",
    );
    let loaded = folder.load();
    assert!(!loaded.findings.iter().any(|f| f.code == "decision-expired"));
    let first = &loaded.place.decisions[0];
    assert_eq!(
        first.expires.map(|day| day.to_string()).as_deref(),
        Some("2026-05-01")
    );
}
