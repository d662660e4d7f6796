//! What a plan says: the content of `plan.json`, and nothing that is not in it.

use super::bodies::Body;
use super::least_transfers::LeastTransfers;
use super::money_report::{CashSpan, LimitVerdict, Sensitivity, Worth};
use super::programme::Programme;
use super::split::SavingSplit;
use super::together::TogetherLinks;
use super::visited::PlannedVisits;
use crate::access::RuleVerdict;
use crate::place::{Currency, Grade, NeedBasis, Objective, Place, TravelObjective};
use crate::siting::{BoundSource, Certificate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of `plan.json`; it changes when a reader of the old form would misread the new.
pub const SCHEMA_VERSION: u32 = 1;

/// A gap of at most this is none: the tolerance of the solver that proves it. A millionth of the cost.
pub const NO_GAP: f64 = 1e-6;

/// A plan: one chosen building for every occupier, one action for every building.
///
/// Ids are text throughout and are those of the input. Money is in real pounds of `base_date`,
/// rounded to whole pence. Everything that may differ between two runs of the same inputs, seed
/// and version is in [`run`](Plan::run) and nowhere else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// [`SCHEMA_VERSION`] of the writer.
    pub schema_version: u32,
    /// The place's name.
    pub place: String,
    /// The day money is counted from, ISO.
    pub base_date: String,
    /// What all money is in, by its ISO 4217 code, whatever `_gbp` says; pounds where a plan does not say.
    #[serde(default = "pounds")]
    pub currency: String,
    /// How the search ended.
    pub status: Status,
    /// What was made least.
    #[schemars(with = "String")]
    pub objective: Objective,
    /// The plan's cost under the objective, £ (or £ a year): candidate buildings and movable
    /// occupiers only, so that constants cannot flatter the gap.
    pub value: f64,
    /// No plan that keeps the hard limits costs less than this; `None` where nothing is proven.
    pub bound: Option<f64>,
    /// Where the bound comes from.
    pub bound_source: BoundSource,
    /// Multipliers from which the bound, or a lower one, can be worked out again: see
    /// [`recompute_bound`](super::recompute_bound). They stand in `certificate.json`, not here.
    #[serde(skip)]
    pub certificate: Option<Certificate>,
    /// (value − bound) ÷ |value|.
    pub gap: Option<f64>,
    /// Cost of today's arrangement under the same objective (the do-minimum).
    pub do_minimum: f64,
    /// `do_minimum − value`: what the plan saves.
    pub saving_gbp: f64,
    /// No plan can save more than this.
    pub saving_at_most_gbp: Option<f64>,
    /// (saving_at_most − saving) ÷ saving; `None` where nothing is saved or nothing is proven.
    pub saving_gap: Option<f64>,
    /// Property running cost a year in scope today, £: the denominator of every saving share.
    pub running_cost_today_gbp: f64,
    /// The same under the plan.
    pub running_cost_after_gbp: f64,
    /// The second stage: least travel within the give.
    pub travel: Option<TravelStage>,
    /// Every building of the place, in the order of the input.
    pub buildings: Vec<PlannedBuilding>,
    /// Every occupier, in the order of the input.
    pub occupiers: Vec<PlannedOccupier>,
    /// The new counters that the plan opens, in the order of the input.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<PlannedPoint>,
    /// Visits a year at every host of the services that say how often people come, by service, in the order of
    /// the input.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub visits: Vec<PlannedVisits>,
    /// Every access rule: today, limit, after, verdict.
    pub rules: Vec<RuleVerdict>,
    /// Money by agency and line.
    pub ledger: Vec<AgencyLedger>,
    /// What a pound of each year of the horizon is worth in year 0.
    #[serde(default)]
    pub discount_factors: Vec<f64>,
    /// The ledger's money by agency, line and year.
    #[serde(default)]
    pub cash_flow: Vec<CashSpan>,
    /// What the money comes to: for the place, then for each agency.
    #[serde(default)]
    pub worth: Vec<Worth>,
    /// What it is worth to each body, where any agency is succeeded by another; nothing elsewhere.
    #[serde(default)]
    pub successors: Vec<Body>,
    /// Every limit on money: how much, and how the plan stands.
    #[serde(default)]
    pub limits: Vec<LimitVerdict>,
    /// What the plan is worth where the money turns out otherwise, the plan held fixed.
    #[serde(default)]
    pub sensitivity: Sensitivity,
    /// How the saving comes about in steps, where that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saving_split: Option<SavingSplit>,
    /// The least that those who gain would have to pay so that nobody loses.
    #[serde(default)]
    pub least_transfers: LeastTransfers,
    /// Services that do better under one roof: links gained and broken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub together: Vec<TogetherLinks>,
    /// Every default and setting that money or space leans on.
    pub assumptions: Vec<Assumption>,
    /// A (all stated) to D (most is assumed).
    pub confidence: String,
    /// Decisions that oppose each other, in words.
    pub conflicts: Vec<String>,
    /// The year-by-year programme, where one was asked for. All other figures of the plan are those of its
    /// end state, as if everything were done in year 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<Programme>,
    /// What was asked for and how the run went.
    pub run: Run,
}

