//! `compare PLAN PLAN`: two plans of one place side by side, from their folders alone.

use super::finish::refused;
use super::verify::read_plan;
use crate::cli::args::{Compare, FormatArg};
use crate::cli::{Failure, out};
use crate::compare::{Layers, compare};
use crate::publish::{ComparedEdition, may_publish_compared, publish_compared};
use std::path::Path;

pub(super) fn run(typed: &Compare) -> Result<(), Failure> {
    if let Some(to) = &typed.out {
        may_publish_compared(to).map_err(refused)?;
    }
    let (first, second) = (read_plan(&typed.first)?, read_plan(&typed.second)?);
    let mut comparison = compare(&first, &second).map_err(|fault| Failure::Usage {
        cause: fault.to_string(),
        hint: "name two plans of one place, made with one objective".to_owned(),
    })?;
    let (near, far) = (layers(&typed.first), layers(&typed.second));
    comparison.people = near.people(&far);
    comparison.name(|id| {
        let known = near.names.get(id).or(far.names.get(id));
        known.cloned()
    });
    if let Some(to) = &typed.out {
        let edition = ComparedEdition {
            comparison: &comparison,
            first: &near,
            second: &far,
            excel: typed.excel,
        };
        publish_compared(to, &edition).map_err(refused)?;
    }
    match typed.format {
        FormatArg::Json => out::json(&comparison)?,
        FormatArg::Text => out::data(&comparison.text())?,
    }
    if let Some(to) = &typed.out {
        out::talk(&format!(
            "hint: written to {}; begin with compare.csv and differences.geojson",
            to.display()
        ));
    }
    Ok(())
}

fn layers(plan: &Path) -> Layers {
    match plan.is_dir() {
        true => Layers::read(plan),
        false => Layers::read(plan.parent().unwrap_or(Path::new("."))),
    }
}
