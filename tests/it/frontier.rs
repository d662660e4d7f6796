//! The curve between saving and access.

use crate::folder::Folder;
use oneroof::frontier::{Asking, Dial, Frontier, frontier};
use oneroof::place::{GroupLimit, HoursClass, Place, RuleKind, sample::six_buildings};
use oneroof::plan::verify::verify;
use oneroof::plan::{Wish, plan};
use oneroof::travel::Travel;
use serde_json::Value;
use std::time::Duration;

fn curve(place: &Place, dial: Dial) -> Frontier {
    let travel = Travel::new(place, Vec::new());
    let asking = Asking {
        place,
        travel: &travel,
        dial,
        points: 5,
        gap: 0.0,
        time: Duration::from_secs(20),
        seed: 1,
        progress: &(),
    };
    let curve = frontier(&asking).expect("a curve");
    for point in &curve.points {
        assert!(verify(&point.place, &travel, &point.plan).is_empty());
    }
    curve
}

#[test]
fn every_point_is_the_cheapest_plan_under_its_limit() {
    let place = six_buildings();
    for dial in [Dial::Rule(0), Dial::Rule(1), Dial::Rule(2), Dial::Means] {
        let curve = curve(&place, dial);
        assert!(curve.missing.is_empty(), "{dial:?}: {:?}", curve.missing);
        for point in &curve.points {
            let travel = Travel::new(&point.place, Vec::new());
            let wish = Wish {
                gap: 0.0,
                second_stage: false,
                ..Wish::default()
            };
            let afresh = plan(&point.place, &travel, &wish, &()).expect("a plan");
            assert!(
                (afresh.value - point.plan.value).abs() < 0.02,
                "{dial:?} {}",
                point.threshold
            );
        }
    }
}

#[test]
fn a_curve_of_means_tells_the_plan_that_no_mean_lets_in() {
    let mut place = six_buildings();
    place.rules.clear();
    for service in &mut place.services {
        service.move_limit = None;
    }
    let curve = curve(&place, Dial::Means);
    let free = planned(&place);
    let loosest = curve.points.last().expect("a point");
    let without = curve.without.expect("somebody is sent beyond their reach");
    let saving = free.do_minimum - free.value;
    assert!((without.saving_gbp - saving).abs() < 0.02, "{without:?}");
    assert!(loosest.saving_at_most_gbp < Some(saving), "{loosest:?}");
    // No point is spent beyond what the limit itself can make of it.
    let measured = loosest.measured.expect("it is measured");
    assert!(loosest.threshold - measured < 1e-4 + 1e-9, "{loosest:?}");
}

#[test]
fn a_curve_that_ends_at_the_cheapest_plan_tells_of_no_other() {
    let place = six_buildings();
    for dial in [Dial::Rule(0), Dial::Rule(2)] {
        assert_eq!(curve(&place, dial).without, None);
    }
}

fn planned(place: &Place) -> oneroof::plan::Plan {
    let travel = Travel::new(place, Vec::new());
    let wish = Wish {
        gap: 0.0,
        second_stage: false,
        ..Wish::default()
    };
    plan(place, &travel, &wish, &()).expect("a plan")
}

#[test]
fn no_point_saves_less_than_a_tighter_one_and_each_keeps_its_limit() {
    let place = six_buildings();
    let curve = curve(&place, Dial::Means);
    let savings: Vec<f64> = curve.points.iter().map(|point| point.saving()).collect();
    assert!(savings.is_sorted_by(|a, b| *a <= *b + 0.01), "{savings:?}");
    for point in &curve.points {
        assert!(
            point
                .measured
                .is_some_and(|far| far <= point.threshold + 1e-3),
            "{point:?}"
        );
        assert!(
            point
                .saving_at_most_gbp
                .is_none_or(|most| most >= point.saving() - 0.01)
        );
    }
}

#[test]
fn the_loose_end_saves_what_a_plan_without_the_limit_saves() {
    let mut place = six_buildings();
    let last = curve(&place, Dial::Rule(0)).points.pop().expect("a point");
    place.rules.remove(0);
    let travel = Travel::new(&place, Vec::new());
    let wish = Wish {
        gap: 0.0,
        second_stage: false,
        ..Wish::default()
    };
    let free = plan(&place, &travel, &wish, &()).expect("a plan");
    assert!((last.saving() - (free.do_minimum - free.value)).abs() < 0.02);
}

#[test]
fn a_number_of_buildings_is_turned_one_building_at_a_time() {
    let mut place = six_buildings();
    place.rules.truncate(1);
    place.rules[0].kind = RuleKind::MinimumHosts {
        at_least: 2,
        hours: HoursClass::Any,
        each: None,
    };
    // Counters may share a building, so that one may do for two libraries.
    place.services[place.rules[0].service.index()].max_per_building = 2;
    let curve = curve(&place, Dial::Rule(0));
    let limits: Vec<f64> = curve.points.iter().map(|point| point.threshold).collect();
    assert!(
        limits.iter().all(|limit| limit.fract() == 0.0),
        "{limits:?}"
    );
    assert!(limits.is_sorted_by(|a, b| a > b), "{limits:?}");
    assert_eq!(limits[0], 2.0);
    for point in &curve.points {
        assert!(point.measured.is_some_and(|many| many >= point.threshold));
    }
}

