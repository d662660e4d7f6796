//! What a year-by-year programme must keep to: its years, its money, its people, its duties.

use super::{AgencyIx, RowRef, ServiceIx};
use std::collections::BTreeMap;

/// The `[phase]` section. What is absent keeps the default named here; the formulas are in the guide
/// `phasing.md`.
#[derive(Clone, Debug, PartialEq)]
pub struct Phase {
    /// Years of the programme from the base date: 10 means years 0–9.
    pub years: u32,
    /// Whole years between fitting out a floor and moving into it; 0 fits out and moves in one year.
    pub fit_out_years: u32,
    /// What may be spent once in each year.
    pub capital: Capital,
    /// Whether receipts may pay for what comes after them.
    pub receipts_recyclable: bool,
    /// Most projects of one agency in one year; no limit where `None`.
    pub projects_a_year: Option<u32>,
    /// What must be done, and waited for, before an action.
    pub duties: Vec<Duty>,
}

impl Default for Phase {
    fn default() -> Self {
        Self {
            years: 10,
            fit_out_years: 1,
            capital: Capital::Unlimited,
            receipts_recyclable: false,
            projects_a_year: None,
            duties: Vec::new(),
        }
    }
}

/// A limit on one-off cost by year, £. What a year leaves unspent is not carried over.
#[derive(Clone, Debug, PartialEq)]
pub enum Capital {
    /// None.
    Unlimited,
    /// One purse for the place: the sum of each year of the programme.
    Pooled(Vec<f64>),
    /// A purse for each agency named, the same sum every year; the others have no limit.
    ByAgency(BTreeMap<AgencyIx, f64>),
}

/// What makes a duty fall due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trigger {
    /// A team or counter goes to another building.
    Move,
    /// A counter merges into another.
    Merge,
    /// A counter goes further than a soft displacement rule allows.
    Consult,
    /// A team or counter goes into a listed building, where floor is fitted out for it.
    Listed,
    /// A building is emptied to be let go.
    LetGo,
    /// A building is sold.
    Sale,
    /// An asset of community value is sold.
    CommunityValue,
}

impl Trigger {
    /// Every trigger.
    pub const ALL: [Trigger; 7] = [
        Trigger::Move,
        Trigger::Merge,
        Trigger::Consult,
        Trigger::Listed,
        Trigger::LetGo,
        Trigger::Sale,
        Trigger::CommunityValue,
    ];

    /// The word of a duty pack.
    pub fn name(self) -> &'static str {
        match self {
            Trigger::Move => "move",
            Trigger::Merge => "merge",
            Trigger::Consult => "consult",
            Trigger::Listed => "listed",
            Trigger::LetGo => "let_go",
            Trigger::Sale => "sale",
            Trigger::CommunityValue => "community_value",
        }
    }
}

/// One row of a duty pack: a gate that opens some weeks after it is come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Duty {
    /// Its id.
    pub id: String,
    /// The service it is about; every service where `None`.
    pub service: Option<ServiceIx>,
    /// The law, standard or practice it comes from.
    pub statute: String,
    /// What makes it fall due.
    pub trigger: Trigger,
    /// How long it takes at least: from the base date for moves and emptying, from the day a
    /// building stands empty for sales.
    pub weeks: u32,
    /// Who decides when the time is over.
    pub decides: String,
    /// The row it came from.
    pub source: RowRef,
}

impl Capital {
    /// The limit on what an agency may spend in a year out of its own purse; `None` where it has none.
    pub fn of_agency(&self, agency: AgencyIx) -> Option<f64> {
        match self {
            Capital::ByAgency(purses) => purses.get(&agency).copied(),
            Capital::Unlimited | Capital::Pooled(_) => None,
        }
    }

    /// The limit on what all may spend together in a year; `None` where there is none.
    pub fn of_all(&self, year: u32) -> Option<f64> {
        match self {
            Capital::Pooled(years) => Some(years.get(year as usize).copied().unwrap_or(0.0)),
            Capital::Unlimited | Capital::ByAgency(_) => None,
        }
    }
}
