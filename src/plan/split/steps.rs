//! Plans the steps, the plan itself last. Each step starts from what the one before it found, the plan only where it
//! would else save less than they do.

use super::alone::{keeping_to_itself, own_buildings, without_merging};
use super::report::{AgencyGain, SavingSplit, SplitMove, SplitStep, SplitStepName};
use crate::access::Arrangement;
use crate::place::{BuildingIx, Objective, Place};
use crate::plan::finance::{pence, total};
use crate::plan::planner::plan_starting;
use crate::plan::{Outcome, Plan, PlanError, Wish, considered, plan_among};
use crate::siting::Progress;
use crate::travel::Travel;
use std::time::Instant;

/// Share of the time that each step before the plan itself may take.
const OF_A_STEP: f64 = 0.25;
/// Share of what is then left that the plan itself may take, before it is looked for from what the steps found.
const OF_THE_REST: f64 = 0.7;
/// Costs are printed to the penny.
const HALF_A_PENNY: f64 = 0.005;

/// Plans a place as [`plan`](crate::plan::plan()) does, and says beside it how the saving comes
/// about: [`Plan::saving_split`]. All of it keeps to the time of the wish.
///
/// # Errors
/// Those of [`plan`](crate::plan::plan()). A step without a plan is no error: it says why.
pub fn plan_in_steps(
    place: &Place,
    travel: &Travel,
    wish: &Wish,
    progress: &dyn Progress,
) -> Result<Plan, PlanError> {
    let began = Instant::now();
    let each_by_itself: Vec<usize> = (0..place.agencies.len()).collect();
    let considered = considered(place, travel, &each_by_itself);
    let search = Search {
        travel,
        wish: Wish {
            objective: Some(wish.objective.unwrap_or(place.finance.objective)),
            time: wish.time.mul_f64(OF_A_STEP),
            second_stage: false,
            ..wish.clone()
        },
        progress,
    };
    let own = own_buildings(place, &considered);
    let alone = search.step(&keeping_to_itself(place), &own, &[])?;
    let start: Vec<Arrangement> = alone.iter().map(|plan| plan.arrangement(place)).collect();
    let sharing = search.step(&without_merging(place), &considered, &start)?;
    let last = |share: f64, start: &[Arrangement]| {
        let wish = Wish {
            time: wish.time.saturating_sub(began.elapsed()).mul_f64(share),
            ..wish.clone()
        };
        plan_starting(place, travel, &wish, start, progress)
    };
    // The plan that there is without the steps, where that takes nothing away from them.
    let mut plan = last(OF_THE_REST, &[]);
    if let Ok(sharing) = &sharing
        && plan
            .as_ref()
            .map_or(true, |plan| cheapest(plan) > sharing.value + HALF_A_PENNY)
    {
        plan = last(1.0, &[sharing.arrangement(place)]);
    }
    let mut plan = plan?;
    plan.run.time_asked_s = wish.time.as_secs_f64();
    plan.saving_split = Some(split(place, &alone, &sharing, &plan));
    Ok(plan)
}

/// What a plan cost before its journeys were shortened, £.
fn cheapest(plan: &Plan) -> f64 {
    let stage = plan.travel.as_ref();
    stage.map_or(plan.value, |stage| stage.first_value)
}

/// A step's plan, or why there is none.
type Found = Result<Box<Plan>, String>;

struct Search<'a> {
    travel: &'a Travel,
    wish: Wish,
    progress: &'a dyn Progress,
}

impl Search<'_> {
    fn step(
        &self,
        place: &Place,
        considered: &[Vec<BuildingIx>],
        starts: &[Arrangement],
    ) -> Result<Found, PlanError> {
        let planned = plan_among(
            place,
            self.travel,
            &self.wish,
            considered,
            starts,
            self.progress,
        );
        match planned {
            Ok(plan) => Ok(Ok(Box::new(plan))),
            Err(PlanError::Infeasible { reasons } | PlanError::Conflict { reasons }) => {
                let first = reasons.into_iter().next().unwrap_or_default();
                Ok(Err(format!(
                    "no plan of this step is within the limits: {first}"
                )))
            }
            Err(PlanError::NothingFound) => {
                Ok(Err("no plan of this step was found in the time".to_owned()))
            }
            Err(other) => Err(other),
        }
    }
}

