//! One limit on public access.

use super::{Distance, Hours, Measure, RuleId, ServiceIx};
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
    /// Where it comes from: its pack, with its source and date.
    pub source: Option<String>,
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
    /// R4: no group fares worse than today by more than a tolerance.
    NoGroupWorse {
        /// The groups: keys of [`Zone::groups`](super::Zone).
        groups: Vec<String>,
        /// What is compared with today.
        keep: GroupLimit,
    },
    /// R5: in every area of a kind, at least `share` of the demand lies within `limit`.
    FloorPerArea {
        /// The kind of area: a key of [`Zone::areas`](super::Zone).
        each: String,
        /// The distance.
        limit: Distance,
        /// The share, 0–1.
        share: f64,
    },
    /// R6: at least `at_least` buildings with a counter of the hours class.
    MinimumHosts {
        /// How many.
        at_least: u32,
        /// Which counters count.
        hours: HoursClass,
        /// In every area of this kind; in the rule's area, or the whole place, where `None`.
        each: Option<String>,
    },
    /// R8: everybody goes to the nearest host, the lowest id among equals, and no host is visited more
    /// often than its counters can be. A soft one only flags a duty to consult.
    Capacity {
        /// Visits a year of one person.
        visits_per_person: f64,
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
            RuleKind::NoGroupWorse { .. } => "no_group_worse",
            RuleKind::FloorPerArea { .. } => "floor_per_area",
            RuleKind::MinimumHosts { .. } => "minimum_hosts",
            RuleKind::Capacity { .. } => "capacity",
        }
    }

    /// Whether it is about how far zones are from their nearest host.
    pub fn is_by_zone(&self) -> bool {
        !matches!(
            self,
            RuleKind::Displacement { .. } | RuleKind::MinimumHosts { .. }
        )
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

/// What may not get worse for a group.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupLimit {
    /// Its mean distance is at most (1 + this) × today's.
    Mean(f64),
    /// Its share within a distance is at most `drop` below today's.
    Within {
        /// The distance.
        limit: Distance,
        /// How much of the group, 0–1.
        drop: f64,
    },
}

/// Which counters a `minimum_hosts` rule counts, by the hours they are known to keep.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoursClass {
    /// All.
    #[default]
    Any,
    /// Those open in the evening or at weekends.
    EveningOrWeekend,
    /// Those open day and night.
    AllDay,
}

impl HoursClass {
    /// Whether a counter with these hours counts; unknown hours do not, unless all do.
    pub fn counts(self, hours: &Hours) -> bool {
        let all_day = hours.all_day == Some(true);
        match self {
            HoursClass::Any => true,
            HoursClass::EveningOrWeekend => all_day || hours.evening_or_weekend == Some(true),
            HoursClass::AllDay => all_day,
        }
    }
}

/// One area of a kind, such as ward `E05000001`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaScope {
    /// The kind of area: a key of [`Zone::areas`](super::Zone).
    pub kind: String,
    /// Its code.
    pub code: String,
}
