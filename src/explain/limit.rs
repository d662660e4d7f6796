//! What a limit on money costs: what would be saved if it asked for a step less.

use super::again::{Asking, Opposite};
use super::rule::{Saves, saves};
use crate::place::MoneyRule;
use crate::place::words::pounds;
use crate::plan::LimitVerdict;
use serde::Serialize;

/// What a limit on money costs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LimitExplained {
    /// Its id: `capital_budget`, or with an agency `capital_budget:police`.
    pub limit: String,
    /// Where it stands under the plan: once, or for each agency where it is one for all.
    pub stands: Vec<LimitVerdict>,
    /// The step it is eased by, in words.
    pub eased_to: String,
    /// What easing it saves; both ends are no less than 0, because the plan is still one.
    pub saves: Option<Saves>,
    /// The plan under the eased limit, set beside the plan.
    pub eased: Opposite,
}

/// The id that a limit is asked about by.
pub(super) fn id_of(place: &crate::place::Place, rule: MoneyRule) -> String {
    match rule.whose() {
        Some(at) => format!("{}:{}", rule.name(), place.agency(at).id),
        None => rule.name().to_owned(),
    }
}

pub(super) fn explained(asking: &Asking<'_>, rule: MoneyRule) -> LimitExplained {
    let place = asking.place;
    let whose = rule.whose().map(|at| place.agency(at).id.to_string());
    let own = |one: &&LimitVerdict| {
        let any = matches!(rule, MoneyRule::WorseOff(None));
        one.limit == rule.name() && (any || one.agency == whose)
    };
    let mut changed = place.clone();
    let limits = &place.finance.limits;
    changed.finance.limits = limits.eased(rule);
    let eased_to = in_words(place, &changed.finance.limits, rule);
    let (eased, plan) = asking.again(&changed, eased_to.clone(), &[]);
    LimitExplained {
        limit: id_of(place, rule),
        stands: asking.plan.limits.iter().filter(own).cloned().collect(),
        eased_to,
        saves: plan.map(|plan| saves(asking.plan, &plan)),
        // What is eased is no price of a further limit.
        eased: Opposite {
            price: None,
            ..eased
        },
    }
}

fn in_words(
    place: &crate::place::Place,
    limits: &crate::place::MoneyLimits,
    rule: MoneyRule,
) -> String {
    let who = rule.whose().map(|at| place.agency(at).name.as_str());
    match rule {
        MoneyRule::Budget(at) => {
            let budget = limits.budget.as_ref();
            let most = budget.and_then(|budget| match at {
                Some(at) => budget.by_agency.get(&at).copied(),
                None => budget.pooled,
            });
            let by = who.unwrap_or("all agencies together");
            format!("{} spent once by {by}", pounds(most.unwrap_or_default()))
        }
        MoneyRule::WorseOff(at) => {
            let lose = limits.worse_off.as_ref().map_or(0.0, |worse_off| match at {
                Some(at) => worse_off.tolerance_of(at),
                None => worse_off.tolerance,
            });
            let who = who.unwrap_or("each agency");
            format!("{} that {who} may lose", pounds(lose))
        }
        MoneyRule::Savings => {
            let share = limits.savings_share.unwrap_or_default();
            format!("{:.1} % of the running cost to be saved", share * 100.0)
        }
    }
}
