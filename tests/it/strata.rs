//! Groups that a column makes by itself, and services that no table has anybody of.

use crate::folder::Folder;
use oneroof::place::RuleKind;

#[test]
fn every_value_of_a_stratum_is_a_group_of_whole_zones_that_rules_may_compare() {
    let folder = Folder::six();
    let text = folder.read("zones.csv");
    let mut lines = text.lines();
    let mut wide = format!("{},kind\n", lines.next().unwrap_or_default());
    for (at, line) in lines.enumerate() {
        let kind = ["Rural village", "Urban", ""][at % 3];
        wide.push_str(&format!("{line},{kind}\n"));
    }
    folder.write("zones.csv", &wide);
    folder.replace(
        "place.toml",
        "[[zones]]",
        "[[zones]]\nstrata = { kind = \"kind\" }",
    );
    folder.append(
        "place.toml",
        "\n[[access]]\nid = \"library.no_kind_worse\"\nservice = \"library\"\nrule = \"no_group_worse\"\n",
    );
    let place = folder.load().place;
    let shares = |at: usize| place.zones[at].groups.clone();
    assert_eq!(shares(0).get("kind=rural_village"), Some(&1.0));
    assert_eq!(shares(0).get("kind=urban"), Some(&0.0));
    assert_eq!(shares(1).get("kind=urban"), Some(&1.0));
    // Nobody knows what the third is: it is in no group.
    assert!(shares(2).keys().all(|name| !name.starts_with("kind=")));
    let mut rules = place.rules.iter();
    let rule = rules.find(|rule| rule.id.as_str() == "library.no_kind_worse");
    let RuleKind::NoGroupWorse { groups, .. } = &rule.expect("the rule").kind else {
        panic!("{rule:?}");
    };
    assert_eq!(groups, &["kind=rural_village", "kind=urban", "no_car"]);
}

#[test]
fn a_stratum_of_codes_makes_no_groups_and_is_said() {
    let folder = Folder::six();
    let text = folder.read("zones.csv");
    let mut lines = text.lines();
    let mut wide = format!("{},code\n", lines.next().unwrap_or_default());
    let zones: Vec<&str> = lines.collect();
    // Fifty zones, fifty codes.
    for at in 0..50 {
        let line = zones[at % zones.len()];
        let (_, rest) = line.split_once(',').expect("an id");
        wide.push_str(&format!("X{at},{rest},C{at}\n"));
    }
    folder.write("zones.csv", &wide);
    folder.replace(
        "place.toml",
        "[[zones]]",
        "[[zones]]\nstrata = { code = \"code\" }",
    );
    let loaded = folder.load();
    let mut findings = loaded.findings.iter();
    assert!(findings.any(|one| one.code == "stratum-of-codes"));
    let mut groups = loaded
        .place
        .zones
        .iter()
        .flat_map(|zone| zone.groups.keys());
    assert!(groups.all(|name| !name.starts_with("code=")));
}

#[test]
fn a_service_that_nobody_runs_is_said_and_its_rules_are_no_pass() {
    let folder = Folder::six();
    let row = "jc-main,Sixtown Jobcentre,dwp,jobcentre,D001,600,45\n";
    folder.replace("occupiers.csv", row, "");
    let said = folder.run(&["check", "."], 0);
    assert!(said.contains("rule-without-counter"), "{said}");
    let mut lines = said.lines();
    let verdict = lines.find(|line| line.contains("jobcentre.three_miles") && line.contains("4.8"));
    assert!(verdict.is_some_and(|line| !line.contains("pass")), "{said}");
}
