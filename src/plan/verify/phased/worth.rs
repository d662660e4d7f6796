//! What the programme's printed years and steps come to, worked out from the last year back to the first.

use super::super::discrepancy::{Found, in_pence, of_plan};
use super::super::worth::{back, compare, running_sums};
use super::super::years::Years;
use super::Phased;
use crate::plan::Worth;

/// Checks the list: the place first, then every agency.
pub(super) fn check(phased: &Phased<'_>, found: &mut Found) {
    let place = phased.reading.place;
    let said = &phased.programme.worth;
    let agencies = place.agencies.iter().map(|agency| Some(agency.id.as_str()));
    let whose: Vec<Option<&str>> = std::iter::once(None).chain(agencies).collect();
    if !whose
        .iter()
        .copied()
        .eq(said.iter().map(|one| one.agency.as_deref()))
    {
        let why = "the place comes first, then every agency in its order";
        let field = of_plan("programme.worth");
        found.note(
            "left-out",
            field,
            "the place and its agencies",
            "others",
            why,
        );
        return;
    }
    for (agency, said) in whose.into_iter().zip(said) {
        compare(
            "programme.worth",
            &expected(phased, agency, said),
            said,
            1,
            found,
        );
    }
}

fn expected(phased: &Phased<'_>, agency: Option<&str>, said: &Worth) -> Worth {
    let programme = phased.programme;
    let years = Years::of(&phased.reading.place.finance);
    let own = |whose: &str| agency.is_none() || agency == Some(whose);
    // Better off, of it by receipts, spent: pence of each year.
    let mut sums = vec![[0_i128; 3]; years.horizon() as usize];
    for row in programme.cash.iter().filter(|row| own(&row.agency)) {
        if let Some(sum) = sums.get_mut(row.year as usize) {
            sum[0] += in_pence(row.better_gbp);
            sum[1] += in_pence(row.receipts_gbp);
        }
    }
    for step in programme.steps.iter().filter(|step| own(&step.agency)) {
        if let Some(sum) = sums.get_mut(step.year as usize) {
            sum[2] += in_pence(step.capital_gbp);
        }
    }
    let present = |which: usize| -> f64 {
        let mut worth = 0.0;
        for year in (0..years.horizon()).rev() {
            worth += years.factor(year) * sums[year as usize][which] as f64 / 100.0;
        }
        worth
    };
    let npv = match agency {
        None => programme.saving_gbp,
        Some(_) => present(0),
    };
    let costs = present(2);
    let spent = in_pence(said.costs_gbp);
    let gained = in_pence(said.npv_gbp).saturating_add(spent);
    let annually: f64 = (0..years.horizon()).map(|year| years.factor(year)).sum();
    let mut end_state = phased.reading.plan.worth.iter();
    let today = end_state
        .find(|worth| worth.agency.as_deref() == agency)
        .map_or(0.0, |worth| worth.annual_cost_today_gbp);
    let all = || sums.iter().map(|sum| sum[0] as f64);
    let discounted = (0..)
        .zip(&sums)
        .map(|(year, sum)| sum[0] as f64 * years.factor(year));
    Worth {
        agency: agency.map(str::to_owned),
        npv_gbp: npv,
        npv_without_receipts_gbp: npv - present(1),
        benefits_gbp: npv + costs,
        costs_gbp: costs,
        // Of the printed sums, which are checked by themselves.
        benefit_cost_ratio: (spent > 0).then(|| gained as f64 / spent as f64),
        annual_cost_today_gbp: today,
        annual_cost_after_gbp: today - npv / annually,
        payback_year: back(all()),
        payback_discounted_year: back(discounted),
        payback_without_receipts_year: back(sums.iter().map(|sum| (sum[0] - sum[1]) as f64)),
        most_out_gbp: -running_sums(all()).fold(0.0, f64::min) / 100.0 + 0.0,
    }
}
