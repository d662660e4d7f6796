//! A plan of the six-building place, written by hand for tests: the second library goes into the
//! first, its building is sold.

use crate::access::{Arrangement, assess, today};
use crate::place::sample::six_buildings;
use crate::place::{BuildingIx, Finding, Grade, NeedBasis, Objective, Place, RowRef, Severity};
use crate::plan::{
    Action, AgencyLedger, Assumption, Column, LedgerLine, Outcome, Plan, PlannedBuilding,
    PlannedOccupier, Run, SCHEMA_VERSION, Status,
};
use crate::publish::{Audience, Edition};
use crate::siting::BoundSource;
use crate::travel::Travel;
use std::collections::BTreeMap;

/// Everything an edition borrows.
pub(super) struct Fixture {
    pub(super) place: Place,
    pub(super) travel: Travel,
    pub(super) plan: Plan,
    pub(super) findings: Vec<Finding>,
}

impl Fixture {
    pub(super) fn six() -> Self {
        Self::of(six_buildings())
    }

    pub(super) fn of(place: Place) -> Self {
        let travel = Travel::new(&place, Vec::new());
        let plan = plan(&place, &travel);
        let row = RowRef {
            record: 3,
            line: 4,
            ..place.buildings[0].source.clone()
        };
        let findings = vec![
            Finding::new("money-repaired", Severity::Repair, row)
                .column("rent")
                .cell("=£777,123.45")
                .cause("a currency sign")
                .action("read as 777123.45"),
            Finding::new(
                "area-defaulted",
                Severity::Default,
                place.buildings[0].source.clone(),
            ),
        ];
        Self {
            place,
            travel,
            plan,
            findings,
        }
    }

    pub(super) fn edition(&self) -> Edition<'_> {
        Edition {
            place: &self.place,
            travel: &self.travel,
            plan: &self.plan,
            findings: &self.findings,
            rejected: &[],
            matches: &[],
            audience: Audience::Partners,
            excel: false,
        }
    }
}

fn plan(place: &Place, travel: &Travel) -> Plan {
    let mut arrangement = Arrangement::today(place);
    arrangement.building[1] = BuildingIx::new(0);
    Plan {
        schema_version: SCHEMA_VERSION,
        place: place.name.clone(),
        base_date: place.base_date.to_string(),
        currency: place.currency.to_string(),
        status: Status::WithinGap,
        objective: Objective::NetPresentValue,
        value: 3_000_000.0,
        bound: Some(2_990_000.0),
        bound_source: BoundSource::SolverTree,
        certificate: None,
        gap: Some(0.0033),
        do_minimum: 4_500_000.0,
        saving_gbp: 1_500_000.0,
        saving_at_most_gbp: Some(1_510_000.0),
        saving_gap: Some(0.0067),
        running_cost_today_gbp: 352_000.0,
        running_cost_after_gbp: 297_000.0,
        discount_factors: Vec::new(),
        cash_flow: Vec::new(),
        successors: Vec::new(),
        limits: Vec::new(),
        sensitivity: Default::default(),
        worth: Vec::new(),
        travel: None,
        buildings: place.buildings.iter().map(building).collect(),
        occupiers: (0..place.occupiers.len())
            .map(|at| occupier(place, at))
            .collect(),
        rules: assess(place, travel, &today(place, travel), &arrangement),
        ledger: place
            .agencies
            .iter()
            .enumerate()
            .map(|(at, a)| ledger(at, a.id.as_str()))
            .collect(),
        assumptions: vec![Assumption {
            dated: None,
            name: "headroom".into(),
            value: "10 %".into(),
            stated: false,
            source: "ours".into(),
            used_by: 7,
        }],
        confidence: "B".into(),
        conflicts: vec!["council keeps A1 and nhs lets it go".into()],
        saving_split: None,
        least_transfers: Default::default(),
        together: Vec::new(),
        points: Vec::new(),
        visits: Vec::new(),
        programme: None,
        run: Run {
            version: "0.1.0".into(),
            engine: "highs".into(),
            size: BTreeMap::new(),
            ..Run::default()
        },
    }
}

