//! The access rules as a scorecard.

use super::super::edition::Issue;
use super::super::scored::{Marks, in_unit, is_hidden, marks, others, said};
use super::story::{Card, Fact};
use super::words::listed;
use crate::access::{RuleVerdict, Verdict};
use crate::place::words::{count, counted, whole};
use serde::Serialize;

/// One rule on a line, with where today, the limit and the plan stand on one scale.
#[derive(Debug, Serialize)]
pub(super) struct Scored {
    rule: String,
    service: String,
    limit: String,
    measure: String,
    hard: bool,
    today: String,
    after: String,
    short_today: String,
    short_after: String,
    verdict: &'static str,
    /// `pass`, `fails-today`, `consult`, `fail`, `empty`.
    class: &'static str,
    source: String,
    /// Positions on a scale of 0 to 100.
    marks: Option<Marks>,
}

pub(super) fn scorecard(issue: &Issue<'_>) -> Vec<Scored> {
    issue
        .plan()
        .rules
        .iter()
        .map(|rule| scored(issue, rule))
        .collect()
}

fn scored(issue: &Issue<'_>, rule: &RuleVerdict) -> Scored {
    let audience = &issue.edition.audience;
    let hidden = is_hidden(rule, audience);
    let figure = |value: Option<f64>| match value {
        Some(value) if !hidden => in_unit(rule, value),
        Some(_) => "for partners".to_owned(),
        None => "–".to_owned(),
    };
    let (verdict, class) = said(rule);
    let mut services = issue.place().services();
    let service = services.find(|(_, one)| one.id.as_str() == rule.service);
    Scored {
        rule: rule.rule.clone(),
        service: service.map_or_else(|| rule.service.clone(), |(_, one)| one.name.clone()),
        limit: rule.limit.clone(),
        measure: rule.measure.clone(),
        hard: rule.hard,
        today: figure(rule.today),
        after: figure(rule.after),
        short_today: audience.count(rule.people_short_today),
        short_after: audience.count(rule.people_short_after),
        verdict,
        class,
        source: rule.source.clone().unwrap_or_default(),
        marks: marks(issue.place(), rule).filter(|_| !hidden),
    }
}

fn how_many(issue: &Issue<'_>, verdict: Verdict) -> usize {
    let rules = issue.plan().rules.iter();
    rules.filter(|rule| rule.verdict == verdict).count()
}

/// The rules in one figure.
pub(super) fn card(issue: &Issue<'_>) -> Card {
    let all = issue.plan().rules.len();
    let holding = how_many(issue, Verdict::Pass);
    let others = others(&issue.plan().rules);
    let beside = match (all, others.is_empty()) {
        (0, _) => "no access rule is stated".to_owned(),
        (_, true) => "as stated, of all that the place states".to_owned(),
        _ => listed(&others),
    };
    Card {
        label: "Access rules that hold".to_owned(),
        figure: format!("{} of {}", whole(holding as f64), whole(all as f64)),
        beside,
    }
}

/// The rules in sentences: how many hold, and each that does not.
pub(super) fn facts(issue: &Issue<'_>) -> Vec<Fact> {
    let all = issue.plan().rules.len();
    if all == 0 {
        let text = "The place states no access rule.";
        return vec![Fact::new(text, "access.csv")];
    }
    let hard = issue.plan().rules.iter().filter(|rule| rule.hard).count();
    let mut facts = vec![Fact::new(
        format!(
            "Of {}, {} hard, {} as stated.",
            count(all, "access rule"),
            whole(hard as f64),
            match how_many(issue, Verdict::Pass) {
                1 => "1 holds".to_owned(),
                many => format!("{} hold", whole(many as f64)),
            }
        ),
        "access.csv",
    )];
    for (verdict, is_beside, one, several) in [
        (
            Verdict::FailsToday,
            false,
            "fails today as stated, and the plan is no worse than today",
            "fail today as stated, and the plan is no worse than today",
        ),
        (
            Verdict::FailsToday,
            true,
            "is kept, though some people are further than its distance today: its own words allow that",
            "are kept, though some people are further than their distance today: their own words allow that",
        ),
        (
            Verdict::Consult,
            false,
            "is soft and does not hold, so that it asks for consultation",
            "are soft and do not hold, so that they ask for consultation",
        ),
        (
            Verdict::Fail,
            false,
            "is hard and fails",
            "are hard and fail",
        ),
    ] {
        let named: Vec<String> = issue
            .plan()
            .rules
            .iter()
            .filter(|rule| rule.verdict == verdict)
            .filter(|rule| rule.is_kept_with_some_further() == is_beside)
            .map(|rule| rule.rule.clone())
            .collect();
        if !named.is_empty() {
            let text = format!(
                "{}: {}.",
                counted(named.len(), one, several),
                listed(&named)
            );
            facts.push(Fact::new(text, "access.csv"));
        }
    }
    let consult: Vec<_> = issue
        .moves()
        .filter(|(planned, _)| !planned.consult.is_empty())
        .collect();
    if !consult.is_empty() {
        let text = format!(
            "Of {}, {} further than a soft limit allows: there is a duty to consult on each.",
            count(issue.moves().count(), "move"),
            counted(consult.len(), "goes", "go"),
        );
        facts.push(Fact::new(text, "moves.csv"));
    }
    facts
}
