//! One limit on public access.

use super::{Distance, Measure, RuleId, ServiceIx};
use serde::{Deserialize, Serialize};

/// A limit that protects the users of one service. Limits are inclusive.
#[derive(Clone, Debug, PartialEq)]
pub struct AccessRule {
    /// Its id in `place.toml`.
    pub id: RuleId,
    /// The service it protects; the service has a public counter.
    pub service: ServiceIx,
    /// What it asks for.
    pub kind: RuleKind,
    /// How distance is measured for it.
    pub measure: Measure,
    /// The group it counts; everybody where `None`.
    pub group: Option<String>,
    /// The area it looks at; the whole place where `None`.
    pub area: Option<AreaScope>,
    /// A hard rule holds in every plan; a soft one is priced or flagged.
    pub hard: bool,
    /// For a soft rule: pounds per person affected per year.
    pub price_gbp: Option<f64>,
    /// Enforced as stated even where today fails it. Otherwise the weaker of the rule and today
    /// is enforced, so that today is always a plan.
    pub strict: bool,
}

/// What a rule asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    /// R1: at least `share` of the demand lies within `limit` of the service.
    Within {
        /// The distance.
        limit: Distance,
        /// The share, 0–1.
        share: f64,
    },
    /// R2: every zone with demand lies within the greater of `limit` and today's distance plus
    /// `increase`.
    WorstCase {
        /// The distance.
        limit: Distance,
        /// How much further than today a zone may be sent.
        increase: Distance,
    },
    /// R3: the demand-weighted mean distance to the nearest host.
    Mean(MeanLimit),
    /// R7: an occupier's new building lies within `limit` of its old one. A soft one only flags a
    /// duty to consult.
    Displacement {
        /// The distance.
        limit: Distance,
    },
}

impl RuleKind {
    /// The rule's name in `place.toml`.
    pub fn name(&self) -> &'static str {
        match self {
            RuleKind::Within { .. } => "within",
            RuleKind::WorstCase { .. } => "worst_case",
            RuleKind::Mean(_) => "mean",
            RuleKind::Displacement { .. } => "displacement",
        }
    }
}

/// The limit of a mean-distance rule.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeanLimit {
    /// At most (1 + this) × today's mean.
    Relative(f64),
    /// At most this, or today's mean where that is greater and the rule is not strict.
    Absolute(Distance),
}

/// One area of a kind, such as ward `E05000001`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaScope {
    /// The kind of area: a key of [`Zone::areas`](super::Zone).
    pub kind: String,
    /// Its code.
    pub code: String,
}
