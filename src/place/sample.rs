//! Small places for tests of every room: build one by hand, or start from [`six_buildings`].
//!
//! Nothing here reaches an output. It is public so that tests outside the crate can use it.

use super::*;
use jiff::civil::date;
use std::collections::{BTreeMap, BTreeSet};

/// The point this many metres east and north of 53.40° N 2.30° W, for distances of a few km.
pub fn at(east: f64, north: f64) -> Location {
    const METRES_PER_DEGREE: f64 = 111_195.08;
    let lat = 53.4 + north / METRES_PER_DEGREE;
    let lon = -2.3 + east / (METRES_PER_DEGREE * 53.4_f64.to_radians().cos());
    Location::new(lon, lat).expect("a few km from a point on land")
}

/// A place of this name with nothing in it, base date 1 April 2026, default finance and travel.
pub fn empty(name: &str) -> Place {
    Place {
        name: name.to_owned(),
        base_date: date(2026, 4, 1),
        currency: Currency::POUND,
        agencies: Vec::new(),
        services: Vec::new(),
        sites: Vec::new(),
        buildings: Vec::new(),
        occupiers: Vec::new(),
        points: Vec::new(),
        zones: Vec::new(),
        group_modes: BTreeMap::new(),
        rules: Vec::new(),
        separations: Vec::new(),
        together: Vec::new(),
        funding: Vec::new(),
        decisions: Vec::new(),
        finance: Finance::default(),
        phase: Phase::default(),
        travel: TravelSettings::default(),
        study_area: StudyArea {
            outline: geo::MultiPolygon::new(Vec::new()),
            buffer: Metres(5_000.0),
        },
        sources: Vec::new(),
    }
}

/// An agency whose name is its id.
pub fn agency(id: &str) -> Agency {
    Agency {
        id: id.into(),
        name: id.to_owned(),
        successor: None,
        total_spend_gbp: None,
        staff: None,
    }
}

/// A service that may move; it may merge where it has a counter. Counters need public floor, the
/// others office floor.
pub fn service(id: &str, counter: bool) -> Service {
    Service {
        id: id.into(),
        name: id.to_owned(),
        agency: None,
        counter,
        may_merge: counter,
        merge_space: 0.6,
        movable: true,
        needs: BTreeSet::new(),
        space_type: if counter {
            SpaceType::Public
        } else {
            SpaceType::Office
        },
        space: None,
        m2_per_desk: 8.0,
        desks_per_fte: 0.7,
        max_per_building: 1,
        visits_per_person: None,
        visits_capacity: None,
        move_limit: None,
    }
}

/// A new counter that is offered in a building: 20 m² of the service's floor, £1,000 a year, £500 to open.
pub fn point(id: &str, agency: usize, service: usize, building: usize) -> AccessPoint {
    AccessPoint {
        id: id.into(),
        name: id.to_owned(),
        agency: AgencyIx::new(agency),
        service: ServiceIx::new(service),
        building: BuildingIx::new(building),
        needs: Areas::of(SpaceType::Public, SquareMetres(20.0)),
        running: GbpPerYear(1_000.0),
        opening: Gbp(500.0),
        visits_capacity: None,
        hours: Hours::default(),
        source: RowRef::file("place.toml"),
    }
}

/// A freehold candidate with `usable` m² of `Any` floor that costs £50,000 a year to run, £10 per
/// m² in use and £5,000 rates, and is worth £1,000,000.
pub fn building(id: &str, agency: usize, location: Location, usable: f64) -> Building {
    Building {
        id: id.into(),
        register_id: Some(id.into()),
        uprn: None,
        name: id.to_owned(),
        address: None,
        postcode: None,
        agency: AgencyIx::new(agency),
        location: Some(location),
        precision: Some(Precision::Exact),
        role: Role::Candidate,
        occupancy: Occupancy::Known,
        lock: Lock::Free,
        tenure: Tenure {
            kind: TenureKind::Freehold,
            stated: None,
            lease: Rare::default(),
            rent: GbpPerYear::ZERO,
            let_income: GbpPerYear::ZERO,
        },
        gross_area: None,
        usable: Graded::stated(Areas::of(SpaceType::Any, SquareMetres(usable))),
        resources: Rare::default(),
        running_fixed: Graded::stated(GbpPerYear(50_000.0)),
        running_per_m2: GbpPerYear(10.0),
        rates: GbpPerYear(5_000.0),
        backlog: Gbp::ZERO,
        market_value: Graded::stated(Gbp(1_000_000.0)),
        valued_on: None,
        part: None,
        holding_cost: None,
        flags: Rare::default(),
        offers: Rare::default(),
        hours: Rare::default(),
        site: None,
        committed: None,
        proposed: None,
        energy_rating: None,
        energy: Rare::default(),
        receipt_terms: Rare::default(),
        part_release: false,
        condition: None,
        source: row("buildings.csv"),
    }
}