#[test]
fn how_much_worse_a_group_may_fare_is_turned_from_no_worse_to_what_the_cheapest_plan_makes_of_it() {
    let mut place = six_buildings();
    for (at, zone) in place.zones.iter_mut().enumerate() {
        let share = if at % 2 == 0 { 0.2 } else { 0.6 };
        zone.groups.insert("no_car".into(), share);
    }
    place.rules.truncate(1);
    place.rules[0].kind = RuleKind::NoGroupWorse {
        groups: vec!["no_car".into()],
        keep: GroupLimit::Mean(0.02),
    };
    let curve = curve(&place, Dial::Rule(0));
    assert_eq!(curve.points[0].threshold, 0.0);
    for point in &curve.points {
        let worse = point.measured.expect("it is measured");
        assert!(
            worse <= point.threshold + 1e-3,
            "{worse} {}",
            point.threshold
        );
    }
}

#[test]
fn a_knee_is_sure_only_where_every_point_is_within_the_gap_asked() {
    let mut curve = curve(&six_buildings(), Dial::Means);
    assert_eq!((curve.left_open(), curve.knee_is_sure()), (0, true));
    if let Some(most) = &mut curve.points[0].saving_at_most_gbp {
        *most += 1_000.0;
    }
    assert_eq!((curve.left_open(), curve.knee_is_sure()), (1, false));
    curve.points[0].saving_at_most_gbp = None;
    assert!(!curve.is_within_gap(&curve.points[0]));
}

#[test]
fn the_program_writes_a_curve_of_plans_that_verify() {
    let folder = Folder::six();
    let arguments = [
        "frontier", ".", "--out", "curve", "--points", "4", "--gap", "0",
    ];
    let text = folder.run(&arguments, 0);
    assert!(text.contains("point-01"), "{text}");
    for point in ["point-01", "curve/frontier.csv"] {
        let path = folder.path().join(if point.contains('/') {
            point.into()
        } else {
            format!("curve/{point}/plan.json")
        });
        assert!(path.exists(), "{path:?}");
    }
    let said = folder.run(&["verify", ".", "curve/point-01"], 0);
    assert!(said.contains("mean:library = 0"), "{said}");
    let json: Value = serde_json::from_str(&folder.read("curve/frontier.json")).expect("JSON");
    assert!(
        json["points"]
            .as_array()
            .is_some_and(|points| !points.is_empty()),
        "{json}"
    );
    assert!(folder.path().join("curve/frontier.png").exists());
    // Each column of the table is explained, in the order of the table.
    let table = folder.read("curve/frontier.csv");
    let explained = folder.read("curve/columns.csv");
    let names = explained.lines().skip(1).map(|line| {
        let mut cells = line.split(',');
        assert_eq!(cells.next(), Some("frontier.csv"), "{line}");
        cells.next().unwrap_or_default()
    });
    let header = table.lines().next().unwrap_or_default();
    assert_eq!(names.collect::<Vec<_>>().join(","), header);
    // Written again in its place.
    folder.run(
        &[
            "frontier",
            ".",
            "--out",
            "curve",
            "--points",
            "2",
            "--rule",
            "library.two_miles",
            "--gap",
            "0",
        ],
        0,
    );
    assert!(!folder.path().join("curve/point-04").exists());
    folder.run(&["verify", ".", "curve/point-01"], 0);
}

#[test]
fn a_rule_that_is_none_ends_with_3_and_a_folder_of_others_with_2() {
    let folder = Folder::six();
    let text = folder.run(
        &[
            "frontier",
            ".",
            "--out",
            "curve",
            "--rule",
            "library.two_mils",
        ],
        3,
    );
    assert!(text.contains("did you mean `library.two_miles`?"), "{text}");
    folder.run(&["frontier", ".", "--out", ".", "--points", "2"], 2);
    folder.run(&["frontier", ".", "--out", "curve", "--points", "1"], 2);
}

#[test]
fn a_soft_rule_is_hard_along_its_curve() {
    for at in [0, 2] {
        let mut place = six_buildings();
        place.rules[at].hard = false;
        place.rules[at].price_gbp = Some(1.0);
        let dial = Dial::Rule(at);
        let told = "soft in the place and hard along the curve";
        assert!(dial.words(&place).ends_with(told));
        let curve = curve(&place, dial);
        assert!(!curve.points.is_empty(), "{:?}", curve.missing);
        for point in &curve.points {
            assert!(point.place.rules[at].hard);
            let (measured, limit) = (point.measured.expect("people count"), point.threshold);
            let kept = match at {
                0 => measured >= limit - 1e-9,
                _ => measured <= limit + 1e-9,
            };
            assert!(kept, "{measured} against {limit}");
        }
    }
}
