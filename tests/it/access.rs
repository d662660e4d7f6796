//! Distances and access keep their promises anywhere on Earth.

use oneroof::access::{Arrangement, assess, nearest, today};
use oneroof::place::{
    BuildingIx, Distance, Location, Measure, Mode, Place, RuleKind, Unit, ZoneIx, sample,
};
use oneroof::travel::Travel;
use proptest::prelude::*;

/// Towns where a flat map goes wrong: both sides of the antimeridian, a pole, the equator and the
/// prime meridian; and one where it does not.
const TOWNS: [(f64, f64); 4] = [(180.0, -17.0), (40.0, 89.98), (0.0, 0.0), (-2.3, 53.4)];

fn location(town: (f64, f64), east: f64, north: f64) -> Location {
    let lon = town.0 + east;
    let lon = if lon > 180.0 { lon - 360.0 } else { lon };
    Location::new(lon, (town.1 + north).min(90.0)).expect("near a town")
}

/// A place with one library in every building, and zones with whole even demands.
fn places() -> impl Strategy<Value = Place> {
    let offset = || (-0.1..0.1, -0.05..0.05);
    let buildings = proptest::collection::vec(offset(), 1..24);
    let zones = proptest::collection::vec((offset(), 0..500_u32), 1..16);
    (0..TOWNS.len(), buildings, zones).prop_map(|(town, buildings, zones)| {
        let town = TOWNS[town];
        let mut place = sample::empty("Anywhere");
        place.agencies = vec![sample::agency("council")];
        place.services = vec![sample::service("library", true)];
        for (at, (east, north)) in buildings.into_iter().enumerate() {
            let here = location(town, east, north);
            let building = sample::building(&format!("B{at}"), 0, here, 500.0);
            let library = sample::occupier(&format!("L{at}"), 0, 0, at, 100.0);
            place.buildings.push(building);
            place.occupiers.push(library);
        }
        for (at, ((east, north), people)) in zones.into_iter().enumerate() {
            let here = location(town, east, north);
            let demand = [f64::from(people) * 2.0];
            place
                .zones
                .push(sample::zone(&format!("Z{at}"), here, &demand));
        }
        place
    })
}

fn measures() -> impl Strategy<Value = Measure> {
    prop_oneof![
        Just((Mode::Straight, Unit::Km)),
        Just((Mode::Walk, Unit::Minutes)),
        Just((Mode::Drive, Unit::Minutes)),
    ]
    .prop_map(|(mode, unit)| Measure { mode, unit })
}

/// Every building by its distance from a zone, measured one by one.
fn one_by_one(place: &Place, measure: &Measure, zone: ZoneIx) -> Vec<(Distance, BuildingIx)> {
    let travel = Travel::new(place, Vec::new());
    let mut all: Vec<_> = place
        .buildings()
        .filter_map(|(at, _)| Some((travel.zone_to_building(place, measure, zone, at)?, at)))
        .collect();
    all.sort();
    all
}

fn all_buildings(place: &Place) -> Vec<BuildingIx> {
    place.buildings().map(|(at, _)| at).collect()
}

fn distances(place: &Place, measure: &Measure, hosts: &[BuildingIx]) -> Vec<Option<Distance>> {
    let travel = Travel::new(place, Vec::new());
    let found = nearest(place, &travel, measure, hosts);
    found.into_iter().map(|found| Some(found?.0)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_index_finds_exactly_those_within(
        place in places(), measure in measures(), limit in 0..20_000_u32
    ) {
        let travel = Travel::new(&place, Vec::new());
        for (zone, _) in place.zones() {
            let mut expected = one_by_one(&place, &measure, zone);
            expected.retain(|(distance, _)| distance.steps() <= limit);
            let found = travel.buildings_within(&place, &measure, zone, Distance(limit));
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_building_exactly_at_the_limit_is_within(place in places(), measure in measures()) {
        let travel = Travel::new(&place, Vec::new());
        for (zone, _) in place.zones() {
            for (distance, at) in one_by_one(&place, &measure, zone) {
                let found = travel.buildings_within(&place, &measure, zone, distance);
                prop_assert!(found.contains(&(distance, at)));
            }
        }
    }

    #[test]
    fn the_index_finds_exactly_the_nearest(place in places(), measure in measures()) {
        let travel = Travel::new(&place, Vec::new());
        let found = nearest(&place, &travel, &measure, &all_buildings(&place));
        for ((zone, _), found) in place.zones().zip(found) {
            prop_assert_eq!(found, one_by_one(&place, &measure, zone).first().copied());
        }
    }

    #[test]
    fn the_hosts_that_matter_are_those_within_or_the_nearest_few(
        place in places(), measure in measures(), limit in 0..6_000_u32, few in 0..8_usize
    ) {
        let travel = Travel::new(&place, Vec::new());
        let hosts = travel.hosts(&place, &all_buildings(&place));
        for (zone, _) in place.zones() {
            let mut expected = one_by_one(&place, &measure, zone);
            let within = expected.iter().filter(|(far, _)| far.steps() <= limit).count();
            expected.truncate(within.max(few));
            let limit = Distance(limit);
            let found = travel.hosts_within(&place, &measure, &hosts, zone, limit, few);
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn another_host_never_makes_access_worse(place in places(), measure in measures()) {
        let all = all_buildings(&place);
        let with = distances(&place, &measure, &all);
        let without = distances(&place, &measure, &all[1..]);
        for (with, without) in with.into_iter().zip(without) {
            prop_assert!(without.is_none() || with <= without);
        }
    }

    #[test]
    fn the_order_of_buildings_changes_no_distance(place in places(), measure in measures()) {
        let mut turned = place.clone();
        turned.buildings.reverse();
        let hosts = all_buildings(&place);
        prop_assert_eq!(
            distances(&place, &measure, &hosts),
            distances(&turned, &measure, &hosts)
        );
    }

    #[test]
    fn a_zone_split_in_two_changes_no_verdict(
        mut place in places(), limit in 0..6_000_u32, percent in 0..=100_u32, kept in 0..24_usize
    ) {
        let share = f64::from(percent) / 100.0;
        let limit = Distance(limit);
        place.rules = vec![
            sample::rule("within", 0, RuleKind::Within { limit, share }),
            sample::rule("worst", 0, RuleKind::WorstCase { limit, increase: Distance(500) }),
        ];
        let mut split = place.clone();
        for zone in &mut split.zones {
            zone.demand[0] = zone.demand[0] * 0.5;
        }
        let halves = split.zones.clone();
        split.zones.extend(halves);
        let kept = BuildingIx::new(kept % place.buildings.len());
        let verdicts = |place: &Place| {
            let travel = Travel::new(place, Vec::new());
            let mut arrangement = Arrangement::today(place);
            arrangement.building.fill(kept);
            let today = today(place, &travel);
            assess(place, &travel, &today, &arrangement)
                .into_iter()
                .map(|rule| (rule.today, rule.enforced, rule.after, rule.verdict))
                .collect::<Vec<_>>()
        };
        prop_assert_eq!(verdicts(&place), verdicts(&split));
    }
}
