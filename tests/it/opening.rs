//! Small new counters in a programme of years: when they open, what waits for them, what they cost.

use crate::access_points::{offer_everywhere, offered};
use crate::folder::Folder;
use crate::phasing::{judged, phased, programme, quick, steps};
use crate::planning::exact;
use crate::random_places;
use oneroof::place::{
    Areas, Gbp, GbpPerYear, Objective, Occupancy, Place, Proposal, SpaceType, SquareMetres, sample,
};
use oneroof::plan::{Act, Plan, Programme, Wish, phase, plan};
use oneroof::publish::{Audience, Edition, Format, publish};
use oneroof::travel::Travel;
use std::time::Duration;

#[test]
fn a_new_counter_opens_no_later_than_the_branch_closes_that_it_rescues() {
    let plan = phased(&offered());
    // Each year that it is open costs 1,200 and saves nothing: it waits for the closure.
    assert_eq!(
        steps(&plan),
        [
            (0, Act::FitOut, "b"),
            (1, Act::Move, "b"),
            (1, Act::Empty, "B"),
            (1, Act::NewCounter, "small@C"),
            (3, Act::Sell, "B"),
        ]
    );
    // 500 once, and from year 2 to 24 1,000 for itself and 10 for each of 20 m².
    let mut free = offered();
    free.points[0].running = GbpPerYear(0.0);
    free.points[0].opening = oneroof::place::Gbp(0.0);
    free.buildings[2].running_per_m2 = GbpPerYear(0.0);
    let costs = programme(&phased(&free)).saving_gbp - programme(&plan).saving_gbp;
    assert!((costs - (500.0 + 23.0 * 1_200.0)).abs() < 0.01, "{costs}");
}

#[test]
fn a_new_counter_is_a_project_so_that_a_building_is_emptied_a_year_later_where_a_year_holds_one() {
    let mut place = offered();
    place.phase.projects_a_year = Some(1);
    let plan = phased(&place);
    // Fitting out A, opening the counter, emptying B: each a year of its own. A move is no project.
    assert_eq!(
        steps(&plan)[..4],
        [
            (0, Act::FitOut, "b"),
            (1, Act::Move, "b"),
            (1, Act::NewCounter, "small@C"),
            (2, Act::Empty, "B"),
        ]
    );
}

#[test]
fn a_new_counter_where_the_branch_was_opens_in_the_year_in_which_that_leaves() {
    let mut place = offered();
    place.services[0].max_per_building = 1;
    place.occupiers[0].service = oneroof::place::ServiceIx::new(1);
    // The only library may go to A, and leaves a small counter in its own building, which an office keeps open.
    place.points = vec![sample::point("small@B", 0, 0, 1)];
    place.occupiers.push(sample::occupier("d", 0, 1, 1, 100.0));
    place.occupiers[3].immovable = Some("servers".to_owned());
    place.buildings[1].running_per_m2 = GbpPerYear(5_000.0);
    place.rules.clear();
    let mut plan = phased(&place);
    assert!(plan.points.is_empty(), "nothing asks for it");
    place.rules = offered().rules;
    plan = phased(&place);
    let told = steps(&plan);
    let year = |act| told.iter().find(|step| step.1 == act).map(|step| step.0);
    assert_eq!(plan.points.len(), 1);
    assert_eq!((year(Act::Move), year(Act::NewCounter)), (Some(1), Some(1)));
}

#[test]
fn a_new_counter_in_a_proposed_building_opens_once_that_is_there_and_the_branch_waits_for_both() {
    let mut place = offered();
    // C is yet to be built, for use from year 4 on, and nobody but the counter would be in it.
    place.occupiers.truncate(2);
    place.buildings[2].occupancy = Occupancy::Vacant;
    place.buildings[2].usable.value = Areas::of(SpaceType::Any, SquareMetres(60.0));
    place.buildings[2].proposed = Some(Box::new(Proposal {
        opening_cost: Gbp(50_000.0),
        first_year: 4,
    }));
    let plan = phased(&place);
    let told = steps(&plan);
    let year = |act, subject: &str| {
        let found = told.iter().find(|step| (step.1, step.2) == (act, subject));
        found
            .map(|step| step.0)
            .unwrap_or_else(|| panic!("{told:?}"))
    };
    let (built, opens) = (year(Act::Open, "C"), year(Act::NewCounter, "small@C"));
    assert!(opens >= 4 && opens > built, "{told:?}");
    assert!(year(Act::Move, "b") >= opens, "{told:?}");
    // A year earlier it would stand on a building site.
    let mut early = plan.clone();
    if let Some(programme) = &mut early.programme {
        for step in &mut programme.steps {
            if step.act == Act::NewCounter {
                step.year = built;
            }
        }
    }
    let found = judged(&place, &early);
    let said = found.iter().any(|one| {
        one.code == "step-too-early" && format!("{one:?}").contains("the building is not there yet")
    });
    assert!(said, "{found:?}");
}

#[test]
fn a_new_counter_that_no_year_has_money_for_is_postponed_with_the_closure() {
    let mut place = offered();
    place.points[0].opening = oneroof::place::Gbp(9_000.0);
    place.phase.capital = oneroof::place::Capital::ByAgency(
        [(place.points[0].agency, 8_000.0)].into_iter().collect(),
    );
    let plan = phased(&place);
    let mut later: Vec<(Act, &str)> = programme(&plan)
        .postponed
        .iter()
        .map(|one| (one.act, one.subject.as_str()))
        .collect();
    later.sort_unstable();
    let both = [
        (Act::Move, "b"),
        (Act::Empty, "B"),
        (Act::NewCounter, "small@C"),
    ];
    assert_eq!(later, both);
    assert!(!programme(&plan).relief.is_empty());
}

