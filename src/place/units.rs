//! Units live in types, so that a rent is never added to an area.

use serde::{Deserialize, Serialize};
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

macro_rules! unit {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub f64);

        impl $name {
            /// None of it.
            pub const ZERO: Self = Self(0.0);

            /// The bare number, in the unit the type names.
            pub fn get(self) -> f64 {
                self.0
            }

            /// Total order, for sorting: these values are finite once loaded.
            pub fn total_cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.0.total_cmp(&other.0)
            }
        }

        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }
        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }
        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                self.0 += other.0;
            }
        }
        impl SubAssign for $name {
            fn sub_assign(&mut self, other: Self) {
                self.0 -= other.0;
            }
        }
        impl Neg for $name {
            type Output = Self;
            fn neg(self) -> Self {
                Self(-self.0)
            }
        }
        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(values: I) -> Self {
                // The standard sum of nothing is -0.0, which would be shown with its sign.
                Self(values.map(|value| value.0).sum::<f64>() + 0.0)
            }
        }
        impl std::ops::Mul<f64> for $name {
            type Output = Self;
            fn mul(self, factor: f64) -> Self {
                Self(self.0 * factor)
            }
        }
    };
}

unit!(
    /// Metres on the ground.
    Metres
);
unit!(
    /// Minutes of travel.
    Minutes
);
unit!(
    /// Square metres of floor.
    SquareMetres
);
unit!(
    /// Pounds, once: one-off costs, receipts, present values. Real pounds of the base date.
    Gbp
);
unit!(
    /// Pounds a year: running costs, rents, recharges. Real pounds of the base date.
    GbpPerYear
);
unit!(
    /// People, or whatever a zone's demand counts (households, visits, patients).
    People
);
