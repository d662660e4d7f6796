//! The figures printed beside each building and occupier.

use super::discrepancy::{Found, in_pence, of};
use super::ledger::RUNNING;
use super::money::Money;
use super::part::part_of;
use super::reading::Reading;
use super::scope::area_used;
use crate::place::{
    BuildingIx, Grade, Lock, Measure, Mode, Occupancy, Occupier, OccupierIx, Place, RuleKind,
    TenureKind, Unit,
};
use crate::plan::{Action, Column, Plan, PlannedBuilding, PlannedOccupier, Status};
use crate::travel::Travel;
use std::collections::BTreeMap;

/// Half a hundredth of a square metre, and half a metre of distance.
const HALF_HUNDREDTH: f64 = 0.005;
const HALF_METRE: f64 = 0.000_5;

/// Checks every building's and occupier's figures.
pub(super) fn check(reading: &Reading<'_>, money: &Money, travel: &Travel, found: &mut Found) {
    let printed = Printed::of(reading.plan);
    for (at, planned) in reading.buildings.iter().enumerate() {
        if let Some(planned) = planned {
            let at = BuildingIx::new(at);
            building_facts(reading, money, at, planned, found);
            building_money(reading, &printed, at, planned, found);
            stated(reading, at, planned, found);
        }
    }
    for (at, planned) in reading.occupiers.iter().enumerate() {
        if let Some(planned) = planned {
            occupier(
                reading,
                &printed,
                travel,
                OccupierIx::new(at),
                planned,
                found,
            );
        }
    }
}

/// The printed ledger lines added up by what they are about, in pence.
struct Printed<'a> {
    running_today: BTreeMap<&'a str, i128>,
    running_after: BTreeMap<&'a str, i128>,
    one_off: BTreeMap<&'a str, i128>,
    receipt: BTreeMap<&'a str, i128>,
    npv: BTreeMap<&'a str, i128>,
    moves: BTreeMap<&'a str, i128>,
}

impl<'a> Printed<'a> {
    fn of(plan: &'a Plan) -> Self {
        let mut printed = Self {
            running_today: BTreeMap::new(),
            running_after: BTreeMap::new(),
            one_off: BTreeMap::new(),
            receipt: BTreeMap::new(),
            npv: BTreeMap::new(),
            moves: BTreeMap::new(),
        };
        for line in plan.ledger.iter().flat_map(|ledger| &ledger.lines) {
            let subject = line.subject.as_str();
            let put = |sums: &mut BTreeMap<&'a str, i128>, amount: f64| {
                let sum = sums.entry(subject).or_default();
                *sum = sum.saturating_add(in_pence(amount));
            };
            let code = line.line.as_str();
            if matches!(code, "fit_out" | "fees" | "move") {
                put(&mut printed.moves, line.after_gbp);
                continue;
            }
            if code.starts_with("recharge_") {
                continue;
            }
            if code == "site_fixed" {
                // About a site, whose id may be a building's too.
                continue;
            }
            put(&mut printed.npv, line.npv_gbp);
            if RUNNING.contains(&code) {
                put(&mut printed.running_today, line.today_gbp);
                put(&mut printed.running_after, line.after_gbp);
            } else if line.column == Column::OneOff {
                put(&mut printed.one_off, line.after_gbp);
                put(&mut printed.one_off, -line.today_gbp);
            } else if line.column == Column::Receipt {
                put(&mut printed.receipt, line.after_gbp);
            }
        }
        printed
    }
}

