//! Planning once more, from the plan on screen, with one thing changed.

use crate::access::Arrangement;
use crate::compare::{AgencySides, Differs, compare};
use crate::place::{BuildingIx, Lock, Place};
use crate::plan::verify::verify;
use crate::plan::{Plan, PlanError, Price, Turning, Wish, plan_from};
use crate::siting::{Certificate, Progress};
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
    /// The multipliers behind its bound, where there are any.
    pub certificate: Option<&'a Certificate>,
    /// The gap asked of each new plan.
    pub gap: f64,
    /// Solving time of each new plan.
    pub time: Duration,
    /// Stop each search after so many rounds, where it takes rounds: the answer is then the same on every machine that
    /// has the time for them.
    pub rounds: Option<u32>,
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

/// Where the other plan was looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sought {
    /// Around the building alone; all else is as in the plan.
    Nearby,
    /// In the whole place, planned again.
    Everywhere,
}

/// The plan with one thing changed, set beside the plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Opposite {
    /// What was changed: `keep`, `dispose`, or a limit in words.
    pub asked: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Where it was looked for.
    pub sought: Sought,
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
    /// Plans a place that is this one but for what was `asked`, starting from the plan and from these.
    pub(super) fn again(
        &self,
        changed: &Place,
        asked: String,
        others: &[Arrangement],
    ) -> (Opposite, Option<Plan>) {
        let wish = Wish {
            objective: Some(self.plan.objective),
            gap: self.gap,
            time: self.time,
            rounds: self.rounds,
            seed: self.plan.run.seed,
            second_stage: false,
        };
        let mut starts = vec![self.plan.arrangement(self.place)];
        starts.extend_from_slice(others);
        match plan_from(changed, self.travel, &wish, &starts, self.progress) {
            Ok(plan) => {
                let price = match only_restricts(self.place, changed) {
                    true => Price::of(self.plan, &plan),
                    false => Price::of_another(self.plan, &plan),
                };
                self.judged(changed, asked, plan, Sought::Everywhere, price)
            }
            Err(PlanError::Infeasible { reasons } | PlanError::Conflict { reasons }) => {
                (nothing(asked, Outcome::Impossible, reasons), None)
            }
            Err(other) => {
                let because = vec![other.to_string()];
                (nothing(asked, Outcome::NotFound, because), None)
            }
        }
    }

    /// A plan that was found, set beside the plan if it is verified.
    pub(super) fn judged(
        &self,
        changed: &Place,
        asked: String,
        plan: Plan,
        sought: Sought,
        price: Price,
    ) -> (Opposite, Option<Plan>) {
        let found = verify(changed, self.travel, &with_locks_of(self.plan, &plan));
        if !found.is_empty() {
            let because = found.iter().map(ToString::to_string).collect();
            return (nothing(asked, Outcome::NotFound, because), None);
        }
        let beside = Opposite {
            sought,
            price: Some(price),
            ..self.beside(asked, &plan)
        };
        (beside, Some(plan))
    }

    fn beside(&self, asked: String, plan: &Plan) -> Opposite {
        let sides = compare(self.plan, plan).ok().map(|mut sides| {
            sides.name(|id| name_of(self.place, id));
            sides
        });
        let (agencies, buildings, occupiers) = sides.map_or_else(Default::default, |sides| {
            (sides.agencies, sides.buildings, sides.occupiers)
        });
        let differs = |one: &AgencySides| (one.npv_b_gbp - one.npv_a_gbp).abs() >= 0.5;
        Opposite {
            gap: plan.gap,
            agencies: agencies.into_iter().filter(differs).collect(),
            buildings,
            occupiers,
            ..nothing(asked, Outcome::Planned, Vec::new())
        }
    }
}

/// What a building, team or counter is called.
fn name_of(place: &Place, id: &str) -> Option<String> {
    let building = place.building_named(id);
    let own = building.map(|at| place.building(at).name.clone());
    let occupiers = place.occupiers.iter().map(|one| (&one.id, &one.name));
    let points = place.points.iter().map(|one| (&one.id, &one.name));
    own.or_else(|| {
        let mut all = occupiers.chain(points);
        let found = all.find(|(own, _)| own.as_str() == id);
        found.map(|(_, name)| name.clone())
    })
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
    /// Whether no plan of the kind costs as little as the plan, or there is none.
    pub fn is_ruled_out(&self) -> bool {
        let least = self.price.and_then(|price| price.at_least_gbp);
        self.outcome == Outcome::Impossible || least.is_some_and(|least| least > 0.0)
    }

    /// The cheaper of two, this one where there is no telling.
    pub(super) fn cheaper(self, other: Self) -> Self {
        let cost = |one: &Self| one.price.and_then(|price| price.as_found_gbp);
        match (cost(&self), cost(&other)) {
            (Some(own), Some(others)) if others + 0.005 < own => other,
            _ => Self {
                // What bounds one from below bounds the other.
                price: self.price.map(|price| {
                    price.no_less_than(other.price.and_then(|price| price.at_least_gbp))
                }),
                ..self
            },
        }
    }

    /// The same, known to cost no less than the multipliers of the plan say.
    pub(super) fn bounded(
        self,
        asking: &Asking<'_>,
        turning: &Turning<'_>,
        at: BuildingIx,
    ) -> Self {
        let bound = turning.opposite_bound(at);
        let proven = bound.map(|bound| Price::of_bound(asking.plan, bound));
        let price = match (self.price, self.outcome) {
            (Some(price), _) => Some(price.no_less_than(proven.and_then(|one| one.at_least_gbp))),
            (None, Outcome::NotFound) => proven,
            (None, _) => None,
        };
        Self { price, ..self }
    }

    /// One that no plan can have.
    pub(super) fn impossible(asked: &str, because: Vec<String>) -> Self {
        nothing(asked.to_owned(), Outcome::Impossible, because)
    }

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
        sought: Sought::Everywhere,
        price: None,
        gap: None,
        agencies: Vec::new(),
        buildings: Vec::new(),
        occupiers: Vec::new(),
        because,
    }
}
