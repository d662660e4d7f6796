//! The verifier accepts honest plans and names what is wrong with others.

use super::build::{Change, plan_of};
use super::{Discrepancy, verify};
use crate::place::sample::six_buildings;
use crate::place::*;
use crate::plan::*;
use crate::travel::Travel;

fn travel(place: &Place) -> Travel {
    Travel::new(place, Vec::new())
}

/// What the verifier says of a change of a place.
fn judged(place: &Place, change: &Change) -> Vec<Discrepancy> {
    let travel = travel(place);
    verify(place, &travel, &plan_of(place, &travel, change))
}

/// What the verifier says of an honest plan that was altered.
fn altered(place: &Place, change: &Change, alter: impl FnOnce(&mut Plan)) -> Vec<Discrepancy> {
    let travel = travel(place);
    let mut plan = plan_of(place, &travel, change);
    assert_eq!(verify(place, &travel, &plan), Vec::new());
    alter(&mut plan);
    verify(place, &travel, &plan)
}

#[track_caller]
fn names(found: &[Discrepancy], code: &str, figure: &str) {
    assert!(
        found.iter().any(|d| d.code == code && d.figure == figure),
        "nothing says {code} of {figure}: {found:#?}"
    );
}

/// The offices of A2 go to A1, and A2 is let go.
fn offices_leave() -> Change {
    Change {
        moves: vec![(3, 1)],
        closed: vec![2],
        ..Change::default()
    }
}

#[test]
fn todays_arrangement_is_a_plan() {
    assert_eq!(judged(&six_buildings(), &Change::default()), Vec::new());
}

#[test]
fn a_plan_that_moves_offices_and_lets_a_building_go_agrees() {
    let mut place = six_buildings();
    place.buildings[1].usable = Graded::stated(Areas::of(SpaceType::Any, SquareMetres(700.0)));
    assert_eq!(judged(&place, &offices_leave()), Vec::new());
}

#[test]
fn headroom_is_asked_of_arrivals() {
    let mut place = six_buildings();
    place.buildings[1].usable = Graded::stated(Areas::of(SpaceType::Any, SquareMetres(620.0)));
    let found = judged(&place, &offices_leave());
    names(&found, "overfull", "buildings[A1].used_after_m2");
    assert_eq!(found[0].expected, "at most 620 m²");
    assert_eq!(found[0].found, "630 m²");
}

#[test]
fn an_empty_record_of_an_occupier_is_missed() {
    let found = altered(&six_buildings(), &Change::default(), |plan| {
        plan.occupiers.remove(0);
    });
    names(&found, "left-out", "occupiers[library-0].id");
}

#[test]
fn a_discrepancy_is_one_plain_line() {
    let found = altered(&six_buildings(), &Change::default(), |plan| {
        plan.occupiers[0].to_id = "no\nsuch\tplace".to_owned();
    });
    assert!(!found.is_empty());
    assert!(found.iter().all(|d| !d.to_string().contains(['\n', '\t'])));
}
