//! What must not change a plan's value does not: over random places, with the verifier as oracle.
//!
//! Other headers, row orders of files and grid coordinates make the same place: see `loading`.

use crate::random_places;
use oneroof::place::{
    BuildingIx, Location, Occupancy, OccupierIx, Place, Precision, Role, ServiceIx, sample,
};
use oneroof::plan::verify::verify;
use oneroof::plan::{Plan, PlanError, Wish, plan};
use oneroof::travel::Travel;
use std::time::Duration;

/// Random places that are looked at.
const PLACES: std::ops::Range<u64> = 100..130;

/// The optimum, verified; `None` where there is no plan, or where it was not found in the time.
fn optimum(place: &Place) -> Option<Plan> {
    let wish = Wish {
        gap: 0.0,
        time: Duration::from_secs(10),
        second_stage: false,
        ..Wish::default()
    };
    let travel = Travel::new(place, Vec::new());
    match plan(place, &travel, &wish, &()) {
        Ok(plan) => {
            let wrong = verify(place, &travel, &plan);
            assert!(wrong.is_empty(), "{wrong:#?}");
            // The search proves to a hundred-millionth.
            let gap = plan.gap.unwrap_or(f64::MAX);
            let pennies = plan.value - plan.bound.unwrap_or(f64::MIN);
            (gap <= 2e-8 || pennies < 0.02).then_some(plan)
        }
        Err(PlanError::Infeasible { .. } | PlanError::Conflict { .. }) => None,
        Err(other) => panic!("{other}"),
    }
}

/// Plans every random place and its change; compares the value with what is expected of it.
fn holds(change: impl Fn(&mut Place), expected: impl Fn(f64) -> f64, within: f64) {
    let mut compared = 0;
    for seed in PLACES {
        let place = random_places::place(seed);
        let mut changed = place.clone();
        change(&mut changed);
        let (before, after) = (optimum(&place), optimum(&changed));
        assert_eq!(before.is_some(), after.is_some(), "seed {seed}");
        if let (Some(before), Some(after)) = (before, after) {
            compared += 1;
            let expected = expected(before.value);
            let apart = (after.value - expected).abs();
            assert!(
                apart <= within + 4e-8 * expected.abs(),
                "seed {seed}: {} became {}, expected {expected}",
                before.value,
                after.value
            );
        }
    }
    assert!(compared >= 10, "only {compared} places have a plan");
}

#[test]
fn the_order_of_every_list_changes_no_value() {
    let turn = |place: &mut Place| {
        let last = place.buildings.len() - 1;
        place.buildings.reverse();
        place.occupiers.reverse();
        place.zones.reverse();
        place.rules.reverse();
        for occupier in &mut place.occupiers {
            occupier.building = BuildingIx::new(last - occupier.building.index());
        }
    };
    holds(turn, |value| value, 0.02);
}

#[test]
fn a_thousand_times_the_money_is_a_thousand_times_the_value() {
    let dear = |place: &mut Place| {
        for building in &mut place.buildings {
            building.running_fixed.value.0 *= 1000.0;
            building.running_per_m2.0 *= 1000.0;
            building.rates.0 *= 1000.0;
            building.backlog.0 *= 1000.0;
            building.market_value.value.0 *= 1000.0;
            building.tenure.rent.0 *= 1000.0;
            building.tenure.lease.break_penalty.0 *= 1000.0;
            building.tenure.let_income.0 *= 1000.0;
            if let Some(surrender) = &mut building.tenure.lease.surrender {
                surrender.price.0 *= 1000.0;
            }
            if let Some(review) = &mut building.tenure.lease.review {
                review.rent.0 *= 1000.0;
            }
            if let Some(overage) = &mut building.receipt_terms.overage {
                overage.above.0 *= 1000.0;
            }
            if let Some(clawback) = &mut building.receipt_terms.clawback {
                clawback.0 *= 1000.0;
            }
            if let Some(part) = &mut building.part {
                part.brings.0 *= 1000.0;
                part.costs.0 *= 1000.0;
                part.receipt.0 *= 1000.0;
            }
            if let Some(cost) = &mut building.holding_cost {
                cost.0 *= 1000.0;
            }
            if let Some(proposal) = &mut building.proposed {
                proposal.opening_cost.0 *= 1000.0;
            }
        }
        for site in &mut place.sites {
            site.fixed_cost.0 *= 1000.0;
        }
        for rule in &mut place.rules {
            rule.price_gbp = rule.price_gbp.map(|price| price * 1000.0);
        }
        let finance = &mut place.finance;
        finance
            .fit_out_gbp_m2
            .values_mut()
            .for_each(|rate| *rate *= 1000.0);
        finance.move_gbp_fte *= 1000.0;
        finance.dilapidations_gbp_m2 *= 1000.0;
    };
    // Both values are rounded to the penny.
    holds(dear, |value| value * 1000.0, 10.0);
}

