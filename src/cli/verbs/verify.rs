//! `verify PLACE PLAN`

use super::open::open;
use crate::cli::args::Verify;
use crate::cli::{Failure, out};
use crate::load::LoadOptions;
use crate::place::words::count;
use crate::plan::Plan;
use std::fs;
use std::path::{Path, PathBuf};

pub(super) fn run(typed: &Verify) -> Result<(), Failure> {
    let plan = read_plan(&typed.plan)?;
    let loaded = open(&typed.place, asked(typed, &plan))?;
    let discrepancies = crate::plan::verify::verify(&loaded.place, &loaded.travel, &plan);
    if typed.json {
        out::json(&discrepancies)?;
    }
    if discrepancies.is_empty() {
        if !typed.json {
            out::data(&format!(
                "verified: {}, {}, {} and every figure agree with the files{}\n",
                count(plan.buildings.len(), "building"),
                count(plan.occupiers.len(), "occupier"),
                count(plan.rules.len(), "access rule"),
                beside_the_files(&plan)
            ))?;
        }
        return Ok(());
    }
    Err(Failure::NotVerified(
        discrepancies.iter().map(ToString::to_string).collect(),
    ))
}

/// The place as the plan was asked for: with the locks of its command line, and its file of
/// decisions.
fn asked(typed: &Verify, plan: &Plan) -> LoadOptions {
    let named = plan.run.decisions.as_ref().map(PathBuf::from);
    LoadOptions {
        decisions: typed.decisions.clone().or(named),
        keep: plan.run.keep.clone(),
        dispose: plan.run.dispose.clone(),
        ..LoadOptions::default()
    }
}

/// What the plan was asked for beside the files, in words.
fn beside_the_files(plan: &Plan) -> String {
    let mut words = String::new();
    for (flag, ids) in [("--keep", &plan.run.keep), ("--dispose", &plan.run.dispose)] {
        for id in ids {
            words.push_str(&format!(" {flag} {id}"));
        }
    }
    if let Some(file) = &plan.run.decisions {
        words.push_str(&format!(" --decisions {file}"));
    }
    match words.is_empty() {
        true => words,
        false => format!(", as asked with{words}"),
    }
}

/// Reads a plan from its folder or its `plan.json`.
fn read_plan(path: &Path) -> Result<Plan, Failure> {
    let file = if path.is_dir() {
        path.join("plan.json")
    } else {
        path.to_owned()
    };
    let usage = |cause: String| Failure::Usage {
        cause,
        hint: "name a plan folder written by `oneroof plan`, or its plan.json".to_owned(),
    };
    let text =
        fs::read_to_string(&file).map_err(|fault| usage(format!("{}: {fault}", file.display())))?;
    serde_json::from_str(&text).map_err(|fault| usage(format!("{}: {fault}", file.display())))
}