/// How the search ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The gap asked for was reached.
    WithinGap,
    /// The time or iteration limit came first; the plan is verified, its gap is what it is.
    Limit,
    /// A person stopped it; the plan is verified.
    Interrupted,
    /// People chose this plan; nothing was searched.
    Appraised,
}

/// The second stage: the least travel within the stated give of the best cost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TravelStage {
    /// Cost of the first stage's plan.
    pub first_value: f64,
    /// How much of it the second stage was allowed to give, as a share.
    pub give: f64,
    /// Demand-weighted travel a year-round person makes once, today, km.
    pub person_km_today: f64,
    /// The same in the first stage's plan.
    pub person_km_first: f64,
    /// The same in this plan.
    pub person_km: f64,
    /// What was made least, where that is not `person_km`: journeys in which some people count more
    /// than once, or long ones for more than their length.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aim: Option<TravelAim>,
}

/// What the second stage made least.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TravelAim {
    /// `total`: Σ weight × km. `equal`: over services, Σ weight × the Kolm–Pollak equally-distributed
    /// equivalent of their distances.
    pub objective: TravelObjective,
    /// How much inequality counts in the equivalent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epsilon: Option<f64>,
    /// How many times the people of a group count; once where it is not named.
    pub weights: BTreeMap<String, f64>,
    /// What that comes to today, person-km.
    pub person_km_today: f64,
    /// In the first stage's plan.
    pub person_km_first: f64,
    /// In this plan.
    pub person_km: f64,
}

/// What becomes of a building: stable codes.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Kept with those who are in it.
    Retain,
    /// Kept, and takes others in.
    Host,
    /// Left at lease expiry or break.
    ReleaseLease,
    /// Sold.
    Sell,
    /// Given to a partner or community body.
    Transfer,
    /// Let to somebody else.
    Sublet,
    /// Emptied and held.
    Mothball,
    /// Land, out of scope, or in the buffer.
    Outside,
}

impl Action {
    /// The stable code in files.
    pub fn name(self) -> &'static str {
        match self {
            Action::Retain => "retain",
            Action::Host => "host",
            Action::ReleaseLease => "release_lease",
            Action::Sell => "sell",
            Action::Transfer => "transfer",
            Action::Sublet => "sublet",
            Action::Mothball => "mothball",
            Action::Outside => "outside",
        }
    }

    /// Whether the agency has nothing to do with the building any more.
    pub fn is_gone(self) -> bool {
        matches!(self, Action::Sell | Action::ReleaseLease | Action::Transfer)
    }

    /// Whether the building stays open.
    pub fn is_open(self) -> bool {
        matches!(self, Action::Retain | Action::Host)
    }
}

/// What becomes of an occupier: stable codes.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Stays where it is.
    Stay,
    /// Goes to another building.
    Move,
    /// Joins another occupier of its service.
    Merge,
}

