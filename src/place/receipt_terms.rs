//! What others take of the receipt of a sale, and what the rest may be spent on.

use super::Gbp;
use jiff::ToSpan;
use jiff::civil::Date;
use std::sync::Arc;

/// The terms on which a building would be sold, beside its tenure. What is absent is not stated.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReceiptTerms {
    /// A share of the receipt that somebody else is owed.
    pub overage: Option<Overage>,
    /// What a grant takes back, £, in place of the share of the finance section.
    pub clawback: Option<Gbp>,
    /// The last day on which the grant can take anything back; it always can where `None`.
    pub clawback_until: Option<Date>,
    /// What the receipt may be spent on; anything where `None`.
    pub fence: Option<Fence>,
}

/// A share of a receipt that a former owner, funder or neighbour is owed on a sale.
#[derive(Clone, Debug, PartialEq)]
pub struct Overage {
    /// The share, 0–1.
    pub share: f64,
    /// It is of what the receipt is above this, £.
    pub above: Gbp,
    /// The last day on which it is owed; it always is where `None`.
    pub until: Option<Date>,
    /// Who is owed it, in the register's words.
    pub to: Option<Arc<str>>,
}

/// What a receipt may be spent on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fence {
    /// Capital of the agency that owned the building, and of nobody else.
    Owner,
    /// A purpose or fund outside the plan, in the register's words: it pays for nothing in the plan.
    Purpose(Arc<str>),
}

/// Whether something that ends on a day is still owed in a year: it is unless the day lies before the
/// year, or is its first.
pub(crate) fn still_owed(until: Option<Date>, base_date: Date, year: u32) -> bool {
    let begins = base_date.saturating_add(i64::from(year).years());
    until.is_none_or(|until| until > begins)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_ends_within_a_year_is_owed_in_it_and_not_after() {
        let base = date(2026, 4, 1);
        let owed = |until, year| still_owed(until, base, year);
        assert!(owed(None, 60));
        assert!(owed(Some(date(2028, 4, 2)), 2));
        assert!(!owed(Some(date(2028, 4, 1)), 2));
        assert!(!owed(Some(date(2020, 1, 1)), 0));
    }
}
