//! `appraise PLACE --decisions FILE --out DIR`: a plan people chose, judged like ours.

use super::finish::{Besides, Finished, finish};
use super::made_from::seen_from;
use super::open::open;
use super::plan::failure;
use crate::cli::args::Appraise;
use crate::cli::{Failure, out};
use crate::load::LoadOptions;
use crate::plan::{PhaseWish, phase};

pub(super) fn run(typed: &Appraise) -> Result<(), Failure> {
    let edition = typed.edition.understood(&typed.out)?;
    let options = LoadOptions {
        decisions: Some(typed.decisions.clone()),
        ..LoadOptions::default()
    };
    let loaded = open(&typed.place, options)?;
    edition.fits(&loaded.place)?;
    let mut plan = crate::plan::appraise(&loaded.place, &loaded.travel).map_err(failure)?;
    plan.run.decisions = Some(typed.decisions.display().to_string());
    plan.run.place = seen_from(&typed.out, &typed.place);
    if typed.phase {
        let programme = phase(
            &loaded.place,
            &loaded.travel,
            &plan,
            &PhaseWish::default(),
            &(),
        );
        plan.programme = Some(programme.map_err(failure)?);
    }
    let last = finish(Finished {
        loaded,
        plan,
        to: &typed.out,
        edition,
        beside: Besides::default(),
        json: typed.json,
    })?;
    out::talk(&last);
    Ok(())
}
