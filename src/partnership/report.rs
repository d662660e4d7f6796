//! What is said about a partnership: the content of `partnership.json`.

use super::CoreAnswer;
use crate::place::words::pounds;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What working together is worth, and how to share it. Money is in real pounds of the base date:
/// present value, or pounds a year where running cost is the objective. Of each value `…_gbp` is by
/// the plans found, and `…_least_gbp`, `…_most_gbp` are where the true value lies; `null` where nothing is proven.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Partnership {
    /// Version of this form.
    pub schema_version: u32,
    /// Who it is printed for: `partners`, `public`, or `agency:ID`. All but the partners see only what
    /// working together comes to, and a member its own figures.
    pub audience: String,
    /// The place's name.
    pub place: String,
    /// The day money is counted from, ISO.
    pub base_date: String,
    /// What every coalition's plan makes least.
    pub objective: String,
    /// Ids of the agencies that stay as today in every coalition.
    pub outside: Vec<String>,
    /// Cost of the joint plan under the objective: the denominator of its gap.
    pub cost_gbp: f64,
    /// Gap of the joint plan: (cost − bound) ÷ |cost|.
    pub gap: Option<f64>,
    /// The widest gap of any coalition's plan.
    pub widest_gap: Option<f64>,
    /// What all members save together.
    pub together_gbp: f64,
    /// No plan of all members saves more.
    pub together_most_gbp: Option<f64>,
    /// What each saves planning alone, summed.
    pub alone_gbp: f64,
    /// The same at most.
    pub alone_most_gbp: Option<f64>,
    /// What the partnership adds over everyone planning alone.
    pub adds_gbp: f64,
    /// At least.
    pub adds_least_gbp: Option<f64>,
    /// At most.
    pub adds_most_gbp: Option<f64>,
    /// What all may spend once together, where the place says so: every group may spend as much by itself.
    pub pooled_budget_gbp: Option<f64>,
    /// Whether a split exists that no group would leave.
    pub core: CoreAnswer,
    /// Least money from outside with which such a split exists, by the plans found.
    pub subsidy_gbp: f64,
    /// At least.
    pub subsidy_least_gbp: f64,
    /// At most, where proven.
    pub subsidy_most_gbp: Option<f64>,
    /// How far `core_split_gbp` leaves the group nearest to leaving above what it has by itself; negative below.
    pub core_margin_gbp: f64,
    /// Groups that have more by their own plan than by the Shapley shares of their members, with by how much.
    pub would_leave: Vec<(Vec<String>, f64)>,
    /// Members' shares.
    pub shares: Vec<Share>,
    /// Who pays whom.
    pub transfers: Vec<Transfer>,
    /// What the plan loses without each member.
    pub drop_outs: Vec<DropOut>,
    /// Every coalition that was looked at.
    pub coalitions: Vec<CoalitionRow>,
    /// Whether every coalition was looked at.
    pub every_coalition: bool,
    /// How many orders of joining the shares are averaged over, where not all.
    pub orders: Option<usize>,
    /// Whether values are drawn in because a wider circle may do all that a smaller one may.
    pub monotone: bool,
    /// What may differ from run to run.
    pub run: SharedRun,
}

impl Partnership {
    /// Where one purse limits all: that every group has the whole of it here.
    pub fn one_purse(&self) -> Option<String> {
        let purse = pounds(self.pooled_budget_gbp?);
        Some(format!(
            "Every group here may spend once the {purse} that the place lets all spend together; so alone, in sum, they spend it \
             several times. What working together adds, and every share, is less by that, and may be below nought; a budget \
             for each agency (agency_gbp) counts each purse once."
        ))
    }
}

/// One member's share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Share {
    /// The member's id.
    pub member: String,
    /// Its name.
    pub name: String,
    /// What its plan alone saves.
    pub alone_gbp: f64,
    /// At most.
    pub alone_most_gbp: Option<f64>,
    /// What the joint plan's ledger gives it, without transfers.
    pub by_ledger_gbp: f64,
    /// Its Shapley share.
    pub share_gbp: f64,
    /// At least.
    pub share_least_gbp: Option<f64>,
    /// At most.
    pub share_most_gbp: Option<f64>,
    /// Standard error of having drawn some orders, £.
    pub sampling_error_gbp: f64,
    /// What it receives (or, negative, pays) to come from the ledger to its share.
    pub transfer_gbp: f64,
    /// Its part of the split that no group would leave by the widest margin, by the plans found.
    pub core_split_gbp: f64,
}

/// One payment, as present value (or a year).
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Transfer {
    /// Who pays.
    pub from: String,
    /// Who receives.
    pub to: String,
    /// How much.
    pub gbp: f64,
    /// The same as equal payments in every year from year 1 to the end of the horizon; `None` where all figures are a year's.
    pub a_year_gbp: Option<f64>,
}

/// What the plan loses without one member.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct DropOut {
    /// The member that drops out.
    pub member: String,
    /// What the others save together.
    pub others_gbp: f64,
    /// What is lost.
    pub lost_gbp: f64,
    /// At least.
    pub lost_least_gbp: Option<f64>,
    /// At most.
    pub lost_most_gbp: Option<f64>,
}

/// One coalition's plan.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CoalitionRow {
    /// Its members' ids.
    pub members: Vec<String>,
    /// What its plan saves.
    pub saving_gbp: f64,
    /// No plan of it saves more.
    pub saving_at_most_gbp: Option<f64>,
    /// Cost of its plan: the denominator of its gap.
    pub cost_gbp: f64,
    /// (`saving_at_most_gbp` − `saving_gbp`) ÷ |cost|: what its own search and those of other groups leave open.
    pub gap: Option<f64>,
    /// Whether the gap asked for was reached.
    pub within_gap: bool,
    /// Teams that move.
    pub moves: usize,
    /// Why it has no plan of its own and stays as today.
    pub none: Option<String>,
}

/// What may differ from run to run.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct SharedRun {
    /// Version of the program.
    pub version: String,
    /// SHA-256 of every file the place was read from.
    pub inputs: BTreeMap<String, String>,
    /// Seed of the searches.
    pub seed: u64,
    /// Gap asked of each coalition.
    pub gap_asked: f64,
    /// Time allowed for each, seconds.
    pub time_asked_s: f64,
    /// Coalitions planned at a time.
    pub threads: usize,
    /// Seconds all of it took.
    pub seconds: f64,
}
