//! `verify PROBLEM.json ANSWER.json`: an answer of `locate --siting` against its problem.

use super::siting_file;
use crate::cli::say::figure;
use crate::cli::{Failure, out};
use crate::siting::{
    Answer, BoundSource, Certificate, Objective, Problem, Proof, SitingError, check,
    recompute_bound, validate, value,
};
use std::path::Path;

/// Whether what was typed for a place is a problem of the optimiser's own: a place is a folder, or TOML.
pub(super) fn is_meant(place: &Path) -> bool {
    place
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}

/// Difference that the order of adding up may make.
fn rounding(of: f64) -> f64 {
    1e-6 * of.abs().max(1.0)
}

pub(super) fn run(problem: &Path, answer: &Path, json: bool) -> Result<(), Failure> {
    let file = problem;
    let problem: Problem = siting_file::read(file, "siting")?;
    if let Err(SitingError::Invalid { item, cause }) = validate(&problem) {
        return Err(siting_file::invalid(
            file,
            format!("{item}: {cause}"),
            "siting",
        ));
    }
    let answer: Answer = siting_file::read(answer, "siting-answer")?;
    let (wrong, bound) = judge(&problem, &answer);
    if json {
        out::json(&wrong)?;
    }
    if !wrong.is_empty() {
        return Err(Failure::WrongAnswer(wrong));
    }
    if !json {
        let open = answer.solution.open.iter().filter(|open| **open).count();
        out::data(&format!(
            "verified: the solution keeps every hard limit and costs {}; {open} of {} sites are open\n{bound}\n",
            figure(answer.value),
            problem.sites.len()
        ))?;
    }
    Ok(())
}

/// What an answer says wrongly, and what is known of its bound.
fn judge(problem: &Problem, answer: &Answer) -> (Vec<String>, String) {
    let mut wrong: Vec<String> = match check(problem, &answer.solution) {
        Ok(()) => Vec::new(),
        Err(broken) => broken.iter().map(|one| one.words(problem)).collect(),
    };
    let cost = value(problem, &answer.solution, Objective::Cost);
    if wrong.is_empty() && (cost - answer.value).abs() > rounding(cost) {
        wrong.push(format!("value {}: the solution costs {cost}", answer.value));
    }
    if let Some(bound) = answer.bound
        && bound > answer.value + rounding(answer.value)
    {
        wrong.push(format!(
            "bound {bound}: it is above the value {}",
            answer.value
        ));
    }
    if answer.proofs.len() != problem.sites.len() {
        wrong.push(format!(
            "proofs: {} for {} sites",
            answer.proofs.len(),
            problem.sites.len()
        ));
    }
    let sure = |proof: &Proof| matches!(proof, Proof::Proven | Proof::Optimal);
    if answer.bound.is_none() && answer.proofs.iter().any(sure) {
        wrong.push("proofs: sites are called proven or optimal, and there is no bound".to_owned());
    }
    let apart = answer.bound.map(|bound| answer.value - bound);
    if apart.is_some_and(|apart| apart > rounding(answer.value))
        && answer.proofs.contains(&Proof::Optimal)
    {
        wrong.push("proofs: sites are called optimal, and the bound is below the value".to_owned());
    }
    let own = answer
        .certificate
        .as_ref()
        .map(|certificate| own_bound(problem, certificate));
    let own = match own {
        Some(Ok(own)) => Some(own),
        Some(Err(fault)) => {
            wrong.push(fault);
            None
        }
        None => None,
    };
    let bound = match (answer.bound_source, answer.bound, own) {
        (BoundSource::None, None, _) => "bound: none".to_owned(),
        (BoundSource::Certificate, Some(bound), Some(own)) => {
            if bound > own + rounding(own) {
                wrong.push(format!("bound {bound}: the certificate proves {own}"));
            }
            format!(
                "bound {}: recomputed from the certificate alone",
                figure(bound)
            )
        }
        (BoundSource::SolverTree, Some(bound), Some(own)) => format!(
            "bound {}: the solver's word, from its search tree; recomputed from the certificate alone: {}",
            figure(bound),
            figure(own)
        ),
        (BoundSource::SolverTree, Some(bound), None) => format!(
            "bound {}: the solver's word, from its search tree; no certificate proves any",
            figure(bound)
        ),
        (source, bound, _) => {
            wrong.push(match (source, bound) {
                (BoundSource::Certificate, Some(bound)) => {
                    format!("bound {bound}: it is said to be a certificate's, and none proves it")
                }
                (_, Some(bound)) => format!("bound {bound}: it is said to be of nowhere"),
                (_, None) => "bound: its source is named, and it is not there".to_owned(),
            });
            String::new()
        }
    };
    (wrong, bound)
}

/// The bound that multipliers give, if the certificate says the same.
fn own_bound(problem: &Problem, certificate: &Certificate) -> Result<f64, String> {
    let own = recompute_bound(problem, certificate).map_err(|fault| fault.to_string())?;
    if (own - certificate.bound).abs() > rounding(own) {
        return Err(format!(
            "certificate: it says {}, and its multipliers prove {own}",
            certificate.bound
        ));
    }
    Ok(own)
}
