//! A plan on one screen.

use crate::access::{RuleVerdict, Verdict};
use crate::cli::out;
use crate::cli::say::{count, gbp, grouped};
use crate::place::{Grade, Objective, Place};
use crate::plan::{Action, Outcome, Plan, Status};
use std::collections::BTreeSet;
use std::fmt::Write;

/// What a person reads after `plan`, `appraise` or `check`: what is proposed, what it saves and of
/// what, how sure we are, and where every access rule stands.
pub(super) fn of(plan: &Plan, place: &Place) -> String {
    let mut text = format!("{}, base date {}\n", plan.place, plan.base_date);
    let _ = writeln!(text, "{}\n", proposal(plan));
    money(&mut text, plan);
    if let Some(line) = leaning(plan, place) {
        let _ = writeln!(text, "{line}");
    }
    if !plan.rules.is_empty() {
        text.push('\n');
        text.push_str(&access(&plan.rules, When::TodayAndAfter, out::width()));
    }
    for conflict in &plan.conflicts {
        let _ = writeln!(text, "\nconflict: {conflict}");
    }
    text
}

/// The same for a machine.
pub(super) fn json(plan: &Plan) -> serde_json::Value {
    serde_json::json!({
        "status": plan.status,
        "objective": plan.objective,
        "value": plan.value,
        "bound": plan.bound,
        "gap": plan.gap,
        "saving_gbp": plan.saving_gbp,
        "saving_at_most_gbp": plan.saving_at_most_gbp,
        "running_cost_today_gbp": plan.running_cost_today_gbp,
        "running_cost_after_gbp": plan.running_cost_after_gbp,
        "confidence": plan.confidence,
        "rules": plan.rules,
    })
}

fn proposal(plan: &Plan) -> String {
    let in_question: Vec<_> = plan
        .buildings
        .iter()
        .filter(|b| b.action != Action::Outside)
        .collect();
    let gone = in_question.iter().filter(|b| !b.action.is_open()).count();
    let hosts = in_question
        .iter()
        .filter(|b| b.action == Action::Host)
        .count();
    let moved = plan
        .occupiers
        .iter()
        .filter(|o| o.outcome != Outcome::Stay)
        .count();
    format!(
        "keeps {} of {} in play, {hosts} of them as hosts; lets {gone} go; moves {moved} of {}",
        in_question.len() - gone,
        count(in_question.len(), "building"),
        count(plan.occupiers.len(), "occupier"),
    )
}

fn money(text: &mut String, plan: &Plan) {
    let (what, unit) = match plan.objective {
        Objective::NetPresentValue => ("saving, net present value", ""),
        Objective::RunningCost => ("saving, running cost", " a year"),
    };
    let _ = writeln!(
        text,
        "  {what:<27} {:>14}{unit}{}",
        gbp(plan.saving_gbp),
        sureness(plan)
    );
    let before = plan.running_cost_today_gbp;
    let after = plan.running_cost_after_gbp;
    let share = if before > 0.0 {
        (after - before) / before * 100.0
    } else {
        0.0
    };
    let _ = writeln!(
        text,
        "  {:<27} {:>14} a year, from {} ({share:+.1} % of in-scope running cost)",
        "running cost",
        gbp(after),
        gbp(before)
    );
    let one_off: f64 = plan.ledger.iter().map(|agency| agency.one_off_gbp).sum();
    let receipts: f64 = plan.ledger.iter().map(|agency| agency.receipts_gbp).sum();
    let _ = writeln!(text, "  {:<27} {:>14} once", "one-off cost", gbp(one_off));
    let _ = writeln!(
        text,
        "  {:<27} {:>14} once, never counted as a saving",
        "receipts",
        gbp(receipts)
    );
    if let Some(travel) = &plan.travel {
        let _ = writeln!(
            text,
            "  {:<27} {:>14} person-km, from {} today ({} before the second stage)",
            "travel",
            grouped(travel.person_km),
            grouped(travel.person_km_today),
            grouped(travel.person_km_first)
        );
    }
    let _ = writeln!(text, "  {:<27} {:>14}", "confidence", plan.confidence);
}

