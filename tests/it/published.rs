//! The engine against published optima, where the folder of instances is there.

use super::classical;
use super::shared::shared;
use oneroof::siting::classical::{LocateError, Located, Network, Question, Role, locate};
use oneroof::siting::{Ask, Problem, recompute_bound, solve};
use std::fs;
use std::path::Path;
use std::time::Duration;

fn to_the_end(seconds: u64) -> Ask {
    Ask {
        gap: 1e-9,
        time: Duration::from_secs(seconds),
        seed: 1,
        rounds: None,
        least_travel_within: None,
    }
}

/// Solves a problem to the end and says what it costs; the bound is never above that.
fn proven(name: &str, problem: &Problem, seconds: u64) -> f64 {
    let answer =
        solve(problem, &to_the_end(seconds), &()).unwrap_or_else(|error| panic!("{name}: {error}"));
    let bound = answer.bound.unwrap_or_else(|| panic!("{name}: no bound"));
    let slack = 1e-6 * answer.value.abs().max(1.0);
    assert!(bound <= answer.value + slack, "{name}: {bound} is above");
    assert!(
        answer.value - bound <= slack,
        "{name}: {} is proven to {bound} only after {:.1} s",
        answer.value,
        answer.seconds
    );
    if let Some(certificate) = &answer.certificate {
        let again = recompute_bound(problem, certificate).expect("a certificate that fits");
        assert!(again <= answer.value + slack, "{name}: certificate {again}");
    }
    println!(
        "{name}: {} in {:.2} s by {}",
        answer.value, answer.seconds, answer.engine
    );
    answer.value
}

/// Answers a question to the end: the bound is at the objective.
fn answered(name: &str, network: &Network, question: Question, seconds: u64) -> Located {
    let located = locate(network, &question, &to_the_end(seconds), &())
        .unwrap_or_else(|error| panic!("{name}: {error}"));
    let gap = located.gap().unwrap_or_else(|| panic!("{name}: no bound"));
    assert!(
        gap <= 1e-6,
        "{name}: gap {gap} after {:.1} s",
        located.seconds
    );
    println!(
        "{name}: {} in {:.2} s by {}",
        located.objective, located.seconds, located.engine
    );
    located
}

fn same(name: &str, found: f64, published: f64) {
    assert!(
        (found - published).abs() <= 1e-6 * published.abs().max(1.0),
        "{name}: {found}, published {published}"
    );
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn numbers(text: &str) -> impl Iterator<Item = f64> + '_ {
    text.split_whitespace().filter_map(|word| word.parse().ok())
}

/// Rows of a folder's `values.csv`: instance, problem, parameters, value.
fn values(folder: &Path) -> Vec<[String; 4]> {
    let reader = csv::Reader::from_path(folder.join("values.csv"));
    let records = reader.expect("values.csv").into_records();
    records
        .map(|record| {
            let record = record.expect("a row");
            [0, 1, 2, 3].map(|at| record[at].to_owned())
        })
        .collect()
}

/// A named number of a parameter list such as `S=40 p=8`.
fn parameter(list: &str, name: &str) -> f64 {
    let of = |word: &str| word.strip_prefix(name)?.strip_prefix('=')?.parse().ok();
    list.split_whitespace()
        .find_map(of)
        .unwrap_or_else(|| panic!("no {name} in {list}"))
}

#[test]
fn mslscp_small_instances_are_proven() {
    let Some(folder) = shared("bench/mslscp") else {
        return;
    };
    let mut seen = 0;
    for [instance, _, parameters, value] in values(&folder) {
        if parameter(&parameters, "triplets") > 1000.0 {
            continue;
        }
        let file = text(&folder.join(format!("{instance}.json")));
        let read: serde_json::Value = serde_json::from_str(&file).expect("JSON");
        let costs = |key: &str| -> Vec<f64> {
            let list = read[key].as_array().expect("a list").iter();
            list.map(|cost| cost.as_f64().expect("a number")).collect()
        };
        let triplets: Vec<(usize, usize, usize)> =
            serde_json::from_value(read["triplets_service_location_point"].clone())
                .expect("triplets");
        let points = read["points"].as_u64().expect("a count") as usize;
        let problem = classical::multi_service_covering(
            &costs("opening_cost"),
            &costs("equip_cost_by_service"),
            points,
            &triplets,
        );
        let found = proven(&instance, &problem, 60);
        same(&instance, found, value.parse().expect("a value"));
        seen += 1;
    }
    assert_eq!(seen, 4);
}

