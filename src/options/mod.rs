//! # The options side by side
//!
//! An appraisal sets what is proposed beside what else could be done: nothing, the least that must be done,
//! what each agency could do in its own buildings alone, and what people propose themselves. Each is an
//! [`OptionRow`] of the same figures; each that is a plan has been verified.
//!
//! * `row` reads the figures of one plan;
//! * `table` plans what has to be planned, and puts the rows in order.

mod row;
mod table;

pub use row::{NpvOf, OptionKind, OptionRow};
pub use table::{Asking, Options, Proposed, options};
