//! Who may be where.

use super::*;

/// Floor of one type.
fn floor(space: SpaceType, area: f64) -> Graded<Areas> {
    Graded::stated(Areas::of(space, SquareMetres(area)))
}

/// A decision about a record.
/// The offices of A2 move to the vacant A3.
fn to_a3() -> Change {
    moving(3, 3)
}

#[test]
fn an_occupier_listed_twice_is_named() {
    let found = altered(&six_buildings(), &Change::default(), |plan| {
        let again = plan.occupiers[2].clone();
        plan.occupiers.push(again);
    });
    names(&found, "listed-twice", "occupiers[office-0].id");
}

#[test]
fn a_building_the_place_does_not_have_is_named() {
    let found = altered(&six_buildings(), &Change::default(), |plan| {
        plan.buildings[2].asset_id = "nowhere".to_owned();
    });
    names(&found, "unknown-id", "buildings[nowhere].id");
    names(&found, "left-out", "buildings[A2].id");
}

#[test]
fn lists_keep_the_order_of_the_input() {
    let found = altered(&six_buildings(), &Change::default(), |plan| {
        plan.buildings.swap(0, 1);
    });
    names(&found, "out-of-order", "buildings");
}

#[test]
fn a_building_that_is_let_go_is_empty() {
    let change = Change {
        closed: vec![2],
        ..Change::default()
    };
    refused(
        &six_buildings(),
        &change,
        "closed-occupied",
        "occupiers[office-2].to_id",
    );
}

#[test]
fn a_building_of_unknown_occupancy_stays_open() {
    let mut place = six_buildings();
    place.buildings[3].occupancy = Occupancy::Unknown;
    let change = Change {
        closed: vec![3],
        ..Change::default()
    };
    refused(&place, &change, "let-go-wrongly", "buildings[A3].action");
}

#[test]
fn a_building_locked_keep_stays_open() {
    let mut place = six_buildings();
    place.buildings[3].lock = Lock::Keep;
    let change = Change {
        closed: vec![3],
        ..Change::default()
    };
    refused(&place, &change, "lock-ignored", "buildings[A3].action");
}

#[test]
fn a_building_that_people_decided_to_dispose_of_is_let_go() {
    let mut place = six_buildings();
    place
        .decisions
        .push(Decision::about("A3", Verb::Dispose, None));
    refused(
        &place,
        &Change::default(),
        "lock-ignored",
        "buildings[A3].action",
    );
}

#[test]
fn an_occupier_goes_where_people_placed_it() {
    let mut place = six_buildings();
    place
        .decisions
        .push(Decision::about("office-2", Verb::PlaceAt, Some("A3")));
    refused(
        &place,
        &Change::default(),
        "decision-ignored",
        "occupiers[office-2].to_id",
    );
    assert_eq!(judged(&place, &to_a3()), Vec::new());
}

#[test]
fn an_immovable_occupier_stays() {
    let mut place = six_buildings();
    place.occupiers[3].immovable = Some("server room".to_owned());
    refused(
        &place,
        &to_a3(),
        "immovable-moved",
        "occupiers[office-2].to_id",
    );
}

#[test]
fn an_occupier_that_people_decided_to_keep_stays() {
    let mut place = six_buildings();
    place
        .decisions
        .push(Decision::about("occupier:office-2", Verb::Keep, None));
    refused(
        &place,
        &to_a3(),
        "immovable-moved",
        "occupiers[office-2].to_id",
    );
}

#[test]
fn what_is_outside_the_plan_is_not_touched() {
    let mut place = six_buildings();
    place.buildings[2].role = Role::Fixed("in the buffer".into());
    refused(
        &place,
        &to_a3(),
        "outside-touched",
        "occupiers[office-2].to_id",
    );
}

#[test]
fn some_buildings_receive_nobody() {
    let never: [fn(&mut Building); 5] = [
        |b| b.role = Role::Fixed("in the buffer".into()),
        |b| b.occupancy = Occupancy::Unknown,
        |b| b.usable.grade = Grade::Defaulted,
        |b| b.lock = Lock::Dispose,
        |b| b.tenure.kind = TenureKind::LetOut,
    ];
    for make in never {
        let mut place = six_buildings();
        make(&mut place.buildings[3]);
        refused(
            &place,
            &to_a3(),
            "receives-nobody",
            "occupiers[office-2].to_id",
        );
    }
}

#[test]
fn a_merge_with_one_of_the_service_is_accepted() {
    let mut place = six_buildings();
    place.rules.clear();
    let change = Change {
        merges: vec![(0, 1)],
        ..Change::default()
    };
    assert_eq!(judged(&place, &change), Vec::new());
}

#[test]
fn a_merge_needs_somebody_to_merge_with() {
    let change = Change {
        merges: vec![(0, 3)],
        ..Change::default()
    };
    refused(
        &six_buildings(),
        &change,
        "merge-alone",
        "occupiers[library-0].outcome",
    );
}

#[test]
fn two_that_merge_with_each_other_are_alone() {
    let change = Change {
        merges: vec![(0, 3), (1, 3)],
        ..Change::default()
    };
    refused(
        &six_buildings(),
        &change,
        "merge-alone",
        "occupiers[library-0].outcome",
    );
}

#[test]
fn a_service_that_may_not_merge_does_not() {
    let change = Change {
        merges: vec![(3, 5)],
        ..Change::default()
    };
    refused(
        &six_buildings(),
        &change,
        "merge-not-allowed",
        "occupiers[office-2].outcome",
    );
}

#[test]
fn one_counter_of_a_service_is_enough_for_a_building() {
    refused(
        &six_buildings(),
        &moving(0, 1),
        "too-many-counters",
        "buildings[A1].occupiers",
    );
}

