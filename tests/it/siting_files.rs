//! The optimiser's own problem as a file: every feature of it against an enumeration that reads nothing but the file,
//! and every fault of it by name.

use assert_cmd::cargo::cargo_bin;
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

// ---- what a file says, and what is best -----------------------------------------------------------

fn list<'a>(of: &'a Value, what: &str) -> &'a [Value] {
    of[what].as_array().map_or(&[], Vec::as_slice)
}

fn number(of: &Value) -> f64 {
    of.as_f64().unwrap_or(0.0)
}

fn positions(of: &Value, what: &str) -> Vec<usize> {
    let whole = |one: &Value| usize::try_from(one.as_u64().expect("a position")).expect("small");
    list(of, what).iter().map(whole).collect()
}

/// Chosen placements and open sites.
struct Choice {
    chosen: Vec<bool>,
    open: Vec<bool>,
}

/// The cost of a choice; `None` where it breaks a limit.
fn cost(problem: &Value, choice: &Choice) -> Option<f64> {
    let Choice { chosen, open } = choice;
    let placements = list(problem, "placements");
    let mut cost = site_costs(problem, choice)?;
    for (at, item) in list(problem, "items").iter().enumerate() {
        let own = |of: &usize| placements[*of]["item"] == json!(at);
        let own: Vec<usize> = (0..placements.len()).filter(own).collect();
        let count = own.iter().filter(|of| chosen[**of]).count();
        let kept = match item["choice"].as_str() {
            Some("any") => true,
            Some("at_most_one") => count <= 1,
            _ => count == 1,
        };
        if !kept {
            return None;
        }
        let price = number(&problem["price_per_change"]);
        let start = positions(problem, "start");
        let changes = own
            .iter()
            .filter(|of| chosen[**of] != start.contains(of))
            .count();
        let moved = match item["choice"].as_str() {
            Some("any") => changes as f64,
            _ => f64::from(u8::from(changes > 0)),
        };
        cost += if problem["start"].is_array() {
            price * moved
        } else {
            0.0
        };
    }
    for (at, placement) in placements.iter().enumerate().filter(|of| chosen[of.0]) {
        let requires = positions(placement, "requires");
        let site = placement["site"].as_u64().expect("a site") as usize;
        if !open[site] || !(requires.is_empty() || requires.iter().any(|of| chosen[*of])) {
            return None;
        }
        cost += number(&placements[at]["cost"]);
    }
    for conflict in list(problem, "conflicts") {
        let together = positions(conflict, "placements")
            .iter()
            .filter(|of| chosen[**of])
            .count();
        if together as f64 > number(&conflict["most"]) {
            return None;
        }
    }
    for pair in list(problem, "pairs") {
        let of = |what: &str| chosen[pair[what].as_u64().expect("a placement") as usize];
        cost -= if of("first") && of("second") {
            number(&pair["reward"])
        } else {
            0.0
        };
    }
    for row in list(problem, "rows") {
        cost += row_cost(row, choice)?;
    }
    for reach in list(problem, "reaches") {
        cost += reach_cost(reach, chosen)?;
    }
    Some(cost)
}

fn site_costs(problem: &Value, Choice { chosen, open }: &Choice) -> Option<f64> {
    let (sites, placements) = (list(problem, "sites"), list(problem, "placements"));
    let mut cost = 0.0;
    for (at, site) in sites.iter().enumerate() {
        let against = match site["lock"].as_str() {
            Some("open") => !open[at],
            Some("closed") => open[at],
            _ => false,
        };
        let variant = |other: usize| {
            open[at]
                && open[other]
                && site["variant_of"].is_u64()
                && sites[other]["variant_of"] == site["variant_of"]
        };
        if against || (0..at).any(variant) {
            return None;
        }
        for (kind, capacity) in list(site, "capacities").iter().enumerate() {
            let inside = placements
                .iter()
                .zip(chosen)
                .filter(|of| *of.1 && of.0["site"] == json!(at));
            let used: f64 = inside.map(|of| number(&list(of.0, "uses")[kind])).sum();
            if used > number(capacity) + 1e-9 {
                return None;
            }
        }
        cost += if open[at] {
            number(&site["fixed_cost"])
        } else {
            0.0
        };
    }
    for (at, parent) in list(problem, "parents").iter().enumerate() {
        let mut own = sites
            .iter()
            .zip(open)
            .filter(|of| of.0["parent"] == json!(at));
        cost += if own.any(|of| *of.1) {
            number(&parent["fixed_cost"])
        } else {
            0.0
        };
    }
    Some(cost)
}

