//! `plan PLACE --out DIR`: load, plan, verify, publish; never publish what does not verify.

use super::finish::{Finished, finish};
use super::open::open;
use super::siting::{may_write, write_json};
use super::summary;
use crate::cli::args::{ObjectiveArg, PlanVerb};
use crate::cli::progress::{SearchLine, Shown};
use crate::cli::{Failure, out};
use crate::load::LoadOptions;
use crate::place::Objective;
use crate::plan::{PhaseWish, PlanError, Status, Wish, phase, plan_in_steps, siting_problem};

pub(super) fn run(typed: &PlanVerb) -> Result<(), Failure> {
    let edition = typed.edition.understood(&typed.out)?;
    if let Some(file) = &typed.siting {
        may_write(file, None)?;
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
        seed: typed.seed,
        second_stage: true,
    };
    let line = SearchLine::start(typed.progress, Shown::Money);
    let planned = match typed.split {
        true => plan_in_steps(&loaded.place, &loaded.travel, &wish, &line),
        false => crate::plan::plan(&loaded.place, &loaded.travel, &wish, &line),
    };
    line.finish();
    let mut plan = planned.map_err(failure)?;
    plan.run.keep.clone_from(&typed.keep);
    plan.run.dispose.clone_from(&typed.dispose);
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
        PlanError::NothingFound if SearchLine::interrupted() => Failure::Interrupted,
        PlanError::NothingFound => Failure::NothingFound,
        other => Failure::Internal(other.to_string()),
    }
}

fn gap_left(plan: &crate::plan::Plan, asked: f64) -> Option<String> {
    let why = match plan.status {
        Status::Limit => "stopped at the time limit",
        Status::Interrupted => "interrupted",
        Status::WithinGap | Status::Appraised => return None,
    };
    let gap = plan.gap.map_or("no bound is proven".to_owned(), |gap| {
        format!("the {}", summary::gap_in_words(gap))
    });
    Some(format!(
        "{why}: the plan is verified and written; {gap}, {:.2} % was asked for",
        asked * 100.0
    ))
}
