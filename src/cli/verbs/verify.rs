//! `verify PLACE PLAN`, or `verify PROBLEM.json ANSWER.json`

use super::finish::{edition_of, refused};
use super::open::open;
use super::series;
use crate::cli::args::{PlaceArgs, Verify};
use crate::cli::{Failure, out};
use crate::load::{LoadOptions, Loaded};
use crate::place::Currency;
use crate::place::words::{count, pounds};
use crate::plan::verify::Discrepancy;
use crate::plan::{Action, Plan, recompute_bound};
use crate::publish::{Audience, FolderChecked, check_folder, unknown_keys};
use crate::siting::{BoundSource, Certificate};
use std::fs;
use std::path::{Path, PathBuf};

pub(super) fn run(typed: &Verify) -> Result<(), Failure> {
    if super::verify_answer::is_meant(&typed.place.place) {
        return super::verify_answer::run(&typed.place.place, &typed.plan, typed.json);
    }
    let (plan, text) = read_with_text(&typed.plan)?;
    let loaded = open_as_asked(&typed.place, typed.decisions.as_ref(), &plan)?;
    let mut discrepancies = crate::plan::verify::verify(&loaded.place, &loaded.travel, &plan);
    let bound = match multipliers(&typed.plan)? {
        Some(multipliers) => proven(&loaded, &plan, &multipliers).unwrap_or_else(|fault| {
            discrepancies.push(*fault);
            String::new()
        }),
        None => match (plan.bound, plan.bound_source) {
            (Some(bound), BoundSource::Certificate) => format!(
                "bound {} is not checked: there are no multipliers in a certificate.json beside the plan\n",
                pounds(bound)
            ),
            _ => String::new(),
        },
    };
    discrepancies.extend(unknown_keys(&text, &plan).unwrap_or_default());
    // Of a plan of another place every figure differs: that it is one says it all.
    if discrepancies.iter().any(|one| one.code == "other-place") {
        discrepancies.retain(|one| one.code == "other-place");
    }
    // Of a plan that does not agree every table would differ as well.
    let mut folder = FolderChecked::default();
    if discrepancies.is_empty() {
        let edition = edition_of(&loaded, &plan, Audience::Partners, false);
        folder = check_folder(folder_of(&typed.plan), &edition).map_err(refused)?;
        discrepancies.append(&mut folder.differ);
    }
    if typed.json {
        out::json(&discrepancies)?;
    }
    if discrepancies.is_empty() {
        if !typed.json {
            out::data(&format!(
                "verified: {}{}, {}, {} and every figure agree with the files{}\n",
                count(plan.buildings.len(), "building"),
                not_in_question(&plan),
                count(plan.occupiers.len(), "occupier"),
                count(plan.rules.len(), "access rule"),
                beside_the_files(&plan)
            ))?;
            out::data(&bound)?;
            out::data(&compared(&folder))?;
        }
        return Ok(());
    }
    Err(Failure::NotVerified(series::lines(&discrepancies)))
}

/// Which files of the folder were written again and are the same, and which were not compared.
fn compared(folder: &FolderChecked) -> String {
    let mut text = String::new();
    if !folder.same.is_empty() {
        text += &format!(
            "written again from the plan, and the same: {} ({})\n",
            count(folder.same.len(), "file"),
            folder.same.join(", ")
        );
    }
    if !folder.not_compared.is_empty() {
        let (under, alone): (Vec<&String>, Vec<&String>) = folder
            .not_compared
            .iter()
            .partition(|path| path.starts_with("maps/"));
        let mut named: Vec<String> = alone.into_iter().cloned().collect();
        if !under.is_empty() {
            named.push(format!("{} in maps", count(under.len(), "picture")));
        }
        text += &format!("not compared: {}\n", named.join(", "));
    }
    text
}

/// Whether a plan says what the files say, for verbs that go on from it: where it does not, one line says of
/// what it is, or how much differs; `verify` names each figure.
pub(super) fn agrees(loaded: &Loaded, plan: &Plan) -> Result<(), Failure> {
    let found = crate::plan::verify::verify(&loaded.place, &loaded.travel, plan);
    if found.is_empty() {
        return Ok(());
    }
    Err(Failure::NotVerified(vec![in_short(&found)]))
}

/// Disagreements in one sentence.
fn in_short(found: &[Discrepancy]) -> String {
    let coded = |code: &'static str| found.iter().filter(move |one| one.code == code);
    if coded("other-place").next().is_some() {
        return "it is the plan of another place".to_owned();
    }
    let files = |code: &'static str| {
        let files: Vec<&str> = coded(code).map(|one| one.subject.as_str()).collect();
        // Names of files come from a file: a control character in one must not break the line in two.
        files.join(", ").replace(char::is_control, " ")
    };
    let said = [
        ("input-changed", "changed since it was made"),
        ("input-missing", "read now and not when it was made"),
        ("input-unknown", "read when it was made and not now"),
    ];
    let said = said.map(|(code, what)| (files(code), what));
    let said: Vec<String> = said
        .iter()
        .filter(|(files, _)| !files.is_empty())
        .map(|(files, what)| format!("{what}: {files}"))
        .collect();
    match (said.as_slice(), found) {
        ([], [one]) => one.to_string(),
        ([], all) => format!(
            "{} differ, so place.toml is another than it was made from, or plan.json was altered; `oneroof verify` names each",
            count(all.len(), "figure")
        ),
        (said, _) => said.join("; "),
    }
}

