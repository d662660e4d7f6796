//! For tests: an honest plan from an arrangement, made with the verifier's own figures.

use super::discrepancy::in_pence;
use super::exit::cheapest;
use super::ledger::RUNNING;
use super::money::{Money, work_out};
use super::reading::Reading;
use super::rules::stand;
use super::years::Years;
use super::zones::Distances;
use crate::access::ZoneShort;
use crate::place::{BuildingIx, Lock, Measure, Mode, OccupierIx, Place, Unit};
use crate::plan::{
    Action, AgencyLedger, BoundSource, CashSpan, Column, LedgerLine, Outcome, Plan,
    PlannedBuilding, PlannedOccupier, PlannedPoint, Run, SCHEMA_VERSION, Status,
};
use crate::travel::Travel;

/// What an arrangement changes about today.
#[derive(Clone, Debug, Default)]
pub(super) struct Change {
    /// Occupiers that move, with their new buildings.
    pub(super) moves: Vec<(usize, usize)>,
    /// Occupiers that merge, with their new buildings.
    pub(super) merges: Vec<(usize, usize)>,
    /// Buildings let go.
    pub(super) closed: Vec<usize>,
    /// Proposed buildings that are opened.
    pub(super) opened: Vec<usize>,
    /// New counters that are opened.
    pub(super) points: Vec<usize>,
    /// Buildings of which a part goes.
    pub(super) parts: Vec<usize>,
}

/// The plan of a change, every figure worked out.
pub(super) fn plan_of(place: &Place, travel: &Travel, change: &Change) -> Plan {
    let mut plan = skeleton(place, change);
    let years = Years::of(&place.finance);
    let money = {
        let reading = Reading::of(place, &plan);
        work_out(&reading)
    };
    let scope = super::scope::Scope::of(place);
    let unnamed = plan.clone();
    let said = Reading::of(place, &unnamed);
    for (at, building) in place.buildings() {
        let planned = &mut plan.buildings[at.index()];
        let arrives = change
            .moves
            .iter()
            .chain(&change.merges)
            .map(|(_, to)| *to)
            .chain(
                change
                    .points
                    .iter()
                    .map(|at| place.points[*at].building.index()),
            )
            .any(|to| to == at.index());
        let unopened = building.proposed.is_some() && !change.opened.contains(&at.index());
        planned.action = if !scope.in_play[at.index()] || unopened {
            Action::Outside
        } else if change.closed.contains(&at.index()) {
            cheapest(place, at, &years, said.site_stays(at)).action
        } else if arrives {
            Action::Host
        } else {
            Action::Retain
        };
        let free = scope.in_play[at.index()] && scope.held[at.index()].is_none();
        if free && scope.lock[at.index()] != Lock::Dispose {
            planned.proof = "best_found".to_owned();
        }
    }
    plan.assumptions = super::assumptions::listed(&Reading::of(place, &plan));
    fill(place, travel, &money, &mut plan);
    plan
}

