//! The plan as a page and as a paper.
//!
//! `report.html` is one file that opens anywhere, without a network: the story on one screen, a map to
//! move about in, every table to sort, every chart. `report.md` and `paper.html` are the committee's two
//! pages, the same words in two forms.
//!
//! * `story`, `people`, `sure`, `rules` and `when` say what the plan says, in sentences with their
//!   denominators; page and paper both print them.
//! * `table` and `tables` turn records into rows, `map` the place's geometry into one block of data;
//!   what an audience may not see is not in them.
//! * `beside` reads what other verbs have put into the plan folder.
//! * `page` and `paper` fill the templates. Whatever comes from the data is escaped by the template, or
//!   stands in a block of JSON; the page's policy (`policy`) lets nothing run but its own script.

mod beside;
mod building;
mod map;
mod page;
mod paper;
mod people;
mod policy;
mod rules;
mod story;
mod sure;
mod table;
mod tables;
#[cfg(test)]
mod tests;
mod when;
mod words;

pub(super) use beside::Beside;
pub(super) use words::percent;

use super::edition::Issue;
use super::error::PublishError;
use super::exporter::Page;

/// The report and the paper.
pub(super) fn export(issue: &Issue<'_>, beside: &Beside) -> Result<Vec<Page>, PublishError> {
    let mut pages = paper::pages(issue)?;
    pages.push(page::page(issue, beside)?);
    Ok(pages)
}