/// How many of its buildings a plan carries through and does not count as kept or let go.
fn not_in_question(plan: &Plan) -> String {
    let outside = plan.buildings.iter();
    match outside.filter(|one| one.action == Action::Outside).count() {
        0 => String::new(),
        outside => format!(" ({outside} not in the plan)"),
    }
}

/// The place as a plan was asked for: with the locks, the limits and the file of decisions of its command
/// line.
pub(super) fn open_as_asked(
    place: &PlaceArgs,
    decisions: Option<&PathBuf>,
    plan: &Plan,
) -> Result<Loaded, Failure> {
    let mut loaded = open(place, asked(decisions, plan))?;
    for (id, threshold) in &plan.run.thresholds {
        let set = loaded.place.set_threshold(id, *threshold);
        set.map_err(|id| Failure::Usage {
            cause: format!(
                "the plan was made with a limit on `{id}`, which the place does not have"
            ),
            hint: "name the place it was made from".to_owned(),
        })?;
    }
    Ok(loaded)
}

fn asked(decisions: Option<&PathBuf>, plan: &Plan) -> LoadOptions {
    let named = plan.run.decisions.as_ref().map(PathBuf::from);
    LoadOptions {
        decisions: decisions.cloned().or(named),
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
    for (id, threshold) in &plan.run.thresholds {
        words.push_str(&format!(" {id} = {threshold}"));
    }
    if let Some(file) = &plan.run.decisions {
        words.push_str(&format!(" --decisions {file}"));
    }
    match words.is_empty() {
        true => words,
        false => format!(", as asked with{words}"),
    }
}

/// The folder of a plan that is named by it, or by its `plan.json`.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.is_dir() {
        true => path,
        false => path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new(".")),
    }
}

/// The multipliers behind a plan's bound, where a `certificate.json` beside it holds some.
pub(super) fn multipliers(path: &Path) -> Result<Option<Certificate>, Failure> {
    #[derive(serde::Deserialize)]
    struct Stated {
        multipliers: Option<Certificate>,
    }
    let file = folder_of(path).join("certificate.json");
    if !file.is_file() {
        return Ok(None);
    }
    let usage = |cause: String| Failure::Usage {
        cause: format!("{}: {cause}", file.display()),
        hint: "it belongs to the plan: plan again, or take it away to verify the plan alone"
            .to_owned(),
    };
    let text = fs::read_to_string(&file).map_err(|fault| usage(fault.to_string()))?;
    let stated: Stated = serde_json::from_str(&text).map_err(|fault| usage(fault.to_string()))?;
    Ok(stated.multipliers)
}

/// What the multipliers prove, in words; the disagreement where the stated bound does not follow.
fn proven(
    loaded: &Loaded,
    plan: &Plan,
    multipliers: &Certificate,
) -> Result<String, Box<Discrepancy>> {
    let stated = plan.bound.map_or("none".to_owned(), pounds);
    let differs = |expected: String, message: String| {
        Box::new(Discrepancy {
            code: "bound-differs",
            subject: "plan".to_owned(),
            figure: "bound".to_owned(),
            expected,
            found: stated.clone(),
            message,
        })
    };
    let again = recompute_bound(&loaded.place, &loaded.travel, plan, multipliers)
        .map_err(|fault| differs("one that can be worked out".to_owned(), fault.to_string()))?;
    let gives = pounds(again.bound);
    match plan.bound_source {
        BoundSource::Certificate if again.follows => Ok(format!(
            "bound {stated} follows from certificate.json and the files\n"
        )),
        BoundSource::Certificate => Err(differs(
            format!("at most {gives}"),
            "the multipliers of certificate.json give no more".to_owned(),
        )),
        _ => Ok(format!(
            "bound {stated} is the solver's word; certificate.json alone proves {gives}\n"
        )),
    }
}

/// Reads a plan from its folder or its `plan.json`.
pub(super) fn read_plan(path: &Path) -> Result<Plan, Failure> {
    read_with_text(path).map(|(plan, _)| plan)
}

/// A plan with the text of its file.
fn read_with_text(path: &Path) -> Result<(Plan, String), Failure> {
    let file = if path.is_dir() {
        path.join("plan.json")
    } else {
        path.to_owned()
    };
    let usage = |cause: String| {
        Failure::Usage {
        cause,
        hint: "name a plan folder written by `oneroof plan`, or its plan.json; an edition for the public or for one \
               agency leaves figures out and cannot be verified"
            .to_owned(),
    }
    };
    let text =
        fs::read_to_string(&file).map_err(|fault| usage(format!("{}: {fault}", file.display())))?;
    let plan: Plan = serde_json::from_str(&text)
        .map_err(|fault| usage(format!("{}: {fault}", file.display())))?;
    if let Some(currency) = Currency::of_code(&plan.currency) {
        currency.print();
    }
    Ok((plan, text))
}
