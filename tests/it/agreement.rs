//! The optimiser's side and the verifier's side judge access alike.

use oneroof::access::{Arrangement, assess, today};
use oneroof::place::{
    AccessRule, AreaScope, BuildingIx, Distance, GroupLimit, HoursClass, Location, MeanLimit,
    Measure, Mode, Place, RuleKind, Unit, ZoneIx, sample,
};
use oneroof::plan::verify::verify;
use oneroof::plan::{Outcome, Plan, PlannedOccupier, Run, SCHEMA_VERSION, Status};
use oneroof::siting::BoundSource;
use oneroof::travel::{Matrix, Origin, Travel};
use proptest::prelude::*;

const BUILDINGS: usize = 8;
const ZONES: usize = 12;
const OCCUPIERS: usize = 5;

fn kinds() -> impl Strategy<Value = RuleKind> {
    let metres = || (0..9_000_u32).prop_map(Distance);
    prop_oneof![
        (metres(), 0.0..1.0).prop_map(|(limit, share)| RuleKind::Within { limit, share }),
        (metres(), metres()).prop_map(|(limit, increase)| RuleKind::WorstCase { limit, increase }),
        (-0.2..1.0).prop_map(|over| RuleKind::Mean(MeanLimit::Relative(over))),
        metres().prop_map(|most| RuleKind::Mean(MeanLimit::Absolute(most))),
        metres().prop_map(|limit| RuleKind::Displacement { limit }),
        (0.0..1.0).prop_map(|over| groups(GroupLimit::Mean(over))),
        (metres(), 0.0..1.0).prop_map(|(limit, drop)| groups(GroupLimit::Within { limit, drop })),
        (metres(), 0.0..1.0).prop_map(|(limit, share)| RuleKind::FloorPerArea {
            each: "ward".to_owned(),
            limit,
            share
        }),
        (1..3u32, any::<bool>()).prop_map(|(at_least, each)| RuleKind::MinimumHosts {
            at_least,
            hours: HoursClass::Any,
            each: each.then(|| "ward".to_owned()),
        }),
    ]
}

fn groups(keep: GroupLimit) -> RuleKind {
    let groups = vec!["no_car".to_owned(), "car".to_owned()];
    RuleKind::NoGroupWorse { groups, keep }
}

fn measures() -> impl Strategy<Value = Measure> {
    prop_oneof![
        Just((Mode::Straight, Unit::Km)),
        Just((Mode::Walk, Unit::Minutes)),
        Just((Mode::Drive, Unit::Minutes)),
        Just((Mode::Matrix("bus".to_owned()), Unit::Minutes)),
    ]
    .prop_map(|(mode, unit)| Measure { mode, unit })
}

fn rules() -> impl Strategy<Value = AccessRule> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (kinds(), measures(), flags).prop_map(|(kind, measure, (hard, strict, group, area))| {
        let ward = AreaScope {
            kind: "ward".to_owned(),
            code: "W1".to_owned(),
        };
        AccessRule {
            measure,
            group: group.then(|| "no_car".to_owned()),
            area: area.then_some(ward),
            hard,
            strict,
            ..sample::rule("rule", 0, kind)
        }
    })
}

fn offsets(count: usize) -> impl Strategy<Value = Vec<(f64, f64)>> {
    proptest::collection::vec((-6_000.0..6_000.0, -3_000.0..3_000.0), count)
}

/// The point this many metres east and north of a town, of the North Pole, or of where the
/// antimeridian crosses the equator.
fn on(world: usize, (east, north): (f64, f64)) -> Location {
    const METRES_PER_DEGREE: f64 = 111_195.08;
    let (lon, lat) = match world {
        0 => return sample::at(east, north),
        1 => {
            let away = east.hypot(north) / METRES_PER_DEGREE;
            (north.atan2(east).to_degrees(), 90.0 - away)
        }
        _ => {
            let lon = 180.0 + east / METRES_PER_DEGREE;
            let lon = if lon > 180.0 { lon - 360.0 } else { lon };
            (lon, north / METRES_PER_DEGREE)
        }
    };
    Location::new(lon, lat).expect("on Earth")
}

