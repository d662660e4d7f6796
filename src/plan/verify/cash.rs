//! Cash by year: when each line is paid, and whether the printed years add up to ours.

use super::discrepancy::{Figure, Found, in_pence, of_plan, pounds, tidy};
use super::money::{Amounts, Key, Money};
use super::reading::Reading;
use super::years::Years;
use crate::place::{AgencyIx, BuildingIx};
use crate::plan::{Action, CashSpan, Column, Plan};
use std::collections::BTreeMap;

/// One line of one agency: £ of each year, under the do-minimum and under the plan.
pub(super) struct Own {
    pub(super) column: Column,
    pub(super) years: Vec<[f64; 2]>,
    /// How many subjects it is summed over: each is rounded by itself.
    pub(super) subjects: u32,
}

pub(super) type OwnCash = BTreeMap<(AgencyIx, &'static str), Own>;

/// Every line by year, worked out from the amounts of the ledger and the exits.
pub(super) fn own(reading: &Reading<'_>, money: &Money) -> OwnCash {
    let horizon = reading.place.finance.horizon_years;
    let buildings: BTreeMap<&str, BuildingIx> = reading
        .place
        .buildings()
        .map(|(at, building)| (building.id.as_str(), at))
        .collect();
    let mut cash = OwnCash::new();
    for (key, amounts) in &money.lines {
        let line = cash.entry((key.0, key.2)).or_insert_with(|| Own {
            column: amounts.column,
            years: vec![[0.0; 2]; horizon as usize],
            subjects: 0,
        });
        line.subjects += 1;
        let building = buildings.get(key.1.as_str()).copied();
        for (year, sums) in (0..).zip(&mut line.years) {
            let [today, after] = paid_in(year, key, amounts, building, reading, money);
            sums[0] += today;
            sums[1] += after;
        }
    }
    cash
}

/// What one line of one subject pays in a year, under the do-minimum and under the plan.
fn paid_in(
    year: u32,
    key: &Key,
    amounts: &Amounts,
    building: Option<BuildingIx>,
    reading: &Reading<'_>,
    money: &Money,
) -> [f64; 2] {
    let exit = building.and_then(|at| money.exits[at.index()].as_ref());
    let in_year = |paid: fn(&super::exit::Exit) -> &Vec<f64>| {
        let paid = exit.and_then(|exit| paid(exit).get(year as usize).copied());
        paid.unwrap_or(0.0)
    };
    let once = |when: u32| match year == when {
        true => [amounts.today, amounts.after],
        false => [0.0, 0.0],
    };
    match key.2 {
        "holding" => [0.0, in_year(|exit| &exit.held)],
        "rent_to_exit" => [0.0, in_year(|exit| &exit.rents)],
        "sublet_income" => [0.0, -in_year(|exit| &exit.lets)],
        "let_income" if year > 0 => {
            // What a subtenant pays stands on a line of its own.
            let sublet = exit.is_some_and(|exit| exit.action == Action::Sublet);
            let until_sold = if sublet {
                0.0
            } else {
                in_year(|exit| &exit.lets)
            };
            [amounts.today, amounts.after - until_sold]
        }
        "rent_review" => {
            let adds = building.map_or(0.0, |at| {
                let building = reading.place.building(at);
                super::exit::rent(building, year) - building.tenure.rent.get()
            });
            let part = |steady: f64| if steady == 0.0 { 0.0 } else { adds };
            // Everybody is still where they are in year 0.
            let after = if year == 0 {
                amounts.today
            } else {
                amounts.after
            };
            [part(amounts.today), part(after)]
        }
        "break_penalty" | "surrender" | "dilapidations" | "clawback" | "overage" => {
            exit.map_or([0.0, 0.0], |exit| once(exit.year))
        }
        "disposal_cost" | "receipt" => {
            let part = building.and_then(|at| super::part::going(reading, at));
            let sold = part.and_then(|part| part.sale).map(|sale| sale.year);
            let sold = exit.map(|exit| exit.year).or(sold);
            sold.map_or([0.0, 0.0], once)
        }
        "part_income" => {
            let part = building.and_then(|at| super::part::going(reading, at));
            [0.0, -part.map_or(0.0, |part| part.brings(year))]
        }
        "part_works" => {
            let part = building.and_then(|at| super::part::going(reading, at));
            part.map_or([0.0, 0.0], |part| once(part.apart))
        }
        "recharge_notice_paid" | "recharge_notice_received" => once(1),
        _ if amounts.column == Column::OneOff => once(0),
        // Everybody is still where they are.
        _ if year == 0 => [amounts.today, amounts.today],
        _ => [amounts.today, amounts.after],
    }
}

/// Checks the printed factors, and the printed cash against ours.
pub(super) fn check(reading: &Reading<'_>, money: &Money, found: &mut Found) {
    factors(reading, found);
    let cash = own(reading, money);
    let agencies: BTreeMap<&str, AgencyIx> = (0..)
        .map(AgencyIx::new)
        .zip(&reading.place.agencies)
        .map(|(at, agency)| (agency.id.as_str(), at))
        .collect();
    let mut printed: BTreeMap<(AgencyIx, &'static str), Vec<[i128; 2]>> = BTreeMap::new();
    let mut before: Option<(AgencyIx, &CashSpan)> = None;
    for span in &reading.plan.cash_flow {
        let known = agencies.get(span.agency.as_str()).copied();
        let key = known.and_then(|at| {
            let mut lines = cash.keys().filter(|key| key.0 == at);
            lines.find(|key| key.1 == span.line).copied()
        });
        let Some((at, code)) = key else {
            let why = "the agency has no such line";
            found.note(
                "line-unknown",
                field(span, "line"),
                "no such line",
                &span.line,
                why,
            );
            continue;
        };
        form(reading, &cash[&(at, code)], span, before, at, found);
        before = Some((at, span));
        let years = cash[&(at, code)].years.len();
        let line = printed
            .entry((at, code))
            .or_insert_with(|| vec![[0; 2]; years]);
        let reached = (span.first_year as usize)..(span.last_year as usize).saturating_add(1);
        for (year, sums) in line.iter_mut().enumerate() {
            if reached.contains(&year) {
                sums[0] += in_pence(span.today_gbp);
                sums[1] += in_pence(span.after_gbp);
            }
        }
    }
    for ((at, code), line) in &cash {
        let nothing = vec![[0; 2]; line.years.len()];
        let shown = printed.get(&(*at, *code)).unwrap_or(&nothing);
        amounts(reading, (*at, code), line, shown, found);
    }
}

fn factors(reading: &Reading<'_>, found: &mut Found) {
    let years = Years::of(&reading.place.finance);
    let said = &reading.plan.discount_factors;
    let right = said.len() == years.horizon() as usize
        && (0..)
            .zip(said)
            .all(|(year, said)| (years.factor(year) - said).abs() < 1e-12);
    if !right {
        let own: Vec<String> = (0..years.horizon())
            .map(|t| tidy(years.factor(t)))
            .collect();
        let said: Vec<String> = said.iter().map(|factor| tidy(*factor)).collect();
        let why = "the discount schedule gives other factors";
        let field = of_plan("discount_factors");
        found.note("money-differs", field, own.join(" "), said.join(" "), why);
    }
}

fn field<'a>(span: &'a CashSpan, name: &str) -> Figure<'a> {
    let (agency, line, from) = (&span.agency, &span.line, span.first_year);
    Figure {
        subject: agency,
        name: format!("cash_flow[{agency}.{line} from {from}].{name}"),
    }
}