fn skeleton(place: &Place, change: &Change) -> Plan {
    let seat = |at: usize| {
        let find =
            |list: &[(usize, usize)]| list.iter().find(|(who, _)| *who == at).map(|(_, to)| *to);
        match (find(&change.moves), find(&change.merges)) {
            (Some(to), _) => (Outcome::Move, to),
            (_, Some(to)) => (Outcome::Merge, to),
            _ => (Outcome::Stay, place.occupiers[at].building.index()),
        }
    };
    let buildings = place.buildings().map(|(at, building)| {
        let unopened = building.proposed.is_some() && !change.opened.contains(&at.index());
        PlannedBuilding {
            asset_id: building.id.to_string(),
            action: match change.closed.contains(&at.index()) || unopened {
                true => Action::Mothball,
                false => Action::Retain,
            },
            reason: String::new(),
            proof: String::new(),
            host_id: None,
            act_year: None,
            usable_m2: building.usable.value.total().get(),
            used_today_m2: 0.0,
            used_after_m2: 0.0,
            running_today_gbp: 0.0,
            running_after_gbp: 0.0,
            one_off_gbp: 0.0,
            receipt_gbp: 0.0,
            npv_gbp: 0.0,
            tco2e_today: None,
            tco2e_after: None,
            epc_liability_gbp: None,
            epc_left_gbp: None,
            value_forgone_gbp: None,
            part_m2: building
                .part
                .as_deref()
                .filter(|_| change.parts.contains(&at.index()))
                .map(|part| part.floor.total().get()),
            void_today_gbp: None,
            void_after_gbp: None,
            grade: building
                .usable
                .grade
                .max(building.running_fixed.grade)
                .max(building.market_value.grade),
        }
    });
    let occupiers = place.occupiers().map(|(at, occupier)| {
        let (outcome, to) = seat(at.index());
        PlannedOccupier {
            occupier: occupier.id.to_string(),
            outcome,
            from_id: place.building(occupier.building).id.to_string(),
            to_id: place.buildings[to].id.to_string(),
            km: 0.0,
            area_m2: 0.0,
            basis: occupier.basis,
            reason: String::new(),
            one_off_gbp: 0.0,
            consult: Vec::new(),
        }
    });
    Plan {
        schema_version: SCHEMA_VERSION,
        place: place.name.clone(),
        base_date: place.base_date.to_string(),
        currency: place.currency.to_string(),
        status: Status::Limit,
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
        successors: Vec::new(),
        limits: Vec::new(),
        sensitivity: Default::default(),
        worth: Vec::new(),
        travel: None,
        buildings: buildings.collect(),
        occupiers: occupiers.collect(),
        points: change.points.iter().map(|at| opened(place, *at)).collect(),
        visits: Vec::new(),
        rules: Vec::new(),
        ledger: Vec::new(),
        assumptions: Vec::new(),
        confidence: format!(
            "{} ({:.1} %)",
            place.confidence().grade,
            place.confidence().defaulted_share * 100.0
        ),
        conflicts: place
            .opposed_decisions()
            .iter()
            .map(|opposed| format!("{}: opposed", place.id_of(opposed.record)))
            .collect(),
        saving_split: None,
        least_transfers: Default::default(),
        together: Vec::new(),
        programme: None,
        run: Run {
            inputs: place
                .sources
                .iter()
                .map(|source| (source.file.clone(), source.sha256.clone()))
                .collect(),
            ..Run::default()
        },
    }
}

fn opened(place: &Place, at: usize) -> PlannedPoint {
    let point = &place.points[at];
    PlannedPoint {
        point: point.id.to_string(),
        service: place.service(point.service).id.to_string(),
        building_id: place.building(point.building).id.to_string(),
        agency: place.agency(point.agency).id.to_string(),
        area_m2: point.needs.total().get(),
        running_gbp: point.running.get(),
        one_off_gbp: point.opening.get(),
        reason: String::new(),
    }
}

/// Whole pence as pounds.
fn penny(pounds: f64) -> f64 {
    in_pence(pounds) as f64 / 100.0
}

/// The cash of every year as a plan prints it, and what it comes to.
fn cash(place: &Place, money: &Money, plan: &mut Plan) {
    let years = super::years::Years::of(&place.finance);
    plan.discount_factors = (0..years.horizon())
        .map(|year| years.factor(year))
        .collect();
    let skeleton = plan.clone();
    let reading = Reading::of(place, &skeleton);
    for ((agency, code), line) in super::cash::own(&reading, money) {
        for (year, [today, after]) in (0..).zip(line.years) {
            let (today, after) = (penny(today), penny(after));
            if today == 0.0 && after == 0.0 {
                continue;
            }
            match plan.cash_flow.last_mut() {
                Some(last)
                    if last.agency == place.agency(agency).id.as_str()
                        && last.line == code
                        && last.last_year + 1 == year
                        && (last.today_gbp, last.after_gbp) == (today, after) =>
                {
                    last.last_year = year;
                }
                _ => plan.cash_flow.push(CashSpan {
                    agency: place.agency(agency).id.to_string(),
                    line: code.to_owned(),
                    column: line.column,
                    first_year: year,
                    last_year: year,
                    today_gbp: today,
                    after_gbp: after,
                }),
            }
        }
    }
    let printed = plan.clone();
    let reading = Reading::of(place, &printed);
    plan.worth = super::worth::expected(&reading);
    plan.successors = super::successors::of_plan(&reading);
    plan.limits = super::caps::expected(&reading);
    plan.together = super::together::expected(&reading);
    plan.least_transfers = super::least_transfers::expected(&reading);
    plan.sensitivity = super::sensitivity::expected(&reading, money);
}