#[test]
fn separated_services_do_not_come_together() {
    let mut place = six_buildings();
    place.separations.push(Separation {
        first: ServiceIx::new(1),
        second: ServiceIx::new(2),
        reason: None,
    });
    // Clinic and offices share N1 today and may go on; the offices of A2 may not join them.
    assert_eq!(judged(&place, &Change::default()), Vec::new());
    refused(
        &place,
        &moving(3, 5),
        "separation-ignored",
        "occupiers[office-2].to_id",
    );
}

#[test]
fn a_building_that_lacks_a_tag_is_no_place_for_it() {
    let mut place = six_buildings();
    place.occupiers[3]
        .capabilities
        .insert("step_free".to_owned());
    refused(
        &place,
        &to_a3(),
        "tags-missing",
        "occupiers[office-2].to_id",
    );
}

#[test]
fn a_building_that_is_closed_in_the_evening_is_no_place_for_evening_work() {
    let mut place = six_buildings();
    place.occupiers[3].hours.evening_or_weekend = Some(true);
    place.buildings[3].hours.evening_or_weekend = Some(false);
    refused(&place, &to_a3(), "hours-short", "occupiers[office-2].to_id");
}

#[test]
fn a_move_of_exactly_the_limit_is_allowed_and_one_metre_more_is_not() {
    let mut place = six_buildings();
    place.services[2].move_limit = Some((crate::place::sample::straight_km(), Distance(2_600)));
    assert_eq!(judged(&place, &to_a3()), Vec::new());
    place.services[2].move_limit = Some((crate::place::sample::straight_km(), Distance(2_599)));
    refused(
        &place,
        &to_a3(),
        "moved-too-far",
        "occupiers[office-2].to_id",
    );
}

#[test]
fn headroom_is_asked_of_arrivals() {
    let mut place = six_buildings();
    // Office-2 needs 300 m², 330 m² with headroom.
    place.buildings[3].usable = floor(SpaceType::Any, 330.0);
    assert_eq!(judged(&place, &to_a3()), Vec::new());
    place.buildings[3].usable = floor(SpaceType::Any, 329.0);
    let found = judged(&place, &to_a3());
    names(&found, "overfull", "buildings[A3].used_after_m2");
    assert_eq!(
        (&*found[0].expected, &*found[0].found),
        ("at most 329 m²", "330 m²")
    );
}

#[test]
fn floor_of_another_type_is_no_room() {
    let mut place = six_buildings();
    place.occupiers[3].needs = Areas::of(SpaceType::Office, SquareMetres(300.0));
    place.buildings[3].usable = floor(SpaceType::Office, 329.0);
    place.buildings[3]
        .usable
        .value
        .add(SpaceType::Public, SquareMetres(500.0));
    refused(&place, &to_a3(), "overfull", "buildings[A3].used_after_m2");
    // A metre of floor that serves everything makes the difference.
    place.buildings[3]
        .usable
        .value
        .add(SpaceType::Any, SquareMetres(1.0));
    assert_eq!(judged(&place, &to_a3()), Vec::new());
}

#[test]
fn two_types_may_not_both_count_on_the_same_floor() {
    let mut place = six_buildings();
    place.finance.headroom = 0.0;
    place.rules.clear();
    place.occupiers[3].needs = Areas::of(SpaceType::Office, SquareMetres(300.0));
    place.occupiers[1].needs = Areas::of(SpaceType::Public, SquareMetres(300.0));
    place.buildings[3].usable = floor(SpaceType::Any, 300.0);
    place.buildings[3]
        .usable
        .value
        .add(SpaceType::Secure, SquareMetres(900.0));
    let change = Change {
        moves: vec![(3, 3), (1, 3)],
        ..Change::default()
    };
    refused(&place, &change, "overfull", "buildings[A3].used_after_m2");
}

#[test]
fn desks_run_out_where_they_are_counted() {
    let mut place = six_buildings();
    place.occupiers[3].resources.insert("desks".to_owned(), 8.0);
    assert_eq!(judged(&place, &to_a3()), Vec::new());
    place.buildings[3].resources.insert("desks".to_owned(), 7.0);
    refused(
        &place,
        &to_a3(),
        "overfull",
        "buildings[A3].resources.desks",
    );
}

#[test]
fn a_way_of_letting_go_that_is_not_the_cheapest_is_named() {
    let change = Change {
        moves: vec![(3, 3)],
        closed: vec![2],
        ..Change::default()
    };
    let found = altered(&six_buildings(), &change, |plan| {
        plan.buildings[2].action = Action::Mothball;
    });
    names(&found, "action-differs", "buildings[A2].action");
}

#[test]
fn a_building_that_nobody_enters_is_no_host() {
    let found = altered(&six_buildings(), &to_a3(), |plan| {
        plan.buildings[0].action = Action::Host;
        plan.buildings[3].action = Action::Retain;
    });
    names(&found, "action-differs", "buildings[A0].action");
    names(&found, "action-differs", "buildings[A3].action");
}

#[test]
fn a_proposal_that_is_not_opened_is_outside_and_costs_nothing() {
    let mut place = six_buildings();
    place.buildings[3].proposed = Some(Box::new(Proposal {
        opening_cost: Gbp(100_000.0),
        first_year: 1,
    }));
    assert_eq!(judged(&place, &Change::default()), Vec::new());
    let opened = Change {
        opened: vec![3],
        ..to_a3()
    };
    assert_eq!(judged(&place, &opened), Vec::new());
    refused(
        &place,
        &to_a3(),
        "closed-occupied",
        "occupiers[office-2].to_id",
    );
}
