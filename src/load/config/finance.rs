//! The `[finance]` section: every field of [`Finance`] by name, each optional.

use super::ranges::SensitivityConfig;
use super::values::{ObjectiveWord, TravelObjectiveWord};
use crate::place::{DiscountStep, Finance, Objective, SpaceType, TravelObjective};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Money: rates, shares and defaults. What is absent keeps its named default.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FinanceConfig {
    /// What a plan makes least; `net_present_value` unless stated.
    pub objective: Option<ObjectiveWord>,
    /// Years appraised; 25 unless stated.
    pub horizon_years: Option<u32>,
    /// Discount rates by first year; 3.5 %, and 3 % from year 31 (HM Treasury Green Book).
    pub discount: Option<Vec<DiscountConfig>>,
    /// Fit-out, £/m², by space type: office, public, clinical, secure, storage, any.
    #[serde(default)]
    pub fit_out_gbp_m2: BTreeMap<String, f64>,
    /// Optimism bias on fit-out, as a share, by space type.
    #[serde(default)]
    pub optimism_bias: BTreeMap<String, f64>,
    /// Optimism bias on fit-out in a listed building, as a share, where that of the type of space is less; 0.51
    /// unless stated.
    pub listed_optimism_bias: Option<f64>,
    /// Professional fees, as a share of fit-out with its optimism bias; 0.12 unless stated.
    pub fees_share: Option<f64>,
    /// Move cost, £ for each member of staff (FTE); 1,000 unless stated.
    pub move_gbp_fte: Option<f64>,
    /// Dilapidations on leaving a lease, £/m² usable; 100 unless stated.
    pub dilapidations_gbp_m2: Option<f64>,
    /// Cost of a sale, as a share of the receipt; 0.03 unless stated.
    pub disposal_cost_share: Option<f64>,
    /// Years between a building standing empty and its receipt; 1 unless stated.
    pub disposal_lag_years: Option<u32>,
    /// Whole years by which the sale of an asset of community value waits; 1 unless stated (6 weeks,
    /// or 6 months in all, Localism Act 2011).
    pub moratorium_years: Option<u32>,
    /// Share of a receipt paid back where a grant is clawed back on a sale; 1 unless stated.
    pub clawback_share: Option<f64>,
    /// Share of its own rent that an agency gets from a subtenant; 0.60 unless stated.
    pub sublet_share: Option<f64>,
    /// Whole years that a building stands empty before a subtenant comes; 1 unless stated.
    pub sublet_void_years: Option<u32>,
    /// How far below its value a local authority may let a building go without consent, £; 2,000,000
    /// unless stated (General Disposal Consent (England) 2003).
    pub undervalue_limit_gbp: Option<f64>,
    /// Cost of keeping a building empty, as a share of its running cost and rates; 0.25 unless stated.
    pub holding_share: Option<f64>,
    /// Years of recharge paid on leaving another agency's building; 0.5 unless stated.
    pub recharge_notice_years: Option<f64>,
    /// What an agency pays for floor in another's building; `full_cost` unless stated.
    pub recharge: Option<RechargeWord>,
    /// With `recharge = "fixed_share"`: share of fixed cost, rent and rates per m², 0–1.
    pub recharge_share: Option<f64>,
    /// Running cost where none is stated, £/m² of usable area a year; 120 unless stated.
    pub default_running_gbp_m2: Option<f64>,
    /// Usable over gross area where only gross is stated; 0.80 unless stated.
    pub usable_share: Option<f64>,
    /// Space asked beyond the need of arrivals, as a share; 0.10 unless stated.
    pub headroom: Option<f64>,
    /// How much of the best cost the second stage may give up for less travel; 0.0025 unless stated.
    pub travel_give: Option<f64>,
    /// Which journeys the second stage makes least; `total` unless stated.
    pub travel_objective: Option<TravelObjectiveWord>,
    /// How many times the people of a group count in them, 1–100: group = times.
    #[serde(default)]
    pub travel_weights: BTreeMap<String, f64>,
    /// Where the settings stated here come from, and of when that is: setting = words.
    #[serde(default)]
    pub sources: BTreeMap<String, String>,
    /// How far the money may turn out otherwise, for `sensitivity.csv`.
    #[serde(default)]
    pub sensitivity: SensitivityConfig,
}

