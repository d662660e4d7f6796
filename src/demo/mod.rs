//! A fictional place that a stranger would believe, written as input files.
//!
//! `oneroof demo --size county --seed 1 DIR` writes what a county's agencies would bring to a
//! first meeting: a map of zones, people by age, one property register for each kind of agency with
//! that agency's own headings, a list of teams and counters, and a `place.toml` that names them
//! all. Nothing in it is real: names are made from syllables, postcode areas are ones Royal Mail
//! does not use, and property numbers begin with 9990.
//!
//! The way it is made: [`Size`] says how much of everything · `land` puts towns and villages on the
//! map · `zones` and `cells` cut the land into zones and fill them with people · `estate` gives every
//! settlement the public buildings and teams a place of its size has (`town` tells the story of the
//! smallest size instead) · `limits` reads today's access and sets rules that bind · `files` writes.
//! The same size and seed give the same bytes on every machine: one seeded stream, no
//! transcendental functions before rounding, no unordered collections.

mod cells;
mod chance;
mod county;
mod decisions;
mod estate;
mod files;
mod kinds;
mod land;
mod limits;
mod names;
mod registers;
mod settings;
mod size;
#[cfg(test)]
mod tests;
mod town;
mod zones;

pub use files::{DemoError, write};
pub use size::Size;
