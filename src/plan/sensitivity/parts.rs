//! A plan's money by what it leans on: everything that is tried is a sum of these parts.

use crate::place::{DiscountStep, Driver, Finance};
use crate::plan::CashSpan;
use crate::plan::finance::Calendar;
use std::collections::BTreeMap;

/// What a plan leaves the place better off by, £, by driver and year.
pub(crate) struct Parts {
    by_year: BTreeMap<Driver, Vec<f64>>,
    /// By year of sale: holding cost of a year of the buildings that are sold, £.
    sold: BTreeMap<u32, f64>,
    finance: Finance,
    calendar: Calendar,
}

impl Parts {
    /// The parts of a plan or programme: what each driver leaves the place better off by in each year, and what it costs
    /// a year to hold what is sold, by year of sale.
    pub(crate) fn new(
        by_year: BTreeMap<Driver, Vec<f64>>,
        finance: &Finance,
        sold: BTreeMap<u32, f64>,
    ) -> Self {
        Self {
            by_year,
            sold,
            finance: finance.clone(),
            calendar: Calendar::new(finance),
        }
    }

    /// Sorts the cash of a plan; recharges cancel out over the place.
    pub(crate) fn of_cash(cash: &[CashSpan], finance: &Finance, sold: BTreeMap<u32, f64>) -> Self {
        let mut by_year: BTreeMap<Driver, Vec<f64>> = BTreeMap::new();
        for span in cash {
            let Some(driver) = driver_of(&span.line) else {
                continue;
            };
            let years = vec![0.0; finance.horizon_years as usize];
            let years = by_year.entry(driver).or_insert(years);
            let reached = (span.first_year as usize)..=(span.last_year as usize);
            for sum in years.get_mut(reached).into_iter().flatten() {
                *sum += span.better_by();
            }
        }
        Self::new(by_year, finance, sold)
    }

    /// Present value of a part as assumed.
    pub(crate) fn worth(&self, driver: Driver) -> f64 {
        self.worth_at(driver, &self.calendar, 0)
    }

    /// Present value of a part with its cash so many years later.
    fn worth_at(&self, driver: Driver, calendar: &Calendar, late: u32) -> f64 {
        let years = self.by_year.get(&driver).into_iter().flatten();
        (late..)
            .zip(years)
            .map(|(year, sum)| sum * calendar.factor(year))
            .sum()
    }

    /// Present value of holding what is sold for so many years more, as assumed: a cost.
    pub(crate) fn held_longer(&self, late: u32) -> f64 {
        let one = |(from, held): (&u32, &f64)| {
            let years = *from..from.saturating_add(late);
            held * years.map(|year| self.calendar.factor(year)).sum::<f64>()
        };
        -self.sold.iter().map(one).sum::<f64>()
    }

    /// Holding cost of a year of all buildings that are sold, £.
    pub(crate) fn held_a_year(&self) -> f64 {
        self.sold.values().sum()
    }

    /// Present value of receipts that come so many years late, without the holding cost.
    pub(crate) fn receipts_late(&self, late: u32) -> f64 {
        self.worth_at(Driver::Receipts, &self.calendar, late)
    }

    /// Present value of everything with points added to the discount rate of every year.
    pub(crate) fn worth_discounted(&self, points: f64) -> f64 {
        let mut finance = self.finance.clone();
        finance.discount = finance
            .discount
            .iter()
            .map(|step| DiscountStep {
                rate: step.rate + points,
                ..*step
            })
            .collect();
        let calendar = Calendar::new(&finance);
        let parts = self.by_year.keys();
        parts
            .map(|driver| self.worth_at(*driver, &calendar, 0))
            .sum()
    }

    /// Present value of everything as assumed.
    pub(crate) fn whole(&self) -> f64 {
        self.by_year.keys().map(|driver| self.worth(*driver)).sum()
    }
}

/// What a line of the ledger leans on.
fn driver_of(line: &str) -> Option<Driver> {
    match line {
        "running_fixed" | "running_variable" | "point_running" | "site_fixed" | "holding" => {
            Some(Driver::RunningCost)
        }
        "rent" | "rent_to_exit" | "rent_review" | "let_income" | "sublet_income"
        | "part_income" => Some(Driver::Rent),
        "rates" => Some(Driver::Rates),
        "fit_out" | "fees" | "opening" | "point_opening" | "part_works" => Some(Driver::FitOut),
        "move" => Some(Driver::Moves),
        "break_penalty" | "surrender" | "dilapidations" => Some(Driver::LeavingLeases),
        "receipt" | "disposal_cost" | "clawback" | "overage" => Some(Driver::Receipts),
        "backlog" => Some(Driver::Repairs),
        _ => None,
    }
}
