//! The demo writes places that are as hard as life, and always the same ones.

use oneroof::access::{Arrangement, Verdict, assess, today};
use oneroof::demo::{Size, write};
use oneroof::load::{LoadOptions, Loaded, load};
use oneroof::place::{
    BuildingIx, MeanLimit, OccupierIx, Place, Role, RuleKind, Severity, SpaceType,
};
use oneroof::travel::Travel;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn loaded(size: Size, seed: u64) -> Loaded {
    let dir = tempfile::tempdir().expect("a temporary folder");
    write(size, seed, dir.path()).expect("the place is written");
    load(dir.path(), &LoadOptions::default()).expect("the place is read")
}

/// Whether an occupier could move to a building: tags, distance, floor.
fn could_move(place: &Place, travel: &Travel, occupier: OccupierIx, to: BuildingIx) -> bool {
    let moving = place.occupier(occupier);
    let service = place.service(moving.service);
    let building = place.building(to);
    if !service.needs.is_subset(&building.offers) {
        return false;
    }
    let mut limits: Vec<_> = service.move_limit.iter().cloned().collect();
    limits.extend(place.rules.iter().filter_map(|rule| match rule.kind {
        RuleKind::Displacement { limit } if rule.hard && rule.service == moving.service => {
            Some((rule.measure.clone(), limit))
        }
        _ => None,
    }));
    let near = limits.iter().all(|(measure, limit)| {
        travel
            .building_to_building(place, measure, moving.building, to)
            .is_some_and(|far| far <= *limit)
    });
    let any = building.usable.value.get(SpaceType::Any).get();
    near && moving.needs.iter().all(|(space, area)| {
        let floor = if space == SpaceType::Any {
            building.usable.value.total().get()
        } else {
            any + building.usable.value.get(space).get()
        };
        area.get() * 1.1 <= floor
    })
}

#[test]
fn a_county_is_as_hard_as_life_whatever_the_seed() {
    for seed in [1, 2, 3, 11] {
        let Loaded { place, travel, .. } = loaded(Size::County, seed);
        is_as_hard_as_life(&place, &travel);
    }
}

fn is_as_hard_as_life(place: &Place, travel: &Travel) {
    assert!(place.zones.len() >= 380, "{} zones", place.zones.len());
    assert!(place.buildings.len() >= 280, "{}", place.buildings.len());
    assert!(place.occupiers.len() >= 350, "{}", place.occupiers.len());
    assert_eq!(place.services.len(), 12);

    let used: f64 = place.occupiers.iter().map(|o| o.needs.total().get()).sum();
    let usable: f64 = place
        .buildings
        .iter()
        .map(|b| b.usable.value.total().get())
        .sum();
    let share = used / usable;
    assert!(
        (0.70..=0.85).contains(&share),
        "{share:.3} of the floor is in use"
    );

    let movable: Vec<OccupierIx> = place
        .occupiers()
        .filter(|(_, o)| place.service(o.service).movable && o.immovable.is_none())
        .map(|(at, _)| at)
        .collect();
    let placements: usize = movable
        .iter()
        .map(|at| {
            place
                .buildings()
                .filter(|(to, _)| could_move(place, travel, *at, *to))
                .count()
        })
        .sum();
    let each = placements as f64 / movable.len() as f64;
    assert!(
        each >= 14.0,
        "{each:.1} candidate buildings for an occupier"
    );
}

#[test]
fn a_countys_limits_bind_today_whatever_the_seed() {
    for seed in [1, 2, 3, 11] {
        let Loaded { place, travel, .. } = loaded(Size::County, seed);
        limits_bind(&place, &travel);
    }
}