fn building(building: &crate::place::Building) -> PlannedBuilding {
    let sold = building.id.as_str() == "A1";
    PlannedBuilding {
        asset_id: building.id.to_string(),
        action: match building.id.as_str() {
            "A1" => Action::Sell,
            "A0" => Action::Host,
            _ => Action::Retain,
        },
        reason: if sold {
            "Sold for £987,654 in 2027".into()
        } else {
            "Kept".into()
        },
        proof: if sold {
            "proven".into()
        } else {
            "best_found".into()
        },
        host_id: sold.then(|| "A0".to_string()),
        act_year: sold.then_some(2),
        usable_m2: building.usable.value.total().get(),
        used_today_m2: 300.0,
        used_after_m2: if sold { 0.0 } else { 350.0 },
        running_today_gbp: 58_001.25,
        running_after_gbp: if sold { 0.0 } else { 59_002.5 },
        one_off_gbp: 41_003.75,
        receipt_gbp: if sold { 987_654.0 } else { 0.0 },
        npv_gbp: 76_543.21,
        tco2e_today: None,
        tco2e_after: None,
        epc_liability_gbp: None,
        epc_left_gbp: None,
        value_forgone_gbp: None,
        part_m2: None,
        void_today_gbp: None,
        void_after_gbp: None,
        grade: Grade::Stated,
    }
}

fn occupier(place: &Place, at: usize) -> PlannedOccupier {
    let occupier = &place.occupiers[at];
    let from = place.building(occupier.building).id.to_string();
    let moves = at == 1;
    PlannedOccupier {
        occupier: occupier.id.to_string(),
        outcome: if moves { Outcome::Move } else { Outcome::Stay },
        to_id: if moves { "A0".into() } else { from.clone() },
        from_id: from,
        km: if moves { 2.6 } else { 0.0 },
        reason: if moves {
            "Moves for £31,337".into()
        } else {
            String::new()
        },
        area_m2: 300.0,
        basis: NeedBasis::Stated,
        one_off_gbp: 31_337.0,
        consult: Vec::new(),
    }
}

fn ledger(at: usize, agency: &str) -> AgencyLedger {
    let line = |subject: &str, line: &str, column, today_gbp, after_gbp, npv_gbp| LedgerLine {
        subject: subject.into(),
        line: line.into(),
        column,
        today_gbp,
        after_gbp,
        npv_gbp,
    };
    let lines = match at {
        0 => vec![
            line(
                "A1",
                "running_fixed",
                Column::Recurring,
                50_010.5,
                0.0,
                800_000.0,
            ),
            line("A1", "rates", Column::Recurring, 5_020.5, 0.0, 80_000.0),
            line(
                "A0",
                "running_variable",
                Column::Recurring,
                1_000.0,
                1_040.0,
                -640.0,
            ),
            line("A1", "receipt", Column::Receipt, 0.0, 987_654.0, 921_987.0),
            line(
                "library-1",
                "fit_out",
                Column::OneOff,
                0.0,
                241_003.75,
                -241_003.75,
            ),
        ],
        _ => Vec::new(),
    };
    let sum = |column: Column, after: bool| {
        lines
            .iter()
            .filter(|l| l.column == column)
            .map(|l| if after { l.after_gbp } else { l.today_gbp })
            .sum()
    };
    AgencyLedger {
        agency: agency.into(),
        recurring_today_gbp: sum(Column::Recurring, false),
        recurring_after_gbp: sum(Column::Recurring, true),
        one_off_gbp: sum(Column::OneOff, true),
        repairs_avoided_gbp: 0.0,
        repairs_anyway_gbp: 0.0,
        receipts_gbp: sum(Column::Receipt, true),
        recharge_net_gbp: 0.0,
        recharge_npv_gbp: 0.0,
        npv_gbp: lines.iter().map(|l| l.npv_gbp).sum(),
        lines,
    }
}
