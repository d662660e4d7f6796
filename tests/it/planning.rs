//! A place becomes a plan: by hand, by changing the place, and against the verifier.

use oneroof::access::Verdict;
use oneroof::place::{
    Areas, BuildingIx, Decision, DiscountStep, Distance, Flag, Gbp, GbpPerYear, Grade, Lease, Lock,
    MeanLimit, NeedBasis, Objective, Occupancy, Place, Proposal, Role, RuleKind, Separation,
    ServiceIx, Site, SiteIx, SpaceType, SquareMetres, TenureKind, Unit, Verb, sample,
};
use oneroof::plan::verify::verify;
use oneroof::plan::{Action, Outcome, Plan, PlanError, Status, Wish, appraise, plan};
use oneroof::travel::Travel;
use proptest::prelude::*;
use std::time::Duration;

pub(crate) fn exact() -> Wish {
    Wish {
        gap: 0.0,
        time: Duration::from_secs(30),
        second_stage: false,
        ..Wish::default()
    }
}

pub(crate) fn planned(place: &Place, wish: &Wish) -> Plan {
    let travel = Travel::new(place, Vec::new());
    plan(place, &travel, wish, &()).expect("a plan")
}

/// The plan, which the verifier agrees with.
pub(crate) fn agreed(place: &Place, wish: &Wish) -> Plan {
    let plan = planned(place, wish);
    let travel = Travel::new(place, Vec::new());
    assert_eq!(verify(place, &travel, &plan), Vec::new());
    plan
}

fn km(value: f64) -> Distance {
    Distance::from_user(value, Unit::Km)
}

/// Two offices of one agency, 1 km apart, 500 m² each, with 100 m² in use in each; no discounting.
pub(crate) fn two_offices() -> Place {
    let mut place = sample::empty("Two offices");
    place.agencies = vec![sample::agency("council")];
    place.services = vec![sample::service("office", false)];
    place.buildings = vec![
        sample::building("A", 0, sample::at(0.0, 0.0), 500.0),
        sample::building("B", 0, sample::at(1_000.0, 0.0), 500.0),
    ];
    place.buildings[1].running_fixed.value = GbpPerYear(40_000.0);
    place.occupiers = vec![
        sample::occupier("a", 0, 0, 0, 100.0),
        sample::occupier("b", 0, 0, 1, 100.0),
    ];
    place.finance.discount = vec![DiscountStep {
        from_year: 0,
        rate: 0.0,
    }];
    place
}

#[test]
fn the_dearer_of_two_offices_is_sold_and_the_saving_is_the_sum_done_by_hand() {
    let plan = planned(&two_offices(), &exact());
    // Kept: B. 24 years × (40,000 + 5,000 + 10 × 200 m²)              = 1,128,000
    // A sold: holding 0.25 × 55,000 in year 1; 3 % of 1,000,000;
    //         receipt −1,000,000 in year 2                            =  −956,250
    // Move of a: 100 m² × 700 × 1.24 = 86,800; fees 12 % = 10,416;
    //         10 FTE × 1,000 = 10,000                                 =   107,216
    assert_eq!(plan.value, 1_128_000.0 - 956_250.0 + 107_216.0);
    // Today: 24 × (55,000 + 45,000 + 10 × 200)
    assert_eq!(plan.do_minimum, 2_448_000.0);
    assert_eq!(plan.saving_gbp, 2_448_000.0 - 278_966.0);
    assert_eq!(plan.buildings[0].action, Action::Sell);
    assert_eq!(plan.buildings[0].host_id.as_deref(), Some("B"));
    assert_eq!(plan.buildings[0].act_year, Some(2));
    assert_eq!(plan.buildings[1].action, Action::Host);
    assert_eq!(plan.occupiers[0].outcome, Outcome::Move);
    assert_eq!(plan.occupiers[0].km, 1.3);
    assert_eq!(plan.running_cost_today_gbp, 102_000.0);
    assert_eq!(plan.running_cost_after_gbp, 47_000.0);
    assert_eq!(plan.status, Status::WithinGap);
}

