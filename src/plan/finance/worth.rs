//! What the money of a plan comes to, for the place and for each agency.

use super::ledger::total;
use super::{Calendar, CashBook, Ledger, pence};
use crate::place::{AgencyIx, Place};
use crate::plan::{Column, LedgerLine, Worth};

/// The worth of a plan to the place, and then to each agency.
pub(crate) fn worths(place: &Place, ledger: &Ledger, calendar: &Calendar) -> Vec<Worth> {
    let whole = std::iter::once((None, ledger.lines().collect::<Vec<_>>()));
    let each = ledger.agencies.iter().enumerate().map(|(at, agency)| {
        let lines = agency.lines.iter().collect();
        (Some(AgencyIx::new(at)), lines)
    });
    whole
        .chain(each)
        .map(|(agency, lines)| worth(place, &ledger.cash, calendar, agency, &lines))
        .collect()
}

fn worth(
    place: &Place,
    cash: &CashBook,
    calendar: &Calendar,
    agency: Option<AgencyIx>,
    lines: &[&LedgerLine],
) -> Worth {
    let sum = |keep: &dyn Fn(&LedgerLine) -> bool| {
        let kept = lines.iter().filter(|line| keep(line));
        total(kept.map(|line| line.npv_gbp))
    };
    let npv = sum(&|_| true);
    // What selling costs is taken off the receipts, as in a programme.
    let costs = pence(-sum(&|line| {
        let spent = line.column == Column::OneOff && line.line != "backlog";
        spent && !of_sales(line.column, &line.line)
    }));
    let benefits = total([npv, costs].into_iter());
    let without_receipts = sum(&|line| !of_sales(line.column, &line.line));
    let net = |keep: &dyn Fn(Column, &str) -> bool| net_by_year(cash, agency, keep);
    let all = net(&|_, _| true);
    let running = net(&|column, line| !of_sales(column, line));
    let discounted: Vec<f64> = discounted(&all, calendar);
    let [today, after] = present_cost(cash, agency, calendar);
    let years: f64 = calendar.factors().iter().sum();
    Worth {
        agency: agency.map(|at| place.agency(at).id.to_string()),
        npv_gbp: npv,
        npv_without_receipts_gbp: without_receipts,
        benefits_gbp: benefits,
        costs_gbp: costs,
        benefit_cost_ratio: (costs >= 0.01).then(|| millionths(benefits / costs)),
        annual_cost_today_gbp: pence(today / years),
        annual_cost_after_gbp: pence(after / years),
        payback_year: payback(&all),
        payback_discounted_year: payback(&discounted),
        payback_without_receipts_year: payback(&running),
        most_out_gbp: pence(most_out(&all)),
    }
}

/// Whether a line comes of selling.
fn of_sales(column: Column, line: &str) -> bool {
    column == Column::Receipt || matches!(line, "disposal_cost" | "clawback" | "overage")
}

fn millionths(share: f64) -> f64 {
    (share * 1e6).round() / 1e6 + 0.0
}

/// What a plan leaves an agency better off by in each year, £: costs less, receipts more.
fn net_by_year(
    cash: &CashBook,
    agency: Option<AgencyIx>,
    keep: &dyn Fn(Column, &str) -> bool,
) -> Vec<f64> {
    let mut net: Vec<i64> = Vec::new();
    for ((_, line, column), cells) in cash.lines_of(agency) {
        if !keep(*column, line) {
            continue;
        }
        net.resize(cells.len(), 0);
        for (sum, [today, after]) in net.iter_mut().zip(cells) {
            *sum += match column {
                Column::Receipt => after - today,
                Column::Recurring | Column::OneOff => today - after,
            };
        }
    }
    net.into_iter().map(|pence| pence as f64 / 100.0).collect()
}

/// Present value of everything paid less everything received, today and under the plan, £.
fn present_cost(cash: &CashBook, agency: Option<AgencyIx>, calendar: &Calendar) -> [f64; 2] {
    let mut cost = [0.0; 2];
    for ((_, _, column), cells) in cash.lines_of(agency) {
        let sign = match column {
            Column::Receipt => -0.01,
            Column::Recurring | Column::OneOff => 0.01,
        };
        for (cell, factor) in cells.iter().zip(calendar.factors()) {
            for (sum, pence) in cost.iter_mut().zip(cell) {
                *sum += sign * *pence as f64 * factor;
            }
        }
    }
    cost
}

fn discounted(net: &[f64], calendar: &Calendar) -> Vec<f64> {
    let worth = net.iter().zip(calendar.factors());
    worth.map(|(pounds, factor)| pounds * factor).collect()
}

/// The first year from whose end on all that was spent is back; `None` where it never is.
pub(crate) fn payback(net: &[f64]) -> Option<u32> {
    let mut sum = 0.0;
    let mut back = Some(0);
    for (year, pounds) in net.iter().enumerate() {
        sum += pounds;
        back = match back {
            _ if sum < -0.005 => None,
            None => Some(year as u32),
            back => back,
        };
    }
    back
}

/// The deepest that what was spent stands above what came back, £.
pub(crate) fn most_out(net: &[f64]) -> f64 {
    let mut sum = 0.0;
    let mut least: f64 = 0.0;
    for pounds in net {
        sum += pounds;
        least = least.min(sum);
    }
    -least
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_back_in_the_year_after_which_it_stays_back() {
        // −10, −4, +2, −1, +5
        assert_eq!(payback(&[-10.0, 6.0, 6.0, -3.0, 6.0]), Some(4));
        assert_eq!(payback(&[-10.0, 4.0, 6.0]), Some(2));
        assert_eq!(payback(&[-10.0, 4.0]), None);
        assert_eq!(payback(&[0.0, 4.0]), Some(0));
    }

    #[test]
    fn the_most_that_is_out_at_once_is_the_deepest_sum() {
        assert_eq!(most_out(&[-10.0, 6.0, -7.0, 20.0]), 11.0);
        assert_eq!(most_out(&[1.0]), 0.0);
    }
}
