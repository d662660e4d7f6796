//! `locate --siting FILE`: the optimiser's own problem in, its answer out.

use super::locate::{ask, siting_failure};
use crate::cli::args::Locate;
use crate::cli::progress::{SearchLine, Shown};
use crate::cli::{Failure, out};
use crate::place::{Finding, RowRef, Severity};
use crate::siting::{Ending, Problem, SitingError, solve};
use serde::Serialize;
use std::io::Write;
use std::path::Path;

pub(super) fn run(file: &Path, typed: &Locate) -> Result<(), Failure> {
    let problem = read(file)?;
    let line = SearchLine::start(typed.progress, Shown::Number);
    let solved = solve(&problem, &ask(typed), &line);
    line.finish();
    let answer = solved.map_err(|error| match error {
        SitingError::Invalid { item, cause } => invalid(file, format!("{item}: {cause}")),
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

/// Writes a file beside its name, then in place of it: whole or not at all.
pub(super) fn write_json(to: &Path, value: &impl Serialize) -> Result<(), Failure> {
    let text =
        serde_json::to_string(value).map_err(|fault| Failure::Internal(fault.to_string()))?;
    let disk = |fault: std::io::Error| Failure::Disk {
        cause: format!("{}: {fault}", to.display()),
    };
    let folder = match to.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut draft = tempfile::NamedTempFile::new_in(folder).map_err(disk)?;
    writeln!(draft, "{text}").map_err(disk)?;
    draft.as_file().sync_all().map_err(disk)?;
    draft.persist(to).map_err(|fault| disk(fault.error))?;
    Ok(())
}
