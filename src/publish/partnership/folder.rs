//! The folder of a partnership, written whole or not at all.

use super::super::audience::Audience;
use super::super::draw::{Paper, png};
use super::super::error::PublishError;
use super::super::exporter::Page;
use super::super::folder::{Kind, Target};
use super::seen::seen_by;
use super::{chart, page, tables};
use crate::partnership::{Kept, Partnership};
use crate::place::Place;
use std::path::Path;

/// What was solved, for the next run of the same question.
const KEPT: &str = "solved.json";

/// The whole of it; where it stands, the folder holds an answer.
const WHOLE: &str = "partnership.json";

/// Pixels of the PNG for each of the SVG.
const PNG_SCALE: f32 = 1.5;

/// A partnership and the place it is of.
#[derive(Clone, Copy, Debug)]
pub struct PartnershipEdition<'a> {
    /// The place.
    pub place: &'a Place,
    /// What is said about it.
    pub partnership: &'a Partnership,
    /// What was solved.
    pub kept: &'a Kept,
    /// Who it is printed for.
    pub audience: &'a Audience,
    /// Whether tables begin with the byte order mark that spreadsheets want.
    pub excel: bool,
}

impl PartnershipEdition<'_> {
    /// The partnership as its audience sees it.
    pub fn seen(&self) -> Partnership {
        seen_by(self.audience, self.place, self.partnership)
    }
}

/// Writes what the audience may see: `partnership.json`, `partnership.md`, `coalitions.csv`, `shares.csv`, `transfers.csv`,
/// `shares.svg`, `shares.png` and, for the partners, `solved.json` into a folder, as safely as [`publish`](crate::publish::publish()).
///
/// # Errors
/// [`PublishError::Target`] where the folder is not ours, or holds a plan (exit code 2); else what
/// went wrong.
pub fn publish_partnership(
    out: &Path,
    edition: &PartnershipEdition<'_>,
) -> Result<(), PublishError> {
    edition.audience.check(edition.place)?;
    let target = Target::check(out, Kind::Partnership)?;
    let seen = edition.seen();
    let edition = &PartnershipEdition {
        partnership: &seen,
        ..*edition
    };
    let mut pages = vec![
        json(WHOLE, edition.partnership)?,
        Page::new("partnership.md", page::write(edition).into_bytes()),
        tables::coalitions(edition)?,
        tables::shares(edition)?,
        tables::transfers(edition)?,
    ];
    if !seen.shares.is_empty() {
        let fault = |file: &'static str| move |fault: String| PublishError::page(file, fault);
        let svg = chart::draw(edition.place, &edition.partnership.into(), Paper::Flowing)
            .map_err(fault("shares.svg"))?;
        let picture = png(&svg, PNG_SCALE).map_err(fault("shares.png"))?;
        pages.push(Page::new("shares.svg", svg.into_bytes()));
        pages.push(Page::new("shares.png", picture));
    }
    if edition.audience.sees_all() {
        pages.push(json(KEPT, edition.kept)?);
    }
    target.write(&pages)
}

/// Whether [`publish_partnership`] may write there: asked before the work rather than after it.
///
/// # Errors
/// As [`publish_partnership`] where the target is not ours.
pub fn may_publish_partnership(out: &Path) -> Result<(), PublishError> {
    Target::check(out, Kind::Partnership).map(|_| ())
}

/// What an earlier run kept in a folder; `None` where there is nothing that can be read.
pub fn kept_before(out: &Path) -> Option<Kept> {
    serde_json::from_slice(&std::fs::read(out.join(KEPT)).ok()?).ok()
}

/// Keeps what an interrupted run solved, so that the same command goes on from there. A folder
/// that holds a whole answer is left as it is; the value says whether anything was written.
///
/// # Errors
/// As [`publish_partnership`].
pub fn save_kept(out: &Path, kept: &Kept) -> Result<bool, PublishError> {
    let target = Target::check(out, Kind::Partnership)?;
    if kept.plans.is_empty() || out.join(WHOLE).exists() {
        return Ok(false);
    }
    target.write(&[json(KEPT, kept)?])?;
    Ok(true)
}

fn json(file: &str, value: &impl serde::Serialize) -> Result<Page, PublishError> {
    let text =
        serde_json::to_string_pretty(value).map_err(|fault| PublishError::page(file, fault))?;
    Ok(Page::new(file, format!("{text}\n").into_bytes()))
}
