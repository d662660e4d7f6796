//! What was typed after `explain`.

use super::args::{FormatArg, PlaceArgs, ProgressArg};
use super::quantity;
use clap::{Args as Group, ValueHint};
use std::path::PathBuf;
use std::time::Duration;

/// `explain PLACE PLAN ID`, or `explain PLACE PLAN --all`
#[derive(Debug, Group)]
pub struct Explain {
    #[command(flatten)]
    pub place: PlaceArgs,
    /// A plan folder, or its `plan.json`.
    #[arg(value_hint = ValueHint::AnyPath)]
    pub plan: PathBuf,
    /// Id of a building, of a team or counter, of an access rule, or of a limit on money (`capital_budget`,
    /// `no_agency_worse_off:AGENCY`, `savings_share`); `building:ID`, `occupier:ID`, `rule:ID` or `limit:ID`
    /// where several bear it.
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    pub id: Option<String>,
    /// Explain every building, and write `explanations.json` into the plan folder.
    #[arg(long)]
    pub all: bool,
    /// The file of decisions an appraised plan was made from, where it has moved since.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub decisions: Option<PathBuf>,
    /// Stop each new plan when none can be cheaper by more than this share of the cost.
    #[arg(long, value_name = "SHARE", default_value = "0.5%", value_parser = quantity::share)]
    pub gap: f64,
    /// Stop solving a new plan after this long; with `--all`, all of them together. 6 s, or 55 s,
    /// where not given.
    #[arg(long, value_name = "TIME", value_parser = quantity::duration)]
    pub time: Option<Duration>,
    /// Stop each search after so many rounds, so that the answer is the same on every machine that has the time.
    #[arg(long, value_name = "N")]
    pub rounds: Option<u32>,
    /// How to tell how far the search has come.
    #[arg(long, value_enum, default_value = "bar")]
    pub progress: ProgressArg,
    /// Sentences, or JSON.
    #[arg(long, value_enum, default_value = "text")]
    pub format: FormatArg,
}
