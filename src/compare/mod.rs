//! # Two plans of one place, side by side
//!
//! What two plans make of the same buildings, teams and limits, and what each costs: a [`Comparison`]
//! is worked out from the two plans alone. Where their layers lie beside them, [`Layers`] add where
//! things are, and how far the people of each zone have to go.

mod comparison;
mod layers;
mod text;

pub use comparison::{AgencySides, Comparison, Differs, Figure, OtherPlace, RuleSides, compare};
pub use layers::{Layers, People, Position, ZoneSides};
