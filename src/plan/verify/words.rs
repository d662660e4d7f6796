//! The words of a rule's limit: they may be put as anybody likes, but their numbers are the rule's.

use super::discrepancy::{Found, of, tidy};
use super::numbers::numbers_in;
use crate::access::RuleVerdict;
use crate::place::{AccessRule, Distance, GroupLimit, MeanLimit, RuleKind};

/// Checks the numbers of the words, and that they end in the group and the area.
pub(super) fn check(rule: &AccessRule, said: &RuleVerdict, found: &mut Found) {
    let tail = whom(rule);
    let Some(head) = said.limit.strip_suffix(tail.as_str()) else {
        let why = "the words leave out whom the rule is about, or add somebody";
        let field = of("rules", rule.id.as_str(), "limit");
        found.note("rule-differs", field, format!("…{tail}"), &said.limit, why);
        return;
    };
    let own = numbers(rule);
    let printed = numbers_in(head);
    let near =
        |((own, tolerance), printed): (&(f64, f64), &f64)| (own - printed).abs() <= *tolerance;
    if own.len() != printed.len() || !own.iter().zip(&printed).all(near) {
        let why = "the words give other numbers than the rule";
        let field = of("rules", rule.id.as_str(), "limit");
        let own: Vec<_> = own.iter().map(|(number, _)| tidy(*number)).collect();
        found.note("rule-differs", field, own.join(" "), &said.limit, why);
    }
}

/// Whom a rule is about, where not everybody.
fn whom(rule: &AccessRule) -> String {
    let group = rule.group.iter().map(|group| format!(", {group}"));
    let area = rule.area.iter();
    let area = area.map(|area| format!(", {} {}", area.kind, area.code));
    let others = match &rule.kind {
        RuleKind::NoGroupWorse { groups, .. } => groups.iter().map(|g| format!(", {g}")).collect(),
        RuleKind::FloorPerArea { each, .. } => format!(", in every {each}"),
        RuleKind::MinimumHosts { each, .. } => {
            let each = each.iter().map(|each| format!(", in every {each}"));
            each.collect()
        }
        _ => String::new(),
    };
    group.chain(area).chain([others]).collect()
}

/// The numbers of a rule in the order in which they are said, with how far off they may be shown.
fn numbers(rule: &AccessRule) -> Vec<(f64, f64)> {
    let far = |limit: Distance| (limit.to_user(rule.measure.unit), 1e-6);
    // Shares are shown to a tenth of a per cent.
    let percent = |share: f64| (share * 100.0, 0.050_001);
    match rule.kind {
        RuleKind::Within { limit, share } => vec![percent(share), far(limit)],
        RuleKind::WorstCase { limit, increase } if rule.strict || increase.steps() == 0 => {
            vec![far(limit)]
        }
        RuleKind::WorstCase { limit, increase } => vec![far(limit), far(increase)],
        RuleKind::Mean(MeanLimit::Absolute(limit)) => vec![far(limit)],
        RuleKind::Mean(MeanLimit::Relative(more)) => vec![percent(1.0 + more)],
        RuleKind::Displacement { limit } => vec![far(limit)],
        RuleKind::NoGroupWorse { keep, .. } => match keep {
            GroupLimit::Mean(more) => vec![percent(1.0 + more)],
            GroupLimit::Within { limit, drop } => vec![far(limit), percent(drop)],
        },
        RuleKind::FloorPerArea { limit, share, .. } => vec![percent(share), far(limit)],
        RuleKind::MinimumHosts { at_least, .. } => vec![(f64::from(at_least), 0.0)],
        RuleKind::Capacity { visits_per_person } => vec![(visits_per_person, 1e-6)],
    }
}

/// For tests: words with the right numbers.
#[cfg(test)]
pub(super) fn said(rule: &AccessRule) -> String {
    let numbers = numbers(rule).into_iter();
    let numbers: Vec<String> = numbers.map(|(number, _)| tidy(number)).collect();
    numbers.join(" and ") + &whom(rule)
}
