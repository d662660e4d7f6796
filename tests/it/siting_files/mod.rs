//! The optimiser's own problem as a file: every feature of it against an enumeration that reads nothing but the file,
//! and every fault of it by name.

mod answers;
mod enumeration;
mod faults;

use assert_cmd::cargo::cargo_bin;
use enumeration::{Choice, cost, least, list, number, positions};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

/// Solves `problem.json` of a folder into `answer.json`.
fn solve(folder: &Path, problem: &str) -> Output {
    fs::write(folder.join("problem.json"), problem).expect("written");
    let _ = fs::remove_file(folder.join("answer.json"));
    Command::new(cargo_bin("oneroof"))
        .current_dir(folder)
        .args("locate --siting problem.json --out answer.json --time 5m".split(' '))
        .output()
        .expect("the program runs")
}

/// Numbers by chance, the same for the same seed.
struct Chance(u64);

impl Chance {
    /// A whole number from `least` to `most`.
    fn of(&mut self, least: i64, most: i64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        least + ((self.0 >> 33) % (most - least + 1) as u64) as i64
    }
}

/// Three sites with a cost; four items, each at home at two of them in turn.
fn plain(chance: &mut Chance) -> Value {
    let site = |at: usize, cost: i64| json!({"name": format!("site{at}"), "fixed_cost": cost});
    let sites: Vec<Value> = (0..3).map(|at| site(at, chance.of(3, 12))).collect();
    let items: Vec<Value> = (0..4)
        .map(|at| json!({"name": format!("item{at}")}))
        .collect();
    let home =
        |at: usize, cost: i64| json!({"item": at % 4, "site": (at + at / 4) % 3, "cost": cost});
    let placements: Vec<Value> = (0..8).map(|at| home(at, chance.of(0, 9))).collect();
    json!({"sites": sites, "items": items, "placements": placements})
}

/// Targets, each with all sites on its list by distance, and what is asked of them.
fn reach(chance: &mut Chance, covers: &Value) -> Value {
    let hosts: Vec<Value> = (0..3)
        .map(|site| {
            // Items 0 and 1 serve, wherever they are.
            let at = |of: &usize| (of + of / 4) % 3 == site && of % 4 < 2;
            json!({"placements": (0..8).filter(at).collect::<Vec<usize>>()})
        })
        .collect();
    let (mut host, mut distance) = (Vec::new(), Vec::new());
    for _ in 0..3 {
        let mut far: Vec<(i64, usize)> = (0..3).map(|site| (chance.of(0, 8), site)).collect();
        far.sort_unstable();
        host.extend(far.iter().map(|of| of.1));
        distance.extend(far.iter().map(|of| of.0));
    }
    json!({"name": "library", "hosts": hosts, "starts": [0, 3, 6, 9], "host": host, "distance": distance, "covers": covers})
}

