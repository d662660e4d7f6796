//! The report of a plan that stands, written again beside it: when other verbs have put something into
//! the folder that it should show.

use super::audience::Audience;
use super::edition::{Edition, Issue};
use super::error::PublishError;
use super::folder;
use super::report::{self, Beside};
use std::path::Path;

/// Writes `report.html`, `report.md` and `paper.html` into a plan folder that stands, with whatever
/// `explain --all`, `frontier` and `partnership` have put there.
///
/// # Errors
/// [`PublishError::Target`] where it is no plan folder, [`PublishError::Audience`] where the place has no
/// such agency (exit code 2); else what went wrong.
pub fn publish_report(folder: &Path, edition: &Edition<'_>) -> Result<(), PublishError> {
    edition.audience.check(edition.place)?;
    let beside = Beside::read(folder, &edition.audience, true, edition.plan);
    for page in report::export(&Issue::new(edition), &beside)? {
        folder::add(folder, &page.path, &page.bytes)?;
    }
    Ok(())
}

/// Whether a report for this audience stands in the folder.
pub fn has_report_for(folder: &Path, audience: &Audience) -> bool {
    let said = format!("<meta name=\"audience\" content=\"{audience}\">");
    let page = std::fs::read_to_string(folder.join("report.html"));
    page.is_ok_and(|page| page.lines().take(60).any(|line| line == said))
}
