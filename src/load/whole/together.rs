//! `[[together]]`: services that do better under one roof.

use super::frame::Named;
use crate::load::config::{ConfigText, TogetherConfig};
use crate::place::{Finding, Together};

/// No sum or number of points is believed beyond this.
const MOST: f64 = 1e12;

/// The pairs that are stated; each fault is an error at its key.
pub(super) fn settle(
    config: &[TogetherConfig],
    text: &ConfigText,
    named: &Named,
    findings: &mut Vec<Finding>,
) -> Vec<Together> {
    let mut pairs: Vec<Together> = Vec::new();
    for (index, pair) in config.iter().enumerate() {
        let at = format!("together[{index}]");
        let mut service = |field: &str, id: &str| {
            let found = named.service(id);
            if found.is_none() {
                let key = format!("{at}.{field}");
                let finding = text.refuse("unknown-service", &key, format!("`{id}` is no service"));
                findings.push(finding.action(named.service_hint(id)));
            }
            found
        };
        let (first, second) = (
            service("first", &pair.first),
            service("second", &pair.second),
        );
        for (field, stated) in [("gbp_a_year", pair.gbp_a_year), ("points", pair.points)] {
            if let Some(stated) = stated.filter(|one| !(one.is_finite() && one.abs() <= MOST)) {
                let cause = format!("{stated} is no value of a link");
                let finding = text.refuse("bad-together", &format!("{at}.{field}"), cause);
                findings.push(finding.action("give a number, or leave it out"));
            }
        }
        let (Some(first), Some(second)) = (first, second) else {
            continue;
        };
        let again = pairs
            .iter()
            .any(|one| (one.first, one.second) == (first, second));
        let cause = match (first == second, again) {
            (true, _) => "a service is paired with itself",
            (_, true) => "the pair stands twice",
            _ => {
                pairs.push(Together {
                    first,
                    second,
                    gbp_a_year: pair.gbp_a_year,
                    points: pair.points,
                    source: pair.source.clone(),
                });
                continue;
            }
        };
        let action = "name two services, each pair once";
        findings.push(text.refuse("bad-together", &at, cause).action(action));
    }
    pairs
}
