//! The same question has the same answer, byte for byte, on one core and on all of them.

use assert_cmd::cargo::cargo_bin;
use serde_json::{Value, json};
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

/// A random problem of sites, with shares at a price, variants, parents, pairs, conflicts and requirements.
fn random_problem(seed: u64, sites: u64) -> Value {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).max(1);
    let mut below = |most: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % most
    };
    let (items, each) = (sites * 3 / 4, 10);
    let mut own = Vec::new();
    for site in 0..sites {
        let mut of = json!({"name": format!("s{site}"), "fixed_cost": below(25)});
        if below(2) == 0 {
            of["variant_of"] = json!(below(sites / 3));
        }
        if below(2) == 0 {
            of["parent"] = json!(below(3));
        }
        own.push(of);
    }
    let mut placements = Vec::new();
    let mut at_site = vec![Vec::new(); sites as usize];
    for item in 0..items {
        let first = below(sites);
        for nth in 0..each {
            let site = (first + nth * nth) % sites;
            at_site[site as usize].push(placements.len());
            placements.push(
                json!({"item": item, "site": site, "cost": below(1500) as f64 / 100.0 - 3.0}),
            );
        }
    }
    let (mut pairs, mut conflicts) = (Vec::new(), Vec::new());
    for there in at_site.iter().filter(|there| there.len() > 3) {
        pairs
            .push(json!({"first": there[0], "second": there[1], "reward": below(12) as f64 - 4.0}));
        conflicts.push(json!({"name": "apart", "placements": there[1..3], "most": 1}));
        placements[there[2]]["requires"] = json!([there[3]]);
    }
    let hosts: Vec<Value> = at_site
        .iter()
        .map(|there| json!({"placements": there}))
        .collect();
    let (mut starts, mut host, mut distance) = (vec![0], Vec::new(), Vec::new());
    for _ in 0..2 * sites {
        let from = below(sites);
        for step in 0..8 {
            host.push((from + step * 7) % sites);
            distance.push(step);
        }
        starts.push(host.len());
    }
    let share = |limit: u64, price: f64| {
        let weights: Vec<u64> = (0..2 * sites).map(|target| 1 + target % 3).collect();
        let need = weights.iter().sum::<u64>() * 8 / 10;
        json!({"share": {"name": "within", "limit": limit, "weights": weights, "need": need, "price": price}})
    };
    json!({
        "sites": own,
        "items": (0..items).map(|item| json!({"name": format!("i{item}")})).collect::<Vec<_>>(),
        "placements": placements,
        "parents": (0..3).map(|at| json!({"name": format!("p{at}"), "fixed_cost": 8})).collect::<Vec<_>>(),
        "pairs": pairs,
        "conflicts": conflicts,
        "reaches": [{
            "name": "reach", "hosts": hosts, "starts": starts, "host": host, "distance": distance,
            "covers": [share(1, 1.3), share(5, 3.9)],
        }],
    })
}

#[test]
fn problems_of_many_features_have_the_same_answer_after_so_many_rounds() {
    if !has_taskset() {
        return;
    }
    let folder = TempDir::new().expect("a temporary folder");
    for (seed, sites) in [(1, 40), (2, 60), (3, 120)] {
        let problem = random_problem(seed, sites).to_string();
        fs::write(folder.path().join("problem.json"), problem).expect("it can be written");
        let locate = |out: &str| {
            format!("locate --siting problem.json --gap 2% --rounds 3 --time 10m --out {out}.json")
        };
        let one = written(Some("0"), folder.path(), &locate("one"), "one.json");
        let all = written(None, folder.path(), &locate("all"), "all.json");
        assert!(one == all, "two answers of problem {seed} differ");
    }
}
