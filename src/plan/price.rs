//! What a plan that must do something else costs more than the plan: an interval, because both are
//! known only within their gaps.

use super::report::Plan;
use crate::place::words::pounds;
use crate::place::{Objective, Place};
use serde::{Deserialize, Serialize};

/// What one more limit costs: what the best plan within it saves less than the best plan without it.
/// £ of present value, or £ a year; negative where it was found to cost less.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Price {
    /// It costs no less than this, by the bounds; `None` where nothing is proven.
    pub at_least_gbp: Option<f64>,
    /// The difference of the two plans that were found; `None` where none was found for the limit.
    pub as_found_gbp: Option<f64>,
    /// It costs no more than this, by the bounds; `None` where nothing is proven.
    pub at_most_gbp: Option<f64>,
    /// What the pounds are of.
    pub of: Objective,
}

impl Price {
    /// The price of what `limited` had to keep to and `free` had not. Savings are compared, not
    /// costs: what is kept anyway is in neither cost. What is more limited saves no more, so that the
    /// bound of the free plan is one of the limited as well.
    pub fn of(free: &Plan, limited: &Plan) -> Self {
        let best = saving(free);
        let found = saving(limited);
        let most = match (free.saving_at_most_gbp, limited.saving_at_most_gbp) {
            (Some(free), Some(limited)) => Some(limited.min(free)),
            (free, limited) => limited.or(free),
        };
        Self {
            at_least_gbp: most.map(|most| pence(best - most)),
            as_found_gbp: Some(pence(best - found)),
            at_most_gbp: free.saving_at_most_gbp.map(|most| pence(most - found)),
            of: free.objective,
        }
    }

    /// The price of another plan that need not be within the limits of the first: only its own bound
    /// says what it can save.
    pub fn of_another(plan: &Plan, other: &Plan) -> Self {
        let (best, found) = (saving(plan), saving(other));
        let most = other.saving_at_most_gbp;
        Self {
            at_least_gbp: most.map(|most| pence(best - most)),
            as_found_gbp: Some(pence(best - found)),
            at_most_gbp: plan.saving_at_most_gbp.map(|most| pence(most - found)),
            of: plan.objective,
        }
    }

    /// The price against the plan as it stands on the table, its shortened journeys included, of another
    /// that is this one but for what is near one building.
    pub fn from_the_table(plan: &Plan, turned: &Plan) -> Self {
        let best = plan.do_minimum - plan.value;
        let found = saving(turned);
        let most = turned.saving_at_most_gbp;
        Self {
            at_least_gbp: most.map(|most| pence(best - most)),
            as_found_gbp: Some(pence(best - found)),
            at_most_gbp: plan.saving_at_most_gbp.map(|most| pence(most - found)),
            of: plan.objective,
        }
    }

    /// Whether the price is known to the pound; else it is an interval.
    pub fn is_exact(&self) -> bool {
        let ends = self.at_least_gbp.zip(self.at_most_gbp);
        ends.is_some_and(|(least, most)| most - least < 1.0)
    }

    /// What was found to be saved beyond the plan, where that is something.
    pub fn better_by(&self) -> Option<f64> {
        self.as_found_gbp
            .filter(|found| *found <= -0.5)
            .map(|found| -found)
    }

    /// What is known where no plan was found within the limit: no plan within it costs less than this.
    pub fn of_bound(free: &Plan, costs_at_least: f64) -> Self {
        let best = saving(free);
        Self {
            at_least_gbp: Some(pence(best - (free.do_minimum - costs_at_least))),
            as_found_gbp: None,
            at_most_gbp: None,
            of: free.objective,
        }
    }

    /// The same price where another bound says that it is no less than this.
    #[must_use]
    pub fn no_less_than(self, at_least_gbp: Option<f64>) -> Self {
        let least = self.at_least_gbp.into_iter().chain(at_least_gbp);
        let least = least.reduce(f64::max);
        Self {
            // Never above what was found.
            at_least_gbp: least
                .map(|least| self.as_found_gbp.map_or(least, |found| least.min(found))),
            ..self
        }
    }

    /// The price in words: `costs £310 more than the plan over 30 years, between … and …`.
    pub fn words(&self, place: &Place) -> String {
        let over = over(self.of, place);
        if let Some(better) = self.better_by() {
            let most = match self.at_least_gbp {
                Some(least) if -least - better < 0.5 => ", and no more".to_owned(),
                Some(least) => format!(", and {} at most", pounds(-least)),
                None => String::new(),
            };
            return format!("saves {} more than the plan{over}{most}", pounds(better));
        }
        let Some(found) = self.as_found_gbp.map(differs) else {
            return match self.at_least_gbp {
                Some(least) if least > 0.0 => {
                    format!(
                        "costs at least {}{over}; no plan with it was found in the time",
                        differs(least)
                    )
                }
                Some(least) => format!(
                    "is not priced: no plan with it was found in the time; by the bounds it saves {} at most{over}",
                    pounds(-least)
                ),
                None => "is not priced: no plan with it was found in the time".to_owned(),
            };
        };
        match (self.at_least_gbp, self.at_most_gbp) {
            (Some(least), Some(most)) if most.max(-least) < 0.5 => {
                format!("costs the same as the plan{over}")
            }
            (Some(least), Some(most)) if most - least < 1.0 => {
                format!("costs {found} than the plan{over}")
            }
            (Some(least), Some(most)) if least < 0.0 && most > 0.0 => format!(
                "costs {found} than the plan{over}, as far as was found; by the bounds between {} and {}, which is no provable \
                 difference",
                differs(least),
                differs(most)
            ),
            (Some(least), Some(most)) => format!(
                "costs {found} than the plan{over}, between {} and {}",
                differs(least),
                differs(most)
            ),
            _ => format!("costs {found} than the plan{over}; nothing is proven of it"),
        }
    }
}

/// Over how long pounds of an objective are: ` over 30 years`, ` a year`.
pub(crate) fn over(objective: Objective, place: &Place) -> String {
    match objective {
        Objective::NetPresentValue => format!(" over {} years", place.finance.horizon_years),
        Objective::RunningCost => " a year".to_owned(),
    }
}

/// What the cheapest plan found saves: that of the first stage, before journeys were shortened.
fn saving(plan: &Plan) -> f64 {
    let value = plan
        .travel
        .as_ref()
        .map_or(plan.value, |stage| stage.first_value);
    plan.do_minimum - value
}

fn pence(amount: f64) -> f64 {
    super::finance::pence(amount)
}

fn differs(amount: f64) -> String {
    match amount {
        amount if amount < 0.0 => format!("{} less", pounds(-amount)),
        amount => format!("{} more", pounds(amount)),
    }
}
