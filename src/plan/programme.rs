//! What a programme says: the part of `plan.json` that `plan --phase` adds.

use super::bodies::Body;
use super::money_report::{Sensitivity, Worth};
use super::report::Status;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whose gap a programme states: said beside it, so that nobody takes it for the end state's.
pub const GAP_OF: &str = "the order of the steps: no other programme for this end state, within the limits of [phase] \
and with as few steps left out, costs less than the bound; the end state's own gap is `gap` of the plan";

/// A year-by-year programme over the end state that a plan has chosen.
///
/// Year 0 is the 12 months after the base date. What is done in a year is done by its end: a building
/// emptied in year 3 costs nothing to run from year 4.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Programme {
    /// How the search for it ended.
    pub status: Status,
    /// [`GAP_OF`].
    pub gap_of: String,
    /// Present value of property cost under the programme, £: the same buildings and teams as in the
    /// plan's `value` under the objective `net_present_value`.
    pub value: f64,
    /// No programme for this end state costs less than this; `None` where nothing is proven.
    pub bound: Option<f64>,
    /// (value − bound) ÷ |value|.
    pub gap: Option<f64>,
    /// Present value of today's arrangement, £.
    pub do_minimum: f64,
    /// `do_minimum − value`: what the programme saves, £ of present value.
    pub saving_gbp: f64,
    /// No programme for this end state saves more than this, £.
    pub saving_at_most_gbp: Option<f64>,
    /// What the end state would save if all of it were done in year 0, £: the plan's own figures.
    pub end_state_saving_gbp: f64,
    /// Every step, by year.
    pub steps: Vec<Step>,
    /// Money and projects by year and agency, years without any left out.
    pub years: Vec<YearSum>,
    /// Money by agency and year over the horizon, against today; agencies without any left out.
    #[serde(default)]
    pub cash: Vec<AgencyYear>,
    /// What its money comes to: for the place, then for each agency. What selling costs is taken off receipts,
    /// and is no part of `costs_gbp`.
    #[serde(default)]
    pub worth: Vec<Worth>,
    /// What it is worth where the money turns out otherwise, its steps held fixed in their years.
    #[serde(default)]
    pub sensitivity: Sensitivity,
    /// What its money is worth to each body, where any agency is succeeded by another; nothing elsewhere.
    #[serde(default)]
    pub successors: Vec<Body>,
    /// Hard access rules that do not hold at the end of a year between today and the end state.
    #[serde(default)]
    pub between: Vec<Between>,
    /// What the end state asks for and no year of the programme has room for.
    pub postponed: Vec<Postponed>,
    /// Changes of one limit each with which all of the end state fits.
    pub relief: Vec<Relief>,
}

impl Programme {
    /// What it is worth to each agency for which anything changes, £ of present value, with the discount
    /// factors of its plan.
    pub fn worth_by_agency(&self, factors: &[f64]) -> Vec<(&str, f64)> {
        let mut all: Vec<(&str, f64)> = Vec::new();
        for year in &self.cash {
            let factor = factors.get(year.year as usize).copied().unwrap_or(0.0);
            let worth = year.better_gbp * factor;
            match all.last_mut() {
                Some((agency, sum)) if *agency == year.agency => *sum += worth,
                _ => all.push((&year.agency, worth)),
            }
        }
        all
    }
}

/// One kind of step.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// A proposed building is opened.
    Open,
    /// Floor is fitted out for a team or counter.
    FitOut,
    /// The team or counter moves in.
    Move,
    /// A building stands empty: the last of those in it has moved.
    Empty,
    /// A lease is left, or a licence ended.
    ReleaseLease,
    /// A lease, or a private finance contract, is ended before its time, by agreement.
    Surrender,
    /// A building is sold.
    Sell,
    /// A building is given to a partner or community body.
    Transfer,
    /// A leased building is let to somebody else.
    Sublet,
    /// A building is held empty from here on.
    Mothball,
    /// A part of a building that stays is set apart: let, given up, or put up for sale.
    Part,
    /// A part of a building that stays is sold.
    PartSale,
    /// A small new counter is fitted out and opened.
    NewCounter,
}

impl Act {
    /// The name in `plan.json` and in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Act::Open => "open",
            Act::FitOut => "fit_out",
            Act::Move => "move",
            Act::Empty => "empty",
            Act::ReleaseLease => "release_lease",
            Act::Surrender => "surrender",
            Act::Sell => "sell",
            Act::Transfer => "transfer",
            Act::Sublet => "sublet",
            Act::Mothball => "mothball",
            Act::Part => "part",
            Act::PartSale => "part_sale",
            Act::NewCounter => "new_counter",
        }
    }

    /// What the subject of such a step is.
    pub fn about(self) -> About {
        match self {
            Act::FitOut | Act::Move => About::Occupier,
            Act::NewCounter => About::NewCounter,
            _ => About::Building,
        }
    }

    /// Whether it is a project of the agency that takes it, or a part of one in the same building.
    pub fn is_a_project(self) -> bool {
        matches!(self, Act::FitOut | Act::Empty | Act::NewCounter)
    }
}

