//! `plan PLACE --out DIR`: load, plan, verify, publish; never publish what does not verify.

use super::again;
use super::finish::{Besides, Finished, finish};
use super::how_sure;
use super::made_from::seen_from;
use super::open::open;
use super::siting::{is_problem, may_write, write_json};
use crate::cli::args::{ObjectiveArg, PlanVerb};
use crate::cli::progress::{SearchLine, Shown};
use crate::cli::{Failure, out};
use crate::load::{LoadOptions, Loaded};
use crate::place::Objective;
use crate::plan::verify::verify;
use crate::plan::{
    Nearness, PhaseWish, Plan, PlanError, Status, Wish, breaks_least, near_ties, nearest_limits,
    phase, plan_close_to, plan_in_steps, siting_problem,
};
use std::time::Duration;

pub(super) fn run(typed: &PlanVerb) -> Result<(), Failure> {
    let edition = typed.edition.understood(&typed.out)?;
    if let Some(file) = &typed.siting {
        may_write(file, None, is_problem)?;
        if file.starts_with(&typed.out) {
            return Err(Failure::Usage {
                cause: format!("{} is in the plan folder", file.display()),
                hint: "name a file outside it".to_owned(),
            });
        }
    }
    let options = LoadOptions {
        keep: typed.keep.clone(),
        dispose: typed.dispose.clone(),
        decisions: typed.decisions.clone(),
        ..LoadOptions::default()
    };
    let loaded = open(&typed.place, options)?;
    edition.fits(&loaded.place)?;
    if let Some(file) = &typed.siting {
        let objective = typed.objective.map(objective);
        let objective = objective.unwrap_or(loaded.place.finance.objective);
        let problem = siting_problem(&loaded.place, &loaded.travel, objective);
        write_json(file, &problem)?;
    }
    let wish = Wish {
        objective: typed.objective.map(objective),
        gap: typed.gap,
        time: typed.time,
        rounds: typed.rounds,
        seed: typed.seed,
        second_stage: true,
    };
    let line = SearchLine::start(typed.progress, Shown::Money);
    let last = match &typed.from {
        Some(path) => Some(again::last(path, &loaded.place)?),
        None => None,
    };
    let (place, travel) = (&loaded.place, &loaded.travel);
    let planned = match &last {
        Some(last) => {
            let (parts, last) = (last.parts(place), last.arrangement(place));
            plan_close_to(place, travel, &wish, &last, &parts, typed.churn, &line)
        }
        None if typed.split => plan_in_steps(place, travel, &wish, &line),
        None => crate::plan::plan(place, travel, &wish, &line),
    };
    let mut plan = match planned {
        Ok(plan) => plan,
        Err(fault) => {
            let (fault, beside) = with_nearest_limits(fault, &loaded, &wish, &line);
            line.finish();
            for reason in beside {
                out::talk(&format!("as far as was found, {reason}"));
            }
            return Err(failure(fault));
        }
    };
    plan.run.keep.clone_from(&typed.keep);
    plan.run.dispose.clone_from(&typed.dispose);
    let decisions = typed.decisions.as_ref();
    plan.run.decisions = decisions.map(|file| file.display().to_string());
    plan.run.place = seen_from(&typed.out, &typed.place);
    if typed.from.is_some() {
        plan.run.price_of_change_gbp = Some(typed.churn);
    }
    let beside = besides(typed, &loaded, &plan, last, &wish, &line);
    line.finish();
    if typed.phase {
        let wish = PhaseWish {
            gap: typed.gap,
            time: typed.time,
            seed: typed.seed,
        };
        let programme =
            phase(&loaded.place, &loaded.travel, &plan, &wish, &line).map_err(failure)?;
        plan.programme = Some(programme);
    }
    let short = gap_left(&plan, typed.gap);
    let last = finish(Finished {
        loaded,
        plan,
        to: &typed.out,
        edition,
        beside,
        json: typed.json,
    })?;
    match short {
        Some(text) => Err(Failure::GapLeft(text)),
        None => {
            out::talk(&last);
            Ok(())
        }
    }
}