fn limits_bind(place: &Place, travel: &Travel) {
    let before = today(place, travel);
    let verdicts = assess(place, travel, &before, &Arrangement::today(place));
    let mut worst_cases = 0;
    for (rule, verdict) in place.rules.iter().zip(&verdicts) {
        match rule.kind {
            RuleKind::Within { share, .. } => {
                let stands = verdict.today.expect("somebody counts");
                let slack = stands - share;
                assert!((0.0..=0.0201).contains(&slack), "{}: {slack:.4}", rule.id);
            }
            RuleKind::WorstCase { .. } => {
                assert_eq!(verdict.verdict, Verdict::FailsToday, "{}", rule.id);
                worst_cases += 1;
            }
            _ => {}
        }
    }
    assert!(worst_cases >= 8);
}

#[test]
fn the_town_loads_with_the_faults_it_is_meant_to_have_and_no_others() {
    let Loaded {
        findings,
        rejected,
        place,
        ..
    } = loaded(Size::Town, 1);
    let count = |severity| findings.iter().filter(|f| f.severity == severity).count();
    assert!(rejected.is_empty());
    assert_eq!(count(Severity::Error), 0);
    assert_eq!(count(Severity::Repair), 1, "one postcode");
    assert_eq!(count(Severity::Default), 2, "two running costs");
    assert_eq!(place.agencies.len(), 6);
    assert!((55..=65).contains(&place.zones.len()));
}

#[test]
fn one_rule_of_the_town_fails_today_whatever_the_seed() {
    for seed in [1, 2, 5, 77] {
        let Loaded { place, travel, .. } = loaded(Size::Town, seed);
        let before = today(&place, &travel);
        let failing: Vec<String> = assess(&place, &travel, &before, &Arrangement::today(&place))
            .into_iter()
            .filter(|verdict| verdict.verdict != Verdict::Pass)
            .map(|verdict| verdict.rule)
            .collect();
        assert_eq!(failing, ["gp.within_no_car"], "seed {seed}");
    }
}

#[test]
fn the_town_has_the_size_and_the_rules_it_is_meant_to_have() {
    let Loaded { place, .. } = loaded(Size::Town, 1);
    let standing = place
        .buildings
        .iter()
        .filter(|building| building.role == Role::Candidate)
        .count();
    assert!((30..=40).contains(&standing), "{standing} buildings");
    let kinds: BTreeSet<&str> = place.rules.iter().map(|rule| rule.kind.name()).collect();
    assert_eq!(
        kinds.into_iter().collect::<Vec<_>>(),
        ["displacement", "within", "worst_case"]
    );
    let dir = tempfile::tempdir().expect("a temporary folder");
    write(Size::Town, 1, dir.path()).expect("the place is written");
    let mean = load(&dir.path().join("place-mean.toml"), &LoadOptions::default())
        .expect("the place with means is read")
        .place;
    let limits: Vec<f64> = mean
        .rules
        .iter()
        .filter_map(|rule| match rule.kind {
            RuleKind::Mean(MeanLimit::Relative(share)) => Some(share),
            _ => None,
        })
        .collect();
    assert_eq!(limits.len() + place.rules.len(), mean.rules.len());
    assert!(!limits.is_empty() && limits.iter().all(|share| *share == 0.05));
}

#[test]
fn the_committed_town_of_wyvern_is_what_the_demo_writes() {
    let again = tempfile::tempdir().expect("a temporary folder");
    write(Size::Town, 1, again.path()).expect("the town is written");
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/wyvern");
    let mut names: Vec<_> = fs::read_dir(again.path())
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    names.sort();
    assert!(names.len() > 10);
    for name in names {
        let new = fs::read(again.path().join(&name)).expect("a written file");
        let old = fs::read(committed.join(&name)).unwrap_or_default();
        assert!(
            new == old,
            "data/wyvern/{} differs: write it again with `oneroof demo`",
            name.display()
        );
    }
}

#[test]
fn a_folder_with_a_place_of_somebody_elses_is_left_alone() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let theirs = dir.path().join("place.toml");
    fs::write(&theirs, "[place]\nname = \"Ours\"\n").expect("written");
    assert!(write(Size::Town, 1, dir.path()).is_err());
    assert_eq!(
        fs::read_to_string(&theirs).expect("still there"),
        "[place]\nname = \"Ours\"\n"
    );
}
