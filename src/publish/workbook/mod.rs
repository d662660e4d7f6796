//! `plan.xlsx`: every table as a sheet, behind a cover. `data_request_<agency>.xlsx`: the cells that
//! matter and are missing, to be filled in and sent back.
//!
//! Words stay words, whatever they begin with: no cell of ours is a formula. Nothing is dated but by the
//! base date.

mod book;
mod cover;
mod request;

use super::check::CheckEdition;
use super::edition::Issue;
use super::error::PublishError;
use super::exporter::Page;
use super::pictures::file_stem;
use super::tables::WRITERS;
use book::Book;
use std::collections::BTreeSet;

const FILE: &str = "plan.xlsx";

/// `plan.xlsx`.
pub(super) fn export(issue: &Issue<'_>) -> Result<Vec<Page>, PublishError> {
    let mut book = Book::new(FILE);
    for write in WRITERS {
        write(issue, &mut book)?;
    }
    let cover = cover::sheet(issue, book.written()).map_err(book::fault(FILE))?;
    let bytes = book.finish(cover, issue.place().base_date)?;
    Ok(vec![Page::new(FILE, bytes)])
}

/// `data_request_<agency>.xlsx`, for each agency that is asked for anything.
pub(super) fn data_requests(issue: &Issue<'_>) -> Result<Vec<Page>, PublishError> {
    requests(&issue.edition.found())
}

/// As [`data_requests`], where there is no plan yet.
pub(super) fn requests(edition: &CheckEdition<'_>) -> Result<Vec<Page>, PublishError> {
    let Some(place) = edition.place else {
        return Ok(Vec::new());
    };
    let asked = place.data_requests();
    let mut taken = BTreeSet::new();
    let mut pages = Vec::new();
    for agency in &place.agencies {
        let id = agency.id.as_str();
        let stem = file_stem(id, &mut taken);
        let own: Vec<_> = asked.iter().filter(|one| one.agency == id).collect();
        if own.is_empty() || !edition.audience.sees("leans_gbp", Some(id)) {
            continue;
        }
        let file = format!("data_request_{stem}.xlsx");
        let bytes = request::workbook(place, agency, &file, &own).map_err(book::fault(&file))?;
        pages.push(Page::new(file, bytes));
    }
    Ok(pages)
}
