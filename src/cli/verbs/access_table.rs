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
    let asked: Vec<String> = rules.iter().map(|rule| shortened(&rule.limit)).collect();
    let limit = asked.iter().map(|words| words.chars().count()).max();
    let limit = limit.unwrap_or(0).max(5);
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
    for (rule, asked) in rules.iter().zip(&asked) {
        let figure = |value: Option<f64>| value.map_or("-".to_owned(), |value| shown(rule, value));
        let words = match (rule.verdict, when) {
            _ if rule.is_kept_with_some_further() => "kept; some are further today",
            (Verdict::FailsToday, When::Today) => "fails today",
            (verdict, _) => in_words(verdict),
        };
        line(
            &rule.rule,
            asked,
            &figure(rule.today),
            &figure(rule.after),
            words,
        );
    }
    text
}

/// The longest that a limit is on the screen.
const LONGEST: usize = 64;

/// A limit without most of a long list of groups; the tables have it whole.
fn shortened(limit: &str) -> String {
    if limit.chars().count() <= LONGEST {
        return limit.to_owned();
    }
    let start: String = limit.chars().take(LONGEST - 3).collect();
    let kept = start.rfind(", ").map_or(start.as_str(), |at| &start[..at]);
    format!("{kept}, …")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_of_many_groups_is_told_with_the_first_of_them() {
        let asked = "no group's mean above 102.0 % of today's";
        let many: Vec<String> = (1..=10).map(|at| format!("deprivation={at}")).collect();
        let told = shortened(&format!("{asked}, {}", many.join(", ")));
        assert_eq!(told, format!("{asked}, deprivation=1, …"));
        assert_eq!(shortened(asked), asked);
    }
}
