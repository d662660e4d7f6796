//! R3 as covers: weight × distance at most what is enforced, and nobody cut off.

use super::access::{Targets, Terms};
use crate::access::rules::Mean;
use crate::place::AccessRule;
use crate::siting::Cover;

/// What the name of a cover ends with that asks for somebody within reach at all.
pub(crate) const CUT_OFF: &str = "(nobody cut off)";

/// The covers of a `mean` rule: the sum, and for a hard one the reach that every zone keeps.
pub(crate) fn covers(
    rule: &AccessRule,
    limit: &Mean,
    targets: &Targets,
    terms: Terms,
) -> Vec<Cover> {
    let price = terms.price_of_travel(rule);
    if limit.scope.is_empty() || (!rule.hard && price.is_none()) {
        return Vec::new();
    }
    let mut covers = vec![Cover::Mean {
        name: rule.id.to_string(),
        weights: targets.weights(&limit.scope.weights),
        most: limit.enforced,
        price,
    }];
    if rule.hard {
        let zones: Vec<_> = limit
            .scope
            .zones()
            .filter_map(|(zone, _)| Some((targets.of_zone(zone)?, limit.reach_of(zone))))
            .collect();
        covers.push(Cover::Each {
            name: format!("{} {CUT_OFF}", rule.id),
            targets: zones.iter().map(|(target, _)| *target as u32).collect(),
            limits: zones.iter().map(|(_, reach)| reach.steps()).collect(),
        });
    }
    covers
}
