//! No counter visited more often than it can be: where it alone decides, in the search, by the verifier,
//! and where everybody goes.

use crate::folder::Folder;
use crate::planning::{agreed, exact, two_offices};
use crate::random_places;
use oneroof::access::Verdict;
use oneroof::place::{
    Areas, GbpPerYear, Occupancy, Place, RuleKind, SpaceType, SquareMetres, sample,
};
use oneroof::plan::verify::verify;
use oneroof::plan::{Action, PlanError, Wish};
use oneroof::travel::Travel;

/// Libraries at A, B (1 km east) and C (5 km east), each with 1,000 people at its door who come twice a
/// year, and able to take 2,500 visits. A is dear; only C has room for another counter.
fn three_libraries() -> Place {
    let mut place = two_offices();
    place.services = vec![sample::service("library", true)];
    place.services[0].max_per_building = 2;
    place.services[0].may_merge = false;
    place.services[0].visits_per_person = Some(2.0);
    place.services[0].visits_capacity = Some(2_500.0);
    place.buildings = [("A", 0.0), ("B", 1_000.0), ("C", 5_000.0)]
        .map(|(id, east)| sample::building(id, 0, sample::at(east, 0.0), 209.0))
        .to_vec();
    place.buildings[2].usable.value = Areas::of(SpaceType::Any, SquareMetres(210.0));
    place.buildings[2].running_fixed.value = GbpPerYear(10_000.0);
    place.occupiers = vec![
        sample::occupier("a", 0, 0, 0, 100.0),
        sample::occupier("b", 0, 0, 1, 100.0),
        sample::occupier("c", 0, 0, 2, 100.0),
    ];
    place.occupiers[1].immovable = Some("archive".to_owned());
    place.occupiers[2].immovable = Some("archive".to_owned());
    place.zones = [("ZA", 0.0), ("ZB", 1_000.0), ("ZC", 5_000.0)]
        .map(|(id, east)| sample::zone(id, sample::at(east, 0.0), &[1_000.0]))
        .to_vec();
    place
}

fn capacity(place: &mut Place, hard: bool) {
    let kind = RuleKind::Capacity {
        visits_per_person: 2.0,
    };
    let mut rule = sample::rule("full", 0, kind);
    rule.hard = hard;
    place.rules = vec![rule];
}

#[test]
fn without_the_rule_the_dear_library_goes_where_nobody_follows_it() {
    let plan = agreed(&three_libraries(), &exact());
    assert_eq!(plan.occupiers[0].to_id, "C");
    assert_eq!(plan.buildings[0].action, Action::Sell);
}

#[test]
fn a_library_stays_where_its_people_would_be_too_many_for_the_next() {
    let mut place = three_libraries();
    capacity(&mut place, true);
    let plan = agreed(&place, &exact());
    // B would be visited 4,000 times, and can be 2,500 times.
    assert_eq!(plan.occupiers[0].to_id, "A");
    assert_eq!(plan.saving_gbp, 0.0);
    assert_eq!(plan.rules[0].verdict, Verdict::Pass);
    assert_eq!(plan.rules[0].after, Some(0.8));
}

#[test]
fn a_soft_rule_lets_it_go_and_asks_to_consult() {
    let mut place = three_libraries();
    capacity(&mut place, false);
    let plan = agreed(&place, &exact());
    assert_eq!(plan.occupiers[0].to_id, "C");
    assert_eq!(plan.rules[0].verdict, Verdict::Consult);
    // 4,000 ÷ 2,500; 1,500 visits too many are 750 people.
    assert_eq!(plan.rules[0].after, Some(1.6));
    assert_eq!(plan.rules[0].people_short_after, 750.0);
    assert_eq!(plan.rules[0].worst[0].id, "B");
}

#[test]
fn an_empty_building_that_is_nearer_to_its_people_rescues_the_closure() {
    let mut place = three_libraries();
    capacity(&mut place, true);
    let mut door = sample::building("D", 0, sample::at(100.0, 0.0), 500.0);
    door.occupancy = Occupancy::Vacant;
    door.running_fixed.value = GbpPerYear(5_000.0);
    place.buildings.push(door);
    let plan = agreed(&place, &exact());
    assert_eq!(plan.occupiers[0].to_id, "D");
    assert_eq!(plan.buildings[0].action, Action::Sell);
    // The bound is that of the problem without the rule: C costs less than D.
    let bound = plan.bound.expect("it is bounded");
    assert!(bound < plan.value, "{bound} {}", plan.value);
}

