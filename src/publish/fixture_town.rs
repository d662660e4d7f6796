//! A town of many zones and buildings for pictures: a lattice shaken by a fixed stream of numbers.

use super::fixture::Fixture;
use crate::place::sample::{agency, at, building, empty, occupier, service, zone};
use crate::place::{Occupancy, People, Place, Role, Source};
use crate::plan::{Action, AgencyLedger, Column, LedgerLine, Outcome};

struct Stream(u64);

impl Stream {
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / (1_u64 << 31) as f64
    }
}

const WIDE: usize = 9;
const HIGH: usize = 8;
const CELL: f64 = 900.0;

/// Places with outlines, agencies with long, hostile and foreign names.
pub(super) fn town() -> Place {
    let mut stream = Stream(7);
    let mut place = empty("Wyvern");
    place.agencies = [
        "Wyvern Council",
        "Wyvern Vale NHS Trust",
        "Constabulary",
        "Fire & Rescue",
        "Department for Work and Pensions",
        "ספרייה",
    ]
    .into_iter()
    .enumerate()
    .map(|(k, name)| {
        let mut one = agency(["council", "nhs", "police", "fire", "dwp", "charity"][k]);
        one.name = name.into();
        one
    })
    .collect();
    place.services = vec![
        service("library", true),
        service("gp", true),
        service("office", false),
    ];
    place.services[0].name = "Library".into();
    place.services[1].name = "GP surgery".into();
    zones(&mut place, &mut stream);
    for k in 0..36 {
        let spot = at(
            (stream.next() - 0.5) * 6_800.0,
            (stream.next() - 0.5) * 6_000.0,
        );
        let mut one = building(
            &format!("B{k:02}"),
            k % 6,
            spot,
            300.0 + stream.next() * 1_500.0,
        );
        one.name = match k {
            3 => "<script>alert('x')</script> & \"Hall\" 🎉".into(),
            5 => "ספרייה מרכזית".into(),
            7 => "Community learning and library centre ".repeat(8),
            _ => format!(
                "{} {}",
                ["Oak", "Mill", "Castle", "Park", "Station"][k % 5],
                ["House", "Centre", "Hall", "Court"][k % 4]
            ),
        };
        if k % 9 == 8 {
            one.role = Role::Fixed("beyond the study area".into());
            one.location = Some(at(6_000.0 + stream.next() * 3_000.0, 0.0));
        }
        place.buildings.push(one);
    }
    place.buildings[11].occupancy = Occupancy::Vacant;
    for k in 0..60 {
        place.occupiers.push(occupier(
            &format!("T{k}"),
            k % 6,
            [0, 1, 2, 2][k % 4],
            (k * 7) % 36,
            80.0,
        ));
    }
    place.sources = vec![Source {
        file: "zones.geojson".into(),
        table: "zones".into(),
        as_of: None,
        source: Some("Office for National Statistics".into()),
        licence: Some("Open Government Licence v3.0; contains OS data © Crown copyright".into()),
        sha256: String::new(),
        rows: 72,
    }];
    place
}

fn zones(place: &mut Place, stream: &mut Stream) {
    let corner = |i: usize, j: usize, stream: &mut Stream| {
        let east = (i as f64 - WIDE as f64 / 2.0 + (stream.next() - 0.5) * 0.6) * CELL;
        let north = (j as f64 - HIGH as f64 / 2.0 + (stream.next() - 0.5) * 0.6) * CELL;
        at(east, north)
    };
    let grid: Vec<Vec<_>> = (0..=WIDE)
        .map(|i| (0..=HIGH).map(|j| corner(i, j, stream)).collect())
        .collect();
    for i in 0..WIDE {
        for j in 0..HIGH {
            let ring: Vec<(f64, f64)> = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
                .into_iter()
                .map(|(a, b)| (grid[i + a][j + b].lon(), grid[i + a][j + b].lat()))
                .collect();
            let shape = geo::Polygon::new(ring.into(), vec![]);
            let middle = at(
                (i as f64 + 0.5 - WIDE as f64 / 2.0) * CELL,
                (j as f64 + 0.5 - HIGH as f64 / 2.0) * CELL,
            );
            let people = 900.0 + stream.next() * 1_500.0;
            let mut one = zone(
                &format!("Z{i}{j}"),
                middle,
                &[people, people * f64::from(u8::from(i != 4)), 0.0],
            );
            one.population = People(people);
            if (i, j) != (8, 7) {
                one.outline = Some(geo::MultiPolygon::new(vec![shape]));
            }
            place.zones.push(one);
        }
    }
    let edge: Vec<(f64, f64)> = (0..=WIDE)
        .map(|i| (i, 0))
        .chain((1..=HIGH).map(|j| (WIDE, j)))
        .chain((0..WIDE).rev().map(|i| (i, HIGH)))
        .chain((0..HIGH).rev().map(|j| (0, j)))
        .map(|(i, j)| (grid[i][j].lon(), grid[i][j].lat()))
        .collect();
    place.study_area.outline = geo::MultiPolygon::new(vec![geo::Polygon::new(edge.into(), vec![])]);
}

