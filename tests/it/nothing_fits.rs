//! Where no plan can be: which rule, which area, by how much, and the nearest limit that would work.

use crate::fairness::two_counters;
use crate::folder::Folder;
use crate::planning::exact;
use oneroof::place::{
    AgencyIx, AreaScope, CapitalBudget, Distance, GroupLimit, HoursClass, Lock, MeanLimit,
    MoneyLimits, Objective, Place, RuleKind, Unit, WorseOff, sample,
};
use oneroof::plan::{PlanError, nearest_limits, plan};
use oneroof::travel::Travel;
use std::time::Duration;

fn km(value: f64) -> Distance {
    Distance::from_user(value, Unit::Km)
}

/// Two counters with 1,000 people at each, and 500 people of ward WC, 2.6 km by the detour from the nearer.
fn with_a_village(kind: RuleKind) -> Place {
    let mut place = two_counters();
    let mut village = sample::zone("ZC", sample::at(3_000.0, 0.0), &[500.0]);
    village.areas.insert("ward".to_owned(), "WC".to_owned());
    village.groups.insert("poor".to_owned(), 0.0);
    village.groups.insert("rich".to_owned(), 1.0);
    place.zones.push(village);
    place.rules = vec![sample::rule("the.rule", 0, kind)];
    place.rules[0].strict = true;
    place
}

/// Why it has no plan, and the nearest limits with which it has one.
fn told(place: &Place) -> (String, Vec<String>) {
    let travel = Travel::new(place, Vec::new());
    let why = match plan(place, &travel, &exact(), &()) {
        Err(PlanError::Infeasible { reasons }) => reasons.join("\n"),
        other => panic!("{:?}", other.map(|plan| plan.buildings)),
    };
    let objective = Objective::NetPresentValue;
    let time = Duration::from_secs(20);
    (
        why,
        nearest_limits(place, &travel, objective, true, time, &()),
    )
}

#[test]
fn the_nearest_limit_with_which_there_is_a_plan_is_told_and_holds() {
    let (limit, share) = (km(1.0), 0.9);
    for (kind, nearest, none) in [
        // 2,000 of 2,500 people live at a counter.
        (
            RuleKind::Within { limit, share },
            "80.0 % within 1 km",
            "80.1 %",
        ),
        (
            RuleKind::WorstCase {
                limit,
                increase: km(0.0),
            },
            "everybody within 2.6",
            "none with everybody within 2.",
        ),
        // 500 × 2.6 km among 2,500 people.
        (
            RuleKind::Mean(MeanLimit::Absolute(km(0.2))),
            "mean at most 0.5",
            "none with mean at most 0.5",
        ),
        (
            RuleKind::MinimumHosts {
                at_least: 4,
                hours: HoursClass::Any,
                each: None,
            },
            "at least 2 with a counter",
            "none with at least 3",
        ),
    ] {
        let place = with_a_village(kind.clone());
        let (why, told) = told(&place);
        assert!(why.contains("the.rule"), "{why}");
        let [told] = told.as_slice() else {
            panic!("{kind:?}: {told:?}");
        };
        assert!(told.contains(nearest) && told.contains(none), "{told}");
        assert!(told.contains("would not keep it either"), "{told}");
    }
}

#[test]
fn the_area_in_which_a_floor_cannot_be_kept_is_named() {
    let (limit, share, each) = (km(1.0), 0.5, "ward".to_owned());
    let place = with_a_village(RuleKind::FloorPerArea { each, limit, share });
    let (why, told) = told(&place);
    assert!(why.contains("ward WC") && !why.contains("ward WA"), "{why}");
    assert!(why.contains("ZC (nearest: B"), "{why}");
    assert!(
        told.iter().any(|one| one.contains("0.0 % within 1 km")),
        "{told:?}"
    );
}

#[test]
fn a_limit_that_keeping_everything_would_keep_says_that_a_lock_is_in_its_way() {
    let limit = km(1.0);
    let mut place = two_counters();
    place.rules = vec![sample::rule(
        "the.rule",
        0,
        RuleKind::Within { limit, share: 1.0 },
    )];
    // A must go, and everybody at it is 1.3 km from B.
    place.buildings[0].lock = Lock::Dispose;
    let (_, told) = told(&place);
    let [told] = told.as_slice() else {
        panic!("{told:?}");
    };
    assert!(
        told.contains("50.0 % within 1 km") && told.contains("50.1 %"),
        "{told}"
    );
    assert!(
        told.contains("keeping everything as it is would keep it"),
        "{told}"
    );
}

