//! Why a plan is as it is: every answer is checked by forcing what it is about and planning that afresh.

use crate::folder::Folder;
use oneroof::explain::{Asking, Explanation, Opposite, Outcome, Subject, explain, explain_all};
use oneroof::place::{
    BuildingIx, Decision, Lock, OccupierIx, Place, RuleKind, Verb, sample::six_buildings,
};
use oneroof::plan::{Obstacle, Plan, PlanError, Wish, plan};
use oneroof::travel::Travel;
use serde_json::Value;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

fn exact() -> Wish {
    Wish {
        gap: 0.0,
        time: Duration::from_secs(20),
        second_stage: false,
        ..Wish::default()
    }
}

fn planned(place: &Place) -> Result<Plan, PlanError> {
    plan(place, &Travel::new(place, Vec::new()), &exact(), &())
}

/// What is answered about a subject of the cheapest plan of a place.
fn answered(place: &Place, subject: Subject) -> (Plan, Explanation) {
    let travel = Travel::new(place, Vec::new());
    let plan = planned(place).expect("a plan");
    let answer = explain(&asking(place, &travel, &plan), subject);
    (plan, answer)
}

fn asking<'a>(place: &'a Place, travel: &'a Travel, plan: &'a Plan) -> Asking<'a> {
    Asking {
        place,
        travel,
        plan,
        certificate: plan.certificate.as_ref(),
        gap: 0.0,
        time: Duration::from_secs(20),
        rounds: None,
        progress: &(),
    }
}

fn saving(plan: &Plan) -> f64 {
    plan.do_minimum - plan.value
}

fn opposite(place: &Place, at: usize) -> (Plan, Opposite) {
    let (plan, answer) = answered(place, Subject::Building(BuildingIx::new(at)));
    let Explanation::Building(one) = answer else {
        panic!("{answer:?}");
    };
    (plan, one.opposite.expect("it is in the plan"))
}

#[test]
fn the_price_of_the_opposite_is_what_a_fresh_plan_with_it_forced_loses() {
    let place = six_buildings();
    for at in 0..place.buildings.len() {
        let (plan, opposite) = opposite(&place, at);
        let mut forced = place.clone();
        forced.buildings[at].lock = match opposite.asked.as_str() {
            "keep" => Lock::Keep,
            _ => Lock::Dispose,
        };
        let Ok(afresh) = planned(&forced) else {
            assert_eq!(opposite.outcome, Outcome::Impossible, "{at}: {opposite:?}");
            continue;
        };
        let price = opposite.price.expect("it is priced");
        let loses = saving(&plan) - saving(&afresh);
        assert!(
            (price.as_found_gbp.unwrap_or(f64::NAN) - loses).abs() < 0.02,
            "{at}: {price:?} {loses}"
        );
        let (least, most) = (
            price.at_least_gbp.expect("a bound"),
            price.at_most_gbp.expect("a bound"),
        );
        assert!(
            least <= loses + 0.02 && loses <= most + 0.02,
            "{at}: {price:?} {loses}"
        );
    }
}

#[test]
fn a_building_that_holds_somebody_who_cannot_move_cannot_be_let_go() {
    let mut place = six_buildings();
    place.occupiers[0].immovable = Some("custody".into());
    let (_, opposite) = opposite(&place, 0);
    assert_eq!(opposite.outcome, Outcome::Impossible);
    assert!(
        opposite.because.iter().any(|why| why.contains("custody")),
        "{opposite:?}"
    );
}

#[test]
fn the_price_of_a_lock_is_told_where_people_keep_what_would_be_let_go() {
    let mut place = six_buildings();
    let free = saving(&planned(&place).expect("a plan"));
    // The empty building is let go where nobody says otherwise.
    place
        .decisions
        .push(Decision::about("A3", Verb::Keep, None));
    let (plan, opposite) = opposite(&place, 3);
    assert_eq!(opposite.asked, "dispose");
    let lost = free - saving(&plan);
    assert!(lost > 0.0);
    let found = opposite.price.and_then(|price| price.as_found_gbp);
    assert!(
        (found.unwrap_or(f64::NAN) + lost).abs() < 0.02,
        "{opposite:?} {lost}"
    );
}

