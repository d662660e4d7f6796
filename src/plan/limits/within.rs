//! R1 as a cover: targets within the limit weigh at least what is enforced.

use super::access::{Targets, Terms};
use crate::access::rules::Within;
use crate::place::AccessRule;
use crate::siting::Cover;

/// The cover of a `within` rule; `None` where it asks nothing, or is soft without a price.
pub(crate) fn cover(
    rule: &AccessRule,
    limit: &Within,
    targets: &Targets,
    terms: Terms,
) -> Option<Cover> {
    if limit.enforced == 0 || (!rule.hard && rule.price_gbp.is_none()) {
        return None;
    }
    Some(Cover::Share {
        name: rule.id.to_string(),
        limit: limit.limit.steps(),
        weights: targets.weights(&limit.scope.weights),
        need: limit.enforced,
        price: terms.price_of_weight(rule),
    })
}
