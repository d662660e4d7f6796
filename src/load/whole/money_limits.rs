//! The `[limits]` section against the agencies of the place.

use super::frame::Named;
use crate::load::config::{ConfigText, LimitsConfig};
use crate::place::currency;
use crate::place::{AgencyIx, CapitalBudget, Finding, MoneyLimits, Transfer, WorseOff};
use std::collections::BTreeMap;

/// No amount is believed beyond this.
const MOST: f64 = 1e12;

/// The limits that are stated; each fault is an error at its key.
pub(super) fn settle(
    config: &LimitsConfig,
    text: &ConfigText,
    named: &Named,
    findings: &mut Vec<Finding>,
) -> MoneyLimits {
    let mut desk = Desk {
        text,
        named,
        findings,
    };
    let budget = config.capital_budget.as_ref().map(|budget| {
        let at = "limits.capital_budget";
        if budget.pooled_gbp.is_none() && budget.agency_gbp.is_empty() {
            desk.refuse(
                at,
                "it states no amount",
                "give pooled_gbp, or agency_gbp by agency",
            );
        }
        CapitalBudget {
            pooled: budget
                .pooled_gbp
                .map(|gbp| desk.amount(&format!("{at}.pooled_gbp"), gbp)),
            by_agency: desk.by_agency(&format!("{at}.agency_gbp"), &budget.agency_gbp),
            receipts_count: budget.receipts,
        }
    });
    let worse_off = config.no_agency_worse_off.as_ref().map(|limit| {
        let at = "limits.no_agency_worse_off";
        WorseOff {
            tolerance: desk.amount(&format!("{at}.tolerance_gbp"), limit.tolerance_gbp),
            by_agency: desk.by_agency(
                &format!("{at}.agency_tolerance_gbp"),
                &limit.agency_tolerance_gbp,
            ),
        }
    });
    let mut transfers = Vec::new();
    for (index, transfer) in config.transfer.iter().enumerate() {
        let at = format!("limits.transfer[{index}]");
        let from = desk.agency(&format!("{at}.from"), &transfer.from);
        let to = desk.agency(&format!("{at}.to"), &transfer.to);
        let amount = desk.amount(&format!("{at}.gbp"), transfer.gbp);
        if let (Some(from), Some(to)) = (from, to) {
            if from == to {
                desk.refuse(&at, "an agency pays itself", "name two agencies");
            }
            transfers.push(Transfer { from, to, amount });
        }
    }
    let savings_share = config.savings_share;
    if savings_share.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
        let cause = "it is not a share between 0 and 1";
        desk.refuse("limits.savings_share", cause, "write 20 % as 0.20");
    }
    MoneyLimits {
        budget,
        worse_off,
        transfers,
        savings_share,
    }
}

struct Desk<'a> {
    text: &'a ConfigText,
    named: &'a Named,
    findings: &'a mut Vec<Finding>,
}

impl Desk<'_> {
    fn refuse(&mut self, key: &str, cause: &str, action: &str) {
        let finding = self.text.refuse("bad-limit", key, cause);
        self.findings.push(finding.action(action));
    }

    fn amount(&mut self, key: &str, gbp: f64) -> f64 {
        if !(gbp.is_finite() && (0.0..=MOST).contains(&gbp)) {
            self.refuse(
                key,
                &format!("{}{gbp} is no amount", currency::sign()),
                "give an amount of money, 0 or more",
            );
        }
        gbp
    }

    fn agency(&mut self, key: &str, id: &str) -> Option<AgencyIx> {
        let found = self.named.agency(id);
        if found.is_none() {
            let finding = self
                .text
                .refuse("unknown-agency", key, format!("`{id}` is no agency"))
                .action(self.named.agency_hint(id));
            self.findings.push(finding);
        }
        found
    }

    fn by_agency(&mut self, key: &str, given: &BTreeMap<String, f64>) -> BTreeMap<AgencyIx, f64> {
        let mut amounts = BTreeMap::new();
        for (id, gbp) in given {
            let at = format!("{key}.{id}");
            let amount = self.amount(&at, *gbp);
            if let Some(agency) = self.agency(&at, id) {
                amounts.insert(agency, amount);
            }
        }
        amounts
    }
}
