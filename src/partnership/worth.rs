//! What a coalition saves, as far as it is known.

use serde::Serialize;

/// An interval of pounds (or pounds a year): what a plan saves, and what no plan can save more than.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Worth {
    /// What the plan found saves.
    pub least: f64,
    /// No plan saves more; infinite where nothing is proven.
    pub most: f64,
}

impl Worth {
    /// An interval.
    pub fn new(least: f64, most: f64) -> Self {
        Self {
            least,
            most: most.max(least),
        }
    }

    /// A value known exactly.
    pub fn exactly(value: f64) -> Self {
        Self::new(value, value)
    }

    /// `most`, where it is proven.
    pub fn proven(self) -> Option<f64> {
        self.most.is_finite().then_some(self.most)
    }
}

impl std::ops::Sub for Worth {
    type Output = Self;
    /// The interval in which the difference of two values lies.
    fn sub(self, other: Self) -> Self {
        Self {
            least: self.least - other.most,
            most: self.most - other.least,
        }
    }
}

impl std::iter::Sum for Worth {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            least: sum.least + one.least,
            most: sum.most + one.most,
        })
    }
}