fn fill(place: &Place, travel: &Travel, money: &Money, plan: &mut Plan) {
    ledger(place, money, plan);
    cash(place, money, plan);
    let sum = |keep: &dyn Fn(&LedgerLine) -> bool, amount: fn(&LedgerLine) -> f64| {
        penny(
            plan.ledger
                .iter()
                .flat_map(|l| &l.lines)
                .filter(|l| keep(l))
                .map(amount)
                .sum(),
        )
    };
    let running = |line: &LedgerLine| RUNNING.contains(&line.line.as_str());
    plan.running_cost_today_gbp = sum(&running, |l| l.today_gbp);
    plan.running_cost_after_gbp = sum(&running, |l| l.after_gbp);
    plan.value = penny(money.value);
    plan.do_minimum = penny(money.do_minimum);
    plan.saving_gbp = sum(&|_| true, |l| l.npv_gbp);
    let about = |id: &str, codes: &[&str], amount: fn(&LedgerLine) -> f64| {
        penny(
            plan.ledger
                .iter()
                .flat_map(|l| &l.lines)
                .filter(|l| l.subject == id && codes.contains(&l.line.as_str()))
                .map(amount)
                .sum(),
        )
    };
    const BUILDING: [&str; 10] = [
        "running_fixed",
        "rent",
        "rates",
        "running_variable",
        "holding",
        "rent_to_exit",
        "rent_review",
        "let_income",
        "sublet_income",
        "part_income",
    ];
    const MOVES: [&str; 3] = ["fit_out", "fees", "move"];
    const ONCE: [&str; 9] = [
        "backlog",
        "opening",
        "break_penalty",
        "surrender",
        "dilapidations",
        "disposal_cost",
        "clawback",
        "overage",
        "part_works",
    ];
    let own: Vec<&str> = BUILDING
        .iter()
        .chain(&ONCE)
        .chain(&["receipt"])
        .copied()
        .collect();
    let moves: Vec<f64> = plan
        .occupiers
        .iter()
        .map(|o| about(&o.occupier, &MOVES, |l| l.after_gbp))
        .collect();
    let figures: Vec<[f64; 5]> = plan
        .buildings
        .iter()
        .map(|b| {
            let arrivals: f64 = plan
                .occupiers
                .iter()
                .zip(&moves)
                .filter(|(o, _)| o.to_id == b.asset_id && o.from_id != o.to_id)
                .map(|(_, sum)| sum)
                .sum();
            [
                about(&b.asset_id, &BUILDING, |l| l.today_gbp),
                about(&b.asset_id, &BUILDING, |l| l.after_gbp),
                penny(about(&b.asset_id, &ONCE, |l| l.after_gbp - l.today_gbp) + arrivals),
                about(&b.asset_id, &["receipt"], |l| l.after_gbp),
                about(&b.asset_id, &own, |l| l.npv_gbp),
            ]
        })
        .collect();
    let honest = plan.clone();
    let reading = Reading::of(place, &honest);
    for (at, building) in plan.buildings.iter_mut().enumerate() {
        let ix = BuildingIx::new(at);
        [
            building.running_today_gbp,
            building.running_after_gbp,
            building.one_off_gbp,
            building.receipt_gbp,
            building.npv_gbp,
        ] = figures[at];
        [
            building.tco2e_today,
            building.tco2e_after,
            building.epc_liability_gbp,
            building.epc_left_gbp,
            building.value_forgone_gbp,
        ] = super::records::stated_of(&reading, ix, building.action);
        [building.void_today_gbp, building.void_after_gbp] = super::records::voids(&reading, ix);
        building.used_today_m2 = reading.scope.used_today[at];
        building.used_after_m2 = reading.used_after[at];
        building.act_year = money.exits[at].as_ref().map(|exit| exit.year);
        building.host_id = money.exits[at]
            .as_ref()
            .and_then(|_| super::records::main_host(&reading, ix))
            .map(|host| place.building(host).id.to_string());
    }
    let straight = Measure {
        mode: Mode::Straight,
        unit: Unit::Km,
    };
    for (at, occupier) in plan.occupiers.iter_mut().enumerate() {
        let from = place.occupier(OccupierIx::new(at));
        let seat = reading.seats[at].expect("the skeleton names buildings of the place");
        occupier.one_off_gbp = moves[at];
        occupier.area_m2 = super::scope::area_used(place, from, seat.merged);
        if seat.arrives {
            occupier.km = travel
                .building_to_building(place, &straight, from.building, seat.building)
                .map_or(0.0, |distance| distance.to_user(Unit::Km));
            occupier.consult = super::records::breached(place, travel, from, seat.building)
                .into_iter()
                .map(str::to_owned)
                .collect();
        }
    }
    plan.rules = verdicts(&reading, travel);
}

