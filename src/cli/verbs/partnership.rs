//! `partnership PLACE --out DIR`: load, plan every group, say what follows, publish.

use super::finish::{fits, refused, understood};
use super::open::open;
use super::plan::{failure, objective};
use crate::cli::args::PartnershipVerb;
use crate::cli::group_line::GroupLine;
use crate::cli::{Failure, out};
use crate::load::LoadOptions;
use crate::load::config::did_you_mean;
use crate::partnership::{CoreAnswer, Partnering, Partnership, PartnershipError, partnership};
use crate::place::words::{counted, pounds};
use crate::plan::Wish;
use crate::publish::{
    Audience, PartnershipEdition, kept_before, may_publish_partnership, publish_partnership,
    save_kept,
};
use std::fmt::Write;
use std::path::Path;

pub(super) fn run(typed: &PartnershipVerb) -> Result<(), Failure> {
    let audience = understood(&typed.audience)?;
    may_publish_partnership(&typed.out).map_err(refused)?;
    let loaded = open(&typed.place, LoadOptions::default())?;
    fits(&audience, &loaded.place)?;
    let ask = Partnering {
        members: typed.member.clone(),
        wish: Wish {
            objective: typed.objective.map(objective),
            gap: typed.gap,
            time: typed.time,
            rounds: None,
            seed: typed.seed,
            second_stage: false,
        },
        orders: typed.orders,
        threads: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
    };
    let line = GroupLine::start(typed.progress);
    let before = kept_before(&typed.out);
    let done = partnership(&loaded.place, &loaded.travel, &ask, before.as_ref(), &line);
    line.finish();
    // What was solved tells everything about everybody: only the partners' folder keeps it.
    let keeps = (audience == Audience::Partners).then_some(typed.out.as_path());
    let (told, kept) = done.map_err(|fault| refusal(fault, keeps))?;
    let edition = PartnershipEdition {
        place: &loaded.place,
        partnership: &told,
        kept: &kept,
        audience: &audience,
        excel: typed.excel,
    };
    publish_partnership(&typed.out, &edition).map_err(refused)?;
    match typed.json {
        true => out::json(&edition.seen())?,
        false => out::data(&on_screen(&edition.seen()))?,
    }
    let late = told.coalitions.iter().filter(|one| !one.within_gap).count();
    if late > 0 {
        let widest = told
            .widest_gap
            .map_or("no bound is proven of some".to_owned(), |gap| {
                format!("the widest gap is {:.2} % of cost", gap * 100.0)
            });
        return Err(Failure::GapLeft(format!(
            "{} of {} stopped at the time limit: every plan is verified and all is written; {widest}, {:.2} % was asked for",
            late,
            counted(told.coalitions.len(), "group", "groups"),
            typed.gap * 100.0
        )));
    }
    out::talk(&format!(
        "hint: written to {}; begin with partnership.md",
        typed.out.display()
    ));
    Ok(())
}

/// What could not be done, in the words and with the code of the command line.
fn refusal(fault: PartnershipError, keeps: Option<&Path>) -> Failure {
    let cause = fault.to_string();
    match fault {
        PartnershipError::UnknownAgency { id, known } => Failure::Usage {
            hint: did_you_mean(&id, known.iter().map(String::as_str)),
            cause,
        },
        PartnershipError::Twice(_) | PartnershipError::Members(_) => Failure::Usage {
            cause,
            hint: "give --member for each agency, or group joined with `+`, that takes part"
                .to_owned(),
        },
        PartnershipError::Plan(fault) => failure(fault),
        PartnershipError::NotVerified { figures, .. } => Failure::NotVerified(figures),
        PartnershipError::Interrupted { kept, of } => {
            let Some(folder) = keeps else {
                return Failure::Interrupted;
            };
            match save_kept(folder, &kept) {
                Ok(true) => {
                    out::talk(&format!(
                        "note: {} of {} are planned and kept in {}; the same command goes on from there",
                        kept.plans.len(),
                        counted(of, "group", "groups"),
                        folder.display()
                    ));
                    Failure::Interrupted
                }
                Ok(false) => Failure::Interrupted,
                Err(fault) => refused(fault),
            }
        }
        PartnershipError::Solver(cause) => Failure::Internal(cause),
    }
}

fn on_screen(told: &Partnership) -> String {
    let mut text = format!("{}, base date {}\n", told.place, told.base_date);
    let most = told
        .together_most_gbp
        .map_or("no bound is proven".to_owned(), |most| {
            format!("at most {}", pounds(most))
        });
    let gap = told.gap.map_or(String::new(), |gap| {
        format!("; gap {:.2} % of cost", gap * 100.0)
    });
    let a_year = if told.objective == "running_cost" {
        " a year"
    } else {
        ""
    };
    let _ = writeln!(
        text,
        "{} planned; working together adds {}{a_year} over everyone alone\n",
        counted(told.coalitions.len(), "group", "groups"),
        pounds(told.adds_gbp)
    );
    let _ = writeln!(
        text,
        "  saved together {:>17} ({most}{gap})",
        pounds(told.together_gbp)
    );
    let _ = writeln!(
        text,
        "  saved alone, in sum {:>12}\n",
        pounds(told.alone_gbp)
    );
    if let Some(purse) = told.one_purse() {
        let _ = writeln!(text, "  {}\n", purse.replace("; ", ";\n  "));
    }
    let wide = told
        .shares
        .iter()
        .map(|one| one.member.chars().count())
        .max()
        .unwrap_or(0)
        .max(6);
    let _ = writeln!(
        text,
        "  {:<wide$} {:>14} {:>14} {:>31} {:>14}",
        "member", "alone", "share", "which lies between", "transfer"
    );
    for one in &told.shares {
        let known = |end: Option<f64>| end.map_or("?".to_owned(), pounds);
        let between = format!(
            "{} and {}",
            known(one.share_least_gbp),
            known(one.share_most_gbp)
        );
        let _ = writeln!(
            text,
            "  {:<wide$} {:>14} {:>14} {between:>31} {:>14}",
            one.member,
            pounds(one.alone_gbp),
            pounds(one.share_gbp),
            pounds(one.transfer_gbp)
        );
    }
    let core = match told.core {
        CoreAnswer::Yes => "yes",
        CoreAnswer::No => "no",
        CoreAnswer::Undecided => "undecided at this gap",
    };
    let _ = writeln!(text, "\n  a split that no group would leave: {core}");
    if told.subsidy_gbp > 0.0 {
        let _ = writeln!(
            text,
            "  by the plans found, {} from outside would be needed",
            pounds(told.subsidy_gbp)
        );
    }
    text
}
