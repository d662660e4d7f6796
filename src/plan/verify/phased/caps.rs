//! Capital and projects by year: what the steps add up to, and that no limit is broken.

use super::super::caps::fences_of;
use super::super::discrepancy::{Figure, Found, in_pence, of_plan, pounds, tidy};
use super::Phased;
use crate::place::{AgencyIx, Capital, Fence};
use crate::plan::{Act, Step};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Pence that limits may be passed by: the rounding of each step.
const ROUNDING: i128 = 1;

/// What one agency does in one year.
#[derive(Default)]
struct Year<'a> {
    capital: i128,
    receipts: i128,
    /// The parts of them that only the agency may spend, and that nobody may spend on the plan.
    own: i128,
    elsewhere: i128,
    steps: i128,
    fitted: BTreeSet<&'a str>,
    emptied: BTreeSet<&'a str>,
}

/// Checks the sums of the years and every limit on them.
pub(super) fn check(phased: &Phased<'_>, found: &mut Found) {
    let mut years: BTreeMap<(u32, &str), Year<'_>> = BTreeMap::new();
    let fences = fences_of(phased.reading.place);
    for step in &phased.programme.steps {
        let year = years.entry((step.year, step.agency.as_str())).or_default();
        year.capital += in_pence(step.capital_gbp);
        let received = in_pence(step.receipt_gbp);
        year.receipts += received;
        match fence(&fences, step) {
            Some(Fence::Owner) => year.own += received,
            Some(Fence::Purpose(_)) => year.elsewhere += received,
            None => {}
        }
        year.steps += 1;
        match step.act {
            Act::FitOut | Act::NewCounter => drop(year.fitted.insert(step.building_id.as_str())),
            Act::Empty => drop(year.emptied.insert(step.building_id.as_str())),
            _ => {}
        }
    }
    words(phased, &fences, found);
    printed(phased, &years, found);
    projects(phased, &years, found);
    capital(phased, &years, found);
}

/// What the receipt of a sale may be spent on, where not on anything.
fn fence<'a>(fences: &HashMap<&str, &'a Fence>, step: &Step) -> Option<&'a Fence> {
    let is_sale = matches!(step.act, Act::Sell | Act::PartSale);
    is_sale.then(|| fences.get(step.subject.as_str()).copied())?
}

fn words(phased: &Phased<'_>, fences: &HashMap<&str, &Fence>, found: &mut Found) {
    for step in &phased.programme.steps {
        let own = fence(fences, step).map(|fence| match fence {
            Fence::Owner => "owner".to_owned(),
            Fence::Purpose(purpose) => purpose.to_string(),
        });
        if own != step.receipt_for {
            let field = super::of_step(step.act, &step.subject, "receipt_for");
            let said = |words: &Option<String>| words.clone().unwrap_or("anything".to_owned());
            let why = "the register says otherwise";
            found.note(
                "step-differs",
                field,
                said(&own),
                said(&step.receipt_for),
                why,
            );
        }
    }
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
        let fenced = year.own + year.elsewhere;
        found.sum(field("ring_fenced_gbp"), fenced, sum.ring_fenced_gbp, why);
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
    let shared = matches!(place.phase.capital, Capital::Pooled(_));
    let drawn = drawn(
        phased,
        years,
        shared && place.phase.receipts_recyclable,
        found,
    );
    match &place.phase.capital {
        Capital::Unlimited => {}
        Capital::Pooled(limits) => {
            purse(phased, years, limits, None, &drawn, found);
        }
        Capital::ByAgency(purses) => {
            for (agency, limit) in purses {
                let limits = vec![*limit; place.phase.years as usize];
                purse(phased, years, &limits, Some(*agency), &drawn, found);
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
    drawn: &BTreeMap<u32, i128>,
    found: &mut Found,
) {
    let place = phased.reading.place;
    let whose = agency.map(|agency| place.agency(agency).id.as_str());
    let (mut beyond, mut receipts, mut steps) = (0_i128, 0_i128, 0_i128);
    let pooled = agency.is_none() && place.phase.receipts_recyclable;
    for (year, limit) in (0..).zip(limits) {
        let own = years
            .iter()
            .filter(|((at, who), _)| *at == year && whose.is_none_or(|whose| whose == *who));
        let mut spent = 0;
        for (_, sums) in own {
            spent += sums.capital;
            steps += sums.steps;
            if place.phase.receipts_recyclable {
                receipts += sums.receipts - sums.elsewhere;
                receipts -= if pooled { sums.own.max(0) } else { 0 };
            }
        }
        let helped = drawn.get(&year).copied().unwrap_or(0);
        beyond += (spent - helped - in_pence(*limit)).max(0);
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

/// What agencies draw on receipts of their own, by year: each no more than it spends, and than has come.
fn drawn(
    phased: &Phased<'_>,
    years: &BTreeMap<(u32, &str), Year<'_>>,
    pooled: bool,
    found: &mut Found,
) -> BTreeMap<u32, i128> {
    let mut by_year = BTreeMap::new();
    let mut so_far: BTreeMap<&str, i128> = BTreeMap::new();
    for sum in &phased.programme.years {
        let drawn = in_pence(sum.from_ring_fence_gbp);
        if drawn == 0 {
            continue;
        }
        let agency = sum.agency.as_str();
        let spent = years
            .get(&(sum.year, agency))
            .map_or(0, |year| year.capital);
        let before = years
            .iter()
            .filter(|((at, who), _)| *who == agency && *at <= sum.year);
        let received: i128 = before.map(|(_, year)| year.own.max(0)).sum();
        let all = so_far.entry(agency).or_default();
        *all += drawn;
        let most = spent.min(received - (*all - drawn));
        if !pooled || drawn < 0 || drawn > most + ROUNDING + 1 {
            let field = super::of_plan_year("years", sum.year, agency, "from_ring_fence_gbp");
            let why = "an agency draws no more on its own receipts than it spends and has received";
            let most = if pooled { most.max(0) } else { 0 };
            let (own, said) = (pounds(most as f64 / 100.0), pounds(sum.from_ring_fence_gbp));
            found.note("limit-broken", field, own, said, why);
            continue;
        }
        *by_year.entry(sum.year).or_default() += drawn;
    }
    by_year
}