#[test]
fn running_cost_counts_a_steady_year_and_no_moves() {
    let wish = Wish {
        objective: Some(Objective::RunningCost),
        ..exact()
    };
    let plan = planned(&two_offices(), &wish);
    assert_eq!(plan.value, 47_000.0);
    assert_eq!(plan.saving_gbp, 55_000.0);
}

#[test]
fn arrivals_need_headroom_and_those_who_stay_do_not() {
    let mut place = two_offices();
    for (building, usable) in [(0, 209.0), (1, 209.0)] {
        place.buildings[building].usable.value = Areas::of(SpaceType::Any, SquareMetres(usable));
    }
    // 100 + 1.1 × 100 = 210 m² does not fit 209.
    assert_eq!(planned(&place, &exact()).saving_gbp, 0.0);
    place.buildings[1].usable.value = Areas::of(SpaceType::Any, SquareMetres(210.0));
    assert!(planned(&place, &exact()).saving_gbp > 0.0);
}

#[test]
fn a_building_whose_area_is_only_a_default_receives_nobody() {
    let mut place = two_offices();
    place.buildings[1].usable.grade = Grade::Defaulted;
    place.buildings[0].usable.grade = Grade::Defaulted;
    assert_eq!(planned(&place, &exact()).saving_gbp, 0.0);
}

#[test]
fn two_separated_services_never_come_together() {
    let mut place = two_offices();
    place.services.push(sample::service("probation", false));
    place.occupiers[1].service = ServiceIx::new(1);
    place.separations.push(Separation {
        first: ServiceIx::new(0),
        second: ServiceIx::new(1),
        reason: None,
    });
    assert_eq!(planned(&place, &exact()).saving_gbp, 0.0);
}

#[test]
fn opposite_decisions_leave_the_building_free_and_are_named() {
    let mut place = two_offices();
    place.decisions = vec![
        Decision::about("A", Verb::Keep, None),
        Decision::about("A", Verb::Dispose, None),
    ];
    let plan = planned(&place, &exact());
    assert_eq!(plan.buildings[0].action, Action::Sell);
    assert_eq!(plan.conflicts.len(), 1);
}

#[test]
fn each_side_of_a_conflict_is_priced_by_planning_it() {
    let mut place = two_offices();
    place.decisions = vec![
        Decision::about("A", Verb::Keep, None),
        Decision::about("A", Verb::Dispose, None),
    ];
    place.decisions[0].body = Some("Members".to_owned());
    let plan = planned(&place, &exact());
    // Free, A is sold: 2,169,034 saved, as above. With A kept, B is sold instead:
    // A 24 × (55,000 + 10 × 200) = 1,368,000; B 11,250 + 30,000 − 1,000,000 = −958,750;
    // move of b 107,216; so 2,448,000 − 516,466 = 1,931,534 saved, 237,500 less.
    let words = &plan.conflicts[0];
    assert!(words.starts_with("A: keep (Members"), "{words}");
    let keep = "keep costs £237,500 more than the plan over 25 years";
    assert!(words.contains(keep), "{words}");
    let dispose = "dispose costs the same as the plan over 25 years";
    assert!(words.contains(dispose), "{words}");
}

#[test]
fn two_places_for_one_occupier_are_a_conflict_and_neither_is_taken_for_decided() {
    let mut place = sample::six_buildings();
    place.decisions = vec![
        Decision::about("office-0", Verb::PlaceAt, Some("A1")),
        Decision::about("office-0", Verb::PlaceAt, Some("A3")),
    ];
    let free = planned(&sample::six_buildings(), &exact());
    let plan = planned(&place, &exact());
    assert_eq!(plan.value, free.value);
    let words = &plan.conflicts[0];
    assert!(words.contains("place_at A1 costs"), "{words}");
    assert!(words.contains("place_at A3 costs"), "{words}");
    let travel = Travel::new(&place, Vec::new());
    assert_eq!(verify(&place, &travel, &plan), Vec::new());
}

#[test]
fn keeping_everything_is_a_plan_of_no_cost_and_no_gap() {
    let mut place = two_offices();
    for building in &mut place.buildings {
        building.lock = Lock::Keep;
    }
    let plan = planned(&place, &exact());
    assert_eq!((plan.status, plan.gap), (Status::WithinGap, Some(0.0)));
}