fn row_cost(row: &Value, Choice { chosen, open }: &Choice) -> Option<f64> {
    let term = |term: &Value| {
        let at = |what: &str| term[0][what].as_u64().map(|at| at as usize);
        let counts = match (at("site"), at("placement")) {
            (Some(site), _) => open[site],
            (_, Some(placement)) => chosen[placement],
            _ => panic!("{term}"),
        };
        if counts { number(&term[1]) } else { 0.0 }
    };
    let sum: f64 = list(row, "terms").iter().map(term).sum();
    let over = row["at_most"].as_f64().map_or(0.0, |most| sum - most);
    let under = row["at_least"].as_f64().map_or(0.0, |least| least - sum);
    let broken = over.max(under).max(0.0);
    match row["price"].as_f64() {
        Some(price) => Some(price * broken),
        None => (broken < 1e-9).then_some(0.0),
    }
}

/// The nearest chosen host of each target, and how far one more than the farthest on its list is.
fn nearest(reach: &Value, chosen: &[bool]) -> Vec<(Option<f64>, f64)> {
    let hosts = list(reach, "hosts");
    let serves = |host: usize| {
        hosts[host]["always"] == json!(true)
            || positions(&hosts[host], "placements")
                .iter()
                .any(|of| chosen[*of])
    };
    let (starts, host) = (positions(reach, "starts"), positions(reach, "host"));
    let distance = list(reach, "distance");
    let target = |ends: &[usize]| {
        let all = ends[0]..ends[1];
        let served = all.clone().filter(|at| serves(host[*at]));
        let far = |at: usize| number(&distance[at]);
        let beyond = all.map(far).fold(-1.0, f64::max) + 1.0;
        (served.map(far).reduce(f64::min), beyond)
    };
    starts.windows(2).map(target).collect()
}

fn reach_cost(reach: &Value, chosen: &[bool]) -> Option<f64> {
    let nearest = nearest(reach, chosen);
    let within = |target: usize, limit: f64| nearest[target].0.is_some_and(|far| far <= limit);
    let mut cost = 0.0;
    for cover in list(reach, "covers") {
        if cover["each"].is_object() {
            let limits = list(&cover["each"], "limits");
            let mut pairs = positions(&cover["each"], "targets").into_iter().zip(limits);
            if !pairs.all(|(target, limit)| within(target, number(limit))) {
                return None;
            }
        }
        let (broken, of) = if cover["share"].is_object() {
            let of = &cover["share"];
            let weights = list(of, "weights").iter().enumerate();
            let inside = weights.filter(|(target, _)| within(*target, number(&of["limit"])));
            (
                number(&of["need"]) - inside.map(|(_, weight)| number(weight)).sum::<f64>(),
                of,
            )
        } else if cover["mean"].is_object() {
            let of = &cover["mean"];
            let mut sum = 0.0;
            for (weight, (far, _)) in list(of, "weights").iter().zip(&nearest) {
                if number(weight) > 0.0 {
                    sum += number(weight) * (*far)?;
                }
            }
            (sum - number(&of["most"]), of)
        } else {
            continue;
        };
        match of["price"].as_f64() {
            Some(price) => cost += price * broken.max(0.0),
            None if broken > 0.0 => return None,
            None => {}
        }
    }
    for (weight, (far, beyond)) in list(reach, "travel_weights").iter().zip(&nearest) {
        cost += number(&reach["travel_price"]) * number(weight) * far.unwrap_or(*beyond);
    }
    Some(cost)
}

