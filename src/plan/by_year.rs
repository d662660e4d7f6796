//! A plan's money year by year, for the place as a whole.

use super::money_report::{CashSpan, Sensitivity};
use super::programme::Programme;
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
    /// Every year of the horizon, all agencies together, were all of the plan done in year 0.
    pub fn cash_by_year(&self) -> Vec<CashYear> {
        let mut years = empty_years(&self.discount_factors);
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
        summed(years)
    }

    /// The same as it is to be done: year by year where there is a programme, else all in year 0.
    pub fn cash_as_done(&self) -> Vec<CashYear> {
        match &self.programme {
            Some(programme) => programme.cash_by_year(&self.discount_factors),
            None => self.cash_by_year(),
        }
    }

    /// What it is worth where the money turns out otherwise, as it is to be done.
    pub fn sensitivity_as_done(&self) -> &Sensitivity {
        match &self.programme {
            Some(programme) => &programme.sensitivity,
            None => &self.sensitivity,
        }
    }

    /// When the money is back, by [`Plan::cash_as_done`]; `None` where the plan says nothing of its worth.
    pub fn money_back(&self) -> Option<MoneyBack> {
        let worth = self
            .programme
            .as_ref()
            .map_or(&self.worth, |one| &one.worth);
        let whole = worth.iter().find(|worth| worth.agency.is_none())?;
        Some(MoneyBack {
            year: whole.payback_year,
            without_receipts_year: whole.payback_without_receipts_year,
            most_out_gbp: whole.most_out_gbp,
        })
    }
}

impl Programme {
    /// Every year of the horizon, all agencies together; receipts less the cost of the sales.
    pub fn cash_by_year(&self, factors: &[f64]) -> Vec<CashYear> {
        let mut years = empty_years(factors);
        for own in &self.cash {
            if let Some(year) = years.get_mut(own.year as usize) {
                year.recurring += own.recurring_saved_gbp + own.recharges_saved_gbp;
                year.one_off -= own.one_off_gbp;
                year.receipts += own.receipts_gbp;
            }
        }
        summed(years)
    }
}

/// When what is spent is back, and how much is out at most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MoneyBack {
    /// The first year from whose end on nothing is out; `None` where it never is within the horizon.
    pub year: Option<u32>,
    /// The same without what sales bring.
    pub without_receipts_year: Option<u32>,
    /// The most that is out at the end of any year, £.
    pub most_out_gbp: f64,
}

fn empty_years(factors: &[f64]) -> Vec<CashYear> {
    let years = (0..).zip(factors).map(|(year, factor)| CashYear {
        year,
        factor: *factor,
        ..CashYear::default()
    });
    years.collect()
}

fn summed(mut years: Vec<CashYear>) -> Vec<CashYear> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_so_far_run_over_savings_spending_and_sales() {
        // −10 spent; 4 saved from year 1; 5 for a sale in year 2.
        let mut years = empty_years(&[1.0; 4]);
        years[0].one_off = -10.0;
        for year in &mut years[1..] {
            year.recurring = 4.0;
        }
        years[2].receipts = 5.0;
        let years = summed(years);
        let so_far: Vec<f64> = years.iter().map(|year| year.so_far).collect();
        assert_eq!(so_far, [-10.0, -6.0, 3.0, 7.0]);
    }
}
