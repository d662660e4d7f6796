//! From the verb that was typed to the file that does it.

use super::{
    appraise, check, compare, completions, demo, explain, frontier, locate, man, map, new, options,
    packs, partnership, plan, report, schema, travel, verify,
};
use crate::cli::Failure;
use crate::cli::args::{Args, Verb};

/// Does what was typed.
///
/// # Errors
/// A [`Failure`] with its documented [exit code](crate::cli::exit) and words for stderr.
pub fn run(args: Args) -> Result<(), Failure> {
    match args.verb {
        Verb::New(typed) => new::run(&typed),
        Verb::Check(typed) => check::run(&typed),
        Verb::Plan(typed) => plan::run(&typed),
        Verb::Verify(typed) => verify::run(&typed),
        Verb::Explain(typed) => explain::run(&typed),
        Verb::Report(typed) => report::run(&typed),
        Verb::Map(typed) => map::run(&typed),
        Verb::Compare(typed) => compare::run(&typed),
        Verb::Frontier(typed) => frontier::run(&typed),
        Verb::Options(typed) => options::run(&typed),
        Verb::Appraise(typed) => appraise::run(&typed),
        Verb::Partnership(typed) => partnership::run(&typed),
        Verb::Travel(typed) => travel::run(&typed),
        Verb::Locate(typed) => locate::run(&typed),
        Verb::Demo(typed) => demo::run(&typed),
        Verb::Packs(typed) => packs::run(&typed),
        Verb::Schema(typed) => schema::run(&typed),
        Verb::Completions(typed) => completions::run(&typed),
        Verb::Man => man::run(),
    }
}
