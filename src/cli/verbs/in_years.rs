//! What the screen says of a programme.

use super::how_sure::gap_in_words;
use super::summary::{figure, number};
use crate::place::words::{counted, pounds};
use crate::plan::Plan;
use std::collections::BTreeSet;

/// What the programme saves, and whose gap is printed: the first figure where there is one.
pub(super) fn of_programme(text: &mut String, plan: &Plan) {
    let Some(programme) = &plan.programme else {
        return;
    };
    let proven = match (programme.saving_at_most_gbp, programme.gap) {
        (Some(most), Some(gap)) => format!(
            "at most {} in any order of its steps; {} of cost is that of the order, not of the end state",
            pounds(most),
            gap_in_words(gap)
        ),
        _ => "nothing is proven about the order of its steps".to_owned(),
    };
    let done = match programme.steps.iter().map(|step| step.year).max() {
        Some(last) => format!("done year by year until the end of year {last}"),
        None => "in which nothing is done".to_owned(),
    };
    figure(
        text,
        "saving, net present value",
        &pounds(programme.saving_gbp),
        &format!("of the programme, {done} ({proven})"),
    );
    let worth = programme.worth_by_agency(&plan.discount_factors);
    let losers = worth.iter().filter(|(_, worth)| *worth <= -1.0);
    let losers: Vec<String> = losers
        .map(|(agency, worth)| format!("{agency} by {}", pounds(-worth)))
        .collect();
    if !losers.is_empty() {
        let of = format!("worse off by the programme: {}", losers.join(", "));
        figure(text, "  agencies", &number(losers.len()), &of);
    }
}

/// What a programme breaks on the way, and what it leaves out.
pub(super) fn in_years(text: &mut String, plan: &Plan) {
    let Some(programme) = &plan.programme else {
        return;
    };
    if !programme.between.is_empty() {
        let mut rules: Vec<&str> = programme
            .between
            .iter()
            .map(|one| one.rule.as_str())
            .collect();
        rules.sort_unstable();
        rules.dedup();
        let years: BTreeSet<u32> = programme.between.iter().map(|one| one.year).collect();
        let years: Vec<String> = years.iter().map(u32::to_string).collect();
        let beside = format!(
            "do not hold at the end of year {}, though all do in the end: between.csv says by how much ({})",
            years.join(", "),
            rules.join(", ")
        );
        let count = counted(rules.len(), "rule", "rules");
        figure(text, "short on the way", &count, &beside);
    }
    if programme.postponed.is_empty() {
        return;
    }
    let relief: Vec<&str> = programme
        .relief
        .iter()
        .map(|one| one.words.as_str())
        .collect();
    let fits = match relief.as_slice() {
        [] => "no change of one limit was found with which all fits".to_owned(),
        words => format!("all fits with {}", words.join(", or with ")),
    };
    let beside = format!(
        "of the end state: the limits of [phase] leave no room for them, and programme.csv says why; {fits}"
    );
    let count = programme.postponed.len();
    figure(text, "postponed", &counted(count, "part", "parts"), &beside);
}