#[test]
fn the_second_stage_keeps_it_too() {
    // A may only go to D, which is dearer and at the door of ZA. Then the 500 of ZX go to B: 3,000 visits.
    let mut place = three_libraries();
    place.buildings[2].usable.value = Areas::of(SpaceType::Any, SquareMetres(209.0));
    let mut door = sample::building("D", 0, sample::at(-1_000.0, 0.0), 209.0);
    door.occupancy = Occupancy::Vacant;
    door.running_fixed.value = GbpPerYear(place.buildings[0].running_fixed.value.get() + 10_000.0);
    place.buildings.push(door);
    place.zones[0] = sample::zone("ZA", sample::at(-1_000.0, 0.0), &[600.0]);
    let between = sample::zone("ZX", sample::at(450.0, 0.0), &[500.0]);
    place.zones.push(between);
    place.finance.travel_give = 5.0;
    let wish = Wish {
        second_stage: true,
        ..exact()
    };
    let plan = agreed(&place, &wish);
    let stage = plan.travel.as_ref().expect("a second stage");
    assert_eq!(plan.occupiers[0].to_id, "D");
    assert!(stage.person_km < stage.person_km_first, "{stage:?}");
    capacity(&mut place, true);
    let plan = agreed(&place, &wish);
    let stage = plan.travel.as_ref().expect("a second stage");
    assert_eq!(plan.occupiers[0].to_id, "A");
    assert_eq!(stage.person_km, stage.person_km_first);
    assert_eq!(plan.rules[0].verdict, Verdict::Pass);
}

#[test]
fn a_strict_rule_that_nothing_can_keep_names_the_counters() {
    let mut place = three_libraries();
    capacity(&mut place, true);
    place.rules[0].strict = true;
    place.services[0].visits_capacity = Some(1_999.0);
    let travel = Travel::new(&place, Vec::new());
    let error = oneroof::plan::plan(&place, &travel, &exact(), &()).expect_err("no plan");
    assert!(matches!(error, PlanError::Infeasible { .. }), "{error}");
    assert!(
        error
            .to_string()
            .contains("2,000 visits a year, and can take 1,999"),
        "{error}"
    );
}

#[test]
fn random_places_with_a_hard_capacity_are_planned_and_the_verifier_agrees() {
    let (mut planned, mut bound) = (0, 0);
    for seed in 0..24 {
        let mut place = random_places::place(seed);
        for (at, service) in place.services.iter_mut().enumerate().take(2) {
            service.visits_capacity = Some(1_500.0 + 500.0 * ((seed as usize + at) % 5) as f64);
        }
        for at in 0..2 {
            let kind = RuleKind::Capacity {
                visits_per_person: 1.0,
            };
            place
                .rules
                .push(sample::rule(&format!("full{at}"), at, kind));
        }
        let travel = Travel::new(&place, Vec::new());
        let wish = Wish {
            time: std::time::Duration::from_secs(4),
            ..Wish::default()
        };
        let Ok(plan) = oneroof::plan::plan(&place, &travel, &wish, &()) else {
            continue;
        };
        assert_eq!(verify(&place, &travel, &plan), Vec::new(), "seed {seed}");
        planned += 1;
        let mut free = place.clone();
        free.rules.truncate(place.rules.len() - 2);
        let Ok(without) = oneroof::plan::plan(&free, &travel, &wish, &()) else {
            continue;
        };
        bound += usize::from(plan.value > without.value + 1.0);
    }
    assert!(planned > 10, "{planned} planned");
    assert!(bound > 0, "the rule never mattered");
}

const VISITED: &str = "counter = true\nvisits_per_person = 4.0\nvisits_capacity = 9000.0";

fn six_with_a_rule(service: &str) -> Folder {
    let folder = Folder::six();
    folder.replace(
        "place.toml",
        "counter = true\nspace_type = \"public\"\nneeds",
        &format!("{service}\nspace_type = \"public\"\nneeds"),
    );
    folder.append(
        "place.toml",
        "\n[[access]]\nid = \"library.capacity\"\nservice = \"library\"\nrule = \"capacity\"\nhard = false\n",
    );
    folder
}

