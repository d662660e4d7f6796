//! `options PLACE --out DIR`: every option planned or judged, verified, and set side by side.

use super::finish::refused;
use super::open::open;
use super::plan::{failure, objective};
use crate::cli::args::OptionsVerb;
use crate::cli::progress::{SearchLine, Shown};
use crate::cli::{Failure, out};
use crate::load::{LoadOptions, Loaded};
use crate::options::{Asking, Options, Proposed, options};
use crate::place::words::{count, pounds, whole};
use crate::place::{Finding, RowRef, Severity};
use crate::plan::{Wish, appraise};
use crate::publish::{
    Audience, Edition, OptionsEdition, PEOPLE_FURTHER, may_publish_options, publish_options,
};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

pub(super) fn run(typed: &OptionsVerb) -> Result<(), Failure> {
    may_publish_options(&typed.out).map_err(refused)?;
    let loaded = open(&typed.place, LoadOptions::default())?;
    let (mut theirs, mut proposed, mut faults) = (Vec::new(), Vec::new(), Vec::new());
    for file in &typed.option {
        match judged(typed, file) {
            Ok((own, one)) => {
                theirs.push(own);
                proposed.push(one);
            }
            Err(fault) => faults.push((file, fault)),
        }
    }
    if !faults.is_empty() {
        return Err(all_of(faults));
    }
    distinct(&proposed)?;
    let wish = Wish {
        rounds: None,
        objective: typed.objective.map(objective),
        gap: typed.gap,
        time: typed.time,
        seed: typed.seed,
        second_stage: true,
    };
    let line = SearchLine::start(typed.progress, Shown::Money);
    let found = options(&Asking {
        place: &loaded.place,
        travel: &loaded.travel,
        wish: &wish,
        proposed: &proposed,
        progress: &line,
    });
    line.finish();
    let table = found
        .map_err(failure)?
        .map_err(|wrong| Failure::NotVerified(wrong.iter().map(ToString::to_string).collect()))?;
    let of_theirs = theirs.iter().zip(&proposed);
    let edition = OptionsEdition {
        options: &table,
        ours: edition(&loaded, &table.ours, typed.excel),
        proposed: of_theirs
            .map(|(own, one)| (folder(&one.name), edition(own, &one.plan, typed.excel)))
            .collect(),
    };
    publish_options(&typed.out, &edition).map_err(refused)?;
    match typed.json {
        true => out::json(&table)?,
        false => out::data(&text(&table))?,
    }
    out::talk(&format!(
        "hint: verified, and written to {}; begin with options.csv",
        typed.out.display()
    ));
    Ok(())
}

/// The decisions of a file, appraised.
fn judged(typed: &OptionsVerb, file: &Path) -> Result<(Loaded, Proposed), Failure> {
    let asked = LoadOptions {
        decisions: Some(file.to_owned()),
        ..LoadOptions::default()
    };
    let own = open(&typed.place, asked)?;
    let mut plan = appraise(&own.place, &own.travel).map_err(failure)?;
    plan.run.decisions = Some(file.display().to_string());
    let name = file.file_stem().unwrap_or(file.as_os_str());
    let one = Proposed {
        name: name.to_string_lossy().into_owned(),
        place: own.place.clone(),
        plan,
    };
    Ok((own, one))
}

/// The faults of several options as one: every finding, each once, and every reason with its file.
fn all_of(faults: Vec<(&PathBuf, Failure)>) -> Failure {
    let (mut findings, mut reasons, mut hints) = (Vec::new(), Vec::new(), Vec::new());
    for (file, fault) in faults {
        match fault {
            Failure::Input {
                findings: own,
                hint,
            } => {
                hints.push(hint);
                for finding in own {
                    if !findings.contains(&finding) {
                        findings.push(finding);
                    }
                }
            }
            Failure::Infeasible(own) => {
                let file = file.display();
                reasons.extend(own.iter().map(|reason| format!("{file}: {reason}")));
            }
            other => return other,
        }
    }
    match hints.into_iter().next() {
        None => Failure::Infeasible(reasons),
        Some(hint) => {
            let of_options = reasons.into_iter().map(|reason| {
                Finding::new("no-plan", Severity::Error, RowRef::file("--option"))
                    .cause(reason)
                    .action("change what is decided there")
            });
            findings.extend(of_options);
            Failure::Input { findings, hint }
        }
    }
}

/// Every option has a folder of its own.
fn distinct(proposed: &[Proposed]) -> Result<(), Failure> {
    let mut seen = BTreeSet::new();
    match proposed.iter().find(|one| !seen.insert(folder(&one.name))) {
        Some(twice) => Err(Failure::Usage {
            cause: format!("two options are called {}", twice.name),
            hint: "give their files different names".to_owned(),
        }),
        None => Ok(()),
    }
}

/// The folder of an option: its name, with nothing in it that a path could trip over.
fn folder(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '-' {
                c
            } else {
                '_'
            }
        })
        .collect();
    format!("option-{plain}")
}

fn edition<'a>(loaded: &'a Loaded, plan: &'a crate::plan::Plan, excel: bool) -> Edition<'a> {
    Edition {
        place: &loaded.place,
        travel: &loaded.travel,
        plan,
        findings: &loaded.findings,
        rejected: &loaded.rejected,
        matches: &loaded.matches,
        audience: Audience::Partners,
        excel,
    }
}

fn text(table: &Options) -> String {
    let mut text = format!("{}: the options side by side\n\n", table.place);
    let widest = table
        .rows
        .iter()
        .map(|row| row.option.chars().count())
        .max();
    let wide = widest.unwrap_or(0).max(6);
    let _ = writeln!(
        text,
        "  {:<wide$} {:>14} {:>16} {:>14} {:>7} {:>6}  {:>14}  limits",
        "option", "saving", "running a year", "one-off", "let go", "moves", "people further"
    );
    for row in &table.rows {
        if let Some(why) = &row.none {
            let _ = writeln!(text, "  {:<wide$} no plan: {why}", row.option);
            continue;
        }
        let failing = row.rules_failed.len() + row.limits_broken.len();
        let limits = match (row.kind, failing) {
            (crate::options::OptionKind::DoNothing, _) => {
                format!("leaves {} of repairs undone", pounds(row.repairs_left_gbp))
            }
            (_, 0) => "all kept".to_owned(),
            (_, failing) => format!("breaks {}", count(failing, "limit")),
        };
        let _ = writeln!(
            text,
            "  {:<wide$} {:>14} {:>16} {:>14} {:>7} {:>6}  {:>14}  {limits}",
            row.option,
            pounds(row.saving_gbp),
            pounds(row.run_after_gbp),
            pounds(row.one_off_gbp),
            row.let_go,
            row.moves,
            whole(row.people_further),
        );
    }
    let _ = writeln!(text, "\npeople further: {PEOPLE_FURTHER}");
    text
}