#[test]
fn a_rule_that_today_may_break_is_told_as_it_is_stated_and_not_as_a_strict_one() {
    let kind = RuleKind::WorstCase {
        limit: km(1.0),
        increase: km(0.0),
    };
    let mut place = with_a_village(kind);
    // The village is 2.6 km from B today, which the rule lets be; A must go, and everybody at it is 1.3 km from B.
    place.rules[0].strict = false;
    place.buildings[0].lock = Lock::Dispose;
    let (_, told) = told(&place);
    let [told] = told.as_slice() else {
        panic!("{told:?}");
    };
    assert!(told.contains("1.3") && !told.contains("2.6"), "{told}");
    assert!(told.contains("would keep it"), "{told}");
}

#[test]
fn where_two_rules_clash_the_limit_of_the_broken_one_is_told_with_the_other_kept() {
    let mut place = two_counters();
    // One counter is left, and each ward wants it within 1 km.
    place.occupiers.truncate(1);
    place.rules = ["WA", "WB"]
        .map(|ward| {
            let (limit, increase) = (km(1.0), km(0.0));
            let kind = RuleKind::WorstCase { limit, increase };
            let mut rule = sample::rule(&format!("rule.{ward}"), 0, kind);
            rule.strict = true;
            rule.area = Some(AreaScope {
                kind: "ward".to_owned(),
                code: ward.to_owned(),
            });
            rule
        })
        .to_vec();
    let (_, told) = told(&place);
    let [told] = told.as_slice() else {
        panic!("{told:?}");
    };
    assert!(told.contains("everybody within 1.3 km, ward W"), "{told}");
    assert!(!told.contains("were it not for"), "{told}");
}

#[test]
fn where_two_rules_are_at_fault_each_limit_is_told_as_if_the_other_were_not() {
    let (limit, share) = (km(1.0), 0.9);
    let mut place = with_a_village(RuleKind::Within { limit, share });
    let mean = RuleKind::Mean(MeanLimit::Absolute(km(0.2)));
    let mut other = sample::rule("the.mean", 0, mean);
    other.strict = true;
    place.rules.push(other);
    let (_, told) = told(&place);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("were it not for the.mean"), "{told:?}");
}

#[test]
fn the_program_tells_the_nearest_limit_and_ends_with_4() {
    let folder = Folder::six();
    let strict = "\n[[access]]\nid = \"library.everybody\"\nservice = \"library\"\nrule = \"worst_case\"\nkm = 0.1\nstrict = true\n";
    folder.append("place.toml", strict);
    let all = folder.run(&["plan", ".", "--out", "plan"], 4);
    assert!(
        all.contains("the nearest limit found for library.everybody"),
        "{all}"
    );
    assert!(!folder.path().join("plan").exists());
}

/// The nearest limit told of a place with these limits on money from which A must go.
fn told_of_money(place: &Place, limits: &MoneyLimits) -> String {
    let place = with_limits(place, limits);
    let (why, told) = told(&place);
    assert!(why.contains("limit "), "{why}");
    let [told] = told.as_slice() else {
        panic!("{told:?}");
    };
    told.clone()
}

fn with_limits(place: &Place, limits: &MoneyLimits) -> Place {
    let mut place = place.clone();
    place.buildings[0].lock = Lock::Dispose;
    place.finance.limits = limits.clone();
    place
}

fn has_a_plan(place: &Place, limits: &MoneyLimits) -> bool {
    let place = with_limits(place, limits);
    let travel = Travel::new(&place, Vec::new());
    match plan(&place, &travel, &exact(), &()) {
        Ok(_) => true,
        Err(PlanError::Infeasible { .. }) => false,
        Err(other) => panic!("{other}"),
    }
}

/// The figure that follows some words.
fn figure(told: &str, after: &str) -> f64 {
    let (_, rest) = told
        .split_once(after)
        .unwrap_or_else(|| panic!("{after}: {told}"));
    let digits = rest.trim_start_matches('£').chars();
    let digits = digits.take_while(|c| c.is_ascii_digit() || ",.".contains(*c));
    let digits: String = digits.filter(|c| *c != ',').collect();
    digits.parse().unwrap_or_else(|_| panic!("{after}: {told}"))
}

