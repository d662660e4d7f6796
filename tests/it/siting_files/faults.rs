//! Files that are no problems: refused by name, before anything is solved.

use super::solve;
use serde_json::{Value, json};
use tempfile::TempDir;

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
        ("/placements", "[]", "item \"library\""),
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
