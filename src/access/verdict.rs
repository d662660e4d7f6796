//! Where a rule stands: what it asks, today, and under an arrangement.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whether a rule holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It holds as stated.
    Pass,
    /// Today fails it as stated, and the plan is no worse than today.
    FailsToday,
    /// A soft rule does not hold: consult.
    Consult,
    /// A hard rule does not hold: never in a plan we propose.
    Fail,
    /// It covers nobody: no demand, or no zone that can be reached today.
    Empty,
}

/// One access rule: what it asks, where today stands, where the plan stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RuleVerdict {
    /// The rule's id.
    pub rule: String,
    /// The service it protects.
    pub service: String,
    /// `within`, `worst_case`, `mean`, `displacement`, `no_group_worse`, `floor_per_area`,
    /// `minimum_hosts` or `capacity`.
    pub kind: String,
    /// How distance is measured: `straight km`.
    pub measure: String,
    /// Share (0–1) of the pairs of a zone and a possible host that the user's matrix knows; `None`
    /// where distance is by straight line, which knows all.
    #[serde(default)]
    pub matrix_covers: Option<f64>,
    /// Whether it is hard.
    pub hard: bool,
    /// The limit in words: `95.0 % within 3.2 km`.
    pub limit: String,
    /// What the rule measures, today: a share (within), km or minutes (worst case, mean,
    /// displacement), a number of buildings (minimum hosts), how many times as often as it can be the
    /// fullest host is visited (capacity). Of a rule for several groups or areas,
    /// the one with the least room left.
    pub today: Option<f64>,
    /// The figure that was enforced: the weaker of the rule's and today's, unless strict.
    pub enforced: Option<f64>,
    /// What the rule measures, under the plan; `None` where nobody counts, and, for distances,
    /// where somebody can reach nothing any more.
    pub after: Option<f64>,
    /// People outside the stated limit today; for a mean, beyond their reach.
    pub people_short_today: f64,
    /// People outside the limit under the plan.
    pub people_short_after: f64,
    /// Zones left out because they can reach no host today.
    pub unreachable: Vec<String>,
    /// Zones or occupiers that break it under the plan, worst first, twenty at most.
    pub worst: Vec<ZoneShort>,
    /// Whether it holds.
    pub verdict: Verdict,
    /// Where the rule comes from, where it is part of a pack: the pack, its source and date.
    #[serde(default)]
    pub source: Option<String>,
}

/// Kinds of rules whose figures are those of the group or area that fares worst.
pub(crate) const OF_ONE_GROUP: [&str; 2] = ["no_group_worse", "floor_per_area"];

impl RuleVerdict {
    /// Whether its figures are those of one group or area, which may be of few people.
    pub(crate) fn of_one_group(&self) -> bool {
        OF_ONE_GROUP.contains(&self.kind.as_str())
    }

    /// Whether it is kept only by those who are further than its distance today and may stay so: its own words allow
    /// them, so that it does not fail today.
    pub fn is_kept_with_some_further(&self) -> bool {
        self.verdict == Verdict::FailsToday && self.kind == "worst_case"
    }

    /// Whether more of what it measures is better: a share of people or a number of buildings is, a way to
    /// go is not, nor how full the fullest host is.
    pub fn more_is_better(&self) -> bool {
        self.kind != "capacity" && matches!(self.unit(), "share" | "buildings")
    }

    /// The unit of what it measures: `share`, `minutes`, `km` or `buildings`.
    pub fn unit(&self) -> &'static str {
        match self.kind.as_str() {
            "within" | "floor_per_area" | "capacity" => "share",
            "no_group_worse" if self.limit.contains("share within") => "share",
            "minimum_hosts" => "buildings",
            _ if self.measure.contains("min") => "minutes",
            _ => "km",
        }
    }
}

/// A zone beyond a limit; for displacement an occupier, for a rule of several groups or areas one of
/// these: with its mean, the share of it beyond the distance, or the buildings it lacks; for a capacity the
/// building, with its visits a year, what is enforced, and the people too many.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ZoneShort {
    /// Its id.
    pub id: String,
    /// Its distance, km or minutes; `None` where it can reach nothing any more.
    pub distance: Option<f64>,
    /// The limit it is beyond.
    pub limit: f64,
    /// The people in it.
    pub people: f64,
}