/// How long the nearest limits that would work are looked for, where there is no plan.
const NEAREST: Duration = Duration::from_secs(8);

/// How long the arrangement that breaks least is looked for, where no plan was found.
const MISS: Duration = Duration::from_secs(4);

/// Why there is no plan, with the nearest limits with which there is one; beside it where it is only that none was
/// found.
fn with_nearest_limits(
    fault: PlanError,
    loaded: &Loaded,
    wish: &Wish,
    line: &SearchLine,
) -> (PlanError, Vec<String>) {
    let (place, travel) = (&loaded.place, &loaded.travel);
    let objective = wish.objective.unwrap_or(place.finance.objective);
    let time = wish.time.min(NEAREST);
    let nearest = |is_proven| nearest_limits(place, travel, objective, is_proven, time, line);
    let mut fault = fault;
    let mut beside = Vec::new();
    match &mut fault {
        PlanError::Infeasible { reasons } => reasons.extend(nearest(true)),
        PlanError::Unkept { reasons } => reasons.extend(nearest(false)),
        PlanError::NothingFound if !SearchLine::interrupted() => {
            beside = breaks_least(place, travel, objective, MISS, line);
            beside.extend(nearest(false));
        }
        _ => {}
    }
    (fault, beside)
}

/// What was asked for beside the plan.
fn besides(
    typed: &PlanVerb,
    loaded: &Loaded,
    plan: &Plan,
    last: Option<Plan>,
    wish: &Wish,
    line: &SearchLine,
) -> Besides {
    let (place, travel) = (&loaded.place, &loaded.travel);
    let mut beside = Besides::default();
    if let Some(last) = last {
        let drift = crate::plan::drift(place, travel, &last);
        beside.words += &again::drift(&drift, &last, plan);
        beside.last = Some((last, drift));
    }
    if let Some(count) = typed.alternatives {
        let nearness = Nearness {
            within: typed.near,
            count: usize::from(count),
        };
        let mut found = near_ties(place, travel, plan, wish, nearness, line);
        // One that does not verify is none; the plan stands without it.
        found.retain(|near| verify(place, travel, near).is_empty());
        beside.words += &again::alternatives(plan, &found, nearness.within, nearness.count);
        beside.alternatives = found;
    }
    beside
}

pub(super) fn objective(typed: ObjectiveArg) -> Objective {
    match typed {
        ObjectiveArg::NetPresentValue => Objective::NetPresentValue,
        ObjectiveArg::RunningCost => Objective::RunningCost,
    }
}

/// What planning could not do, in the words and with the code of the command line.
pub(super) fn failure(error: PlanError) -> Failure {
    match error {
        PlanError::Infeasible { reasons } | PlanError::Conflict { reasons } => {
            Failure::Infeasible(reasons)
        }
        PlanError::Unkept { reasons } => Failure::Unkept(reasons),
        PlanError::NothingFound if SearchLine::interrupted() => Failure::Interrupted,
        PlanError::NothingFound => Failure::NothingFound,
        other => Failure::Internal(other.to_string()),
    }
}

fn gap_left(plan: &crate::plan::Plan, asked: f64) -> Option<String> {
    let why = match plan.status {
        // A price of changes is no cost of the plan: what it holds back is in the gap.
        Status::Limit
            if plan
                .run
                .price_of_change_gbp
                .is_some_and(|price| price > 0.0) =>
        {
            return None;
        }
        Status::Limit => "stopped at the time limit",
        Status::Interrupted => "interrupted",
        Status::WithinGap | Status::Appraised => return None,
    };
    let gap = plan.gap.map_or("no bound is proven".to_owned(), |gap| {
        format!("the {}", how_sure::gap_in_words(gap))
    });
    Some(format!(
        "{why}: the plan is verified and written; {gap}, {:.2} % was asked for",
        asked * 100.0
    ))
}
