//! The search as it looks from the question: in its own figures, over when they are close enough.

use super::super::answer::{Progress, Snapshot};
use super::{Network, Question};
use std::sync::atomic::{AtomicBool, Ordering};

/// Turns the engine's values into those of a question.
#[derive(Clone, Copy)]
pub(super) enum Figures {
    /// Whole numbers of facilities: a bound between two is as good as the next.
    Facilities,
    /// Weight covered, of this much in all; the engine counts what is left outside in whole units, of which
    /// `scale` make 1, short by as much as rounding may have taken.
    Covered {
        total: f64,
        rounding: f64,
        scale: f64,
        /// Every weight is a whole number of units.
        exact: bool,
    },
    /// As they are.
    Plain,
}

impl Figures {
    pub(super) fn of(network: &Network, question: &Question) -> Figures {
        match question {
            Question::Lscp { .. } => Figures::Facilities,
            Question::Mclp { .. } => {
                let (weights, scale) = super::compile::whole_weights(network);
                let total = network.weight();
                let counted = weights.iter().sum::<u64>() as f64 / scale;
                let rounding = (total - counted).max(0.0);
                Figures::Covered {
                    total,
                    rounding,
                    scale,
                    exact: rounding <= 1e-12 * total,
                }
            }
            _ => Figures::Plain,
        }
    }

    pub(super) fn value(self, value: f64) -> f64 {
        match self {
            Figures::Facilities => value.round(),
            Figures::Covered { total, scale, .. } => total - value / scale,
            Figures::Plain => value,
        }
    }

    /// How far apart the two may stay however long the search goes on: what rounding of weights took, and the
    /// millionth to which a solver keeps its rows.
    pub(super) fn apart(self) -> f64 {
        match self {
            Figures::Covered {
                total,
                rounding,
                exact,
                ..
            } => rounding + if exact { 1e-7 } else { 2e-6 } * total,
            _ => 0.0,
        }
    }

    pub(super) fn bound(self, bound: f64) -> f64 {
        match self {
            Figures::Facilities => (bound - 1e-6).ceil(),
            Figures::Covered {
                total,
                rounding,
                scale,
                exact,
            } => {
                // What is left outside is a whole number of units too.
                let left = if exact { (bound - 1e-3).ceil() } else { bound };
                (total - left.max(0.0) / scale + rounding).min(total)
            }
            Figures::Plain => bound,
        }
    }
}

/// How far a bound is from an objective, as a share of it; 0 where both are 0.
pub(super) fn gap(objective: f64, bound: f64) -> f64 {
    let apart = (objective - bound).abs();
    // Of nothing, a rounding error is no share.
    if apart <= 1e-7 && objective.abs() <= 1e-7 || apart == 0.0 {
        0.0
    } else {
        apart / objective.abs()
    }
}

/// Shows the search's figures to whoever asked, and ends it at their gap where its own is another.
pub(super) struct Watch<'a> {
    above: &'a dyn Progress,
    figures: Figures,
    gap: f64,
    reached: AtomicBool,
}

impl<'a> Watch<'a> {
    pub(super) fn new(above: &'a dyn Progress, figures: Figures, gap: f64) -> Watch<'a> {
        Watch {
            above,
            figures,
            gap,
            reached: AtomicBool::new(false),
        }
    }
}

impl Progress for Watch<'_> {
    fn report(&self, now: Snapshot) {
        let value = now.value.map(|value| self.figures.value(value));
        let bound = now.bound.map(|bound| self.figures.bound(bound));
        let gap = value.zip(bound).map(|(value, bound)| gap(value, bound));
        let own = matches!(self.figures, Figures::Plain);
        let reached = !own && gap.is_some_and(|gap| gap <= self.gap);
        self.reached.store(reached, Ordering::Relaxed);
        self.above.report(Snapshot {
            value,
            bound,
            gap,
            ..now
        });
    }

    fn cancelled(&self) -> bool {
        self.above.cancelled()
    }

    fn satisfied(&self) -> bool {
        self.reached.load(Ordering::Relaxed)
    }
}
