//! Loading a place, for every verb that takes one.

use crate::cli::Failure;
use crate::cli::args::PlaceArgs;
use crate::cli::say::count;
use crate::load::{LoadOptions, Loaded, load};
use crate::place::Severity;

/// Loads the place as typed; where it has errors, all of them come back together.
pub(super) fn open(typed: &PlaceArgs, options: LoadOptions) -> Result<Loaded, Failure> {
    let options = LoadOptions {
        data: typed.data.clone(),
        strict: typed.strict,
        ..options
    };
    let loaded = load(&typed.place, &options).map_err(|error| Failure::Input(error.findings))?;
    let rejected = loaded
        .findings
        .iter()
        .filter(|f| f.severity == Severity::Reject)
        .count();
    if rejected > 0 {
        eprintln!(
            "note: {} set aside; quality.csv says why",
            count(rejected, "row")
        );
    }
    Ok(loaded)
}
