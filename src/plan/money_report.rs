//! What a plan says about its money beside the ledger: by year, in all, within limits, and if it turns out
//! otherwise.

use super::report::Column;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An amount of one agency's line that is the same in each of several years: all lines of that code
/// together. Signs are those of the ledger. Years without any are left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CashSpan {
    /// The agency's id.
    pub agency: String,
    /// Line code, as in the ledger.
    pub line: String,
    /// Recurring, one-off or receipt.
    pub column: Column,
    /// The first of the years; year 0 is the 12 months after the base date.
    pub first_year: u32,
    /// The last of them.
    pub last_year: u32,
    /// Amount of each year under the do-minimum, £.
    pub today_gbp: f64,
    /// Amount of each year under the plan, £.
    pub after_gbp: f64,
}

/// What a plan's money comes to over the horizon, against the do-minimum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Worth {
    /// The agency's id; `None` for the place as a whole.
    pub agency: Option<String>,
    /// Present value of all lines, £: positive is better off.
    pub npv_gbp: f64,
    /// The same without receipts and the cost of selling, £.
    pub npv_without_receipts_gbp: f64,
    /// Present value of what is gained, £: recurring cost saved, repairs avoided, receipts.
    pub benefits_gbp: f64,
    /// Present value of one-off cost, repairs aside, £.
    pub costs_gbp: f64,
    /// Benefits ÷ costs; `None` where nothing is spent.
    pub benefit_cost_ratio: Option<f64>,
    /// Equivalent annual cost of the do-minimum, £ a year: its present cost ÷ the sum of the factors.
    pub annual_cost_today_gbp: f64,
    /// The same of the plan.
    pub annual_cost_after_gbp: f64,
    /// The first year from whose end on all that was spent is back; `None` where that is never.
    pub payback_year: Option<u32>,
    /// The same in present values.
    pub payback_discounted_year: Option<u32>,
    /// The same without receipts and the cost of selling.
    pub payback_without_receipts_year: Option<u32>,
    /// The most that stands out at the end of any year: spent and not yet back, £.
    pub most_out_gbp: f64,
}

/// A limit on money and how the plan stands to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LimitVerdict {
    /// `capital_budget`, `no_agency_worse_off` or `savings_share`.
    pub limit: String,
    /// Whose; `None` for all agencies together.
    pub agency: Option<String>,
    /// The limit, £: the most that may be spent once; the least present value against today; the
    /// most running cost a year.
    pub limit_gbp: f64,
    /// What the plan comes to, £: receipts deducted where they count, agreed transfers added.
    pub after_gbp: f64,
    /// What a share is of, £ a year: the running cost in scope.
    pub of_gbp: Option<f64>,
    /// Whether it holds; only a plan that people chose may break one.
    pub kept: bool,
}

/// What a plan is worth where the money turns out otherwise. The plan is held fixed: its buildings,
/// moves, exits and dates.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Sensitivity {
    /// Holding cost of a year of the buildings that are sold, £: paid for as long as a receipt is late.
    pub held_until_sale_gbp: f64,
    /// One thing at a time, at both ends of its range.
    pub swings: Vec<Swing>,
    /// Net present value with receipts 1, 2, 3 … years late, £.
    pub late_receipts_gbp: Vec<f64>,
    /// Everything at once, drawn from the ranges.
    pub trial: Trial,
}

/// One thing that the money leans on, at both ends of its range.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Swing {
    /// Its name, as in `[finance.sensitivity]`.
    pub assumption: String,
    /// The least it may be: a multiple of what is assumed; points for `discount_rate`, years for
    /// `receipt_delay`.
    pub low: f64,
    /// The most it may be.
    pub high: f64,
    /// Net present value at the least, £.
    pub npv_low_gbp: f64,
    /// Net present value at the most, £.
    pub npv_high_gbp: f64,
    /// The value at which the net present value is nothing; `None` where none is.
    pub switching: Option<f64>,
}

/// Draws from all ranges at once.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Trial {
    /// How many.
    pub draws: u32,
    /// Seed of the draws.
    pub seed: u64,
    /// In how many of them the plan beats the do-minimum.
    pub better: u32,
    /// Mean net present value, £.
    pub mean_gbp: f64,
    /// One draw in ten is worth no more than this, £.
    pub npv_p10_gbp: f64,
    /// One in two.
    pub npv_p50_gbp: f64,
    /// Nine in ten.
    pub npv_p90_gbp: f64,
}

impl Trial {
    /// Whether it says nothing: none was drawn, or the plan changes nothing, so that it is worth nothing in every draw.
    pub fn is_empty(&self) -> bool {
        let worth = [self.npv_p10_gbp, self.npv_p90_gbp];
        self.draws == 0 || (self.better == 0 && worth == [0.0, 0.0])
    }
}
