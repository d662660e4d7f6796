//! `cashflow.csv`: every line of every agency in every year. `years.csv`: the place by year, the twin of
//! the cash-flow chart. `worth.csv`: what it all comes to, for the place and for each agency.

use super::super::cell::{Cell, Record};
use super::super::edition::Issue;
use super::super::error::PublishError;
use super::Tables;
use super::ledger::column_code;
use super::table::Owned;
use crate::plan::Worth;

pub(super) const CASH: [&str; 9] = [
    "year=cash_year",
    "agency",
    "line",
    "column=column_kind",
    "today_gbp",
    "after_gbp",
    "better_gbp",
    "factor",
    "present_gbp",
];

/// `cashflow.csv`, by year, agency and line; only the agencies whose money the audience may see.
pub(super) fn flow(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    let (plan, edition) = (issue.plan(), issue.edition);
    let factors = (0_u32..).zip(&plan.discount_factors);
    let rows = factors.flat_map(|(year, factor)| {
        let spans = plan.cash_flow.iter().filter(move |span| {
            (span.first_year..=span.last_year).contains(&year)
                && edition.audience.sees("npv_gbp", Some(&span.agency))
        });
        spans.map(move |span| {
            let record = Record::new()
                .with("cash_year", Cell::Whole(i64::from(year)))
                .with("agency", Cell::key(&span.agency))
                .with("line", Cell::key(&span.line))
                .with("column_kind", Cell::key(column_code(span.column)))
                .with("today_gbp", Cell::gbp(span.today_gbp))
                .with("after_gbp", Cell::gbp(span.after_gbp))
                .with("better_gbp", Cell::gbp(span.better_by()))
                .with("factor", Cell::Number(*factor, 6))
                .with("present_gbp", Cell::gbp(span.better_by() * factor));
            (record, Some(span.agency.as_str()))
        })
    });
    super::table("cashflow.csv", &CASH, rows, &edition.audience, to)
}

pub(super) const YEARS: [&str; 9] = [
    "year=cash_year",
    "recurring_saved_gbp",
    "one_off_better_gbp",
    "receipts_gbp",
    "better_gbp",
    "factor",
    "present_gbp",
    "so_far_gbp",
    "present_so_far_gbp",
];

/// `years.csv`; only for those who may see every agency's money.
pub(super) fn years(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    let edition = issue.edition;
    let years = match edition.audience.sees_all() {
        true => issue.plan().cash_by_year(),
        false => Vec::new(),
    };
    let rows = years.iter().map(|year| {
        let record = Record::new()
            .with("cash_year", Cell::Whole(i64::from(year.year)))
            .with("recurring_saved_gbp", Cell::gbp(year.recurring))
            .with("one_off_better_gbp", Cell::gbp(year.one_off))
            .with("receipts_gbp", Cell::gbp(year.receipts))
            .with("better_gbp", Cell::gbp(year.net))
            .with("factor", Cell::Number(year.factor, 6))
            .with("present_gbp", Cell::gbp(year.present))
            .with("so_far_gbp", Cell::gbp(year.so_far))
            .with("present_so_far_gbp", Cell::gbp(year.present_so_far));
        (record, None)
    });
    super::table("years.csv", &YEARS, rows, &edition.audience, to)
}

pub(super) const WORTH: [&str; 13] = [
    "agency=whose",
    "npv_gbp",
    "npv_without_receipts_gbp",
    "benefits_gbp",
    "costs_gbp",
    "benefit_cost_ratio",
    "annual_cost_today_gbp",
    "annual_cost_after_gbp",
    "payback_year",
    "payback_discounted_year",
    "payback_without_receipts_year",
    "most_out_gbp",
    "of=worth_of",
];

/// `worth.csv`: the place in the first row, then every agency whose money the audience may see; then the same of the
/// programme, where there is one.
pub(super) fn worth(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    let edition = issue.edition;
    let rows = worth_records(issue);
    super::table("worth.csv", &WORTH, rows, &edition.audience, to)
}

/// Its rows, under the names of the audience table.
pub(in super::super) fn worth_records<'a>(issue: &Issue<'a>) -> Vec<Owned<'a>> {
    let edition = issue.edition;
    let plan = issue.plan();
    let programme = plan.programme.iter();
    let programme = programme.flat_map(|one| one.worth.iter().map(|worth| ("programme", worth)));
    let all = plan.worth.iter().map(|worth| ("end_state", worth));
    let seen = all.chain(programme).filter(|(_, worth)| {
        let owner = worth.agency.as_deref();
        edition.audience.sees("npv_gbp", owner)
    });
    let year = |year: Option<u32>| year.map_or(Cell::Null, |year| Cell::Whole(i64::from(year)));
    let rows = seen.map(|(of, worth): (&str, &Worth)| {
        let whose = worth.agency.as_deref();
        let ratio = worth.benefit_cost_ratio;
        let record = Record::new()
            .with("whose", Cell::key(whose.unwrap_or("the whole place")))
            .with("worth_of", Cell::key(of))
            .with("npv_gbp", Cell::gbp(worth.npv_gbp))
            .with(
                "npv_without_receipts_gbp",
                Cell::gbp(worth.npv_without_receipts_gbp),
            )
            .with("benefits_gbp", Cell::gbp(worth.benefits_gbp))
            .with("costs_gbp", Cell::gbp(worth.costs_gbp))
            .with(
                "benefit_cost_ratio",
                ratio.map_or(Cell::Null, |r| Cell::Number(r, 3)),
            )
            .with(
                "annual_cost_today_gbp",
                Cell::gbp(worth.annual_cost_today_gbp),
            )
            .with(
                "annual_cost_after_gbp",
                Cell::gbp(worth.annual_cost_after_gbp),
            )
            .with("payback_year", year(worth.payback_year))
            .with(
                "payback_discounted_year",
                year(worth.payback_discounted_year),
            )
            .with(
                "payback_without_receipts_year",
                year(worth.payback_without_receipts_year),
            )
            .with("most_out_gbp", Cell::gbp(worth.most_out_gbp));
        (record, whose)
    });
    rows.collect()
}
