//! The `[phase]` section: what a programme must keep to, each key optional.

use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The years of a programme and its limits, for `plan --phase`. What is absent keeps its default.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PhaseConfig {
    /// Years of the programme from the base date; 10 unless stated.
    pub years: Option<u32>,
    /// Whole years between fitting out a floor and moving into it; 1 unless stated.
    pub fit_out_years: Option<u32>,
    /// One-off cost of all agencies together in each year, £; no limit unless stated.
    pub capital_gbp_a_year: Option<f64>,
    /// The same, one sum for each year of the programme.
    pub capital_gbp_by_year: Option<Vec<f64>>,
    /// One-off cost in each year by agency, £, where each has its own purse; those not named have no
    /// limit.
    #[serde(default)]
    pub capital_gbp_by_agency: BTreeMap<String, f64>,
    /// Whether receipts may pay for one-off cost from the year they arrive; they may not unless stated.
    #[serde(default)]
    pub receipts_recyclable: bool,
    /// Most projects of one agency in one year: buildings fitted out for it, and buildings of its own
    /// emptied to be let go; no limit unless stated.
    pub projects_a_year: Option<u32>,
    /// A duty pack: `england`, or a table of your own; none unless stated.
    pub duties: Option<String>,
}
