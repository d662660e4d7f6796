//! The verifier accepts honest plans and names what is wrong with others.

mod access;
mod money;
mod parts;
mod points;
mod structure;

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

/// Says that an honest plan of a change is refused with this code for this figure.
#[track_caller]
fn refused(place: &Place, change: &Change, code: &str, figure: &str) {
    names(&judged(place, change), code, figure);
}

/// A change of one move.
fn moving(who: usize, to: usize) -> Change {
    Change {
        moves: vec![(who, to)],
        ..Change::default()
    }
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
fn an_occupier_that_is_left_out_is_named() {
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
