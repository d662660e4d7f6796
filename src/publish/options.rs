//! The options side by side as a folder: a table, the same as JSON, and the plan that is proposed.

use super::about::{FOR_PARTNERS, NOTICE};
use super::cell::Cell;
use super::column_list::{Column, column_list};
use super::csv_file::CsvFile;
use super::draw::sources_line;
use super::edition::{Edition, pages};
use super::error::PublishError;
use super::exporter::{Format, Page};
use super::words::day;
use super::{folder, report};
use crate::options::{OptionRow, Options};
use crate::place::currency;
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

/// Who is counted as further, in words.
pub const PEOPLE_FURTHER: &str = "people who live in zones that are more than 50 m further, by straight line × detour, from \
any service than today, each zone once, whether or not all of them use it; losers.csv of each folder has the zones";

/// Every column of `options.csv` but those of single agencies: name, unit, meaning.
const COLUMNS: [Column; 14] = [
    (
        "option",
        "id",
        "do_nothing, do_minimum, alone:<agency>, option:<file>, ours",
    ),
    (
        "saving_gbp",
        "£ present value, or £ a year",
        "What it saves against the do-minimum",
    ),
    (
        "saving_at_most_gbp",
        "£ present value, or £ a year",
        "No plan of this kind saves more; empty where nothing was searched, or nothing is proven",
    ),
    (
        "run_after_gbp",
        "£ a year",
        "Property running cost in scope",
    ),
    (
        "one_off_gbp",
        "£ once",
        "One-off cost; repairs avoided are taken off, repairs needed anyway are left out",
    ),
    (
        "receipts_gbp",
        "£ once",
        "Receipts, before the cost of selling",
    ),
    (
        "repairs_left_gbp",
        "£ once",
        "Repairs that wait today and are not done: of do_nothing alone",
    ),
    ("kept", "number", "Buildings kept"),
    ("let_go", "number", "Buildings let go"),
    ("moves", "number", "Teams and counters that move"),
    ("rules_failed", "ids", "Access rules that it fails"),
    ("limits_broken", "ids", "Limits on money that it breaks"),
    ("people_further", "people", PEOPLE_FURTHER),
    (
        "none",
        "words",
        "Why there is no such option; its figures are then those of the do-minimum",
    ),
];

/// What is in the folder of a plan.
const OF_A_PLAN: [Format; 3] = [Format::Json, Format::Geojson, Format::Csv];

/// Writes `options.csv`, `columns.csv`, `options.json`, `about.txt`, a plan folder `ours`, and one for each option that people propose.
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
        edition.columns()?,
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
            "{}: options side by side\n\n{NOTICE}\nBase date {}; money in {} of that day.\n{}\n\n\
             options.csv: a row for each option; columns.csv: what its columns mean; options.json: the same for other programs; ours/ and one folder for each option that people \
             propose: the plans themselves.\n\n{}\n",
            place.name,
            day(place.base_date),
            currency::name(),
            FOR_PARTNERS,
            sources_line(place)
        );
        Page::new("about.txt", text.into_bytes())
    }

    /// `columns.csv`: every column of the table, with its unit and its meaning.
    fn columns(&self) -> Result<Page, PublishError> {
        let own = COLUMNS.iter().copied().chain([(
            "npv_<agency>_gbp",
            "£ present value",
            "What the agency gains against the do-minimum, recharges included",
        )]);
        column_list("options.csv", &own.collect::<Vec<_>>(), self.ours.excel)
    }

    fn table(&self) -> Result<Page, PublishError> {
        let own = COLUMNS.iter().map(|(name, ..)| (*name).to_owned());
        let mut header: Vec<String> = own.collect();
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
