//! What was typed after `locate`.

use super::args::ProgressArg;
use super::quantity;
use clap::{Args as Group, ValueEnum, ValueHint};
use std::path::PathBuf;
use std::time::Duration;

/// `locate --problem P --demand FILE --facilities FILE --out DIR`, or `locate --siting FILE --out FILE`
#[derive(Debug, Group)]
pub struct Locate {
    /// Which problem.
    #[arg(long, value_enum, ignore_case = true, conflicts_with = "siting")]
    pub problem: Option<ProblemArg>,
    /// Table of who is to be served: CSV, GeoJSON, a workbook or a GeoPackage, of which `FILE[LAYER]` is one layer or
    /// sheet.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub demand: Option<PathBuf>,
    /// Table of where from, likewise.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub facilities: Option<PathBuf>,
    /// Table of distances, times or costs, long (from, to, distance) or wide; straight lines in
    /// kilometres without it.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub matrix: Option<PathBuf>,
    /// Largest distance at which demand can be served: kilometres, or the matrix's unit.
    #[arg(long, value_name = "DISTANCE", value_parser = quantity::amount, alias = "service-radius", alias = "impedance-cutoff")]
    pub radius: Option<f64>,
    /// How many facilities are open.
    #[arg(
        short = 'p',
        long,
        value_name = "N",
        alias = "p-facilities",
        alias = "facilities-to-choose"
    )]
    pub count: Option<usize>,
    /// How much of the weight must be within the radius, for lscp.
    #[arg(long, value_name = "SHARE", default_value = "100%", value_parser = quantity::share)]
    pub share: f64,
    /// Column of the demand's weights; 1 for each row where there is none.
    #[arg(long, value_name = "COLUMN")]
    pub weight: Option<String>,
    /// Column of the facilities' capacities, or one number for all.
    #[arg(long, value_name = "COLUMN|N")]
    pub capacity: Option<String>,
    /// Column of the facilities' fixed costs, or one number for all; 0 for none.
    #[arg(long, value_name = "COLUMN|N")]
    pub fixed: Option<String>,
    /// Column of the matrix that holds the distance, time or cost.
    #[arg(long, value_name = "COLUMN")]
    pub cost: Option<String>,
    /// Column that says of each facility `candidate`, `required` or `excluded`.
    #[arg(long, value_name = "COLUMN", alias = "predefined")]
    pub facility_type: Option<String>,
    /// Coordinate system of the demand, such as `EPSG:27700`; recognised where not given.
    #[arg(long, value_name = "CRS")]
    pub demand_crs: Option<String>,
    /// Coordinate system of the facilities.
    #[arg(long, value_name = "CRS")]
    pub facilities_crs: Option<String>,
    /// Column of the demand's ids.
    #[arg(long, value_name = "COLUMN")]
    pub demand_id: Option<String>,
    /// Column of the facilities' ids.
    #[arg(long, value_name = "COLUMN")]
    pub facility_id: Option<String>,
    /// Cost of one unit of weight over one unit of distance, for uflp and cflp.
    #[arg(long, value_name = "COST", default_value = "1", value_parser = quantity::amount)]
    pub per_distance: f64,
    /// What straight lines are multiplied by.
    #[arg(long, value_name = "FACTOR", default_value = "1", value_parser = quantity::factor)]
    pub detour: f64,
    /// Serve each demand from one facility, not from several: for cflp.
    #[arg(long)]
    pub whole: bool,
    /// Leave out demand that no facility can reach, and name it, instead of stopping.
    #[arg(long)]
    pub skip_uncoverable: bool,
    /// The optimiser's own problem file, instead of tables; `--out` is then a file.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["demand", "facilities", "matrix"])]
    pub siting: Option<PathBuf>,
    /// The folder to write; with `--siting` the file.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::AnyPath)]
    pub out: PathBuf,
    /// Stop when nothing can be better by more than this share.
    #[arg(long, value_name = "SHARE", default_value = "0", value_parser = quantity::share)]
    pub gap: f64,
    /// Stop solving after this long.
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = quantity::duration)]
    pub time: Duration,
    /// Stop the search after so many rounds, so that it ends at the same point on every machine.
    #[arg(long, value_name = "N")]
    pub rounds: Option<u32>,
    /// Seed of the search.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// How to tell how far the search has come.
    #[arg(long, value_enum, default_value = "bar")]
    pub progress: ProgressArg,
    /// Begin CSV files with a byte order mark, for spreadsheets.
    #[arg(long)]
    pub excel: bool,
}

/// Classical problems by name, in the words of spopt and of ArcGIS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ProblemArg {
    /// Location set covering: the fewest facilities that cover all demand.
    #[value(alias = "minimize-facilities", alias = "minimize_facilities")]
    Lscp,
    /// Maximal covering: the most demand within reach of a number of facilities.
    #[value(alias = "maximize-coverage", alias = "maximize_coverage")]
    Mclp,
    /// p-median: least weight × distance to a number of facilities.
    #[value(
        alias = "pmedian",
        alias = "p_median",
        alias = "minimize-impedance",
        alias = "minimize_impedance",
        alias = "minimize-weighted-impedance"
    )]
    PMedian,
    /// p-center: least largest distance to a number of facilities.
    #[value(alias = "pcenter", alias = "p_center", alias = "p-centre")]
    PCenter,
    /// Uncapacitated facility location: least fixed cost and weight × distance.
    Uflp,
    /// Capacitated facility location: the same within capacities.
    Cflp,
}