/// Costs, capacities and demands of a file of the OR-Library.
fn or_library(text: &str) -> (Vec<f64>, Vec<f64>, Vec<f64>, Vec<Vec<f64>>) {
    let mut of = numbers(text);
    let mut next = || of.next().expect("a number");
    let (sites, customers) = (next() as usize, next() as usize);
    let (mut room, mut fixed) = (Vec::new(), Vec::new());
    for _ in 0..sites {
        room.push(next());
        fixed.push(next());
    }
    let mut demand = Vec::new();
    let mut cost = vec![Vec::new(); sites];
    for _ in 0..customers {
        demand.push(next());
        for row in &mut cost {
            row.push(next());
        }
    }
    (fixed, room, demand, cost)
}

/// The same of a file of Holmberg's.
fn holmberg(text: &str) -> (Vec<f64>, Vec<f64>, Vec<f64>, Vec<Vec<f64>>) {
    let mut of = numbers(text);
    let mut next = || of.next().expect("a number");
    let (sites, customers) = (next() as usize, next() as usize);
    let (mut room, mut fixed) = (Vec::new(), Vec::new());
    for _ in 0..sites {
        room.push(next());
        fixed.push(next());
    }
    let demand = (0..customers).map(|_| next()).collect();
    let cost = (0..sites)
        .map(|_| (0..customers).map(|_| next()).collect())
        .collect();
    (fixed, room, demand, cost)
}

#[test]
fn cflp_small_instances_are_proven_whole_and_divided() {
    let Some(folder) = shared("bench/cflp") else {
        return;
    };
    let small = [
        "cap41.txt",
        "cap64.txt",
        "cap82.txt",
        "cap104.txt",
        "cap121.txt",
        "holmberg/p1.txt",
        "holmberg/p8.txt",
        "holmberg/p22.txt",
        "holmberg/p48.txt",
    ];
    let mut seen = 0;
    for [instance, kind, _, value] in values(&folder) {
        if !small.contains(&instance.as_str()) {
            continue;
        }
        let file = text(&folder.join(&instance));
        let (fixed, room, demand, cost) = if instance.starts_with("holmberg") {
            holmberg(&file)
        } else {
            or_library(&file)
        };
        let network = classical::fixed_charge(&fixed, Some((&room, &demand)), &cost);
        let question = Question::Cflp {
            cost_per_distance: 1.0,
            whole: kind == "CFLP single source",
        };
        let name = format!("{instance}, {kind}");
        let located = answered(&name, &network, question, 60);
        same(&name, located.objective, value.parse().expect("a value"));
        let mut room = room;
        for one in &located.allocations {
            room[one.facility] -= one.share * demand[one.demand];
        }
        assert!(room.iter().all(|left| *left >= -1e-6), "{name}: overfull");
        seen += 1;
    }
    assert_eq!(seen, 13);
}

#[test]
fn uflp_small_instances_are_proven() {
    let Some(folder) = shared("bench/uflp") else {
        return;
    };
    let small = [
        "ORLIB/cap71.txt",
        "ORLIB/cap101.txt",
        "ORLIB/cap134.txt",
        "GalvaoRaggi/50.1.txt",
        "BildeKrarup/C1.1.txt",
        "BildeKrarup/E1.1.txt",
        "Euclid/1111EuclS.txt",
        "Fpp11/10FPP_11S.txt",
    ];
    let mut seen = 0;
    for [instance, _, _, value] in values(&folder) {
        if !small.contains(&instance.as_str()) {
            continue;
        }
        let file = text(&folder.join(&instance));
        let (fixed, cost) = if instance.starts_with("ORLIB") {
            let (fixed, _, _, cost) = or_library(&file);
            (fixed, cost)
        } else {
            simple(&file)
        };
        let network = classical::fixed_charge(&fixed, None, &cost);
        let question = Question::Uflp {
            cost_per_distance: 1.0,
        };
        let located = answered(&instance, &network, question, 60);
        same(
            &instance,
            located.objective,
            value.parse().expect("a value"),
        );
        seen += 1;
    }
    assert_eq!(seen, 8);
}