#[test]
fn two_counters_that_people_place_in_one_building_become_one_where_they_may_merge() {
    let mut place = sample::six_buildings();
    for library in ["library-0", "library-1"] {
        place
            .decisions
            .push(Decision::about(library, Verb::PlaceAt, Some("A3")));
    }
    let travel = Travel::new(&place, Vec::new());
    let theirs = appraise(&place, &travel).expect("it can be judged");
    let outcomes: Vec<_> = theirs.occupiers[..2].iter().map(|o| o.outcome).collect();
    assert_eq!(outcomes, [Outcome::Move, Outcome::Merge]);
    assert_eq!(verify(&place, &travel, &theirs), Vec::new());
}

#[test]
fn a_placing_that_cannot_be_is_named() {
    let mut place = two_offices();
    place.buildings[1].usable.value = Areas::of(SpaceType::Any, SquareMetres(105.0));
    place.decisions = vec![Decision::about("a", Verb::PlaceAt, Some("B"))];
    let travel = Travel::new(&place, Vec::new());
    let error = plan(&place, &travel, &exact(), &()).expect_err("no room");
    assert!(matches!(error, PlanError::Infeasible { .. }));
    assert!(error.to_string().contains("no room"), "{error}");
}

#[test]
fn a_lock_that_leaves_a_rule_without_a_host_is_named_with_the_rule() {
    let mut place = sample::six_buildings();
    place.buildings[0].lock = Lock::Dispose;
    place.buildings[1].lock = Lock::Dispose;
    place.rules[0].kind = RuleKind::WorstCase {
        limit: km(3.0),
        increase: km(0.0),
    };
    for building in [2, 3, 5] {
        place.buildings[building].lock = Lock::Keep;
        place.buildings[building].occupancy = Occupancy::Unknown;
    }
    let travel = Travel::new(&place, Vec::new());
    let error = plan(&place, &travel, &exact(), &()).expect_err("no plan");
    let text = error.to_string();
    assert!(matches!(error, PlanError::Infeasible { .. }), "{text}");
    assert!(text.contains("A0") || text.contains("library"), "{text}");
}

#[test]
fn locking_what_the_plan_chose_keeps_its_value() {
    let place = sample::six_buildings();
    let free = planned(&place, &exact());
    let mut locked = place.clone();
    for (at, building) in free.buildings.iter().enumerate() {
        if !building.action.is_open() {
            locked.buildings[at].lock = Lock::Dispose;
        }
    }
    assert_eq!(planned(&locked, &exact()).value, free.value);
}

#[test]
fn twice_the_money_is_the_same_plan_at_twice_the_value() {
    let place = sample::six_buildings();
    let mut dear = place.clone();
    for building in &mut dear.buildings {
        building.running_fixed.value.0 *= 2.0;
        building.running_per_m2.0 *= 2.0;
        building.rates.0 *= 2.0;
        building.market_value.value.0 *= 2.0;
    }
    for rate in dear.finance.fit_out_gbp_m2.values_mut() {
        *rate *= 2.0;
    }
    dear.finance.move_gbp_fte *= 2.0;
    let (once, twice) = (planned(&place, &exact()), planned(&dear, &exact()));
    assert!((twice.value - 2.0 * once.value).abs() < 0.05);
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let place = sample::six_buildings();
    let mut turned = place.clone();
    turned.buildings.reverse();
    turned.occupiers.reverse();
    turned.zones.reverse();
    let last = place.buildings.len() - 1;
    for occupier in &mut turned.occupiers {
        occupier.building = BuildingIx::new(last - occupier.building.index());
    }
    let (one, other) = (planned(&place, &exact()), planned(&turned, &exact()));
    assert_eq!(one.value, other.value);
}

#[test]
fn a_building_nobody_would_use_changes_nothing() {
    let place = sample::six_buildings();
    let mut more = place.clone();
    let mut hopeless = sample::building("Z", 0, sample::at(50_000.0, 0.0), 10_000.0);
    hopeless.proposed = Some(Box::new(Proposal {
        opening_cost: Gbp(1.0e9),
        first_year: 1,
    }));
    more.buildings.push(hopeless);
    assert_eq!(
        planned(&place, &exact()).value,
        planned(&more, &exact()).value
    );
}

