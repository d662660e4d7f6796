//! The programme: what is done in which year.

use super::super::charts::pounds as short;
use super::super::edition::Issue;
use super::super::tables::first_day;
use super::super::words::day;
use super::story::Fact;
use super::words::duty_named;
use crate::place::currency;
use crate::place::words::{count, counted, pounds};
use crate::plan::{Act, CashYear, Programme};
use serde::Serialize;

/// One year on a line.
#[derive(Debug, Serialize)]
pub(super) struct Year {
    year: u32,
    begins: String,
    moves: usize,
    emptied: usize,
    left: usize,
    capital: String,
    receipts: String,
    /// Cost of a year that is saved against today.
    saved: String,
    /// Everything spent, saved and received until its end.
    so_far: String,
}

/// The programme, where there is one and the audience may see all of it.
pub(super) fn programme<'a>(issue: &Issue<'a>) -> Option<&'a Programme> {
    let seen = issue.edition.audience.sees_all();
    issue.plan().programme.as_ref().filter(|_| seen)
}

pub(super) fn years(issue: &Issue<'_>) -> Vec<Year> {
    let Some(programme) = programme(issue) else {
        return Vec::new();
    };
    let cash = programme.cash_by_year(&issue.plan().discount_factors);
    let in_cash = |year: u32, of: fn(&CashYear) -> f64| {
        let own = cash.get(year as usize);
        own.map_or(String::new(), |own| short(of(own)))
    };
    let last = programme.steps.iter().map(|step| step.year).max();
    let years = 0..=last.unwrap_or(0);
    let each = years.map(|year| {
        let steps = || programme.steps.iter().filter(|step| step.year == year);
        let many = |act: Act| steps().filter(|step| step.act == act).count();
        let sums = || programme.years.iter().filter(|sum| sum.year == year);
        Year {
            year,
            begins: day(first_day(issue.place().base_date, year)),
            moves: many(Act::Move),
            emptied: many(Act::Empty),
            left: many(Act::Sell)
                + many(Act::ReleaseLease)
                + many(Act::Surrender)
                + many(Act::Transfer),
            capital: short(sums().map(|sum| sum.capital_gbp).sum()),
            receipts: short(sums().map(|sum| sum.receipts_gbp).sum()),
            saved: in_cash(year, |own| own.recurring),
            so_far: in_cash(year, |own| own.so_far),
        }
    });
    each.collect()
}

/// The duties that steps wait for: what each comes from, how long it takes and who decides.
pub(super) fn duties(issue: &Issue<'_>) -> Vec<Fact> {
    let Some(programme) = programme(issue) else {
        return Vec::new();
    };
    let waited = |id: &String| {
        let steps = programme.steps.iter();
        steps.flat_map(|step| &step.duties).any(|one| one == id)
    };
    let due = issue.place().phase.duties.iter();
    let due = due.filter(|duty| waited(&duty.id));
    due.map(|duty| {
        let named = duty_named(&duty.id, Some(duty.weeks));
        let text = format!(
            "{named}. {} Who decides: {}.",
            ended(&duty.statute),
            duty.decides
        );
        Fact::new(text, "programme.csv")
    })
    .collect()
}

/// Words with a full stop.
fn ended(words: &str) -> String {
    match words.ends_with(['.', '!', '?']) {
        true => words.to_owned(),
        false => format!("{words}."),
    }
}

pub(super) fn facts(issue: &Issue<'_>) -> Vec<Fact> {
    let Some(programme) = programme(issue) else {
        return Vec::new();
    };
    let act = |wanted: Act| {
        programme
            .steps
            .iter()
            .filter(move |step| step.act == wanted)
    };
    let done = act(Act::Move)
        .chain(act(Act::Empty))
        .map(|step| step.year)
        .max();
    let most = match programme.saving_at_most_gbp {
        Some(most) => format!("; no order of its steps saves more than {}", pounds(most)),
        None => String::new(),
    };
    let mut facts = vec![Fact::new(
        format!(
            "Done year by year, {} made{} and {} emptied by the end of year {}.",
            counted(act(Act::Move).count(), "move is", "moves are"),
            match act(Act::NewCounter).count() {
                0 => String::new(),
                new => format!(
                    ", {} opened",
                    counted(new, "new counter is", "new counters are")
                ),
            },
            counted(act(Act::Empty).count(), "building is", "buildings are"),
            done.unwrap_or(0)
        ),
        "programme.csv",
    )];
    facts.push(Fact::new(
        format!(
            "The programme saves {} in present value{most}.",
            pounds(programme.saving_gbp)
        ),
        "plan.json",
    ));
    if let Some(worth) = programme.worth.first() {
        let back = match worth.payback_year {
            Some(year) => format!("all money is back by the end of year {year}"),
            None => "not all money comes back within the horizon".to_owned(),
        };
        let sign = currency::sign();
        let ratio = match worth.benefit_cost_ratio {
            Some(ratio) => format!(
                ", and each {sign}1 spent once brings {sign}{ratio:.2} of benefit in present value"
            ),
            None => String::new(),
        };
        let text = format!(
            "Year by year {back}{ratio}; at most {} is spent and not yet back.",
            pounds(worth.most_out_gbp)
        );
        facts.push(Fact::new(text, "worth.csv, programme_cash.csv"));
    }
    if !programme.postponed.is_empty() {
        let relief: Vec<&str> = programme
            .relief
            .iter()
            .map(|one| one.words.as_str())
            .collect();
        let fits = match relief.is_empty() {
            true => "no change of one limit was found with which all fits".to_owned(),
            false => format!("all fits with {}", relief.join(", or with ")),
        };
        let text = format!(
            "{} of the end state {} left for later, because the limits of the programme leave no room; {fits}.",
            count(programme.postponed.len(), "part"),
            if programme.postponed.len() == 1 {
                "is"
            } else {
                "are"
            }
        );
        facts.push(Fact::new(text, "programme.csv"));
    }
    facts
}