/// The figure with which there is a plan, and the one with which there is none: forced, each is what it is told to be.
fn forced(
    place: &Place,
    stated: &MoneyLimits,
    after: &str,
    with: impl Fn(f64) -> MoneyLimits,
) -> String {
    let told = told_of_money(place, stated);
    let (works, rest) = told.split_once("; there is none with ").expect("both");
    let (_, works) = works.split_once("there is a plan: ").expect("a limit");
    let (works, fails) = (figure(works, after), figure(rest, after));
    assert!(has_a_plan(place, &with(works)), "{told}");
    assert!(!has_a_plan(place, &with(fails)), "{told}");
    told
}

#[test]
fn the_least_budget_that_pays_for_a_plan_is_told_to_the_pound() {
    let place = two_counters();
    for whose in [None, Some(AgencyIx::new(0))] {
        let with = |most: f64| MoneyLimits {
            budget: Some(CapitalBudget {
                pooled: whose.is_none().then_some(most),
                by_agency: whose.iter().map(|at| (*at, most)).collect(),
                receipts_count: false,
            }),
            ..MoneyLimits::default()
        };
        let told = forced(&place, &with(1.0), "at most ", with);
        assert!(told.contains("would keep it"), "{told}");
        let id = match whose {
            None => "capital_budget with",
            Some(_) => "capital_budget:council with",
        };
        assert!(told.contains(id), "{told}");
    }
}

#[test]
fn the_greatest_saving_that_any_plan_makes_is_told_to_a_thousandth() {
    let place = two_counters();
    let with = |percent: f64| MoneyLimits {
        savings_share: Some(percent / 100.0),
        ..MoneyLimits::default()
    };
    let told = forced(&place, &with(99.0), "", with);
    assert!(told.contains("would not keep it either"), "{told}");
}

#[test]
fn the_least_that_an_agency_must_lose_is_told_to_the_pound() {
    let mut place = two_counters();
    // Nothing is saved by leaving A, so that the move is a loss.
    place.buildings[0].running_fixed.value = oneroof::place::GbpPerYear(0.0);
    place.buildings[0].rates = oneroof::place::GbpPerYear(0.0);
    place.buildings[0].market_value.value = oneroof::place::Gbp(0.0);
    let with = |tolerance: f64| MoneyLimits {
        worse_off: Some(WorseOff {
            tolerance,
            ..WorseOff::default()
        }),
        ..MoneyLimits::default()
    };
    let told = forced(&place, &with(0.0), "may lose at most ", with);
    assert!(told.contains("no_agency_worse_off:council"), "{told}");
}

/// A place whose owner may spend so much once, and wants to save such a share.
fn spending_and_saving(place: &Place, pooled: f64, share: f64) -> Place {
    let limits = MoneyLimits {
        budget: Some(CapitalBudget {
            pooled: Some(pooled),
            ..CapitalBudget::default()
        }),
        savings_share: Some(share),
        ..MoneyLimits::default()
    };
    let mut place = with_limits(place, &limits);
    place.buildings[0].lock = Lock::Free;
    place
}

#[test]
fn a_budget_and_a_saving_that_clash_are_each_told_with_the_other_kept() {
    let plain = two_counters();
    let works = |pooled, share| {
        let place = spending_and_saving(&plain, pooled, share);
        let travel = Travel::new(&place, Vec::new());
        plan(&place, &travel, &exact(), &()).is_ok()
    };
    let (_, told) = told(&spending_and_saving(&plain, 1.0, 0.1));
    let about = |id: &str, kept: &str| {
        let known = told.iter().find(|one| {
            one.contains(&format!("found for {id} with"))
                && one.contains(&format!("{kept} kept as stated"))
        });
        let (_, works) = known
            .and_then(|one| one.split_once("kept as stated: "))
            .unwrap_or_else(|| panic!("{id}: {told:?}"));
        works.to_owned()
    };
    // Typed back, each figure works beside the limit that is kept.
    let pooled = figure(&about("capital_budget", "savings_share"), "at most ");
    assert!(works(pooled, 0.1), "{told:?}");
    assert!(!works(pooled - 1.0, 0.1), "{told:?}");
    let share = figure(&about("savings_share", "capital_budget"), "");
    assert!(works(1.0, share / 100.0), "{told:?}");
    assert!(!works(1.0, share / 100.0 + 0.001), "{told:?}");
}

