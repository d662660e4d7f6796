//! Limits on money, from the printed ledger and from how the place states them.

use super::discrepancy::{Found, in_pence, of, pounds};
use super::ledger::RUNNING;
use super::reading::Reading;
use crate::place::{AgencyIx, Fence, MoneyLimits, Place};
use crate::plan::{LedgerLine, LimitVerdict, Plan, Status};
use std::collections::HashMap;

/// What is spent once; repairs that wait are paid without a plan too.
const SPENT: [&str; 12] = [
    "fit_out",
    "fees",
    "move",
    "opening",
    "point_opening",
    "break_penalty",
    "surrender",
    "dilapidations",
    "disposal_cost",
    "clawback",
    "overage",
    "part_works",
];

/// A limit holds to a pound.
const A_POUND: i128 = 100;

/// Checks that every limit is listed, stands as the ledger says, and is kept.
pub(super) fn check(reading: &Reading<'_>, found: &mut Found) {
    let expected = expected(reading);
    let said = &reading.plan.limits;
    let keys = |verdicts: &[LimitVerdict]| -> Vec<(String, Option<String>)> {
        verdicts
            .iter()
            .map(|one| (one.limit.clone(), one.agency.clone()))
            .collect()
    };
    if keys(&expected) != keys(said) {
        let field = super::discrepancy::of_plan("limits");
        let listed: Vec<String> = keys(&expected).into_iter().map(|key| key.0).collect();
        let why = "each limit of the place is listed once, in order";
        found.note("left-out", field, listed.join(", "), "others", why);
    }
    for (own, said) in expected.iter().zip(said) {
        let field = |name: &str| of("limits", &said.limit, name);
        let why = "the place and the ledger give another sum";
        found.money(
            "money-differs",
            field("limit_gbp"),
            own.limit_gbp,
            said.limit_gbp,
            1,
            why,
        );
        // Each line is rounded by itself.
        let lines = reading
            .plan
            .ledger
            .iter()
            .map(|ledger| ledger.lines.len() as i128);
        let slack = lines.sum::<i128>() + 1;
        found.money(
            "money-differs",
            field("after_gbp"),
            own.after_gbp,
            said.after_gbp,
            slack,
            why,
        );
        found.maybe(
            "money-differs",
            field("of_gbp"),
            own.of_gbp,
            said.of_gbp,
            0.01 * slack as f64,
            why,
        );
        if own.kept != said.kept {
            let why = "the sum says otherwise";
            found.note("limit-broken", field("kept"), own.kept, said.kept, why);
        }
    }
    for own in expected.iter().filter(|own| !own.kept) {
        if reading.plan.status != Status::Appraised {
            let who = own.agency.as_deref().unwrap_or("all agencies together");
            let why = format!("a plan must keep the limit on {who}");
            let (limit, after) = (pounds(own.limit_gbp), pounds(own.after_gbp));
            found.note(
                "limit-broken",
                of("limits", &own.limit, "after_gbp"),
                limit,
                after,
                why,
            );
        }
    }
}

/// Every limit of the place and how the printed ledger stands to it.
pub(super) fn expected(reading: &Reading<'_>) -> Vec<LimitVerdict> {
    let (place, plan) = (reading.place, reading.plan);
    let limits = &place.finance.limits;
    let name = |at: AgencyIx| place.agency(at).id.to_string();
    let mut all = Vec::new();
    if let Some(budget) = &limits.budget {
        let pooled = budget.pooled.map(|most| (None, most));
        let each = budget
            .by_agency
            .iter()
            .map(|(at, most)| (Some(name(*at)), *most));
        let fences = fences_of(place);
        let helped = owners(reading);
        for (agency, most) in pooled.into_iter().chain(each) {
            let spent = spent(
                plan,
                (&fences, &helped),
                agency.as_deref(),
                budget.receipts_count,
            );
            let kept = spent <= in_pence(most) + A_POUND;
            all.push(verdict(
                "capital_budget",
                agency,
                in_pence(most),
                spent,
                kept,
            ));
        }
    }
    if limits.worse_off.is_some() {
        let agencies = (0..place.agencies.len()).map(AgencyIx::new);
        all.extend(agencies.map(|at| worse_off(plan, limits, at, name(at))));
    }
    if let Some(share) = limits.savings_share {
        let running = |line: &&LedgerLine| RUNNING.contains(&line.line.as_str());
        let lines = || {
            plan.ledger
                .iter()
                .flat_map(|ledger| &ledger.lines)
                .filter(running)
        };
        let today: i128 = lines().map(|line| in_pence(line.today_gbp)).sum();
        let after: i128 = lines().map(|line| in_pence(line.after_gbp)).sum();
        let most = ((1.0 - share) * today as f64).round() as i128;
        let kept = after <= most + A_POUND;
        let mut one = verdict("savings_share", None, most, after, kept);
        one.of_gbp = Some(today as f64 / 100.0);
        all.push(one);
    }
    all
}

