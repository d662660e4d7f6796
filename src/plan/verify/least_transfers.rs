//! The least transfers that repair every loser, held against the printed ledger.

use super::discrepancy::{Found, in_pence, of, of_plan, pounds};
use super::reading::Reading;
use crate::place::AgencyIx;

/// Checks that the transfers come to no more and no less than is needed, that nobody loses by them, and
/// that nobody who loses is left out.
pub(super) fn check(reading: &Reading<'_>, found: &mut Found) {
    let least = &reading.plan.least_transfers;
    let stands = stands(reading);
    let short: i128 = stands.iter().map(|one| one.needs).sum();
    let spare: i128 = stands.iter().map(|one| one.gains.max(0)).sum();
    let why = "it is not what those who lose need and those who gain can pay";
    found.sum(
        of_plan("least_transfers.total_gbp"),
        short.min(spare),
        least.total_gbp,
        why,
    );
    let why = "it is not what those who lose need beyond what others gain";
    let unmet = (short - spare).max(0);
    found.sum(
        of_plan("least_transfers.unmet_gbp"),
        unmet,
        least.unmet_gbp,
        why,
    );
    let paid: i128 = least.transfers.iter().map(|one| in_pence(one.gbp)).sum();
    if paid != in_pence(least.total_gbp) {
        let why = "the transfers do not add up to their total";
        let field = of_plan("least_transfers.transfers");
        let said = pounds(paid as f64 / 100.0);
        found.note("sum-differs", field, pounds(least.total_gbp), said, why);
    }
    for one in &stands {
        let sum = |of: &dyn Fn(&crate::plan::LeastTransfer) -> bool| -> i128 {
            let paid = least.transfers.iter().filter(|transfer| of(transfer));
            paid.map(|transfer| in_pence(transfer.gbp)).sum()
        };
        let (paid, received) = (sum(&|t| t.from == one.agency), sum(&|t| t.to == one.agency));
        let most_paid = one.gains.max(0);
        let wrong = paid > most_paid || received > one.needs || paid < 0 || received < 0;
        // Where it is not enough for all who lose, those who gain pay all of it.
        let wrong = wrong || unmet > 0 && paid != most_paid;
        if wrong || unmet == 0 && received != one.needs {
            let why = "nobody pays more than it gains, and who loses is paid what it needs";
            let field = of("least_transfers", &one.agency, "gbp");
            let pounds_of = |pence: i128| pounds(pence as f64 / 100.0);
            let right = format!(
                "pays at most {}, receives {}",
                pounds_of(most_paid),
                pounds_of(one.needs)
            );
            let said = format!("pays {}, receives {}", pounds_of(paid), pounds_of(received));
            found.note("transfer-differs", field, right, said, why);
        }
    }
    let place_of = |agency: &str| stands.iter().position(|one| one.agency == agency);
    let turn = |one: &crate::plan::LeastTransfer| {
        let from = place_of(&one.from)?;
        Some((place_of(&one.to)?, -stands[from].gains, from))
    };
    if !least.transfers.is_sorted_by_key(turn) {
        let why = "who receives stands in the order of the place, and of those who pay the largest gain first";
        let field = of_plan("least_transfers.transfers");
        let said = "another order".to_owned();
        found.note(
            "transfer-differs",
            field,
            "that order".to_owned(),
            said,
            why,
        );
    }
    for transfer in &least.transfers {
        for (side, end) in [("from", &transfer.from), ("to", &transfer.to)] {
            if !stands.iter().any(|one| one.agency == *end) {
                let why = "the place has no such agency";
                let field = of("least_transfers", end, side);
                found.note("unknown-id", field, "an agency of the place", end, why);
            }
        }
    }
}

/// How an agency stands after agreed transfers.
struct Stand {
    agency: String,
    /// Pence of present value.
    gains: i128,
    /// Pence that bring it up to what it may lose.
    needs: i128,
}

fn stands(reading: &Reading<'_>) -> Vec<Stand> {
    let limits = &reading.place.finance.limits;
    let agencies = (0..).map(AgencyIx::new).zip(&reading.place.agencies);
    agencies
        .map(|(at, agency)| {
            let id = agency.id.to_string();
            let ledger = reading
                .plan
                .ledger
                .iter()
                .find(|ledger| ledger.agency == id);
            let mut gains = ledger.map_or(0, |ledger| in_pence(ledger.npv_gbp));
            for transfer in &limits.transfers {
                let amount = in_pence(transfer.amount);
                gains += if transfer.to == at { amount } else { 0 };
                gains -= if transfer.from == at { amount } else { 0 };
            }
            let tolerance = limits.worse_off.as_ref().map_or(0.0, |limit| {
                limit.by_agency.get(&at).copied().unwrap_or(limit.tolerance)
            });
            Stand {
                agency: id,
                gains,
                needs: (-in_pence(tolerance) - gains).max(0),
            }
        })
        .collect()
}

/// For tests: transfers that do.
#[cfg(test)]
pub(super) fn expected(reading: &Reading<'_>) -> crate::plan::LeastTransfers {
    let mut stands = stands(reading);
    let mut least = crate::plan::LeastTransfers::default();
    let (mut total, mut unmet) = (0, 0);
    for at in 0..stands.len() {
        for from in 0..stands.len() {
            let pays = stands[at].needs.min(stands[from].gains.max(0));
            if pays > 0 {
                stands[at].needs -= pays;
                stands[from].gains -= pays;
                total += pays;
                least.transfers.push(crate::plan::LeastTransfer {
                    from: stands[from].agency.clone(),
                    to: stands[at].agency.clone(),
                    gbp: pays as f64 / 100.0,
                });
            }
        }
        unmet += stands[at].needs;
    }
    least.total_gbp = total as f64 / 100.0;
    least.unmet_gbp = unmet as f64 / 100.0;
    least
}
