//! `map PLACE PLAN --out DIR`: load, verify, draw the pictures of a plan again.

use super::finish::{edition_of, refused, understood};
use super::verify::{folder_of, open_as_asked, read_plan};
use crate::cli::map_args::MapVerb;
use crate::cli::{Failure, out};
use crate::place::words::counted;
use crate::plan::verify::verify;
use crate::publish::{DrawnEdition, may_publish_drawn, publish_drawn};

pub(super) fn run(typed: &MapVerb) -> Result<(), Failure> {
    let audience = understood(&typed.audience)?;
    may_publish_drawn(&typed.out).map_err(refused)?;
    let plan = read_plan(&typed.plan)?;
    let loaded = open_as_asked(&typed.place, typed.decisions.as_ref(), &plan)?;
    let discrepancies = verify(&loaded.place, &loaded.travel, &plan);
    if !discrepancies.is_empty() {
        let figures = discrepancies.iter().map(ToString::to_string).collect();
        return Err(Failure::NotVerified(figures));
    }
    let variant = typed.variant.variant();
    let drawn = DrawnEdition {
        edition: edition_of(&loaded, &plan, audience, false),
        folder: folder_of(&typed.plan),
        variant,
        width: typed.width.unwrap_or_else(|| variant.width()),
        only: &typed.only,
    };
    let made = publish_drawn(&typed.out, &drawn).map_err(refused)?;
    out::talk(&format!(
        "hint: verified, and {} drawn; {} says in words what each shows",
        counted(made, "picture", "pictures"),
        typed.out.join("pictures.csv").display()
    ));
    Ok(())
}