/// The least cost of all choices there are.
fn least(problem: &Value) -> Option<f64> {
    let (placements, sites) = (
        list(problem, "placements").len(),
        list(problem, "sites").len(),
    );
    let bits = |of: usize, count: usize| {
        (0..count)
            .map(|at| of >> at & 1 == 1)
            .collect::<Vec<bool>>()
    };
    let all =
        (0..1 << placements).flat_map(|chosen| (0..1 << sites).map(move |open| (chosen, open)));
    let costs = all.filter_map(|(chosen, open)| {
        let choice = Choice {
            chosen: bits(chosen, placements),
            open: bits(open, sites),
        };
        cost(problem, &choice)
    });
    costs.reduce(f64::min)
}

// ---- small problems by chance ---------------------------------------------------------------------

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
        // Placements 3 and 4 are at one site: (3 + 0) % 3 = 0, (4 + 1) % 3 = 2; 0, 3 and 5 are at the first.
        "requires" => problem["placements"][0]["requires"] = json!([3, 5]),
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
        for seed in 0..8 {
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

// ---- faults -----------------------------------------------------------------------------------------

/// A good file of two sites, one item, one reach and one row.
fn good() -> Value {
    json!({
        "sites": [
            {"name": "hall", "fixed_cost": 10, "capacities": [50]},
            {"name": "annexe", "fixed_cost": 4, "capacities": [20]}
        ],
        "items": [{"name": "library"}],
        "placements": [
            {"item": 0, "site": 0, "uses": [15]},
            {"item": 0, "site": 1, "cost": 3, "uses": [15]}
        ],
        "reaches": [{
            "name": "readers", "targets": ["mill lane"], "hosts": [{"placements": [0]}, {"placements": [1]}],
            "starts": [0, 2], "host": [0, 1], "distance": [2, 5],
            "covers": [{"each": {"name": "all", "targets": [0], "limits": [9]}}]
        }],
        "rows": [{"name": "budget", "terms": [[{"site": 0}, 1.0]], "at_most": 3.0}],
        "conflicts": [{"name": "apart", "placements": [0], "most": 1}],
        "parents": [{"name": "campus"}]
    })
}

#[test]
fn every_fault_of_a_problem_file_is_refused_by_name_before_anything_is_solved() {
    let folder = TempDir::new().expect("a temporary folder");
    assert_eq!(
        solve(folder.path(), &good().to_string()).status.code(),
        Some(0)
    );
    // Where in the file, what is put there, and what must be named. `null` and huge numbers stand for what JSON has
    // no word for.
    let faults = [
        ("/sites/1/fixed_cost", "1e999", "line 1"),
        ("/sites/1/fixed_cost", "NaN", "line 1"),
        ("/sites/1/fixed_cost", "null", "line 1"),
        ("/sites/0/capacities/0", "-1", "site \"hall\""),
        ("/sites/0/capacities/0", "Infinity", "line 1"),
        ("/sites/0/parent", "3", "site \"hall\""),
        ("/placements/1/cost", "-1e999", "line 1"),
        (
            "/placements/1/uses/0",
            "-2",
            "item \"library\" at site \"annexe\"",
        ),
        (
            "/placements/1/uses",
            "[]",
            "item \"library\" at site \"annexe\"",
        ),
        ("/placements/1/site", "2", "placement 1"),
        ("/placements/1/item", "1", "placement 1"),
        ("/placements/1/site", "-1", "line 1"),
        ("/placements/1/requires", "[0]", "placement 1"),
        ("/placements/1/requires", "[9]", "placement 1"),
        ("/placements", "[]", "host 0 of reach \"readers\""),
        (
            "/items",
            r#"[{"name": "library"}, {"name": "archive"}]"#,
            "item \"archive\"",
        ),
        (
            "/sites",
            r#"[{"name": "hall", "lock": "closed", "capacities": [50]}, {"name": "annexe", "lock": "closed", "capacities": [50]}]"#,
            "item \"library\"",
        ),
        (
            "/sites",
            r#"[{"name": "hall", "lock": "open", "variant_of": 1, "capacities": [50]}, {"name": "annexe", "lock": "open", "variant_of": 1, "capacities": [50]}]"#,
            "site \"annexe\"",
        ),
        ("/sites/0/lock", "\"shut\"", "shut"),
        (
            "/reaches/0/host/1",
            "2",
            "target \"mill lane\" of reach \"readers\"",
        ),
        ("/reaches/0/host/1", "0", "listed twice"),
        ("/reaches/0/distance/0", "7", "order of distance"),
        ("/reaches/0/distance", "[1]", "reach \"readers\""),
        ("/reaches/0/distance/0", "1.5", "line 1"),
        ("/reaches/0/starts", "[0, 5]", "reach \"readers\""),
        ("/reaches/0/starts", "[]", "reach \"readers\""),
        ("/reaches/0/hosts/0/placements/0", "8", "reach \"readers\""),
        ("/reaches/0/covers/0/each/targets/0", "4", "cover \"all\""),
        ("/reaches/0/covers/0/each/limits", "[]", "cover \"all\""),
        (
            "/reaches/0/covers/0",
            r#"{"share": {"name": "most", "limit": 1, "weights": [], "need": 1, "price": null}}"#,
            "cover \"most\"",
        ),
        (
            "/reaches/0/covers/0",
            r#"{"mean": {"name": "mean", "weights": [1], "most": 1, "price": -3}}"#,
            "cover \"mean\"",
        ),
        ("/reaches/0/travel_weights", "[1, 2]", "reach \"readers\""),
        ("/rows/0/terms/0/0", r#"{"site": 9}"#, "row \"budget\""),
        ("/rows/0/terms/0/1", "1e999", "line 1"),
        ("/rows/0/at_least", "5", "row \"budget\""),
        ("/rows/0/price", "-1", "row \"budget\""),
        ("/conflicts/0/placements", "[0, 1]", "conflict \"apart\""),
        ("/conflicts/0/placements", "[7]", "conflict \"apart\""),
        (
            "/pairs",
            r#"[{"first": 0, "second": 1, "reward": 1}]"#,
            "pair 0",
        ),
        (
            "/pairs",
            r#"[{"first": 0, "second": 0, "reward": 1}]"#,
            "pair 0",
        ),
        ("/start", "[12]", "the start"),
        ("/price_per_change", "-1", "price per change"),
        ("/sitez", "[]", "sitez"),
    ];
    for (place, put, named) in faults {
        let mut problem = good();
        let (inside, key) = place.rsplit_once('/').expect("a place");
        // A word that JSON has not is put in afterwards, in place of one that it has.
        let inside = problem.pointer_mut(inside).expect("it exists");
        match (inside, key.parse::<usize>()) {
            (Value::Array(list), Ok(at)) => list[at] = json!("PUT"),
            (of, _) => of[key] = json!("PUT"),
        }
        let text = problem.to_string().replace("\"PUT\"", put);
        let ran = solve(folder.path(), &text);
        let said = String::from_utf8_lossy(&ran.stderr);
        assert_eq!(ran.status.code(), Some(3), "{place} = {put}: {said}");
        assert!(
            said.contains(named) && said.contains("problem.json"),
            "{place} = {put}: {said}"
        );
        assert!(
            !folder.path().join("answer.json").exists(),
            "{place} = {put}"
        );
    }
}

#[test]
fn a_problem_file_without_a_solution_says_what_would_have_to_give_way() {
    let folder = TempDir::new().expect("a temporary folder");
    let mut problem = good();
    problem["reaches"][0]["covers"][0]["each"]["limits"] = json!([1]);
    let ran = solve(folder.path(), &problem.to_string());
    let said = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(4), "{said}");
    assert!(
        said.contains("cover \"all\" of reach \"readers\": target \"mill lane\""),
        "{said}"
    );
}