#[test]
fn the_rule_that_holds_a_building_is_named_with_its_zones() {
    let mut place = six_buildings();
    // Only libraries count, and nobody may be further from one than today.
    place.rules.truncate(1);
    place.rules[0].kind = RuleKind::WorstCase {
        limit: oneroof::place::Distance(0),
        increase: oneroof::place::Distance(0),
    };
    let (_, answer) = answered(&place, Subject::Building(BuildingIx::new(1)));
    let Explanation::Building(one) = answer else {
        panic!("{answer:?}");
    };
    // Zones 1 to 4 have their library in A1; 1,000 people each.
    assert_eq!(one.held_by.len(), 1, "{one:?}");
    assert_eq!(one.held_by[0].zones.len(), 4);
}

#[test]
fn where_an_occupier_could_have_gone_is_what_forcing_it_there_shows() {
    let free = six_buildings();
    // Where every building stays, there is room elsewhere.
    let mut kept = free.clone();
    for building in &mut kept.buildings {
        building.lock = Lock::Keep;
    }
    let mut kinds = std::collections::BTreeSet::new();
    let all = 0..free.occupiers.len();
    for (place, at) in [&free, &kept]
        .into_iter()
        .flat_map(|place| all.clone().map(move |at| (place, at)))
    {
        let (plan, answer) = answered(place, Subject::Occupier(OccupierIx::new(at)));
        let Explanation::Occupier(one) = answer else {
            panic!("{answer:?}");
        };
        for other in &one.alternatives {
            kinds.insert(other.obstacle);
            let put = |id: &str, to: &str| Decision::about(id, Verb::PlaceAt, Some(to));
            let mut forced = place.clone();
            forced.decisions.push(put(&one.occupier, &other.asset_id));
            match other.obstacle {
                // Those who are elsewhere may make room, so that it costs no more than this.
                Obstacle::Cost | Obstacle::Nothing => {
                    let afresh = planned(&forced).expect("it can be there");
                    let loses = saving(&plan) - saving(&afresh);
                    let more = other.costs_more_gbp.expect("it is priced");
                    assert!(loses <= more + 0.02, "{other:?} {loses}");
                }
                Obstacle::Never => assert!(planned(&forced).is_err(), "{other:?}"),
                // Everybody else stays where the plan has them.
                _ => {
                    for planned in plan.occupiers.iter().filter(|o| o.occupier != one.occupier) {
                        forced
                            .decisions
                            .push(put(&planned.occupier, &planned.to_id));
                    }
                    for built in &plan.buildings {
                        let keep = if built.action.is_open() {
                            Verb::Keep
                        } else {
                            Verb::Dispose
                        };
                        forced
                            .decisions
                            .push(Decision::about(built.asset_id.as_str(), keep, None));
                    }
                    assert!(planned(&forced).is_err(), "{other:?}");
                }
            }
        }
    }
    assert!(
        kinds.contains(&Obstacle::Cost) && kinds.len() > 1,
        "{kinds:?}"
    );
}

#[test]
fn what_easing_a_rule_saves_is_what_a_fresh_plan_under_the_eased_rule_saves_more() {
    let place = six_buildings();
    for at in 0..place.rules.len() {
        let (plan, answer) = answered(&place, Subject::Rule(at));
        let Explanation::Rule(one) = answer else {
            panic!("{answer:?}");
        };
        let mut eased = place.clone();
        eased.rules[at] = place.rules[at].eased(
            one.stands
                .enforced
                .filter(|_| at == 0)
                .unwrap_or_else(|| place.rules[at].threshold()),
        );
        assert_ne!(eased.rules[at], place.rules[at]);
        let more = saving(&planned(&eased).expect("a plan")) - saving(&plan);
        let saves = one.saves.expect("a plan");
        assert!((saves.as_found_gbp - more).abs() < 0.02, "{saves:?} {more}");
        assert!(
            saves.at_least_gbp.expect("a bound") <= more + 0.02,
            "{saves:?} {more}"
        );
        assert!(
            saves.at_most_gbp.expect("a bound") >= more - 0.02,
            "{saves:?} {more}"
        );
    }
}