/// A span stands in its column, in its order, and is as long as it can be.
fn form(
    reading: &Reading<'_>,
    own: &Own,
    span: &CashSpan,
    before: Option<(AgencyIx, &CashSpan)>,
    at: AgencyIx,
    found: &mut Found,
) {
    if span.column != own.column {
        let why = "it belongs in another column";
        found.note(
            "column-differs",
            field(span, "column"),
            "as in the ledger",
            "another",
            why,
        );
    }
    let inside =
        span.first_year <= span.last_year && span.last_year < reading.place.finance.horizon_years;
    let nothing = in_pence(span.today_gbp) == 0 && in_pence(span.after_gbp) == 0;
    let in_order = before.is_none_or(|(agency, last)| {
        let same = agency == at && last.line == span.line;
        let alike = last.today_gbp == span.today_gbp && last.after_gbp == span.after_gbp;
        let next = last.last_year.saturating_add(1);
        match same {
            true => next < span.first_year || next == span.first_year && !alike,
            false => (agency, last.line.as_str()) < (at, span.line.as_str()),
        }
    });
    if !inside || nothing || !in_order {
        let why = "years alike stand together, in the order of agency, line and year";
        let shown = format!("{} to {}", span.first_year, span.last_year);
        found.note(
            "out-of-order",
            field(span, "first_year"),
            "years of its own",
            shown,
            why,
        );
    }
}

/// The years of one line: within a penny for each subject that was rounded.
fn amounts(
    reading: &Reading<'_>,
    (at, code): (AgencyIx, &str),
    own: &Own,
    shown: &[[i128; 2]],
    found: &mut Found,
) {
    let agency = reading.place.agency(at).id.as_str();
    for (year, (own_sums, shown)) in own.years.iter().zip(shown).enumerate() {
        for ((name, own_sum), shown) in ["today_gbp", "after_gbp"].iter().zip(own_sums).zip(shown) {
            if in_pence(*own_sum).abs_diff(*shown) > u128::from(own.subjects) {
                let figure = Figure {
                    subject: agency,
                    name: format!("cash_flow[{agency}.{code}].{name}[{year}]"),
                };
                let why = "the amount worked out from the place is another";
                let said = pounds(*shown as f64 / 100.0);
                found.note("money-differs", figure, pounds(*own_sum), said, why);
            }
        }
    }
}

/// What the printed cash leaves an agency, or the place, better off by in each year, in pence; only
/// the lines that are wanted.
pub(super) fn net_of(
    plan: &Plan,
    agency: Option<&str>,
    horizon: u32,
    wanted: &dyn Fn(&CashSpan) -> bool,
) -> Vec<i128> {
    let mut net = vec![0_i128; horizon as usize];
    for span in &plan.cash_flow {
        if agency.is_some_and(|agency| agency != span.agency) || !wanted(span) {
            continue;
        }
        let saved = in_pence(span.today_gbp).saturating_sub(in_pence(span.after_gbp));
        let better = match span.column {
            Column::Receipt => saved.saturating_neg(),
            Column::Recurring | Column::OneOff => saved,
        };
        for (year, sum) in (0..).zip(&mut net) {
            if (span.first_year..=span.last_year).contains(&year) {
                *sum = sum.saturating_add(better);
            }
        }
    }
    net
}