/// Areas, years, hosts, grades: what is no money.
fn building_facts(
    reading: &Reading<'_>,
    money: &Money,
    at: BuildingIx,
    planned: &PlannedBuilding,
    found: &mut Found,
) {
    let place = reading.place;
    let building = place.building(at);
    let id = building.id.as_str();
    let field = |field: &str| of("buildings", id, field);
    for (name, expected, printed) in [
        (
            "usable_m2",
            building.usable.value.total().get(),
            planned.usable_m2,
        ),
        (
            "used_today_m2",
            reading.scope.used_today[at.index()],
            planned.used_today_m2,
        ),
        (
            "used_after_m2",
            reading.used_after[at.index()],
            planned.used_after_m2,
        ),
    ] {
        let why = "the area is another";
        found.number(
            "area-differs",
            field(name),
            expected,
            printed,
            HALF_HUNDREDTH,
            why,
        );
    }
    let exit = money.exits[at.index()].as_ref();
    let year = exit.map(|exit| exit.year);
    if planned.act_year != year {
        let show = |year: Option<u32>| year.map_or_else(|| "null".to_owned(), |y| y.to_string());
        let why = "the action takes effect in another year";
        found.note(
            "year-differs",
            field("act_year"),
            show(year),
            show(planned.act_year),
            why,
        );
    }
    let host = exit.and_then(|_| main_host(reading, at));
    let host = host.map(|host| place.building(host).id.as_str());
    if planned.host_id.as_deref() != host {
        let show = |id: Option<&str>| id.unwrap_or("null").to_owned();
        let why = "most of what was in it goes elsewhere";
        let printed = show(planned.host_id.as_deref());
        found.note("host-differs", field("host_id"), show(host), printed, why);
    }
    let weakest = building
        .usable
        .grade
        .max(building.running_fixed.grade)
        .max(building.market_value.grade);
    if planned.grade != weakest {
        let (right, wrong) = (format!("{weakest:?}"), format!("{:?}", planned.grade));
        let why = "the weakest of area, running cost and value is known otherwise";
        found.note(
            "grade-differs",
            field("grade"),
            right.to_lowercase(),
            wrong.to_lowercase(),
            why,
        );
    }
    proof(reading, at, planned, found);
}

/// How well an action is known is said of those in question, and of nothing else.
fn proof(reading: &Reading<'_>, at: BuildingIx, planned: &PlannedBuilding, found: &mut Found) {
    let id = planned.asset_id.as_str();
    let scope = &reading.scope;
    let free = scope.in_play[at.index()]
        && scope.held[at.index()].is_none()
        && scope.lock[at.index()] != Lock::Dispose;
    let asked = free && reading.plan.status != Status::Appraised;
    // A plan as cheap as its own bound, to a millionth, is the cheapest there is.
    let value = reading.plan.value;
    let cheapest = reading.plan.bound.is_some_and(|bound| {
        let above = value - bound;
        above < 0.005 || above / value.abs() <= 1e-6
    });
    let words: &[&str] = match (asked, reading.plan.bound) {
        (false, _) => &[""],
        (true, None) => &["best_found"],
        (true, Some(_)) if cheapest => &["proven", "optimal"],
        (true, Some(_)) => &["proven", "best_found"],
    };
    if !words.contains(&planned.proof.as_str()) {
        let why = match asked {
            true => "how well this action is known is put in other words",
            false => "this action was not in question",
        };
        let field = of("buildings", id, "proof");
        found.note(
            "word-unknown",
            field,
            words.join(" or "),
            &planned.proof,
            why,
        );
    }
}

/// The building that takes the most of what is in a building today; the first where two take the same.
pub(super) fn main_host(reading: &Reading<'_>, at: BuildingIx) -> Option<BuildingIx> {
    let place = reading.place;
    let mut taken: BTreeMap<BuildingIx, f64> = BTreeMap::new();
    for who in &reading.scope.inside[at.index()] {
        if let Some(seat) = reading.seats[who.index()] {
            *taken.entry(seat.building).or_default() += place.occupier(*who).needs.total().get();
        }
    }
    let mut best: Option<(BuildingIx, f64)> = None;
    for (host, area) in taken {
        if best.is_none_or(|(_, most)| area > most + 1e-9) {
            best = Some((host, area));
        }
    }
    best.map(|(host, _)| host)
}

