//! # Money
//!
//! What keeping, leaving, moving and sharing cost: pure functions of a place. The formulas are
//! those of the guide `method.md`.

mod books;
mod building;
mod calendar;
mod exit;
mod ledger;
mod moves;
mod recharge;

pub(crate) use books::Books;
pub(crate) use building::{kept, yearly};
pub(crate) use calendar::Calendar;
pub(crate) use exit::{Exit, cheapest, holding_cost};
pub(crate) use ledger::{Ledger, ledger, pence, running_line, total};
pub(crate) use moves::MoveCost;
