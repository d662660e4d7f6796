//! The printed ledger: each line within a penny of ours, each total an exact sum of printed pence.

use super::discrepancy::{Figure, Found, in_pence, of, of_plan, pounds};
use super::money::{Amounts, Money};
use super::reading::Reading;
use crate::place::AgencyIx;
use crate::plan::{AgencyLedger, Column, LedgerLine};
use std::collections::{BTreeMap, BTreeSet};

/// The codes of the lines that make running cost in scope.
pub(super) const RUNNING: [&str; 12] = [
    "running_fixed",
    "rent",
    "rates",
    "running_variable",
    "point_running",
    "holding",
    "site_fixed",
    "rent_to_exit",
    "rent_review",
    "let_income",
    "sublet_income",
    "part_income",
];

/// Checks every line and every agency's totals.
pub(super) fn check(reading: &Reading<'_>, money: &Money, found: &mut Found) {
    let agencies: BTreeMap<&str, AgencyIx> = reading
        .place
        .agencies
        .iter()
        .enumerate()
        .map(|(at, agency)| (agency.id.as_str(), AgencyIx::new(at)))
        .collect();
    let mut said = BTreeSet::new();
    for ledger in &reading.plan.ledger {
        let id = ledger.agency.as_str();
        let Some(agency) = agencies.get(id) else {
            // Named among the lists.
            continue;
        };
        for line in &ledger.lines {
            let mine =
                money
                    .lines
                    .get_key_value(&(*agency, line.subject.clone(), code_of(&line.line)));
            let fresh = said.insert((*agency, line.subject.as_str(), line.line.as_str()));
            one(
                ledger,
                line,
                mine.map(|(_, amounts)| *amounts),
                fresh,
                found,
            );
        }
        order(ledger, found);
        totals(ledger, found);
    }
    between_agencies(&reading.plan.ledger, found);
    for ((agency, subject, code), amounts) in &money.lines {
        if !said.contains(&(*agency, subject.as_str(), *code)) {
            left_out(reading, *agency, subject, code, amounts, found);
        }
    }
}

/// Lines stand by subject and code.
fn order(ledger: &AgencyLedger, found: &mut Found) {
    let key = |line: &LedgerLine| (line.subject.clone(), line.line.clone());
    if !ledger.lines.is_sorted_by_key(key) {
        let why = "the lines are not in the order of subject and code";
        let field = of("ledger", &ledger.agency, "lines");
        found.note(
            "out-of-order",
            field,
            "by subject and code",
            "another order",
            why,
        );
    }
}

/// Our own word for a line code, or one that no line of ours has.
fn code_of(line: &str) -> &'static str {
    const OTHERS: [&str; 18] = [
        "backlog",
        "opening",
        "point_opening",
        "break_penalty",
        "surrender",
        "dilapidations",
        "disposal_cost",
        "clawback",
        "overage",
        "part_works",
        "receipt",
        "fit_out",
        "fees",
        "move",
        "recharge_paid",
        "recharge_received",
        "recharge_notice_paid",
        "recharge_notice_received",
    ];
    let known = RUNNING.iter().chain(&OTHERS);
    known.copied().find(|code| *code == line).unwrap_or("")
}

fn figure<'a>(agency: &str, subject: &'a str, code: &str, field: &str) -> Figure<'a> {
    Figure {
        subject,
        name: format!("ledger[{agency}].lines[{subject}.{code}].{field}"),
    }
}

/// One printed line against ours.
fn one(
    ledger: &AgencyLedger,
    line: &LedgerLine,
    mine: Option<Amounts>,
    fresh: bool,
    found: &mut Found,
) {
    let field = |field: &str| figure(&ledger.agency, &line.subject, &line.line, field);
    if !fresh {
        found.note(
            "listed-twice",
            field("line"),
            "once",
            "twice",
            "the line is there already",
        );
    }
    let Some(mine) = mine else {
        let why = "nothing of that name is paid or received";
        found.note(
            "line-unknown",
            field("line"),
            "no such line",
            &line.line,
            why,
        );
        return;
    };
    if line.column != mine.column {
        let why = "it belongs in another column";
        let (right, wrong) = (column_name(mine.column), column_name(line.column));
        found.note("column-differs", field("column"), right, wrong, why);
    }
    for (name, ours, printed) in [
        ("today_gbp", mine.today, line.today_gbp),
        ("after_gbp", mine.after, line.after_gbp),
        ("npv_gbp", mine.npv, line.npv_gbp),
    ] {
        let why = "the amount worked out from the place is another";
        found.money("money-differs", field(name), ours, printed, 1, why);
    }
}

