//! Years, and what a pound in each of them is worth today.

use crate::place::Finance;

/// Discount factors of the years of the horizon: year 0 is the 12 months after the base date.
#[derive(Clone, Debug)]
pub(crate) struct Calendar {
    factors: Vec<f64>,
    later: f64,
}

impl Calendar {
    /// The factors of a finance section; steps may come in any order.
    pub(crate) fn new(finance: &Finance) -> Self {
        let mut factors = Vec::new();
        let mut factor = 1.0;
        for year in 0..finance.horizon_years {
            if year > 0 {
                factor /= 1.0 + rate_of(finance, year);
            }
            factors.push(factor);
        }
        let later = factors.iter().skip(1).sum();
        Self { factors, later }
    }

    /// What a pound of a year is worth; nothing past the horizon.
    pub(crate) fn factor(&self, year: u32) -> f64 {
        self.factors.get(year as usize).copied().unwrap_or(0.0)
    }

    /// The sum of the factors of every year from year 1.
    pub(crate) fn later(&self) -> f64 {
        self.later
    }

    /// The years from year 1, with their factors.
    pub(crate) fn years_from_one(&self) -> impl Iterator<Item = (u32, f64)> + '_ {
        (0..).zip(self.factors.iter().copied()).skip(1)
    }

    /// Present value of what each year from year 1 pays.
    pub(crate) fn worth(&self, amount: impl Fn(u32) -> f64) -> f64 {
        let paid = self.years_from_one();
        paid.map(|(year, factor)| factor * amount(year)).sum()
    }

    /// The last year of the horizon.
    pub(crate) fn last(&self) -> u32 {
        (self.factors.len() as u32).saturating_sub(1)
    }

    /// Factors of every year of the horizon.
    pub(crate) fn factors(&self) -> &[f64] {
        &self.factors
    }

    /// Whether a year lies inside the horizon.
    pub(crate) fn holds(&self, year: u32) -> bool {
        (year as usize) < self.factors.len()
    }
}

fn rate_of(finance: &Finance, year: u32) -> f64 {
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
    fn year_zero_is_not_discounted_and_the_rate_changes_with_its_step() {
        let finance = Finance {
            horizon_years: 3,
            discount: vec![
                DiscountStep {
                    from_year: 2,
                    rate: 0.25,
                },
                DiscountStep {
                    from_year: 0,
                    rate: 0.60,
                },
            ],
            ..Finance::default()
        };
        let calendar = Calendar::new(&finance);
        // 1, 1 ÷ 1.6 = 0.625, 0.625 ÷ 1.25 = 0.5
        assert_eq!(calendar.factor(0), 1.0);
        assert_eq!(calendar.factor(1), 0.625);
        assert_eq!(calendar.factor(2), 0.5);
        assert_eq!(calendar.later(), 1.125);
        assert_eq!(calendar.factor(3), 0.0);
    }

    #[test]
    fn the_default_horizon_is_worth_sixteen_years_of_a_constant_pound() {
        // (1 − 1.035⁻²⁴) ÷ 0.035 = 16.05837
        let calendar = Calendar::new(&Finance::default());
        assert!((calendar.later() - 16.058_367_6).abs() < 1e-6);
    }
}
