//! Groups that nobody is in, and limits about them: a scale read from the wrong end, usually.

use super::reading::Desk;
use crate::load::config::{ConfigText, PlaceConfig};
use crate::place::{AccessRule, Finding, Place, RuleKind, Severity};
use std::collections::BTreeSet;

/// Names the groups of `place.toml` that nobody is in, and the rules that count nobody because of their group.
pub(super) fn name(config: &PlaceConfig, place: &Place, text: &ConfigText, desk: &mut Desk) {
    let mut empty = BTreeSet::new();
    for (index, block) in config.zones.iter().enumerate() {
        for group in block.groups.keys() {
            let people = place.zones.iter().map(|zone| {
                let share = zone.groups.get(group).copied().unwrap_or(0.0);
                let demand = zone.demand.iter().map(|people| people.get());
                share * demand.fold(zone.population.get(), f64::max)
            });
            if people.sum::<f64>() > 0.0 || !empty.insert(group.as_str()) {
                continue;
            }
            let at = text.at(&format!("zones[{index}].groups"));
            desk.findings.push(
                Finding::new("group-of-nobody", Severity::Warn, at)
                    .column(format!("zones[{index}].groups.{group}"))
                    .cause(format!("nobody is in the group {group}"))
                    .action(
                        "look at its column; for a group by decile, at the scale (`of`), the end that is 1 (`one_is`) \
                         and `at_most`",
                    ),
            );
        }
    }
    for (at, rule) in place.rules.iter().enumerate() {
        if let Some(groups) = about_nobody(place, rule) {
            desk.findings.push(
                Finding::new(
                    "rule-about-nobody",
                    Severity::Warn,
                    text.at(&format!("access[{at}]")),
                )
                .column("group")
                .cell(groups.join(", "))
                .cause(format!(
                    "nobody of {} who needs the service is in {}: {} protects nobody",
                    groups.join(", "),
                    match &rule.area {
                        Some(area) => format!("{} {}", area.kind, area.code),
                        None => "any zone".to_owned(),
                    },
                    rule.id
                ))
                .action("look at how the group is made, or take the rule out"),
            );
        }
    }
}

/// The groups of a rule none of which has anybody who needs its service where it looks.
fn about_nobody<'a>(place: &Place, rule: &'a AccessRule) -> Option<Vec<&'a str>> {
    let groups: Vec<&str> = match (&rule.group, &rule.kind) {
        (Some(group), _) => vec![group],
        (None, RuleKind::NoGroupWorse { groups, .. }) => {
            groups.iter().map(String::as_str).collect()
        }
        (None, _) => return None,
    };
    let looked_at = place.zones.iter().filter(|zone| {
        let area = rule.area.as_ref();
        area.is_none_or(|area| zone.areas.get(&area.kind) == Some(&area.code))
    });
    let mut zones = looked_at.filter(|zone| zone.demand[rule.service.index()].get() > 0.0);
    let somebody = zones.any(|zone| {
        let share = |group: &&str| zone.groups.get(*group).copied().unwrap_or(0.0);
        groups.iter().any(|group| share(group) > 0.0)
    });
    (!somebody && !groups.is_empty()).then_some(groups)
}
