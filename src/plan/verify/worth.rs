//! What the money comes to, from the printed lines and the printed cash.

use super::cash::net_of;
use super::discrepancy::{Found, in_pence, of, of_plan};
use super::reading::Reading;
use super::years::Years;
use crate::plan::{CashSpan, Column, LedgerLine, Plan, Worth};

/// Ratios are printed to a millionth.
const MILLIONTH: f64 = 1.5e-6;

/// Checks the list: the place first, then every agency.
pub(super) fn check(reading: &Reading<'_>, found: &mut Found) {
    let expected = expected(reading);
    let said = &reading.plan.worth;
    let ids = |worths: &[Worth]| -> Vec<Option<String>> {
        worths.iter().map(|one| one.agency.clone()).collect()
    };
    if ids(&expected) != ids(said) {
        let why = "the place comes first, then every agency in its order";
        found.note(
            "left-out",
            of_plan("worth"),
            "the place and its agencies",
            "others",
            why,
        );
        return;
    }
    for (own, said) in expected.iter().zip(said) {
        compare("worth", own, said, 0, found);
    }
}

/// `slack`: the pence by which sums may be out that are rounded once more.
pub(super) fn compare(list: &str, own: &Worth, said: &Worth, slack: i128, found: &mut Found) {
    let id = said.agency.as_deref().unwrap_or("place");
    for (name, expected, printed, pence) in [
        ("npv_gbp", own.npv_gbp, said.npv_gbp, 0),
        (
            "npv_without_receipts_gbp",
            own.npv_without_receipts_gbp,
            said.npv_without_receipts_gbp,
            0,
        ),
        ("benefits_gbp", own.benefits_gbp, said.benefits_gbp, 0),
        ("costs_gbp", own.costs_gbp, said.costs_gbp, 0),
        (
            "annual_cost_today_gbp",
            own.annual_cost_today_gbp,
            said.annual_cost_today_gbp,
            1,
        ),
        (
            "annual_cost_after_gbp",
            own.annual_cost_after_gbp,
            said.annual_cost_after_gbp,
            1,
        ),
        ("most_out_gbp", own.most_out_gbp, said.most_out_gbp, 0),
    ] {
        let why = "it does not follow from the printed lines and years";
        found.money(
            "money-differs",
            of(list, id, name),
            expected,
            printed,
            pence.max(slack),
            why,
        );
    }
    let why = "it is not benefits ÷ costs";
    found.maybe(
        "money-differs",
        of(list, id, "benefit_cost_ratio"),
        own.benefit_cost_ratio,
        said.benefit_cost_ratio,
        MILLIONTH,
        why,
    );
    for (name, expected, printed) in [
        ("payback_year", own.payback_year, said.payback_year),
        (
            "payback_discounted_year",
            own.payback_discounted_year,
            said.payback_discounted_year,
        ),
        (
            "payback_without_receipts_year",
            own.payback_without_receipts_year,
            said.payback_without_receipts_year,
        ),
    ] {
        let why = "the money is back in another year";
        let (expected, printed) = (expected.map(f64::from), printed.map(f64::from));
        found.maybe(
            "year-differs",
            of(list, id, name),
            expected,
            printed,
            0.0,
            why,
        );
    }
}

/// The worth of the plan to the place and to each agency, as its own lines and years give it.
pub(super) fn expected(reading: &Reading<'_>) -> Vec<Worth> {
    let agencies = reading.place.agencies.iter();
    std::iter::once(None)
        .chain(agencies.map(|agency| Some(agency.id.as_str())))
        .map(|agency| one(reading, agency))
        .collect()
}

