//! What an access rule costs: what would be saved if it asked for a step less.

use super::again::{Asking, Opposite};
use crate::access::{RuleVerdict, assess, today};
use crate::place::{MeanLimit, Objective, RuleKind};
use crate::plan::{Plan, Price};
use serde::Serialize;

/// What a rule costs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RuleExplained {
    /// Its id.
    pub rule: String,
    /// Where it stands: today, enforced, under the plan.
    pub stands: RuleVerdict,
    /// The step it is eased by: its limit then, in words.
    pub eased_to: String,
    /// What easing it saves; both ends are no less than 0, because the plan is still one.
    pub saves: Option<Saves>,
    /// The plan under the eased rule, set beside the plan.
    pub eased: Opposite,
}

/// What is saved where a rule is eased, £ of present value, or £ a year.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Saves {
    /// At least, by the bounds.
    pub at_least_gbp: Option<f64>,
    /// As found.
    pub as_found_gbp: f64,
    /// At most, by the bounds.
    pub at_most_gbp: Option<f64>,
    /// What the pounds are of.
    pub of: Objective,
}

pub(super) fn explained(asking: &Asking<'_>, at: usize) -> RuleExplained {
    let (place, travel) = (asking.place, asking.travel);
    let rule = &place.rules[at];
    let arrangement = asking.plan.arrangement(place);
    let stands = assess(place, travel, &today(place, travel), &arrangement).swap_remove(at);
    let enforced = match rule.kind {
        RuleKind::Within { .. }
        | RuleKind::FloorPerArea { .. }
        | RuleKind::MinimumHosts { .. }
        | RuleKind::Mean(MeanLimit::Absolute(_)) => stands.enforced,
        _ => None,
    };
    let mut changed = place.clone();
    changed.rules[at] = rule.eased(enforced.unwrap_or_else(|| rule.threshold()));
    let eased_to = today(&changed, travel).limits[at].in_words(&changed.rules[at]);
    let (eased, plan) = asking.again(&changed, eased_to.clone(), &[]);
    RuleExplained {
        rule: rule.id.to_string(),
        stands,
        eased_to,
        saves: plan.map(|plan| saves(asking.plan, &plan)),
        // What is eased is no price of a further limit.
        eased: Opposite {
            price: None,
            ..eased
        },
    }
}

/// The plan is one under the eased limit too: to be without what it eases costs less, if anything.
pub(super) fn saves(plan: &Plan, eased: &Plan) -> Saves {
    let Price {
        at_least_gbp,
        as_found_gbp,
        at_most_gbp,
        of,
    } = Price::of(eased, plan);
    Saves {
        at_least_gbp: at_least_gbp.map(|least| least.max(0.0)),
        as_found_gbp: as_found_gbp.unwrap_or_default().max(0.0),
        at_most_gbp: at_most_gbp.map(|most| most.max(0.0)),
        of,
    }
}
