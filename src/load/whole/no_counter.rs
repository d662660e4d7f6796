//! Services with limits on access and no counter anywhere: a misspelt service in a table, usually.

use super::reading::Desk;
use crate::load::config::ConfigText;
use crate::place::{Finding, Place, Severity};
use std::collections::BTreeMap;

/// Names the services that have an access rule, and nobody in any building.
pub(super) fn name(place: &Place, text: &ConfigText, desk: &mut Desk) {
    let mut rules: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for rule in &place.rules {
        let mut all = place.occupiers.iter();
        if !all.any(|occupier| occupier.service == rule.service) {
            let own = rules.entry(rule.service.index()).or_default();
            own.push(rule.id.as_str());
        }
    }
    for (at, ids) in rules {
        let service = &place.services[at];
        desk.findings.push(
            Finding::new(
                "rule-without-counter",
                Severity::Warn,
                text.at(&format!("service[{at}]")),
            )
            .column("id")
            .cell(service.id.to_string())
            .cause(format!(
                "no table has anybody of this service in any building, so that {} protects nobody",
                ids.join(", ")
            ))
            .action(
                "look for the service under another spelling in the tables, or take the rule out",
            ),
        );
    }
}