/// Puts a feature into a plain problem.
fn with(feature: &str, problem: &mut Value, chance: &mut Chance) {
    let with_reach = |problem: &mut Value, reach: Value| {
        let mut reaches = list(problem, "reaches").to_vec();
        reaches.push(reach);
        problem["reaches"] = json!(reaches);
    };
    match feature {
        "at most one" => {
            for (at, reward) in [(0, -14), (4, -9)] {
                problem["placements"][at]["cost"] = json!(chance.of(reward, 3));
            }
            problem["items"][0]["choice"] = json!("at_most_one");
        }
        "any number" => {
            problem["items"][1]["choice"] = json!("any");
            problem["placements"][1]["cost"] = json!(chance.of(-20, -4));
            problem["placements"][5]["cost"] = json!(chance.of(-20, -4));
        }
        "two capacities" => {
            for at in 0..3 {
                problem["sites"][at]["capacities"] = json!([chance.of(4, 9), chance.of(4, 9)]);
            }
            for at in 0..8 {
                problem["placements"][at]["uses"] = json!([chance.of(1, 5), chance.of(0, 4)]);
            }
        }
        // Placements 2, 4 and 7 are at the third site; 0, 3 and 5 at the first.
        "requires" => problem["placements"][4]["requires"] = json!([2]),
        "conflict" => {
            problem["conflicts"] = json!([{"name": "apart", "placements": [0, 3, 5], "most": 1}])
        }
        "pair" => problem["pairs"] = json!([{"first": 0, "second": 3, "reward": chance.of(5, 20)}]),
        "each within its limit" => {
            let limits = [chance.of(2, 7), chance.of(2, 7)];
            let covers = json!([{"each": {"name": "all", "targets": [0, 2], "limits": limits}}]);
            with_reach(problem, reach(chance, &covers));
        }
        "share" | "soft share" => {
            let price = (feature == "soft share").then(|| chance.of(1, 6));
            let covers = json!([{"share": {"name": "most", "limit": chance.of(1, 5), "weights": [3, 1, 2], "need": 5, "price": price}}]);
            with_reach(problem, reach(chance, &covers));
        }
        "mean" | "soft mean" => {
            let price = (feature == "soft mean").then(|| chance.of(1, 6));
            let covers = json!([{"mean": {"name": "mean", "weights": [3, 1, 2], "most": chance.of(6, 22), "price": price}}]);
            with_reach(problem, reach(chance, &covers));
        }
        "travel" => {
            let mut reach = reach(chance, &json!([]));
            reach["travel_weights"] = json!([1, 2, 1]);
            reach["travel_price"] = json!(chance.of(1, 5));
            with_reach(problem, reach);
        }
        "budget" => {
            let cost = |at: usize, problem: &Value| json!([{"site": at}, problem["sites"][at]["fixed_cost"]]);
            let terms: Vec<Value> = (0..3).map(|at| cost(at, problem)).collect();
            problem["rows"] =
                json!([{"name": "budget", "terms": terms, "at_most": chance.of(14, 26)}]);
        }
        "rows of two agencies" => {
            // The first agency's two items at home, and a site of the second one.
            let first = json!([[{"placement": 0}, 1], [{"placement": 1}, 1], [{"site": 0}, 2]]);
            let second = json!([[{"placement": 6}, 1], [{"placement": 7}, 1]]);
            problem["rows"] = json!([
                {"name": "one agency", "terms": first, "at_most": chance.of(1, 3)},
                {"name": "another", "terms": second, "at_least": 1, "at_most": 2}
            ]);
        }
        "soft row" => {
            let terms = json!([[{"site": 0}, 1], [{"site": 1}, 1], [{"site": 2}, 1]]);
            problem["rows"] =
                json!([{"name": "few", "terms": terms, "at_most": 1, "price": chance.of(1, 9)}]);
        }
        "locks" => {
            problem["sites"][0]["lock"] = json!("open");
            problem["sites"][1]["lock"] = json!(["closed", "open"][chance.of(0, 1) as usize]);
        }
        "variants" => {
            problem["sites"][0]["variant_of"] = json!(4);
            problem["sites"][2]["variant_of"] = json!(4);
        }
        "parent" => {
            problem["parents"] = json!([{"name": "campus", "fixed_cost": chance.of(4, 15)}]);
            problem["sites"][1]["parent"] = json!(0);
            problem["sites"][2]["parent"] = json!(0);
        }
        "price of a change" => {
            problem["start"] = json!([0, 1, 2, 3]);
            problem["price_per_change"] = json!(chance.of(1, 6));
        }
        other => panic!("{other}"),
    }
}

const FEATURES: [&str; 19] = [
    "at most one",
    "any number",
    "two capacities",
    "requires",
    "conflict",
    "pair",
    "each within its limit",
    "share",
    "soft share",
    "mean",
    "soft mean",
    "travel",
    "budget",
    "rows of two agencies",
    "soft row",
    "locks",
    "variants",
    "parent",
    "price of a change",
];

