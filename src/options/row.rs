//! One option as a row of figures.

use crate::access::{SAME_KM, Verdict, losers, zone_access};
use crate::place::Place;
use crate::plan::{Action, Plan};
use crate::travel::Travel;
use serde::Serialize;
use std::collections::BTreeSet;

/// What kind of option it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OptionKind {
    /// Today goes on, and the repairs that wait go on waiting.
    DoNothing,
    /// Today goes on, and the repairs that wait are done: what every saving is against.
    DoMinimum,
    /// One agency plans its own buildings and teams; everybody else stays as today.
    Alone,
    /// What people propose.
    Proposed,
    /// What the program proposes.
    Ours,
}

/// One option.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OptionRow {
    /// Its name: `do_minimum`, `alone:council`, `option:north`, `ours`.
    pub option: String,
    /// What kind it is.
    pub kind: OptionKind,
    /// What it saves against the do-minimum, £ of present value (or £ a year).
    pub saving_gbp: f64,
    /// It could save no more than this; `None` where nothing was searched, or nothing is proven.
    pub saving_at_most_gbp: Option<f64>,
    /// Property running cost a year in scope, £.
    pub run_after_gbp: f64,
    /// One-off cost beyond the repairs that wait anyway, £.
    pub one_off_gbp: f64,
    /// Receipts, £.
    pub receipts_gbp: f64,
    /// Repairs that wait today and are done neither by being paid nor by letting the building go, £.
    pub repairs_left_gbp: f64,
    /// Buildings kept.
    pub kept: usize,
    /// Buildings let go.
    pub let_go: usize,
    /// Teams and counters that move.
    pub moves: usize,
    /// Access rules that it fails.
    pub rules_failed: Vec<String>,
    /// Limits on money that it breaks.
    pub limits_broken: Vec<String>,
    /// People of the zones that are further from any service than today, each zone once.
    pub people_further: f64,
    /// What each agency gains against the do-minimum, £ of present value.
    pub agencies: Vec<NpvOf>,
    /// Why there is no such option; its figures are those of the do-minimum then.
    pub none: Option<String>,
}

/// What an agency gains.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NpvOf {
    /// Its id.
    pub agency: String,
    /// Present value against the do-minimum, £.
    pub npv_gbp: f64,
}

impl OptionRow {
    /// The row of a plan of a place.
    pub(super) fn of(
        place: &Place,
        travel: &Travel,
        plan: &Plan,
        option: String,
        kind: OptionKind,
    ) -> Self {
        let gone = |action: Action| action != Action::Outside && !action.is_open();
        let failed = plan.rules.iter().filter(|one| one.verdict == Verdict::Fail);
        let broken = plan.limits.iter().filter(|one| !one.kept);
        let ledger = plan.ledger.iter();
        Self {
            option,
            kind,
            saving_gbp: plan.saving_gbp,
            saving_at_most_gbp: plan.saving_at_most_gbp,
            run_after_gbp: plan.running_cost_after_gbp,
            one_off_gbp: plan.one_off().beyond_today,
            receipts_gbp: ledger.clone().map(|one| one.receipts_gbp).sum(),
            repairs_left_gbp: 0.0,
            kept: count(plan, Action::is_open),
            let_go: count(plan, gone),
            moves: plan
                .occupiers
                .iter()
                .filter(|o| o.from_id != o.to_id)
                .count(),
            rules_failed: failed.map(|one| one.rule.clone()).collect(),
            limits_broken: broken
                .map(|one| match &one.agency {
                    Some(agency) => format!("{}:{agency}", one.limit),
                    None => one.limit.clone(),
                })
                .collect(),
            people_further: further(place, travel, plan),
            agencies: ledger
                .map(|one| NpvOf {
                    agency: one.agency.clone(),
                    npv_gbp: one.npv_gbp,
                })
                .collect(),
            none: None,
        }
    }

    /// Today without the repairs that wait: the do-minimum with their cost given back to whoever owes it.
    pub(super) fn do_nothing(do_minimum: &Plan, row: &Self) -> Self {
        let repairs = |agency: &str| {
            let own = do_minimum.ledger.iter().find(|one| one.agency == agency);
            own.map_or(0.0, |one| one.repairs_anyway_gbp)
        };
        let all: f64 = row.agencies.iter().map(|one| repairs(&one.agency)).sum();
        let of_npv = do_minimum.objective == crate::place::Objective::NetPresentValue;
        Self {
            option: "do_nothing".to_owned(),
            kind: OptionKind::DoNothing,
            saving_gbp: if of_npv { all } else { 0.0 },
            repairs_left_gbp: all,
            agencies: row
                .agencies
                .iter()
                .map(|one| NpvOf {
                    agency: one.agency.clone(),
                    npv_gbp: repairs(&one.agency),
                })
                .collect(),
            ..row.clone()
        }
    }
}

fn count(plan: &Plan, wanted: impl Fn(Action) -> bool) -> usize {
    let all = plan.buildings.iter();
    all.filter(|one| wanted(one.action)).count()
}

fn further(place: &Place, travel: &Travel, plan: &Plan) -> f64 {
    let access = zone_access(place, travel, &plan.arrangement(place));
    let zones: BTreeSet<_> = losers(place, &access, SAME_KM)
        .into_iter()
        .map(|shift| shift.zone)
        .collect();
    let people = zones.into_iter().map(|at| place.zone(at).population.get());
    people.sum()
}
