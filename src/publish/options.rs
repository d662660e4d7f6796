//! The options side by side as a folder: a table, the same as JSON, and the plan that is proposed.

use super::about::{FOR_PARTNERS, NOTICE};
use super::cell::Cell;
use super::csv_file::CsvFile;
use super::draw::sources_line;
use super::edition::{Edition, pages};
use super::error::PublishError;
use super::exporter::{Format, Page};
use super::words::day;
use super::{folder, report};
use crate::options::{OptionRow, Options};
use std::path::Path;

/// Options and the edition of what is proposed.
#[derive(Clone, Debug)]
pub struct OptionsEdition<'a> {
    /// The options.
    pub options: &'a Options,
    /// What is proposed.
    pub ours: Edition<'a>,
    /// What people propose, with the folder of each.
    pub proposed: Vec<(String, Edition<'a>)>,
}

/// What is in the folder of a plan.
const OF_A_PLAN: [Format; 3] = [Format::Json, Format::Geojson, Format::Csv];

/// Writes `options.csv`, `options.json`, `about.txt`, a plan folder `ours`, and one for each option that people propose.
///
/// # Errors
/// [`PublishError::Target`] where the folder is not ours, or holds a plan (exit code 2); else what
/// went wrong.
pub fn publish_options(out: &Path, edition: &OptionsEdition<'_>) -> Result<(), PublishError> {
    let target = folder::Target::check(out, folder::Kind::Options)?;
    let mut json = serde_json::to_vec_pretty(edition.options)
        .map_err(|fault| PublishError::page("options.json", fault))?;
    json.push(b'\n');
    let mut made = vec![
        edition.table()?,
        Page::new("options.json", json),
        edition.about(),
    ];
    let ours = ("ours".to_owned(), edition.ours.clone());
    for (folder, own) in edition.proposed.iter().chain([&ours]) {
        made.extend(
            pages(own, &OF_A_PLAN, &report::Beside::default())?
                .into_iter()
                .map(|page| Page {
                    path: format!("{folder}/{}", page.path),
                    ..page
                }),
        );
    }
    target.write(&made)
}

/// Whether [`publish_options`] may write there: asked before the work rather than after it.
///
/// # Errors
/// As [`publish_options`] where the target is not ours.
pub fn may_publish_options(out: &Path) -> Result<(), PublishError> {
    folder::Target::check(out, folder::Kind::Options).map(|_| ())
}

impl OptionsEdition<'_> {
    /// What the folder is, and for whom.
    fn about(&self) -> Page {
        let place = self.ours.place;
        let text = format!(
            "{}: options side by side\n\n{NOTICE}\nBase date {}; money in pounds of that day.\n{}\n\n\
             options.csv: a row for each option; options.json: the same for other programs; ours/ and one folder for each option that people \
             propose: the plans themselves.\n\n{}\n",
            place.name,
            day(place.base_date),
            FOR_PARTNERS,
            sources_line(place)
        );
        Page::new("about.txt", text.into_bytes())
    }

    fn table(&self) -> Result<Page, PublishError> {
        let mut header = vec![
            "option".to_owned(),
            "saving_gbp".to_owned(),
            "saving_at_most_gbp".to_owned(),
            "run_after_gbp".to_owned(),
            "one_off_gbp".to_owned(),
            "receipts_gbp".to_owned(),
            "repairs_left_gbp".to_owned(),
            "kept".to_owned(),
            "let_go".to_owned(),
            "moves".to_owned(),
            "rules_failed".to_owned(),
            "limits_broken".to_owned(),
            "people_further".to_owned(),
            "none".to_owned(),
        ];
        let first = self.options.rows.first();
        let agencies: Vec<String> = first
            .iter()
            .flat_map(|row| row.agencies.iter().map(|one| one.agency.clone()))
            .collect();
        header.extend(agencies.iter().map(|agency| format!("npv_{agency}_gbp")));
        let names: Vec<&str> = header.iter().map(String::as_str).collect();
        let mut file = CsvFile::new("options.csv", &names, self.ours.excel)?;
        for row in &self.options.rows {
            file.row(&cells(row, &agencies))?;
        }
        Ok(Page::new("options.csv", file.finish()?))
    }
}

fn cells(row: &OptionRow, agencies: &[String]) -> Vec<Cell> {
    let listed = |all: &[String]| match all.is_empty() {
        true => Cell::Null,
        false => Cell::key(all.join("; ")),
    };
    let mut cells = vec![
        Cell::key(&row.option),
        Cell::gbp(row.saving_gbp),
        row.saving_at_most_gbp.map_or(Cell::Null, Cell::gbp),
        Cell::gbp(row.run_after_gbp),
        Cell::gbp(row.one_off_gbp),
        Cell::gbp(row.receipts_gbp),
        Cell::gbp(row.repairs_left_gbp),
        Cell::count(row.kept),
        Cell::count(row.let_go),
        Cell::count(row.moves),
        listed(&row.rules_failed),
        listed(&row.limits_broken),
        Cell::people(row.people_further),
        Cell::optional_text(row.none.as_deref()),
    ];
    cells.extend(agencies.iter().map(|agency| {
        let own = row.agencies.iter().find(|one| one.agency == *agency);
        own.map_or(Cell::Null, |one| Cell::gbp(one.npv_gbp))
    }));
    cells
}