/// A line of ours that the plan does not print: only one of nothing may be missing.
fn left_out(
    reading: &Reading<'_>,
    agency: AgencyIx,
    subject: &str,
    code: &str,
    amounts: &Amounts,
    found: &mut Found,
) {
    let agency = reading.place.agency(agency).id.as_str();
    for (name, ours) in [
        ("today_gbp", amounts.today),
        ("after_gbp", amounts.after),
        ("npv_gbp", amounts.npv),
    ] {
        if in_pence(ours).abs() > 1 {
            let why = "the ledger leaves the line out";
            let field = figure(agency, subject, code, name);
            found.note("line-missing", field, pounds(ours), "nothing", why);
        }
    }
}

/// What agencies pay each other cancels out, to the penny.
fn between_agencies(ledgers: &[AgencyLedger], found: &mut Found) {
    type Amount = fn(&LedgerLine) -> f64;
    let today: Amount = |line| line.today_gbp;
    let after: Amount = |line| line.after_gbp;
    let npv: Amount = |line| line.npv_gbp;
    for (name, amount) in [("today_gbp", today), ("after_gbp", after), ("npv_gbp", npv)] {
        let lines = ledgers.iter().flat_map(|agency| &agency.lines);
        let recharges = lines.filter(|line| line.line.starts_with("recharge_"));
        let pence = recharges.fold(0_i128, |sum, line| {
            sum.saturating_add(in_pence(amount(line)))
        });
        let why = "what one agency pays another, that one receives";
        let figure = of_plan(&format!("ledger.recharges.{name}"));
        found.sum(figure, 0, pence as f64 / 100.0, why);
    }
}

/// An agency's totals are sums of its printed lines.
fn totals(ledger: &AgencyLedger, found: &mut Found) {
    let sum = |amount: fn(&LedgerLine) -> f64, keep: &dyn Fn(&LedgerLine) -> bool| -> i128 {
        let lines = ledger.lines.iter().filter(|line| keep(line));
        lines.fold(0, |sum, line| sum.saturating_add(in_pence(amount(line))))
    };
    let in_column = |column: Column| move |line: &LedgerLine| line.column == column;
    let recharge =
        |line: &LedgerLine| matches!(line.line.as_str(), "recharge_paid" | "recharge_received");
    let repair = |line: &LedgerLine| line.line == "backlog";
    let today = |line: &LedgerLine| line.today_gbp;
    let after = |line: &LedgerLine| line.after_gbp;
    let npv = |line: &LedgerLine| line.npv_gbp;
    for (name, expected, printed) in [
        (
            "recurring_today_gbp",
            sum(today, &in_column(Column::Recurring)),
            ledger.recurring_today_gbp,
        ),
        (
            "recurring_after_gbp",
            sum(after, &in_column(Column::Recurring)),
            ledger.recurring_after_gbp,
        ),
        (
            "one_off_gbp",
            sum(after, &in_column(Column::OneOff))
                .saturating_sub(sum(today, &in_column(Column::OneOff))),
            ledger.one_off_gbp,
        ),
        (
            "repairs_avoided_gbp",
            sum(|l| (l.today_gbp - l.after_gbp).max(0.0), &repair),
            ledger.repairs_avoided_gbp,
        ),
        (
            "repairs_anyway_gbp",
            sum(|l| l.today_gbp.min(l.after_gbp), &repair),
            ledger.repairs_anyway_gbp,
        ),
        (
            "receipts_gbp",
            sum(after, &in_column(Column::Receipt)),
            ledger.receipts_gbp,
        ),
        (
            "recharge_net_gbp",
            sum(after, &recharge),
            ledger.recharge_net_gbp,
        ),
        (
            "recharge_npv_gbp",
            sum(npv, &|line| line.line.starts_with("recharge_")),
            ledger.recharge_npv_gbp,
        ),
        ("npv_gbp", sum(npv, &|_| true), ledger.npv_gbp),
    ] {
        let why = "it is not the sum of the agency's printed lines";
        found.sum(of("ledger", &ledger.agency, name), expected, printed, why);
    }
}

fn column_name(column: Column) -> &'static str {
    match column {
        Column::Recurring => "recurring",
        Column::OneOff => "one_off",
        Column::Receipt => "receipt",
    }
}
