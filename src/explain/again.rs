//! Planning once more, from the plan on screen, with one thing changed.

use crate::compare::{AgencySides, Differs, compare};
use crate::place::{Lock, Place};
use crate::plan::verify::verify;
use crate::plan::{Plan, PlanError, Price, Wish, plan_from};
use crate::siting::Progress;
use crate::travel::Travel;
use serde::Serialize;
use std::time::Duration;

/// A plan that questions are asked about.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    /// Its place.
    pub place: &'a Place,
    /// The place's distances.
    pub travel: &'a Travel,
    /// The plan; it has been verified.
    pub plan: &'a Plan,
    /// The gap asked of each new plan.
    pub gap: f64,
    /// Solving time of each new plan.
    pub time: Duration,
    /// Who is told how far it has come, and may stop it.
    pub progress: &'a dyn Progress,
}

/// What became of planning with one thing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A plan was found, and verified.
    Planned,
    /// There is none: proven.
    Impossible,
    /// None was found in the time.
    NotFound,
}

/// The plan with one thing changed, set beside the plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Opposite {
    /// What was changed: `keep`, `dispose`, or a limit in words.
    pub asked: String,
    /// What became of it.
    pub outcome: Outcome,
    /// What it costs; negative where something was eased.
    pub price: Option<Price>,
    /// The gap of the new plan.
    pub gap: Option<f64>,
    /// Agencies for which it makes a difference: `a` is the plan, `b` the new one.
    pub agencies: Vec<AgencySides>,
    /// Buildings of which it makes something else.
    pub buildings: Vec<Differs>,
    /// Teams and counters that are elsewhere.
    pub occupiers: Vec<Differs>,
    /// Why there is no such plan, or none was found.
    pub because: Vec<String>,
}

impl Asking<'_> {
    /// Plans a place that is this one but for what was `asked`, starting from the plan.
    pub(super) fn again(&self, changed: &Place, asked: String) -> (Opposite, Option<Plan>) {
        let wish = Wish {
            objective: Some(self.plan.objective),
            gap: self.gap,
            time: self.time,
            rounds: None,
            seed: self.plan.run.seed,
            second_stage: false,
        };
        let starts = [self.plan.arrangement(self.place)];
        match plan_from(changed, self.travel, &wish, &starts, self.progress) {
            Ok(plan) => match verify(changed, self.travel, &with_locks_of(self.plan, &plan)) {
                found if found.is_empty() => (self.beside(asked, &plan, changed), Some(plan)),
                found => {
                    let because = found.iter().map(ToString::to_string).collect();
                    (nothing(asked, Outcome::NotFound, because), None)
                }
            },
            Err(PlanError::Infeasible { reasons } | PlanError::Conflict { reasons }) => {
                (nothing(asked, Outcome::Impossible, reasons), None)
            }
            Err(other) => {
                let because = vec![other.to_string()];
                (nothing(asked, Outcome::NotFound, because), None)
            }
        }
    }

    fn beside(&self, asked: String, plan: &Plan, changed: &Place) -> Opposite {
        let sides = compare(self.plan, plan).ok();
        let (agencies, buildings, occupiers) = sides.map_or_else(Default::default, |sides| {
            (sides.agencies, sides.buildings, sides.occupiers)
        });
        let differs = |one: &AgencySides| (one.npv_b_gbp - one.npv_a_gbp).abs() >= 0.5;
        Opposite {
            asked,
            outcome: Outcome::Planned,
            price: Some(match only_restricts(self.place, changed) {
                true => Price::of(self.plan, plan),
                false => Price::of_another(self.plan, plan),
            }),
            gap: plan.gap,
            agencies: agencies.into_iter().filter(differs).collect(),
            buildings,
            occupiers,
            because: Vec::new(),
        }
    }
}

/// Whether a place with another lock still asks for all that the first one does.
fn only_restricts(place: &Place, changed: &Place) -> bool {
    let mut buildings = place.buildings.iter().zip(&changed.buildings);
    place.decisions.len() == changed.decisions.len()
        && buildings.all(|(own, other)| own.lock == other.lock || own.lock == Lock::Free)
}

/// The new plan, under the locks of the old one's command line, which the place already carries.
fn with_locks_of(old: &Plan, new: &Plan) -> Plan {
    let mut plan = new.clone();
    plan.run.keep.clone_from(&old.run.keep);
    plan.run.dispose.clone_from(&old.run.dispose);
    plan.run.decisions.clone_from(&old.run.decisions);
    plan
}

impl Opposite {
    /// One for which no plan was found.
    pub(super) fn not_found(asked: &str, because: &str) -> Self {
        nothing(
            asked.to_owned(),
            Outcome::NotFound,
            vec![because.to_owned()],
        )
    }
}

fn nothing(asked: String, outcome: Outcome, because: Vec<String>) -> Opposite {
    Opposite {
        asked,
        outcome,
        price: None,
        gap: None,
        agencies: Vec::new(),
        buildings: Vec::new(),
        occupiers: Vec::new(),
        because,
    }
}
