//! New counters.

use super::*;
use crate::place::sample::point;

/// A library counter of the council's offered in N1, where there is none; the libraries of A0 and A1 share A0.
fn with_a_counter() -> (Place, Change) {
    let mut place = six_buildings();
    place.services[0].max_per_building = 2;
    place.points = vec![point("small@N1", 0, 0, 5)];
    let change = Change {
        moves: vec![(1, 0)],
        points: vec![0],
        ..Change::default()
    };
    (place, change)
}

/// The same where nobody moves: every rule holds.
fn beside_today() -> (Place, Change) {
    let (place, change) = with_a_counter();
    let change = Change {
        moves: Vec::new(),
        ..change
    };
    (place, change)
}

#[test]
fn a_plan_that_opens_an_offered_counter_agrees() {
    let (place, change) = beside_today();
    assert_eq!(judged(&place, &change), Vec::new());
    let plan = plan_of(&place, &travel(&place), &change);
    let lines = plan.ledger.iter().flat_map(|ledger| &ledger.lines);
    let told: Vec<_> = lines
        .filter(|line| line.subject == "small@N1")
        .map(|line| (line.line.as_str(), line.after_gbp))
        .collect();
    // N1 is the NHS's: (50,000 + 5,000) ÷ 1,000 + 10 = 65 £/m²; × 20 m²
    assert_eq!(
        told,
        [
            ("point_opening", 500.0),
            ("point_running", 1_000.0),
            ("recharge_paid", 1_300.0),
            ("recharge_received", -1_300.0)
        ]
    );
}

#[test]
fn without_the_new_counter_the_rule_it_keeps_is_broken() {
    let (mut place, change) = with_a_counter();
    place.rules.truncate(1);
    place.points[0].building = BuildingIx::new(1);
    place.services[0].max_per_building = 2;
    // A1 keeps a small counter, and all of the zones that its library had.
    let found = altered(&place, &change, |plan| plan.points.clear());
    names(&found, "rule-broken", "rules[library.within].after");
}

#[test]
fn a_counter_that_nobody_offers_is_named() {
    let (place, change) = beside_today();
    let found = altered(&place, &change, |plan| {
        plan.points[0].point = "large@N1".to_owned();
    });
    names(&found, "unknown-id", "points[large@N1].id");
}

#[test]
fn a_counter_that_is_listed_twice_is_named() {
    let (place, change) = beside_today();
    let found = altered(&place, &change, |plan| {
        let again = plan.points[0].clone();
        plan.points.push(again);
    });
    names(&found, "listed-twice", "points[small@N1].id");
}

#[test]
fn a_counter_at_another_cost_than_the_offer_states_is_named() {
    let (place, change) = beside_today();
    let found = altered(&place, &change, |plan| plan.points[0].running_gbp = 900.0);
    names(&found, "point-differs", "points[small@N1].running_gbp");
}

#[test]
fn a_counter_in_a_building_that_is_let_go_is_named() {
    let (mut place, _) = with_a_counter();
    place.buildings[1].usable = Graded::stated(Areas::of(SpaceType::Any, SquareMetres(700.0)));
    place.points[0].building = BuildingIx::new(2);
    let change = Change {
        points: vec![0],
        ..offices_leave()
    };
    refused(
        &place,
        &change,
        "closed-occupied",
        "points[small@N1].building_id",
    );
}

#[test]
fn a_counter_beyond_those_that_a_building_may_hold_is_named() {
    let (mut place, change) = beside_today();
    place.services[0].max_per_building = 1;
    place.points[0].building = BuildingIx::new(0);
    refused(
        &place,
        &change,
        "too-many-counters",
        "buildings[A0].occupiers",
    );
}

#[test]
fn a_counter_that_does_not_fit_is_named() {
    let (mut place, change) = beside_today();
    place.points[0].needs = Areas::of(SpaceType::Public, SquareMetres(5_000.0));
    refused(&place, &change, "overfull", "buildings[N1].used_after_m2");
}

#[test]
fn a_counter_where_its_service_lacks_what_it_needs_is_named() {
    let (mut place, change) = beside_today();
    place.services[0].needs.insert("step_free".into());
    place.buildings[0].offers.insert("step_free".into());
    place.buildings[1].offers.insert("step_free".into());
    refused(
        &place,
        &change,
        "tags-missing",
        "points[small@N1].building_id",
    );
}

#[test]
fn a_counter_beside_a_service_it_may_not_share_with_is_named() {
    let (mut place, change) = beside_today();
    place.separations.push(Separation {
        first: ServiceIx::new(0),
        second: place
            .occupiers
            .iter()
            .find(|one| one.building == BuildingIx::new(5))
            .expect("one")
            .service,
        reason: None,
    });
    refused(
        &place,
        &change,
        "separation-ignored",
        "points[small@N1].building_id",
    );
}
