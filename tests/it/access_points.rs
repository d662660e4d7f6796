//! Small new counters: where one rescues a closure, what it costs, and how it is told.

use crate::folder::Folder;
use crate::planning::{agreed, exact, two_offices};
use crate::random_places;
use oneroof::explain::{Asking, Explanation, Subject, explain};
use oneroof::place::{
    Areas, Distance, Gbp, GbpPerYear, Objective, Occupancy, Part, PartExit, Place, RuleKind,
    SpaceType, SquareMetres, sample,
};
use oneroof::plan::verify::verify;
use oneroof::plan::{Action, Plan, PlanError, Wish, plan};
use oneroof::travel::Travel;
use std::time::Duration;

/// Libraries at A and at B, 5 km east, each with 1,000 people at its door; B is dear. An office of C, beside
/// B, that stays. A can hold both libraries, but the people at B must not go further than 2 km.
fn a_dear_branch() -> Place {
    let mut place = two_offices();
    place.services = vec![
        sample::service("library", true),
        sample::service("office", false),
    ];
    place.services[0].max_per_building = 2;
    place.services[0].may_merge = false;
    place.buildings = [("A", 0.0), ("B", 5_000.0), ("C", 5_500.0)]
        .map(|(id, east)| sample::building(id, 0, sample::at(east, 0.0), 500.0))
        .to_vec();
    place.buildings[1].running_fixed.value = GbpPerYear(100_000.0);
    place.occupiers = vec![
        sample::occupier("a", 0, 0, 0, 100.0),
        sample::occupier("b", 0, 0, 1, 100.0),
        sample::occupier("c", 0, 1, 2, 400.0),
    ];
    place.occupiers[0].immovable = Some("archive".to_owned());
    place.occupiers[2].immovable = Some("servers".to_owned());
    place.zones = [("ZA", 0.0), ("ZB", 5_000.0)]
        .map(|(id, east)| sample::zone(id, sample::at(east, 0.0), &[1_000.0, 0.0]))
        .to_vec();
    let kind = RuleKind::WorstCase {
        limit: Distance(2_000),
        increase: Distance(0),
    };
    place.rules = vec![sample::rule("near", 0, kind)];
    place
}

pub(crate) fn offered() -> Place {
    let mut place = a_dear_branch();
    place.points = vec![sample::point("small@C", 0, 0, 2)];
    place
}

#[test]
fn a_new_counter_rescues_the_closure_of_a_dear_branch() {
    let kept = agreed(&a_dear_branch(), &exact());
    assert!(kept.buildings[1].action.is_open());
    let rescued = agreed(&offered(), &exact());
    assert_eq!(rescued.buildings[1].action, Action::Sell);
    let opened: Vec<_> = rescued
        .points
        .iter()
        .map(|one| one.point.as_str())
        .collect();
    assert_eq!(opened, ["small@C"]);
    assert!(
        rescued.points[0].reason.contains("near"),
        "{:?}",
        rescued.points
    );
    // C takes a counter in.
    assert_eq!(rescued.buildings[2].action, Action::Host);
    assert_eq!(rescued.buildings[2].used_after_m2, 420.0);
    // 24 years × (1,000 + 10 × 20 m²) + 500 is all that the counter costs: without its cost the plan would be
    // cheaper by just that.
    let mut free = offered();
    free.points[0].running = GbpPerYear(0.0);
    free.points[0].opening = oneroof::place::Gbp(0.0);
    free.buildings[2].running_per_m2 = GbpPerYear(0.0);
    let free = agreed(&free, &exact());
    assert!((rescued.value - free.value - (24.0 * 1_200.0 + 500.0)).abs() < 0.01);
}

#[test]
fn a_new_counter_and_a_part_that_goes_share_what_floor_there_is() {
    // Of C's 500 m², 400 are in use and the counter asks for 20, 22 with headroom.
    for (floor, part) in [(90.0, None), (70.0, Some(70.0))] {
        let mut place = offered();
        place.buildings[2].part = Some(Box::new(Part {
            how: PartExit::Let,
            floor: Areas::of(SpaceType::Any, SquareMetres(floor)),
            brings: GbpPerYear(1_000.0),
            receipt: Gbp(0.0),
            costs: Gbp(0.0),
            from_year: 0,
        }));
        let plan = agreed(&place, &exact());
        assert_eq!(plan.points.len(), 1, "{floor}");
        assert_eq!(plan.buildings[2].part_m2, part, "{floor}");
    }
}

#[test]
fn a_new_counter_that_costs_more_than_it_saves_is_left() {
    let mut place = offered();
    place.points[0].running = GbpPerYear(1_000_000.0);
    let plan = agreed(&place, &exact());
    assert!(plan.points.is_empty() && plan.buildings[1].action.is_open());
}