#[test]
fn a_saving_that_nothing_comes_near_names_what_stops_it() {
    let (_, told) = told(&spending_and_saving(&two_counters(), 1.0, 0.1));
    let saving = told.iter().find(|one| one.contains("savings_share with"));
    let saving = saving.unwrap_or_else(|| panic!("{told:?}"));
    assert!(
        saving.contains("what stops more: capital_budget (without: "),
        "{saving}"
    );
}

#[test]
fn a_number_of_counters_that_cannot_be_had_does_not_hide_a_saving_that_cannot_either() {
    let mut place = spending_and_saving(&two_counters(), 1e9, 0.99);
    place.finance.limits.budget = None;
    let kind = RuleKind::MinimumHosts {
        at_least: 5,
        hours: HoursClass::Any,
        each: None,
    };
    place.rules = vec![sample::rule("the.hosts", 0, kind)];
    place.rules[0].strict = true;
    let (_, told) = told(&place);
    assert!(told.iter().any(|one| one.contains("the.hosts")), "{told:?}");
    assert!(
        told.iter()
            .any(|one| one.contains("found for savings_share")),
        "{told:?}"
    );
}

#[test]
fn a_number_of_counters_that_cannot_be_had_is_not_laid_on_rules_that_could_be_kept() {
    let mut place = two_counters();
    let hosts = RuleKind::MinimumHosts {
        at_least: 5,
        hours: HoursClass::Any,
        each: None,
    };
    let within = RuleKind::WorstCase {
        limit: km(50.0),
        increase: km(0.0),
    };
    place.rules = vec![
        sample::rule("the.hosts", 0, hosts),
        sample::rule("the.rule", 0, within),
    ];
    place.rules.iter_mut().for_each(|rule| rule.strict = true);
    let (why, _) = told(&place);
    assert!(
        why.contains("the.hosts") && !why.contains("the.rule"),
        "{why}"
    );
}

#[test]
fn how_much_worse_a_group_would_have_to_fare_is_told() {
    let keep = GroupLimit::Mean(0.0);
    let groups = vec!["poor".to_owned(), "rich".to_owned()];
    let mut place = two_counters();
    place.zones[0].point = sample::at(500.0, 0.0);
    place.rules = vec![sample::rule(
        "the.rule",
        0,
        RuleKind::NoGroupWorse { groups, keep },
    )];
    // A must go, to which the poor have 0.65 km; to B they have as far, and the rich stay at its door.
    place.zones[0].point = sample::at(400.0, 0.0);
    place.buildings[0].lock = Lock::Dispose;
    let (_, told) = told(&place);
    let [told] = told.as_slice() else {
        panic!("{told:?}");
    };
    // From 0.52 to 0.78 km: half as far again.
    assert!(told.contains("150.0 % of today's"), "{told}");
    assert!(told.contains("would keep it"), "{told}");
}

#[test]
fn how_often_people_could_come_before_a_counter_is_too_full_is_told() {
    let mut place = two_counters();
    place.services[0].visits_capacity = Some(1_500.0);
    let visits_per_person = 2.0;
    place.services[0].visits_per_person = Some(visits_per_person);
    let kind = RuleKind::Capacity { visits_per_person };
    place.rules = vec![sample::rule("full", 0, kind)];
    place.rules[0].strict = true;
    place.buildings[0].lock = Lock::Dispose;
    // Both counters in B take 3,000 visits of 2,000 people.
    let (_, told) = told(&place);
    let [told] = told.as_slice() else {
        panic!("{told:?}");
    };
    assert!(told.contains("at 1.5 visits a person a year"), "{told}");
}

#[test]
fn how_far_a_counter_would_have_to_move_is_told() {
    let limit = km(1.0);
    let mut place = two_counters();
    place.rules = vec![sample::rule("near", 0, RuleKind::Displacement { limit })];
    place.buildings[0].lock = Lock::Dispose;
    let (why, told) = told(&place);
    assert!(why.contains("nowhere to go"), "{why}");
    let [told] = told.as_slice() else {
        panic!("{told:?}");
    };
    assert!(told.contains("moves at most 1.3 km"), "{told}");
}

#[test]
fn a_limit_that_decisions_make_impossible_names_them() {
    let mut place = with_a_village(RuleKind::Within {
        limit: km(1.0),
        share: 0.75,
    });
    let id = place.buildings[1].id.to_string();
    place.buildings[1].lock = Lock::Dispose;
    let (why, _) = told(&place);
    assert!(why.contains("these are to be let go"), "{why}");
    assert!(why.contains(&id) && why.contains("locked dispose"), "{why}");
}