/// Energy and value forgone, from the place and the printed action.
fn stated(reading: &Reading<'_>, at: BuildingIx, planned: &PlannedBuilding, found: &mut Found) {
    let own = stated_of(reading, at, planned.action);
    let said = [
        planned.tco2e_today,
        planned.tco2e_after,
        planned.epc_liability_gbp,
        planned.epc_left_gbp,
        planned.value_forgone_gbp,
    ];
    let names = [
        "tco2e_today",
        "tco2e_after",
        "epc_liability_gbp",
        "epc_left_gbp",
        "value_forgone_gbp",
    ];
    let id = reading.place.building(at).id.as_str();
    let said_voids = [planned.void_today_gbp, planned.void_after_gbp];
    let voids = voids(reading, at).into_iter().zip(said_voids);
    for (name, (own, said)) in ["void_today_gbp", "void_after_gbp"].into_iter().zip(voids) {
        let why = "the floor that nobody uses costs another sum";
        found.maybe(
            "money-differs",
            of("buildings", id, name),
            own,
            said,
            0.0101,
            why,
        );
    }
    for ((name, own), said) in names.into_iter().zip(own).zip(said) {
        let why = "the place and what becomes of the building give another amount";
        found.maybe(
            "stated-differs",
            of("buildings", id, name),
            own,
            said,
            0.005,
            why,
        );
    }
}

/// What floor that nobody uses costs its owner a year, today and after, £.
pub(super) fn voids(reading: &Reading<'_>, at: BuildingIx) -> [Option<f64>; 2] {
    let building = reading.place.building(at);
    let floor = building.usable.value.total().get();
    let said =
        building.occupancy != Occupancy::Unknown && building.usable.grade != Grade::Defaulted;
    let let_out = building.tenure.kind == TenureKind::LetOut;
    if !reading.scope.in_play[at.index()] || !said || let_out || floor <= 0.0 {
        return [None, None];
    }
    let tenure = &building.tenure;
    let fixed = building.running_fixed.value.get() + building.rates.get() + tenure.rent.get();
    let gone = part_of(reading, at).map_or(0.0, |part| part.floor.total().get());
    let cost = |used: f64, there: bool| {
        let spare = if there { (floor - used).max(0.0) } else { 0.0 };
        Some(fixed * spare / floor)
    };
    [
        cost(
            reading.scope.used_today[at.index()],
            building.proposed.is_none(),
        ),
        cost(reading.used_after[at.index()] + gone, reading.open(at)),
    ]
}

/// Emissions today and after, liability today and after, value forgone.
pub(super) fn stated_of(reading: &Reading<'_>, at: BuildingIx, action: Action) -> [Option<f64>; 5] {
    let building = reading.place.building(at);
    let there = f64::from(u8::from(building.proposed.is_none()));
    let liability = building.energy.liability.map(|gbp| gbp.get());
    let used = match action {
        Action::Outside => there,
        Action::Retain | Action::Host => 1.0,
        _ => 0.0,
    };
    let owed = match action {
        Action::Outside => there,
        Action::Sell | Action::ReleaseLease | Action::Transfer => 0.0,
        _ => 1.0,
    };
    let forgone = building.market_value.value.get();
    [
        building.energy.tco2e.map(|amount| amount * there),
        building.energy.tco2e.map(|amount| amount * used),
        liability.map(|amount| amount * there),
        liability.map(|amount| amount * owed),
        (action == Action::Transfer).then_some(forgone),
    ]
}

