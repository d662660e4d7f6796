//! Groups that travel by a mode of their own: the rules about them, and their table.

use crate::folder::Folder;
use oneroof::place::RuleKind;

fn on_foot() -> Folder {
    let folder = Folder::six();
    folder.append(
        "place.toml",
        "\n[travel]\ngroup_modes = { no_car = \"walk\" }\n",
    );
    folder
}

#[test]
fn a_rule_about_a_group_goes_by_its_mode_unless_it_states_one() {
    let folder = on_foot();
    let rule =
        "[[access]]\nservice = \"library\"\nrule = \"within\"\nshare = 0.1\ngroup = \"no_car\"\n";
    folder.append(
        "place.toml",
        &format!("\n{rule}id = \"foot\"\nminutes = 30\n"),
    );
    folder.append(
        "place.toml",
        &format!("\n{rule}id = \"car\"\nminutes = 30\nmode = \"drive\"\n"),
    );
    let place = folder.load().place;
    let measure = |id: &str| {
        let rule = place.rules.iter().find(|rule| rule.id.as_str() == id);
        rule.expect("the rule").measure.to_string()
    };
    assert_eq!(measure("foot"), "walk min");
    assert_eq!(measure("car"), "drive min");
    assert_eq!(measure("library.two_miles"), "straight km");
}

#[test]
fn a_rule_that_compares_groups_is_asked_once_for_each_mode() {
    let folder = on_foot();
    folder.replace(
        "place.toml",
        "groups = { no_car",
        "groups = { others = { column = \"working_age\", of = \"population\" }, no_car",
    );
    folder.append(
        "place.toml",
        "\n[[access]]\nid = \"fair\"\nservice = \"library\"\nrule = \"no_group_worse\"\n",
    );
    let place = folder.load().place;
    let asked: Vec<(String, String, Vec<String>)> = place
        .rules
        .iter()
        .filter_map(|rule| match &rule.kind {
            RuleKind::NoGroupWorse { groups, .. } => Some((
                rule.id.to_string(),
                rule.measure.to_string(),
                groups.clone(),
            )),
            _ => None,
        })
        .collect();
    let own = |id: &str, measure: &str, group: &str| {
        (id.to_owned(), measure.to_owned(), vec![group.to_owned()])
    };
    assert_eq!(
        asked,
        [
            own("fair", "straight km", "others"),
            own("fair.walk", "walk km", "no_car")
        ]
    );
}

#[test]
fn their_table_is_in_their_own_minutes_and_every_row_says_how_it_is_measured() {
    let folder = on_foot();
    folder.run(&["plan", ".", "--out", "out"], 0);
    let modes = folder.read("out/modes.csv");
    let mut rows = modes.lines();
    assert!(
        rows.next()
            .is_some_and(|row| row.starts_with("service,group,measure,people,mean_today,"))
    );
    let row = rows.next().expect("a row");
    assert!(row.starts_with("library,no_car,walk min,"), "{row}");
    for (file, measure) in [
        ("groups.csv", "straight line"),
        ("equality.csv", "straight line"),
    ] {
        let table = folder.read(&format!("out/{file}"));
        let mut rows = table.lines();
        assert!(
            rows.next().is_some_and(|row| row.ends_with(",measure")),
            "{table}"
        );
        assert!(rows.all(|row| row.contains(measure)), "{table}");
    }
}

#[test]
fn a_mode_for_a_group_that_is_not_and_a_mode_that_is_not_are_refused_together() {
    let folder = Folder::six();
    folder.append(
        "place.toml",
        "\n[travel]\ngroup_modes = { no_cars = \"walk\", no_car = \"buss\" }\n",
    );
    let said = folder.run(&["check", "."], 3);
    assert!(said.contains("did you mean `no_car`?"), "{said}");
    assert!(said.contains("`buss` is no mode"), "{said}");
}

#[test]
fn without_modes_of_their_own_there_is_no_table() {
    let folder = Folder::six();
    folder.run(&["plan", ".", "--out", "out"], 0);
    assert!(!folder.path().join("out/modes.csv").exists());
    assert!(!folder.path().join("out/visits.csv").exists());
}