impl Outcome {
    /// The stable code in files.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Stay => "stay",
            Outcome::Move => "move",
            Outcome::Merge => "merge",
        }
    }
}

/// One building under the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlannedBuilding {
    /// The building's id.
    pub asset_id: String,
    /// What becomes of it.
    pub action: Action,
    /// Why, in one sentence.
    pub reason: String,
    /// How sure it is that the opposite is no better, as [`Sureness::code`](super::Sureness::code); empty where it was
    /// not in question.
    pub proof: String,
    /// Where most of what was in it goes, when it is emptied.
    pub host_id: Option<String>,
    /// The year the action takes effect, counted from the base date.
    pub act_year: Option<u32>,
    /// Usable area, m².
    pub usable_m2: f64,
    /// Area in use today, m².
    pub used_today_m2: f64,
    /// Area in use under the plan, m².
    pub used_after_m2: f64,
    /// Running cost, rent and rates of a steady year today, £.
    pub running_today_gbp: f64,
    /// The same under the plan.
    pub running_after_gbp: f64,
    /// One-off cost at this building (fit-out for arrivals, exit costs) beyond the repairs it needs
    /// anyway, £: repairs that are avoided are taken off.
    pub one_off_gbp: f64,
    /// Receipt, before disposal cost, £.
    pub receipt_gbp: f64,
    /// Contribution to the place's net present value, £: positive is better than today.
    pub npv_gbp: f64,
    /// Emissions of a year today, tonnes of CO2 equivalent; `None` where nobody states them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tco2e_today: Option<f64>,
    /// The same under the plan: none once it is let go or held empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tco2e_after: Option<f64>,
    /// Works that the energy standard asks for today, £; no part of any sum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epc_liability_gbp: Option<f64>,
    /// The same under the plan: none once it is sold, given up or given away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epc_left_gbp: Option<f64>,
    /// Value forgone where it is given away, £: what a sale would bring.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_forgone_gbp: Option<f64>,
    /// Floor of it that is let to somebody else, or given back to the landlord, while the rest stays, m².
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_m2: Option<f64>,
    /// Fixed cost, rent and rates a year of floor that nobody uses today, £: its owner bears it. `None` where the
    /// plan has no say, or nobody knows how full the building is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub void_today_gbp: Option<f64>,
    /// The same under the plan; nothing of a part that goes, nor of a building that is let go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub void_after_gbp: Option<f64>,
    /// The weakest of how well its space, running cost and value are known.
    #[schemars(with = "String")]
    pub grade: Grade,
}

/// One occupier under the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlannedOccupier {
    /// The occupier's id.
    pub occupier: String,
    /// What becomes of it.
    pub outcome: Outcome,
    /// The building it is in today.
    pub from_id: String,
    /// The building it is in under the plan.
    pub to_id: String,
    /// How far it goes, km; zero where it stays.
    pub km: f64,
    /// Area it uses under the plan, m².
    pub area_m2: f64,
    /// Where its space need comes from.
    #[schemars(with = "String")]
    pub basis: NeedBasis,
    /// Why it goes there, or why it stays, in one sentence.
    pub reason: String,
    /// One-off cost of its move, £.
    pub one_off_gbp: f64,
    /// Soft displacement rules its move breaches: a duty to consult.
    pub consult: Vec<String>,
}

/// One small new counter that a plan opens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlannedPoint {
    /// Its id: the offer's and the building's, joined by `@`.
    pub point: String,
    /// The service it gives.
    pub service: String,
    /// The building it is in.
    pub building_id: String,
    /// The agency whose it is, and that pays.
    pub agency: String,
    /// Floor it uses, m².
    pub area_m2: f64,
    /// What it costs a year beside the floor, £.
    pub running_gbp: f64,
    /// What opening it costs once, £.
    pub one_off_gbp: f64,
    /// Why it is opened, in one sentence.
    pub reason: String,
}

fn pounds() -> String {
    Currency::POUND.to_string()
}

