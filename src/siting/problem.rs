//! The problem's own form: sites, items, placements, and what limits them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A siting problem. Every index is a position in the vector of its kind.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Problem {
    /// Where things can be.
    pub sites: Vec<Site>,
    /// What is placed.
    pub items: Vec<Item>,
    /// Which item may go to which site, and at what cost.
    pub placements: Vec<Placement>,
    /// Who must keep a host within reach: one for each service and measure of distance.
    pub reaches: Vec<Reach>,
    /// Linear limits over sites and placements: budgets, agencies, counts.
    pub rows: Vec<Row>,
    /// Placements of which at most one may be chosen at their site.
    pub conflicts: Vec<Conflict>,
    /// Shared costs of several sites.
    pub parents: Vec<Parent>,
    /// Rewards for two items at one site.
    pub pairs: Vec<Pair>,
    /// Price of each item placed elsewhere than in `start`.
    pub price_per_change: f64,
    /// A solution to start from: the chosen placements. It keeps every limit.
    pub start: Option<Vec<usize>>,
}

/// A place where items can be.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Site {
    /// Name, for messages.
    pub name: String,
    /// Cost while open, against closed: may be negative.
    pub fixed_cost: f64,
    /// What it holds, one amount for each of its own kinds of capacity.
    pub capacities: Vec<f64>,
    /// Whether it must be open or closed.
    pub lock: SiteLock,
    /// Position of its parent in [`Problem::parents`].
    pub parent: Option<usize>,
    /// Sites with the same number are variants of one site: at most one is open.
    pub variant_of: Option<usize>,
}

/// A lock on a site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SiteLock {
    /// The engine decides.
    #[default]
    Free,
    /// It is open.
    Open,
    /// It is closed.
    Closed,
}

/// Something to place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Item {
    /// Name, for messages.
    pub name: String,
    /// How many of its placements are chosen.
    pub choice: Choice,
    /// Whether it may be divided among sites: placements then take any value from 0 to 1.
    pub split: bool,
}

/// How many placements of an item are chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// Exactly one.
    #[default]
    ExactlyOne,
    /// None or one.
    AtMostOne,
    /// Any number.
    Any,
}

/// A possible home of an item. Choosing it opens its site.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Placement {
    /// Position of the item.
    pub item: usize,
    /// Position of the site.
    pub site: usize,
    /// Cost of choosing it.
    pub cost: f64,
    /// What it uses of each of its site's capacities, in their order.
    pub uses: Vec<f64>,
    /// Placements at the same site of which at least one must be chosen too; empty for none.
    pub requires: Vec<usize>,
}

/// Targets, the hosts that can serve them, and how far each is: one service under one measure of
/// distance. All covers of a reach may share one assignment of targets to hosts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Reach {
    /// Name, for messages.
    pub name: String,
    /// Names of the targets, for messages; may be empty.
    pub targets: Vec<String>,
    /// Who can serve.
    pub hosts: Vec<Host>,
    /// Where each target's list starts in `host` and `distance`; one more than there are targets.
    pub starts: Vec<usize>,
    /// Positions in `hosts`, each target's by distance, then by position.
    pub host: Vec<u32>,
    /// Whole steps of distance, beside `host`.
    pub distance: Vec<u32>,
    /// What is asked of the targets.
    pub covers: Vec<Cover>,
    /// Weight of each target in the travel objective of the second stage; empty where it counts
    /// for nothing there.
    pub travel_weights: Vec<u64>,
    /// Cost of one weighted step of distance in the first objective; 0 where none.
    pub travel_price: f64,
}

/// One host: a site, and the placements any of which makes it serve.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Host {
    /// Placements any of which makes it serve.
    pub placements: Vec<usize>,
    /// Serves whatever is chosen (a fixed neighbour).
    pub always: bool,
}

/// What is asked of the targets of a [`Reach`]. Distances are inclusive limits. A target's nearest
/// chosen host counts; one with none on its list is unserved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Cover {
    /// Each of these targets has a chosen host within its own limit.
    Each {
        /// Name, for messages.
        name: String,
        /// Positions of the targets.
        targets: Vec<u32>,
        /// The limit of each, beside `targets`.
        limits: Vec<u32>,
    },
    /// Targets with a chosen host within `limit` weigh at least `need` together.
    Share {
        /// Name, for messages.
        name: String,
        /// The limit.
        limit: u32,
        /// Weight of every target; zero where it does not count.
        weights: Vec<u64>,
        /// What they must weigh together.
        need: u64,
        /// A soft cover: cost of each unit of weight short of `need`. `None` for a hard one.
        price: Option<f64>,
    },
    /// Weight × distance to the nearest chosen host, over the targets, is at most `most`. Every
    /// target with weight must have one within its list.
    Mean {
        /// Name, for messages.
        name: String,
        /// Weight of every target; zero where it does not count.
        weights: Vec<u64>,
        /// The most weight × steps together.
        most: u64,
        /// A soft cover: cost of each unit above `most`. `None` for a hard one.
        price: Option<f64>,
    },
}

impl Cover {
    /// Whether no solution may break it, at whatever price.
    pub fn is_hard(&self) -> bool {
        match self {
            Cover::Each { .. } => true,
            Cover::Share { price, .. } | Cover::Mean { price, .. } => price.is_none(),
        }
    }

    /// Its name, for messages.
    pub fn name(&self) -> &str {
        match self {
            Cover::Each { name, .. } | Cover::Share { name, .. } | Cover::Mean { name, .. } => name,
        }
    }
}

/// A linear limit: `at_least ≤ Σ coefficient × (site open or placement chosen) ≤ at_most`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Row {
    /// Name, for messages.
    pub name: String,
    /// What is added up.
    pub terms: Vec<(Term, f64)>,
    /// The least it may be.
    pub at_least: Option<f64>,
    /// The most it may be.
    pub at_most: Option<f64>,
    /// A soft row: cost of each unit by which it is broken. `None` for a hard one.
    pub price: Option<f64>,
}

/// What a row counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// A site, open.
    Site(usize),
    /// A placement, chosen.
    Placement(usize),
}

/// At most `most` of these placements, all at one site, may be chosen together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Conflict {
    /// Name, for messages.
    pub name: String,
    /// The placements.
    pub placements: Vec<usize>,
    /// How many of them may be chosen together.
    pub most: u32,
}

/// A cost paid while any of its sites is open.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Parent {
    /// Name, for messages.
    pub name: String,
    /// The cost.
    pub fixed_cost: f64,
}

/// A reward (negative cost) when both placements, at one site, are chosen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Pair {
    /// One placement.
    pub first: usize,
    /// The other.
    pub second: usize,
    /// What it is worth.
    pub reward: f64,
}
