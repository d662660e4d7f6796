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

/// Six buildings with one more column of the zones, and this in the block of the zones; what loading finds.
fn with_column(name: &str, values: &[&str], block: &str) -> (Folder, Vec<String>) {
    let folder = Folder::six();
    let text = folder.read("zones.csv");
    let mut lines = text.lines();
    let mut wide = format!("{},{name}\n", lines.next().unwrap_or_default());
    for (at, line) in lines.enumerate() {
        wide.push_str(&format!("{line},{}\n", values[at % values.len()]));
    }
    folder.write("zones.csv", &wide);
    folder.replace("place.toml", "[[zones]]", &format!("[[zones]]\n{block}"));
    let said = folder.run(&["check", "."], 0);
    (folder, said.lines().map(str::to_owned).collect())
}

#[test]
fn quintiles_are_turned_as_six_less_the_value() {
    let block = "deciles = { gisd = { column = \"GISD Quintil\", one_is = \"least_deprived\" } }";
    let (folder, said) = with_column("GISD Quintil", &["5", "1"], block);
    assert!(
        said.iter().any(|line| line.contains("scale-recognised")),
        "{said:?}"
    );
    let place = folder.load().place;
    assert_eq!(place.zones[0].measures["gisd"], 1.0);
    assert_eq!(place.zones[1].measures["gisd"], 5.0);
}

#[test]
fn a_scale_of_twenty_steps_is_recognised_by_its_values() {
    let block = "deciles = { d = { column = \"d\", one_is = \"least_deprived\" } }";
    let (folder, said) = with_column("d", &["19", "2"], block);
    assert!(
        said.iter().any(|line| line.contains("scale-recognised")),
        "{said:?}"
    );
    assert_eq!(folder.load().place.zones[0].measures["d"], 2.0);
}

#[test]
fn deciles_are_not_told() {
    let block = "deciles = { d = { column = \"imd_decile\", one_is = \"least_deprived\" } }";
    let (folder, said) = with_column("imd_decile", &["9", "2"], block);
    assert!(said.iter().all(|line| !line.contains("scale-")), "{said:?}");
    assert_eq!(folder.load().place.zones[0].measures["d"], 2.0);
}

#[test]
fn a_limit_wider_than_the_place_is_told_with_figures() {
    let (folder, _) = with_column("d", &["9", "", "8"], "");
    let rule = |km: &str| {
        format!(
            "\n[[access]]\nid = \"library.{km}\"\nservice = \"library\"\nrule = \"within\"\nkm = {km}\nshare = 0.9\n"
        )
    };
    folder.append("place.toml", &rule("500"));
    folder.append("place.toml", &rule("3"));
    let found = folder.load().findings;
    let found: Vec<_> = found
        .iter()
        .filter(|finding| finding.code == "limit-never-binds")
        .collect();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(
        found[0].cause.contains("library.500 allows 500 km"),
        "{found:#?}"
    );
    assert!(found[0].cause.contains("is further than"), "{found:#?}");
}

#[test]
fn a_group_that_nobody_is_in_and_a_limit_about_it_are_told() {
    let block =
        "deciles = { d = { column = \"d\", one_is = \"most_deprived\" } }\nstrata = { d = \"d\" }";
    let (folder, _) = with_column("d", &["9", "", "8"], block);
    folder.replace(
        "place.toml",
        "groups = {",
        "groups = { poor = { decile = \"d\", at_most = 2 },",
    );
    folder.append(
        "place.toml",
        "\n[[access]]\nid = \"library.poor\"\nservice = \"library\"\nrule = \"within\"\nkm = 3\nshare = 0.9\ngroup = \"poor\"\n",
    );
    let said = folder.run(&["check", "."], 0);
    assert!(said.contains("group-of-nobody"), "{said}");
    assert!(said.contains("rule-about-nobody"), "{said}");
    assert!(said.contains("stratum-without-value"), "{said}");
}

#[test]
fn a_column_of_per_cent_whose_values_are_below_one_is_told() {
    let block = "measures = {}";
    let (folder, _) = with_column("pct_poor", &["0.8", "0.5"], block);
    folder.replace(
        "place.toml",
        "groups = {",
        "groups = { poor = { column = \"pct_poor\" },",
    );
    let said = folder.run(&["check", "."], 0);
    assert!(said.contains("share-or-per-cent"), "{said}");
    let column = folder.read("zones.csv").replace(",0.8\n", ",8\n");
    folder.write("zones.csv", &column);
    let place = folder.load().place;
    // Of a hundred, all of them: half a per cent is no half.
    assert_eq!(place.zones[0].groups["poor"], 0.08);
    assert_eq!(place.zones[1].groups["poor"], 0.005);
}
