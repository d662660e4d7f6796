//! The journeys that the second stage makes least: groups that count more than once, and long journeys
//! that count for more than their length.

use crate::folder::Folder;
use crate::planning::{exact, planned, two_offices};
use crate::random_places;
use oneroof::place::{Lock, Place, TravelObjective, sample};
use oneroof::plan::verify::verify;
use oneroof::plan::{Plan, Wish};
use oneroof::travel::Travel;

/// A counter at A that must leave it, for B or C: both stand empty and cost the same.
fn one_counter(metres: [f64; 3], zones: &[(f64, f64, f64)]) -> Place {
    let mut place = two_offices();
    place.services = vec![sample::service("library", true)];
    place.buildings = ["A", "B", "C"]
        .iter()
        .zip(metres)
        .map(|(id, east)| sample::building(id, 0, sample::at(east, 0.0), 500.0))
        .collect();
    place.buildings[0].lock = Lock::Dispose;
    for empty in [1, 2] {
        place.buildings[empty].occupancy = oneroof::place::Occupancy::Vacant;
    }
    place.occupiers.truncate(1);
    place.zones = zones
        .iter()
        .enumerate()
        .map(|(at, (east, people, poor))| {
            let here = sample::at(*east, 0.0);
            let mut zone = sample::zone(&format!("Z{at}"), here, &[*people]);
            zone.groups.insert("poor".to_owned(), *poor);
            zone
        })
        .collect();
    place
}

/// The plan with its second stage, which the verifier agrees with.
fn shortened(place: &Place) -> Plan {
    let wish = Wish {
        second_stage: true,
        ..exact()
    };
    let plan = planned(place, &wish);
    let travel = Travel::new(place, Vec::new());
    assert_eq!(verify(place, &travel, &plan), Vec::new());
    plan
}

#[test]
fn people_who_count_twice_draw_the_counter_to_them() {
    // B is with 1,000 people, C 4 km off with 800 who are poor: 800 × 5.2 km against 1,000 × 5.2 km.
    let mut place = one_counter(
        [2_000.0, 0.0, 4_000.0],
        &[(0.0, 1_000.0, 0.0), (4_000.0, 800.0, 1.0)],
    );
    let plan = shortened(&place);
    assert_eq!(plan.occupiers[0].to_id, "B");
    assert_eq!(plan.travel.expect("a second stage").aim, None);
    // Counted twice, 1,600 × 5.2 km against 1,000 × 5.2 km.
    place.finance.travel_weights.insert("poor".to_owned(), 2.0);
    let plan = shortened(&place);
    assert_eq!(plan.occupiers[0].to_id, "C");
    let aim = plan
        .travel
        .expect("a second stage")
        .aim
        .expect("it is said");
    // Today 2 km away from both: 2.6 km × (1,000 + 1,600).
    assert!((aim.person_km_today - 6_760.0).abs() < 10.0, "{aim:?}");
    assert!((aim.person_km - 5_200.0).abs() < 10.0, "{aim:?}");
}

#[test]
fn half_a_zone_that_counts_twice_is_half_as_many_again() {
    let mut place = one_counter([2_000.0, 0.0, 4_000.0], &[(0.0, 1_000.0, 0.5)]);
    place.finance.travel_weights.insert("poor".to_owned(), 2.0);
    assert_eq!(place.finance.travel_factor(&place.zones[0]), 1.5);
}

#[test]
fn one_long_journey_outweighs_many_short_ones_where_they_are_to_be_equal() {
    // B is with 1,000 people and 5 km from 600; C is half-way. Added up, 600 × 6.5 = 3,900 km against
    // 1,600 × 3.25 = 5,200 km.
    let mut place = one_counter(
        [1_000.0, 0.0, 2_500.0],
        &[(0.0, 1_000.0, 0.0), (5_000.0, 600.0, 0.0)],
    );
    assert_eq!(shortened(&place).occupiers[0].to_id, "B");
    // Today 1.3 and 5.2 km: κ = (1,300 + 3,120) ÷ (1,690 + 16,224) = 0.24673. At B the equivalent is
    // ln((1,000 + 600 × e^1.60377) ÷ 1,600) ÷ κ = ln 2.48926 ÷ κ = 3.696 km, at C 3.25 km.
    place.finance.travel_objective = TravelObjective::Equal;
    let plan = shortened(&place);
    assert_eq!(plan.occupiers[0].to_id, "C");
    let aim = plan
        .travel
        .expect("a second stage")
        .aim
        .expect("it is said");
    assert_eq!(aim.epsilon, Some(1.0));
    assert!((aim.person_km - 1_600.0 * 3.25).abs() < 15.0, "{aim:?}");
}

