//! What was typed.

use super::explain_args::Explain;
use super::locate_args::Locate;
use super::map_args::MapVerb;
use super::travel_args::TravelVerb;
use super::{exit, quantity};
use clap::{Args as Group, CommandFactory, Parser, Subcommand, ValueEnum, ValueHint};
use std::path::PathBuf;
use std::time::Duration;

/// Plans which public services share which buildings, and which buildings are let go.
#[derive(Debug, Parser)]
#[command(name = "oneroof", version, about, after_help = after_help(), max_term_width = 100)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Write a commented place folder to fill in with your own data.
    New(New),
    /// Read a place, list every fault, show today's cost and access; plan nothing.
    Check(Check),
    /// Propose which services share which buildings, verify it, and write the plan folder.
    Plan(PlanVerb),
    /// Recompute every limit and figure of a plan from the files, with none of the optimiser's code; or check an answer
    /// of `locate --siting` against its problem: `verify PROBLEM.json ANSWER.json`.
    Verify(Verify),
    /// Say why a building, a team or a limit is as it is in a plan, and what the opposite would cost.
    Explain(Explain),
    /// Write the report of a plan again, with what `explain --all`, `frontier` and `partnership` have put beside it.
    Report(ReportVerb),
    /// Draw the maps and charts of a plan again: more of them, for print, in grey, at any size.
    Map(MapVerb),
    /// Set two plans of one place side by side.
    Compare(Compare),
    /// Plan along the curve between saving and access: one limit, ever looser, a plan at each step.
    Frontier(FrontierVerb),
    /// Judge a plan that people chose: the same money, access and verification.
    Appraise(Appraise),
    /// Set the options side by side: nothing, the do-minimum, each agency alone, people's own, ours.
    Options(OptionsVerb),
    /// Say what each group of agencies could save together, how to share it, and who pays whom.
    Partnership(PartnershipVerb),
    /// Work out travel along roads and paths: times, isochrones, who reaches nothing, a map.
    Travel(TravelVerb),
    /// Answer a classical location problem from two tables: covering, p-median, p-center, fixed charge.
    Locate(Box<Locate>),
    /// Write a fictional place, plausible in every table.
    Demo(Demo),
    /// List the rule packs that `[[pack]]` can take over, or print one to begin your own from.
    Packs(Packs),
    /// Print the JSON Schema of `place.toml`, `plan.json`, `partnership.json`, a siting problem or its answer.
    Schema(Schema),
    /// Print completions for a shell.
    Completions(Completions),
    /// Print the manual page.
    Man,
}

/// Where a place is.
#[derive(Clone, Debug, Group)]
pub struct PlaceArgs {
    /// A place folder, or its `place.toml`.
    #[arg(value_hint = ValueHint::AnyPath)]
    pub place: PathBuf,
    /// Folder the tables are in, where it is not the folder of `place.toml`.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub data: Option<PathBuf>,
    /// Stop at row-level faults as well.
    #[arg(long)]
    pub strict: bool,
}

/// `new DIR`
#[derive(Debug, Group)]
pub struct New {
    /// The folder to make; it must not exist, or be empty.
    #[arg(value_hint = ValueHint::DirPath)]
    pub dir: PathBuf,
}

