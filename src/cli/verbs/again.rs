//! `plan --from PLAN` and `plan --alternatives N`: what stands beside the plan, in words.

use super::verify::read_plan;
use crate::cli::Failure;
use crate::place::Place;
use crate::place::words::{count, counted, pounds};
use crate::plan::{Drift, Plan};
use crate::publish::{alternative, apart, changes};
use std::fmt::Write;
use std::path::Path;

/// How many of a kind are named.
const NAMED: usize = 6;

/// Reads the plan to start from; one of another place is refused.
pub(super) fn last(path: &Path, place: &Place) -> Result<Plan, Failure> {
    let plan = read_plan(path)?;
    if plan.place != place.name {
        return Err(Failure::Usage {
            cause: format!(
                "{} is a plan of {}, and the place is {}",
                path.display(),
                plan.place,
                place.name
            ),
            hint: "name an earlier plan of this place".to_owned(),
        });
    }
    Ok(plan)
}

/// What became of the last plan, and what the new one changes about it.
pub(super) fn drift(drift: &Drift, last: &Plan, new: &Plan) -> String {
    let mut text = format!("\nsince the plan of {}\n", drift.planned_on);
    let files: Vec<String> = drift
        .files
        .iter()
        .map(|one| format!("{} {}", one.file, one.now))
        .collect();
    let data = match files.is_empty() {
        true => "its data are those of now".to_owned(),
        false => format!("its data are not those of now: {}", first(&files)),
    };
    let _ = writeln!(text, "  {data}");
    settings(&mut text, drift);
    for (what, ids) in [("no longer there", &drift.gone), ("new", &drift.new)] {
        if !ids.is_empty() {
            let _ = writeln!(text, "  {what}: {}", first(ids));
        }
    }
    let _ = writeln!(
        text,
        "  it saved {} then; {} saves {} now",
        pounds(drift.saving_then_gbp),
        match drift.in_the_way.is_empty() {
            true => "the same arrangement",
            false => "as much of it as can still be carried out",
        },
        pounds(drift.saving_now_gbp)
    );
    for rule in &drift.rules {
        let _ = writeln!(text, "  it fails now: {} ({})", rule.rule, rule.limit);
    }
    for limit in &drift.limits {
        let who = limit.agency.as_deref().unwrap_or("all together");
        let _ = writeln!(
            text,
            "  it breaks now: {} for {who}: {}, the limit is {}",
            limit.limit,
            pounds(limit.after_gbp),
            pounds(limit.limit_gbp)
        );
    }
    for why in drift.in_the_way.iter().take(NAMED) {
        let _ = writeln!(text, "  in its way now: {why}");
    }
    if !drift.fails() {
        text.push_str("  it could still be carried out as it was approved\n");
    }
    against(&mut text, last, new);
    let changed = changes(last, new);
    let of = |kind: &str| changed.iter().filter(|one| one.kind == kind).count();
    let _ = writeln!(
        text,
        "  it changes {} and {}; drift.csv names them",
        count(of("building"), "building"),
        counted(of("team"), "team or counter", "teams and counters")
    );
    for (kind, what) in [("building", "building"), ("team", "team or counter")] {
        let own = changed.iter().filter(|one| one.kind == kind);
        for one in own.take(NAMED / 2) {
            let _ = writeln!(
                text,
                "    {what} {}: {} instead of {}",
                one.id, one.now, one.then
            );
        }
    }
    text
}

/// The limits and assumptions that are not what they were.
fn settings(text: &mut String, drift: &Drift) {
    for one in drift.settings.iter().take(NAMED) {
        let told = match (one.then.as_str(), one.now.as_str()) {
            ("", now) => format!("new, {now}"),
            (then, "") => format!("no longer {} ({then})", one.kind),
            (then, now) => format!("{now}; it was {then}"),
        };
        let _ = writeln!(text, "  {} otherwise: {}: {told}", one.kind, one.name);
    }
    if let Some(more) = drift.settings.len().checked_sub(NAMED + 1) {
        let _ = writeln!(
            text,
            "  and {} more in drift.csv",
            count(more + 1, "setting")
        );
    }
}

