//! `locate --siting FILE`: the optimiser's own problem in, its answer out.

use super::locate::{ask, siting_failure};
use crate::cli::locate_args::Locate;
use crate::cli::progress::{SearchLine, Shown};
use crate::cli::{Failure, out};
use crate::place::{Finding, RowRef, Severity};
use crate::siting::{Elastic, Ending, Problem, SitingError, explain_infeasible, solve};
use serde::Serialize;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

pub(super) fn run(file: &Path, typed: &Locate) -> Result<(), Failure> {
    may_write(&typed.out, Some(file))?;
    let problem = read(file)?;
    let line = SearchLine::start(typed.progress, Shown::Number);
    let solved = solve(&problem, &ask(typed), &line);
    line.finish();
    let answer = solved.map_err(|error| match error {
        SitingError::Invalid { item, cause } | SitingError::LockedOut { item, cause } => {
            invalid(file, format!("{item}: {cause}"))
        }
        SitingError::Infeasible => Failure::Infeasible(at_fault(&problem)),
        error => siting_failure(error),
    })?;
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
    reasons
}

fn read(file: &Path) -> Result<Problem, Failure> {
    let text = std::fs::read(file).map_err(|fault| Failure::Input {
        findings: vec![
            Finding::new(
                "file-unreadable",
                Severity::Error,
                RowRef::file(&file.display().to_string()),
            )
            .cause(fault.to_string())
            .action("correct the name, or bring the file"),
        ],
        hint: "nothing was written".to_owned(),
    })?;
    serde_json::from_slice(&text).map_err(|fault| invalid(file, fault.to_string()))
}

fn invalid(file: &Path, cause: String) -> Failure {
    Failure::Input {
        findings: vec![
            Finding::new(
                "json-broken",
                Severity::Error,
                RowRef::file(&file.display().to_string()),
            )
            .cause(cause)
            .action("`oneroof schema siting` describes the file"),
        ],
        hint: "nothing was written".to_owned(),
    }
}

/// Whether a file may be written there: asked before the work rather than after it.
pub(super) fn may_write(to: &Path, from: Option<&Path>) -> Result<(), Failure> {
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