fn ledger(place: &Place, money: &Money, plan: &mut Plan) {
    for (at, agency) in place.agencies.iter().enumerate() {
        let mut lines = Vec::new();
        for ((whose, subject, code), amounts) in &money.lines {
            let printed = [amounts.today, amounts.after, amounts.npv].map(penny);
            if whose.index() == at && printed.iter().any(|amount| *amount != 0.0) {
                lines.push(LedgerLine {
                    subject: subject.clone(),
                    line: (*code).to_owned(),
                    column: amounts.column,
                    today_gbp: printed[0],
                    after_gbp: printed[1],
                    npv_gbp: printed[2],
                });
            }
        }
        let sum = |keep: &dyn Fn(&LedgerLine) -> bool, amount: fn(&LedgerLine) -> f64| {
            penny(lines.iter().filter(|l| keep(l)).map(amount).sum())
        };
        let recurring = |l: &LedgerLine| l.column == Column::Recurring;
        let recharge =
            |l: &LedgerLine| ["recharge_paid", "recharge_received"].contains(&l.line.as_str());
        let (today, after, npv) = (
            |l: &LedgerLine| l.today_gbp,
            |l: &LedgerLine| l.after_gbp,
            |l: &LedgerLine| l.npv_gbp,
        );
        plan.ledger.push(AgencyLedger {
            agency: agency.id.to_string(),
            recurring_today_gbp: sum(&recurring, today),
            recurring_after_gbp: sum(&recurring, after),
            one_off_gbp: sum(&|l| l.column == Column::OneOff, |l| {
                l.after_gbp - l.today_gbp
            }),
            repairs_avoided_gbp: sum(&|l| l.line == "backlog", |l| {
                (l.today_gbp - l.after_gbp).max(0.0)
            }),
            repairs_anyway_gbp: sum(&|l| l.line == "backlog", |l| l.today_gbp.min(l.after_gbp)),
            receipts_gbp: sum(&|l| l.column == Column::Receipt, after),
            recharge_net_gbp: sum(&recharge, after),
            recharge_npv_gbp: sum(&|l| l.line.starts_with("recharge_"), npv),
            npv_gbp: sum(&|_| true, npv),
            lines: lines.clone(),
        });
    }
}

fn verdicts(reading: &Reading<'_>, travel: &Travel) -> Vec<crate::access::RuleVerdict> {
    let place = reading.place;
    let distances = Distances::of(reading, travel);
    place
        .rules
        .iter()
        .map(|rule| {
            let (own, audience) = stand(reading, travel, &distances, rule);
            crate::access::RuleVerdict {
                rule: rule.id.to_string(),
                service: place.service(rule.service).id.to_string(),
                kind: rule.kind.name().to_owned(),
                measure: rule.measure.to_string(),
                matrix_covers: super::rules::matrix_covers(reading, travel, rule),
                hard: rule.hard,
                limit: super::words::said(rule),
                today: own.today,
                enforced: own.enforced,
                after: own.after,
                people_short_today: own.people_short_today,
                people_short_after: own.people_short_after,
                unreachable: audience
                    .iter()
                    .flat_map(|who| &who.unreachable)
                    .map(|zone| place.zone(*zone).id.to_string())
                    .collect(),
                worst: super::worst::worst(&own.beyond)
                    .into_iter()
                    .map(|beyond| ZoneShort {
                        id: beyond.id.clone(),
                        distance: beyond.distance,
                        limit: beyond.limit,
                        people: beyond.people,
                    })
                    .collect(),
                verdict: own.verdict(rule.hard),
                source: rule.source.clone(),
            }
        })
        .collect()
}