#[test]
fn a_zone_split_in_two_changes_no_value() {
    let split = |place: &mut Place| {
        let Some(at) = place.zones.iter().position(|zone| zone.demand[0].0 > 0.0) else {
            return;
        };
        // Demands are tenths of a person: halves weigh whole thousandths.
        for demand in &mut place.zones[at].demand {
            demand.0 /= 2.0;
        }
        let mut half = place.zones[at].clone();
        half.id = "half".into();
        place.zones.push(half);
    };
    holds(split, |value| value, 0.02);
}

#[test]
fn a_building_far_away_that_receives_nobody_changes_no_value() {
    let more = |place: &mut Place| {
        let far = sample::at(90_000.0, 40_000.0);
        let mut fixed = sample::building("neighbour", 0, far, 900.0);
        fixed.role = Role::Fixed("in the buffer".into());
        let mut unknown = sample::building("unknown", 1, far, 900.0);
        unknown.occupancy = Occupancy::Unknown;
        place.buildings.extend([fixed, unknown]);
    };
    holds(more, |value| value, 0.02);
}

#[test]
fn two_agencies_and_two_buildings_of_one_name_are_still_two() {
    let alike = |place: &mut Place| {
        for agency in &mut place.agencies {
            agency.name = "The Council".to_owned();
        }
        for building in &mut place.buildings {
            building.name = "Town Hall".to_owned();
        }
        for occupier in &mut place.occupiers {
            occupier.name = "Team".to_owned();
        }
    };
    holds(alike, |value| value, 0.0);
}

#[test]
fn the_other_side_of_the_earth_has_the_same_plans() {
    // Mirrored at the equator and turned to the antimeridian: every distance stays, to a metre.
    let moved = |place: &mut Place| {
        let there = |at: Location| {
            let lon = 180.0 + (at.lon() + 2.3);
            let lon = if lon > 180.0 { lon - 360.0 } else { lon };
            Location::new(lon, -at.lat()).expect("on Earth")
        };
        for building in &mut place.buildings {
            building.location = building.location.map(there);
            building.precision = building.location.map(|_| Precision::Exact);
        }
        for zone in &mut place.zones {
            zone.point = there(zone.point);
        }
    };
    holds(moved, |value| value, 0.02);
}

#[test]
fn a_rule_about_nobody_changes_no_value() {
    let idle = |place: &mut Place| {
        let kind = oneroof::place::RuleKind::WorstCase {
            limit: oneroof::place::Distance(1),
            increase: oneroof::place::Distance(0),
        };
        let mut rule = sample::rule("idle", 0, kind);
        rule.strict = true;
        rule.group = Some("nobody".to_owned());
        place.rules.push(rule);
    };
    holds(idle, |value| value, 0.02);
}

#[test]
fn one_more_way_to_go_never_costs_more_and_one_less_never_saves() {
    for seed in PLACES {
        let place = random_places::place(seed);
        let Some(free) = optimum(&place) else {
            continue;
        };
        let saving = |plan: &Plan| plan.do_minimum - plan.value;
        // Whoever stays in the plan may as well be held where it is.
        let mut held = place.clone();
        for (at, planned) in free.occupiers.iter().enumerate() {
            if planned.from_id == planned.to_id {
                held.occupiers[at].lock = oneroof::place::Lock::Keep;
            }
        }
        let all_stay = OccupierIx::new(0);
        let one = place.occupier(all_stay);
        if place.occupier_lock(all_stay) == one.lock && place.decisions.is_empty() {
            let held = optimum(&held).expect("the free plan still stands");
            assert!((saving(&held) - saving(&free)).abs() < 0.05, "seed {seed}");
        }
        // A service that may not move any more has one way less.
        let mut still = place.clone();
        still.services[ServiceIx::new(2).index()].movable = false;
        if let Some(still) = optimum(&still) {
            assert!(saving(&still) <= saving(&free) + 0.05, "seed {seed}");
        }
    }
}