fn one(reading: &Reading<'_>, agency: Option<&str>) -> Worth {
    let plan = reading.plan;
    let years = Years::of(&reading.place.finance);
    let pence = |keep: fn(&LedgerLine) -> bool| sum_of(plan, agency, keep);
    let npv = pence(|_| true);
    let costs = -pence(|line| {
        line.column == Column::OneOff
            && line.line != "backlog"
            && !of_sales(line.column, &line.line)
    });
    let benefits = npv + costs;
    let net = |wanted: &dyn Fn(&CashSpan) -> bool| net_of(plan, agency, years.horizon(), wanted);
    let all: Vec<f64> = net(&|_| true).into_iter().map(|sum| sum as f64).collect();
    let discounted = (0..).zip(&all).map(|(year, sum)| sum * years.factor(year));
    let plain = net(&|span| !of_sales(span.column, &span.line));
    let steady: f64 = (0..years.horizon()).map(|year| years.factor(year)).sum();
    let annual = |today: bool| {
        let paid = |span: &CashSpan| {
            if today {
                span.today_gbp
            } else {
                span.after_gbp
            }
        };
        in_pence(present(plan, agency, &years, paid) / steady) as f64 / 100.0
    };
    Worth {
        agency: agency.map(str::to_owned),
        npv_gbp: npv as f64 / 100.0,
        npv_without_receipts_gbp: pence(|line| !of_sales(line.column, &line.line)) as f64 / 100.0,
        benefits_gbp: benefits as f64 / 100.0,
        costs_gbp: costs as f64 / 100.0,
        benefit_cost_ratio: (costs >= 1).then(|| benefits as f64 / costs as f64),
        annual_cost_today_gbp: annual(true),
        annual_cost_after_gbp: annual(false),
        payback_year: back(all.iter().copied()),
        payback_discounted_year: back(discounted),
        payback_without_receipts_year: back(plain.into_iter().map(|sum| sum as f64)),
        most_out_gbp: -running_sums(all.into_iter()).fold(0.0, f64::min) / 100.0 + 0.0,
    }
}

fn of_sales(column: Column, line: &str) -> bool {
    column == Column::Receipt || ["disposal_cost", "clawback", "overage"].contains(&line)
}

/// Printed present values of the lines that are kept, in pence.
fn sum_of(plan: &Plan, agency: Option<&str>, keep: fn(&LedgerLine) -> bool) -> i128 {
    let ledgers = plan.ledger.iter();
    ledgers
        .filter(|ledger| agency.is_none_or(|agency| agency == ledger.agency))
        .flat_map(|ledger| &ledger.lines)
        .filter(|line| keep(line))
        .fold(0, |sum: i128, line| {
            sum.saturating_add(in_pence(line.npv_gbp))
        })
}

/// Present value of what is paid less what is received, £: from the last year back to the first.
fn present(
    plan: &Plan,
    agency: Option<&str>,
    years: &Years,
    paid: impl Fn(&CashSpan) -> f64,
) -> f64 {
    let mut worth = 0.0;
    for year in (0..years.horizon()).rev() {
        let spans = plan.cash_flow.iter().filter(|span| {
            agency.is_none_or(|agency| agency == span.agency)
                && (span.first_year..=span.last_year).contains(&year)
        });
        let paid: f64 = spans
            .map(|span| match span.column {
                Column::Receipt => -paid(span),
                Column::Recurring | Column::OneOff => paid(span),
            })
            .sum();
        // A pound of the next year is worth this much in this one.
        let next = years.factor(year.saturating_add(1)) / years.factor(year);
        worth = paid + worth * next;
    }
    worth
}

pub(super) fn running_sums(net: impl Iterator<Item = f64>) -> impl Iterator<Item = f64> {
    net.scan(0.0, |sum, pence| {
        *sum += pence;
        Some(*sum)
    })
}

/// The year after the last one at whose end, in pence, money is still out; `None` where that is the
/// last year of all.
pub(super) fn back(net: impl Iterator<Item = f64>) -> Option<u32> {
    let sums: Vec<f64> = running_sums(net).collect();
    match sums.iter().rposition(|sum| *sum < -0.5) {
        None => Some(0),
        Some(last) if last + 1 == sums.len() => None,
        Some(last) => Some(last as u32 + 1),
    }
}