#[test]
fn an_equivalent_that_is_not_the_plans_is_noticed() {
    let mut place = sample::six_buildings();
    place.finance.travel_objective = TravelObjective::Equal;
    let mut plan = shortened(&place);
    let travel = Travel::new(&place, Vec::new());
    let stage = plan.travel.as_mut().expect("a second stage");
    let aim = stage.aim.as_mut().expect("an aim");
    aim.person_km -= 1.0;
    let found = verify(&place, &travel, &plan);
    assert!(
        found.iter().any(|one| one.code == "travel-differs"),
        "{found:?}"
    );
}

#[test]
fn random_places_are_planned_for_weighed_journeys_and_the_verifier_agrees() {
    let mut shorter = 0;
    for seed in 0..24 {
        let mut place = random_places::place(seed);
        place.finance.travel_give = 0.05;
        if seed % 2 == 0 {
            place.finance.travel_objective = TravelObjective::Equal;
        }
        if seed % 3 != 0 || seed % 2 == 1 {
            place
                .finance
                .travel_weights
                .insert("no_car".to_owned(), 3.0);
        }
        let travel = Travel::new(&place, Vec::new());
        let wish = Wish {
            time: std::time::Duration::from_secs(5),
            ..Wish::default()
        };
        let Ok(plan) = oneroof::plan::plan(&place, &travel, &wish, &()) else {
            continue;
        };
        assert_eq!(verify(&place, &travel, &plan), Vec::new(), "seed {seed}");
        let stage = plan.travel.expect("a second stage");
        let aim = stage.aim.expect("an aim");
        assert!(aim.person_km <= aim.person_km_first, "seed {seed}: {aim:?}");
        shorter += usize::from(aim.person_km < aim.person_km_first);
    }
    assert!(shorter > 0, "no place had its journeys shortened");
}

#[test]
fn what_is_made_least_is_said_with_its_weights() {
    let folder = Folder::six();
    folder.append(
        "place.toml",
        "\n[finance]\ntravel_objective = \"equal\"\ntravel_weights = { no_car = 2.0 }\n",
    );
    let said = folder.run(&["plan", ".", "--out", "out"], 0);
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("made least"), "{said}");
    assert!(said.contains("no_car counted 2 times"), "{said}");
    let assumed = folder.read("out/assumptions.csv");
    assert!(
        assumed.contains("finance.travel_weights.no_car,2 times"),
        "{assumed}"
    );
    assert!(assumed.contains("finance.travel_objective,"), "{assumed}");
}

#[test]
fn a_weight_for_nobody_and_one_below_once_are_refused_together() {
    let folder = Folder::six();
    folder.append(
        "place.toml",
        "\n[finance]\ntravel_weights = { no_cars = 2.0, no_car = 0.5 }\n",
    );
    let said = folder.run(&["check", "."], 3);
    assert!(said.contains("did you mean `no_car`?"), "{said}");
    assert!(said.contains("0.5 is not between 1 and 100"), "{said}");
}

#[test]
fn the_nearest_host_stays_the_nearest_however_distances_are_stretched() {
    let mut place = sample::six_buildings();
    place.finance.travel_objective = TravelObjective::Equal;
    let travel = Travel::new(&place, Vec::new());
    let problem = oneroof::plan::siting_problem(&place, &travel, place.finance.objective);
    let stretched: Vec<_> = problem
        .reaches
        .iter()
        .filter(|reach| !reach.travel_weights.is_empty())
        .collect();
    assert_eq!(stretched.len(), 2, "one for each service with a counter");
    for reach in stretched {
        assert!(reach.covers.is_empty());
        for target in 0..reach.starts.len() - 1 {
            let list = &reach.distance[reach.starts[target]..reach.starts[target + 1]];
            assert!(list.is_sorted());
        }
    }
}
