//! What others take of a receipt: a grant that is paid back, an overage that is owed.

use crate::place::{Building, Fence, Finance, Flag, still_owed};
use jiff::civil::Date;

/// What is taken of a receipt in the year of the sale, £.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Taken {
    /// By a grant: the stated sum, or the finance section's share of the receipt.
    pub(crate) clawback: f64,
    /// By whoever is owed a share of what the receipt is above a sum.
    pub(crate) overage: f64,
}

impl Taken {
    /// Both.
    pub(crate) fn total(self) -> f64 {
        self.clawback + self.overage
    }

    /// What is taken of a building's receipt where it is sold in a year.
    pub(crate) fn of(building: &Building, finance: &Finance, base_date: Date, year: u32) -> Self {
        let terms = &building.receipt_terms;
        let receipt = building.market_value.value.get();
        let owed = |until| still_owed(until, base_date, year);
        let flagged = building.flags.contains(&Flag::Clawback);
        let clawback = match terms.clawback {
            Some(stated) => stated.get(),
            None if flagged => finance.clawback_share * receipt,
            None => 0.0,
        };
        let overage = terms.overage.as_ref().filter(|one| owed(one.until));
        Self {
            clawback: if owed(terms.clawback_until) {
                clawback
            } else {
                0.0
            },
            overage: overage.map_or(0.0, |one| one.share * (receipt - one.above.get()).max(0.0)),
        }
    }
}

/// Who may spend the receipt of a building on the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spender {
    /// Every agency that shares a budget with its owner.
    Anybody,
    /// Its owner.
    Owner,
    /// Nobody: it is for a purpose outside the plan.
    Nobody,
}

/// Who may spend the receipt of a building on the plan.
pub(crate) fn spender(building: &Building) -> Spender {
    match building.receipt_terms.fence {
        None => Spender::Anybody,
        Some(Fence::Owner) => Spender::Owner,
        Some(Fence::Purpose(_)) => Spender::Nobody,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::{Gbp, Overage, ReceiptTerms, sample};
    use jiff::civil::date;

    /// A building worth 1,000,000 on the base date 2026-04-01.
    fn taken(terms: ReceiptTerms, flagged: bool, year: u32) -> Taken {
        let mut building = sample::building("B", 0, sample::at(0.0, 0.0), 100.0);
        building.receipt_terms = terms.into();
        if flagged {
            building.flags.insert(Flag::Clawback);
        }
        let finance = Finance {
            clawback_share: 0.4,
            ..Finance::default()
        };
        Taken::of(&building, &finance, date(2026, 4, 1), year)
    }

    #[test]
    fn an_overage_is_a_share_of_what_the_receipt_is_above_its_base_until_its_day() {
        let terms = |until| ReceiptTerms {
            overage: Some(Overage {
                share: 0.25,
                above: Gbp(200_000.0),
                until,
                to: None,
            }),
            ..ReceiptTerms::default()
        };
        // 0.25 × (1,000,000 − 200,000)
        assert_eq!(taken(terms(None), false, 2).overage, 200_000.0);
        let until = Some(date(2028, 6, 1));
        assert_eq!(taken(terms(until), false, 2).overage, 200_000.0);
        assert_eq!(taken(terms(until), false, 3).overage, 0.0);
    }

    #[test]
    fn a_grant_takes_its_stated_sum_or_its_share_until_its_day() {
        let terms = |clawback, until| ReceiptTerms {
            clawback,
            clawback_until: until,
            ..ReceiptTerms::default()
        };
        assert_eq!(
            taken(terms(Some(Gbp(90_000.0)), None), true, 2).clawback,
            90_000.0
        );
        assert_eq!(taken(terms(None, None), true, 2).clawback, 400_000.0);
        let until = Some(date(2027, 1, 1));
        assert_eq!(taken(terms(None, until), true, 2).clawback, 0.0);
        assert_eq!(taken(terms(None, None), false, 2), Taken::default());
    }
}
