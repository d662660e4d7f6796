//! What was typed after `travel`.

use super::args::PlaceArgs;
use crate::place::RoadMode;
use clap::{Args as Group, ValueEnum, ValueHint};
use std::path::PathBuf;

/// `travel PLACE --out DIR`
#[derive(Debug, Group)]
pub struct TravelVerb {
    #[command(flatten)]
    pub place: PlaceArgs,
    /// The folder to write: absent, empty, or an earlier one of this verb.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: PathBuf,
    /// Only this mode (repeatable); all of `[travel.roads]`, and timetables, where not given.
    #[arg(long, value_enum, value_name = "MODE")]
    pub mode: Vec<TravelModeArg>,
    /// Follow journeys no longer than this; to the end of the roads where not given.
    #[arg(long, value_name = "MINUTES", value_parser = minutes)]
    pub minutes: Option<f64>,
    /// Minutes of the isochrones, with commas between; `0` for none.
    #[arg(long, value_name = "MINUTES", value_delimiter = ',', default_value = "10,20,30", value_parser = minutes)]
    pub bands: Vec<f64>,
    /// Begin CSV files with a byte order mark, for spreadsheets.
    #[arg(long)]
    pub excel: bool,
}

/// Modes by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TravelModeArg {
    /// On foot.
    Walk,
    /// By bicycle.
    Cycle,
    /// By car.
    Drive,
    /// By timetable and on foot.
    Transit,
}

impl TravelModeArg {
    /// The mode along roads; `None` for timetables.
    pub(super) fn road(self) -> Option<RoadMode> {
        Some(match self {
            TravelModeArg::Walk => RoadMode::Walk,
            TravelModeArg::Cycle => RoadMode::Cycle,
            TravelModeArg::Drive => RoadMode::Drive,
            TravelModeArg::Transit => return None,
        })
    }
}

fn minutes(text: &str) -> Result<f64, String> {
    match text.trim().parse::<f64>() {
        Ok(minutes) if (0.0..=1_440.0).contains(&minutes) => Ok(minutes),
        _ => Err("write minutes, between 0 and 1440".to_owned()),
    }
}
