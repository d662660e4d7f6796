//! What was typed after `map`.

use super::args::PlaceArgs;
use crate::publish::Variant;
use clap::{Args as Group, ValueEnum, ValueHint};
use std::path::PathBuf;

/// `map [PLACE] PLAN`
#[derive(Debug, Group)]
#[command(override_usage = "oneroof map [OPTIONS] [PLACE] <PLAN>")]
pub struct MapVerb {
    #[command(flatten)]
    pub place: PlaceArgs,
    /// A plan folder, or its `plan.json`; alone where its place is still where it was.
    #[arg(value_hint = ValueHint::AnyPath)]
    pub plan: Option<PathBuf>,
    /// The folder to write: absent, empty, or an earlier one of this verb; `pictures` in the plan folder where not
    /// given.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// What they are for: a screen, A4 paper, and either in grey.
    #[arg(long, value_enum, default_value = "light")]
    pub variant: VariantArg,
    /// Width of each PNG in pixels; 1800 for screens and 3508 for paper (300 to the inch) where not given.
    #[arg(long, value_name = "PIXELS", value_parser = clap::value_parser!(u32).range(300..=6000))]
    pub width: Option<u32>,
    /// Draw only these, such as `actions,catchment_library`; `catchment` for all of a kind.
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    pub only: Vec<String>,
    /// Who will see them: `partners`, `public`, or `agency:ID`.
    #[arg(long, default_value = "partners")]
    pub audience: String,
    /// The file of decisions an appraised plan was made from, where it has moved since.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub decisions: Option<PathBuf>,
}

/// Variants by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum VariantArg {
    /// For screens, in colour, as a plan folder has them.
    Light,
    /// A4, landscape.
    Print,
    /// For screens, in grey.
    Grey,
    /// A4, landscape, in grey.
    PrintGrey,
}

impl VariantArg {
    pub(super) fn variant(self) -> Variant {
        match self {
            VariantArg::Light => Variant::Light,
            VariantArg::Print => Variant::Print,
            VariantArg::Grey => Variant::Grey,
            VariantArg::PrintGrey => Variant::PrintGrey,
        }
    }
}
