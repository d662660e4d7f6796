//! Capital and projects by year: what the steps add up to, and that no limit is broken.

use super::super::discrepancy::{Figure, Found, in_pence, of_plan, pounds, tidy};
use super::Phased;
use crate::place::{AgencyIx, Capital};
use crate::plan::Act;
use std::collections::{BTreeMap, BTreeSet};

/// Pence that limits may be passed by: the rounding of each step.
const ROUNDING: i128 = 1;

/// What one agency does in one year.
#[derive(Default)]
struct Year<'a> {
    capital: i128,
    receipts: i128,
    steps: i128,
    fitted: BTreeSet<&'a str>,
    emptied: BTreeSet<&'a str>,
}

/// Checks the sums of the years and every limit on them.
pub(super) fn check(phased: &Phased<'_>, found: &mut Found) {
    let mut years: BTreeMap<(u32, &str), Year<'_>> = BTreeMap::new();
    for step in &phased.programme.steps {
        let year = years.entry((step.year, step.agency.as_str())).or_default();
        year.capital += in_pence(step.capital_gbp);
        year.receipts += in_pence(step.receipt_gbp);
        year.steps += 1;
        match step.act {
            Act::FitOut => drop(year.fitted.insert(step.building_id.as_str())),
            Act::Empty => drop(year.emptied.insert(step.building_id.as_str())),
            _ => {}
        }
    }
    printed(phased, &years, found);
    projects(phased, &years, found);
    capital(phased, &years, found);
}

fn printed(phased: &Phased<'_>, years: &BTreeMap<(u32, &str), Year<'_>>, found: &mut Found) {
    let place = phased.reading.place;
    let projects = |year: &Year<'_>| year.fitted.len() + year.emptied.len();
    let busy = years
        .iter()
        .filter(|(_, year)| year.capital != 0 || year.receipts != 0 || projects(year) > 0);
    let own: BTreeMap<_, _> = busy.collect();
    let said: Vec<(u32, &str)> = phased
        .programme
        .years
        .iter()
        .map(|year| (year.year, year.agency.as_str()))
        .collect();
    let expected: Vec<(u32, &str)> = own.keys().map(|key| **key).collect();
    if expected != said {
        let why = "the years and agencies are not those of the steps, in order";
        let field = of_plan("programme.years");
        found.note("sum-differs", field, expected.len(), said.len(), why);
        return;
    }
    for sum in &phased.programme.years {
        let Some(year) = own.get(&(sum.year, sum.agency.as_str())) else {
            continue;
        };
        let field = |name: &str| Figure {
            subject: &sum.agency,
            name: format!("programme.years[{} {}].{name}", sum.year, sum.agency),
        };
        let why = "it is not the sum of the steps";
        found.sum(field("capital_gbp"), year.capital, sum.capital_gbp, why);
        found.sum(field("receipts_gbp"), year.receipts, sum.receipts_gbp, why);
        if projects(year) != sum.projects as usize {
            found.note(
                "sum-differs",
                field("projects"),
                projects(year),
                sum.projects,
                why,
            );
        }
        let begins = super::lease::first_day(place, sum.year).to_string();
        let why = "the year begins on another day";
        found.text("step-differs", field("begins"), &begins, &sum.begins, why);
    }
}

fn projects(phased: &Phased<'_>, years: &BTreeMap<(u32, &str), Year<'_>>, found: &mut Found) {
    let Some(most) = phased.reading.place.phase.projects_a_year else {
        return;
    };
    for ((year, agency), sums) in years {
        let projects = sums.fitted.len() + sums.emptied.len();
        if projects > most as usize {
            let field = Figure {
                subject: agency,
                name: format!("programme.years[{year} {agency}].projects"),
            };
            let why = "the agency has more projects than it may have in a year";
            found.note(
                "limit-broken",
                field,
                format!("at most {most}"),
                projects,
                why,
            );
        }
    }
}

/// One purse for all, or one for each agency that has a limit.
fn capital(phased: &Phased<'_>, years: &BTreeMap<(u32, &str), Year<'_>>, found: &mut Found) {
    let place = phased.reading.place;
    match &place.phase.capital {
        Capital::Unlimited => {}
        Capital::Pooled(limits) => {
            purse(phased, years, limits, None, found);
        }
        Capital::ByAgency(purses) => {
            for (agency, limit) in purses {
                let limits = vec![*limit; place.phase.years as usize];
                purse(phased, years, &limits, Some(*agency), found);
            }
        }
    }
}

/// What goes beyond the limits so far is never more than the receipts so far, where those may be
/// spent, and else nothing.
fn purse(
    phased: &Phased<'_>,
    years: &BTreeMap<(u32, &str), Year<'_>>,
    limits: &[f64],
    agency: Option<AgencyIx>,
    found: &mut Found,
) {
    let place = phased.reading.place;
    let whose = agency.map(|agency| place.agency(agency).id.as_str());
    let (mut beyond, mut receipts, mut steps) = (0_i128, 0_i128, 0_i128);
    for (year, limit) in (0..).zip(limits) {
        let own = years
            .iter()
            .filter(|((at, who), _)| *at == year && whose.is_none_or(|whose| whose == *who));
        let mut spent = 0;
        for (_, sums) in own {
            spent += sums.capital;
            steps += sums.steps;
            if place.phase.receipts_recyclable {
                receipts += sums.receipts;
            }
        }
        beyond += (spent - in_pence(*limit)).max(0);
        if beyond > receipts + ROUNDING * steps {
            let name = whose.unwrap_or("all agencies");
            let field = Figure {
                subject: whose.unwrap_or("plan"),
                name: format!("programme.years[{year} {name}].capital_gbp"),
            };
            let allowed = format!(
                "at most {}, and receipts of {}",
                pounds(*limit),
                tidy(receipts as f64 / 100.0)
            );
            let why = "more is spent by the end of the year than there is";
            found.note(
                "limit-broken",
                field,
                allowed,
                pounds(spent as f64 / 100.0),
                why,
            );
            return;
        }
    }
}
