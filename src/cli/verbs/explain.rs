//! `explain PLACE PLAN ID`: load, verify, plan again with one thing changed, say what it costs.

use super::finish::{edition_of, refused};
use super::verify::{agrees, folder_of, multipliers, open_as_asked, read_plan};
use crate::cli::args::FormatArg;
use crate::cli::explain_args::Explain;
use crate::cli::progress::{SearchLine, Shown};
use crate::cli::say::folded;
use crate::cli::{Failure, out};
use crate::explain::{
    Asking, BuildingExplained, Outcome, Subject, UnknownId, explain, explain_all,
};
use crate::load::Loaded;
use crate::load::config::did_you_mean;
use crate::place::words::count;
use crate::place::{Finding, RowRef, Severity};
use crate::plan::{Price, Sureness};
use crate::publish::{Audience, has_report_for, publish_explanations, publish_report};
use std::time::Duration;

/// Solving time of one new plan: with reading and verifying, an answer within ten seconds.
const ONE: Duration = Duration::from_secs(6);

/// Solving time of all of them: with reading and writing, within a minute.
const ALL: Duration = Duration::from_secs(55);

pub(super) fn run(typed: &Explain) -> Result<(), Failure> {
    let plan = read_plan(&typed.plan)?;
    let loaded = open_as_asked(&typed.place, typed.decisions.as_ref(), &plan)?;
    let subject = match &typed.id {
        Some(id) => Some(Subject::find(&loaded.place, id).map_err(unknown)?),
        None => None,
    };
    agrees(&loaded, &plan)?;
    let certificate = multipliers(&typed.plan)?;
    let line = SearchLine::start(typed.progress, Shown::Money);
    let asking = Asking {
        certificate: certificate.as_ref(),
        place: &loaded.place,
        travel: &loaded.travel,
        plan: &plan,
        gap: typed.gap,
        time: typed.time.unwrap_or(ONE),
        rounds: typed.rounds,
        progress: &line,
    };
    let Some(subject) = subject else {
        return all(typed, &loaded, &asking, &line);
    };
    let answer = explain(&asking, subject);
    line.finish();
    match typed.format {
        FormatArg::Json => out::json(&answer),
        FormatArg::Text => out::data(&folded(&answer.text(&loaded.place), out::width())),
    }
}

fn all(
    typed: &Explain,
    loaded: &Loaded,
    asking: &Asking<'_>,
    line: &SearchLine,
) -> Result<(), Failure> {
    let time = typed.time.unwrap_or(ALL);
    let answers = explain_all(asking, time);
    line.finish();
    let folder = folder_of(&typed.plan);
    publish_explanations(folder, &answers).map_err(refused)?;
    // A partners' report that stands there shows them; one for others stays as it is.
    if has_report_for(folder, &Audience::Partners) {
        let edition = edition_of(loaded, asking.plan, Audience::Partners, false);
        publish_report(folder, &edition).map_err(refused)?;
    }
    match typed.format {
        FormatArg::Json => out::json(&answers)?,
        FormatArg::Text => out::data(&tally(&answers))?,
    }
    out::talk(&format!(
        "hint: written to {}",
        folder.join("explanations.json").display()
    ));
    Ok(())
}

/// How many of each kind, on a few lines.
fn tally(answers: &[BuildingExplained]) -> String {
    let opposites = || answers.iter().filter_map(|one| one.opposite.as_ref());
    let outcome = |wanted: Outcome| opposites().filter(|one| one.outcome == wanted).count();
    let prices = |wanted: &dyn Fn(&Price) -> bool| {
        let all = opposites().filter_map(|one| one.price);
        all.filter(|price| wanted(price)).count()
    };
    let found = |price: &Price| price.as_found_gbp.is_some();
    let exact = prices(&|price| found(price) && price.is_exact());
    let interval = prices(&|price| found(price) && !price.is_exact());
    let sure = |wanted: &Sureness| {
        let all = answers.iter();
        all.filter(|one| Sureness::from_code(&one.proof) == Some(*wanted))
            .count()
    };
    let sure = Sureness::ALL.iter().map(|one| {
        let label = one.label().to_lowercase();
        format!("{label} {} ({})", sure(one), one.meaning())
    });
    format!(
        "{} could be the other way round: for {} such a plan was found, verified and priced, for {} there is none, \
         for {} none was found in the time\nof the prices {exact} are exact, and {interval} intervals between what was \
         found and what is proven\nhow sure the plan's own choice is: {}\n",
        count(answers.len(), "building"),
        outcome(Outcome::Planned),
        outcome(Outcome::Impossible),
        outcome(Outcome::NotFound),
        sure.collect::<Vec<_>>().join("; "),
    )
}

/// An id of nothing is bad input.
pub(super) fn unknown(fault: UnknownId) -> Failure {
    let (id, action) = match &fault {
        UnknownId::Nothing { id, known } => {
            (id, did_you_mean(id, known.iter().map(String::as_str)))
        }
        UnknownId::Several { id, kinds } => {
            (id, format!("write one of them: {}", kinds.join(", ")))
        }
    };
    Failure::Input {
        findings: vec![
            Finding::new("unknown-id", Severity::Error, RowRef::file("ID"))
                .cell(id)
                .cause(fault.to_string())
                .action(action),
        ],
        hint: "actions.csv, moves.csv, access.csv and limits.csv of the plan folder list the ids"
            .to_owned(),
    }
}