#[test]
fn a_new_counter_counts_for_a_number_of_counters_and_for_visits() {
    let mut place = offered();
    place.rules[0].kind = RuleKind::MinimumHosts {
        at_least: 2,
        hours: oneroof::place::HoursClass::Any,
        each: None,
    };
    assert_eq!(agreed(&place, &exact()).points.len(), 1);
    // 2,000 visits a year: A alone can take 1,000.
    place.rules[0].kind = RuleKind::Capacity {
        visits_per_person: 1.0,
    };
    place.services[0].visits_per_person = Some(1.0);
    place.services[0].visits_capacity = Some(1_000.0);
    place.services[0].max_per_building = 1;
    place.occupiers[1].service = oneroof::place::ServiceIx::new(1);
    place.zones[1].point = sample::at(5_000.0, 0.0);
    place.rules[0].strict = true;
    let plan = agreed(&place, &exact());
    assert_eq!(plan.points.len(), 1);
}

#[test]
fn a_new_counter_is_within_the_budget_or_is_not_opened() {
    let mut place = offered();
    let spend = |place: &Place| {
        let plan = agreed(place, &exact());
        (plan.points.len(), plan.limits[0].after_gbp)
    };
    place.finance.limits.budget = Some(oneroof::place::CapitalBudget {
        pooled: Some(10_000_000.0),
        by_agency: Default::default(),
        receipts_count: false,
    });
    let (opened, spent) = spend(&place);
    assert_eq!(opened, 1);
    let budget = place.finance.limits.budget.as_mut().expect("a budget");
    budget.pooled = Some(spent - 100.0);
    assert_eq!(spend(&place).0, 0);
}

#[test]
fn what_a_closed_branch_costs_to_keep_is_told_with_the_counter_that_goes() {
    let place = offered();
    let travel = Travel::new(&place, Vec::new());
    let plan = agreed(&place, &exact());
    let asking = Asking {
        place: &place,
        travel: &travel,
        plan: &plan,
        certificate: plan.certificate.as_ref(),
        gap: 0.0,
        time: Duration::from_secs(10),
        rounds: None,
        progress: &(),
    };
    let subject = Subject::find(&place, "B").expect("it is known");
    let Explanation::Building(one) = explain(&asking, subject) else {
        panic!("a building");
    };
    let opposite = one.opposite.expect("a price");
    let found = opposite
        .price
        .and_then(|price| price.as_found_gbp)
        .expect("found");
    let mut locked = place.clone();
    locked.buildings[1].lock = oneroof::place::Lock::Keep;
    let forced = agreed(&locked, &exact());
    let cost = (plan.do_minimum - plan.value) - (forced.do_minimum - forced.value);
    assert!((found - cost).abs() < 1.0, "{found} {cost}");
}

#[test]
fn what_an_offer_is_worth_is_told_and_what_one_that_stays_shut_would_cost() {
    let mut place = offered();
    place.points.push(sample::point("small@A", 0, 0, 0));
    place.services[0].max_per_building = 3;
    let travel = Travel::new(&place, Vec::new());
    let plan = agreed(&place, &exact());
    let asking = Asking {
        place: &place,
        travel: &travel,
        plan: &plan,
        certificate: plan.certificate.as_ref(),
        gap: 0.0,
        time: Duration::from_secs(10),
        rounds: None,
        progress: &(),
    };
    let told = |id: &str| {
        let answer = explain(&asking, Subject::find(&place, id).expect("it is known"));
        let Explanation::Point(one) = answer.clone() else {
            panic!("{answer:?}");
        };
        (one, answer.text(&place))
    };
    let (opened, text) = told("small@C");
    let price = opened.without.and_then(|one| one.price);
    let lost = price.and_then(|price| price.as_found_gbp).expect("found");
    let forced = agreed(&a_dear_branch(), &exact());
    let cost = (plan.do_minimum - plan.value) - (forced.do_minimum - forced.value);
    assert!(opened.opened && (lost - cost).abs() < 1.0, "{lost} {cost}");
    assert!(
        text.contains("The plan opens it") && text.contains("Leaving it shut costs"),
        "{text}"
    );
    // 24 years × (1,000 + 10 × 20 m²) + 500
    let (shut, text) = told("point:small@A");
    assert_eq!((shut.opened, shut.costs_more_gbp), (false, Some(29_300.0)));
    assert!(
        text.contains("leaves it shut") && text.contains("£29,300"),
        "{text}"
    );
}