fn split(place: &Place, alone: &Found, sharing: &Found, plan: &Plan) -> SavingSplit {
    let mut steps = vec![
        before(place, SplitStepName::Alone, alone),
        before(place, SplitStepName::Sharing, sharing),
    ];
    let gains = agencies(plan);
    let last = |step, saving_gbp| SplitStep {
        step,
        saving_gbp,
        adds_gbp: 0.0,
        saving_at_most_gbp: plan.saving_at_most_gbp,
        agencies: gains.clone(),
        moves: Vec::new(),
        let_go: Vec::new(),
        opened: Vec::new(),
        parts: Vec::new(),
        none: None,
    };
    let given = plan
        .travel
        .as_ref()
        .map(|stage| pence(plan.value - stage.first_value));
    match given.filter(|given| *given != 0.0) {
        Some(given) => {
            let cheapest = total([plan.saving_gbp, given].into_iter());
            steps.push(SplitStep {
                agencies: Vec::new(),
                ..last(SplitStepName::Closing, cheapest)
            });
            steps.push(last(SplitStepName::ShorterJourneys, plan.saving_gbp));
        }
        None => steps.push(last(SplitStepName::Closing, plan.saving_gbp)),
    }
    let mut so_far = 0.0;
    for step in &mut steps {
        step.adds_gbp = total([step.saving_gbp, -so_far].into_iter());
        so_far = step.saving_gbp;
    }
    SavingSplit { steps }
}

/// A step that is not the plan itself.
fn before(place: &Place, step: SplitStepName, found: &Found) -> SplitStep {
    let nothing = SplitStep {
        step,
        saving_gbp: 0.0,
        adds_gbp: 0.0,
        saving_at_most_gbp: None,
        agencies: Vec::new(),
        moves: Vec::new(),
        let_go: Vec::new(),
        opened: Vec::new(),
        parts: Vec::new(),
        none: None,
    };
    let plan = match found {
        Ok(plan) => plan,
        Err(reason) => {
            return SplitStep {
                none: Some(reason.clone()),
                ..nothing
            };
        }
    };
    let moved = plan
        .occupiers
        .iter()
        .filter(|one| one.outcome != Outcome::Stay);
    let buildings = || place.buildings.iter().zip(&plan.buildings);
    let ids = |keep: &dyn Fn(bool, crate::plan::Action) -> bool| -> Vec<String> {
        buildings()
            .filter(|(known, planned)| keep(known.proposed.is_some(), planned.action))
            .map(|(_, planned)| planned.asset_id.clone())
            .collect()
    };
    SplitStep {
        saving_gbp: plan.saving_gbp,
        saving_at_most_gbp: plan.saving_at_most_gbp,
        agencies: agencies(plan),
        moves: moved
            .map(|one| SplitMove {
                occupier: one.occupier.clone(),
                to_id: one.to_id.clone(),
            })
            .collect(),
        let_go: ids(&|proposed, action| {
            !proposed && !action.is_open() && action != crate::plan::Action::Outside
        }),
        opened: ids(&|proposed, action| proposed && action.is_open()),
        parts: plan
            .buildings
            .iter()
            .filter(|one| one.part_m2.is_some())
            .map(|one| one.asset_id.clone())
            .collect(),
        ..nothing
    }
}

/// What each agency gains; nothing under an objective in which nobody's present value was sought.
fn agencies(plan: &Plan) -> Vec<AgencyGain> {
    if plan.objective != Objective::NetPresentValue {
        return Vec::new();
    }
    let gain = |ledger: &crate::plan::AgencyLedger| AgencyGain {
        agency: ledger.agency.clone(),
        npv_gbp: ledger.npv_gbp,
    };
    plan.ledger.iter().map(gain).collect()
}
