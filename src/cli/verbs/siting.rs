//! `locate --siting FILE`: the optimiser's own problem in, its answer out.

use super::locate::{ask, siting_failure};
use super::siting_file;
use crate::cli::locate_args::Locate;
use crate::cli::progress::{SearchLine, Shown};
use crate::cli::{Failure, out};
use crate::siting::{
    Answer, BoundSource, Elastic, Ending, Problem, SitingError, explain_infeasible, solve,
    start_faults, witness,
};
use serde::Serialize;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

pub(super) fn run(file: &Path, typed: &Locate) -> Result<(), Failure> {
    may_write(&typed.out, Some(file), is_answer)?;
    let problem: Problem = siting_file::read(file, "siting")?;
    let faults = start_faults(&problem);
    if let Some(first) = faults.first() {
        let more = match faults.len() - 1 {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        out::talk(&format!(
            "warning: the start is not used, since it breaks a limit: {}{more}",
            first.words(&problem)
        ));
    }
    let line = SearchLine::start(typed.progress, Shown::Number);
    let solved = solve(&problem, &ask(typed), &line);
    line.finish();
    let mut answer = solved.map_err(|error| match error {
        SitingError::Invalid { item, cause } | SitingError::LockedOut { item, cause } => {
            siting_file::invalid(file, format!("{item}: {cause}"), "siting")
        }
        SitingError::Infeasible => Failure::Infeasible(at_fault(&problem)),
        error => siting_failure(error),
    })?;
    add_certificate(&problem, &mut answer);
    write_json(&typed.out, &answer)?;
    let gap = answer.gap().map_or("no bound".to_owned(), |gap| {
        format!("gap {:.4} %", gap * 100.0)
    });
    out::data(&format!(
        "value {}, {gap}, {}, {:.2} s\n",
        answer.value, answer.engine, answer.seconds
    ))?;
    out::talk(&format!("{} is written", typed.out.display()));
    match answer.ending {
        Ending::WithinGap => Ok(()),
        _ => Err(Failure::GapLeft(format!("the answer is written; {gap}"))),
    }
}

/// How long multipliers are sought for an answer that only a solver's tree proves.
const CERTIFY: Duration = Duration::from_secs(2);

/// Gives an answer that has none a certificate, where one can be found soon.
fn add_certificate(problem: &Problem, answer: &mut Answer) {
    if answer.certificate.is_some() {
        return;
    }
    let began = Instant::now();
    let certificate = witness(problem, &|| {
        SearchLine::interrupted() || began.elapsed() > CERTIFY
    });
    let Some(certificate) = certificate else {
        return;
    };
    // What multipliers prove as well needs no word of the solver's.
    if answer.bound.is_none_or(|bound| certificate.bound >= bound) {
        answer.bound = Some(certificate.bound.min(answer.value));
        answer.bound_source = BoundSource::Certificate;
    }
    answer.certificate = Some(certificate);
}

/// Whether a file is an earlier answer, which a new one may replace.
fn is_answer(bytes: &[u8]) -> bool {
    serde_json::from_slice::<Answer>(bytes).is_ok()
}

/// Whether a file is an earlier problem.
pub(super) fn is_problem(bytes: &[u8]) -> bool {
    serde_json::from_slice::<Problem>(bytes).is_ok()
}

/// How long the limits that would have to give way are looked for, and how many are named.
const LOOK: Duration = Duration::from_secs(5);
const NAMED: usize = 12;

/// What the solution breaks that breaks least.
fn at_fault(problem: &Problem) -> Vec<String> {
    let found = explain_infeasible(problem, &Elastic::default(), LOOK, &());
    let broken = found.map(|found| found.broken).unwrap_or_default();
    let mut reasons: Vec<String> = (broken.iter().take(NAMED))
        .map(|broken| broken.words(problem))
        .collect();
    if broken.len() > NAMED {
        reasons.push(format!("and {} more", broken.len() - NAMED));
    }
    if reasons.is_empty() {
        reasons.push(format!(
            "which of them would have to give way was not found in {} s: leave out one after another to see",
            LOOK.as_secs()
        ));
    }
    reasons
}

/// Whether a file may be written there: asked before the work rather than after it. What stands there must be `ours`.
pub(super) fn may_write(
    to: &Path,
    from: Option<&Path>,
    ours: fn(&[u8]) -> bool,
) -> Result<(), Failure> {
    let refuse = |cause: &str, hint: &str| {
        Err(Failure::Usage {
            cause: format!("{}: {cause}", to.display()),
            hint: hint.to_owned(),
        })
    };
    if to.is_dir() || to.file_name().is_none() {
        return refuse("this is a folder", "name a file");
    }
    if !folder(to).is_dir() {
        return refuse("there is no such folder", "make it, or name another");
    }
    let same = |from: &Path| to.canonicalize().ok() == from.canonicalize().ok() && to.exists();
    if from.is_some_and(same) {
        return refuse("this is the problem itself", "name another file");
    }
    let stands = to.exists().then(|| std::fs::read(to).unwrap_or_default());
    if stands.is_some_and(|bytes| !bytes.is_empty() && !ours(&bytes)) {
        return refuse(
            "there is such a file, and oneroof did not write it so",
            "name another file, or remove that one",
        );
    }
    Ok(())
}

fn folder(of: &Path) -> &Path {
    match of.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Writes a file beside its name, then in place of it: whole or not at all.
pub(super) fn write_json(to: &Path, value: &impl Serialize) -> Result<(), Failure> {
    let text =
        serde_json::to_string(value).map_err(|fault| Failure::Internal(fault.to_string()))?;
    let disk = |fault: std::io::Error| Failure::Disk {
        cause: format!("{}: {fault}", to.display()),
    };
    let name = to.file_name().unwrap_or_default().to_string_lossy();
    let draft = folder(to).join(format!(".{name}.new-{}", std::process::id()));
    let written = File::create(&draft).and_then(|mut file| {
        writeln!(file, "{text}")?;
        file.sync_all()
    });
    let placed = written.and_then(|()| std::fs::rename(&draft, to));
    if placed.is_err() {
        // What is left of it is of no use; the fault that is told is the first one.
        let _ = std::fs::remove_file(&draft);
    }
    placed.map_err(disk)
}