/// Solves a problem from the command line and compares the answer with the enumeration; the least cost, if there is one.
fn agrees(folder: &Path, problem: &Value, what: &str) -> Option<f64> {
    let ran = solve(folder, &problem.to_string());
    let said = String::from_utf8_lossy(&ran.stderr);
    let Some(best) = least(problem) else {
        // Locks that leave an item nowhere to go are a fault of the file.
        assert!(matches!(ran.status.code(), Some(3 | 4)), "{what}: {said}");
        assert!(said.contains('"'), "{what}: nothing is named: {said}");
        return None;
    };
    assert_eq!(ran.status.code(), Some(0), "{what}: {said}\n{problem}");
    let text = fs::read_to_string(folder.join("answer.json")).expect("an answer");
    let answer: Value = serde_json::from_str(&text).expect("JSON");
    let mut choice = Choice {
        chosen: vec![false; 8],
        open: Vec::new(),
    };
    for at in positions(&answer["solution"], "chosen") {
        choice.chosen[at] = true;
    }
    choice.open = list(&answer["solution"], "open")
        .iter()
        .map(|open| open == &json!(true))
        .collect();
    let own = cost(problem, &choice)
        .unwrap_or_else(|| panic!("{what}: a limit is broken\n{problem}\n{answer}"));
    let (value, bound) = (number(&answer["value"]), number(&answer["bound"]));
    assert!(
        (own - value).abs() < 1e-6,
        "{what}: it says {value} and costs {own}\n{problem}"
    );
    assert!(
        (best - value).abs() < 1e-6,
        "{what}: {value}, where the least is {best}\n{problem}"
    );
    assert!(
        bound <= best + 1e-6,
        "{what}: bound {bound} above {best}\n{problem}"
    );
    Some(best)
}

#[test]
fn every_feature_of_a_problem_file_is_solved_as_enumeration_says_and_counts() {
    let folder = TempDir::new().expect("a temporary folder");
    for (nth, feature) in FEATURES.iter().enumerate() {
        let mut counted = 0;
        for seed in 0..60 {
            if seed >= 8 && counted > 0 {
                break;
            }
            let mut chance = Chance(1000 * nth as u64 + seed);
            let mut problem = plain(&mut chance);
            let without = least(&problem);
            with(feature, &mut problem, &mut chance);
            let best = agrees(folder.path(), &problem, &format!("{feature}, {seed}"));
            counted += usize::from(best != without);
        }
        assert!(counted > 0, "{feature} never changes anything");
    }
}

#[test]
fn features_of_a_problem_file_hold_together() {
    let folder = TempDir::new().expect("a temporary folder");
    let mut solved = 0;
    for seed in 0..60 {
        let mut chance = Chance(77 + seed);
        let mut problem = plain(&mut chance);
        let mut on = Vec::new();
        for feature in FEATURES {
            if chance.of(0, 3) == 0 {
                with(feature, &mut problem, &mut chance);
                on.push(feature);
            }
        }
        solved +=
            usize::from(agrees(folder.path(), &problem, &format!("{on:?}, {seed}")).is_some());
    }
    assert!(solved > 20, "{solved}");
}

#[test]
fn a_divided_item_costs_what_its_parts_do() {
    let folder = TempDir::new().expect("a temporary folder");
    // Ten of demand; the cheap site holds six of it.
    let problem = json!({
        "sites": [{"name": "near", "capacities": [6]}, {"name": "far", "fixed_cost": 5, "capacities": [10]}],
        "items": [{"name": "demand", "split": true}],
        "placements": [
            {"item": 0, "site": 0, "cost": 10, "uses": [10]},
            {"item": 0, "site": 1, "cost": 20, "uses": [10]}
        ]
    });
    let ran = solve(folder.path(), &problem.to_string());
    assert_eq!(ran.status.code(), Some(0));
    let text = fs::read_to_string(folder.path().join("answer.json")).expect("an answer");
    let answer: Value = serde_json::from_str(&text).expect("JSON");
    // 0.6 × 10 + 0.4 × 20 + 5.
    assert!((number(&answer["value"]) - 19.0).abs() < 1e-6, "{answer}");
}