#[test]
fn all_buildings_at_once_are_priced_as_one_by_one() {
    let place = six_buildings();
    let travel = Travel::new(&place, Vec::new());
    let plan = planned(&place).expect("a plan");
    let asking = asking(&place, &travel, &plan);
    let all = explain_all(&asking, Duration::from_secs(20));
    assert_eq!(all.len(), 6);
    for one in all {
        let at = place.building_named(&one.asset_id).expect("it is there");
        let Explanation::Building(alone) = explain(&asking, Subject::Building(at)) else {
            panic!("{one:?}");
        };
        let found = |o: &Option<Opposite>| {
            o.as_ref()
                .and_then(|o| o.price)
                .and_then(|price| price.as_found_gbp)
        };
        assert_eq!(found(&one.opposite), found(&alone.opposite), "{one:?}");
        let price = one.opposite.and_then(|opposite| opposite.price);
        let range = price.and_then(|p| p.at_least_gbp.zip(p.at_most_gbp));
        assert!(
            range.is_none_or(|(least, most)| least <= most + 0.02),
            "{price:?}"
        );
    }
}

#[test]
fn a_number_of_buildings_is_named_where_it_holds_one() {
    let mut place = six_buildings();
    place.rules.truncate(1);
    place.rules[0].kind = RuleKind::MinimumHosts {
        at_least: 2,
        hours: oneroof::place::HoursClass::Any,
        each: None,
    };
    let plan = planned(&place).expect("a plan");
    let libraries: Vec<BuildingIx> = place
        .occupiers()
        .filter(|(_, one)| one.service == place.rules[0].service)
        .filter_map(|(at, _)| place.building_named(&plan.occupiers[at.index()].to_id))
        .collect();
    // Two libraries, two buildings: without either there is one too few.
    assert_eq!(libraries.len(), 2);
    for at in libraries {
        let (_, answer) = answered(&place, Subject::Building(at));
        let Explanation::Building(one) = &answer else {
            panic!("{answer:?}");
        };
        assert!(
            one.held_by.iter().any(|hold| hold.kind == "minimum_hosts"),
            "{one:?}"
        );
        assert!(answer.text(&place).contains("there would be too few"));
    }
}

/// Half of what the free plan spends once may be spent.
fn on_half_the_money() -> Place {
    let mut place = six_buildings();
    let free = planned(&place).expect("a plan");
    let spent: f64 = free
        .ledger
        .iter()
        .flat_map(|agency| &agency.lines)
        .filter(|line| matches!(line.line.as_str(), "fit_out" | "fees" | "move"))
        .map(|line| line.after_gbp)
        .sum();
    assert!(spent > 0.0);
    place.finance.limits.budget = Some(oneroof::place::CapitalBudget {
        pooled: Some(spent / 2.0),
        ..Default::default()
    });
    place
}

#[test]
fn a_limit_on_money_is_named_where_it_is_in_the_way_of_a_building() {
    let place = on_half_the_money();
    let free = planned(&six_buildings()).expect("a plan");
    let limited = planned(&place).expect("a plan");
    let other =
        |at: usize| free.buildings[at].action.is_open() != limited.buildings[at].action.is_open();
    let at = (0..6).find(|at| other(*at)).expect("the money matters");
    let (_, answer) = answered(&place, Subject::Building(BuildingIx::new(at)));
    let Explanation::Building(one) = &answer else {
        panic!("{answer:?}");
    };
    assert_eq!(one.held_by_money.len(), 1, "{one:?}");
    assert_eq!(one.held_by_money[0].limit, "capital_budget");
    assert!(one.held_by_money[0].after_gbp > one.held_by_money[0].limit_gbp);
    assert!(answer.text(&place).contains("capital_budget is in the way"));
}