#[test]
fn where_everybody_goes_is_written_with_what_is_too_much_and_where_it_would_go() {
    let folder = six_with_a_rule(VISITED);
    let said = folder.run(&["plan", ".", "--out", "out"], 0);
    assert!(said.contains("library.capacity"), "{said}");
    let visits = folder.read("out/visits.csv");
    let rows: Vec<Vec<&str>> = visits
        .lines()
        .map(|line| line.split(',').collect())
        .collect();
    assert_eq!(
        rows[0][..6],
        [
            "service",
            "asset_id",
            "name",
            "measure",
            "visits_today",
            "visits_after"
        ]
    );
    assert!(rows.len() >= 3, "{visits}");
    // Nobody is lost: 4 visits of everybody who needs a library, by the nearest and by Huff.
    let people: f64 = folder
        .read("zones.csv")
        .lines()
        .skip(1)
        .map(|line| {
            line.split(',')
                .nth(4)
                .expect("population")
                .parse::<f64>()
                .expect("a number")
        })
        .sum();
    for column in [4, 5, 11] {
        let sum: f64 = rows[1..]
            .iter()
            .filter_map(|row| row[column].parse::<f64>().ok())
            .sum();
        assert!(
            (sum - 4.0 * people).abs() < 2.0,
            "{column}: {sum} {people}\n{visits}"
        );
    }
    let over = rows[1..]
        .iter()
        .filter(|row| row[9].parse::<f64>().is_ok_and(|over| over > 0.0));
    assert!(over.clone().count() > 0, "{visits}");
    assert!(over.into_iter().all(|row| !row[10].is_empty()), "{visits}");
}

#[test]
fn what_is_too_much_goes_to_the_nearest_counter_that_has_room() {
    use oneroof::access::{Allocation, Arrangement, Asked, visits};
    let mut place = three_libraries();
    capacity(&mut place, false);
    // A has 2,000 visits and can take 1,500; B can take its own 2,000 and no more; C, further, 2,300.
    for (at, most) in [1_500.0, 2_000.0, 2_300.0].into_iter().enumerate() {
        place.occupiers[at].visits_capacity = Some(most);
    }
    let travel = Travel::new(&place, Vec::new());
    let arrangement = Arrangement::today(&place);
    let asked = Asked {
        place: &place,
        travel: &travel,
        service: oneroof::place::ServiceIx::new(0),
        measure: &place.rules[0].measure,
        arrangement: &arrangement,
    };
    let all = visits(asked, Allocation::Nearest);
    let c = oneroof::place::BuildingIx::new(2);
    assert_eq!(all[0].overflow, [(c, 300.0)]);
    assert_eq!(all[0].without_room(), 200.0);
}

#[test]
fn a_rule_on_capacity_that_nobody_can_judge_is_refused_with_what_is_missing() {
    let folder = six_with_a_rule("counter = true");
    let said = folder.run(&["check", "."], 3);
    assert!(
        said.contains("does not say how often a person visits it"),
        "{said}"
    );
    assert!(
        said.contains("how many visits a year lib-central and 1 more can take"),
        "{said}"
    );
    assert!(said.contains("capacity-not-known"), "{said}");
}

#[test]
fn what_one_counter_can_take_is_read_from_its_table() {
    let folder = six_with_a_rule("counter = true\nvisits_per_person = 4.0");
    let text = folder.read("occupiers.csv");
    let wide: Vec<String> = text
        .lines()
        .enumerate()
        .map(|(at, line)| match at {
            0 => format!("{line},visits_capacity"),
            at => format!("{line},{}", 1_000 * at),
        })
        .collect();
    folder.write("occupiers.csv", &(wide.join("\n") + "\n"));
    let place = folder.load().place;
    assert_eq!(place.occupiers[1].visits_capacity, Some(2_000.0));
    assert_eq!(
        place.rules.last().expect("the rule").kind.name(),
        "capacity"
    );
}

#[test]
fn what_no_counter_can_take_is_set_aside_with_a_finding() {
    let folder = six_with_a_rule(VISITED);
    let text = folder.read("occupiers.csv");
    let wide: Vec<String> = text
        .lines()
        .enumerate()
        .map(|(at, line)| match at {
            0 => format!("{line},visits_capacity"),
            1 => format!("{line},0"),
            2 => format!("{line},2000000000"),
            _ => format!("{line},1000000000"),
        })
        .collect();
    folder.write("occupiers.csv", &(wide.join("\n") + "\n"));
    let loaded = folder.load();
    let said = loaded.findings.iter();
    let said = said.filter(|one| one.code == "visits-capacity-out-of-range");
    let lines: Vec<_> = said.map(|one| one.row.line).collect();
    assert_eq!(lines, [2, 3]);
    let own = |at: usize| loaded.place.occupiers[at].visits_capacity;
    assert_eq!((own(0), own(1), own(2)), (None, None, Some(1e9)));
}