/// What the new plan saves against the last one, and which agencies are better and worse off by it.
fn against(text: &mut String, last: &Plan, new: &Plan) {
    if last.objective != new.objective {
        text.push_str("  it was made for another objective: what both save cannot be compared\n");
        return;
    }
    let more = new.saving_gbp - last.saving_gbp;
    let than = match more {
        more if more.abs() < 0.5 => "as much as it did".to_owned(),
        more if more > 0.0 => format!("{} more than it did", pounds(more)),
        more => format!("{} less than it did", pounds(-more)),
    };
    let _ = writeln!(text, "  this plan saves {}, {than}", pounds(new.saving_gbp));
    let gains: Vec<(f64, String)> = new
        .ledger
        .iter()
        .filter_map(|own| {
            let mut before = last.ledger.iter().filter(|one| one.agency == own.agency);
            let more = own.npv_gbp - before.next()?.npv_gbp;
            let way = if more > 0.0 { "better" } else { "worse" };
            let words = format!("{} is {} {way} off", own.agency, pounds(more.abs()));
            (more.abs() >= 0.5).then_some((more, words))
        })
        .collect();
    let mut shown: Vec<&(f64, String)> = gains.iter().collect();
    shown.sort_by(|one, other| {
        other
            .0
            .abs()
            .total_cmp(&one.0.abs())
            .then(one.1.cmp(&other.1))
    });
    let beside = |own: &Plan, other: &Plan, what: &str| -> Vec<String> {
        let known = |agency: &str| other.ledger.iter().any(|one| one.agency == agency);
        let alone = own.ledger.iter().filter(|one| !known(&one.agency));
        alone.map(|one| format!("{} {what}", one.agency)).collect()
    };
    let mut alone = beside(new, last, "was not in the last plan");
    alone.extend(beside(last, new, "is not in this one"));
    if !alone.is_empty() {
        let _ = writeln!(text, "    {}", first(&alone));
    }
    if !shown.is_empty() {
        let words: Vec<String> = shown.into_iter().map(|(_, words)| words.clone()).collect();
        let _ = writeln!(text, "    {}", first(&words));
    }
}

/// The plan and those that are nearly as good, on a line each.
pub(super) fn alternatives(plan: &Plan, others: &[Plan], within: f64, asked: usize) -> String {
    let mut text = format!(
        "\nplans within {:.2} % of its cost that differ most\n",
        within * 100.0
    );
    for (at, one) in others.iter().enumerate() {
        let (buildings, teams) = apart(plan, one);
        let _ = writeln!(
            text,
            "  {:<14} saves {:>14}, costs {}; {} and {} otherwise",
            alternative(at),
            pounds(one.saving_gbp),
            costs(plan, one),
            count(buildings, "building"),
            counted(teams, "team or counter", "teams and counters"),
        );
    }
    if others.iter().any(|one| one.value < plan.value - 0.5) {
        text.push_str(
            "  one of them is cheaper than the plan, which is not proven the cheapest or gives some money for shorter journeys\n",
        );
    }
    if others.len() < asked {
        let _ = writeln!(
            text,
            "  {} found in the time, {asked} asked for",
            match others.len() {
                0 => "none".to_owned(),
                found => found.to_string(),
            }
        );
    }
    text
}

/// How much more a plan costs than another, or less.
fn costs(plan: &Plan, one: &Plan) -> String {
    let share = 100.0 * (one.value - plan.value) / plan.value.abs().max(f64::MIN_POSITIVE);
    match share {
        share if share.abs() < 0.005 => "as much".to_owned(),
        share if share < 0.0 => format!("{:.2} % less", -share),
        share => format!("{share:.2} % more"),
    }
}

fn first(all: &[String]) -> String {
    let shown = all[..all.len().min(NAMED)].join(", ");
    match all.len().saturating_sub(NAMED) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
