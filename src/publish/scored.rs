//! How an access rule stands, in words and on a scale: for the page and the picture.

use super::audience::Audience;
use super::report::percent;
use crate::access::{RuleVerdict, Verdict};
use crate::place::words::{counted, whole};
use crate::place::{MeanLimit, Place, RuleKind};
use serde::Serialize;

/// Positions on a scale of 0 to 100.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Marks {
    pub(super) today: f64,
    pub(super) after: f64,
    pub(super) enforced: f64,
    /// The rule's own limit: not what is enforced where today is beyond it.
    pub(super) stated: f64,
}

/// Whether an audience may not see the rule's figures: those of one group or one area tell of few people.
pub(super) fn is_hidden(rule: &RuleVerdict, audience: &Audience) -> bool {
    rule.of_one_group() && !audience.sees_all()
}

/// The limit of a rule as stated, in its unit; `None` where it is relative to today.
fn stated(place: &Place, rule: &RuleVerdict) -> Option<f64> {
    let stated = &place.rules[place.rule_named(&rule.rule)?];
    match stated.kind {
        RuleKind::NoGroupWorse { .. } | RuleKind::Mean(MeanLimit::Relative(_)) => None,
        RuleKind::Capacity { .. } => Some(1.0),
        _ => Some(stated.threshold()),
    }
}

/// Where today, the plan and the limit stand; `None` where one of them is not known.
pub(super) fn marks(place: &Place, rule: &RuleVerdict) -> Option<Marks> {
    let (today, after, enforced) = (rule.today?, rule.after?, rule.enforced?);
    let stated = match rule.verdict {
        // Whatever is enforced of it, it holds as stated there.
        Verdict::Pass | Verdict::Empty => enforced,
        _ => stated(place, rule).unwrap_or(enforced),
    };
    let furthest = today.max(after).max(enforced).max(stated);
    let most = match rule.unit() {
        // A host may be visited more often than it can be.
        "share" => furthest.max(1.0),
        _ => furthest * 1.1,
    };
    let on = |value: f64| (value / most * 1_000.0).round() / 10.0;
    (most > 0.0 && most.is_finite()).then(|| Marks {
        today: on(today),
        after: on(after),
        enforced: on(enforced),
        stated: on(stated),
    })
}

/// A figure of the rule in its unit.
pub(super) fn in_unit(rule: &RuleVerdict, value: f64) -> String {
    match rule.unit() {
        "share" => percent(value),
        "buildings" => whole(value),
        "minutes" => format!("{value:.1} min"),
        _ => format!("{value:.2} km"),
    }
}

/// A kind of rules that do not simply hold: which they are, what one of them does, what several do.
type Kind = (fn(&RuleVerdict) -> bool, &'static str, &'static str);

const OTHERS: [Kind; 5] = [
    (
        |rule| rule.verdict == Verdict::FailsToday && !rule.is_kept_with_some_further(),
        "fails today and is no worse",
        "fail today and are no worse",
    ),
    (
        RuleVerdict::is_kept_with_some_further,
        "is kept, though some are further today",
        "are kept, though some are further today",
    ),
    (
        |rule| rule.verdict == Verdict::Consult,
        "needs consultation",
        "need consultation",
    ),
    (|rule| rule.verdict == Verdict::Fail, "fails", "fail"),
    (
        |rule| rule.verdict == Verdict::Empty,
        "covers nobody",
        "cover nobody",
    ),
];

/// How many rules of a plan are of each of those kinds, in words.
pub(super) fn others(all: &[RuleVerdict]) -> Vec<String> {
    let told = OTHERS.iter().filter_map(|(is, one, several)| {
        let many = all.iter().filter(|rule| is(rule)).count();
        (many > 0).then(|| counted(many, one, several))
    });
    told.collect()
}

/// A verdict in words, and as a class of the page.
pub(super) fn said(rule: &RuleVerdict) -> (&'static str, &'static str) {
    match rule.verdict {
        _ if rule.is_kept_with_some_further() => ("Kept, some are further today", "fails-today"),
        Verdict::Pass => ("Holds", "pass"),
        Verdict::FailsToday => ("Fails today, no worse after", "fails-today"),
        Verdict::Consult => ("Does not hold: consult", "consult"),
        Verdict::Fail => ("Fails", "fail"),
        Verdict::Empty => ("Covers nobody", "empty"),
    }
}