/// `check PLACE`
#[derive(Debug, Group)]
pub struct Check {
    #[command(flatten)]
    pub place: PlaceArgs,
    /// Write `quality.csv`, `rejected.csv`, `data_request.csv`, `data_request_<agency>.xlsx`, `findings.geojson`,
    /// `matches.geojson` there.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// Print everything as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `plan PLACE --out DIR`
#[derive(Debug, Group)]
pub struct PlanVerb {
    #[command(flatten)]
    pub place: PlaceArgs,
    /// The plan folder to write: absent, empty, or an earlier plan folder.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: PathBuf,
    /// The file of decisions, in place of the one beside `place.toml`: a table, or a `plan.gpkg` whose
    /// layer `decisions` was filled in.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub decisions: Option<PathBuf>,
    /// What to make least; `[finance] objective` where not given.
    #[arg(long, value_enum)]
    pub objective: Option<ObjectiveArg>,
    /// Stop when no plan can be cheaper by more than this share of the cost.
    #[arg(long, value_name = "SHARE", default_value = "0.5%", value_parser = quantity::share)]
    pub gap: f64,
    /// Stop solving after this long.
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = quantity::duration)]
    pub time: Duration,
    /// Stop the search after so many rounds, so that it ends at the same point on every machine.
    #[arg(long, value_name = "N")]
    pub rounds: Option<u32>,
    /// Seed of the search.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Keep this building (repeatable).
    #[arg(long, value_name = "ID")]
    pub keep: Vec<String>,
    /// Let this building go (repeatable).
    #[arg(long, value_name = "ID")]
    pub dispose: Vec<String>,
    /// Also put the plan into years, within the limits of `[phase]`; it may take as long again.
    #[arg(long)]
    pub phase: bool,
    /// Start from an earlier plan, and say what became of it on the data of now.
    #[arg(long, value_name = "PLAN", value_hint = ValueHint::AnyPath, conflicts_with = "phase")]
    pub from: Option<PathBuf>,
    /// With `--from`: what it must save to put a team or counter elsewhere than the earlier plan, £.
    #[arg(long, value_name = "GBP", default_value = "0", value_parser = quantity::amount, requires = "from")]
    pub churn: f64,
    /// Also look for so many plans that are nearly as good and as different as can be; it may take as long
    /// again.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=9))]
    pub alternatives: Option<u8>,
    /// With `--alternatives`: how much more than the plan they may cost, as a share of its cost.
    #[arg(long, value_name = "SHARE", default_value = "1%", value_parser = quantity::share, requires = "alternatives")]
    pub near: f64,
    /// Also say how the saving comes about: each agency alone, what sharing adds, what closing adds.
    #[arg(long, conflicts_with = "from")]
    pub split: bool,
    /// How to tell how far the search has come.
    #[arg(long, value_enum, default_value = "bar")]
    pub progress: ProgressArg,
    /// Also write the optimiser's own problem there, for `locate --siting` and other solvers.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub siting: Option<PathBuf>,
    #[command(flatten)]
    pub edition: EditionArgs,
    /// Print the summary as JSON.
    #[arg(long)]
    pub json: bool,
}

/// What a plan folder shows, and to whom.
#[derive(Debug, Group)]
pub struct EditionArgs {
    /// Write only these, such as `json,geojson,gpkg,csv,xlsx,maps,report`.
    #[arg(long, value_delimiter = ',', value_name = "FORMATS")]
    pub only: Vec<String>,
    /// Who will read it: `partners`, `public`, or `agency:ID`.
    #[arg(long, default_value = "partners")]
    pub audience: String,
    /// Begin CSV files with a byte order mark, for spreadsheets.
    #[arg(long)]
    pub excel: bool,
}

