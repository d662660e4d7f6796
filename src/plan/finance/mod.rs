//! # Money
//!
//! What keeping, leaving, moving and sharing cost: pure functions of a place. The formulas are
//! those of the guide `method.md`.

mod books;
mod building;
mod calendar;
mod cash;
mod exit;
mod holding;
mod lease_end;
mod ledger;
mod moves;
mod part;
mod permitted;
mod recharge;
mod taken;
mod worth;

pub(crate) use books::Books;
pub(crate) use building::{kept, kept_after, yearly};
pub(crate) use calendar::Calendar;
pub(crate) use cash::CashBook;
pub(crate) use exit::{
    Exit, Paid, cheapest, dilapidations, part_of, rent_until_sold, waiting_for_sale, years_on_sale,
};
pub(crate) use holding::holding_cost;
pub(crate) use lease_end::{lease_years, licence_years};
pub(crate) use ledger::{Ledger, ledger, pence, running_line, total};
pub(crate) use moves::MoveCost;
pub(crate) use part::{PartWorth, may_part};
pub(crate) use permitted::{barred, may_surrender};
pub(crate) use recharge::of as recharge_rate;
pub(crate) use taken::{Spender, Taken, spender};
pub(crate) use worth::{most_out, payback, worths};
