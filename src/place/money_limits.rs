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

/// One limit on money of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyRule {
    /// What may be spent once, by one agency or by all together.
    Budget(Option<AgencyIx>),
    /// What one agency, or any, may lose.
    WorseOff(Option<AgencyIx>),
    /// What must be saved.
    Savings,
}

/// Share of a budget by which it is eased a step.
const BUDGET_STEP: f64 = 0.1;

/// By how much more an agency may lose where that is eased a step, £.
const LOSS_STEP: f64 = 100_000.0;

/// Share of the running cost by which the saving asked for is eased a step.
const SAVING_STEP: f64 = 0.01;

impl MoneyRule {
    /// Its name in `place.toml`.
    pub fn name(self) -> &'static str {
        match self {
            MoneyRule::Budget(_) => "capital_budget",
            MoneyRule::WorseOff(_) => "no_agency_worse_off",
            MoneyRule::Savings => "savings_share",
        }
    }

    /// Whose it is; `None` for all agencies.
    pub fn whose(self) -> Option<AgencyIx> {
        match self {
            MoneyRule::Budget(whose) | MoneyRule::WorseOff(whose) => whose,
            MoneyRule::Savings => None,
        }
    }
}

impl MoneyLimits {
    /// Every limit there is.
    pub fn rules(&self, agencies: usize) -> Vec<MoneyRule> {
        let mut rules = Vec::new();
        if let Some(budget) = &self.budget {
            rules.extend(budget.pooled.map(|_| MoneyRule::Budget(None)));
            let each = budget.by_agency.keys();
            rules.extend(each.map(|at| MoneyRule::Budget(Some(*at))));
        }
        if self.worse_off.is_some() {
            rules.push(MoneyRule::WorseOff(None));
            let each = (0..agencies).map(AgencyIx::new);
            rules.extend(each.map(|at| MoneyRule::WorseOff(Some(at))));
        }
        rules.extend(self.savings_share.map(|_| MoneyRule::Savings));
        rules
    }

    /// The limits with one of them a step easier: a tenth more to spend, £100,000 more to lose, one per cent of
    /// the running cost less to save.
    #[must_use]
    pub fn eased(&self, rule: MoneyRule) -> Self {
        let mut eased = self.clone();
        match (rule, &mut eased.budget, &mut eased.worse_off) {
            (MoneyRule::Budget(None), Some(budget), _) => {
                budget.pooled = budget.pooled.map(|most| most * (1.0 + BUDGET_STEP));
            }
            (MoneyRule::Budget(Some(at)), Some(budget), _) => {
                if let Some(most) = budget.by_agency.get_mut(&at) {
                    *most *= 1.0 + BUDGET_STEP;
                }
            }
            (MoneyRule::WorseOff(None), _, Some(worse_off)) => {
                worse_off.tolerance += LOSS_STEP;
                for tolerance in worse_off.by_agency.values_mut() {
                    *tolerance += LOSS_STEP;
                }
            }
            (MoneyRule::WorseOff(Some(at)), _, Some(worse_off)) => {
                let tolerance = worse_off.tolerance_of(at) + LOSS_STEP;
                worse_off.by_agency.insert(at, tolerance);
            }
            (MoneyRule::Savings, _, _) => {
                let share = eased.savings_share.as_mut();
                if let Some(share) = share {
                    *share = (*share - SAVING_STEP).max(0.0);
                }
            }
            _ => {}
        }
        eased
    }
}
