//! What a committee reads says one thing everywhere: on the screen, in tables, in pictures.

use assert_cmd::cargo::cargo_bin;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// What a run printed, and the folder it wrote.
struct Read {
    screen: String,
    folder: TempDir,
}

impl Read {
    fn file(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join("out").join(name)).expect("it is written")
    }

    /// The rows of a table, by the names of its columns.
    fn rows(&self, name: &str) -> Vec<BTreeMap<String, String>> {
        let text = self.file(name);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let rows = reader.deserialize();
        rows.map(|row| row.expect("a row")).collect()
    }
}

/// Runs a verb on Wyvern.
fn wyvern(verb: &str, more: &[&str]) -> Read {
    let folder = TempDir::new().expect("a temporary folder");
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/wyvern");
    let output = Command::new(cargo_bin("oneroof"))
        .arg(verb)
        .arg(place)
        .arg("--out")
        .arg(folder.path().join("out"))
        .args(more)
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    Read {
        screen: String::from_utf8(output.stdout).expect("UTF-8"),
        folder,
    }
}

fn sum(rows: &[BTreeMap<String, String>], column: &str) -> f64 {
    let cells = rows.iter().map(|row| row[column].as_str());
    cells
        .filter(|cell| !cell.is_empty())
        .map(|cell| cell.parse::<f64>().expect("a number"))
        .sum()
}

/// Whole pounds as the screen prints them.
fn pounds(amount: f64) -> String {
    let digits = format!("{amount:.0}");
    let parts: Vec<&[u8]> = digits.as_bytes().rchunks(3).rev().collect();
    let parts: Vec<&str> = parts
        .iter()
        .filter_map(|p| str::from_utf8(p).ok())
        .collect();
    format!("£{}", parts.join(","))
}

