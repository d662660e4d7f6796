//! A part of a building that could go while the rest stays.

use super::{Areas, Gbp, GbpPerYear};

/// Floor that can be let to somebody else, handed back to the landlord, or sold, while the building itself
/// is kept: a unit of its own, of which the register says what it brings and costs.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// What is done with it.
    pub how: PartExit,
    /// Its floor.
    pub floor: Areas,
    /// Rent received for it, or rent and charges no longer paid.
    pub brings: GbpPerYear,
    /// What a sale of it brings, once.
    pub receipt: Gbp,
    /// Works to set it apart, or what the landlord asks for; once.
    pub costs: Gbp,
    /// The first year, counted from the base date, by whose end it can be free.
    pub from_year: u32,
}

/// What is done with a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartExit {
    /// It is let, after a time of standing empty.
    Let,
    /// It is handed back to the landlord.
    GiveUp,
    /// It is sold: part release.
    Sell,
}

impl PartExit {
    /// The word in registers and tables.
    pub fn name(self) -> &'static str {
        match self {
            PartExit::Let => "let",
            PartExit::GiveUp => "give_up",
            PartExit::Sell => "sell",
        }
    }
}