/// Fixed and connection costs of UflLib's simple format.
fn simple(text: &str) -> (Vec<f64>, Vec<Vec<f64>>) {
    let mut lines = text.lines().skip(1);
    let sizes: Vec<f64> = numbers(lines.next().unwrap_or_default()).collect();
    let customers = sizes[1] as usize;
    let of: Vec<f64> = lines.flat_map(numbers).collect();
    let rows = of.chunks_exact(customers + 2);
    rows.map(|row| (row[1], row[2..].to_vec())).unzip()
}

#[test]
fn mclp_coverings_are_proven() {
    let Some(folder) = shared("bench/mclp") else {
        return;
    };
    let parse = |line: &str| numbers(line).collect::<Vec<f64>>();
    let sjc: Vec<Vec<f64>> = text(&folder.join("SJC324.txt"))
        .lines()
        .skip(1)
        .map(parse)
        .collect();
    let mut seen = 0;
    for [instance, _, parameters, value] in values(&folder) {
        if instance != "SJC324.txt" {
            continue;
        }
        let (limit, most) = (parameter(&parameters, "S"), parameter(&parameters, "p"));
        let points: Vec<&Vec<f64>> = sjc.iter().filter(|point| point.len() == 3).collect();
        let far = |a: &Vec<f64>| {
            let apart = |b: &&Vec<f64>| (a[0] - b[0]).hypot(a[1] - b[1]);
            points.iter().map(apart).collect()
        };
        let distances: Vec<Vec<f64>> = points.iter().map(|a| far(a)).collect();
        let weights: Vec<f64> = points.iter().map(|point| point[2]).collect();
        let question = Question::Mclp {
            radius: limit,
            count: most as usize,
        };
        let name = format!("{instance} {parameters}");
        let located = answered(
            &name,
            &classical::network(&distances, &weights),
            question,
            60,
        );
        same(&name, located.objective, value.parse().expect("a value"));
        seen += 1;
    }
    assert_eq!(seen, 8);
}

/// The share and the radius of `at least 95 per cent of people within 5000 m`.
fn share_within(rule: &str) -> Option<(f64, f64)> {
    let (share, rest) = rule.strip_prefix("at least ")?.split_once(" per cent ")?;
    let radius = rest.strip_suffix(" m")?.rsplit_once("within ")?.1;
    Some((share.parse::<f64>().ok()? / 100.0, radius.parse().ok()?))
}

/// Shortest paths of an OR-Library graph, and its p.
fn graph(text: &str) -> (Network, usize) {
    let of: Vec<f64> = numbers(text).collect();
    let (nodes, edges, open) = (of[0] as usize, of[1] as usize, of[2] as usize);
    let mut far = vec![vec![f64::INFINITY; nodes]; nodes];
    for (at, row) in far.iter_mut().enumerate() {
        row[at] = 0.0;
    }
    for edge in of[3..].chunks_exact(3).take(edges) {
        let (a, b) = (edge[0] as usize - 1, edge[1] as usize - 1);
        (far[a][b], far[b][a]) = (edge[2], edge[2]);
    }
    for by in 0..nodes {
        let through = far[by].clone();
        for row in &mut far {
            let first = row[by];
            for (own, second) in row.iter_mut().zip(&through) {
                *own = own.min(first + second);
            }
        }
    }
    (classical::network(&far, &vec![1.0; nodes]), open)
}

#[test]
fn pmed_medians_are_proven() {
    let Some(folder) = shared("bench/pmed") else {
        return;
    };
    let mut seen = 0;
    for [instance, kind, _, value] in values(&folder) {
        // The largest is left to the benchmark.
        if kind != "p-median" || instance == "pmed36" {
            continue;
        }
        let (network, count) = graph(&text(&folder.join(format!("{instance}.txt"))));
        let located = answered(&instance, &network, Question::PMedian { count }, 120);
        same(
            &instance,
            located.objective,
            value.parse().expect("a value"),
        );
        let open = located.open.iter().filter(|open| **open).count();
        assert_eq!(open, count, "{instance}");
        seen += 1;
    }
    assert_eq!(seen, 11);
}

