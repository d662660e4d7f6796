//! Where every access rule stands, as a table on the screen.

use crate::access::{RuleVerdict, Verdict};
use std::fmt::Write;

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
    match rule.unit() {
        "share" => format!("{:.1} %", value * 100.0),
        "buildings" => format!("{value:.0}"),
        "minutes" => format!("{value:.1} min"),
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
