//! What `check` found, without a plan.

use super::audience::Audience;
use super::error::PublishError;
use super::{folder, geojson, tables, workbook};
use crate::place::{Finding, MatchRow, Place, Rejected};
use std::path::Path;

/// What was read and noticed.
#[derive(Clone, Debug)]
pub struct CheckEdition<'a> {
    /// The place, where it could be read.
    pub place: Option<&'a Place>,
    /// What was noticed.
    pub findings: &'a [Finding],
    /// Rows set aside.
    pub rejected: &'a [Rejected],
    /// Records taken for one building, and pairs to look at.
    pub matches: &'a [MatchRow],
    /// Who it is printed for.
    pub audience: Audience,
    /// Whether tables begin with the byte order mark that spreadsheets want.
    pub excel: bool,
}

/// Writes `quality.csv`, `rejected.csv`, `data_request.csv`, a workbook of it for each agency,
/// `findings.geojson` and `matches.geojson` into a folder, as safely as [`publish`](super::publish).
///
/// # Errors
/// [`PublishError::Target`] where the folder is not ours, or holds a plan (exit code 2); else what
/// went wrong.
pub fn publish_check(out: &Path, edition: &CheckEdition<'_>) -> Result<(), PublishError> {
    let target = folder::Target::check(out, folder::Kind::Check)?;
    let mut pages = tables::csv(edition.excel, |to| {
        tables::quality(edition, to)?;
        tables::data_request(edition, to)?;
        tables::rejected(edition, to)
    })?;
    pages.extend([geojson::findings(edition), geojson::matches(edition)]);
    pages.extend(workbook::requests(edition)?);
    target.write(&pages)
}
