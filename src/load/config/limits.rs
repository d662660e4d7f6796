//! The `[limits]` section: what a plan's money must keep to.

use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Limits on money; none unless stated.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LimitsConfig {
    /// How much may be spent once.
    pub capital_budget: Option<BudgetConfig>,
    /// No agency may lose by the plan.
    pub no_agency_worse_off: Option<WorseOffConfig>,
    /// Payments that agencies have agreed on.
    #[serde(default)]
    pub transfer: Vec<TransferConfig>,
    /// Share of the running cost in scope that must be saved, 0–1.
    pub savings_share: Option<f64>,
}

/// How much may be spent once: fit-out, fees, moves, openings, leaving leases and selling.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BudgetConfig {
    /// By all agencies together, £.
    pub pooled_gbp: Option<f64>,
    /// By single agencies, £, by their ids.
    #[serde(default)]
    pub agency_gbp: BTreeMap<String, f64>,
    /// Whether receipts may be spent again; `false` unless stated.
    #[serde(default)]
    pub receipts: bool,
}

/// No agency's present value may fall by more than this.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WorseOffConfig {
    /// For every agency, £; 0 unless stated.
    #[serde(default)]
    pub tolerance_gbp: f64,
    /// For single agencies instead, £, by their ids.
    #[serde(default)]
    pub agency_tolerance_gbp: BTreeMap<String, f64>,
}

/// A payment of one agency to another.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferConfig {
    /// Who pays.
    pub from: String,
    /// Who receives.
    pub to: String,
    /// How much, £ in present value.
    pub gbp: f64,
}