#[test]
fn the_verifier_refuses_a_new_counter_that_comes_late_or_dear_or_not_at_all() {
    let place = offered();
    let plan = phased(&place);
    let at = |p: &Programme| {
        let mut steps = p.steps.iter();
        steps
            .position(|step| step.act == Act::NewCounter)
            .expect("it opens")
    };
    let refused = |alter: &dyn Fn(&mut Programme), code: &str| {
        let mut other: Plan = plan.clone();
        alter(other.programme.as_mut().expect("a programme"));
        let found = judged(&place, &other);
        assert!(
            found.iter().any(|one| one.code == code),
            "{code}: {found:?}"
        );
    };
    refused(
        &|p| {
            let at = at(p);
            p.steps[at].year += 1
        },
        "step-too-early",
    );
    refused(
        &|p| {
            let at = at(p);
            p.steps.remove(at);
        },
        "postponed-differs",
    );
    refused(
        &|p| {
            let at = at(p);
            p.steps[at].capital_gbp += 1.0
        },
        "money-differs",
    );
    refused(
        &|p| {
            let at = at(p);
            p.steps[at].agency.push('x')
        },
        "step-differs",
    );
    refused(
        &|p| {
            let at = at(p);
            p.steps[at].building_id.push('x')
        },
        "step-differs",
    );
    refused(
        &|p| {
            let at = at(p);
            p.steps[at].date = Some("2029-02-28".to_owned())
        },
        "step-differs",
    );
    refused(
        &|p| {
            let at = at(p);
            p.steps[at].duties.push("x".to_owned())
        },
        "step-differs",
    );
    refused(
        &|p| {
            let at = at(p);
            p.steps[at].year = 0
        },
        "out-of-order",
    );
}

/// A random place with offers everywhere, and a programme of its plan.
fn random(seed: u64) -> Option<(Place, Plan)> {
    let mut place = random_places::place(seed);
    offer_everywhere(&mut place, seed);
    place.phase.years = 4 + (seed % 5) as u32;
    place.phase.fit_out_years = (seed % 3) as u32 % 2;
    place.phase.projects_a_year = seed.is_multiple_of(4).then_some(2);
    let wish = Wish {
        time: Duration::from_secs(5),
        objective: Some(Objective::NetPresentValue),
        ..exact()
    };
    let travel = Travel::new(&place, Vec::new());
    let mut found = plan(&place, &travel, &wish, &()).ok()?;
    found.programme = Some(phase(&place, &travel, &found, &quick(), &()).expect("a programme"));
    Some((place, found))
}

#[test]
fn a_programme_with_new_counters_of_any_place_agrees_with_the_verifier() {
    let mut opened = 0;
    for (place, plan) in (0..60).filter_map(random) {
        let found = judged(&place, &plan);
        assert!(found.is_empty(), "{}: {found:#?}", place.name);
        let steps = programme(&plan).steps.iter();
        opened += steps.filter(|step| step.act == Act::NewCounter).count();
    }
    assert!(opened > 0);
}

#[test]
fn the_chart_of_a_programme_has_the_building_of_a_new_counter_in_its_row_and_the_counter_beside_it()
{
    let mut place = offered();
    place.buildings[2].name = "Old Town Hall".to_owned();
    place.points[0].name = "Pick-up point in Old Town Hall".to_owned();
    let plan = phased(&place);
    let travel = Travel::new(&place, Vec::new());
    let edition = Edition {
        place: &place,
        travel: &travel,
        plan: &plan,
        findings: &[],
        rejected: &[],
        matches: &[],
        audience: Audience::Partners,
        excel: false,
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("plan");
    publish(&out, &edition, &[Format::Svg]).expect("the plan is published");
    let chart = std::fs::read_to_string(out.join("maps/programme.svg")).expect("it is drawn");
    let lines: Vec<&str> = chart.lines().map(str::trim).collect();
    assert!(lines.contains(&"Old Town Hall"), "{chart}");
    assert!(lines.contains(&"+ Pick-up point"), "{chart}");
}

#[test]
fn an_offer_that_nobody_takes_up_is_an_empty_layer_and_no_step_of_the_programme() {
    let folder = Folder::six();
    let place = "
[[access_point]]
id = \"pick_up\"
name = \"Library pick-up point\"
service = \"library\"
gbp_a_year = 1200
opening_gbp = 3000
m2 = 8
";
    folder.append("place.toml", place);
    let plan = [
        "plan", ".", "--out", "out", "--time", "10s", "--gap", "0", "--phase",
    ];
    folder.run(&plan, 0);
    folder.run(&["verify", ".", "out"], 0);
    // Nothing here is worth a pick-up point: the layer is there all the same, and says so.
    assert_eq!(folder.read("out/points.csv").lines().count(), 1);
    let layer: serde_json::Value =
        serde_json::from_str(&folder.read("out/new_counters.geojson")).expect("JSON");
    assert_eq!(layer["features"], serde_json::json!([]));
    assert!(!folder.read("out/programme.csv").contains("new_counter"));
}