/// What the receipts of buildings may be spent on, by id, where not on anything.
pub(super) fn fences_of(place: &Place) -> HashMap<&str, &Fence> {
    let mut fences = HashMap::new();
    for building in place.buildings.iter() {
        if let Some(fence) = &building.receipt_terms.fence {
            fences.entry(building.id.as_str()).or_insert(fence);
        }
    }
    fences
}

/// What is spent once, receipts deducted as far as they may be spent on it, in pence.
fn spent(
    plan: &Plan,
    (fences, helped): (&HashMap<&str, &Fence>, &[&str]),
    agency: Option<&str>,
    receipts_count: bool,
) -> i128 {
    let mut whole = 0_i128;
    for ledger in &plan.ledger {
        if agency.is_some_and(|agency| agency != ledger.agency) {
            continue;
        }
        let (mut paid, mut free, mut fenced) = (0_i128, 0_i128, 0_i128);
        for line in &ledger.lines {
            let gbp = in_pence(line.after_gbp);
            if SPENT.contains(&line.line.as_str()) {
                paid += gbp;
            }
            if line.line != "receipt" || !receipts_count {
                continue;
            }
            match fences.get(line.subject.as_str()) {
                None => free += gbp,
                Some(Fence::Owner) => fenced += gbp,
                Some(Fence::Purpose(_)) => {}
            }
        }
        let alone = agency.is_some();
        // What an agency has to itself and does not need helps nobody else.
        whole += match (alone, helped.contains(&ledger.agency.as_str())) {
            (true, _) => paid - fenced - free,
            (false, true) => (paid - fenced).max(0) - free,
            (false, false) => paid - free,
        };
    }
    whole
}

/// The agencies whose receipts to themselves count in a shared budget: the six with most of them to sell.
fn owners<'a>(reading: &Reading<'a>) -> Vec<&'a str> {
    let place = reading.place;
    let mut to_sell: Vec<Option<f64>> = vec![None; place.agencies.len()];
    for (at, building) in place.buildings() {
        let own = building.receipt_terms.fence == Some(Fence::Owner);
        if own && reading.scope.in_play[at.index()] {
            let value = building.market_value.value.get();
            *to_sell[building.agency.index()].get_or_insert(0.0) += value;
        }
    }
    let known = to_sell.into_iter().enumerate();
    let mut worth: Vec<(f64, usize)> = known.filter_map(|(at, value)| Some((value?, at))).collect();
    worth.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let first = worth.into_iter().take(6);
    first
        .map(|(_, at)| place.agencies[at].id.as_str())
        .collect()
}

fn worse_off(plan: &Plan, limits: &MoneyLimits, at: AgencyIx, id: String) -> LimitVerdict {
    let mut gained = sum(plan, Some(&id), |line| in_pence(line.npv_gbp));
    for transfer in &limits.transfers {
        if transfer.to == at {
            gained += in_pence(transfer.amount);
        }
        if transfer.from == at {
            gained -= in_pence(transfer.amount);
        }
    }
    let may_lose = limits.worse_off.as_ref().map_or(0.0, |limit| {
        limit.by_agency.get(&at).copied().unwrap_or(limit.tolerance)
    });
    let least = -in_pence(may_lose);
    let kept = gained >= least - A_POUND;
    verdict("no_agency_worse_off", Some(id), least, gained, kept)
}

fn verdict(
    limit: &str,
    agency: Option<String>,
    limit_pence: i128,
    after: i128,
    kept: bool,
) -> LimitVerdict {
    LimitVerdict {
        limit: limit.to_owned(),
        agency,
        limit_gbp: limit_pence as f64 / 100.0,
        after_gbp: after as f64 / 100.0,
        of_gbp: None,
        kept,
    }
}

fn sum(plan: &Plan, agency: Option<&str>, of: impl Fn(&LedgerLine) -> i128) -> i128 {
    let ledgers = plan.ledger.iter();
    ledgers
        .filter(|ledger| agency.is_none_or(|agency| agency == ledger.agency))
        .flat_map(|ledger| &ledger.lines)
        .map(of)
        .fold(0, i128::saturating_add)
}
