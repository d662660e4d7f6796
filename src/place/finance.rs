//! What a plan is judged by, in money. Every default is named here and nowhere else.

use super::{MoneyLimits, Ranges, SpaceType, Zone};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a plan makes least.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Objective {
    /// Present value of property cost, receipts deducted, over the horizon.
    #[default]
    NetPresentValue,
    /// Property running cost of a steady year.
    RunningCost,
}

impl Objective {
    /// The name in `plan.json` and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Objective::NetPresentValue => "net_present_value",
            Objective::RunningCost => "running_cost",
        }
    }
}

/// Which journeys the second stage makes least.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TravelObjective {
    /// Their sum: people × km.
    #[default]
    Total,
    /// Their Kolm–Pollak equally-distributed equivalent: a long journey counts for more than its
    /// length.
    Equal,
}

impl TravelObjective {
    /// The name in `place.toml` and `plan.json`.
    pub fn name(self) -> &'static str {
        match self {
            TravelObjective::Total => "total",
            TravelObjective::Equal => "equal",
        }
    }
}

/// A discount rate from a year on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DiscountStep {
    /// The first year it holds for; year 0 is the 12 months after the base date.
    pub from_year: u32,
    /// The rate, such as 0.035.
    pub rate: f64,
}

/// The `[finance]` section: rates, shares and defaults, all in real pounds of the base date.
/// The formulas they enter are in the guide `method.md`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finance {
    /// Objective of the plan.
    pub objective: Objective,
    /// Years appraised: 25 means years 0–24.
    pub horizon_years: u32,
    /// Discount schedule, by first year.
    pub discount: Vec<DiscountStep>,
    /// Fit-out, £/m², by space type.
    pub fit_out_gbp_m2: BTreeMap<SpaceType, f64>,
    /// Optimism bias on fit-out, by space type: 0.24 standard, 0.51 clinical and secure.
    pub optimism_bias: BTreeMap<SpaceType, f64>,
    /// Optimism bias on fit-out of any type in a listed building, where that of the type is less.
    pub listed_optimism_bias: f64,
    /// Professional fees, as a share of fit-out with its optimism bias.
    pub fees_share: f64,
    /// Move cost, £ per member of staff (FTE).
    pub move_gbp_fte: f64,
    /// Dilapidations on leaving a lease, £/m² usable.
    pub dilapidations_gbp_m2: f64,
    /// Cost of a sale, as a share of the receipt.
    pub disposal_cost_share: f64,
    /// Years between a building standing empty and its receipt.
    pub disposal_lag_years: u32,
    /// Whole years by which the sale of an asset of community value waits.
    pub moratorium_years: u32,
    /// Share of a receipt that is paid back where a grant is clawed back on a sale.
    pub clawback_share: f64,
    /// Share of its own rent that an agency gets from a subtenant, 0.60 unless stated.
    pub sublet_share: f64,
    /// Whole years that a building stands empty before a subtenant comes.
    pub sublet_void_years: u32,
    /// How far below its value a local authority may let a building go without consent, £.
    pub undervalue_limit_gbp: f64,
    /// Cost of keeping a building empty, as a share of its fixed running cost and rates.
    pub holding_share: f64,
    /// Years of recharge an occupier pays when it leaves another agency's building.
    pub recharge_notice_years: f64,
    /// Share of an owner's fixed cost, rent and rates per m² that a recharge bears, beside running
    /// cost per m²: 1 is full cost, 0 is marginal cost.
    pub recharge_share: f64,
    /// Fixed running cost where none is stated, £/m² of usable area a year.
    pub default_running_gbp_m2: f64,
    /// Usable over gross area where only gross is stated.
    pub usable_share: f64,
    /// Space asked beyond the need of arrivals, 0.10 unless stated.
    pub headroom: f64,
    /// How much of the best cost the second stage may give up for less travel, 0.0025 unless stated.
    pub travel_give: f64,
    /// Which journeys the second stage makes least.
    pub travel_objective: TravelObjective,
    /// How many times each of these groups' people counts in the second stage's journeys; once where
    /// a group is not named.
    pub travel_weights: BTreeMap<String, f64>,
    /// How far the money may turn out otherwise.
    pub ranges: Ranges,
    /// Where stated settings come from, by their name in this section.
    pub sources: BTreeMap<String, String>,
    /// What a plan's money must keep to.
    #[serde(skip)]
    pub limits: MoneyLimits,
}

impl Default for Finance {
    fn default() -> Self {
        use SpaceType::{Any, Clinical, Office, Public, Secure, Storage};
        Self {
            objective: Objective::NetPresentValue,
            horizon_years: 25,
            discount: vec![
                DiscountStep {
                    from_year: 0,
                    rate: 0.035,
                },
                DiscountStep {
                    from_year: 31,
                    rate: 0.03,
                },
            ],
            fit_out_gbp_m2: BTreeMap::from([
                (Office, 700.0),
                (Public, 800.0),
                (Clinical, 1_600.0),
                (Secure, 1_800.0),
                (Storage, 250.0),
                (Any, 700.0),
            ]),
            optimism_bias: BTreeMap::from([
                (Office, 0.24),
                (Public, 0.24),
                (Clinical, 0.51),
                (Secure, 0.51),
                (Storage, 0.24),
                (Any, 0.24),
            ]),
            listed_optimism_bias: 0.51,
            fees_share: 0.12,
            move_gbp_fte: 1_000.0,
            dilapidations_gbp_m2: 100.0,
            disposal_cost_share: 0.03,
            disposal_lag_years: 1,
            moratorium_years: 1,
            clawback_share: 1.0,
            sublet_share: 0.60,
            sublet_void_years: 1,
            undervalue_limit_gbp: 2_000_000.0,
            holding_share: 0.25,
            recharge_notice_years: 0.5,
            recharge_share: 1.0,
            default_running_gbp_m2: 120.0,
            usable_share: 0.80,
            headroom: 0.10,
            travel_give: 0.0025,
            travel_objective: TravelObjective::Total,
            travel_weights: BTreeMap::new(),
            ranges: Ranges::default(),
            sources: BTreeMap::new(),
            limits: MoneyLimits::default(),
        }
    }
}

impl Finance {
    /// Where a setting that is stated comes from: as `[finance.sources]` says of it or of its family.
    pub fn source_of(&self, name: &str) -> &str {
        self.said_source_of(name).unwrap_or("place.toml")
    }

    /// What `[finance.sources]` says of a setting or of its family. A setting with a source of its own is stated,
    /// though its value be the default.
    pub fn said_source_of(&self, name: &str) -> Option<&str> {
        let own = name.strip_prefix("finance.")?;
        let family = own.split('.').next().unwrap_or_default();
        let said = self.sources.get(own).or(self.sources.get(family));
        said.map(String::as_str)
    }

    /// How many times the people of a zone count on average in the second stage's journeys: 1, and for
    /// each group with a weight its share × (weight − 1) more.
    pub fn travel_factor(&self, zone: &Zone) -> f64 {
        let share = |group: &str| zone.groups.get(group).copied().unwrap_or(0.0);
        let more = self.travel_weights.iter();
        let more = more.map(|(group, times)| share(group) * (times - 1.0));
        1.0 + more.sum::<f64>()
    }
}