#[test]
fn the_second_stage_never_travels_further_and_stays_within_its_give() {
    let place = sample::six_buildings();
    let wish = Wish {
        second_stage: true,
        gap: 0.02,
        ..exact()
    };
    let plan = planned(&place, &wish);
    let stage = plan.travel.as_ref().expect("a second stage");
    assert!(stage.person_km <= stage.person_km_first);
    let most = stage.first_value + stage.give * stage.first_value.abs();
    assert!(plan.value <= most + 1.0);
}

#[test]
fn no_arrangement_of_people_beats_the_plan() {
    let place = sample::six_buildings();
    let travel = Travel::new(&place, Vec::new());
    let best = planned(&place, &exact());
    let buildings = place.buildings.len();
    let movable = [0, 1, 2, 3, 6];
    let mut tried = 0;
    for mut code in 0..buildings.pow(movable.len() as u32) {
        let mut people = place.clone();
        for occupier in movable {
            let to = place.buildings[code % buildings].id.to_string();
            code /= buildings;
            let id = place.occupiers[occupier].id.to_string();
            people
                .decisions
                .push(Decision::about(&id, Verb::PlaceAt, Some(&to)));
        }
        let Ok(theirs) = appraise(&people, &travel) else {
            continue;
        };
        if theirs.value >= best.value {
            continue;
        }
        tried += 1;
        let broken = !verify(&people, &travel, &theirs).is_empty()
            || theirs
                .rules
                .iter()
                .any(|rule| rule.verdict == Verdict::Fail);
        assert!(broken, "{} < {}: {theirs:#?}", theirs.value, best.value);
    }
    assert!(tried < 7_776);
}

/// A tiny place: two agencies, three services, up to five buildings of every tenure.
fn tiny() -> impl Strategy<Value = Place> {
    let building = (
        (0..2usize, -30..30i32, -30..30i32, 1..12u32, 0..7usize),
        (0..100u32, 0..40u32, 0..20u32, 0..120u32, 0..8usize),
        (0..6usize, 0..10usize, 0..4usize),
    );
    let occupier = (
        0..2usize,
        0..3usize,
        0..5usize,
        1..30u32,
        0..8usize,
        0..3usize,
    );
    let zone = (-40..40i32, -40..40i32, 0..2_000u32, 0..2_000u32);
    (
        proptest::collection::vec(building, 1..5),
        proptest::collection::vec(occupier, 0..6),
        proptest::collection::vec(zone, 0..5),
        (0..5usize, any::<bool>(), 0..4usize, any::<bool>()),
    )
        .prop_map(|(buildings, occupiers, zones, extras)| {
            let mut place = sample::empty("Tiny");
            place.agencies = vec![sample::agency("council"), sample::agency("nhs")];
            place.services = vec![
                sample::service("library", true),
                sample::service("clinic", true),
                sample::service("office", false),
            ];
            place.services[0].max_per_building = 2;
            for (at, (base, money, kind)) in buildings.into_iter().enumerate() {
                place.buildings.push(building_of(at, base, money, kind));
            }
            for (at, (agency, service, home, space, held, basis)) in
                occupiers.into_iter().enumerate()
            {
                let home = home % place.buildings.len();
                let mut one = sample::occupier(
                    &format!("o{at}"),
                    agency,
                    service,
                    home,
                    f64::from(space) * 10.0,
                );
                one.needs = match basis {
                    0 => one.needs,
                    1 => Areas::of(SpaceType::Public, SquareMetres(f64::from(space) * 10.0)),
                    _ => Areas::from_iter([
                        (SpaceType::Office, SquareMetres(f64::from(space) * 4.0)),
                        (SpaceType::Clinical, SquareMetres(f64::from(space) * 3.0)),
                    ]),
                };
                if held == 0 {
                    one.immovable = Some("vault".into());
                }
                if held == 1 {
                    one.basis = NeedBasis::Unknown;
                    one.needs = Areas::default();
                }
                place.buildings[home].occupancy = Occupancy::Known;
                place.buildings[home].proposed = None;
                place.occupiers.push(one);
            }
            for (at, (x, y, library, clinic)) in zones.into_iter().enumerate() {
                place.zones.push(sample::zone(
                    &format!("z{at}"),
                    sample::at(f64::from(x) * 100.0, f64::from(y) * 100.0),
                    &[f64::from(library), f64::from(clinic), 0.0],
                ));
            }
            rules_of(&mut place, extras);
            place
        })
}