/// Money beside a building: sums of its printed lines, or for one that is not in play its running
/// cost of today.
fn building_money(
    reading: &Reading<'_>,
    printed: &Printed<'_>,
    at: BuildingIx,
    planned: &PlannedBuilding,
    found: &mut Found,
) {
    let building = reading.place.building(at);
    let id = building.id.as_str();
    let field = |field: &str| of("buildings", id, field);
    if !reading.scope.in_play[at.index()] {
        let running = building.running_fixed.value.get()
            + building.tenure.rent.get()
            + building.rates.get()
            + building.running_per_m2.get() * reading.scope.used_today[at.index()];
        let running = if building.proposed.is_some() {
            0.0
        } else {
            running
        };
        let why = "a building outside the plan costs what it costs today";
        for (name, expected, printed) in [
            ("running_today_gbp", running, planned.running_today_gbp),
            ("running_after_gbp", running, planned.running_after_gbp),
            ("one_off_gbp", 0.0, planned.one_off_gbp),
            ("receipt_gbp", 0.0, planned.receipt_gbp),
            ("npv_gbp", 0.0, planned.npv_gbp),
        ] {
            found.money("money-differs", field(name), expected, printed, 1, why);
        }
        return;
    }
    let sum = |sums: &BTreeMap<&str, i128>| sums.get(id).copied().unwrap_or(0);
    let arrivals = reading.inside[at.index()]
        .iter()
        .filter(|(_, seat)| seat.arrives)
        .filter_map(|(who, _)| printed.moves.get(reading.place.occupier(*who).id.as_str()))
        .fold(0_i128, |sum, pence| sum.saturating_add(*pence));
    for (name, expected, said) in [
        (
            "running_today_gbp",
            sum(&printed.running_today),
            planned.running_today_gbp,
        ),
        (
            "running_after_gbp",
            sum(&printed.running_after),
            planned.running_after_gbp,
        ),
        (
            "one_off_gbp",
            sum(&printed.one_off).saturating_add(arrivals),
            planned.one_off_gbp,
        ),
        ("receipt_gbp", sum(&printed.receipt), planned.receipt_gbp),
        ("npv_gbp", sum(&printed.npv), planned.npv_gbp),
    ] {
        let why = "it is not the sum of the printed lines it is made of";
        found.sum(field(name), expected, said, why);
    }
}

fn occupier(
    reading: &Reading<'_>,
    printed: &Printed<'_>,
    travel: &Travel,
    at: OccupierIx,
    planned: &PlannedOccupier,
    found: &mut Found,
) {
    let place = reading.place;
    let occupier = place.occupier(at);
    let id = occupier.id.as_str();
    let field = |field: &str| of("occupiers", id, field);
    let moves = printed.moves.get(id).copied().unwrap_or(0);
    let why = "it is not the sum of its printed fit-out, fees and move";
    found.sum(field("one_off_gbp"), moves, planned.one_off_gbp, why);
    if planned.basis != occupier.basis {
        let (right, wrong) = (
            format!("{:?}", occupier.basis),
            format!("{:?}", planned.basis),
        );
        let why = "its space need comes from elsewhere";
        found.note("basis-differs", field("basis"), right, wrong, why);
    }
    let Some(seat) = reading.seats[at.index()] else {
        return;
    };
    let area = area_used(place, occupier, seat.merged);
    let why = "it uses another area there";
    found.number(
        "area-differs",
        field("area_m2"),
        area,
        planned.area_m2,
        HALF_HUNDREDTH,
        why,
    );
    let straight = Measure {
        mode: Mode::Straight,
        unit: Unit::Km,
    };
    let km = match seat.arrives {
        false => Some(0.0),
        true => travel
            .building_to_building(place, &straight, occupier.building, seat.building)
            .map(|distance| distance.to_user(Unit::Km)),
    };
    let why = "its new building lies at another distance";
    found.number(
        "distance-differs",
        field("km"),
        km.unwrap_or(0.0),
        planned.km,
        HALF_METRE,
        why,
    );
    let consult = if seat.arrives {
        breached(place, travel, occupier, seat.building)
    } else {
        Vec::new()
    };
    let said: Vec<&str> = planned.consult.iter().map(String::as_str).collect();
    if consult != said {
        let why = "the soft rules that its move breaches are others";
        found.note(
            "consult-differs",
            field("consult"),
            consult.join(" "),
            said.join(" "),
            why,
        );
    }
}

/// The soft displacement rules that a move breaches, in the order of the place.
pub(super) fn breached<'a>(
    place: &'a Place,
    travel: &Travel,
    occupier: &Occupier,
    to: BuildingIx,
) -> Vec<&'a str> {
    place
        .rules
        .iter()
        .filter(|rule| !rule.hard && rule.service == occupier.service)
        .filter(|rule| {
            let RuleKind::Displacement { limit } = rule.kind else {
                return false;
            };
            travel
                .building_to_building(place, &rule.measure, occupier.building, to)
                .is_none_or(|distance| distance > limit)
        })
        .map(|rule| rule.id.as_str())
        .collect()
}
