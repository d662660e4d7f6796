//! `appraise PLACE --decisions FILE --out DIR`: a plan people chose, judged like ours.

use super::finish::{Finished, finish};
use super::open::open;
use super::plan::failure;
use crate::cli::Failure;
use crate::cli::args::Appraise;
use crate::load::LoadOptions;

pub(super) fn run(typed: &Appraise) -> Result<(), Failure> {
    let edition = typed.edition.understood()?;
    let options = LoadOptions {
        decisions: Some(typed.decisions.clone()),
        ..LoadOptions::default()
    };
    let loaded = open(&typed.place, options)?;
    let mut plan = crate::plan::appraise(&loaded.place, &loaded.travel).map_err(failure)?;
    plan.run.decisions = Some(typed.decisions.display().to_string());
    finish(Finished {
        loaded,
        plan,
        out: &typed.out,
        edition,
        json: typed.json,
    })
}