#[test]
fn what_holds_a_counter_names_the_one_that_would_be_too_full_without_it() {
    use oneroof::explain::{Asking, Explanation, Subject, explain};
    let mut place = three_libraries();
    capacity(&mut place, true);
    let travel = Travel::new(&place, Vec::new());
    let plan = agreed(&place, &exact());
    assert!(plan.buildings[0].action.is_open());
    let asking = Asking {
        place: &place,
        travel: &travel,
        plan: &plan,
        certificate: plan.certificate.as_ref(),
        gap: 0.0,
        time: std::time::Duration::from_secs(5),
        rounds: None,
        progress: &(),
    };
    let subject = Subject::find(&place, "A").expect("it is known");
    let answer = explain(&asking, subject);
    let Explanation::Building(one) = &answer else {
        panic!("{answer:?}");
    };
    // The 1,000 people of A would go to B: 4,000 visits, and 2,500 can be taken, 750 people too many.
    let held = &one.held_by[0];
    assert_eq!((held.kind.as_str(), held.people), ("capacity", 750.0));
    assert_eq!(held.zones, ["B"]);
    assert!(answer.text(&place).contains("would find no room, at B"));
}

#[test]
fn where_everybody_goes_is_worked_out_again_figure_by_figure() {
    let mut place = three_libraries();
    capacity(&mut place, false);
    let plan = agreed(&place, &exact());
    // All at A go to B, 4,000 visits for 2,500. C's counters can take 5,000 and have 2,000: it has room for the 1,500 too many.
    let told: Vec<_> = plan
        .visits
        .iter()
        .map(|one| (one.building_id.as_str(), one.today, one.after))
        .collect();
    let hosts = [
        ("A", Some(2_000.0), None),
        ("B", Some(2_000.0), Some(4_000.0)),
        ("C", Some(2_000.0), Some(2_000.0)),
    ];
    assert_eq!(told, hosts);
    assert_eq!(plan.visits[1].overflow[0].visits, 1_500.0);
    assert_eq!(plan.visits[1].over(), (Some(0.0), Some(1_500.0)));
    let refused = |alter: &dyn Fn(&mut oneroof::plan::PlannedVisits)| {
        let mut other = plan.clone();
        alter(&mut other.visits[1]);
        let found = verify(&place, &Travel::new(&place, Vec::new()), &other);
        let all = found.iter().all(|one| one.code == "visits-differ");
        assert!(all && found.len() == 1, "{found:?}");
    };
    refused(&|one| one.service.push('x'));
    refused(&|one| one.building_id.push('x'));
    refused(&|one| one.measure.push('x'));
    refused(&|one| one.today = None);
    refused(&|one| one.after = Some(3_999.0));
    refused(&|one| one.capacity_today = Some(2_400.0));
    refused(&|one| one.capacity_after = None);
    refused(&|one| one.overflow[0].visits -= 1.0);
    refused(&|one| one.overflow[0].building_id = "A".to_owned());
    refused(&|one| one.overflow.clear());
    refused(&|one| one.without_room = 1.0);
    refused(&|one| one.huff_after = one.huff_after.map(|visits| visits + 1.0));
    let mut none = plan.clone();
    none.visits.clear();
    assert!(!verify(&place, &Travel::new(&place, Vec::new()), &none).is_empty());
}

#[test]
fn random_places_agree_on_where_everybody_goes_and_where_those_go_who_are_too_many() {
    let mut over = 0;
    for seed in 0..40 {
        let mut place = random_places::place(seed);
        for (at, service) in place.services.iter_mut().enumerate() {
            service.visits_per_person = Some(1.0 + 0.37 * at as f64);
            service.visits_capacity = (seed % 5 != 0).then_some(150.0 + 40.0 * (seed % 7) as f64);
        }
        let wish = Wish {
            time: std::time::Duration::from_secs(5),
            ..exact()
        };
        let travel = Travel::new(&place, Vec::new());
        if let Ok(plan) = oneroof::plan::plan(&place, &travel, &wish, &()) {
            assert_eq!(verify(&place, &travel, &plan), Vec::new(), "seed {seed}");
            over += plan
                .visits
                .iter()
                .map(|one| one.overflow.len())
                .sum::<usize>();
        }
    }
    assert!(over > 5, "{over}");
}
