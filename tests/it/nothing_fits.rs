//! Where no plan can be: which rule, which area, by how much, and the nearest limit that would work.

use crate::fairness::two_counters;
use crate::folder::Folder;
use crate::planning::exact;
use oneroof::place::{
    AreaScope, Distance, HoursClass, Lock, MeanLimit, Objective, Place, RuleKind, Unit, sample,
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
        other => panic!("{other:?}"),
    };
    let objective = Objective::NetPresentValue;
    let time = Duration::from_secs(20);
    (why, nearest_limits(place, &travel, objective, time, &()))
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
