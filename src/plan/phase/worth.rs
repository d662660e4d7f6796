//! What the money of a programme comes to, for the place and for each agency, from its printed years and steps.

use crate::place::Place;
use crate::plan::finance::{Calendar, most_out, payback, pence, total};
use crate::plan::{Plan, Programme, Worth};

/// Sums of one agency, or of all, by year, £.
struct Years {
    better: Vec<f64>,
    receipts: Vec<f64>,
    spent: Vec<f64>,
}

/// The worth of a programme to the place, and then to each agency. What selling costs is taken off the receipts;
/// costs are those of its steps.
pub(super) fn worths(
    place: &Place,
    plan: &Plan,
    programme: &Programme,
    calendar: &Calendar,
) -> Vec<Worth> {
    let agencies = place.agencies.iter().map(|agency| Some(agency.id.as_str()));
    let whose = std::iter::once(None).chain(agencies);
    whose
        .map(|agency| {
            let years = Years::of(programme, agency, calendar.factors().len());
            let npv = match agency {
                None => programme.saving_gbp,
                Some(_) => pence(present(&years.better, calendar)),
            };
            let costs = pence(present(&years.spent, calendar));
            let benefits = total([npv, costs].into_iter());
            let plain = years.better.iter().zip(&years.receipts);
            let plain: Vec<f64> = plain.map(|(all, sold)| all - sold).collect();
            let factors = years.better.iter().zip(calendar.factors());
            let discounted: Vec<f64> = factors.map(|(gbp, factor)| gbp * factor).collect();
            let mut end_state = plan.worth.iter();
            let end_state = end_state.find(|worth| worth.agency.as_deref() == agency);
            let today = end_state.map_or(0.0, |worth| worth.annual_cost_today_gbp);
            let annually: f64 = calendar.factors().iter().sum();
            Worth {
                agency: agency.map(str::to_owned),
                npv_gbp: npv,
                npv_without_receipts_gbp: pence(npv - present(&years.receipts, calendar)),
                benefits_gbp: benefits,
                costs_gbp: costs,
                benefit_cost_ratio: (costs >= 0.01)
                    .then(|| (benefits / costs * 1e6).round() / 1e6 + 0.0),
                annual_cost_today_gbp: today,
                annual_cost_after_gbp: pence(today - npv / annually),
                payback_year: payback(&years.better),
                payback_discounted_year: payback(&discounted),
                payback_without_receipts_year: payback(&plain),
                most_out_gbp: pence(most_out(&years.better)),
            }
        })
        .collect()
}

fn present(by_year: &[f64], calendar: &Calendar) -> f64 {
    let worth = by_year.iter().zip(calendar.factors());
    worth.map(|(gbp, factor)| gbp * factor).sum()
}

impl Years {
    fn of(programme: &Programme, agency: Option<&str>, horizon: usize) -> Self {
        let mut years = Self {
            better: vec![0.0; horizon],
            receipts: vec![0.0; horizon],
            spent: vec![0.0; horizon],
        };
        let own = |whose: &str| agency.is_none_or(|agency| agency == whose);
        let add = |sums: &mut Vec<f64>, year: u32, gbp: f64| {
            if let Some(sum) = sums.get_mut(year as usize) {
                *sum = total([*sum, gbp].into_iter());
            }
        };
        for year in programme.cash.iter().filter(|year| own(&year.agency)) {
            add(&mut years.better, year.year, year.better_gbp);
            add(&mut years.receipts, year.year, year.receipts_gbp);
        }
        for step in programme.steps.iter().filter(|step| own(&step.agency)) {
            add(&mut years.spent, step.year, step.capital_gbp);
        }
        years
    }
}