/// What an agency pays for floor in another's building.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RechargeWord {
    /// Fixed cost, rent and rates per m², and running cost per m².
    FullCost,
    /// Running cost per m² alone.
    Marginal,
    /// A stated share of fixed cost, rent and rates per m², and running cost per m².
    FixedShare,
}

/// A discount rate from a year on.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DiscountConfig {
    /// The first year it holds for; year 0 is the 12 months after the base date.
    pub from_year: u32,
    /// The rate, such as 0.035.
    pub rate: f64,
}

/// A value out of its range: the key, and what is wrong with it.
type Refusal = (String, String);

impl FinanceConfig {
    /// The section over the named defaults, and every value that is out of range.
    pub fn settle(&self) -> (Finance, Vec<Refusal>) {
        let mut finance = Finance::default();
        let mut refused = Vec::new();
        if let Some(objective) = self.objective {
            finance.objective = match objective {
                ObjectiveWord::NetPresentValue => Objective::NetPresentValue,
                ObjectiveWord::RunningCost => Objective::RunningCost,
            };
        }
        if let Some(steps) = &self.discount {
            finance.discount = settle_discount(steps, &mut refused);
        }
        by_space(
            "fit_out_gbp_m2",
            &self.fit_out_gbp_m2,
            1e6,
            &mut finance.fit_out_gbp_m2,
            &mut refused,
        );
        by_space(
            "optimism_bias",
            &self.optimism_bias,
            5.0,
            &mut finance.optimism_bias,
            &mut refused,
        );
        self.settle_recharge(&mut finance, &mut refused);
        let mut number = |key: &str, given: Option<f64>, most: f64, into: &mut f64| {
            if let Some(value) = given {
                if value.is_finite() && (0.0..=most).contains(&value) {
                    *into = value;
                } else {
                    refused.push((key.into(), format!("{value} is not between 0 and {most}")));
                }
            }
        };
        number(
            "listed_optimism_bias",
            self.listed_optimism_bias,
            5.0,
            &mut finance.listed_optimism_bias,
        );
        number("fees_share", self.fees_share, 1.0, &mut finance.fees_share);
        number(
            "move_gbp_fte",
            self.move_gbp_fte,
            1e6,
            &mut finance.move_gbp_fte,
        );
        number(
            "dilapidations_gbp_m2",
            self.dilapidations_gbp_m2,
            1e5,
            &mut finance.dilapidations_gbp_m2,
        );
        number(
            "disposal_cost_share",
            self.disposal_cost_share,
            1.0,
            &mut finance.disposal_cost_share,
        );
        number(
            "holding_share",
            self.holding_share,
            1.0,
            &mut finance.holding_share,
        );
        number(
            "recharge_notice_years",
            self.recharge_notice_years,
            25.0,
            &mut finance.recharge_notice_years,
        );
        number(
            "default_running_gbp_m2",
            self.default_running_gbp_m2,
            1e5,
            &mut finance.default_running_gbp_m2,
        );
        number(
            "usable_share",
            self.usable_share,
            1.0,
            &mut finance.usable_share,
        );
        number(
            "clawback_share",
            self.clawback_share,
            1.0,
            &mut finance.clawback_share,
        );
        number(
            "sublet_share",
            self.sublet_share,
            2.0,
            &mut finance.sublet_share,
        );
        number(
            "undervalue_limit_gbp",
            self.undervalue_limit_gbp,
            1e12,
            &mut finance.undervalue_limit_gbp,
        );
        number("headroom", self.headroom, 5.0, &mut finance.headroom);
        number(
            "travel_give",
            self.travel_give,
            1.0,
            &mut finance.travel_give,
        );
        if let Some(years) = self.horizon_years {
            if (1..=120).contains(&years) {
                finance.horizon_years = years;
            } else {
                refused.push((
                    "horizon_years".into(),
                    format!("{years} is not between 1 and 120"),
                ));
            }
        }
        let waits = [
            (
                "disposal_lag_years",
                self.disposal_lag_years,
                &mut finance.disposal_lag_years,
            ),
            (
                "moratorium_years",
                self.moratorium_years,
                &mut finance.moratorium_years,
            ),
            (
                "sublet_void_years",
                self.sublet_void_years,
                &mut finance.sublet_void_years,
            ),
        ];
        for (key, stated, into) in waits {
            match stated {
                Some(years) if years > 50 => {
                    refused.push((key.into(), format!("{years} is more than 50")));
                }
                Some(years) => *into = years,
                None => {}
            }
        }
        self.settle_journeys(&mut finance, &mut refused);
        finance.ranges = self.sensitivity.settle(&mut refused);
        (finance, refused)
    }
}

