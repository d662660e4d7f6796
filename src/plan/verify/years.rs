//! Years and what a pound in each of them is worth today.

use crate::place::Finance;

/// The discount factors of the years of the horizon.
pub(super) struct Years {
    factors: Vec<f64>,
    later: f64,
}

impl Years {
    /// `factor[0] = 1`, `factor[t] = factor[t − 1] ÷ (1 + r[t])`.
    pub(super) fn of(finance: &Finance) -> Self {
        let mut factors = Vec::new();
        let mut worth = 1.0;
        for year in 0..finance.horizon_years {
            if year > 0 {
                worth /= 1.0 + rate(finance, year);
            }
            factors.push(worth);
        }
        let later = factors.iter().skip(1).sum();
        Self { factors, later }
    }

    /// Years in the horizon.
    pub(super) fn horizon(&self) -> u32 {
        self.factors.len() as u32
    }

    /// The factor of a year; nothing past the horizon is counted.
    pub(super) fn factor(&self, year: u32) -> f64 {
        self.factors.get(year as usize).copied().unwrap_or(0.0)
    }

    /// The sum of the factors of every year after year 0: what a pound a year is worth.
    pub(super) fn later(&self) -> f64 {
        self.later
    }

    /// The worth of what each year pays, £; those left out pay nothing.
    pub(super) fn sum(&self, paid: &[f64]) -> f64 {
        let each = paid.iter().zip(&self.factors);
        each.map(|(paid, factor)| paid * factor).sum()
    }
}

/// The rate of the last step that has begun by `year`.
fn rate(finance: &Finance, year: u32) -> f64 {
    finance
        .discount
        .iter()
        .filter(|step| step.from_year <= year)
        .max_by_key(|step| step.from_year)
        .map_or(0.0, |step| step.rate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::DiscountStep;

    #[test]
    fn year_nought_is_not_discounted_and_the_next_is_once() {
        let years = Years::of(&Finance::default());
        assert_eq!(years.factor(0), 1.0);
        assert!((years.factor(1) - 1.0 / 1.035).abs() < 1e-15);
    }

    #[test]
    fn a_year_past_the_horizon_is_worth_nothing() {
        let years = Years::of(&Finance::default());
        assert_eq!(years.horizon(), 25);
        assert!(years.factor(24) > 0.0);
        assert_eq!(years.factor(25), 0.0);
    }

    #[test]
    fn the_rate_falls_when_its_step_begins() {
        let finance = Finance {
            horizon_years: 4,
            discount: vec![
                DiscountStep {
                    from_year: 0,
                    rate: 0.10,
                },
                DiscountStep {
                    from_year: 3,
                    rate: 0.0,
                },
            ],
            ..Finance::default()
        };
        let years = Years::of(&finance);
        assert!((years.factor(2) - 1.0 / 1.21).abs() < 1e-15);
        assert_eq!(years.factor(3), years.factor(2));
    }

    #[test]
    fn what_is_not_paid_is_worth_nothing() {
        let finance = Finance {
            horizon_years: 5,
            discount: Vec::new(),
            ..Finance::default()
        };
        assert!((Years::of(&finance).sum(&[0.0, 1.0, 0.5]) - 1.5).abs() < 1e-12);
    }
}
