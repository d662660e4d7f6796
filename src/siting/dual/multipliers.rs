//! The multipliers of everything that is relaxed, and what each may be.

use super::super::problem::Choice;
use super::super::state::Ground;
use super::Assigned;

/// Multipliers of everything relaxed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in super::super) struct Multipliers {
    pub(in super::super) items: Vec<f64>,
    /// One for each target of the web.
    pub(in super::super) targets: Vec<f64>,
    /// One for each count of the web: 0 for targets' own limits and for travel.
    pub(in super::super) counts: Vec<f64>,
    pub(in super::super) rows: Vec<f64>,
    /// One for each placement: 0 where it requires nothing.
    pub(in super::super) requires: Vec<f64>,
    /// One for each pair: of a reward what counts with its first placement, of a fee what counts of it.
    pub(in super::super) pairs: Vec<f64>,
    /// One for each group of variants.
    pub(in super::super) variants: Vec<f64>,
}

impl Multipliers {
    pub(super) fn like(ground: &Ground, value: f64) -> Multipliers {
        Multipliers {
            items: vec![value; ground.problem.items.len()],
            targets: vec![value; ground.web.targets()],
            counts: vec![value; ground.web.counts.len()],
            rows: vec![value; ground.problem.rows.len()],
            requires: vec![value; ground.problem.placements.len()],
            pairs: vec![value; ground.problem.pairs.len()],
            variants: vec![value; ground.layout.variants.len()],
        }
    }

    pub(super) fn parts(&self) -> [&[f64]; 7] {
        [
            &self.items,
            &self.targets,
            &self.counts,
            &self.rows,
            &self.requires,
            &self.pairs,
            &self.variants,
        ]
    }

    pub(super) fn parts_mut(&mut self) -> [&mut [f64]; 7] {
        [
            &mut self.items,
            &mut self.targets,
            &mut self.counts,
            &mut self.rows,
            &mut self.requires,
            &mut self.pairs,
            &mut self.variants,
        ]
    }
}

/// What each multiplier may be.
pub(super) fn bounds(
    ground: &Ground,
    assigned: &[Assigned],
    low: &mut Multipliers,
    high: &mut Multipliers,
) {
    for (at, item) in ground.problem.items.iter().enumerate() {
        match item.choice {
            Choice::ExactlyOne => {}
            Choice::AtMostOne => high.items[at] = 0.0,
            Choice::Any => (low.items[at], high.items[at]) = (0.0, 0.0),
        }
    }
    for (target, how) in assigned.iter().enumerate() {
        match how {
            Assigned::Out => (low.targets[target], high.targets[target]) = (0.0, 0.0),
            Assigned::AtMostOnce => high.targets[target] = 0.0,
            Assigned::Once | Assigned::OrBeyond(_) => {}
        }
    }
    for (at, count) in ground.web.counts.iter().enumerate() {
        low.counts[at] = 0.0;
        high.counts[at] = match (count.each, count.cover, count.price) {
            (true, _, _) | (_, None, _) => 0.0,
            (_, _, price) => price.unwrap_or(f64::INFINITY),
        };
    }
    for (at, placement) in ground.problem.placements.iter().enumerate() {
        low.requires[at] = 0.0;
        if placement.requires.is_empty() {
            high.requires[at] = 0.0;
        }
    }
    for (at, pair) in ground.problem.pairs.iter().enumerate() {
        (low.pairs[at], high.pairs[at]) = (0.0, pair.reward.abs());
    }
    low.variants.fill(0.0);
    for (at, row) in ground.problem.rows.iter().enumerate() {
        let most = row.price.unwrap_or(f64::INFINITY);
        low.rows[at] = if row.at_least.is_some() { -most } else { 0.0 };
        high.rows[at] = if row.at_most.is_some() { most } else { 0.0 };
    }
}
