//! What a plan leaves each body better off by where agencies are succeeded by others: from the first year that
//! begins on or after that day their money is their successor's.

use super::{CashSpan, Programme};
use crate::place::{AgencyIx, Place};
use jiff::ToSpan;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a plan or its programme is worth to a body, £ of present value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Body {
    /// The agency.
    pub agency: String,
    /// Of its own buildings and teams, until it is succeeded.
    pub own_gbp: f64,
    /// Of those whose successor it is.
    pub inherited_gbp: f64,
}

/// Every agency with what falls to it of the cash of a plan; nothing where no agency is succeeded. All of it is
/// what the plan is worth.
pub(crate) fn of_cash(place: &Place, factors: &[f64], cash: &[CashSpan]) -> Vec<Body> {
    let years = cash.iter().flat_map(|span| {
        let years = span.first_year..=span.last_year;
        years.map(|year| (span.agency.as_str(), year, span.better_by()))
    });
    bodies(place, factors, years)
}

/// The same of a programme.
pub(crate) fn of_programme(place: &Place, factors: &[f64], programme: &Programme) -> Vec<Body> {
    let rows = programme.cash.iter();
    let rows = rows.map(|row| (row.agency.as_str(), row.year, row.better_gbp));
    bodies(place, factors, rows)
}

fn bodies<'a>(
    place: &Place,
    factors: &[f64],
    better: impl Iterator<Item = (&'a str, u32, f64)>,
) -> Vec<Body> {
    let mut agencies = place.agencies.iter();
    if agencies.all(|agency| agency.successor.is_none()) {
        return Vec::new();
    }
    let mut sums = vec![(0.0, 0.0); place.agencies.len()];
    for (agency, year, better) in better {
        let mut all = place.agencies.iter();
        let known = all.position(|one| one.id.as_str() == agency);
        let Some(own) = known.map(AgencyIx::new) else {
            continue;
        };
        let factor = factors.get(year as usize);
        let worth = better * factor.copied().unwrap_or(0.0);
        let falls_to = body_in(place, own, year);
        let (own_sum, inherited) = &mut sums[falls_to.index()];
        *(if falls_to == own { own_sum } else { inherited }) += worth;
    }
    let pence = |gbp: f64| (gbp * 100.0).round() / 100.0 + 0.0;
    let agencies = place.agencies.iter().zip(sums);
    agencies
        .map(|(agency, (own, inherited))| Body {
            agency: agency.id.to_string(),
            own_gbp: pence(own),
            inherited_gbp: pence(inherited),
        })
        .collect()
}

/// Whose money an agency's is in a year; a circle of successors ends where it began.
fn body_in(place: &Place, agency: AgencyIx, year: u32) -> AgencyIx {
    let begins = place.base_date.saturating_add(i64::from(year).years());
    let mut body = agency;
    for _ in 0..place.agencies.len() {
        match place.agency(body).successor {
            Some((next, from)) if from <= begins => body = next,
            _ => break,
        }
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::sample;
    use crate::plan::{Wish, plan};
    use crate::travel::Travel;
    use jiff::civil::date;
    use std::time::Duration;

    #[test]
    fn from_the_day_of_its_successor_an_agencys_money_is_that_ones_and_nothing_is_lost() {
        let mut place = sample::six_buildings();
        let travel = Travel::new(&place, Vec::new());
        let wish = Wish {
            time: Duration::from_secs(10),
            ..Wish::default()
        };
        let found = plan(&place, &travel, &wish, &()).expect("a plan");
        assert_eq!(found.successors, []);
        // The base date is 1 April 2026: year 2 begins on 1 April 2028.
        place.agencies[1].successor = Some((AgencyIx::new(0), date(2028, 4, 1)));
        let after = of_cash(&place, &found.discount_factors, &found.cash_flow);
        let all: f64 = after
            .iter()
            .map(|one| one.own_gbp + one.inherited_gbp)
            .sum();
        assert!(
            (all - found.saving_gbp).abs() < 0.05,
            "{all} of {}",
            found.saving_gbp
        );
        assert_eq!(after[1].inherited_gbp, 0.0);
        let second = place.agencies[1].id.as_str();
        let spans = found.cash_flow.iter().filter(|span| span.agency == second);
        let later = spans.flat_map(|span| {
            let years = (span.first_year..=span.last_year).filter(|year| *year >= 2);
            years.map(|year| span.better_by() * found.discount_factors[year as usize])
        });
        let later: f64 = later.sum();
        assert!((after[0].inherited_gbp - later).abs() < 0.01);
    }
}