fn building_of(
    at: usize,
    (agency, x, y, usable, tenure): (usize, i32, i32, u32, usize),
    (fixed, per_m2, rates, value, flag): (u32, u32, u32, u32, usize),
    (occupancy, lock, site): (usize, usize, usize),
) -> oneroof::place::Building {
    let point = sample::at(f64::from(x) * 100.0, f64::from(y) * 100.0);
    let mut one = sample::building(&format!("b{at}"), agency, point, f64::from(usable) * 50.0);
    one.running_fixed.value = GbpPerYear(f64::from(fixed) * 1_000.37);
    one.running_per_m2 = GbpPerYear(f64::from(per_m2));
    one.rates = GbpPerYear(f64::from(rates) * 500.0);
    one.market_value.value = Gbp(f64::from(value) * 10_000.0);
    one.backlog = Gbp(f64::from(rates) * 1_111.11);
    one.tenure.kind = [
        TenureKind::Freehold,
        TenureKind::Leasehold,
        TenureKind::LetOut,
        TenureKind::Licence,
        TenureKind::Pfi,
        TenureKind::GroundLease,
        TenureKind::Unknown,
    ][tenure];
    if matches!(
        one.tenure.kind,
        TenureKind::Leasehold | TenureKind::GroundLease | TenureKind::Licence
    ) {
        one.tenure.rent = GbpPerYear(f64::from(value) * 300.0);
        one.tenure.lease = Lease {
            expiry: jiff::civil::Date::new(2024 + (fixed % 9) as i16, 5, 17).ok(),
            breaks: jiff::civil::Date::new(2026 + (rates % 4) as i16, 11, 3)
                .into_iter()
                .collect(),
            break_penalty: Gbp(f64::from(rates) * 777.0),
            ..Lease::default()
        }
        .into();
    }
    match flag {
        0 => drop(one.flags.insert(Flag::Covenant)),
        1 => drop(one.flags.insert(Flag::OpenSpace)),
        2 => one.holding_cost = Some(GbpPerYear(1_234.5)),
        3 => one.usable.grade = Grade::Defaulted,
        4 => {
            one.usable.value = Areas::from_iter([
                (SpaceType::Public, SquareMetres(f64::from(usable) * 20.0)),
                (SpaceType::Any, SquareMetres(f64::from(usable) * 20.0)),
            ]);
        }
        _ => {}
    }
    one.occupancy = match occupancy {
        0 => Occupancy::Unknown,
        1 => Occupancy::Vacant,
        _ => Occupancy::Known,
    };
    match lock {
        0 => one.lock = Lock::Keep,
        1 => one.lock = Lock::Dispose,
        2 => one.role = Role::Fixed("buffer".into()),
        3 => {
            one.proposed = Some(Box::new(Proposal {
                opening_cost: Gbp(50_000.0),
                first_year: 1,
            }));
        }
        _ => {}
    }
    one.site = (site == 0).then(|| SiteIx::new(0));
    one
}