/// The town with a plan: every third building is left, what is in it goes to one of four hubs.
pub(super) fn planned_town() -> Fixture {
    let mut fixture = Fixture::of(town());
    let hubs = [1_usize, 4, 10, 13];
    let exits = [
        Action::Sell,
        Action::ReleaseLease,
        Action::Mothball,
        Action::Transfer,
    ];
    for (k, one) in fixture.plan.buildings.iter_mut().enumerate() {
        one.action = match k {
            _ if fixture.place.buildings[k].role != Role::Candidate => Action::Outside,
            k if hubs.contains(&k) => Action::Host,
            k if k % 3 == 0 => exits[k / 3 % 4],
            _ => Action::Retain,
        };
    }
    for (k, one) in fixture.plan.occupiers.iter_mut().enumerate() {
        let from = fixture.place.occupiers[k].building.index();
        let leaves =
            from.is_multiple_of(3) && fixture.place.buildings[from].role == Role::Candidate;
        one.to_id = if leaves {
            format!("B{:02}", hubs[k % 4])
        } else {
            one.from_id.clone()
        };
        one.outcome = if leaves { Outcome::Move } else { Outcome::Stay };
    }
    fixture.plan.ledger = fixture
        .place
        .agencies
        .iter()
        .enumerate()
        .map(|(k, a)| ledger(k as f64, a.id.as_str()))
        .collect();
    let sum = |of: fn(&AgencyLedger) -> f64| fixture.plan.ledger.iter().map(of).sum::<f64>();
    fixture.plan.running_cost_today_gbp = 3_450_000.0;
    fixture.plan.running_cost_after_gbp =
        3_450_000.0 - sum(|a| a.recurring_today_gbp - a.recurring_after_gbp);
    fixture.plan.saving_gbp = sum(|a| a.npv_gbp);
    fixture
}

fn ledger(k: f64, agency: &str) -> AgencyLedger {
    let lines: Vec<LedgerLine> = [
        ("running_fixed", 240_000.0, 150_000.0 + 10_000.0 * k),
        ("running_variable", 40_000.0, 42_000.0),
        ("rent", 60_000.0, 20_000.0),
        ("rates", 30_000.0, 20_000.0),
        ("holding", 0.0, 9_000.0),
    ]
    .into_iter()
    .map(|(line, today_gbp, after_gbp)| LedgerLine {
        subject: "B01".into(),
        line: line.into(),
        column: Column::Recurring,
        today_gbp,
        after_gbp,
        npv_gbp: (today_gbp - after_gbp) * 16.0,
    })
    .collect();
    let sum = |of: fn(&LedgerLine) -> f64| lines.iter().map(of).sum::<f64>();
    AgencyLedger {
        agency: agency.into(),
        recurring_today_gbp: sum(|l| l.today_gbp),
        recurring_after_gbp: sum(|l| l.after_gbp),
        one_off_gbp: 120_000.0 * (k + 1.0),
        repairs_avoided_gbp: 9_000.0 * k,
        repairs_anyway_gbp: 40_000.0,
        receipts_gbp: if (k as u32).is_multiple_of(2) {
            480_000.0
        } else {
            0.0
        },
        recharge_net_gbp: 0.0,
        recharge_npv_gbp: 0.0,
        npv_gbp: sum(|l| l.npv_gbp) - 520_000.0 * k,
        lines,
    }
}
