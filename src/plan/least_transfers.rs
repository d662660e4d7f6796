//! Where an agency would lose by a plan: the least that others would have to pay it, declared
//! beforehand, so that nobody loses.

use super::finance::pence;
use super::report::AgencyLedger;
use crate::place::{AgencyIx, Place};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The least transfers that repair every loser, after those that are agreed already.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LeastTransfers {
    /// What all of them come to, £ of present value: no less repairs every loser.
    pub total_gbp: f64,
    /// What is missing all the same: those who gain do not gain as much as the others lose, £.
    pub unmet_gbp: f64,
    /// Who would pay whom: those who gain most first, and nobody more than it gains.
    pub transfers: Vec<LeastTransfer>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LeastTransfer {
    /// The agency that gains and would pay.
    pub from: String,
    /// The agency that would lose.
    pub to: String,
    /// How much, £ of present value.
    pub gbp: f64,
}

/// What the ledgers of a plan ask for.
pub(crate) fn least_transfers(place: &Place, ledgers: &[AgencyLedger]) -> LeastTransfers {
    let limits = &place.finance.limits;
    let stands = |at: usize| ledgers[at].npv_gbp + limits.received(AgencyIx::new(at));
    let may_lose = |at: usize| {
        let limit = limits.worse_off.as_ref();
        limit.map_or(0.0, |limit| limit.tolerance_of(AgencyIx::new(at)))
    };
    let agencies = 0..ledgers.len();
    let mut givers: Vec<(usize, i64)> = agencies
        .clone()
        .map(|at| (at, whole_pence(stands(at))))
        .filter(|(_, spare)| *spare > 0)
        .collect();
    // Of two that gain the same, the first of the place.
    givers.sort_by_key(|(at, spare)| (-spare, *at));
    let mut least = LeastTransfers::default();
    let (mut total, mut unmet) = (0, 0);
    for loser in agencies {
        let mut short = whole_pence(-may_lose(loser) - stands(loser)).max(0);
        for (giver, spare) in &mut givers {
            let pays = short.min(*spare);
            if pays > 0 {
                *spare -= pays;
                short -= pays;
                total += pays;
                least.transfers.push(LeastTransfer {
                    from: ledgers[*giver].agency.clone(),
                    to: ledgers[loser].agency.clone(),
                    gbp: pence(pays as f64 / 100.0),
                });
            }
        }
        unmet += short;
    }
    least.total_gbp = pence(total as f64 / 100.0);
    least.unmet_gbp = pence(unmet as f64 / 100.0);
    least
}

fn whole_pence(pounds: f64) -> i64 {
    (pounds * 100.0).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::{Transfer, sample};

    fn ledger(agency: &str, npv_gbp: f64) -> AgencyLedger {
        AgencyLedger {
            agency: agency.to_owned(),
            lines: Vec::new(),
            recurring_today_gbp: 0.0,
            recurring_after_gbp: 0.0,
            one_off_gbp: 0.0,
            repairs_avoided_gbp: 0.0,
            repairs_anyway_gbp: 0.0,
            receipts_gbp: 0.0,
            recharge_net_gbp: 0.0,
            recharge_npv_gbp: 0.0,
            npv_gbp,
        }
    }

    fn three() -> (Place, Vec<AgencyLedger>) {
        let mut place = sample::empty("Three");
        place.agencies = ["a", "b", "c"].map(sample::agency).to_vec();
        (
            place,
            vec![ledger("a", -90.0), ledger("b", 50.0), ledger("c", 70.0)],
        )
    }

    #[test]
    fn those_who_gain_most_pay_first_and_nobody_pays_more_than_it_gains() {
        let (place, ledgers) = three();
        let least = least_transfers(&place, &ledgers);
        let paid: Vec<_> = least
            .transfers
            .iter()
            .map(|t| (t.from.as_str(), t.gbp))
            .collect();
        assert_eq!(paid, [("c", 70.0), ("b", 20.0)]);
        assert_eq!((least.total_gbp, least.unmet_gbp), (90.0, 0.0));
    }

    #[test]
    fn agreed_transfers_count_first_and_what_nobody_can_pay_is_said() {
        let (mut place, mut ledgers) = three();
        place.finance.limits.transfers = vec![Transfer {
            from: AgencyIx::new(1),
            to: AgencyIx::new(0),
            amount: 30.0,
        }];
        ledgers[2].npv_gbp = 5.0;
        // a stands at −60, b at 20, c at 5: 25 can be paid, 35 are missing.
        let least = least_transfers(&place, &ledgers);
        assert_eq!((least.total_gbp, least.unmet_gbp), (25.0, 35.0));
    }
}