/// What a step is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A team or counter of today.
    Occupier,
    /// A building.
    Building,
    /// A small new counter that is offered.
    NewCounter,
}

/// One step of a programme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// The year by whose end it is done.
    pub year: u32,
    /// What is done.
    pub act: Act,
    /// The occupier, building or new counter it is about.
    pub subject: String,
    /// The agency that does it and pays: the occupier's or new counter's, or the building's owner.
    pub agency: String,
    /// The building where it happens.
    pub building_id: String,
    /// One-off cost, £.
    pub capital_gbp: f64,
    /// Receipt less the cost of the sale, and what a grant or an overage takes of it, £.
    pub receipt_gbp: f64,
    /// What the receipt may be spent on, where not on anything: `owner`, or a purpose outside the plan.
    #[serde(default)]
    pub receipt_for: Option<String>,
    /// The day a lease ends, ISO, where it ends on a day.
    pub date: Option<String>,
    /// The last day on which notice for it can be given, ISO.
    pub notice_by: Option<String>,
    /// Duties that are gates before it, by id.
    pub duties: Vec<String>,
    /// The first day on which those duties allow it, ISO; from the day a building stands empty where
    /// a sale waits for them, and then not a day but weeks: see `wait_weeks`.
    pub not_before: Option<String>,
    /// Weeks that a sale waits for its duties once the building stands empty.
    pub wait_weeks: Option<u32>,
}

/// Money and projects of one agency in one year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct YearSum {
    /// The year.
    pub year: u32,
    /// Its first day, ISO.
    pub begins: String,
    /// The agency.
    pub agency: String,
    /// One-off cost, £.
    pub capital_gbp: f64,
    /// Receipts less the cost of the sales, £.
    pub receipts_gbp: f64,
    /// The part of them that nobody else may spend, or that is for a purpose outside the plan, £.
    #[serde(default)]
    pub ring_fenced_gbp: f64,
    /// The part of `capital_gbp` that is paid beyond the year's limit out of its own ring-fenced receipts so
    /// far, £: only where all share one purse and receipts may be spent.
    #[serde(default)]
    pub from_ring_fence_gbp: f64,
    /// Buildings fitted out for it or for new counters of its, and buildings of its own emptied to be let go.
    pub projects: u32,
}

/// What one agency is better off by in one year of a programme, against today's arrangement, £.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AgencyYear {
    /// The agency.
    pub agency: String,
    /// The year.
    pub year: u32,
    /// Property cost of the year less today's: what is saved; rent received counts against it.
    pub recurring_saved_gbp: f64,
    /// Recharges, and their notice, paid to others less what others pay: what is saved.
    pub recharges_saved_gbp: f64,
    /// One-off cost of its steps, less the repairs that are avoided.
    pub one_off_gbp: f64,
    /// Receipts less the cost of the sales, and what a grant or an overage takes of them.
    pub receipts_gbp: f64,
    /// All of it: positive is better off.
    pub better_gbp: f64,
}

/// A hard access rule that does not hold at the end of a year of a programme, though it holds in the end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Between {
    /// The year.
    pub year: u32,
    /// The rule's id.
    pub rule: String,
    /// Where each zone has a limit of its own: the furthest of those beyond theirs, whose figures follow.
    #[serde(default)]
    pub zone: Option<String>,
    /// What is enforced, in the rule's unit: the weaker of its limit and today, unless it is strict.
    pub enforced: Option<f64>,
    /// What it measures at the end of that year.
    pub after: Option<f64>,
    /// By how much it falls short, in its unit; `None` where somebody can reach nothing.
    pub short_by: Option<f64>,
    /// People outside the limit at the end of that year.
    pub people_short: f64,
}

/// A part of the end state that is left for after the programme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Postponed {
    /// `move` or `empty`, `open` of a proposed building, `part` of one, or `new_counter`.
    pub act: Act,
    /// The occupier, building or new counter.
    pub subject: String,
    /// Why, in a sentence.
    pub reason: String,
}

/// A change of one limit with which all of the end state fits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Relief {
    /// The limit, as in `place.toml`.
    pub limit: String,
    /// The limit that would do.
    pub needed: f64,
    /// The same in words.
    pub words: String,
}
