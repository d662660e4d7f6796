//! What each agency pays and gains, as the headline counts it: by the programme where there is one, else as if
//! all were done in year 0.

use crate::plan::{AgencyLedger, AgencyYear, Plan, Programme};

/// One agency's money against today, £. Positive is better off, but for what is spent once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct AgencyMoney<'a> {
    pub(super) agency: &'a str,
    /// A year, once all is done: recharges included.
    pub(super) saved_a_year: f64,
    /// Once; repairs avoided are taken off.
    pub(super) one_off: f64,
    /// Once; by a programme less the cost of the sales.
    pub(super) receipts: f64,
    /// Present value.
    pub(super) npv: f64,
}

/// Every agency of the ledger, in its order.
pub(super) fn agency_money(plan: &Plan) -> Vec<AgencyMoney<'_>> {
    let each = plan.ledger.iter().map(|own| match &plan.programme {
        Some(programme) => of_programme(programme, &plan.discount_factors, &own.agency),
        None => of_ledger(own),
    });
    each.collect()
}

fn of_ledger(own: &AgencyLedger) -> AgencyMoney<'_> {
    AgencyMoney {
        agency: &own.agency,
        saved_a_year: own.recurring_today_gbp - own.recurring_after_gbp,
        one_off: own.one_off_gbp,
        receipts: own.receipts_gbp,
        npv: own.npv_gbp,
    }
}

fn of_programme<'a>(programme: &Programme, factors: &[f64], agency: &'a str) -> AgencyMoney<'a> {
    let own = || programme.cash.iter().filter(|year| year.agency == agency);
    let sum = |of: fn(&AgencyYear) -> f64| own().map(of).sum::<f64>() + 0.0;
    let last = own().max_by_key(|year| year.year);
    let factor = |year: u32| factors.get(year as usize).copied().unwrap_or(0.0);
    AgencyMoney {
        agency,
        saved_a_year: last.map_or(0.0, |year| {
            year.recurring_saved_gbp + year.recharges_saved_gbp
        }),
        one_off: sum(|year| year.one_off_gbp),
        receipts: sum(|year| year.receipts_gbp),
        npv: own()
            .map(|year| year.better_gbp * factor(year.year))
            .sum::<f64>()
            + 0.0,
    }
}