/// An occupier that states `space` m² of `Any` floor and ten staff.
pub fn occupier(id: &str, agency: usize, service: usize, building: usize, space: f64) -> Occupier {
    Occupier {
        id: id.into(),
        name: id.to_owned(),
        agency: AgencyIx::new(agency),
        service: ServiceIx::new(service),
        building: BuildingIx::new(building),
        needs: Areas::of(SpaceType::Any, SquareMetres(space)),
        basis: NeedBasis::Stated,
        resources: BTreeMap::new(),
        capabilities: BTreeSet::new(),
        staff_fte: 10.0,
        visits_per_year: None,
        visits_capacity: None,
        hours: Hours::default(),
        immovable: None,
        lock: Lock::Free,
        source: row("occupiers.csv"),
    }
}

/// A zone whose demand, one figure for each service of the place, is stated.
pub fn zone(id: &str, point: Location, demand: &[f64]) -> Zone {
    Zone {
        id: id.into(),
        name: id.to_owned(),
        point,
        point_basis: PointBasis::Given,
        outline: None,
        population: People(demand.iter().copied().fold(0.0, f64::max)),
        demand: demand.iter().copied().map(People).collect(),
        groups: BTreeMap::new(),
        measures: BTreeMap::new(),
        areas: BTreeMap::new(),
        source: row("zones.csv"),
    }
}

/// A hard rule for everybody, by straight line in km.
pub fn rule(id: &str, service: usize, kind: RuleKind) -> AccessRule {
    AccessRule {
        id: id.into(),
        service: ServiceIx::new(service),
        kind,
        measure: straight_km(),
        group: None,
        area: None,
        hard: true,
        price_gbp: None,
        strict: false,
        source: None,
    }
}

/// Straight line × detour, in km.
pub fn straight_km() -> Measure {
    Measure {
        mode: Mode::Straight,
        unit: Unit::Km,
    }
}

/// Two agencies, six buildings, seven occupiers, five zones, three rules.
///
/// ```text
/// 2 km apart, west to east      A0      A1      A2            A3      (council)
///                             library  library  offices        empty
///                              offices
/// 500 m north of A0 and A2      N0              N1                    (nhs)
///                              clinic          clinic, nhs offices
/// zones on the line             Z0   Z1 (A1)    Z2     Z3 (6 km)   Z4 (8 km, no demand for clinics)
/// ```
///
/// Services are 0 `library`, 1 `clinic` (counters) and 2 `office`. Every zone has 1,000 people.
/// Rules: 80 % of people within 4 km of a library; nobody further from a clinic than 6 km or today
/// + 1 km; the mean way to a library at most 50 % longer than today's.
pub fn six_buildings() -> Place {
    let mut place = empty("Six buildings");
    place.agencies = vec![agency("council"), agency("nhs")];
    place.services = vec![
        service("library", true),
        service("clinic", true),
        service("office", false),
    ];
    place.buildings = vec![
        building("A0", 0, at(0.0, 0.0), 800.0),
        building("A1", 0, at(2_000.0, 0.0), 600.0),
        building("A2", 0, at(4_000.0, 0.0), 900.0),
        building("A3", 0, at(6_000.0, 0.0), 500.0),
        building("N0", 1, at(0.0, 500.0), 700.0),
        building("N1", 1, at(4_000.0, 500.0), 1_000.0),
    ];
    place.buildings[3].occupancy = Occupancy::Vacant;
    place.occupiers = vec![
        occupier("library-0", 0, 0, 0, 200.0),
        occupier("library-1", 0, 0, 1, 300.0),
        occupier("office-0", 0, 2, 0, 150.0),
        occupier("office-2", 0, 2, 2, 300.0),
        occupier("clinic-0", 1, 1, 4, 250.0),
        occupier("clinic-1", 1, 1, 5, 250.0),
        occupier("office-n1", 1, 2, 5, 200.0),
    ];
    place.zones = vec![
        zone("Z0", at(0.0, -200.0), &[1_000.0, 1_000.0, 0.0]),
        zone("Z1", at(2_000.0, -200.0), &[1_000.0, 1_000.0, 0.0]),
        zone("Z2", at(4_000.0, -200.0), &[1_000.0, 1_000.0, 0.0]),
        zone("Z3", at(6_000.0, -200.0), &[1_000.0, 1_000.0, 0.0]),
        zone("Z4", at(8_000.0, -200.0), &[1_000.0, 0.0, 0.0]),
    ];
    let km = |value| Distance::from_user(value, Unit::Km);
    place.rules = vec![
        rule(
            "library.within",
            0,
            RuleKind::Within {
                limit: km(4.0),
                share: 0.8,
            },
        ),
        rule(
            "clinic.worst",
            1,
            RuleKind::WorstCase {
                limit: km(6.0),
                increase: km(1.0),
            },
        ),
        rule("library.mean", 0, RuleKind::Mean(MeanLimit::Relative(0.5))),
    ];
    place
}

fn row(file: &str) -> RowRef {
    RowRef {
        file: file.into(),
        record: 1,
        line: 2,
    }
}