fn rules_of(place: &mut Place, (rule, hard, separate, mean): (usize, bool, usize, bool)) {
    place.sites = vec![Site {
        id: "campus".into(),
        name: "Campus".into(),
        fixed_cost: GbpPerYear(12_345.0),
    }];
    let within = RuleKind::Within {
        limit: km(3.0),
        share: 0.8,
    };
    let worst = RuleKind::WorstCase {
        limit: km(2.0),
        increase: km(1.0),
    };
    let moved = RuleKind::Displacement { limit: km(4.0) };
    place.rules = match rule {
        0 => vec![sample::rule("r0", 0, within)],
        1 => vec![sample::rule("r0", 1, worst), sample::rule("r1", 0, within)],
        2 => vec![sample::rule("r0", 2, moved), sample::rule("r1", 0, worst)],
        3 => vec![sample::rule("r0", 0, moved)],
        _ => Vec::new(),
    };
    for rule in &mut place.rules {
        rule.hard = hard;
        rule.price_gbp = (!hard).then_some(3.0);
    }
    if mean {
        let kind = RuleKind::Mean(MeanLimit::Relative(0.1));
        place.rules.push(sample::rule("mean", 0, kind));
    }
    if separate == 0 {
        place.separations.push(Separation {
            first: ServiceIx::new(0),
            second: ServiceIx::new(2),
            reason: None,
        });
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn every_plan_of_a_tiny_place_passes_the_verifier(place in tiny(), seed in 0..3u64) {
        let travel = Travel::new(&place, Vec::new());
        let wish = Wish {
            rounds: None,
            objective: Some([Objective::NetPresentValue, Objective::RunningCost][(seed % 2) as usize]),
            second_stage: seed > 0,
            gap: 0.001,
            seed,
            time: Duration::from_secs(20),
        };
        match plan(&place, &travel, &wish, &()) {
            Ok(found) => {
                let wrong = verify(&place, &travel, &found);
                prop_assert!(wrong.is_empty(), "{wrong:#?}");
                prop_assert!(found.bound.is_some_and(|bound| bound <= found.value));
            }
            Err(PlanError::Infeasible { .. } | PlanError::Conflict { .. }) => {}
            Err(other) => prop_assert!(false, "{other}"),
        }
    }

    #[test]
    fn today_of_a_tiny_place_passes_the_verifier_when_appraised(place in tiny()) {
        let travel = Travel::new(&place, Vec::new());
        match appraise(&place, &travel) {
            Ok(found) => {
                let wrong = verify(&place, &travel, &found);
                prop_assert!(wrong.is_empty(), "{wrong:#?}");
            }
            Err(PlanError::Infeasible { .. } | PlanError::Conflict { .. }) => {}
            Err(other) => prop_assert!(false, "{other}"),
        }
    }
}

#[test]
fn of_two_buildings_that_take_the_same_floor_the_first_is_named_as_the_host() {
    let mut place = sample::six_buildings();
    place.rules.clear();
    // 300 m² and a sum of desks that rounds to a little more, from A2 to A0 and N0.
    place.occupiers[3].needs = Areas::of(SpaceType::Office, SquareMetres(300.0));
    let mut other = place.occupiers[3].clone();
    other.id = "office-3".into();
    other.needs = Areas::of(SpaceType::Office, SquareMetres(300.0 + 2e-13));
    place.occupiers.push(other);
    place.decisions = vec![
        Decision::about("office-2", Verb::PlaceAt, Some("A0")),
        Decision::about("office-3", Verb::PlaceAt, Some("N0")),
        Decision::about("A2", Verb::Dispose, None),
    ];
    let travel = Travel::new(&place, Vec::new());
    let theirs = appraise(&place, &travel).expect("it can be judged");
    assert_eq!(theirs.buildings[2].host_id.as_deref(), Some("A0"));
    assert!(verify(&place, &travel, &theirs).is_empty());
}

#[test]
fn no_action_of_a_plan_that_is_proven_the_cheapest_is_only_the_best_that_was_found() {
    let place = sample::six_buildings();
    let plan = planned(&place, &exact());
    assert!(plan.gap.is_some_and(|gap| gap <= 1e-6), "{plan:#?}");
    let said: Vec<&str> = plan.buildings.iter().map(|b| b.proof.as_str()).collect();
    assert!(!said.contains(&"best_found"), "{said:?}");
    assert!(said.contains(&"proven") || said.contains(&"optimal"));
    // To call it less than it is is a disagreement.
    let mut altered = plan.clone();
    for building in &mut altered.buildings {
        if building.proof == "proven" || building.proof == "optimal" {
            building.proof = "best_found".to_owned();
        }
    }
    let travel = Travel::new(&place, Vec::new());
    assert!(verify(&place, &travel, &plan).is_empty());
    assert!(!verify(&place, &travel, &altered).is_empty());
}
