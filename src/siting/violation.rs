//! What a solution may break, and how that is said.

use super::problem::{Cover, Problem};
use super::validate::{called, placement_name, target_name};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A limit of a problem that can be broken, by position.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// The solution does not fit the problem: lengths, order, positions or shares.
    Shape,
    /// How many placements of an item are chosen.
    Item(usize),
    /// What a site holds: site, kind of capacity.
    Capacity(usize, usize),
    /// A placement chosen at a closed site.
    ClosedSite(usize),
    /// A site's lock.
    Lock(usize),
    /// Two variants of a site, the later of them.
    Variant(usize),
    /// A placement without any of those it requires.
    Requires(usize),
    /// Placements that may not be chosen together.
    Conflict(usize),
    /// A target beyond its own limit: reach, cover, target.
    Each(usize, usize, usize),
    /// The share of targets within reach: reach, cover.
    Share(usize, usize),
    /// The mean distance, or a weighted target without any host on its list: reach, cover.
    Mean(usize, usize),
    /// A row.
    Row(usize),
}

/// A broken limit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Violation {
    /// Which limit.
    pub limit: Limit,
    /// By how much, in the limit's own unit.
    pub by: f64,
}

impl Violation {
    /// The violation in words, with names.
    pub fn words(&self, problem: &Problem) -> String {
        let by = self.by;
        let reach_name = |reach: usize| {
            let name = problem
                .reaches
                .get(reach)
                .map_or("", |reach| reach.name.as_str());
            called("reach", reach, name)
        };
        let cover = |reach: usize, cover: usize| {
            let of = problem
                .reaches
                .get(reach)
                .and_then(|reach| reach.covers.get(cover));
            format!(
                "{} of {}",
                called("cover", cover, of.map_or("", Cover::name)),
                reach_name(reach)
            )
        };
        let site = |at: usize| {
            called(
                "site",
                at,
                problem.sites.get(at).map_or("", |site| &site.name),
            )
        };
        match self.limit {
            Limit::Shape => "the solution does not fit the problem".into(),
            Limit::Item(at) => {
                let name = problem.items.get(at).map_or("", |item| item.name.as_str());
                let how = if by < 0.0 {
                    "has no place"
                } else {
                    "has more than one place"
                };
                format!("{} {how}", called("item", at, name))
            }
            Limit::Capacity(at, kind) => {
                format!("{} is over its capacity {kind} by {by}", site(at))
            }
            Limit::ClosedSite(at) => {
                format!("{} is chosen and closed", placement_name(problem, at))
            }
            Limit::Lock(at) => format!("{} is not as its lock says", site(at)),
            Limit::Variant(at) => format!("{} is open beside another of its variants", site(at)),
            Limit::Requires(at) => {
                format!("{} lacks what it requires", placement_name(problem, at))
            }
            Limit::Conflict(at) => {
                let name = problem.conflicts.get(at).map_or("", |of| of.name.as_str());
                format!("{}: {by} too many", called("conflict", at, name))
            }
            Limit::Each(reach, at, target) => {
                let name = problem
                    .reaches
                    .get(reach)
                    .map_or("", |of| target_name(of, target));
                format!(
                    "{}: {} has no host within reach",
                    cover(reach, at),
                    called("target", target, name)
                )
            }
            Limit::Share(reach, at) => format!("{} is short by {by}", cover(reach, at)),
            Limit::Mean(reach, at) => format!("{} is over by {by}", cover(reach, at)),
            Limit::Row(at) => {
                let name = problem.rows.get(at).map_or("", |row| row.name.as_str());
                format!("{} is broken by {by}", called("row", at, name))
            }
        }
    }
}