/// How much of what is avoided is running cost that nobody stated, in present value.
fn leaning(plan: &Plan, place: &Place) -> Option<String> {
    let defaulted: BTreeSet<&str> = place
        .buildings
        .iter()
        .filter(|building| building.running_fixed.grade == Grade::Defaulted)
        .map(|building| building.id.as_str())
        .collect();
    let lines: Vec<_> = plan
        .ledger
        .iter()
        .flat_map(|agency| &agency.lines)
        .filter(|line| line.line == "running_fixed" && line.npv_gbp > 0.0)
        .filter(|line| defaulted.contains(line.subject.as_str()))
        .collect();
    let leans: f64 = lines.iter().map(|line| line.npv_gbp).sum();
    if lines.is_empty() || plan.objective != Objective::NetPresentValue || plan.saving_gbp <= 0.0 {
        return None;
    }
    Some(format!(
        "  {:<27} {:>14} of avoided running cost, at {} that state{} none",
        "resting on defaults",
        gbp(leans),
        count(lines.len(), "building"),
        if lines.len() == 1 { "s" } else { "" },
    ))
}

fn sureness(plan: &Plan) -> String {
    match (plan.status, plan.saving_at_most_gbp, plan.gap) {
        (Status::Appraised, _, _) => String::new(),
        (_, Some(most), Some(gap)) => {
            format!(" (at most {}; gap {:.2} % of cost)", gbp(most), gap * 100.0)
        }
        _ => " (nothing is proven)".to_owned(),
    }
}

/// What an access table shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// Nothing is planned yet.
    Today,
    TodayAndAfter,
}

/// Every access rule on a line; on two where the line would not fit into `room` columns.
pub(super) fn access(rules: &[RuleVerdict], when: When, room: usize) -> String {
    let width = |of: fn(&RuleVerdict) -> &str, least: usize| {
        rules
            .iter()
            .map(|rule| of(rule).chars().count())
            .max()
            .unwrap_or(0)
            .max(least)
    };
    let widest = width(|rule| &rule.rule, 11);
    let limit = width(|rule| &rule.limit, 5);
    let after = when == When::TodayAndAfter;
    let mut text = String::new();
    let mut line = |rule: &str, asked: &str, today: &str, then: &str, verdict: &str| {
        let then = if after {
            format!(" {then:>9}")
        } else {
            String::new()
        };
        let figures = format!("{today:>9}{then}  {verdict}");
        let whole = format!("  {rule:<widest$}  {asked:<limit$} {figures}");
        let longest =
            widest + limit + "fails today, and is no worse".len() + 5 + if after { 21 } else { 11 };
        if longest <= room {
            let _ = writeln!(text, "{whole}");
        } else {
            let _ = writeln!(text, "  {rule}: {asked}\n    {figures}");
        }
    };
    line("access rule", "limit", "today", "after", "verdict");
    for rule in rules {
        let figure = |value: Option<f64>| value.map_or("-".to_owned(), |value| shown(rule, value));
        let words = match (rule.verdict, when) {
            (Verdict::FailsToday, When::Today) => "fails today",
            (verdict, _) => in_words(verdict),
        };
        line(
            &rule.rule,
            &rule.limit,
            &figure(rule.today),
            &figure(rule.after),
            words,
        );
    }
    text
}

fn shown(rule: &RuleVerdict, value: f64) -> String {
    match rule.kind.as_str() {
        "within" => format!("{:.1} %", value * 100.0),
        _ if rule.measure.ends_with("min") => format!("{value:.1} min"),
        _ => format!("{value:.2} km"),
    }
}

fn in_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::FailsToday => "fails today, and is no worse",
        Verdict::Consult => "consult",
        Verdict::Fail => "FAILS",
        Verdict::Empty => "covers nobody",
    }
}
