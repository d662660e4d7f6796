//! `assumptions.csv`: every default and setting that money or space leans on.

use super::super::cell::{Cell, Record};
use super::super::edition::Issue;
use super::super::error::PublishError;
use super::Tables;

pub(super) const HEADER: [&str; 5] = ["name=assumption", "value", "stated", "source", "used_by"];

pub(super) fn export(issue: &Issue<'_>, to: &mut dyn Tables) -> Result<(), PublishError> {
    let rows = issue.plan().assumptions.iter().map(|one| {
        let record = Record::new()
            .with("assumption", Cell::key(&one.name))
            .with("value", Cell::text(&one.value))
            .with("stated", Cell::Flag(one.stated))
            .with("source", Cell::text(&one.source))
            .with("used_by", Cell::count(one.used_by));
        (record, None)
    });
    let edition = issue.edition;
    super::table("assumptions.csv", &HEADER, rows, &edition.audience, to)
}