impl PlannedPoint {
    /// What the offer is called; its id where the place has none of that id.
    pub fn name<'a>(&'a self, place: &'a Place) -> &'a str {
        let mut offers = place.points.iter();
        let offer = offers.find(|offer| offer.id.as_str() == self.point);
        offer.map_or(self.point.as_str(), |offer| offer.name.as_str())
    }
}

/// The three kinds of money, which never merge.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// £ a year.
    Recurring,
    /// £ once.
    OneOff,
    /// £ received once.
    Receipt,
}

/// What one agency pays and gains.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AgencyLedger {
    /// The agency's id.
    pub agency: String,
    /// Its lines, by subject and line code.
    pub lines: Vec<LedgerLine>,
    /// Recurring cost a year today, £.
    pub recurring_today_gbp: f64,
    /// Recurring cost a year under the plan, £.
    pub recurring_after_gbp: f64,
    /// One-off cost, £: repairs that are avoided are taken off, repairs needed anyway are left out.
    pub one_off_gbp: f64,
    /// Repairs that wait today in buildings that are let go, £.
    pub repairs_avoided_gbp: f64,
    /// Repairs that wait today in buildings that are kept, £: they are in neither side of the
    /// comparison.
    pub repairs_anyway_gbp: f64,
    /// Receipts, £.
    pub receipts_gbp: f64,
    /// Recharges it pays to other agencies a year under the plan, less those it receives, £.
    pub recharge_net_gbp: f64,
    /// Present value of what it pays other agencies less, or receives more, than today, £: recharges and
    /// their notice. It is part of `npv_gbp`, and cancels out over the place.
    pub recharge_npv_gbp: f64,
    /// Present value against the do-minimum, £: positive is better off.
    pub npv_gbp: f64,
}

/// One line of a ledger. Costs are positive in `recurring` and `one_off`; receipts are positive in
/// `receipt`; a present value is positive where the agency is better off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LedgerLine {
    /// The building or occupier it is about.
    pub subject: String,
    /// Line code: see the guide `method.md`.
    pub line: String,
    /// Recurring, one-off or receipt.
    pub column: Column,
    /// Amount today, £ (a year, where recurring).
    pub today_gbp: f64,
    /// Amount under the plan, £ (a year, where recurring).
    pub after_gbp: f64,
    /// Present value of the difference, £.
    pub npv_gbp: f64,
}

/// One setting or default that a figure leans on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Assumption {
    /// Its name, as in `place.toml`.
    pub name: String,
    /// Its value, with its unit.
    pub value: String,
    /// Stated in `place.toml`, or ours.
    pub stated: bool,
    /// Where the value comes from.
    pub source: String,
    /// Of when that source is, where the value is ours: a year, a month or a day.
    #[serde(default)]
    pub dated: Option<String>,
    /// How many records lean on it.
    pub used_by: usize,
}

/// What was asked for, and everything that may differ from run to run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Run {
    /// Version of the program.
    pub version: String,
    /// The engine that found the plan.
    pub engine: String,
    /// Seed of the search.
    pub seed: u64,
    /// Gap asked for, as a fraction.
    pub gap_asked: f64,
    /// Records that the command line asked to keep, beside the decisions of the place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keep: Vec<String>,
    /// Buildings that the command line asked to let go.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dispose: Vec<String>,
    /// The file of decisions that the command line named instead of the place's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decisions: Option<String>,
    /// The place that it was made from, seen from the folder of the plan; absent where that is not known, or the
    /// plan is printed for others than the partners.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// What it had to save to put a team or counter elsewhere than an earlier plan did, £; `None` where it
    /// was not planned from one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_of_change_gbp: Option<f64>,
    /// Limits that were set for this run alone: the threshold of each rule, by its id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub thresholds: BTreeMap<String, f64>,
    /// Solving time allowed, seconds.
    pub time_asked_s: f64,
    /// Solving time used, seconds.
    pub seconds: f64,
    /// Threads that solving had.
    pub threads: usize,
    /// Placements, links and rows of the problem that was solved.
    pub size: BTreeMap<String, u64>,
    /// Input files and their SHA-256.
    pub inputs: BTreeMap<String, String>,
}
