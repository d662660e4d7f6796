//! Two plans of one place side by side.

use crate::folder::Folder;
use oneroof::compare::compare;
use oneroof::place::{Distance, HoursClass, Lock, RuleKind, Unit, sample, sample::six_buildings};
use oneroof::plan::{Plan, Wish, plan};
use oneroof::travel::Travel;
use serde_json::Value;

fn planned(keep: &[usize]) -> Plan {
    let mut place = six_buildings();
    for at in keep {
        place.buildings[*at].lock = Lock::Keep;
    }
    let travel = Travel::new(&place, Vec::new());
    let wish = Wish {
        gap: 0.0,
        ..Wish::default()
    };
    plan(&place, &travel, &wish, &()).expect("a plan")
}

#[test]
fn a_plan_beside_itself_differs_in_nothing() {
    let plan = planned(&[]);
    let sides = compare(&plan, &plan).expect("one place");
    assert!(sides.buildings.is_empty() && sides.occupiers.is_empty());
    assert!(sides.figures.iter().all(|figure| figure.a == figure.b));
    assert_eq!(sides.rules.len(), 3);
}

#[test]
fn plans_that_were_made_from_other_data_are_told_apart_before_their_figures() {
    let first = planned(&[]);
    assert!(
        !compare(&first, &first)
            .expect("one place")
            .text()
            .contains("not made from")
    );
    let mut second = first.clone();
    let inputs = &mut second.run.inputs;
    inputs.insert("zones.csv".to_owned(), "another".to_owned());
    second.rules[0].limit = "90.0 % within 4 km".to_owned();
    let sides = compare(&first, &second).expect("one place");
    assert_eq!(
        (sides.data.len(), sides.settings.len()),
        (1, 1),
        "{sides:?}"
    );
    let text = sides.text();
    let at = |words: &str| {
        text.find(words)
            .unwrap_or_else(|| panic!("{words}: {text}"))
    };
    assert!(at("They were not made from the same data") < at("second − first"));
    at("zones.csv new in the second");
    at("in the second 90.0 % within 4 km");
}

#[test]
fn what_differs_is_told_of_both_plans() {
    // The empty building is sold in one, and kept in the other.
    let (free, kept) = (planned(&[]), planned(&[3]));
    let sides = compare(&free, &kept).expect("one place");
    let empty = sides
        .buildings
        .iter()
        .find(|one| one.id == "A3")
        .expect("it differs");
    assert_eq!(empty.a.as_deref(), Some("sell"));
    let saving = sides
        .figures
        .iter()
        .find(|one| one.name == "saving_gbp")
        .expect("a figure");
    assert_eq!(
        (saving.a, saving.b),
        (Some(free.saving_gbp), Some(kept.saving_gbp))
    );
    // What the agencies gain adds up to what is saved.
    let gained: f64 = sides.agencies.iter().map(|one| one.npv_b_gbp).sum();
    assert!((gained - kept.saving_gbp).abs() < 0.02);
}

#[test]
fn a_rule_is_told_in_the_unit_of_what_it_measures() {
    let plan_of = |share: f64, at_least: u32| {
        let mut place = six_buildings();
        let limit = Distance::from_user(1.0, Unit::Km);
        let floor = RuleKind::Within { limit, share };
        let hosts = RuleKind::MinimumHosts {
            at_least,
            hours: HoursClass::Any,
            each: None,
        };
        place.rules = vec![
            sample::rule("near", 0, floor),
            sample::rule("hosts", 0, hosts),
        ];
        for rule in &mut place.rules {
            rule.hard = false;
        }
        let travel = Travel::new(&place, Vec::new());
        oneroof::plan::appraise(&place, &travel).expect("today")
    };
    let (mut a, b) = (plan_of(0.5, 1), plan_of(0.5, 1));
    for rule in &mut a.rules {
        rule.after = rule.after.map(|after| after + 1.0);
    }
    let text = compare(&a, &b).expect("one place").text();
    let line = |rule: &str| {
        let found = text
            .lines()
            .find(|line| line.trim_start().starts_with(rule));
        found.unwrap_or_default().to_owned()
    };
    assert!(line("near").contains(" %"), "{text}");
    assert!(
        line("hosts").contains(" buildings") && !line("hosts").contains(" km"),
        "{text}"
    );
}

#[test]
fn plans_of_different_places_are_refused() {
    let plan = planned(&[]);
    let mut other = plan.clone();
    other.place = "Seven".into();
    assert!(compare(&plan, &other).is_err());
    let mut strange = plan.clone();
    for building in &mut strange.buildings {
        building.asset_id.push('x');
    }
    assert!(compare(&plan, &strange).is_err());
}

#[test]
fn the_program_writes_tables_and_a_layer_of_what_differs() {
    let folder = Folder::six();
    folder.run(&["plan", ".", "--out", "a"], 0);
    folder.run(&["plan", ".", "--out", "b", "--dispose", "C004"], 0);
    let text = folder.run(&["compare", "a", "b", "--out", "ab"], 0);
    assert!(
        text.contains("C004") && text.contains("people with further to go"),
        "{text}"
    );
    let layer: Value = serde_json::from_str(&folder.read("ab/differences.geojson")).expect("JSON");
    let features = layer["features"].as_array().expect("features");
    let kinds: Vec<_> = features
        .iter()
        .filter_map(|one| one["properties"]["kind"].as_str())
        .collect();
    assert!(kinds.contains(&"building"), "{kinds:?}");
    assert!(
        features
            .iter()
            .any(|one| one["properties"]["id"] == "C004" && one["geometry"].is_object())
    );
    assert!(folder.read("ab/compare_buildings.csv").contains("C004"));
    for file in [
        "compare.csv",
        "compare_data.csv",
        "compare_moves.csv",
        "compare_agencies.csv",
        "compare_access.csv",
        "compare_people.csv",
        "compare.json",
    ] {
        assert!(folder.path().join("ab").join(file).exists(), "{file}");
    }
    let json = folder.run(&["compare", "a", "b", "--format", "json"], 0);
    let json: Value = serde_json::from_str(&json).expect("JSON alone");
    assert_eq!(json["place"], "Six");
    folder.run(&["compare", "a", "b", "--out", "a"], 2);
}

#[test]
fn plans_without_layers_are_compared_by_what_they_say_themselves() {
    let folder = Folder::six();
    folder.run(&["plan", ".", "--out", "a", "--only", "json"], 0);
    let text = folder.run(&["compare", "a", "a/plan.json"], 0);
    assert!(text.contains("no building differs"), "{text}");
}