#[test]
fn a_limit_on_money_is_not_named_of_a_building_that_would_be_as_it_is_without_it() {
    let place = on_half_the_money();
    let free = planned(&six_buildings()).expect("a plan");
    let limited = planned(&place).expect("a plan");
    let travel = Travel::new(&place, Vec::new());
    let mut asked = 0;
    for at in 0..6 {
        let (own, other) = (&limited.buildings[at].action, &free.buildings[at].action);
        if own.is_open() != other.is_open() {
            continue;
        }
        let subject = Subject::Building(BuildingIx::new(at));
        let answer = explain(&asking(&place, &travel, &limited), subject);
        let Explanation::Building(one) = &answer else {
            panic!("{answer:?}");
        };
        let found = one
            .opposite
            .as_ref()
            .is_some_and(|one| one.outcome == Outcome::Planned);
        if found {
            asked += 1;
            assert!(one.held_by_money.is_empty(), "{one:?}");
        }
    }
    assert!(asked > 0);
}

#[test]
fn a_team_that_a_budget_keeps_from_a_building_is_told_by_how_many_pounds() {
    let place = on_half_the_money();
    let travel = Travel::new(&place, Vec::new());
    let limited = planned(&place).expect("a plan");
    let asking = asking(&place, &travel, &limited);
    let told: Vec<String> = (0..place.occupiers.len())
        .filter_map(
            |at| match explain(&asking, Subject::Occupier(OccupierIx::new(at))) {
                Explanation::Occupier(one) => Some(one.alternatives),
                _ => None,
            },
        )
        .flatten()
        .filter(|one| one.obstacle == Obstacle::Money)
        .map(|one| one.because)
        .collect();
    assert!(!told.is_empty());
    for because in told {
        assert!(
            because.starts_with("limit capital_budget (at most £"),
            "{because}"
        );
        assert!(
            because.ends_with(" beyond") && !because.contains("row"),
            "{because}"
        );
        assert!(!because.contains("0000000"), "{because}");
    }
}

#[test]
fn what_easing_a_limit_on_money_saves_is_what_a_fresh_plan_with_more_money_saves_more() {
    let place = on_half_the_money();
    let subject = Subject::find(&place, "capital_budget").expect("a limit");
    let (plan, answer) = answered(&place, subject);
    let Explanation::Limit(one) = answer else {
        panic!("{answer:?}");
    };
    let mut eased = place.clone();
    let budget = eased.finance.limits.budget.as_mut().expect("a budget");
    budget.pooled = budget.pooled.map(|most| 1.1 * most);
    let more = saving(&planned(&eased).expect("a plan")) - saving(&plan);
    let saves = one.saves.expect("a plan");
    assert!((saves.as_found_gbp - more).abs() < 0.02, "{saves:?} {more}");
    assert_eq!(one.stands.len(), 1);
    assert!(one.stands[0].kept);
}

// ---- the program --------------------------------------------------------------------------------

/// The exit code, stdout and stderr of a run in a folder.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_oneroof"));
    let ended = command
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        ended.status.code().unwrap_or(-1),
        text(&ended.stdout),
        text(&ended.stderr),
    )
}

/// The six buildings with their plan in `plan`.
fn six_planned() -> Folder {
    let folder = Folder::six();
    let (code, _, err) = run(folder.path(), &["plan", ".", "--out", "plan"]);
    assert_eq!(code, 0, "{err}");
    folder
}

fn ends(folder: &Folder, arguments: &[&str], code: i32, says: &[&str]) -> String {
    let (ended, out, err) = run(folder.path(), arguments);
    assert_eq!(ended, code, "{out}{err}");
    for words in says {
        let all = format!("{out}{err}");
        assert!(all.contains(words), "nothing says `{words}`:\n{all}");
    }
    out
}

