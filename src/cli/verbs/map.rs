//! `map [PLACE] PLAN`: load, verify, draw the pictures of a plan again.

use super::finish::{edition_of, refused, understood};
use super::made_from::place_of;
use super::verify::{agrees, folder_of, open_as_asked, read_plan};
use crate::cli::Failure;
use crate::cli::args::PlaceArgs;
use crate::cli::map_args::MapVerb;
use crate::place::words::counted;
use crate::publish::{DrawnEdition, may_publish_drawn, publish_drawn};

pub(super) fn run(typed: &MapVerb) -> Result<(), Failure> {
    let audience = understood(&typed.audience)?;
    let path = typed.plan.as_ref().unwrap_or(&typed.place.place);
    let out = match &typed.out {
        Some(out) => out.clone(),
        None => folder_of(path).join("pictures"),
    };
    may_publish_drawn(&out).map_err(refused)?;
    let plan = read_plan(path)?;
    let place = match typed.plan {
        Some(_) => typed.place.clone(),
        None => PlaceArgs {
            place: place_of(&plan, path)?,
            ..typed.place.clone()
        },
    };
    let loaded = open_as_asked(&place, typed.decisions.as_ref(), &plan)?;
    agrees(&loaded, &plan)?;
    let variant = typed.variant.variant();
    let drawn = DrawnEdition {
        edition: edition_of(&loaded, &plan, audience, false),
        folder: folder_of(path),
        variant,
        width: typed.width.unwrap_or_else(|| variant.width()),
        only: &typed.only,
    };
    let made = publish_drawn(&out, &drawn).map_err(refused)?;
    crate::cli::out::talk(&format!(
        "hint: verified, and {} drawn; {} says in words what each shows",
        counted(made, "picture", "pictures"),
        out.join("pictures.csv").display()
    ));
    Ok(())
}
