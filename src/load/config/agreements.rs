//! What agencies and services are to each other: `[[together]]` and `[[funding]]`.

use schemars::JsonSchema;
use serde::Deserialize;

/// Two services that do better under one roof.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TogetherConfig {
    /// The service whose teams and counters are counted.
    pub first: String,
    /// The service that each of them should find in its building.
    pub second: String,
    /// What a link is worth, £ a year.
    pub gbp_a_year: Option<f64>,
    /// What a link is worth in points, where it is not money.
    pub points: Option<f64>,
    /// Where that comes from.
    pub source: Option<String>,
}

/// Who pays the rent of those who move into another agency's building.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FundingConfig {
    /// Of this service; at least one of service and agency is named.
    pub service: Option<String>,
    /// Of this agency.
    pub agency: Option<String>,
    /// The agency that pays; the owner of the building itself where it asks for nothing.
    pub by: String,
    /// Where that was agreed.
    pub source: Option<String>,
}
