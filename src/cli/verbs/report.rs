//! `report PLACE PLAN`: load, verify, write the report of a plan again.

use super::finish::{edition_of, refused, understood};
use super::verify::{agrees, folder_of, open_as_asked, read_plan};
use crate::cli::args::ReportVerb;
use crate::cli::{Failure, out};
use crate::publish::publish_report;

pub(super) fn run(typed: &ReportVerb) -> Result<(), Failure> {
    let audience = understood(&typed.audience)?;
    let plan = read_plan(&typed.plan)?;
    let loaded = open_as_asked(&typed.place, typed.decisions.as_ref(), &plan)?;
    agrees(&loaded, &plan)?;
    let folder = folder_of(&typed.plan);
    let edition = edition_of(&loaded, &plan, audience, false);
    publish_report(folder, &edition).map_err(refused)?;
    out::talk(&format!(
        "hint: verified, and written to {}",
        folder.join("report.html").display()
    ));
    Ok(())
}
