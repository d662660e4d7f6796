//! What is said of the saving in steps.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The saving of a plan in steps, each with more allowed than the one before it. The last step is the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SavingSplit {
    /// The steps, in order.
    pub steps: Vec<SplitStep>,
}

/// What a step allows beyond the one before it.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum SplitStepName {
    /// Each agency moves its own teams and counters among its own buildings; every counter is kept, and
    /// whoever is in another agency's building stays.
    Alone,
    /// Everybody may move into everybody's buildings; every counter is kept.
    Sharing,
    /// Counters may merge into another of their service: the cheapest plan found.
    Closing,
    /// A little of the saving is given up for less travel: the plan itself.
    ShorterJourneys,
}

impl SplitStepName {
    /// The name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Alone => "alone",
            Self::Sharing => "sharing",
            Self::Closing => "closing",
            Self::ShorterJourneys => "shorter_journeys",
        }
    }
}

/// One step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SplitStep {
    /// What it allows.
    pub step: SplitStepName,
    /// What a plan saves that may do this and all of the steps before it, £ (or £ a year).
    pub saving_gbp: f64,
    /// `saving_gbp` less that of the step before: negative where the search found less, or gave some up.
    pub adds_gbp: f64,
    /// No plan of this step saves more than this; `None` where nothing is proven.
    pub saving_at_most_gbp: Option<f64>,
    /// What each agency gains, £ of present value: recharges are in it.
    pub agencies: Vec<AgencyGain>,
    /// Who goes where; empty for the steps that are the plan itself.
    pub moves: Vec<SplitMove>,
    /// The buildings that are let go.
    pub let_go: Vec<String>,
    /// Proposed buildings that are opened.
    pub opened: Vec<String>,
    /// Buildings that stay and of which a part is let or given up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<String>,
    /// Why there is no plan of this step, which then does nothing and saves nothing.
    pub none: Option<String>,
}

/// What an agency gains.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AgencyGain {
    /// The agency's id.
    pub agency: String,
    /// Present value against today, £: positive is better off.
    pub npv_gbp: f64,
}

/// One move of a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SplitMove {
    /// The occupier.
    pub occupier: String,
    /// The building it goes to.
    pub to_id: String,
}