/// `verify PLACE PLAN`
#[derive(Debug, Group)]
pub struct Verify {
    #[command(flatten)]
    pub place: PlaceArgs,
    /// A plan folder, or its `plan.json`; the answer where PLACE is a siting problem, a `.json` file.
    #[arg(value_hint = ValueHint::AnyPath)]
    pub plan: PathBuf,
    /// The file of decisions an appraised plan was made from, where it has moved since.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub decisions: Option<PathBuf>,
    /// Print the discrepancies as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `report PLACE PLAN`
#[derive(Debug, Group)]
pub struct ReportVerb {
    #[command(flatten)]
    pub place: PlaceArgs,
    /// A plan folder, or its `plan.json`; `report.html`, `report.md` and `paper.html` are written there.
    #[arg(value_hint = ValueHint::AnyPath)]
    pub plan: PathBuf,
    /// The file of decisions an appraised plan was made from, where it has moved since.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub decisions: Option<PathBuf>,
    /// Who will read it: `partners`, `public`, or `agency:ID`.
    #[arg(long, default_value = "partners")]
    pub audience: String,
}

/// `compare PLAN PLAN`
#[derive(Debug, Group)]
pub struct Compare {
    /// A plan folder, or its `plan.json`.
    #[arg(value_name = "FIRST", value_hint = ValueHint::AnyPath)]
    pub first: PathBuf,
    /// Another of the same place.
    #[arg(value_name = "SECOND", value_hint = ValueHint::AnyPath)]
    pub second: PathBuf,
    /// Write tables and a layer of the differences there.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// Sentences, or JSON.
    #[arg(long, value_enum, default_value = "text")]
    pub format: FormatArg,
    /// Begin CSV files with a byte order mark, for spreadsheets.
    #[arg(long)]
    pub excel: bool,
}

/// `frontier PLACE --out DIR`
#[derive(Debug, Group)]
pub struct FrontierVerb {
    #[command(flatten)]
    pub place: PlaceArgs,
    /// The folder to write: a curve, and a plan folder for each of its points.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: PathBuf,
    /// The access rule whose limit is turned; the mean way to every service where not given.
    #[arg(long, value_name = "ID")]
    pub rule: Option<String>,
    /// How many points.
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u8).range(2..=99))]
    pub points: u8,
    /// Stop each plan when none can be cheaper by more than this share of the cost.
    #[arg(long, value_name = "SHARE", default_value = "1%", value_parser = quantity::share)]
    pub gap: f64,
    /// Stop solving each plan after this long.
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = quantity::duration)]
    pub time: Duration,
    /// Seed of the search.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// How to tell how far the search has come.
    #[arg(long, value_enum, default_value = "bar")]
    pub progress: ProgressArg,
    /// Text, or JSON.
    #[arg(long, value_enum, default_value = "text")]
    pub format: FormatArg,
    /// Begin CSV files with a byte order mark, for spreadsheets.
    #[arg(long)]
    pub excel: bool,
}

/// What an answer is printed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FormatArg {
    /// For people.
    Text,
    /// For machines.
    Json,
}

/// `appraise PLACE --decisions FILE --out DIR`
#[derive(Debug, Group)]
pub struct Appraise {
    #[command(flatten)]
    pub place: PlaceArgs,
    /// The plan people chose, as a `decisions.csv`: `keep`, `dispose`, `part_goes`, `place_at`.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub decisions: PathBuf,
    /// The plan folder to write.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: PathBuf,
    /// Also put the plan into years, within the limits of `[phase]`.
    #[arg(long)]
    pub phase: bool,
    #[command(flatten)]
    pub edition: EditionArgs,
    /// Print the summary as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `options PLACE --out DIR`
#[derive(Debug, Group)]
pub struct OptionsVerb {
    #[command(flatten)]
    pub place: PlaceArgs,
    /// The folder to write: a table, and a plan folder for each option that can be verified by itself.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: PathBuf,
    /// An option that people propose, as a `decisions.csv` (repeatable).
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub option: Vec<PathBuf>,
    /// What to make least; `[finance] objective` where not given.
    #[arg(long, value_enum)]
    pub objective: Option<ObjectiveArg>,
    /// Stop each plan when none can be cheaper by more than this share of the cost.
    #[arg(long, value_name = "SHARE", default_value = "0.5%", value_parser = quantity::share)]
    pub gap: f64,
    /// Stop solving each plan after this long.
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = quantity::duration)]
    pub time: Duration,
    /// Seed of the search.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// How to tell how far the search has come.
    #[arg(long, value_enum, default_value = "bar")]
    pub progress: ProgressArg,
    /// Begin CSV files with a byte order mark, for spreadsheets.
    #[arg(long)]
    pub excel: bool,
    /// Print the table as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `partnership PLACE --out DIR`
