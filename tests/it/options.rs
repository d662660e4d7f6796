//! Near ties, re-planning from an earlier plan, and the options side by side, through the program.

use crate::folder::Folder;
use serde_json::Value;

fn json(folder: &Folder, file: &str) -> Value {
    serde_json::from_str(&folder.read(file)).expect("JSON")
}

#[test]
fn alternatives_are_plans_of_their_own_beside_the_plan_and_a_table_says_how_they_differ() {
    let folder = Folder::six();
    let said = folder.run(
        &[
            "plan",
            ".",
            "--out",
            "plan",
            "--alternatives",
            "2",
            "--near",
            "30%",
            "--time",
            "10",
        ],
        0,
    );
    assert!(said.contains("that differ most"), "{said}");
    let all = json(&folder, "plan/alternatives.json");
    let all = all.as_array().expect("rows");
    assert!(all.len() >= 2, "{all:?}");
    assert_eq!(all[0]["buildings_apart"], 0);
    for one in &all[1..] {
        let name = one["plan"].as_str().expect("a folder");
        folder.run(&["verify", ".", &format!("plan/{name}")], 0);
        let more = one["costs_more"].as_f64().expect("a share");
        assert!((-1e-9..=0.3 + 1e-9).contains(&more), "{one}");
        let apart = |what: &str| one[what].as_u64().unwrap_or(0);
        assert!(apart("buildings_apart") + apart("teams_apart") > 0, "{one}");
    }
    assert!(
        folder
            .read("plan/alternatives.csv")
            .starts_with("plan,cost_gbp")
    );
    folder.run(&["verify", ".", "plan"], 0);
    // The next plan takes them away.
    folder.run(&["plan", ".", "--out", "plan"], 0);
    assert!(!folder.path().join("plan/alternatives.csv").exists());
    assert!(!folder.path().join("plan/alternative-1").exists());
}

#[test]
fn a_plan_from_the_last_one_says_what_became_of_that_and_stays_close_where_changes_cost() {
    let folder = Folder::six();
    folder.run(&["plan", ".", "--out", "last"], 0);
    let said = folder.run(&["plan", ".", "--out", "same", "--from", "last"], 0);
    assert!(said.contains("its data are those of now"), "{said}");
    assert!(said.contains("could still be carried out"), "{said}");
    folder.append("occupiers.csv", "\n");
    let said = folder.run(
        &[
            "plan",
            ".",
            "--out",
            "new",
            "--from",
            "last",
            "--churn",
            "100000000",
        ],
        0,
    );
    assert!(said.contains("occupiers.csv changed"), "{said}");
    let (last, new) = (
        json(&folder, "last/plan.json"),
        json(&folder, "new/plan.json"),
    );
    let seats = |plan: &Value| -> Vec<Value> {
        let all = plan["occupiers"].as_array().expect("occupiers");
        all.iter().map(|one| one["to_id"].clone()).collect()
    };
    assert_eq!(seats(&last), seats(&new));
    assert!(folder.read("new/drift.csv").contains("file,occupiers.csv"));
    folder.run(&["verify", ".", "new"], 0);
}

#[test]
fn a_plan_of_another_place_is_nothing_to_start_from() {
    let folder = Folder::six();
    folder.run(&["plan", ".", "--out", "last"], 0);
    folder.replace("place.toml", "name = \"Six\"", "name = \"Seven\"");
    let said = folder.run(&["plan", ".", "--out", "new", "--from", "last"], 2);
    assert!(said.contains("an earlier plan of this place"), "{said}");
}

#[test]
fn the_options_stand_side_by_side_and_each_that_has_a_folder_is_verified() {
    let folder = Folder::six();
    folder.write(
        "north.csv",
        "id,decision,value\noffice-annexe,place_at,C001\n",
    );
    let said = folder.run(
        &["options", ".", "--out", "options", "--option", "north.csv"],
        0,
    );
    for option in ["do_nothing", "do_minimum", "alone:", "option:north", "ours"] {
        assert!(said.contains(option), "{said}");
    }
    let table = folder.read("options/options.csv");
    assert!(table.starts_with("option,saving_gbp"), "{table}");
    let columns = folder.read("options/columns.csv");
    for column in table.lines().next().expect("a header").split(',') {
        let agency = column.starts_with("npv_") && columns.contains("npv_<agency>_gbp");
        assert!(
            agency || columns.contains(&format!("options.csv,{column},")),
            "{column}"
        );
    }
    folder.run(&["verify", ".", "options/ours"], 0);
    folder.run(&["verify", ".", "options/option-north"], 0);
    let rows = json(&folder, "options/options.json");
    let rows = rows["rows"].as_array().expect("rows");
    let saving = |name: &str| {
        let row = rows.iter().find(|row| row["option"] == name);
        row.and_then(|row| row["saving_gbp"].as_f64())
    };
    assert_eq!(saving("do_minimum"), Some(0.0));
    assert!(saving("ours") > Some(0.0));
}

#[test]
fn the_faults_of_every_option_are_named_at_once() {
    let folder = Folder::six();
    folder.write(
        "one.csv",
        "id,decision,reason,who,date\nNOBODY,keep,why,ann,2026-01-01\n",
    );
    folder.write(
        "two.csv",
        "id,decision,reason,who,date\nNOTHING,dispose,why,bob,2026-01-01\n",
    );
    let said = folder.run(
        &[
            "options", ".", "--out", "options", "--option", "one.csv", "--option", "two.csv",
        ],
        3,
    );
    assert!(
        said.contains("NOBODY") && said.contains("NOTHING"),
        "{said}"
    );
}
