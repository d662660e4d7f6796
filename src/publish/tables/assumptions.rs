//! `assumptions.csv`: every default and setting that money or space leans on.

use super::super::cell::{Cell, Record};
use super::super::edition::Issue;
use super::super::error::PublishError;
use super::Tables;
use crate::plan::Assumption;

pub(super) const HEADER: [&str; 6] = [
    "name=assumption",
    "value",
    "stated",
    "source",
    "dated",
    "used_by",
];

pub(super) fn export(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    let rows = issue.plan().assumptions.iter();
    let rows = rows.map(|one| (record(one), None));
    let edition = issue.edition;
    super::table("assumptions.csv", &HEADER, rows, &edition.audience, to)
}

/// One assumption, under the names of the audience table.
pub(in super::super) fn record(one: &Assumption) -> Record {
    Record::new()
        .with("assumption", Cell::key(&one.name))
        .with("value", Cell::text(&one.value))
        .with("stated", Cell::Flag(one.stated))
        .with("source", Cell::text(&one.source))
        .with("dated", Cell::optional_key(one.dated.as_deref()))
        .with("used_by", Cell::count(one.used_by))
}
