//! A plan's money year by year, for the place as a whole.

use super::money_report::CashSpan;
use super::report::{Column, Plan};

/// One year of a plan against the do-minimum, £. Positive is better than today; the three kinds of
/// money stand apart and `net` is what is in the till.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CashYear {
    /// Counted from the base date; year 0 is the 12 months after it.
    pub year: u32,
    /// What a pound of it is worth in year 0.
    pub factor: f64,
    /// Recurring cost saved.
    pub recurring: f64,
    /// One-off cost avoided; negative where the plan spends.
    pub one_off: f64,
    /// Receipts.
    pub receipts: f64,
    /// The three together.
    pub net: f64,
    /// `net`, in present value.
    pub present: f64,
    /// Sum of `net` so far.
    pub so_far: f64,
    /// Sum of `present` so far: in the last year, the net present value.
    pub present_so_far: f64,
}

impl CashSpan {
    /// What a year of it leaves its agency better off by, £: less cost, or more received.
    pub fn better_by(&self) -> f64 {
        match self.column {
            Column::Receipt => self.after_gbp - self.today_gbp,
            Column::Recurring | Column::OneOff => self.today_gbp - self.after_gbp,
        }
    }
}

impl Plan {
    /// Every year of the horizon, all agencies together.
    pub fn cash_by_year(&self) -> Vec<CashYear> {
        let mut years: Vec<CashYear> = (0..)
            .zip(&self.discount_factors)
            .map(|(year, factor)| CashYear {
                year,
                factor: *factor,
                ..CashYear::default()
            })
            .collect();
        for span in &self.cash_flow {
            for year in &mut years {
                if (span.first_year..=span.last_year).contains(&year.year) {
                    *match span.column {
                        Column::Recurring => &mut year.recurring,
                        Column::OneOff => &mut year.one_off,
                        Column::Receipt => &mut year.receipts,
                    } += span.better_by();
                }
            }
        }
        let (mut so_far, mut present_so_far) = (0.0, 0.0);
        for year in &mut years {
            year.net = year.recurring + year.one_off + year.receipts;
            year.present = year.net * year.factor;
            so_far += year.net;
            present_so_far += year.present;
            (year.so_far, year.present_so_far) = (so_far, present_so_far);
        }
        years
    }
}
