//! The verifier accepts what the optimiser writes and catches whatever is altered in it.

use crate::random_places;
use oneroof::place::{Place, sample};
use oneroof::plan::verify::{Discrepancy, verify};
use oneroof::plan::{Plan, PlanError, Wish, plan};
use oneroof::travel::Travel;
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::time::Duration;

fn travel(place: &Place) -> Travel {
    Travel::new(place, Vec::new())
}

/// A plan of the optimiser, where there is one.
fn planned(place: &Place) -> Option<Plan> {
    let wish = Wish {
        time: Duration::from_secs(5),
        ..Wish::default()
    };
    match plan(place, &travel(place), &wish, &()) {
        Ok(plan) => Some(plan),
        Err(PlanError::Infeasible { .. } | PlanError::Conflict { .. }) => None,
        Err(other) => panic!("no plan: {other}"),
    }
}

fn lines(found: &[Discrepancy]) -> String {
    found.iter().map(|d| format!("{d}\n")).collect()
}

#[test]
fn the_optimisers_plan_of_six_buildings_is_accepted() {
    let place = sample::six_buildings();
    let plan = planned(&place).expect("today is a plan");
    let found = verify(&place, &travel(&place), &plan);
    assert!(found.is_empty(), "{}", lines(&found));
}

#[test]
fn nobody_merges_into_a_building_where_there_is_nobody_to_merge_with() {
    let mut place = sample::empty("Alone");
    place.agencies = vec![sample::agency("council")];
    place.services = vec![sample::service("library", true)];
    place.buildings = vec![
        sample::building("old", 0, sample::at(0.0, 0.0), 300.0),
        sample::building("small", 0, sample::at(500.0, 0.0), 200.0),
    ];
    place.buildings[1].occupancy = oneroof::place::Occupancy::Vacant;
    place.occupiers = vec![sample::occupier("library", 0, 0, 0, 250.0)];
    let plan = planned(&place).expect("today is a plan");
    assert_eq!(plan.occupiers[0].to_id, "old");
}

/// The Rust files of a folder and of those in it.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            found.push(path);
        }
    }
    found
}

#[test]
fn the_verifier_shares_no_code_with_the_optimiser() {
    // Beside the values of a place, it may use the form of the plan file and of a verdict, and how
    // far one thing is from another.
    let optimiser = [
        "siting",
        "limits::",
        "finance::",
        "in_play::",
        "placements",
        "choice::",
        "books",
        "access::rules",
        "assess",
        "nearest_host",
        "hosts_within",
        "buildings_within",
        "buildings_near",
        "super::super::super",
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/plan/verify");
    let files = sources(&folder);
    assert!(files.len() > 20, "only {} files", files.len());
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a readable file");
        let code = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        for line in code {
            for word in optimiser {
                assert!(!line.contains(word), "{}: {line}", file.display());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, max_shrink_iters: 0, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_plan_of_the_optimiser_is_accepted(seed in any::<u64>()) {
        let place = random_places::place(seed);
        if let Some(plan) = planned(&place) {
            let found = verify(&place, &travel(&place), &plan);
            prop_assert!(found.is_empty(), "{}", lines(&found));
        }
    }
}

#[test]
fn a_campus_with_a_building_that_is_left_out_keeps_its_shared_cost() {
    // Of its two buildings one is mothballed and the other lies in the buffer.
    let place = random_places::place(13_416_174_880_930_336_995);
    let plan = planned(&place).expect("it has a plan");
    let lines = plan.ledger.iter().flat_map(|agency| &agency.lines);
    let shared: Vec<_> = lines.filter(|line| line.line == "site_fixed").collect();
    assert!(!shared.is_empty() && shared.iter().all(|line| line.after_gbp == line.today_gbp));
    assert!(verify(&place, &travel(&place), &plan).is_empty());
}