#[test]
fn pmed_centres_are_proven() {
    let Some(folder) = shared("bench/pmed") else {
        return;
    };
    let mut seen = 0;
    for [instance, kind, _, value] in values(&folder) {
        if kind != "p-center" || !["pmed1", "pmed5", "pmed6"].contains(&instance.as_str()) {
            continue;
        }
        let (network, count) = graph(&text(&folder.join(format!("{instance}.txt"))));
        let located = answered(&instance, &network, Question::PCenter { count }, 60);
        same(
            &instance,
            located.objective,
            value.parse().expect("a value"),
        );
        seen += 1;
    }
    assert_eq!(seen, 3);
}

#[test]
fn san_francisco_agrees_with_enumeration() {
    let (Some(folder), Some(data)) = (
        shared("bench/san_francisco"),
        shared("realdata/san_francisco"),
    ) else {
        return;
    };
    let file = data.join("SF_network_distance_candidateStore_16_censusTract_205_new.csv");
    let mut tracts: std::collections::BTreeMap<String, (f64, Vec<(String, f64)>)> =
        Default::default();
    for record in csv::Reader::from_path(file)
        .expect("distances")
        .into_records()
    {
        let record = record.expect("a row");
        let (far, people) = (
            record[0].parse().expect("metres"),
            record[3].parse().expect("people"),
        );
        let tract = tracts
            .entry(record[2].to_owned())
            .or_insert((people, Vec::new()));
        tract.1.push((record[1].to_owned(), far));
    }
    let (mut far, mut weights) = (Vec::new(), Vec::new());
    let mut stores: Vec<String> = Vec::new();
    for (people, mut list) in tracts.into_values() {
        list.sort_by(|a, b| a.0.cmp(&b.0));
        stores = list.iter().map(|entry| entry.0.clone()).collect();
        far.push(list.iter().map(|entry| entry.1).collect::<Vec<f64>>());
        weights.push(people);
    }
    let plain = classical::network(&far, &weights);
    let store = |name: &str| {
        stores
            .iter()
            .position(|store| store == name)
            .expect("a store")
    };
    let mut seen = 0;
    for [_, kind, parameters, value] in values(&folder) {
        let Ok(published) = value.parse::<f64>() else {
            continue;
        };
        let (numbers, ruling) = parameters.split_once("; ").unwrap_or((&parameters, ""));
        let words = ["R=", "p=", "weight=POP2000"];
        let known = |word: &str| words.iter().any(|start| word.starts_with(start));
        let share = share_within(numbers).filter(|_| kind == "fewest sites");
        if share.is_none() && !numbers.split_whitespace().all(known) {
            continue;
        }
        let radius = || parameter(numbers, "R");
        let count = || parameter(numbers, "p") as usize;
        let question = match kind.as_str() {
            "LSCP" => Question::Lscp {
                radius: radius(),
                share: 1.0,
            },
            "MCLP" => Question::Mclp {
                radius: radius(),
                count: count(),
            },
            "p-median" => Question::PMedian { count: count() },
            "p-center" => Question::PCenter { count: count() },
            _ => match share {
                Some((share, radius)) => Question::Lscp { radius, share },
                None => continue,
            },
        };
        let mut network = plain.clone();
        let (name, role) = match ruling.split_once(" must ") {
            Some((name, "stay")) => (name, Role::Required),
            Some((name, _)) => (name, Role::Excluded),
            None => ("", Role::Candidate),
        };
        if !name.is_empty() {
            network.facilities[store(name)].role = role;
        }
        let name = format!("{kind} {parameters}");
        same(
            &name,
            answered(&name, &network, question, 30).objective,
            published,
        );
        seen += 1;
    }
    assert!(seen >= 45, "{seen} values");
    let too_near = Question::Lscp {
        radius: 20.0,
        share: 1.0,
    };
    let refused = locate(&plain, &too_near, &to_the_end(10), &());
    assert!(matches!(refused, Err(LocateError::OutOfReach(tracts)) if tracts.len() == 205));
    let none = locate(
        &plain,
        &Question::PMedian { count: 0 },
        &to_the_end(10),
        &(),
    );
    assert!(matches!(none, Err(LocateError::Invalid { .. })));
}
