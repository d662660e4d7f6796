//! Loading a place, for every verb that takes one.

use crate::cli::args::PlaceArgs;
use crate::cli::{Failure, out};
use crate::load::{LoadOptions, Loaded, load};
use crate::place::words::count;

/// What to do where there is no such place.
pub(super) fn nothing_there(typed: &PlaceArgs) -> Option<String> {
    (!typed.place.exists()).then(|| {
        "`oneroof new DIR` makes a place folder to fill in, `oneroof demo DIR` a fictional one"
            .to_owned()
    })
}

/// Loads the place as typed; where it has errors, all of them come back together.
pub(super) fn open(typed: &PlaceArgs, options: LoadOptions) -> Result<Loaded, Failure> {
    let options = LoadOptions {
        data: typed.data.clone(),
        strict: typed.strict,
        ..options
    };
    let loaded = load(&typed.place, &options).map_err(|error| Failure::Input {
        findings: error.findings,
        hint: nothing_there(typed).unwrap_or_else(|| {
            format!(
                "`oneroof check {} --out DIR` writes every finding to DIR/quality.csv",
                typed.place.display()
            )
        }),
    })?;
    let rejected = loaded.rejected.len();
    if rejected > 0 {
        out::talk(&format!(
            "note: {} set aside; quality.csv says why",
            count(rejected, "row")
        ));
    }
    Ok(loaded)
}