#[test]
fn the_program_explains_a_building_a_counter_and_a_rule_in_sentences_and_as_json() {
    let folder = six_planned();
    ends(
        &folder,
        &["explain", ".", "plan", "C004"],
        0,
        &["(C004)", " than the plan over "],
    );
    ends(
        &folder,
        &["explain", ".", "plan", "library.two_miles"],
        0,
        &["Eased a step, to "],
    );
    let plan: Value = serde_json::from_str(&folder.read("plan/plan.json")).expect("JSON");
    let occupier = plan["occupiers"][0]["occupier"]
        .as_str()
        .expect("an id")
        .to_owned();
    ends(
        &folder,
        &["explain", ".", "plan", &occupier],
        0,
        &["near enough to matter"],
    );
    let json = ends(
        &folder,
        &["explain", ".", "plan", "C004", "--format", "json"],
        0,
        &[],
    );
    let json: Value = serde_json::from_str(&json).expect("JSON alone");
    assert_eq!(json["about"], "building");
    assert!(
        json["opposite"]["price"]["as_found_gbp"].is_number(),
        "{json}"
    );
}

#[test]
fn an_id_that_nothing_bears_ends_with_3_and_near_ones_are_offered() {
    let folder = six_planned();
    ends(
        &folder,
        &["explain", ".", "plan", "C0O4"],
        3,
        &["unknown-id", "did you mean `C004`?"],
    );
    ends(
        &folder,
        &["explain", ".", "plan", "zone:"],
        3,
        &["unknown-id"],
    );
    ends(&folder, &["explain", ".", "plan", ""], 3, &["unknown-id"]);
    ends(&folder, &["explain", ".", "plan"], 2, &["required"]);
}

#[test]
fn a_plan_of_another_place_or_of_other_files_is_not_explained() {
    let folder = six_planned();
    folder.append("occupiers.csv", "\n");
    ends(
        &folder,
        &["explain", ".", "plan", "C004"],
        6,
        &["changed since it was made: occupiers.csv"],
    );
    let other = Folder::six();
    other.replace("place.toml", "name = \"Six\"", "name = \"Seven\"");
    let plan = folder.path().join("plan");
    let plan = plan.to_str().expect("plain letters");
    ends(
        &other,
        &["explain", ".", plan, "C004"],
        6,
        &["it is the plan of another place"],
    );
}

#[test]
fn what_is_only_asked_is_not_called_a_lock_of_the_register() {
    let folder = Folder::six();
    // No building offers what a library needs, so that none can go elsewhere.
    let without = folder.read("buildings.csv").replace("step_free", "");
    folder.write("buildings.csv", &without);
    folder.run(&["plan", ".", "--out", "plan", "--only", "json"], 0);
    let told = folder.run(&["explain", ".", "plan", "C003"], 0);
    assert!(told.contains("is to be let go (--dispose)"), "{told}");
    assert!(!told.contains("locked"), "{told}");
}

#[test]
fn a_broken_plan_file_ends_with_2_and_no_panic() {
    let folder = six_planned();
    for text in ["", "{", "[]", "{\"schema_version\": 1}", "null"] {
        folder.write("plan/plan.json", text);
        ends(
            &folder,
            &["explain", ".", "plan", "C004"],
            2,
            &["plan.json"],
        );
        ends(&folder, &["compare", "plan", "plan"], 2, &["plan.json"]);
    }
    ends(
        &folder,
        &["explain", ".", "nowhere", "C004"],
        2,
        &["nowhere"],
    );
}

#[test]
fn every_building_is_explained_into_the_plan_folder_and_the_next_plan_takes_it_away() {
    let folder = six_planned();
    ends(
        &folder,
        &["explain", ".", "plan", "--all", "--time", "20"],
        0,
        &["explanations.json"],
    );
    let all: Value = serde_json::from_str(&folder.read("plan/explanations.json")).expect("JSON");
    assert!(all.as_array().is_some_and(|all| !all.is_empty()), "{all}");
    ends(&folder, &["verify", ".", "plan"], 0, &[]);
    ends(&folder, &["plan", ".", "--out", "plan"], 0, &[]);
    assert!(!folder.path().join("plan/explanations.json").exists());
}