/// The words of a text one blank apart, as if no line had been wrapped.
fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every `<text>` of a picture, one after the other.
fn written(svg: &str) -> String {
    let parts = svg.split("<text").skip(1);
    let inner = parts.filter_map(|part| part.split_once('>')?.1.split_once('<'));
    inner.map(|(words, _)| words).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_one_off_cost_is_one_figure_in_the_same_words_on_the_screen_in_tables_and_in_pictures() {
    let read = wyvern("plan", &["--only", "csv,svg"]);
    let agencies = read.rows("agencies.csv");
    let once = sum(&agencies, "one_off_gbp");
    let (avoided, anyway) = (
        sum(&agencies, "repairs_avoided_gbp"),
        sum(&agencies, "repairs_anyway_gbp"),
    );
    assert!(once > 0.0 && avoided > 0.0 && anyway > 0.0);
    let screen = unwrapped(&read.screen);
    let said = format!(
        "one-off cost {} once; {} of repairs avoided is taken off, {} of repairs needed anyway is left out",
        pounds(once),
        pounds(avoided),
        pounds(anyway)
    );
    assert!(screen.contains(&said), "{said}\n{screen}");
    let actions = read.rows("actions.csv");
    assert!((sum(&actions, "capex_gbp") - once).abs() < 0.01);
    let waiting: Vec<_> = actions
        .into_iter()
        .filter(|row| row["action"] != "outside")
        .collect();
    assert!((sum(&waiting, "repairs_gbp") - avoided - anyway).abs() < 0.01);
    let million = |amount: f64| format!("£{:.2}m", amount / 1e6);
    for picture in ["maps/savings.svg", "maps/agencies.svg"] {
        let words = read.file(picture);
        assert!(words.contains(&million(once)), "{picture}");
        let words = unwrapped(&written(&words));
        if !words.is_empty() {
            for part in [
                format!("{} of repairs avoided is taken off", million(avoided)),
                format!("{} of repairs needed anyway is left out", million(anyway)),
            ] {
                assert!(words.contains(&part), "{part} in {picture}: {words}");
            }
        }
    }
}

#[test]
fn what_is_in_scope_is_the_same_in_a_check_in_quality_csv_and_in_a_plan() {
    let checked = wyvern("check", &[]);
    let planned = wyvern("plan", &["--only", "csv"]);
    let actions: Vec<_> = planned
        .rows("actions.csv")
        .into_iter()
        .filter(|row| row["action"] != "outside")
        .collect();
    let floor = sum(&actions, "usable_m2");
    let quality = checked.rows("quality.csv");
    let scope = quality
        .iter()
        .find(|row| row["code"] == "scope" && row["cell"] == "candidate")
        .expect("what is in scope is said");
    let running = scope["cause"]
        .split_once(" m² usable, ")
        .and_then(|(_, rest)| rest.split_once(" a year"))
        .expect("its running cost is said")
        .0
        .to_owned();
    let area = pounds(floor).replace('£', "");
    assert!(scope["cause"].contains(&format!("{area} m² usable")));
    let check = unwrapped(&checked.screen);
    assert!(check.contains(&format!(
        "candidate {area} m² usable {running} a year to run"
    )));
    assert!(check.contains(&format!("running cost in scope {running} a year")));
    assert!(unwrapped(&planned.screen).contains(&format!("from {running} today")));
}

#[test]
fn words_about_money_are_grouped_and_nothing_is_counted_as_one_of_several() {
    let read = wyvern("check", &[]);
    for name in ["quality.csv", "data_request.csv"] {
        for row in read.rows(name) {
            for words in row.values() {
                assert!(!has_long_run_after_pound(words), "{name}: {words}");
                for several in ["buildings", "occupiers", "zones", "rows"] {
                    assert!(
                        !format!(" {words}").contains(&format!(" 1 {several}")),
                        "{words}"
                    );
                }
            }
        }
    }
    assert!(!has_long_run_after_pound(&read.screen), "{}", read.screen);
    let assumed = wyvern("plan", &["--only", "csv"]).file("assumptions.csv");
    assert!(!has_long_run_after_pound(&assumed), "{assumed}");
    for part in ["\"£1,050/m²\"", "15 % of fit-out", "1 year,"] {
        assert!(assumed.contains(part), "{part} in {assumed}");
    }
}

/// Whether more than three digits follow a pound sign in one run.
fn has_long_run_after_pound(text: &str) -> bool {
    text.split('£').skip(1).any(|rest| {
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        digits > 3
    })
}

#[test]
fn what_to_ask_for_is_ordered_by_how_much_money_leans_on_it() {
    let read = wyvern("check", &[]);
    let asked = read.rows("data_request.csv");
    assert!(asked.len() >= 2);
    let leans: Vec<f64> = asked
        .iter()
        .map(|row| row["leans_gbp"].parse().expect("a number"))
        .collect();
    assert!(leans.is_sorted_by(|one, next| one >= next), "{leans:?}");
    let ranks: Vec<usize> = asked
        .iter()
        .map(|row| row["rank"].parse().expect("a number"))
        .collect();
    assert_eq!(ranks, (1..=asked.len()).collect::<Vec<_>>());
}

#[test]
fn a_committee_sees_beside_each_action_who_decided_it_when_and_why() {
    let read = wyvern("plan", &["--only", "csv,geojson"]);
    let actions = read.rows("actions.csv");
    let court = actions.iter().find(|row| row["asset_id"] == "CC00040");
    let decision = &court.expect("it is listed")["decision"];
    for part in [
        "dispose: Declared surplus",
        "Cabinet, minute 41",
        "2025-12-09",
        "approved",
    ] {
        assert!(decision.contains(part), "{part} in {decision}");
    }
    assert!(
        read.file("buildings.geojson")
            .contains("Cabinet, minute 41")
    );
    // A decision that has expired is not why anything happens.
    let surgery = actions.iter().find(|row| row["asset_id"] == "RWX00010");
    assert_eq!(surgery.expect("it is listed")["decision"], "");
}

#[test]
fn recharges_cancel_out_over_the_agencies_in_present_value_too() {
    let read = wyvern("plan", &["--only", "csv"]);
    let agencies = read.rows("agencies.csv");
    assert!(sum(&agencies, "recharge_npv_gbp").abs() < 0.1);
    assert!(sum(&agencies, "recharge_net_gbp").abs() < 0.1);
}

#[test]
fn a_bound_that_is_the_solvers_word_is_called_so_in_the_paper_and_only_then() {
    let read = wyvern("plan", &[]);
    let certificate: serde_json::Value =
        serde_json::from_str(&read.file("certificate.json")).expect("JSON");
    let by_solver = certificate["bound_source"] == "solver_tree";
    let said = unwrapped(&read.file("report.md")).contains("the solver's word is taken");
    assert_eq!(said, by_solver, "{certificate}");
}