impl FinanceConfig {
    fn settle_journeys(&self, finance: &mut Finance, refused: &mut Vec<Refusal>) {
        finance.travel_objective = match self.travel_objective {
            None | Some(TravelObjectiveWord::Total) => TravelObjective::Total,
            Some(TravelObjectiveWord::Equal) => TravelObjective::Equal,
        };
        for (group, times) in &self.travel_weights {
            if times.is_finite() && (1.0..=100.0).contains(times) {
                finance.travel_weights.insert(group.clone(), *times);
            } else {
                let cause = format!("{times} is not between 1 and 100");
                refused.push((format!("travel_weights.{group}"), cause));
            }
        }
    }

    fn settle_recharge(&self, finance: &mut Finance, refused: &mut Vec<Refusal>) {
        let key = "recharge_share".to_owned();
        finance.recharge_share = match (self.recharge, self.recharge_share) {
            (None | Some(RechargeWord::FullCost), None) => 1.0,
            (Some(RechargeWord::Marginal), None) => 0.0,
            (Some(RechargeWord::FixedShare), Some(share)) if (0.0..=1.0).contains(&share) => share,
            (Some(RechargeWord::FixedShare), Some(share)) => {
                refused.push((key, format!("{share} is not between 0 and 1")));
                return;
            }
            (Some(RechargeWord::FixedShare), None) => {
                refused.push((key, "recharge = \"fixed_share\" needs it".to_owned()));
                return;
            }
            (_, Some(_)) => {
                let only = "it means something only with recharge = \"fixed_share\"";
                refused.push((key, only.to_owned()));
                return;
            }
        };
    }
}

fn settle_discount(steps: &[DiscountConfig], refused: &mut Vec<Refusal>) -> Vec<DiscountStep> {
    if steps.first().is_none_or(|step| step.from_year != 0) {
        refused.push((
            "discount".into(),
            "the first step must have from_year = 0".into(),
        ));
    }
    for pair in steps.windows(2) {
        if let [before, after] = pair
            && after.from_year <= before.from_year
        {
            refused.push((
                "discount".into(),
                format!(
                    "from_year {} does not come after {}",
                    after.from_year, before.from_year
                ),
            ));
        }
    }
    for step in steps {
        if !(step.rate.is_finite() && (0.0..0.5).contains(&step.rate)) {
            refused.push((
                "discount".into(),
                format!(
                    "rate {} is not a share between 0 and 0.5; 3.5 % is 0.035",
                    step.rate
                ),
            ));
        }
    }
    steps
        .iter()
        .map(|step| DiscountStep {
            from_year: step.from_year,
            rate: step.rate,
        })
        .collect()
}

fn by_space(
    key: &str,
    given: &BTreeMap<String, f64>,
    most: f64,
    into: &mut BTreeMap<SpaceType, f64>,
    refused: &mut Vec<Refusal>,
) {
    for (name, value) in given {
        let Some(space) = SpaceType::ALL
            .into_iter()
            .find(|space| space.name() == name)
        else {
            refused.push((
                format!("{key}.{name}"),
                "is no space type: office, public, clinical, secure, storage, any".into(),
            ));
            continue;
        };
        if value.is_finite() && (0.0..=most).contains(value) {
            into.insert(space, *value);
        } else {
            refused.push((
                format!("{key}.{name}"),
                format!("{value} is not between 0 and {most}"),
            ));
        }
    }
}
