use super::*;
use crate::place::{Place, sample};
use crate::plan::verify::verify;
use crate::plan::{Plan, Wish};
use crate::travel::Travel;
use std::time::Duration;

fn wish() -> Wish {
    Wish {
        gap: 0.0,
        time: Duration::from_secs(20),
        second_stage: false,
        ..Wish::default()
    }
}

fn split(place: &Place) -> Plan {
    let travel = Travel::new(place, Vec::new());
    plan_in_steps(place, &travel, &wish(), &()).expect("a plan")
}

#[test]
fn the_plan_is_the_one_that_there_is_without_the_steps() {
    let mut place = sample::six_buildings();
    // Where costs are the same everywhere many plans are as good.
    place.finance.recharge_notice_years = 0.0;
    let travel = Travel::new(&place, Vec::new());
    let without = crate::plan::plan(&place, &travel, &wish(), &()).expect("a plan");
    let with = split(&place);
    assert_eq!(with.arrangement(&place), without.arrangement(&place));
    assert_eq!(with.buildings, without.buildings);
}

fn steps(plan: &Plan) -> &[SplitStep] {
    &plan.saving_split.as_ref().expect("a split").steps
}

#[test]
fn the_steps_add_up_to_the_saving_and_none_takes_away() {
    let plan = split(&sample::six_buildings());
    let steps = steps(&plan);
    let names: Vec<_> = steps.iter().map(|step| step.step.name()).collect();
    assert_eq!(names, ["alone", "sharing", "closing"]);
    let added: f64 = steps.iter().map(|step| step.adds_gbp).sum();
    assert!((added - plan.saving_gbp).abs() < 0.005, "{added}");
    assert!(steps.iter().all(|step| step.adds_gbp >= 0.0), "{steps:#?}");
}

#[test]
fn alone_nobody_goes_into_another_agencys_building_and_nobody_merges_before_closing() {
    let place = sample::six_buildings();
    let plan = split(&place);
    let alone = &steps(&plan)[0];
    assert!(!alone.moves.is_empty());
    for moved in &alone.moves {
        let occupier = place
            .occupiers
            .iter()
            .find(|one| one.id.as_str() == moved.occupier);
        let to = place.building_named(&moved.to_id).expect("a building");
        assert_eq!(place.building(to).agency, occupier.expect("one").agency);
    }
}

#[test]
fn without_services_that_may_merge_closing_adds_nothing() {
    let mut place = sample::six_buildings();
    for service in &mut place.services {
        service.may_merge = false;
    }
    let plan = split(&place);
    assert_eq!(steps(&plan)[2].adds_gbp, 0.0);
}

#[test]
fn the_verifier_works_every_step_out_again() {
    let place = sample::six_buildings();
    let travel = Travel::new(&place, Vec::new());
    let plan = split(&place);
    assert_eq!(verify(&place, &travel, &plan), []);
    let codes = |change: &dyn Fn(&mut SavingSplit)| {
        let mut altered = plan.clone();
        change(altered.saving_split.as_mut().expect("a split"));
        let found = verify(&place, &travel, &altered);
        found
            .iter()
            .map(|one| one.figure.clone())
            .collect::<Vec<_>>()
    };
    let found = codes(&|split| split.steps[0].saving_gbp += 10.0);
    assert!(
        found.iter().any(|f| f == "saving_split[alone].saving_gbp"),
        "{found:?}"
    );
    let found = codes(&|split| split.steps[2].adds_gbp -= 1.0);
    assert!(
        found.iter().any(|f| f == "saving_split[closing].adds_gbp"),
        "{found:?}"
    );
    let found = codes(&|split| split.steps[0].moves[0].to_id = "N1".to_owned());
    assert!(
        found.iter().any(|f| f.starts_with("saving_split[alone]")),
        "{found:?}"
    );
    let found = codes(&|split| split.steps[1].agencies[0].npv_gbp += 5.0);
    assert!(
        found
            .iter()
            .any(|f| f.starts_with("saving_split[sharing].agencies")),
        "{found:?}"
    );
}