fn places() -> impl Strategy<Value = (Place, Matrix)> {
    let demand = proptest::collection::vec((0.0..900.0, 0.0..1.0, any::<bool>()), ZONES);
    let homes = proptest::collection::vec(0..BUILDINGS, OCCUPIERS);
    let journeys = proptest::collection::vec((0..ZONES, 0..BUILDINGS, 0..9_000_u32), 0..40);
    let points = (offsets(BUILDINGS), offsets(ZONES), 0..3_usize);
    (points, demand, homes, journeys, rules()).prop_map(
        |((buildings, zones, world), demand, homes, journeys, rule)| {
            let mut place = sample::empty("Anywhere");
            place.agencies = vec![sample::agency("council")];
            place.services = vec![sample::service("library", true)];
            for (at, offset) in buildings.into_iter().enumerate() {
                let here = on(world, offset);
                place
                    .buildings
                    .push(sample::building(&format!("B{at}"), 0, here, 500.0));
            }
            for (at, home) in homes.into_iter().enumerate() {
                place
                    .occupiers
                    .push(sample::occupier(&format!("L{at}"), 0, 0, home, 50.0));
            }
            for (at, (offset, (people, share, ward))) in zones.into_iter().zip(demand).enumerate() {
                let mut zone = sample::zone(&format!("Z{at}"), on(world, offset), &[people]);
                zone.groups.insert("no_car".to_owned(), share);
                zone.groups.insert("car".to_owned(), 1.0 - share);
                let ward = if ward { "W1" } else { "W2" };
                zone.areas.insert("ward".to_owned(), ward.to_owned());
                place.zones.push(zone);
            }
            place.rules = vec![rule];
            let pairs = journeys.into_iter().map(|(zone, to, far)| {
                let from = Origin::Zone(ZoneIx::new(zone));
                (from, BuildingIx::new(to), Distance(far))
            });
            (place, Matrix::new("bus", Unit::Minutes, pairs))
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn the_verifier_finds_nothing_wrong_with_our_verdicts(
        (place, matrix) in places(),
        homes in proptest::collection::vec(0..BUILDINGS, OCCUPIERS),
    ) {
        let travel = Travel::new(&place, vec![matrix]);
        let today = today(&place, &travel);
        let mut arrangement = Arrangement::today(&place);
        for (building, to) in arrangement.building.iter_mut().zip(homes) {
            *building = BuildingIx::new(to);
        }
        let mut plan = plan(&place, &arrangement);
        plan.rules = assess(&place, &travel, &today, &arrangement);
        let of_rules: Vec<_> = verify(&place, &travel, &plan)
            .into_iter()
            .filter(|wrong| wrong.figure.starts_with("rules["))
            .collect();
        prop_assert!(of_rules.is_empty(), "{of_rules:#?} {:#?}", plan.rules);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_nearest_hosts_of_a_building_are_those_of_measuring_all(
        world in 0..3_usize,
        points in offsets(40),
        count in 0..45_usize,
    ) {
        let mut place = sample::empty("Anywhere");
        place.agencies = vec![sample::agency("council")];
        for (at, offset) in points.into_iter().enumerate() {
            let here = on(world, offset);
            place.buildings.push(sample::building(&format!("B{at}"), 0, here, 500.0));
        }
        let travel = Travel::new(&place, Vec::new());
        let hosts: Vec<_> = (0..40).step_by(2).map(BuildingIx::new).collect();
        let index = travel.hosts(&place, &hosts);
        let from = BuildingIx::new(4);
        for unit in [Unit::Km, Unit::Minutes] {
            let measure = Measure { mode: Mode::Walk, unit };
            let far = |to: &BuildingIx| travel.building_to_building(&place, &measure, from, *to);
            let others = hosts.iter().filter(|to| **to != from);
            let mut all: Vec<_> = others.filter_map(|to| Some((far(to)?, *to))).collect();
            all.sort_unstable();
            all.truncate(count);
            let near = travel.nearest_hosts(&place, &measure, &index, from, count);
            prop_assert_eq!(near, all);
        }
    }
}

/// A plan that says only who is where.
fn plan(place: &Place, arrangement: &Arrangement) -> Plan {
    let occupiers = place.occupiers().map(|(at, occupier)| {
        let to = arrangement.building[at.index()];
        PlannedOccupier {
            occupier: occupier.id.to_string(),
            outcome: match to == occupier.building {
                true => Outcome::Stay,
                false => Outcome::Move,
            },
            from_id: place.building(occupier.building).id.to_string(),
            to_id: place.building(to).id.to_string(),
            reason: String::new(),
            km: 0.0,
            area_m2: 0.0,
            basis: occupier.basis,
            one_off_gbp: 0.0,
            consult: Vec::new(),
        }
    });
    Plan {
        schema_version: SCHEMA_VERSION,
        place: place.name.clone(),
        base_date: place.base_date.to_string(),
        currency: place.currency.to_string(),
        status: Status::Appraised,
        objective: place.finance.objective,
        value: 0.0,
        bound: None,
        bound_source: BoundSource::None,
        certificate: None,
        gap: None,
        do_minimum: 0.0,
        saving_gbp: 0.0,
        saving_at_most_gbp: None,
        saving_gap: None,
        running_cost_today_gbp: 0.0,
        running_cost_after_gbp: 0.0,
        discount_factors: Vec::new(),
        cash_flow: Vec::new(),
        limits: Vec::new(),
        sensitivity: Default::default(),
        worth: Vec::new(),
        successors: Vec::new(),
        travel: None,
        buildings: Vec::new(),
        occupiers: occupiers.collect(),
        rules: Vec::new(),
        ledger: Vec::new(),
        assumptions: Vec::new(),
        confidence: String::new(),
        conflicts: Vec::new(),
        saving_split: None,
        least_transfers: Default::default(),
        together: Vec::new(),
        points: Vec::new(),
        visits: Vec::new(),
        programme: None,
        run: Run::default(),
    }
}
