//! `certificate.json`: what is proven about the plan, and by what.

use super::super::edition::Issue;
use super::super::error::PublishError;
use super::super::exporter::Page;
use crate::siting::{BoundSource, Certificate};
use serde::Serialize;

/// What the file holds, in its order.
#[derive(Serialize)]
struct Proven<'a> {
    schema_version: u32,
    place: &'a str,
    objective: &'a str,
    value: f64,
    bound: Option<f64>,
    gap: Option<f64>,
    do_minimum: f64,
    saving_at_most_gbp: Option<f64>,
    bound_source: BoundSource,
    can_be_recomputed: bool,
    statement: &'a str,
    engine: &'a str,
    engine_version: &'a str,
    seed: u64,
    multipliers: Option<&'a Certificate>,
}

pub(in super::super) fn export(issue: &Issue<'_>) -> Result<Vec<Page>, PublishError> {
    let plan = issue.plan();
    let (checkable, statement) = match (plan.bound, plan.bound_source) {
        (None, _) | (_, BoundSource::None) => (
            false,
            "Nothing is proven about this plan: no bound was found or asked for.",
        ),
        (Some(_), BoundSource::SolverTree) => (
            false,
            "The bound comes from the search tree of the solver named under `engine`, and checking it means \
             trusting that solver or solving again. The multipliers below, where there are any, prove a lower one, \
             `multipliers.bound`, without it.",
        ),
        (Some(_), BoundSource::Certificate) => (
            true,
            "The bound follows from the multipliers below, the prices of what a plan must do. `oneroof verify` \
             works it out again from them and the files, without any search.",
        ),
    };
    let certificate = Proven {
        schema_version: plan.schema_version,
        place: &plan.place,
        objective: plan.objective.name(),
        value: plan.value,
        bound: plan.bound,
        gap: plan.gap,
        do_minimum: plan.do_minimum,
        saving_at_most_gbp: plan.saving_at_most_gbp,
        bound_source: plan.bound_source,
        can_be_recomputed: checkable,
        statement,
        engine: &plan.run.engine,
        engine_version: &plan.run.version,
        seed: plan.run.seed,
        multipliers: plan.certificate.as_ref(),
    };
    let mut bytes = serde_json::to_vec_pretty(&certificate)
        .map_err(|fault| PublishError::page("certificate.json", fault))?;
    bytes.push(b'\n');
    Ok(vec![Page::new("certificate.json", bytes)])
}
