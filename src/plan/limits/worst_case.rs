//! R2 as a cover: every target within its own limit.

use super::access::{Targets, Terms};
use crate::access::rules::WorstCase;
use crate::place::AccessRule;
use crate::siting::Cover;
use std::collections::BTreeMap;

/// The covers of a `worst_case` rule: one of hard limits, or, where it is soft and priced, a share of
/// everybody for each distinct limit.
pub(crate) fn covers(
    rule: &AccessRule,
    limit: &WorstCase,
    targets: &Targets,
    terms: Terms,
) -> Vec<Cover> {
    let zones: Vec<_> = limit
        .scope
        .zones()
        .filter_map(|(zone, weight)| {
            Some((targets.of_zone(zone)?, weight, limit.limit_of(zone).steps()))
        })
        .collect();
    if rule.hard {
        if zones.is_empty() {
            return Vec::new();
        }
        return vec![Cover::Each {
            name: rule.id.to_string(),
            targets: zones.iter().map(|(target, _, _)| *target as u32).collect(),
            limits: zones.iter().map(|(_, _, limit)| *limit).collect(),
        }];
    }
    let Some(price) = terms.price_of_weight(rule) else {
        return Vec::new();
    };
    let mut by_limit: BTreeMap<u32, Vec<u64>> = BTreeMap::new();
    for (target, weight, limit) in zones {
        by_limit
            .entry(limit)
            .or_insert_with(|| vec![0; targets.len()])[target] = weight;
    }
    by_limit
        .into_iter()
        .map(|(limit, weights)| Cover::Share {
            name: rule.id.to_string(),
            limit,
            need: weights.iter().sum(),
            weights,
            price: Some(price),
        })
        .collect()
}
