//! What a plan's money must keep to, beside being least.

use super::AgencyIx;
use std::collections::BTreeMap;

/// Limits on a plan's money; none unless stated.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MoneyLimits {
    /// How much may be spent once.
    pub budget: Option<CapitalBudget>,
    /// No agency may lose by the plan.
    pub worse_off: Option<WorseOff>,
    /// Payments that agencies have agreed on: part of what each gains.
    pub transfers: Vec<Transfer>,
    /// Share of the running cost in scope that must be saved.
    pub savings_share: Option<f64>,
}

/// How much may be spent once: fit-out, fees, moves, openings, leaving leases and selling.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CapitalBudget {
    /// By all agencies together, £.
    pub pooled: Option<f64>,
    /// By single agencies, £.
    pub by_agency: BTreeMap<AgencyIx, f64>,
    /// Whether receipts may be spent again.
    pub receipts_count: bool,
}

/// No agency's present value may fall by more than this, £.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorseOff {
    /// For every agency.
    pub tolerance: f64,
    /// For single agencies instead.
    pub by_agency: BTreeMap<AgencyIx, f64>,
}

impl WorseOff {
    /// What an agency may lose, £.
    pub fn tolerance_of(&self, agency: AgencyIx) -> f64 {
        self.by_agency
            .get(&agency)
            .copied()
            .unwrap_or(self.tolerance)
    }
}

/// A payment of one agency to another, in present value.
#[derive(Clone, Debug, PartialEq)]
pub struct Transfer {
    /// Who pays.
    pub from: AgencyIx,
    /// Who receives.
    pub to: AgencyIx,
    /// How much, £.
    pub amount: f64,
}

impl MoneyLimits {
    /// What an agency receives by agreed transfers less what it pays, £.
    pub fn received(&self, agency: AgencyIx) -> f64 {
        let signed = self.transfers.iter().map(|transfer| {
            let to = if transfer.to == agency {
                transfer.amount
            } else {
                0.0
            };
            let from = if transfer.from == agency {
                transfer.amount
            } else {
                0.0
            };
            to - from
        });
        signed.sum()
    }
}