#[test]
fn an_offer_that_those_who_come_in_leave_no_room_or_no_counter_for_is_not_priced() {
    // b moves into A, whose floor holds a and b with headroom, or a and the counter; and two counters at most.
    for (floor, counters, because) in [
        (
            215.0,
            3,
            "17 m² too few beside those whom the plan has there",
        ),
        (500.0, 2, "too many of one kind"),
    ] {
        let mut place = offered();
        place.points.push(sample::point("small@A", 0, 0, 0));
        place.services[0].max_per_building = counters;
        place.buildings[0].usable.value = Areas::of(SpaceType::Any, SquareMetres(floor));
        let travel = Travel::new(&place, Vec::new());
        let plan = agreed(&place, &exact());
        assert_eq!(plan.occupiers[1].to_id, "A");
        let asking = Asking {
            place: &place,
            travel: &travel,
            plan: &plan,
            certificate: None,
            gap: 0.0,
            time: Duration::from_secs(10),
            rounds: None,
            progress: &(),
        };
        let subject = Subject::find(&place, "small@A").expect("it is known");
        let answer = explain(&asking, subject);
        let Explanation::Point(one) = &answer else {
            panic!("{answer:?}");
        };
        assert_eq!(one.costs_more_gbp, None, "{one:?}");
        let text = answer.text(&place);
        assert!(text.contains(because), "{text}");
    }
}

/// A small counter of one service in every building of a random place.
pub(crate) fn offer_everywhere(place: &mut Place, seed: u64) {
    place.points = (0..place.buildings.len())
        .filter(|at| place.buildings[*at].occupancy != Occupancy::Unknown)
        .map(|at| {
            let service = seed as usize % 2;
            let mut point = sample::point(&format!("small@{at}"), at % 3, service, at);
            point.needs = point.needs.scaled(0.25);
            point.running = GbpPerYear(500.0 * (seed % 7) as f64);
            point.visits_capacity = Some(1_000.0);
            point
        })
        .collect();
}

#[test]
fn random_plans_with_new_counters_agree_with_the_verifier_and_save_no_less() {
    let mut opened = 0;
    for seed in 0..60 {
        let mut place = random_places::place(seed);
        let travel = Travel::new(&place, Vec::new());
        let wish = Wish {
            time: Duration::from_secs(5),
            objective: Some(Objective::NetPresentValue),
            ..exact()
        };
        let without = plan(&place, &travel, &wish, &());
        offer_everywhere(&mut place, seed);
        match (plan(&place, &travel, &wish, &()), without) {
            (Ok(with), without) => {
                assert_eq!(verify(&place, &travel, &with), Vec::new(), "seed {seed}");
                opened += with.points.len();
                let exact = |plan: &Plan| plan.gap == Some(0.0);
                if let Ok(without) = without
                    && exact(&with)
                {
                    assert!(with.value <= without.value + 0.01, "seed {seed}");
                }
            }
            (Err(PlanError::Infeasible { .. } | PlanError::Conflict { .. }), without) => {
                assert!(
                    without.is_err(),
                    "seed {seed}: an offer made a plan impossible"
                );
            }
            (Err(error), _) => panic!("seed {seed}: {error}"),
        }
    }
    assert!(opened > 0);
}

const OFFER: &str = "
[[access_point]]
id = \"pick_up\"
name = \"Library pick-up point\"
service = \"library\"
gbp_a_year = 1200
opening_gbp = 3000
m2 = 8
";

#[test]
fn offers_are_read_planned_and_written_out() {
    let folder = Folder::six();
    folder.append("place.toml", OFFER);
    folder.run(
        &["plan", ".", "--out", "out", "--time", "10s", "--gap", "0"],
        0,
    );
    let table = folder.read("out/points.csv");
    assert!(
        table.starts_with("point,name,service,agency,asset_id"),
        "{table}"
    );
    folder.run(&["verify", ".", "out"], 0);
}

#[test]
fn every_fault_of_an_offer_is_named_at_once() {
    let folder = Folder::six();
    let bad = OFFER
        .replace("\"library\"", "\"libary\"")
        .replace("1200", "-1")
        .replace("m2 = 8", "m2 = 8\nagency = \"nobody\"");
    folder.append("place.toml", &bad);
    let said = folder.run(&["check", "."], 3);
    for told in [
        "unknown-service",
        "library",
        "bad-access-point",
        "unknown-agency",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
}

#[test]
fn an_offer_that_no_building_can_take_is_said_to_be_none() {
    let folder = Folder::six();
    folder.append(
        "place.toml",
        &OFFER.replace("m2 = 8", "m2 = 8\nneeds = [\"helipad\"]"),
    );
    let said = folder.run(&["check", "."], 0);
    assert!(said.contains("access-point-nowhere"), "{said}");
}
