//! Of any place: the ledger's rows sum to the place's total, to the penny, and the present value is that of a closed formula.

use crate::random_places;
use oneroof::place::{DiscountStep, Place};
use oneroof::plan::{Column, Plan, Wish, plan};
use oneroof::travel::Travel;
use rayon::prelude::*;
use std::time::Duration;

/// Rate of every year, where it is the same in all.
fn rate(seed: u64) -> f64 {
    [0.0, 0.02, 0.035, 0.06][(seed % 4) as usize]
}

fn random(seed: u64) -> Option<(Place, Plan)> {
    let mut place = random_places::place(seed);
    place.finance.discount = vec![DiscountStep {
        from_year: 0,
        rate: rate(seed),
    }];
    let wish = Wish {
        time: Duration::from_secs(5),
        ..Wish::default()
    };
    let found = plan(&place, &Travel::new(&place, Vec::new()), &wish, &()).ok()?;
    Some((place, found))
}

fn pence(gbp: f64) -> i64 {
    (gbp * 100.0).round() as i64
}

fn is_whole_pence(gbp: f64) -> bool {
    (gbp * 100.0 - (gbp * 100.0).round()).abs() < 1e-4
}

#[test]
fn ledger_rows_of_any_place_sum_to_the_place_total_to_the_penny() {
    let lines: usize = (0..48_u64)
        .into_par_iter()
        .filter_map(|seed| Some(rows_sum(seed, &random(seed)?.1)))
        .sum();
    assert!(lines > 500, "{lines}");
}

fn rows_sum(seed: u64, plan: &Plan) -> usize {
    let mut place_npv = 0;
    let mut recharges = [0; 3];
    let mut running = [0; 2];
    for agency in &plan.ledger {
        let of = |column: Column| {
            agency
                .lines
                .iter()
                .filter(move |line| line.column == column)
        };
        let npv: i64 = agency.lines.iter().map(|line| pence(line.npv_gbp)).sum();
        assert_eq!(npv, pence(agency.npv_gbp), "seed {seed}, {}", agency.agency);
        let today: i64 = of(Column::Recurring)
            .map(|line| pence(line.today_gbp))
            .sum();
        let after: i64 = of(Column::Recurring)
            .map(|line| pence(line.after_gbp))
            .sum();
        assert_eq!(today, pence(agency.recurring_today_gbp), "seed {seed}");
        assert_eq!(after, pence(agency.recurring_after_gbp), "seed {seed}");
        let received: i64 = of(Column::Receipt).map(|line| pence(line.after_gbp)).sum();
        assert_eq!(received, pence(agency.receipts_gbp), "seed {seed}");
        running[0] += today;
        running[1] += after;
        for line in &agency.lines {
            let amounts = [line.today_gbp, line.after_gbp, line.npv_gbp];
            assert!(
                amounts.iter().all(|gbp| is_whole_pence(*gbp)),
                "seed {seed}: {line:?}"
            );
            if line.line.starts_with("recharge") {
                for (sum, gbp) in recharges.iter_mut().zip(amounts) {
                    *sum += pence(gbp);
                }
            }
        }
        place_npv += npv;
    }
    assert_eq!(
        place_npv,
        pence(plan.ledger.iter().map(|one| one.npv_gbp).sum())
    );
    assert_eq!(
        recharges, [0; 3],
        "seed {seed}: what one pays another receives"
    );
    let whole = plan
        .worth
        .iter()
        .find(|one| one.agency.is_none())
        .expect("the place");
    assert_eq!(place_npv, pence(whole.npv_gbp), "seed {seed}");
    let printed = [plan.running_cost_today_gbp, plan.running_cost_after_gbp].map(pence);
    assert_eq!(running, printed, "seed {seed}");
    plan.ledger.iter().map(|one| one.lines.len()).sum()
}

#[test]
fn the_present_value_of_any_place_is_that_of_the_closed_formula_of_its_payments() {
    let compared = (0..48_u64)
        .into_par_iter()
        .filter(|seed| {
            let Some((_, plan)) = random(*seed) else {
                return false;
            };
            let npv: f64 = plan.ledger.iter().map(|one| one.npv_gbp).sum();
            let lines: usize = plan.ledger.iter().map(|one| one.lines.len()).sum();
            let closed = closed_formula(&plan, 1.0 / (1.0 + rate(*seed)));
            // Half a penny of each line and of each year.
            let noise = 0.01 * (lines as f64 + 25.0 * plan.cash_flow.len() as f64) + 0.01;
            assert!((npv - closed).abs() < noise, "seed {seed}: {npv} {closed}");
            npv.abs() > 1.0
        })
        .count();
    assert!(compared > 20, "{compared}");
}

/// Σ a × (vⁱ − vʲ⁺¹) ÷ (1 − v) over payments of a from year i to year j.
fn closed_formula(plan: &Plan, v: f64) -> f64 {
    let spans = plan.cash_flow.iter();
    spans
        .map(|span| {
            let years = f64::from(span.last_year - span.first_year + 1);
            let (from, to) = (span.first_year as i32, span.last_year as i32 + 1);
            let annuity = match v {
                1.0 => years,
                v => (v.powi(from) - v.powi(to)) / (1.0 - v),
            };
            let better = match span.column {
                Column::Receipt => span.after_gbp - span.today_gbp,
                Column::Recurring | Column::OneOff => span.today_gbp - span.after_gbp,
            };
            better * annuity
        })
        .sum()
}
