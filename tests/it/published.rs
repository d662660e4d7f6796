//! The engine against published optima, where the folder of instances is there.

use super::classical;
use super::instances::{
    graph, holmberg, or_library, parameter, plane, points, services, simple, text, values,
};
use super::shared::shared;
use oneroof::siting::classical::{LocateError, Located, Network, Question, Role, locate};
use oneroof::siting::{Ask, Problem, recompute_bound, solve};
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
        let problem = services(&file);
        let found = proven(&instance, &problem, 60);
        same(&instance, found, value.parse().expect("a value"));
        seen += 1;
    }
    assert_eq!(seen, 4);
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
        "holmberg/p31.txt",
        "holmberg/p48.txt",
        "holmberg/p62.txt",
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
    assert_eq!(seen, 17);
}

#[test]
fn cflp_with_100_sites_and_1000_customers_is_proven_divided() {
    let Some(folder) = shared("bench/cflp") else {
        return;
    };
    let instance = "../uflp/ORLIB/capa.txt with 14000";
    let mut seen = 0;
    for [name, _, _, value] in values(&folder) {
        if name != instance {
            continue;
        }
        let file = text(&folder.join("../uflp/ORLIB/capa.txt")).replace("capacity", "14000");
        let (fixed, room, demand, cost) = or_library(&file);
        let network = classical::fixed_charge(&fixed, Some((&room, &demand)), &cost);
        let question = Question::Cflp {
            cost_per_distance: 1.0,
            whole: false,
        };
        let located = answered(&name, &network, question, 120);
        same(&name, located.objective, value.parse().expect("a value"));
        seen += 1;
    }
    assert_eq!(seen, 1);
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
        "GapA/1032GapAS.txt",
        "GapB/1031GapBS.txt",
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
    assert_eq!(seen, 10);
}

#[test]
fn mclp_coverings_are_proven() {
    let Some(folder) = shared("bench/mclp") else {
        return;
    };
    let network = points(&text(&folder.join("SJC324.txt")));
    let mut seen = 0;
    for [instance, _, parameters, value] in values(&folder) {
        if instance != "SJC324.txt" {
            continue;
        }
        let (limit, most) = (parameter(&parameters, "S"), parameter(&parameters, "p"));
        let question = Question::Mclp {
            radius: limit,
            count: most as usize,
        };
        let name = format!("{instance} {parameters}");
        let located = answered(&name, &network, question, 60);
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
fn tsplib_medians_are_proven_by_the_relaxation_of_what_prices_leave() {
    let Some(folder) = shared("bench/tsplib") else {
        return;
    };
    for (instance, count, value) in [("rl1304", 300, 177_326.0), ("fl1400", 100, 15_962.0)] {
        let network = plane(&text(&folder.join(format!("{instance}.tsp"))));
        let name = format!("{instance}, p = {count}");
        let located = answered(&name, &network, Question::PMedian { count }, 300);
        same(&name, located.objective, value);
    }
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