#[derive(Debug, Group)]
pub struct PartnershipVerb {
    #[command(flatten)]
    pub place: PlaceArgs,
    /// The folder to write: absent, empty, or an earlier one of this verb, whose plans are used again.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: PathBuf,
    /// A member: an agency's id, or several joined with `+` that act as one (repeatable). Without it
    /// every agency is one; with it the agencies not named stay as today.
    #[arg(long, value_name = "ID")]
    pub member: Vec<String>,
    /// What to make least; `[finance] objective` where not given.
    #[arg(long, value_enum)]
    pub objective: Option<ObjectiveArg>,
    /// Stop planning a group when no plan can be cheaper by more than this share of its cost.
    #[arg(long, value_name = "SHARE", default_value = "1%", value_parser = quantity::share)]
    pub gap: f64,
    /// Stop planning a group after this long.
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = quantity::duration)]
    pub time: Duration,
    /// Seed of the searches, and of the orders drawn.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Orders of joining that are drawn where there are more than eight members.
    #[arg(long, value_name = "N", default_value_t = 24)]
    pub orders: usize,
    /// How to tell how far the work has come.
    #[arg(long, value_enum, default_value = "bar")]
    pub progress: ProgressArg,
    /// Who will read it: `partners`, `public`, or `agency:ID`. All but the partners get a folder of their own:
    /// it keeps no plans for the next run.
    #[arg(long, default_value = "partners")]
    pub audience: String,
    /// Begin CSV files with a byte order mark, for spreadsheets.
    #[arg(long)]
    pub excel: bool,
    /// Print the whole answer as JSON.
    #[arg(long)]
    pub json: bool,
}

/// How a search tells how far it has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ProgressArg {
    /// A line on the terminal.
    #[default]
    Bar,
    /// JSON lines on stderr: `objective`, `value`, `bound`, `gap`, `seconds`.
    Json,
    /// Nothing.
    None,
}

/// `demo --size SIZE --seed N DIR`
#[derive(Debug, Group)]
pub struct Demo {
    /// How large a place.
    #[arg(long, value_enum, default_value = "town")]
    pub size: SizeArg,
    /// Seed: the same seed writes the same place.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// The folder to make; it must not exist, or be empty.
    #[arg(value_hint = ValueHint::DirPath)]
    pub dir: PathBuf,
}

/// `packs [NAME]`
#[derive(Debug, Group)]
pub struct Packs {
    /// The pack to print; all are listed where absent.
    pub name: Option<String>,
}

/// `schema [WHAT]`
#[derive(Debug, Group)]
pub struct Schema {
    /// Which file.
    #[arg(value_enum, default_value = "place")]
    pub of: SchemaOf,
}

/// `completions SHELL`
#[derive(Debug, Group)]
pub struct Completions {
    /// The shell.
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// Objectives by name.
#[derive(Clone, Copy, Debug, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum ObjectiveArg {
    /// Present value of property cost over the horizon, receipts deducted.
    NetPresentValue,
    /// Property running cost of a steady year.
    RunningCost,
}

/// Demo sizes by name.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum SizeArg {
    /// About 35 buildings and 60 zones.
    Town,
    /// About 280 buildings and 400 zones.
    County,
    /// Ten counties.
    Region,
    /// About 24,000 buildings and 34,000 zones.
    Nation,
}

/// Files with a schema.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum SchemaOf {
    /// `place.toml`
    Place,
    /// `plan.json`
    Plan,
    /// The optimiser's own problem file.
    Siting,
    /// What `locate --siting` answers to it.
    SitingAnswer,
    /// `partnership.json`
    Partnership,
}

/// The whole command, for completions and the manual page.
pub fn command() -> clap::Command {
    Args::command()
}

fn after_help() -> String {
    let codes = exit::TABLE
        .iter()
        .map(|(code, meaning)| format!("  {code:>3}  {meaning}\n"));
    format!("Exit codes:\n{}", codes.collect::<String>())
}
